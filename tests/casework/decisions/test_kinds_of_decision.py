"""Every kind of decision: what it asks for, that it can be signed, and that its letter tells it in three voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.casework import journeys

from egenmakt.casework.cases.actions import add_coworker
from egenmakt.casework.decisions import actions, delegation
from egenmakt.casework.decisions.letter_content import kept_letter, letter_of_decision
from egenmakt.casework.decisions.letters import letter_blocks
from egenmakt.casework.decisions.letters.content import VOICES
from egenmakt.casework.decisions.rules import gate_context
from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Role
from egenmakt.guidelines import guideline

MET = tuple(
    {**one, "met_otherwise_minutes": one["minutes"], "met_by": "föräldrarna"} for one in journeys.MOMENTS
)
PART = (*journeys.MOMENTS[:-1], {**journeys.MOMENTS[-1], "self_care": "not_assessed"})
OLD = date(1950, 3, 2)

KINDS = {
    "grant": {},
    "until further notice": {"proposal": {"ends_on": None, "period_reasons": ""}},
    "economic support": {"proposal": {"form_of_support": "financial"}},
    "an adult": {"born": date(1984, 3, 2)},
    "over twenty hours": {"moments": ({**journeys.MOMENTS[0], "minutes": 240}, *journeys.MOMENTS[1:])},
    "in part": {
        "moments": PART,
        "proposal": {
            "kind": "partial_refusal", "refusal_ground": "no_need", "refused": "Tid för lek och utevistelse",
            "refusal_reasons": "Det är hälso- och sjukvård som ingen har bedömt som egenvård.",
        },
    },
    "not in the personkrets": {
        "personkrets": "none",
        "proposal": {"kind": "refusal", "refusal_ground": "not_in_personkrets"},
    },
    "no need": {"moments": (), "proposal": {"kind": "refusal", "refusal_ground": "no_need"}},
    "met otherwise": {"moments": MET, "proposal": {"kind": "refusal"}},
    "after the age limit": {"born": OLD, "proposal": {"kind": "refusal", "refusal_ground": "age_limit"}},
    "temporary protection": {
        "assessment": {"temporary_protection": True},
        "proposal": {"kind": "refusal", "refusal_ground": "temporary_protection"},
    },
    "dismissal": {"without": ("authority",), "proposal": {"kind": "dismissal"}},
    "closure": {
        "without": ("personkrets", "assessment", "child", "communication"),
        "proposal": {"kind": "closure", "reasons": "Ansökan är återkallad."},
    },
}  # fmt: skip


@pytest.mark.req("H-18", "H-21", "K-10", "H-22")
@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS.keys())
def test_each_kind_can_be_signed_and_is_told_in_three_voices(world, options):
    decision = journeys.sign(journeys.case_ready_for_decision(world, **options))
    assert decision.kind == options.get("proposal", {}).get("kind", "grant")
    assert decision.grants.exists() == (decision.kind in ("grant", "partial_refusal"))
    letter = kept_letter(decision)
    assert letter.appeal.court == "Förvaltningsrätten i Malmö"
    for voice in VOICES:
        assert len(letter_blocks(letter, voice)) > 5


@pytest.mark.req("H-20")
def test_a_case_that_is_closed_needs_no_checklist_and_no_communication(world):
    made = journeys.case_ready_for_decision(world, **KINDS["closure"])
    asked = {one["key"] for one in journeys.sign(made).gate}
    assert asked == {"kind", "resources", "contents", "sender", "delegation", "four_eyes"}


@pytest.mark.req("H-02")
def test_another_officer_with_delegation_may_sign(world):
    made = journeys.case_ready_for_decision(world)
    colleague = world.staff(Role.CASE_OFFICER, name="Kim Kollega")
    world.act(made.officer)
    add_coworker(
        actor=made.officer, case_id=made.case.pk, user_id=colleague.user_id, reason="Beslutar i ärendet."
    )
    assert journeys.sign(made, colleague).signed_by_id == colleague.user_id


def _only(monkeypatch, *roles: str) -> None:
    """The delegation order says that these decide."""
    own = guideline("kristianstad")
    rows = tuple(replace(one, roles=roles) for one in own.delegations)
    monkeypatch.setattr(delegation, "guideline", lambda _slug: replace(own, delegations=rows))


@pytest.mark.req("H-02")
def test_what_a_committee_decides_names_its_meeting(world, monkeypatch, sign_in):
    _only(monkeypatch, "committee")
    made = journeys.case_ready_for_decision(world)
    with pytest.raises(actions.GateClosed) as closed:
        journeys.sign(made)
    assert [one.requirement.key for one in closed.value.missing] == ["delegation"]
    assert "sammanträde" in str(closed.value)
    path = f"/arenden/{made.case.pk}/beslut/underteckna/"
    posted = {"proposal": str(made.proposal.pk)}
    assert sign_in(made.decider).post(path, posted | {"meeting": ""}).status_code == 422
    assert (
        sign_in(made.decider).post(path, posted | {"meeting": "Utskottet 2026-04-22, § 41"}).status_code
        == 302
    )
    world.act(made.decider)
    decision = made.case.decisions.get()
    assert decision.meeting == "Utskottet 2026-04-22, § 41"
    assert kept_letter(decision).signature.meeting == "Utskottet 2026-04-22, § 41"


@pytest.mark.req("H-02")
def test_the_head_decides_for_the_whole_municipality(world, monkeypatch):
    _only(monkeypatch, "head")
    made = journeys.case_ready_for_decision(world)
    with pytest.raises(actions.GateClosed):
        journeys.sign(made)
    journeys.sign(made, world.staff(Role.DECISION_MAKER, whole=True))


@pytest.mark.req("H-02")
def test_where_the_order_is_silent_nobody_signs(world, monkeypatch):
    made = journeys.case_ready_for_decision(world)
    own = guideline("kristianstad")
    monkeypatch.setattr(delegation, "guideline", lambda _slug: replace(own, delegations=()))
    with pytest.raises(actions.GateClosed, match="säger inte vem som beslutar"):
        journeys.sign(made)


@pytest.mark.req("K-06")
def test_a_decision_is_replayed_from_its_frozen_facts_later(world):
    made = journeys.decided_case(world)
    with clock.at(date(2028, 1, 10)):
        world.act(made.officer)
        context = gate_context(made.decision.proposal, guideline="kristianstad")
        letter = letter_of_decision(made.decision, context)
    assert [one.seconds_per_week for one in letter.stretches] == [56700, 69300]
