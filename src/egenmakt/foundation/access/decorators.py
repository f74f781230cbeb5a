"""How a view gets its actor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import log_refused_page
from egenmakt.foundation.identity.models import Role


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor. Only for views behind `staff_view`, which guarantees that there is one."""
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)  # noqa: S101 - the decorator has seen to it
    return actor


def staff_view(*roles: Role) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let in staff with one of the roles (any when none is named); others get the sign-in page or "not found".

    A refusal is logged, with the person when the page is under a person's address.
    Every page that staff use is wrapped in this; a test holds that no URL is without it or on the open list.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if actor is None:
                if request.user.is_authenticated:
                    return render(request, "no_role.html", status=403)
                return redirect_to_login(request.get_full_path())
            if roles and not actor.has(*roles):
                log_refused_page(actor, kwargs.get("person_id"))
                return render(request, "404.html", status=404)
            return view(request, *args, **kwargs)

        guarded.staff_roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate
