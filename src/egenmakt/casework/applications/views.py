"""Registering an application, and the step "Ansökan" of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.applications import actions, queries, rules
from egenmakt.casework.applications.forms import (
    ApplicationForm,
    AuthorityForm,
    FirstContactForm,
    ReceivedForm,
    RegisterForm,
    SupplementForm,
)
from egenmakt.casework.applications.models import Application, Supplement
from egenmakt.casework.cases import queries as cases
from egenmakt.casework.cases.answering import usual_answer_day
from egenmakt.casework.cases.forms import put_errors
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate, new_case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import Invalid, works_on
from egenmakt.casework.cases.step_forms import UNPROCESSABLE, StepForms, Tried
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response
from egenmakt.register.people.forms import FindForm
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.models import Person
from egenmakt.register.people.search import find_number

OPENS_CASES = (Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_MANAGER)


@staff_view(*OPENS_CASES)
def register(request: HttpRequest) -> HttpResponse:
    """A new application: first whose it is, then what it says."""
    chosen = request.GET.get("person")
    if not chosen:
        return _whose(request)
    try:
        person = new_case_gate.open(actor_of(request), UUID(chosen))
    except ValueError as error:
        raise Http404 from error
    return _register(request, person)


def _whose(request: HttpRequest) -> HttpResponse:
    """Find the person by number. The number is posted, so that it never stands in an address."""
    if request.method != "POST":
        return render(request, "applications/whose.html", {"form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "applications/whose.html", {"form": form}, status=UNPROCESSABLE)
    found = find_number(actor_of(request), form.cleaned_data["number"].number)
    if found.registered or len(found.persons) == 1:
        person_id = found.registered or found.persons[0].pk
        return redirect(f"{request.path}?person={person_id}")
    return render(request, "applications/whose.html", {"form": form, "unknown": True})


def _register(request: HttpRequest, person: Person) -> HttpResponse:
    actor = actor_of(request)
    units = cases.units_for_new_cases(actor)
    known: dict[str, Any] = {
        "representatives": queries.representatives_on(person, clock.today()),
        "person": person,
        "units": units,
        "officers": cases.officers([unit.pk for unit in units]),
    }
    key = f"application:new:{person.pk}"
    context = {
        "person": person,
        "new_representative": reverse("representatives:add", kwargs={"person_id": person.pk}),
        "banner": person_banner(actor, person),
    }
    if request.method == "POST":
        form = RegisterForm(request.POST, **known)
        if form.is_valid():
            try:
                made = actions.register_application(actor=actor, person_id=person.pk, **form.values())
            except Invalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(
                    request,
                    _("Ansökan är registrerad med nummer %(number)s. Ett bekräftelsebrev är på väg.")
                    % {"number": made.case.number},
                )
                return redirect("applications:application", case_id=made.case_id)
        draft = drafts.of_form(request, form, key)
        return render(
            request,
            "applications/register.html",
            context | {"form": form, "draft": draft},
            status=UNPROCESSABLE,
        )
    initial = {"received_on": clock.today(), "unit": units[0].pk if units else ""}
    draft = drafts.restore(request, RegisterForm, key, initial=initial, **known)
    return render(request, "applications/register.html", context | {"form": draft.form, "draft": draft})


@staff_view()
def application(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The step "Ansökan"."""
    case = case_gate.open(actor_of(request), case_id)
    return _page(request, case, {})


def _page(request: HttpRequest, case: Case, tried: Tried, status: int = 200) -> HttpResponse:
    """The step's page. `tried` are the forms that were refused, shown in place of fresh ones."""
    frame = case_frame(request, case, current="application")
    found = queries.application_of(case)
    if found is None:
        return render(request, "applications/none.html", frame)
    may_work = case.closed_on is None and works_on(actor_of(request), case)
    supplements = queries.supplements_of(found)
    missing = next((one for one in supplements if one.received_on is None), None)
    context = frame | {
        "application": found,
        "supplements": supplements,
        "open_supplement": missing,
        "may_work": may_work,
        "today": clock.today(),
        "tried": [one.form for one in tried.values()],
        **(_drafts(request, case, found, missing) if may_work else {}),
    }
    return render(request, "applications/application.html", context | tried, status=status)


def _key(name: str, row_id: UUID) -> str:
    return f"application:{name}:{row_id}"


def _drafts(request: HttpRequest, case: Case, found: Application, missing: Supplement | None) -> Tried:
    today = clock.today()
    who = found.representative
    until = who.valid.upper - timedelta(days=1) if who and who.valid.upper else None
    ends = rules.authority_ends(case.person, found.applied_by, who.kind if who else "", until, today)
    made: Tried = {
        "authority": drafts.restore(
            request, AuthorityForm, _key("authority", case.pk), version=found.version, prefix="authority",
            initial={
                "ground": found.authority_ground or (who.evidence if who else ""),
                "until": found.authority_until or ends,
            },
        ),
        "contact": drafts.restore(
            request, FirstContactForm, _key("contact", case.pk), version=found.version, prefix="contact",
            initial={"day": found.first_contact_on or today, "how": found.first_contact_how},
        ),
        "supplement": drafts.restore(
            request, SupplementForm, _key("supplement", case.pk), prefix="supplement",
            initial={"asked_on": today, "answer_by": usual_answer_day(today)},
        ),
    }  # fmt: skip
    if missing:
        made["received"] = drafts.restore(
            request, ReceivedForm, _key("received", missing.pk), version=missing.version, prefix="received",
            initial={"received_on": today},
        )  # fmt: skip
    return made


_forms = StepForms("application", "applications:application", _page)


@require_POST
@staff_view()
def check_authority(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note that the applicant may apply."""
    return _forms.carry_out(
        request, case_id, AuthorityForm(request.POST, prefix="authority"), _key("authority", case_id),
        action=lambda data: actions.check_authority(actor=actor_of(request), case_id=case_id, **data),
        done=_("Behörigheten är kontrollerad."),
    )  # fmt: skip


@require_POST
@staff_view()
def note_first_contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note the first contact."""
    return _forms.carry_out(
        request, case_id, FirstContactForm(request.POST, prefix="contact"), _key("contact", case_id),
        action=lambda data: actions.note_first_contact(actor=actor_of(request), case_id=case_id, **data),
        done=_("Första kontakten är noterad."),
    )  # fmt: skip


@require_POST
@staff_view()
def request_supplement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note that something was asked for."""
    return _forms.carry_out(
        request, case_id, SupplementForm(request.POST, prefix="supplement"),
        _key("supplement", case_id),
        action=lambda data: actions.request_supplement(
            actor=actor_of(request), case_id=case_id,
            what=data["what"], asked_on=data["asked_on"], answer_by=data["answer_by"],
        ),
        done=_("Kompletteringen är begärd. Ärendet väntar på svaret."),
    )  # fmt: skip


@require_POST
@staff_view()
def receive_supplement(request: HttpRequest, case_id: UUID, supplement_id: UUID) -> HttpResponse:
    """Note what came in."""
    return _forms.carry_out(
        request, case_id, ReceivedForm(request.POST, prefix="received"),
        _key("received", supplement_id),
        action=lambda data: actions.receive_supplement(
            actor=actor_of(request), case_id=case_id, supplement_id=supplement_id, **data
        ),
        done=_("Kompletteringen är noterad."),
    )  # fmt: skip


@staff_view()
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Correct what was registered."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    found = queries.application_of(case)
    if found is None:
        raise Http404
    if case.closed_on is not None or not works_on(actor, case):
        return redirect("applications:application", case_id=case.pk)
    known: dict[str, Any] = {"representatives": _selectable(case.person, found), "person": case.person}
    key = f"application:{found.pk}"
    frame = case_frame(request, case, current="application") | {
        "new_representative": reverse("representatives:add", kwargs={"person_id": case.person_id})
    }
    if request.method == "POST":
        form = ApplicationForm(request.POST, **known)
        if form.is_valid():
            try:
                actions.edit_application(
                    actor=actor, case_id=case.pk, version=form.cleaned_data["version"], **form.values()
                )
            except StaleVersion as stale:
                return conflict_response(
                    request, stale, form, draft_key=key, template="cases/conflict.html", context=frame
                )
            except Invalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(request, _("Ansökan är sparad."))
                return redirect("applications:application", case_id=case.pk)
        context = frame | {"form": form, "draft": drafts.of_form(request, form, key)}
        return render(request, "applications/edit.html", context, status=UNPROCESSABLE)
    initial = {
        "form": found.form, "received_on": found.received_on, "applied_by": found.applied_by,
        "representative": found.representative_id or "", "representation_reason": found.representation_reason,
        "asks_for": found.asks_for, "own_words": found.own_words,
        "granted_before_age_limit": found.granted_before_age_limit, "current_s_per_week": found.current_s_per_week,
    }  # fmt: skip
    draft = drafts.restore(request, ApplicationForm, key, version=found.version, initial=initial, **known)
    return render(request, "applications/edit.html", frame | {"form": draft.form, "draft": draft})


def _selectable(person: Person, found: Application) -> list[Any]:
    """Those who may represent the person today, and the one who applied."""
    shown = queries.representatives_on(person, clock.today())
    if found.representative and found.representative not in shown:
        shown.append(found.representative)
    return shown
