"""The list of cases, and the pages of one case that are not a step: overview, documents, access, handling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from egenmakt.casework.cases import actions, queries, rules
from egenmakt.casework.cases.forms import (
    CaseFilterForm,
    CloseForm,
    CoworkerForm,
    OfficerForm,
    UnitForm,
    put_errors,
    uuid_or_none,
)
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.happenings import happenings_of
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response

TIMELINE = 30
_CAPTIONS = {
    "open": gettext_lazy("Pågående ärenden"),
    "closed": gettext_lazy("Avslutade ärenden"),
    "all": gettext_lazy("Pågående och avslutade ärenden"),
}


@staff_view()
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases the actor has to do with."""
    actor = actor_of(request)
    form = CaseFilterForm(request.GET, units=queries.units())
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    listing = queries.list_cases(
        actor,
        status=asked.get("lage") or "open",
        whose=asked.get("vems") or "all",
        unit_id=uuid_or_none(asked.get("enhet")),
        number=asked.get("nummer") or "",
        sort=request.GET.get("sort", "-oppnat"),
        after=_uuid(request.GET.get("after")),
    )
    chosen = {name: value for name, value in asked.items() if value}
    context = {
        "listing": listing,
        "caption": _CAPTIONS[asked.get("lage") or "open"],
        "nothing": not listing.rows,
        "form": form.shown(chosen),
        "filtered": bool(set(chosen) - {"lage"} or chosen.get("lage", "open") != "open"),
        "paged": "after" in request.GET,
        "may_open": bool(queries.units_for_new_cases(actor)),
    }
    return render(request, "cases/list.html", context)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


@staff_view()
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has happened in a case, newest first."""
    case = case_gate.open(actor_of(request), case_id)
    everything = happenings_of(case)
    whole = "allt" in request.GET or len(everything) <= TIMELINE + 5
    context = case_frame(request, case, current="overview") | {
        "happenings": everything if whole else everything[:TIMELINE],
        "left_out": 0 if whole else len(everything) - TIMELINE,
    }
    return render(request, "cases/overview.html", context)


@staff_view()
def documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case's documents."""
    case = case_gate.open(actor_of(request), case_id)
    context = case_frame(request, case, current="documents")
    found = queries.documents_of(case)
    context |= {"documents": found, "nothing": not found}
    return render(request, "cases/documents.html", context)


@staff_view()
def document(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    """One document, as it was stored."""
    case = case_gate.open(actor_of(request), case_id)
    found = queries.document_of(case, document_id)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


@staff_view()
def access(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has opened the case."""
    case = case_gate.open(actor_of(request), case_id)
    rows, following = queries.accesses_to(case, after=_uuid(request.GET.get("after")))
    context = case_frame(request, case, current="access") | {
        "accesses": rows,
        "following": following,
        "paged": "after" in request.GET,
    }
    return render(request, "cases/access.html", context)


@staff_view()
def handling(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who handles the case: its officer, its unit, colleagues who work on it, and closing it."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    return _handling_page(request, case, {})


def _handling_page(
    request: HttpRequest,
    case: Case,
    tried: dict[str, Any],
    refused: Sequence[forms.BaseForm] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    officers = queries.officers()
    leads = rules.holds(actor, case.unit_id, *rules.LEADS)
    at = {"version": case.version}
    context = case_frame(request, case, current="handling") | {
        "coworkers": queries.coworkers_of(case),
        "may_lead": leads and case.closed_on is None,
        "may_staff": (leads or actor.user_id == case.officer_id) and case.closed_on is None,
        "may_close": case.closed_on is None and rules.works_on(actor, case),
        "hindrances": rules.hindrances_of(case),
        "officer_form": OfficerForm(
            initial=at | {"officer": case.officer_id},
            officers=queries.officers([case.unit_id]),
            prefix="officer",
        ),
        "unit_form": UnitForm(initial=at | {"unit": case.unit_id}, units=queries.units(), prefix="unit"),
        "coworker_form": CoworkerForm(officers=officers, prefix="coworker"),
        "close": drafts.restore(
            request, CloseForm, f"case_close:{case.pk}", version=case.version, prefix="close"
        ),
        "tried": list(refused),
    }
    return render(request, "cases/handling.html", context | tried, status=status)


def _try(
    request: HttpRequest,
    case_id: UUID,
    form: forms.BaseForm,
    *,
    carry_out: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Carry out one of the forms on the handling page, or show the page again with what was wrong."""
    if form.is_valid():
        try:
            carry_out(form.cleaned_data)
        except StaleVersion as stale:
            case = case_gate.open(actor_of(request), case_id)
            return conflict_response(
                request, stale, form, template="cases/conflict.html",
                context=case_frame(request, case, current="handling"),
            )  # fmt: skip
        except rules.Invalid as invalid:
            put_errors(form, invalid)
        else:
            drafts.discard(request, f"case_close:{case_id}")
            messages.success(request, done)
            return redirect("cases:handling", case_id=case_id)
    case = case_gate.open(actor_of(request), case_id)
    tried: dict[str, Any] = {f"{form.prefix}_form": form}
    if isinstance(form, CloseForm):
        tried = {"close": drafts.of_form(request, form, f"case_close:{case.pk}")}
    return _handling_page(request, case, tried, [form], status=422)


@require_POST
@staff_view()
def assign_officer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the case to an officer."""
    form = OfficerForm(request.POST, officers=queries.officers(), prefix="officer")
    return _try(
        request, case_id, form,
        carry_out=lambda data: actions.assign_officer(
            actor=actor_of(request), case_id=case_id,
            officer_id=UUID(data["officer"]), version=data["version"],
        ),
        done=_("Ärendet har fått handläggare."),
    )  # fmt: skip


@require_POST
@staff_view()
def change_unit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Move the case to another unit. Whoever moves it may lose sight of it, and then gets to the list."""
    form = UnitForm(request.POST, units=queries.units(), prefix="unit")
    response = _try(
        request, case_id, form,
        carry_out=lambda data: actions.change_unit(
            actor=actor_of(request), case_id=case_id, unit_id=UUID(data["unit"]), version=data["version"]
        ),
        done=_("Ärendet har flyttats."),
    )  # fmt: skip
    if response.status_code == 302 and not case_gate.listed(actor_of(request)).filter(pk=case_id).exists():
        return redirect("cases:list")
    return response


@require_POST
@staff_view()
def add_coworker(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let a colleague work on the case."""
    form = CoworkerForm(request.POST, officers=queries.officers(), prefix="coworker")
    return _try(
        request, case_id, form,
        carry_out=lambda data: actions.add_coworker(
            actor=actor_of(request), case_id=case_id, user_id=UUID(data["user"]),
            reason=data["reason"], until=data["until"],
        ),
        done=_("Kollegan kan nu arbeta i ärendet."),
    )  # fmt: skip


@require_POST
@staff_view()
def end_coworker(request: HttpRequest, case_id: UUID, coworker_id: UUID) -> HttpResponse:
    """End a colleague's work on the case."""
    try:
        actions.end_coworker(actor=actor_of(request), case_id=case_id, coworker_id=coworker_id)
    except actions.CaseInvalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(request, _("Kollegan arbetar inte längre i ärendet."))
    return redirect("cases:handling", case_id=case_id)


@require_POST
@staff_view()
def close_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Close the case."""
    form = CloseForm(request.POST, prefix="close")
    return _try(
        request, case_id, form,
        carry_out=lambda data: actions.close_case(
            actor=actor_of(request), case_id=case_id, reason=data["reason"], version=data["version"]
        ),
        done=_("Ärendet är avslutat."),
    )  # fmt: skip
