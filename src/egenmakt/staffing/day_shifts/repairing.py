"""Repairing: from the best roster known, annealing and columns for some employees at a time.

When the prover has told what each day and kind costs beyond its bound, the search goes mostly among what costs little.
Guarantees: every roster told keeps all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.finding import annealed, cost_of_numbers
from egenmakt.staffing.day_shifts.mending import Mending
from egenmakt.staffing.day_shifts.tables import BIG, Problem

EXCESSES = (16.0, 1.0, 4.0)
# From nothing, so many rounds for each employee: a fair roster soon, then a good one.
LENGTHS = (100, 300, 900)
NEAR = 0.01  # within so much of the bound, nothing better comes from nothing
ROUNDS_FROM_BEST = 100
# So many parts of a roster that do not become cheaper, one after another, before annealing again.
FAILURES = 30
Rows = NDArray[np.int8]


class Repairer:
    """A search for better rosters. `run` goes on step by step, without end.

    `best` gives the best roster known, `found` is told of rosters; `bound` and `excess` give what the prover has told:
    its bound, and what things cost beyond it.
    """

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        best: Callable[[], Rows],
        found: Callable[[Rows], None],
        excess: Callable[[], NDArray[np.float64] | None],
        bound: Callable[[], float],
        goes_on: Callable[[], bool],
    ) -> None:
        self.problem, self.tables = problem, problem.tables
        self.best, self.found, self.excess, self.bound = best, found, excess, bound
        self.goes_on = goes_on
        self.mending: Mending | None = None
        self.rng = np.random.default_rng(seed)

    def run(self) -> Iterator[None]:
        """One step at a time."""
        staff = len(self.tables.price)
        for turn in count():
            if float(cost_of_numbers(self.tables, self.best())) > self.bound() * (1 + NEAR):
                length = LENGTHS[min(turn, len(LENGTHS) - 1)]
                yield from self._anneal(self._only(turn), length * staff)
                yield from self._improve()
            rows = self.best()
            yield from self._anneal(self._only(turn, rows), ROUNDS_FROM_BEST * staff, rows)
            yield from self._improve()

    def _only(self, turn: int, rows: Rows | None = None) -> Problem:
        """The problem with what costs little, and what is in some rows, permitted."""
        excess = self.excess()
        if excess is None:
            return self.problem
        permitted = excess <= EXCESSES[turn % len(EXCESSES)]
        if rows is not None:
            staff, days = rows.shape
            permitted[np.arange(staff)[:, None], np.arange(days)[None, :], rows] = True
        return self.problem.only(permitted & (self.tables.price < BIG / 2))

    def _anneal(self, problem: Problem, rounds: int, rows: Rows | None = None) -> Iterator[None]:
        return annealed(problem, int(self.rng.integers(1 << 30)), rounds, self.found, rows)

    def _improve(self) -> Iterator[None]:
        """The best roster known is mended until nothing has come of it for a while."""
        if self.mending is None:
            self.mending = Mending(self.problem, self.rng)
        failures = 0
        while failures < FAILURES:
            rows = self.best()
            cost = float(cost_of_numbers(self.tables, rows))
            mended = self.mending.turn(rows, cost, self.goes_on)
            failures += 1
            if mended is not None and cost_of_numbers(self.tables, mended) < cost - 0.5:
                self.found(mended)
                failures = 0
            yield
