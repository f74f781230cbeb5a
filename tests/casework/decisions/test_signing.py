"""A decision is prepared by one and signed by another, whom the delegation order allows, when the gate is green.

Every refusal stands on the same case as the success, changed in one thing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.casework import journeys

from egenmakt.casework.decisions import actions
from egenmakt.casework.decisions.models import Decision, Grant, Proposal
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotFound
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.models import Unit, new_id


def _missing(closed) -> set[str]:
    return {one.requirement.key for one in closed.value.missing}


def _refused(made, actor=None) -> set[str]:
    """What keeps the waiting proposal from being signed; nothing is written."""
    with pytest.raises(actions.GateClosed) as closed:
        journeys.sign(made, actor)
    assert not Decision.objects.filter(case=made.case).exists()
    assert not OutboxEntry.objects.filter(kind="decision_letters").exists()
    return _missing(closed)


@pytest.mark.req("H-02", "H-17", "H-18")
def test_a_proposal_in_order_is_signed_by_the_decider(world):
    made = journeys.case_ready_for_decision(world)
    decision = journeys.sign(made)
    assert decision.number == "B-2026-00001"
    assert decision.signed_by_id == made.decider.user_id
    assert decision.prepared_by_id == made.officer.user_id
    assert decision.decided_on == journeys.TODAY
    assert "Omsorgs" in decision.delegation
    assert [one["key"] for one in decision.gate if not one["ok"]] == []


@pytest.mark.req("K-07", "K-06")
def test_the_childs_hours_change_by_themselves_the_month_it_turns_seven(world):
    decision = journeys.sign(journeys.case_ready_for_decision(world))
    stretches = [(one.valid.lower, one.valid.upper, one.total_s) for one in decision.grants.order_by("valid")]
    assert stretches == [
        (date(2026, 5, 1), date(2029, 5, 1), 15 * 3600 + 45 * 60),
        (date(2029, 5, 1), date(2030, 1, 1), 19 * 3600 + 15 * 60),
    ]


@pytest.mark.req("K-10", "H-19")
def test_a_decision_until_further_notice_has_no_last_day(world):
    made = journeys.case_ready_for_decision(world, proposal={"ends_on": None, "period_reasons": ""})
    stretches = list(journeys.sign(made).grants.order_by("valid").values_list("valid", flat=True))
    assert stretches[0].upper == date(2029, 5, 1)
    assert stretches[-1].upper is None


@pytest.mark.req("H-02")
def test_the_same_person_cannot_prepare_and_sign(world):
    made = journeys.case_ready_for_decision(world)
    both = replace(made.officer, roles=(*made.officer.roles, *made.decider.roles))
    assert _refused(made, both) == {"four_eyes"}
    journeys.sign(made)


@pytest.mark.req("H-02")
def test_someone_who_has_written_in_the_investigation_cannot_sign(world):
    made = journeys.case_under_investigation(world, without=("child",))
    colleague = world.staff(Role.CASE_OFFICER, Role.DECISION_MAKER, name="Kim Kollega")
    world.act(colleague)
    journeys.investigating.save_child_view(actor=colleague, case_id=made.case.pk, version=0, **journeys.CHILD)
    world.act(made.officer)
    made.proposal = actions.revise_proposal(
        actor=made.officer, case_id=made.case.pk, version=0, **journeys.PROPOSAL
    )
    journeys.answer_everything(made)
    made.proposal = actions.propose(actor=made.officer, case_id=made.case.pk, version=made.proposal.version)
    assert _refused(made, colleague) == {"four_eyes"}
    journeys.sign(made)


@pytest.mark.req("H-02")
@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.REGISTRAR])
def test_someone_without_delegation_cannot_sign(world, role):
    made = journeys.case_ready_for_decision(world)
    other = world.staff(role)
    assert _refused(made, other) == {"delegation"}
    journeys.sign(made)


@pytest.mark.req("H-02")
def test_delegation_holds_for_ones_own_unit(world):
    made = journeys.case_ready_for_decision(world)
    elsewhere = Unit.objects.create(name="En annan enhet")
    world.units[world.home.id] = elsewhere
    other = world.staff(Role.DECISION_MAKER)
    world.act(other)
    with pytest.raises(NotFound):
        actions.sign_decision(actor=other, case_id=made.case.pk, proposal_id=made.proposal.pk)
    whole = world.staff(Role.DECISION_MAKER, whole=True)
    assert journeys.sign(made, whole).signed_by_id == whole.user_id


@pytest.mark.req("H-09")
def test_a_decision_without_the_childs_view_cannot_be_signed(world):
    made = journeys.case_ready_for_decision(world, without=("child",))
    assert _refused(made) == {"child"}
    world.act(made.officer)
    journeys.investigating.save_child_view(
        actor=made.officer, case_id=made.case.pk, version=0, **journeys.CHILD
    )
    journeys.sign(made)


@pytest.mark.req("H-09")
def test_neither_can_a_refusal_without_the_childs_view(world):
    made = _refusal(world, without=("child",))
    assert _refused(made) == {"child"}


@pytest.mark.req("H-09")
def test_an_adults_decision_asks_for_no_childs_view(world):
    made = journeys.case_ready_for_decision(world, born=date(1984, 3, 2))
    assert "child" not in {one["key"] for one in journeys.sign(made).gate}


def _refusal(world, **options):
    met = tuple(
        {**one, "met_otherwise_minutes": one["minutes"], "met_by": "föräldrarna"} for one in journeys.MOMENTS
    )
    options.setdefault("proposal", {"kind": "refusal"})
    return journeys.case_ready_for_decision(world, moments=met, **options)


@pytest.mark.req("H-21")
def test_a_refusal_on_a_lawful_ground_is_signed_and_grants_nothing(world):
    decision = journeys.sign(_refusal(world))
    assert decision.kind == "refusal"
    assert not Grant.objects.filter(decision=decision).exists()


@pytest.mark.req("H-21")
@pytest.mark.parametrize("field", ["reasons", "plain_reasons", "refusal_reasons"])
def test_a_refusal_for_lack_of_resources_cannot_be_proposed(world, field):
    with pytest.raises(actions.GateClosed) as closed:
        _refusal(world, proposal={"kind": "refusal", field: "Det finns inte tillräckligt med personal."})
    assert _missing(closed) == {"resources"}


@pytest.mark.req("H-21")
def test_neither_can_it_be_signed_if_it_was_proposed_by_sql(world):
    made = journeys.case_with_a_working_proposal(world)
    text = "Kommunen har inte råd."
    Proposal.objects.filter(pk=made.proposal.pk).update(period_reasons=text)
    with pytest.raises(actions.GateClosed):
        actions.propose(actor=made.officer, case_id=made.case.pk, version=made.proposal.version)
    _propose_by_sql(made)
    assert _refused(made) == {"resources"}


def _propose_by_sql(made) -> None:
    from egenmakt import law
    from egenmakt.casework.decisions import rules

    context = rules.gate_context(made.proposal, guideline=made.officer.guideline)
    Proposal.objects.filter(pk=made.proposal.pk).update(
        facts=rules.facts_to_freeze(context), outcome=context.computed.outcome, law_hash=law.law_hash(),
        engine_version=law.ENGINE_VERSION, prepared_by=made.officer.user_id, proposed_at=clock.now(),
    )  # fmt: skip


@pytest.mark.req("H-20")
def test_material_that_is_not_communicated_stops_the_decision(world):
    made = journeys.case_ready_for_decision(world, without=("communication",))
    assert _refused(made) == {"communicated"}


@pytest.mark.req("K-06")
def test_amounts_that_have_changed_since_the_proposal_stop_the_decision(world):
    made = journeys.case_ready_for_decision(world)
    world.act(made.officer)
    longer = ({**journeys.MOMENTS[0], "minutes": 30}, *journeys.MOMENTS[1:])
    journeys.change_moments(made, longer)
    with pytest.raises(actions.GateClosed) as closed:
        journeys.sign(made)
    assert _missing(closed) == {"amounts"}
    assert "Momentet ”Dusch och hårtvätt” har ändrats." in str(closed.value)
    world.act(made.officer)
    journeys.change_moments(made, journeys.MOMENTS)
    journeys.sign(made)


@pytest.mark.req("K-06")
def test_a_changed_word_that_changes_no_time_is_told_and_stops_nothing(world):
    made = journeys.case_ready_for_decision(world)
    world.act(made.officer)
    journeys.change_moments(made, ({**journeys.MOMENTS[0], "text": "Bad"}, *journeys.MOMENTS[1:]))
    gate = {one["key"]: one["sentence"] for one in journeys.sign(made).gate}
    assert "Momentet ”Bad” har ändrats." in gate["amounts"]


@pytest.mark.req("H-02")
def test_a_returned_proposal_is_not_signed_but_its_copy_can_be(world):
    made = journeys.case_ready_for_decision(world)
    copy = actions.return_proposal(actor=made.decider, case_id=made.case.pk, reason="Målet är för allmänt.")
    with pytest.raises(actions.NothingToDecide):
        journeys.sign(made)
    assert copy.goal == made.proposal.goal
    assert copy.drafted_by_id == made.officer.user_id
    assert copy.gate_answers.count() == made.proposal.gate_answers.count()
    world.act(made.officer)
    made.proposal = actions.propose(actor=made.officer, case_id=made.case.pk, version=copy.version)
    journeys.sign(made)


@pytest.mark.req("H-02")
def test_whoever_signs_second_is_told_who_decided_and_when(world):
    made = journeys.case_ready_for_decision(world)
    other = world.staff(Role.DECISION_MAKER)
    journeys.sign(made)
    with pytest.raises(actions.DecidedByAnother, match=r"Åsa Bergström 20\sapril\s2026"):
        journeys.sign(made, other)
    assert Decision.objects.count() == 1


@pytest.mark.req("H-02")
def test_numbers_follow_on_each_other(world):
    first = journeys.sign(journeys.case_ready_for_decision(world))
    second = journeys.sign(journeys.case_ready_for_decision(world))
    assert [first.number, second.number] == ["B-2026-00001", "B-2026-00002"]


# What SQL as the application role cannot do.


def _insert(made, **values) -> None:
    row = {
        "id": new_id(), "municipality_id": made.case.municipality_id, "proposal_id": made.proposal.pk,
        "case_id": made.case.pk, "number": "B-2026-99999", "kind": "grant", "prepared_by_id": made.officer.user_id,
        "signed_by_id": made.decider.user_id, "signed_at": clock.now(), "decided_on": journeys.TODAY,
        "delegation": "", "meeting": "", "gate": "[]", **values,
    }  # fmt: skip
    columns = ", ".join(row)
    marks = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO decisions_decision ({columns}) VALUES ({marks})", list(row.values()))


@pytest.mark.req("H-02")
def test_sql_can_insert_what_the_signer_herself_signs(world):
    made = journeys.case_ready_for_decision(world)
    _insert(made)
    assert Decision.objects.count() == 1


@pytest.mark.req("H-02")
def test_sql_cannot_let_the_preparer_sign(world):
    made = journeys.case_ready_for_decision(world)
    officer, decider, other = (
        made.officer.user_id,
        made.decider.user_id,
        world.staff(Role.CASE_OFFICER).user_id,
    )
    world.act(made.officer)
    with pytest.raises(DatabaseError, match="who drafted a proposal does not sign it"):
        _insert(made, signed_by_id=officer)
    with pytest.raises(DatabaseError, match="names the one who prepared"):
        _insert(made, signed_by_id=officer, prepared_by_id=other)
    with pytest.raises(DatabaseError, match="signed by the one who acts"):
        _insert(made, signed_by_id=decider)
    for column in ("prepared_by_id", "drafted_by_id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE decisions_proposal SET {column} = %s WHERE id = %s", [other, made.proposal.pk]
            )
    assert Decision.objects.count() == 0


@pytest.mark.req("H-02")
def test_sql_cannot_let_the_preparer_sign_what_a_colleague_drafted(world):
    made = journeys.case_with_a_working_proposal(world)
    preparer = world.staff(Role.CASE_OFFICER)
    world.act(preparer)
    _propose_as(made, preparer)
    with pytest.raises(IntegrityError, match="the_preparer_never_signs"):
        _insert(made, prepared_by_id=preparer.user_id, signed_by_id=preparer.user_id)


@pytest.mark.req("H-02")
def test_sql_cannot_name_another_preparer_while_the_proposal_is_handed_over(world):
    made = journeys.case_with_a_working_proposal(world)
    other = world.staff(Role.CASE_OFFICER)
    with pytest.raises(DatabaseError, match="made by the one who acts"), transaction.atomic():
        Proposal.objects.filter(pk=made.proposal.pk).update(
            facts={}, outcome={}, prepared_by=other.user_id, proposed_at=clock.now()
        )
    world.act(other)
    _propose_as(made, other)
    world.act(made.officer)
    with pytest.raises(DatabaseError, match="who drafted a proposal does not sign it"):
        _insert(made, prepared_by_id=other.user_id, signed_by_id=made.officer.user_id)


def _propose_as(made, actor) -> None:
    Proposal.objects.filter(pk=made.proposal.pk).update(
        facts={}, outcome={}, prepared_by=actor.user_id, proposed_at=clock.now()
    )


@pytest.mark.req("H-02")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions_decision SET signed_by_id = prepared_by_id",
        "UPDATE decisions_decision SET kind = 'refusal'",
        "DELETE FROM decisions_decision",
        "UPDATE decisions_grant SET total_s = 1",
        "DELETE FROM decisions_grant",
        "UPDATE decisions_proposal SET reasons = 'x'",
        "UPDATE decisions_proposal SET proposed_at = NULL, prepared_by_id = NULL",
        "DELETE FROM decisions_proposal",
        "UPDATE decisions_gateanswer SET evidence = 'x'",
        "UPDATE decisions_return SET reason = 'x'",
        "UPDATE decisions_service SET served_on = now()",
        "UPDATE decisions_letter SET voice = 'x'",
    ],
)
def test_what_is_signed_is_frozen_for_the_application_role(world, statement):
    made = journeys.case_ready_for_decision(world)
    journeys.sign(made)
    before = (Decision.objects.values().get(), Proposal.objects.values().get())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (Decision.objects.values().get(), Proposal.objects.values().get()) == before


@pytest.mark.req("K-07")
def test_two_stretches_of_a_decision_never_overlap(world):
    decision = journeys.sign(journeys.case_ready_for_decision(world))
    grant = decision.grants.order_by("valid").first()
    with pytest.raises(IntegrityError, match="one_stretch_at_a_time"), transaction.atomic():
        Grant.objects.create(
            decision=decision, valid=DateRange(date(2027, 1, 1), date(2027, 2, 1)), outcome="municipality",
            **{name: getattr(grant, name) for name in (
                "basic_s", "basic_deduction_s", "basic_after_s", "other_s", "other_deduction_s", "other_after_s",
                "total_s", "municipal_share_s")},
        )  # fmt: skip
