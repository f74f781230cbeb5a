"""The copies that a computer keeps of forms it has sent, until it is told that they are saved.

The script puts the copy's id in the form. What becomes of the form is known only here: the page that comes
may be an error, or ask for a password. So the id of a saved form stays in the session until a page has told it.
"""

from __future__ import annotations

import re

from django.http import HttpRequest

FIELD = "_copy"
MOST = 20  # forms saved without a page in between; older copies come back as not saved
_SESSION = "saved_copies"
_ID = re.compile(r"[a-z0-9]{8,40}")


def posted(request: HttpRequest) -> str:
    """The id of the copy of the form that was posted, or an empty string."""
    found = request.POST.get(FIELD, "")
    return found if _ID.fullmatch(found) else ""


def is_saved(request: HttpRequest) -> None:
    """What was posted is saved: the next page says so to the computer."""
    if copy := posted(request):
        request.session[_SESSION] = [*request.session.get(_SESSION, []), copy][-MOST:]


def told(request: HttpRequest) -> list[str]:
    """The ids of the copies that are saved, for the page that is being made. Each is told once."""
    session = getattr(request, "session", None)
    if session is None or _SESSION not in session:
        return []
    saved: list[str] = session.pop(_SESSION)
    return saved
