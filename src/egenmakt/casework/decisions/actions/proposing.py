"""Writing a proposal, answering the checklist, handing it to the decider, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import require_current, user_of, works_on
from egenmakt.casework.decisions import rules, standard_reasons
from egenmakt.casework.decisions.actions.errors import (
    CaseIsDecided,
    GateClosed,
    NothingToDecide,
    ProposalInvalid,
    ProposalIsWaiting,
)
from egenmakt.casework.decisions.models import Decision, GateAnswer, Proposal, Return
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.identity.models import Role

# What the officer writes; a returned proposal's are copied to the next one.
FIELDS = (
    "kind", "refusal_ground", "applied_for", "refused", "refusal_reasons", "reasons", "plain_reasons", "goal", "scope",
    "form_of_support", "starts_on", "ends_on", "period_reasons", "review_reservation", "follow_up_on",
    "guideline_departure",
)  # fmt: skip


@transaction.atomic
def revise_proposal(*, actor: Actor, case_id: UUID, version: int, **fields: Any) -> Proposal:
    """Write the working proposal; the first time it is begun. What is not named stays as it is. `version`
    is 0 for a proposal that is not begun.

    Raises NotAllowed, StaleVersion, ProposalIsWaiting, CaseIsDecided; TypeError for what is no field of a
    proposal.
    """
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"a proposal has no {', '.join(sorted(unknown))}")
    case = _open_to_prepare(actor, case_id)
    proposal = working_proposal(case)
    if proposal is None and version == 0:
        proposal = _begun(actor, case)
    elif proposal is None:
        raise NothingToDecide(_("Förslaget finns inte längre. Ladda om sidan."))
    else:
        require_current(
            proposal,
            version,
            current={name: getattr(proposal, name) for name in fields},
            posted=dict(fields),
        )
        proposal.version += 1
    for name, value in fields.items():
        setattr(proposal, name, value.strip() if isinstance(value, str) else value)
    proposal.save()
    return proposal


def _begun(actor: Actor, case: Case) -> Proposal:
    """A proposal with what is already known: what was applied for, and the period of the sheet of moments."""
    application = getattr(case, "application", None)
    sheet = getattr(case, "needs_sheet", None)
    return Proposal(
        case=case,
        drafted_by_id=user_of(actor),
        applied_for=application.asks_for if application else "",
        starts_on=sheet.starts_on if sheet else None,
        ends_on=sheet.ends_on if sheet else None,
    )


@transaction.atomic
def insert_reason(*, actor: Actor, case_id: UUID, version: int, key: str) -> Proposal:
    """Put a standard reason, with the case's figures, last in its field of the working proposal.

    Raises as revise_proposal, and ProposalInvalid for a text that does not fit the proposal.
    """
    case = _open_to_prepare(actor, case_id)
    proposal = working_proposal(case)
    if proposal is None:
        raise NothingToDecide(_("Spara förslaget först."))
    context = rules.gate_context(proposal, guideline=actor.guideline)
    texts = standard_reasons.offered(context.dossier, proposal, context.computed)
    found = next((one for one in texts if one.key == key), None)
    if found is None:
        raise ProposalInvalid({"": _("Texten passar inte till det här förslaget.")})
    filled = standard_reasons.filled(found, context.dossier, proposal, context.computed)
    before = getattr(proposal, found.field).strip()
    text = f"{before}\n\n{filled}" if before else filled
    return revise_proposal(actor=actor, case_id=case_id, version=version, **{found.field: text})


@dataclass(frozen=True)
class Answered:
    """What a person answers to one item of the checklist; `version` is 0 for an item not answered before."""

    fulfilled: bool
    evidence: str
    version: int = 0


@transaction.atomic
def answer_checklist(
    *, actor: Actor, case_id: UUID, answers: Mapping[str, Answered]
) -> dict[str, GateAnswer]:
    """Answer items of the checklist (H-17), each with its evidence. Only while the proposal is being written.

    Raises ProposalInvalid with every error at once (by item), StaleVersion, ProposalIsWaiting, NotAllowed.
    """
    case = _open_to_prepare(actor, case_id)
    proposal = working_proposal(case)
    if proposal is None:
        raise NothingToDecide(_("Skriv förslaget först. Kontrollistan hör till det."))
    items = {one.key for one in rules.CHECKLIST}
    errors = {
        key: _("Skriv vilket underlag svaret vilar på.")
        for key, one in answers.items()
        if not one.evidence.strip()
    }
    errors |= {key: _("Frågan finns inte i kontrollistan.") for key in answers if key not in items}
    if errors:
        raise ProposalInvalid(errors)
    stored = {
        one.requirement: one for one in GateAnswer.objects.select_for_update().filter(proposal=proposal)
    }
    return {key: _answer(actor, proposal, key, one, stored.get(key)) for key, one in answers.items()}


def _answer(
    actor: Actor, proposal: Proposal, key: str, answered: Answered, stored: GateAnswer | None
) -> GateAnswer:
    evidence = answered.evidence.strip()
    if stored is not None and (stored.fulfilled, stored.evidence) == (answered.fulfilled, evidence):
        return stored
    row = stored or GateAnswer(proposal=proposal, requirement=key, version=0)
    require_current(
        row,
        answered.version,
        current={key: row.evidence},
        posted={key: evidence},
    )
    row.fulfilled, row.evidence = answered.fulfilled, evidence
    row.answered_by_id, row.answered_at = user_of(actor), clock.now()
    row.version += 1
    row.save()
    return row


@transaction.atomic
def propose(*, actor: Actor, case_id: UUID, version: int) -> Proposal:
    """Hand the proposal to the decider: from now it is frozen, with its facts, what the law gave, and by
    which law.

    What must be in order is everything that can only be mended in the proposal itself, and the checklist;
    what the case still waits for (an answer, for example) may come later. Raises GateClosed with all that
    is missing.
    """
    case = _open_to_prepare(actor, case_id)
    proposal = working_proposal(case)
    if proposal is None:
        raise NothingToDecide(_("Det finns inget förslag att lämna till beslut."))
    require_current(proposal, version, current={}, posted={})
    context = rules.gate_context(proposal, guideline=actor.guideline)
    stops = rules.keeps_from_proposing(rules.checked(context))
    if stops:
        raise GateClosed(stops)
    facts, assessed = rules.facts_to_freeze(context), context.computed.assessment
    proposal.facts = facts or {}
    proposal.outcome = assessed.to_json() if facts and assessed else {"timeline": []}
    proposal.law_hash, proposal.engine_version = law.law_hash(), law.ENGINE_VERSION
    proposal.prepared_by_id, proposal.proposed_at = user_of(actor), clock.now()
    proposal.version += 1
    proposal.save()
    return proposal


@transaction.atomic
def withdraw_proposal(*, actor: Actor, case_id: UUID, reason: str) -> Proposal:
    """Take back a proposal that waits for decision, and go on from a copy of it. For those who prepare the
    case.

    Raises NothingToDecide when none waits, ProposalInvalid without a reason.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    _require_preparer(actor, case)
    return _sent_back(actor, case, reason, _("Skriv varför du drar tillbaka förslaget."))


@transaction.atomic
def return_proposal(*, actor: Actor, case_id: UUID, reason: str) -> Proposal:
    """Send a proposal back to its preparer with what is to be mended; she goes on from a copy of it.

    For those who may decide in the unit. Raises NotAllowed, NothingToDecide, ProposalInvalid without a
    reason.
    """
    case = case_gate.open(actor, case_id, for_change=True)
    waiting = waiting_proposal(case)
    if waiting is None:
        raise NothingToDecide
    if not rules.may_handle_as_decider(actor, waiting):
        raise NotAllowed(
            _("Förslaget återlämnas av den som får besluta. Du kan dra tillbaka ditt eget förslag.")
        )
    return _sent_back(actor, case, reason, _("Skriv vad som ska rättas eller kompletteras."))


def _sent_back(actor: Actor, case: Case, reason: str, without_reason: str) -> Proposal:
    old = waiting_proposal(case)
    if old is None:
        raise NothingToDecide
    if not reason.strip():
        raise ProposalInvalid({"reason": without_reason})
    Return.objects.create(proposal=old, by_id=user_of(actor), at=clock.now(), reason=reason.strip())
    copied = {name: getattr(old, name) for name in FIELDS}
    new = Proposal.objects.create(case=case, drafted_by_id=old.drafted_by_id, **copied)
    for answer in GateAnswer.objects.filter(proposal=old):
        GateAnswer.objects.create(
            proposal=new,
            requirement=answer.requirement,
            fulfilled=answer.fulfilled,
            evidence=answer.evidence,
            answered_by_id=answer.answered_by_id,
            answered_at=answer.answered_at,
        )
    return new


def working_proposal(case: Case) -> Proposal | None:
    """The proposal being written, locked; there is at most one."""
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(case=case, proposed_at=None)
        .first()
    )


def waiting_proposal(case: Case) -> Proposal | None:
    """The proposal that waits for decision, locked; None when none does."""
    return (
        Proposal.objects.select_for_update(of=("self",))
        .filter(case=case, proposed_at__isnull=False, returned=None, decision=None)
        .first()
    )


def _open_to_prepare(actor: Actor, case_id: UUID) -> Case:
    """The case, locked, for those who prepare it; refused when it is decided or a proposal waits."""
    case = case_gate.open(actor, case_id, for_change=True)
    _require_preparer(actor, case)
    decided = Decision.objects.filter(case=case).select_related("signed_by").first()
    if decided is not None:
        raise CaseIsDecided(decided)
    if waiting_proposal(case) is not None:
        raise ProposalIsWaiting
    return case


def _require_preparer(actor: Actor, case: Case) -> None:
    if not (actor.has(Role.CASE_OFFICER) and works_on(actor, case)):
        raise NotAllowed(_("Förslaget skrivs av den som handlägger ärendet."))
    if case.closed_on is not None:
        raise NotAllowed(_("Ärendet är avslutat. Det kan läsas men inte ändras."))
