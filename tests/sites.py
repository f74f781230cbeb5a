"""Real servers for browser and crash tests, each on a database of its own."""
