"""Invented municipalities, staff and persons for the tests. Numbers are of the kind that is never issued."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.foundation.access.actor import Actor, actor_for
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy import transaction as tenancy
from egenmakt.foundation.tenancy.models import Municipality, Unit, new_id
from egenmakt.register.people.models import Person, PersonIdentity, Protection

ALWAYS = DateRange(date(2000, 1, 1), None)
_serial = itertools.count(1)


@dataclass
class World:
    """Two municipalities, with what tests need to fill them. The transaction stands in `home` from the start."""

    home: Municipality
    away: Municipality
    units: dict[UUID, Unit] = field(default_factory=dict)

    def enter(self, municipality: Municipality, actor: Actor | None = None) -> None:
        """Stand in a municipality, as an actor, for the rest of the test or until moved again."""
        tenancy._municipality.set(municipality.id)
        tenancy.set_in_database(municipality.id, actor.user_id if actor else None)

    def act(self, actor: Actor) -> None:
        """Stand in the actor's municipality as the actor."""
        tenancy._municipality.set(actor.municipality_id)
        tenancy.set_in_database(actor.municipality_id, actor.user_id)

    def staff(
        self, *roles: Role, name: str = "", municipality: Municipality | None = None, whole: bool = False
    ) -> Actor:
        """Someone with the roles, in the municipality's unit (or, `whole`, in all of it). Stands where one stood."""
        place = municipality or self.home
        number = next(_serial)
        user = User.objects.create_user(
            f"p{number}@exempel.test", name=name or f"Medarbetare {number}", title="handläggare"
        )
        with standing_in(place.id, user.id):
            assignments = [
                Assignment.objects.create(
                    user=user, role=role, valid=ALWAYS, unit=None if whole else self.units[place.id]
                )
                for role in roles
            ]
        actor = actor_for(user, assignments)
        assert actor is not None
        return actor

    def person(
        self,
        born: date = date(2022, 5, 14),
        given_name: str = "Alva",
        family_name: str = "Åkesson Lindqvist",
        protection: Protection = Protection.NONE,
        number: str | None = None,
    ) -> Person:
        """A person with an identity, in the municipality one stands in."""
        person = Person.objects.create(born=born)
        PersonIdentity.objects.create(
            person=person, protection=protection, given_name=given_name, family_name=family_name,
            number_kind="personal_number", number=number or f"{born:%Y%m%d}98{next(_serial) % 100:02d}",
        )  # fmt: skip
        return person


def standing_in(municipality: UUID, actor: UUID | None):
    """Stand in a municipality for the length of a block, without touching the rest of the test."""
    return tenancy.acting_in(municipality, actor)


def make_municipalities(address: str) -> None:
    """Put the three municipalities in a database, as the owner (the application role may not)."""
    rows = [
        ("1497", "Hjo", "hjo", "Socialnämnden"),
        ("2560", "Älvsbyn", "alvsbyn", "Socialnämnden"),
        ("1290", "Kristianstad", "kristianstad", "Omsorgsnämnden"),
    ]
    with psycopg.connect(address) as owner:
        for code, name, slug, board in rows:
            where = f"Förvaltningen för LSS\n123 45 {name}\n0123-000 00\nlss@{slug}.example"
            owner.execute(
                "INSERT INTO tenancy_municipality (id, code, name, slug, board, address) VALUES (%s,%s,%s,%s,%s,%s) "
                "ON CONFLICT DO NOTHING",
                [new_id(), code, name, slug, board, where],
            )


@pytest.fixture(scope="session")
def _municipalities(django_db_setup, django_db_blocker) -> None:
    from egenmakt.foundation.database.server import addresses

    with django_db_blocker.unblock():
        make_municipalities(addresses(str(connection.settings_dict["NAME"])).owner)


@pytest.fixture
def world(_municipalities, db) -> Iterator[World]:
    """Two municipalities, Kristianstad (home) and Hjo (away), each with one unit; one stands in Kristianstad."""
    before = tenancy._municipality.get()
    made = World(Municipality.objects.get(slug="kristianstad"), Municipality.objects.get(slug="hjo"))
    for place in (made.away, made.home):
        with tenancy.acting_in(place.id):
            made.units[place.id] = Unit.objects.create(name="LSS-enheten")
    made.enter(made.home)
    yield made
    tenancy._municipality.set(before)


_CHANCE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[A-Za-z0-9]{64}\b"  # ids, and tokens against forged forms
)


def told(answer) -> str:
    """What a page says, without the ids and tokens in which any short word may stand by chance."""
    return _CHANCE.sub("", answer.content.decode())


@pytest.fixture
def sign_in(client) -> Callable[[Actor], object]:
    """Sign the test client in as an actor; returns the client."""

    def go(actor: Actor):
        client.force_login(
            User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return go
