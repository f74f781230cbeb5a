"""Pages of a case that are not a step."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.happenings import happenings_of
from egenmakt.foundation.access.decorators import actor_of, staff_view


@staff_view()
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has happened in a case, newest first."""
    case = case_gate.open(actor_of(request), case_id)
    context = case_frame(request, case, current="overview") | {"happenings": happenings_of(case)}
    return render(request, "cases/overview.html", context)


@staff_view()
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases the actor has to do with."""
    actor = actor_of(request)
    cases = case_gate.shown(actor, case_gate.listed(actor).order_by("-opened_on", "-pk")[:50])
    return render(request, "cases/list.html", {"cases": cases})
