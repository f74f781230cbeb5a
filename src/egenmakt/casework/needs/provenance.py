"""Findings with where each comes from beside it: since when the wording holds, and which branch of the rule decided.

The same tree for officer and lawyer: what is added is read from the trace the finding is a view of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.needs.branches import Branch, Words, branch_of
from egenmakt.law.rules import Trace, in_force
from egenmakt.law.rules.rule import Rule

# The root of an assessment carries the citation of the rule that says who decides.
_ROOT = {"right": "outcome"}
TraceOf = Callable[[law.Finding], Trace | None]


def rule_name(finding: law.Finding) -> str:
    """The name of the rule whose section and wording the finding cites."""
    return _ROOT.get(finding.rule, finding.rule)


def rule_of(finding: law.Finding, trace: Trace | None, day: date) -> Rule | None:
    """The wording that was applied; None for what no rule of the assessment says."""
    name = rule_name(finding)
    if trace is not None and name in trace.edition.rules:
        return trace.edition.rules[name]
    book = law.rulebook()
    return book.wording(name, day) if name in book.wordings else None


def way_of(finding: law.Finding, trace: Trace | None, words: Words | None = None) -> Branch | None:
    """The way the rule went; None where the values it was given are not in the trace."""
    name = rule_name(finding)
    if trace is None or name not in trace.edition.rules:
        return None
    return way_through(trace, name, words)


def text_of(trace: Trace, name: str) -> Rule:
    """The rule with its own text: what it says in general, where it has exceptions."""
    made = trace.edition.rules[name]
    return trace.edition.rules[made.arguments[0]] if made.exceptions else made


def way_through(trace: Trace, name: str, words: Words | None = None) -> Branch:
    """The way a rule of the trace went; by the exception that applied, no line of its own text decided."""
    exception = in_force(trace.edition.rules[name], trace)
    if exception is not None:
        return Branch(_("ett undantag gäller: %s") % exception.sentence, frozenset(), 0)
    text = text_of(trace, name)
    return branch_of(text, trace.used_by(text.name), words)


def in_assessment(stretch: law.AssessedStretch) -> TraceOf:
    """Which trace a finding of the stretch is a view of: a moment's own, else that of the whole."""

    def trace_of(finding: law.Finding) -> Trace | None:
        if "id" in finding.facts:
            return stretch.moment(str(finding.facts["id"])).trace
        return None if finding.rule == "admitted" else stretch.trace

    return trace_of


def with_provenance(
    finding: law.Finding, trace_of: TraceOf, day: date, words: Words | None = None
) -> dict[str, Any]:
    """The finding as JSON, each with `valid_from` and `branch` where they are known. `day` is whose law it is.

    `words` says what things are called in a branch.
    """
    trace = trace_of(finding)
    made, way = rule_of(finding, trace, day), way_of(finding, trace, words)
    told = finding.to_json()
    told["children"] = [with_provenance(child, trace_of, day, words) for child in finding.children]
    if made is not None:
        told["valid_from"] = made.period.start.isoformat()
        told["law_rule"] = made.name
    if way is not None and way.condition:
        told["branch"] = way.condition
    return told
