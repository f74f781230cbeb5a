"""Another municipality sees no row of this one, whatever SQL is sent as the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from tests.access.scene import Scene

from egenmakt.foundation.tenancy import transaction as tenancy

pytestmark = pytest.mark.req("H-12")


@pytest.fixture
def in_the_other(scene) -> Iterator[Scene]:
    """One stands in the other municipality, as the one who has every role there; nothing is kept."""
    with transaction.atomic():
        tenancy.set_in_database(scene.away.pk, scene.viewers["away"].user_id)
        yield scene
        transaction.set_rollback(True)


def tenant_tables() -> list[str]:
    """Every table with a municipality in it, as the database itself has it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns c JOIN information_schema.tables t "
            "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' "
            "AND column_name = 'municipality_id' ORDER BY 1"
        )
        return [table for (table,) in cursor.fetchall()]


def test_every_table_holds_something_to_see(scene):
    empty = []
    with connections["owner"].cursor() as cursor:
        for table in tenant_tables():
            cursor.execute(f'SELECT DISTINCT municipality_id FROM "{table}"')
            if {scene.home.pk} - {found for (found,) in cursor.fetchall()}:
                empty.append(table)
    assert empty == [], "the scene holds nothing there, so the tests below say nothing of it"


def test_plain_sql_shows_no_row_of_the_other_municipality(in_the_other):
    seen = {}
    with connection.cursor() as cursor:
        for table in tenant_tables():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE municipality_id <> %s', [in_the_other.away.pk]
            )
            if rows := cursor.fetchone()[0]:
                seen[table] = rows
    assert seen == {}


def test_plain_sql_without_a_municipality_shows_nothing(scene):
    seen = {}
    with transaction.atomic(), connection.cursor() as cursor:
        tenancy.set_in_database(None, None)
        for table in tenant_tables():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if rows := cursor.fetchone()[0]:
                seen[table] = rows
    assert seen == {}


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_plain_sql_changes_no_row_of_the_other_municipality(in_the_other, verb):
    changed = {}
    with connection.cursor() as cursor:
        for table in tenant_tables():
            cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [f'"{table}"', verb])
            if not cursor.fetchone()[0]:
                continue
            what = {
                "UPDATE": f'UPDATE "{table}" SET municipality_id = municipality_id',
                "DELETE": f'DELETE FROM "{table}"',
            }[verb]
            cursor.execute(f"{what} WHERE municipality_id = %s", [in_the_other.home.pk])
            if cursor.rowcount:
                changed[table] = cursor.rowcount
    assert changed == {}


def test_plain_sql_puts_no_row_into_the_other_municipality(in_the_other):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO tenancy_unit (id, municipality_id, name) VALUES (gen_random_uuid(), %s, 'Ny enhet')",
            [in_the_other.home.pk],
        )
