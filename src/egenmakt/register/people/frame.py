"""Whom a page is about: the banner that stands over every page of a person, and over her cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.dates import hours_long
from egenmakt.foundation.ui.pictures import Banner
from egenmakt.law.calendar import after_years
from egenmakt.register.people.models import Person, Protection
from egenmakt.register.people.panels import decided_on

RepresentedBy = Callable[[UUID, date], str]
_represented_by: list[RepresentedBy] = []


def register_represented_by(source: RepresentedBy) -> None:
    """Add where to ask who represents a person on a day, as a short text (called when the program starts)."""
    _represented_by.append(source)


def person_banner(actor: Actor, person: Person, *, case: str = "", case_href: str = "") -> Banner:
    """The banner of a person that the gate has opened for the actor; masked where the database masks her.

    A case's page adds the case's number and address. The number of queries is fixed.
    """
    today = clock.today()
    return Banner(
        name=person.name,
        number=person.number,
        age=age_on(person, today),
        protected=is_protected(person),
        representative=", ".join(filter(None, (source(person.pk, today) for source in _represented_by))),
        communicate=communicates(person),
        decided=_decided(person, today),
        href="" if person.is_masked else reverse("people:person", kwargs={"person_id": person.pk}),
        case=case,
        case_href=case_href,
    )


def age_on(person: Person, day: date) -> int:
    """Whole years on a day; of someone who has died, the age she reached. Born on 29 February: as the law counts."""
    until = min(person.died, day) if person.died else day
    years = until.year - person.born.year
    return years if after_years(person.born, years) <= until else years - 1


def is_protected(person: Person) -> bool:
    """Whether the person's identity is protected: marked, unknown, or not to be seen by the one who acts."""
    identity = person.shown
    return identity is None or identity.protection != Protection.NONE


def communicates(person: Person) -> str:
    """How to communicate with the person, in a few words; empty when nothing special is noted."""
    parts = [
        _("tolk: %(language)s") % {"language": person.interpreter} if person.interpreter else "",
        person.communicates_by,
        _("lättläst") if person.easy_read else "",
    ]
    return ", ".join(part for part in parts if part)


def _decided(person: Person, day: date) -> str:
    seconds = decided_on([person.pk], day).get(person.pk)
    return "" if seconds is None else _("%(hours)s i veckan") % {"hours": hours_long(seconds)}
