"""Looking at everything, changing nothing upstream."""
