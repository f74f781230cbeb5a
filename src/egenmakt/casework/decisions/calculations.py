"""The assessment of a proposal as the letters and the page show it: stretches of time and every moment's
part.

Stretches with equal sums are one; only those in which time is granted are granted. All times are whole
seconds a week.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.letters.words import month_and_year
from egenmakt.casework.decisions.letters.content import (
    AgeChange,
    Calculation,
    CountsAs,
    MomentRow,
    OtherChange,
    Responsible,
    Stretch,
    UnverifiedValue,
)
from egenmakt.casework.decisions.quality_gate import GateContext
from egenmakt.foundation.ui.dates import hours_long
from egenmakt.law.timeline import add_years

_COUNTS: dict[law.CountedAs, CountsAs] = {
    law.CountedAs.BASIC: "basic",
    law.CountedAs.OTHER: "other",
    law.CountedAs.NOT_COUNTED: "not_counted",
    law.CountedAs.UNCLEAR: "not_counted",
}
_RESPONSIBLE: dict[str, Responsible] = {"state": "state", "municipality": "municipality"}


@dataclass(frozen=True)
class Part:
    """One stretch of equal sums: its first and last day (None: until further notice), and what the law
    gives."""

    first_day: date
    last_day: date | None
    given: law.AssessedStretch


def parts_of(context: GateContext) -> list[Part]:
    """The stretches of a proposal's assessment, in order; none when it could not be computed."""
    assessment = context.computed.assessment
    if assessment is None:
        return []
    merged = list(assessment.timeline.merge(key=lambda stretch: stretch.sums))
    parts = [Part(one.period.start, one.period.last, one.value) for one in merged]
    if parts and context.proposal.ends_on is None:
        last = parts[-1]
        parts[-1] = Part(last.first_day, None, last.given)
    return parts


def granted_parts(context: GateContext) -> list[Part]:
    """The stretches in which time is granted."""
    return [one for one in parts_of(context) if one.given.total_s > 0]


def granted_stretches(context: GateContext) -> tuple[Stretch, ...]:
    """What is granted over time, and why it changes where it does."""
    parts = granted_parts(context)
    return tuple(
        Stretch(
            first_day=one.first_day,
            last_day=one.last_day,
            seconds_per_week=one.given.total_s,
            change=None
            if index == 0
            else change_at(context, one.first_day, parts[index - 1].given, one.given),
        )
        for index, one in enumerate(parts)
    )


def change_at(
    context: GateContext, day: date, before: law.AssessedStretch, after: law.AssessedStretch
) -> AgeChange | OtherChange:
    """Why the time changes on a day: a birthday's month, a self-care assessment, an age limit, or the law."""
    born = context.dossier.person.born
    changed = [
        now.moment
        for then, now in zip(before.moments, after.moments, strict=False)
        if then.counted_s != now.counted_s
    ]
    if day.day == 1 and day.month == born.month and not changed:
        age = day.year - born.year
        return AgeChange(age=age, birthday=add_years(born, age))
    ended = [one for one in changed if isinstance(one.self_care, law.SelfCare)]
    if ended:
        names = ", ".join(f"”{one.text}”" for one in ended)
        reason = _("Bedömningen av egenvård för %s börjar eller slutar gälla då.") % names
        return OtherChange(reason=reason)
    if after.age_limit_reached and not before.age_limit_reached:
        return OtherChange(
            reason=_("Åldersgränsen för personlig assistans nås då, och tiden kan inte utökas efter den.")
        )
    return OtherChange(reason=_("Reglerna i lagen ändras då."))


def calculations_of(context: GateContext) -> tuple[Calculation, ...]:
    """The calculation for every stretch that is granted; for a refusal, for the whole period."""
    parts = granted_parts(context) or parts_of(context)[:1]
    assessment = context.computed.assessment
    if assessment is None:
        return ()
    return tuple(calculation_of(one, assessment.facts) for one in parts if one.given.moments)


def calculation_of(part: Part, facts: law.AssessmentFacts) -> Calculation:
    """The calculation of one stretch, each moment with its part."""
    given = part.given
    return Calculation(
        first_day=part.first_day,
        last_day=part.last_day,
        moments=(*(_row(one) for one in given.moments), *_night_rows(given, facts)),
        basic_s=given.basic_s,
        basic_deduction_s=given.basic_deduction_s,
        basic_after_s=given.basic_after_s,
        other_s=given.other_s,
        other_deduction_s=given.other_deduction_s,
        other_after_s=given.other_after_s,
        total_s=given.total_s,
        responsible=_RESPONSIBLE.get(given.outcome.value, "nobody"),
    )


def _row(one: law.AssessedMoment) -> MomentRow:
    moment = one.moment
    counted = one.counted_as in (law.CountedAs.BASIC, law.CountedAs.OTHER)
    return MomentRow(
        text=moment.text or moment.need.label,
        need=moment.need.value,
        minutes=moment.minutes,
        times=Decimal(moment.times),
        per=moment.per.value,
        assistants=one.assistants_counted if counted else moment.assistants,
        weekly_s=one.counted_s if counted else one.weekly_s,
        counts_as=_COUNTS[one.counted_as],
        section=f"{one.citation.section} {one.citation.part}".strip(),
        note=_note(one),
    )


def _note(one: law.AssessedMoment) -> str:
    notes = []
    if one.moment.met_otherwise_minutes:
        met = f"{one.moment.met_otherwise_minutes.normalize():f}".replace(".", ",")
        notes.append(_("%s min av varje gång tillgodoses av andra") % met)
    if one.counted_as is law.CountedAs.NOT_COUNTED and one.ground is law.Ground.HEALTH_CARE:
        notes.append(_("egenvård är inte bedömd"))
    if one.moment.assistants > one.assistants_counted >= 1:
        notes.append(_("räknas för en assistent"))
    return "; ".join(notes)


def _night_rows(given: law.AssessedStretch, facts: law.AssessmentFacts) -> list[MomentRow]:
    """Waiting and standby time as rows of their own: as it is, with the time it counts for."""
    nights = (
        (_("Väntetid på natten, omräknad"), facts.waiting_minutes_per_day, given.waiting_s, "1"),
        (_("Beredskap på natten, omräknad"), facts.standby_minutes_per_day, given.standby_s, "2"),
    )
    return [
        MomentRow(
            text=text,
            need="other",
            minutes=Decimal(minutes),
            times=Decimal(facts.days_per_week),
            per="week",
            assistants=1,
            weekly_s=seconds,
            counts_as="other",
            section=f"9 a § fjärde stycket {item}",
        )
        for text, minutes, seconds, item in nights
        if seconds
    ]


def unverified_values(context: GateContext) -> tuple[UnverifiedValue, ...]:
    """The values of law that the computation used and that no source has confirmed."""
    assessment = context.computed.assessment
    if assessment is None:
        return ()
    day, born = assessment.facts.on, assessment.facts.born
    found = []
    for name in assessment.unverified:
        about = law.parameter(name)
        try:
            dated = about.at(day, age=day.year - born.year - (day.month < born.month), born=born)
            value = f"{_shown(dated.value)} {about.unit}".strip()
        except law.NoParameter:
            value = "–"  # it is used later in the period only
        found.append(UnverifiedValue(name=about.title, value=value))
    return tuple(found)


def _shown(value: int | Decimal | Mapping[str, int | Decimal]) -> str:
    if isinstance(value, Mapping):
        return ", ".join(hours_long(int(part)) for part in value.values())
    return str(value).replace(".", ",")


def next_change(context: GateContext, today: date) -> tuple[date, str] | None:
    """The next day on which granted time changes by itself, and why in a few words; None when nothing lies
    ahead."""
    for one in granted_stretches(context):
        if one.first_day > today and one.change is not None:
            return one.first_day, told(one.change)
    return None


def told(change: AgeChange | OtherChange) -> str:
    """A change in a few words: `fyller 7 år i maj 2027`."""
    if isinstance(change, AgeChange):
        return _("fyller %(age)d år i %(month)s") % {
            "age": change.age,
            "month": month_and_year(change.birthday),
        }
    return change.reason
