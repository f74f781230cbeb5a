"""Who a protected person is, is found nowhere by anyone who is not named: not by searching, not in a list, not in SQL."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from tests.access.matrix import VIEWERS
from tests.access.scene import BORN, PROTECTED_ENDINGS, PROTECTED_NAME, PROTECTED_WORDS
from tests.access.visiting import Visitors

from egenmakt.foundation.tenancy import transaction as tenancy

pytestmark = pytest.mark.req("H-12")

NOT_NAMED = sorted({viewer for viewer, _ in VIEWERS.values() if viewer not in (None, "named")})
NUMBER = f"{BORN:%Y%m%d}-{PROTECTED_ENDINGS[0]}"
# A number of the same day that nobody in the scene has.
NOBODYS = f"{BORN:%Y%m%d}-9921"


@pytest.fixture(scope="module")
def visitors(scene) -> Visitors:
    """Everyone in the table, signed in."""
    return Visitors(scene)


@pytest.mark.parametrize(
    "text", [PROTECTED_NAME[0][:-1], PROTECTED_NAME[1][:-1], f"{BORN:%Y-%m-%d}", "Skyddad person", "Gerda"]
)
def test_nobody_finds_her_by_searching(scene, visitors, text):
    for viewer in NOT_NAMED:
        body = visitors.visit(viewer, "/sok/", data={"q": text}).body
        assert [word for word in PROTECTED_WORDS if word in body] == [], viewer
        assert str(scene.threads["protected_working"].person.pk) not in body, viewer


def test_her_number_tells_no_more_than_a_number_that_nobody_has(visitors):
    for viewer in NOT_NAMED:
        hers, nobodys = (
            _told(visitors.visit(viewer, "/sok/", data={"q": number}).body, number)
            for number in (NUMBER, NOBODYS)
        )
        assert hers == nobodys, viewer


def test_asking_for_her_number_before_registering_tells_nothing_either(visitors):
    for viewer in ("officer", "manager", "registrar"):
        hers, nobodys = (
            _told(visitors.visit(viewer, "/personer/ny/", "POST", {"number": number}).body, number)
            for number in (NUMBER, NOBODYS)
        )
        assert hers == nobodys, viewer


def test_the_one_who_is_named_finds_her(visitors):
    for text in (PROTECTED_NAME[0], PROTECTED_NAME[1][:-1], NUMBER):
        assert PROTECTED_NAME[1] in visitors.visit("named", "/sok/", data={"q": text}).body


@pytest.mark.parametrize(
    "lists", ["/personer/", "/arenden/", "/arbete/", "/enheten/", "/granskning/oppningar/"]
)
def test_lists_show_that_she_is_there_and_not_who_she_is(scene, visitors, lists):
    body = visitors.visit("manager", lists).body
    assert [word for word in PROTECTED_WORDS if word in body] == []
    if lists in ("/personer/", "/arenden/"):
        assert "Skyddad person" in body


def test_plain_sql_does_not_tell_who_she_is(scene):
    person = scene.threads["protected_working"].person.pk
    tables = ["people_personidentity", "people_personidentityhistoryevent", "representatives_representative",
              "representatives_representativehistoryevent", "representatives_consent"]  # fmt: skip
    seen = {}
    for viewer in ("manager", "named"):
        with transaction.atomic(), connection.cursor() as cursor:
            tenancy.set_in_database(scene.home.pk, scene.viewers[viewer].user_id)
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])
                seen[viewer, table] = cursor.fetchone()[0]
    assert [table for table in tables if seen["manager", table]] == []
    assert [table for table in tables if not seen["named", table]] == []


def test_no_other_table_keeps_her_name_where_others_read_it(scene):
    """Every text of every table that the unit's manager may read by SQL."""
    told = {}
    with transaction.atomic(), connection.cursor() as cursor:
        tenancy.set_in_database(scene.home.pk, scene.viewers["manager"].user_id)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND has_table_privilege(oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS one WHERE one::text ~ %s',
                ["|".join(map(re.escape, PROTECTED_WORDS))],
            )
            if rows := cursor.fetchone()[0]:
                told[table] = rows
    assert told == {}


def _told(body: str, number: str) -> str:
    """A page without the number that was asked for, and without the token that differs from one page to the next."""
    digits = number.replace("-", "")
    without = body.replace(number, "").replace(digits, "").replace(digits[2:], "")
    return re.sub(r'"[A-Za-z0-9]{64}"', "", without)
