"""The list of cases: what it holds, how it is sorted and paged, and that it costs the same however long it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egenmakt.casework.cases import actions, queries
from egenmakt.foundation.audit.models import Access, AccessLogEntry


def _more(world, office, names):
    world.act(office.registrar)
    return [
        actions.open_case(
            actor=office.registrar, person_id=world.person(family_name=name).pk,
            unit_id=world.units[world.home.id].pk, officer_id=office.officer.user_id,
            opened_on=date(2026, 3, 3),
        )
        for name in names
    ]  # fmt: skip


def _names(listing):
    return [row.case.person.identity.family_name for row in listing.rows]


@pytest.mark.req("H-13")
@pytest.mark.parametrize("sort", [*queries.SORTS, *(f"-{key}" for key in queries.SORTS)])
def test_paging_shows_every_case_once_in_the_order_of_the_whole(world, office, sort):
    _more(world, office, ["Öberg", "Zetterlund", "Ärlig", "Åman", "Andersson", "Andersson", "Bo"])
    world.act(office.officer)
    whole = [row.case.pk for row in queries.list_cases(office.officer, sort=sort).rows]
    paged, after = [], None
    while True:
        page = queries.list_cases(office.officer, sort=sort, after=after, size=3)
        paged += [row.case.pk for row in page.rows]
        if page.following is None:
            break
        after = page.following
    assert paged == whole
    assert len(set(whole)) == 8


@pytest.mark.req("H-13")
def test_names_are_sorted_the_swedish_way(world, office):
    _more(world, office, ["Öberg", "Zetterlund", "Ärlig", "Åman", "Andersson"])
    world.act(office.officer)
    assert _names(queries.list_cases(office.officer, sort="person")) == [
        "Andersson", "Zetterlund", "Åkesson Lindqvist", "Åman", "Ärlig", "Öberg",
    ]  # fmt: skip


@pytest.mark.req("H-13")
def test_the_list_is_narrowed_by_state_officer_unit_and_number(world, office):
    closed, unowned = _more(world, office, ["Stängd", "Ägarlös"])
    actions.close_case(actor=office.registrar, case_id=closed.pk, reason="Togs tillbaka.", version=1)
    unit = office.case.unit_id
    world.act(office.manager)

    def listed(**chosen):
        return {row.case.pk for row in queries.list_cases(office.manager, **chosen).rows}

    assert listed() == {office.case.pk, unowned.pk}
    assert listed(status="closed") == {closed.pk}
    assert listed(status="all") == {office.case.pk, closed.pk, unowned.pk}
    assert listed(whose="mine") == set()
    assert listed(unit_id=unit) == {office.case.pk, unowned.pk}
    assert listed(number="00003") == {unowned.pk}


@pytest.mark.req("H-13")
def test_a_list_costs_the_same_number_of_questions_however_long_it_is(world, office, sign_in):
    client = sign_in(office.officer)

    def asked(cases: int) -> tuple[int, int]:
        """The first time after a change, when the standings are worked out, and from then on."""
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = client.get("/arenden/")
            counts.append(len(captured))
            assert len(response.context["listing"].rows) == cases
        return counts[0], counts[1]

    client.get("/arbete/")
    actions.create_task(actor=office.officer, case_id=office.case.pk, title="Ring upp")
    short = asked(1)
    _more(world, office, [f"Person {number}" for number in range(12)])
    long = asked(13)
    assert long == short
    assert long[1] < long[0]


@pytest.mark.req("H-13")
@pytest.mark.parametrize("page", ["", "journal/", "uppgifter/", "handlingar/", "atkomst/", "fordelning/"])
def test_a_page_of_a_case_costs_the_same_however_much_is_in_the_case(world, office, sign_in, page):
    from egenmakt.foundation import clock

    def fill(count):
        world.act(office.officer)
        for number in range(count):
            actions.write_note(
                actor=office.officer, case_id=office.case.pk, kind="contact", happened_at=clock.now(),
                text=f"Anteckning {number}", lock=number % 2 == 0,
            )  # fmt: skip
            task = actions.create_task(
                actor=office.officer, case_id=office.case.pk, title=f"Uppgift {number}",
                assignee_id=office.officer.user_id,
            )  # fmt: skip
            if number % 2:
                actions.finish_task(actor=office.officer, case_id=office.case.pk, task_id=task.pk)

    client = sign_in(office.officer)
    fill(2)
    client.get(f"/arenden/{office.case.pk}/{page}")
    with CaptureQueriesContext(connection) as short:
        client.get(f"/arenden/{office.case.pk}/{page}")
    fill(10)
    with CaptureQueriesContext(connection) as long:
        client.get(f"/arenden/{office.case.pk}/{page}")
    assert len(long) == len(short)


@pytest.mark.req("H-12")
def test_what_a_list_showed_is_in_the_access_log_and_a_search_is_marked_as_one(world, office):
    queries.list_cases(office.officer)
    queries.list_cases(office.officer, number="00001")
    assert list(
        AccessLogEntry.objects.filter(person_ids__contains=[office.case.person_id], user_id=office.officer.user_id)
        .order_by("at").values_list("access", flat=True)
    ) == [Access.LISTED, Access.SEARCHED]  # fmt: skip


@pytest.mark.req("H-13")
def test_the_page_address_of_the_next_page_names_no_person(world, office, sign_in):
    _more(world, office, [f"Efternamn{number}" for number in range(queries.PAGE + 5)])
    shown = sign_in(office.officer).get("/arenden/?sort=person").content.decode()
    following = shown.split("after=")[1].split('"')[0]
    assert "fternamn" not in following
    assert "Visa fler" in shown


@pytest.mark.req("H-13")
def test_a_case_number_finds_the_case_only_for_those_who_may_list_it(world, office):
    assert [case.pk for case in queries.cases_with_number(office.officer, "2026-00001")] == [office.case.pk]
    world.act(office.other_unit_officer)
    assert queries.cases_with_number(office.other_unit_officer, "2026-00001") == []


@pytest.mark.req("H-13")
@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("LSS-2026-00001", True),
        ("lss-2026-00001", True),
        ("2026-00001", True),
        ("00001", True),
        ("LSS-2026", True),
        ("2026-00002", False),
        ("20220514-9801", False),
        ("Alva", False),
    ],
)
def test_the_search_box_finds_a_case_by_its_number(office, written, found):
    hits = queries.hits_for(office.officer, written)
    assert [hit.title for hit in hits] == (["LSS-2026-00001"] if found else [])
