"""The law of a day as one SQL query, for PostgreSQL and for Spark: a step for each rule, made of its own text.

Guarantees: the same answers as the rules themselves, to the bit. The tables `persons` and `moments` have the
columns of a `Population` as whole numbers, `person` numbers the rows of both from 0; see `tables_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np

from egenmakt.law.population.columns import ALL, MOMENT, PERSON, SUMS
from egenmakt.law.population.expressions import Expression, in_order
from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.people import Population
from egenmakt.law.population.programs import edition, rule_by_rule
from egenmakt.law.population.reached import reached_when_received
from egenmakt.law.population.running import WANTED, PopulationLaw
from egenmakt.law.population.values import Values

Dialect = Literal["postgresql", "spark"]

_BETWEEN = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "="}


def query(
    law: PopulationLaw,
    wanted: tuple[str, ...] = WANTED,
    *,
    dialect: Dialect = "postgresql",
    with_moments: bool = False,
) -> str:
    """The query that gives `person` and the answers wanted, from the table `persons` and, with moments, also the
    table `moments`. Every rule is a step of its own, under its name and with its section."""
    return _Query(law, wanted, dialect, with_moments=with_moments).text()


def tables_of(law: PopulationLaw, people: Population) -> dict[str, dict[str, Array]]:
    """The tables `persons` and, where there are moments, `moments`: every column the query may ask for."""
    persons = {"person": np.arange(people.size, dtype=np.int64)}
    held = {**people.columns, "limit_reached_when_received": reached_when_received(law.changes, people)}
    for name, column in PERSON.items():
        if name in held or (column.absent is not None and (people.offsets is None or name not in SUMS)):
            persons[name] = _whole(held.get(name), column.absent, people.size)
    if people.offsets is None:
        return {"persons": persons}
    numbers = np.repeat(persons["person"], np.diff(people.offsets))
    moments = {"person": numbers}
    for name, column in MOMENT.items():
        moments[name] = _whole(held.get(name), column.absent, people.moments)
    return {"persons": persons, "moments": moments}


def _whole(held: Array | None, absent: int | None, size: int) -> Array:
    return np.full(size, absent, dtype=np.int64) if held is None else held.astype(np.int64)


class _Query:
    """Writes one query."""

    def __init__(
        self, law: PopulationLaw, wanted: tuple[str, ...], dialect: Dialect, *, with_moments: bool
    ) -> None:
        self.law = law
        self.wanted = wanted
        self.with_moments = with_moments
        self.print = Printer(law.values, dialect)
        self.rules = rule_by_rule(law.day, wanted, law.readings)

    def text(self) -> str:
        steps = list(self.steps())
        truths = {name for name, node in self.rules.person.items() if node.truth}
        told = ["person"]
        for name in map(self.print.name, self.wanted):
            is_truth = name in map(self.print.name, truths)
            told.append(f"CASE WHEN {name} THEN 1 ELSE 0 END AS {name}" if is_truth else name)
        listed = ",\n".join(f"{name} AS (\n{body}\n)" for name, body in steps)
        return f"WITH {listed}\nSELECT {', '.join(told)} FROM {steps[-1][0]}"

    def steps(self) -> Iterator[tuple[str, str]]:
        """Each named part of the query."""
        source = "persons"
        if self.with_moments:
            yield from self.moments()
            source = "summed"
        columns = sorted({*self.asked(self.rules.person), *(name for name in self.wanted if name in SUMS)})
        yield "started", f"SELECT {', '.join(map(self.whole, ('person', *columns)))} FROM {source}"
        rules = edition(
            self.law.day, tuple(name for name in self.wanted if name not in SUMS), self.law.readings
        ).rules
        before = "started"
        for name, node in self.rules.person.items():
            step = self.step(name, node, before)
            yield f"with_{name}", f"-- {rules[name].citation}\n{step}"
            before = f"with_{name}"

    def moments(self) -> Iterator[tuple[str, str]]:
        """The moments, rule by rule, and their sums for each person, with the night."""
        asked = self.asked(self.rules.moment)
        own = [self.whole(name, "moments") for name in ("person", *sorted(asked & MOMENT.keys()))]
        theirs = [self.whole(name, "persons") for name in sorted(asked & PERSON.keys())]
        joined = "moments JOIN persons ON persons.person = moments.person"
        yield "each_moment", f"SELECT {', '.join([*own, *theirs])} FROM {joined}"
        before = "each_moment"
        for name, node in self.rules.moment.items():
            yield f"moment_{name}", self.step(name, node, before)
            before = f"moment_{name}"
        summed = [
            f"SUM({self.print.of(node)}) AS {self.print.name(name)}" for name, node in self.rules.sums.items()
        ]
        yield "sums", f"SELECT person, {', '.join(summed)} FROM {before} GROUP BY person"
        columns = sorted((self.asked(self.rules.person) | self.asked(self.rules.night)) - set(SUMS))
        yield "night", f"SELECT {', '.join(map(self.whole, ('person', *columns)))} FROM persons"
        before = "night"
        for name, node in self.rules.night.items():
            yield f"night_{name}", self.step(name, node, before)
            before = f"night_{name}"
        night = "".join(f" + {self.print.name(name)}" for name in self.rules.night)
        told = [f"{before}.{self.print.name(name)}" for name in ("person", *columns)]
        for name in SUMS:
            column = self.print.name(name)
            told.append(f"COALESCE(sums.{column}, 0){night if name == 'other_s' else ''} AS {column}")
        joined = f"{before} LEFT JOIN sums ON sums.person = {before}.person"
        yield "summed", f"SELECT {', '.join(told)} FROM {joined}"

    def step(self, name: str, node: Expression, before: str) -> str:
        """One rule, beside everything before it."""
        return f"SELECT *, {self.print.of(node)} AS {self.print.name(name)} FROM {before}"

    def whole(self, name: str, table: str = "") -> str:
        """A column as a whole number of 64 bits."""
        column = self.print.name(name)
        return f"CAST({table + '.' if table else ''}{column} AS BIGINT) AS {column}"

    @staticmethod
    def asked(rules: Mapping[str, Expression]) -> set[str]:
        """The columns of persons and moments that rules ask for."""
        nodes = in_order(tuple(rules.values()))
        return {str(node.value) for node in nodes if node.operation == "column" and node.value in ALL}


class Printer:
    """Writes expressions in a dialect, with the values of a day in them."""

    def __init__(self, values: Values, dialect: Dialect) -> None:
        self.values = values
        self.quote = '"' if dialect == "postgresql" else "`"
        self.division = "/" if dialect == "postgresql" else "div"

    def name(self, name: str) -> str:
        """The name of a column, which may be a word of the language."""
        return f"{self.quote}{name}{self.quote}"

    def of(self, node: Expression) -> str:
        """The expression's text."""
        given = [self.of(one) for one in node.arguments]
        match node.operation:
            case "constant":
                return ("TRUE" if node.value else "FALSE") if node.truth else str(node.value)
            case "scalar":
                return str(self.values.scalars[str(node.value)])
            case "column":
                name = self.name(str(node.value))
                return f"({name} = 1)" if node.truth and node.value in ALL else name
            case "table":
                return self.table(self.values.tables[str(node.value)], given[0])
            case "bounded":
                return given[0]
            case "not":
                return f"(NOT {given[0]})"
            case "and" | "or":
                return f"({given[0]} {node.operation.upper()} {given[1]})"
            case "max":
                return f"GREATEST({given[0]}, {given[1]})"
            case "choose":
                return f"CASE WHEN {given[0]} THEN {given[1]} ELSE {given[2]} END"
            case "div":
                # neither is ever negative, so both languages round as the rules do
                return f"({given[0]} {self.division} {given[1]})"
            case operation:
                return f"({given[0]} {_BETWEEN[operation]} {given[1]})"

    @staticmethod
    def table(entries: tuple[int, ...], place: str) -> str:
        """A table as the steps it has, from the last to the first."""
        starts = [at for at, entry in enumerate(entries) if at == 0 or entry != entries[at - 1]]
        whens = [f"WHEN {place} >= {at} THEN {entries[at]}" for at in reversed(starts[1:])]
        return f"CASE {' '.join(whens)} ELSE {entries[0]} END" if whens else str(entries[0])


__all__ = ["Dialect", "query", "tables_of"]
