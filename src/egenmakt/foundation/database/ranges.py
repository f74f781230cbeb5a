"""Ranges of days as the database keeps them (the day after the last is the upper end) and as people say them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange


def first_and_last(valid: DateRange) -> tuple[date | None, date | None]:
    """The first and the last day of a range; None where it has no end. An empty range has neither."""
    upper = valid.upper
    return valid.lower, upper - timedelta(days=1) if upper is not None else None


def from_to(first: date, last: date | None) -> DateRange:
    """The range of days from `first` through `last` (both inside), or without end."""
    return DateRange(first, last + timedelta(days=1) if last is not None else None)
