"""Findings: one rule of law applied to facts, and what came of it.

What for: the tree of findings is the explanation that the case officer sees, that the decision prints and
stores, and that is checked again later. Serves K-06, H-09 and every row that asks for reasons.
A finding carries its citation, its outcome, the facts it used, the result and the reason in plain Swedish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

__all__ = ["Citation", "Finding", "Outcome"]


class Outcome(StrEnum):
    """What a rule gave: its conditions are met, are not met, or cannot be told from the facts."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the law says it: act, section, part of the section, and the SFS number of the wording used."""

    act: str
    section: str
    part: str = ""
    version: str = ""

    @property
    def place(self) -> str:
        """The section, its part and the act, without the wording."""
        return " ".join(word for word in (self.section, self.part, self.act) if word)

    def __str__(self) -> str:
        if not self.version:
            return self.place
        wording = self.version if self.version[0].isalpha() else f"SFS {self.version}"
        return f"{self.place} ({wording})"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule applied. `reason` is a sentence in Swedish that the person it concerns can follow."""

    rule: str
    citation: Citation
    outcome: Outcome
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)
    result: object = None
    children: tuple[Finding, ...] = ()

    def walk(self) -> Iterator[Finding]:
        """This finding and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, object]:
        """The finding in the shape of the command-line contract."""
        return {
            "rule": self.rule,
            "citation": str(self.citation),
            "outcome": self.outcome.value,
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "result": plain(self.result),
            "reason": self.reason,
            "children": [child.to_json() for child in self.children],
        }


def plain(value: object) -> object:
    """A value as JSON can hold it: dates as ISO text, decimals and enumerations as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return value
