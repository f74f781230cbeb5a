"""The pages of one's own work and of the unit's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.queries import waiting
from egenmakt.oversight.deadlines import queries


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
    context = {"work": queries.unit_work(actor), "outbox": waiting() if actor.has(Role.UNIT_MANAGER) else []}
    return render(request, "deadlines/unit.html", context)
