"""One person of a population by the rules themselves: what the kernel gave, with every step that led there.

Guarantees: the same values as the kernel's; the rules are run as they stand in the law's own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from egenmakt.law.assistance.assessed import Assessment
from egenmakt.law.assistance.assessing import PARAMETERS, assess
from egenmakt.law.assistance.facts import AssessmentFacts, DoubleAssistance, Moment, Personkrets, SelfCare
from egenmakt.law.lss.needs import Answer, CountedAs, Necessary, Need, Per
from egenmakt.law.lss.parental_deduction import age_by_month
from egenmakt.law.parameters import KeyKind, parameter
from egenmakt.law.population.columns import FIRST_YEAR, MINUTE, MOMENT, PERSON, SUMS
from egenmakt.law.population.people import Population
from egenmakt.law.population.programs import MOMENT_TARGETS, SUMMED, answers, edition
from egenmakt.law.population.running import PopulationLaw
from egenmakt.law.population.values import age_limits_on
from egenmakt.law.rules import Trace

_EPOCH = date(1970, 1, 1)


class Step(NamedTuple):
    """One rule as it was used: its name, section, sentence and what it gave."""

    rule: str
    citation: str
    sentence: str
    value: object


@dataclass(frozen=True)
class ExplainedRow:
    """The person's trace, and that of each moment. `assessment` is the whole assessment with its findings where
    the moments are known and the law is not a variant."""

    row: int
    trace: Trace
    moments: tuple[Trace, ...]
    assessment: Assessment | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The person's rules in the order they were used."""
        rules = self.trace.edition.rules
        return tuple(
            Step(name, str(rule.citation), rule.sentence, self.trace[name]) for name, rule in rules.items()
        )


def explained(law: PopulationLaw, people: Population, row: int) -> ExplainedRow:
    """The person of the row, counted from 0. Raises IndexError when there is no such row."""
    if not 0 <= row < people.size:
        raise IndexError(f"Raden {row + 1} finns inte; populationen har {people.size} rader.")
    return _Row(law, people, row).explained()


class _Row:
    """One row's facts as the rules ask for them."""

    def __init__(self, law: PopulationLaw, people: Population, row: int) -> None:
        self.law = law
        self.people = people
        self.row = row
        self.held = {
            name: self._value(name, row) for name in PERSON if name not in SUMS or people.offsets is None
        }
        self.born = date(*(int(self.held[f"born_{part}"]) for part in ("year", "month", "day")))

    def explained(self) -> ExplainedRow:
        """The person's answer and each moment's."""
        moments = tuple(self.moment(place) for place in self.places())
        facts = self.facts()
        if self.people.offsets is None:
            facts |= {name: self.held[name] for name in SUMS}
        else:
            facts |= self.sums(moments, facts)
        trace = self.run(answers(self.law.readings), facts)
        whole = self.people.offsets is not None and "received" in self.people.beside and not self.law.changes
        return ExplainedRow(self.row, trace, moments, assess(self.application()) if whole else None)

    def places(self) -> range:
        """Where the person's moments are."""
        offsets = self.people.offsets
        return range(0) if offsets is None else range(int(offsets[self.row]), int(offsets[self.row + 1]))

    def facts(self) -> dict[str, Any]:
        """The person's facts by the names of the rules."""
        held = self.held
        group = held["personkrets"]
        return {
            "day": self.law.day,
            "born": self.born,
            "days_per_week": held["days_per_week"],
            "personkrets_tried": group >= 0,
            "personkrets_group": group if group > 0 else None,
            "granted_before_age_limit": _truth(held["granted_before_age_limit"]),
            "limit_reached_when_received": self.reached_when_received(),
            "current_s_per_week": _whole(held["current_s_per_week"]),
            "housing_adaptation_tried": _truth(held["housing_adaptation_tried"]),
            "aids_tried": _truth(held["aids_tried"]),
            "basic_of_age_s": _whole(held["basic_of_age_s"]),
            "other_of_age_s": _whole(held["other_of_age_s"]),
            "waiting_micro_minutes_per_day": held["waiting_micro_minutes_per_day"],
            "standby_micro_minutes_per_day": held["standby_micro_minutes_per_day"],
        }

    def reached_when_received(self) -> bool:
        """Whether the age limit was reached the day the application came in, by the law of that day."""
        if "limit_reached_when_received" in self.people.columns:
            return bool(self.people.columns["limit_reached_when_received"][self.row])
        received = self.received()
        rules = edition(received, ("age_limit_reached",))
        limit = age_limits_on(received, self.law.changes)[self.born.year - FIRST_YEAR]
        known = {"day": received, "born": self.born, "age_limit": limit}
        return bool(rules.run(known[name] for name in (*rules.facts, *rules.parameters))["age_limit_reached"])

    def received(self) -> date:
        """The day the application came in."""
        return _EPOCH + timedelta(days=int(self.people.beside["received"][self.row]))

    def moment(self, place: int) -> Trace:
        """How one moment counts."""
        held = {name: self._value(name, place) for name in MOMENT}
        care = held["self_care"]
        facts = self.facts() | {
            "need": list(Need)[held["need"]],
            "per": list(Per)[held["per"]],
            "micro_minutes": held["micro_minutes"],
            "met_otherwise_micro_minutes": held["met_otherwise_micro_minutes"],
            "times": held["times"],
            "assistants": held["assistants"],
            "intimate": _truth(held["intimate"]),
            "tube_feeding": bool(held["tube_feeding"]),
            "activation_measure": bool(held["activation_measure"]),
            "directly_necessary_for": _member(Necessary, held["directly_necessary_for"]),
            "is_health_care": care > 0,
            "has_self_care_assessment": care == 1,
            "self_care_from": _day(held["self_care_from"]) if care == 1 else date.max,
            "self_care_until": _day(held["self_care_until"]) if care == 1 else date.min,
        }
        return self.run(MOMENT_TARGETS, facts)

    def sums(self, moments: Iterable[Trace], facts: Mapping[str, Any]) -> dict[str, int]:
        """The sums of the moments and the night."""
        sums = dict.fromkeys(SUMS, 0)
        for trace in moments:
            for name, (kind, time) in SUMMED.items():
                if trace["counted_as"] is kind:
                    sums[name] += trace[time]
            doubtful = (
                trace["second_assistant"] is Answer.UNKNOWN
                and trace["counted_as"] is not CountedAs.NOT_COUNTED
            )
            sums["unclear_moments"] += trace["counted_as"] is CountedAs.UNCLEAR or doubtful
        for name in ("waiting_s", "standby_s"):
            sums["other_s"] += self.run((name,), facts)[name]
        return sums

    def run(self, targets: tuple[str, ...], facts: Mapping[str, Any]) -> Trace:
        """The rules themselves, with the parameters of the law asked about."""
        rules = edition(self.law.day, targets, self.law.readings)
        given = [facts[name] for name in rules.facts]
        return rules.run([*given, *(self.parameter(name) for name in rules.parameters)])

    def parameter(self, argument: str) -> int:
        """The parameter's value for the person."""
        values = self.law.values
        if argument in values.scalars:
            return values.scalars[argument]
        by_age = parameter(PARAMETERS[argument][0]).key is KeyKind.AGE
        place = age_by_month(self.law.day, self.born) if by_age else self.born.year - FIRST_YEAR
        return values.tables[argument][place]

    def application(self) -> AssessmentFacts:
        """The person as an application, assessed on the one day."""
        held = self.held
        group = held["personkrets"]
        return AssessmentFacts(
            on=self.law.day,
            until=self.law.day,
            born=self.born,
            received=self.received(),
            days_per_week=held["days_per_week"],
            moments=tuple(self.as_moment(place) for place in self.places()),
            granted_before_age_limit=_truth(held["granted_before_age_limit"]),
            current_s_per_week=_whole(held["current_s_per_week"]),
            personkrets=None if group < 0 else Personkrets(group or None),
            double_assistance=DoubleAssistance(
                _truth(held["housing_adaptation_tried"]), _truth(held["aids_tried"])
            ),
            waiting_minutes_per_day=Decimal(held["waiting_micro_minutes_per_day"]) / MINUTE,
            standby_minutes_per_day=Decimal(held["standby_micro_minutes_per_day"]) / MINUTE,
            readings=self.law.readings,
            basic_of_age_s=_whole(held["basic_of_age_s"]),
            other_of_age_s=_whole(held["other_of_age_s"]),
        )

    def as_moment(self, place: int) -> Moment:
        """One of the person's moments as it stands in an application."""
        held = {name: self._value(name, place) for name in MOMENT}
        until = _day(held["self_care_until"]) if held["self_care"] == 1 else None
        assessed = SelfCare(_day(held["self_care_from"]), until)
        return Moment(
            id=str(place),
            need=list(Need)[held["need"]],
            minutes=Decimal(held["micro_minutes"]) / MINUTE,
            times=held["times"],
            per=list(Per)[held["per"]],
            assistants=held["assistants"],
            intimate=_truth(held["intimate"]),
            tube_feeding=bool(held["tube_feeding"]),
            activation_measure=bool(held["activation_measure"]),
            directly_necessary_for=_member(Necessary, held["directly_necessary_for"]),
            self_care=(None, assessed, False)[held["self_care"]],
            met_otherwise_minutes=Decimal(held["met_otherwise_micro_minutes"]) / MINUTE,
        )

    def _value(self, name: str, place: int) -> int:
        if name in self.people.columns:
            return int(self.people.columns[name][place])
        absent = {**PERSON, **MOMENT}[name].absent
        return 0 if absent is None else absent


def _truth(code: int) -> bool | None:
    return None if code < 0 else bool(code)


def _whole(code: int) -> int | None:
    return None if code < 0 else code


def _member(kind: type[StrEnum], code: int) -> Any:
    return None if code < 0 else list(kind)[code]


def _day(code: int) -> date:
    return date.fromordinal(code + _EPOCH.toordinal())


__all__ = ["ExplainedRow", "Step", "explained"]
