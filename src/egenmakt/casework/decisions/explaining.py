"""A case's assessment to be explained: to the officer, to the person herself and to the lawyer, from the same trace.

What is frozen is explained from its frozen facts; else from what the case holds now. Nothing is worked out here that
the law has not worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from egenmakt import law
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions import queries
from egenmakt.casework.decisions.calculations import Part, parts_of
from egenmakt.casework.decisions.models import Decision, Proposal
from egenmakt.casework.decisions.quality_gate import GateContext
from egenmakt.casework.decisions.rules import gate_context
from egenmakt.casework.needs.provenance import in_assessment, with_provenance
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor


@dataclass(frozen=True)
class CaseExplained:
    """What there is to explain in a case: the gate's view of its proposal, and the decision when there is one."""

    context: GateContext
    decision: Decision | None

    @property
    def assessment(self) -> law.Assessment | None:
        """What the law gives on the facts; None when it gives nothing, and `problem` says why."""
        return self.context.computed.assessment

    @property
    def problem(self) -> str:
        return self.context.computed.problem

    @property
    def differs(self) -> bool:
        """Whether what was frozen no longer comes out when it is worked out anew."""
        again = self.context.recomputation
        return again is not None and not again.same_when_replayed

    @cached_property
    def parts(self) -> list[Part]:
        """The stretches of time with equal sums, in order."""
        return parts_of(self.context)

    def part(self, asked: str) -> Part | None:
        """The stretch that begins on the day asked for; else the one of today, else the first."""
        today = clock.today()
        chosen = [one for one in self.parts if one.first_day.isoformat() == asked]
        current = [
            one
            for one in self.parts
            if one.first_day <= today and (one.last_day is None or today <= one.last_day)
        ]
        return next(iter([*chosen, *current, *self.parts]), None)

    def finding(self, part: Part) -> tuple[law.Finding, law.AssessedStretch, date]:
        """The tree of the stretch, what it is a view of, and the day whose law it is."""
        assert self.assessment is not None  # noqa: S101  # there is a part
        trees = zip(self.assessment.timeline, self.assessment.findings, strict=True)
        stretch, tree = next(one for one in trees if part.first_day in one[0].period)
        return tree, stretch.value, self.assessment.law_of or stretch.period.start


def explain_case(actor: Actor, case: Case) -> CaseExplained:
    """What is to be explained in a case that the gate has opened. A number of queries that does not grow."""
    signed = queries.decision_of(case)
    proposal = signed.proposal if signed else queries.current_proposal(case)
    if proposal is None:
        proposal = Proposal(case=case)
    proposal.case = case
    return CaseExplained(gate_context(proposal, guideline=actor.guideline), signed)


def tree_of(explained: CaseExplained, part: Part) -> dict[str, Any]:
    """The officer's tree: each rule with its section, since when it holds, its facts and the branch that decided.

    What was frozen and comes out otherwise today is told as it was frozen.
    """
    if explained.differs:
        frozen: list[dict[str, Any]] = (explained.context.proposal.outcome or {}).get("findings", [])
        day = part.first_day.isoformat()
        for one in frozen:
            if one["facts"]["from"] <= day <= (one["facts"]["to"] or day):
                return one
    finding, stretch, day_of_law = explained.finding(part)
    return with_provenance(finding, in_assessment(stretch), day_of_law)
