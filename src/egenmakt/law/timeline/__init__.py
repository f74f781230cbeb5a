"""Periods of days, and values that hold for a time.

What for: law is a function from facts to timelines, because facts and law both change with time.
Serves K-06, K-07, H-30 and every row where something holds from one day to another.
`Period` is half-open; `Timeline[T]` is an immutable map from dates to values, built of periods.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar

__all__ = ["NoValue", "Overlap", "Period", "Stretch", "Timeline", "add_months", "add_years", "evaluate_over"]

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R")

_ONE_DAY = timedelta(days=1)


class Overlap(ValueError):
    """Two values were given for the same day."""


class NoValue(LookupError):
    """The timeline has no value for the day."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to but not including `end`; without `end` it has no end."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a period must hold at least one day: {self.start} – {self.end}")

    @classmethod
    def through(cls, first: date, last: date | None) -> Period:
        """The days from `first` through `last`, both counted. No `last`, or the last day there is: no end."""
        return cls(first, None if last is None or last == date.max else last + _ONE_DAY)

    @property
    def last(self) -> date | None:
        """The last day of the period, or None when it has no end."""
        return None if self.end is None else self.end - _ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def intersection(self, other: Period) -> Period | None:
        """The days in both periods, or None."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Period(start, end)

    def meets(self, other: Period) -> bool:
        """Whether `other` starts the day after this one ends."""
        return self.end is not None and self.end == other.start

    def split_at(self, days: Iterable[date]) -> Iterator[Period]:
        """The parts of the period between the given days, in order; days outside it make no difference."""
        inner = sorted({day for day in days if day in self and day != self.start})
        starts = [self.start, *inner]
        for start, end in zip(starts, [*inner, self.end], strict=True):
            yield Period(start, end)


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """One period of a timeline and the value that holds on every day of it."""

    period: Period
    value: T


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """An immutable map from days to values. Stretches are in order and never overlap; there may be gaps."""

    stretches: tuple[Stretch[T], ...] = ()

    @classmethod
    def from_stretches(cls, stretches: Iterable[Stretch[T] | tuple[Period, T]]) -> Timeline[T]:
        """Build a timeline from stretches in any order. Raises Overlap when a day would get two values."""
        parts = [part if isinstance(part, Stretch) else Stretch(*part) for part in stretches]
        parts.sort(key=lambda part: part.period.start)
        for earlier, later in pairwise(parts):
            if earlier.period.intersection(later.period):
                raise Overlap(f"two values from {later.period.start}")
        return cls(tuple(parts))

    def __iter__(self) -> Iterator[Stretch[T]]:
        return iter(self.stretches)

    def __len__(self) -> int:
        return len(self.stretches)

    def stretch_at(self, day: date) -> Stretch[T]:
        """The stretch the day belongs to. Raises NoValue in a gap and outside the timeline."""
        for stretch in self.stretches:
            if day in stretch.period:
                return stretch
        raise NoValue(f"no value on {day}")

    def at(self, day: date) -> T:
        """The value on the day. Raises NoValue in a gap and outside the timeline."""
        return self.stretch_at(day).value

    def map(self, function: Callable[[T], U]) -> Timeline[U]:
        """The timeline of the function's results, over the same periods."""
        return Timeline(tuple(Stretch(part.period, function(part.value)) for part in self.stretches))

    def combine(self, other: Timeline[U], function: Callable[[T, U], R]) -> Timeline[R]:
        """The function applied to both values on every day where both timelines have one."""
        result: list[Stretch[R]] = []
        for mine in self.stretches:
            for theirs in other.stretches:
                common = mine.period.intersection(theirs.period)
                if common is not None:
                    result.append(Stretch(common, function(mine.value, theirs.value)))
        return Timeline.from_stretches(result)

    def gaps(self, within: Period) -> tuple[Period, ...]:
        """The parts of `within` for which the timeline has no value."""
        gaps: list[Period] = []
        rest: Period | None = within
        for part in self.stretches:
            common = rest.intersection(part.period) if rest else None
            if rest is None or common is None:
                continue
            if rest.start < common.start:
                gaps.append(Period(rest.start, common.start))
            rest = None if common.end is None or common.end == rest.end else Period(common.end, rest.end)
        if rest is not None:
            gaps.append(rest)
        return tuple(gaps)

    def within(self, period: Period) -> Timeline[T]:
        """The part of the timeline inside the period."""
        parts = ((part.period.intersection(period), part.value) for part in self.stretches)
        return Timeline(tuple(Stretch(common, value) for common, value in parts if common))

    def merge(self, key: Callable[[T], Hashable] | None = None) -> Timeline[T]:
        """Neighbouring stretches with equal values (or equal keys) as one; the first one's value stays."""
        merged: list[Stretch[T]] = []
        for part in self.stretches:
            before = merged[-1] if merged else None
            if before and before.period.meets(part.period) and _equal(before.value, part.value, key):
                merged[-1] = Stretch(Period(before.period.start, part.period.end), before.value)
            else:
                merged.append(part)
        return Timeline(tuple(merged))


def _equal(one: T, other: T, key: Callable[[T], Hashable] | None) -> bool:
    return one == other if key is None else key(one) == key(other)


def evaluate_over(period: Period, changes: Iterable[date], function: Callable[[date], T]) -> Timeline[T]:
    """Evaluate the function at the start of the period and at each change inside it, and merge equals.

    Guarantees that every day of the period has the value of the last evaluated day on or before it; so the
    function must be constant between the changes.
    """
    parts = (Stretch(part, function(part.start)) for part in period.split_at(changes))
    return Timeline(tuple(parts)).merge()


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day (lag 1930:173, 1 §)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - _ONE_DAY).day))


def add_years(day: date, years: int) -> date:
    """The same date `years` later; for 29 February in a common year, 28 February (lag 1930:173, 1 §)."""
    return add_months(day, 12 * years)
