"""What is to be rostered: kinds of shift, employees with their limits, wishes, and how many each day needs.

Guarantees: the objects never change and are whole (made by `reading.read`, which refuses what is not). A day is a
number from zero; day zero is a Monday. Lengths are whole minutes, weights whole numbers of no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

WEEK = 7
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift: its length, and the kinds that may not be worked on the day after it."""

    id: str
    minutes: int
    not_followed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody's limits. `most_of` gives, for each kind of shift, how many at most; 0 is never.

    A run that touches the first or the last day of the horizon may be shorter than `least_in_a_row` and
    `least_off_in_a_row`, since it may go on outside; the longest run holds for it too.
    """

    id: str
    most_of: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off_in_a_row: int
    most_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to work a kind of shift on a day, or not to; not met, it costs its weight."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cover:
    """How many are needed for a kind of shift on a day, and what each one too few and too many costs."""

    day: int
    shift: str
    needed: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """A roster to make."""

    days: int
    shifts: tuple[Shift, ...]
    employees: tuple[Employee, ...]
    on_wishes: tuple[Wish, ...] = ()
    off_wishes: tuple[Wish, ...] = ()
    cover: tuple[Cover, ...] = ()

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """Kinds of shift by id."""
        return {one.id: one for one in self.shifts}

    @cached_property
    def employee(self) -> Mapping[str, Employee]:
        """Employees by id."""
        return {one.id: one for one in self.employees}


# For each employee what is worked on each day: the id of a kind of shift, or None for a day off.
Roster = Mapping[str, tuple[str | None, ...]]
