"""Two laws on one population: who gets more, who gets less, and what it comes to in hours and kronor.

Guarantees: hours are whole seconds a week until they are shown; kronor are for a year of 52 weeks at the
standard amount of the day, worked out once from the sum of seconds, and rounded half up to whole öre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from egenmakt.law.parameters import parameter
from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.people import Population
from egenmakt.law.population.running import OUTCOMES, WANTED, Backend, PopulationLaw, Result
from egenmakt.law.procedure import municipalities
from egenmakt.law.sfb.allowance import Decider

WEEKS = 52
_ORE = Decimal("0.01")
# The youngest of each group of ages, and what it is called.
AGE_GROUPS = ((0, "0–6 år"), (7, "7–11 år"), (12, "12–17 år"), (18, "18–29 år"), (30, "30–49 år"),
              (50, "50–64 år"), (65, "65 år och äldre"))  # fmt: skip
PERSONKRETS_GROUPS = ("inte prövad", "tillhör ingen", "grupp 1", "grupp 2", "grupp 3")


@dataclass(frozen=True)
class Line:
    """One group of persons under two laws. Seconds are for a week, kronor for a year."""

    name: str
    persons: int
    winners: int
    losers: int
    before_s: int
    after_s: int
    municipal_before_s: int
    municipal_after_s: int
    standard_amount: Decimal

    @property
    def kronor(self) -> Decimal:
        """What the difference in granted time costs in a year; negative when it is a saving."""
        return kronor(self.after_s - self.before_s, self.standard_amount)

    @property
    def municipal_kronor(self) -> Decimal:
        """What the difference costs the municipalities in a year."""
        return kronor(self.municipal_after_s - self.municipal_before_s, self.standard_amount)

    def to_json(self) -> dict[str, object]:
        """The line as the command line prints it."""
        return {
            "name": self.name,
            "persons": self.persons,
            "winners": self.winners,
            "losers": self.losers,
            "before_s": self.before_s,
            "after_s": self.after_s,
            "municipal_before_s": self.municipal_before_s,
            "municipal_after_s": self.municipal_after_s,
            "kronor_per_year": format(self.kronor, "f"),
            "municipal_kronor_per_year": format(self.municipal_kronor, "f"),
        }


@dataclass(frozen=True)
class Comparison:
    """What the second law changes: all together, by group, and how many move between outcomes.

    `moved` counts persons by their outcome before and after. A table is empty where the population does not say.
    """

    everyone: Line
    by_municipality: tuple[Line, ...]
    by_age: tuple[Line, ...]
    by_personkrets: tuple[Line, ...]
    moved: Mapping[tuple[Decider, Decider], int]
    standard_amount: Decimal
    unverified: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The tables as the command line prints them."""
        return {
            "everyone": self.everyone.to_json(),
            "by_municipality": [line.to_json() for line in self.by_municipality],
            "by_age": [line.to_json() for line in self.by_age],
            "by_personkrets": [line.to_json() for line in self.by_personkrets],
            "moved": [
                {"before": one.value, "after": other.value, "persons": count}
                for (one, other), count in self.moved.items()
            ],
            "standard_amount": format(self.standard_amount, "f"),
            "weeks": WEEKS,
        }


def compare(
    before: PopulationLaw, after: PopulationLaw, people: Population, *, backend: Backend | None = None
) -> Comparison:
    """What the second law changes for the population.

    Raises NoParameter where there is no standard amount for the day of the second law, and what `run` raises.
    """
    amount = standard_amount(after.day)
    one, other = (law.run(people, WANTED, backend=backend) for law in (before, after))
    everyone = _lines(one, other, np.zeros(people.size, dtype=np.int8), {0: "alla"}, amount)
    unknown = set(one.unverified) | set(other.unverified)
    if not parameter("standard_amount").at(after.day).verified:
        unknown.add("standard_amount")
    return Comparison(
        everyone=everyone[0] if everyone else Line("alla", 0, 0, 0, 0, 0, 0, 0, amount),
        by_municipality=_by_municipality(one, other, people, amount),
        by_age=_lines(
            one, other, age_group(people, after.day), dict(enumerate(n for _, n in AGE_GROUPS)), amount
        ),
        by_personkrets=_lines(one, other, _personkrets(people), dict(enumerate(PERSONKRETS_GROUPS)), amount),
        moved=_moved(one, other),
        standard_amount=amount,
        unverified=tuple(sorted(unknown)),
    )


def standard_amount(day: date) -> Decimal:
    """The standard amount of an hour, in kronor. Raises NoParameter."""
    value = parameter("standard_amount").at(day).value
    if not isinstance(value, Decimal):
        raise TypeError("the standard amount is money")
    return value


def kronor(seconds_per_week: int, amount: Decimal) -> Decimal:
    """What so many seconds a week come to in a year, at so much an hour."""
    return (seconds_per_week * WEEKS * amount / 3600).quantize(_ORE, ROUND_HALF_UP)


def age_group(people: Population, day: date) -> Array:
    """The place in AGE_GROUPS of each person on the day."""
    columns = people.columns
    before = (columns["born_month"] > day.month) | (
        (columns["born_month"] == day.month) & (columns["born_day"] > day.day)
    )
    ages = day.year - columns["born_year"] - before
    return np.asarray(np.searchsorted([start for start, _ in AGE_GROUPS], ages, side="right") - 1)


def _personkrets(people: Population) -> Array:
    groups = people.columns.get("personkrets")
    return np.zeros(people.size, dtype=np.int8) if groups is None else groups + 1


def _by_municipality(one: Result, other: Result, people: Population, amount: Decimal) -> tuple[Line, ...]:
    held = people.beside.get("municipality")
    if held is None:
        return ()
    codes, places = np.unique(held, return_inverse=True)
    known = municipalities()
    names = {place: known.get(f"{int(code):04d}", str(code)) for place, code in enumerate(codes)}
    return _lines(one, other, places, names, amount)


def _lines(
    one: Result, other: Result, groups: Array, names: Mapping[int, str], amount: Decimal
) -> tuple[Line, ...]:
    """A line for each group that has somebody, in the order of the groups."""
    count = len(names)
    more, less = other["total_s"] > one["total_s"], other["total_s"] < one["total_s"]
    persons = np.bincount(groups, minlength=count)
    winners, losers = (np.bincount(groups[rows], minlength=count) for rows in (more, less))
    granted, share = (
        [_summed(groups, result[name], count) for result in (one, other)]
        for name in ("total_s", "municipal_share_s")
    )
    return tuple(
        Line(
            name=name,
            persons=int(persons[place]),
            winners=int(winners[place]),
            losers=int(losers[place]),
            before_s=int(granted[0][place]),
            after_s=int(granted[1][place]),
            municipal_before_s=int(share[0][place]),
            municipal_after_s=int(share[1][place]),
            standard_amount=amount,
        )
        for place, name in names.items()
        if persons[place]
    )


def _summed(groups: Array, values: Array, count: int) -> Array:
    """The sum of each group, exactly: in two halves, each far below what a binary fraction holds."""
    high = np.bincount(groups, weights=values >> 16, minlength=count).astype(np.int64)
    low = np.bincount(groups, weights=values & 0xFFFF, minlength=count).astype(np.int64)
    return (high << 16) + low


def _moved(one: Result, other: Result) -> dict[tuple[Decider, Decider], int]:
    """How many have each outcome before and after, where somebody has."""
    kinds = len(OUTCOMES)
    pairs = np.bincount(one["outcome"].astype(np.int64) * kinds + other["outcome"], minlength=kinds * kinds)
    return {
        (OUTCOMES[place // kinds], OUTCOMES[place % kinds]): int(count)
        for place, count in enumerate(pairs)
        if count
    }
