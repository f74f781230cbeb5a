"""The gate to persons: through a case one has to do with, or for a stated reason."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import Gate
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.register.people.models import Person, PersonIdentity


def identity_is_visible(_actor: Actor) -> Q:
    """The database shows the person's identity to the one who acts: she is not protected, or the reader is named."""
    return Q(Exists(PersonIdentity.objects.filter(person_id=OuterRef("pk"))))


def opened_in_emergency(actor: Actor, person: str = "pk") -> Q:
    """An emergency opening by the actor is in force; `person` is the path to the person's id."""
    openings = BreakGlass.objects.filter(
        person_id=OuterRef(person),
        user_id=actor.user_id,
        started_at__lte=clock.now(),
        ends_at__gt=clock.now(),
    )
    return Q(Exists(openings))


# Conditions one per line; casework.cases adds those that go through a case.
person_gate: Gate[Person] = Gate(
    model=Person,
    kind="person",
    relations=[
        (str(_("nödöppning")), opened_in_emergency),
    ],
    always=identity_is_visible,
    persons=lambda person: [person.pk],
    related=("identity",),
)
