"""Pages of the list, the search and one person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.audit import queries as audit
from egenmakt.register.people import queries
from egenmakt.register.people.actions import REGISTERS
from egenmakt.register.people.forms import ListFilter
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.panels import panels
from egenmakt.register.people.search import search as find

LAST_OPENERS = 5


@staff_view()
def people(request: HttpRequest) -> HttpResponse:
    """Those I have to do with."""
    actor = actor_of(request)
    form = ListFilter(request.GET)
    page = queries.people(actor, group=form.wanted().get("visa", ""), after=as_id(request.GET.get("efter")))
    context = {
        "rows": page.rows,
        "following": page.following,
        "filter": form,
        "later": "efter" in request.GET,
        "may_register": actor.has(*REGISTERS),
    }
    return render(request, "people/people.html", context)


@staff_view()
def search(request: HttpRequest) -> HttpResponse:
    """Search by name, number or case number."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()
    context = {"text": text, "found": find(actor, text), "may_register": actor.has(*REGISTERS)}
    return render(request, "people/search.html", context)


@staff_view()
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: who she is, what she has, who is around her, who has opened her file."""
    actor = actor_of(request)
    shown = person_gate.open(actor, person_id)
    parts: dict[str, list[str]] = {"main": [], "rail": []}
    for panel in panels():
        content: dict[str, Any] = {**panel.load(actor, shown), "person": shown, "actor": actor}
        parts[panel.place].append(render_to_string(panel.template, content, request))
    context = {
        "person": shown,
        "identity": shown.identity,
        "banner": person_banner(actor, shown),
        "may_edit": actor.has(*REGISTERS),
        "readers": queries.readers_of(shown).now,
        "openers": audit.openers(shown.pk, LAST_OPENERS),
        **parts,
    }
    return render(request, "people/person.html", context)


def as_id(text: str | None) -> UUID | None:
    """An id from an address, or None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
