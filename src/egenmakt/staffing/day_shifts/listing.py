"""The best choice of one way for each employee, when every way that could be part of a better roster is listed.

Guarantees: when the search says that it is over, no choice among the ways listed is cheaper than the best told.

Branch and bound over the linear program of `choice`. What is dearer than the spare between its value and the best known
is struck from the list, which melts as the search goes down.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.choice import (
    DUAL_SIMPLEX,
    INFINITE,
    NOTHING,
    SLACK,
    Choice,
    Part,
    Rows,
    Solved,
    Whole,
)

if TYPE_CHECKING:
    from egenmakt.staffing.day_shifts.master import Master, Relaxed
    from egenmakt.staffing.day_shifts.ways import Ways

CANDIDATES = 8  # so many sums, and so many days of employees, are tried before one is chosen
TRIED = 100  # with so many steps of the simplex method


@dataclass(frozen=True)
class _Fork:
    """Two parts: an amount at most and at least; or the employee doing something on a day, and not."""

    amount: int = -1
    value: float = 0.0
    employee: int = -1
    day: int = -1
    kind: int = -1


class Listing:
    """Ways listed, and the search among them; `parts` tells how many parts have been looked at.

    `sums` bounds some of the master's sums, by their numbers.
    """

    def __init__(self, master: Master, listed: Ways, sums: dict[int, tuple[float, float]]) -> None:
        self.owners, self.ways = listed.owners, listed.days
        self.staff, self.days, self.kinds = master.tables.price.shape
        self.choice = Choice(master, listed, sums)
        self.parts = 0

    def search(
        self,
        relaxed: Relaxed,
        *,
        cost: Callable[[], float],
        found: Callable[[Rows], None],
        goes_on: Callable[[], bool],
    ) -> bool:
        """Look for choices cheaper than `cost()`, telling of each; whether all have been looked through.

        `relaxed` is the program over all ways, of which the listed were taken.
        """
        if len(np.unique(self.owners)) < self.staff:
            return True
        left = [self.choice.everything(relaxed)]
        while left:
            part = left.pop()
            limit = cost() - 1 + SLACK
            solved = self.choice.solve(part, limit)
            self.parts += 1
            if not goes_on():
                return False
            if solved is None or solved.value > limit:
                continue
            forks = self._forks(solved)
            if not forks:
                rows = self._roster(solved)
                if rows is None:
                    return False
                found(rows)
                continue
            fork, gains = self._best_fork(forks, part, solved, limit)
            children = [self._child(fork, part, solved, side, limit) for side in (0, 1)]
            left += [children[side] for side in (np.argsort(gains)[::-1])]  # the cheaper first
        return True

    # Parts

    def _child(self, fork: _Fork, part: Part, solved: Solved, side: int, limit: float) -> Part:
        spare = limit - solved.value
        ways = part.ways[solved.reduced <= spare + NOTHING]
        low, high = part.low.copy(), part.high.copy()
        costly = solved.dearer > NOTHING
        most = low[: self.choice.slacks][costly] + np.floor(spare / solved.dearer[costly] + NOTHING)
        high[: self.choice.slacks][costly] = np.minimum(high[: self.choice.slacks][costly], most)
        if fork.amount >= 0:
            if side == 0:
                high[fork.amount] = math.floor(fork.value)
            else:
                low[fork.amount] = math.ceil(fork.value)
        else:
            ways = ways[~self._closed(fork, ways, side)]
        used = solved.given[solved.used > 0]
        return Part(ways, low, high, solved.value, solved.duals, used, solved.basis)

    def _closed(self, fork: _Fork, ways: Whole, side: int) -> NDArray[np.bool_]:
        """Those that the side leaves out: not doing it, or doing it."""
        does = self.ways[ways, fork.day] == fork.kind
        closed: NDArray[np.bool_] = (self.owners[ways] == fork.employee) & (does if side else ~does)
        return closed

    def _roster(self, solved: Solved) -> Rows | None:
        """The whole roster that the program uses; None when it is not one (it was not solved to its end)."""
        rows = np.zeros((self.staff, self.days), np.int8)
        chosen = solved.given[solved.used > 0.5]
        if sorted(self.owners[chosen].tolist()) != list(range(self.staff)):
            return None
        rows[self.owners[chosen]] = self.ways[chosen]
        return rows

    # Forks

    def _forks(self, solved: Solved) -> list[_Fork]:
        """What is not whole: sums that must be, and what employees do on days, the least whole first."""
        off = np.abs(solved.amounts - np.round(solved.amounts))
        forks = [
            _Fork(amount=int(at), value=float(solved.amounts[at]))
            for at in np.argsort(-off, kind="stable")[:CANDIDATES]
            if off[at] > SLACK
        ]
        done = np.zeros((self.staff, self.days, self.kinds))
        for way in np.flatnonzero(solved.used > NOTHING):
            at = solved.given[way]
            done[self.owners[at], np.arange(self.days), self.ways[at]] += solved.used[way]
        # Whether one works at all weighs more than at what.
        apart = np.minimum(done, 1 - done) * np.where(np.arange(self.kinds) == 0, 1.5, 1.0)
        for at in np.argsort(-apart, axis=None, kind="stable")[:CANDIDATES]:
            if apart.flat[at] > SLACK:
                employee, day, kind = (int(one) for one in np.unravel_index(int(at), apart.shape))
                forks.append(_Fork(employee=employee, day=day, kind=kind))
        return forks

    def _best_fork(
        self, forks: list[_Fork], part: Part, solved: Solved, limit: float
    ) -> tuple[_Fork, tuple[float, float]]:
        """The one that makes both sides dearest, as far as some steps show; a side too dear counts as done with."""
        enough = limit - solved.value + 10 * SLACK
        self.choice.solver.setOptionValue("simplex_strategy", DUAL_SIMPLEX)
        self.choice.solver.setOptionValue("simplex_iteration_limit", TRIED)
        best, chosen, both = -1.0, forks[0], (0.0, 0.0)
        for fork in forks:
            gains = [min(enough, max(1e-3, self._tried(fork, part, solved, side))) for side in (0, 1)]
            worth = gains[0] * gains[1] * (2.0 if max(gains) >= enough else 1.0)
            if worth > best:
                best, chosen, both = worth, fork, (gains[0], gains[1])
            if min(gains) >= enough:
                break
        return chosen, both

    def _tried(self, fork: _Fork, part: Part, solved: Solved, side: int) -> float:
        """How much dearer one side is at least nearly."""
        solver, at = self.choice.solver, fork.amount
        closed = np.zeros(0, np.int32)
        change: Callable[[int, float, float], object] = solver.changeColBounds
        place = at
        if at >= self.choice.slacks:
            change, place = solver.changeRowBounds, at + self.staff + self.choice.needs - self.choice.slacks
        if at >= 0:
            low, high = part.low[at], part.high[at]
            change(
                place,
                low if side == 0 else math.ceil(fork.value),
                math.floor(fork.value) if side == 0 else high,
            )
        else:
            closed = (
                np.flatnonzero(self._closed(fork, solved.given, side)) + len(self.choice.fixed[0])
            ).astype(np.int32)
            solver.changeColsBounds(len(closed), closed, np.zeros(len(closed)), np.zeros(len(closed)))
        solver.run()
        gain = solver.getInfo().objective_function_value - solved.value
        if at >= 0:
            change(place, low, high)
        else:
            solver.changeColsBounds(
                len(closed), closed, np.zeros(len(closed)), np.full(len(closed), INFINITE)
            )
        solver.setBasis(solved.basis)
        return float(gain)
