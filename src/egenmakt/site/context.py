"""What the frame of every page shows: who I am, where I can go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

_PLACES = [
    ("deadlines:worklist", _("Mitt arbete")),
    ("people:list", _("Personer")),
    ("cases:list", _("Ärenden")),
    ("deadlines:unit", _("Enheten")),
    ("lawbook:index", _("Lagen")),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """`actor` and `places` for the staff layout."""
    actor = getattr(request, "actor", None)
    places = []
    for name, label in _PLACES if actor else []:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        places.append({"url": url, "label": label, "current": request.path.startswith(url)})
    return {"actor": actor, "places": places}
