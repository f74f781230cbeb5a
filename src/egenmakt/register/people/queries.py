"""Reading persons: those one has to do with, who may see a protected one, and who has opened a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.database.ranges import first_and_last
from egenmakt.foundation.identity.models import Assignment, User
from egenmakt.register.people.frame import age_on, communicates, is_protected
from egenmakt.register.people.gate import identity_is_visible, person_gate
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection
from egenmakt.register.people.panels import decided_on

PAGE = 50
ADULT = 18


@dataclass(frozen=True)
class PersonRow:
    """One row of the list: the person as the actor may see her, and what is decided for her now (seconds per
    week).
    """

    person: Person
    age: int
    communicates: str
    protected: bool
    decided_s: int | None


@dataclass(frozen=True)
class PersonPage:
    """A page of the list. `following` is the id to go on after, or None on the last page."""

    rows: list[PersonRow]
    following: UUID | None


def people(actor: Actor, *, group: str = "", after: UUID | None = None, size: int = PAGE) -> PersonPage:
    """The persons the actor has to do with, in Swedish order of family name, masked ones last; the showing is
    logged.

    `group`: "children", "adults", "protected", or all. `after`: the last person of the page before. The
    number of queries does not grow with the rows.
    """
    found = person_gate.listed(actor).filter(_in_group(group))
    if after is not None:
        found = found.filter(_after(after))
    ordered = found.order_by(F("identity__sort_key").asc(nulls_last=True), "pk")[: size + 1]
    rows = list(ordered)
    shown = person_gate.shown(actor, rows[:size])
    today = clock.today()
    decided = decided_on([one.pk for one in shown], today)
    return PersonPage(
        [
            PersonRow(one, age_on(one, today), communicates(one), is_protected(one), decided.get(one.pk))
            for one in shown
        ],
        shown[-1].pk if len(rows) > size else None,
    )


def _in_group(group: str) -> Q:
    today = clock.today()
    adult_since = date(today.year - ADULT, today.month, min(today.day, 28) if today.month == 2 else today.day)
    if group == "children":
        return Q(born__gt=adult_since)
    if group == "adults":
        return Q(born__lte=adult_since)
    if group == "protected":
        return Q(identity__isnull=True) | ~Q(identity__protection=Protection.NONE)
    return Q()


def _after(person_id: UUID) -> Q:
    """Everything after a person in the list's order. The address of the next page holds her id, never her
    name.
    """
    key = PersonIdentity.objects.filter(person_id=person_id).values_list("sort_key", flat=True).first()
    if key is None:
        return Q(identity__isnull=True, pk__gt=person_id)
    return (
        Q(identity__sort_key__gt=key) | Q(identity__sort_key=key, pk__gt=person_id) | Q(identity__isnull=True)
    )


def can_be_opened_with_reason(actor: Actor, person_id: UUID) -> bool:
    """Whether there is such a person in the municipality, and the actor may know who she is."""
    return Person.objects.filter(identity_is_visible(actor), pk=person_id).exists()


def is_registered(person_id: UUID) -> bool:
    """Whether there is such a person in the municipality, protected or not."""
    return Person.objects.filter(pk=person_id).exists()


def is_known_unprotected(person: Person) -> bool:
    """Whether it is known that the person's identity needs no protection."""
    return not is_protected(person)


@dataclass(frozen=True)
class Change:
    """Who last changed something, and when; both empty when nothing is known."""

    who: str
    at: datetime | None


def last_change(person: Person) -> Change:
    """Who last changed the person's row. Read from the history."""
    history = apps.get_model("people", "PersonHistoryevent")
    events = history._default_manager.filter(pgh_obj_id=person.pk)
    last = events.order_by("-pgh_id").values_list("pgh_actor_id", "pgh_created_at").first()
    if last is None:
        return Change("", None)
    who = User.objects.filter(pk=last[0]).values_list("name", flat=True).first() if last[0] else None
    return Change(who or "", last[1])


def facts_of(person: Person) -> dict[str, Any]:
    """What is stored about a person, by the names of the form's fields. The person must be open to the actor."""
    identity = person.identity
    return {
        "number": identity.formatted_number,
        "born": person.born,
        "died": person.died,
        "given_name": identity.given_name,
        "family_name": identity.family_name,
        "protection": identity.protection,
        "address": identity.address,
        "phone": identity.phone,
        "email": identity.email,
        "interpreter": person.interpreter,
        "communicates_by": person.communicates_by,
        "easy_read": person.easy_read,
    }


@dataclass(frozen=True)
class Reader:
    """A named reader as the page shows her: who, why, the first and the last day, and why it ended."""

    reader_id: UUID
    user_id: UUID
    name: str
    title: str
    reason: str
    ended_reason: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Readers:
    """Who may see a protected person: those named now, and those whose time has run out or not yet come."""

    now: list[Reader]
    others: list[Reader]


def readers_of(person: Person) -> Readers:
    """The named readers of a person the actor may know of."""
    today = clock.today()
    readers = Readers([], [])
    for one in NamedReader.objects.filter(person=person).select_related("user").order_by("user__name", "pk"):
        first, last = first_and_last(one.valid)
        row = Reader(
            one.pk, one.user_id, one.user.name, one.user.title, one.reason, one.ended_reason, first, last
        )
        (readers.now if today in one.valid else readers.others).append(row)
    return readers


def colleagues(actor: Actor) -> QuerySet[User]:
    """Those with a role in the actor's municipality today, by name."""
    staff = Assignment.objects.filter(valid__contains=clock.today(), municipality_id=actor.municipality_id)
    return User.objects.filter(is_active=True, pk__in=staff.values("user_id")).order_by("name", "pk")


def named_for_review(actor: Actor, person_ids: list[UUID]) -> dict[UUID, str]:
    """What persons are called, for whoever reviews the access log; protected ones masked, the showing logged."""
    persons = Person.objects.filter(pk__in=person_ids).select_related("identity")
    names = {one.pk: one.name for one in persons}
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.LISTED, kind="access_log", person_ids=names, relation=gettext_noop("granskning"),
    )  # fmt: skip
    return names


@dataclass(frozen=True)
class Alike:
    """Someone already registered who is born the same day and has a name that sounds the same."""

    person_id: UUID
    name: str
    number: str
    may_open: bool


def alike(actor: Actor, *, born: date, given_name: str, family_name: str) -> list[Alike]:
    """Persons who may be the one about to be registered without a number; protected ones are never among
    them.

    Someone the actor has nothing to do with is only said to exist: without name and number.
    """
    from egenmakt.register.people.search import sounds_like

    found = Person.objects.filter(born=born, identity__isnull=False).select_related("identity")
    rows = list(sounds_like(found, f"{given_name} {family_name}")[:5])
    mine = set(person_gate.listed(actor).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    person_gate.shown(actor, [one for one in rows if one.pk in mine], searched=family_name)
    return [
        Alike(one.pk, one.name, one.number, True)
        if one.pk in mine
        else Alike(one.pk, _("En registrerad person"), "", False)
        for one in rows
    ]
