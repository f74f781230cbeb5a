"""A municipality of the largest size: the demo's, made through the rooms' actions, and copied until it is full.

The copies are rows like any others: persons with names and numbers of their own, cases spread over officers and units,
with their notes, moments, decisions, history and access log. Three copies in four are of cases that are closed. Only
the chain does not cover the copies. Letters keep their content in the first copy; in the others it is short, for the
sake of the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
from django.apps import apps
from django.db import connections
from django.db.models import Count, UUIDField
from psycopg import sql
from psycopg.types.range import DateRange

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.database import security
from egenmakt.foundation.database.server import addresses
from egenmakt.foundation.identity.models import Role, User
from egenmakt.foundation.tenancy.models import Municipality, new_id
from egenmakt.site.demo import loading

TOWN = "kristianstad"
PEOPLE = 5_000
FIRST = 200
CASES_PER_OFFICER = 100
OFFICERS_PER_UNIT = 8
LEADERS = {"chef": Role.UNIT_MANAGER, "beslutsfattare": Role.DECISION_MAKER, "granskare": Role.CONTROLLER}
# Whose ids stay as they are: who works there, and where.
STAYING = {"tenancy_municipality", "tenancy_unit", "tenancy_counter", "identity_user", "identity_assignment"}
# What was worked out of the first copy is not true of the others.
LEFT_OUT = {"audit_link", "ui_draft", "jobs_outboxentry", "cases_casepulse", "cases_casestanding"}


def fill(today: str, people: int = PEOPLE) -> None:
    """Make the municipality as it is on a day, unless it is made."""
    loading.load(towns=[TOWN], people=FIRST, today=date.fromisoformat(today))
    municipality = Municipality.objects.get(slug=TOWN).pk
    superuser = addresses("egenmakt").superuser.replace("/postgres?", "/egenmakt?")
    with psycopg.connect(superuser) as connection:
        connection.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys
        (have,) = connection.execute(
            "SELECT count(*) FROM people_person WHERE municipality_id = %s", [municipality]
        ).fetchone()
        if have >= people:
            return
        copies = (people - 1) // have
        officers = _hire(connection, municipality, have * copies // CASES_PER_OFFICER)
        _copy(connection, municipality, copies, officers)
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")


def _hire(connection: psycopg.Connection, municipality: object, number: int) -> list[tuple[object, object]]:
    """As many case officers as there are cases for, in units of their own, the first of them with its leaders.

    Gives the ids of officers and their units.
    """
    hired = []
    unit: object = None
    for place in range(number):
        if place % OFFICERS_PER_UNIT == 0:
            unit = new_id()
            connection.execute(
                "INSERT INTO tenancy_unit (id, municipality_id, name) VALUES (%s, %s, %s)",
                [unit, municipality, f"Enhet {place // OFFICERS_PER_UNIT + 1}"],
            )
        if place == 0:
            for name, role in LEADERS.items():
                _employ(connection, municipality, unit, name, role)
        officer = _employ(connection, municipality, unit, f"handlaggare{place}", Role.CASE_OFFICER)
        hired.append((officer, unit))
    return hired


def _employ(
    connection: psycopg.Connection, municipality: object, unit: object, name: str, role: Role
) -> object:
    user = new_id()
    connection.execute(
        "INSERT INTO identity_user (id, password, email, name, title, is_active, date_joined) "
        "VALUES (%s, '!', %s, %s, %s, true, now())",
        [user, email_of(name), name.capitalize(), str(role.label)],
    )
    connection.execute(
        "INSERT INTO identity_assignment (id, municipality_id, user_id, role, unit_id, valid) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [new_id(), municipality, user, role, unit, DateRange(date(2020, 1, 1), None)],
    )
    return user


def email_of(name: str) -> str:
    """The address of someone employed here."""
    return f"{name}@storsta.exempel"


def _copy(
    connection: psycopg.Connection, municipality: object, copies: int, officers: list[tuple[object, object]]
) -> None:
    tables = list(_tables())
    connection.execute("CREATE TEMP TABLE copied (id uuid PRIMARY KEY)")
    for table, columns in tables:
        if columns.get("id") == "uuid":
            connection.execute(
                sql.SQL(
                    "INSERT INTO copied SELECT id FROM {} WHERE municipality_id = %s ON CONFLICT DO NOTHING"
                ).format(sql.Identifier(table)),
                [municipality],
            )
    connection.execute("ANALYZE copied")
    connection.execute("CREATE TEMP TABLE officer (place int, id uuid, unit uuid)")
    for place, (officer, unit) in enumerate(officers):
        connection.execute("INSERT INTO officer VALUES (%s, %s, %s)", [place, officer, unit])
    for table, columns in tables:
        names = [name for name in columns if name not in _generated(connection, table)]
        values = [_value(table, name, columns[name], len(officers)) for name in names]
        connection.execute(
            sql.SQL(
                "INSERT INTO {table} ({names}) SELECT {values} FROM {table} one, generate_series(1, {copies}) AS k "
                "WHERE one.municipality_id = {municipality} ON CONFLICT DO NOTHING"
            ).format(
                table=sql.Identifier(table),
                names=sql.SQL(", ").join(map(sql.Identifier, names)),
                values=sql.SQL(", ").join(values),
                copies=sql.Literal(copies),
                municipality=sql.Literal(municipality),
            )
        )


def _tables() -> Iterator[tuple[str, dict[str, str]]]:
    """Every table whose rows belong to a municipality and are about its work, with the types of its columns."""
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.managed and security.is_tenant(model) and table not in STAYING | LEFT_OUT:
            yield (
                table,
                {
                    one.column: "uuid" if _is_uuid(one) else one.get_internal_type()
                    for one in model._meta.concrete_fields
                },
            )


def _is_uuid(field: object) -> bool:
    target = getattr(field, "target_field", field)
    return isinstance(target, UUIDField)


def _generated(connection: psycopg.Connection, table: str) -> set[str]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attgenerated <> ''",
        [f'"{table}"'],
    )
    keys = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'YES'",
        [table],
    )
    return {name for (name,) in [*rows, *keys]}


def _value(table: str, name: str, kind: str, officers: int) -> sql.Composable:
    """What a column holds in the copy numbered k."""
    own = sql.SQL("one.{}").format(sql.Identifier(name))
    # the first officers have the most cases
    whose = f"floor({officers} * power((abs(hashtext(one.number || k)) % 1000) / 1000.0, 1.3))"
    texts = {
        ("cases_case", "number"): "one.number || '-' || k",
        ("cases_case", "officer_id"): f"(SELECT id FROM officer WHERE place = {whose})",
        ("cases_case", "unit_id"): f"(SELECT unit FROM officer WHERE place = {whose})",
        ("cases_case", "closed_on"): "CASE WHEN k % 4 = 0 THEN one.closed_on "
        "ELSE coalesce(one.closed_on, one.opened_on + 90) END",
        (
            "cases_task",
            "done_at",
        ): "CASE WHEN k % 4 = 0 THEN one.done_at ELSE coalesce(one.done_at, one.created_at) END",
        ("people_person", "born"): "one.born + k",
        ("people_personidentity", "number"): "CASE WHEN one.number = '' THEN '' ELSE "
        "to_char(to_date(left(one.number, 8), 'YYYYMMDD') + k, 'YYYYMMDD') || right(one.number, 4) END",
        ("people_personidentity", "family_name"): "(SELECT family_name FROM people_personidentity other "
        "WHERE other.municipality_id = one.municipality_id ORDER BY md5(other.id::text || one.id::text || k) LIMIT 1)",
        ("documents_document", "number"): "one.number || '-' || k",
        (
            "documents_document",
            "content",
        ): "CASE WHEN k = 1 THEN one.content ELSE substring(one.content for 500) END",
        ("decisions_decision", "number"): "one.number || '-' || k",
    }
    if (table, name) in texts:
        return sql.SQL(texts[table, name])
    if kind == "uuid" and name != "municipality_id":
        return sql.SQL(
            "CASE WHEN EXISTS (SELECT 1 FROM copied WHERE copied.id = {own}) "
            "THEN md5({own}::text || k)::uuid ELSE {own} END"
        ).format(own=own)
    if (table, name) == ("audit_accesslogentry", "person_ids"):
        return sql.SQL("ARRAY(SELECT md5(p::text || k)::uuid FROM unnest(one.person_ids) AS p)")
    return own


def sizes() -> dict[str, int]:
    """How many rows there are of what matters."""
    tables = {
        "persons": "people_person", "cases": "cases_case", "notes in journals": "cases_journalnote",
        "moments": "needs_moment", "decisions": "decisions_decision", "lines in the access log": "audit_accesslogentry",
        "case officers": "identity_user",
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        found = {}
        for name, table in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[name] = int(cursor.fetchone()[0])
    return found


def officers_by_cases() -> list[User]:
    """The case officers, those with the most open cases last."""
    counts = dict(
        Case.objects.filter(closed_on=None, officer__isnull=False)
        .values_list("officer")
        .annotate(number=Count("pk"))
    )
    return sorted(User.objects.filter(pk__in=counts), key=lambda one: counts[one.pk])
