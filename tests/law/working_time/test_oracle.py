"""Random rosters are judged as somebody would who went through them half hour by half hour with a pencil."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.law.working_time.roster_cases import ORDINARY

from egenmakt.law.working_time import rules
from egenmakt.law.working_time.checking import breaches
from egenmakt.law.working_time.limits import Limits, Regime, limits_on
from egenmakt.law.working_time.shifts import Breach, Horizon, WorkedShift, clock_at, in_order, second_of

pytestmark = pytest.mark.req("A-12")

HALF = 1800
SWEDEN = ZoneInfo("Europe/Stockholm")
LIMITS = Limits(**ORDINARY)
MONDAYS = (date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 21), date(2026, 5, 4))


@dataclass(frozen=True)
class Drawn:
    """A roster on half hours: each shift as (first half hour, number of them, of which on call)."""

    horizon: Horizon
    shifts: tuple[tuple[int, int, int], ...]

    @property
    def begins_s(self) -> int:
        return self.horizon.week_bounds[0][0]

    @property
    def halves(self) -> int:
        return (self.horizon.week_bounds[-1][1] - self.begins_s) // HALF

    def worked(self) -> list[WorkedShift]:
        return [
            WorkedShift(
                f"p{place}",
                clock_at(self.begins_s + first * HALF),
                clock_at(self.begins_s + (first + long) * HALF),
                (long - jour) * HALF,
                jour * HALF,
            )
            for place, (first, long, jour) in enumerate(self.shifts)
        ]

    def judged(self, limits: Limits = LIMITS, **more: int) -> tuple[Breach, ...]:
        return breaches(self.worked(), limits, self.horizon, **more)

    def at(self, half: int) -> datetime:
        """The clock on the wall at the beginning of a half hour, asked of the machine's zone files."""
        return datetime.fromtimestamp(self.begins_s + half * HALF, UTC).astimezone(SWEDEN)


@st.composite
def rosters(draw: st.DrawFn, *, apart: bool = True) -> Drawn:
    """One to six weeks of shifts; `apart`: with at least no time between them, never on top of each other."""
    horizon = Horizon(draw(st.sampled_from(MONDAYS)), draw(st.integers(1, 6)))
    shifts = []
    free = 0
    for _ in range(draw(st.integers(0, 24))):
        pause = draw(st.sampled_from((0, 2, 16, 21, 22, 23, 30, 38, 48, 71, 72, 73)))
        long = draw(st.sampled_from((1, 6, 15, 16, 20, 26, 27, 34, 48, 49)))
        first = free + pause if apart else draw(st.integers(0, 300))
        shifts.append((first, long, draw(st.integers(0, long))))
        free = first + long
    made = Drawn(horizon, tuple(shifts))
    return replace(made, shifts=tuple(one for one in made.shifts if one[0] < made.halves))


def busy(drawn: Drawn) -> Counter[int]:
    """How many shifts there are in each half hour."""
    return Counter(half for first, long, _ in drawn.shifts for half in range(first, first + long))


def longest_free(taken: Counter[int], first: int, end: int) -> int:
    """The longest run of half hours without a shift."""
    runs = groupby(range(first, end), key=lambda half: half in taken)
    return max((len(list(run)) for is_taken, run in runs if not is_taken), default=0)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_weekly_rest(drawn: Drawn) -> None:
    taken = busy(drawn)
    expected = []
    for opens, closes in drawn.horizon.week_bounds:
        first, end = (opens - drawn.begins_s) // HALF, (closes - drawn.begins_s) // HALF
        has_shift = any(half in taken for half in range(first, end))
        if has_shift and longest_free(taken, first, end) < 72:
            expected.append(opens)
    assert [one.from_s for one in drawn.judged() if one.rule == "weekly_rest"] == expected


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_who_gives_away_the_named_shift_rests_as_long_as_the_sentence_says(drawn: Drawn) -> None:
    for one in drawn.judged():
        if one.rule != "weekly_rest":
            continue
        week = ((one.from_s - drawn.begins_s) // HALF, (one.to_s - drawn.begins_s) // HALF)
        rests = {
            f"p{place}": longest_free(
                busy(
                    replace(drawn, shifts=tuple(s for other, s in enumerate(drawn.shifts) if other != place))
                ),
                *week,
            )
            for place in range(len(drawn.shifts))
        }
        assert rests[one.shift] == max(rests.values())
        assert ("Ge passet till någon annan" in one.message) == (rests[one.shift] >= 72)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_daily_rest(drawn: Drawn) -> None:
    """Spans of work are parted by 22 free half hours. One shift may be 48 of them long, several together 26."""
    taken = busy(drawn)
    spans: list[list[int]] = []
    for half in sorted(taken):
        if not spans or half - spans[-1][-1] > 22:
            spans.append([])
        spans[-1].append(half)
    expected = set()
    for span in spans:
        inside = [one for one in drawn.shifts if span[0] <= one[0] <= span[-1]]
        if span[-1] - span[0] + 1 > (26 if len(inside) > 1 else 48):
            expected.add(span[0])
    found = set()
    for one in drawn.judged():
        if one.rule == "daily_rest":
            begins = drawn.shifts[int(one.shift[1:])][0]
            found.add(max(span[0] for span in spans if span[0] <= begins))
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_compensatory_rest(drawn: Drawn) -> None:
    taken = busy(drawn)
    expected = [
        (drawn.begins_s + (first + long) * HALF)
        for first, long, _ in drawn.shifts
        if long > 26 and any(half in taken for half in range(first + long, first + 2 * long))
    ]
    assert [one.from_s for one in drawn.judged() if one.rule == "compensatory_rest"] == expected


@settings(max_examples=60, deadline=None)
@given(rosters(apart=False))
def test_overlap(drawn: Drawn) -> None:
    expected = any(count > 1 for count in busy(drawn).values())
    found = [one for one in drawn.judged() if one.rule == "overlap"]
    assert bool(found) == expected
    for one in found:
        for half in range((one.from_s - drawn.begins_s) // HALF, (one.to_s - drawn.begins_s) // HALF):
            assert busy(drawn)[half] > 1


@settings(max_examples=60, deadline=None)
@given(rosters(), st.integers(-10, 300))
def test_sums(drawn: Drawn, left: int) -> None:
    active, jour = Counter[int](), Counter[int]()
    for first, long, on_call in drawn.shifts:
        block = (drawn.at(first).date() - drawn.horizon.first).days // 28
        active[block] += long - on_call
        jour[block] += on_call
    total = sum(long for _, long, _ in drawn.shifts)
    expected = []
    for block in range((drawn.horizon.weeks + 3) // 4):
        weeks = min(4, drawn.horizon.weeks - 4 * block)
        if active[block] > 80 * weeks:
            expected.append(("ordinary_hours", block))
    expected += [("on_call", block) for block in sorted(jour) if jour[block] > 96]
    if drawn.shifts and total > left:
        expected.append(("average_hours", 0))
    found = [
        (one.rule, (clock_at(one.from_s).date() - drawn.horizon.first).days // 28)
        for one in drawn.judged(average_left_s=left * HALF)
        if one.rule in ("ordinary_hours", "on_call", "average_hours")
    ]
    assert found == expected


def too_long_runs(days: set[date], most: int) -> int:
    runs = 0
    for day in days:
        if day - timedelta(days=1) not in days:
            length = next(more for more in range(400) if day + timedelta(days=more) not in days)
            runs += length > most
    return runs


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_days_and_nights_in_a_row(drawn: Drawn) -> None:
    nights = set()
    for first, long, jour in drawn.shifts:
        dark = sum(drawn.at(half).hour in (22, 23, 0, 1, 2, 3, 4, 5) for half in range(first, first + long))
        if min(long - jour, dark - jour) >= 6:
            nights.add(drawn.at(first).date())
    days = {drawn.at(first).date() for first, _, _ in drawn.shifts}
    found = Counter(one.rule for one in drawn.judged(replace(LIMITS, max_days=3, max_nights=1)))
    assert found["consecutive_days"] == too_long_runs(days, 3)
    assert found["consecutive_nights"] == too_long_runs(nights, 1)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_weekends(drawn: Drawn) -> None:
    touched = Counter[int]()
    saturdays = set()
    for half in busy(drawn):
        at = drawn.at(half)
        if (at.weekday() == 5 and at.hour >= 8) or (at.weekday() == 6 and at.hour < 22):
            saturdays.add(at.date() - timedelta(days=at.weekday() - 5))
    for saturday in saturdays:
        touched[(saturday - drawn.horizon.first).days // 28] += 1
    blocks = (drawn.horizon.weeks + 3) // 4
    expected = sum(count > 1 for block, count in touched.items() if block < blocks)
    found = [one for one in drawn.judged(replace(LIMITS, max_weekends=1)) if one.rule == "weekends"]
    assert len(found) == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 26 * 60), st.integers(0, 30 * 60), st.booleans())
def test_the_judge_and_the_rules_of_the_book_say_the_same_of_a_shift_and_the_rest_after_it(
    minutes: int, rest: int, decided: bool
) -> None:
    """One text of law: AB § 13 mom. 5 stands in `rules`, and the judge comes to the same."""
    horizon = Horizon(date(2026, 5, 4), 2)
    begins = horizon.week_bounds[0][0] + 7 * 3600
    ends = begins + 60 * minutes
    shift = WorkedShift("p1", clock_at(begins), clock_at(ends), 60 * minutes)
    after = ends + 60 * rest
    following = WorkedShift("p2", clock_at(after), clock_at(after + 60), 60)
    limits = limits_on(Regime.MUNICIPAL_AGREEMENT, date(2026, 5, 4), long_shifts_decided=decided)
    found = {one.rule for one in breaches([shift], limits, horizon)} & {"daily_rest"}
    answer = rules.Answer.YES if decided else rules.Answer.NO
    allowed = rules.shift_allowed_by_agreement(60 * minutes, answer, answer, answer, 20, 24)
    assert bool(found) == (allowed is not rules.Answer.YES)
    # A short shift within the same span is judged as one span, not as a rest.
    assume(60 * minutes > limits.max_span_s or 60 * (minutes + rest + 1) > limits.max_span_s)
    found = {one.rule for one in breaches([shift, following], limits, horizon)}
    least = rules.rest_after_shift_least_s(60 * minutes, 11)
    kept = rules.rest_after_shift_kept(60 * rest, least) and allowed is rules.Answer.YES
    assert bool(found & {"daily_rest", "compensatory_rest"}) != kept


@settings(max_examples=100, deadline=None)
@given(st.integers(1_767_225_600, 1_830_297_600))  # 2026 and 2027
def test_the_clock_at_a_second_is_the_machines_and_leads_back(second: int) -> None:
    shown = clock_at(second)
    by_machine = datetime.fromtimestamp(second, UTC).astimezone(SWEDEN)
    assert (shown, shown.fold) == (by_machine.replace(tzinfo=None), by_machine.fold)
    assert second_of(shown) == second


@pytest.mark.parametrize("turn", ["2026-03-29T01:00Z", "2026-10-25T01:00Z"])
def test_the_clock_is_right_to_the_second_when_it_is_moved(turn: str) -> None:
    around = int(datetime.fromisoformat(turn).timestamp())
    for second in (
        *range(around - 3601, around - 3598),
        *range(around - 1, around + 2),
        *range(around + 3599, around + 3602),
    ):
        test_the_clock_at_a_second_is_the_machines_and_leads_back.hypothesis.inner_test(second)


def test_shifts_are_ordered_by_beginning_then_end_then_name() -> None:
    drawn = Drawn(Horizon(MONDAYS[3], 1), ((4, 2, 0), (2, 9, 0), (2, 3, 0), (2, 3, 0)))
    assert [one.id for one in in_order(reversed(drawn.worked()))] == ["p2", "p3", "p1", "p0"]


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own clock is not Swedish."""
    with monkeypatch.context() as inside:
        inside.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_away")
def test_where_the_machine_stands_changes_nothing() -> None:
    assert (
        clock_at(second_of(datetime.fromisoformat("2026-03-28T22:00"))).isoformat() == "2026-03-28T22:00:00"
    )
