"""What the worklist asks of the room: only what the actor may see and do, in as many queries for many as for one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.people import standing_in

from egenmakt.casework.cases import steps
from egenmakt.casework.decisions import actions, queries
from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Role


def _keys(rows) -> list[str]:
    return [one.number for one in rows]


@pytest.mark.req("H-02", "H-13")
def test_a_proposal_waits_for_those_who_may_sign_it_and_for_nobody_else(world):
    made = journeys.case_ready_for_decision(world)
    manager = world.staff(Role.UNIT_MANAGER)
    another = world.staff(Role.DECISION_MAKER)
    for actor, waits in ((made.decider, True), (another, True), (manager, False), (made.officer, False)):
        world.act(actor)
        assert [one.proposal.pk for one in queries.proposals_waiting(actor)] == (
            [made.proposal.pk] if waits else []
        )
    journeys.sign(made)
    assert queries.proposals_waiting(made.decider) == []


@pytest.mark.req("H-02")
def test_another_municipalitys_proposals_are_not_there(world):
    journeys.case_ready_for_decision(world)
    stranger = world.staff(Role.DECISION_MAKER, municipality=world.away)
    with standing_in(world.away.id, stranger.user_id):
        assert queries.proposals_waiting(stranger) == []
        assert queries.decisions_in_force(stranger) == []


@pytest.mark.req("H-19", "H-22")
def test_decisions_are_followed_from_signature_to_their_end(world):
    made = journeys.decided_case(world)
    officer = made.officer
    assert _keys(queries.decisions_not_served(officer)) == ["B-2026-00001"]
    actions.record_service(
        actor=officer, case_id=made.case.pk, decision_id=made.decision.pk, served_on=date(2026, 4, 20),
        method="letter", evidence="Mottagningskvitto.",
    )  # fmt: skip
    assert queries.decisions_not_served(officer) == []
    [(pending, state)] = queries.legal_force_pending(officer)
    assert pending.number == "B-2026-00001"
    assert state.appeal.last_day == date(2026, 5, 11)
    with clock.at(date(2026, 5, 12)):
        world.act(officer)
        assert queries.legal_force_pending(officer) == []
        assert [one.total_s for one in queries.decisions_in_force(officer)] == [56700]
    assert _keys(queries.follow_ups_due(officer, date(2026, 10, 29))) == []
    assert _keys(queries.follow_ups_due(officer, date(2026, 10, 30))) == ["B-2026-00001"]
    with clock.at(date(2029, 9, 30)):
        world.act(officer)
        assert queries.decisions_ending(officer, 3) == []
    with clock.at(date(2029, 10, 1)):
        world.act(officer)
        [(ending, last)] = queries.decisions_ending(officer, 3)
        assert (ending.number, last) == ("B-2026-00001", date(2029, 12, 31))
    with clock.at(date(2030, 1, 1)):
        world.act(officer)
        assert queries.decisions_ending(officer, 3) == []
        assert queries.decisions_in_force(officer) == []


@pytest.mark.req("H-13")
def test_a_case_list_makes_no_more_queries_for_many_cases_than_for_one(world):
    one = journeys.decided_case(world)
    unit = world.units[world.home.id]
    others = [journeys.case_ready_for_decision(world, unit=unit) for _ in range(4)]
    world.act(one.decider)
    counts = []
    for cases in ([one.case], [one.case, *(made.case for made in others)]):
        with CaptureQueriesContext(connection) as captured:
            steps.steps_of_cases(cases)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    counts = []
    for ready in (1, 4):
        for made in others[ready:]:
            if not hasattr(type(made.proposal).objects.get(pk=made.proposal.pk), "returned") and ready == 1:
                actions.return_proposal(actor=one.decider, case_id=made.case.pk, reason="Vänta.")
        if ready == 4:
            for made in others[1:]:
                world.act(made.officer)
                copy = queries.current_proposal(made.case)
                actions.propose(actor=made.officer, case_id=made.case.pk, version=copy.version)
            world.act(one.decider)
        with CaptureQueriesContext(connection) as captured:
            assert len(queries.proposals_waiting(one.decider)) == ready
        counts.append(len(captured))
    assert counts[0] == counts[1]


STATES = [
    ("nothing", ["todo", "blocked", "blocked"]),
    ("working", ["ongoing", "blocked", "blocked"]),
    ("waiting", ["done", "waiting", "blocked"]),
    ("returned", ["ongoing", "blocked", "blocked"]),
    ("decided", ["done", "done", "todo"]),
    ("served", ["done", "done", "waiting"]),
]


@pytest.mark.req("H-13")
@pytest.mark.parametrize(("stage", "expected"), STATES, ids=[one[0] for one in STATES])
def test_the_steps_say_how_far_the_case_has_come(world, stage, expected):
    made = {
        "nothing": journeys.case_under_investigation,
        "working": journeys.case_with_a_working_proposal,
        "waiting": journeys.case_ready_for_decision,
        "returned": journeys.case_ready_for_decision,
        "decided": journeys.decided_case,
        "served": journeys.decided_case,
    }[stage](world)
    if stage == "returned":
        actions.return_proposal(actor=made.decider, case_id=made.case.pk, reason="Målet är för allmänt.")
    if stage == "served":
        actions.record_service(
            actor=made.officer, case_id=made.case.pk, decision_id=made.decision.pk, served_on=date(2026, 4, 20),
            method="letter", evidence="Mottagningskvitto.",
        )  # fmt: skip
    found = {one.step.key: one.state.state for one in steps.steps_of_cases([made.case])[made.case.pk]}
    assert [found["proposal"], found["decision"], found["service"]] == expected
