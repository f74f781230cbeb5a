"""Two laws on one population, and what may be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions.models import Grant
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.law.population.comparing import Comparison, Line, compare
from egenmakt.law.population.gathering import population_of
from egenmakt.law.population.people import Population
from egenmakt.law.population.running import law_on
from egenmakt.law.population.synthetic import synthetic_population
from egenmakt.law.population.values import Change

READERS = (Role.ECONOMIST, Role.UNIT_MANAGER, Role.DECISION_MAKER)
# Groups of the municipality's own that are smaller are not told by themselves: a line could be about one person.
FEWEST = 5


@dataclass(frozen=True)
class Answer:
    """What the change means. `left_out` says how many decisions could not be counted, of the municipality's own."""

    comparison: Comparison
    left_out: int = 0


class TooFew(Exception):
    """The municipality has so few decisions in force that sums would tell of single persons."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            _("Det finns för få gällande beslut den dagen för att visa summor utan att peka ut någon.")
        )


def for_the_country(day: date, changes: Mapping[str, Change]) -> Answer:
    """The change for the invented country. Raises NoParameter, NoRule, WrongValue."""
    before = law_on(day)
    return Answer(compare(before, before.change(**changes), _country(day)))


@lru_cache(maxsize=8)
def _country(day: date) -> Population:
    return synthetic_population(on=day)


def for_the_municipality(actor: Actor, day: date, changes: Mapping[str, Change]) -> Answer:
    """The change for the decisions in force on the day in the actor's units, from the facts of each.

    Only sums of at least five persons are told, so it is logged as one reading of so many cases and not by person.
    Raises TooFew, NoParameter, NoRule, WrongValue. The number of queries does not grow with the decisions.
    """
    units = actor.units(*READERS)
    cases = Case.objects.all() if units is None else Case.objects.filter(unit_id__in=units)
    grants = Grant.objects.filter(valid__contains=day, decision__case_id__in=cases.values("pk"))
    stored = list(grants.values_list("decision__proposal__facts", flat=True))
    case_gate.counted(actor, len(stored))
    facts = [one for one in map(_read, stored) if one is not None and one.on <= day]
    if len(facts) < FEWEST:
        raise TooFew(len(facts))
    before = law_on(day)
    found = compare(before, before.change(**changes), population_of(facts))
    told = replace(
        found,
        by_age=_large_enough(found.by_age),
        by_personkrets=_large_enough(found.by_personkrets),
        moved={pair: count for pair, count in found.moved.items() if count >= FEWEST or pair[0] == pair[1]},
    )
    return Answer(told, left_out=len(stored) - len(facts))


def _read(stored: object) -> law.AssessmentFacts | None:
    try:
        return law.facts_from_json(stored) if isinstance(stored, dict) else None
    except law.InvalidInput:
        return None


def _large_enough(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of at least five; the others together, when they are that many."""
    rows = list(lines)
    large = [one for one in rows if one.persons >= FEWEST]
    small = [one for one in rows if one.persons < FEWEST]
    if sum(one.persons for one in small) < FEWEST:
        # what is missing could be told from the sum of all: the smallest of the others goes with them
        small += [large.pop(large.index(min(large, key=lambda one: one.persons)))] if small and large else []
    if small:
        large.append(_together(small))
    return tuple(large)


def _together(lines: list[Line]) -> Line:
    sums = {
        name: sum(getattr(one, name) for one in lines)
        for name in (
            "persons",
            "winners",
            "losers",
            "before_s",
            "after_s",
            "municipal_before_s",
            "municipal_after_s",
        )
    }
    return Line(name=_("övriga"), standard_amount=lines[0].standard_amount, **sums)


__all__ = ["FEWEST", "READERS", "Answer", "TooFew", "for_the_country", "for_the_municipality"]
