"""The changes of facts that are tried when one asks why an answer was not another: one fact each, in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from egenmakt.law.assistance.assessed import AssessedMoment, AssessedStretch
from egenmakt.law.assistance.facts import AssessmentFacts, DoubleAssistance, Moment, Personkrets, SelfCare
from egenmakt.law.assistance.sentences import number
from egenmakt.law.lss.needs import NEEDS_BY_NATURE, CountedAs
from egenmakt.law.parameters import parameter
from egenmakt.law.timeline import add_years


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that could have been another: where it stands in the input, and `words` that follow `om`."""

    path: str
    words: str
    applied: Callable[[AssessmentFacts], AssessmentFacts]


def changes_of(
    facts: AssessmentFacts, stretch: AssessedStretch, law_of: date | None = None
) -> Iterator[Change]:
    """The changes of single judgements that could make another answer of the stretch that begins on `facts.on`.

    `law_of` is the day whose law the stretch was assessed by, where that is not its own.
    """
    yield from _of_personkrets(facts)
    yield from _of_age_limit(facts, stretch, law_of)
    yield from _of_double_assistance(facts)
    day = facts.on
    for place, assessed in enumerate(stretch.moments):
        if assessed.moment.times and assessed.moment.minutes:
            yield from _of_nature(place, assessed)
            yield from _of_self_care(place, assessed, day)


def longer(place: int, moment: Moment, minutes: int) -> Change:
    """The moment taking so many minutes each time instead."""

    def applied(facts: AssessmentFacts) -> AssessmentFacts:
        return _with_moment(facts, place, replace(facts.moments[place], minutes=Decimal(minutes)))

    words = f"{_title(moment)} tog {minutes} min varje gång i stället för {number(moment.minutes)} min"
    if minutes == 0:
        words = f"{_title(moment)} inte behövdes"
    return Change(f"moments[{place}].minutes", words, applied)


def _of_personkrets(facts: AssessmentFacts) -> Iterator[Change]:
    if facts.personkrets is None or facts.personkrets.group is None:
        yield Change(
            "personkrets",
            "personen hörde till personkretsen",
            lambda other: replace(other, personkrets=Personkrets(1)),
        )
    if facts.personkrets is None or facts.personkrets.group is not None:
        yield Change(
            "personkrets",
            "personen inte hörde till personkretsen",
            lambda other: replace(other, personkrets=Personkrets(None)),
        )


def _of_age_limit(facts: AssessmentFacts, stretch: AssessedStretch, law_of: date | None) -> Iterator[Change]:
    """Only where the limit was reached when the application came in: before that nothing hangs on it."""
    if not stretch.trace["limit_reached_when_received"]:
        return
    if not facts.granted_before_age_limit:
        yield Change(
            "application.granted_before_age_limit",
            "assistans hade beviljats innan åldersgränsen nåddes",
            lambda other: replace(other, granted_before_age_limit=True),
        )
    if facts.granted_before_age_limit is not False:
        yield Change(
            "application.granted_before_age_limit",
            "assistans inte hade beviljats innan åldersgränsen nåddes",
            lambda other: replace(other, granted_before_age_limit=False),
        )
    limit = parameter("age_limit").at(law_of or facts.received, born=facts.born).value
    if isinstance(limit, int):
        last_day = add_years(facts.born, limit) - timedelta(days=1)
        yield Change(
            "application.received",
            f"ansökan hade kommit in senast {last_day}",
            lambda other: replace(other, received=last_day),
        )


def _of_double_assistance(facts: AssessmentFacts) -> Iterator[Change]:
    if all(moment.assistants == 1 for moment in facts.moments):
        return
    both = DoubleAssistance(housing_adaptation_tried=True, aids_tried=True)
    if facts.double_assistance != both:
        yield Change(
            "double_assistance",
            "möjligheterna till bostadsanpassning och hjälpmedel var utredda",
            lambda other: replace(other, double_assistance=both),
        )
    neither = DoubleAssistance(housing_adaptation_tried=False, aids_tried=False)
    if False not in (facts.double_assistance.housing_adaptation_tried, facts.double_assistance.aids_tried):
        yield Change(
            "double_assistance",
            "möjligheterna till bostadsanpassning och hjälpmedel inte var utredda",
            lambda other: replace(other, double_assistance=neither),
        )


def _of_nature(place: int, assessed: AssessedMoment) -> Iterator[Change]:
    moment = assessed.moment
    if moment.need not in NEEDS_BY_NATURE:
        return
    for intimate, words in ((True, "var"), (False, "inte var")):
        if moment.intimate is not intimate:
            yield Change(
                f"moments[{place}].intimate",
                f"hjälpen med {_title(moment)} {words} av privat och integritetskänsligt slag",
                _MomentChange(place, {"intimate": intimate}),
            )


def _of_self_care(place: int, assessed: AssessedMoment, day: date) -> Iterator[Change]:
    moment = assessed.moment
    if moment.self_care is None:
        return
    counts = assessed.counted_as is not CountedAs.NOT_COUNTED
    words = "inte var bedömd som egenvård" if counts else "var bedömd som egenvård"
    in_force: SelfCare | Literal[False] = False if counts else SelfCare(day)
    yield Change(
        f"moments[{place}].self_care",
        f"{_title(moment)} {words}",
        _MomentChange(place, {"self_care": in_force}),
    )


@dataclass(frozen=True, slots=True)
class _MomentChange:
    """Gives one moment other values."""

    place: int
    values: dict[str, object]

    def __call__(self, facts: AssessmentFacts) -> AssessmentFacts:
        return _with_moment(facts, self.place, replace(facts.moments[self.place], **self.values))  # type: ignore[arg-type]


def _with_moment(facts: AssessmentFacts, place: int, moment: Moment) -> AssessmentFacts:
    return replace(facts, moments=(*facts.moments[:place], moment, *facts.moments[place + 1 :]))


def _title(moment: Moment) -> str:
    return f"”{moment.text or moment.id}”"
