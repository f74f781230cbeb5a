"""The master program: everybody gets one way of spending their days, at the least cost of all; ways are made when wanted.

Solved without demanding whole numbers it gives a bound that is usually within a per cent of the best roster, since each
way keeps all of its employee's rules. Branches: sums of too few and too many that must be whole, and days on which an
employee must not do something (`prices` with BIG).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.instance import WEEK
from egenmakt.staffing.day_shifts.paths import IMPOSSIBLE, room_for
from egenmakt.staffing.day_shifts.pricing import price_everybody
from egenmakt.staffing.day_shifts.tables import Problem

AT_A_TIME = 3  # ways made for an employee in one turn
INFINITE = highspy.kHighsInf
_DUAL_SIMPLEX, _PRIMAL_SIMPLEX = 1, 4
_NOTHING = 1e-6
TRIED = 60  # steps of the simplex method when a branch is only tried
STUCK = 5_000  # steps after which the simplex method has lost its way
_ENDLESS = 2_147_483_647
Rows = NDArray[np.int8]
Numbers = NDArray[np.float64]


@dataclass
class Relaxed:
    """The master solved without whole numbers: a bound, duals, and how much each way is used."""

    bound: float
    value: float = 0.0
    duals: Numbers = field(default_factory=lambda: np.zeros((0, 0)))  # D × K
    own: Numbers = field(default_factory=lambda: np.zeros(0))  # what each employee's row is worth
    used: Numbers = field(default_factory=lambda: np.zeros(0))
    sums: Numbers = field(default_factory=lambda: np.zeros(0))
    impossible: bool = False


class Master:
    """Columns (ways) made so far and the program over them."""

    def __init__(self, problem: Problem, penalty: float) -> None:
        self.problem, self.tables = problem, problem.tables
        self.staff, self.days, self.kinds = self.tables.price.shape
        self.penalty = penalty  # for what a branch makes impossible: dearer than any roster
        self.owner: list[int] = []
        self.ways: list[Rows] = []
        self.place: dict[tuple[int, bytes], int] = {}  # of each way, among the ways
        self.steps_of_a_dive = 30
        self.layers = np.empty((self.days, room_for(self.tables)))
        self.out = np.zeros((self.staff, AT_A_TIME, self.days), np.int8)
        self.counts = np.zeros(self.staff, np.int64)
        self.bounds = np.zeros(self.staff)
        self.needs = np.argwhere(np.ones((self.days, self.kinds - 1), np.bool_))
        self.needs[:, 1] += 1
        self.summed = self._sums()
        self.solver = highspy.Highs()
        self._begin()

    @property
    def everyday(self) -> NDArray[np.int64]:
        """The numbers of the days."""
        return np.arange(self.days)

    def _sums(self) -> list[tuple[bool, NDArray[np.int64]]]:
        """Sums that are whole in every roster: (of too few?, which needs). All, by kind, by week."""
        days, kinds = self.needs[:, 0], self.needs[:, 1]
        everything = np.arange(len(self.needs))
        sums = [(True, everything), (False, everything)]
        if self.kinds > 2:
            sums += [(True, everything[kinds == kind]) for kind in range(1, self.kinds)]
        if self.days > WEEK:
            sums += [(True, everything[days // WEEK == week]) for week in range(-(-self.days // WEEK))]
        return sums

    def _begin(self) -> None:
        """Rows: one for each employee, each need, each sum. Columns: too few, too many, and what branches forbid."""
        solver, staff, count = self.solver, self.staff, len(self.needs)
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("simplex_strategy", _PRIMAL_SIMPLEX)
        for _ in range(staff):
            solver.addRow(1.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
        for day, kind in self.needs:
            needed = float(self.tables.needed[day, kind])
            solver.addRow(needed, needed, 0, np.zeros(0, np.int32), np.zeros(0))
        for _ in self.summed:
            solver.addRow(-INFINITE, INFINITE, 0, np.zeros(0, np.int32), np.zeros(0))
        for short in (True, False):
            weights = self.tables.under if short else self.tables.over
            for at, (day, kind) in enumerate(self.needs):
                sums = [
                    number for number, (of, needs) in enumerate(self.summed) if of == short and at in needs
                ]
                rows = [staff + at, *(staff + count + number for number in sums)]
                values = [1.0 if short else -1.0, *([1.0] * len(sums))]
                self._column(float(weights[day, kind]), rows, values)
        for row in range(staff):
            self._column(self.penalty, [row], [1.0])
        for row in range(staff + count, staff + count + len(self.summed)):
            self._column(self.penalty, [row], [1.0])
            self._column(self.penalty, [row], [-1.0])
        self.first_way = solver.getNumCol()

    def _column(self, cost: float, rows: list[int], values: list[float]) -> None:
        self.solver.addCol(cost, 0.0, INFINITE, len(rows), np.array(rows, np.int32), np.array(values))

    def add(self, ways: Iterable[tuple[int, Rows]]) -> int:
        """Add ways that are not there yet; how many were new."""
        new = []
        for owner, way in ways:
            key = (owner, way.tobytes())
            if key not in self.place:
                self.place[key] = len(self.place)
                new.append((owner, way.copy()))
        if new:
            costs, starts, rows = self.entries(new)
            many = len(new)
            self.solver.addCols(
                many,
                costs,
                np.zeros(many),
                np.full(many, INFINITE),
                len(rows),
                starts,
                rows,
                np.ones(len(rows)),
            )
            self.owner += [owner for owner, _ in new]
            self.ways += [way for _, way in new]
        return len(new)

    def entries(self, ways: list[tuple[int, Rows]]) -> tuple[Numbers, NDArray[np.int32], NDArray[np.int32]]:
        costs: list[float] = []
        starts: list[int] = []
        rows: list[int] = []
        for owner, way in ways:
            costs.append(float(self.tables.price[owner, self.everyday, way].sum()))
            starts.append(len(rows))
            rows.append(owner)
            worked = np.flatnonzero(way)
            rows += (self.staff + worked * (self.kinds - 1) + way[worked] - 1).tolist()
        return np.array(costs), np.array(starts, np.int32), np.array(rows, np.int32)

    def restrict(self, sums: dict[int, tuple[float, float]], prices: Numbers) -> None:
        """Bounds on sums, and only ways that the prices permit."""
        first = self.staff + len(self.needs)
        for number in range(len(self.summed)):
            low, high = sums.get(number, (-INFINITE, INFINITE))
            self.solver.changeRowBounds(first + number, low, high)
        if self.ways:
            self._limit_ways(np.where(self._allowed(prices), INFINITE, 0.0))

    def _allowed(self, prices: Numbers) -> NDArray[np.bool_]:
        ways, owners = np.array(self.ways), np.array(self.owner)
        forbidden = prices[owners[:, None], self.everyday[None, :], ways] >= IMPOSSIBLE
        allowed: NDArray[np.bool_] = ~forbidden.any(axis=1)
        return allowed

    def _limit_ways(self, upper: Numbers) -> None:
        at = np.arange(self.first_way, self.first_way + len(self.ways), dtype=np.int32)
        self.solver.changeColsBounds(len(at), at, np.zeros(len(at)), upper)

    def solve(
        self,
        prices: Numbers,
        *,
        turns: int = 1000,
        worse_than: float = INFINITE,
        smoothing: float = 0.0,
        done: NDArray[np.bool_] | None = None,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Relaxed:
        """Make ways until no more pays. The bound holds for every roster that the prices and sums permit.

        Stops early when the bound reaches `worse_than`, after `turns` turns, or when `goes_on` says no. With
        `smoothing` ways are priced between the best duals so far and the latest. `done`: employees whose way is settled.
        """
        settled = np.zeros(self.staff, np.bool_) if done is None else done
        best = Relaxed(-INFINITE)
        for turn in range(turns):
            # Branching leaves a basis that is dual feasible, new columns one that is primal feasible.
            self.solver.setOptionValue("simplex_strategy", _PRIMAL_SIMPLEX if turn else _DUAL_SIMPLEX)
            self._run()
            latest = self._latest()
            weight = smoothing if best.duals.size else 0.0
            while True:
                duals = weight * best.duals + (1 - weight) * latest.duals if weight else latest.duals
                price_everybody(
                    self.tables, prices, duals, settled, self.layers, self.out, self.counts, self.bounds
                )
                if (self.bounds[~settled] >= IMPOSSIBLE).any():
                    return Relaxed(INFINITE, impossible=True)
                # The dual objective; what sums bring in is in `value`, and smoothing is used without any.
                moved = float((self.tables.needed * (duals - latest.duals)).sum())
                bound = latest.value + moved + float((self.bounds - latest.own)[~settled].sum())
                new = self._paying(prices, latest, settled)
                if new or weight == 0.0:
                    break
                weight = weight / 2 if weight > 0.1 else 0.0
            if bound >= best.bound or not best.duals.size:
                best.bound, best.duals = max(bound, best.bound), duals
            best.value, best.used, best.sums, best.own = latest.value, latest.used, latest.sums, latest.own
            if not new or best.bound > worse_than or best.bound > latest.value - 1e-5:
                break
            if self.add(new) == 0 or not goes_on():
                break
        return best

    def _run(self) -> None:
        """Solve the linear program to its end; from the beginning when the way there does not get anywhere."""
        self.solver.setOptionValue("simplex_iteration_limit", STUCK)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.solver.setOptionValue("simplex_iteration_limit", _ENDLESS)
            self.solver.setOptionValue("simplex_strategy", _DUAL_SIMPLEX)
            self.solver.clearSolver()
            self.solver.run()

    def _paying(self, prices: Numbers, latest: Relaxed, settled: NDArray[np.bool_]) -> list[tuple[int, Rows]]:
        """The ways just priced that the latest solution would use."""
        new = []
        for owner in np.flatnonzero(~settled):
            for number in range(self.counts[owner]):
                way = self.out[owner, number]
                costs = prices[owner, self.everyday, way] - latest.duals[self.everyday, way]
                if costs.sum() - latest.own[owner] < -_NOTHING:
                    new.append((int(owner), way))
        return new

    def _latest(self) -> Relaxed:
        solution = self.solver.getSolution()
        dual, values = np.array(solution.row_dual), np.array(solution.col_value)
        count = len(self.needs)
        duals = np.zeros((self.days, self.kinds))
        duals[self.needs[:, 0], self.needs[:, 1]] = dual[self.staff : self.staff + count]
        sums = np.array([values[(0 if short else count) + needs].sum() for short, needs in self.summed])
        value = self.solver.getObjectiveValue()
        return Relaxed(-INFINITE, value, duals, dual[: self.staff], values[self.first_way :], sums)

    def dive(
        self,
        prices: Numbers,
        rng: np.random.Generator,
        goes_on: Callable[[], bool],
        below: float = INFINITE,
    ) -> Rows | None:
        """Settle one or a few employees' ways at a time, the most used first, making new ways for the rest.

        None when stopped, when it would cost more than `below`, or when what was settled leaves somebody no way.
        """
        basis = self.solver.getBasis()
        rows = np.zeros((self.staff, self.days), np.int8)
        fixed: list[int] = []
        whole = self._settle(prices, rows, fixed, rng=rng, goes_on=goes_on, below=below)
        for column in fixed:
            self.solver.changeColBounds(column, 0.0, INFINITE)
        self.solver.setBasis(basis)
        return rows if whole else None

    def _settle(
        self,
        prices: Numbers,
        rows: Rows,
        fixed: list[int],
        *,
        rng: np.random.Generator,
        goes_on: Callable[[], bool],
        below: float,
    ) -> bool:
        """Settle everybody into `rows`; whether all got a way."""
        settled = np.zeros(self.staff, np.bool_)
        at_least = max(1, self.staff // self.steps_of_a_dive)
        while not settled.all():
            relaxed = self.solve(prices, turns=5, done=settled, goes_on=goes_on)
            owners = np.array(self.owner)[: len(relaxed.used)]
            if relaxed.impossible or not goes_on() or relaxed.bound > below:
                return False
            open_ways = np.flatnonzero((relaxed.used > _NOTHING) & ~settled[owners])
            if not len(open_ways):
                return False
            noisy = relaxed.used[open_ways] * rng.uniform(0.8, 1.0, len(open_ways))
            taken = 0
            for way in open_ways[np.argsort(-noisy)]:
                owner = owners[way]
                if settled[owner] or (taken >= at_least and relaxed.used[way] < 0.85):
                    continue
                settled[owner] = True
                rows[owner] = self.ways[way]
                fixed.append(self.first_way + int(way))
                self.solver.changeColBounds(fixed[-1], 1.0, 1.0)
                taken += 1
        return True

    def gains_of(
        self, relaxed: Relaxed, prices: Numbers, employee: int, day: int, kind: int
    ) -> tuple[float, float]:
        """How much dearer it becomes, with the ways made so far, when the employee must do this on the day; must not."""
        basis = self.solver.getBasis()
        ways, owners = np.array(self.ways), np.array(self.owner)
        own = (owners == employee) & self._allowed(prices)
        does = ways[:, day] == kind
        self.solver.setOptionValue("simplex_strategy", _DUAL_SIMPLEX)
        self.solver.setOptionValue("simplex_iteration_limit", TRIED)
        gains = []
        for closed in (own & ~does, own & does):
            at = (np.flatnonzero(closed) + self.first_way).astype(np.int32)
            self.solver.changeColsBounds(len(at), at, np.zeros(len(at)), np.zeros(len(at)))
            self.solver.run()
            gains.append(max(0.0, self.solver.getInfo().objective_function_value - relaxed.value))
            self.solver.changeColsBounds(len(at), at, np.zeros(len(at)), np.full(len(at), INFINITE))
            self.solver.setBasis(basis)
        return gains[0], gains[1]
