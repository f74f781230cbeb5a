"""Positions along an axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Tick:
    """A line across a picture with its label. `anchor` keeps the first and the last label inside."""

    x: str
    label: str
    anchor: str = "middle"


def percent(part: float, whole: float) -> str:
    """`12.345%`, never outside the picture and always with a point, whatever the language of the page."""
    if whole <= 0:
        return "0%"
    return f"{min(max(100 * part / whole, 0), 100):.3f}%"


def hour_ticks(top_s: int, most: int = 5) -> list[int]:
    """Even hours from 0 up to `top_s`, in seconds; at most `most` steps."""
    for hours in (1, 2, 5, 10, 20, 40, 50, 100, 200):
        if top_s <= hours * 3600 * most:
            return list(range(0, top_s + 1, hours * 3600))
    return [0, top_s]


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included, laid out from left to right."""

    first: date
    last: date

    @property
    def count(self) -> int:
        return max((self.last - self.first).days + 1, 1)

    def x(self, day: date) -> str:
        """Where a day begins."""
        return percent((day - self.first).days, self.count)

    def width(self, first: date, last: date) -> str:
        """How wide a stretch is, cut to what is shown."""
        inside = min(last, self.last) - max(first, self.first) + timedelta(days=1)
        return percent(max(inside.days, 0), self.count)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self, most: int = 6) -> list[Tick]:
        """First days of months, as many as leave room for their names: `1/7`, or the year at New Year."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months <= step * most), 120)
        found = []
        for index in range(months + 1):
            number = self.first.year * 12 + self.first.month - 1 + index
            day = date(number // 12, number % 12 + 1, 1)
            share = (day - self.first).days / self.count
            if (
                (number % 12) % min(step, 12) == 0
                and (step <= 12 or day.year % (step // 12) == 0)
                and share >= 0
            ):
                label = str(day.year) if day.month == 1 else f"{day.day}/{day.month}"
                anchor = "start" if share < 0.05 else "end" if share > 0.95 else "middle"
                found.append(Tick(self.x(day), label, anchor))
        return found
