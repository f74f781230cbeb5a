"""The compiled search sees law and cost as the checker does, and what it returns is lawful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from tests.staffing.rosters import made

from egenmakt.staffing.rosters import annealing
from egenmakt.staffing.rosters.arrays import UNIT, arrays_of, assignments_of, in_order, owners_of
from egenmakt.staffing.rosters.bounding import quick_bound
from egenmakt.staffing.rosters.calendars import UNLAWFUL, changed, price
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.exact import Model
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, Weights, Wish, seconds_at
from egenmakt.staffing.rosters.judging import breaches_of, judge
from egenmakt.staffing.rosters.solving import MIX, FixedUnlawful, Wanted, _Search, solve
from egenmakt.staffing.rosters.state import empty_state, lay, most_shifts, scratch_of, total

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]


def _odd_instance(seed: int) -> Instance:
    """A roster with shifts of every length, on days when clocks change too, and unusual rules."""
    draw = Random(seed)
    first = draw.choice((date(2026, 11, 30), date(2026, 3, 16), date(2026, 10, 12)))
    weeks = draw.choice((1, 2, 4, 5, 9))
    shifts = []
    for number in range(weeks * draw.choice((8, 20))):
        begins = datetime.combine(
            first + timedelta(days=draw.randrange(weeks * 7)), datetime.min.time()
        ) + timedelta(minutes=30 * draw.randrange(48))
        ends = begins + timedelta(minutes=30 * draw.choice((1, 4, 8, 13, 16, 20, 24, 26, 27, 30, 40, 48, 50)))
        if begins.hour == 2 or ends.hour == 2:
            continue
        length = seconds_at(ends) - seconds_at(begins)
        if length <= 0:
            continue
        on_call = draw.choice((0, 0, 0, min(length, 6 * 3600)))
        shifts.append(
            Shift(f"s{number}", draw.choice(("p1", "p2", "p3")), begins, ends, length - on_call, on_call)
        )
    assistants = []
    for number in range(3):
        home = draw.choice(("p1", "p2", None))
        wishes = tuple(
            Wish(first + timedelta(days=day), Decimal(draw.choice(("1", "2.5", "-1", "-0.125"))))
            for day in sorted({draw.randrange(weeks * 7) for _ in range(5)})
        )
        assistants.append(
            Assistant(
                f"a{number}",
                home,
                0 if home is None else draw.choice((0, 60, 144)) * 3600,
                frozenset({"p1", "p2", "p3"}),
                wishes=wishes,
                average_left_s=draw.choice((None, 100 * 3600)),
                last_end=draw.choice(
                    (None, datetime.combine(first, datetime.min.time()) - timedelta(hours=3))
                ),
            )
        )
    rules = Rules(
        daily_rest_s=draw.choice((39_600, 36_000)),
        long_span_s=draw.choice((86_400, 72_000)),
        weekly_rest_s=draw.choice((129_600, 100_000)),
        ordinary_s=draw.choice((576_000, 300_000)),
        on_call_s=draw.choice((172_800, 50_000)),
        max_days=draw.choice((6, 3)),
        max_weekends=draw.choice((2, 1)),
        max_nights=draw.choice((4, 1)),
    )
    weights = (
        Weights(under=Decimal("3.5"), over=Decimal("4.125"), wish=Decimal("1.5")) if seed % 3 else Weights()
    )
    return Instance(first, weeks, tuple(shifts), tuple(assistants), rules, weights)


@pytest.mark.req("K-18")
@pytest.mark.parametrize("seed", range(60))
def test_the_search_finds_lawful_and_dear_what_the_checker_and_the_cost_do(seed: int) -> None:
    instance = _odd_instance(seed)
    arrays, shifts, draw = arrays_of(instance), in_order(instance), Random(seed + 1000)
    seen = np.zeros(10, np.int64)
    for a, assistant in enumerate(instance.assistants):
        calendar, trial = np.zeros(400, np.int32), np.zeros(400, np.int32)
        count = 0
        order = list(range(len(shifts)))
        draw.shuffle(order)
        for s in order:
            tried = changed(calendar, count, -1, s, trial)
            found = price(arrays, a, trial, tried, seen)
            breaches = breaches_of(instance, assistant, [shifts[one] for one in trial[:tried]])
            assert (found == UNLAWFUL) == bool(breaches), (shifts[s], breaches)
            if found != UNLAWFUL:
                calendar[:tried], count = trial[:tried], tried
        told = cost(
            replace(instance, assistants=(assistant,)), {shifts[s].id: assistant.id for s in calendar[:count]}
        )
        parts = told.total - told.open
        alone = arrays_of(replace(instance, assistants=(assistant,)))
        mine = price(alone, 0, calendar, count, seen)
        assert mine == parts * UNIT


@pytest.mark.parametrize("seed", range(8))
def test_each_move_changes_the_cost_by_what_it_says_and_keeps_the_roster_lawful(seed: int) -> None:
    made_up = generate(3, seed=seed)
    previous = {shift.id: made_up.assistants[0].id for shift in made_up.shifts[::9]}
    instance = replace(made_up, previous=previous) if seed % 2 else made_up
    arrays = arrays_of(instance)
    most = most_shifts(arrays)
    state, scratch = empty_state(arrays, most), scratch_of(arrays, most, seed)
    lay(arrays, state, np.full(len(arrays.shift), -1), scratch)
    everyone, anything = np.zeros(len(arrays.one), np.int64), np.zeros(len(arrays.shift), np.int64)
    movable = np.arange(len(arrays.shift))
    known = total(arrays, state)
    for heat in (1e9, 10.0 * UNIT, 2.0 * UNIT, 0.3 * UNIT):
        for kind in np.unique(MIX):
            known += annealing.anneal(
                arrays, state, scratch, everyone, anything, 0, movable, 4_000, heat, np.array([kind])
            )
            assert known == total(arrays, state)
        known += annealing.anneal(arrays, state, scratch, everyone, anything, 0, movable, 4_000, heat, MIX)
    assert np.all(scratch.made > 0), "every kind of move is made at some time"
    assignments = assignments_of(instance, state.owner)
    assert judge(instance, assignments) == ()
    assert cost(instance, assignments).total * UNIT == known
    again = empty_state(arrays, most)
    assert lay(arrays, again, state.owner, scratch)
    for mine, anew in zip(state, again, strict=True):
        assert np.array_equal(mine, anew) or mine is state.calendar


@pytest.mark.parametrize("seed", range(6))
def test_the_exact_model_proves_a_roster_that_no_other_beats_and_the_bounds_are_true(seed: int) -> None:
    whole = generate(1, seed=seed)
    some = [shift for shift in whole.shifts if shift.day < whole.first + timedelta(days=7)]
    instance = replace(whole, weeks=1, shifts=tuple(some), assistants=whole.assistants[:5])
    arrays = arrays_of(instance)
    found = solve(instance, Wanted(20, workers=1, seed=seed))
    model = Model(arrays, range(len(arrays.one)), range(len(arrays.shift)))
    exact = model.solve(owners_of(instance, {}), seconds=60, workers=2, seed=1)
    assert exact.outcome == "optimal"
    owners = np.array([exact.owners[s] for s in range(len(arrays.shift))])
    assert cost(instance, assignments_of(instance, owners)).total * UNIT == exact.cost
    assert judge(instance, assignments_of(instance, owners)) == ()
    assert quick_bound(arrays) <= exact.cost
    assert found.status == "optimal"
    assert cost(instance, found.assignments).total * UNIT == exact.cost


def test_one_worker_and_the_same_seed_give_the_same_roster() -> None:
    instance = generate(2, seed=3)
    one, other = (solve(instance, Wanted(0.3, workers=1, seed=7)) for _ in range(2))
    assert one.assignments == other.assignments
    assert solve(instance, Wanted(0.3, workers=1, seed=8)).assignments != one.assignments


def test_two_workers_share_one_roster_and_leave_it_lawful() -> None:
    instance = generate(6, seed=4)
    told: list[float] = []
    found = solve(instance, Wanted(1.0, workers=2, told=lambda progress: told.append(progress.cost)))
    assert judge(instance, found.assignments) == ()
    assert told == sorted(told, reverse=True)
    assert float(cost(instance, found.assignments).total) == pytest.approx(told[-1])
    assert found.bound <= told[-1]


@pytest.mark.parametrize(
    ("persons", "workers"), [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2), (9, 2), (5, 3), (3, 4), (40, 2)]
)
def test_whatever_is_cut_in_parts_comes_together_again(persons: int, workers: int) -> None:
    search = _Search(generate(persons, seed=1), Wanted(1.0, workers=workers))
    search.construct(None)
    assistants, shifts = len(search.arrays.one), len(search.arrays.shift)
    together = np.zeros((assistants, shifts), np.bool_)
    for turn in range(40):
        parts, homes = search.parts(turn)
        together |= parts[:, None] == homes[None, :]
        if persons > 2 * workers:
            assert len(set(parts.tolist())) == workers
    arrays = search.arrays
    for shift in range(shifts):
        for a in arrays.candidates[arrays.candidate_from[shift] : arrays.candidate_from[shift + 1]]:
            assert together[a, shift]


def test_fixed_assignments_are_kept_and_fixed_breaches_refused() -> None:
    instance = generate(1, seed=2)
    first = solve(instance, Wanted(0.3, workers=1))
    fixed = {shift: assistant for shift, assistant in list(first.assignments.items())[:20] if assistant}
    again = solve(replace(instance, fixed=fixed), Wanted(0.3, workers=1, seed=5))
    assert {shift: again.assignments[shift] for shift in fixed} == fixed
    night, day = (
        made.shift("night", "2026-12-01 21:00", "07:00"),
        made.shift("day", "2026-12-02 08:00", "15:00"),
    )
    with pytest.raises(FixedUnlawful):
        solve(
            made.instance([night, day], [made.assistant()], fixed={"night": "a1", "day": "a1"}),
            Wanted(0.1, workers=1),
        )


def test_an_absence_in_a_published_roster_moves_few_shifts() -> None:
    instance = generate(4, seed=6)
    published = solve(instance, Wanted(2, workers=1))
    ill = next(a for a in instance.assistants if sum(o == a.id for o in published.assignments.values()) > 5)
    days = sorted({instance.shift[s].day for s, owner in published.assignments.items() if owner == ill.id})
    away = frozenset({days[2]})
    lost = [
        s
        for s, owner in published.assignments.items()
        if owner == ill.id and not away.isdisjoint(instance.shift[s].days_touched)
    ]
    absent = replace(ill, unavailable=ill.unavailable | away)
    changed_now = replace(
        instance,
        assistants=tuple(absent if a.id == ill.id else a for a in instance.assistants),
        previous=published.assignments,
    )
    found = solve(changed_now, Wanted(1, workers=1))
    moved = [s for s, owner in found.assignments.items() if owner != published.assignments[s]]
    assert set(lost) <= set(moved)
    assert len(moved) <= len(lost) + 3
    assert judge(changed_now, found.assignments) == ()


@pytest.mark.parametrize(
    ("shifts", "assistants"),
    [((), ()), ((made.shift("s", "2026-12-01 08:00", "12:00"),), ()), ((), (made.assistant(hours=10),))],
    ids=["nothing at all", "nobody", "no shifts"],
)
def test_an_empty_roster_is_answered_at_once(shifts, assistants) -> None:
    instance = made.instance(shifts, assistants)
    found = solve(instance, Wanted(5, workers=2))
    assert found.status == "optimal"
    assert found.seconds < 2
    assert found.assignments == {shift.id: None for shift in shifts}


def test_a_roster_is_taken_up_again_where_it_was_left() -> None:
    instance = generate(3, seed=9)
    first = solve(instance, Wanted(0.5, workers=1))
    again = solve(instance, Wanted(0.2, workers=1), start=first.assignments)
    assert cost(instance, again.assignments).total <= cost(instance, first.assignments).total


def test_what_is_compiled_is_kept_under_the_text_of_all_that_is_compiled() -> None:
    from egenmakt.staffing.rosters import compiled

    uses = {
        file.stem
        for file in compiled.HERE.glob("*.py")
        if "rosters.compiled import" in file.read_text(encoding="utf-8")
    }
    assert uses <= set(compiled.TOGETHER)
    assert compiled._folder().name.startswith("rosters-")
