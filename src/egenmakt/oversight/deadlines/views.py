"""The pages of one's own work and of the unit's."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.queries import waiting
from egenmakt.oversight.deadlines import queries
from egenmakt.oversight.deadlines import unit as units


@staff_view()
def worklist(request: HttpRequest) -> HttpResponse:
    """Mitt arbete: what I am to do, what is late, who waits for me and whom I wait for."""
    actor = actor_of(request)
    work = queries.my_work(actor)
    context = {
        "work": work,
        "groups": [
            ("late", work.late),
            ("mine", work.mine),
            ("week", work.week),
            ("waiting", work.waiting),
            ("coming", work.coming),
        ],
        "can_register": actor.has(Role.REGISTRAR, Role.CASE_OFFICER),
    }
    return render(request, "deadlines/worklist.html", context)


@staff_view(Role.UNIT_MANAGER, Role.DECISION_MAKER, Role.REGISTRAR)
def unit(request: HttpRequest) -> HttpResponse:
    """Enheten: load per officer, what is late and why, cases that nobody gets further with."""
    actor = actor_of(request)
    context = {
        "work": units.unit_work(actor),
        "all": {kind: units.list_url(kind) for kind in units.KINDS},
        "outbox": waiting() if actor.has(Role.UNIT_MANAGER) else [],
    }
    return render(request, "deadlines/unit.html", context)


@staff_view(Role.UNIT_MANAGER, Role.DECISION_MAKER, Role.REGISTRAR)
def unit_list(request: HttpRequest) -> HttpResponse:
    """One of the unit's lists, a page at a time: what is late, due within a week or on a day, or stuck."""
    asked = request.GET.get("vad", "")
    kind: units.Kind = next((one for one in units.KINDS if one == asked), units.KINDS[0])
    listed = units.unit_list(
        actor_of(request), kind, _day(request.GET.get("dag", "")), request.GET.get("efter", "")
    )
    return render(request, "deadlines/unit_list.html", {"list": listed, "paged": "efter" in request.GET})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
