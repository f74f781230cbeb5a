"""The days of the state allowance are those the ordinance gives."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.law.parameters import NoParameter
from egenmakt.law.sfb.days import (
    municipal_debit_day,
    municipal_payment_day,
    pay_day,
    preliminary_settlement_day,
    settlement_day,
)

pytestmark = pytest.mark.req("S-01", "H-28")


@pytest.mark.parametrize(
    ("month", "day", "why"),
    [
        (date(2026, 3, 1), date(2026, 3, 20), "Friday"),
        (date(2026, 6, 1), date(2026, 6, 19), "Midsummer's Day: the eve before it is no public holiday"),
        (
            date(2026, 9, 1),
            date(2026, 9, 18),
            "Sunday: the Friday before, not the Monday the agency's page says",
        ),
        (date(2026, 12, 1), date(2026, 12, 18), "Sunday"),
        (date(2025, 4, 1), date(2025, 4, 17), "Easter Sunday, after Good Friday: the Thursday before"),
    ],
)
def test_the_allowance_is_paid_the_20th_or_the_working_day_before(month, day, why):
    assert pay_day(month) == day, why


def test_the_municipality_is_debited_the_15th_and_pays_by_the_last_working_day():
    assert municipal_debit_day(date(2026, 5, 7)) == date(2026, 5, 15)
    assert municipal_payment_day(date(2026, 5, 7)) == date(2026, 5, 29)
    assert municipal_payment_day(date(2026, 12, 1)) == date(2026, 12, 31)


def test_final_settlement_is_within_two_months_after_the_granting_period():
    """HFD 2020 ref. 55: the period ended 31 August 2016; settled on 4 October, in time."""
    last = settlement_day(date(2016, 8, 31))
    assert last == date(2016, 10, 31)
    assert date(2016, 10, 4) <= last < date(2016, 11, 3)
    assert settlement_day(date(2026, 12, 31)) == date(2027, 2, 28)


def test_greater_deviations_are_settled_by_the_second_month_after_the_payment():
    assert preliminary_settlement_day(date(2026, 1, 20)) == date(2026, 3, 31)


def test_a_month_before_the_ordinance_has_no_answer():
    with pytest.raises(NoParameter):
        pay_day(date(2018, 9, 1))
