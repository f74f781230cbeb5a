"""Branch and price: bounds from the master program, rosters by diving, proof by branching and by enumeration.

Guarantees: the bound told never exceeds the cost of the best roster; `proved` is said only when no cheaper roster can
exist. Costs are whole numbers, so a bound is rounded up.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.finding import Finder, annealed
from egenmakt.staffing.day_shifts.listing import Listing
from egenmakt.staffing.day_shifts.master import INFINITE, Master, Relaxed
from egenmakt.staffing.day_shifts.mending import Mending
from egenmakt.staffing.day_shifts.pricing import excess_of_everything
from egenmakt.staffing.day_shifts.tables import BIG, Problem
from egenmakt.staffing.day_shifts.ways import all_below

SMOOTHING = 0.8
FEW_WAYS = (2_000, 300_000)  # between so many ways at most are listed at a time
# A list that needs more parts is given up, and shorter ones are tried after; longer ones after one that needed few.
MOST_PARTS, FEW_PARTS = 150, 20
HEAVY = 15_000  # choices of employee, day and kind: dives would take too long
DIVES_AT_FIRST, NODES_TO_A_DIVE = 3, 5
ROUNDS = 900  # of annealing for each employee, where dives would take too long
FAILURES = 8  # so many parts tried without avail end the mending between nodes
CANDIDATES = 8  # so many ways to branch are tried before one is chosen
WIDE = 0.002  # with a gap above this, better rosters are sought more than proof
_SLACK = 1e-4  # bounds are worked out in floating point; a whole number is reached when this near
Rows = NDArray[np.int8]


@dataclass(order=True)
class _Node:
    """A part of all rosters: bounds on sums, and what employees must not do on some days."""

    bound: float
    number: int
    sums: dict[int, tuple[float, float]] = field(compare=False)
    barred: tuple[tuple[int, int, tuple[int, ...]], ...] = field(compare=False)


class Prover:
    """A search for the best roster and for proof. `run` goes on step by step until it is proved.

    `cost` gives the cost of the best roster known, `found` is told of rosters, `goes_on` says when to stop.
    """

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        cost: Callable[[], float],
        best: Callable[[], Rows],
        found: Callable[[Rows], None],
        goes_on: Callable[[], bool],
    ) -> None:
        self.problem, self.tables = problem, problem.tables
        self.cost, self.best, self.found, self.goes_on = cost, best, found, goes_on
        self.rng = np.random.default_rng(seed)
        self.finder = Finder(problem, seed)
        self.finder.first()
        self.found(self.finder.best)
        self.master = Master(problem, penalty=10 * (self.finder.cost + 100))
        self.bound = 0.0
        self.proved = False
        self.nodes = 0
        self.few = FEW_WAYS[1]
        self.excess: NDArray[np.float64] | None = None
        self.mending = Mending(problem, self.rng)
        self.dives = 0
        self.heavy = self.tables.price.size > HEAVY
        self.open: list[_Node] = []

    def run(self) -> Iterator[None]:
        """One step at a time; ends when proved or stopped."""
        self._feed()
        for _ in range(12):
            self.finder.search(20, 8.0, 4.0)
            self._feed()
        self._shown(self.finder.best)
        yield
        root = self.master.solve(self.tables.price, smoothing=SMOOTHING, goes_on=self.goes_on)
        # The heavier the program, the bigger the steps of a dive.
        self.master.steps_of_a_dive = 15 if self.heavy else 30
        self.mending.remember(self.master, root.used, np.arange(self.master.staff))
        self._bounded(root.bound)
        self._weigh(root)
        yield
        if self._is_proved(root.bound) or not self.goes_on():
            return
        yield from self._branch(root)

    def _feed(self) -> None:
        self.master.add([(number, row) for number, row in enumerate(self.finder.rows)])

    def _weigh(self, root: Relaxed) -> None:
        """What each day and kind costs beyond the bound: others search among what costs little."""
        excess = np.empty(self.tables.price.shape)
        excess_of_everything(
            self.tables,
            self.tables.price,
            root.duals,
            self.master.layers,
            np.empty_like(self.master.layers),
            excess,
        )
        self.excess = excess

    def _shown(self, rows: Rows) -> None:
        self.finder.stand_at(rows)
        self.finder.search(30, 1.0, 0.3)
        self.found(self.finder.best)

    def _bounded(self, bound: float) -> None:
        if math.isfinite(bound):
            self.bound = max(self.bound, float(math.ceil(bound - _SLACK)))

    def _is_proved(self, bound: float) -> bool:
        """Whether no roster cheaper than the best known has at least this bound."""
        if bound > self.cost() - 1 + _SLACK:
            self.proved = True
            self.bound = self.cost()
        return self.proved

    def _branch(self, root: Relaxed) -> Iterator[None]:
        self.open = [_Node(root.bound, 0, {}, ())]
        numbers = 0
        while self.open and self.goes_on():
            if self._is_proved(self.open[0].bound):
                return
            self._bounded(self.open[0].bound)
            node = heapq.heappop(self.open)
            prices = self._prices(node)
            self.master.restrict(node.sums, prices)
            limit = self.cost() - 1 + _SLACK
            relaxed = self.master.solve(prices, worse_than=limit, goes_on=self.goes_on)
            self.nodes += 1
            yield from self._mend()
            if not self.goes_on():
                heapq.heappush(self.open, node)
                return
            yield
            if relaxed.impossible or relaxed.bound > limit:
                continue
            bound = max(relaxed.bound, node.bound)
            if not self._falls_apart(relaxed):
                if self._wide():
                    yield from self._dives(node, prices)
                least = self._finished(relaxed, bound, node, prices)
                yield
                if least is not None:
                    if least < self.cost():
                        numbers += 1
                        heapq.heappush(self.open, _Node(least, numbers, node.sums, node.barred))
                    continue
                if not self._wide():
                    yield from self._dives(node, prices)
            choices = self._choices(relaxed, node, prices)
            if not choices or choices[0].barred or not node.barred:
                self._whole(relaxed)
            for child in choices:
                numbers += 1
                heapq.heappush(
                    self.open,
                    _Node(bound, numbers, node.sums | child.sums, node.barred + child.barred),
                )
            yield
        if self.goes_on():
            self.proved = True
            self.bound = self.cost()

    def _falls_apart(self, relaxed: Relaxed) -> bool:
        """Whether it is not yet settled how many are too few in all: each costs so much that lists would be endless."""
        return abs(relaxed.sums[0] - round(relaxed.sums[0])) > _SLACK

    def _finished(
        self, relaxed: Relaxed, bound: float, node: _Node, prices: NDArray[np.float64]
    ) -> float | None:
        """Look through all rosters of the node below some cost, as high as there is room to list the ways of.

        Ends with what the node's rosters cost at least (the best known: it is done with); None when too much.
        """
        ceiling = self.cost()
        while True:
            listed = all_below(self.master, prices, relaxed, ceiling, most=self.few)
            if listed is not None:
                break
            lower = math.ceil(bound - _SLACK) + max(1, (ceiling - bound) // 3)
            if lower >= ceiling:
                return None
            ceiling = lower
        listing = Listing(self.master, listed, node.sums)
        over = listing.search(
            relaxed,
            cost=lambda: min(ceiling, self.cost()),
            found=self._shown,
            goes_on=lambda: self.goes_on() and listing.parts <= MOST_PARTS,
        )
        if not over:
            self.few = max(FEW_WAYS[0], min(self.few, len(listed.owners)) // 2)
            return None
        if listing.parts < FEW_PARTS:
            self.few = min(FEW_WAYS[1], self.few * 5 // 4)
        return ceiling

    def _prices(self, node: _Node) -> NDArray[np.float64]:
        prices = self.tables.price.copy()
        for employee, day, kinds in node.barred:
            prices[employee, day, list(kinds)] = BIG
        return prices

    def _dives(self, node: _Node, prices: NDArray[np.float64]) -> Iterator[None]:
        """Some dives at first, each followed by mending; later one now and then, and at every node when the best is near
        the bound: then only the last step is missing. Not where dives take long."""
        if self.dives and self._wide() and self.nodes % NODES_TO_A_DIVE:
            return
        if self.heavy and not self.dives:
            self.dives += 1
            yield from self._annealed()
            return
        wide = self._wide()
        for _ in range(1 if self.dives >= DIVES_AT_FIRST else DIVES_AT_FIRST):
            if self.bound > self.cost() - 1 + _SLACK or self._wide() < wide or not self.goes_on():
                return
            rows = self.master.dive(prices, self.rng, self.goes_on)
            self.master.restrict(node.sums, prices)
            if rows is not None:
                self._shown(rows)
            self.dives += 1
            yield
            yield from self._mend()

    def _annealed(self) -> Iterator[None]:
        seed = int(self.rng.integers(1 << 30))
        for _ in annealed(self.problem, seed, ROUNDS * self.master.staff, self.found):
            yield
            if not self.goes_on():
                return
        yield from self._mend()

    def _wide(self) -> bool:
        return self.cost() - 1 > self.bound * (1 + WIDE)

    def _mend(self) -> Iterator[None]:
        """The best roster is mended: a little between nodes, and as long as it helps while the bound is far away."""
        failures = 0
        while self.dives and failures < (FAILURES if self._wide() else 1):
            before = self.cost()
            if self.bound > before - 1 + _SLACK:
                return
            rows = self.mending.turn(self.best(), before, self.goes_on)
            if rows is not None:
                self._shown(rows)
            failures = 0 if self.cost() < before else failures + 1
            yield
            if not self.goes_on():
                return

    def _whole(self, relaxed: Relaxed) -> None:
        """When every way used is used wholly, it is a roster."""
        chosen = np.flatnonzero(relaxed.used > 0.999)
        if len(chosen) == self.master.staff:
            rows = np.zeros((self.master.staff, self.master.days), np.int8)
            for way in chosen:
                rows[self.master.owner[way]] = self.master.ways[way]
            self.found(rows)

    def _choices(self, relaxed: Relaxed, node: _Node, prices: NDArray[np.float64]) -> list[_Node]:
        """Two parts: of a sum that is not whole, or of what somebody does on a day. None when all is whole."""
        for number, value in enumerate(relaxed.sums):
            if abs(value - round(value)) > 1e-4:
                low, high = node.sums.get(number, (-INFINITE, INFINITE))
                return [
                    _Node(0.0, 0, {number: (low, float(math.floor(value)))}, ()),
                    _Node(0.0, 0, {number: (float(math.ceil(value)), high)}, ()),
                ]
        used = np.zeros(self.tables.price.shape)
        for way in np.flatnonzero(relaxed.used > 1e-7):
            used[self.master.owner[way], self.master.everyday, self.master.ways[way]] += float(
                relaxed.used[way]
            )
        # Whether one works at all weighs more than at what.
        apart = np.minimum(used, 1 - used) * np.where(np.arange(self.master.kinds) == 0, 1.5, 1.0)
        order = np.argsort(-apart, axis=None, kind="stable")[:CANDIDATES]
        candidates = [
            tuple(int(one) for one in np.unravel_index(int(at), apart.shape))
            for at in order
            if apart.flat[int(at)] > 1e-4
        ]
        if not candidates:
            return []
        limit = self.cost() - 1 - relaxed.value
        gains = [self.master.gains_of(relaxed, prices, *one) for one in candidates]
        worth = [
            max(1e-3, min(low, high, limit)) * max(1e-3, min(max(low, high), limit)) for low, high in gains
        ]
        employee, day, kind = candidates[int(np.argmax(worth))]
        others = tuple(
            other
            for other in range(self.master.kinds)
            if other != kind and prices[employee, day, other] < BIG / 2
        )
        return [
            _Node(0.0, 0, {}, ((employee, day, others),)),
            _Node(0.0, 0, {}, ((employee, day, (kind,)),)),
        ]
