"""The other ways to read what the law leaves open, rule by rule, on both sides of every line they draw."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law import Answer, Per
from egenmakt.law.assistance.facts import micro_minutes
from egenmakt.law.lss.moments import weekly_s_by_calendar
from egenmakt.law.lss.parental_deduction import (
    basic_after_s_beyond_age,
    basic_deduction_s_every_day,
    need_of_age_not_told,
    other_after_s_beyond_age,
    other_deduction_s_every_day,
)

pytestmark = pytest.mark.req("K-07")


@pytest.mark.parametrize("after", [basic_after_s_beyond_age, other_after_s_beyond_age])
@pytest.mark.parametrize(
    ("need", "exempt", "of_age", "deduction", "left"),
    [
        (100, 0, 30, 50, 20),
        (100, 0, 50, 50, 0),
        (100, 0, 51, 50, 0),
        (100, 40, 30, 20, 50),
        (100, 40, 60, 20, 40),
        # nobody has said: the outcome is unclear, and this is what it is at most
        (100, 0, None, 50, 50),
        # where nothing is deducted, nothing of the age is either
        (100, 0, 30, 0, 100),
        (100, 0, 30, 1, 69),
    ],
)
def test_what_all_of_the_age_need_is_taken_away_before_the_deduction(
    after, need, exempt, of_age, deduction, left
) -> None:
    assert after(need, exempt, of_age, deduction) == left


@pytest.mark.parametrize("deduction", [basic_deduction_s_every_day, other_deduction_s_every_day])
def test_every_day_is_seven_days(deduction) -> None:
    assert deduction(4_500) == 31_500
    assert deduction(0) == 0


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("belongs", "barred", "has_needs", "of_age", "deductions", "asked"),
    [
        (YES, NO, YES, (None, None), (1, 1), True),
        (YES, NO, YES, (None, 0), (1, 0), True),
        (YES, NO, YES, (0, None), (0, 1), True),
        (YES, NO, YES, (None, None), (0, 0), False),
        (YES, NO, YES, (0, 0), (1, 1), False),
        (YES, NO, YES, (None, 0), (0, 1), False),
        (YES, NO, YES, (0, None), (1, 0), False),
        (UNKNOWN, UNKNOWN, UNKNOWN, (None, None), (1, 1), True),
        # refused anyway
        (NO, NO, YES, (None, None), (1, 1), False),
        (YES, YES, YES, (None, None), (1, 1), False),
        (YES, NO, NO, (None, None), (1, 1), False),
    ],
)
def test_it_is_asked_for_only_where_it_can_change_the_answer(
    belongs, barred, has_needs, of_age, deductions, asked
) -> None:
    assert need_of_age_not_told(belongs, barred, has_needs, *of_age, *deductions) is asked


WEEKS_FOR = {Per.WEEK: Fraction(1), Per.FORTNIGHT: Fraction(2), Per.MONTH: Fraction(487, 112), Per.YEAR: Fraction(1461, 28)}  # fmt: skip


@given(st.decimals(0, 10_000, places=6), st.integers(0, 1_000), st.sampled_from(list(Per)), st.integers(1, 7))
def test_by_the_calendar_the_weekly_time_is_the_exact_time_rounded_once(
    minutes: Decimal, times: int, per: Per, days: int
) -> None:
    a_week = Fraction(days) if per is Per.DAY else 1 / WEEKS_FOR[per]
    exact = Fraction(minutes) * 60 * times * a_week
    assert weekly_s_by_calendar(micro_minutes(minutes), times, per, days) == int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("micro", "per", "seconds"),
    [
        # as near below half a second as whole millionths of a minute come
        (615_997, Per.MONTH, 8),
        (434_821, Per.YEAR, 0),
        (25_000, Per.WEEK, 2),  # exactly 1.5 s
        (50_000, Per.FORTNIGHT, 2),  # exactly 1.5 s
    ],
)
def test_by_the_calendar_what_is_less_than_half_a_second_falls_away(
    micro: int, per: Per, seconds: int
) -> None:
    assert weekly_s_by_calendar(micro, 1, per, 7) == seconds
