"""Opening and closing a case, and who handles it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from egenmakt.casework.cases import rules
from egenmakt.casework.cases.gate import case_gate, new_case_gate
from egenmakt.casework.cases.models import Case, CaseKind, CaseStaff, JournalNote, NoteKind
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.identity.models import Role, User
from egenmakt.foundation.tenancy.actions import next_number
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.register.people.models import Person

SERIES = "case"


class CaseInvalid(rules.Invalid):
    """A case cannot be opened, handed over or closed as asked."""


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    person_id: UUID,
    unit_id: UUID,
    officer_id: UUID | None = None,
    opened_on: date | None = None,
    kind: CaseKind = CaseKind.ASSISTANCE,
) -> Case:
    """Open a case for a person, with the next number of the year of `opened_on` (today unless given).

    For registrars, case officers and managers of the unit; an officer who names nobody takes it herself.
    Raises NotAllowed for others, NotFound for a person whom the actor may not know, CaseInvalid for a day
    ahead or an officer who cannot handle the case.
    """
    today = clock.today()
    opened = opened_on or today
    if not rules.holds(actor, unit_id, Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_MANAGER):
        raise NotAllowed(_("Du kan bara öppna ärenden i din egen enhet."))
    person = new_case_gate.open(actor, person_id)
    leads = rules.holds(actor, unit_id, *rules.LEADS)
    officer_id = officer_id or (None if leads else actor.user_id)  # an officer who opens a case takes it
    errors: dict[str, str] = {}
    if not Unit.objects.filter(pk=unit_id).exists():
        errors["unit"] = _("Välj en av kommunens enheter.")
    if opened > today:
        errors["opened_on"] = _("Ärendet kan inte öppnas en dag som inte har kommit än.")
    if officer_id and (why := _cannot_handle(officer_id, unit_id, person)):
        errors["officer"] = why
    if errors:
        raise CaseInvalid(errors)
    return Case.objects.create(
        number=f"LSS-{opened.year}-{next_number(series=SERIES, year=opened.year):05d}",
        person=person,
        kind=kind,
        unit_id=unit_id,
        officer_id=officer_id,
        opened_on=opened,
        opened_by_id=rules.user_of(actor),
    )


def _cannot_handle(user_id: UUID, unit_id: UUID, person: Person) -> str:
    """Why the user cannot be the case's officer; empty when she can."""
    if not rules.may_be_officer(user_id, unit_id, clock.today()):
        return _("Välj någon som är LSS-handläggare i enheten.")
    if not rules.may_know(person, user_id):
        return _(
            "Personen har skyddade uppgifter. Gör först handläggaren till namngiven läsare på personens sida."
        )
    return ""


@transaction.atomic
def assign_officer(*, actor: Actor, case_id: UUID, officer_id: UUID, version: int) -> Case:
    """Make someone the officer of a case, in place of the one before.

    For the unit's manager and registrar. Raises NotAllowed, CaseInvalid, StaleVersion.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    rules.require_lead(actor, case)
    rules.require_current(case, version, current={"officer": case.officer_id}, posted={"officer": officer_id})
    if why := _cannot_handle(officer_id, case.unit_id, case.person):
        raise CaseInvalid({"officer": why})
    case.officer_id = officer_id
    case.version += 1
    case.save(update_fields=["officer", "version"])
    return case


@transaction.atomic
def change_unit(*, actor: Actor, case_id: UUID, unit_id: UUID, version: int) -> Case:
    """Move a case to another unit of the municipality. An officer who does not work there leaves the case.

    For the manager and registrar of the unit that has the case. Raises NotAllowed, CaseInvalid, StaleVersion.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    rules.require_lead(actor, case)
    rules.require_current(case, version, current={"unit": case.unit_id}, posted={"unit": unit_id})
    if not Unit.objects.filter(pk=unit_id).exists():
        raise CaseInvalid({"unit": _("Välj en av kommunens enheter.")})
    case.unit_id = unit_id
    if case.officer_id and not rules.may_be_officer(case.officer_id, unit_id, clock.today()):
        case.officer_id = None
    case.version += 1
    case.save(update_fields=["unit", "officer", "version"])
    return case


@transaction.atomic
def add_coworker(
    *, actor: Actor, case_id: UUID, user_id: UUID, reason: str, until: date | None = None
) -> CaseStaff:
    """Let someone else work on the case from today, for a stated reason, through `until` (or until ended).

    For the case's officer and the unit's manager. Raises NotAllowed and CaseInvalid, with all errors at once.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    if actor.user_id != case.officer_id:
        rules.require_lead(actor, case)
    rules.require_work(actor, case)
    today = clock.today()
    errors: dict[str, str] = {}
    if user_id == case.officer_id:
        errors["user"] = _("Kollegan är redan handläggare i ärendet.")
    elif not User.objects.filter(
        pk=user_id, is_active=True, assignments__role=Role.CASE_OFFICER, assignments__valid__contains=today
    ).exists():
        errors["user"] = _("Välj någon som är LSS-handläggare i kommunen.")
    elif not rules.may_know(case.person, user_id):
        errors["user"] = _(
            "Personen har skyddade uppgifter. Gör först kollegan till namngiven läsare på personens sida."
        )
    elif case.staff.filter(user_id=user_id, valid__contains=today).exists():
        errors["user"] = _("Kollegan arbetar redan i ärendet.")
    if not reason.strip():
        errors["reason"] = _("Skriv varför kollegan ska arbeta i ärendet.")
    if until is not None and until < today:
        errors["until"] = _("Välj i dag eller en senare dag, eller lämna fältet tomt.")
    if errors:
        raise CaseInvalid(errors)
    return CaseStaff.objects.create(
        case=case,
        user_id=user_id,
        reason=reason.strip(),
        valid=DateRange(today, until and date.fromordinal(until.toordinal() + 1)),
    )


@transaction.atomic
def end_coworker(*, actor: Actor, case_id: UUID, coworker_id: UUID) -> CaseStaff:
    """End a colleague's work on the case: she reads it no longer from this moment.

    For the case's officer, the unit's manager, and herself. Raises NotAllowed; CaseInvalid when it has ended; Http404
    for someone who never worked on this case.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    today = clock.today()
    found = case.staff.filter(pk=coworker_id).first()
    if found is None:
        raise Http404
    if today not in found.valid:
        raise CaseInvalid({"": _("Kollegan arbetar inte längre i ärendet.")})
    if actor.user_id not in (case.officer_id, found.user_id):
        rules.require_lead(actor, case)
    found.valid = DateRange(found.valid.lower, today)  # begun today: an empty range, in force on no day
    found.save(update_fields=["valid"])
    return found


@transaction.atomic
def close_case(*, actor: Actor, case_id: UUID, reason: str, version: int) -> Case:
    """Close a case today. What the reason says becomes a locked note in the journal.

    For those who work on it. Raises NotAllowed, StaleVersion, and CaseInvalid with all that keeps the case
    open: open tasks, notes that are not locked, and what other rooms say.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    rules.require_work(actor, case)
    rules.require_current(case, version, current={"reason": ""}, posted={"reason": reason})
    errors: dict[str, str] = {}
    if not reason.strip():
        errors["reason"] = _("Skriv varför ärendet avslutas.")
    if hindrances := rules.hindrances_of(case):
        errors[""] = " ".join(hindrances)
    if errors:
        raise CaseInvalid(errors)
    now = clock.now()
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Ärendet avslutades. %(reason)s") % {"reason": reason.strip()}
    JournalNote.objects.create(
        case=case,
        kind=NoteKind.OTHER,
        happened_at=now,
        written_at=now,
        author_id=rules.user_of(actor),
        text=text,
        locked_at=now,
    )
    case.closed_on = now.date()
    case.version += 1
    case.save(update_fields=["closed_on", "version"])
    return case
