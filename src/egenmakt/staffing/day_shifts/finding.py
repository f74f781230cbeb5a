"""Finding: a few employees at a time lose their days and get them anew, each the best possible against the others.

Guarantees: every roster handed out keeps all rules. The same seed gives the same rosters in the same number of rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numba import njit
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.paths import cheapest_days, room_for
from egenmakt.staffing.day_shifts.tables import Problem, Tables

AT_A_TIME = 200  # rounds of annealing in one step
FROM_NOTHING, FROM_ROWS = (50.0, 3.0), (6.0, 1.0)  # from what heat to what


class NobodyCan(Exception):
    """An employee whose own rules permit no days at all. `employee` says who."""

    def __init__(self, employee: str) -> None:
        self.employee = employee
        super().__init__(f"{employee}: reglerna går inte att hålla ens utan hänsyn till behovet.")


@njit(cache=True, nogil=True)
def cost_of_numbers(tables, rows):
    """The whole cost of a matrix of kinds, employees × days."""
    staff, days = rows.shape
    kinds = tables.needed.shape[1]
    total = 0.0
    for d in range(days):
        present = np.zeros(kinds, np.int64)
        for e in range(staff):
            total += tables.price[e, d, rows[e, d]]
            present[rows[e, d]] += 1
        for k in range(1, kinds):
            short = tables.needed[d, k] - present[k]
            total += tables.under[d, k] * short if short > 0 else -tables.over[d, k] * short
    return total


@njit(cache=True, nogil=True)
def _take(tables, rows, present, e):
    """Take away one employee's days; what that changes in the cost."""
    change = 0.0
    for d in range(rows.shape[1]):
        k = rows[e, d]
        change -= tables.price[e, d, k]
        if k > 0:
            if present[d, k] > tables.needed[d, k]:
                change -= tables.over[d, k]
            else:
                change += tables.under[d, k]
            present[d, k] -= 1
    return change


@njit(cache=True, nogil=True)
def _give(tables, rows, present, e):
    """Count one employee's days in; what that changes in the cost."""
    change = 0.0
    for d in range(rows.shape[1]):
        k = rows[e, d]
        change += tables.price[e, d, k]
        if k > 0:
            if present[d, k] >= tables.needed[d, k]:
                change += tables.over[d, k]
            else:
                change -= tables.under[d, k]
            present[d, k] += 1
    return change


@njit(cache=True, nogil=True)
def seeded(seed):
    """Set the generator of the compiled code."""
    np.random.seed(seed)


@njit(cache=True, nogil=True)
def rounds(tables, rows, best, totals, count, hot, cold, layers):
    """`count` rounds of taking two to four employees' days and giving them anew, the heat going from `hot` to `cold`.

    `rows` is where the search stands, `best` the best seen; `totals` their costs (two numbers). Days not given yet have
    -1 in the first day of the row: such employees are given days first. Returns -1, or the employee who has no days.
    """
    staff, days = rows.shape
    kinds = tables.needed.shape[1]
    costs = np.empty((days, kinds))
    cheapest = np.zeros((days, kinds), np.int64)
    trail = np.empty(days, np.int64)
    prices = np.empty((days, kinds))
    out = np.zeros((1, days), np.int8)
    present = np.zeros((days, kinds), np.int64)
    kept = np.zeros((4, days), np.int8)
    chosen = np.zeros(staff, np.int64)
    order = np.random.permutation(staff)
    new = 0
    for e in range(staff):
        if rows[e, 0] < 0:
            new += 1
            continue
        for d in range(days):
            present[d, rows[e, d]] += rows[e, d] > 0
    for turn in range(-1 if new > 0 else 0, count):
        heat = hot * (cold / hot) ** (max(turn, 0) / max(count, 1))
        change = 0.0
        many = 0
        if turn < 0:
            for e in order:
                if rows[e, 0] < 0:
                    chosen[many] = e
                    many += 1
        else:
            many = min(staff, 1 + int(np.random.random() * 3.0))
            for n in range(many):
                again = True
                while again:
                    chosen[n] = np.random.randint(staff)
                    again = False
                    for m in range(n):
                        again = again or chosen[m] == chosen[n]
            for n in range(many):
                kept[n] = rows[chosen[n]]
                change += _take(tables, rows, present, chosen[n])
        noise = heat * np.random.random() if turn >= 0 else 0.0
        complete = True
        for n in range(many):
            e = chosen[n]
            for d in range(days):
                prices[d, 0] = tables.price[e, d, 0]
                for k in range(1, kinds):
                    extra = tables.over[d, k] if present[d, k] >= tables.needed[d, k] else -tables.under[d, k]
                    prices[d, k] = tables.price[e, d, k] + extra + np.random.random() * (noise + 0.01)
            found, _ = cheapest_days(tables, e, prices, layers, costs, cheapest, trail, out)
            if found == 0:
                if turn < 0:
                    return e
                complete = False
                for m in range(n, many):  # the rest keep what they had
                    rows[chosen[m]] = kept[m]
                    change += _give(tables, rows, present, chosen[m])
                break
            rows[e] = out[0]
            change += _give(tables, rows, present, e)
        if turn < 0:
            totals[0] = cost_of_numbers(tables, rows)
        elif change <= 1e-6 or (complete and np.random.random() < np.exp(-change / heat)):
            totals[0] += change
        else:
            for n in range(many):
                _take(tables, rows, present, chosen[n])
                rows[chosen[n]] = kept[n]
            for n in range(many):
                _give(tables, rows, present, chosen[n])
        if totals[0] < totals[1] - 1e-6:
            totals[1] = totals[0]
            best[:] = rows
    return -1


class Finder:
    """A search that stands somewhere and goes on from there."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.tables: Tables = problem.tables
        staff, days, _ = self.tables.price.shape
        self.rows: NDArray[np.int8] = np.full((staff, days), -1, np.int8)
        self.best = self.rows.copy()
        self.totals = np.array([1e18, 1e18])
        self.layers = np.empty((days, room_for(self.tables)))
        seeded(seed % (1 << 31))

    @property
    def cost(self) -> float:
        """The cost of the best roster so far."""
        return float(self.totals[1])

    def first(self) -> None:
        """Everybody gets days, one after another. Raises NobodyCan."""
        self.search(0, 1.0, 1.0)

    def search(self, count: int, hot: float, cold: float) -> None:
        """`count` rounds with falling heat."""
        stuck = rounds(self.tables, self.rows, self.best, self.totals, count, hot, cold, self.layers)
        if stuck >= 0:
            raise NobodyCan(self.problem.instance.employees[stuck].id)

    def stand_at(self, rows: NDArray[np.int8]) -> None:
        """Go on from this roster, which keeps all rules."""
        self.rows[:] = rows
        self.totals[0] = cost_of_numbers(self.tables, self.rows)
        if self.totals[0] < self.totals[1] - 1e-6:
            self.totals[1] = self.totals[0]
            self.best[:] = self.rows


def annealed(
    problem: Problem,
    seed: int,
    rounds: int,
    found: Callable[[NDArray[np.int8]], None],
    rows: NDArray[np.int8] | None = None,
) -> Iterator[None]:
    """Anneal for so many rounds, from nothing or warmed up from some rows, step by step; what is best on the way is told.

    Where what the problem permits is too little for somebody, nothing is found.
    """
    finder = Finder(problem, seed)
    hot, cold = FROM_NOTHING if rows is None else FROM_ROWS
    if rows is not None:
        finder.stand_at(rows)
    else:
        try:
            finder.first()
        except NobodyCan:
            return
    told = finder.cost
    found(finder.best)
    steps = max(1, rounds // AT_A_TIME)
    for step in range(steps):
        warmer, colder = (hot * (cold / hot) ** (at / steps) for at in (step, step + 1))
        finder.search(AT_A_TIME, warmer, colder)
        if finder.cost < told:
            told = finder.cost
            found(finder.best)
        yield
