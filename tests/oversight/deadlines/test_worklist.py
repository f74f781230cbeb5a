"""Mitt arbete and Enheten: what is to be done, by whom, by when and why then. Nobody sees more than she may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.people import told

from egenmakt.casework.cases import actions as cases
from egenmakt.casework.decisions import actions as deciding
from egenmakt.casework.decisions.following import TASKS, make_tasks
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.oversight.deadlines import queries
from egenmakt.oversight.deadlines.unit import unit_work
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection

LATE = date(2026, 5, 11)  # the application came on 10 February; Kristianstad decides within three months


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    """Monday 20 April 2026."""
    with clock.at(journeys.TODAY):
        yield


def _plain(text: str) -> str:
    """With ordinary spaces, so that a date can be looked for."""
    return text.replace("\xa0", " ")


def _groups(actor) -> dict[str, list[str]]:
    work = queries.my_work(actor)
    shown = {key: getattr(work, key) for key in get_args(queries.Group)}
    return {key: [one.title for one in works] for key, works in shown.items() if works}


@pytest.mark.req("H-13")
def test_the_next_step_of_a_case_stands_under_the_day_it_is_due(world):
    made = journeys.case_under_investigation(world)
    world.act(made.officer)
    assert _groups(made.officer) == {"coming": ["Skriv förslaget"]}
    with clock.at(LATE - timedelta(days=8)):
        assert _groups(made.officer) == {"week": ["Skriv förslaget"]}
    with clock.at(LATE):
        assert _groups(made.officer) == {"late": ["Skriv förslaget"]}
        [one] = queries.my_work(made.officer).late
    assert one.due == LATE - timedelta(days=1)
    assert "3 månader från ansökan" in one.reason
    assert one.href == f"/arenden/{made.case.pk}/forslag/"


@pytest.mark.req("H-13")
def test_what_waits_says_for_whom_and_since_when(world):
    made = journeys.case_ready_for_decision(world)
    world.act(made.officer)
    [one] = queries.my_work(made.officer).waiting
    assert (one.title, _plain(one.waits_for)) == ("Beslut", "väntar på beslutsfattare sedan 20 apr 2026")


@pytest.mark.req("H-13")
def test_a_task_that_waits_for_someone_says_for_whom_and_since_when(world, sign_in):
    made = journeys.case_under_investigation(world)
    cases.create_task(
        actor=made.officer, case_id=made.case.pk, title="Hämta utlåtande", due_on=date(2026, 5, 4),
        assignee_id=made.officer.user_id, waits_for="habiliteringen", waits_since=date(2026, 4, 1),
    )  # fmt: skip
    page = _plain(told(sign_in(made.officer).get("/arbete/")))
    assert "habiliteringen" in page
    assert "sedan 1 apr 2026" in page


@pytest.mark.req("H-02", "H-13")
def test_a_proposal_waits_for_the_decision_maker_until_it_is_signed(world, sign_in):
    made = journeys.case_ready_for_decision(world)
    world.act(made.decider)
    work = queries.my_work(made.decider)
    [one] = work.mine
    assert one.title == "Besluta om förslag: bifall"
    assert _plain(one.note) == "från Mikael Håkansson 20 apr 2026"
    assert one.href == f"/arenden/{made.case.pk}/beslut/"
    assert "Besluta om förslag: bifall" in told(sign_in(made.decider).get("/arbete/"))
    journeys.sign(made)
    assert _groups(made.decider) == {}


@pytest.mark.req("H-02", "H-13")
def test_a_proposal_that_is_late_stands_among_what_is_late(world):
    made = journeys.case_ready_for_decision(world)
    with clock.at(LATE):
        world.act(made.decider)
        assert _groups(made.decider) == {"late": ["Besluta om förslag: bifall"]}


@pytest.mark.req("H-02")
def test_who_may_not_sign_has_no_proposal_to_sign(world):
    made = journeys.case_ready_for_decision(world)
    manager = world.staff(Role.UNIT_MANAGER)
    world.act(manager)
    assert _groups(manager) == {}
    world.act(made.officer)
    assert "mine" not in _groups(made.officer)


@pytest.mark.req("H-19")
def test_a_decision_that_ends_and_a_follow_up_are_seen_by_those_who_lead(world):
    made = journeys.decided_case(world)
    manager = world.staff(Role.UNIT_MANAGER)
    for leader in (made.decider, manager):
        with clock.at(date(2026, 10, 25)):
            world.act(leader)
            [one] = queries.my_work(leader).waiting
            assert (one.title, one.due) == ("Uppföljning av beslut B-2026-00001", date(2026, 10, 30))
            assert one.waits_for == "väntar på Mikael Håkansson"
        with clock.at(date(2026, 10, 31)):
            world.act(leader)
            assert [one.title for one in queries.my_work(leader).late] == [
                "Uppföljning av beslut B-2026-00001"
            ]
        with clock.at(date(2029, 10, 1)):
            world.act(leader)
            assert [one.title for one in queries.my_work(leader).waiting] == ["Beslut B-2026-00001 upphör"]
    with clock.at(date(2029, 9, 30)):
        world.act(manager)
        assert queries.ending(manager) == []
    with clock.at(date(2029, 10, 1)):
        world.act(manager)
        assert [one.due for one in queries.ending(manager)] == [date(2029, 12, 31)]


@pytest.mark.req("H-19")
def test_the_officers_own_follow_up_is_a_task_and_stands_once(world):
    both = world.staff(Role.CASE_OFFICER, Role.UNIT_MANAGER, name="Maj Chef")
    made = journeys.decided_case(world, officer=both)
    make_tasks(OutboxEntry.objects.get(kind=TASKS))
    deciding.record_service(
        actor=both, case_id=made.case.pk, decision_id=made.decision.pk, served_on=journeys.TODAY,
        method="handed_over", evidence="Lämnat vid hembesöket.",
    )  # fmt: skip
    with clock.at(date(2026, 10, 25)):
        world.act(both)
        assert _groups(both)["week"] == ["Följ upp beslut B-2026-00001"]
        assert "waiting" not in _groups(both)


@pytest.mark.req("H-13")
def test_a_task_far_ahead_is_folded_away_but_the_next_step_of_a_case_never_is(world, sign_in):
    made = journeys.case_under_investigation(world)
    for day, title in ((date(2026, 6, 1), "Inom sex veckor"), (date(2026, 6, 2), "Senare än så")):
        cases.create_task(actor=made.officer, case_id=made.case.pk, title=title, due_on=day)
    with clock.at(date(2026, 3, 1)):  # the decision is due in ten weeks
        assert _groups(made.officer)["coming"] == ["Skriv förslaget"]
    world.act(made.officer)
    assert _groups(made.officer) == {
        "coming": ["Skriv förslaget", "Inom sex veckor"],
        "later": ["Senare än så"],
    }
    assert "En sak senare än så" in told(sign_in(made.officer).get("/arbete/"))


@pytest.mark.req("H-13")
def test_a_case_without_an_officer_waits_for_those_who_hand_them_out(world):
    registrar, manager = world.staff(Role.REGISTRAR), world.staff(Role.UNIT_MANAGER)
    officer = world.staff(Role.CASE_OFFICER)
    world.act(registrar)
    unit = world.units[world.home.id]
    case = cases.open_case(actor=registrar, person_id=world.person().pk, unit_id=unit.pk)
    for actor in (registrar, manager):
        world.act(actor)
        assert _groups(actor) == {"mine": ["Utse handläggare"]}
    world.act(officer)
    assert _groups(officer) == {}
    cases.assign_officer(actor=manager, case_id=case.pk, officer_id=officer.user_id, version=case.version)
    world.act(officer)
    assert _groups(officer) == {"coming": ["Gå vidare med ansökan"]}


@pytest.mark.req("H-13")
def test_those_who_register_have_the_button_for_it_first(world, sign_in):
    for role, has in ((Role.REGISTRAR, True), (Role.CASE_OFFICER, True), (Role.DECISION_MAKER, False)):
        page = told(sign_in(world.staff(role)).get("/arbete/"))
        assert ("Registrera ansökan" in page) is has
        assert "Allt är gjort." in page


@pytest.mark.req("H-13")
def test_a_protected_person_is_masked_in_the_lists_of_those_who_are_not_named(world, sign_in):
    officer = world.staff(Role.CASE_OFFICER, name="Namngiven")
    manager = world.staff(Role.UNIT_MANAGER)
    world.act(officer)
    person = Person.objects.create(born=date(2022, 3, 14))
    NamedReader.objects.create(
        person=person, user_id=officer.user_id, reason="handlägger", valid=DateRange(date(2020, 1, 1), None)
    )  # fmt: skip
    PersonIdentity.objects.create(
        person=person, protection=Protection.MARKED, given_name="Iduna", family_name="Hemligsson", number=""
    )
    cases.open_case(
        actor=officer, person_id=person.pk, unit_id=world.units[world.home.id].pk, officer_id=officer.user_id,
        opened_on=date(2026, 4, 1),
    )  # fmt: skip
    assert "Iduna Hemligsson" in told(sign_in(officer).get("/arbete/"))
    for page in ("/arbete/", "/enheten/"):
        shown = told(sign_in(manager).get(page))
        assert "Hemligsson" not in shown
        assert "Iduna" not in shown


@pytest.mark.req("H-13")
def test_another_municipalitys_work_is_not_there(world, sign_in):
    made = journeys.case_ready_for_decision(world)
    away = world.staff(Role.DECISION_MAKER, Role.UNIT_MANAGER, municipality=world.away)
    for page in ("/arbete/", "/enheten/"):
        assert made.case.number not in told(sign_in(away).get(page))


@pytest.mark.req("H-13")
def test_every_person_shown_is_in_the_access_log(world, sign_in):
    made = journeys.case_ready_for_decision(world)
    before = set(AccessLogEntry.objects.values_list("pk", flat=True))
    sign_in(made.decider).get("/arbete/")
    world.act(made.decider)
    new = AccessLogEntry.objects.exclude(pk__in=before)
    assert {person for entry in new for person in entry.person_ids} == {made.person.pk}


@pytest.mark.req("H-13")
def test_the_unit_shows_the_load_of_each_officer_and_what_is_late(world, sign_in):
    late = journeys.case_under_investigation(world, officer=world.staff(Role.CASE_OFFICER, name="Ada Sen"))
    other = world.staff(Role.CASE_OFFICER, name="Bo Ifas")
    with clock.at(date(2026, 5, 8)):
        world.act(other)
        for _number in range(2):
            cases.open_case(
                actor=other, person_id=world.person().pk, unit_id=world.units[world.home.id].pk,
                officer_id=other.user_id,
            )  # fmt: skip
    manager = world.staff(Role.UNIT_MANAGER)
    with clock.at(LATE):
        world.act(manager)
        work = unit_work(manager)
        assert [(one.name, one.cases, one.late) for one in work.loads] == [
            ("Ada Sen", 1, 1),
            ("Bo Ifas", 2, 0),
        ]
        assert [one.case.pk for one in work.late] == [late.case.pk]
        assert work.open_cases == 3 == sum(one.cases for one in work.loads)
        page = told(sign_in(manager).get("/enheten/"))
    assert "Ada Sen" in page
    assert "3 månader från ansökan" in page


@pytest.mark.req("H-13")
def test_the_unit_sees_tasks_that_are_late_and_whose_they_are(world, sign_in):
    made = journeys.case_under_investigation(world)
    cases.create_task(
        actor=made.officer, case_id=made.case.pk, title="Begär in intyg", due_on=date(2026, 4, 10),
        assignee_id=made.officer.user_id,
    )  # fmt: skip
    manager = world.staff(Role.UNIT_MANAGER)
    world.act(manager)
    [one] = unit_work(manager).late
    assert (one.title, one.owner) == ("Begär in intyg", "Mikael Håkansson")
    assert "Begär in intyg" in told(sign_in(manager).get("/enheten/"))


@pytest.mark.req("H-13")
def test_every_open_case_counts_once_in_the_load_of_its_officer(world):
    made = journeys.decided_case(world)
    deciding.record_service(
        actor=made.officer, case_id=made.case.pk, decision_id=made.decision.pk, served_on=journeys.TODAY,
        method="handed_over", evidence="Lämnat vid hembesöket.",
    )  # fmt: skip
    manager = world.staff(Role.UNIT_MANAGER)
    with clock.at(date(2026, 6, 1)):  # the decision has legal force: nothing waits, the case is still open
        world.act(manager)
        work = unit_work(manager)
        assert [(one.name, one.cases) for one in work.loads] == [("Mikael Håkansson", 1)]


@pytest.mark.req("H-13")
def test_a_list_of_thirty_costs_no_more_queries_than_a_list_of_one(world):
    officer = world.staff(Role.CASE_OFFICER, Role.UNIT_MANAGER)
    unit = world.units[world.home.id]
    world.act(officer)

    def queries_made() -> list[int]:
        """First when something has changed and the standings are worked out, then when they are read."""
        counts = []
        for read in (queries.my_work, unit_work, queries.my_work):
            with CaptureQueriesContext(connection) as captured:
                read(officer)
            counts.append(len(captured))
        return counts

    journeys.case_under_investigation(world, officer=officer)
    world.act(officer)
    one = queries_made()
    for number in range(29):
        case = cases.open_case(
            actor=officer, person_id=world.person().pk, unit_id=unit.pk, officer_id=officer.user_id if number % 3 else None
        )  # fmt: skip
        cases.create_task(
            actor=officer, case_id=case.pk, title="Ring upp", due_on=date(2026, 4, 22), assignee_id=officer.user_id
        )  # fmt: skip
    assert queries_made() == one
    assert len(queries.my_work(officer).week) == 29
    assert one[2] < one[0]


@pytest.mark.req("H-13")
def test_a_decision_maker_with_many_proposals_costs_no_more_queries_than_with_one(world):
    first = journeys.case_ready_for_decision(world)
    world.act(first.decider)
    with CaptureQueriesContext(connection) as one:
        queries.my_work(first.decider)
    for _number in range(3):
        journeys.case_ready_for_decision(world, decider=first.decider)
    world.act(first.decider)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.my_work(first.decider).mine) == 4
    assert len(many) == len(one)
