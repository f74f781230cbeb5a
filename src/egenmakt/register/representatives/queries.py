"""Who represents a person, and what she has consented to. The person has been opened by her gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps

from egenmakt.foundation import clock
from egenmakt.foundation.database.ranges import first_and_last
from egenmakt.foundation.identity.models import User
from egenmakt.register.people.models import Person
from egenmakt.register.people.queries import Change
from egenmakt.register.representatives import rules
from egenmakt.register.representatives.models import Consent, Representative, RepresentativeKind

ENDS_SOON_DAYS = 60


def representatives_on(person: Person, day: date) -> list[Representative]:
    """Who represents a person on a day, guardians first; empty for whoever may not know who she is."""
    rows = Representative.objects.filter(person=person, valid__contains=day).order_by("name", "pk")
    order = list(RepresentativeKind)
    return sorted(rows, key=lambda one: order.index(RepresentativeKind(one.kind)))


@dataclass(frozen=True)
class ActsFor:
    """Who may ask for measures for a person on a day, and why (LSS 8 §). `herself`: she does so on her own."""

    herself: bool
    representatives: list[Representative]
    reason: str


def may_act_for(person: Person, day: date, *, plainly_unable: bool = False) -> ActsFor:
    """Who may ask for measures for a person on a day, of those who are registered."""
    may = rules.may_apply(person.born, day, plainly_unable=plainly_unable)
    return ActsFor(
        may.herself, [one for one in representatives_on(person, day) if one.kind in may.kinds], may.reason
    )


@dataclass(frozen=True)
class RepresentativeRow:
    """A representative as pages show her: with first and last day, and whether that day is near."""

    representative: Representative
    first: date | None
    last: date | None
    ends_soon: bool


def represented_by(person_id: UUID, day: date) -> str:
    """Who represents a person on a day, as the banner says it: "Mona Ek (vårdnadshavare)"."""
    rows = representatives_on(Person(pk=person_id), day)
    return ", ".join(f"{one.name} ({one.get_kind_display()})" for one in rows)


@dataclass(frozen=True)
class Around:
    """The people around a person, and what she has consented to."""

    now: list[RepresentativeRow]
    others: list[RepresentativeRow]
    consents: list[Consent]
    withdrawn: list[Consent]


def around(person: Person) -> Around:
    """Representatives now and at other times, consents in force and withdrawn; two queries."""
    today = clock.today()
    found = Around([], [], [], [])
    for one in Representative.objects.filter(person=person).order_by("kind", "name", "pk"):
        first, last = first_and_last(one.valid)
        soon = last is not None and 0 <= (last - today).days <= ENDS_SOON_DAYS
        row = RepresentativeRow(one, first, last, soon)
        (found.now if today in one.valid else found.others).append(row)
    for consent in Consent.objects.filter(person=person).order_by("-given_on", "pk"):
        (found.consents if consent.withdrawn_on is None else found.withdrawn).append(consent)
    return found


def last_change(representative: Representative) -> Change:
    """Who last changed the representative's row. Read from the history."""
    history = apps.get_model("representatives", "RepresentativeHistoryevent")
    events = history._default_manager.filter(pgh_obj_id=representative.pk).order_by("-pgh_id")
    last = events.values_list("pgh_actor_id", "pgh_created_at").first()
    if last is None:
        return Change("", None)
    who = User.objects.filter(pk=last[0]).values_list("name", flat=True).first() if last[0] else None
    return Change(who or "", last[1])
