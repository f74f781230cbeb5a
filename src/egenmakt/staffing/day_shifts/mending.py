"""Mending: some employees of a roster get new ways together by columns, the others keep theirs.

The bound of such a part says at once whether it can become cheaper; most parts cannot, and take little time. Guarantees:
what comes back keeps all rules.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.master import Master
from egenmakt.staffing.day_shifts.tables import Problem

FEWEST = 4
KEPT = 60  # so many ways of each employee are remembered for the next part
Rows = NDArray[np.int8]


class Mending:
    """Parts of a roster tried one after another; their size follows how they fare."""

    def __init__(self, problem: Problem, rng: np.random.Generator) -> None:
        self.problem, self.tables, self.rng = problem, problem.tables, rng
        self.staff = len(self.tables.price)
        self.many = min(self.staff, 7)
        self.ways: list[deque[Rows]] = [deque(maxlen=KEPT) for _ in range(self.staff)]

    def remember(self, master: Master, used: NDArray[np.float64], owners: NDArray[np.int64]) -> None:
        """Ways that a program used are worth offering again; `owners` are the employees of the program's rows."""
        for way in np.flatnonzero(used > 1e-6):
            self.ways[int(owners[master.owner[way]])].append(master.ways[way])

    def turn(self, rows: Rows, cost: float, goes_on: Callable[[], bool]) -> Rows | None:
        """One part tried; a roster cheaper than `cost`, or None."""
        some = np.sort(self._chosen(rows))
        days = np.arange(rows.shape[1])
        others = np.delete(np.arange(self.staff), some)
        kept = float(self.tables.price[others[:, None], days, rows[others]].sum())
        part = self.problem.part(some, rows)
        dearest = cost - kept - 1 + 1e-4
        master = Master(part, penalty=10 * cost + 1000)
        master.add(
            (place, way) for place, one in enumerate(some) for way in (rows[one], *self.ways[int(one)])
        )
        relaxed = master.solve(part.tables.price, turns=40, worse_than=dearest, goes_on=goes_on)
        self.remember(master, relaxed.used, some)
        if relaxed.impossible or relaxed.bound > dearest:  # nothing there: look at more together
            self.many = min(self.staff, self.many + 1)
            return None
        found = master.dive(part.tables.price, self.rng, goes_on, below=dearest)
        if found is None:
            self.many = max(min(FEWEST, self.staff), self.many - 1)
            return None
        better = rows.copy()
        better[some] = found
        return better

    def _chosen(self, rows: Rows) -> NDArray[np.int64]:
        """Somebody who works on a day with too few or too many, or is off then, and others as chance will."""
        tables = self.tables
        staff, days = rows.shape
        weights = np.full(staff, 1.0)
        faulty = self._faulty_days(rows)
        if len(faulty):
            day = int(self.rng.choice(faulty))
            around = slice(max(0, day - 2), min(days, day + 3))
            # Those with something else to do around that day can change places.
            permitted = (tables.price[:, around] < 1e8).sum(axis=(1, 2))
            weights += permitted / max(1, permitted.max())
        chance = weights / weights.sum()
        return self.rng.choice(staff, min(self.many, staff), replace=False, p=chance)

    def _faulty_days(self, rows: Rows) -> NDArray[np.int64]:
        tables = self.tables
        kinds = tables.needed.shape[1]
        present = np.stack([(rows == kind).sum(axis=0) for kind in range(kinds)], axis=1)
        wrong = (present != tables.needed) & ((tables.under > 0) | (tables.over > 0))
        days: NDArray[np.int64] = np.flatnonzero(wrong[:, 1:].any(axis=1))
        return days
