"""Every wording of every rule: run by itself on random and boundary facts, it gives the same by NumPy, by Numba and
in the database as its own text gives one person, to the bit."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from itertools import islice

import numpy as np
import psycopg
import pytest

from egenmakt.law.assistance.assessing import PARAMETERS, rulebook
from egenmakt.law.parameters import parameter
from egenmakt.law.population import numba_kernel, numpy_kernel
from egenmakt.law.population.columns import ALL, BOUNDED_TOGETHER, MOST_S, PERSON
from egenmakt.law.population.expressions import Expression, Graph
from egenmakt.law.population.programs import BOUNDS, Program, Style
from egenmakt.law.population.reading import Day, Value, code_of, expression_of
from egenmakt.law.population.sql import Printer
from egenmakt.law.population.values import values_on
from egenmakt.law.rules import Rule

pytestmark = pytest.mark.req("K-06")

ROWS = 600
EPOCH = date(1970, 1, 1)


def joined() -> list[Rule]:
    """The rules that have exceptions, with them, in each time that has its own wordings."""
    days = sorted(rulebook().changes())
    editions = [
        rulebook().edition(day, (name,))
        for name in rulebook().exceptions
        for day in days
        if any(day in made.period for made in rulebook().wordings[name])
    ]
    found = {made for edition in editions for made in edition.rules.values() if made.exceptions}
    return sorted(found, key=lambda made: (made.name, made.period.start))


# Every wording of every reading, and the rules that have exceptions with them.
RULES = list(
    enumerate(
        [
            *(made for wordings in rulebook().wordings.values() for made in wordings),
            *rulebook().not_chosen,
            *joined(),
        ]
    )
)
DAYS = [date(1880, 1, 1), date(1904, 2, 29), date(1957, 12, 31), date(1958, 1, 1), date(2000, 2, 29), date(2024, 2, 28),
        date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 1), date(2026, 12, 31), date(2199, 12, 31)]  # fmt: skip
# Whole weekly amounts on both sides of what rules compare them with.
AMOUNTS = [0, 1, 31_499, 31_500, 71_999, 72_000, 72_001, 604_800, MOST_S]


class Asked:
    """The arguments of a rule: a column for each, and for each row the value the rule itself takes."""

    def __init__(self, graph: Graph, place: int, rule: Rule) -> None:
        self.rng = np.random.default_rng(place)
        self.graph = graph
        self.columns: dict[str, np.ndarray] = {}
        self.given: dict[str, list[object]] = {}
        self.values: dict[str, Value] = {}
        hints = typing.get_type_hints(rule.function)
        for name in rule.arguments:
            self.values[name] = self._argument(f"r{place}_{name}", name, hints[name])

    def _argument(self, column: str, name: str, hint: object) -> Value:
        kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)] or [hint]
        (kind,) = kinds
        nullable = type(None) in typing.get_args(hint)
        if kind is date:
            return self._date(column, name)
        if isinstance(kind, type) and issubclass(kind, Enum):
            members = [*kind, *([None] if nullable else [])]
        elif kind is bool:
            members = [False, True, *([None] if nullable else [])]
        else:
            low, high = bounds_of(name)
            near = [value for value in AMOUNTS if low <= value <= high]
            random = self.rng.integers(max(low, 0), high, 40, endpoint=True).tolist()
            members = [max(low, 0), max(low, 0) + 1, high, *near, *random, *([None] if nullable else [])]
        picked = [members[at] for at in self.rng.integers(0, len(members), ROWS)]
        self.given[name] = picked
        codes = [code_of(member) for member in picked]
        if kind is bool and not nullable:
            self.columns[column] = np.array(codes, dtype=bool)
            return self.graph.column(column, 0, 1, truth=True)
        low, high = bounds_of(name) if kind is int else (0, len(members) - 1 - nullable)
        node = self.graph.column(column, -1 if nullable else low, high)
        self.columns[column] = np.array(codes, dtype=numpy_kernel.type_of(node))
        return node

    def _date(self, column: str, name: str) -> Day:
        start, count = date(1880, 1, 1), (date(2199, 12, 31) - date(1880, 1, 1)).days
        random = [start + timedelta(days=int(day)) for day in self.rng.integers(0, count, 300)]
        picked = [(DAYS + random)[at] for at in self.rng.integers(0, len(DAYS) + 300, ROWS)]
        self.given[name] = picked

        def part(of: str) -> Expression:
            low, high = {"year": (1880, 2199), "month": (1, 12), "day": (1, 31)}.get(of, (-40_000, 100_000))
            node = self.graph.column(f"{column}_{of}", low, high)
            held = [code_of(day) if of == "ordinal" else getattr(day, of) for day in picked]
            self.columns[f"{column}_{of}"] = np.array(held, dtype=numpy_kernel.type_of(node))
            return node

        return Day(part)


def bounds_of(name: str) -> tuple[int, int]:
    if name in ALL:
        return max(ALL[name].low, 0), ALL[name].high if name != "times" else 1
    if name in PARAMETERS:
        return BOUNDS[parameter(PARAMETERS[name][0]).unit]
    if name == "needed_micro_minutes":
        return ALL["micro_minutes"].low, ALL["micro_minutes"].high
    if name == "age_in_years":
        return 0, 200
    if name == "personkrets_group":
        return 1, PERSON["personkrets"].high
    if name == "assistants_counted":
        return ALL["assistants"].low, ALL["assistants"].high
    assert name.endswith("_s"), f"{name} has no bounds"
    return 0, MOST_S


def batches() -> list[list[tuple[int, Rule]]]:
    rules = iter(RULES)
    return list(iter(lambda: list(islice(rules, 16)), []))


def asked_of(batch: list[tuple[int, Rule]]) -> tuple[Program, dict[str, np.ndarray], Mapping[str, list[int]]]:
    graph = Graph(BOUNDED_TOGETHER)
    outputs, columns, expected = {}, {}, {}
    for place, rule in batch:
        asked = Asked(graph, place, rule)
        name = f"r{place}_{rule.name}"
        outputs[name] = expression_of(rule, asked.values, graph)
        columns |= asked.columns
        rows = zip(*(asked.given[argument] for argument in rule.arguments), strict=True)
        expected[name] = [code_of(rule.function(*row)) for row in rows]
    return Program(graph, outputs), columns, expected


def room_for(program: Program) -> dict[str, np.ndarray]:
    return {name: np.empty(ROWS, numpy_kernel.output_type(node)) for name, node in program.outputs.items()}


def told(found: Mapping[str, np.ndarray]) -> dict[str, list[int]]:
    return {name: [int(value) for value in held] for name, held in found.items()}


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{batch[0][1].name}…{batch[-1][1].name}")
def test_every_rule_gives_the_same_by_numpy_as_by_itself(batch: list[tuple[int, Rule]]) -> None:
    program, columns, expected = asked_of(batch)
    found = room_for(program)
    numpy_kernel.compiled(program).run(columns, {}, {}, found, slice(0, ROWS))
    assert told(found) == expected


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{batch[0][1].name}…{batch[-1][1].name}")
def test_every_rule_gives_the_same_by_numba_as_by_itself(batch: list[tuple[int, Rule]]) -> None:
    program, columns, expected = asked_of(batch)
    found = room_for(program)
    numba_kernel.NumbaKernel(program).run(columns, {}, found, slice(0, ROWS))
    assert told(found) == expected


def test_every_rule_gives_the_same_in_the_database_as_by_itself(server) -> None:
    for batch in batches():
        program, columns, expected = asked_of(batch)
        printer = Printer(values_on(date(2026, 3, 1), {}), "postgresql")
        asked = [
            f"CAST({printer.of(node)} AS INT)" if node.truth else printer.of(node)
            for node in program.outputs.values()
        ]
        with psycopg.connect(server.superuser) as connection:
            kinds = {name: "boolean" if held.dtype == bool else "bigint" for name, held in columns.items()}
            listed = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
            connection.execute(f"CREATE TEMPORARY TABLE facts (row int, {listed}) ON COMMIT DROP")
            with connection.cursor().copy("COPY facts FROM STDIN") as copy:
                for row in zip(range(ROWS), *(held.tolist() for held in columns.values()), strict=True):
                    copy.write_row(row)
            rows = connection.execute(f"SELECT {', '.join(asked)} FROM facts ORDER BY row").fetchall()
        found = {name: [int(row[at]) for row in rows] for at, name in enumerate(program.outputs)}
        assert found == expected


def test_there_is_a_kernel_for_every_wording() -> None:
    assert sum(len(batch) for batch in batches()) == len(RULES) > 40
    assert {made.name for made in joined()} == set(rulebook().exceptions)
    assert Style().steps == 0
