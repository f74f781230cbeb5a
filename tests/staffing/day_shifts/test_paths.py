"""What the compiled search takes for lawful is what the judge takes for lawful, neither more nor less."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from tests.staffing.day_shifts.small import generated

from egenmakt.staffing.day_shifts.instance import Instance
from egenmakt.staffing.day_shifts.judging import judge
from egenmakt.staffing.day_shifts.paths import cheapest_days, room_for
from egenmakt.staffing.day_shifts.pricing import all_within, excess_of_everything, price_everybody
from egenmakt.staffing.day_shifts.reading import read
from egenmakt.staffing.day_shifts.tables import Problem, problem_of

pytestmark = [pytest.mark.xdist_group("day-shifts"), pytest.mark.req("A-12")]
DAYS = 8


def lawful_ways(instance: Instance) -> list[tuple[int, ...]]:
    """Every row of days that the judge accepts, tried one by one."""
    names = [None, *(shift.id for shift in instance.shifts)]
    (employee,) = instance.employees
    return [
        way
        for way in product(range(len(names)), repeat=instance.days)
        if not judge(instance, {employee.id: tuple(names[kind] for kind in way)}).breaches
    ]


def instance_of(seed: int) -> Instance:
    return read(generated(seed, days=DAYS, employees=1, shifts=2))


def prices_for(problem: Problem, seed: int) -> np.ndarray:
    return problem.tables.price[0] + np.random.default_rng(seed).normal(
        scale=20, size=problem.tables.price[0].shape
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_ways_that_are_lawful_are_those_the_judge_accepts(seed: int) -> None:
    instance = instance_of(seed)
    problem = problem_of(instance)
    layers = np.empty((DAYS, room_for(problem.tables)))
    out = np.zeros((5000, DAYS), np.int8)
    prices = prices_for(problem, seed)
    nothing = np.zeros_like(prices)
    many = all_within(problem.tables, 0, prices, nothing, 1e6, layers, out, 10_000_000)
    assert sorted(map(tuple, out[:many].tolist())) == lawful_ways(instance)


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_way_is_the_cheapest_of_all_lawful_ways(seed: int) -> None:
    instance = instance_of(seed)
    problem = problem_of(instance)
    tables = problem.tables
    prices = prices_for(problem, seed)
    layers = np.empty((DAYS, room_for(tables)))
    kinds = prices.shape[1]
    out = np.zeros((3, DAYS), np.int8)
    costs, cheapest, trail = (
        np.empty((DAYS, kinds)),
        np.zeros((DAYS, kinds), np.int64),
        np.empty(DAYS, np.int64),
    )
    found, bound = cheapest_days(tables, 0, prices, layers, costs, cheapest, trail, out)
    ways = lawful_ways(instance)
    of_all = {way: float(prices[np.arange(DAYS), way].sum()) for way in ways}
    if not ways:
        assert found == 0
        return
    assert bound == pytest.approx(min(of_all.values()))
    assert of_all[tuple(out[0].tolist())] == pytest.approx(bound)
    assert all(tuple(way.tolist()) in of_all for way in out[:found])


@pytest.mark.parametrize("seed", range(8))
def test_what_a_day_costs_beyond_the_best_is_so_among_all_lawful_ways(seed: int) -> None:
    instance = instance_of(seed)
    problem = problem_of(instance)
    tables = problem.tables
    duals = problem.tables.price[0] - prices_for(problem, seed)
    layers = np.empty((DAYS, room_for(tables)))
    excess = np.empty(tables.price.shape)
    excess_of_everything(tables, tables.price, duals, layers, np.empty_like(layers), excess)
    ways = lawful_ways(instance)
    costs = {way: float((tables.price[0] - duals)[np.arange(DAYS), way].sum()) for way in ways}
    for day, kind in product(range(DAYS), range(tables.price.shape[2])):
        through = [cost for way, cost in costs.items() if way[day] == kind]
        if through:
            assert excess[0, day, kind] == pytest.approx(min(through) - min(costs.values()))
        else:
            assert excess[0, day, kind] > 1e6


def test_limits_outside_the_tables_hold_in_what_is_made_and_loosen_only_the_bound() -> None:
    problem = problem_of(read(generated(3, days=14, employees=3, shifts=3)))
    tables = problem.tables
    loose = tables._replace(checked_most=np.minimum(tables.checked_most, 3))
    staff, days, kinds = tables.price.shape
    layers = np.empty((days, room_for(tables)))
    out, counts, bounds = np.zeros((staff, 3, days), np.int8), np.zeros(staff, np.int64), np.zeros(staff)
    duals = np.random.default_rng(1).uniform(0, 30, (days, kinds))
    price_everybody(loose, loose.price, duals, np.zeros(staff, np.bool_), layers, out, counts, bounds)
    assert counts.all()
    for owner in range(staff):
        for way in out[owner, : counts[owner]]:
            assert np.bincount(way, minlength=kinds)[1:].max() <= 3
            assert (loose.price[owner] - duals)[np.arange(days), way].sum() >= bounds[owner] - 1e-9
