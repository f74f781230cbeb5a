"""Reviewing what has been opened: emergency openings one by one, and samples of the access log each month.

Whoever opened never reviews it herself (lag 2001:454, 10 §: systematic, recurring checks). Serves H-12, R-05.
"""
