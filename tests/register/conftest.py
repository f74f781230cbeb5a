"""What the tests of the register share."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.law.identity_numbers.luhn import check_digit
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection

_individual = itertools.cycle(range(980, 1000))


def a_number(born: date, individual: int | None = None) -> str:
    """A number of the kind that is never issued to anyone (980–999), with its right check digit: 20190514-9802."""
    nine = f"{born:%y%m%d}{individual or next(_individual)}"
    return f"{born:%Y%m%d}-{nine[6:]}{check_digit(nine)}"


@pytest.fixture
def number_of() -> Callable[..., str]:
    """Makes numbers that are never issued to anyone."""
    return a_number


@pytest.fixture
def protected_person(world) -> Callable[..., Person]:
    """Makes a protected person with one named reader. One stands in the reader's place afterwards."""

    def make(reader: Actor, protection: Protection = Protection.MARKED, **identity: str) -> Person:
        world.act(reader)
        person = Person.objects.create(born=date(2010, 2, 3))
        NamedReader.objects.create(
            person=person,
            user_id=reader.user_id,
            reason="registrerade personen",
            valid=DateRange(date(2020, 1, 1), None),
        )
        names = {"given_name": "Ida", "family_name": "Hemlig", "number": "201002039805"} | identity
        PersonIdentity.objects.create(
            person=person, protection=protection, number_kind="personal_number", **names
        )
        return person

    return make


@pytest.fixture
def give_case(world) -> Callable[..., Case]:
    """Gives a person a case in the home unit, with an officer."""

    def make(person: Person, officer: Actor, unit: Unit | None = None) -> Case:
        return Case.objects.create(
            number=f"LSS {uuid.uuid4().hex[:8]}",
            person=person,
            unit=unit or world.units[officer.municipality_id],
            officer_id=officer.user_id,
            opened_on=date(2026, 1, 2),
            opened_by_id=officer.user_id,
        )

    return make


@pytest.fixture
def write_person(number_of) -> Callable[..., dict[str, str]]:
    """What one writes in the form of a person."""

    def make(**changes: str) -> dict[str, str]:
        written = {
            "number": number_of(date(2019, 5, 14)),
            "given_name": "Alva",
            "family_name": "Åkesson",
            "protection": "none",
        }
        return written | changes

    return make
