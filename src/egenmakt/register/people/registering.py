"""Pages where persons are registered and changed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response
from egenmakt.register.people import actions, errors, queries
from egenmakt.register.people.actions import REGISTERS
from egenmakt.register.people.forms import EditForm, FindForm, RegisterForm
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import Person, Protection
from egenmakt.register.people.search import find_number

UNPROCESSABLE = 422


@staff_view(*REGISTERS)
def find_before_registering(request: HttpRequest) -> HttpResponse:
    """The number first, so that nobody is registered twice; then the form."""
    if request.method != "POST":
        return render(request, "people/find.html", {"form": FindForm()})
    if "without_number" in request.POST:
        return render(request, "people/register.html", {"form": RegisterForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "people/find.html", {"form": form}, status=UNPROCESSABLE)
    number = form.cleaned_data["number"]
    found = find_number(actor_of(request), number.number)
    if found:
        return render(request, "people/find.html", {"form": form, "found": found})
    return render(request, "people/register.html", {"form": RegisterForm(initial={"number": number.written})})


@staff_view(*REGISTERS)
def register(request: HttpRequest) -> HttpResponse:
    """The form of someone new."""
    if request.method != "POST":
        return redirect("people:find")
    actor = actor_of(request)
    form = RegisterForm(request.POST)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        facts = form.facts()
        if facts.number is None and not form.cleaned_data["confirmed"]:
            context["alike"] = queries.alike(
                actor, born=facts.day_of_birth, given_name=facts.given_name, family_name=facts.family_name
            )
        if context.get("alike"):
            form.add_error(
                "confirmed",
                _("Det finns redan någon som liknar. Kontrollera, och kryssa i om det är en annan person."),
            )
        else:
            try:
                person = actions.register_person(actor=actor, facts=facts)
            except (errors.AlreadyRegistered, errors.NumberNotAvailable) as error:
                context["registered"] = _tell_taken(request, form, error)
            else:
                messages.success(request, _("Personen är registrerad."))
                return _after_saving(request, person, facts.protection)
    return render(request, "people/register.html", context, status=UNPROCESSABLE)


@staff_view(*REGISTERS)
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The form of someone registered."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    context: dict[str, object] = {"person": person, "banner": person_banner(actor, person)}
    if request.method != "POST":
        form = EditForm(initial={**queries.facts_of(person), "version": person.version})
        return render(request, "people/edit.html", context | {"form": form})
    form = EditForm(request.POST)
    if form.is_valid():
        facts = form.facts()
        try:
            changed = actions.edit_person(
                actor=actor, person_id=person_id, version=form.cleaned_data["version"], facts=facts
            )
        except StaleVersion as stale:
            return conflict_response(request, stale, form)
        except (errors.AlreadyRegistered, errors.NumberNotAvailable) as error:
            context["registered"] = _tell_taken(request, form, error)
        else:
            messages.success(request, _("Uppgifterna är sparade."))
            return _after_saving(request, changed, facts.protection)
    return render(request, "people/edit.html", context | {"form": form}, status=UNPROCESSABLE)


def _tell_taken(request: HttpRequest, form: forms.Form, error: Exception) -> UUID | None:
    """Say at the field that the number is taken; the id of who has it, unless she is protected."""
    form.add_error("number", str(error))
    if isinstance(error, errors.AlreadyRegistered):
        return error.person_id
    actions.log_number_not_available(actor=actor_of(request))
    return None


def _after_saving(request: HttpRequest, person: Person, protection: Protection) -> HttpResponse:
    """To the person; or, when she is protected, to naming who may see her."""
    if protection != Protection.NONE:
        messages.info(
            request, _("Bara namngivna läsare ser vem personen är. Namnge de kollegor som behöver det.")
        )
        return redirect("people:readers", person_id=person.pk)
    return redirect("people:person", person_id=person.pk)
