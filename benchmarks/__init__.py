"""Measurements, each against something in the same run that cannot be beaten or that everyone knows."""
