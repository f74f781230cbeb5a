"""Rosters: our engine against the goals, and against a plain model and another solver in the same run."""
