"""Tasks: made, given, waited for, done; and no case without next step, owner and date."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.casework.cases import actions, queries
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.ui.conflicts import StaleVersion


def _task(office, title="Begär egenvårdsbedömning", **more):
    return actions.create_task(actor=office.officer, case_id=office.case.pk, title=title, **more)


@pytest.mark.req("H-13")
def test_a_task_that_waits_says_on_whom_and_since_when(office):
    waits = _task(office, waits_for="regionen")
    assert waits.waits_since == clock.today()
    since = _task(office, waits_for="regionen", waits_since=date(2026, 3, 12))
    assert since.waits_since == date(2026, 3, 12)
    assert _task(office).waits_since is None


@pytest.mark.req("H-12")
def test_a_task_tells_no_number_and_no_protected_name(world, office, protected_person):
    with pytest.raises(actions.TaskInvalid):
        _task(office, "Ring om 20220514-9801")
    assert _task(office, "Ring Alvas skola").title == "Ring Alvas skola"
    hidden = actions.open_case(
        actor=office.officer, person_id=protected_person(office.officer).pk,
        unit_id=world.units[world.home.id].pk,
    )  # fmt: skip
    for title in ("Ring Idas skola", "Möt fam. Hemlig"):
        with pytest.raises(actions.TaskInvalid):
            actions.create_task(actor=office.officer, case_id=hidden.pk, title=title)
    assert actions.create_task(actor=office.officer, case_id=hidden.pk, title="Ring idag").pk


@pytest.mark.req("H-12")
def test_a_task_about_a_protected_person_is_given_to_her_named_readers_only(world, office, protected_person):
    hidden = actions.open_case(
        actor=office.officer, person_id=protected_person(office.officer).pk,
        unit_id=world.units[world.home.id].pk,
    )  # fmt: skip
    with pytest.raises(actions.TaskInvalid) as refused:
        actions.create_task(
            actor=office.officer, case_id=hidden.pk, title="Ring", assignee_id=office.manager.user_id
        )
    assert set(refused.value.errors) == {"assignee"}


@pytest.mark.req("H-13")
def test_a_task_is_done_once_by_someone_and_stands_in_the_timeline(office, sign_in):
    task = _task(office)
    client = sign_in(office.officer)
    for _time in range(2):
        assert client.post(f"/arenden/{office.case.pk}/uppgifter/{task.pk}/klar/").status_code == 302
    task.refresh_from_db()
    assert (task.done_by_id, task.version) == (office.officer.user_id, 2)
    assert "Klart: Begär egenvårdsbedömning" in client.get(f"/arenden/{office.case.pk}/").content.decode()
    with pytest.raises(NotAllowed, match="redan klar"):
        actions.revise_task(
            actor=office.officer, case_id=office.case.pk, task_id=task.pk, version=2, title="Igen"
        )


@pytest.mark.req("H-13")
def test_two_who_change_a_task_at_once_are_told_the_second_time(office, sign_in):
    task = _task(office)
    actions.revise_task(
        actor=office.officer, case_id=office.case.pk, task_id=task.pk, version=1, title="Begär journal"
    )
    with pytest.raises(StaleVersion):
        actions.revise_task(
            actor=office.officer, case_id=office.case.pk, task_id=task.pk, version=1, title="Begär intyg"
        )
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/uppgifter/{task.pk}/", {"version": "1", "title": "Begär intyg"}
    )
    assert response.status_code == 409
    assert "Begär journal" in response.content.decode()
    assert "Begär intyg" in response.content.decode()


@pytest.mark.req("H-13")
def test_everything_wrong_with_a_task_is_said_at_once(office, sign_in):
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/uppgifter/",
        {"title": "", "due_on": "snart", "waits_for": "regionen", "waits_since": "förr"},
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"title", "due_on", "waits_since"}


@pytest.mark.req("H-13")
def test_a_case_without_officer_and_date_is_stuck_and_a_task_with_a_date_frees_it(world, office):
    world.act(office.registrar)
    left = actions.open_case(
        actor=office.registrar, person_id=world.person().pk, unit_id=world.units[world.home.id].pk
    )
    stuck = {one.case.pk: one.lacks for one in queries.stuck_cases(office.registrar)}
    assert stuck[left.pk] == ["ingen handläggare", "inget datum"]
    actions.assign_officer(
        actor=office.registrar, case_id=left.pk, officer_id=office.officer.user_id, version=1
    )
    actions.create_task(
        actor=office.registrar, case_id=left.pk, title="Ta emot ansökan", due_on=date(2026, 12, 1)
    )
    assert left.pk not in {one.case.pk for one in queries.stuck_cases(office.registrar)}
