"""The assessment: the rules of LSS and SFB run at every date where a fact or the law changes.

Guarantees: the timeline covers every day asked about, or NoParameter / NoRule is raised; the same facts and
the same law give the same answer; all sums are whole seconds per week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from egenmakt.law.assistance.assessed import SUMS, AssessedStretch, Assessment, CountedMoments
from egenmakt.law.assistance.facts import MOMENT_FACTS, AssessmentFacts, SelfCare, micro_minutes
from egenmakt.law.assistance.in_force import FACTS, PARAMETERS, Question, Ready, law_in_time, rulebook
from egenmakt.law.lss import age_limit
from egenmakt.law.parameters import parameter
from egenmakt.law.rules import Trace
from egenmakt.law.timeline import Period, add_years, evaluate_over

_ONE_DAY = timedelta(days=1)

_MOMENTS = Question(
    (
        *("weekly_s", "ground", "counted_as", "exempt_from_deduction", "second_assistant"),
        *("assistants_counted", "moment_s", "exempt_s"),
    ),
    each=MOMENT_FACTS,
    sums=SUMS,
)
_PERSON = Question(
    (
        *("belongs", "barred_by_age", "has_basic_needs", "right", "above_threshold", "outcome", "total_s"),
        "municipal_share_s",
    ),
    given=frozenset({
        *("basic_s", "basic_exempt_s", "other_s", "other_exempt_s", "unclear_moments"),
        *("limit_reached_when_received", "age_limit_reached"),
    }),
)  # fmt: skip
_WAITING, _STANDBY = Question(("waiting_s",)), Question(("standby_s",))
_AGE_LIMIT = Question(("age_limit_reached",))


def assess(facts: AssessmentFacts, *, law_of: date | None = None) -> Assessment:
    """What the law gives the person on every day of the period.

    With `law_of`, the law as it stood that day is used for the whole period; the person grows older as ever.
    Raises NoParameter or NoRule when the law, as it is laid in, gives no answer for some day.
    """
    run = _Run(facts, law_of)
    timeline = evaluate_over(run.period, run.changes(), run.stretch)
    return Assessment(facts, timeline, tuple(sorted(run.unverified)), law_of)


class _Run:
    """One assessment under way: collects which parameters were used, and reuses what does not change."""

    def __init__(self, facts: AssessmentFacts, law_of: date | None) -> None:
        self.facts = facts
        self.law_of = law_of
        self.period = facts.period
        self.law = law_in_time(facts.readings)
        self.unverified: set[str] = set()
        self._counted: dict[tuple[Ready, tuple[bool, ...]], CountedMoments] = {}
        self._self_care = [one.self_care for one in facts.moments if isinstance(one.self_care, SelfCare)]
        made = facts.double_assistance
        self._person: dict[str, Any] = {
            "born": facts.born,
            "days_per_week": facts.days_per_week,
            "personkrets_tried": facts.personkrets is not None,
            "personkrets_group": facts.personkrets.group if facts.personkrets else None,
            "granted_before_age_limit": facts.granted_before_age_limit,
            "current_s_per_week": facts.current_s_per_week,
            "housing_adaptation_tried": made.housing_adaptation_tried,
            "aids_tried": made.aids_tried,
            "basic_of_age_s": facts.basic_of_age_s,
            "other_of_age_s": facts.other_of_age_s,
        }

    def changes(self) -> set[date]:
        """Every day of the period on which a fact or the law may change what the rules give."""
        days = set() if self.law_of else set(self.law.changes(self.period.start, self.period.last))
        days.update(_birthdays(self.facts.born, self.period))
        for care in self._self_care:
            days.add(care.assessed)
            if care.valid_until and care.valid_until < date.max:
                days.add(care.valid_until + _ONE_DAY)
        return days

    def stretch(self, day: date) -> AssessedStretch:
        """What the law gives on the day."""
        facts, person = self.facts, self._person
        person["day"] = day
        counted = self.moments(day)
        waiting = standby = 0
        if facts.waiting_minutes_per_day:
            person["waiting_micro_minutes_per_day"] = micro_minutes(facts.waiting_minutes_per_day)
            waiting = self.run(day, _WAITING)["waiting_s"]
        if facts.standby_minutes_per_day:
            person["standby_micro_minutes_per_day"] = micro_minutes(facts.standby_minutes_per_day)
            standby = self.run(day, _STANDBY)["standby_s"]
        person.update(counted.sums)
        person["other_s"] += waiting + standby
        person["limit_reached_when_received"] = self.age_limit_reached(facts.received)
        person["age_limit_reached"] = self.age_limit_reached(day)
        person["day"] = day
        trace = self.run(day, _PERSON)
        return AssessedStretch.of(trace.edition, trace.values_in_order, counted, waiting, standby)

    def moments(self, day: date) -> CountedMoments:
        """How each moment counts on the day. Where neither law nor self-care has changed, it is worked out once."""
        if not self.facts.moments:
            return CountedMoments()
        ready = self.law.ready(self.law_of or day, _MOMENTS)
        in_force = tuple(care.assessed <= day <= (care.valid_until or date.max) for care in self._self_care)
        counted = self._counted.get((ready, in_force))
        if counted is None:
            rows = [moment.given for moment in self.facts.moments]
            traces, sums = ready.run(day, self._person, self.unverified, rows, self.law_of)
            counted = CountedMoments(self.facts.moments, ready.edition, traces, sums)
            self._counted[ready, in_force] = counted
        return counted

    def age_limit_reached(self, day: date) -> bool:
        """Whether the person has reached the limit of age on the day.

        Whoever is younger than any limit there has been is below it; later years' limits need not be known.
        """
        if age_limit.age_in_years(day, self.facts.born) < _lowest_age_limit():
            return False
        self._person["day"] = day
        return bool(self.run(day, _AGE_LIMIT)["age_limit_reached"])

    def run(self, day: date, question: Question) -> Trace:
        """The rules that answer the question, with the person's facts and the parameters of the day."""
        ready = self.law.ready(self.law_of or day, question)
        ((values,), _) = ready.run(day, self._person, self.unverified, law_of=self.law_of)
        return Trace(ready.edition, values)


def _birthdays(born: date, period: Period) -> Iterator[date]:
    """The first day of each birthday month, and each birthday, on which a parameter gives another value."""
    first, last = period.start.year, period.last.year if period.last else date.max.year
    for age in _bracket_starts():
        if first <= born.year + age <= last:
            yield date(born.year + age, born.month, 1)
    for age in _age_limits():
        if first <= born.year + age <= last:
            yield add_years(born, age)


@cache
def _bracket_starts() -> frozenset[int]:
    return frozenset(dated.low for dated in parameter("parental_deduction").values if dated.low is not None)


@cache
def _age_limits() -> frozenset[int]:
    return frozenset(dated.value for dated in parameter("age_limit").values if isinstance(dated.value, int))


@cache
def _lowest_age_limit() -> int:
    return min(_age_limits())


__all__ = [
    "FACTS",
    "PARAMETERS",
    "assess",
    "rulebook",
]
