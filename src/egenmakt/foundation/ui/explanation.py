"""A Finding made ready to be read: the same tree for officer, person and lawyer.

Takes a `law.findings.Finding` or the JSON of one, as it is stored with a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from egenmakt.foundation.ui.dates import hours, long_date

_OUTCOMES = {
    "met": gettext_noop("uppfyllt"),
    "not_met": gettext_noop("inte uppfyllt"),
    "unclear": gettext_noop("går inte att avgöra"),
}

# What the sentence already says, or what only the machine needs.
_NOT_SHOWN = {"id", "text", "moments"}

_FACTS = {
    "age": gettext_noop("ålder"),
    "assistants_counted": gettext_noop("assistenter som räknas"),
    "basic_after_s": gettext_noop("grundläggande behov efter avdrag"),
    "basic_deduction_s": gettext_noop("avdrag från grundläggande behov"),
    "basic_exempt_s": gettext_noop("grundläggande behov utan avdrag"),
    "basic_s": gettext_noop("grundläggande behov"),
    "born": gettext_noop("född"),
    "counted_as": gettext_noop("räknas som"),
    "counted_s": gettext_noop("räknad tid"),
    "current_s_per_week": gettext_noop("beviljat nu per vecka"),
    "days_per_week": gettext_noop("dygn i veckan"),
    "decider": gettext_noop("vem som beslutar"),
    "exempt_from_deduction": gettext_noop("undantas från avdrag"),
    "from": gettext_noop("från och med"),
    "granted_before_age_limit": gettext_noop("beviljat före åldersgränsen"),
    "ground": gettext_noop("skäl"),
    "group": gettext_noop("personkretsens grupp"),
    "met_otherwise_minutes": gettext_noop("tillgodosett på annat sätt, minuter"),
    "minutes": gettext_noop("minuter"),
    "need": gettext_noop("behov"),
    "need_s": gettext_noop("behov"),
    "other_after_s": gettext_noop("andra behov efter avdrag"),
    "other_deduction_s": gettext_noop("avdrag från andra behov"),
    "other_exempt_s": gettext_noop("andra behov utan avdrag"),
    "other_s": gettext_noop("andra personliga behov"),
    "per": gettext_noop("hur ofta"),
    "per_day_s": gettext_noop("avdrag per dygn"),
    "reached": gettext_noop("åldersgränsen nådd"),
    "reached_when_received": gettext_noop("åldersgränsen nådd när ansökan kom in"),
    "received": gettext_noop("ansökan kom in"),
    "share_hours": gettext_noop("timmar kommunen betalar"),
    "table": gettext_noop("tabell"),
    "threshold_hours": gettext_noop("gräns, timmar"),
    "times": gettext_noop("gånger"),
    "to": gettext_noop("till och med"),
    "total_s": gettext_noop("tid per vecka"),
    "tried": gettext_noop("prövat"),
    "weekly_s": gettext_noop("tid per vecka"),
}

_VALUES = {
    "activation": gettext_noop("aktivering och motivering"),
    "basic": gettext_noop("grundläggande behov"),
    "breathing": gettext_noop("andning"),
    "communication": gettext_noop("kommunikation"),
    "day": gettext_noop("varje dygn"),
    "directly_necessary": gettext_noop("direkt nödvändig åtgärd"),
    "dressing": gettext_noop("av- och påklädning"),
    "fortnight": gettext_noop("varannan vecka"),
    "harm_prevention": gettext_noop("förebygga skada"),
    "health_care": gettext_noop("hälso- och sjukvård"),
    "hygiene": gettext_noop("personlig hygien"),
    "intimate": gettext_noop("privat och integritetskänsligt"),
    "judged_by_older_law": gettext_noop("bedöms efter äldre lag"),
    "meals": gettext_noop("måltider"),
    "medical": gettext_noop("stöd på grund av medicinskt tillstånd"),
    "month": gettext_noop("varje månad"),
    "municipality": gettext_noop("kommunen"),
    "nature_unknown": gettext_noop("hjälpens karaktär är inte bedömd"),
    "no": gettext_noop("nej"),
    "not_counted": gettext_noop("räknas inte"),
    "not_intimate": gettext_noop("inte privat och integritetskänsligt"),
    "other": gettext_noop("andra personliga behov"),
    "other_need": gettext_noop("andra personliga behov"),
    "refused": gettext_noop("ingen rätt"),
    "self_care_not_in_force": gettext_noop("egenvårdsbedömning gäller inte"),
    "state": gettext_noop("Försäkringskassan"),
    "tube_feeding": gettext_noop("sondmatning"),
    "unclear": gettext_noop("går inte att avgöra"),
    "unknown": gettext_noop("okänt"),
    "week": gettext_noop("varje vecka"),
    "whatever_nature": gettext_noop("oavsett hjälpens karaktär"),
    "year": gettext_noop("varje år"),
    "yes": gettext_noop("ja"),
}


@dataclass(frozen=True)
class Fact:
    """One fact as a person reads it."""

    name: str
    shown: str


@dataclass(frozen=True)
class Explained:
    """One rule applied. `outcome` is met, not_met or unclear; `word` says it in Swedish.

    `valid_from` is when the wording began to hold and `branch` the condition that decided, where they are given.
    """

    rule: str
    sentence: str
    citation: str
    outcome: str
    word: str
    result: str = ""
    facts: list[Fact] = field(default_factory=list)
    valid_from: date | None = None
    branch: str = ""
    children: list[Explained] = field(default_factory=list)


def explained(finding: Any) -> Explained:
    """The finding with everything in words. What has no word here is shown by its own name."""
    source: Mapping[str, Any] = finding.to_json() if hasattr(finding, "to_json") else finding
    rule, facts = str(source.get("rule", "")), source.get("facts") or {}
    outcome = str(source.get("outcome", ""))
    if outcome not in _OUTCOMES:
        outcome = "unclear"
    return Explained(
        rule=str(source.get("law_rule") or rule),
        sentence=str(source.get("reason") or rule),
        citation=str(source.get("citation", "")),
        outcome=outcome,
        word=_(_OUTCOMES[outcome]),
        result=_result(rule, facts, source.get("result")),
        facts=[
            Fact(fact_name(name), shown(name, value))
            for name, value in facts.items()
            if name not in _NOT_SHOWN
        ],
        valid_from=_day(source.get("valid_from")),
        branch=str(source.get("branch") or ""),
        children=[explained(child) for child in source.get("children") or []],
    )


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if written else None


def _result(rule: str, facts: Mapping[str, Any], result: Any) -> str:
    """Yes and no are the outcome itself, and not said twice. A whole number beside seconds is seconds."""
    if result is None or isinstance(result, bool) or result in {"yes", "no", "unknown"}:
        return ""
    in_seconds = rule == "right" or any(name.endswith("_s") for name in (rule, *facts))
    return shown("_s" if in_seconds else "", result)


def fact_name(name: str) -> str:
    """What a fact is called on the page."""
    return _(_FACTS[name]) if name in _FACTS else name.removesuffix("_s").replace("_", " ")


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
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{fact_name(str(key))}: {shown(str(key), inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(name, inner) for inner in value)
    return str(value).replace(".", ",")


def _text(value: str) -> str:
    if value in _VALUES:
        return _(_VALUES[value])
    if len(value) == 10 and value[4] == "-":
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value
    return value
