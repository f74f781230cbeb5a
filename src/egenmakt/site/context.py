"""What the frame of every page shows: who I am, where I can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.identity.models import Role

CASEWORK = (Role.CASE_OFFICER, Role.DECISION_MAKER, Role.UNIT_MANAGER, Role.REGISTRAR)


@dataclass(frozen=True)
class Place:
    """A place in the row under the header, and the roles it is for (all, when none is named)."""

    key: str
    url_name: str
    label: str | Promise
    roles: tuple[Role, ...] = ()


PLACES = (
    Place("worklist", "deadlines:worklist", _("Mitt arbete")),
    Place("people", "people:list", _("Personer"), CASEWORK),
    Place("cases", "cases:list", _("Ärenden"), CASEWORK),
    Place("unit", "deadlines:unit", _("Enheten"), (Role.UNIT_MANAGER, Role.DECISION_MAKER, Role.REGISTRAR)),
    Place("law", "lawbook:index", _("Lagen")),
    Place("review", "reviews:openings", _("Granskning"), (Role.CONTROLLER, Role.UNIT_MANAGER)),
    Place("accounts", "accounts:accounts", _("Konton"), (Role.SYSADMIN,)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`actor` and `places` for the staff layout: the places that the actor's roles are for."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "places": []}
    shown = [
        {
            "key": place.key,
            "url": (url := reverse(place.url_name)),
            "label": place.label,
            "current": request.path.startswith(url),
        }
        for place in PLACES
        if not place.roles or actor.has(*place.roles)
    ]
    several = getattr(request, "works_in_several", False)
    return {
        "actor": actor,
        "places": shown,
        "switch_municipality_url": reverse("accounts:choose_municipality") if several else "",
    }
