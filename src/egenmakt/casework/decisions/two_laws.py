"""The law of each day beside the law as it stood on one day, for one person: hours over time, and rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.needs.provenance import in_assessment, rule_of
from egenmakt.foundation.ui.pictures import Step, StepPicture
from egenmakt.law.timeline import Stretch

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Beside:
    """A stretch of time with the two laws' answers. The last day is None where it goes on."""

    first: date
    last: date | None
    own: law.AssessedStretch
    other: law.AssessedStretch

    @property
    def change_s(self) -> int:
        """Seconds a week more (or, negative, less) by the law of the day asked about."""
        return self.other.total_s - self.own.total_s

    @property
    def same(self) -> bool:
        return self.own.sums == self.other.sums


@dataclass(frozen=True)
class RuleDiffers:
    """A rule that says another thing by the other law: its section and what it gave, by each; empty where not used."""

    name: str
    own_section: str
    own_says: str
    other_section: str
    other_says: str


@dataclass(frozen=True)
class TwoLaws:
    """The comparison: `day` is whose law the other is."""

    day: date
    own: law.Assessment
    other: law.Assessment

    @property
    def stretches(self) -> list[Beside]:
        """The stretches in which neither law's sums change, in order; neighbours that look the same are one."""
        found: list[Beside] = []
        for first, last, one, other in _together(self.own, self.other):
            before = found[-1] if found else None
            if before and before.own.sums == one.sums and before.other.sums == other.sums:
                found[-1] = Beside(before.first, last, before.own, before.other)
            else:
                found.append(Beside(first, last, one, other))
        return found

    @property
    def pictures(self) -> list[StepPicture]:
        """The hours over time by each law, on one scale."""
        rows = self.stretches
        most = max(max(one.own.total_s, one.other.total_s) for one in rows)
        titles = (_("Den lag som gäller varje dag"), _("Lagen den valda dagen"))
        return [
            StepPicture(title, list(_steps(rows, which)), height=130, most_s=most)
            for title, which in zip(titles, ("own", "other"), strict=True)
        ]

    def rules(self, day: date) -> list[RuleDiffers]:
        """The rules that differ on a day: in wording, or in what they gave."""
        one, other = (_told(assessment, day) for assessment in (self.own, self.other))
        names = dict.fromkeys([*one, *other])
        empty = ("", "", "")
        return [
            RuleDiffers(
                one.get(key, other.get(key, empty))[2], *one.get(key, empty)[:2], *other.get(key, empty)[:2]
            )
            for key in names
            if one.get(key) != other.get(key)
        ]


def compare_laws(facts: law.AssessmentFacts, day: date) -> TwoLaws:
    """Both assessments. Raises NoParameter or NoRule where the law of the day gives no answer."""
    return TwoLaws(day, law.assess(facts), law.assess(facts, law_of=day))


def _together(
    one: law.Assessment, other: law.Assessment
) -> Iterator[tuple[date, date | None, law.AssessedStretch, law.AssessedStretch]]:
    starts = sorted({part.period.start for found in (one, other) for part in found.timeline})
    end = one.facts.period.last
    for place, first in enumerate(starts):
        last = starts[place + 1] - _ONE_DAY if place + 1 < len(starts) else end
        yield first, last, one.timeline.at(first), other.timeline.at(first)


def _steps(rows: list[Beside], which: str) -> Iterator[Step]:
    before: tuple[date, date, int] | None = None
    for row in rows:
        seconds = getattr(row, which).total_s
        last = row.last or row.first + timedelta(days=365)
        if before and before[2] == seconds:
            before = before[0], last, seconds
            continue
        if before:
            yield Step(*before)
        before = row.first, last, seconds
    if before:
        yield Step(*before)


def _told(assessment: law.Assessment, day: date) -> dict[str, tuple[str, str, str]]:
    """Each finding of the day by what it is about: section with SFS number, what it says, the rule's name."""
    trees: zip[tuple[Stretch[law.AssessedStretch], law.Finding]] = zip(
        assessment.timeline, assessment.findings, strict=True
    )
    stretch, tree = next(one for one in trees if day in one[0].period)
    trace_of, of_law = in_assessment(stretch.value), assessment.law_of or day
    told = {}
    for one in tree.walk():
        rule = rule_of(one, trace_of(one), of_law)
        # the tables a rule rests on are told by their own section
        section = str(one.facts.get("table") or one.citation)
        told[f"{one.rule}:{one.facts.get('id', '')}"] = section, one.reason, rule.name if rule else ""
    return told
