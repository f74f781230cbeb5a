"""The deadlines of a case: a list that each room adds its own to.

A deadline is worked out from dated facts each time it is read; nothing ticks, so it is the same however often
it is asked for. The case page shows them in the right rail, the worklist sorts by them (H-13).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from egenmakt.casework.cases.models import Case

Status = Literal["done", "late", "soon", "info"]

SOON = timedelta(days=7)


@dataclass(frozen=True, order=True)
class CaseDeadline:
    """A last day of a case.

    `title` says what is due, `reason` why that day (with the section or the guideline's page), in Swedish.
    `met_on` is the day it was done, None while it is not; `step` the key of the step in which it is done;
    `binding` True for law, False for a local guideline.
    """

    day: date
    kind: str
    title: str
    reason: str
    met_on: date | None = None
    step: str = ""
    binding: bool = False

    def status(self, today: date) -> Status:
        """Done, late (the day has passed, or it was done after it), soon (within a week) or info."""
        if self.met_on is not None:
            return "done" if self.met_on <= self.day else "late"
        if today > self.day:
            return "late"
        return "soon" if self.day - today <= SOON else "info"


# Takes the cases and the guideline of the municipality; makes a fixed number of queries.
Source = Callable[[Sequence[Case], str], Mapping[UUID, Iterable[CaseDeadline]]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room's deadlines (called when the program starts, from the room's AppConfig.ready)."""
    _sources.append(source)


def deadlines_of_cases(cases: Iterable[Case], guideline: str) -> dict[UUID, list[CaseDeadline]]:
    """The deadlines of many cases, earliest first. The number of queries does not grow with the cases."""
    rows = list(cases)
    found: dict[UUID, list[CaseDeadline]] = {case.pk: [] for case in rows}
    for source in _sources if rows else ():
        for case_id, deadlines in source(rows, guideline).items():
            found[case_id].extend(deadlines)
    return {
        case_id: sorted(deadlines, key=lambda one: (one.day, one.kind))
        for case_id, deadlines in found.items()
    }


def open_deadlines(deadlines: Iterable[CaseDeadline]) -> list[CaseDeadline]:
    """Those not yet met, in the same order."""
    return [one for one in deadlines if one.met_on is None]
