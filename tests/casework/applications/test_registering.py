"""An application is registered once, with everything the law wants known of it, and acknowledged by letter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.casework.applications.conftest import guardian_of

from egenmakt.casework.applications import actions
from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases.models import Case
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.jobs.actions import carry_out_waiting
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.models import Counter


@pytest.mark.req("K-01", "H-13")
def test_an_application_opens_a_case_on_the_day_it_came_in(wanted, office):
    made = actions.register_application(**wanted)
    assert made.case.opened_on == date(2026, 3, 2)
    assert made.case.officer_id == office.officer.user_id
    assert made.received_by_id == office.registrar.user_id
    assert made.representative.name == "Mona Åkesson"


@pytest.mark.req("K-01")
def test_everything_wrong_is_said_at_once_and_no_number_is_used(wanted):
    before = Counter.objects.get(series="case", year=2026).last
    wrong = wanted | {
        "form": "", "received_on": clock.today() + timedelta(days=3), "applied_by": "", "asks_for": " ",
        "officer_id": wanted["actor"].user_id,
    }  # fmt: skip
    with pytest.raises(actions.ApplicationInvalid) as refused:
        actions.register_application(**wrong)
    assert set(refused.value.errors) == {"form", "received_on", "applied_by", "asks_for", "officer"}
    assert Counter.objects.get(series="case", year=2026).last == before
    assert Application.objects.count() == 0
    assert OutboxEntry.objects.count() == 0


@pytest.mark.req("H-13")
@pytest.mark.parametrize("day", [date(1993, 12, 31), date(2022, 5, 13)])
def test_an_application_cannot_have_come_in_before_the_law_or_the_person(wanted, day):
    with pytest.raises(actions.ApplicationInvalid) as refused:
        actions.register_application(**(wanted | {"received_on": day}))
    assert set(refused.value.errors) == {"received_on"}


# (born, who applies, kind of representative, must be explained) on 2 March 2026
WHO_APPLIES = [
    (date(2011, 3, 3), "person", "", True),  # fourteen
    (date(2011, 3, 2), "person", "", False),  # fifteen that day
    (date(2011, 3, 3), "representative", "guardian", False),
    (date(2011, 3, 2), "representative", "guardian", True),
    (date(1990, 1, 1), "representative", "trustee", False),
    (date(1990, 1, 1), "person", "", False),
]


@pytest.mark.req("K-01")
@pytest.mark.parametrize(("born", "applied_by", "kind", "explained"), WHO_APPLIES)
def test_from_fifteen_the_young_person_applies_herself_and_departures_are_explained(
    world, wanted, born, applied_by, kind, explained
):
    person = world.person(born=born)
    values = wanted | {"person_id": person.pk, "applied_by": applied_by, "representative_id": None}
    if kind:
        values["representative_id"] = guardian_of(person, kind=kind).pk
    if explained:
        with pytest.raises(actions.ApplicationInvalid) as refused:
            actions.register_application(**values)
        assert "8 § LSS" in refused.value.errors["representation_reason"]
        values["representation_reason"] = "Saknar uppenbart förmåga att ta ställning."
    assert actions.register_application(**values).pk


@pytest.mark.req("K-01")
def test_a_representative_whose_time_had_run_out_or_who_is_anothers_cannot_apply(world, wanted):
    elsa = wanted["person_id"]
    ended = guardian_of(world.person(), valid=DateRange(date(2022, 1, 1), date(2026, 3, 1)))
    ended_here = guardian_of(
        Case(person_id=elsa).person, kind="proxy", valid=DateRange(date(2022, 6, 1), date(2026, 3, 1))
    )
    for one in (ended, ended_here):
        with pytest.raises(actions.ApplicationInvalid) as refused:
            actions.register_application(**(wanted | {"representative_id": one.pk}))
        assert set(refused.value.errors) == {"representative"}


@pytest.mark.req("K-01")
def test_an_application_is_registered_only_in_ones_own_unit_and_for_those_one_may_know(
    world, office, wanted, protected_person
):
    hidden = protected_person(office.officer)
    world.act(office.registrar)
    with pytest.raises(NotFound):
        actions.register_application(**(wanted | {"person_id": hidden.pk, "representative_id": None}))
    world.act(office.other_unit_officer)
    with pytest.raises(NotAllowed):
        actions.register_application(**(wanted | {"actor": office.other_unit_officer}))


@pytest.mark.req("H-13")
def test_the_acknowledgement_is_made_once_from_the_outbox(world, office, application):
    for _time in range(2):
        carry_out_waiting(municipality_id=world.home.pk)
    world.act(office.officer)
    assert not OutboxEntry.objects.filter(done_at=None).exists(), OutboxEntry.objects.first().error
    letter = Document.objects.get(subject_kind="case", subject_id=application.case_id)
    assert letter.title == "Bekräftelse på ansökan"
    assert bytes(letter.content).startswith(b"%PDF-")
    assert letter.created_by_id == office.registrar.user_id
    actions_again = OutboxEntry.objects.get()
    OutboxEntry.objects.filter(pk=actions_again.pk).update(done_at=None)
    carry_out_waiting(municipality_id=world.home.pk)
    world.act(office.officer)
    assert Document.objects.filter(subject_id=application.case_id).count() == 1


@pytest.mark.req("H-12")
def test_the_letter_to_a_protected_person_prints_no_address_and_needs_a_named_reader(
    world, office, wanted, protected_person
):
    from egenmakt.casework.applications.recipients import RecipientHidden, recipient_of

    hidden = protected_person(office.registrar)
    values = wanted | {
        "person_id": hidden.pk, "applied_by": "person", "representative_id": None, "officer_id": None,
    }  # fmt: skip
    made = actions.register_application(**values)
    assert recipient_of(made.case, made).address is None
    assert recipient_of(made.case, made).name == "Ida Hemlig"
    world.act(office.officer)
    case = Case.objects.select_related("person__identity").get(pk=made.case_id)
    with pytest.raises(RecipientHidden):
        recipient_of(case, None)


@pytest.mark.req("K-01")
def test_the_registrar_finds_the_person_by_number_and_registers_on_a_page(world, office, sign_in):
    world.act(office.registrar)
    person = world.person(born=date(1980, 5, 14), number="198005149805")
    client = sign_in(office.registrar)
    assert client.get("/arenden/ny/").status_code == 200
    found = client.post("/arenden/ny/", {"number": "19800514-9805"})
    assert found.status_code == 302
    assert found.url == f"/arenden/ny/?person={person.pk}"
    assert "Alva Åkesson Lindqvist" in client.get(found.url).content.decode()
    sent = {
        "form": "oral", "received_on": "2 mars 2026", "applied_by": "person",
        "asks_for": "Assistans.", "unit": str(world.units[world.home.id].pk), "officer": "",
    }  # fmt: skip
    saved = client.post(found.url, sent, follow=True)
    assert saved.status_code == 200
    assert "Ansökan är registrerad med nummer LSS-2026-00002" in saved.content.decode()
    assert "Behörigheten är kontrollerad" in saved.content.decode()


@pytest.mark.req("K-01")
def test_an_unknown_number_leads_to_registering_the_person(office, sign_in):
    response = sign_in(office.registrar).post("/arenden/ny/", {"number": "19800514-9805"})
    assert "/personer/ny/" in response.content.decode()


@pytest.mark.req("K-01")
def test_all_errors_of_the_page_are_shown_together_and_nothing_typed_is_lost(world, office, sign_in):
    world.act(office.registrar)
    person = world.person(born=date(1980, 5, 14))
    response = sign_in(office.registrar).post(
        f"/arenden/ny/?person={person.pk}",
        {
            "received_on": "i fjol",
            "own_words": "Jag klarar inte det här själv.",
            "current_s_per_week": "många",
        },
    )
    assert response.status_code == 422
    errors = set(response.context["form"].errors)
    assert errors == {"form", "received_on", "applied_by", "asks_for", "unit", "current_s_per_week"}
    assert "Jag klarar inte det här själv." in response.content.decode()
    assert "i fjol" in response.content.decode()


@pytest.mark.req("K-01")
@pytest.mark.parametrize("who", ["decider", "away_officer"])
def test_who_opens_no_cases_registers_no_applications(world, office, sign_in, who):
    world.act(office.registrar)
    person = world.person()
    actor = getattr(office, who)
    assert sign_in(actor).get(f"/arenden/ny/?person={person.pk}").status_code == 404


@pytest.mark.req("K-01")
@pytest.mark.parametrize("address", ["inte-ett-id", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_nobody_is_not_found(office, sign_in, address):
    assert sign_in(office.registrar).get(f"/arenden/ny/?person={address}").status_code == 404


@pytest.mark.req("K-01")
def test_what_cannot_be_read_and_what_cannot_be_are_said_at_once(world, office, sign_in):
    world.act(office.registrar)
    person = world.person(born=date(1980, 5, 14))
    response = sign_in(office.registrar).post(
        f"/arenden/ny/?person={person.pk}",
        {
            "received_on": "2999-01-01", "applied_by": "representative", "current_s_per_week": "många",
            "unit": str(world.units[world.home.id].pk),
        },
    )  # fmt: skip
    assert response.status_code == 422
    errors = set(response.context["form"].errors)
    assert errors == {"form", "received_on", "asks_for", "representative", "current_s_per_week"}


@pytest.mark.req("H-13")
@pytest.mark.parametrize(
    ("day", "contact", "decision"),
    [
        (date(2026, 3, 16), date(2026, 3, 16), date(2026, 6, 2)),
        (date(2026, 3, 17), None, date(2026, 6, 2)),
        (date(2026, 6, 3), None, None),
    ],
)
def test_the_acknowledgement_promises_nothing_that_has_passed(application, day, contact, decision):
    from egenmakt.casework.applications.posting import _letter

    letter = _letter(application, "hjo", day)
    assert (letter.contact_by, letter.decision_by) == (contact, decision)
