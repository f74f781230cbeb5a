"""Registering and changing persons, and naming who may see the protected ones."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from egenmakt.foundation import clock
from egenmakt.foundation.access import actions as access
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.database.ranges import from_to
from egenmakt.foundation.identity.models import Assignment, Role
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.law.identity_numbers import IdentityNumber
from egenmakt.register.people import errors, queries
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection

REGISTERS = (Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is noted about a person. Never prints what it holds.

    `number` is None for someone without one; `born` is needed when the number does not tell.
    """

    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    protection: Protection
    number: IdentityNumber | None = field(default=None, repr=False)
    born: date | None = field(default=None, repr=False)
    died: date | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    interpreter: str = field(default="", repr=False)
    communicates_by: str = field(default="", repr=False)
    easy_read: bool = field(default=False, repr=False)

    @property
    def day_of_birth(self) -> date:
        """As the number says, else as noted. Raises BirthDayMissing."""
        found = (self.number.born if self.number else None) or self.born
        if found is None:
            raise errors.BirthDayMissing
        return found


@transaction.atomic
def register_person(*, actor: Actor, facts: PersonFacts) -> Person:
    """Register a person in the actor's municipality.

    A protected person (unknown counts as protected) gets the actor as her first named reader. Raises
    AlreadyRegistered, NumberNotAvailable, BirthDayMissing; NotAllowed for roles that do not register.
    """
    if not actor.has(*REGISTERS):
        raise NotAllowed(_("Personer registreras av registrator, handläggare eller enhetschef."))
    person = Person(registered_by_id=actor.user_id, created_at=clock.now())
    _note_facts(person, facts)
    person.save()
    identity = PersonIdentity(person=person)
    _note_identity(actor, identity, facts, reason=gettext_noop("registrerade personen"))
    person.identity = identity
    return person


@transaction.atomic
def edit_person(*, actor: Actor, person_id: UUID, version: int, facts: PersonFacts) -> Person:
    """Change what is noted about a person.

    Whoever makes a person protected is named as her reader, so that not everyone is shut out. Raises
    StaleVersion when somebody else has saved since, AlreadyRegistered or NumberNotAvailable for a number that
    is taken, BirthDayMissing, NotFound; NotAllowed for roles that do not register.
    """
    person = person_gate.open(actor, person_id, for_change=True)
    if not actor.has(*REGISTERS):
        raise NotAllowed(_("Personuppgifter ändras av registrator, handläggare eller enhetschef."))
    if person.version != version:
        changed = queries.last_change(person)
        raise StaleVersion(
            current=queries.facts_of(person), posted=_posted(facts), version=person.version,
            saved_by=changed.who, saved_at=changed.at,
        )  # fmt: skip
    _note_facts(person, facts)
    person.version += 1
    person.save()
    _note_identity(actor, person.identity, facts, reason=gettext_noop("skyddade personens uppgifter"))
    return person


@transaction.atomic
def name_reader(
    *, actor: Actor, person_id: UUID, user_id: UUID, reason: str, until: date | None = None
) -> NamedReader:
    """Name a colleague who may see who a protected person is, from today through `until`.

    May be done by whoever may open the person, and by her unit's manager, who need not see who she is. Raises
    ReasonMissing, NotStaffHere, AlreadyReader, NotFound; NotAllowed for roles that do not register.
    """
    person = _person_to_name_readers_of(actor, person_id)
    if not reason.strip():
        raise errors.ReasonMissing
    today = clock.today()
    if not Assignment.objects.filter(
        user_id=user_id, valid__contains=today, municipality=actor.municipality_id
    ).exists():
        raise errors.NotStaffHere
    if NamedReader.objects.filter(person=person, user_id=user_id, valid__contains=today).exists():
        raise errors.AlreadyReader
    return NamedReader.objects.create(
        person=person, user_id=user_id, reason=reason.strip(),
        valid=from_to(today, until),
    )  # fmt: skip


@transaction.atomic
def end_reader(*, actor: Actor, person_id: UUID, reader_id: UUID, reason: str) -> NamedReader:
    """End a reader's access today, at once. The last reader of a protected person cannot be ended:
    LastReader.

    Raises ReasonMissing, NotFound; NotAllowed for roles that do not register.
    """
    person = _person_to_name_readers_of(actor, person_id)
    if not reason.strip():
        raise errors.ReasonMissing
    today = clock.today()
    # all of them are locked, so that two who end one each cannot leave none
    valid = list(NamedReader.objects.select_for_update().filter(person=person, valid__contains=today))
    reader = next((one for one in valid if one.pk == reader_id), None)
    if reader is None:
        raise person_gate.not_found(actor, reader_id)
    if not any(one.user_id != reader.user_id for one in valid) and not queries.is_known_unprotected(person):
        raise errors.LastReader
    reader.valid = DateRange(reader.valid.lower, today)
    reader.ended_reason = reason.strip()
    reader.save(update_fields=["valid", "ended_reason"])
    return reader


@transaction.atomic
def open_with_reason(*, actor: Actor, person_id: UUID, reason: str, hours: int) -> BreakGlass:
    """Open the file of a person one has nothing to do with, for a reason that a colleague will read.

    Never opens a protected person: she is NotFound, as is one who does not exist. Raises ReasonTooShort,
    NotAllowed.
    """
    if not queries.can_be_opened_with_reason(actor, person_id):
        raise person_gate.not_found(actor, person_id)
    return access.break_glass(actor=actor, person_id=person_id, reason=reason, hours=hours)


def _person_to_name_readers_of(actor: Actor, person_id: UUID) -> Person:
    person = person_gate.known(actor, person_id)
    if not actor.has(*REGISTERS):
        raise NotAllowed(_("Läsare namnges av registrator, handläggare eller enhetschef."))
    if person.is_masked and not actor.has(Role.UNIT_MANAGER):
        raise NotAllowed(
            _("Läsare för en skyddad person namnges av den som själv är läsare, eller av enhetschefen.")
        )
    return person


def _note_facts(person: Person, facts: PersonFacts) -> None:
    person.born, person.died = facts.day_of_birth, facts.died
    person.interpreter, person.communicates_by = facts.interpreter, facts.communicates_by
    person.easy_read = facts.easy_read


def _note_identity(actor: Actor, identity: PersonIdentity, facts: PersonFacts, *, reason: str) -> None:
    identity.given_name, identity.family_name = facts.given_name, facts.family_name
    identity.address, identity.phone, identity.email = facts.address, facts.phone, facts.email
    identity.number = facts.number.number if facts.number else ""
    identity.number_kind = facts.number.type.value if facts.number else ""
    identity.protection = facts.protection
    if facts.protection != Protection.NONE and actor.user_id:
        _name_oneself(actor.user_id, identity.person_id, reason)
    try:
        with transaction.atomic():
            identity.save()
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "one_person_per_number":
            raise
        _refuse_number(actor, identity.number)


def _name_oneself(user_id: UUID, person_id: UUID, reason: str) -> None:
    today = clock.today()
    if not NamedReader.objects.filter(person_id=person_id, user_id=user_id, valid__contains=today).exists():
        NamedReader.objects.create(
            person_id=person_id, user_id=user_id, reason=reason, valid=from_to(today, None)
        )


def _refuse_number(actor: Actor, number: str) -> None:
    visible = PersonIdentity.objects.filter(number=number).values_list("person_id", flat=True).first()
    if visible:
        raise errors.AlreadyRegistered(visible)
    raise errors.NumberNotAvailable


def log_number_not_available(*, actor: Actor) -> None:
    """Log that a number was refused without a word of why. Called outside the action that was undone."""
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.REFUSED, kind="person", relation=gettext_noop("numret gick inte att registrera"),
    )  # fmt: skip


def _posted(facts: PersonFacts) -> dict[str, Any]:
    posted = {name: value for name, value in asdict(facts).items() if name not in ("number", "born")}
    return posted | {
        "number": facts.number.written if facts.number else "",
        "born": facts.day_of_birth,
        "protection": facts.protection.value,
    }
