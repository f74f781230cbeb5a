"""The deadlines of a case: a list that each room adds its own to.

A deadline is worked out from dated facts each time it is read; nothing ticks, so it is the same however often
it is asked for. The case page shows them in the right rail, the worklist sorts by them (H-13). What a deadline is worked
out from is read from tables with a `pulse`, as with the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


Fulfilment = Callable[[list[UUID]], Mapping[UUID, date]]
_fulfilments: dict[str, list[Fulfilment]] = {}


def register_fulfilment(kind: str, load: Fulfilment) -> None:
    """Let a later room say on which day a kind of deadline was met in each case (called when the program
    starts).

    "decision" is met when the decision has reached the applicant, "delay_request" when the case was
    decided.
    """
    _fulfilments.setdefault(kind, []).append(load)


def deadlines_of_cases(cases: Iterable[Case], guideline: str) -> dict[UUID, list[CaseDeadline]]:
    """The deadlines of many cases, earliest first. The number of queries does not grow with the cases.

    What was not met before a case was closed is met by its closing: nothing is due in a closed case.
    """
    rows = list(cases)
    found: dict[UUID, list[CaseDeadline]] = {case.pk: [] for case in rows}
    if not rows:
        return found
    for source in _sources:
        for case_id, deadlines in source(rows, guideline).items():
            found[case_id].extend(deadlines)
    met = _met([case.pk for case in rows])
    for case in rows:
        shown = [_fulfilled(one, met.get((one.kind, case.pk)) or case.closed_on) for one in found[case.pk]]
        found[case.pk] = sorted(shown, key=lambda one: (one.day, one.kind))
    return found


def _met(case_ids: list[UUID]) -> dict[tuple[str, UUID], date]:
    return {
        (kind, case_id): day
        for kind, loads in _fulfilments.items()
        for load in loads
        for case_id, day in load(case_ids).items()
    }


def _fulfilled(deadline: CaseDeadline, day: date | None) -> CaseDeadline:
    return deadline if deadline.met_on or day is None else replace(deadline, met_on=day)


def open_deadlines(deadlines: Iterable[CaseDeadline]) -> list[CaseDeadline]:
    """Those not yet met, in the same order."""
    return [one for one in deadlines if one.met_on is None]
