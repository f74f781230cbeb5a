"""The quality gate (beslutskontrollen): the one list of what must be fulfilled before a decision can be
signed.

The page, the check at signing, the documentation (`gate_table`) and the record stored with a decision read
this list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from egenmakt.casework.decisions import checks, proposal_checks
from egenmakt.casework.decisions.computing import compute, facts_of, recompute
from egenmakt.casework.decisions.delegation import Delegated, delegated
from egenmakt.casework.decisions.dossier import Dossier, load_dossier
from egenmakt.casework.decisions.models import DecisionKind, Proposal, RefusalGround
from egenmakt.casework.decisions.quality_gate import (
    GRANTING,
    REFUSING,
    TRIED,
    Checked,
    GateContext,
    GateResult,
    Requirement,
)
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor

# Grounds on which nothing of the need is tried any further.
_ENDS_THE_TRIAL = frozenset(
    {RefusalGround.NOT_IN_PERSONKRETS, RefusalGround.TEMPORARY_PROTECTION, RefusalGround.AGE_LIMIT}
)


def _tried(context: GateContext) -> bool:
    """The application is tried in the matter, not dismissed or closed (also while no kind is chosen)."""
    return not context.kind or context.kind in TRIED


def _need_tried(context: GateContext) -> bool:
    refused = context.kind == DecisionKind.REFUSAL
    return _tried(context) and not (refused and context.proposal.refusal_ground in _ENDS_THE_TRIAL)


def _otherwise_tried(context: GateContext) -> bool:
    refused = context.kind == DecisionKind.REFUSAL
    return _need_tried(context) and not (refused and context.proposal.refusal_ground == RefusalGround.NO_NEED)


def _grants(context: GateContext) -> bool:
    return not context.kind or context.kind in GRANTING


def _concerns_a_child(context: GateContext) -> bool:
    return context.dossier.is_child and _tried(context)


def _decided_in_the_matter(context: GateContext) -> bool:
    return context.kind in GRANTING | REFUSING


def _not_closed(context: GateContext) -> bool:
    return context.kind != DecisionKind.CLOSURE


GATE: tuple[Requirement, ...] = (
    Requirement(
        "applicant", _("Den som ansöker har rätt att göra det"), "8 § LSS, 14–15 §§ FL",
        ("H-17", "K-01"), checks.applicant, applies=_not_closed,
        question=_("Är det rätt person, eller en laglig ställföreträdare, som ansöker?"),
    ),
    Requirement(
        "personkrets", _("Personkretsen är prövad med underlag"), "1 § LSS",
        ("H-05", "H-17"), checks.personkrets, applies=_tried,
        question=_("Tillhör personen personkretsen?"),
    ),
    Requirement(
        "measure", _("Insatsen är en av dem i 9 § LSS och är inte utesluten"), "7 a §, 9 § 2 och 9 b § LSS",
        ("H-17", "H-30"), checks.measure, applies=_tried,
        question=_("Kan personen få insatsen enligt 9 § 2 LSS?"),
    ),
    Requirement(
        "need", _("Behovet är visat och inget är oklart"), "7 § och 9 a § LSS",
        ("H-17", "K-02", "K-06"), checks.need, applies=_need_tried,
        question=_("Finns behovet av insatsen?"),
    ),
    Requirement(
        "met_otherwise", _("Det är visat om behovet faktiskt tillgodoses på annat sätt"), "7 § LSS",
        ("H-07", "H-17"), checks.met_otherwise, applies=_otherwise_tried,
        question=_("Är behovet inte redan tillgodosett på annat sätt?"),
    ),
    Requirement(
        "good_living_conditions", _("Insatsen behövs för goda levnadsvillkor"), "5 § och 7 § LSS",
        ("H-17",), checks.good_living_conditions, applies=_grants,
        question=_("Behövs insatsen för att personen ska få goda levnadsvillkor?"),
    ),
    Requirement(
        "own_view", _("Personens egen syn är beskriven"), "6 § LSS",
        ("H-16", "H-20"), checks.own_view, applies=_tried,
    ),
    Requirement(
        "child", _("Barnets perspektiv är beskrivet"), "6 a § och 8 § LSS",
        ("H-09",), checks.childs_perspective, applies=_concerns_a_child,
    ),
    Requirement(
        "communicated", _("Materialet är kommunicerat, eller så finns ett lagligt skäl"), "25 § FL",
        ("H-20",), checks.communicated, applies=_not_closed,
    ),
    Requirement(
        "kind", _("Det framgår vilket beslut som föreslås"), "31 § FL",
        ("H-18",), proposal_checks.kind_chosen, about="proposal",
    ),
    Requirement(
        "ground", _("Avslagsgrunden är laglig"), "1, 7, 7 a och 9 b §§ LSS",
        ("H-21",), proposal_checks.lawful_ground, about="proposal", applies=_tried,
    ),
    Requirement(
        "resources", _("Inget motiveras med brist på resurser"), "7 § LSS",
        ("H-21",), proposal_checks.no_lack_of_resources, about="proposal",
    ),
    Requirement(
        "contents", _("Beslutet säger det som det ska säga"), "31–33 §§ FL",
        ("H-18", "K-10"), proposal_checks.contents, about="proposal",
    ),
    Requirement(
        "period", _("Perioden är bestämd och tidsgränsen motiverad"), "9 § LSS",
        ("H-18", "K-10"), proposal_checks.period, about="proposal", applies=_grants,
    ),
    Requirement(
        "follow_up", _("Uppföljningen är bestämd"), "6 § LSS",
        ("H-19",), proposal_checks.follow_up, about="proposal", applies=_grants,
    ),
    Requirement(
        "outcome", _("Beslutet stämmer med beräkningen"), "9 § 2 och 9 a § LSS",
        ("K-06", "K-07"), checks.outcome_fits, about="proposal", applies=_decided_in_the_matter,
    ),
    Requirement(
        "guideline", _("Avsteg från riktlinjen har skäl"), "",
        ("H-01",), proposal_checks.guideline_departure, about="proposal", applies=_tried,
    ),
    Requirement(
        "amounts", _("Tiden blir densamma när den räknas om"), "32 § FL",
        ("K-06",), checks.amounts, applies=_decided_in_the_matter,
    ),
    Requirement(
        "sender", _("Brevet säger vart ett överklagande lämnas"), "33 § och 43 § FL",
        ("H-22",), checks.sender_known,
    ),
    Requirement(
        "delegation", _("Den som beslutar har delegation"), "6 kap. 37–39 §§ kommunallagen",
        ("H-02",), proposal_checks.delegation_covers, about="signer",
    ),
    Requirement(
        "four_eyes", _("Den som beslutar har inte utrett"), "16–18 §§ FL",
        ("H-02",), proposal_checks.four_eyes, about="signer",
    ),
)  # fmt: skip

CHECKLIST: tuple[Requirement, ...] = tuple(one for one in GATE if one.question)
REQUIREMENTS: dict[str, Requirement] = {one.key: one for one in GATE}


def gate_context(
    proposal: Proposal,
    *,
    guideline: str,
    signer: Actor | None = None,
    meeting: str = "",
    dossier: Dossier | None = None,
) -> GateContext:
    """What the gate looks at for a proposal, loaded in a number of queries that does not grow with the case.

    A frozen proposal is computed again, from its own facts and from the case as it is now.
    """
    found = dossier or load_dossier(proposal.case, proposal)
    if proposal.proposed_at is not None:
        again = recompute(proposal, found, guideline)
        return GateContext(found, proposal, guideline, again.replayed, again, signer, meeting)
    return GateContext(
        found, proposal, guideline, compute(facts_of(found, proposal, guideline)), None, signer, meeting
    )


def checked(context: GateContext) -> list[Checked]:
    """Every requirement that applies, with what it says, in order."""
    return [Checked(one, one.check(context)) for one in GATE if one.applies(context)]


def missing(results: Iterable[Checked]) -> list[Checked]:
    """The requirements that are not fulfilled: those that keep the gate closed."""
    return [one for one in results if not one.result.ok]


def keeps_from_proposing(results: Iterable[Checked]) -> list[Checked]:
    """What must be mended before the proposal is handed over: itself, and the checklist that is frozen
    with it.

    What the case still waits for (an answer, the child's view) may come while the decider reads.
    """
    return [
        one
        for one in missing(results)
        if one.requirement.about == "proposal" or one.requirement.question or one.requirement.key == "amounts"
    ]


def facts_to_freeze(context: GateContext) -> dict[str, Any] | None:
    """The facts of the proposal as it is handed over; None where the application is not tried in the
    matter."""
    if context.kind not in TRIED:
        return None
    return facts_of(context.dossier, context.proposal, context.guideline)


def may_handle_as_decider(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor may decide proposals of this kind in the unit of the case, and has not prepared
    this one."""
    if actor.user_id in (None, proposal.prepared_by_id, proposal.drafted_by_id):
        return False
    timeline = (proposal.outcome or {}).get("timeline", [])
    found = delegated(actor.guideline, proposal.kind, timeline, clock.today())
    return isinstance(found, Delegated) and found.allows(actor, proposal.case.unit_id)


def gate_json(results: Iterable[Checked]) -> list[dict[str, Any]]:
    """The gate as a decision stores it."""
    return [one.requirement.as_json(one.result) for one in results]


def gate_table() -> list[dict[str, str]]:
    """The list as a table for the documentation: key, title, law, requirement ids, who mends it, who
    answers."""
    about = {"matter": "ärendet", "proposal": "förslaget", "signer": "den som beslutar"}
    return [
        {
            "key": one.key,
            "title": str(one.title),
            "law": one.law,
            "requirements": ", ".join(one.rows),
            "about": about[one.about],
            "question": str(one.question),
            "looks_at": " ".join((one.look.__doc__ or "").split("\n\n")[0].split()),
        }
        for one in GATE
    ]


__all__ = [
    "CHECKLIST", "GATE", "REQUIREMENTS", "Checked", "GateContext", "GateResult", "Requirement",
    "checked", "facts_to_freeze", "gate_context", "gate_json", "gate_table", "keeps_from_proposing",
    "may_handle_as_decider", "missing",
]  # fmt: skip
