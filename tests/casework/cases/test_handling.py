"""Opening a case, handing it over, working on it together, closing it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from egenmakt.casework.cases import actions, rules
from egenmakt.casework.cases.models import Case
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.models import Unit


def _open(world, actor, **more):
    return actions.open_case(
        actor=actor, person_id=world.person().pk, unit_id=world.units[world.home.id].pk, **more
    )


@pytest.mark.req("H-13")
def test_cases_are_numbered_in_the_year_they_were_opened(world, office):
    world.act(office.registrar)
    assert office.case.number == "LSS-2026-00001"
    assert _open(world, office.registrar, opened_on=date(2026, 5, 1)).number == "LSS-2026-00002"
    assert _open(world, office.registrar, opened_on=date(2025, 12, 30)).number == "LSS-2025-00001"


@pytest.mark.req("H-13")
def test_an_officer_who_opens_a_case_takes_it(world, office):
    assert _open(world, office.officer).officer_id == office.officer.user_id


@pytest.mark.req("H-13")
def test_everything_wrong_with_a_new_case_is_said_at_once(world, office):
    world.act(office.registrar)
    tomorrow = date.fromordinal(clock.today().toordinal() + 1)
    with pytest.raises(actions.CaseInvalid) as refused:
        _open(world, office.registrar, opened_on=tomorrow, officer_id=office.manager.user_id)
    assert set(refused.value.errors) == {"opened_on", "officer"}


@pytest.mark.req("H-13")
def test_the_number_person_and_day_of_a_case_cannot_be_changed_by_sql(office):
    for change in ("number = 'LSS-2026-99999'", "opened_on = '2020-01-01'"):
        with (
            pytest.raises((InternalError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE cases_case SET {change} WHERE id = %s", [office.case.pk])


@pytest.mark.req("H-13")
def test_the_manager_hands_a_case_over_and_the_history_shows_it(world, office, sign_in):
    world.act(office.manager)
    actions.assign_officer(
        actor=office.manager, case_id=office.case.pk, officer_id=office.other_officer.user_id, version=1
    )
    world.act(office.officer)
    with pytest.raises(NotFound):
        actions.create_task(actor=office.officer, case_id=office.case.pk, title="Ring")
    shown = sign_in(office.other_officer).get(f"/arenden/{office.case.pk}/").content.decode()
    assert "Anna Annan fick ärendet" in shown
    assert "Olle Officer fick ärendet" in shown


@pytest.mark.req("H-13")
def test_an_officer_does_not_hand_over_cases(world, office):
    with pytest.raises(NotAllowed):
        actions.assign_officer(
            actor=office.officer, case_id=office.case.pk, officer_id=office.other_officer.user_id, version=1
        )


@pytest.mark.req("H-13")
def test_two_who_hand_over_at_once_are_told_the_second_time(world, office, sign_in):
    client = sign_in(office.manager)
    url = f"/arenden/{office.case.pk}/fordelning/handlaggare/"
    first = {"officer-officer": str(office.other_officer.user_id), "officer-version": "1"}
    assert client.post(url, first).status_code == 302
    second = {"officer-officer": str(office.officer.user_id), "officer-version": "1"}
    response = client.post(url, second)
    assert response.status_code == 409
    assert "Anna Annan" in response.content.decode()
    assert "Olle Officer" in response.content.decode()


@pytest.mark.req("H-13")
def test_a_case_that_moves_to_another_unit_leaves_an_officer_who_is_not_there(world, office):
    unit = Unit.objects.get(name="Unga-enheten")
    world.act(office.manager)
    moved = actions.change_unit(actor=office.manager, case_id=office.case.pk, unit_id=unit.pk, version=1)
    assert moved.officer_id is None
    world.act(office.other_unit_officer)
    assert rules.works_on(office.other_unit_officer, moved)


@pytest.mark.req("H-12")
def test_a_colleague_reads_the_case_only_while_she_works_on_it(world, office, sign_in):
    url = f"/arenden/{office.case.pk}/"
    assert sign_in(office.other_officer).get(url).status_code == 404
    world.act(office.officer)
    with_it = actions.add_coworker(
        actor=office.officer, case_id=office.case.pk, user_id=office.other_officer.user_id, reason="hembesök"
    )
    assert sign_in(office.other_officer).get(url).status_code == 200
    world.act(office.officer)
    actions.end_coworker(actor=office.officer, case_id=office.case.pk, coworker_id=with_it.pk)
    assert sign_in(office.other_officer).get(url).status_code == 404


@pytest.mark.req("H-12")
def test_a_colleague_needs_a_reason_and_the_right_role(office):
    with pytest.raises(actions.CaseInvalid) as refused:
        actions.add_coworker(
            actor=office.officer, case_id=office.case.pk, user_id=office.registrar.user_id, reason=" ",
            until=date(2020, 1, 1),
        )  # fmt: skip
    assert set(refused.value.errors) == {"user", "reason", "until"}


@pytest.mark.req("H-13")
def test_a_case_is_closed_when_nothing_is_left_and_the_reason_stands_in_the_journal(office):
    task = actions.create_task(actor=office.officer, case_id=office.case.pk, title="Ring skolan")
    actions.write_note(
        actor=office.officer, case_id=office.case.pk, kind="contact", happened_at=clock.now(), text="Ringde."
    )
    with pytest.raises(actions.CaseInvalid) as refused:
        actions.close_case(actor=office.officer, case_id=office.case.pk, reason="", version=1)
    assert "reason" in refused.value.errors
    assert "Uppgifter som inte är klara: 1" in refused.value.errors[""]
    assert "Anteckningar som inte är låsta: 1" in refused.value.errors[""]
    actions.finish_task(actor=office.officer, case_id=office.case.pk, task_id=task.pk)
    note = office.case.notes.get()
    actions.lock_note(actor=office.officer, case_id=office.case.pk, note_id=note.pk, version=1)
    closed = actions.close_case(
        actor=office.officer, case_id=office.case.pk, reason="Ansökan togs tillbaka.", version=1
    )
    assert closed.closed_on == clock.today()
    assert office.case.notes.filter(text__contains="Ansökan togs tillbaka.", locked_at__isnull=False).exists()
    with pytest.raises(NotAllowed, match="avslutat"):
        actions.create_task(actor=office.officer, case_id=office.case.pk, title="Mer")


@pytest.mark.req("H-13")
def test_a_case_is_never_closed_before_it_was_opened(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=office.case.pk).update(closed_on=date(2026, 3, 1))


@pytest.mark.req("H-13")
def test_errors_of_the_distribution_page_are_shown_together_and_nothing_typed_is_lost(office, sign_in):
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/fordelning/kollega/",
        {"coworker-user": "", "coworker-reason": "", "coworker-until": "trettonde maj"},
    )
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Välj en kollega." in shown
    assert "Skriv varför kollegan ska arbeta i ärendet." in shown
    assert "trettonde maj" in shown
    assert office.officer.has(Role.CASE_OFFICER)
