"""Tasks: what is to be done in a case, by whom, when, and what it waits for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from egenmakt.casework.cases import rules
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, Task
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.identity.models import User


class TaskInvalid(rules.Invalid):
    """A task cannot be kept as it is."""


@transaction.atomic
def create_task(
    *,
    actor: Actor,
    case_id: UUID,
    title: str,
    assignee_id: UUID | None = None,
    due_on: date | None = None,
    due_reason: str = "",
    waits_for: str = "",
    waits_since: date | None = None,
) -> Task:
    """A new task in a case. One that waits for someone has waited since `waits_since`, today unless given.

    Raises NotAllowed for who does not work on the case, TaskInvalid with all errors at once.
    """
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    task = Task(case=case, created_by_id=actor.user_id, created_at=clock.now())
    _fill(
        task, title=title, assignee_id=assignee_id, due_on=due_on, due_reason=due_reason,
        waits_for=waits_for, waits_since=waits_since,
    )  # fmt: skip
    task.save()
    return task


@transaction.atomic
def revise_task(
    *,
    actor: Actor,
    case_id: UUID,
    task_id: UUID,
    version: int,
    title: str,
    assignee_id: UUID | None = None,
    due_on: date | None = None,
    due_reason: str = "",
    waits_for: str = "",
    waits_since: date | None = None,
) -> Task:
    """Change an open task. Raises NotAllowed (also when it is done), StaleVersion, TaskInvalid."""
    task = _open_task(actor, case_id, task_id)
    rules.require_current(
        task,
        version,
        current={"title": task.title, "assignee": task.assignee_id, "due_on": task.due_on,
                 "due_reason": task.due_reason, "waits_for": task.waits_for},
        posted={"title": title, "assignee": assignee_id, "due_on": due_on,
                "due_reason": due_reason, "waits_for": waits_for},
    )  # fmt: skip
    _fill(
        task, title=title, assignee_id=assignee_id, due_on=due_on, due_reason=due_reason,
        waits_for=waits_for, waits_since=waits_since,
    )  # fmt: skip
    task.version += 1
    task.save()
    return task


@transaction.atomic
def finish_task(*, actor: Actor, case_id: UUID, task_id: UUID) -> Task:
    """Note that a task is done, now, by the actor. Doing it twice changes nothing. Raises NotAllowed."""
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    task = _task(case, task_id)
    if task.done_at is None:
        task.done_at, task.done_by_id = clock.now(), actor.user_id
        task.version += 1
        task.save(update_fields=["done_at", "done_by", "version"])
    return task


def _task(case: Case, task_id: UUID) -> Task:
    found = case.tasks.select_for_update().filter(pk=task_id).first()
    if found is None:
        raise Http404
    return found


def _open_task(actor: Actor, case_id: UUID, task_id: UUID) -> Task:
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    task = _task(case, task_id)
    if task.done_at is not None:
        raise NotAllowed(_("Uppgiften är redan klar. Skapa en ny om något återstår."))
    return task


def _fill(
    task: Task,
    *,
    title: str,
    assignee_id: UUID | None,
    due_on: date | None,
    due_reason: str,
    waits_for: str,
    waits_since: date | None,
) -> None:
    case, today = task.case, clock.today()
    task.title, task.due_on, task.due_reason = title.strip(), due_on, due_reason.strip()
    task.assignee_id = assignee_id
    task.waits_for = waits_for.strip()
    task.waits_since = (waits_since or task.waits_since or today) if task.waits_for else None
    errors = rules.task_problems(
        case.person,
        {"title": title, "waits_for": waits_for, "due_reason": due_reason, "waits_since": task.waits_since},
    )
    if assignee_id is not None and assignee_id != case.officer_id:
        if not User.objects.filter(
            pk=assignee_id, is_active=True, assignments__valid__contains=today
        ).exists():
            errors["assignee"] = _("Välj en kollega i kommunen.")
        elif not rules.may_know(case.person, assignee_id):
            errors["assignee"] = _(
                "Personen har skyddade uppgifter. Gör först kollegan till namngiven läsare på personens sida."
            )
    if errors:
        raise TaskInvalid(errors)
