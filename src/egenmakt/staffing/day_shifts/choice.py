"""The linear program that chooses one way for each employee among those listed, at the least cost of all.

Only ways that cost little at the parent's prices are given to the program at first, the others are looked through by
their reduced costs. Guarantees: no choice of a part costs less than the value told, also where the program did not come
to its end.
"""

from __future__ import annotations

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
NOTHING, SLACK = 1e-6, 1e-4
GIVEN = 3_000  # so many ways are given to the program at first, and added at a time
GIVEN_OF_SPARE = 0.25  # those that cost at most this part of the spare
EACH = 20  # so many of each employee's at least
DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
_ENDLESS = 2_147_483_647
Rows = NDArray[np.int8]
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """A part of all choices: what is left and between what bounds; and the parent's value, prices and basis."""

    ways: Whole
    low: Numbers  # of each too few, each too many, each sum of them
    high: Numbers
    value: float
    duals: Numbers
    used: Whole
    basis: highspy.HighsBasis | None = None


@dataclass(frozen=True)
class Solved:
    """The linear program of a part, solved."""

    value: float
    duals: Numbers
    amounts: Numbers  # of each too few, each too many, each sum
    dearer: Numbers  # reduced cost of each too few and too many
    given: Whole
    used: Numbers  # of those given
    reduced: Numbers  # of all ways left
    basis: highspy.HighsBasis


class Choice:
    """The program over a list of ways.

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
        low = np.zeros(self.slacks + len(groups) + len(sums))
        low[self.slacks :] = -INFINITE
        high = np.full(len(low), INFINITE)
        for number, bounds in sums.items():
            short, some = master.summed[number]
            at = self.slacks + len(groups)
            low[at], high[at] = bounds
            groups.append(np.isin(np.arange(self.slacks), some if short else self.needs + some))
        self.low, self.high, self.groups = low, high, groups
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

    def everything(self, relaxed: Relaxed) -> Part:
        """All that is listed, from the program over all ways that it was taken from."""
        priced = np.concatenate([relaxed.own, relaxed.duals[self.needed_at], np.zeros(len(self.groups))])
        ways = np.arange(len(self.owners))
        return Part(ways, self.low, self.high, relaxed.bound, priced, ways[:0])

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

    def _load(self, part: Part, given: Whole) -> None:
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

    def solve(self, part: Part, limit: float) -> Solved | None:
        """The program over all ways of a part; None when somebody has none."""
        given = self._given_first(part, limit)
        if given is None:
            return None
        self._load(part, given)
        if part.basis is not None:
            self._warm(part.basis, part.used, given)
        self.solver.setOptionValue("simplex_strategy", DUAL_SIMPLEX)
        while True:
            self.solver.setOptionValue("simplex_iteration_limit", _ENDLESS)
            self.solver.run()
            solution = self.solver.getSolution()
            duals = np.array(solution.row_dual)
            reduced = self._reduced(part.ways, duals)
            paying = np.flatnonzero(reduced < -NOTHING)
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
            self.solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        values = np.array(solution.col_value)
        fixed = len(self.fixed[0])
        dearer = np.array(solution.col_dual)[: self.slacks]
        sums = np.array(solution.row_value)[self.staff + self.needs :]
        return Solved(
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

    def _least(self, part: Part, duals: Numbers, dearer: Numbers, reduced: Numbers) -> float:
        """What no choice of the part costs less than, by the prices alone: true also where the program was not solved."""
        first = self.staff + self.needs
        low = np.concatenate([dearer, duals[first:]])
        bounds = np.where(low > 0, part.low, part.high)
        bounded = np.isfinite(bounds) & (np.abs(bounds) < INFINITE)
        # A price on what has no bound is a rounding error, or there is no telling.
        if (np.abs(low[~bounded]) > NOTHING).any():
            return -INFINITE
        whole = float((duals[:first] * self.needed).sum() + (low[bounded] * bounds[bounded]).sum())
        own = np.zeros(self.staff)
        np.minimum.at(own, self.owners[part.ways], reduced)
        return whole + float(own.sum())

    def _given_first(self, part: Part, limit: float) -> Whole | None:
        reduced = self._reduced(part.ways, part.duals)
        order = np.argsort(reduced, kind="stable")
        near = reduced[order] <= max(SLACK, GIVEN_OF_SPARE * (limit - part.value))
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
