"""What a requirement of the quality gate (beslutskontrollen) is, and what it looks at.

A requirement looks at the dossier and the proposal and says in one Swedish sentence what is fulfilled, or
what is missing and what to do. Those of the checklist (H-17) also need a person's answer with evidence:
what the program found is offered as evidence, the person answers for it. The list itself is `rules.GATE`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from egenmakt.casework.decisions.computing import Computed, Recomputation
from egenmakt.casework.decisions.dossier import Dossier
from egenmakt.casework.decisions.models import DecisionKind, Proposal, RefusalGround
from egenmakt.foundation.access.actor import Actor

About = Literal["matter", "proposal", "signer"]

GRANTING = frozenset({DecisionKind.GRANT, DecisionKind.PARTIAL_REFUSAL})
REFUSING = frozenset({DecisionKind.PARTIAL_REFUSAL, DecisionKind.REFUSAL})
TRIED = GRANTING | REFUSING

# The item of the checklist that a refusal rests on: it is answered "not fulfilled", and only it.
FAILS_ON: dict[str, str] = {
    RefusalGround.NOT_IN_PERSONKRETS: "personkrets",
    RefusalGround.NO_NEED: "need",
    RefusalGround.MET_OTHERWISE: "met_otherwise",
    RefusalGround.AGE_LIMIT: "measure",
    RefusalGround.TEMPORARY_PROTECTION: "measure",
}


@dataclass(frozen=True)
class GateContext:
    """What the gate looks at. `signer` is who would decide, None while nobody is about to.

    `computed` is what the law gives for the proposal in this session; `recomputation` is there when it is
    frozen.
    """

    dossier: Dossier
    proposal: Proposal
    guideline: str
    computed: Computed
    recomputation: Recomputation | None = None
    signer: Actor | None = None
    meeting: str = ""

    @property
    def kind(self) -> str:
        """The kind of decision proposed, empty while none is chosen."""
        return self.proposal.kind

    @property
    def fails_on(self) -> str:
        """The checklist item that the proposed decision says is not fulfilled, empty when all are."""
        if self.kind == DecisionKind.DISMISSAL:
            return "applicant"
        return FAILS_ON.get(self.proposal.refusal_ground, "") if self.kind == DecisionKind.REFUSAL else ""

    @property
    def biggest_total_s(self) -> int:
        """The most time in a week that the proposal grants, in seconds."""
        if self.kind not in GRANTING:
            return 0
        return max((int(one["total_s"]) for one in self.computed.timeline), default=0)


@dataclass(frozen=True)
class GateResult:
    """Whether a requirement is fulfilled, and in one sentence why, or what to do. `url` is where to do it.

    `asks` marks a guideline's question: it is shown, and stops nothing (H-01).
    """

    ok: bool
    sentence: str
    url: str = ""
    asks: bool = False


@dataclass(frozen=True)
class Requirement:
    """One requirement. `law` is the section, `rows` the requirement ids, `applies` when it is asked at all.

    `about` says what can mend it: the case, the proposal, or who signs. `question` makes it an item of the
    checklist, answered by a person.
    """

    key: str
    title: str | Promise
    law: str
    rows: tuple[str, ...]
    look: Callable[[GateContext], GateResult]
    about: About = "matter"
    applies: Callable[[GateContext], bool] = lambda _context: True
    question: str | Promise = ""

    def check(self, context: GateContext) -> GateResult:
        """What the requirement says now, the person's answer included."""
        found = self.look(context)
        return _with_answer(self, context, found) if self.question else found

    def as_json(self, result: GateResult) -> dict[str, Any]:
        """The requirement and what it said, as a decision stores it."""
        return {
            "key": self.key,
            "title": str(self.title),
            "law": self.law,
            "requirements": list(self.rows),
            "ok": result.ok,
            "asks": result.asks,
            "sentence": str(result.sentence),
        }


@dataclass(frozen=True)
class Checked:
    """A requirement with its result, for the page; `answer` is there for items of the checklist."""

    requirement: Requirement
    result: GateResult

    @property
    def state(self) -> str:
        """Done, asks (shown, stops nothing) or missing."""
        if self.result.ok:
            return "asks" if self.result.asks else "done"
        return "missing"


def _with_answer(requirement: Requirement, context: GateContext, found: GateResult) -> GateResult:
    answer = context.dossier.answers.get(requirement.key)
    must_fail = context.fails_on == requirement.key
    if must_fail:
        if answer is None or answer.fulfilled:
            return replace(
                found,
                ok=False,
                sentence=_(
                    "Beslutet säger att det här inte är uppfyllt. Svara det i kontrollistan, med underlag."
                ),
            )
        return GateResult(True, _("Inte uppfyllt: %(evidence)s") % {"evidence": answer.evidence}, found.url)
    if not found.ok:
        return found
    if answer is None:
        return replace(found, ok=False, sentence=_("Besvara frågan i kontrollistan. %s") % found.sentence)
    if not answer.fulfilled:
        return replace(
            found, ok=False, sentence=_("Svaret är nej. Då kan insatsen inte beviljas: %s") % answer.evidence
        )
    return replace(found, sentence=found.sentence or answer.evidence)
