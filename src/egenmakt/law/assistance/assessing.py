"""The assessment: the rules of LSS and SFB run at every date where a fact or the law changes.

Guarantees: the timeline covers every day asked about, or NoParameter / NoRule is raised; the same facts and
the same law give the same answer; all sums are whole seconds per week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from egenmakt.law.assistance.assessed import AssessedMoment, AssessedStretch, Assessment
from egenmakt.law.assistance.facts import AssessmentFacts, Moment, SelfCare, micro_minutes
from egenmakt.law.lss import age_limit, entitlement, moments, parental_deduction
from egenmakt.law.lss.needs import Answer, CountedAs
from egenmakt.law.parameters import parameter
from egenmakt.law.rules import Edition, Rulebook, Trace, rules_in
from egenmakt.law.sfb import allowance
from egenmakt.law.timeline import add_years, evaluate_over

_ONE_DAY = timedelta(days=1)

# What the rules may ask for by name, and which parameter (and which part of it) an argument name means.
FACTS = frozenset({
    *("day", "born", "days_per_week", "personkrets_tried", "personkrets_group"),
    *("granted_before_age_limit", "limit_reached_when_received", "current_s_per_week"),
    *("housing_adaptation_tried", "aids_tried", "waiting_micro_minutes_per_day", "standby_micro_minutes_per_day"),
    *("need", "micro_minutes", "met_otherwise_micro_minutes", "times", "per", "assistants", "intimate", "tube_feeding"),
    *("activation_measure", "directly_necessary_for", "is_health_care", "has_self_care_assessment"),
    *("self_care_from", "self_care_until"),
    *("basic_s", "basic_exempt_s", "other_s", "other_exempt_s", "unclear_moments"),
})  # fmt: skip
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "age_limit": ("age_limit", ""),
    "basic_needs_threshold": ("basic_needs_threshold", ""),
    "municipal_share_hours": ("municipal_share_hours", ""),
    "parental_deduction_basic_s_per_day": ("parental_deduction", "basic_s_per_day"),
    "parental_deduction_other_s_per_day": ("parental_deduction", "other_s_per_day"),
    "standby_divisor": ("standby_divisor", ""),
    "waiting_divisor": ("waiting_divisor", ""),
}

_MOMENT = (
    "weekly_s",
    "ground",
    "counted_as",
    "exempt_from_deduction",
    "second_assistant",
    "assistants_counted",
    "moment_s",
)
_PERSON = (
    "belongs",
    "barred_by_age",
    "has_basic_needs",
    "right",
    "above_threshold",
    "outcome",
    "total_s",
    "municipal_share_s",
)


@cache
def rulebook() -> Rulebook:
    """All rules of personal assistance as one graph."""
    rules = rules_in(moments, parental_deduction, age_limit, entitlement, allowance)
    return Rulebook(rules, facts=FACTS, parameters=PARAMETERS)


def assess(facts: AssessmentFacts) -> Assessment:
    """What the law gives the person on every day of the period.

    Raises NoParameter or NoRule when the law, as it is laid in, gives no answer for some day.
    """
    run = _Run(facts)
    timeline = evaluate_over(facts.period, run.changes(), run.stretch)
    return Assessment(facts, timeline, tuple(sorted(run.unverified)))


class _Run:
    """One assessment under way: collects which parameters were used, and reuses what does not change."""

    def __init__(self, facts: AssessmentFacts) -> None:
        self.facts = facts
        self.book = rulebook()
        self.unverified: set[str] = set()
        self._moments: dict[tuple[int, Edition, bool], AssessedMoment] = {}
        self._person: dict[str, Any] = {
            "born": facts.born,
            "days_per_week": facts.days_per_week,
            "personkrets_tried": facts.personkrets is not None,
            "personkrets_group": facts.personkrets.group if facts.personkrets else None,
            "granted_before_age_limit": facts.granted_before_age_limit,
            "current_s_per_week": facts.current_s_per_week,
            "housing_adaptation_tried": facts.double_assistance.housing_adaptation_tried,
            "aids_tried": facts.double_assistance.aids_tried,
            "waiting_micro_minutes_per_day": micro_minutes(facts.waiting_minutes_per_day),
            "standby_micro_minutes_per_day": micro_minutes(facts.standby_minutes_per_day),
        }

    def changes(self) -> set[date]:
        """Every day on which a fact or the law may change what the rules give."""
        days = set(_changes_of_law())
        days.update(_birthdays(self.facts.born))
        for moment in self.facts.moments:
            if isinstance(moment.self_care, SelfCare):
                days.add(moment.self_care.assessed)
                if moment.self_care.valid_until and moment.self_care.valid_until < date.max:
                    days.add(moment.self_care.valid_until + _ONE_DAY)
        return days

    def stretch(self, day: date) -> AssessedStretch:
        """What the law gives on the day."""
        facts = self.facts
        counted = tuple(self.moment(index, moment, day) for index, moment in enumerate(facts.moments))
        waiting = self.run(day, ("waiting_s",), {})["waiting_s"] if facts.waiting_minutes_per_day else 0
        standby = self.run(day, ("standby_s",), {})["standby_s"] if facts.standby_minutes_per_day else 0
        sums = {
            "basic_s": _sum(counted, CountedAs.BASIC),
            "basic_exempt_s": _sum(counted, CountedAs.BASIC, exempt=True),
            "other_s": _sum(counted, CountedAs.OTHER) + waiting + standby,
            "other_exempt_s": _sum(counted, CountedAs.OTHER, exempt=True),
            "unclear_moments": sum(1 for moment in counted if moment.unclear),
            "limit_reached_when_received": self.age_limit_reached(facts.received),
            "age_limit_reached": self.age_limit_reached(day),
        }
        trace = self.run(day, _PERSON, sums)
        return AssessedStretch(
            outcome=trace["outcome"],
            basic_s=sums["basic_s"],
            basic_deduction_s=trace["basic_deduction_s"],
            basic_after_s=trace["basic_after_s"],
            other_s=sums["other_s"],
            other_deduction_s=trace["other_deduction_s"],
            other_after_s=trace["other_after_s"],
            total_s=trace["total_s"],
            municipal_share_s=trace["municipal_share_s"],
            waiting_s=waiting,
            standby_s=standby,
            moments=counted,
            belongs=trace["belongs"],
            barred_by_age=trace["barred_by_age"],
            has_basic_needs=trace["has_basic_needs"],
            age_limit_reached=bool(sums["age_limit_reached"]),
            trace=trace,
        )

    def moment(self, index: int, moment: Moment, day: date) -> AssessedMoment:
        """How the moment counts on the day."""
        first, last = _self_care_days(moment)
        edition = self.book.edition(day, _MOMENT)
        key = (index, edition, first <= day <= last)
        if key not in self._moments:
            trace = self.run(
                day,
                _MOMENT,
                {
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
                    "is_health_care": moment.self_care is not None,
                    "has_self_care_assessment": isinstance(moment.self_care, SelfCare),
                    "self_care_from": first,
                    "self_care_until": last,
                },
            )
            refused = trace["admitted"] == Answer.NO
            self._moments[key] = AssessedMoment(
                moment=moment,
                weekly_s=trace["weekly_s"],
                counted_as=trace["counted_as"],
                ground=trace["ground"],
                exempt_from_deduction=trace["exempt_from_deduction"],
                second_assistant=trace["second_assistant"],
                assistants_counted=trace["assistants_counted"],
                counted_s=trace["moment_s"],
                citation=edition.rules["admitted" if refused else "ground"].citation,
            )
        return self._moments[key]

    def age_limit_reached(self, day: date) -> bool:
        """Whether the person has reached the limit of age on the day.

        Whoever is younger than any limit there has been is below it; later years' limits need not be known.
        """
        if age_limit.age_in_years(day, self.facts.born) < min(_age_limits()):
            return False
        return bool(self.run(day, ("age_limit_reached",), {})["age_limit_reached"])

    def run(self, day: date, targets: tuple[str, ...], more: Mapping[str, Any]) -> Trace:
        """Run the rules the targets need, with the person's facts and more, and the parameters of the day."""
        edition = self.book.edition(day, targets, frozenset(more))
        values = {**self._person, "day": day, **more}
        given = [values[name] for name in edition.facts]
        given += [self._parameter(name, day) for name in edition.parameters]
        return edition.run(given)

    def _parameter(self, argument: str, day: date) -> object:
        name, part = PARAMETERS[argument]
        age = parental_deduction.age_by_month(day, self.facts.born)
        dated = parameter(name).at(day, age=age, born=self.facts.born)
        if not dated.verified:
            self.unverified.add(name)
        return dated.value[part] if isinstance(dated.value, Mapping) else dated.value


@cache
def _changes_of_law() -> frozenset[date]:
    """Every day on which a rule or a parameter it uses changes."""
    days = rulebook().changes()
    for name, _ in PARAMETERS.values():
        days |= parameter(name).changes()
    return frozenset(days)


def _birthdays(born: date) -> Iterator[date]:
    """The first day of each birthday month, and each birthday, on which a parameter gives another value."""
    for age in _bracket_starts():
        yield date(born.year + age, born.month, 1)
    for age in _age_limits():
        yield add_years(born, age)


@cache
def _bracket_starts() -> frozenset[int]:
    return frozenset(dated.low for dated in parameter("parental_deduction").values if dated.low is not None)


@cache
def _age_limits() -> frozenset[int]:
    return frozenset(dated.value for dated in parameter("age_limit").values if isinstance(dated.value, int))


def _self_care_days(moment: Moment) -> tuple[date, date]:
    """The first and last day on which the self-care of the moment counts; an empty time when there is
    none."""
    if isinstance(moment.self_care, SelfCare):
        return moment.self_care.assessed, moment.self_care.valid_until or date.max
    return date.max, date.min


def _sum(counted: tuple[AssessedMoment, ...], kind: CountedAs, *, exempt: bool = False) -> int:
    return sum(
        moment.counted_s
        for moment in counted
        if moment.counted_as is kind and (moment.exempt_from_deduction or not exempt)
    )


__all__ = [
    "FACTS",
    "PARAMETERS",
    "assess",
    "rulebook",
]
