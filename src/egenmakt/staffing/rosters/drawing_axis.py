"""The days of a drawn roster: where a moment stands, and the heads of the columns.

Guarantees: each local day has a column as wide as the others, and in it each moment stands by how much of that day has
gone: on the days when the clock is moved the column holds 23 or 25 hours, and says so.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from egenmakt.law.calendar import public_holidays
from egenmakt.staffing.rosters.drawing_paper import INNER, LEFT, MARGIN, line, rect, text
from egenmakt.staffing.rosters.drawing_rows import hours_of_day
from egenmakt.staffing.rosters.drawing_words import DAYS, FIXED_SPACE, MONTHS
from egenmakt.staffing.rosters.instance import BLOCK_WEEKS, WEEK, Instance, seconds_at

HEAD = 11.5
TICKS = (6, 12, 18)


@dataclass(frozen=True)
class Axis:
    """The days of a block and where their columns stand."""

    first: date
    days: int
    day_width: float
    midnights: tuple[int, ...]

    @property
    def left(self) -> float:
        return MARGIN + LEFT

    @property
    def right(self) -> float:
        return self.left + self.days * self.day_width

    @property
    def begins_s(self) -> int:
        return self.midnights[0]

    @property
    def ends_s(self) -> int:
        return self.midnights[-1]

    def x(self, second: int) -> float:
        """Where a moment stands: in its day's column, by how much of that day has gone."""
        day = min(max(bisect_right(self.midnights, second) - 1, 0), self.days - 1)
        begins, ends = self.midnights[day], self.midnights[day + 1]
        gone = min(max((second - begins) / (ends - begins), 0.0), 1.0)
        return self.left + (day + gone) * self.day_width

    def day(self, place: int) -> date:
        return self.first + timedelta(days=place)


def axes_of(instance: Instance) -> list[Axis]:
    """One for each block of four weeks; the last may be shorter."""
    width = (INNER - LEFT) / (min(BLOCK_WEEKS, instance.weeks) * WEEK)
    axes = []
    for week in range(0, instance.weeks, BLOCK_WEEKS):
        first = instance.first + timedelta(weeks=week)
        days = min(BLOCK_WEEKS, instance.weeks - week) * WEEK
        at = [seconds_at(datetime.combine(first + timedelta(days=day), time())) for day in range(days + 1)]
        axes.append(Axis(first, days, width, tuple(at)))
    return axes


def days_above(axis: Axis, top: float, bottom: float, told: str) -> list[str]:
    """The days above the rows and the lines between them, down to `bottom`; `told` stands above the names."""
    drawn: list[str] = []
    names_y = top + HEAD
    for place in range(axis.days):
        day, x = axis.day(place), axis.left + place * axis.day_width
        holiday = public_holidays(day.year).get(day)
        red = holiday is not None or day.weekday() == WEEK - 1
        if red or day.weekday() == WEEK - 2:
            shade = rect(x, top + 4, axis.day_width, bottom - top - 4, "red" if red else "free")
            drawn.append(f"<g><title>{holiday}</title>{shade}</g>" if holiday else shade)
    for place in range(axis.days):
        drawn += _day_head(axis, axis.day(place), axis.left + place * axis.day_width, top, bottom)
    drawn.append(line(axis.right, top, axis.right, bottom, "week"))
    drawn.append(text(MARGIN, names_y - 1.2, 2.5, told, "m"))
    return drawn


def _day_head(axis: Axis, day: date, x: float, top: float, bottom: float) -> list[str]:
    width = axis.day_width
    red = day.weekday() == WEEK - 1 or day in public_holidays(day.year)
    begins_week = day.weekday() == 0
    drawn = [line(x, top if begins_week else top + 4, x, bottom, "week" if begins_week else "line")]
    if begins_week:
        year, week, _ = day.isocalendar()
        last = day + timedelta(days=WEEK - 1)
        months = MONTHS[day.month - 1] + (f"–{MONTHS[last.month - 1]}" if last.month != day.month else "")
        years = f"{day.year}–{last.year}" if last.year != day.year else f"{year}"
        drawn.append(text(x + 1, top + 3, 3, f"v. {week}", "b"))
        drawn.append(text(x + 11, top + 3, 2.6, f"{months} {years}", "m"))
    letter = DAYS[day.weekday()][0].upper()
    drawn.append(text(x + 1, top + 7.6, 3.1, f"{letter} {day.day}", "b r" if red else "b"))
    length = hours_of_day(day)
    if length != 24:
        told = f"Klockan ställs {'fram' if length == 23 else 'tillbaka'}: dygnet har {length} timmar."
        where = x + width - 0.6
        drawn.append(
            f"<g><title>{told}</title>{text(where, top + 7.4, 2.2, f'{length}{FIXED_SPACE}h', 'e b r')}</g>"
        )
    for hour in TICKS:
        at = axis.x(seconds_at(datetime.combine(day, time(hour))))
        drawn.append(line(at, top + HEAD - 0.8, at, bottom, "hour"))
        drawn.append(text(at, top + HEAD - 1.1, 1.9, str(hour), "c m"))
    for begins, ends in ((0, 6), (22, 24)):
        left = axis.x(seconds_at(datetime.combine(day, time(begins))))
        right = x + width if ends == 24 else axis.x(seconds_at(datetime.combine(day, time(ends))))
        drawn.append(rect(left, top + HEAD - 0.7, right - left, 0.7, "dark"))
    return drawn
