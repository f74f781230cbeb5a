"""The gate to persons: through a case, as named reader, as the one who just registered her, or for a stated
reason.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import Gate
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity

NEWLY = timedelta(days=30)
_NOBODY = Q(pk__in=[])  # a scheduled job is nobody in particular


def identity_is_visible(_actor: Actor) -> Q:
    """The database shows the person's identity to the one who acts: she is not protected, or the reader is
    named.
    """
    return Q(Exists(PersonIdentity.objects.filter(person_id=OuterRef("pk"))))


def opened_in_emergency(actor: Actor, person: str = "pk") -> Q:
    """An emergency opening by the actor is in force; `person` is the path to the person's id."""
    if actor.user_id is None:
        return _NOBODY
    openings = BreakGlass.objects.filter(
        person_id=OuterRef(person),
        user_id=actor.user_id,
        started_at__lte=clock.now(),
        ends_at__gt=clock.now(),
    )
    return Q(Exists(openings))


def _is_named_reader(actor: Actor) -> Q:
    if actor.user_id is None:
        return _NOBODY
    named = NamedReader.objects.filter(
        person_id=OuterRef("pk"), user_id=actor.user_id, valid__contains=clock.today()
    )
    return Q(Exists(named))


def _registered_her_lately(actor: Actor) -> Q:
    """Whoever registers a person goes on to her case; after thirty days the case is what gives access."""
    if actor.user_id is None:
        return _NOBODY
    return Q(registered_by_id=actor.user_id, created_at__gt=clock.now() - NEWLY)


# Conditions one per line; casework.cases adds those that go through a case.
person_gate: Gate[Person] = Gate(
    model=Person,
    kind="person",
    relations=[
        (str(_("namngiven läsare")), _is_named_reader),
        (str(_("registrerade nyligen personen")), _registered_her_lately),
        (str(_("nödöppning")), opened_in_emergency),
    ],
    always=identity_is_visible,
    persons=lambda person: [person.pk],
    related=("identity",),
)
