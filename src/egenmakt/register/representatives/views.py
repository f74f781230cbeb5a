"""Pages where representatives and consents are noted. Every page is of a person that the gate has opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response
from egenmakt.register.people.actions import REGISTERS
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import Person
from egenmakt.register.representatives import actions
from egenmakt.register.representatives.forms import ConsentForm, EndForm, RepresentativeForm, WithdrawForm
from egenmakt.register.representatives.models import Consent, Representative

UNPROCESSABLE = 422


@staff_view(*REGISTERS)
def add_representative(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Someone new who acts for the person."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    form = RepresentativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_representative(actor=actor, person_id=person_id, facts=form.facts())
        except actions.NotComplete as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Ställföreträdaren är inlagd."))
            return redirect("people:person", person_id=person_id)
    context = _context(actor, person, form)
    return render(request, "representatives/representative.html", context, status=_status(form))


@staff_view(*REGISTERS)
def edit_representative(request: HttpRequest, person_id: UUID, representative_id: UUID) -> HttpResponse:
    """Change what is noted about someone who acts for the person."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    one = _representative(actor, person, representative_id)
    if request.method != "POST":
        form = RepresentativeForm(initial={**actions.facts_of(representative=one), "version": one.version})
    else:
        form = RepresentativeForm(request.POST)
    if form.is_bound and form.is_valid():
        try:
            actions.edit_representative(
                actor=actor,
                person_id=person_id,
                representative_id=representative_id,
                version=form.cleaned_data["version"],
                facts=form.facts(),
            )
        except StaleVersion as stale:
            return conflict_response(request, stale, form)
        except actions.NotComplete as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Uppgifterna är sparade."))
            return redirect("people:person", person_id=person_id)
    context = _context(actor, person, form) | {"representative": one}
    return render(request, "representatives/representative.html", context, status=_status(form))


@staff_view(*REGISTERS)
def end_representative(request: HttpRequest, person_id: UUID, representative_id: UUID) -> HttpResponse:
    """End someone's authority."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    one = _representative(actor, person, representative_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_representative(
                actor=actor,
                person_id=person_id,
                representative_id=representative_id,
                last=form.cleaned_data["last"],
            )
        except actions.NotComplete as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Behörigheten är avslutad."))
            return redirect("people:person", person_id=person_id)
    context = _context(actor, person, form) | {"representative": one}
    return render(request, "representatives/end.html", context, status=_status(form))


@staff_view(*REGISTERS)
def add_consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Something the person agrees to."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    key = f"consent:new:{person_id}"
    if request.method != "POST":
        draft = drafts.restore(request, ConsentForm, key, version=0)
        context = _context(actor, person, draft.form) | {"draft": draft}
        return render(request, "representatives/consent.html", context)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            actions.add_consent(actor=actor, person_id=person_id, **form.cleaned_data)
        except actions.NotComplete as wrong:
            _show(form, wrong)
        else:
            drafts.discard(request, key)
            messages.success(request, _("Samtycket är inlagt."))
            return redirect("people:person", person_id=person_id)
    context = _context(actor, person, form) | {"draft": drafts.of_form(request, form, key)}
    return render(request, "representatives/consent.html", context, status=UNPROCESSABLE)


@staff_view(*REGISTERS)
def withdraw_consent(request: HttpRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """Something the person no longer agrees to."""
    actor = actor_of(request)
    person = person_gate.open(actor, person_id)
    consent = Consent.objects.filter(person=person, pk=consent_id, withdrawn_on=None).first()
    if consent is None:
        raise person_gate.not_found(actor, consent_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(
                actor=actor,
                person_id=person_id,
                consent_id=consent_id,
                withdrawn_on=form.cleaned_data["withdrawn_on"],
            )
        except actions.NotComplete as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Samtycket är återkallat."))
            return redirect("people:person", person_id=person_id)
    context = _context(actor, person, form) | {"consent": consent}
    return render(request, "representatives/withdraw.html", context, status=_status(form))


def _representative(actor: Actor, person: Person, representative_id: UUID) -> Representative:
    found = Representative.objects.filter(person=person, pk=representative_id).first()
    if found is None:
        raise person_gate.not_found(actor, representative_id)
    return found


def _context(actor: Actor, person: Person, form: Any) -> dict[str, Any]:
    return {"person": person, "banner": person_banner(actor, person), "form": form}


def _show(form: forms.Form, wrong: actions.NotComplete) -> None:
    for name, text in wrong.errors.items():
        form.add_error(name, text)


def _status(form: forms.BaseForm) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200
