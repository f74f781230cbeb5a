"""What a sheet of moments says, free from how it is stored or typed; and the same as the law takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from egenmakt import law
from egenmakt.casework.applications.models import Application
from egenmakt.casework.needs.models import Moment, NeedsSheet, SelfCare
from egenmakt.guidelines import NoGuideline, guideline


@dataclass(frozen=True)
class SheetValues:
    """What is common to the moments: the time they concern, and what was investigated."""

    starts_on: date
    ends_on: date
    days_per_week: int
    housing_adaptation_tried: bool = False
    aids_tried: bool = False
    waiting_minutes_per_day: int = 0
    standby_minutes_per_day: int = 0

    @classmethod
    def of(cls, sheet: NeedsSheet) -> SheetValues:
        """What a stored sheet says."""
        return cls(**{one.name: getattr(sheet, one.name) for one in fields(cls)})


@dataclass(frozen=True)
class MomentValues:
    """One activity. Minutes are for each time and each assistant; `intimate` is None until judged."""

    text: str
    need: str
    minutes: Decimal
    times: Decimal
    per: str
    assistants: int = 1
    intimate: bool | None = None
    tube_feeding: bool = False
    activation_measure: bool = False
    directly_necessary_for: str = ""
    self_care: str = ""
    self_care_assessed: date | None = None
    self_care_valid_until: date | None = None
    met_otherwise_minutes: Decimal = Decimal(0)
    met_by: str = ""
    reason: str = ""

    @classmethod
    def of(cls, moment: Moment) -> MomentValues:
        """What a stored moment says."""
        return cls(**{one.name: getattr(moment, one.name) for one in fields(cls)})


@dataclass(frozen=True)
class SheetRow:
    """A moment as it is to be: the stored row it replaces (None for a new one), and what it says."""

    id: UUID | None
    values: MomentValues


@dataclass(frozen=True)
class CaseFacts:
    """What the law asks that does not stand in the sheet.

    `received` is the day the application came in. `is_registered` is False when there is no application yet, and the
    day the case was opened stands in its place: good enough to see hours by, never for a decision.
    """

    born: date
    received: date
    is_registered: bool
    granted_before_age_limit: bool
    current_s_per_week: int | None
    personkrets: law.Personkrets | None
    municipality: str | None = None

    @classmethod
    def of(
        cls,
        *,
        born: date,
        opened_on: date,
        application: Application | None,
        personkrets: law.Personkrets | None,
        municipality: str | None = None,
    ) -> CaseFacts:
        """The facts of a case from its person, its application and its trial of the group of persons."""
        return cls(
            born=born,
            received=application.received_on if application else opened_on,
            is_registered=application is not None,
            granted_before_age_limit=application.granted_before_age_limit if application else False,
            current_s_per_week=application.current_s_per_week if application else None,
            personkrets=personkrets,
            municipality=municipality,
        )


def facts_from(
    case: CaseFacts, sheet: SheetValues, moments: Iterable[tuple[str, MomentValues]]
) -> law.AssessmentFacts:
    """Everything as the law takes it; each moment under the id given with it."""
    return law.AssessmentFacts(
        on=sheet.starts_on,
        until=sheet.ends_on,
        born=case.born,
        received=case.received,
        days_per_week=sheet.days_per_week,
        moments=tuple(law_moment(key, values) for key, values in moments),
        granted_before_age_limit=case.granted_before_age_limit,
        current_s_per_week=case.current_s_per_week,
        personkrets=case.personkrets,
        double_assistance=law.DoubleAssistance(
            housing_adaptation_tried=sheet.housing_adaptation_tried, aids_tried=sheet.aids_tried
        ),
        waiting_minutes_per_day=Decimal(sheet.waiting_minutes_per_day),
        standby_minutes_per_day=Decimal(sheet.standby_minutes_per_day),
        municipality=case.municipality,
        readings=_readings(case.municipality, sheet.starts_on),
    )


def _readings(municipality: str | None, day: date) -> tuple[str, ...]:
    """How the municipality reads what the law leaves open, by its guideline on the first day assessed."""
    if municipality is None:
        return ()
    try:
        return guideline(municipality).readings_on(day)
    except NoGuideline:
        return ()


def law_moment(key: str, values: MomentValues) -> law.Moment:
    """One moment as the law takes it, with exactly the same time in a week."""
    minutes, met, times, per = _whole_times(values)
    return law.Moment(
        id=key,
        text=values.text,
        need=law.Need(values.need),
        minutes=minutes,
        times=times,
        per=per,
        assistants=values.assistants,
        intimate=values.intimate,
        tube_feeding=values.tube_feeding,
        activation_measure=values.activation_measure,
        directly_necessary_for=law.Necessary(values.directly_necessary_for)
        if values.directly_necessary_for
        else None,
        self_care=_self_care(values),
        met_otherwise_minutes=met,
    )


def _self_care(values: MomentValues) -> law.SelfCare | Literal[False] | None:
    if values.self_care == SelfCare.ASSESSED and values.self_care_assessed:
        return law.SelfCare(values.self_care_assessed, values.self_care_valid_until)
    return False if values.self_care else None


def _whole_times(values: MomentValues) -> tuple[Decimal, Decimal, int, law.Per]:
    """Minutes, minutes met otherwise, times and unit, with the times a whole number as the law wants them.

    Three and a half times a week is seven times a fortnight. What no unit makes whole is put in the minutes: the time
    in a week is the same to the second.
    """
    times, per = values.times, law.Per(values.per)
    if times == times.to_integral_value():
        return values.minutes, values.met_otherwise_minutes, int(times), per
    if per is law.Per.WEEK and times * 2 == (times * 2).to_integral_value():
        return values.minutes, values.met_otherwise_minutes, int(times * 2), law.Per.FORTNIGHT
    return values.minutes * times, values.met_otherwise_minutes * times, 1, per
