"""One employee's days as ways through a graph whose edges are stretches of work and of days off: columns and rows."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.instance import SATURDAY, SUNDAY, WEEK, Employee
from egenmakt.staffing.day_shifts.tables import Problem


@dataclass(frozen=True)
class Part:
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


def stretches_of(row: NDArray[np.int8], employee: Employee) -> list[tuple[str, int, int]]:
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


def part_of(problem: Problem, number: int, permitted: NDArray[np.bool_]) -> Part:
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

    def part(self) -> Part:
        rows, columns, values = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        return Part(
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
