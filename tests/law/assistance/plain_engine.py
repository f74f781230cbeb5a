"""The assessment worked out the plain way: each rule called by itself, for each moment, at each date. Slow and simple.

What the law gives is what this gives; the compiled way must give the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from egenmakt.law import AssessmentFacts, CountedAs, Moment, SelfCare
from egenmakt.law.assistance.facts import micro_minutes
from egenmakt.law.assistance.in_force import PARAMETERS, rulebook
from egenmakt.law.findings import Citation
from egenmakt.law.lss.needs import Answer
from egenmakt.law.parameters import parameter
from egenmakt.law.rules import Trace

DAY = timedelta(days=1)
MOMENT = (
    "weekly_s", "ground", "counted_as", "exempt_from_deduction", "second_assistant", "assistants_counted", "moment_s",
    "exempt_s",
)  # fmt: skip
PERSON = (
    "belongs", "barred_by_age", "has_basic_needs", "right", "above_threshold", "outcome", "total_s",
    "municipal_share_s",
)  # fmt: skip


class PlainDay:
    """What the law gives the person on one day: the trace of each moment, of the person, and what is not verified."""

    def __init__(self, facts: AssessmentFacts, day: date) -> None:
        self.facts = facts
        self.day = day
        self.unverified: set[str] = set()
        self.moments = [self.moment(moment) for moment in facts.moments]
        self.waiting = self.run(day, ("waiting_s",), {})["waiting_s"] if facts.waiting_minutes_per_day else 0
        self.standby = self.run(day, ("standby_s",), {})["standby_s"] if facts.standby_minutes_per_day else 0
        self.trace = self.run(day, PERSON, {
            "basic_s": self.sum("moment_s", CountedAs.BASIC),
            "basic_exempt_s": self.sum("exempt_s", CountedAs.BASIC),
            "other_s": self.sum("moment_s", CountedAs.OTHER) + self.waiting + self.standby,
            "other_exempt_s": self.sum("exempt_s", CountedAs.OTHER),
            "unclear_moments": sum(1 for trace in self.moments if unclear(trace)),
            "limit_reached_when_received": self.age_limit_reached(facts.received),
            "age_limit_reached": self.age_limit_reached(day),
        })  # fmt: skip

    def sum(self, name: str, kind: CountedAs) -> int:
        return sum(trace[name] for trace in self.moments if trace["counted_as"] == kind)

    def moment(self, moment: Moment) -> Trace:
        care = moment.self_care
        first, last = (date.max, date.min)
        if isinstance(care, SelfCare):
            first, last = care.assessed, care.valid_until or date.max
        return self.run(self.day, MOMENT, {
            "need": moment.need,
            "micro_minutes": micro_minutes(moment.minutes),
            "met_otherwise_micro_minutes": micro_minutes(moment.met_otherwise_minutes),
            "times": moment.times,
            "per": moment.per,
            "assistants": moment.assistants,
            "intimate": moment.intimate,
            "tube_feeding": moment.tube_feeding,
            "activation_measure": moment.activation_measure,
            "directly_necessary_for": moment.directly_necessary_for,
            "is_health_care": care is not None,
            "has_self_care_assessment": isinstance(care, SelfCare),
            "self_care_from": first,
            "self_care_until": last,
        })  # fmt: skip

    def age_limit_reached(self, day: date) -> bool:
        age = self.run(day, ("age_in_years",), {})["age_in_years"]
        if age < min(dated.value for dated in parameter("age_limit").values):
            return False
        return self.run(day, ("age_limit_reached",), {})["age_limit_reached"]

    def run(self, day: date, targets: tuple[str, ...], more: Mapping[str, Any]) -> Trace:
        facts = self.facts
        known = {
            "day": day,
            "born": facts.born,
            "days_per_week": facts.days_per_week,
            "personkrets_tried": facts.personkrets is not None,
            "personkrets_group": facts.personkrets.group if facts.personkrets else None,
            "granted_before_age_limit": facts.granted_before_age_limit,
            "current_s_per_week": facts.current_s_per_week,
            "housing_adaptation_tried": facts.double_assistance.housing_adaptation_tried,
            "aids_tried": facts.double_assistance.aids_tried,
            "basic_of_age_s": facts.basic_of_age_s,
            "other_of_age_s": facts.other_of_age_s,
            "waiting_micro_minutes_per_day": micro_minutes(facts.waiting_minutes_per_day),
            "standby_micro_minutes_per_day": micro_minutes(facts.standby_minutes_per_day),
            **more,
        }
        edition = rulebook(self.facts.readings).edition(day, targets, frozenset(more))
        values = [known[name] for name in edition.facts]
        return edition.run([*values, *(self.parameter(name, day) for name in edition.parameters)])

    def parameter(self, argument: str, day: date) -> object:
        name, part = PARAMETERS[argument]
        born = self.facts.born
        age = day.year - born.year - (day.month < born.month)
        dated = parameter(name).at(day, age=age, born=born)
        if not dated.verified:
            self.unverified.add(name)
        return dated.value[part] if part else dated.value


def unclear(trace: Trace) -> bool:
    """Whether a judgement is missing for the moment."""
    if trace["counted_as"] == CountedAs.UNCLEAR:
        return True
    return trace["counted_as"] != CountedAs.NOT_COUNTED and trace["second_assistant"] == Answer.UNKNOWN


def citation_of(trace: Trace) -> Citation:
    """Where the law says how the moment counts."""
    return trace.edition.rules["admitted" if trace["admitted"] == Answer.NO else "ground"].citation
