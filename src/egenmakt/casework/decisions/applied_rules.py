"""What the lawyer reads: each rule's section and sentence beside its text, with the way it went marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from egenmakt import law
from egenmakt.casework.decisions.calculations import Part
from egenmakt.casework.decisions.explaining import CaseExplained
from egenmakt.casework.needs.branches import name_of
from egenmakt.casework.needs.provenance import rule_name, text_of, way_through
from egenmakt.foundation.ui.explanation import shown
from egenmakt.law.rules import Trace
from egenmakt.law.rules.exceptions import IN_GENERAL
from egenmakt.law.rules.rule import Rule


@dataclass(frozen=True)
class CodeLine:
    """A line of a rule's text: whether it was read on the way to the answer, and whether it gave it."""

    text: str
    read: bool
    answered: bool


@dataclass(frozen=True)
class Way:
    """How a rule went: for which moments (none for the whole), the condition that decided, and the answer."""

    moments: tuple[str, ...]
    condition: str
    answer: str


@dataclass(frozen=True)
class AppliedRule:
    """One rule with its text and its ways. `given` are the facts, where the rule was applied only once."""

    name: str
    rule: Rule
    lines: list[CodeLine]
    ways: list[Way]
    given: list[tuple[str, str]]


def rules_of_the_whole(explained: CaseExplained, part: Part) -> list[AppliedRule]:
    """The rules applied to the person: first those of the explanation, in its order, then what they rest on."""
    finding, stretch, _day = explained.finding(part)
    told = [rule_name(one) for one in finding.walk() if "id" not in one.facts]
    applied = _names(stretch.trace)
    names = dict.fromkeys([*(name for name in told if name in applied), *applied])
    return [_applied(name, [("", stretch.trace)]) for name in names]


def rules_of_moments(part: Part) -> list[AppliedRule]:
    """The rules applied to each moment of the stretch."""
    moments = part.given.moments
    names = dict.fromkeys(name for one in moments for name in _names(one.trace))
    return [
        _applied(name, [(_name(one), one.trace) for one in moments if name in one.edition.rules])
        for name in names
    ]


def _names(trace: Trace) -> list[str]:
    """The rules of a trace; what one says in general is shown as its text."""
    return [name for name in trace.edition.rules if not name.endswith(IN_GENERAL)]


def _name(one: law.AssessedMoment) -> str:
    return one.moment.text or one.moment.need.label


def _applied(name: str, uses: list[tuple[str, Trace]]) -> AppliedRule:
    rule = text_of(uses[0][1], name)
    read, answered = set[int](), set[int]()
    ways: dict[tuple[str, str], list[str]] = {}
    for moment, trace in uses:
        way = way_through(trace, name)
        read |= way.lines
        answered.add(way.answered)
        ways.setdefault((way.condition, in_words(name, trace[name])), []).append(moment)
    lines = [CodeLine(text, number in read, number in answered) for number, text in source_of(rule)]
    given = uses[0][1].used_by(rule.name) if len(uses) == 1 else {}
    told = [Way(tuple(filter(None, moments)), *way) for way, moments in ways.items()]
    return AppliedRule(name, rule, lines, told, _facts(given))


def _facts(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name_of(name), in_words(name, value)) for name, value in given.items()]


def in_words(name: str, value: Any) -> str:
    """A value of a rule or a fact as people read it."""
    return shown(name, value.value if isinstance(value, Enum) else value)


@cache
def source_of(rule: Rule) -> tuple[tuple[int, str], ...]:
    """The lines of the rule's own text with their numbers; its section and validity are told beside it."""
    lines = list(enumerate(rule.source.rstrip().splitlines(), start=1))
    begins = next(place for place, (_number, text) in enumerate(lines) if text.startswith("def "))
    return tuple(lines[begins:])
