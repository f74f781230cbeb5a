"""Pages about who may see a person, and who has."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from egenmakt.foundation.access.actions import ReasonTooShort
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.audit import queries as audit
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.identity.models import Role
from egenmakt.register.people import actions, errors, queries
from egenmakt.register.people.actions import REGISTERS
from egenmakt.register.people.forms import AccessFilter, BreakGlassForm, EndReaderForm, ReaderForm
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import NamedReader
from egenmakt.register.people.registering import UNPROCESSABLE
from egenmakt.register.people.views import as_id


@staff_view(*REGISTERS)
def readers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may see a protected person, and naming one more."""
    actor = actor_of(request)
    person = person_gate.known(actor, person_id)
    form = ReaderForm(request.POST or None, colleagues=queries.colleagues(actor))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            named = form.cleaned_data
            try:
                actions.name_reader(
                    actor=actor,
                    person_id=person_id,
                    user_id=named["user"].pk,
                    reason=named["reason"],
                    until=named["until"],
                )
            except (errors.NotStaffHere, errors.AlreadyReader) as error:
                form.add_error("user", str(error))
            else:
                messages.success(request, _("%(name)s är läsare nu.") % {"name": named["user"].name})
                return redirect("people:readers", person_id=person_id)
    context = {
        "person": person,
        "form": form,
        "readers": queries.readers_of(person),
        "banner": person_banner(actor, person),
    }
    return render(request, "people/readers.html", context, status=status)


@staff_view(*REGISTERS)
def end_reader(request: HttpRequest, person_id: UUID, reader_id: UUID) -> HttpResponse:
    """End a reader's access."""
    actor = actor_of(request)
    person = person_gate.known(actor, person_id)
    reader = NamedReader.objects.select_related("user").filter(pk=reader_id, person=person).first()
    if reader is None:
        raise person_gate.not_found(actor, reader_id)
    form = EndReaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_reader(
                actor=actor, person_id=person_id, reader_id=reader_id, reason=form.cleaned_data["reason"]
            )
        except errors.LastReader as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s är inte läsare längre.") % {"name": reader.user.name})
            # whoever ends her own access has nothing more to do here
            mine = reader.user_id == actor.user_id
            return redirect("people:list") if mine else redirect("people:readers", person_id=person_id)
    context = {"person": person, "reader": reader, "form": form, "banner": person_banner(actor, person)}
    return render(request, "people/end_reader.html", context, status=UNPROCESSABLE if form.errors else 200)


@staff_view(*REGISTERS, Role.DECISION_MAKER)
def break_glass(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a file one has nothing to do with, for a reason. There is no such page for a protected person."""
    actor = actor_of(request)
    if not queries.can_be_opened_with_reason(actor, person_id):
        raise person_gate.not_found(actor, person_id)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_with_reason(
                actor=actor,
                person_id=person_id,
                reason=form.cleaned_data["reason"],
                hours=form.cleaned_data["hours"],
            )
        except ReasonTooShort as error:
            form.add_error("reason", str(error))
        else:
            return redirect("people:person", person_id=person_id)
    return render(
        request, "people/break_glass.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200
    )


@staff_view()
def accesses(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who has opened, seen or been refused the person's data. A controller may read the log without opening
    the file.
    """
    actor = actor_of(request)
    controls = actor.has(Role.CONTROLLER)
    banner = None
    if controls and not queries.is_registered(person_id):
        raise person_gate.not_found(actor, person_id)
    if controls and not person_gate.listed(actor).filter(pk=person_id).exists():
        _log_reading_the_log(actor, person_id)
    else:
        banner = person_banner(actor, person_gate.open(actor, person_id))
    form = AccessFilter(request.GET, users=audit.accessed_by(person_id))
    wanted = form.wanted()
    page = audit.access_page(
        person_id,
        access=wanted.get("slag", ""),
        user_id=wanted.get("vem"),
        first=wanted.get("fran"),
        last=wanted.get("till"),
        after=as_id(request.GET.get("efter")),
    )
    context = {
        "person_id": person_id,
        "banner": banner,
        "page": page,
        "filter": form,
        "later": "efter" in request.GET,
    }
    return render(request, "people/accesses.html", context)


def _log_reading_the_log(actor: Actor, person_id: UUID) -> None:
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.READ, kind="access_log", object_id=person_id, person_ids=[person_id],
        relation=gettext_noop("loggranskare"),
    )  # fmt: skip
