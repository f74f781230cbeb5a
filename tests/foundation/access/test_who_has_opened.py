"""A person's log says everything about who has opened her file, and nothing about anyone else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egenmakt.foundation import clock
from egenmakt.foundation.audit import queries
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access, AccessLogEntry
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.models import new_id


def log(actor, *person_ids, access=Access.READ, at=None, kind="person"):
    with clock.at(at or clock.now()):
        log_access(
            user_id=actor.user_id, user_name=actor.name, role=actor.role_names, access=access, kind=kind,
            object_id=person_ids[0], person_ids=person_ids, relation="handläggare i ärendet", path="/personer/",
        )  # fmt: skip


@pytest.mark.req("H-12")
def test_the_log_shows_who_when_how_and_by_what_right(world, sign_in):
    registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER, name="Olle Officer")
    world.act(registrar)
    person = world.person()
    person.registered_by_id = registrar.user_id
    person.save()
    log(officer, person.pk, at=datetime(2026, 2, 3, 14, 3, tzinfo=SWEDEN))
    page = sign_in(registrar).get(f"/personer/{person.pk}/atkomst/").content.decode()
    for text in (
        "Olle Officer",
        "LSS-handläggare",
        "3\xa0februari\xa02026 kl. 14:03",
        "öppnade",
        "handläggare i ärendet",
    ):
        assert text in page


@pytest.mark.req("H-12")
def test_the_log_of_one_person_shows_nothing_of_those_shown_in_the_same_list(world, sign_in):
    controller = world.staff(Role.CONTROLLER)
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    one, other = world.person(given_name="Alva"), world.person(given_name="Bertil", family_name="Östman")
    log(officer, one.pk, other.pk, access=Access.LISTED)
    page = sign_in(controller).get(f"/personer/{one.pk}/atkomst/").content.decode()
    assert "såg i en lista" in page
    assert "Bertil" not in page and "Östman" not in page and str(other.pk) not in page


@pytest.mark.req("H-12")
def test_the_controller_reads_the_log_without_opening_the_file_and_that_is_logged(world, sign_in):
    controller = world.staff(Role.CONTROLLER)
    person = world.person(given_name="Alva")
    page = sign_in(controller).get(f"/personer/{person.pk}/atkomst/")
    assert page.status_code == 200 and "Alva" not in page.content.decode()
    world.act(controller)
    entry = AccessLogEntry.objects.get(user_id=controller.user_id)
    assert (entry.access, entry.kind, entry.person_ids) == (Access.READ, "access_log", [person.pk])


@pytest.mark.req("H-12")
@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.SYSADMIN, Role.ECONOMIST])
def test_others_do_not_read_the_log_of_a_person_they_have_nothing_to_do_with(world, sign_in, role):
    someone, person = world.staff(role), world.person()
    assert sign_in(someone).get(f"/personer/{person.pk}/atkomst/").status_code == 404


@pytest.mark.req("H-12")
def test_the_pages_follow_each_other_without_a_gap_or_a_double_also_when_many_came_at_once(world):
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    person = world.person()
    for place in range(25):
        log(officer, person.pk, at=datetime(2026, 2, 3, 12, place // 10, tzinfo=SWEDEN))
    seen, after = [], None
    while True:
        page = queries.access_page(person.pk, after=after, size=7)
        seen += [row.entry_id for row in page.rows]
        if page.following is None:
            break
        after = page.following
    assert len(seen) == len(set(seen)) == 25
    times = [AccessLogEntry.objects.get(pk=one).at for one in seen]
    assert times == sorted(times, reverse=True)


@pytest.mark.req("H-12")
def test_the_log_is_filtered_by_who_what_and_day(world, sign_in):
    controller, first = world.staff(Role.CONTROLLER), world.staff(Role.CASE_OFFICER, name="Anna Första")
    second = world.staff(Role.CASE_OFFICER, name="Bo Andra")
    world.act(first)
    person = world.person()
    log(first, person.pk, at=datetime(2026, 2, 3, 23, 59, tzinfo=SWEDEN))
    log(second, person.pk, at=datetime(2026, 2, 4, 0, 0, tzinfo=SWEDEN), access=Access.REFUSED)
    client, address = sign_in(controller), f"/personer/{person.pk}/atkomst/"

    def names(query: str) -> list[str]:
        body = client.get(f"{address}?{query}").content.decode()
        table = re.search(r"<tbody>(.*)</tbody>", body, re.DOTALL)
        return [name for name in ("Anna Första", "Bo Andra") if table and name in table.group(1)]

    assert names("") == ["Anna Första", "Bo Andra"]
    assert names(f"vem={second.user_id}") == ["Bo Andra"]
    assert names("slag=refused") == ["Bo Andra"]
    assert names("till=2026-02-03") == ["Anna Första"]
    assert names("fran=2026-02-04&till=2026-02-04") == ["Bo Andra"]
    assert names("fran=2026-03-01&till=2026-03-02") == []
    assert names("fran=skräp&vem=skräp&slag=skräp&efter=skräp") == ["Anna Första", "Bo Andra"]


@pytest.mark.req("H-12")
def test_who_has_opened_is_found_through_an_index_also_under_row_level_security(world):
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    others = [new_id() for _ in range(40)]
    for _ in range(60):
        log(officer, *others, access=Access.LISTED)
    person = world.person()
    log(officer, person.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, parameters = queries.accesses_to_person(person.pk)[:50].query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "accessed_person" in plan and "person_id =" in plan


@pytest.mark.req("H-12")
def test_the_log_page_makes_as_many_queries_for_many_rows_as_for_few(world, sign_in):
    controller, officer = world.staff(Role.CONTROLLER), world.staff(Role.CASE_OFFICER)
    world.act(officer)
    person = world.person()
    client, counts = sign_in(controller), []
    for more in (2, 45):
        world.act(officer)
        for _ in range(more):
            log(officer, person.pk)
        with CaptureQueriesContext(connection) as made:
            assert client.get(f"/personer/{person.pk}/atkomst/").status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]


@pytest.mark.req("H-12")
def test_if_the_log_cannot_be_written_nothing_is_shown(world, sign_in, monkeypatch):
    officer = world.staff(Role.REGISTRAR)
    world.act(officer)
    person = world.person()
    person.registered_by_id, person.created_at = officer.user_id, clock.now() - timedelta(days=1)
    person.save()
    client = sign_in(officer)
    client.raise_request_exception = False
    assert client.get(f"/personer/{person.pk}/").status_code == 200

    def broken(*_args, **_kwargs):
        raise OSError("no room")

    monkeypatch.setattr(AccessLogEntry.objects, "create", broken)
    answer = client.get(f"/personer/{person.pk}/")
    assert answer.status_code == 500
    assert b"Alva" not in answer.content


@pytest.mark.req("H-12")
def test_the_persons_page_names_each_who_has_opened_once_with_how_often_and_when_last(world, sign_in):
    registrar, officer = (
        world.staff(Role.REGISTRAR, name="Rut"),
        world.staff(Role.CASE_OFFICER, name="Olle Officer"),
    )
    world.act(registrar)
    person, another = world.person(), world.person()
    person.registered_by_id = registrar.user_id
    person.save()
    for day in (3, 4, 5):
        log(officer, person.pk, at=datetime(2026, 2, day, 14, 3, tzinfo=SWEDEN))
    log(officer, person.pk, access=Access.LISTED, at=datetime(2026, 2, 6, 9, 0, tzinfo=SWEDEN))
    log(officer, another.pk, at=datetime(2026, 2, 7, 9, 0, tzinfo=SWEDEN))
    [one] = queries.openers(person.pk, 5)
    assert (one.who, one.times) == ("Olle Officer", 3)
    assert f"{one.last.astimezone(SWEDEN):%d %H:%M}" == "05 14:03"
    page = sign_in(registrar).get(f"/personer/{person.pk}/").content.decode()
    assert "3 gånger, senast 5\xa0februari\xa02026" in page
    assert page.count("Olle Officer") == 1
