"""The doctor finds what is wrong with an installation, says how to mend it, and never falls over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.contrib.staticfiles import finders
from tests.people import ALWAYS
from tests.sites import Site

from egenmakt.foundation import clock
from egenmakt.foundation.accounts.demo import demo_email
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.site.commands import doctor as command
from egenmakt.site.doctor import accounts, database, program
from egenmakt.site.doctor import settings as of_settings
from egenmakt.site.doctor.finding import Finding, Status

pytestmark = pytest.mark.req("R-01", "H-12")


def only(check) -> Finding:
    (finding,) = check()
    return finding


@pytest.fixture
def in_production(settings, monkeypatch):
    """Settings as a municipality has them that others reach."""
    monkeypatch.setenv("EGENMAKT_SECRET_KEY", "x" * 60)
    settings.SECRET_KEY = "x" * 60
    settings.TEST_MODE = False
    settings.ALLOWED_HOSTS = ["lss.kommunen.example"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return settings


class TestSettings:
    def test_a_right_installation_has_no_fault_and_no_warning(self, in_production):
        assert {finding.status for check in of_settings.CHECKS for finding in check()} == {Status.OK}

    @pytest.mark.parametrize(
        ("changes", "check", "status"),
        [
            ({"TEST_MODE": True}, of_settings.test_mode, Status.FAULT),
            ({"TEST_MODE": True, "ALLOWED_HOSTS": ["localhost"]}, of_settings.test_mode, Status.WARNING),
            ({"SECRET_KEY": "kort"}, of_settings.secret_key, Status.FAULT),
            ({"ALLOWED_HOSTS": ["*"]}, of_settings.hosts, Status.FAULT),
            ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, of_settings.hosts, Status.WARNING),
            ({"SESSION_COOKIE_SECURE": False}, of_settings.https, Status.FAULT),
            ({"CSRF_COOKIE_SECURE": False}, of_settings.https, Status.FAULT),
            ({"DATA_FOLDER": Path("/finns/inte")}, of_settings.disk, Status.FAULT),
        ],
        ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
    )
    def test_it_is_found_when_a_setting_is_wrong(self, in_production, changes, check, status):
        for name, value in changes.items():
            setattr(in_production, name, value)
        finding = only(check)
        assert finding.status == status
        assert finding.mend

    def test_a_key_kept_in_a_file_is_warned_of_where_others_reach_the_site(self, in_production, monkeypatch):
        monkeypatch.delenv("EGENMAKT_SECRET_KEY")
        assert only(of_settings.secret_key).status == Status.WARNING


@pytest.fixture(scope="module")
def installed(make_site) -> Site:
    return make_site(start=False)


@pytest.fixture
def inside(installed) -> Iterator[Site]:
    with installed.database():
        yield installed


def as_owner(site: Site, *statements: str) -> None:
    with psycopg.connect(site.addresses.owner) as owner:
        for statement in statements:
            owner.execute(statement)


class TestDatabase:
    def test_a_right_database_has_no_fault(self, inside):
        found = [finding for check in database.CHECKS for finding in check()]
        assert [one for one in found if one.status != Status.OK] == []

    def test_a_trigger_that_is_switched_off_is_named(self, inside):
        as_owner(inside, "ALTER TABLE people_person DISABLE TRIGGER USER")
        try:
            finding = only(database.triggers)
        finally:
            as_owner(inside, "ALTER TABLE people_person ENABLE TRIGGER USER")
        assert finding.status == Status.FAULT
        assert "people_person (" in finding.detail and "audit verify" in finding.mend

    def test_a_trigger_that_is_missing_is_named(self, inside):
        from egenmakt.register.people.models import Person

        name = Person._meta.triggers[0].get_pgid(Person)
        as_owner(inside, f"ALTER TRIGGER {name} ON people_person RENAME TO borta")
        try:
            finding = only(database.triggers)
        finally:
            as_owner(inside, f"ALTER TRIGGER borta ON people_person RENAME TO {name}")
        assert finding.status == Status.FAULT and name in finding.detail

    def test_a_table_without_row_level_security_is_named(self, inside):
        as_owner(inside, "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")
        try:
            finding = only(database.rights)
        finally:
            as_owner(inside, "ALTER TABLE people_person ENABLE ROW LEVEL SECURITY")
        assert finding.status == Status.FAULT
        assert "people_person" in finding.detail and "egenmakt migrate" in finding.mend

    def test_a_pending_migration_is_named(self, inside):
        with psycopg.connect(inside.addresses.owner) as owner:
            last = "SELECT name FROM django_migrations WHERE app = 'people' ORDER BY name DESC LIMIT 1"
            (name,) = owner.execute(last).fetchone()
            owner.execute("DELETE FROM django_migrations WHERE app = 'people' AND name = %s", [name])
        try:
            finding = only(database.migrations)
        finally:
            as_owner(
                inside,
                f"INSERT INTO django_migrations (app, name, applied) VALUES ('people', '{name}', now())",
            )
        assert finding.status == Status.FAULT and f"people.{name}" in finding.detail

    def test_the_owners_role_is_not_the_programs(self, inside, monkeypatch):
        monkeypatch.setattr(
            database, "_one", lambda query, using="default": "rolsuper" not in query and "egenmakt_owner"
        )
        assert only(database.roles).status == Status.FAULT
        monkeypatch.setattr(database, "_one", lambda query, using="default": "rolsuper" in query or using)
        assert only(database.roles).status == Status.FAULT

    @pytest.mark.parametrize(("number", "status"), [("170005", Status.FAULT), ("180000", Status.OK)])
    def test_the_version_is_eighteen(self, monkeypatch, number, status):
        monkeypatch.setattr(database, "_one", lambda query: number)
        assert only(database.version).status == status

    @pytest.mark.parametrize(
        ("apart", "status"), [(0, Status.OK), (10, Status.WARNING), (-120, Status.FAULT)]
    )
    def test_clocks_that_differ_are_told_of(self, monkeypatch, apart, status):
        import time

        monkeypatch.setattr(database, "_one", lambda query: time.time() + apart)
        assert only(database.clock).status == status


class TestProgram:
    def test_letters_can_be_set(self):
        assert only(program.letters).status == Status.OK

    def test_letters_that_cannot_be_set_are_told_of(self, monkeypatch):
        from egenmakt.foundation.documents.rendering import TemplateError

        def broken(_letter):
            raise TemplateError("Typsnittet saknas.")

        monkeypatch.setattr(program, "render_letter", broken)
        assert only(program.letters).status == Status.FAULT

    def test_a_file_that_the_browser_needs_and_is_missing_or_empty_is_named(self, monkeypatch, tmp_path):
        assert only(program.front_end).status == Status.OK
        empty = tmp_path / "tom.js"
        empty.touch()
        found = finders.find
        monkeypatch.setattr(
            program.finders, "find", lambda name: str(empty) if name == "vendor/htmx.min.js" else found(name)
        )
        finding = only(program.front_end)
        assert finding.status == Status.FAULT and finding.detail == "saknas: vendor/htmx.min.js"

    @pytest.mark.parametrize(
        ("age", "status"),
        [
            (timedelta(minutes=1), Status.OK),
            (timedelta(hours=1), Status.WARNING),
            (timedelta(days=3), Status.FAULT),
        ],
        ids=str,
    )
    def test_what_has_waited_in_the_outbox_is_told_of(self, inside, age, status):
        place = Municipality.objects.get(slug="hjo")
        with acting_in(place.pk):
            entry = OutboxEntry.objects.create(
                kind="letter", key=str(age), created_at=clock.now() - age, error="OSError: skrivaren är av"
            )
        try:
            finding = only(program.outbox)
        finally:
            with acting_in(place.pk):
                OutboxEntry.objects.filter(pk=entry.pk).update(done_at=clock.now())
        assert finding.status == status and "skrivaren är av" in finding.detail
        assert only(program.outbox).detail == "tom"

    def test_a_worker_that_is_silent_is_told_of(self, inside):
        assert only(program.worker).status == Status.WARNING
        as_owner(inside, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        assert only(program.worker).status == Status.OK
        as_owner(inside, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
        assert "10 min" in only(program.worker).detail


class TestAccounts:
    @pytest.fixture(scope="class")
    def staffed(self, installed) -> None:
        with installed.database():
            place = Municipality.objects.get(slug="alvsbyn")
            user = User.objects.create_user(demo_email("karin.ek", "alvsbyn"), "lösenord", name="Karin Ek")
            with acting_in(place.pk, user.pk):
                Assignment.objects.create(user=user, role=Role.CASE_OFFICER, valid=ALWAYS)

    def test_accounts_without_a_second_factor_are_counted(self, staffed, inside, settings):
        assert only(accounts.second_factor).status == Status.OK  # in test mode it is not asked for
        settings.TEST_MODE = False
        finding = only(accounts.second_factor)
        assert (finding.status, finding.detail) == (Status.WARNING, "1 av 1 konton med roll saknar det")

    def test_the_demos_accounts_are_refused_in_production(self, staffed, inside, settings):
        assert only(accounts.demo_accounts).status == Status.OK
        settings.TEST_MODE = False
        assert only(accounts.demo_accounts).status == Status.FAULT

    def test_a_municipality_where_nobody_can_give_roles_is_named(self, staffed, inside):
        finding = only(accounts.sysadmins)
        assert finding.status == Status.WARNING and "Älvsbyn" in finding.detail


class TestCommand:
    @pytest.fixture(autouse=True)
    def _prepared(self, monkeypatch):
        monkeypatch.setattr("egenmakt.site.commands.database.prepare", lambda: None)

    def test_it_says_how_everything_is_and_how_to_mend_what_is_not(self, inside, settings, capsys):
        settings.ALLOWED_HOSTS = ["localhost"]
        code = command.run([])
        out = capsys.readouterr().out
        assert "OK       PostgreSQL: version 18" in out
        assert "VARNING  Testläge" in out and "→ Ta bort EGENMAKT_TEST_MODE" in out
        assert code == (1 if "\nFEL" in out else 0)

    def test_json_says_the_same(self, inside, capsys):
        code = command.run(["--json"])
        document = json.loads(capsys.readouterr().out)
        statuses = {one["status"] for one in document["findings"]}
        assert document["ok"] is ("fault" not in statuses) is (code == 0)
        assert statuses <= {"ok", "warning", "fault"}
        assert all(one["mend"] for one in document["findings"] if one["status"] != "ok")

    def test_a_check_that_falls_over_is_a_fault_and_the_others_go_on(self, inside, monkeypatch, capsys):
        def broken():
            """It breaks."""
            raise RuntimeError("trasigt\nrad två")
            yield

        monkeypatch.setattr(of_settings, "CHECKS", [broken, of_settings.hosts])
        assert command.run([]) == 1
        out = capsys.readouterr().out
        assert "FEL      Gick inte att undersöka: It breaks. RuntimeError: trasigt" in out
        assert "Adresser" in out and "Traceback" not in out

    def test_a_program_that_does_not_start_is_told_of(self, monkeypatch, capsys):
        def broken() -> None:
            raise OSError("ingen plats")

        monkeypatch.setattr("egenmakt.site.commands.database.prepare", broken)
        assert command.run([]) == 1
        assert "FEL      Start: OSError: ingen plats" in capsys.readouterr().out

    def test_unknown_arguments_say_how_to_write(self, capsys):
        assert command.run(["--yaml"]) == 2
        assert "Användning" in capsys.readouterr().err

    def test_an_installation_in_production_is_told_of_every_fault(self, installed):
        """The whole command in a process of its own, as one runs it."""
        import subprocess
        import sys

        environment = installed.environment | {"EGENMAKT_TEST_MODE": "", "EGENMAKT_HOSTS": "*"}
        environment.pop("EGENMAKT_SECRET_KEY", None)
        done = subprocess.run(
            [sys.executable, "-m", "egenmakt.site.cli", "doctor", "--json"],
            env=environment, capture_output=True, text=True, check=False, cwd=Path.cwd(),
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        faults = {one["name"] for one in json.loads(done.stdout)["findings"] if one["status"] == "fault"}
        assert faults == {"hosts", "demo_accounts"}
