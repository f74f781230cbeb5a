"""Which way a rule of law went: the condition that decided, in Swedish words, and the lines that were read.

Nothing is decided here. The conditions in the rule's own text (law.rules.subset) are tried again on the values that
the rule was given, to find the one that held.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.foundation.ui.dates import hours_long
from egenmakt.foundation.ui.explanation import fact_name, shown
from egenmakt.law.rules.rule import Rule
from egenmakt.law.rules.subset import parsed


@dataclass(frozen=True)
class Branch:
    """The way through a rule. `condition` is in words; empty where the rule has only one way.

    `lines` are the lines that were read, and `answered` the one that gave the answer, numbered from 1 in the text
    that `Rule.source` gives.
    """

    condition: str
    lines: frozenset[int]
    answered: int


@dataclass(frozen=True)
class Words:
    """What a part of the law calls its facts (`names`), and the members of its enumerations (`of_value`)."""

    names: Mapping[str, str]
    of_value: Callable[[StrEnum], str]


def branch_of(rule: Rule, given: Mapping[str, Any], words: Words | None = None) -> Branch:
    """The way the rule went with the values it was given, by argument name."""
    tree, first = parsed(rule), rule.function.__code__.co_firstlineno
    way = _Way({name: given[name] for name in rule.arguments}, words)
    answered = way.through(tree.body)
    return Branch(
        condition=way.condition,
        lines=frozenset(line - first + 1 for line in way.lines),
        answered=answered - first + 1,
    )


def name_of(name: str) -> str:
    """What a fact, a rule or a parameter of the assessment is called."""
    return str(_NAMES[name]) if name in _NAMES else fact_name(name)


class _Way:
    """One run through the statements of a rule."""

    def __init__(self, values: dict[str, Any], words: Words | None) -> None:
        self.values = values
        self.words = words
        self.lines: set[int] = set()
        self.condition = ""
        self._passed = False

    def through(self, body: list[ast.stmt]) -> int:
        """Follow the statements to the one that answers; the number of its line, 0 when none does."""
        for statement in body:
            self.lines.add(statement.lineno)
            if isinstance(statement, ast.Return) and statement.value is not None:
                self.lines.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
                self._choice(statement.value)
                if not self.condition and self._passed:
                    self.condition = _("inget av villkoren före gällde")
                return statement.lineno
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                self.values[statement.targets[0].id] = self._value(statement.value)
            if isinstance(statement, ast.If):
                held = bool(self._value(statement.test))
                if held:
                    self.condition = self._words(statement.test)
                else:
                    self._passed = True
                answered = self.through(statement.body if held else statement.orelse)
                if answered:
                    return answered
                self.condition = ""
        return 0

    def _choice(self, value: ast.expr) -> None:
        """A choice written inside the answer itself: `a if b else c`."""
        if isinstance(value, ast.IfExp):
            if self._value(value.test):
                self.condition = self._words(value.test)
            else:
                self._passed = True
                self._choice(value.orelse)

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.values[node.id]
        if isinstance(node, ast.Attribute):
            return getattr(self._value(node.value), node.attr)
        if isinstance(node, ast.BinOp):
            return _ARITHMETIC[type(node.op)](self._value(node.left), self._value(node.right))
        if isinstance(node, ast.UnaryOp):
            held = self._value(node.operand)
            return not held if isinstance(node.op, ast.Not) else -held
        if isinstance(node, ast.BoolOp):
            found = (self._value(one) for one in node.values)
            return all(found) if isinstance(node.op, ast.And) else any(found)
        if isinstance(node, ast.IfExp):
            return self._value(node.body if self._value(node.test) else node.orelse)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return {"min": min, "max": max}[node.func.id](self._value(one) for one in node.args)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            return all(
                _COMPARED[type(op)](self._value(sides[place]), self._value(sides[place + 1]))
                for place, op in enumerate(node.ops)
            )
        raise TypeError(node)

    def _words(self, node: ast.expr, name: str = "") -> str:
        """An expression as an officer reads it; `name` is what a constant beside it is a value of."""
        if isinstance(node, ast.Constant):
            return self._constant(node.value, name)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return f"{_DATE_PARTS[node.attr]} {self._words(node.value)}"
        if isinstance(node, ast.UnaryOp):
            words = self._words(node.operand, name)
            return _("inte %s") % words if isinstance(node.op, ast.Not) else f"−{words}"
        if isinstance(node, ast.BoolOp):
            # only what held, when one of several is enough
            parts = (
                node.values if isinstance(node.op, ast.And) else [n for n in node.values if self._value(n)]
            )
            return _(" och ").join(self._words(one) for one in (parts or node.values))
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.BinOp):
            if (limit := self._hours(node)) is not None:
                return limit
            sign = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×"}.get(type(node.op), "/")
            return f"{self._words(node.left)} {sign} {self._words(node.right)}"
        return ast.unparse(node)

    def _name(self, name: str) -> str:
        if self.words and name in self.words.names:
            return f"”{self.words.names[name]}”"
        return name_of(name)

    def _constant(self, value: Any, name: str) -> str:
        if isinstance(value, tuple | frozenset):
            return _(" eller ").join(sorted(self._constant(one, name) for one in value))
        if value is None:
            return _("okänt")
        if isinstance(value, StrEnum) and self.words:
            return self.words.of_value(value)
        return shown(name, value.value if isinstance(value, StrEnum) else value)

    def _hours(self, node: ast.BinOp) -> str | None:
        """A number of hours made to seconds is told as hours."""
        if (
            isinstance(node.op, ast.Mult)
            and isinstance(node.right, ast.Constant)
            and node.right.value == 3600
        ):
            return hours_long(int(self._value(node)))
        return None

    def _comparison(self, node: ast.Compare) -> str:
        sides = [node.left, *node.comparators]
        name = next((one.id for one in sides if isinstance(one, ast.Name)), "")
        words = self._words(node.left, name)
        for op, side in zip(node.ops, node.comparators, strict=True):
            words = f"{words} {_SIGNS[type(op)]} {self._words(side, name)}"
        return words


# What the rules of the assessment call facts, other rules, and what they work out on the way.
_NAMES = {
    "above_threshold": gettext_lazy("de grundläggande behoven över gränsen"),
    "activation_measure": gettext_lazy("hjälpen kvalificerade aktiverings- och motiveringsinsatser"),
    "admitted": gettext_lazy("hjälpen något annat än vård, eller bedömd som egenvård"),
    "age_limit_reached": gettext_lazy("åldersgränsen nådd"),
    "aids_tried": gettext_lazy("hjälpmedel utredda"),
    "assistants": gettext_lazy("antalet assistenter"),
    "barred_by_age": gettext_lazy("hindret av åldersgränsen"),
    "basic_needs_threshold": gettext_lazy("gränsen"),
    "belongs": gettext_lazy("tillhörigheten till personkretsen"),
    "deductible": gettext_lazy("tiden som avdrag kan göras från"),
    "directly_necessary_for": gettext_lazy("det åtgärden är direkt nödvändig för"),
    "has_basic_needs": gettext_lazy("grundläggande behov"),
    "has_self_care_assessment": gettext_lazy("egenvård bedömd"),
    "housing_adaptation_tried": gettext_lazy("bostadsanpassning utredd"),
    "intimate": gettext_lazy("hjälpen av privat och integritetskänsligt slag"),
    "is_health_care": gettext_lazy("hjälpen hälso- och sjukvård"),
    "limit_reached_when_received": gettext_lazy("åldersgränsen nådd när ansökan kom in"),
    "most_s": gettext_lazy("de timmar som får beviljas"),
    "municipal_share_hours": gettext_lazy("kommunens timmar"),
    "outcome": gettext_lazy("den som beslutar"),
    "need_s": gettext_lazy("hela behovet"),
    "parental_deduction_basic_s_per_day": gettext_lazy("avdraget om dagen från grundläggande behov"),
    "parental_deduction_other_s_per_day": gettext_lazy("avdraget om dagen från andra behov"),
    "personkrets_group": gettext_lazy("personkretsens grupp"),
    "personkrets_tried": gettext_lazy("personkretsen prövad"),
    "right": gettext_lazy("rätten"),
    "second_assistant": gettext_lazy("rätt till fler än en assistent samtidigt"),
    "tube_feeding": gettext_lazy("måltiden sondmatning"),
    "unclear_moments": gettext_lazy("antalet moment som inte kan räknas än"),
}
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
_SIGNS: Mapping[type[ast.cmpop], Any] = {
    ast.Eq: gettext_lazy("är"),
    ast.NotEq: gettext_lazy("är inte"),
    ast.Lt: gettext_lazy("är mindre än"),
    ast.LtE: gettext_lazy("är högst"),
    ast.Gt: gettext_lazy("är mer än"),
    ast.GtE: gettext_lazy("är minst"),
    ast.Is: gettext_lazy("är"),
    ast.IsNot: gettext_lazy("är inte"),
    ast.In: gettext_lazy("är"),
    ast.NotIn: gettext_lazy("är inte"),
}
_DATE_PARTS = {
    "year": gettext_lazy("året för"),
    "month": gettext_lazy("månaden för"),
    "day": gettext_lazy("dagen för"),
}
