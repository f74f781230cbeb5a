"""Working one decision out anew, from its own facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from egenmakt import law
from egenmakt.casework.decisions.computing import compute
from egenmakt.casework.decisions.models import Decision
from egenmakt.foundation import clock
from egenmakt.oversight.replay.models import Answer, Replay


def replayed(decision: Decision) -> Replay:
    """What comes of working a decision out anew today; not stored."""
    proposal = decision.proposal
    frozen = proposal.outcome or {}
    computed = compute(proposal.facts)
    same_law = proposal.law_hash == law.law_hash() and proposal.engine_version == law.ENGINE_VERSION
    if computed.assessment is None:
        answer = Answer.IMPOSSIBLE
    elif computed.timeline == list(frozen.get("timeline", [])):
        answer = Answer.SAME
    else:
        answer = Answer.DIFFERS if same_law else Answer.LAW_CHANGED
    return Replay(
        municipality_id=decision.municipality_id,
        decision=decision,
        day=clock.today(),
        law_hash=law.law_hash(),
        engine_version=law.ENGINE_VERSION,
        answer=answer,
        problem=computed.problem,
        stretches=[[one["from"], one["to"], one["total_s"]] for one in computed.timeline],
        rules=sorted(set(_applied(frozen.get("findings", [])))),
    )


def _applied(findings: list[dict[str, Any]]) -> Iterator[str]:
    for finding in findings:
        yield finding["rule"]
        yield from _applied(finding.get("children", []))
