"""A Finding made ready to be read: the same tree for officer, person and lawyer.

Takes a `law.findings.Finding` or the JSON of one, as it is stored with a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from egenmakt.foundation.ui.dates import hours, long_date


@dataclass(frozen=True)
class Fact:
    """One fact as a person reads it."""

    name: str
    shown: str


@dataclass(frozen=True)
class Explained:
    """One rule applied. `outcome` is met, not_met or unclear; `word` says it in Swedish."""

    rule: str
    sentence: str
    citation: str
    outcome: str
    word: str
    result: str = ""
    facts: list[Fact] = field(default_factory=list)
    children: list[Explained] = field(default_factory=list)


def explained(finding: Any) -> Explained:
    """The finding with everything in words."""
    source: Mapping[str, Any] = finding.to_json() if hasattr(finding, "to_json") else finding
    outcome = str(source.get("outcome", "unclear"))
    words = {"met": _("uppfyllt"), "not_met": _("inte uppfyllt"), "unclear": _("går inte att avgöra")}
    result = source.get("result")
    return Explained(
        rule=str(source.get("rule", "")),
        sentence=str(source.get("reason") or source.get("rule", "")),
        citation=str(source.get("citation", "")),
        outcome=outcome if outcome in words else "unclear",
        word=words.get(outcome, words["unclear"]),
        result="" if result is None or isinstance(result, bool) else shown("", result),
        facts=[Fact(name.removesuffix("_s").replace("_", " "), shown(name, value))
               for name, value in (source.get("facts") or {}).items()],
        children=[explained(child) for child in source.get("children") or []],
    )  # fmt: skip


def shown(name: str, value: Any) -> str:
    """A value in words: `_s` is seconds and shown as hours, dates in full, yes and no, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, int) and name.endswith(("_s", "_s_per_week", "_s_per_day")):
        return hours(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, Mapping):
        return ", ".join(
            f"{key.removesuffix('_s').replace('_', ' ')}: {shown(str(key), inner)}"
            for key, inner in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(shown(name, inner) for inner in value)
    return str(value)
