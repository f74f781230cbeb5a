"""The unit's page and its lists: the numbers are those of the cases, only what is shown is logged, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.people import told

from egenmakt.casework.cases import actions as cases
from egenmakt.casework.cases.models import Case, Task
from egenmakt.casework.cases.rows import rows_of
from egenmakt.casework.decisions import actions as deciding
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.oversight.deadlines import unit
from egenmakt.oversight.deadlines.queries import STRIP_WEEKS, WEEK
from egenmakt.oversight.deadlines.unit import unit_list, unit_work

LATE = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    """Monday 20 April 2026."""
    with clock.at(journeys.TODAY):
        yield


@pytest.fixture
def manager(world):
    """A unit with cases at every stage, some with tasks, one without officer. One stands as its manager."""
    ada, bo = (world.staff(Role.CASE_OFFICER, name=name) for name in ("Ada Sen", "Bo Ifas"))
    place = world.units[world.home.id]
    served = journeys.decided_case(world, officer=ada)
    deciding.record_service(
        actor=ada, case_id=served.case.pk, decision_id=served.decision.pk, served_on=journeys.TODAY, method="handed_over",
        evidence="Lämnat vid hembesöket.",
    )  # fmt: skip
    journeys.decided_case(world, officer=bo)
    journeys.case_ready_for_decision(world, officer=ada)
    begun = journeys.case_under_investigation(world, officer=bo, without=("communication", "child"))
    journeys.case_under_investigation(world, officer=ada, without=("authority",))
    world.act(begun.officer)
    for day, waits in ((date(2026, 4, 10), ""), (date(2026, 4, 22), "habiliteringen"), (LATE, "")):
        cases.create_task(
            actor=begun.officer, case_id=begun.case.pk, title="Hämta utlåtande", due_on=day, waits_for=waits,
            waits_since=journeys.TODAY if waits else None,
        )  # fmt: skip
    registrar = world.staff(Role.REGISTRAR)
    world.act(registrar)
    cases.open_case(actor=registrar, person_id=world.person().pk, unit_id=place.pk)
    chief = world.staff(Role.UNIT_MANAGER)
    world.act(chief)
    return chief


def _expected(today: date) -> dict[str, object]:
    """What the page is to show, worked out case by case from what the rooms hold."""
    rows = rows_of(Case.objects.filter(closed_on=None).select_related("officer"), "kristianstad")
    loads: dict[str, Counter[str]] = {}
    late, week, days, stuck = set(), set(), Counter(), set()

    def place(key, due, waits) -> str:
        if due and today <= due <= today + STRIP_WEEKS * WEEK:
            days[due, waits] += 1
        if due and due < today:
            late.add(key)
            return "late"
        if not waits and due and due <= today + WEEK:
            week.add(key)
            return "week"
        return "waiting" if waits else ""

    for row in rows:
        name = row.case.officer.name if row.case.officer else "utan handläggare"
        counts = loads.setdefault(name, Counter())
        counts["cases"] += 1
        if row.next_step or row.waits:
            counts[place(row.case.pk, row.deadline.day if row.deadline else None, row.next_step is None)] += 1
        if row.lacks:
            stuck.add(row.case.pk)
    for task in Task.objects.filter(done_at=None, due_on__isnull=False):
        place(task.pk, task.due_on, bool(task.waits_for))
    return {"loads": loads, "late": late, "week": week, "days": days, "stuck": stuck, "cases": len(rows)}


@pytest.mark.req("H-13")
@pytest.mark.parametrize("day", [journeys.TODAY, date(2026, 5, 5), LATE, date(2026, 6, 30), date(2026, 9, 1)])
def test_the_numbers_of_the_unit_are_those_of_its_cases(world, manager, day):
    with clock.at(day):
        world.act(manager)
        expected, work = _expected(day), unit_work(manager)
    assert work.open_cases == expected["cases"]
    assert {one.name: (one.cases, one.late, one.week, one.waiting) for one in work.loads} == {
        name: (count["cases"], count["late"], count["week"], count["waiting"])
        for name, count in expected["loads"].items()
    }
    assert (work.late_count, work.week_count) == (len(expected["late"]), len(expected["week"]))
    assert (len(work.late), len(work.week)) == (work.late_count, work.week_count)
    assert {one.case.pk for one in work.stuck} == expected["stuck"]
    assert work.stuck_count == len(expected["stuck"])
    marks = Counter({(one.day, one.status == "waiting"): one.count for one in work.strip.marks})
    assert marks == expected["days"]
    assert work.late == sorted(work.late, key=lambda one: one.due)


@pytest.mark.req("H-13")
def test_a_day_with_one_thing_names_it_and_a_day_with_many_says_how_many(world, manager, sign_in):
    work = unit_work(manager)
    marks = {(one.day, one.status): one for one in work.strip.marks}
    one = marks[date(2026, 4, 22), "waiting"]
    assert one.count == 1
    assert one.label.startswith("Hämta utlåtande, LSS-2026-")
    many = next(one for one in work.strip.marks if one.count > 1)
    assert str(many.count) in many.label
    page = sign_in(manager).get(many.href)
    assert page.context["list"].count == sum(mark.count for mark in work.strip.marks if mark.day == many.day)
    assert f"{page.context['list'].count} rader" in told(page)


@pytest.mark.req("H-13")
@pytest.mark.parametrize("kind", unit.KINDS)
def test_paging_through_a_list_shows_every_row_once_and_in_order(world, manager, kind, monkeypatch):
    with clock.at(date(2029, 10, 2) if kind in ("upphor", "foljs_upp") else LATE):
        world.act(manager)
        whole = unit_list(manager, kind, LATE)
        monkeypatch.setattr(unit, "PAGE", 1)
        rows, after = [], ""
        while True:
            page = unit_list(manager, kind, LATE, after)
            rows += page.rows or page.stuck
            assert page.count == whole.count
            if not page.following:
                break
            after = page.following
    assert [_what(one) for one in rows] == [_what(one) for one in (whole.rows or whole.stuck)]
    assert len(rows) == whole.count >= 1


def _what(row) -> tuple:
    return (row.case.pk, getattr(row, "due", None), getattr(row, "title", ""))


@pytest.mark.req("H-13")
def test_an_address_of_a_list_that_says_nothing_sensible_shows_what_is_late_from_the_beginning(
    world, manager, sign_in
):
    client = sign_in(manager)
    for asked in (
        "",
        "?vad=allt",
        "?vad=sent&efter=igår",
        "?vad=sent&efter=2026-01-01.x",
        "?vad=sent&dag=i-morgon",
    ):
        page = client.get(f"/enheten/lista/{asked}")
        assert page.status_code == 200
        assert "Sent i enheten" in told(page)
        assert page.context["list"].count == 1


@pytest.mark.req("H-13")
@pytest.mark.parametrize("address", ["/enheten/", "/enheten/lista/?vad=sent", "/enheten/lista/?vad=stannat"])
def test_only_those_who_are_shown_are_logged_as_shown(world, manager, sign_in, address, monkeypatch):
    monkeypatch.setattr(unit, "GLANCE", 1)
    monkeypatch.setattr(unit, "PAGE", 1)
    with clock.at(date(2026, 9, 1)):
        world.act(manager)
        persons = {case.number: case.person_id for case in Case.objects.all()}
        before = set(AccessLogEntry.objects.values_list("pk", flat=True))
        page = told(sign_in(manager).get(address))
        world.act(manager)
        logged = AccessLogEntry.objects.exclude(pk__in=before).filter(kind="case")
        shown = {person for number, person in persons.items() if number in page}
        assert {person for entry in logged for person in entry.person_ids} == shown
        assert 0 < len(shown) < len(persons)


@pytest.mark.req("H-13")
def test_the_page_shows_the_first_and_leads_to_the_rest(world, manager, sign_in, monkeypatch):
    monkeypatch.setattr(unit, "GLANCE", 1)
    with clock.at(LATE):
        client = sign_in(manager)
        page = client.get("/enheten/")
        work = page.context["work"]
        assert (len(work.late), work.late_count) == (1, 6)
        assert "Visa alla 6 som är sena" in told(page)
        assert 'href="/enheten/lista/?vad=sent"' in page.content.decode()
        assert client.get("/enheten/lista/?vad=sent").context["list"].count == 6


@pytest.mark.req("H-13")
def test_a_list_of_the_unit_costs_as_many_queries_for_fifty_cases_as_for_five(world):
    officer = world.staff(Role.CASE_OFFICER, Role.UNIT_MANAGER)
    place = world.units[world.home.id]
    world.act(officer)

    def open_cases(count: int) -> None:
        for _number in range(count):
            case = cases.open_case(
                actor=officer, person_id=world.person().pk, unit_id=place.pk, officer_id=officer.user_id
            )
            cases.create_task(actor=officer, case_id=case.pk, title="Ring", due_on=date(2026, 4, 1))

    def asked() -> list[int]:
        counts = []
        for read in (unit_work, lambda actor: unit_list(actor, "sent", LATE), unit_work):
            with CaptureQueriesContext(connection) as captured:
                read(officer)
            counts.append(len(captured))
        return counts

    open_cases(5)
    few = asked()
    open_cases(45)
    assert asked() == few
    assert unit_work(officer).late_count == 50
    assert few[2] < few[0], "the second page read nothing that was kept"


@pytest.mark.req("H-13")
def test_the_page_of_the_next_day_is_of_the_next_day(world, manager):
    assert unit_work(manager).late_count == 1
    with clock.at(LATE - timedelta(days=1)):
        world.act(manager)
        before = unit_work(manager).late_count
    with clock.at(LATE):
        world.act(manager)
        assert unit_work(manager).late_count > before


@pytest.mark.req("H-13")
def test_a_leaders_worklist_shows_a_few_of_what_others_are_to_do_and_says_where_the_rest_is(
    world, manager, sign_in, monkeypatch
):
    from egenmakt.oversight.deadlines import queries

    with clock.at(date(2029, 10, 2)):
        client = sign_in(manager)
        assert "Fler beslut upphör" not in told(client.get("/arbete/"))
        monkeypatch.setattr(queries, "OF_OTHERS", 1)
        page = client.get("/arbete/")
        titles = [one.title for one in (*page.context["work"].waiting, *page.context["work"].late)]
        assert len([one for one in titles if "upphör" in one]) == 1
        assert "Fler beslut upphör" in told(page)
