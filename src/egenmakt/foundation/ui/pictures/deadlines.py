"""The weeks ahead, with a mark for each deadline on its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class DayMark:
    """A deadline. `status` is late, soon, waiting, info or done; `label` is the whole sentence.

    `count` is how many deadlines the mark stands for, where those of a day are drawn as one.
    """

    day: date
    label: str
    status: str = "info"
    href: str = ""
    count: int = 1


@dataclass(frozen=True)
class Day:
    """One day of the strip: at most `MOST` marks are drawn, `more` says how many are not."""

    day: date
    marks: list[DayMark]
    more: int
    is_today: bool
    is_past: bool
    is_weekend: bool


@dataclass(frozen=True)
class Week:
    """One ISO week."""

    number: int
    month: date | None
    days: list[Day]


MOST = 3


@dataclass(frozen=True)
class DeadlinePicture:
    """`weeks` weeks from the Monday of this week."""

    today: date
    marks: Sequence[DayMark]
    weeks: int = 6
    title: str = ""

    @property
    def first(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def last(self) -> date:
        return self.first + timedelta(days=7 * self.weeks - 1)

    @property
    def shown(self) -> list[DayMark]:
        return sorted(
            (one for one in self.marks if self.first <= one.day <= self.last), key=lambda one: one.day
        )

    @property
    def number(self) -> int:
        """How many deadlines are shown."""
        return _number(self.shown)

    @property
    def strip(self) -> list[Week]:
        weeks = []
        of_day: dict[date, list[DayMark]] = {}
        for one in self.shown:
            of_day.setdefault(one.day, []).append(one)
        for index in range(self.weeks):
            monday = self.first + timedelta(days=7 * index)
            days = []
            for offset in range(7):
                day = monday + timedelta(days=offset)
                here = of_day.get(day, [])
                days.append(
                    Day(
                        day,
                        here[:MOST],
                        _number(here[MOST:]),
                        day == self.today,
                        day < self.today,
                        offset > 4,
                    )
                )
            begins = next((one.day for one in days if one.day.day == 1), None)
            weeks.append(Week(monday.isocalendar().week, begins or (monday if index == 0 else None), days))
        return weeks


def _number(marks: Sequence[DayMark]) -> int:
    return sum(one.count for one in marks)
