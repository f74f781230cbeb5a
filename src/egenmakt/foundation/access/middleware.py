"""One transaction per request, in one municipality, with one actor."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation.access.actor import Actor, actor_for
from egenmakt.foundation.access.gates import NotAllowed, NotFound, log_refused_page
from egenmakt.foundation.identity.models import Assignment
from egenmakt.foundation.tenancy import transaction as tenancy

MUNICIPALITY_KEY = "municipality"


class ActorMiddleware:
    """Gives the request its actor and its municipality, and makes the whole request one transaction.

    Everything a request writes, its access log included, is committed before the response leaves; an answer
    of 500 or an error undoes it all. A refusal (NotFound, NotAllowed, or "not found" for a thing asked for by its
    id) is logged and committed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            request.actor = actor = self._actor(request)  # type: ignore[attr-defined]
            token = tenancy._municipality.set(actor.municipality_id if actor else None)
            try:
                response = self.get_response(request)
            finally:
                tenancy._municipality.reset(token)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _actor(self, request: HttpRequest) -> Actor | None:
        user = request.user
        if not user.is_authenticated:
            return None
        tenancy.set_in_database(None, user.pk)
        held = list(Assignment.objects.filter(user=user).select_related("municipality"))
        by_municipality: dict[str, list[Assignment]] = {}
        for one in sorted(held, key=lambda one: one.municipality.name):
            by_municipality.setdefault(str(one.municipality_id), []).append(one)
        request.works_in_several = len(by_municipality) > 1  # type: ignore[attr-defined]
        chosen = request.session.get(MUNICIPALITY_KEY)
        order = [chosen] if chosen in by_municipality else list(by_municipality)
        for municipality in order:
            assignments = by_municipality[municipality]
            tenancy.set_in_database(assignments[0].municipality_id, user.pk)
            prefetch_related_objects(assignments, "unit")  # units are visible in their own municipality only
            if actor := actor_for(user, assignments, path=request.path):
                return actor
        tenancy.set_in_database(None, user.pk)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what a gate refused into a page that says what to do."""
        if isinstance(error, NotFound):
            error.log()
            return render(request, "404.html", {"message": str(error)}, status=404)
        asked = request.resolver_match.kwargs if request.resolver_match else {}
        actor = getattr(request, "actor", None)
        if isinstance(error, NotAllowed):
            if isinstance(actor, Actor):
                log_refused_page(actor, asked.get("person_id"))
            return render(request, "403.html", {"message": str(error)}, status=403)
        # a thing that is asked for by its id and is not there for the one who asks, is refused her
        names_a_thing = any(isinstance(one, UUID | int) for one in asked.values())
        if isinstance(error, Http404) and isinstance(actor, Actor) and names_a_thing:
            log_refused_page(actor, asked.get("person_id"))
        return None
