"""The bounds of large rosters: no lawful roster costs less, whatever the prices; and they are worth having."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from tests.staffing.rosters import made

from egenmakt.staffing.rosters import bound_parts
from egenmakt.staffing.rosters.arrays import (
    HOUR,
    UNIT,
    Array,
    Arrays,
    arrays_of,
    in_order,
    owners_of,
    persons_of,
)
from egenmakt.staffing.rosters.bound_ascent import Ascent
from egenmakt.staffing.rosters.bound_kernel import everybody
from egenmakt.staffing.rosters.bounding import bound_of_hours, quick_bound
from egenmakt.staffing.rosters.calendars import CHANGE, UNLAWFUL, price
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.exact import Model
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, Weights, Wish
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.solving import Wanted, solve

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]

PEOPLE = ("p1", "p2", "p3")


def _some_roster(seed: int, *, shifts: int, assistants: int, weeks: int = 1) -> Instance:
    """Two or three persons who share assistants, with everything that a roster may have."""
    draw = Random(seed)
    kinds = [(draw.choice((6, 7, 14, 20, 21)), draw.choice((8, 14, 15, 19, 26, 48)), draw.choice((0, 0, 5)))]
    kinds += [(7, 15, 0), (21, 20, draw.choice((0, 6)))]
    made_shifts = []
    for number in range(shifts):
        hour, halves, on_call_h = draw.choice(kinds)
        begins = datetime.combine(made.MONDAY, datetime.min.time()) + timedelta(
            days=draw.randrange(7 * weeks), hours=hour
        )
        ends = begins + timedelta(minutes=30 * halves)
        length = int((ends - begins).total_seconds())
        on_call = min(length, on_call_h * 3600)
        skill = "delegation" if draw.random() < 0.2 else None
        made_shifts.append(
            Shift(f"s{number}", draw.choice(PEOPLE), begins, ends, length - on_call, on_call, skill)
        )
    team = []
    for number in range(assistants):
        home = draw.choice((*PEOPLE, *PEOPLE, None))
        known = {person for person in PEOPLE if draw.random() < 0.6} | {home or "p1"}
        days = [made.MONDAY + timedelta(days=draw.randrange(7 * weeks)) for _ in range(3)]
        team.append(
            Assistant(
                f"a{number}",
                home,
                draw.choice((0, 7, 15, 22, 36)) * 3600 * weeks + draw.choice((0, 0, 720)),
                frozenset(known),
                frozenset({"delegation"} if draw.random() < 0.7 else ()),
                draw.random() < 0.2,
                frozenset(days[:1]),
                tuple(Wish(day, Decimal(draw.choice(("2.5", "-2", "-1")))) for day in days[1:]),
                draw.choice((None, 30 * 3600 * weeks, 0)),
                draw.choice((None, made.clock("2026-11-29 22:00"))),
            )
        )
    previous = {
        shift.id: draw.choice((None, *(one.id for one in team)))
        for shift in made_shifts
        if draw.random() < 0.6
    }
    return Instance(
        made.MONDAY,
        weeks,
        tuple(made_shifts),
        tuple(team),
        draw.choice((Rules(), Rules(max_days=3, max_nights=1, max_weekends=1))),
        _weights(draw),
        {},
        previous if draw.random() < 0.5 else {},
    )


def _weights(draw: Random) -> Weights:
    """The usual ones, or some of them zero or odd."""
    usual = Weights(open=Decimal(draw.choice((10_000, 60, 20))))
    if draw.random() < 0.5:
        return usual
    names = (
        "under",
        "over",
        "over_hourly",
        "other_team",
        "distinct",
        "wish",
        "night_fair",
        "weekend_fair",
        "change",
    )
    return replace(usual, **{name: Decimal(draw.choice(("0", "0.5", "3", "7.125", "25"))) for name in names})


def _least_by_trying_all(instance: Instance) -> int:
    """The least cost of any lawful roster, by judging each of them."""
    able = [
        [None] + [one.id for one in instance.assistants if shift.person in one.people]
        for shift in instance.shifts
    ]
    prices = []
    for given in itertools.product(*able):
        assignments = {shift.id: owner for shift, owner in zip(instance.shifts, given, strict=True)}
        if any(assignments[shift] != owner for shift, owner in instance.fixed.items()):
            continue
        prices.append((cost(instance, assignments).total * UNIT, assignments))
    for least, assignments in sorted(prices, key=lambda pair: pair[0]):
        if not judge(instance, assignments):
            return int(least)
    raise AssertionError("no lawful roster")


def _exactly(instance: Instance) -> int:
    arrays = arrays_of(instance)
    model = Model(arrays, range(len(arrays.one)), range(len(arrays.shift)))
    exact = model.solve(owners_of(instance, {}), seconds=60, workers=1, seed=1)
    assert exact.outcome == "optimal"
    return exact.cost


def _bounds(arrays: Arrays, known: int, *, steps: int = 60) -> list[int]:
    """The bounds at each of the prices on the way up, and at prices drawn by chance."""
    ascent = Ascent(arrays, bound_of_hours(arrays)[1])
    seen = [ascent.bound]
    for _ in range(steps):
        if not ascent.is_done:
            ascent.step(known + 1)
        seen.append(ascent.bound)
    assert seen == sorted(seen)
    draw = np.random.default_rng(len(arrays.shift))
    for scale in (0.3, 3, 30, 3e5):
        seen += [ascent._at(draw.normal(0.3, 1, len(ascent._prices)) * scale * UNIT)[0] for _ in range(6)]
    return seen


@pytest.mark.parametrize("seed", range(14))
def test_no_roster_of_a_few_shifts_costs_less_than_the_bound(seed: int) -> None:
    instance = _some_roster(seed, shifts=6, assistants=3)
    if seed % 3 == 0:
        first = in_order(instance)[0]
        able = [one.id for one in instance.assistants if not judge(instance, {first.id: one.id})]
        instance = replace(instance, fixed=dict.fromkeys([first.id], able[0]) if able else {})
    least = _least_by_trying_all(instance)
    assert max(_bounds(arrays_of(instance), least)) <= least


@pytest.mark.parametrize("seed", range(100, 140))
def test_no_roster_of_persons_who_share_assistants_costs_less_than_the_bound(seed: int) -> None:
    instance = _some_roster(seed, shifts=12, assistants=4, weeks=1 + seed % 2)
    least = _exactly(instance)
    assert max(_bounds(arrays_of(instance), least)) <= least


def _choices(arrays: Arrays, a: int) -> list[tuple[Array, int]]:
    """Every lawful calendar of an assistant and what it costs, counted from the changes paid for beforehand."""
    mine = arrays.able[arrays.able_from[a, 0] : arrays.able_from[a, -1]]
    seen, lawful = np.zeros(persons_of(arrays) + 1, np.int64), []
    for size in range(len(mine) + 1):
        for some in itertools.combinations(mine.tolist(), size):
            calendar = np.array(some, np.int32)
            cost_s = int(price(arrays, a, calendar, size, seen))
            if cost_s != UNLAWFUL:
                kept = int((arrays.before[calendar] == a).sum())
                lawful.append((calendar, cost_s - kept * int(arrays.weights[CHANGE]) * HOUR))
    return lawful


@pytest.mark.parametrize("loosely", [False, True])
def test_no_calendar_costs_an_assistant_less_than_she_would_choose(loosely: bool, monkeypatch) -> None:
    """Each assistant by herself, at prices drawn by chance, against all her lawful calendars."""
    if loosely:
        monkeypatch.setattr(bound_parts, "KINDS_AT_HOME", 0)
        monkeypatch.setattr(bound_parts, "MOST_CELLS", 0)
    exact = tries = 0
    for seed in range(300, 324):
        instance = _some_roster(seed, shifts=8, assistants=4)
        if seed % 2:
            team = tuple(replace(one, wishes=()) for one in instance.assistants)
            instance = replace(instance, assistants=team)
        arrays = arrays_of(instance)
        of, draw = bound_parts.priced(arrays), np.random.default_rng(seed)
        choices = [_choices(arrays, a) for a in range(4)]
        for _ in range(12):
            prices = draw.integers(-2 * UNIT, 60 * UNIT, len(of.need))
            prices[of.active == 0] //= 4
            of_shift = prices[of.kind] + np.where(of.weekend >= 0, prices[of.weekend], 0)
            for a in range(4):
                least = min(cost_s - int(of_shift[some].sum()) for some, cost_s in choices[a])
                alone = of.parts._replace(one=of.parts.one[a : a + 1])
                chosen = int(everybody(arrays, alone, prices, of.desk))
                chosen += int(arrays.unmet[a]) + int(np.minimum(arrays.wish[a], 0).sum())
                assert chosen <= least
                tries += 1
                exact += chosen == least
    assert loosely or exact > tries // 6


@pytest.mark.parametrize(
    "limit", [("KINDS_AT_HOME", 0), ("MOST_MIXES", 1), ("MOST_CELLS", 3), ("MOST_CELLS", 60), ("COARSE", 2)]
)
def test_the_bound_is_true_also_where_there_is_too_much_to_count(limit, monkeypatch) -> None:
    monkeypatch.setattr(bound_parts, *limit)
    for seed in range(200, 206):
        instance = _some_roster(seed, shifts=12, assistants=4, weeks=1 + seed % 2)
        least = _exactly(instance)
        assert max(_bounds(arrays_of(instance), least)) <= least


@pytest.mark.parametrize(("seed", "optimum"), [(1, "120.1"), (13, "199")])
def test_the_bound_of_a_team_comes_near_its_optimum(seed: int, optimum: str) -> None:
    """The optima are those the prover proves."""
    arrays = arrays_of(generate(1, seed=seed))
    least = int(Decimal(optimum) * UNIT)
    best = max(_bounds(arrays, least, steps=300))
    assert least * 97 // 100 <= best <= least
    assert quick_bound(arrays) < least * 3 // 4


def test_the_bound_of_several_persons_rises_while_the_search_goes_on() -> None:
    instance = generate(6, seed=4)
    told: list[float] = []
    found = solve(instance, Wanted(4, workers=2, told=lambda progress: told.append(progress.bound)))
    assert told == sorted(told)
    assert told[-1] <= found.bound <= float(cost(instance, found.assignments).total)
    assert found.bound > 1.05 * quick_bound(arrays_of(instance)) / UNIT


def test_what_is_kept_of_a_published_roster_counts_in_the_bound() -> None:
    """A week of one assistant's shifts is all given to another: each that she keeps would be paid by nobody else."""
    instance = made.instance(
        [made.shift(f"s{day}", f"2026-12-0{day} 07:00", "15:00") for day in range(1, 5)],
        [made.assistant("a1", hours=32), made.assistant("a2", hours=32)],
        weeks=1,
    )
    instance = replace(instance, previous={f"s{day}": "a1" for day in range(1, 4)} | {"s4": "gone"})
    arrays = arrays_of(instance)
    least = _exactly(instance)
    assert least == (40 + 6 + 32 * 3) * UNIT
    assert max(_bounds(arrays, least)) == least


def test_a_shift_that_was_open_and_stays_open_is_no_change_in_the_bound() -> None:
    """Given to the assistant it would cost 16 for its hours, 6 to meet the person and 40 as a change; open it is 20."""
    instance = made.instance(
        [made.shift("s1", "2026-12-01 07:00", "15:00")],
        [made.assistant("a1")],
        weeks=1,
        previous={"s1": None},
        weights=Weights(open=Decimal(20)),
    )
    arrays = arrays_of(instance)
    assert _exactly(instance) == 20 * UNIT
    assert max(_bounds(arrays, 20 * UNIT)) == 20 * UNIT


def test_without_shifts_or_assistants_there_is_nothing_to_raise() -> None:
    for shifts, team in (
        ([], []),
        ([made.shift("s", "2026-12-01 08:00", "12:00")], []),
        ([], [made.assistant(hours=9)]),
    ):
        instance = made.instance(shifts, team)
        arrays = arrays_of(instance)
        ascent = Ascent(arrays, np.zeros(persons_of(arrays)))
        ascent.step(1 << 50)
        assert ascent.bound <= cost(instance, {shift.id: None for shift in shifts}).total * UNIT
