"""The step "Kommunicering"."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.cases.answering import usual_answer_day
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import works_on
from egenmakt.casework.cases.step_forms import StepForms, Tried
from egenmakt.casework.communication import actions, queries
from egenmakt.casework.communication.forms import AnswerForm, ExtendForm, OralForm, SendForm, WaiveForm
from egenmakt.casework.communication.models import Communication
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts


@staff_view()
def communication(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was put to the person, what she answered, and what can be done now."""
    return _page(request, case_gate.open(actor_of(request), case_id), {})


def _page(request: HttpRequest, case: Case, tried: Tried, status: int = 200) -> HttpResponse:
    """The step's page. `tried` are the forms that were refused, shown in place of fresh ones."""
    rows = queries.communications_of(case)
    state = queries.state_from(rows, clock.today())
    awaited = next((one for one in rows if one.pk == state.communication_id and state.kind == "sent"), None)
    unanswered = awaited or next((one for one in rows if one.sent_on and not one.answered_on), None)
    may_work = case.closed_on is None and works_on(actor_of(request), case)
    context = case_frame(request, case, current="communication") | {
        "state": state,
        "rows": rows,
        "oral_rows": queries.oral_information_of(case),
        "awaited": awaited,
        "unanswered": unanswered,
        "may_work": may_work,
        "tried": [one.form for one in tried.values()],
        **(_drafts(request, case, unanswered) if may_work else {}),
    }
    return render(request, "communication/communication.html", context | tried, status=status)


def _key(name: str, case_id: UUID) -> str:
    return f"communication:{name}:{case_id}"


def _drafts(request: HttpRequest, case: Case, unanswered: Communication | None) -> Tried:
    today = clock.today()
    offered = queries.materials_of(case)
    made: Tried = {
        "send": drafts.restore(
            request, SendForm, _key("send", case.pk), prefix="send", offered=offered,
            initial={
                "materials": [one.key for one in offered],
                "channel": "letter",
                "answer_by": usual_answer_day(today),
            },
        ),
        "waive": drafts.restore(request, WaiveForm, _key("waive", case.pk), prefix="waive"),
        "oral": drafts.restore(
            request, OralForm, _key("oral", case.pk), prefix="oral",
            initial={"happened_on": today, "before": actor_of(request).name},
        ),
    }  # fmt: skip
    if unanswered:
        made["answer"] = drafts.restore(
            request, AnswerForm, _key("answer", unanswered.pk), version=unanswered.version,
            initial={"answered_on": today}, prefix="answer",
        )  # fmt: skip
        made["extend"] = drafts.Restored(
            ExtendForm(prefix="extend", initial={"version": unanswered.version}), ""
        )
    return made


_forms = StepForms("communication", "communication:communication", _page)


@require_POST
@staff_view()
def send(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put material to the person."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    return _forms.carry_out(
        request, case_id, SendForm(
            request.POST, prefix="send", offered=queries.materials_of(case), opened_on=case.opened_on
        ),
        _key("send", case_id),
        action=lambda data: actions.send_material(
            actor=actor, case_id=case_id, **{name: data[name] for name in data if name != "version"}
        ),
        done=_("Materialet är lämnat. Ärendet väntar på personens svar."),
    )  # fmt: skip


@require_POST
@staff_view()
def answer(request: HttpRequest, case_id: UUID, communication_id: UUID) -> HttpResponse:
    """Note what the person answered."""
    return _forms.carry_out(
        request, case_id, AnswerForm(request.POST, prefix="answer"), _key("answer", communication_id),
        action=lambda data: actions.record_answer(
            actor=actor_of(request), case_id=case_id, communication_id=communication_id, **data
        ),
        done=_("Svaret är noterat."),
    )  # fmt: skip


@require_POST
@staff_view()
def extend(request: HttpRequest, case_id: UUID, communication_id: UUID) -> HttpResponse:
    """Give more time to answer."""
    return _forms.carry_out(
        request, case_id, ExtendForm(request.POST, prefix="extend"), _key("extend", communication_id),
        action=lambda data: actions.extend_time(
            actor=actor_of(request), case_id=case_id, communication_id=communication_id, **data
        ),
        done=_("Personen har fått mer tid att svara."),
    )  # fmt: skip


@require_POST
@staff_view()
def waive(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note why the material is not put to the person."""
    return _forms.carry_out(
        request, case_id, WaiveForm(request.POST, prefix="waive"), _key("waive", case_id),
        action=lambda data: actions.waive(actor=actor_of(request), case_id=case_id, **data),
        done=_("Skälet är noterat."),
    )  # fmt: skip


@require_POST
@staff_view()
def oral(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note what the person has said."""
    return _forms.carry_out(
        request, case_id, OralForm(request.POST, prefix="oral"), _key("oral", case_id),
        action=lambda data: actions.note_oral_information(actor=actor_of(request), case_id=case_id, **data),
        done=_("Uppgifterna är noterade."),
    )  # fmt: skip
