"""What has happened in a case, read from the rooms themselves: nothing is kept twice, so nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.ui.dates import long_date, moment


@dataclass(frozen=True, order=True)
class Happening:
    """Something that happened in a case: when, what (a short Swedish sentence), by whom, where to read it."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    url: str = ""
    status: str = "info"

    @property
    def when(self) -> str:
        """The moment as it is shown: only the day where no more is known (the start of a day)."""
        local = self.at.astimezone(SWEDEN)
        return long_date(local.date()) if local.time() == time() else moment(self.at)


def on_day(day: date) -> datetime:
    """A day as a happening's moment, when nobody knows the clock time."""
    return datetime(day.year, day.month, day.day, tzinfo=SWEDEN)


Source = Callable[[Case], Iterable[Happening]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room's happenings (called when the program starts). A source makes a fixed number of queries."""
    _sources.append(source)


def happenings_of(case: Case) -> list[Happening]:
    """Everything that has happened in a case, newest first."""
    return sorted((happening for source in _sources for happening in source(case)), reverse=True)
