"""Repairing: from the best roster known, annealing and columns for some employees at a time.

On a small instance the whole program of stretches is solved instead, which proves as well as finds. When the prover has
told what each day and kind costs beyond its bound, the search goes mostly among what costs little. Guarantees: every
roster told keeps all rules; a bound told holds for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.finding import Finder, NobodyCan, cost_of_numbers
from egenmakt.staffing.day_shifts.mending import Mending
from egenmakt.staffing.day_shifts.stretches import Stretches, permitted_at_first
from egenmakt.staffing.day_shifts.tables import Problem

SMALL = 2_000  # problems of at most this size are given to the whole program
EXCESSES = (0.01, 1.0, 4.0)
AT_A_TIME = 200  # rounds of annealing in one step
HOT, WARM, COLD = 20.0, 6.0, 1.0
FAILURES = (
    30  # so many parts of a roster that do not become cheaper, one after another, before annealing again
)
Rows = NDArray[np.int8]


class Repairer:
    """A search for better rosters. `run` goes on step by step, without end unless it proves.

    `best` gives the best roster known, `found` is told of rosters, `bounded` of bounds, `excess` gives what the prover
    has told of what things cost beyond its bound, `left` the seconds left. With `whole` a small problem is solved whole.
    """

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        whole: bool,
        best: Callable[[], Rows],
        found: Callable[[Rows], None],
        bounded: Callable[[float], None],
        excess: Callable[[], NDArray[np.float64] | None],
        goes_on: Callable[[], bool],
        left: Callable[[], float],
    ) -> None:
        self.problem, self.tables, self.seed = problem, problem.tables, seed
        self.whole = whole and problem.size <= SMALL
        self.best, self.found, self.bounded, self.excess = best, found, bounded, excess
        self.goes_on, self.left = goes_on, left
        self.mending: Mending | None = None
        self.rng = np.random.default_rng(seed)
        self.proved = False

    def run(self) -> Iterator[None]:
        """One step at a time; ends only when proved."""
        yield from self._anneal(self.problem, 600 if self.whole else 300 * len(self.tables.price))
        if self.whole:
            self._solve_whole()
            yield
            if self.proved:
                return
        turn = 0
        staff = len(self.tables.price)
        while True:
            excess = self.excess()
            permitted = permitted_at_first(self.problem)
            if excess is not None:
                permitted &= excess <= EXCESSES[turn // 2 % len(EXCESSES)]
            if turn % 2:
                rows = self.best()
                permitted[np.arange(staff)[:, None], np.arange(rows.shape[1])[None, :], rows] = True
                yield from self._anneal(self.problem.only(permitted), 80 * staff, rows)
            else:
                yield from self._anneal(self.problem.only(permitted), 150 * staff)
            yield from self._improve()
            turn += 1

    def _anneal(self, problem: Problem, count: int, rows: Rows | None = None) -> Iterator[None]:
        """From nothing, or warmed up from some rows, to cold; what is best on the way is told."""
        finder = Finder(problem, int(self.rng.integers(1 << 30)))
        hot = HOT if rows is None else WARM
        if rows is not None:
            finder.stand_at(rows)
        else:
            try:
                finder.first()
            except NobodyCan:  # what costs little is too little for somebody; what costs more is tried next
                return
        told = finder.cost
        self.found(finder.best)
        steps = max(1, count // AT_A_TIME)
        for step in range(steps):
            warmer, colder = (hot * (COLD / hot) ** (at / steps) for at in (step, step + 1))
            finder.search(AT_A_TIME, warmer, colder)
            if finder.cost < told:
                told = finder.cost
                self.found(finder.best)
            yield

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

    def _solve_whole(self) -> None:
        def told(rows: Rows | None, bound: float) -> None:
            self.bounded(bound)
            if rows is not None:
                self.found(rows)

        solved = Stretches(self.problem).solve(
            self.best(), range(len(self.tables.price)), seconds=self.left(), seed=self.seed, told=told
        )
        told(solved.rows, solved.bound)
        self.proved = solved.proved
