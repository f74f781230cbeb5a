"""The journal: working notes, locking, corrections, drafts, and what comes from others (LSS 21 a §, H-15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse

from egenmakt.casework.cases import actions
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.register.representatives.models import Consent


def _note(office, text="Ringde vårdnadshavaren.", **more):
    values = {"kind": "contact", "happened_at": clock.now() - timedelta(hours=1), "text": text} | more
    return actions.write_note(actor=office.officer, case_id=office.case.pk, **values)


@pytest.mark.req("H-12")
def test_a_locked_note_cannot_be_changed_or_deleted_even_by_sql(office):
    note = _note(office, lock=True)
    with pytest.raises(NotAllowed, match="låst"):
        actions.revise_note(
            actor=office.officer, case_id=office.case.pk, note_id=note.pk, version=1,
            kind="contact", happened_at=note.happened_at, text="Något annat.",
        )  # fmt: skip
    for statement in (
        "UPDATE cases_journalnote SET text = 'x' WHERE id = %s",
        "UPDATE cases_journalnote SET locked_at = NULL WHERE id = %s",
        "DELETE FROM cases_journalnote WHERE id = %s",
    ):
        with (
            pytest.raises((InternalError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [note.pk])
    note.refresh_from_db()
    assert note.text == "Ringde vårdnadshavaren."


@pytest.mark.req("H-12")
def test_only_the_author_changes_a_working_note(world, office):
    note = _note(office)
    world.act(office.manager)
    with pytest.raises(NotAllowed, match="skrev anteckningen"):
        actions.revise_note(
            actor=office.manager, case_id=office.case.pk, note_id=note.pk, version=1,
            kind="contact", happened_at=note.happened_at, text="Chefens ord.",
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.lock_note(actor=office.manager, case_id=office.case.pk, note_id=note.pk, version=1)


@pytest.mark.req("H-12")
def test_a_locked_note_is_corrected_by_a_new_one_that_names_it(office, sign_in):
    note = _note(office, "Mötet var den 3 mars.", lock=True)
    new = actions.correct_note(
        actor=office.officer, case_id=office.case.pk, note_id=note.pk, text="Mötet var den 4 mars."
    )
    assert new.corrects_id == note.pk
    assert new.locked_at is not None
    shown = sign_in(office.officer).get(f"/arenden/{office.case.pk}/journal/").content.decode()
    assert "Mötet var den 3 mars." in shown
    assert "Mötet var den 4 mars." in shown
    assert "Rättad" in shown


@pytest.mark.req("H-12")
def test_a_note_that_is_not_locked_is_changed_and_not_corrected(office):
    with pytest.raises(NotAllowed, match="inte låst"):
        actions.correct_note(
            actor=office.officer, case_id=office.case.pk, note_id=_note(office).pk, text="Rättelse."
        )


@pytest.mark.req("H-12")
def test_a_note_of_another_case_is_not_found_through_ones_own(world, office, sign_in):
    note = _note(office)
    mine = actions.open_case(
        actor=office.officer, person_id=world.person().pk, unit_id=world.units[world.home.id].pk
    )
    assert sign_in(office.officer).get(f"/arenden/{mine.pk}/journal/{note.pk}/").status_code == 404


@pytest.mark.req("H-12")
def test_a_note_cannot_be_of_the_future_and_cannot_be_locked_empty(office):
    with pytest.raises(actions.NoteInvalid) as refused:
        _note(office, "", happened_at=clock.now() + timedelta(days=1), lock=True)
    assert set(refused.value.errors) == {"happened_on", "text"}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_journalnote SET locked_at = now(), text = '' WHERE id = %s", [_note(office).pk]
        )


@pytest.mark.req("H-15")
def test_what_others_tell_rests_on_a_consent_or_on_a_reason(office):
    told = {"kind": "received", "source": "other", "source_name": "rektor", "lock": True}
    with pytest.raises(actions.NoteInvalid) as refused:
        _note(office, "Skolan berättar.", **told)
    assert set(refused.value.errors) == {"consent"}
    without = _note(
        office, "Skolan ringde upp oss.", **told, without_consent_reason="Skolan ringde självmant."
    )
    assert without.consent is None
    given = Consent.objects.create(
        person=office.case.person, scope="skolan", given_by="Mona", given_on=date(2026, 3, 1),
        recorded_by_id=office.officer.user_id,
    )  # fmt: skip
    assert _note(office, "Skolan berättar.", **told, consent_id=given.pk).consent == given


@pytest.mark.req("H-15")
def test_a_withdrawn_consent_carries_nothing_that_came_after_it(office):
    given = Consent.objects.create(
        person=office.case.person, scope="skolan", given_by="Mona", given_on=date(2026, 3, 1),
        withdrawn_on=date(2026, 3, 5), recorded_by_id=office.officer.user_id,
    )  # fmt: skip
    with pytest.raises(actions.NoteInvalid, match="återkallat"):
        _note(
            office, "Skolan berättar.", kind="received", source="other", source_name="rektor",
            consent_id=given.pk, lock=True,
        )  # fmt: skip


@pytest.mark.req("H-15")
def test_another_persons_consent_does_not_count(world, office):
    other = Consent.objects.create(
        person=world.person(), scope="skolan", given_by="Nils", given_on=date(2026, 3, 1),
        recorded_by_id=office.officer.user_id,
    )  # fmt: skip
    with pytest.raises(actions.NoteInvalid):
        _note(
            office, "Skolan berättar.", kind="received", source="other", source_name="rektor",
            consent_id=other.pk, lock=True,
        )  # fmt: skip


@pytest.mark.req("H-15")
def test_the_database_refuses_a_locked_note_from_others_without_consent_or_reason(office):
    note = _note(office, "Skolan berättar.", kind="received", source="other", source_name="rektor")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_journalnote SET locked_at = now() WHERE id = %s", [note.pk])


@pytest.mark.req("H-12")
def test_a_save_that_came_too_late_shows_both_texts(office, sign_in):
    note = _note(office, "Först.")
    actions.revise_note(
        actor=office.officer, case_id=office.case.pk, note_id=note.pk, version=1,
        kind="contact", happened_at=note.happened_at, text="Sparad i den andra fliken.",
    )  # fmt: skip
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/journal/{note.pk}/",
        {
            "version": "1",
            "kind": "contact",
            "happened_on": "2026-03-03",
            "text": "Skriven i den första fliken.",
        },
    )
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Sparad i den andra fliken." in shown
    assert "Skriven i den första fliken." in shown
    assert "Olle Officer" in shown
    note.refresh_from_db()
    assert note.text == "Sparad i den andra fliken."


@pytest.mark.req("H-12")
def test_a_note_that_changed_since_one_read_it_is_not_locked(office):
    note = _note(office)
    with pytest.raises(StaleVersion):
        actions.lock_note(actor=office.officer, case_id=office.case.pk, note_id=note.pk, version=7)


@pytest.mark.req("H-12")
def test_what_one_was_writing_is_there_again_after_the_browser_was_closed(office, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{office.case.pk}/journal/"
    key = client.get(url).context["draft"].key
    client.post(
        reverse("ui:save_draft"),
        {"_key": key, "_version": "0", "_revision": "0", "kind": "meeting", "happened_on": "3 mars 20",
         "text": "Hembesök hos familjen, halvvägs skriv"},
    )  # fmt: skip
    shown = client.get(url).content.decode()
    assert "Hembesök hos familjen, halvvägs skriv" in shown
    assert "3 mars 20" in shown
    saved = client.post(
        url, {"kind": "meeting", "happened_on": "3 mars 2026", "text": "Hembesök hos familjen.", "lock": "1"}
    )
    assert saved.status_code == 302
    assert "halvvägs skriv" not in client.get(url).content.decode()


@pytest.mark.req("H-12")
def test_all_errors_of_a_note_are_shown_at_once_and_the_text_stands(office, sign_in):
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/journal/",
        {"kind": "", "happened_on": "i går", "happened_time": "25:00", "text": "Min text.", "lock": "1"},
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"kind", "happened_on", "happened_time"}
    assert "Min text." in response.content.decode()


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("14:03", (14, 3)),
        ("14.03", (14, 3)),
        ("kl. 9.05", (9, 5)),
        ("1403", (14, 3)),
        ("9", (9, 0)),
        ("", None),
    ],
)
def test_a_clock_time_is_read_as_people_write_it(written, read):
    from egenmakt.casework.cases.forms import ClockField

    assert ClockField(required=False).clean(written) == read


@pytest.mark.req("H-15")
def test_what_cannot_be_read_and_what_cannot_be_are_said_at_once(office, sign_in):
    response = sign_in(office.officer).post(
        f"/arenden/{office.case.pk}/journal/",
        {"kind": "received", "happened_on": "2999-01-01", "source": "other", "lock": "1"},
    )
    assert set(response.context["form"].errors) == {"happened_on", "source_name", "consent", "text"}
