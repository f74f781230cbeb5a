"""What the editor shows of the whole sheet: the sums, who decides, what changed, and the pictures.

Nothing is decided here; everything is read from the assessment that the law makes of what is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.needs.forms import SheetForm
from egenmakt.casework.needs.models import Need
from egenmakt.casework.needs.notices import Notice, notices_of
from egenmakt.casework.needs.provenance import in_assessment, with_provenance
from egenmakt.casework.needs.results import RowResult, result_of
from egenmakt.casework.needs.rows import RowForm
from egenmakt.casework.needs.sheet import CaseFacts, MomentValues, SheetValues, facts_from
from egenmakt.casework.needs.words import short_label
from egenmakt.foundation.ui.dates import hours_long, period, short_date
from egenmakt.foundation.ui.pictures import Segment, Step, StepPicture, WeekPicture, WeekRow
from egenmakt.foundation.ui.pictures.axis import percent
from egenmakt.foundation.ui.pictures.week import TONES
from egenmakt.law.lss.parental_deduction import age_by_month
from egenmakt.law.timeline import Stretch

Week = law.AssessedStretch


@dataclass(frozen=True)
class Choice:
    """A stretch of time whose week can be shown."""

    value: str
    label: str
    seconds: int
    chosen: bool


@dataclass(frozen=True)
class BarPart:
    """A part of the slim bar: a need, the deduction hatched over the end of its sum, or the line of twenty hours."""

    x: str
    width: str
    y: int = 3
    height: int = 14
    tone: int = 0
    hatched: bool = False


@dataclass(frozen=True)
class Calculation:
    """Everything the editor shows that is not typed."""

    form: SheetForm
    case: CaseFacts
    assessment: law.Assessment | None
    stored: law.Assessment | None
    problem: str

    @cached_property
    def stretches(self) -> list[Stretch[Week]]:
        """The stretches of time in order, neighbours that look the same as one."""
        return list(self.assessment.timeline.merge(key=_look)) if self.assessment else []

    @cached_property
    def chosen(self) -> Stretch[Week] | None:
        """The stretch whose week is shown: the one asked for, else the first."""
        asked = [one for one in self.stretches if one.period.start.isoformat() == self.form.shown_on]
        return next(iter([*asked, *self.stretches]), None)

    @property
    def period(self) -> str:
        """The days of the stretch shown, in words."""
        return period(self.chosen.period.start, self.chosen.period.last) if self.chosen else ""

    @cached_property
    def week(self) -> Week | None:
        return self.chosen.value if self.chosen else None

    @cached_property
    def moments(self) -> dict[str, law.AssessedMoment]:
        """What the law makes of each row in the week shown, by the row's key."""
        return {moment.id: moment for moment in self.week.moments} if self.week else {}

    @cached_property
    def results(self) -> dict[str, RowResult]:
        """The result of each row, by its key."""
        numbers = {part: place for place, (part, _label, _s) in enumerate(self._parts, start=1)}
        return {row.key: result_of(row, self.moments.get(row.key), numbers) for row in self.form.rows}

    @property
    def lines(self) -> list[tuple[RowForm, RowResult]]:
        """Each row with its result, in the order of the table."""
        return [(row, self.results[row.key]) for row in self.form.rows]

    @property
    def choices(self) -> list[Choice]:
        """The stretches to choose between; empty when the week is the same all the time."""
        if len(self.stretches) < 2:
            return []
        return [
            Choice(
                part.period.start.isoformat(),
                _("från %(day)s") % {"day": short_date(part.period.start)},
                shown_s(part.value),
                part is self.chosen,
            )
            for part in self.stretches
        ]

    @property
    def shown_s(self) -> int:
        """The headline in seconds: the right in the week shown, or the need as long as the right is not clear."""
        return shown_s(self.week) if self.week else 0

    @property
    def headline(self) -> str:
        """What the headline is."""
        return _("Rätt till assistans") if self.week and _is_granted(self.week) else _("Behov av assistans")

    @property
    def verdict(self) -> str:
        """Who decides, or why there is no right or no answer yet; one sentence or two."""
        week = self.week
        if week is None:
            return ""
        if not self.form.counted:
            return _("Skriv det första momentet, så räknas tiden.")
        limit = hours_long(_threshold_s(week))
        if week.outcome is law.Decider.STATE:
            return _("Försäkringskassan beslutar: mer än %(limit)s grundläggande behov.") % {"limit": limit}
        if week.outcome is law.Decider.UNCLEAR:
            return _("Rätten går inte att avgöra än.")
        if week.outcome is law.Decider.REFUSED:
            return _why_refused(week)
        left = _threshold_s(week) - week.basic_after_s
        if left == 0:
            return _("Kommunen beslutar: precis %(limit)s grundläggande behov räcker inte för staten.") % {
                "limit": limit
            }
        return _("Kommunen beslutar: %(left)s till gränsen på %(limit)s grundläggande behov.") % {
            "left": hours_long(left),
            "limit": limit,
        }

    @property
    def why_verdict(self) -> str:
        """Which explanation answers why: the line of twenty hours, or the whole when there is no right to divide."""
        return "verdict" if self.week and _is_granted(self.week) else "total"

    @property
    def change_s(self) -> int | None:
        """How much more the headline is than in the stored sheet on the same day; None when there is none."""
        if self.stored is None or self.chosen is None:
            return None
        try:
            before = self.stored.timeline.at(self.chosen.period.start)
        except LookupError:
            return None
        return self.shown_s - shown_s(before)

    @property
    def basic_off_s(self) -> int:
        """What the parental deduction in fact takes from the basic needs."""
        return self.week.basic_s - self.week.basic_after_s if self.week else 0

    @property
    def other_off_s(self) -> int:
        """What the parental deduction in fact takes from the other needs."""
        return self.week.other_s - self.week.other_after_s if self.week else 0

    @property
    def picture(self) -> WeekPicture | None:
        """The week by need, with the line of twenty hours and the deduction hatched."""
        if self.week is None:
            return None
        return WeekPicture(
            rows=[
                WeekRow(_("Grundläggande"), self._segments("basic"), self.basic_off_s, line=True),
                WeekRow(_("Andra behov"), self._segments("other"), self.other_off_s),
            ],
            line_s=_threshold_s(self.week),
        )

    @property
    def bar(self) -> list[BarPart]:
        """The whole week as one slim bar, for where there is no room for the picture."""
        if self.week is None:
            return []
        top = max(self.week.basic_s + self.week.other_s, _threshold_s(self.week) * 11 // 10)
        parts, start = [], 0
        for place, (_part, _label, seconds) in enumerate(self._parts):
            parts.append(BarPart(percent(start, top), percent(seconds, top), tone=place % TONES + 1))
            start += seconds
        for end, off in ((self.week.basic_s, self.basic_off_s), (start, self.other_off_s)):
            if off:
                parts.append(BarPart(percent(end - off, top), percent(off, top), hatched=True))
        return [*parts, BarPart(percent(_threshold_s(self.week), top), "2", y=0, height=20)]

    @property
    def steps(self) -> StepPicture | None:
        """The hours over time; None when they never change."""
        if len({shown_s(part.value) for part in self.stretches}) < 2 or self.form.values is None:
            return None
        drawn = []
        for before, part in zip([None, *self.stretches], self.stretches, strict=False):
            last = part.period.last or self.form.values.ends_on
            why = self._why(before, part) if before else ""
            drawn.append(Step(part.period.start, last, shown_s(part.value), why))
        return StepPicture(_("Timmar över tid"), drawn, height=116)

    @cached_property
    def notices(self) -> list[Notice]:
        """What to know before the hours can be relied on."""
        return list(notices_of(self))

    @cached_property
    def _parts(self) -> list[tuple[tuple[str, str], str, int]]:
        """The parts of the bars in order: (sum, need), label, seconds."""
        week = self.week
        if week is None:
            return []
        sums: dict[tuple[str, str], int] = {}
        for moment in week.moments:
            if moment.counted_s:
                part = (moment.counted_as.value, moment.need.value)
                sums[part] = sums.get(part, 0) + moment.counted_s
        found = [
            ((kind, need.value), short_label(need), sums[(kind, need.value)])
            for kind in ("basic", "other")
            for need in Need
            if (kind, need.value) in sums
        ]
        night = (("waiting", _("väntetid"), week.waiting_s), ("standby", _("beredskap"), week.standby_s))
        return found + [(("other", name), label, seconds) for name, label, seconds in night if seconds]

    def _segments(self, kind: str) -> list[Segment]:
        return [Segment(label, seconds) for (part, _need), label, seconds in self._parts if part == kind]

    def _why(self, before: Stretch[Week], part: Stretch[Week]) -> str:
        """Why the hours change on the first day of a stretch."""
        reasons = []
        age = age_by_month(part.period.start, self.case.born)
        off = [(one.basic_deduction_s, one.other_deduction_s) for one in (before.value, part.value)]
        if age > age_by_month(before.period.start, self.case.born) and off[0] != off[1]:
            reasons.append(_("fyller %(age)s år") % {"age": age})
        for one, other in zip(before.value.moments, part.value.moments, strict=True):
            if one.counted_as is not other.counted_as and other.moment.self_care:
                ends = other.counted_as is law.CountedAs.NOT_COUNTED
                sentence = (
                    _("egenvården upphör: %(name)s") if ends else _("egenvården börjar gälla: %(name)s")
                )
                reasons.append(sentence % {"name": other.moment.text})
        if part.value.age_limit_reached and not before.value.age_limit_reached:
            reasons.append(_("åldersgränsen nås"))
        return ", ".join(reasons) or _("lagen ändras")


def calculate(form: SheetForm, case: CaseFacts, stored: law.Assessment | None = None) -> Calculation:
    """What the law makes of the rows that can be read. Rows that are not finished are left out, and say so."""
    if form.values is None:
        problem = _("Fyll i tiden som bedöms och dagar i veckan, så räknas timmarna.")
        return Calculation(form, case, None, stored, problem)
    rows = [(row.key, row.values) for row in form.counted if row.values]
    assessment, problem = assess(case, form.values, rows)
    return Calculation(form, case, assessment, stored, problem)


def assess(
    case: CaseFacts, sheet: SheetValues, moments: Sequence[tuple[str, MomentValues]]
) -> tuple[law.Assessment | None, str]:
    """What the law gives; or nothing, and in Swedish why it gives no answer for some day."""
    if sheet.starts_on < case.born:
        return None, _("Tiden som bedöms börjar före personens födelse. Rätta datumen.")
    try:
        return law.assess(facts_from(case, sheet, moments)), ""
    except (law.NoParameter, law.NoRule) as none:
        return None, _("Lagen är inte inlagd för hela tiden. %(why)s") % {"why": none.message}


def shown_s(week: Week) -> int:
    """What the person has a right to, or what she needs as long as a right is unclear or refused."""
    return week.total_s if _is_granted(week) else week.basic_after_s + week.other_after_s


_RULES = {
    "basic": "has_basic_needs",
    "other": "need_s",
    "basic_off": "basic_after_s",
    "other_off": "other_after_s",
    "verdict": "above_threshold",
}


def finding_for(calculation: Calculation, what: str) -> dict[str, Any] | None:
    """The tree that explains a figure of the week shown: `total`, one of the sums, or `row:KEY`."""
    assessment, chosen = calculation.assessment, calculation.chosen
    if assessment is None or chosen is None:
        return None
    trees = zip(assessment.timeline, assessment.findings, strict=True)
    stretch, root = next(one for one in trees if chosen.period.start in one[0].period)
    kind, _sign, key = what.partition(":")
    if kind == "row":
        asked = (one for one in root.walk() if one.facts.get("id") == key)
    else:
        asked = (one for one in root.walk() if what == "total" or one.rule == _RULES.get(kind))
    found = next(asked, None)
    return with_provenance(found, in_assessment(stretch.value), stretch.period.start) if found else None


def _is_granted(week: Week) -> bool:
    return week.outcome in (law.Decider.STATE, law.Decider.MUNICIPALITY)


def _why_refused(week: Week) -> str:
    if week.belongs is law.Answer.NO:
        return _("Ingen rätt: personen hör inte till personkretsen.")
    if week.barred_by_age is law.Answer.YES:
        return _("Ingen rätt: ansökan kom in efter åldersgränsen.")
    return _("Ingen rätt: inget grundläggande behov finns kvar.")


def _threshold_s(week: Week) -> int:
    return int(week.trace["basic_needs_threshold"]) * 3600


def _look(week: Week) -> tuple[object, ...]:
    """What makes two weeks look the same: the sums, and how each moment counts."""
    return (*week.sums, *((moment.counted_as, moment.counted_s) for moment in week.moments))
