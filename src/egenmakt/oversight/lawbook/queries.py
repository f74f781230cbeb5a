"""What the law holds on a day, and which decisions in force a day of change touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from egenmakt import law
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions.models import Decision, Grant
from egenmakt.foundation.access.actor import Actor
from egenmakt.law.parameters.model import Dated

ONE_DAY = timedelta(days=1)


def entries_on(day: date, words: str = "") -> list[law.CatalogueEntry]:
    """What holds on a day, by act and section; with `words`, what has all of them in name, section or sentence."""
    wanted = words.casefold().split()
    found = [
        entry
        for entry in law.catalogue()
        if (entry.kind == "parameter" or day in entry.period)
        and all(word in _searched(entry) for word in wanted)
    ]
    return sorted(
        found, key=lambda entry: (entry.citation.act, _section_key(entry.citation.section), entry.name)
    )


def _searched(entry: law.CatalogueEntry) -> str:
    return f"{entry.name} {entry.title} {entry.citation} {entry.sentence}".replace("\xa0", " ").casefold()


def _section_key(section: str) -> tuple[tuple[int, str], ...]:
    """Sections in the order a reader expects: 9 § before 9 a § before 10 §, 51 kap. 3 § before 51 kap. 22 §."""
    return tuple(
        (int(word), "") if word.isdigit() else (0, word) for word in section.replace("§", "").split()
    )


@dataclass(frozen=True)
class Entry:
    """One name of the law: all its wordings, the one on the day first, and how it hangs together with others."""

    name: str
    title: str
    kind: str
    wordings: list[law.CatalogueEntry]
    on_day: law.CatalogueEntry | None
    uses: list[law.CatalogueEntry]
    facts: list[str]
    used_by: list[law.CatalogueEntry]
    values: list[Dated]

    @property
    def shown(self) -> law.CatalogueEntry:
        """The wording that is read: the one on the day, else the latest there is."""
        return self.on_day or self.wordings[0]


def entry_named(name: str, day: date) -> Entry | None:
    """Everything about one name of the law, seen from a day; None when the law has no such name."""
    wordings = [entry for entry in law.catalogue() if entry.name == name]
    if not wordings:
        return None
    on_day = next((entry for entry in wordings if day in entry.period or entry.kind == "parameter"), None)
    shown = on_day or wordings[-1]
    by_name = {
        entry.name: entry for entry in law.catalogue() if day in entry.period or entry.kind == "parameter"
    }
    users = {entry.name: entry for entry in by_name.values() if name in entry.uses}
    values = (
        sorted(shown.parameter.values, key=lambda one: (one.period.start, one.low or 0))
        if shown.parameter
        else []
    )
    return Entry(
        name=name,
        title=shown.title,
        kind=shown.kind,
        wordings=sorted(wordings, key=lambda entry: entry.period.start, reverse=True),
        on_day=on_day,
        uses=[by_name[used] for used in dict.fromkeys(shown.uses) if used in by_name],
        facts=[used for used in dict.fromkeys(shown.uses) if used not in by_name],
        used_by=sorted(users.values(), key=lambda entry: entry.name),
        values=values,
    )


@dataclass(frozen=True)
class Change:
    """Something of the law that begins or ceases on a day."""

    day: date
    entry: law.CatalogueEntry
    values: list[Dated]


def changes_between(first: date, last: date) -> list[Change]:
    """Every parameter value and every wording of a rule that begins in a time, earliest first."""
    found: dict[tuple[date, str], Change] = {}
    for entry in law.catalogue():
        if entry.parameter:
            for value in entry.parameter.values:
                if first <= value.period.start <= last:
                    key = (value.period.start, entry.name)
                    found.setdefault(key, Change(value.period.start, entry, [])).values.append(value)
        elif first <= entry.period.start <= last:
            found.setdefault((entry.period.start, entry.name), Change(entry.period.start, entry, []))
    return sorted(found.values(), key=lambda change: (change.day, change.entry.name))


@dataclass(frozen=True)
class Touched:
    """A decision in force on a day, with the time a week before and from that day, by the facts it was decided on.

    `granted_s` is what the decision grants on the day; a difference from `after_s` means that the law as it is known
    now gives something else than the decision says.
    """

    case: Case
    decision: Decision
    before_s: int
    after_s: int
    granted_s: int
    reason: str

    @property
    def change_s(self) -> int:
        """Seconds a week more (or, negative, less) from the day."""
        return self.after_s - self.before_s

    @property
    def differs(self) -> bool:
        """Whether the law gives something else than the decision."""
        return self.after_s != self.granted_s


def decisions_touched(actor: Actor, day: date) -> list[Touched]:
    """The decisions in force on a day, among the actor's cases, whose hours change that day or differ from the law.

    Each is worked out anew from the facts stored with the decision. Logged as a list of what is shown. The number
    of queries does not grow with the decisions.
    """
    cases = {case.pk: case for case in case_gate.listed(actor)}
    grants = (
        Grant.objects.filter(decision__case_id__in=cases, valid__contains=day)
        .select_related("decision", "decision__proposal")
        .order_by("decision__number")
    )
    found: list[Touched] = []
    for grant in grants:
        touched = _touched(grant, cases[grant.decision.case_id], day)
        if touched and (touched.change_s or touched.differs):
            found.append(touched)
    case_gate.shown(actor, [one.case for one in found])
    return found


def _touched(grant: Grant, case: Case, day: date) -> Touched | None:
    stored = grant.decision.proposal.facts
    if not stored:
        return None
    facts = law.facts_from_json(stored)
    first, last = max(facts.on, day - ONE_DAY), day
    if facts.until is not None and last > facts.until:
        return None
    assessed = law.assess(law.facts_from_json({**stored, "on": first.isoformat(), "until": last.isoformat()}))
    before, after = assessed.timeline.at(first), assessed.timeline.at(day)
    return Touched(
        case=case,
        decision=grant.decision,
        before_s=before.total_s,
        after_s=after.total_s,
        granted_s=grant.total_s,
        reason=_why(facts.born, day),
    )


def _why(born: date, day: date) -> str:
    """The birthday that falls in the month which begins on the day, when the deduction changes with it."""
    age = day.year - born.year
    if day.day == 1 and day.month == born.month and age in (1, 7, 12, 18):
        return str(age)
    return ""


def rests_on(name: str, decisions: Iterable[dict[str, Any]]) -> int:
    """In how many stored explanations a rule was applied (trees of findings as stored with decisions)."""

    def applied(finding: dict[str, Any]) -> bool:
        return finding.get("rule") == name or any(applied(child) for child in finding.get("children", []))

    return sum(any(applied(finding) for finding in outcome.get("findings", [])) for outcome in decisions)


def decisions_resting_on(actor: Actor, name: str, day: date) -> list[tuple[Decision, Case]]:
    """The decisions in force on a day, among the actor's cases, in whose explanation the rule was applied."""
    cases: dict[UUID, Case] = {case.pk: case for case in case_gate.listed(actor)}
    decisions = (
        Decision.objects.filter(case_id__in=cases, grants__valid__contains=day)
        .select_related("proposal")
        .order_by("number")
        .distinct()
    )
    found = [
        (decision, cases[decision.case_id])
        for decision in decisions
        if decision.proposal.outcome and rests_on(name, [decision.proposal.outcome])
    ]
    case_gate.shown(actor, [case for _decision, case in found])
    return found
