"""Registering who represents a person, and what she consents to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.database.ranges import first_and_last, from_to
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.law.identity_numbers import IdentityNumber
from egenmakt.register.people.actions import REGISTERS
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import Person
from egenmakt.register.representatives import queries, rules
from egenmakt.register.representatives.models import Consent, Representative, RepresentativeKind


class NotComplete(ValueError):
    """Something is missing or wrong; `errors` says what by field, all of it at once."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeFacts:
    """What is noted about a representative. Never prints what it holds. `last` None: until further notice."""

    kind: RepresentativeKind
    name: str = field(repr=False)
    first: date = field(repr=False)
    last: date | None = field(default=None, repr=False)
    number: IdentityNumber | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    scope: str = field(default="", repr=False)
    evidence: str = field(default="", repr=False)


@transaction.atomic
def add_representative(*, actor: Actor, person_id: UUID, facts: RepresentativeFacts) -> Representative:
    """Note who represents a person. A guardian's authority ends by itself the day before the child turns 18.

    Raises NotComplete, NotFound; NotAllowed for roles that do not register.
    """
    person = _person(actor, person_id)
    return _note(Representative(person=person), person, facts)


@transaction.atomic
def edit_representative(
    *, actor: Actor, person_id: UUID, representative_id: UUID, version: int, facts: RepresentativeFacts
) -> Representative:
    """Change what is noted. Raises StaleVersion, NotComplete, NotFound; NotAllowed for roles that do not register."""
    person = _person(actor, person_id)
    representative = _representative(actor, person, representative_id)
    if representative.version != version:
        changed = queries.last_change(representative)
        raise StaleVersion(
            current=facts_of(representative=representative), posted=_posted(facts), version=representative.version,
            saved_by=changed.who, saved_at=changed.at,
        )  # fmt: skip
    representative.version += 1
    return _note(representative, person, facts)


@transaction.atomic
def end_representative(
    *, actor: Actor, person_id: UUID, representative_id: UUID, last: date
) -> Representative:
    """End someone's authority with `last` as its last day. It can be ended sooner than noted, never made longer.

    Raises NotComplete, NotFound; NotAllowed for roles that do not register.
    """
    person = _person(actor, person_id)
    representative = _representative(actor, person, representative_id)
    first, noted_last = first_and_last(representative.valid)
    if first is None or last < first:
        raise NotComplete({"last": _("Dagen ligger före den första dagen. Välj en senare dag.")})
    if noted_last is not None and last > noted_last:
        raise NotComplete(
            {"last": _("Behörigheten upphör redan tidigare. Ändra uppgifterna om den ska gälla längre.")}
        )
    representative.valid = from_to(first, last)
    representative.version += 1
    representative.save(update_fields=["valid", "version"])
    return representative


@transaction.atomic
def add_consent(*, actor: Actor, person_id: UUID, scope: str, given_by: str, given_on: date) -> Consent:
    """Note what a person has agreed may be asked of whom, who said so and when (H-15).

    Raises NotComplete, NotFound; NotAllowed for roles that do not register.
    """
    person = _person(actor, person_id)
    assert actor.user_id is not None  # noqa: S101 - _person has seen to it
    wrong: dict[str, str] = {}
    if not scope.strip():
        wrong["scope"] = _("Skriv vad samtycket gäller: vilka uppgifter, från vem.")
    if not given_by.strip():
        wrong["given_by"] = _("Skriv vem som lämnade samtycket.")
    if given_on > clock.today():
        wrong["given_on"] = _("Dagen har inte varit än. Kontrollera datumet.")
    if wrong:
        raise NotComplete(wrong)
    return Consent.objects.create(
        person=person,
        scope=scope.strip(),
        given_by=given_by.strip(),
        given_on=given_on,
        recorded_by_id=actor.user_id,
    )


@transaction.atomic
def withdraw_consent(*, actor: Actor, person_id: UUID, consent_id: UUID, withdrawn_on: date) -> Consent:
    """Note that a consent was withdrawn; what was asked for before stays. A withdrawal is never taken back.

    Raises NotComplete, NotFound; NotAllowed for roles that do not register.
    """
    person = _person(actor, person_id)
    consent = (
        Consent.objects.select_for_update().filter(person=person, pk=consent_id, withdrawn_on=None).first()
    )
    if consent is None:
        raise person_gate.not_found(actor, consent_id)
    if withdrawn_on < consent.given_on:
        raise NotComplete({"withdrawn_on": _("Dagen ligger före den dag samtycket lämnades.")})
    if withdrawn_on > clock.today():
        raise NotComplete({"withdrawn_on": _("Dagen har inte varit än. Kontrollera datumet.")})
    consent.withdrawn_on = withdrawn_on
    consent.save(update_fields=["withdrawn_on"])
    return consent


def facts_of(*, representative: Representative) -> dict[str, Any]:
    """What is stored, by the names of the form's fields."""
    first, last = first_and_last(representative.valid)
    number = representative.number
    return {
        "kind": representative.kind,
        "name": representative.name,
        "number": f"{number[:8]}-{number[8:]}" if len(number) == 12 else number,
        "address": representative.address,
        "phone": representative.phone,
        "email": representative.email,
        "scope": representative.scope,
        "evidence": representative.evidence,
        "first": first,
        "last": last,
    }


def _person(actor: Actor, person_id: UUID) -> Person:
    person = person_gate.open(actor, person_id)
    if actor.user_id is None or not actor.has(*REGISTERS):
        raise NotAllowed(
            _("Ställföreträdare och samtycken sköts av registrator, handläggare eller enhetschef.")
        )
    return person


def _representative(actor: Actor, person: Person, representative_id: UUID) -> Representative:
    found = Representative.objects.select_for_update().filter(person=person, pk=representative_id).first()
    if found is None:
        raise person_gate.not_found(actor, representative_id)
    return found


def _note(representative: Representative, person: Person, facts: RepresentativeFacts) -> Representative:
    last = rules.last_day(facts.kind, facts.last, person.born)
    wrong = rules.lacking(
        facts.kind, scope=facts.scope, evidence=facts.evidence, first=facts.first, last=last, born=person.born
    )
    if wrong:
        raise NotComplete(wrong)
    representative.kind, representative.name = facts.kind, facts.name.strip()
    representative.number = facts.number.number if facts.number else ""
    representative.address, representative.phone, representative.email = (
        facts.address,
        facts.phone,
        facts.email,
    )
    representative.scope, representative.evidence = facts.scope.strip(), facts.evidence.strip()
    representative.valid = from_to(facts.first, last)
    representative.save()
    return representative


def _posted(facts: RepresentativeFacts) -> dict[str, Any]:
    posted = {name: value for name, value in asdict(facts).items() if name != "number"}
    return posted | {"kind": facts.kind.value, "number": facts.number.written if facts.number else ""}
