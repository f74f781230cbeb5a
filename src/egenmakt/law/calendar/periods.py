"""Counting weeks, months and years as 1 § lagen (1930:173) om beräkning av lagstadgad tid does.

Guarantee: a period of weeks ends on the same weekday it began, a period of months or years on the same day
number; where the last month has no such day, on its last day. The day from which one counts is never moved,
also when it is a holiday (RÅ 1994 not 537).
"""

from __future__ import annotations

from datetime import date, timedelta

from egenmakt.law.timeline import add_months


class DateOutOfRange(ValueError):
    """The period ends beyond the last day the calendar can name (31 December 9999)."""

    def __init__(self, begins: date) -> None:
        self.begins = begins
        super().__init__(
            f"En tid som börjar {begins.isoformat()} slutar efter det sista datum som kan anges."
        )


def after_weeks(begins: date, weeks: int) -> date:
    """The day `weeks` weeks after `begins`: the day with the same name in the week."""
    try:
        return begins + timedelta(weeks=weeks)
    except OverflowError as error:
        raise DateOutOfRange(begins) from error


def after_months(begins: date, months: int) -> date:
    """The day `months` months after `begins`: the same number in the month, or the month's last day."""
    try:
        return add_months(begins, months)
    except ValueError as error:
        raise DateOutOfRange(begins) from error


def after_years(begins: date, years: int) -> date:
    """The day `years` years after `begins`; 29 February becomes 28 February in an ordinary year."""
    return after_months(begins, 12 * years)


def day_after(day: date) -> date:
    """The following day."""
    if day == date.max:
        raise DateOutOfRange(day)
    return day + timedelta(days=1)
