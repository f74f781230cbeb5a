"""Rosters found keep every rule, bounds hold, and what is called proved is the best there is."""

from __future__ import annotations

import numpy as np
import pytest
from tests.staffing.day_shifts.small import TWO_WEEKS, generated
from tests.staffing.day_shifts.whole import best_cost

from egenmakt.staffing.day_shifts.finding import Finder
from egenmakt.staffing.day_shifts.judging import judge
from egenmakt.staffing.day_shifts.mending import Mending
from egenmakt.staffing.day_shifts.reading import read
from egenmakt.staffing.day_shifts.solving import NobodyCan, Progress, solve, warm
from egenmakt.staffing.day_shifts.tables import problem_of

pytestmark = [pytest.mark.xdist_group("day-shifts"), pytest.mark.req("A-12")]

# Seeds whose employees can all keep their own rules.
LAWFUL = (1, 2, 4, 5, 6, 7)


@pytest.mark.parametrize("seed", LAWFUL)
def test_what_is_proved_is_the_best_by_a_plain_model_of_the_whole(seed: int) -> None:
    instance = read(generated(seed))
    result = solve(instance, seconds=60, workers=1, seed=seed)
    assert result.proved
    assert judge(instance, result.roster).breaches == ()
    assert result.cost.total == result.bound == best_cost(instance)


def test_a_part_that_is_mended_leaves_the_others_as_they_were_and_is_cheaper() -> None:
    instance = read(generated(5, days=21, employees=6))
    problem = problem_of(instance)
    finder = Finder(problem, 1)
    finder.first()
    before = judge(instance, problem.roster(finder.best)).cost.total
    mending = Mending(problem, np.random.default_rng(1))
    better = []
    for _ in range(20):
        mending.many = 2
        rows = mending.turn(finder.best, before, lambda: True)
        better += [] if rows is None else [rows]
    assert better
    for rows in better:
        assert (rows != finder.best).any(axis=1).sum() <= 2
        after = judge(instance, problem.roster(rows))
        assert after.breaches == ()
        assert after.cost.total < before


def test_a_search_with_a_seed_is_the_same_each_time() -> None:
    instance = read(generated(7, days=28, employees=6, shifts=3))
    ends = []
    for _ in range(2):
        finder = Finder(problem_of(instance), seed=11)
        finder.first()
        finder.search(200, 8.0, 1.0)
        ends.append((finder.cost, finder.best.tolist()))
    assert ends[0] == ends[1]
    assert judge(instance, problem_of(instance).roster(finder.best)).cost.total == finder.cost


def test_with_one_worker_the_same_seed_proves_by_the_same_roster() -> None:
    instance = read(generated(6))
    first, second = (solve(instance, seconds=60, workers=1, seed=3) for _ in range(2))
    assert first.proved
    assert first.roster == second.roster


def test_with_one_worker_the_same_seed_stands_at_the_same_roster_wherever_it_is_stopped() -> None:
    instance = read(generated(5, days=28, employees=12, shifts=3))
    for asked in (50, 200):
        ends = []
        for _ in range(2):
            turns = iter(range(asked))
            result = solve(instance, seconds=300, workers=1, seed=2, stop=lambda: next(turns, None) is None)  # noqa: B023
            ends.append((result.roster, result.bound))
        assert ends[0] == ends[1]


def test_costs_fall_and_bounds_rise_while_one_looks_on() -> None:
    told: list[Progress] = []
    result = solve(read(TWO_WEEKS), seconds=60, workers=2, told=told.append)
    assert result.proved and result.gap == 0
    assert told[-1].cost == result.cost.total == told[-1].bound
    assert [one.cost for one in told] == sorted((one.cost for one in told), reverse=True)
    assert [one.bound for one in told] == sorted(one.bound for one in told)
    assert all(one.bound <= one.cost for one in told)
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)


@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_at_once_there_is_still_a_lawful_roster(workers: int) -> None:
    instance = read(generated(5, days=28, employees=12, shifts=3))
    result = solve(instance, seconds=60, workers=workers, stop=lambda: True)
    assert judge(instance, result.roster).breaches == ()
    assert result.seconds < 30
    assert not result.proved


def test_an_employee_whose_own_rules_cannot_be_kept_is_named() -> None:
    impossible = TWO_WEEKS.replace("Bo,E=14|L=3,3840,2880", "Bo,E=1|L=1,3840,2880")
    with pytest.raises(NobodyCan, match="Bo") as refused:
        solve(read(impossible), seconds=10, workers=1)
    assert refused.value.employee == "Bo"


def test_somebody_who_may_work_nothing_is_off_every_day() -> None:
    text = TWO_WEEKS.replace("Cia,E=14|L=14,3840,1920", "Cia,E=0|L=0,3840,0")
    result = solve(read(text), seconds=60, workers=1)
    assert result.proved
    assert set(result.roster["Cia"]) == {None}


def test_a_horizon_of_one_day_is_solved() -> None:
    text = "SECTION_HORIZON\n1\nSECTION_SHIFTS\nE,480,\nSECTION_STAFF\na,E=1,480,0,5,2,2,1\nSECTION_COVER\n0,E,2,10,1\n"
    result = solve(read(text), seconds=20, workers=1)
    assert (result.proved, result.cost.total, result.roster) == (True, 10, {"a": ("E",)})


def test_compiling_beforehand_tells_what_it_took() -> None:
    assert warm() > 0
