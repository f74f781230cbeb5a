"""Whoever changes what is kept, even as the owner of the database, is found out, and the place is named.

Everything here is really committed, in a database of its own: rows are linked when a transaction commits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from django.db import connection, connections, transaction
from tests.people import ALWAYS
from tests.sites import Site

from egenmakt.foundation import clock
from egenmakt.foundation.audit import chain
from egenmakt.foundation.audit.chain import BrokenLink, verify_chain
from egenmakt.foundation.database.server import Addresses
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Municipality, Unit
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.register.people import actions
from egenmakt.register.people.actions import PersonFacts
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import Protection
from egenmakt.site.commands import audit as command

pytestmark = pytest.mark.req("H-12")


def _fill(slug: str) -> None:
    """A registrar who registers two persons, changes one and opens both, each in a transaction of its own."""
    from egenmakt.foundation.access.actor import actor_for

    place = Municipality.objects.get(slug=slug)
    user = User.objects.create_user(f"reg@{slug}.exempel.test", name="Rut Regell")
    with acting_in(place.pk, user.pk):
        unit = Unit.objects.create(name="LSS-enheten")
        actor = actor_for(
            user, [Assignment.objects.create(user=user, role=Role.REGISTRAR, unit=unit, valid=ALWAYS)]
        )
    persons = []
    for given in ("Alva", "Bertil"):
        with acting_in(place.pk, user.pk):
            facts = PersonFacts(
                given_name=given, family_name="Åkesson", protection=Protection.NONE, born=date(2019, 5, 14)
            )
            persons.append(actions.register_person(actor=actor, facts=facts))
    with acting_in(place.pk, user.pk):
        changed = PersonFacts(
            given_name="Alva",
            family_name="Ek",
            protection=Protection.NONE,
            born=date(2019, 5, 14),
            address="Storgatan",
        )
        actions.edit_person(actor=actor, person_id=persons[0].pk, version=1, facts=changed)
    for person in persons:
        with acting_in(place.pk, user.pk):
            person_gate.open(actor, person.pk)


@pytest.fixture(scope="module")
def filled(make_site) -> Site:
    """A database in which two municipalities have worked."""
    site = make_site(start=False)
    with site.database():
        _fill("hjo")
        _fill("kristianstad")
    return site


@dataclass
class Kept:
    """A copy of the filled database, with what tests do to it."""

    site: Site
    addresses: Addresses

    def as_owner(self, *statements: str) -> None:
        """What someone who owns the database can do, triggers switched off when she wishes."""
        with psycopg.connect(self.addresses.owner) as owner:
            for statement in statements:
                owner.execute(statement)

    def verify(self, **anchors) -> list[BrokenLink]:
        with self.site.database():
            return verify_chain(**anchors)[1]

    def value(self, query: str):
        with psycopg.connect(self.addresses.owner) as owner:
            return owner.execute(query).fetchone()[0]


@pytest.fixture
def kept(filled, server, django_db_blocker) -> Iterator[Kept]:
    from tests.conftest import copy_database

    name = f"audit_{os.getpid()}"
    copy = copy_database(server, filled.name, name)
    with django_db_blocker.unblock():
        yield Kept(Site(copy, name), copy)
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


HJO = "(SELECT id FROM tenancy_municipality WHERE slug = 'hjo')"


def test_what_nobody_has_touched_holds(kept):
    with kept.site.database():
        heads, broken = verify_chain()
    assert broken == []
    assert len(heads) == 2 and all(head.number >= 10 for head in heads)


def test_everything_is_linked_however_the_writing_session_shows_times(kept):
    """The same row has the same digest whichever time zone and style the session that wrote it had."""
    with kept.site.database():
        place = Municipality.objects.get(slug="hjo")
        for zone in ("Asia/Kolkata", "America/New_York"):
            with acting_in(place.pk), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL \"TimeZone\" = '{zone}'")
                cursor.execute("SET LOCAL \"IntervalStyle\" = 'iso_8601'")
                cursor.execute(
                    "INSERT INTO audit_accesslogentry (id, municipality_id, at, user_name, role, access, kind, person_ids,"
                    " relation, path) VALUES (gen_random_uuid(), %s, now(), 'x', '', 'read', 'page', '{}', '', '')",
                    [place.pk],
                )
    assert kept.verify() == []


@pytest.mark.parametrize(
    ("name", "statements", "table", "reason"),
    [
        (
            "a history row is changed",
            ["UPDATE people_personidentityhistoryevent SET family_name = 'Annan' WHERE family_name = 'Ek'"],
            "people_personidentityhistoryevent",
            "Raden är ändrad i efterhand",
        ),
        (
            "an empty column of a history row is filled in",
            ["UPDATE people_personhistoryevent SET died = '2020-01-01' WHERE version = 2"],
            "people_personhistoryevent",
            "Raden är ändrad i efterhand",
        ),
        (
            "an access is changed",
            ["UPDATE audit_accesslogentry SET user_name = 'Någon annan'"],
            "audit_accesslogentry",
            "Raden är ändrad i efterhand",
        ),
        (
            "an access is moved to another municipality",
            [f"UPDATE audit_accesslogentry SET municipality_id = {HJO}"],
            "audit_accesslogentry",
            "Raden är ändrad i efterhand",
        ),
        (
            "an access is deleted",
            ["DELETE FROM audit_accessedperson", "DELETE FROM audit_accesslogentry"],
            "audit_accesslogentry",
            "Raden är borttagen",
        ),
        (
            "a history row is deleted",
            ["DELETE FROM identity_assignmenthistoryevent"],
            "identity_assignmenthistoryevent",
            "Raden är borttagen",
        ),
        (
            "a link is changed",
            ["UPDATE audit_link SET row_digest = sha256('x') WHERE number = 5"],
            None,
            "Länken är ändrad i efterhand",
        ),
        (
            "a link is pointed at another row",
            ["UPDATE audit_link SET row_id = 'inget nummer' WHERE number = 5"],
            None,
            "Länken är ändrad i efterhand",
        ),
        (
            "the columns of a link are changed",
            ["UPDATE audit_shape SET columns = array_remove(columns, 'family_name')"],
            "people_personidentityhistoryevent",
            "Raden är ändrad i efterhand",
        ),
        (
            "a link loses its columns",
            ["UPDATE audit_link SET shape_id = NULL WHERE number = 5"],
            None,
            "Länken är ändrad i efterhand",
        ),
        (
            "a link is deleted",
            ["DELETE FROM audit_link WHERE number = 5"],
            "audit_link",
            "Länken saknas (nästa som finns är 6)",
        ),
        (
            "a link is put before the first",
            ["INSERT INTO audit_link (municipality_id, number, table_name, row_id, row_digest, digest) "
             f"VALUES ({HJO}, 0, 'x', 'y', '', '')"],
            "x",
            "Länken är tillagd före den första",
        ),
        (
            "a row is added without a link",
            ["ALTER TABLE audit_accesslogentry DISABLE TRIGGER USER",
             "INSERT INTO audit_accesslogentry (id, municipality_id, at, user_name, role, access, kind, person_ids, "
             f"relation, path) VALUES (gen_random_uuid(), {HJO}, now(), 'x', '', 'read', 'page', '{{}}', '', '')"],
            "audit_accesslogentry",
            "Raden är tillagd utan länk",
        ),
        (
            "the links at the end are deleted but not their rows",
            [f"DELETE FROM audit_link WHERE municipality_id = {HJO} AND number > 8"],
            None,
            "Raden är tillagd utan länk",
        ),
        (
            "a followed row is changed with the triggers off",
            ["ALTER TABLE people_personidentity DISABLE TRIGGER USER",
             "UPDATE people_personidentity SET address = 'Lillgatan' WHERE address = 'Storgatan'"],
            "people_personidentity",
            "Raden är ändrad förbi historiken",
        ),
        (
            "a followed row is deleted with the triggers off",
            ["ALTER TABLE people_personidentity DISABLE TRIGGER USER",
             "DELETE FROM people_personidentity WHERE given_name = 'Bertil'"],
            "people_personidentity",
            "Raden är borttagen förbi historiken",
        ),
        (
            "a followed row is added with the triggers off",
            ["ALTER TABLE people_person DISABLE TRIGGER USER",
             "INSERT INTO people_person (id, municipality_id, born, interpreter, easy_read, communicates_by, created_at, "
             f"version) VALUES (gen_random_uuid(), {HJO}, '2000-01-01', '', false, '', now(), 1)"],
            "people_person",
            "Raden saknar historik",
        ),
        (
            "a row that was deleted is put back with the triggers off",
            ["DELETE FROM identity_assignment",
             "ALTER TABLE identity_assignment DISABLE TRIGGER USER",
             "INSERT INTO identity_assignment SELECT id, role, valid, municipality_id, unit_id, user_id "
             "FROM identity_assignmenthistoryevent WHERE pgh_label = 'delete'"],
            "identity_assignment",
            "Raden finns fast historiken säger att den är borttagen",
        ),
        (
            "an access is hidden from a person's log",
            ["DELETE FROM audit_accessedperson WHERE ctid = (SELECT min(ctid) FROM audit_accessedperson)"],
            "audit_accesslogentry",
            "En person i åtkomsten saknas i registret över vem den gällde",
        ),
        (
            "an access is shown in another person's log",
            ["INSERT INTO audit_accessedperson (id, municipality_id, entry_id, person_id, at) SELECT gen_random_uuid(), "
             "municipality_id, id, gen_random_uuid(), at FROM audit_accesslogentry LIMIT 1"],
            "audit_accesslogentry",
            "Registret över vem åtkomsten gällde säger för mycket",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) and " " in one else "",
)  # fmt: skip
def test_it_is_found_and_named_when(filled, name, statements, table, reason):
    """What the owner does is undone afterwards, so that the next can begin from what holds."""
    with filled.database(), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in [*statements, "SET CONSTRAINTS ALL IMMEDIATE"]:
            cursor.execute(statement)
        broken = chain.prove(cursor, {})[1]
        transaction.set_rollback(True, using="owner")
    assert reason in {one.reason for one in broken}, name
    first = next(one for one in broken if one.reason == reason)
    assert table is None or first.table == table
    assert first.row != "" and first.municipality_id


def test_the_row_that_was_changed_is_the_one_that_is_named(kept):
    row = kept.value("SELECT id::text FROM audit_accesslogentry ORDER BY id DESC LIMIT 1")
    number = kept.value(f"SELECT number FROM audit_link WHERE row_id = '{row}'")
    kept.as_owner(f"UPDATE audit_accesslogentry SET user_name = 'Någon annan' WHERE id = '{row}'")
    (broken,) = kept.verify()
    assert (broken.table, broken.row, broken.number) == ("audit_accesslogentry", row, number)
    assert (
        str(broken) == f"Raden är ändrad i efterhand: tabell audit_accesslogentry, rad {row} (länk {number})"
    )


def test_one_broken_municipality_does_not_hide_another(kept):
    kept.as_owner("UPDATE audit_accesslogentry SET user_name = 'Någon annan'")
    assert len({one.municipality_id for one in kept.verify()}) == 2


def test_an_end_that_is_cut_off_with_its_rows_is_found_by_what_was_noted_before(kept):
    with kept.site.database():
        anchors = {head.municipality_id: head for head in chain.chain_heads()}
    kept.as_owner(
        "CREATE TEMP TABLE last AS SELECT DISTINCT ON (municipality_id) * FROM audit_link "
        f"WHERE municipality_id = {HJO} ORDER BY municipality_id, number DESC",
        "DELETE FROM audit_accessedperson WHERE entry_id::text IN (SELECT row_id FROM last)",
        "DELETE FROM audit_accesslogentry WHERE id::text IN (SELECT row_id FROM last)",
        "DELETE FROM audit_link WHERE id IN (SELECT id FROM last)",
    )
    assert kept.verify() == []  # from within, nothing shows
    (broken,) = kept.verify(anchors=anchors)
    assert broken.reason.startswith("Slutet av kedjan är avklippt")


def test_a_chain_made_anew_is_found_by_what_was_noted_before(kept):
    with kept.site.database():
        anchors = {head.municipality_id: head for head in chain.chain_heads()}
    kept.as_owner(
        "UPDATE audit_accesslogentry SET user_name = 'Någon annan'",
        "SET \"TimeZone\" = 'UTC'",
        "UPDATE audit_link l SET row_digest = egenmakt_row_digest(to_jsonb(e)) "
        "FROM audit_accesslogentry e WHERE l.row_id = e.id::text",
        """DO $$ DECLARE l record; before bytea := ''; place uuid; BEGIN
             FOR l IN SELECT * FROM audit_link ORDER BY municipality_id, number LOOP
               IF place IS DISTINCT FROM l.municipality_id THEN before := ''; place := l.municipality_id; END IF;
               before := sha256(before || convert_to(l.table_name || ':' || l.row_id, 'UTF8') || l.row_digest);
               UPDATE audit_link SET digest = before WHERE id = l.id;
             END LOOP; END $$""",
    )
    assert kept.verify() == []  # whoever owns everything can make everything anew
    assert {one.reason for one in kept.verify(anchors=anchors)} == {
        "Kedjan stämmer inte med den tidigare noterade änden"
    }


def test_a_chain_that_is_gone_is_found_by_what_was_noted_before(kept):
    with kept.site.database():
        anchors = {head.municipality_id: head for head in chain.chain_heads()}
    kept.as_owner("DELETE FROM audit_link")
    assert "Hela kedjan saknas" in {one.reason for one in kept.verify(anchors=anchors)}


def test_a_column_added_later_leaves_the_chain_whole(kept):
    kept.as_owner("ALTER TABLE people_personhistoryevent ADD COLUMN later text NOT NULL DEFAULT 'x'")
    assert kept.verify() == []


def test_work_that_goes_on_while_the_chain_is_proved_is_not_taken_for_tampering(kept):
    with kept.site.database():
        place = Municipality.objects.get(slug="hjo")
        seen = chain._walk

        def walk(*arguments):
            with acting_in(place.pk):
                Unit.objects.create(name=f"Enhet {clock.now().timestamp()}")
                from egenmakt.foundation.audit.actions import log_access

                log_access(user_id=None, user_name="x", role="", access="read", kind="page")
            return seen(*arguments)

        chain._walk = walk
        try:
            assert verify_chain()[1] == []
        finally:
            chain._walk = seen


def test_the_application_role_cannot_prove_anything_and_is_told_so(kept):
    with kept.site.database(), pytest.raises(chain.NotTheOwner, match="DATABASE_OWNER_URL"):
        verify_chain(using="default")


def test_what_is_rolled_back_leaves_no_link(kept):
    with kept.site.database():
        place = Municipality.objects.get(slug="hjo")
        before = kept.value("SELECT count(*) FROM audit_link")
        with pytest.raises(RuntimeError), acting_in(place.pk), transaction.atomic():
            from egenmakt.foundation.audit.actions import log_access

            log_access(user_id=None, user_name="x", role="", access="read", kind="page")
            raise RuntimeError
    assert kept.value("SELECT count(*) FROM audit_link") == before
    assert kept.verify() == []


class TestCommand:
    @pytest.fixture
    def run(self, kept, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
        monkeypatch.setattr("egenmakt.site.commands.database.prepare", lambda: None)

        def go(*arguments: str) -> tuple[int, str, str]:
            with kept.site.database():
                code = command.run(arguments)
            out = capsys.readouterr()
            return code, out.out, out.err

        return go

    def test_it_says_that_everything_holds(self, run):
        code, out, _err = run("verify")
        assert code == 0
        assert "Hjo:" in out and "Kristianstad:" in out and out.count("allt stämmer") == 2

    def test_it_names_the_row_that_does_not_and_the_municipality(self, run, kept):
        row = kept.value(
            f"SELECT id::text FROM audit_accesslogentry WHERE municipality_id = {HJO} ORDER BY id LIMIT 1"
        )
        kept.as_owner(f"UPDATE audit_accesslogentry SET user_name = 'Någon annan' WHERE id = '{row}'")
        code, out, _err = run("verify")
        assert code == 1
        assert "Hjo: STÄMMER INTE." in out and f"tabell audit_accesslogentry, rad {row}" in out
        assert "Kristianstad:" in out and out.count("allt stämmer") == 1

    def test_what_anchor_writes_verify_reads(self, run, kept, tmp_path):
        code, written, _err = run("anchor")
        assert code == 0
        document = json.loads(written)
        assert {head["municipality"] for head in document["heads"]} == {"Hjo", "Kristianstad"}
        file = tmp_path / "ändar.json"
        file.write_text(written, "utf-8")
        assert run("verify", "--anchors", str(file))[0] == 0
        kept.as_owner("DELETE FROM audit_link")
        code, out, _err = run("verify", "--anchors", str(file))
        assert code == 1 and "Hela kedjan saknas" in out

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (None, "finns inte"),
            (b"", "har skrivit"),
            (b"[]", "har skrivit"),
            (b'{"heads": [{"number": "x"}]}', "har skrivit"),
            (b"\xff\xfe", "går inte att läsa"),
        ],
    )
    def test_a_file_that_cannot_be_used_is_told_of_without_a_traceback(self, capsys, tmp_path, content, told):
        file = tmp_path / "ändar.json"
        if content is not None:
            file.write_bytes(content)
        assert command.run(["verify", "--anchors", str(file)]) == 2
        printed = capsys.readouterr()
        assert printed.out == "" and told in printed.err

    @pytest.mark.parametrize("arguments", [(), ("proof",), ("verify", "--anchors"), ("anchor", "x")])
    def test_wrong_arguments_say_how_to_write(self, capsys, arguments):
        assert command.run(arguments) == 2
        assert "Användning:" in capsys.readouterr().err

    def test_a_database_that_does_not_answer_is_told_of_without_a_traceback(self, monkeypatch, capsys):
        from django.db import OperationalError

        def broken() -> None:
            raise OperationalError("connection refused\nmore")

        monkeypatch.setattr("egenmakt.site.commands.database.prepare", broken)
        assert command.run(["verify"]) == 2
        assert "Databasen går inte att läsa (connection refused)" in capsys.readouterr().err
