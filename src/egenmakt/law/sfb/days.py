"""Days of the state allowance: when it is paid, when the municipality is debited and pays, when it is settled.

Förordningen (1993:1091) 9 § and SFB 51 kap. 15 §. A day of payment on a Saturday, Sunday or holiday is moved back to
the last working day before it; the other days are as they are counted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from egenmakt.law.calendar import after_months, public_holidays
from egenmakt.law.parameters import parameter

SATURDAY = 5


def pay_day(month: date) -> date:
    """The day in the month from which the allowance can be drawn."""
    day = month.replace(day=_whole("allowance_pay_day", month))
    return _working_day_before(day)


def municipal_debit_day(month: date) -> date:
    """The last day for Försäkringskassan to debit the municipality's share of the month."""
    return month.replace(day=_whole("municipal_debit_day", month))


def municipal_payment_day(month: date) -> date:
    """The last day for the municipality to pay: the last working day of the month it is debited."""
    return _working_day_before(after_months(month.replace(day=1), 1) - timedelta(days=1))


def settlement_day(period_last: date) -> date:
    """The last day for the final settlement of a granting period that ends on a day."""
    first_after = period_last + timedelta(days=1)
    return after_months(first_after, _whole("settlement_months", period_last)) - timedelta(days=1)


def preliminary_settlement_day(paid: date) -> date:
    """The last day to settle greater deviations from a preliminary payment: the end of the second month after it."""
    months = _whole("preliminary_settlement_months", paid)
    return after_months(paid.replace(day=1), months + 1) - timedelta(days=1)


def _whole(name: str, on: date) -> int:
    return cast("int", parameter(name).at(on).value)


def _working_day_before(day: date) -> date:
    """The day itself, or the nearest before it that is no Saturday, Sunday or public holiday (eves are working days)."""
    while day.weekday() >= SATURDAY or day in public_holidays(day.year):
        day -= timedelta(days=1)
    return day
