"""What a shift is by the Swedish clock: its night, its days and its weekends; and how weeks and blocks are cut."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from tests.law.working_time.roster_cases import seconds, shifts

from egenmakt.law.calendar import ClockTimeMissing
from egenmakt.law.working_time.checking import breaches, longest_free, shift_over
from egenmakt.law.working_time.limits import Limits
from egenmakt.law.working_time.shifts import Horizon, WorkedShift, clock_at, second_of

pytestmark = pytest.mark.req("A-12")


@pytest.mark.parametrize(
    ("line", "night", "is_night"),
    [
        ("2026-12-01 22:00–06:00", "8:00", True),
        ("2026-12-01 08:00–16:00", "0:00", False),
        ("2026-12-01 17:00–23:00", "1:00", False),
        ("2026-12-01 04:00–12:00", "2:00", False),
        ("2026-12-01 00:00–03:00", "3:00", True),
        ("2026-12-01 00:00–02:59", "2:59", False),
        ("2026-12-01 20:00–08:00 jour 5:00", "3:00", True),
        ("2026-12-01 20:00–08:00 jour 5:01", "2:59", False),
        ("2026-12-01 20:00–08:00 jour 11:00", "0:00", False),
        ("2026-12-01 22:00–06:00 rast 6:00", "2:00", False),
        ("2026-12-01 20:00–2026-12-03 08:00", "16:00", True),
        ("2026-03-28 22:00–06:00", "7:00", True),
        ("2026-10-24 22:00–06:00", "9:00", True),
        ("2026-10-25 02:00–02:30*", "1:30", False),
        ("2026-12-31 22:00–06:00", "8:00", True),
    ],
)
def test_the_night_of_a_shift_is_its_work_between_22_and_06(line: str, night: str, is_night: bool) -> None:
    (shift,) = shifts(line)
    assert (shift.night_s, shift.is_night) == (seconds(night), is_night)


@pytest.mark.parametrize(
    ("line", "first", "count"),
    [
        ("2026-12-01 08:00–16:00", "2026-12-01", 1),
        ("2026-12-01 16:00–2026-12-02 00:00", "2026-12-01", 1),
        ("2026-12-01 16:00–00:01", "2026-12-01", 2),
        ("2026-12-31 22:00–06:00", "2026-12-31", 2),
        ("2026-12-01 08:00–2026-12-03 08:00", "2026-12-01", 3),
        ("2026-12-01 08:00–2026-12-03 00:00", "2026-12-01", 2),
    ],
)
def test_a_shift_touches_each_day_on_which_some_part_of_it_lies(line: str, first: str, count: int) -> None:
    (shift,) = shifts(line)
    since = date.fromisoformat(first)
    assert shift.days_touched == tuple(since + timedelta(days=more) for more in range(count))
    assert shift.day == since


@pytest.mark.parametrize(
    ("line", "saturdays"),
    [
        ("2026-12-04 20:00–08:00", []),
        ("2026-12-04 20:00–08:01", ["2026-12-05"]),
        ("2026-12-05 06:00–08:00", []),
        ("2026-12-05 08:00–09:00", ["2026-12-05"]),
        ("2026-12-06 21:59–23:00", ["2026-12-05"]),
        ("2026-12-06 22:00–23:00", []),
        ("2026-12-07 08:00–16:00", []),
        ("2026-12-04 20:00–2026-12-12 09:00", ["2026-12-05", "2026-12-12"]),
        ("2026-12-06 20:00–2026-12-12 08:00", ["2026-12-05"]),
    ],
)
def test_a_weekend_is_saturday_08_to_sunday_22(line: str, saturdays: list[str]) -> None:
    (shift,) = shifts(line)
    assert shift.weekends == tuple(map(date.fromisoformat, saturdays))


def test_a_shift_knows_its_lengths() -> None:
    (shift,) = shifts("2026-10-24 22:00–06:00 jour 4:00 rast 1:00")
    assert (shift.length_s, shift.active_s, shift.on_call_s, shift.total_s) == (
        32_400,
        14_400,
        14_400,
        28_800,
    )
    assert WorkedShift("p", shift.begins, shift.ends, 7).on_call_s == 0


def test_a_clock_time_that_was_never_shown_is_no_beginning() -> None:
    with pytest.raises(ClockTimeMissing):
        shifts("2026-03-29 02:30–06:00")


def test_weeks_are_cut_at_midnight_to_monday_also_when_the_clock_has_moved() -> None:
    weeks = Horizon(date(2026, 3, 23), 2).week_bounds
    assert [closes - opens for opens, closes in weeks] == [167 * 3600, 168 * 3600]
    assert clock_at(weeks[0][0]) == datetime.fromisoformat("2026-03-23T00:00")
    assert weeks[0][1] == weeks[1][0] == second_of(datetime.fromisoformat("2026-03-30T00:00"))


@pytest.mark.parametrize(
    ("weeks", "lengths"), [(1, [1]), (4, [4]), (5, [4, 1]), (12, [4, 4, 4]), (53, [4] * 13 + [1])]
)
def test_blocks_are_four_weeks_and_what_is_left(weeks: int, lengths: list[int]) -> None:
    horizon = Horizon(date(2026, 11, 30), weeks)
    blocks = horizon.blocks
    assert [block.weeks for block in blocks] == lengths
    assert blocks[0].begins_s == horizon.week_bounds[0][0]
    assert blocks[-1].ends_s == horizon.week_bounds[-1][1]
    assert all(one.ends_s == other.begins_s for one, other in pairwise(blocks))
    last = blocks[0].first + timedelta(days=7 * lengths[0] - 1)
    assert blocks[0].first in blocks[0]
    assert last in blocks[0]
    assert last + timedelta(days=1) not in blocks[0]
    assert blocks[0].first - timedelta(days=1) not in blocks[0]


def test_the_longest_free_time_is_within_its_bounds() -> None:
    worked = shifts("2026-12-01 08:00–16:00", "2026-12-02 08:00–16:00")
    opens, closes = worked[0].begins_s - 3600, worked[1].ends_s + 7200
    assert longest_free(worked, opens, closes) == 16 * 3600
    assert longest_free(worked, worked[0].ends_s, worked[0].ends_s + 60) == 60
    assert longest_free([], opens, closes) == closes - opens
    assert longest_free(worked, closes, opens) == 0


def test_the_shift_that_passes_a_limit_adds_something_to_the_sum() -> None:
    """A shift without on-call time is not the one to give away when there is too much of it."""
    worked = shifts(
        "2026-12-01 20:00–06:00 jour 8:00", "2026-12-02 20:00–22:00", "2026-12-03 20:00–06:00 jour 8:00"
    )
    assert shift_over(worked, 8 * 3600, lambda shift: shift.on_call_s).id == "p3"
    assert shift_over(worked, 8 * 3600 - 1, lambda shift: shift.on_call_s).id == "p1"
    assert shift_over(worked, -1, lambda shift: shift.on_call_s).id == "p1"


def test_without_limits_only_being_in_two_places_is_a_breach() -> None:
    worked = shifts("dagar 2026-11-30 till 2026-12-27 00:00–23:00")
    assert [
        one.rule for one in breaches(worked, Limits(), Horizon(date(2026, 11, 30), 4), last_end_s=9**10)
    ] == []
    twice = (*worked, WorkedShift("again", worked[0].begins, worked[0].ends, 60))
    found = breaches(twice, Limits(), Horizon(date(2026, 11, 30), 4))
    assert [one.rule for one in found] == ["overlap"]
