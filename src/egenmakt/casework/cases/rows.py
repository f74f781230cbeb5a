"""How cases stand, worked out from what the rooms hold at the moment of asking.

The case's own page asks here. Lists ask `standings`, which keeps what was worked out here as long as it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from egenmakt.casework.cases import deadlines
from egenmakt.casework.cases.models import Case, Lack, Task
from egenmakt.casework.cases.steps import CaseStep, next_step, steps_of_cases, waiting_step
from egenmakt.foundation import clock


@dataclass(frozen=True)
class CaseRow:
    """A case with its steps, the next of them or the one it waits in, its nearest deadline that is not met, and what
    it lacks."""

    case: Case
    steps: list[CaseStep]
    next_step: CaseStep | None
    waits: CaseStep | None
    deadline: deadlines.CaseDeadline | None
    status: deadlines.Status | None
    lacks: tuple[Lack, ...]


def rows_of(cases: Iterable[Case], guideline: str) -> list[CaseRow]:
    """How many cases stand now, in the same order. A fixed number of queries."""
    rows = list(cases)
    today = clock.today()
    of_cases = steps_of_cases(rows)
    due = deadlines.deadlines_of_cases(rows, guideline)
    tasks = _dated_tasks(rows)
    found = []
    for case in rows:
        steps = of_cases[case.pk]
        following = None if case.closed_on else next_step(steps)
        waits = None if following or case.closed_on else waiting_step(steps)
        nearest = next(iter(deadlines.open_deadlines(due[case.pk])), None)
        lacks = () if case.closed_on else _lacks(case, following or waits, nearest, tasks)
        status = nearest.status(today) if nearest else None
        found.append(CaseRow(case, steps, following, waits, nearest, status, lacks))
    return found


def _dated_tasks(cases: list[Case]) -> dict[UUID, bool]:
    """The cases that have something to do entered as a task, and whether any such task has a day. One query."""
    found: dict[UUID, bool] = {}
    tasks = Task.objects.filter(case_id__in=[case.pk for case in cases], done_at=None)
    for case_id, due_on in tasks.values_list("case_id", "due_on"):
        found[case_id] = found.get(case_id, False) or due_on is not None
    return found


def _lacks(
    case: Case, step: CaseStep | None, nearest: deadlines.CaseDeadline | None, tasks: dict[UUID, bool]
) -> tuple[Lack, ...]:
    """What keeps an open case from getting further: no next step, no owner, no date by which something happens."""
    missing = {
        Lack.STEP: not (step or case.pk in tasks),
        Lack.OFFICER: case.officer_id is None,
        Lack.DATE: not (nearest or tasks.get(case.pk, False)),
    }
    return tuple(lack for lack, is_missing in missing.items() if is_missing)
