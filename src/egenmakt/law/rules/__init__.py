"""Rules: plain functions with a citation, the graph they form by their argument names, and the trace.

What for: one text of each rule, read by people, run for one person, and compiled for many. Serves every
row that names a section of law.
A rule is a typed function of named facts, other rules and parameters; see `rule` and `Rulebook`.
"""

from __future__ import annotations

from egenmakt.law.rules.book import Edition, NoRule, Rulebook, RulesFaulty
from egenmakt.law.rules.exceptions import in_force
from egenmakt.law.rules.reading import Reading
from egenmakt.law.rules.rule import Rule, rule, rules_in
from egenmakt.law.rules.subset import parsed
from egenmakt.law.rules.trace import Trace

__all__ = [
    "Edition",
    "NoRule",
    "Reading",
    "Rule",
    "Rulebook",
    "RulesFaulty",
    "Trace",
    "in_force",
    "parsed",
    "rule",
    "rules_in",
]
