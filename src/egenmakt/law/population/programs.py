"""The law of a day as programs over columns: one for a moment of help, one for a person.

Everything comes from the rules: which there are that day, what each asks for, and what each says. What is
added here is what `assistance.assessing` does around them: the sums of the moments, and which day counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from egenmakt.law.assistance.assessing import PARAMETERS, rulebook
from egenmakt.law.lss.needs import Answer, CountedAs
from egenmakt.law.parameters import KeyKind, parameter
from egenmakt.law.population.columns import (
    ALL,
    BOUNDED_TOGETHER,
    FIRST_YEAR,
    MOST_OF_MOMENT_S,
    PERSON,
    SUMS,
    ColumnOf,
    columns_in,
    fact,
)
from egenmakt.law.population.expressions import Expression, Graph, in_order
from egenmakt.law.population.reading import Day, Value, code_of, expression_of
from egenmakt.law.rules import Edition

# What a value of a parameter may be, by its unit, so that everything counted with it fits in 32 bits.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "h/week": (0, 10_000),
    "s/day": (0, 604_800),
    "divisor": (1, 1_000),
    "years": (0, 200),
}
# Farther than any step of a table: one that is never passed begins here.
LAST_STEP = 1_000_000
MOMENT_TARGETS = ("counted_as", "second_assistant", "moment_s", "exempt_s")
# Moments sum to these: what they count as, and which of their times.
SUMMED = {
    "basic_s": (CountedAs.BASIC, "moment_s"),
    "basic_exempt_s": (CountedAs.BASIC, "exempt_s"),
    "other_s": (CountedAs.OTHER, "moment_s"),
    "other_exempt_s": (CountedAs.OTHER, "exempt_s"),
}


@dataclass(frozen=True)
class Style:
    """How a program is to be made: the day as numbers in its text or given when it is run, and tables looked
    up or, where `steps` is not 0, counted as that many steps. `readings` are those chosen of what the law leaves open."""

    fixed_day: bool = True
    steps: int = 0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """What is worked out for each row, and what that needs: columns, values of the day, tables."""

    graph: Graph
    outputs: Mapping[str, Expression]

    @property
    def needed(self) -> tuple[Expression, ...]:
        """Every expression, in an order in which they can be worked out."""
        return tuple(in_order(tuple(self.outputs.values())))

    def names(self, operation: str) -> tuple[str, ...]:
        """The names of the columns, scalars or tables it needs, in alphabetical order."""
        return tuple(sorted({str(node.value) for node in self.needed if node.operation == operation}))


def person_program(day: date, wanted: tuple[str, ...], constants: Mapping[str, int], style: Style) -> Program:
    """The answers wanted for each person, from the sums of its moments."""
    return _Builder(day, constants, style).answers(wanted)


def moment_program(day: date, constants: Mapping[str, int], style: Style) -> Program:
    """What each moment adds to each sum of its person."""
    return _Builder(day, constants, style).contributions()


def night_program(day: date, constants: Mapping[str, int], style: Style) -> Program:
    """What waiting and standby at night add to the person's other needs."""
    builder = _Builder(day, constants, style)
    known = builder.rules(("waiting_s", "standby_s"))
    return Program(builder.graph, {"other_s": builder.graph.add(known["waiting_s"], known["standby_s"])})


def reached_program(wording: date) -> Program:
    """Whether the age limit was reached on a day that is a column of its own, by the law of `wording`."""
    builder = _Builder(wording, {}, Style(), day_of_row=True)
    return Program(
        builder.graph, {"age_limit_reached": builder.rules(("age_limit_reached",))["age_limit_reached"]}
    )


def age_program(day: date, style: Style) -> Program:
    """The age that parameters ask for."""
    builder = _Builder(day, {}, style)
    return Program(builder.graph, {"age": builder.age()})


@dataclass(frozen=True)
class RuleByRule:
    """The law of a day, each rule by itself: what it says, in columns and in the rules before it."""

    moment: Mapping[str, Expression]
    sums: Mapping[str, Expression]
    night: Mapping[str, Expression]
    person: Mapping[str, Expression]


def rule_by_rule(day: date, wanted: tuple[str, ...], readings: tuple[str, ...] = ()) -> RuleByRule:
    """Every rule that the answers wanted need, for moments and for persons."""
    builder = _Builder(day, {}, Style(readings=readings))
    moment = builder.apart(MOMENT_TARGETS)
    said = {
        name: builder.graph.column(name, node.low, node.high, truth=node.truth)
        for name, node in moment.items()
    }
    return RuleByRule(
        moment,
        builder.summed(said),
        builder.apart(("waiting_s", "standby_s")),
        builder.apart(tuple(name for name in wanted if name not in SUMS)),
    )


def edition(day: date, targets: tuple[str, ...], readings: tuple[str, ...] = ()) -> Edition:
    """The rules the targets need, as they stand on the day and are read. Raises NoRule and RulesFaulty."""
    return rulebook(readings).edition(day, targets)


class _Builder:
    """Builds one program in one graph."""

    def __init__(
        self, day: date, constants: Mapping[str, int], style: Style, *, day_of_row: bool = False
    ) -> None:
        self.graph = Graph(BOUNDED_TOGETHER)
        self.day = day
        self.style = style
        self.day_of_row = day_of_row
        self.column: ColumnOf = columns_in(self.graph, constants)

    def answers(self, wanted: tuple[str, ...]) -> Program:
        """The rules wanted."""
        known = self.rules(tuple(name for name in wanted if name not in SUMS))
        sums = {name: self.column(name) for name in SUMS if name in wanted}
        return Program(self.graph, {name: sums.get(name) or known[name] for name in wanted})

    def contributions(self) -> Program:
        """The sums a moment goes to. It is unclear when its kind is, or the number of assistants."""
        return Program(self.graph, self.summed(self.rules(MOMENT_TARGETS)))

    def summed(self, known: Mapping[str, Expression]) -> dict[str, Expression]:
        """What a moment adds to each sum, from what the rules say of it."""
        zero = self.graph.constant(0)

        def counts_as(kind: CountedAs) -> Expression:
            return self.graph.compare("eq", known["counted_as"], self.graph.constant(code_of(kind)))

        outputs = {}
        for name, (kind, time) in SUMMED.items():
            seconds = self.graph.bounded(known[time], 0, MOST_OF_MOMENT_S)
            outputs[name] = self.graph.choose(counts_as(kind), seconds, zero)
        unknown = self.graph.compare(
            "eq", known["second_assistant"], self.graph.constant(code_of(Answer.UNKNOWN))
        )
        half = self.graph.both(self.graph.no(counts_as(CountedAs.NOT_COUNTED)), unknown)
        unclear = self.graph.either(counts_as(CountedAs.UNCLEAR), half)
        outputs["unclear_moments"] = self.graph.choose(unclear, self.graph.constant(1), zero)
        return outputs

    def rules(self, targets: tuple[str, ...]) -> dict[str, Expression]:
        """Every rule the targets need, by name."""
        rules = edition(self.day, targets, self.style.readings)
        known: dict[str, Value] = {}
        for name in rules.facts:
            known[name] = self.the_day() if name == "day" else fact(name, self.column, self.graph)
        for name in rules.parameters:
            known[name] = self.parameter(name)
        found: dict[str, Expression] = {}
        for name, rule in rules.rules.items():
            found[name] = expression_of(rule, {one: known[one] for one in rule.arguments}, self.graph)
            known[name] = found[name]
        return found

    def apart(self, targets: tuple[str, ...]) -> dict[str, Expression]:
        """Every rule the targets need by itself: the rules it asks for are columns of their names."""
        whole = self.rules(targets)
        rules = edition(self.day, targets, self.style.readings)
        known: dict[str, Value] = {}
        for name in rules.facts:
            known[name] = self.the_day() if name == "day" else fact(name, self.column, self.graph)
        for name in rules.parameters:
            known[name] = self.parameter(name)
        found: dict[str, Expression] = {}
        for name, rule in rules.rules.items():
            found[name] = expression_of(rule, {one: known[one] for one in rule.arguments}, self.graph)
            bounds = whole[name]
            known[name] = self.graph.column(name, bounds.low, bounds.high, truth=bounds.truth)
        return found

    def the_day(self) -> Day:
        """The day the law is asked about."""
        bounds = {"year": (FIRST_YEAR, 2199), "month": (1, 12), "day": (1, 31)}

        def part(name: str) -> Expression:
            if self.day_of_row:
                return self.graph.column(f"day_{name}", *bounds[name])
            if self.style.fixed_day:
                return self.graph.constant(
                    code_of(self.day) if name == "ordinal" else getattr(self.day, name)
                )
            low, high = bounds.get(name, (code_of(date.min), code_of(date.max)))
            return self.graph.scalar(f"day_{name}", low, high)

        return Day(part)

    def parameter(self, argument: str) -> Expression:
        """The parameter an argument name means: a number for all, or a table by age or year of birth."""
        of = parameter(PARAMETERS[argument][0])
        low, high = BOUNDS[of.unit]
        if of.key is KeyKind.NONE:
            return self.graph.scalar(argument, low, high)
        if of.key is KeyKind.AGE:
            return self.looked_up(argument, self.age(), low, high)
        if of.key is KeyKind.BORN:
            first = self.graph.constant(FIRST_YEAR)
            return self.looked_up(argument, self.graph.sub(self.column("born_year"), first), low, high)
        raise LookupError(f"{of.name} depends on {of.key}, which no population has")

    def looked_up(self, name: str, place: Expression, low: int, high: int) -> Expression:
        """The entry of a table: found at its place, or as the first entry and the steps passed since."""
        if not self.style.steps:
            return self.graph.table(name, place, low, high)
        found = self.graph.scalar(f"{name}_first", low, high)
        zero = self.graph.constant(0)
        for step in range(self.style.steps):
            passed = self.graph.compare("ge", place, self.graph.scalar(f"{name}_from_{step}", -1, LAST_STEP))
            by = self.graph.scalar(f"{name}_by_{step}", -high, high)
            found = self.graph.add(found, self.graph.choose(passed, by, zero))
        return self.graph.bounded(found, low, high)

    def age(self) -> Expression:
        """The whole years of age that parameters ask for."""
        rule = rulebook().wording("age_by_month", self.day)
        return expression_of(
            rule, {"day": self.the_day(), "born": fact("born", self.column, self.graph)}, self.graph
        )


@cache
def answers(readings: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Every answer about a person that can be wanted, in the order of the rules."""
    newest = max(made.period.start for wordings in rulebook().wordings.values() for made in wordings)
    return tuple(edition(newest, ("outcome", "total_s", "municipal_share_s"), readings).rules)


__all__ = [
    "ALL",
    "BOUNDS",
    "LAST_STEP",
    "MOMENT_TARGETS",
    "PERSON",
    "SUMMED",
    "Program",
    "RuleByRule",
    "Style",
    "age_program",
    "answers",
    "edition",
    "moment_program",
    "night_program",
    "person_program",
    "reached_program",
    "rule_by_rule",
]
