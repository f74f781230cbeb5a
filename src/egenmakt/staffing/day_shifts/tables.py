"""The instance as tables of numbers, for compiled search.

Kinds of shift are numbered from one; zero is a day off. What an employee has used up of minutes and of limited kinds
is one number, a `used` state, with a table that says what it becomes after one more shift. Kinds that differ in nothing
but cost form one class for an employee. Limits that would make the table too large are left out of it, and checked
where rosters are made (`checked_most`): what is found by the tables alone is then a bound from below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.instance import SATURDAY, WEEK, Employee, Instance, Roster

Array = NDArray[np.generic]
Whole = NDArray[np.int64]
MOST_STATES = 400  # so many states of what is used up, at most, while limits are being taken into the table
BIG = 1e9


class Tables(NamedTuple):
    """Everything the compiled search reads. E employees, D days, K kinds and zero, C classes, Q states of `used`."""

    price: NDArray[np.float64]  # E × D × K: what wishes cost when the employee does this; BIG: not permitted
    needed: NDArray[np.int64]  # D × K
    under: NDArray[np.float64]  # D × K
    over: NDArray[np.float64]  # D × K
    most_run: NDArray[np.int64]  # E
    least_run: NDArray[np.int64]  # E
    least_off: NDArray[np.int64]  # E
    weekends: NDArray[np.int64]  # E: most weekends, or -1 where that never binds
    classes: NDArray[np.int64]  # E: how many classes
    class_of: NDArray[np.int64]  # E × K: -1 for kinds never worked
    barred: NDArray[np.bool_]  # E × C × C: the second may not follow the first
    states: NDArray[np.int64]  # E: how many states of `used`
    after: NDArray[np.int64]  # E × Q × C: state after one shift more; -1: too much
    before: NDArray[np.int64]  # E × Q × C: the state that one shift less leaves
    enough: NDArray[np.bool_]  # E × Q: at least the least minutes
    first_state: NDArray[np.int64]  # E × D: states before this cannot reach the least minutes after the day
    last_state: NDArray[np.int64]  # E × D: states from this on need more days than have passed
    checked_most: NDArray[np.int64]  # E × K: limits outside the table; D where there is none


@dataclass(frozen=True)
class Problem:
    """An instance and its tables."""

    instance: Instance
    tables: Tables

    def only(self, permitted: NDArray[np.bool_]) -> Problem:
        """The problem with only this permitted (E × D × K)."""
        return Problem(self.instance, self.tables._replace(price=np.where(permitted, self.tables.price, BIG)))

    def part(self, some: NDArray[np.int64], rows: NDArray[np.int8]) -> Problem:
        """Only some employees' part, when the others keep their rows: what is left of the needs may be below zero."""
        needed = self.tables.needed.copy()
        days = np.arange(rows.shape[1])
        for row in np.delete(rows, some, axis=0):
            needed[days, row] -= 1
        whole = {"needed", "under", "over"}
        own = {name: array[some] for name, array in self.tables._asdict().items() if name not in whole}
        return Problem(self.instance, self.tables._replace(needed=needed, **own))

    def roster(self, numbers: NDArray[np.int8]) -> Roster:
        """A matrix employees × days of numbers of kinds, as a roster."""
        names = [None, *(shift.id for shift in self.instance.shifts)]
        return {
            employee.id: tuple(names[int(number)] for number in row)
            for employee, row in zip(self.instance.employees, numbers, strict=True)
        }

    def numbers(self, roster: Roster) -> NDArray[np.int8]:
        """The matrix of a whole roster."""
        number: Mapping[str | None, int] = {None: 0} | {
            shift.id: at for at, shift in enumerate(self.instance.shifts, start=1)
        }
        rows = [[number[shift] for shift in roster[one.id]] for one in self.instance.employees]
        return np.array(rows, dtype=np.int8)


def problem_of(instance: Instance) -> Problem:
    """The tables of an instance."""
    return Problem(instance, _tables(instance))


def _tables(instance: Instance) -> Tables:
    days, kinds, staff = instance.days, len(instance.shifts) + 1, instance.employees
    kind = {shift.id: number for number, shift in enumerate(instance.shifts, start=1)}
    place = {employee.id: number for number, employee in enumerate(staff)}
    needed = np.zeros((days, kinds), np.int64)
    under, over = np.zeros((days, kinds)), np.zeros((days, kinds))
    for need in instance.cover:
        at = need.day, kind[need.shift]
        needed[at], under[at], over[at] = need.needed, need.under, need.over
    price = np.zeros((len(staff), days, kinds))
    for wish in instance.on_wishes:
        price[place[wish.employee], wish.day, :] += wish.weight
        price[place[wish.employee], wish.day, kind[wish.shift]] -= wish.weight
    for wish in instance.off_wishes:
        price[place[wish.employee], wish.day, kind[wish.shift]] += wish.weight
    used = [_Used(instance, employee) for employee in staff]
    classes = max(1, *(len(one.members) for one in used))
    states = max(len(one.states) for one in used)
    class_of = np.full((len(staff), kinds), -1)
    barred = np.zeros((len(staff), classes, classes), np.bool_)
    after = np.full((len(staff), states, classes), -1)
    before = np.full((len(staff), states, classes), -1)
    enough = np.zeros((len(staff), states), np.bool_)
    first_state = np.zeros((len(staff), days), np.int64)
    last_state = np.zeros((len(staff), days), np.int64)
    checked_most = np.full((len(staff), kinds), days)
    for number, (employee, one) in enumerate(zip(staff, used, strict=True)):
        off = sorted(employee.days_off)
        price[number, off, 1:] = BIG
        price[number, :, [kind[shift.id] for shift in instance.shifts if shift.id not in one.class_of]] = BIG
        for shift, group in one.class_of.items():
            class_of[number, kind[shift]] = group
        for shift, most in one.checked.items():
            checked_most[number, kind[shift]] = most
        width = len(one.members)
        barred[number, :width, :width] = one.barred
        after[number, : len(one.states), :width] = one.after
        for state, row in enumerate(one.after):
            for group, reached in enumerate(row):
                if reached >= 0:
                    before[number, reached, group] = state
        enough[number, : len(one.states)] = [minutes >= employee.least_minutes for minutes in one.minutes]
        worked = np.array(one.worked)
        for day in range(days):
            last_state[number, day] = np.searchsorted(worked, day + 1, side="right")
            late = one.least_worked - (days - 1 - day)
            first_state[number, day] = np.searchsorted(worked, late, side="left")
    weekends = sum(
        1 for day in range(days) if day % WEEK == SATURDAY or (day == days - 1 and day % WEEK > SATURDAY)
    )
    return Tables(
        price=price,
        needed=needed,
        under=under,
        over=over,
        most_run=np.array([min(one.most_in_a_row, days) for one in staff]),
        least_run=np.array([one.least_in_a_row for one in staff]),
        least_off=np.array([min(one.least_off_in_a_row, days) for one in staff]),
        weekends=np.array([one.most_weekends if one.most_weekends < weekends else -1 for one in staff]),
        classes=np.array([len(one.members) for one in used]),
        class_of=class_of,
        barred=barred,
        states=np.array([len(one.states) for one in used]),
        after=after,
        before=before,
        enough=enough,
        first_state=first_state,
        last_state=last_state,
        checked_most=checked_most,
    )


class _Used:
    """What one employee may use up: classes of kinds, states of minutes and limited kinds, and steps between them."""

    def __init__(self, instance: Instance, employee: Employee) -> None:
        allowed = [
            shift
            for shift in instance.shifts
            if employee.most_of[shift.id] > 0 and shift.minutes <= employee.most_minutes
        ]
        self.unit = gcd(*(shift.minutes for shift in allowed)) if allowed else 1
        self.most = employee.most_minutes // self.unit
        possible = {shift.id: min(instance.days, employee.most_minutes // shift.minutes) for shift in allowed}
        limits = {
            shift: employee.most_of[shift] for shift in possible if employee.most_of[shift] < possible[shift]
        }
        self.shifts = {shift.id: shift for shift in allowed}
        self.employee = employee
        self.days = instance.days
        taken: dict[str, int] = {}
        self._walk(taken)
        for shift in sorted(limits, key=lambda one: limits[one] / possible[one]):  # the tightest first
            self._walk(taken | {shift: limits[shift]})
            if len(self.states) > MOST_STATES:
                break
            taken[shift] = limits[shift]
        self._walk(taken)
        self.checked = {shift: most for shift, most in limits.items() if shift not in taken}
        self.minutes = [state[0] * self.unit for state in self.states]
        longest = max((shift.minutes for shift in allowed), default=1)
        self.least_worked = -(-employee.least_minutes // longest)

    def _walk(self, taken: Mapping[str, int]) -> None:
        """Every state that can be reached, those with fewer shifts first."""
        ids = list(self.shifts)
        bars = {one: frozenset(two for two in ids if two in self.shifts[one].not_followed_by) for one in ids}
        barred_by = {one: frozenset(two for two in ids if one in bars[two]) for one in ids}
        members: dict[object, list[str]] = {}
        for one in ids:
            alone = one if one in taken else None
            members.setdefault((self.shifts[one].minutes, bars[one], barred_by[one], alone), []).append(one)
        self.members = list(members.values())
        self.class_of = {one: group for group, some in enumerate(self.members) for one in some}
        self.barred = np.zeros((len(self.members), len(self.members)), np.bool_)
        for group, some in enumerate(self.members):
            for other, more in enumerate(self.members):
                self.barred[group, other] = more[0] in bars[some[0]]
        order = list(taken)
        steps = [
            (self.shifts[some[0]].minutes // self.unit, *(int(one == some[0]) for one in order))
            for some in self.members
        ]
        most = (self.most, *(taken[one] for one in order))
        start = (0,) * len(most)
        # By how many shifts have been worked, so that days bound the states that are possible.
        level = {(0, start): None}
        places: dict[tuple[int, tuple[int, ...]], int] = {}
        while level:
            places |= {state: len(places) + at for at, state in enumerate(level)}
            following: dict[tuple[int, tuple[int, ...]], None] = {}
            for worked, state in level:
                for step in steps:
                    reached = tuple(map(sum, zip(state, step, strict=True)))
                    if worked < self.days and all(map(int.__le__, reached, most)):
                        following[worked + 1, reached] = None
            level = following
        self.states = [state for _, state in places]
        self.worked = [worked for worked, _ in places]
        self.after = [
            [places.get((worked + 1, tuple(map(sum, zip(state, step, strict=True)))), -1) for step in steps]
            for worked, state in places
        ]
