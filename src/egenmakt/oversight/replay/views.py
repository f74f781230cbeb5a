"""The page of the nightly replay."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.law import law_hash
from egenmakt.oversight.replay import queries


@staff_view()
def overview(request: HttpRequest) -> HttpResponse:
    """Whether every decision in force still gives what was signed, and those that do not."""
    actor = actor_of(request)
    rows, going_on = queries.differences(actor, request.GET.get("efter", "").replace("\0", ""))
    context = {
        "overview": queries.overview(actor),
        "rows": rows,
        "nothing": not rows,
        "going_on": going_on,
        "hash": law_hash()[:12],
    }
    return render(request, "replay/overview.html", context)
