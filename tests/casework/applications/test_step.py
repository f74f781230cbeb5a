"""The step "Ansökan": authority, first contact, supplements, and the deadlines that run from the day of arrival."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.casework.applications.conftest import guardian_of

from egenmakt.casework.applications import actions, queries, rules
from egenmakt.casework.cases.deadlines import deadlines_of_cases
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.steps import steps_of_cases
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.ui.conflicts import StaleVersion


def _state(case):
    return next(one.state for one in steps_of_cases([case])[case.pk] if one.step.key == "application")


def _check(office, application, **more):
    values = {"version": 1, "ground": "personbevis", "until": None} | more
    return actions.check_authority(actor=office.officer, case_id=application.case_id, **values)


def _contact(office, application, **more):
    values = {"version": 2, "day": date(2026, 3, 10), "how": "telefon med mamma"} | more
    return actions.note_first_contact(actor=office.officer, case_id=application.case_id, **values)


@pytest.mark.req("K-01", "H-13")
def test_the_step_goes_from_authority_over_contact_to_done(office, application):
    case = application.case
    assert (_state(case).state, _state(case).action) == ("ongoing", "Kontrollera behörigheten")
    _check(office, application)
    assert (_state(case).state, _state(case).action) == ("ongoing", "Ta första kontakten")
    _contact(office, application)
    assert _state(case).state == "done"


@pytest.mark.req("K-01")
def test_authority_is_checked_by_someone_on_a_ground_until_a_day(office, application):
    with pytest.raises(actions.ApplicationInvalid) as refused:
        _check(office, application, ground=" ", until=date(2026, 1, 1))
    assert set(refused.value.errors) == {"ground", "until"}
    checked = _check(office, application, until=date(2027, 1, 1))
    assert checked.authority_checked_on == clock.today()
    assert checked.authority_checked_by_id == office.officer.user_id
    assert checked.authority_until == date(2027, 1, 1)


# (born, kind, the representative's last day, asked on, authority ends)
AUTHORITY = [
    (date(2022, 5, 14), "guardian", None, date(2026, 3, 2), date(2037, 5, 13)),
    (date(2010, 5, 14), "guardian", None, date(2026, 3, 2), date(2028, 5, 13)),
    (date(1990, 5, 14), "guardian", None, date(2026, 3, 2), None),
    (date(1990, 5, 14), "trustee", date(2026, 12, 31), date(2026, 3, 2), date(2026, 12, 31)),
    (date(2022, 5, 14), "guardian", date(2030, 1, 1), date(2026, 3, 2), date(2030, 1, 1)),
    (date(2012, 2, 29), "guardian", None, date(2026, 3, 2), date(2027, 2, 27)),
]


@pytest.mark.req("K-01")
@pytest.mark.parametrize(("born", "kind", "until", "today", "ends"), AUTHORITY)
def test_a_guardian_represents_a_child_until_it_turns_fifteen_and_others_as_long_as_they_may(
    world, born, kind, until, today, ends
):
    assert rules.authority_ends(world.person(born=born), "representative", kind, until, today) == ends


@pytest.mark.req("H-13")
def test_first_contact_is_not_before_the_application_nor_ahead(office, application):
    _check(office, application)
    for day in (date(2026, 3, 1), clock.today() + timedelta(days=1)):
        with pytest.raises(actions.ApplicationInvalid) as refused:
            _contact(office, application, day=day, how="")
        assert set(refused.value.errors) == {"day", "how"}


@pytest.mark.req("H-13")
def test_contact_decision_and_six_months_run_from_the_day_the_application_came_in(office, application):
    case = application.case
    due = {one.kind: one for one in deadlines_of_cases([case], "hjo")[case.pk]}
    assert due["first_contact"].day == date(2026, 3, 16)
    assert due["decision"].day == date(2026, 6, 2)
    assert due["delay_request"].day == date(2026, 9, 2)
    assert due["delay_request"].binding
    assert not due["first_contact"].binding
    assert "hjo" not in due["first_contact"].reason
    assert due["first_contact"].status(date(2026, 3, 16)) == "soon"
    assert due["first_contact"].status(date(2026, 3, 17)) == "late"
    _check(office, application)
    _contact(office, application, day=date(2026, 3, 20))
    due = {one.kind: one for one in deadlines_of_cases([case], "hjo")[case.pk]}
    assert due["first_contact"].met_on == date(2026, 3, 20)
    assert due["first_contact"].status(date(2026, 3, 21)) == "late"


@pytest.mark.req("H-13")
def test_a_municipality_without_a_guideline_has_the_laws_deadline_only(application):
    due = deadlines_of_cases([application.case], "ingenstans")[application.case_id]
    assert [one.kind for one in due] == ["delay_request"]


@pytest.mark.req("H-13")
def test_a_supplement_makes_the_case_wait_until_its_day_and_then_not_longer(office, application):
    _check(office, application)
    _contact(office, application)
    with clock.at(date(2026, 3, 11)):
        asked = actions.request_supplement(
            actor=office.officer, case_id=application.case_id, what="Läkarintyg.", answer_by=date(2026, 3, 25)
        )
        assert _state(application.case).state == "waiting"
        assert _state(application.case).note == "på komplettering till 25\u00a0mar\u00a02026"
    with clock.at(date(2026, 3, 26)):
        late = _state(application.case)
        assert (late.state, late.action) == ("ongoing", "Ta ställning till kompletteringen")
        actions.receive_supplement(
            actor=office.officer, case_id=application.case_id, supplement_id=asked.pk, version=1,
            received_on=date(2026, 3, 26), received="Intyget kom.",
        )  # fmt: skip
        assert _state(application.case).state == "done"


# (asked on, answer by, accepted)
ANSWER_DAYS = [
    (date(2026, 3, 11), date(2026, 3, 25), True),
    (date(2026, 3, 11), date(2026, 3, 11), False),  # the same day
    (date(2026, 3, 11), date(2026, 3, 10), False),  # before
    (date(2026, 3, 11), date(2026, 3, 21), False),  # a Saturday
    (date(2026, 3, 25), date(2026, 4, 6), False),  # Easter Monday
    (date(2026, 6, 10), date(2026, 6, 19), False),  # Midsummer Eve
    (date(2026, 3, 11), date(2026, 10, 1), False),  # more than half a year
]


@pytest.mark.req("H-20")
@pytest.mark.parametrize(("asked", "answer_by", "accepted"), ANSWER_DAYS)
def test_an_answer_day_is_a_working_day_after_the_asking(asked, answer_by, accepted):
    from egenmakt.casework.cases.answering import answer_day_problem

    assert (answer_day_problem(answer_by, asked) == "") is accepted


@pytest.mark.req("K-01")
def test_another_applicant_must_have_her_authority_checked_anew(office, application):
    _check(office, application, until=date(2027, 1, 1))
    trustee = guardian_of(application.case.person, name="Gun Man", valid=DateRange(date(2025, 1, 1), None))
    values = {
        "form": "written", "received_on": date(2026, 3, 2), "applied_by": "representative", "asks_for": "Assistans."
    }  # fmt: skip
    same = actions.edit_application(
        actor=office.officer, case_id=application.case_id, version=2,
        representative_id=application.representative_id, **values,
    )  # fmt: skip
    assert same.authority_checked_on is not None
    changed = actions.edit_application(
        actor=office.officer, case_id=application.case_id, version=3, representative_id=trustee.pk, **values
    )
    assert (changed.authority_checked_on, changed.authority_until, changed.authority_ground) == (
        None,
        None,
        "",
    )


@pytest.mark.req("H-12")
def test_a_save_that_came_too_late_shows_both_texts(office, application, sign_in):
    _check(office, application)
    response = sign_in(office.officer).post(
        f"/arenden/{application.case_id}/ansokan/andra/",
        {
            "version": "1", "form": "written", "received_on": "2026-03-02", "applied_by": "representative",
            "representative": str(application.representative_id), "asks_for": "Avlösarservice i stället.",
        },
    )  # fmt: skip
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Avlösarservice i stället." in shown
    assert "Personlig assistans dygnet runt." in shown
    application.refresh_from_db()
    assert application.asks_for == "Personlig assistans dygnet runt."


@pytest.mark.req("H-12")
def test_two_who_check_at_once_are_told_the_second_time(office, application):
    _check(office, application)
    with pytest.raises(StaleVersion):
        _check(office, application, ground="fullmakt")


@pytest.mark.req("H-12")
def test_only_those_who_work_on_the_case_change_its_application(world, office, application, sign_in):
    url = f"/arenden/{application.case_id}/ansokan/"
    world.act(office.decider)
    with pytest.raises(NotAllowed):
        actions.check_authority(
            actor=office.decider, case_id=application.case_id, version=1, ground="personbevis"
        )
    world.act(office.other_unit_officer)
    with pytest.raises(NotFound):
        actions.check_authority(
            actor=office.other_unit_officer, case_id=application.case_id, version=1, ground="personbevis"
        )
    assert sign_in(office.officer).get(url).status_code == 200
    assert sign_in(office.decider).get(url).status_code == 200
    assert sign_in(office.other_unit_officer).get(url).status_code == 404
    assert sign_in(office.away_officer).get(url).status_code == 404


@pytest.mark.req("K-01")
def test_the_whole_step_can_be_done_on_its_page(office, application, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{application.case_id}/ansokan/"
    assert "personbevis" in client.get(url).content.decode()
    wrong = client.post(f"{url}behorighet/", {"authority-version": "1", "authority-until": "ibland"})
    assert wrong.status_code == 422
    assert set(wrong.context["authority"].form.errors) == {"ground", "until"}
    client.post(f"{url}behorighet/", {"authority-version": "1", "authority-ground": "personbevis"})
    client.post(
        f"{url}forsta-kontakt/",
        {"contact-version": "2", "contact-day": "10 mars 2026", "contact-how": "telefon med mamma"},
    )
    shown = client.get(url).content.decode()
    assert "kontrollerad" in shown
    assert "telefon med mamma" in shown
    timeline = client.get(f"/arenden/{application.case_id}/").content.decode()
    assert "Ansökan kom in (skriftlig)" in timeline
    assert "Första kontakten" in timeline


@pytest.mark.req("H-13")
def test_the_state_of_many_applications_costs_as_much_as_that_of_one(world, office, wanted):
    made = [actions.register_application(**wanted).case_id]
    world.act(office.officer)
    with CaptureQueriesContext(connection) as one:
        queries.progress_of(made)
        queries.deadlines_of(list(Case.objects.filter(pk__in=made)), "hjo")
    world.act(office.registrar)
    made += [actions.register_application(**wanted).case_id for _number in range(8)]
    with CaptureQueriesContext(connection) as many:
        queries.progress_of(made)
        queries.deadlines_of(list(Case.objects.filter(pk__in=made)), "hjo")
    assert len(many) == len(one)


@pytest.mark.req("H-13")
def test_a_persons_page_lists_her_cases_and_offers_a_new_application(office, application, sign_in):
    shown = sign_in(office.officer).get(f"/personer/{application.case.person_id}/").content.decode()
    assert application.case.number in shown
    assert f"/arenden/ny/?person={application.case.person_id}" in shown


@pytest.mark.req("K-01")
def test_an_authority_is_a_deadline_when_it_ends_within_half_a_year(office, application):
    _check(office, application, until=date(2026, 12, 31))
    for day, shown in ((date(2026, 6, 30), False), (date(2026, 7, 1), True), (date(2027, 2, 1), True)):
        with clock.at(day):
            kinds = [one.kind for one in deadlines_of_cases([application.case], "hjo")[application.case_id]]
        assert ("authority" in kinds) is shown


@pytest.mark.req("K-01")
def test_what_one_was_asking_for_is_there_again_after_the_browser_was_closed(office, application, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{application.case_id}/ansokan/"
    key = client.get(url).context["supplement"].key
    client.post(
        reverse("ui:save_draft"),
        {"_key": key, "_version": "0", "_revision": "0", "supplement-what": "Läkarintyg om natt"},
    )
    assert "Läkarintyg om natt" in client.get(url).content.decode()
    client.post(
        f"{url}komplettering/",
        {
            "supplement-what": "Läkarintyg om natten.", "supplement-asked_on": clock.today().isoformat(),
            "supplement-answer_by": client.get(url).context["supplement"].form.initial["answer_by"].isoformat(),
        },
    )  # fmt: skip
    assert client.get(url).context["supplement"].recovered_at is None
    assert application.supplements.get().what == "Läkarintyg om natten."


@pytest.mark.req("H-01")
def test_beside_the_step_stand_the_law_the_guideline_and_the_deadlines(office, application, sign_in):
    shown = sign_in(office.officer).get(f"/arenden/{application.case_id}/ansokan/")
    page = shown.content.decode()
    for url in [section.url for section in shown.context["law_sections"] if section.url]:
        assert sign_in(office.officer).get(url).status_code == 200
    assert "8 § LSS" in page
    assert "Råd som får frångås med ett skrivet skäl" in page
    assert len(shown.context["guideline_notes"]) > 0
    assert [one.deadline.kind for one in shown.context["deadlines"]] == [
        "first_contact",
        "decision",
        "delay_request",
    ]
