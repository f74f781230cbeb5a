"""How old a person is on a day, also for those born on leap day (lag 1930:173, 1 §)."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.law.lss.age_limit import age_in_years, most_s
from egenmakt.law.lss.parental_deduction import age_by_month

pytestmark = pytest.mark.req("H-30")


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1960, 5, 20), date(2027, 5, 19), 66),
        (date(1960, 5, 20), date(2027, 5, 20), 67),
        (date(1960, 5, 20), date(2027, 4, 30), 66),
        (date(1960, 5, 20), date(2027, 6, 1), 67),
        (date(1960, 2, 29), date(2027, 2, 27), 66),
        (date(1960, 2, 29), date(2027, 2, 28), 67),
        (date(1960, 2, 29), date(2024, 2, 28), 63),
        (date(1960, 2, 29), date(2024, 2, 29), 64),
        (date(1960, 2, 29), date(2000, 2, 28), 39),
        (date(1960, 2, 29), date(2000, 2, 29), 40),
        (date(2000, 2, 29), date(2100, 2, 27), 99),
        (date(2000, 2, 29), date(2100, 2, 28), 100),
        (date(1960, 2, 28), date(2027, 2, 28), 67),
        (date(1960, 3, 29), date(2027, 2, 28), 66),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
    ],
)
def test_age_in_years(born: date, day: date, years: int) -> None:
    assert age_in_years(day, born) == years


@pytest.mark.req("K-07")
@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2019, 5, 14), date(2026, 4, 30), 6),
        (date(2019, 5, 14), date(2026, 5, 1), 7),
        (date(2019, 5, 14), date(2026, 12, 31), 7),
        (date(2019, 12, 31), date(2026, 11, 30), 6),
        (date(2019, 12, 31), date(2026, 12, 1), 7),
        (date(2020, 2, 29), date(2027, 2, 1), 7),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
        (date(2026, 3, 9), date(2027, 2, 28), 0),
    ],
)
def test_age_by_month(born: date, day: date, years: int) -> None:
    assert age_by_month(day, born) == years


@pytest.mark.parametrize(
    ("need", "reached", "current", "most"),
    [
        (100, False, 50, 100),
        (100, True, 50, 50),
        (100, True, None, 100),
        (100, True, 0, 0),
        (100, True, 200, 100),
    ],
)
def test_the_hours_are_not_raised_after_the_limit(
    need: int, reached: bool, current: int | None, most: int
) -> None:
    assert most_s(need, reached, current) == most
