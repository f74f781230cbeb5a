"""Two laws on one population, and what may be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions.models import Grant
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.guidelines.model import NoGuideline
from egenmakt.guidelines.store import guideline
from egenmakt.law.population.comparing import (
    AGE_GROUPS,
    PERSONKRETS_GROUPS,
    Comparison,
    Line,
    age_group,
    compare,
)
from egenmakt.law.population.gathering import population_of
from egenmakt.law.population.people import Population
from egenmakt.law.population.running import WANTED, PopulationLaw, law_on
from egenmakt.law.population.synthetic import synthetic_population
from egenmakt.law.population.values import Change
from egenmakt.oversight.simulation.suppression import (
    FEWEST,
    Counts,
    Row,
    all_told,
    may_be_told,
    moves_told,
    rows_told,
    sums_told,
)

READERS = (Role.ECONOMIST, Role.UNIT_MANAGER, Role.DECISION_MAKER)


@dataclass(frozen=True)
class Answer:
    """What the change means. `left_out` says how many decisions could not be counted, of the municipality's own;
    `counts_told` whether the numbers of those who get more and less may be told.
    """

    comparison: Comparison
    left_out: int = 0
    counts_told: bool = True

    @property
    def few_left_out(self) -> bool:
        """Whether so few are left out that their number is not told."""
        return not may_be_told(self.left_out)


class TooFew(Exception):
    """The municipality has so few decisions in force that sums would tell of single persons."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            _("Det finns för få gällande beslut den dagen för att visa summor utan att peka ut någon.")
        )


class TooFewTouched(Exception):
    """So few decisions would give other hours that sums would tell of single persons."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Färre än fem av besluten får annan tid eller annan kostnad. Siffrorna visas inte, för de skulle "
                "kunna peka ut någon."
            )
        )


@dataclass(frozen=True)
class ReadAs:
    """How what the law leaves open is read: before the change, and after. Empty where it is read as usual."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def laws(self, day: date, changes: Mapping[str, Change]) -> tuple[PopulationLaw, PopulationLaw]:
        """The law of the day as it is read, and the law it is compared with."""
        before = law_on(day).change(reading=self.before)
        return before, before.change(reading=self.after, **changes)


_AS_USUAL = ReadAs()


def readings_of(actor: Actor, day: date) -> tuple[str, ...]:
    """How the actor's municipality has chosen to read what the law leaves open."""
    try:
        return guideline(actor.guideline).readings_on(day)
    except NoGuideline:
        return ()


def for_the_country(day: date, changes: Mapping[str, Change], read_as: ReadAs = _AS_USUAL) -> Answer:
    """The change for the invented country. Raises NoParameter, NoRule, WrongValue."""
    before, after = read_as.laws(day, changes)
    return Answer(compare(before, after, _country(day)))


@lru_cache(maxsize=8)
def _country(day: date) -> Population:
    return synthetic_population(on=day)


def for_the_municipality(
    actor: Actor, day: date, changes: Mapping[str, Change], read_as: ReadAs = _AS_USUAL
) -> Answer:
    """The change for the decisions in force on the day in the actor's units, from the facts of each.

    Only sums of at least five persons are told, so it is logged as one reading of so many cases and not by person.
    What could tell of fewer than five is left out (`suppression`).
    Raises TooFew, TooFewTouched, NoParameter, NoRule, WrongValue. The number of queries does not grow with the decisions.
    """
    units = actor.units(*READERS)
    cases = Case.objects.all() if units is None else Case.objects.filter(unit_id__in=units)
    grants = Grant.objects.filter(valid__contains=day, decision__case_id__in=cases.values("pk"))
    stored = list(grants.values_list("decision__proposal__facts", flat=True))
    case_gate.counted(actor, len(stored))
    facts = [one for one in map(_read, stored) if one is not None and one.on <= day]
    if len(facts) < FEWEST:
        raise TooFew(len(facts))
    people, (before, after) = population_of(facts), read_as.laws(day, changes)
    whole, by_age, by_personkrets = _counts(before, after, people)
    if not sums_told(whole):
        raise TooFewTouched
    found = compare(before, after, people)
    told = all_told(whole)
    return Answer(
        replace(
            found,
            by_age=rows_told(_beside(found.by_age, by_age)) if told else (),
            by_personkrets=rows_told(_beside(found.by_personkrets, by_personkrets)) if told else (),
            moved=moves_told(found.moved, whole) if told else {},
        ),
        left_out=len(stored) - len(facts),
        counts_told=told,
    )


def _counts(
    before: PopulationLaw, after: PopulationLaw, people: Population
) -> tuple[Counts, dict[str, Counts], dict[str, Counts]]:
    """How many are touched: of everyone, of each age group and of each group of persons, by the names of the lines."""
    one, other = (law_of.run(people, WANTED) for law_of in (before, after))
    hours = other["total_s"] - one["total_s"]
    share = other["municipal_share_s"] - one["municipal_share_s"]

    def counted(rows: Any) -> Counts:
        return Counts(
            persons=int(rows.sum()),
            more=int((rows & (hours > 0)).sum()),
            less=int((rows & (hours < 0)).sum()),
            share_more=int((rows & (share > 0)).sum()),
            share_less=int((rows & (share < 0)).sum()),
        )

    ages = age_group(people, after.day)
    tried = people.columns.get("personkrets")
    groups = np.zeros(people.size, dtype=np.int8) if tried is None else tried + 1
    return (
        counted(np.ones(people.size, dtype=bool)),
        {name: counted(ages == place) for place, (_youngest, name) in enumerate(AGE_GROUPS)},
        {name: counted(groups == place) for place, name in enumerate(PERSONKRETS_GROUPS)},
    )


def _beside(lines: Iterable[Line], counts: Mapping[str, Counts]) -> list[Row]:
    return [(line, counts[line.name]) for line in lines]


def _read(stored: object) -> law.AssessmentFacts | None:
    try:
        return law.facts_from_json(stored) if isinstance(stored, dict) else None
    except law.InvalidInput:
        return None


__all__ = [
    "FEWEST",
    "READERS",
    "Answer",
    "TooFew",
    "TooFewTouched",
    "for_the_country",
    "for_the_municipality",
]
