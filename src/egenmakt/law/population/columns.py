"""The columns of a population: what each is called, what it may hold, and which facts of the law it gives.

Truths are 0 and 1, what is not established is -1, an enumeration is the place of its member, a day is counted
from 1970-01-01, minutes are whole millionths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from egenmakt.law.lss.needs import Necessary, Need, Per
from egenmakt.law.population.expressions import Expression, Graph
from egenmakt.law.population.reading import Day, Value, code_of

FIRST_YEAR, LAST_YEAR = 1880, 2199
# The most seconds a week of a sum or a granted time: sums and differences of them fit in 32 bits.
MOST_S = 250_000_000
# The most seconds a week of one moment: a month of minutes all day through, for ten assistants, and some more.
MOST_OF_MOMENT_S = 7_000_000
MINUTE = 1_000_000
MINUTES_IN: Mapping[Per, int] = {
    Per.DAY: 1440, Per.WEEK: 10_080, Per.FORTNIGHT: 20_160, Per.MONTH: 44_640, Per.YEAR: 527_040,
}  # fmt: skip
# Minutes times times are no more than there are in the longest period, so neither are minutes alone.
BOUNDED_TOGETHER = frozenset({"times"})
_MOST_MICRO = max(MINUTES_IN.values()) * MINUTE
_NEVER, _ALWAYS = code_of(date.min), code_of(date.max)


Enumeration: TypeAlias = type[StrEnum]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in memory, its bounds, and the value of every row when the column is left out.

    Without `absent` the column cannot be left out. `choices` is the enumeration whose members it holds.
    """

    name: str
    type: str
    low: int
    high: int
    absent: int | None = None
    choices: Enumeration | None = None

    @property
    def truth(self) -> bool:
        """Whether it holds only yes and no."""
        return self.type == "bool"


def _named(*columns: Column) -> Mapping[str, Column]:
    return {column.name: column for column in columns}


PERSON = _named(
    Column("born_year", "int16", FIRST_YEAR, LAST_YEAR),
    Column("born_month", "int8", 1, 12),
    Column("born_day", "int8", 1, 31),
    Column("days_per_week", "int8", 1, 7),
    Column("personkrets", "int8", -1, 3, absent=-1),
    Column("granted_before_age_limit", "int8", -1, 1, absent=-1),
    Column("limit_reached_when_received", "bool", 0, 1),
    Column("current_s_per_week", "int32", -1, MOST_S, absent=-1),
    Column("basic_s", "int32", 0, MOST_S),
    Column("basic_exempt_s", "int32", 0, MOST_S),
    Column("other_s", "int32", 0, MOST_S),
    Column("other_exempt_s", "int32", 0, MOST_S),
    Column("unclear_moments", "int16", 0, 10_000, absent=0),
    Column("basic_of_age_s", "int32", -1, MOST_S, absent=-1),
    Column("other_of_age_s", "int32", -1, MOST_S, absent=-1),
    Column("housing_adaptation_tried", "int8", -1, 1, absent=-1),
    Column("aids_tried", "int8", -1, 1, absent=-1),
    Column("waiting_micro_minutes_per_day", "int32", 0, 1440 * MINUTE, absent=0),
    Column("standby_micro_minutes_per_day", "int32", 0, 1440 * MINUTE, absent=0),
)
MOMENT = _named(
    Column("need", "int8", 0, len(Need) - 1, choices=Need),
    Column("micro_minutes", "int64", 0, _MOST_MICRO),
    Column("times", "int32", 0, 100_000),
    Column("per", "int8", 0, len(Per) - 1, choices=Per),
    Column("assistants", "int8", 1, 10, absent=1),
    Column("intimate", "int8", -1, 1, absent=-1),
    Column("tube_feeding", "bool", 0, 1, absent=0),
    Column("activation_measure", "bool", 0, 1, absent=0),
    Column("directly_necessary_for", "int8", -1, len(Necessary) - 1, absent=-1, choices=Necessary),
    Column("met_otherwise_micro_minutes", "int64", 0, _MOST_MICRO, absent=0),
    # 0: not health care, 1: with an assessment of self-care, 2: health care without one
    Column("self_care", "int8", 0, 2, absent=0),
    Column("self_care_from", "int32", _NEVER, _ALWAYS, absent=_ALWAYS),
    Column("self_care_until", "int32", _NEVER, _ALWAYS, absent=_NEVER),
)
# These are never taken as the same for all rows: bounds lie on them together with another column.
ALWAYS_COLUMNS = BOUNDED_TOGETHER
SUMS = ("basic_s", "basic_exempt_s", "other_s", "other_exempt_s", "unclear_moments")
ALL: Mapping[str, Column] = {**PERSON, **MOMENT}

ColumnOf = Callable[[str], Expression]


def columns_in(graph: Graph, constants: Mapping[str, int]) -> ColumnOf:
    """The expression of each column; a column that is the same for all rows is that number."""

    def expression(name: str) -> Expression:
        if name in constants:
            known = graph.constant(constants[name])
            return graph.compare("eq", known, graph.constant(1)) if ALL[name].truth else known
        column = ALL[name]
        return graph.column(name, column.low, column.high, truth=column.truth)

    return expression


def fact(name: str, of: ColumnOf, graph: Graph) -> Value:
    """What the law calls `name`, said in columns."""
    zero, none = graph.constant(0), graph.constant(-1)
    match name:
        case "born":
            return Day(lambda part: of(f"born_{part}"))
        case "personkrets_tried":
            return graph.compare("ge", of("personkrets"), zero)
        case "personkrets_group":
            belongs = graph.compare("gt", of("personkrets"), zero)
            return graph.choose(belongs, of("personkrets"), none)
        case "is_health_care":
            return graph.compare("gt", of("self_care"), zero)
        case "has_self_care_assessment":
            return graph.compare("eq", of("self_care"), graph.constant(1))
        case "self_care_from" | "self_care_until":
            return Day(lambda part: of(name) if part == "ordinal" else _no_part(name, part))
        case _:
            return of(name)


def _no_part(name: str, part: str) -> Expression:
    raise LookupError(f"{name} has no column for its {part}")
