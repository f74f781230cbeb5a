"""The assembly: settings, URLs, the command line and the demo county. Knows every room; no room knows it."""
