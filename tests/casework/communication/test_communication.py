"""The person learns of the material and may answer before the decision, or the law says why not (FL 25 §, H-20)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egenmakt.casework.cases import actions as cases
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.steps import steps_of_cases
from egenmakt.casework.communication import actions, queries
from egenmakt.casework.communication.models import Communication, Waiver
from egenmakt.casework.investigations.models import Evidence, PersonkretsTrial
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.jobs.actions import carry_out_waiting
from egenmakt.foundation.jobs.models import OutboxEntry

SENT, LAST = date(2026, 3, 11), date(2026, 3, 25)


def _send(office, **more):
    values = {"channel": "letter", "answer_by": LAST, "proposal": "15 h 45 min i veckan."} | more
    with clock.at(SENT):
        return actions.send_material(actor=office.officer, case_id=office.case.pk, **values)


def _state(office, day):
    return queries.communication_state(office.case, day)


def _step(office):
    return next(
        one.state for one in steps_of_cases([office.case])[office.case.pk] if one.step.key == "communication"
    )


@pytest.fixture
def certificate(office):
    trial = PersonkretsTrial.objects.create(case=office.case)
    return Evidence.objects.create(
        trial=trial, title="Läkarintyg", certified_by="dr Ek", dated=date(2026, 2, 1), summary="Autism."
    )


@pytest.mark.req("H-20")
def test_the_case_waits_for_the_person_through_the_last_day_and_not_longer(office):
    assert _state(office, SENT).kind == "nothing"
    assert not _state(office, SENT).is_settled
    _send(office)
    assert (_state(office, LAST).kind, _state(office, LAST).answer_by) == ("sent", LAST)
    assert not _state(office, LAST).is_settled
    after = _state(office, LAST + timedelta(days=1))
    assert (after.kind, after.is_settled) == ("expired", True)
    with clock.at(LAST):
        assert _step(office).state == "waiting"
    with clock.at(LAST + timedelta(days=1)):
        assert (_step(office).state, _step(office).note) == ("done", "(inget svar)")


@pytest.mark.req("H-20")
def test_an_answer_lets_the_case_go_on_at_once(office):
    sent = _send(office)
    with clock.at(date(2026, 3, 13)):
        actions.record_answer(
            actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
            answered_on=date(2026, 3, 13), answer="Det stämmer.",
        )  # fmt: skip
    assert _state(office, date(2026, 3, 13)).kind == "answered"
    assert _state(office, date(2026, 3, 13)).is_settled


@pytest.mark.req("H-20")
def test_new_material_makes_the_case_wait_again(office):
    sent = _send(office)
    with clock.at(date(2026, 3, 13)):
        actions.record_answer(
            actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
            answered_on=date(2026, 3, 13), answer="Det stämmer.",
        )  # fmt: skip
    _send(office, proposal="Nytt intyg.", answer_by=date(2026, 4, 1))
    assert (_state(office, LAST).kind, _state(office, LAST).answer_by) == ("sent", date(2026, 4, 1))


@pytest.mark.req("H-20")
def test_everything_wrong_with_a_communication_is_said_at_once(office):
    with pytest.raises(actions.CommunicationInvalid) as refused:
        _send(office, channel="röksignal", proposal=" ", answer_by=SENT)
    assert set(refused.value.errors) == {"channel", "materials", "answer_by"}
    with pytest.raises(actions.CommunicationInvalid) as refused:
        _send(office, materials=["evidence:borta"], channel="meeting", sent_on=date(2026, 3, 12))
    assert set(refused.value.errors) == {"materials", "sent_on"}


@pytest.mark.req("H-20")
@pytest.mark.parametrize("day", [date(2026, 3, 21), date(2026, 4, 6), date(2026, 3, 11), date(2026, 3, 1)])
def test_the_answer_day_is_a_working_day_after_the_sending(office, day):
    with pytest.raises(actions.CommunicationInvalid) as refused:
        _send(office, answer_by=day)
    assert set(refused.value.errors) == {"answer_by"}


@pytest.mark.req("H-20")
def test_a_letter_is_sent_today_and_a_meeting_may_be_noted_afterwards(office):
    assert _send(office, sent_on=date(2026, 3, 5)).sent_on == SENT
    assert _send(office, channel="meeting", sent_on=date(2026, 3, 5)).sent_on == date(2026, 3, 5)


@pytest.mark.req("H-20")
def test_certificates_and_what_others_told_are_offered_and_kept_as_they_were_sent(office, certificate):
    told = cases.write_note(
        actor=office.officer, case_id=office.case.pk, kind="received", happened_at=clock.now(), text="Skolan berättar.",
        source="other", source_name="rektor", without_consent_reason="Ringde självmant.", lock=True,
    )  # fmt: skip
    cases.write_note(
        actor=office.officer,
        case_id=office.case.pk,
        kind="contact",
        happened_at=clock.now(),
        text="Ringde.",
        lock=True,
    )
    offered = queries.materials_of(office.case)
    assert [one.key for one in offered] == [f"evidence:{certificate.pk}", f"note:{told.pk}"]
    sent = _send(office, materials=[one.key for one in offered])
    Evidence.objects.filter(pk=certificate.pk).update(summary="Något annat.")
    sent.refresh_from_db()
    assert [item["summary"] for item in sent.items] == ["Autism.", "Skolan berättar."]


@pytest.mark.req("H-20")
def test_the_letter_is_made_once_and_carries_the_material(world, office, certificate):
    _send(office, materials=[f"evidence:{certificate.pk}"])
    for _time in range(2):
        carry_out_waiting(municipality_id=world.home.pk)
    world.act(office.officer)
    assert [entry.error for entry in OutboxEntry.objects.filter(done_at=None)] == []
    letter = Document.objects.get(subject_kind="case", subject_id=office.case.pk)
    assert letter.title == "Kommunicering före beslut"
    assert bytes(letter.content).startswith(b"%PDF-")
    assert letter.created_by_id == office.officer.user_id


@pytest.mark.req("H-20")
def test_a_meeting_makes_no_letter(office):
    _send(office, channel="meeting")
    assert not OutboxEntry.objects.filter(kind=actions.COMMUNICATION_LETTER).exists()


@pytest.mark.req("H-20")
def test_the_material_is_left_out_only_on_a_lawful_ground_with_reasons(office):
    with pytest.raises(actions.CommunicationInvalid) as refused:
        actions.waive(actor=office.officer, case_id=office.case.pk, waiver="ont om tid", reason=" ")
    assert set(refused.value.errors) == {"waiver", "reason"}
    actions.waive(
        actor=office.officer, case_id=office.case.pk, waiver=Waiver.FULL_APPROVAL, reason="Allt beviljas."
    )
    state = _state(office, clock.today())
    assert (state.kind, state.waiver, state.is_settled) == ("waived", "full_approval", True)
    _send(office)
    assert _state(office, SENT).kind == "sent"


@pytest.mark.req("H-20")
def test_the_material_is_not_left_out_while_the_person_has_time_to_answer(office):
    _send(office)
    with clock.at(LAST), pytest.raises(NotAllowed, match="svarstiden löper"):
        actions.waive(
            actor=office.officer, case_id=office.case.pk, waiver=Waiver.FULL_APPROVAL, reason="Allt beviljas."
        )


@pytest.mark.req("H-20")
def test_the_database_keeps_neither_sent_nor_waived_out(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Communication.objects.create(case=office.case, sent_by_id=office.officer.user_id, material="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Communication.objects.create(
            case=office.case, sent_by_id=office.officer.user_id, sent_on=LAST, answer_by=SENT
        )


@pytest.mark.req("H-20")
def test_more_time_is_only_ever_more(office):
    sent = _send(office)
    with clock.at(date(2026, 3, 20)):
        with pytest.raises(actions.CommunicationInvalid):
            actions.extend_time(
                actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
                answer_by=date(2026, 3, 24),
            )  # fmt: skip
        longer = actions.extend_time(
            actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
            answer_by=date(2026, 4, 8),
        )  # fmt: skip
    assert longer.answer_by == date(2026, 4, 8)


@pytest.mark.req("H-20")
def test_an_answer_cannot_come_before_the_material_and_must_say_something(office):
    sent = _send(office)
    for day in (date(2026, 3, 10), clock.today() + timedelta(days=1)):
        with pytest.raises(actions.CommunicationInvalid) as refused:
            actions.record_answer(
                actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
                answered_on=day, answer=" ",
            )  # fmt: skip
        assert set(refused.value.errors) == {"answered_on", "answer"}


@pytest.mark.req("H-20")
def test_a_second_tabs_answer_shows_both_texts(office, sign_in):
    sent = _send(office)
    actions.record_answer(
        actor=office.officer, case_id=office.case.pk, communication_id=sent.pk, version=1,
        answered_on=date(2026, 3, 13), answer="Vi vill ha mer tid.",
    )  # fmt: skip
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/kommunicering/{sent.pk}/svar/",
        {"answer-version": "1", "answer-answered_on": "2026-03-12", "answer-answer": "Det stämmer."},
    )
    assert response.status_code == 409
    assert "Vi vill ha mer tid." in response.content.decode()
    assert "Det stämmer." in response.content.decode()


@pytest.mark.req("H-20")
def test_what_the_person_says_is_noted_once_and_never_changed(office):
    told = actions.note_oral_information(
        actor=office.officer, case_id=office.case.pk, kind="board", happened_on=date(2026, 3, 12),
        before="nämndens arbetsutskott", text="Natten är svårast.",
    )  # fmt: skip
    for statement in (
        "UPDATE communication_oralinformation SET text = 'x' WHERE id = %s",
        "DELETE FROM communication_oralinformation WHERE id = %s",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [told.pk])
    with pytest.raises(actions.CommunicationInvalid) as refused:
        actions.note_oral_information(
            actor=office.officer,
            case_id=office.case.pk,
            kind="",
            happened_on=date(2999, 1, 1),
            before="",
            text="",
        )
    assert set(refused.value.errors) == {"kind", "happened_on", "before", "text"}


@pytest.mark.req("H-20")
def test_a_case_is_not_closed_while_the_person_has_time_to_answer(office):
    _send(office)
    with clock.at(LAST), pytest.raises(cases.CaseInvalid, match="på sig att svara"):
        cases.close_case(actor=office.officer, case_id=office.case.pk, reason="Klart.", version=1)


@pytest.mark.req("H-12")
def test_only_those_who_work_on_the_case_communicate_in_it(world, office, sign_in):
    for who, error in (
        (office.decider, NotAllowed),
        (office.other_unit_officer, NotFound),
        (office.away_officer, NotFound),
    ):
        world.act(who)
        with pytest.raises(error):
            actions.waive(actor=who, case_id=office.case.pk, waiver=Waiver.FULL_APPROVAL, reason="Allt.")
    url = f"/arenden/{office.case.pk}/kommunicering/"
    assert sign_in(office.officer).get(url).status_code == 200
    assert sign_in(office.other_unit_officer).get(url).status_code == 404
    assert sign_in(office.away_officer).get(url).status_code == 404


@pytest.mark.req("H-20")
def test_another_cases_communication_is_not_answered_through_ones_own(world, office, sign_in):
    sent = _send(office)
    mine = cases.open_case(
        actor=office.officer, person_id=world.person().pk, unit_id=world.units[world.home.id].pk
    )
    response = sign_in(office.officer).post(
        f"/arenden/{mine.pk}/kommunicering/{sent.pk}/svar/",
        {"answer-version": "1", "answer-answered_on": "2026-03-12", "answer-answer": "x"},
    )
    assert response.status_code == 404


@pytest.mark.req("H-20")
def test_the_whole_step_can_be_done_on_its_page_and_drafts_come_back(office, certificate, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{office.case.pk}/kommunicering/"
    first = client.get(url)
    assert first.context["send"].form.initial["answer_by"] > clock.today()
    client.post(
        reverse("ui:save_draft"),
        {
            "_key": first.context["send"].key,
            "_version": "0",
            "_revision": "0",
            "send-proposal": "Halvvägs skriv",
        },
    )
    assert "Halvvägs skriv" in client.get(url).content.decode()
    wrong = client.post(f"{url}lamna/", {"send-proposal": "Min text.", "send-answer_by": "när som helst"})
    assert wrong.status_code == 422
    assert set(wrong.context["send"].form.errors) == {"channel", "answer_by"}
    assert "Min text." in wrong.content.decode()
    right = {
        "send-proposal": "15 h 45 min i veckan.", "send-channel": "letter",
        "send-materials": [f"evidence:{certificate.pk}"],
        "send-answer_by": first.context["send"].form.initial["answer_by"].isoformat(),
    }  # fmt: skip
    assert client.post(f"{url}lamna/", right).status_code == 302
    shown = client.get(url).content.decode()
    assert "Personen har till" in shown
    assert "Läkarintyg, dr Ek" in shown
    assert "Halvvägs skriv" not in shown
    assert "Materialet lämnades till personen" in client.get(f"/arenden/{office.case.pk}/").content.decode()


@pytest.mark.req("H-20")
def test_the_state_of_many_cases_costs_as_much_as_that_of_one(world, office):
    def ask():
        found = list(Case.objects.all())
        with CaptureQueriesContext(connection) as asked:
            queries.communications_of_cases([case.pk for case in found])
            queries.deadlines_of(found, "hjo")
        return len(asked)

    _send(office)
    one = ask()
    for _number in range(6):
        case = cases.open_case(
            actor=office.officer, person_id=world.person().pk, unit_id=world.units[world.home.id].pk,
            opened_on=date(2026, 3, 2),
        )  # fmt: skip
        with clock.at(SENT):
            actions.send_material(
                actor=office.officer, case_id=case.pk, channel="meeting", answer_by=LAST, proposal="Ja."
            )
    assert ask() == one


@pytest.mark.req("H-20")
def test_what_cannot_be_read_and_what_cannot_be_are_said_at_once(office, sign_in):
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/kommunicering/lamna/",
        {"send-channel": "brevduva", "send-answer_by": "2020-01-01", "send-sent_on": "2999-01-01"},
    )
    assert response.status_code == 422
    assert set(response.context["send"].form.errors) == {"channel", "materials", "sent_on"}
