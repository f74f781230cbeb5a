"""What one municipality has, another never sees; without a municipality nothing is visible."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import InternalError, ProgrammingError, connection, connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.foundation.database import security
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.actions import next_number
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection


@pytest.mark.req("H-12")
def test_every_table_has_its_rights_policies_and_chain(db):
    assert security.problems(connection) == []


@pytest.mark.req("H-12")
def test_another_municipalitys_person_is_not_there(world):
    person = world.person()
    assert Person.objects.filter(pk=person.pk).exists()
    world.enter(world.away)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not PersonIdentity.objects.filter(person_id=person.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_personhistoryevent WHERE pgh_obj_id = %s", [person.pk])
        assert cursor.fetchone() == (0,)


@pytest.mark.req("H-12")
def test_without_a_municipality_nothing_is_visible(world):
    world.person()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('egenmakt.municipality', '', true)")
    assert Person.objects.count() == 0


@pytest.mark.req("H-12")
def test_a_row_cannot_be_written_into_another_municipality(world):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Person.objects.create(born=date(2000, 1, 1), municipality=world.away)


@pytest.mark.req("H-12")
@pytest.mark.parametrize("protection", [Protection.MARKED, Protection.REGISTRATION, Protection.UNKNOWN])
def test_a_protected_person_is_masked_for_everyone_not_named(world, protection):
    reader, other = world.staff(Role.CASE_OFFICER), world.staff(Role.UNIT_MANAGER)
    world.act(reader)
    person = Person.objects.create(born=date(2010, 2, 3))
    NamedReader.objects.create(
        person=person, user_id=reader.user_id, reason="handläggare", valid=DateRange(date(2020, 1, 1), None)
    )
    PersonIdentity.objects.create(
        person=person, protection=protection, given_name="Ida", family_name="Hemlig"
    )
    assert Person.objects.get(pk=person.pk).name == "Ida Hemlig"
    world.act(other)
    assert Person.objects.get(pk=person.pk).name == "Skyddad person"
    assert PersonIdentity.objects.filter(family_name="Hemlig").count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_personidentityhistoryevent WHERE family_name = 'Hemlig'")
        assert cursor.fetchone() == (0,)


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_accesslogentry SET user_name = 'x'",
        "DELETE FROM audit_accesslogentry",
        "DELETE FROM people_person",
        "UPDATE people_personhistoryevent SET born = now()",
        "INSERT INTO audit_link (municipality_id, number, table_name, row_id, row_digest, digest) "
        "VALUES (gen_random_uuid(), 1, 'x', 'x', '', '')",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON people_person",
    ],
)
def test_the_application_role_cannot_undo_what_protects(world, statement):
    with (
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.req("H-13")
def test_numbers_are_given_once_in_each_series_and_municipality(world):
    assert [next_number(series="case", year=2026) for _ in range(3)] == [1, 2, 3]
    assert next_number(series="case", year=2027) == 1
    assert next_number(series="decision", year=2026) == 1
    world.enter(world.away)
    assert next_number(series="case", year=2026) == 1


@pytest.mark.req("H-12")
def test_swedish_letters_sort_last(world):
    for name in ["Öberg", "Zetterlund", "Ärlig", "Åman", "Andersson"]:
        world.person(family_name=name)
    names = list(PersonIdentity.objects.order_by("sort_key").values_list("family_name", flat=True))
    assert names == ["Andersson", "Zetterlund", "Åman", "Ärlig", "Öberg"]


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    "changed",
    [
        "GRANT DELETE ON cases_journalnote TO egenmakt_app",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_a_sequence', now())",
    ],
)
def test_rights_are_given_again_only_when_something_has_changed(make_site, changed):
    site = make_site(start=False)
    with site.database():
        owner = connections["owner"]
        assert security.is_applied(owner)
        with owner.cursor() as cursor:
            cursor.execute(changed)
        assert not security.is_applied(owner)
        security.apply(owner)
        assert security.is_applied(owner)
