"""What has happened in a case, read from the rooms themselves: nothing is kept twice, so nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from egenmakt.casework.cases.models import Case


@dataclass(frozen=True, order=True)
class Happening:
    """Something that happened in a case: when, what (a short Swedish sentence), by whom, where to read it."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    url: str = ""
    status: str = "info"


Source = Callable[[Case], Iterable[Happening]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room's happenings (called when the program starts). A source makes a fixed number of queries."""
    _sources.append(source)


def happenings_of(case: Case) -> list[Happening]:
    """Everything that has happened in a case, newest first."""
    return sorted((happening for source in _sources for happening in source(case)), reverse=True)
