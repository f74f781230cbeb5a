"""The tasks of a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.cases import actions, queries, rules
from egenmakt.casework.cases.forms import TaskForm, put_errors
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response


@staff_view()
def tasks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The tasks to do and those done, and a new one."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    key = f"task:new:{case.pk}"
    colleagues = queries.colleagues_on(case)
    if request.method == "POST":
        form = TaskForm(request.POST, colleagues=colleagues, person=case.person)
        if form.is_valid():
            try:
                actions.create_task(actor=actor, case_id=case.pk, **form.values())
            except actions.TaskInvalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(request, _("Uppgiften är sparad."))
                return redirect("cases:tasks", case_id=case.pk)
        return _tasks_page(request, case, drafts.of_form(request, form, key), status=422)
    initial = {"assignee": case.officer_id or ""}
    return _tasks_page(
        request, case, drafts.restore(request, TaskForm, key, initial=initial, colleagues=colleagues)
    )


def _tasks_page(request: HttpRequest, case: Case, draft: drafts.Restored, status: int = 200) -> HttpResponse:
    to_do, done = queries.tasks_of(case)
    context = case_frame(request, case, current="tasks") | {
        "to_do": to_do,
        "nothing_to_do": not to_do,
        "done": done,
        "draft": draft,
        "form": draft.form,
        "today": clock.today(),
        "new": "ny" in request.GET,
        "may_write": case.closed_on is None and rules.works_on(actor_of(request), case),
    }
    return render(request, "cases/tasks.html", context, status=status)


@staff_view()
def task(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Change an open task."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    found = case.tasks.filter(pk=task_id).first()
    if found is None:
        raise Http404
    if found.done_at is not None:
        return redirect("cases:tasks", case_id=case.pk)
    key = f"task:{found.pk}"
    colleagues = queries.colleagues_on(case)
    frame = case_frame(request, case, current="tasks") | {"task": found}
    if request.method == "POST":
        form = TaskForm(request.POST, colleagues=colleagues, person=case.person)
        if form.is_valid():
            try:
                actions.revise_task(
                    actor=actor, case_id=case.pk, task_id=found.pk,
                    version=form.cleaned_data["version"], **form.values(),
                )  # fmt: skip
            except StaleVersion as stale:
                return conflict_response(
                    request, stale, form, draft_key=key, template="cases/conflict.html", context=frame
                )
            except actions.TaskInvalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(request, _("Uppgiften är sparad."))
                return redirect("cases:tasks", case_id=case.pk)
        draft = drafts.of_form(request, form, key)
        return render(request, "cases/task.html", frame | {"form": form, "draft": draft}, status=422)
    initial = {
        "title": found.title, "assignee": found.assignee_id or "", "due_on": found.due_on,
        "due_reason": found.due_reason, "waits_for": found.waits_for, "waits_since": found.waits_since,
    }  # fmt: skip
    draft = drafts.restore(
        request, TaskForm, key, version=found.version, initial=initial, colleagues=colleagues
    )
    return render(request, "cases/task.html", frame | {"form": draft.form, "draft": draft})


@require_POST
@staff_view()
def finish_task(request: HttpRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Note that a task is done."""
    actions.finish_task(actor=actor_of(request), case_id=case_id, task_id=task_id)
    messages.success(request, _("Uppgiften är klar."))
    return redirect("cases:tasks", case_id=case_id)
