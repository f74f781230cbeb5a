"""What the tests of the room share: an open case with everyone who has to do with it, and some who have not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.casework.cases import actions
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.access.actor import Actor, actor_for
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection


@dataclass
class Office:
    """A unit's staff, and a case that its registrar opened for its officer."""

    officer: Actor
    registrar: Actor
    manager: Actor
    decider: Actor
    other_officer: Actor
    other_unit_officer: Actor
    away_officer: Actor
    case: Case


@pytest.fixture
def office(world) -> Office:
    """One stands as the officer."""
    officer = world.staff(Role.CASE_OFFICER, name="Olle Officer")
    registrar = world.staff(Role.REGISTRAR, name="Rut Registrator")
    manager = world.staff(Role.UNIT_MANAGER, name="Maj Chef")
    decider = world.staff(Role.DECISION_MAKER, name="Disa Beslut")
    other = world.staff(Role.CASE_OFFICER, name="Anna Annan")
    world.act(registrar)
    person = world.person()
    case = actions.open_case(
        actor=registrar, person_id=person.pk, unit_id=world.units[world.home.id].pk,
        officer_id=officer.user_id, opened_on=date(2026, 3, 2),
    )  # fmt: skip
    elsewhere = in_another_unit(world)
    away = world.staff(Role.CASE_OFFICER, municipality=world.away, whole=True)
    world.act(officer)
    return Office(officer, registrar, manager, decider, other, elsewhere, away, case)


def in_another_unit(world, *roles: Role) -> Actor:
    """Someone in another unit of the same municipality (a unit manager, unless other roles are named)."""
    unit = Unit.objects.create(name="Unga-enheten")
    user = User.objects.create_user(f"{unit.pk}@exempel.test", name="Ulla Unga", title="handläggare")
    held = [
        Assignment.objects.create(user=user, role=role, unit=unit, valid=DateRange(date(2000, 1, 1), None))
        for role in (roles or (Role.CASE_OFFICER, Role.UNIT_MANAGER, Role.REGISTRAR))
    ]
    actor = actor_for(user, held)
    assert actor is not None
    return actor


@pytest.fixture
def protected_person(world):
    """Makes a protected person with the given reader named. One stands as the reader afterwards."""

    def make(reader: Actor) -> Person:
        world.act(reader)
        person = Person.objects.create(born=date(2010, 2, 3))
        NamedReader.objects.create(
            person=person,
            user_id=reader.user_id,
            reason="registrerade",
            valid=DateRange(date(2020, 1, 1), None),
        )
        PersonIdentity.objects.create(
            person=person, protection=Protection.MARKED, given_name="Ida", family_name="Hemlig", number=""
        )
        return person

    return make
