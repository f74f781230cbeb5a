"""The trial of the group of persons: a person judges, on evidence, with reasons, and is asked when it does not agree."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from egenmakt import law
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.steps import steps_of_cases
from egenmakt.casework.investigations import actions, queries, rules
from egenmakt.casework.investigations.models import Evidence, PersonkretsTrial
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.ui.conflicts import StaleVersion

CASES = tomllib.loads((Path(__file__).parent / "personkrets_cases.toml").read_text())["case"]
TODAY = date(2026, 11, 21)
GROUP_1 = {
    "outcome": "1",
    "diagnosis": "Autism",
    "answers": {"onset_before_16": True},
    "reasons": "Se utredningen.",
}
PHYSICIAN = {
    "title": "Läkarutlåtande",
    "certified_by": "Lena Läkare, barnmottagningen",
    "licence": "leg. läkare",
    "dated": date(2026, 1, 15),
    "summary": "Autism, nivå 3.",
}


@pytest.mark.req("H-05")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_trial_says_what_does_not_agree_and_what_remains(case):
    answers = {name: {"yes": True, "no": False}[said] for name, said in case.get("answers", {}).items()}
    asked = " ".join(rules.disagreements(case["outcome"], answers, case["born"], TODAY))
    missing = " ".join(
        rules.missing_in_trial(
            case["outcome"], answers, case.get("reasons", "Skäl."), case.get("evidence", 1)
        )
    )
    for said, wanted in ((asked, case.get("asks", [])), (missing, case.get("missing", []))):
        assert bool(said) == bool(wanted), said
        for part in wanted:
            assert part in said


@pytest.mark.req("H-05")
def test_the_judgement_keeps_who_when_and_why(office):
    with clock.at(date(2026, 4, 1)):
        trial = actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    assert (trial.outcome, trial.judged_by_id, trial.reasons) == (
        "1",
        office.officer.user_id,
        "Se utredningen.",
    )
    assert trial.judged_at.date() == date(2026, 4, 1)


@pytest.mark.req("H-05")
def test_who_judged_stays_when_only_the_reasons_are_mended_and_changes_with_the_judgement(office, world):
    colleague = office.officer
    actions.save_trial(actor=colleague, case_id=office.case.pk, version=0, **GROUP_1)
    first = PersonkretsTrial.objects.get().judged_at
    mended = actions.save_trial(
        actor=colleague, case_id=office.case.pk, version=1, **(GROUP_1 | {"reasons": "Se utredningen s. 3."})
    )
    assert mended.judged_at == first
    unjudged = actions.save_trial(
        actor=colleague, case_id=office.case.pk, version=2, **(GROUP_1 | {"outcome": ""})
    )
    assert (unjudged.judged_by_id, unjudged.judged_at) == (None, None)


@pytest.mark.req("H-05")
def test_a_judgement_without_reasons_is_refused(office):
    with pytest.raises(actions.ReasonsMissing):
        actions.save_trial(
            actor=office.officer, case_id=office.case.pk, version=0, **(GROUP_1 | {"reasons": " "})
        )
    assert not PersonkretsTrial.objects.exists()


@pytest.mark.req("H-05")
def test_a_judgement_against_the_answers_must_be_considered_and_may_then_stand(office):
    against = GROUP_1 | {"answers": {"onset_before_16": False}}
    with pytest.raises(actions.DisagreementNotConsidered, match="före 16 års ålder"):
        actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **against)
    trial = actions.save_trial(
        actor=office.officer, case_id=office.case.pk, version=0, considered=True, **against
    )
    assert trial.outcome == "1"


@pytest.mark.req("H-05")
def test_the_law_gets_the_group_and_nothing_when_nobody_has_judged(office):
    assert queries.personkrets_of(office.case).as_fact is None
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    judged = queries.personkrets_of(office.case)
    assert (judged.group, judged.as_fact) == (1, law.Personkrets(1))
    assert not judged.complete
    actions.add_evidence(actor=office.officer, case_id=office.case.pk, **PHYSICIAN)
    assert queries.personkrets_of(office.case).complete
    actions.save_trial(
        actor=office.officer,
        case_id=office.case.pk,
        version=1,
        **(GROUP_1 | {"outcome": "none", "answers": {}}),
    )
    assert queries.personkrets_of(office.case).as_fact == law.Personkrets(None)


@pytest.mark.req("H-05")
def test_evidence_is_added_before_anything_is_judged_and_taken_away_again(office):
    one = actions.add_evidence(actor=office.officer, case_id=office.case.pk, **PHYSICIAN)
    assert one.trial.case == office.case
    actions.remove_evidence(actor=office.officer, case_id=office.case.pk, evidence_id=one.pk)
    assert not Evidence.objects.exists()
    with pytest.raises(actions.NoSuchEvidence):
        actions.remove_evidence(actor=office.officer, case_id=office.case.pk, evidence_id=one.pk)


@pytest.mark.req("H-05")
def test_a_second_save_on_the_same_version_is_refused_with_both(office):
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    with pytest.raises(StaleVersion) as stale:
        actions.save_trial(
            actor=office.officer, case_id=office.case.pk, version=0, **(GROUP_1 | {"reasons": "Andra skäl."})
        )
    assert stale.value.current["reasons"] == "Se utredningen."
    assert stale.value.posted["reasons"] == "Andra skäl."
    assert stale.value.saved_by == "Olle Officer"


@pytest.mark.req("H-05", "H-12")
def test_one_may_judge_and_others_may_not(office, world):
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    for actor, refusal in (
        (office.decider, NotAllowed),
        (office.other_unit_officer, NotFound),
        (office.away_officer, NotFound),
    ):
        world.act(actor)
        with pytest.raises(refusal):
            actions.save_trial(actor=actor, case_id=office.case.pk, version=1, **GROUP_1)
        with pytest.raises(refusal):
            actions.add_evidence(actor=actor, case_id=office.case.pk, **PHYSICIAN)


@pytest.mark.req("H-05")
def test_a_closed_case_is_read_and_not_changed(office):
    Case.objects.filter(pk=office.case.pk).update(closed_on=date(2026, 5, 1))
    with pytest.raises(NotAllowed, match="avslutat"):
        actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)


@pytest.mark.req("H-05")
def test_the_step_says_how_far_the_trial_has_come(office):
    def state():
        return next(
            one.state
            for one in steps_of_cases([office.case])[office.case.pk]
            if one.step.key == "personkrets"
        )

    assert state().state == "todo"
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    assert (state().state, state().note) == ("ongoing", "med en sak kvar")
    actions.add_evidence(actor=office.officer, case_id=office.case.pk, **PHYSICIAN)
    assert (state().state, state().note) == ("done", "(grupp 1)")


@pytest.fixture
def url(office):
    return f"/arenden/{office.case.pk}/personkrets/"


@pytest.mark.req("H-05")
def test_the_page_shows_the_words_of_the_law_and_keeps_what_is_typed(office, sign_in, url):
    client = sign_in(office.officer)
    page = client.get(url).content.decode()
    assert "som uppenbart inte beror på normalt åldrande" in page
    posted = {"version": "0", "outcome": "3", "reasons": "", "diagnosis": "<b>MS</b>", "major": "False"}
    answer = client.post(url, posted)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Skriv skälen för bedömningen" in text
    assert "Alla kriterier för grupp 3 är inte uppfyllda: den är inte stor." in text
    assert "&lt;b&gt;MS&lt;/b&gt;" in text and "<b>MS</b>" not in text
    assert client.post(url, posted | {"reasons": "Skäl.", "considered": "on"}).status_code == 302
    assert PersonkretsTrial.objects.get().major is False


@pytest.mark.req("H-05")
def test_evidence_with_errors_comes_back_with_all_of_them(office, sign_in, url):
    client = sign_in(office.officer)
    answer = client.post(f"{url}underlag/", {"underlag-title": "Intyg", "underlag-dated": "2099-01-01"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv vem som har utfärdat underlaget." in text
    assert "kan inte vara daterat framåt" in text
    assert 'value="Intyg"' in text
    good = {
        "underlag-title": "Intyg",
        "underlag-certified_by": "Leg. läkare L",
        "underlag-dated": "2026-01-05",
    }
    assert client.post(f"{url}underlag/", good).status_code == 302
    one = Evidence.objects.get()
    assert client.post(f"{url}underlag/{one.pk}/ta-bort/").status_code == 302
    assert client.post(f"{url}underlag/{one.pk}/ta-bort/").status_code == 404


@pytest.mark.req("H-05")
def test_a_stale_page_is_answered_with_both_texts(office, sign_in, url):
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    client = sign_in(office.officer)
    answer = client.post(
        url, {"version": "0", "outcome": "1", "onset_before_16": "True", "reasons": "Mina skäl."}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Se utredningen." in text and "Mina skäl." in text


@pytest.mark.req("H-05", "H-12")
def test_others_find_no_page_and_a_decider_reads_without_a_form(office, sign_in, url, world):
    actions.save_trial(actor=office.officer, case_id=office.case.pk, version=0, **GROUP_1)
    for actor in (office.other_unit_officer, office.away_officer):
        assert sign_in(actor).get(url).status_code == 404
        assert sign_in(actor).post(url, {"version": "1"}).status_code == 404
    client = sign_in(office.decider)
    page = client.get(url).content.decode()
    assert "Se utredningen." in page
    assert 'name="outcome"' not in page
    assert client.post(url, {"version": "1", "outcome": ""}).status_code == 403
    assert PersonkretsTrial.objects.get().outcome == "1"


@pytest.mark.req("H-05")
def test_more_evidence_costs_no_more_queries(office, sign_in, url, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(office.officer)
    actions.add_evidence(actor=office.officer, case_id=office.case.pk, **PHYSICIAN)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(8):
        actions.add_evidence(actor=office.officer, case_id=office.case.pk, **PHYSICIAN)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
