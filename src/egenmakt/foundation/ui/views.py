"""Keeping and throwing away drafts, choosing light or dark and Swedish or English, and the gallery of components."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import actions, copies, dates
from egenmakt.foundation.ui.templatetags.ui import THEMES

YEAR = 365 * 24 * 3600
_OWN = {"csrfmiddlewaretoken", "_key", "_version", "_revision", copies.FIELD}


@require_POST
@staff_view()
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep the fields of a form as they stand. Answers with the time and the revision.

    `_revision` left out: keep it whatever is there (the page is being closed). 409 when another tab was
    first, 413 when it is more than anyone writes; then the browser keeps its own copy.
    """
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in _OWN}
    revision = request.POST.get("_revision", "")
    version = request.POST.get("_version", "")
    try:
        draft = actions.save_draft(
            actor=actor_of(request),
            key=request.POST.get("_key", ""),
            fields=fields,
            base_version=int(version) if version.isdecimal() else 0,
            seen_revision=int(revision) if revision.isdecimal() else None,
        )
    except actions.DraftIsNewer:
        return JsonResponse({"error": _("Utkastet har ändrats i en annan flik.")}, status=409)
    except actions.DraftTooLarge:
        return JsonResponse({"error": _("Texten är för lång för att sparas som utkast.")}, status=413)
    except actions.BadDraftKey:
        return JsonResponse({"error": _("Formuläret saknar ett giltigt namn.")}, status=400)
    return JsonResponse({"saved": dates.clock_time(draft.saved_at), "revision": draft.revision})


@require_POST
@staff_view()
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Throw away one's draft, and go back to where one was."""
    actions.discard_draft(actor=actor_of(request), key=request.POST.get("key", ""))
    return redirect(_back(request))


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the computer: kept in a cookie. Open to all, also before sign-in."""
    response = redirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """English pages, or Swedish as they are for everyone: kept in a cookie. Open to all, also before sign-in.

    Only the pages change. Letters and decisions are in the language of the document.
    """
    response = redirect(_back(request))
    name, chosen = settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and chosen != settings.LANGUAGE_CODE:
        response.set_cookie(
            name, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(name, samesite="Lax")
    return response


@staff_view()
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with invented content. Only in test mode."""
    from egenmakt.foundation.ui.gallery import context

    dense = request.GET.get("tathet") != "luftig"
    return render(request, "ui/gallery.html", context(request) | {"dense": dense})


def _back(request: HttpRequest) -> str:
    """Where the form was: only within this site."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("home")
