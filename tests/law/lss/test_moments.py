"""The weekly time of a moment in whole numbers: the same as in exact fractions, and always within 64 bits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law import Answer, Ground, Necessary, Need, Per
from egenmakt.law.assistance.facts import TooFineMinutes, micro_minutes
from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.lss.moments import (
    needed_micro_minutes,
    standby_s,
    waiting_s,
    weekly_s,
)
from egenmakt.law.lss.parental_deduction import exempt_s_of_other_assistants
from egenmakt.law.rules import in_force

pytestmark = pytest.mark.req("K-06")

LARGEST_64_BITS = 2**63 - 1
MINUTES_IN = {
    Per.DAY: 1440, Per.WEEK: 10_080, Per.FORTNIGHT: 20_160, Per.MONTH: 44_640, Per.YEAR: 527_040,
}  # fmt: skip
six_decimals = st.decimals(0, 527_040, places=6)


def to_nearest_second(minutes: Fraction) -> int:
    """Half a second is rounded up."""
    return int(minutes * 60 + Fraction(1, 2))


def weeks_in(per: Per, days_per_week: int) -> Fraction:
    """How many times a week what is done once `per` is done."""
    return {
        Per.DAY: Fraction(days_per_week), Per.WEEK: Fraction(1), Per.FORTNIGHT: Fraction(1, 2),
        Per.MONTH: Fraction(12, 52), Per.YEAR: Fraction(1, 52),
    }[per]  # fmt: skip


@given(six_decimals, six_decimals, st.integers(0, 100_000), st.sampled_from(Per), st.integers(1, 7))
def test_the_weekly_time_is_the_exact_time_rounded_once(
    minutes: Decimal, met: Decimal, times: int, per: Per, days: int
) -> None:
    needed = needed_micro_minutes(micro_minutes(minutes), micro_minutes(met))
    assert needed == max(0, Fraction(minutes) - Fraction(met)) * 1_000_000
    exact = Fraction(needed, 1_000_000) * times * weeks_in(per, days)
    assert weekly_s(needed, times, per, days) == to_nearest_second(exact)


@pytest.mark.parametrize(
    ("minutes", "times", "per", "seconds"),
    [
        ("0.008333", 1, Per.WEEK, 0),  # 0.49998 s
        ("0.008334", 1, Per.WEEK, 1),  # 0.50004 s
        ("0.025", 1, Per.WEEK, 2),  # exactly 1.5 s
        ("0.05", 1, Per.FORTNIGHT, 2),  # exactly 1.5 s
        ("0.433333", 1, Per.YEAR, 0),  # just under half a second a week
        ("0.433334", 1, Per.YEAR, 1),
        ("0.108333", 1, Per.MONTH, 1),
    ],
)
def test_half_a_second_is_rounded_up(minutes: str, times: int, per: Per, seconds: int) -> None:
    assert weekly_s(micro_minutes(Decimal(minutes)), times, per, 7) == seconds


@given(st.decimals(0, 1440, places=6), st.integers(1, 7), st.integers(1, 12))
def test_waiting_and_standby_are_the_exact_time_rounded_once(minutes: Decimal, days: int, parts: int) -> None:
    exact = to_nearest_second(Fraction(minutes) * days / parts)
    assert waiting_s(micro_minutes(minutes), days, parts) == exact
    assert standby_s(micro_minutes(minutes), days, parts) == exact


def test_no_number_on_the_way_to_the_weekly_time_passes_64_bits() -> None:
    """Whatever is accepted: minutes times times are at most the minutes there are in the time they come back in."""
    for per, most in MINUTES_IN.items():
        microseconds = most * 1_000_000 * 60
        factor = {Per.DAY: 7, Per.MONTH: 12}.get(per, 1)
        weeks = {Per.FORTNIGHT: 2, Per.MONTH: 52, Per.YEAR: 52}.get(per, 1)
        largest = 2 * microseconds * factor + weeks * 1_000_000
        assert largest <= 64_281_652_000_000 < LARGEST_64_BITS / 100_000
    moments, assistants, week_s = 5_000, 10, 7 * 24 * 3600 + 1
    assert moments * assistants * week_s < 2**35


@pytest.mark.parametrize("minutes", ["0.0000001", "10.1234567", "1e-7"])
def test_more_than_six_decimals_of_a_minute_have_no_place(minutes: str) -> None:
    with pytest.raises(TooFineMinutes, match="fler än 6 decimaler"):
        micro_minutes(Decimal(minutes))


def test_six_decimals_are_kept_to_the_last() -> None:
    assert micro_minutes(Decimal("12.345678")) == 12_345_678
    assert micro_minutes(Decimal("7.50000000000")) == 7_500_000
    assert micro_minutes(Decimal("1E+3")) == 1_000_000_000


@pytest.mark.parametrize(
    ("counted", "minutes", "days", "divisor", "seconds"),
    [
        (waiting_s, "600.1", 7, 4, 63_011),  # 252 042 s through 4 is 63 010.5 s
        (standby_s, "350.035", 5, 7, 15_002),  # 105 010.5 s through 7 is 15 001.5 s
    ],
)
def test_half_a_second_of_a_long_night_is_rounded_up(counted, minutes, days, divisor, seconds):
    assert counted(micro_minutes(Decimal(minutes)), days, divisor) == seconds


PLAIN_HYGIENE = {
    "need": Need.HYGIENE, "intimate": True, "tube_feeding": False, "activation_measure": False,
    "directly_necessary_for": None, "has_self_care_assessment": False, "admitted": Answer.YES,
}  # fmt: skip
OF_2019, OF_2020, OF_2023 = date(2019, 11, 1), date(2020, 7, 1), date(2023, 1, 1)
REFUSED = {"admitted": Answer.NO}
LAPSED = {"admitted": Answer.NO, "has_self_care_assessment": True}


@pytest.mark.parametrize(
    ("day", "told", "ground", "by"),
    [
        *((day, {}, Ground.INTIMATE, None) for day in (OF_2019, OF_2020, OF_2023)),
        *((day, REFUSED, Ground.HEALTH_CARE, "is_excluded_care") for day in (OF_2019, OF_2020, OF_2023)),
        *(
            (day, LAPSED, Ground.SELF_CARE_NOT_IN_FORCE, "self_care_not_in_force")
            for day in (OF_2019, OF_2020, OF_2023)
        ),
        # an assessment that has been made and holds is no exception
        (OF_2023, {"has_self_care_assessment": True}, Ground.INTIMATE, None),
        # health care goes before what is directly necessary
        *(
            (
                day,
                {"directly_necessary_for": Necessary.BREATHING} | REFUSED,
                Ground.HEALTH_CARE,
                "is_excluded_care",
            )
            for day in (OF_2020, OF_2023)
        ),
        *(
            (OF_2023, {"directly_necessary_for": one}, Ground.DIRECTLY_NECESSARY, "directly_necessary")
            for one in Necessary
        ),
        (
            OF_2023,
            {"need": Need.MEDICAL, "directly_necessary_for": Necessary.MEDICAL},
            Ground.DIRECTLY_NECESSARY,
            "directly_necessary",
        ),
        *(
            (OF_2020, {"directly_necessary_for": one}, Ground.DIRECTLY_NECESSARY, "directly_necessary")
            for one in (Necessary.BREATHING, Necessary.TUBE_FEEDING)
        ),
        (OF_2020, {"directly_necessary_for": Necessary.MEDICAL}, Ground.JUDGED_BY_OLDER_LAW, None),
        *(
            (
                OF_2020,
                {"need": need, "directly_necessary_for": Necessary.BREATHING},
                Ground.JUDGED_BY_OLDER_LAW,
                None,
            )
            for need in (Need.MEDICAL, Need.HARM_PREVENTION)
        ),
        (OF_2019, {"directly_necessary_for": Necessary.BREATHING}, Ground.JUDGED_BY_OLDER_LAW, None),
    ],
)
def test_what_is_health_care_or_directly_necessary_is_an_exception_to_how_a_moment_counts(
    day: date, told: dict[str, object], ground: Ground, by: str | None
) -> None:
    edition = rulebook().edition(day, ("ground",), frozenset({"admitted"}))
    facts = PLAIN_HYGIENE | told
    trace = edition.run([facts[name] for name in edition.facts])
    assert trace["ground"] is ground
    applies = in_force(edition.rules["ground"], trace)
    assert (applies.name if applies else None) == by


@pytest.mark.parametrize(
    ("moment_s", "weekly_s", "exempt", "not_deducted_s"),
    [
        (7200, 3600, False, 3600),
        (3600, 3600, False, 0),
        (0, 3600, False, 0),
        (7200, 3600, True, 7200),
        (3600, 3600, True, 3600),
    ],
)
def test_by_the_reading_of_the_first_assistant_the_time_of_the_others_is_left_whole(
    moment_s, weekly_s, exempt, not_deducted_s
):
    assert exempt_s_of_other_assistants(moment_s, weekly_s, exempt) == not_deducted_s
