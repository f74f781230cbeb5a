"""A timeline is a map from days to values: no day twice, gaps are known, neighbours merge."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.timeline import (
    NoValue,
    Overlap,
    Period,
    Stretch,
    Timeline,
    add_months,
    add_years,
    evaluate_over,
)

pytestmark = pytest.mark.req("K-06")

MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline[int]:
    edges = sorted(draw(st.sets(days, min_size=2, max_size=8)))
    parts = [
        (Period(start, end), draw(st.integers(0, 2)))
        for start, end in itertools.pairwise(edges)
        if draw(st.booleans())
    ]
    return Timeline.from_stretches(parts)


def test_a_period_holds_its_first_day_and_not_the_day_it_ends() -> None:
    period = Period(MAY, JUNE)
    assert MAY in period
    assert date(2026, 5, 31) in period
    assert JUNE not in period
    assert period.last == date(2026, 5, 31)


def test_a_period_through_a_last_day_holds_that_day() -> None:
    assert Period.through(MAY, date(2026, 5, 31)) == Period(MAY, JUNE)
    assert date(2999, 1, 1) in Period.through(MAY, None)
    assert Period.through(MAY, date.max).end is None


@pytest.mark.parametrize("end", [MAY, date(2026, 4, 30)])
def test_a_period_holds_at_least_one_day(end: date) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Period(MAY, end)


def test_two_values_for_one_day_are_refused() -> None:
    with pytest.raises(Overlap):
        Timeline.from_stretches([(Period(MAY, JULY), 1), (Period(JUNE, AUGUST), 2)])


def test_a_day_in_a_gap_has_no_value() -> None:
    timeline = Timeline.from_stretches([(Period(JULY, AUGUST), 2), (Period(MAY, JUNE), 1)])
    assert timeline.at(date(2026, 5, 31)) == 1
    assert timeline.at(JULY) == 2
    for day in (JUNE, AUGUST, date(2026, 4, 30)):
        with pytest.raises(NoValue):
            timeline.at(day)


def test_gaps_are_found_at_the_edges_and_between() -> None:
    timeline = Timeline.from_stretches([(Period(JUNE, JULY), 1)])
    assert timeline.gaps(Period(MAY, AUGUST)) == (Period(MAY, JUNE), Period(JULY, AUGUST))
    assert timeline.gaps(Period(JUNE, JULY)) == ()
    assert Timeline[int]().gaps(Period(MAY)) == (Period(MAY),)
    assert timeline.gaps(Period(MAY)) == (Period(MAY, JUNE), Period(JULY))


def test_equal_neighbours_merge_but_not_over_a_gap() -> None:
    touching = Timeline.from_stretches([(Period(MAY, JUNE), 1), (Period(JUNE, JULY), 1), (Period(JULY), 2)])
    assert touching.merge() == Timeline.from_stretches([(Period(MAY, JULY), 1), (Period(JULY), 2)])
    apart = Timeline.from_stretches([(Period(MAY, JUNE), 1), (Period(JULY, AUGUST), 1)])
    assert apart.merge() == apart


def test_merging_by_a_key_keeps_the_first_value() -> None:
    timeline = Timeline.from_stretches([(Period(MAY, JUNE), 1), (Period(JUNE, JULY), 3)])
    assert timeline.merge(key=lambda value: value % 2) == Timeline((Stretch(Period(MAY, JULY), 1),))


@given(timelines(), timelines(), days)
def test_combining_gives_a_value_exactly_where_both_have_one(
    one: Timeline[int], other: Timeline[int], day: date
) -> None:
    combined = one.combine(other, lambda a, b: (a, b))
    try:
        expected = (one.at(day), other.at(day))
    except NoValue:
        with pytest.raises(NoValue):
            combined.at(day)
    else:
        assert combined.at(day) == expected


@given(timelines(), days)
def test_merging_and_mapping_change_no_day(timeline: Timeline[int], day: date) -> None:
    gaps = timeline.gaps(Period(date(2000, 1, 1)))
    if any(day in gap for gap in gaps):
        for same in (timeline.merge(), timeline.map(str)):
            with pytest.raises(NoValue):
                same.at(day)
    else:
        assert timeline.merge().at(day) == timeline.at(day)
        assert timeline.map(str).at(day) == str(timeline.at(day))


@given(timelines(), days, st.integers(1, 2000))
def test_a_part_of_a_timeline_has_the_same_values_and_nothing_outside(
    timeline: Timeline[int], start: date, length: int
) -> None:
    window = Period(start, start + timedelta(days=length))
    part = timeline.within(window)
    assert all(stretch.period.intersection(window) == stretch.period for stretch in part)
    assert part.gaps(window) == tuple(gap for gap in timeline.gaps(window))


@given(days, st.integers(1, 3000), st.sets(days, max_size=6), days)
def test_evaluating_over_changes_gives_every_day_the_value_of_the_last_change(
    start: date, length: int, changes: set[date], day: date
) -> None:
    period = Period(start, start + timedelta(days=length))

    def value(on: date) -> int:
        return sum(1 for change in changes if change <= on)

    timeline = evaluate_over(period, changes, value)
    assert timeline.gaps(period) == ()
    if day in period:
        assert timeline.at(day) == value(day)
    neighbours = [stretch.value for stretch in timeline]
    assert all(a != b for a, b in itertools.pairwise(neighbours))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 31), 12, date(2027, 5, 31)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_year_after_leap_day_is_the_last_of_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
