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

from egenmakt.staffing.day_shifts.instance import SATURDAY, SUNDAY, WEEK, Employee
from egenmakt.staffing.day_shifts.tables import BIG, Problem

Rows = NDArray[np.int8]
Permitted = NDArray[
    np.bool_
]  # E × D × K: whether the employee may still be given this on the day (0: day off)


@dataclass(frozen=True)
class _Part:
    """One employee's columns and rows, numbered from zero."""

    costs: NDArray[np.float64]
    days: NDArray[np.int64]  # of each column: the day and kind of a shift, or -1 for stretches and weekends
    kinds: NDArray[np.int64]
    row: NDArray[np.int64]  # the entries, as triples
    column: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]  # of each row
    high: NDArray[np.float64]
    fixed_cost: float
    stretches: dict[tuple[str, int, int], int]


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
        self.parts: dict[int, _Part] = {}

    def part(self, number: int) -> _Part:
        """One employee's part."""
        if number not in self.parts:
            self.parts[number] = _part(self.problem, number, self.permitted[number])
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
            for stretch in _stretches_of(row, self.whole.problem.instance.employees[number]):
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


def _stretches_of(row: NDArray[np.int8], employee: Employee) -> list[tuple[str, int, int]]:
    """The edges that a row of days uses."""
    days = len(row)
    used: list[tuple[str, int, int]] = []
    day = 0
    while day < days:
        end = day
        while end < days and (row[end] > 0) == (row[day] > 0):
            end += 1
        if row[day] > 0:
            used.append(("work", day, end))
            used += [("weekend", at // WEEK, 0) for at in range(day, end) if at % WEEK in (SATURDAY, SUNDAY)]
        else:
            first = day if day == 0 else min(end, day + employee.least_off_in_a_row)
            if day > 0:
                used.append(("rest", day, first))
            used += [("off", at, at + 1) for at in range(first, end)]
        day = end
    return used


def _part(problem: Problem, number: int, permitted: NDArray[np.bool_]) -> _Part:
    """One employee's columns (shifts, stretches, weekends) and rows."""
    building = _Building(problem, number, permitted)
    building.shifts()
    building.graph()
    building.rotation()
    building.limits()
    return building.part()


class _Building:
    """The part of one employee, being made."""

    def __init__(self, problem: Problem, number: int, permitted: NDArray[np.bool_]) -> None:
        self.instance = problem.instance
        self.employee = problem.instance.employees[number]
        self.price = problem.tables.price[number]
        self.permitted = permitted
        self.days, self.kinds = permitted.shape
        self.costs: list[float] = []
        self.day_of: list[int] = []
        self.kind_of: list[int] = []
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.at: dict[tuple[int, int], int] = {}
        self.stretches: dict[tuple[str, int, int], int] = {}

    def shifts(self) -> None:
        for day in range(self.days):
            for kind in range(1, self.kinds):
                if self.permitted[day, kind]:
                    cost = self.price[day, kind] - self.price[day, 0]
                    self.at[day, kind] = self._column(float(cost), day, kind)

    def graph(self) -> None:
        """Ways from ready-to-work on day 0 to the end; after work a rest, after the rest ready or off another day."""
        one, days = self.employee, self.days
        may_work: NDArray[np.bool_] = np.asarray(self.permitted[:, 1:].any(axis=1))
        may_rest: NDArray[np.bool_] = np.array(self.permitted[:, 0])
        ready = [self._row(-1.0 if day == 0 else 0.0) for day in range(days)]  # out of the source flows one
        tired = [self._row(0.0) for _ in range(days)]
        works = [self._row(0.0) for _ in range(days)]
        for (day, _), column in self.at.items():
            self.entries.append((works[day], column, 1.0))
        for start in range(days):
            for end in range(start + 1, min(days, start + one.most_in_a_row) + 1):
                if not may_work[end - 1]:
                    break
                if end - start >= one.least_in_a_row or start == 0 or end == days:
                    column = self._stretch(("work", start, end))
                    self.entries.append((ready[start], column, -1.0))
                    if end < days:
                        self.entries.append((tired[end], column, 1.0))
                    self.entries += [(works[day], column, -1.0) for day in range(start, end)]
            if may_rest[start]:
                column = self._stretch(("off", start, start + 1))
                self.entries.append((ready[start], column, -1.0))
                if start + 1 < days:
                    self.entries.append((ready[start + 1], column, 1.0))
            end = min(days, start + one.least_off_in_a_row)
            if start > 0 and may_rest[start:end].all():
                column = self._stretch(("rest", start, end))
                self.entries.append((tired[start], column, -1.0))
                if end < days:
                    self.entries.append((ready[end], column, 1.0))

    def rotation(self) -> None:
        """Of kinds that bar the same followers, at most one on a day together with those followers on the next."""
        names = [shift.id for shift in self.instance.shifts]
        barred = {
            kind: frozenset(names.index(one) + 1 for one in shift.not_followed_by)
            for kind, shift in enumerate(self.instance.shifts, start=1)
        }
        for followers in set(barred.values()) - {frozenset()}:
            some = [kind for kind, bars in barred.items() if bars >= followers]
            for day in range(self.days - 1):
                before = [self.at[day, kind] for kind in some if (day, kind) in self.at]
                after = [self.at[day + 1, kind] for kind in followers if (day + 1, kind) in self.at]
                if before and after:
                    row = self._row(-highspy.kHighsInf, 1.0)
                    self.entries += [(row, column, 1.0) for column in before + after]

    def limits(self) -> None:
        one = self.employee
        lengths = [0, *(shift.minutes for shift in self.instance.shifts)]
        own = sorted({lengths[kind] for _, kind in self.at})
        unit = int(np.gcd.reduce(own)) if own else 1
        row = self._row(float(-(-one.least_minutes // unit)), float(one.most_minutes // unit))
        self.entries += [(row, column, float(lengths[kind] // unit)) for (_, kind), column in self.at.items()]
        if len(own) == 2:  # how many shifts there can be at least and at most, whatever their length
            row = self._row(float(-(-one.least_minutes // own[1])), float(one.most_minutes // own[0]))
            self.entries += [(row, column, 1.0) for column in self.at.values()]
        for kind, shift in enumerate(self.instance.shifts, start=1):
            columns = [column for (_, other), column in self.at.items() if other == kind]
            if len(columns) > one.most_of[shift.id]:
                row = self._row(-highspy.kHighsInf, float(one.most_of[shift.id]))
                self.entries += [(row, column, 1.0) for column in columns]
        weekends = sorted({day // WEEK for day, _ in self.at if day % WEEK in (SATURDAY, SUNDAY)})
        if len(weekends) > one.most_weekends:
            total = self._row(-highspy.kHighsInf, float(one.most_weekends))
            for week in weekends:
                worked = self._stretch(("weekend", week, 0))
                self.entries.append((total, worked, 1.0))
                for day in (week * WEEK + SATURDAY, week * WEEK + SUNDAY):
                    columns = [column for (other, _), column in self.at.items() if other == day]
                    if columns:
                        row = self._row(-highspy.kHighsInf, 0.0)
                        self.entries += [(row, column, 1.0) for column in columns]
                        self.entries.append((row, worked, -1.0))

    def part(self) -> _Part:
        rows, columns, values = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        return _Part(
            costs=np.array(self.costs),
            days=np.array(self.day_of, dtype=np.int64),
            kinds=np.array(self.kind_of, dtype=np.int64),
            row=np.array(rows, dtype=np.int64),
            column=np.array(columns, dtype=np.int64),
            value=np.array(values, dtype=np.float64),
            low=np.array(self.low),
            high=np.array(self.high),
            fixed_cost=float(self.price[:, 0].sum()),
            stretches=self.stretches,
        )

    def _column(self, cost: float, day: int = -1, kind: int = -1) -> int:
        self.costs.append(cost)
        self.day_of.append(day)
        self.kind_of.append(kind)
        return len(self.costs) - 1

    def _stretch(self, name: tuple[str, int, int]) -> int:
        self.stretches[name] = self._column(0.0)
        return self.stretches[name]

    def _row(self, low: float, high: float | None = None) -> int:
        self.low.append(low)
        self.high.append(low if high is None else high)
        return len(self.low) - 1
