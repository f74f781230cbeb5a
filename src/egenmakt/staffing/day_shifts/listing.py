"""The best choice of one way for each employee, when every way that could be part of a better roster is listed.

Guarantees: when the search says that it is over, no choice among the ways listed is cheaper than the best told.

Branch and bound. A linear program chooses among the ways; what is dearer than the spare between its value and the best
known is struck from the list, which melts as the search goes down. Only ways that cost little at the parent's prices are
given to the program, the others are looked through by their reduced costs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.instance import SATURDAY, WEEK

if TYPE_CHECKING:
    from egenmakt.staffing.day_shifts.master import Master, Relaxed
    from egenmakt.staffing.day_shifts.ways import Ways

INFINITE = highspy.kHighsInf
CANDIDATES = 8  # so many sums, and so many days of employees, are tried before one is chosen
TRIED = 100  # with so many steps of the simplex method
GIVEN = 3_000  # so many ways are given to the program at first, and added at a time
GIVEN_OF_SPARE = 0.25  # those that cost at most this part of the spare
EACH = 20  # so many of each employee's at least
_ENDLESS = 2_147_483_647
_SLACK = 1e-4
_NOTHING = 1e-6
Rows = NDArray[np.int8]
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class _Part:
    """A part of all choices: what is left and between what bounds; and the parent's value, prices and basis."""

    ways: Whole
    low: Numbers  # of each too few, each too many, each sum of them
    high: Numbers
    value: float
    duals: Numbers
    used: Whole
    basis: highspy.HighsBasis | None = None


@dataclass(frozen=True)
class _Solved:
    """The linear program of a part, solved."""

    value: float
    duals: Numbers
    amounts: Numbers  # of each too few, each too many, each sum
    dearer: Numbers  # reduced cost of each too few and too many
    given: Whole
    used: Numbers  # of those given
    reduced: Numbers  # of all ways left
    basis: highspy.HighsBasis


@dataclass(frozen=True)
class _Fork:
    """Two parts: an amount at most and at least; or the employee doing something on a day, and not."""

    amount: int = -1
    value: float = 0.0
    employee: int = -1
    day: int = -1
    kind: int = -1


class Listing:
    """Ways listed, and the search among them.

    `sums` bounds some of the master's sums, by their numbers.
    """

    def __init__(self, master: Master, listed: Ways, sums: dict[int, tuple[float, float]]) -> None:
        tables = master.tables
        owners, ways = listed.owners, listed.days
        self.owners, self.ways = owners, ways
        self.staff, self.days, self.kinds = tables.price.shape
        day, kind = master.needs[:, 0], master.needs[:, 1]
        self.needs, self.slacks = len(day), 2 * len(day)
        self.needed_at = (day, kind)
        groups = _groups(day, kind)
        self.low = np.zeros(self.slacks + len(groups) + len(sums))
        self.low[self.slacks :] = -INFINITE
        self.high = np.full(len(self.low), INFINITE)
        for number, bounds in sums.items():
            short, some = master.summed[number]
            at = self.slacks + len(groups)
            self.low[at], self.high[at] = bounds
            groups.append(np.isin(np.arange(self.slacks), some if short else self.needs + some))
        self.groups = groups
        self.rows = self.staff + self.needs + len(groups)
        self.dear = 10 * (
            tables.under.sum() + tables.over.sum() + np.abs(tables.price[tables.price < 1e8]).sum()
        )
        self.fixed = self._fixed_columns(np.concatenate([tables.under[day, kind], tables.over[day, kind]]))
        self.needed = np.concatenate([np.ones(self.staff), tables.needed[day, kind].astype(float)])
        self.costs = tables.price[owners[:, None], np.arange(self.days), ways].sum(axis=1)
        # The row of the need that each day of a way serves; a day off serves one after the last, worth nothing.
        serves = self.staff + np.arange(self.days) * (self.kinds - 1) + ways - 1
        self.served = np.where(ways > 0, serves, self.rows).astype(np.int32)
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("presolve", "off")
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
        priced = np.concatenate([relaxed.own, relaxed.duals[self.needed_at], np.zeros(len(self.groups))])
        everything = np.arange(len(self.owners))
        left = [_Part(everything, self.low, self.high, relaxed.bound, priced, everything[:0])]
        while left:
            part = left.pop()
            limit = cost() - 1 + _SLACK
            solved = self._solve(part, limit)
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

    def _child(self, fork: _Fork, part: _Part, solved: _Solved, side: int, limit: float) -> _Part:
        spare = limit - solved.value
        ways = part.ways[solved.reduced <= spare + _NOTHING]
        low, high = part.low.copy(), part.high.copy()
        costly = solved.dearer > _NOTHING
        most = low[: self.slacks][costly] + np.floor(spare / solved.dearer[costly] + _NOTHING)
        high[: self.slacks][costly] = np.minimum(high[: self.slacks][costly], most)
        if fork.amount >= 0:
            if side == 0:
                high[fork.amount] = math.floor(fork.value)
            else:
                low[fork.amount] = math.ceil(fork.value)
        else:
            ways = ways[~self._closed(fork, ways, side)]
        used = solved.given[solved.used > 0]
        return _Part(ways, low, high, solved.value, solved.duals, used, solved.basis)

    def _closed(self, fork: _Fork, ways: Whole, side: int) -> NDArray[np.bool_]:
        """Those that the side leaves out: not doing it, or doing it."""
        does = self.ways[ways, fork.day] == fork.kind
        closed: NDArray[np.bool_] = (self.owners[ways] == fork.employee) & (does if side else ~does)
        return closed

    def _roster(self, solved: _Solved) -> Rows | None:
        """The whole roster that the program uses; None when it is not one (it was not solved to its end)."""
        rows = np.zeros((self.staff, self.days), np.int8)
        chosen = solved.given[solved.used > 0.5]
        if sorted(self.owners[chosen].tolist()) != list(range(self.staff)):
            return None
        rows[self.owners[chosen]] = self.ways[chosen]
        return rows

    # The linear program

    def _fixed_columns(self, slack_costs: Numbers) -> tuple[Numbers, Whole, Whole, Numbers]:
        """Costs, starts, rows and values of too few, too many, and what the bounds make impossible at a dear price."""
        first = self.staff + self.needs
        costs, starts, rows, values = slack_costs.tolist(), [0], [], []
        for column in range(self.slacks):
            rows.append(self.staff + column % self.needs)
            values.append(1.0 if column < self.needs else -1.0)
            on = [first + number for number, group in enumerate(self.groups) if group[column]]
            rows += on
            values += [1.0] * len(on)
            starts.append(len(rows))
        for row in range(self.rows):
            for value in (1.0, -1.0):
                rows.append(row)
                values.append(value)
                costs.append(self.dear)
                starts.append(len(rows))
        return np.array(costs), np.array(starts), np.array(rows), np.array(values)

    def _columns(self, ways: Whole) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Starts and rows of the columns of some ways."""
        rows = np.concatenate([self.owners[ways, None].astype(np.int32), self.served[ways]], axis=1)
        serves = rows < self.rows
        starts = np.concatenate([[0], np.cumsum(serves.sum(axis=1))])
        return starts.astype(np.int32), rows[serves]

    def _load(self, part: _Part, given: Whole) -> None:
        costs, starts, rows, values = self.fixed
        more_starts, more_rows = self._columns(given)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(costs) + len(given), self.rows
        program.col_cost_ = np.concatenate([costs, self.costs[given]])
        program.row_lower_ = np.concatenate([self.needed, part.low[self.slacks :]])
        program.row_upper_ = np.concatenate([self.needed, part.high[self.slacks :]])
        low, high = np.zeros(program.num_col_), np.full(program.num_col_, INFINITE)
        low[: self.slacks], high[: self.slacks] = part.low[: self.slacks], part.high[: self.slacks]
        program.col_lower_, program.col_upper_ = low, high
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = np.concatenate([starts, starts[-1] + more_starts[1:]]).astype(np.int32)
        program.a_matrix_.index_ = np.concatenate([rows, more_rows]).astype(np.int32)
        program.a_matrix_.value_ = np.concatenate([values, np.ones(len(more_rows))])
        self.solver.passModel(program)

    def _reduced(self, ways: Whole, duals: Numbers) -> Numbers:
        worth = np.append(duals, 0.0)
        reduced: Numbers = self.costs[ways] - worth[self.owners[ways]] - worth[self.served[ways]].sum(axis=1)
        return reduced

    def _solve(self, part: _Part, limit: float) -> _Solved | None:
        """The program over all ways of a part; None when somebody has none."""
        given = self._given_first(part, limit)
        if given is None:
            return None
        self._load(part, given)
        if part.basis is not None:
            self._warm(part.basis, part.used, given)
        self.solver.setOptionValue("simplex_strategy", 1)
        while True:
            self.solver.setOptionValue("simplex_iteration_limit", _ENDLESS)
            self.solver.run()
            solution = self.solver.getSolution()
            duals = np.array(solution.row_dual)
            reduced = self._reduced(part.ways, duals)
            paying = np.flatnonzero(reduced < -_NOTHING)
            paying = paying[~np.isin(part.ways[paying], given)]
            if len(paying) == 0:
                break
            new = part.ways[paying[np.argsort(reduced[paying])[:GIVEN]]]
            starts, rows = self._columns(new)
            many = len(new)
            self.solver.addCols(
                many, self.costs[new], np.zeros(many), np.full(many, INFINITE), len(rows), starts[:-1], rows,
                np.ones(len(rows)),
            )  # fmt: skip
            given = np.append(given, new)
            self.solver.setOptionValue("simplex_strategy", 4)
        values = np.array(solution.col_value)
        fixed = len(self.fixed[0])
        dearer = np.array(solution.col_dual)[: self.slacks]
        sums = np.array(solution.row_value)[self.staff + self.needs :]
        return _Solved(
            value=min(
                self.solver.getInfo().objective_function_value, self._least(part, duals, dearer, reduced)
            ),
            duals=duals,
            amounts=np.concatenate([values[: self.slacks], sums]),
            dearer=dearer,
            given=given,
            used=values[fixed:],
            reduced=reduced,
            basis=self.solver.getBasis(),
        )

    def _least(self, part: _Part, duals: Numbers, dearer: Numbers, reduced: Numbers) -> float:
        """What no choice of the part costs less than, by the prices alone: true also where the program was not solved."""
        first = self.staff + self.needs
        low = np.concatenate([dearer, duals[first:]])
        bounds = np.where(low > 0, part.low, part.high)
        bounded = np.isfinite(bounds) & (np.abs(bounds) < INFINITE)
        # A price on what has no bound is a rounding error, or there is no telling.
        if (np.abs(low[~bounded]) > _NOTHING).any():
            return -INFINITE
        whole = float((duals[:first] * self.needed).sum() + (low[bounded] * bounds[bounded]).sum())
        own = np.zeros(self.staff)
        np.minimum.at(own, self.owners[part.ways], reduced)
        return whole + float(own.sum())

    def _given_first(self, part: _Part, limit: float) -> Whole | None:
        reduced = self._reduced(part.ways, part.duals)
        order = np.argsort(reduced, kind="stable")
        near = reduced[order] <= max(_SLACK, GIVEN_OF_SPARE * (limit - part.value))
        chosen = np.zeros(len(self.owners), np.bool_)
        chosen[part.ways[order[near][:GIVEN]]] = True
        owners = self.owners[part.ways[order]]
        for owner in range(self.staff):
            own = np.flatnonzero(owners == owner)[:EACH]
            if len(own) == 0:
                return None
            chosen[part.ways[order[own]]] = True
        chosen[np.intersect1d(part.used, part.ways)] = True
        return np.flatnonzero(chosen)

    def _warm(self, parents: highspy.HighsBasis, used: Whole, given: Whole) -> None:
        """Start from the parent's basis, as far as its ways are there."""
        fixed = len(self.fixed[0])
        basis = highspy.HighsBasis()
        basis.valid = basis.alien = True
        basic = np.isin(given, used)
        away, within = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic
        basis.col_status = parents.col_status[:fixed] + [within if one else away for one in basic]
        basis.row_status = parents.row_status
        self.solver.setBasis(basis)

    # Forks

    def _forks(self, solved: _Solved) -> list[_Fork]:
        """What is not whole: sums that must be, and what employees do on days, the least whole first."""
        off = np.abs(solved.amounts - np.round(solved.amounts))
        forks = [
            _Fork(amount=int(at), value=float(solved.amounts[at]))
            for at in np.argsort(-off, kind="stable")[:CANDIDATES]
            if off[at] > _SLACK
        ]
        done = np.zeros((self.staff, self.days, self.kinds))
        for way in np.flatnonzero(solved.used > _NOTHING):
            at = solved.given[way]
            done[self.owners[at], np.arange(self.days), self.ways[at]] += solved.used[way]
        # Whether one works at all weighs more than at what.
        apart = np.minimum(done, 1 - done) * np.where(np.arange(self.kinds) == 0, 1.5, 1.0)
        for at in np.argsort(-apart, axis=None, kind="stable")[:CANDIDATES]:
            if apart.flat[at] > _SLACK:
                employee, day, kind = (int(one) for one in np.unravel_index(int(at), apart.shape))
                forks.append(_Fork(employee=employee, day=day, kind=kind))
        return forks

    def _best_fork(
        self, forks: list[_Fork], part: _Part, solved: _Solved, limit: float
    ) -> tuple[_Fork, tuple[float, float]]:
        """The one that makes both sides dearest, as far as some steps show; a side too dear counts as done with."""
        enough = limit - solved.value + 10 * _SLACK
        self.solver.setOptionValue("simplex_strategy", 1)
        self.solver.setOptionValue("simplex_iteration_limit", TRIED)
        best, chosen, both = -1.0, forks[0], (0.0, 0.0)
        for fork in forks:
            gains = [min(enough, max(1e-3, self._tried(fork, part, solved, side))) for side in (0, 1)]
            worth = gains[0] * gains[1] * (2.0 if max(gains) >= enough else 1.0)
            if worth > best:
                best, chosen, both = worth, fork, (gains[0], gains[1])
            if min(gains) >= enough:
                break
        return chosen, both

    def _tried(self, fork: _Fork, part: _Part, solved: _Solved, side: int) -> float:
        """How much dearer one side is at least nearly."""
        solver, at = self.solver, fork.amount
        closed = np.zeros(0, np.int32)
        change: Callable[[int, float, float], object] = solver.changeColBounds
        place = at
        if at >= self.slacks:
            change, place = solver.changeRowBounds, at + self.staff + self.needs - self.slacks
        if at >= 0:
            low, high = part.low[at], part.high[at]
            change(
                place,
                low if side == 0 else math.ceil(fork.value),
                math.floor(fork.value) if side == 0 else high,
            )
        else:
            closed = (np.flatnonzero(self._closed(fork, solved.given, side)) + len(self.fixed[0])).astype(
                np.int32
            )
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


def _groups(day: Whole, kind: Whole) -> list[NDArray[np.bool_]]:
    """Sums of too few and too many that are whole in every roster: of all, weeks, kinds, both, days, weekends."""
    week, weekend = day // WEEK, day % WEEK >= SATURDAY
    everything = np.ones(len(day), np.bool_)
    weeks = [week == one for one in np.unique(week)]
    kinds = [kind == one for one in np.unique(kind)]
    of_few = [everything, *weeks, *kinds, weekend, *(day == one for one in np.unique(day))]
    of_few += [one & other for one in [weekend, *weeks] for other in kinds]
    of_many = [everything, *weeks, *kinds]
    nothing = np.zeros(len(day), np.bool_)
    groups = [np.concatenate([one, nothing]) for one in of_few]
    groups += [np.concatenate([nothing, one]) for one in of_many]
    distinct = {group.tobytes(): group for group in groups if group.sum() > 1}
    return list(distinct.values())
