"""Swedish clock time: when summer time begins and ends, and how long it is between two clock times.

Guarantee: from 1 January 1996 every clock time is turned into an exact moment as förordningen (2001:127) om
sommartid (and the same rule in the directives before it) says: summer time from the last Sunday of March at
01:00 UTC to the last Sunday of October at 01:00 UTC. Earlier times raise `SummerTimeUnknown`.

It is kept here, and not asked of the machine's zone files, because worked time is law: the same entry must
give the same hours on every machine. A test holds it equal to the zone files.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

FIRST_YEAR = 1996
WINTER_OFFSET = timedelta(hours=1)
SUMMER_OFFSET = timedelta(hours=2)


class SummerTimeUnknown(LookupError):
    """The clock time lies before the rule on summer time that is kept here (1996)."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(
            f"Reglerna om sommartid finns från {FIRST_YEAR}, inte för {moment.date().isoformat()}."
        )


class ClockTimeMissing(ValueError):
    """The clock never showed this time: it was moved forward from 02:00 to 03:00 that night."""

    def __init__(self, clock: datetime) -> None:
        self.clock = clock
        super().__init__(
            f"Klockan {clock:%H:%M} fanns inte den {clock.date().isoformat()}: "
            "den natten ställdes klockan fram från 02:00 till 03:00."
        )


@lru_cache(maxsize=1024)
def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def summer_time_begins(year: int) -> date:
    """The day on which the clock is moved forward from 02:00 to 03:00: the last Sunday of March."""
    return _last_sunday(year, 3)


def summer_time_ends(year: int) -> date:
    """The day on which the clock is moved back from 03:00 to 02:00: the last Sunday of October."""
    return _last_sunday(year, 10)


@lru_cache(maxsize=512)
def _turns(year: int) -> tuple[datetime, datetime]:
    """What the clock shows when it is moved forward, and when it is moved back."""
    forward = datetime.combine(summer_time_begins(year), time(2))
    return forward, datetime.combine(summer_time_ends(year), time(3))


def is_missing(clock: datetime) -> bool:
    """Whether the clock never showed this time (02:00–02:59 in the night to summer time)."""
    return clock.hour == 2 and clock.date() == summer_time_begins(clock.year)


def is_repeated(clock: datetime) -> bool:
    """Whether the clock showed this time twice (02:00–02:59 in the night from summer time)."""
    return clock.hour == 2 and clock.date() == summer_time_ends(clock.year)


def moment(clock: datetime) -> datetime:
    """The moment in UTC of a Swedish clock time without zone; `fold=1` is the second of a repeated time.

    Raises `ClockTimeMissing` for a time the clock never showed and `SummerTimeUnknown` before 1996.
    """
    if clock.year < FIRST_YEAR:
        raise SummerTimeUnknown(clock)
    if is_missing(clock):
        raise ClockTimeMissing(clock)
    forward, back = _turns(clock.year)
    shown = clock.replace(fold=0) if clock.fold else clock
    in_summer = forward <= shown < back
    if clock.fold and is_repeated(clock):
        in_summer = False
    offset = SUMMER_OFFSET if in_summer else WINTER_OFFSET
    return (shown - offset).replace(tzinfo=UTC)


def seconds_between(begins: datetime, ends: datetime) -> int:
    """Whole seconds that really passed between two Swedish clock times, also over a change of the clock."""
    return int((moment(ends) - moment(begins)).total_seconds())
