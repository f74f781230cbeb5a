"""The parameters of a day as numbers and tables a kernel is run with, and how a variant of the law changes them.

Guarantees: a parameter the law has no value for is never given one. Where nobody it could matter to is asked
about, it is not needed; where somebody is, the run stops and says for whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from egenmakt.law.assistance.assessing import PARAMETERS
from egenmakt.law.lss.age_limit import age_in_years
from egenmakt.law.parameters import KeyKind, NoParameter, Parameter, parameter
from egenmakt.law.population.columns import FIRST_YEAR, LAST_YEAR
from egenmakt.law.population.programs import BOUNDS, LAST_STEP

# A number for all, a table from each age on (or each year of birth on), or a whole parameter of its own.
Table: TypeAlias = Mapping[int, "int | Mapping[str, int]"]
Change: TypeAlias = "int | Table | Parameter"

_ENTRIES = LAST_YEAR - FIRST_YEAR + 1
_NOBODY = 200
_NONE = -1


class UnknownParameter(LookupError):
    """A variant changes something that the law of personal assistance does not use. Says so in Swedish."""


class UnknownReading(LookupError):
    """A variant reads the law in a way that has no name. Says so in Swedish."""


class WrongValue(ValueError):
    """A variant gives a parameter a value it cannot have. Says so in Swedish."""


@dataclass(frozen=True)
class Values:
    """What a kernel is run with on a day. A table's entry is -1 where the law has no value.

    `unverified` are the arguments whose value no source confirms, with the places of a table where that is so.
    """

    scalars: Mapping[str, int]
    tables: Mapping[str, tuple[int, ...]]
    unverified: Mapping[str, tuple[int, ...]]
    _steps: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, repr=False)

    def steps_needed(self) -> int:
        """How many steps the table with most steps has: 4, 8, 16, …, so that few kernels are enough."""
        most = max((len(self.steps(name)) for name in self.tables), default=0)
        size = 4
        while size < most:
            size *= 2
        return size

    def steps(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where a table's entries change, and by how much."""
        if name not in self._steps:
            entries = self.tables[name]
            self._steps[name] = tuple(
                (place, after - before)
                for place, (before, after) in enumerate(pairwise(entries), 1)
                if after != before
            )
        return self._steps[name]

    def with_steps(self, count: int) -> dict[str, int]:
        """The scalars, and each table as its first entry and `count` steps."""
        given = dict(self.scalars)
        for name, entries in self.tables.items():
            given[f"{name}_first"] = entries[0]
            steps = (*self.steps(name), *[(LAST_STEP, 0)] * (count - len(self.steps(name))))
            for place, (start, by) in enumerate(steps):
                given[f"{name}_from_{place}"] = start
                given[f"{name}_by_{place}"] = by
        return given

    def missing(self, name: str) -> tuple[int, ...]:
        """The places of a table for which the law has no value."""
        return tuple(place for place, entry in enumerate(self.tables[name]) if entry == _NONE)


def values_on(day: date, changes: Mapping[str, Change]) -> Values:
    """The parameters of the day, with those of `changes` in place of the law's own.

    Raises NoParameter where the law has no value for anybody, UnknownParameter and WrongValue.
    """
    known = {name for name, _ in PARAMETERS.values()}
    for name in changes:
        if name not in known:
            raise UnknownParameter(
                f"{name} är ingen parameter för personlig assistans. Ange {_listed(known)}."
            )
    scalars = {"day_year": day.year, "day_month": day.month, "day_day": day.day}
    scalars["day_ordinal"] = day.toordinal() - date(1970, 1, 1).toordinal()
    tables: dict[str, tuple[int, ...]] = {}
    unverified: dict[str, tuple[int, ...]] = {}
    for argument, (name, part) in PARAMETERS.items():
        change = changes.get(name)
        of = change if isinstance(change, Parameter) else parameter(name)
        if of.key is KeyKind.NONE:
            scalars[argument] = _number(name, change) if isinstance(change, int) else _scalar(of, part, day)
            if change is None and not of.at(day).verified:
                unverified[argument] = ()
        elif change is not None and not isinstance(change, Parameter):
            tables[argument] = _given(name, part, change)
        else:
            tables[argument], doubtful = _looked_up(of, part, day) if change else _laid_in(name, part, day)
            if doubtful and change is None:
                unverified[argument] = doubtful
    _check(scalars, tables)
    return Values(scalars, tables, unverified)


def age_limits_on(day: date, changes: Mapping[str, Change]) -> tuple[int, ...]:
    """The age limit by year of birth on a day; -1 where there is none and somebody may have reached it."""
    change = changes.get("age_limit")
    if change is not None and not isinstance(change, Parameter):
        return _given("age_limit", "", change)
    return (_looked_up(change, "", day) if change else _laid_in("age_limit", "", day))[0]


def _scalar(of: Parameter, part: str, day: date) -> int:
    value = of.at(day).value
    found = value[part] if isinstance(value, Mapping) else value
    return _number(of.name, int(found))


def _number(name: str, value: object) -> int:
    low, high = BOUNDS[parameter(name).unit]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise WrongValue(f"{name} ska vara ett heltal från {low} till {high}.")
    return value


def _given(name: str, part: str, change: int | Table) -> tuple[int, ...]:
    """A variant's own table: each value holds from its age or year until the next."""
    if isinstance(change, int):
        return (_number(name, change),) * _ENTRIES
    first = FIRST_YEAR if parameter(name).key is KeyKind.BORN else 0
    starts = sorted(change)
    if not starts or starts[0] > first or not all(isinstance(start, int) for start in starts):
        raise WrongValue(f"{name} behöver ett värde från {first}.")
    entries = [0] * _ENTRIES
    for start in starts:
        value = change[start]
        if isinstance(value, Mapping) != bool(part) or (isinstance(value, Mapping) and part not in value):
            raise WrongValue(f"{name} behöver {part or 'ett heltal'} för {start}.")
        number = _number(name, value[part] if isinstance(value, Mapping) else value)
        place = max(start - first, 0)
        entries[place:] = [number] * (_ENTRIES - place)
    return tuple(entries[:_ENTRIES])


def _looked_up(of: Parameter, part: str, day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The law's own table on the day, and the places whose value no source confirms."""
    entries: list[int] = []
    doubtful: list[int] = []
    limits = (
        [dated.value for dated in of.values if isinstance(dated.value, int)] if of.name == "age_limit" else []
    )
    for place in range(_ENTRIES):
        born = date(FIRST_YEAR + place, 1, 1)
        try:
            dated = of.at(day, age=place, born=born)
        except NoParameter:
            # whoever is younger than any limit there has been has reached none
            young = bool(limits) and age_in_years(day, born) < min(limits)
            entries.append(_NOBODY if young else _NONE)
            continue
        if not dated.verified:
            doubtful.append(place)
        entries.append(int(dated.value[part] if isinstance(dated.value, Mapping) else dated.value))
    return tuple(entries), tuple(doubtful)


@cache
def _laid_in(name: str, part: str, day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The table of the law itself."""
    return _looked_up(parameter(name), part, day)


def _check(scalars: Mapping[str, int], tables: Mapping[str, Sequence[int]]) -> None:
    """That no value is outside the bounds the kernels count with."""
    for argument, (name, _) in PARAMETERS.items():
        low, high = BOUNDS[parameter(name).unit]
        held = [scalars[argument]] if argument in scalars else [e for e in tables[argument] if e != _NONE]
        if any(not low <= value <= high for value in held):
            raise WrongValue(f"{name} ska vara från {low} till {high}.")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
