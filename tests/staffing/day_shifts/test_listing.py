"""Lists lack nothing that matters, and the search among them finds the best."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.staffing.day_shifts.small import generated
from tests.staffing.day_shifts.whole import best_cost

from egenmakt.staffing.day_shifts.finding import Finder, cost_of_numbers
from egenmakt.staffing.day_shifts.judging import judge
from egenmakt.staffing.day_shifts.listing import Listing
from egenmakt.staffing.day_shifts.master import Master, Relaxed
from egenmakt.staffing.day_shifts.reading import read
from egenmakt.staffing.day_shifts.tables import Problem, problem_of
from egenmakt.staffing.day_shifts.ways import all_below

pytestmark = [pytest.mark.xdist_group("day-shifts"), pytest.mark.req("A-12")]

LAWFUL = (1, 2, 4, 5, 6, 7)


def _bounded(seed: int, **size: int) -> tuple[Problem, Master, Relaxed, float]:
    problem = problem_of(read(generated(seed, **size)))
    finder = Finder(problem, seed)
    finder.first()
    master = Master(problem, penalty=10 * (finder.cost + 100))
    master.add(enumerate(finder.rows))
    return problem, master, master.solve(problem.tables.price), finder.cost


def _search(listing: Listing, relaxed: Relaxed, problem: Problem, ceiling: float) -> tuple[bool, float, list]:
    best: list = []

    def found(rows) -> None:
        assert cost_of_numbers(problem.tables, rows) < cost()
        best[:] = [float(cost_of_numbers(problem.tables, rows)), rows.copy()]

    def cost() -> float:
        return best[0] if best else ceiling

    over = listing.search(relaxed, cost=cost, found=found, goes_on=lambda: True)
    return over, cost(), best[1:]


@pytest.mark.parametrize("seed", LAWFUL)
def test_the_best_of_all_ways_below_a_first_roster_is_the_best_roster(seed: int) -> None:
    problem, master, relaxed, first = _bounded(seed)
    listed = all_below(master, problem.tables.price, relaxed, first + 1, most=500_000)
    assert listed is not None
    over, cost, rows = _search(Listing(master, listed, {}), relaxed, problem, first + 1)
    assert over
    assert cost == best_cost(problem.instance)
    assert judge(problem.instance, problem.roster(rows[0])).breaches == ()


@pytest.mark.parametrize("seed", LAWFUL)
def test_a_list_holds_every_way_that_a_cheaper_roster_could_use(seed: int) -> None:
    problem, master, relaxed, first = _bounded(seed, days=7, employees=3)
    ceiling = first + 200
    listed = all_below(master, problem.tables.price, relaxed, ceiling, most=500_000)
    assert listed is not None
    held = {(int(owner), way.tobytes()) for owner, way in zip(listed.owners, listed.days, strict=True)}
    everything: list[list[np.ndarray]] = [[], [], []]
    for way in itertools.product(range(3), repeat=7):
        row = np.array(way, np.int8)
        for owner in range(3):
            rows = np.zeros((3, 7), np.int8)
            rows[owner] = row
            own = problem.instance.employees[owner].id
            broken = judge(problem.instance, problem.roster(rows)).breaches
            if not any(breach.employee == own for breach in broken):
                everything[owner].append(row)
    tried = 0
    chance = np.random.default_rng(seed)
    for _ in range(20_000):
        rows = np.stack([ways[chance.integers(len(ways))] for ways in everything])
        if cost_of_numbers(problem.tables, rows) < ceiling:
            tried += 1
            assert all((owner, rows[owner].tobytes()) in held for owner in range(3))
    assert tried > 0


def test_below_the_best_cost_there_is_nothing_to_find() -> None:
    problem, master, relaxed, first = _bounded(4)
    best = best_cost(problem.instance)
    assert best is not None and best <= first
    listed = all_below(master, problem.tables.price, relaxed, best, most=500_000)
    assert listed is not None
    assert _search(Listing(master, listed, {}), relaxed, problem, best) == (True, best, [])


def test_a_sum_that_is_bounded_is_kept_within_its_bounds() -> None:
    problem, master, relaxed, first = _bounded(5)
    listed = all_below(master, problem.tables.price, relaxed, first + 500, most=500_000)
    assert listed is not None
    short, needs = master.summed[0]
    assert short and len(needs) == len(master.needs)
    costs = {}
    for few in range(4):
        _, costs[few], rows = _search(Listing(master, listed, {0: (few, few)}), relaxed, problem, first + 500)
        if rows:
            kinds = range(1, master.kinds)
            there = np.stack([(rows[0] == kind).sum(axis=0) for kind in kinds], axis=1)
            missing = np.maximum(problem.tables.needed[:, 1:] - there, 0).sum()
            assert missing == few
    _, free, _ = _search(Listing(master, listed, {}), relaxed, problem, first + 500)
    assert free <= min(costs.values())


def test_too_long_a_list_is_not_made() -> None:
    problem, master, relaxed, first = _bounded(2)
    assert all_below(master, problem.tables.price, relaxed, first + 1000, most=50) is None


def test_stopped_the_search_does_not_say_that_it_is_over() -> None:
    problem, master, relaxed, first = _bounded(1)
    listed = all_below(master, problem.tables.price, relaxed, first + 1, most=500_000)
    assert listed is not None
    over = Listing(master, listed, {}).search(
        relaxed, cost=lambda: first + 1, found=lambda rows: None, goes_on=lambda: False
    )
    assert not over
