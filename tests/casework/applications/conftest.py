"""What the tests of the room share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.casework.applications import actions
from egenmakt.casework.applications.models import Application
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative


def guardian_of(person: Person, **more: Any) -> Representative:
    """A guardian since the child was born."""
    values = {
        "kind": "guardian", "name": "Mona Åkesson", "evidence": "personbevis",
        "address": "Lillgatan 3\n291 00 Kristianstad", "valid": DateRange(person.born, None),
    }  # fmt: skip
    return Representative.objects.create(person=person, **(values | more))


@pytest.fixture
def wanted(world, office) -> dict[str, Any]:
    """What the registrar writes for a three-year-old whose mother applies. One stands as the registrar."""
    world.act(office.registrar)
    person = world.person(born=date(2022, 5, 14), given_name="Elsa", family_name="Ek")
    return {
        "actor": office.registrar,
        "person_id": person.pk,
        "unit_id": world.units[world.home.id].pk,
        "officer_id": office.officer.user_id,
        "form": "written",
        "received_on": date(2026, 3, 2),
        "applied_by": "representative",
        "representative_id": guardian_of(person).pk,
        "asks_for": "Personlig assistans dygnet runt.",
        "own_words": "Vi orkar inte längre.",
    }


@pytest.fixture
def application(world, office, wanted) -> Application:
    """A registered application. One stands as the officer."""
    made = actions.register_application(**wanted)
    world.act(office.officer)
    return made
