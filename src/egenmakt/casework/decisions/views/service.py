"""The letters of a decision, the day it reached the person, the time for appeal, and appeals that come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import works_on
from egenmakt.casework.decisions import actions, queries
from egenmakt.casework.decisions.forms import AppealForm, ServiceForm
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of, staff_view

# A PDF is shown by the browser's own viewer, which needs its own styles and nothing else.
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'"


@staff_view()
def service(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The letters, and what follows from the day the person got the decision."""
    case = case_gate.open(actor_of(request), case_id)
    return _page(request, case, {}, status=200)


def _page(request: HttpRequest, case: Case, tried: dict[str, forms.BaseForm], *, status: int) -> HttpResponse:
    decision = queries.decision_of(case)
    actor = actor_of(request)
    context = case_frame(request, case, current="service") | {
        "decision": decision,
        "letters": queries.letters_of(decision) if decision else [],
        "state": queries.service_of(decision) if decision else None,
        "may_record": works_on(actor, case),
        "today": clock.today(),
        "service_form": tried.get("service_form", ServiceForm(prefix="service")),
        "appeal_form": tried.get("appeal_form", AppealForm(prefix="appeal")),
        "tried": list(tried.values()),
    }
    return render(request, "decisions/service.html", context, status=status)


def _record(
    request: HttpRequest,
    case_id: UUID,
    name: str,
    form: forms.BaseForm,
    *,
    write: Callable[..., Any],
    done: str,
) -> HttpResponse:
    actor: Actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    decision = queries.decision_of(case)
    if decision is None:
        raise Http404
    if form.is_valid():
        try:
            write(actor=actor, case_id=case.pk, decision_id=decision.pk, **form.cleaned_data)
        except actions.ServiceInvalid as invalid:
            for field, sentence in invalid.errors.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(request, done)
            return redirect("decisions:service", case_id=case.pk)
    return _page(request, case, {name: form}, status=422)


@require_POST
@staff_view()
def record_service(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the person got the decision."""
    form = ServiceForm(request.POST, prefix="service")
    return _record(
        request,
        case_id,
        "service_form",
        form,
        write=actions.record_service,
        done=_("Delgivningen är registrerad."),
    )


@require_POST
@staff_view()
def record_appeal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that an appeal has come in."""
    form = AppealForm(request.POST, prefix="appeal")
    return _record(
        request,
        case_id,
        "appeal_form",
        form,
        write=actions.record_appeal,
        done=_("Överklagandet är registrerat."),
    )


@staff_view()
def letter(request: HttpRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """One letter as PDF, as it was stored; `?hamta` saves it as a file. The gate logs the read."""
    case = case_gate.open(actor_of(request), case_id)
    found = queries.letter_with_content(case, letter_id)
    if found is None:
        raise Http404
    document = found.document
    response = HttpResponse(bytes(document.content), content_type=document.media_type)
    how = "attachment" if "hamta" in request.GET else "inline"
    response["Content-Disposition"] = f'{how}; filename="{document.number}.pdf"'
    response["Content-Security-Policy"] = _PDF_POLICY
    return response
