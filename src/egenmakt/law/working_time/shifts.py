"""Shifts that one assistant works, in real time: the changes of the clock, midnight, month and year are no borders.

Guarantees: lengths are seconds that really pass. Dates, nights and weekends are by the Swedish clock on the wall.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from egenmakt.law.calendar import moment, summer_time_begins, summer_time_ends

DAY_S = 86_400
WEEK_DAYS = 7
BLOCK_WEEKS = 4
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)
NIGHT_SHIFT_S = 3 * 3600
WEEKEND_BEGINS, WEEKEND_ENDS = time(8), time(22)
SATURDAY = 5
_CLOCK_TURNS = time(1)  # UTC, both ways
_HOUR = timedelta(hours=1)


def second_of(clock: datetime) -> int:
    """Seconds since 1970 in UTC of a Swedish clock time; fold 1 is the second of a time that came twice.

    Raises ClockTimeMissing and SummerTimeUnknown, as `law.calendar.moment` does.
    """
    return int(moment(clock).timestamp())


def clock_at(second: int) -> datetime:
    """What a Swedish clock shows at a moment, with fold 1 when it shows the time for the second time."""
    utc = datetime.fromtimestamp(second, UTC).replace(tzinfo=None)
    forward = datetime.combine(summer_time_begins(utc.year), _CLOCK_TURNS)
    back = datetime.combine(summer_time_ends(utc.year), _CLOCK_TURNS)
    clock = utc + (2 * _HOUR if forward <= utc < back else _HOUR)
    return clock.replace(fold=1) if back <= utc < back + _HOUR else clock


@lru_cache(maxsize=4096)
def _night_from(evening: date) -> tuple[int, int]:
    """When the night that begins on the evening begins and ends, in seconds since 1970."""
    morning = evening + timedelta(days=1)
    return (
        second_of(datetime.combine(evening, NIGHT_BEGINS)),
        second_of(datetime.combine(morning, NIGHT_ENDS)),
    )


@dataclass(frozen=True, slots=True)
class WorkedShift:
    """A shift (pass) of one assistant. `begins` and `ends` are Swedish clock times without a zone.

    `active_s` is work, `on_call_s` on-call time at the workplace (jour); breaks belong to neither.
    """

    id: str
    begins: datetime
    ends: datetime
    active_s: int
    on_call_s: int = 0
    begins_s: int = field(init=False, compare=False)
    ends_s: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins_s", second_of(self.begins))
        object.__setattr__(self, "ends_s", second_of(self.ends))

    @property
    def day(self) -> date:
        """The local date on which the shift begins: the day it counts as a day of work."""
        return self.begins.date()

    @property
    def length_s(self) -> int:
        """Real time from beginning to end."""
        return self.ends_s - self.begins_s

    @property
    def total_s(self) -> int:
        """Work and on-call time together: what counts as working time (ATL 10 b §)."""
        return self.active_s + self.on_call_s

    @property
    def night_s(self) -> int:
        """Active time between 22 and 06 (ATL 13 a §). On-call time is taken to lie in the night first."""
        total = 0
        evening = self.day - timedelta(days=1)
        while evening <= self.ends.date():
            opens, closes = _night_from(evening)
            total += max(0, min(closes, self.ends_s) - max(opens, self.begins_s))
            evening += timedelta(days=1)
        return min(self.active_s, max(0, total - self.on_call_s))

    @property
    def is_night(self) -> bool:
        """Whether at least three hours of active time lie between 22 and 06 (ATL 13 a §)."""
        return self.night_s >= NIGHT_SHIFT_S

    @property
    def days_touched(self) -> tuple[date, ...]:
        """Every local date on which some part of the shift lies; ending at midnight does not touch the new day."""
        last = self.ends.date()
        if self.ends.time() == time():
            last -= timedelta(days=1)
        return tuple(self.day + timedelta(days=more) for more in range((last - self.day).days + 1))

    @property
    def weekends(self) -> tuple[date, ...]:
        """The Saturdays of the weekends that some part of the shift lies in: Saturday 08 to Sunday 22."""
        touched = []
        saturday = self.day - timedelta(days=(self.day.weekday() - SATURDAY) % WEEK_DAYS)
        while saturday <= self.ends.date():
            opens = datetime.combine(saturday, WEEKEND_BEGINS)
            closes = datetime.combine(saturday + timedelta(days=1), WEEKEND_ENDS)
            if self.begins < closes and self.ends > opens:
                touched.append(saturday)
            saturday += timedelta(days=WEEK_DAYS)
        return tuple(touched)


@dataclass(frozen=True)
class Horizon:
    """The weeks that are judged: from the Monday `first`, `weeks` whole weeks, in blocks of four."""

    first: date
    weeks: int

    @cached_property
    def week_bounds(self) -> tuple[tuple[int, int], ...]:
        """Monday 00:00 to Monday 00:00 of each week, in seconds since 1970."""
        mondays = [self.first + timedelta(days=WEEK_DAYS * week) for week in range(self.weeks + 1)]
        turns = [second_of(datetime.combine(monday, time())) for monday in mondays]
        return tuple(pairwise(turns))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of four weeks, counted from the first day; the last may hold fewer weeks."""
        return tuple(
            Block(
                self.first + timedelta(days=WEEK_DAYS * week),
                min(BLOCK_WEEKS, self.weeks - week),
                self.week_bounds[week][0],
                self.week_bounds[min(week + BLOCK_WEEKS, self.weeks) - 1][1],
            )
            for week in range(0, self.weeks, BLOCK_WEEKS)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Four weeks, or what is left of them at the end of the horizon."""

    first: date
    weeks: int
    begins_s: int
    ends_s: int

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.first + timedelta(days=WEEK_DAYS * self.weeks)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is not kept: which, where the law says it, with which shift, when, and what would mend it.

    `from_s` and `to_s` are seconds since 1970: the rest that is too short, the shift, the week or the weeks concerned.
    """

    rule: str
    section: str | None
    shift: str
    from_s: int
    to_s: int
    message: str


def in_order(shifts: Iterable[WorkedShift]) -> tuple[WorkedShift, ...]:
    """The shifts as they are worked: by beginning, then by end, then by name."""
    return tuple(sorted(shifts, key=lambda shift: (shift.begins_s, shift.ends_s, shift.id)))
