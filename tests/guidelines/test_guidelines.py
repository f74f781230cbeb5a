"""The three guidelines say what their documents say, and mark what they do not."""

from datetime import date
from decimal import Decimal

import pytest

from egenmakt.guidelines import (
    NoDelegation,
    NoGuideline,
    NoGuidelineValue,
    all_guidelines,
    decision_deadline,
    first_contact_deadline,
    guideline,
    notes_for_assessment,
    plan_deadline,
)
from egenmakt.guidelines.schema import DECISION_KINDS, MEASURES, STEPS
from egenmakt.law.findings import Outcome
from egenmakt.law.procedure import municipalities

ON = date(2026, 3, 1)

# municipality, value, what it is, where it is read; None where the document is silent and the value assumed
VALUES = [
    ("hjo", "first_contact_time", 2, "weeks", "s. 7"),
    ("hjo", "decision_time", 3, "months", "s. 7"),
    ("hjo", "implementation_plan_time", 1, "months", None),
    ("hjo", "daily_activities_age", 67, "years", "s. 16"),
    ("hjo", "hourly_amount_share", 100, "percent", "s. 12"),
    ("kristianstad", "decision_period", 12, "months", "Årsbeslut"),
    ("kristianstad", "monthly_flexibility", 15, "percent", "Årsbeslut"),
    ("kristianstad", "hourly_amount_share", 100, "percent", "Ersättning för verkställda assistanstimmar"),
    ("kristianstad", "decision_time", 3, "months", None),
    ("kristianstad", "first_contact_time", 2, "weeks", None),
]


@pytest.mark.req("H-13", "K-12", "K-13")
@pytest.mark.parametrize(("slug", "name", "value", "unit", "page"), VALUES)
def test_a_value_is_the_documents_with_its_place_or_is_marked_assumed(slug, name, value, unit, page):
    setting = guideline(slug).value(name, ON)
    assert (setting.value, setting.unit) == (value, unit)
    assert setting.assumed == (page is None)
    assert bool(setting.reason) == (page is None)
    if page:
        assert setting.source.endswith(page)


@pytest.mark.req("A-05", "A-06", "A-12", "A-20", "A-21", "A-22", "A-23")
@pytest.mark.parametrize(
    ("name", "value", "page"),
    [
        ("implementation_plan_time", 1, "s. 5"),
        ("temporary_extension_notice", 14, "s. 8"),
        ("absence_notice", 10, "s. 8"),
        ("travel_notice", 6, "s. 8"),
        ("entrance_limit", Decimal("100.00"), "s. 8"),
        ("gift_limit", Decimal("100.00"), "s. 8"),
        ("trial_employment_time", 6, "s. 4"),
        ("summer_leave", 4, "s. 6"),
    ],
)
def test_alvsbyns_terms_held_to_the_end_of_2020_and_are_assumed_after(name, value, page):
    during = guideline("alvsbyn").value(name, date(2020, 12, 31))
    after = guideline("alvsbyn").value(name, date(2021, 1, 1))
    assert during.value == after.value == value
    assert during.source.endswith(page)
    assert not during.assumed
    assert after.assumed
    assert "2020-12-31" in after.reason


@pytest.mark.req("K-13")
def test_an_amount_is_money_with_two_decimals():
    assert str(guideline("alvsbyn").value("entrance_limit", ON).value) == "100.00"


@pytest.mark.req("H-01")
def test_a_guideline_says_nothing_about_the_time_before_it():
    with pytest.raises(NoGuidelineValue, match="2018-04-10"):
        guideline("hjo").value("decision_time", date(2018, 4, 10))
    assert guideline("hjo").notes_for("needs", date(2018, 4, 10)) == ()


@pytest.mark.req("H-01")
def test_what_a_guideline_does_not_set_is_an_error_and_no_default():
    with pytest.raises(NoGuidelineValue, match="hjo"):
        guideline("hjo").value("monthly_flexibility", ON)
    with pytest.raises(NoGuidelineValue):
        guideline("hjo").value("age_limit", ON)


@pytest.mark.req("H-01")
def test_an_unknown_municipality_is_an_error_that_names_the_known():
    with pytest.raises(NoGuideline, match="alvsbyn, hjo, kristianstad"):
        guideline("atlantis")
    with pytest.raises(NoGuideline):
        guideline("../data/hjo")


@pytest.mark.req("H-02")
@pytest.mark.parametrize(
    ("slug", "kind", "measure", "roles", "in_meeting", "assumed"),
    [
        ("hjo", "grant", 2, ("case_officer", "decision_maker"), False, False),
        ("hjo", "refusal", 9, ("case_officer", "decision_maker"), False, False),
        ("hjo", "grant", 8, ("committee",), True, False),
        ("hjo", "refusal", 8, ("committee",), True, False),
        ("hjo", "interim", 2, ("case_officer", "decision_maker"), False, False),
        ("hjo", "sick_pay_cost", 2, ("unit_manager",), False, False),
        ("hjo", "late_appeal", 2, ("decision_maker", "head"), False, True),
        ("alvsbyn", "grant", 2, ("case_officer", "decision_maker"), False, True),
        ("alvsbyn", "grant", 8, ("committee", "board"), True, True),
        ("kristianstad", "partial_refusal", 2, ("case_officer", "decision_maker"), False, True),
        ("kristianstad", "grant", 8, ("committee", "board"), True, True),
    ],
)
def test_the_delegation_order_names_who_may_sign(slug, kind, measure, roles, in_meeting, assumed):
    delegation = guideline(slug).delegation(kind, measure, ON)
    assert delegation.roles == roles
    assert delegation.in_meeting == in_meeting
    assert delegation.assumed == assumed
    assert bool(delegation.reason) == assumed
    assert 0 < len(delegation.reference) <= 200


@pytest.mark.req("H-02")
@pytest.mark.parametrize("slug", ["hjo", "alvsbyn", "kristianstad"])
def test_every_kind_of_decision_in_a_case_has_somebody_who_may_sign_it(slug):
    for measure in MEASURES:
        for kind in ("grant", "partial_refusal", "refusal", "dismissal", "closure"):
            assert guideline(slug).delegation(kind, measure, ON).roles


@pytest.mark.req("H-02")
def test_where_the_order_names_nobody_nobody_may_sign():
    with pytest.raises(NoDelegation, match="travel_abroad"):
        guideline("hjo").delegation("travel_abroad", 2, ON)
    with pytest.raises(NoDelegation):
        guideline("hjo").delegation("grant", None, ON)
    with pytest.raises(NoDelegation):
        guideline("hjo").delegation("grant", 2, date(2018, 4, 10))


@pytest.mark.req("H-13", "A-05")
@pytest.mark.parametrize(
    ("compute", "slug", "begins", "last", "plan_for", "assumed"),
    [
        (first_contact_deadline, "hjo", "2026-02-10", "2026-02-24", "2026-02-24", False),
        (first_contact_deadline, "hjo", "2025-12-11", "2025-12-25", "2025-12-23", False),
        (decision_deadline, "hjo", "2026-01-15", "2026-04-15", "2026-04-15", False),
        # a Sunday: the guideline is no law, so the day stays; the last working day that keeps it is the Friday
        (decision_deadline, "hjo", "2026-02-10", "2026-05-10", "2026-05-08", False),
        (decision_deadline, "hjo", "2025-11-30", "2026-02-28", "2026-02-27", False),
        (decision_deadline, "kristianstad", "2026-01-15", "2026-04-15", "2026-04-15", True),
        (plan_deadline, "alvsbyn", "2026-01-31", "2026-02-28", "2026-02-27", True),
        (plan_deadline, "alvsbyn", "2019-03-04", "2019-04-04", "2019-04-04", False),
    ],
)
def test_a_guidelines_own_deadline(compute, slug, begins, last, plan_for, assumed):
    deadline = compute(slug, date.fromisoformat(begins))
    assert deadline.last_day == date.fromisoformat(last)
    assert deadline.plan_for == date.fromisoformat(plan_for)
    assert bool(deadline.unverified) == assumed
    assert deadline.finding.outcome is (Outcome.UNCLEAR if assumed else Outcome.MET)
    assert "ingen lag" in deadline.finding.reason
    assert deadline.in_time(deadline.last_day)


@pytest.mark.req("H-01")
@pytest.mark.parametrize("slug", ["hjo", "alvsbyn", "kristianstad"])
def test_notes_stand_beside_steps_with_their_source_and_never_bind(slug):
    notes = [note for step in STEPS for note in guideline(slug).notes_for(step, ON)]
    assert len(notes) == len(guideline(slug).notes)
    for note in notes:
        assert note.to_json()["binding"] is False
        assert note.text.endswith(".")
        assert note.source
        assert bool(note.reason) == note.assumed


@pytest.mark.req("H-01")
def test_a_step_the_guideline_says_nothing_about_has_no_notes():
    assert guideline("kristianstad").notes_for("travel", ON) == ()
    assert guideline("hjo").notes_for("no_such_step", ON) == ()


def application(born="2019-05-14", **moment):
    return {
        "on": "2026-03-01",
        "person": {"born": born},
        "moments": [{"need": "hygiene", "minutes": 30} | moment],
    }


@pytest.mark.req("H-01", "H-29")
def test_an_assessment_gets_the_notes_that_concern_it():
    child = [note.text for note in notes_for_assessment("hjo", application())]
    adult = [note.text for note in notes_for_assessment("hjo", application(born="1990-05-14"))]
    assert len(child) == len(adult) + 1
    assert any("föräldrarna" in text for text in set(child) - set(adult))


@pytest.mark.req("H-01", "K-08")
def test_the_note_on_double_assistance_is_shown_where_two_are_asked_for():
    alone = [note.text for note in notes_for_assessment("kristianstad", application(assistants=1))]
    two = [note.text for note in notes_for_assessment("kristianstad", application(assistants=2))]
    assert [text for text in two if text not in alone] == [text for text in two if "dubbelassistans" in text]
    assert len(two) == len(alone) + 1


@pytest.mark.req("H-01")
@pytest.mark.parametrize(("born", "child"), [("2008-03-01", False), ("2008-03-02", True)])
def test_one_is_a_child_to_the_day_before_the_eighteenth_birthday(born, child):
    texts = [note.text for note in notes_for_assessment("hjo", application(born=born))]
    assert any("föräldrarna" in text for text in texts) == child


@pytest.mark.req("H-01")
def test_every_guideline_is_of_a_real_municipality_and_says_what_of_its_document_the_law_has_overtaken():
    for slug, held in all_guidelines().items():
        assert held.slug == slug
        assert held.name.startswith(municipalities()[held.code])
        assert held.left_out
        for left in held.left_out:
            assert left.page
            assert left.why.endswith(".")


@pytest.mark.req("H-30", "K-07")
def test_nothing_the_law_decides_is_repeated_as_a_note():
    texts = [note.text for held in all_guidelines().values() for note in held.notes]
    for outdated in (
        "65 år",
        "17 §",
        "vårdbidrag",
        "ingående kunskap",
        "1982:763",
        "2,5 timmar",
        "föräldraavdrag",
    ):
        assert not [text for text in texts if outdated in text]


@pytest.mark.req("H-02")
def test_the_kinds_of_decision_are_a_closed_list():
    kinds = {kind for held in all_guidelines().values() for row in held.delegations for kind in row.decisions}
    assert kinds <= set(DECISION_KINDS)
