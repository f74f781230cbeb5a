"""The quality gate: one list; each requirement is green on a case in order, and red when its own thing is missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys

from egenmakt.casework.applications.models import Application
from egenmakt.casework.communication.models import Communication
from egenmakt.casework.decisions import actions, rules
from egenmakt.casework.investigations.models import Assessment
from egenmakt.foundation.identity.models import Role

ROOT = Path(__file__).resolve().parents[3]
MET = tuple(
    {**one, "met_otherwise_minutes": one["minutes"], "met_by": "föräldrarna"} for one in journeys.MOMENTS
)


def _gate(made, signer=None, meeting=""):
    context = rules.gate_context(
        made.proposal, guideline=made.officer.guideline, signer=signer, meeting=meeting
    )
    return {one.requirement.key: one for one in rules.checked(context)}


def _missing(made, **options) -> set[str]:
    return {key for key, one in _gate(made, **options).items() if not one.result.ok}


@pytest.mark.req("H-17")
def test_every_requirement_is_green_on_a_case_in_order(world):
    made = journeys.case_ready_for_decision(world)
    gate = _gate(made, signer=made.decider)
    assert {key for key, one in gate.items() if not one.result.ok} == set()
    assert set(gate) == {one.key for one in rules.GATE}


# What is left out of the case (or written otherwise in the proposal), and what the gate then says is missing.
LEFT_OUT = [
    ("authority", {"applicant"}),
    ("evidence", {"personkrets"}),
    ("assessment", {"met_otherwise", "good_living_conditions", "own_view"}),
    ("child", {"child"}),
    ("communication", {"communicated"}),
]
OTHERWISE = [
    ({"kind": ""}, {"kind"}),
    ({"goal": ""}, {"contents"}),
    ({"scope": ""}, {"contents"}),
    ({"form_of_support": ""}, {"contents"}),
    ({"applied_for": ""}, {"contents"}),
    ({"reasons": ""}, {"contents"}),
    ({"reasons": "Behovet är […] i veckan."}, {"contents"}),
    ({"plain_reasons": ""}, {"contents"}),
    ({"starts_on": None}, {"period"}),
    ({"period_reasons": ""}, {"period"}),
    ({"follow_up_on": None}, {"follow_up"}),
    ({"follow_up_on": date(2030, 6, 1)}, {"follow_up"}),
    ({"follow_up_on": date(2026, 4, 1)}, {"follow_up"}),
    ({"scope": "Insatsen begränsas av ekonomiska skäl."}, {"resources"}),
    ({"refusal_ground": "no_need"}, {"ground"}),
    ({"kind": "partial_refusal"}, {"ground", "contents"}),
]


@pytest.mark.req("H-05", "H-07", "H-09", "H-17", "H-20", "K-01")
@pytest.mark.parametrize(("left_out", "expected"), LEFT_OUT, ids=[one[0] for one in LEFT_OUT])
def test_what_is_left_out_of_the_case_is_missing_in_the_gate(world, left_out, expected):
    made = journeys.case_with_a_working_proposal(world, without=(left_out,))
    assert _missing(made) == expected
    for key in expected:
        assert _gate(made)[key].result.url.startswith(f"/arenden/{made.case.pk}/")


@pytest.mark.req("H-18", "H-19", "H-21", "K-10")
@pytest.mark.parametrize(("written", "expected"), OTHERWISE, ids=[str(one[0])[:60] for one in OTHERWISE])
def test_what_is_missing_or_wrong_in_the_proposal_keeps_it_from_being_handed_over(world, written, expected):
    made = journeys.case_with_a_working_proposal(world, proposal=written)
    missing = _missing(made)
    assert expected <= missing
    assert missing - expected <= {"delegation"}  # nobody has delegation for a decision of no kind
    with pytest.raises(actions.GateClosed) as closed:
        actions.propose(actor=made.officer, case_id=made.case.pk, version=made.proposal.version)
    assert expected <= {one.requirement.key for one in closed.value.missing}


@pytest.mark.req("H-17")
def test_every_item_of_the_checklist_is_answered_by_a_person_with_evidence(world):
    made = journeys.case_under_investigation(world)
    made.proposal = actions.revise_proposal(
        actor=made.officer, case_id=made.case.pk, version=0, **journeys.PROPOSAL
    )
    assert _missing(made) == {one.key for one in rules.CHECKLIST}
    with pytest.raises(actions.ProposalInvalid) as invalid:
        actions.answer_checklist(
            actor=made.officer, case_id=made.case.pk, answers={"need": actions.Answered(True, "  ")}
        )
    assert set(invalid.value.errors) == {"need"}
    journeys.answer_everything(made)
    assert _missing(made) == set()


@pytest.mark.req("H-17", "H-20")
def test_a_checklist_item_answered_no_stops_a_grant(world):
    made = journeys.case_with_a_working_proposal(world)
    journeys.answer_everything(made, good_living_conditions=False)
    assert _missing(made) == {"good_living_conditions"}


@pytest.mark.req("H-17", "H-21")
def test_a_refusal_says_no_to_the_item_it_rests_on(world):
    made = journeys.case_with_a_working_proposal(world, proposal={"kind": "refusal"}, moments=MET)
    assert _missing(made) == set()
    journeys.answer_everything(made, met_otherwise=True)
    assert _missing(made) == {"met_otherwise"}


@pytest.mark.req("H-05", "H-21")
def test_who_is_not_in_the_personkrets_is_refused_on_that_ground_only(world):
    grounds = {"kind": "refusal", "refusal_ground": "not_in_personkrets"}
    made = journeys.case_with_a_working_proposal(world, personkrets="none", proposal=grounds)
    assert _missing(made) == set()
    assert "need" not in _gate(made)
    made.proposal.kind, made.proposal.refusal_ground = "grant", ""
    assert {"personkrets", "outcome"} <= _missing(made)


@pytest.mark.req("H-21")
def test_a_ground_that_the_investigation_does_not_bear_out_is_stopped(world):
    made = journeys.case_with_a_working_proposal(world, proposal={"kind": "refusal"}, moments=MET)
    made.proposal.refusal_ground = "not_in_personkrets"
    assert {"ground", "personkrets"} <= _missing(made)
    made.proposal.refusal_ground = "temporary_protection"
    assert "measure" in _missing(made)


@pytest.mark.req("K-06")
def test_nothing_is_refused_that_the_computation_gives_and_nothing_granted_that_it_does_not(world):
    made = journeys.case_with_a_working_proposal(world)
    made.proposal.kind, made.proposal.refusal_ground = "refusal", "met_otherwise"
    assert "outcome" in _missing(made)
    without = journeys.case_with_a_working_proposal(world, proposal={"kind": "refusal"}, moments=MET)
    without.proposal.kind, without.proposal.refusal_ground = "grant", ""
    assert "outcome" in _missing(without)


@pytest.mark.req("K-02", "K-06")
def test_a_moment_that_is_not_judged_makes_the_need_unclear(world):
    unclear = ({**journeys.MOMENTS[0], "intimate": None}, *journeys.MOMENTS[1:])
    made = journeys.case_with_a_working_proposal(world, moments=unclear)
    assert {"need"} <= _missing(made)


@pytest.mark.req("K-01")
def test_an_authority_that_has_run_out_is_checked_again(world):
    made = journeys.case_with_a_working_proposal(world)
    Application.objects.filter(case=made.case).update(authority_until=journeys.TODAY - timedelta(days=1))
    assert _missing(made) == {"applicant"}
    Application.objects.filter(case=made.case).update(authority_until=journeys.TODAY)
    assert _missing(made) == set()


@pytest.mark.req("H-20")
@pytest.mark.parametrize(
    ("values", "kind", "ok"),
    [
        ({"waiver": "full_approval", "waiver_reason": "Ansökan beviljas helt."}, "grant", True),
        ({"waiver": "full_approval", "waiver_reason": ""}, "grant", False),
        ({"waiver": "full_approval", "waiver_reason": "Ansökan beviljas helt."}, "refusal", False),
        ({"waiver": "no_influence", "waiver_reason": "Intyget är känt av alla."}, "refusal", True),
        ({"sent_on": date(2026, 4, 1), "answer_by": date(2026, 4, 19)}, "grant", True),
        ({"sent_on": date(2026, 4, 1), "answer_by": date(2026, 4, 20)}, "grant", False),
        (
            {"sent_on": date(2026, 4, 1), "answer_by": date(2026, 4, 30), "answered_on": date(2026, 4, 8)},
            "refusal",
            True,
        ),
    ],
)
def test_material_is_communicated_and_answered_or_there_is_a_lawful_reason(world, values, kind, ok):
    moments = MET if kind == "refusal" else journeys.MOMENTS
    made = journeys.case_with_a_working_proposal(
        world, proposal={"kind": kind}, moments=moments, without=("communication",)
    )
    assert _missing(made) == {"communicated"}
    Communication.objects.create(
        case=made.case, sent_by_id=made.officer.user_id, material="Utredningen", **values
    )
    assert _missing(made) == (set() if ok else {"communicated"})


@pytest.mark.req("H-01")
def test_a_guideline_asks_and_never_stops(world):
    made = journeys.case_ready_for_decision(world)
    asked = _gate(made)["guideline"]
    assert asked.result.ok
    assert asked.state == "asks"
    journeys.sign(made)
    other = journeys.case_ready_for_decision(
        world, proposal={"guideline_departure": "Barnet behöver mer tid."}
    )
    assert _gate(other)["guideline"].state == "done"


@pytest.mark.req("H-22")
def test_a_letter_that_cannot_say_where_to_appeal_is_not_sent(world, monkeypatch):
    made = journeys.case_with_a_working_proposal(world)
    assert "sender" not in _missing(made)
    made.proposal.case.municipality.address = "Rådhuset\n123 45 Kristianstad"
    assert "telefon, e-postadress" in _gate(made)["sender"].result.sentence


@pytest.mark.req("H-02")
def test_the_gate_names_who_may_decide(world):
    made = journeys.case_ready_for_decision(world)
    assert "LSS-handläggare eller beslutsfattare" in _gate(made)["delegation"].result.sentence
    manager = world.staff(Role.UNIT_MANAGER)
    refused = _gate(made, signer=manager)["delegation"].result
    assert not refused.ok
    assert "Du får inte besluta om bifall" in refused.sentence


@pytest.mark.req("H-17")
def test_the_gate_makes_as_many_queries_for_a_big_case_as_for_a_small(world):
    made = journeys.case_ready_for_decision(world)
    many = (
        *journeys.MOMENTS,
        *({**journeys.MOMENTS[0], "text": f"Moment {n}", "minutes": 1} for n in range(60)),
    )
    big = journeys.case_ready_for_decision(world, moments=many)
    Communication.objects.bulk_create(
        Communication(municipality_id=world.home.id, case=big.case, sent_by_id=big.officer.user_id, material="x",
                      sent_on=date(2026, 1, 1), answer_by=date(2026, 1, 20)) for _ in range(30)
    )  # fmt: skip
    counts = []
    for one in (made, big):
        one.proposal = (
            type(one.proposal).objects.select_related("case__person__identity").get(pk=one.proposal.pk)
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            _gate(one, signer=one.decider)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20


@pytest.mark.req("H-17")
def test_the_list_documents_itself_with_real_requirements():
    table = rules.gate_table()
    assert len(table) == len(rules.GATE) == len({one.key for one in rules.GATE})
    known = (ROOT / "docs" / "requirements.md").read_text()
    for row in table:
        assert row["title"]
        assert row["looks_at"].endswith(".")
        for requirement in row["requirements"].split(", "):
            assert re.search(rf"\b{requirement}\b", known), requirement


@pytest.mark.req("H-17")
def test_the_questions_of_the_checklist_are_those_of_h_17():
    assert [one.key for one in rules.CHECKLIST] == [
        "applicant", "personkrets", "measure", "need", "met_otherwise", "good_living_conditions",
    ]  # fmt: skip


@pytest.mark.req("H-16")
def test_what_the_person_herself_thinks_is_needed_also_for_a_refusal(world):
    made = journeys.case_with_a_working_proposal(world, proposal={"kind": "refusal"}, moments=MET)
    Assessment.objects.filter(case=made.case).update(own_view="")
    assert _missing(made) == {"own_view"}
