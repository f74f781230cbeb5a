"""Registering an application and taking it to the point where the investigation can begin."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from egenmakt.casework.applications import rules
from egenmakt.casework.applications.models import Application, AppliedBy, Supplement
from egenmakt.casework.cases.actions import CaseInvalid, open_case
from egenmakt.casework.cases.answering import answer_day_problem
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import Invalid, require_current, require_work, user_of
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.jobs.actions import enter
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative

ACKNOWLEDGEMENT = "acknowledgement"


class ApplicationInvalid(Invalid):
    """An application, or what is noted about it, cannot be kept as it is."""


@transaction.atomic
def register_application(
    *,
    actor: Actor,
    person_id: UUID,
    unit_id: UUID,
    form: str,
    received_on: date,
    applied_by: str,
    asks_for: str,
    officer_id: UUID | None = None,
    representative_id: UUID | None = None,
    representation_reason: str = "",
    own_words: str = "",
    granted_before_age_limit: bool = False,
    current_s_per_week: int | None = None,
) -> Application:
    """Open a case with an application, and have it acknowledged by letter.

    `received_on` is the day it came in by FL 22 §. Raises NotAllowed, NotFound (a person the actor may not
    know), and ApplicationInvalid with everything that is wrong; then nothing is written and no number used.
    """
    errors: dict[str, str] = {}
    try:
        with transaction.atomic():
            case = open_case(
                actor=actor, person_id=person_id, unit_id=unit_id, officer_id=officer_id,
                opened_on=min(received_on, clock.today()),
            )  # fmt: skip
    except CaseInvalid as invalid:
        errors |= invalid.errors
        case = Case(person=Person.objects.select_related("identity").get(pk=person_id))
    application = Application(case=case, received_by_id=user_of(actor))
    values: dict[str, Any] = {
        "form": form, "received_on": received_on, "applied_by": applied_by, "asks_for": asks_for,
        "representative_id": representative_id, "representation_reason": representation_reason,
        "own_words": own_words, "granted_before_age_limit": granted_before_age_limit,
        "current_s_per_week": current_s_per_week,
    }  # fmt: skip
    errors |= _fill(application, case.person, **values)
    if errors:
        raise ApplicationInvalid(errors)
    application.save()
    enter(
        kind=ACKNOWLEDGEMENT,
        key=str(application.pk),
        payload={"case": str(case.pk), "actor": str(user_of(actor)), "guideline": actor.guideline},
    )
    return application


@transaction.atomic
def edit_application(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    form: str,
    received_on: date,
    applied_by: str,
    asks_for: str,
    representative_id: UUID | None = None,
    representation_reason: str = "",
    own_words: str = "",
    granted_before_age_limit: bool = False,
    current_s_per_week: int | None = None,
) -> Application:
    """Correct what was registered. A new applicant's authority must be checked anew.

    Raises NotAllowed, StaleVersion, and ApplicationInvalid with everything that is wrong.
    """
    application, case = _application(actor, case_id)
    posted: dict[str, Any] = {
        "form": form, "received_on": received_on, "applied_by": applied_by, "asks_for": asks_for,
        "representation_reason": representation_reason, "own_words": own_words,
        "granted_before_age_limit": granted_before_age_limit, "current_s_per_week": current_s_per_week,
    }  # fmt: skip
    stored = {name: getattr(application, name) for name in posted}
    require_current(
        application, version,
        current=stored | {"representative": application.representative_id},
        posted=posted | {"representative": representative_id},
    )  # fmt: skip
    before = (application.applied_by, application.representative_id)
    errors = _fill(application, case.person, **posted, representative_id=representative_id)
    if errors:
        raise ApplicationInvalid(errors)
    if (application.applied_by, application.representative_id) != before:
        application.authority_checked_on = application.authority_until = None
        application.authority_checked_by = None
        application.authority_ground = ""
    return _save(application)


@transaction.atomic
def check_authority(
    *, actor: Actor, case_id: UUID, version: int, ground: str, until: date | None = None
) -> Application:
    """Note that the applicant's right to apply was checked today, what shows it, and how long it lasts
    (K-01).

    Raises NotAllowed, StaleVersion, and ApplicationInvalid with everything that is wrong.
    """
    application, _case = _application(actor, case_id)
    require_current(
        application, version,
        current={"ground": application.authority_ground, "until": application.authority_until},
        posted={"ground": ground, "until": until},
    )  # fmt: skip
    errors: dict[str, str] = {}
    if not ground.strip():
        errors["ground"] = _("Skriv vad som visar behörigheten, till exempel personbevis eller fullmakt.")
    if until is not None and until < application.received_on:
        errors["until"] = _("Behörigheten kan inte ha upphört innan ansökan kom in.")
    if errors:
        raise ApplicationInvalid(errors)
    application.authority_checked_on = clock.today()
    application.authority_checked_by_id = user_of(actor)
    application.authority_ground = ground.strip()
    application.authority_until = until
    return _save(application)


@transaction.atomic
def note_first_contact(*, actor: Actor, case_id: UUID, version: int, day: date, how: str) -> Application:
    """Note the first contact with the person after the application (H-13).

    Raises NotAllowed, StaleVersion, and ApplicationInvalid with everything that is wrong.
    """
    application, _case = _application(actor, case_id)
    require_current(
        application, version,
        current={"day": application.first_contact_on, "how": application.first_contact_how},
        posted={"day": day, "how": how},
    )  # fmt: skip
    errors: dict[str, str] = {}
    if day > clock.today():
        errors["day"] = _("Skriv den dag kontakten togs. Den kan inte ligga framåt.")
    elif day < application.received_on:
        errors["day"] = _("Första kontakten kommer efter ansökan, som kom in %(day)s.") % {
            "day": application.received_on.isoformat()
        }
    if not how.strip():
        errors["how"] = _("Skriv hur ni fick kontakt, till exempel telefon med vårdnadshavaren.")
    if errors:
        raise ApplicationInvalid(errors)
    application.first_contact_on, application.first_contact_how = day, how.strip()
    return _save(application)


@transaction.atomic
def request_supplement(
    *, actor: Actor, case_id: UUID, what: str, answer_by: date, asked_on: date | None = None
) -> Supplement:
    """Ask for what the application lacks, with a day to answer by (FL 20 §). The case waits until then.

    Raises NotAllowed, and ApplicationInvalid with everything that is wrong.
    """
    application, _case = _application(actor, case_id)
    asked = asked_on or clock.today()
    errors: dict[str, str] = {}
    if not what.strip():
        errors["what"] = _("Skriv vad som saknas, så att det går att förstå vad som ska skickas in.")
    if asked > clock.today() or asked < application.received_on:
        errors["asked_on"] = _("Skriv den dag du bad om kompletteringen: från ansökans dag till i dag.")
    elif problem := answer_day_problem(answer_by, asked):
        errors["answer_by"] = problem
    if errors:
        raise ApplicationInvalid(errors)
    return Supplement.objects.create(
        application=application,
        what=what.strip(),
        asked_on=asked,
        asked_by_id=user_of(actor),
        answer_by=answer_by,
    )


@transaction.atomic
def receive_supplement(
    *, actor: Actor, case_id: UUID, supplement_id: UUID, version: int, received_on: date, received: str
) -> Supplement:
    """Note what came in to a supplement, and when. Raises NotAllowed, StaleVersion, ApplicationInvalid."""
    application, _case = _application(actor, case_id)
    found = application.supplements.select_for_update().filter(pk=supplement_id).first()
    if found is None:
        raise Http404
    require_current(
        found, version,
        current={"received_on": found.received_on, "received": found.received},
        posted={"received_on": received_on, "received": received},
    )  # fmt: skip
    errors: dict[str, str] = {}
    if not found.asked_on <= received_on <= clock.today():
        errors["received_on"] = _("Skriv den dag det kom in: från den dag det begärdes till i dag.")
    if not received.strip():
        errors["received"] = _("Skriv kort vad som kom in, eller att inget mer kommer.")
    if errors:
        raise ApplicationInvalid(errors)
    found.received_on, found.received = received_on, received.strip()
    found.version += 1
    found.save()
    return found


def _application(actor: Actor, case_id: UUID) -> tuple[Application, Case]:
    """The case's application, locked, for someone who works on the case."""
    case = case_gate.open(actor, case_id)
    require_work(actor, case)
    found = Application.objects.select_for_update(of=("self",)).filter(case=case).first()
    if found is None:
        raise NotAllowed(_("Ärendet har ingen ansökan."))
    return found, case


def _save(application: Application) -> Application:
    application.version += 1
    application.save()
    return application


def _fill(
    application: Application,
    person: Person,
    *,
    form: str,
    received_on: date,
    applied_by: str,
    asks_for: str,
    representative_id: UUID | None,
    representation_reason: str,
    own_words: str,
    granted_before_age_limit: bool,
    current_s_per_week: int | None,
) -> dict[str, str]:
    """Put the values in place; everything that is wrong with them."""
    by_other = applied_by == AppliedBy.REPRESENTATIVE
    representative = (
        Representative.objects.filter(pk=representative_id, person=person).first()
        if by_other and representative_id
        else None
    )
    application.form, application.received_on, application.applied_by = form, received_on, applied_by
    application.asks_for, application.own_words = asks_for.strip(), own_words.strip()
    application.representative = representative
    application.representation_reason = representation_reason.strip()
    application.granted_before_age_limit = granted_before_age_limit
    application.current_s_per_week = current_s_per_week
    return rules.problems(
        person,
        representative,
        form=form,
        received_on=received_on,
        applied_by=applied_by,
        asks_for=asks_for,
        representation_reason=representation_reason,
    )
