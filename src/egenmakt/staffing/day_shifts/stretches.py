"""The roster as an integer program of stretches, solved by HiGHS: for proof on whole instances, for repair on parts.

Each employee's days are one way through a graph whose edges are stretches of work and of days off, tied to the kinds of
shift worked; what each day needs ties employees together. Guarantees: a solution keeps every rule; a bound holds for
the employees that are free to change, given the others' days and what is permitted (`permitted`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.stretch_graph import Part, part_of, stretches_of
from egenmakt.staffing.day_shifts.tables import BIG, Problem

Rows = NDArray[np.int8]
Permitted = NDArray[
    np.bool_
]  # E × D × K: whether the employee may still be given this on the day (0: day off)


@dataclass(frozen=True)
class Solved:
    """What came of it: the rows (None when nothing was found), their whole cost, and the bound."""

    rows: Rows | None
    bound: float
    proved: bool


class Stretches:
    """The parts of every employee, made when first needed, put together for any choice of employees."""

    def __init__(self, problem: Problem, permitted: Permitted | None = None) -> None:
        self.problem = problem
        self.tables = problem.tables
        self.permitted = permitted_at_first(problem) if permitted is None else permitted
        self.parts: dict[int, Part] = {}

    def part(self, number: int) -> Part:
        """One employee's part."""
        if number not in self.parts:
            self.parts[number] = part_of(self.problem, number, self.permitted[number])
        return self.parts[number]

    def solve(
        self,
        rows: Rows | None,
        free: Sequence[int],
        *,
        seconds: float,
        nodes: int | None = None,
        days: tuple[int, int] | None = None,
        better_than: float | None = None,
        threads: int = 1,
        seed: int = 0,
        told: Callable[[Rows | None, float], None] | None = None,
    ) -> Solved:
        """Give the free employees days anew, the others' kept; `days`: only from the first to before the second.

        `rows` is where one stands (None: all are free), used as a first solution. `told` hears of each solution and
        each better bound.
        """
        return _Program(self, rows, free, days).solve(
            seconds=seconds, nodes=nodes, better_than=better_than, threads=threads, seed=seed, told=told
        )


def permitted_at_first(problem: Problem) -> Permitted:
    """What days off and limits of zero permit."""
    permitted: Permitted = problem.tables.price < BIG / 2
    return permitted


class _Program:
    """The parts of some employees and the days' needs, as one program."""

    def __init__(
        self, whole: Stretches, rows: Rows | None, free: Sequence[int], days: tuple[int, int] | None
    ) -> None:
        self.whole, self.rows, self.free = whole, rows, list(free)
        self.tables = whole.tables
        _, length, kinds = self.tables.price.shape
        self.parts = [whole.part(number) for number in self.free]
        self.column_at = np.cumsum([0, *(len(part.costs) for part in self.parts)])
        self.row_at = np.cumsum([0, *(len(part.low) for part in self.parts)])
        present = np.zeros((length, kinds), np.int64)
        self.kept_cost = 0.0
        if rows is not None:
            for number in set(range(len(rows))) - set(self.free):
                present[np.arange(length), rows[number]] += 1
                self.kept_cost += float(self.tables.price[number, np.arange(length), rows[number]].sum())
        self.needed = self.tables.needed - present
        self.window = days

    @cached_property
    def covered(self) -> NDArray[np.int64]:
        """Days and kinds that have a row: where some free employee may work and too few or too many cost."""
        _, length, kinds = self.tables.price.shape
        possible = np.zeros((length, kinds), np.bool_)
        for part in self.parts:
            on = part.days >= 0
            possible[part.days[on], part.kinds[on]] = True
        possible &= (self.tables.under > 0) | (self.tables.over > 0)
        return np.argwhere(possible)

    def solve(
        self,
        *,
        seconds: float,
        nodes: int | None,
        better_than: float | None,
        threads: int,
        seed: int,
        told: Callable[[Rows | None, float], None] | None,
    ) -> Solved:
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("threads", threads)
        solver.setOptionValue("random_seed", seed)
        solver.setOptionValue("time_limit", max(0.05, seconds))
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.999)  # every cost is whole
        if nodes is not None:
            solver.setOptionValue("mip_max_nodes", nodes)
        fixed = self._fixed_cost()
        if better_than is not None:
            solver.setOptionValue("objective_bound", better_than - fixed)
        solver.passModel(self._model())
        if self.rows is not None:
            solution = highspy.HighsSolution()
            solution.col_value = self._values(self.rows).tolist()
            solver.setSolution(solution)
        if told is not None:
            self._listen(solver, fixed, told)
        solver.run()
        info = solver.getInfo()
        bound = info.mip_dual_bound + fixed
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        proved = solver.getModelStatus() in (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kInfeasible,
        )
        rows = self._rows(np.array(solver.getSolution().col_value)) if found else None
        return Solved(rows, bound, proved)

    def _fixed_cost(self) -> float:
        """What the program's own costs leave out: the others' wishes, and needs that nobody free can meet."""
        left_out = np.ones(self.needed.shape, np.bool_)
        left_out[self.covered[:, 0], self.covered[:, 1]] = False
        left_out[:, 0] = False
        short = (
            np.maximum(self.needed, 0) * self.tables.under + np.maximum(-self.needed, 0) * self.tables.over
        )
        return self.kept_cost + float(short[left_out].sum()) + sum(part.fixed_cost for part in self.parts)

    def _model(self) -> highspy.HighsLp:
        columns, rows = int(self.column_at[-1]), int(self.row_at[-1])
        count = len(self.covered)
        place = {(int(d), int(k)): rows + at for at, (d, k) in enumerate(self.covered)}
        entry_rows, entry_columns, entry_values = [], [], []
        low, high = np.zeros(columns + 2 * count), np.ones(columns + 2 * count)
        for part, column_at, row_at in zip(self.parts, self.column_at, self.row_at, strict=False):
            entry_rows.append(part.row + row_at)
            entry_columns.append(part.column + column_at)
            entry_values.append(part.value)
            on = np.flatnonzero(part.days >= 0)
            pairs = [(place.get((int(part.days[at]), int(part.kinds[at]))), at) for at in on]
            kept = [(row, at) for row, at in pairs if row is not None]
            entry_rows.append(np.array([row for row, _ in kept], dtype=np.int64))
            entry_columns.append(np.array([at for _, at in kept], dtype=np.int64) + column_at)
            entry_values.append(np.ones(len(kept)))
        if self.window is not None and self.rows is not None:
            values = self._values(self.rows)
            for part, column_at in zip(self.parts, self.column_at, strict=False):
                out = (part.days >= 0) & ((part.days < self.window[0]) | (part.days >= self.window[1]))
                at = np.flatnonzero(out) + column_at
                low[at] = high[at] = values[at]
        extra = np.arange(count)
        entry_rows += [rows + extra, rows + extra]
        entry_columns += [columns + extra, columns + count + extra]
        entry_values += [np.ones(count), -np.ones(count)]
        high[columns:] = highspy.kHighsInf
        days, kinds = self.covered[:, 0], self.covered[:, 1]
        needed = self.needed[days, kinds].astype(np.float64)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns + 2 * count, rows + count
        model.col_cost_ = np.concatenate(
            [
                *(part.costs for part in self.parts),
                self.tables.under[days, kinds],
                self.tables.over[days, kinds],
            ]
        )
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_ = np.concatenate([*(part.low for part in self.parts), needed])
        model.row_upper_ = np.concatenate([*(part.high for part in self.parts), needed])
        all_columns = np.concatenate(entry_columns)
        order = np.lexsort((np.concatenate(entry_rows), all_columns))
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate(
            [[0], np.cumsum(np.bincount(all_columns, minlength=model.num_col_))]
        ).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate(entry_rows)[order].astype(np.int32)
        model.a_matrix_.value_ = np.concatenate(entry_values)[order]
        whole = [highspy.HighsVarType.kInteger] * columns
        model.integrality_ = whole + [highspy.HighsVarType.kContinuous] * (2 * count)
        return model

    def _values(self, rows: Rows) -> NDArray[np.float64]:
        """The columns' values of a roster."""
        values = np.zeros(int(self.column_at[-1]) + 2 * len(self.covered))
        present = np.zeros(self.needed.shape, np.int64)
        for number, part, column_at in zip(self.free, self.parts, self.column_at, strict=False):
            row = rows[number]
            on = np.flatnonzero(part.days >= 0)
            values[column_at + on] = row[part.days[on]] == part.kinds[on]
            present[np.arange(len(row)), row] += 1
            for stretch in stretches_of(row, self.whole.problem.instance.employees[number]):
                if stretch in part.stretches:
                    values[column_at + part.stretches[stretch]] = 1.0
        days, kinds = self.covered[:, 0], self.covered[:, 1]
        left = (self.needed - present)[days, kinds]
        values[self.column_at[-1] :] = np.concatenate([np.maximum(left, 0), np.maximum(-left, 0)])
        return values

    def _rows(self, values: NDArray[np.float64]) -> Rows:
        _, days, _ = self.tables.price.shape
        rows = (
            np.zeros((self.tables.price.shape[0], days), np.int8) if self.rows is None else self.rows.copy()
        )
        for number, part, column_at in zip(self.free, self.parts, self.column_at, strict=False):
            rows[number] = 0
            on = np.flatnonzero((part.days >= 0) & (values[column_at : column_at + len(part.days)] > 0.5))
            rows[number, part.days[on]] = part.kinds[on]
        return rows

    def _listen(
        self, solver: highspy.Highs, fixed: float, told: Callable[[Rows | None, float], None]
    ) -> None:
        """Hand on solutions and bounds as they come."""
        heard = [-highspy.kHighsInf]

        def better(event: highspy.HighsCallbackEvent) -> None:
            told(self._rows(np.array(event.data_out.mip_solution)), heard[0] + fixed)

        def goes_on(event: highspy.HighsCallbackEvent) -> None:
            bound = event.data_out.mip_dual_bound
            if bound > heard[0] + 1e-6:
                heard[0] = bound
                told(None, bound + fixed)

        solver.cbMipImprovingSolution.subscribe(better)
        solver.cbMipInterrupt.subscribe(goes_on)
