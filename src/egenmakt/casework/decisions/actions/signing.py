"""Signing a decision: one transaction in which everything happens, or nothing.

The case and the proposal are locked, the whole gate is looked at again, the decision and what it grants
are written, and what is to follow (letters, tasks) is entered in the outbox. A process that dies anywhere
leaves nothing behind.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.utils import translation

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.rules import user_of
from egenmakt.casework.decisions import rules
from egenmakt.casework.decisions.actions.errors import (
    DecidedByAnother,
    GateClosed,
    LetterNotWhole,
    NothingToDecide,
)
from egenmakt.casework.decisions.delegation import Delegated, delegated
from egenmakt.casework.decisions.frozen import frozen
from egenmakt.casework.decisions.letter_content import LetterDiffers, letter_of_decision
from egenmakt.casework.decisions.letters import ContradictoryLetter
from egenmakt.casework.decisions.models import Decision, Grant, LetterText, Proposal
from egenmakt.casework.decisions.quality_gate import GRANTING, Checked, GateContext
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.jobs.actions import enter
from egenmakt.foundation.tenancy.actions import next_number

SERIES = "decision"
LETTERS = "decision_letters"
TASKS = "decision_tasks"

_SUMS = (
    "basic_s", "basic_deduction_s", "basic_after_s", "other_s", "other_deduction_s", "other_after_s", "total_s",
    "municipal_share_s",
)  # fmt: skip
_ONE_DAY = timedelta(days=1)


@transaction.atomic
def sign_decision(*, actor: Actor, case_id: UUID, proposal_id: UUID, meeting: str = "") -> Decision:
    """Sign the proposal as the actor: the decision is made now, and never changes.

    `meeting` names the meeting and paragraph where a committee or the board decided.
    Raises GateClosed with everything that is missing (among it delegation, and having prepared the case),
    DecidedByAnother when someone else was first, NothingToDecide when it was returned or withdrawn,
    LetterNotWhole when no letter can be written of it.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(case=case, pk=proposal_id).first()
    if proposal is None:
        raise Http404
    decided = Decision.objects.filter(case=case).select_related("signed_by").first()
    if decided is not None:
        raise DecidedByAnother(decided)
    if proposal.prepared_by_id is None or hasattr(proposal, "returned"):
        raise NothingToDecide
    proposal.case = case
    with translation.override(
        settings.LANGUAGE_CODE
    ):  # what is kept is Swedish, whatever language the page is read in
        context, results = _looked_at(proposal, actor, meeting)
        kept = rules.gate_json(results)
    if rules.missing(results):
        raise GateClosed(rules.missing(_looked_at(proposal, actor, meeting)[1]))
    found = delegated(actor.guideline, proposal.kind, context.computed.timeline, clock.today())
    assert isinstance(found, Delegated)  # noqa: S101 - the gate has seen to it
    now = clock.now()
    decision = Decision.objects.create(
        proposal=proposal,
        case=case,
        number=f"B-{now.year}-{next_number(series=SERIES, year=now.year):05d}",
        kind=proposal.kind,
        prepared_by_id=proposal.prepared_by_id,
        signed_by_id=user_of(actor),
        signed_at=now,
        decided_on=now.date(),
        delegation=found.order.reference[:200],
        meeting=meeting.strip(),
        gate=kept,
    )
    _grant(decision, proposal)
    LetterText.objects.create(decision=decision, content=_told(decision, context))
    for kind in (LETTERS, TASKS):
        enter(
            kind=kind,
            key=str(decision.pk),
            payload={"decision": str(decision.pk)},
        )
    return decision


def _told(decision: Decision, context: GateContext) -> dict[str, Any]:
    """What the letters will tell, whatever is written in the case between the signing and their making."""
    try:
        return frozen(letter_of_decision(decision, context))
    except (ContradictoryLetter, LetterDiffers) as why:
        raise LetterNotWhole(str(why)) from why


def _looked_at(proposal: Proposal, actor: Actor, meeting: str) -> tuple[GateContext, list[Checked]]:
    """The gate with everything it looked at, in the active language."""
    context = rules.gate_context(proposal, guideline=actor.guideline, signer=actor, meeting=meeting)
    return context, rules.checked(context)


def _grant(decision: Decision, proposal: Proposal) -> None:
    """One row for each stretch in which time is granted; the last has no end when the decision has none."""
    if decision.kind not in GRANTING:
        return
    timeline: list[dict[str, Any]] = (proposal.outcome or {})["timeline"]
    last = timeline[-1]
    Grant.objects.bulk_create(
        Grant(
            municipality_id=decision.municipality_id,
            decision=decision,
            valid=_days(one, open_end=one is last and proposal.ends_on is None),
            outcome=one["outcome"],
            **{name: one[name] for name in _SUMS},
        )
        for one in timeline
        if one["total_s"] > 0
    )


def _days(stretch: dict[str, Any], *, open_end: bool) -> DateRange:
    upper = None if open_end else date.fromisoformat(stretch["to"]) + _ONE_DAY
    return DateRange(date.fromisoformat(stretch["from"]), upper)
