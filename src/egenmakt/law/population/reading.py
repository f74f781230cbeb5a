"""From the text of a rule to an expression: the rule's own source, read and followed, never run.

Guarantees: every way through the rule is followed. What a rule may be written with is said, and its faults are
told, in `rules.subset`; what passes there can be followed here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeAlias

from egenmakt.law.population.expressions import Expression, Graph
from egenmakt.law.rules import Rule
from egenmakt.law.rules.subset import faults_of, parsed

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
    ast.Eq: "eq", ast.NotEq: "ne", ast.Is: "eq", ast.IsNot: "ne",
}  # fmt: skip
_FIRST_DAY = date(1970, 1, 1).toordinal()


class NotFollowed(Exception):
    """A rule is written in a way that cannot be turned into a kernel. Says which construct, and where."""


class Day:
    """A date whose parts and place in the calendar are expressions, made when they are asked for."""

    def __init__(self, part: Callable[[str], Expression]) -> None:
        """`part` gives the expression for `year`, `month`, `day` or, for the whole date, `ordinal`."""
        self.part = part


Value: TypeAlias = "Expression | Day"


def code_of(value: object) -> int:
    """The whole number a value of a rule is written as: an enumeration's member by its place, None as -1, a
    date by its days since 1970-01-01, a truth as 0 or 1."""
    if value is None:
        return -1
    if isinstance(value, Enum):
        return list(type(value)).index(value)
    if isinstance(value, date):
        return value.toordinal() - _FIRST_DAY
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{value!r} has no code")


def expression_of(rule: Rule, arguments: Mapping[str, Value], graph: Graph) -> Expression:
    """What the rule gives for the arguments. Raises NotFollowed."""
    faults = faults_of(rule)
    if faults:
        raise NotFollowed("; ".join(faults))
    return _Reader(rule, graph).follow(parsed(rule).body, arguments)


class _Reader:
    """Follows one rule."""

    def __init__(self, rule: Rule, graph: Graph) -> None:
        self.rule = rule
        self.graph = graph

    def follow(self, statements: Sequence[ast.stmt], known: Mapping[str, Value]) -> Expression:
        """What is returned when the statements are carried out."""
        first, *rest = statements
        match first:
            case ast.Return(value=ast.expr() as returned):
                return self.number(returned, known)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return self.follow(rest, {**known, name: self.value(value, known)})
            case ast.If(test=test, body=body, orelse=orelse):
                condition = self.truth(test, known)
                if condition is self.graph.true:
                    return self.follow([*body, *rest], known)
                if condition is self.graph.false:
                    return self.follow([*orelse, *rest], known)
                then, otherwise = self.follow([*body, *rest], known), self.follow([*orelse, *rest], known)
                return self.graph.choose(condition, then, otherwise)
        raise self.refused(first)

    def value(self, node: ast.expr, known: Mapping[str, Value]) -> Value:
        """What an expression stands for."""
        match node:
            case ast.Constant(value=bool() as truth):
                return self.graph.true if truth else self.graph.false
            case ast.Constant():
                return self.graph.constant(code_of(node.value))
            case ast.Name(id=name):
                return known[name]
            case ast.Attribute(value=ast.Name(id=name), attr=part):
                day = known[name]
                if isinstance(day, Day):
                    return day.part(part)
            case ast.BinOp():
                return self.arithmetic(node, known)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.graph.sub(self.graph.constant(0), self.number(operand, known))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition = self.truth(test, known)
                return self.graph.choose(condition, self.number(body, known), self.number(orelse, known))
            case ast.Call(func=ast.Name(id=name), args=given):
                return self.extreme(name, [self.number(one, known) for one in given])
            case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return self.truth(node, known)
        raise self.refused(node)

    def number(self, node: ast.expr, known: Mapping[str, Value]) -> Expression:
        """What an expression stands for, which is no date, or a date by its place in the calendar."""
        value = self.value(node, known)
        return value.part("ordinal") if isinstance(value, Day) else value

    def arithmetic(self, node: ast.BinOp, known: Mapping[str, Value]) -> Expression:
        """+ - * // %, of whole numbers."""
        one, other = self.number(node.left, known), self.number(node.right, known)
        match node.op:
            case ast.Add():
                return self.graph.add(one, other)
            case ast.Sub():
                return self.graph.sub(one, other)
            case ast.Mult():
                return self.graph.mul(one, other)
            case ast.FloorDiv():
                return self.graph.div(one, other)
            case ast.Mod():
                return self.graph.sub(one, self.graph.mul(self.graph.div(one, other), other))
        raise self.refused(node)

    def extreme(self, name: str, values: Sequence[Expression]) -> Expression:
        """min or max of two or more."""
        first, *others = values
        for other in others:
            before = self.graph.compare("le" if name == "min" else "ge", first, other)
            first = self.graph.choose(before, first, other)
        return first

    def truth(self, node: ast.expr, known: Mapping[str, Value]) -> Expression:
        """Whether an expression holds. A truth that may be None holds only when it is True."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.graph.no(self.truth(operand, known))
            case ast.BoolOp(op=operator, values=values):
                join = self.graph.both if isinstance(operator, ast.And) else self.graph.either
                found, *others = (self.truth(value, known) for value in values)
                for other in others:
                    found = join(found, other)
                return found
            case ast.Compare(left=left, ops=operators, comparators=others):
                return self.comparisons(left, operators, others, known)
        value = self.number(node, known)
        if value.truth:
            return value
        if value.low < -1 or value.high > 1:
            raise self.refused(node)
        return self.graph.compare("eq", value, self.graph.constant(1))

    def comparisons(
        self,
        left: ast.expr,
        operators: Sequence[ast.cmpop],
        others: Sequence[ast.expr],
        known: Mapping[str, Value],
    ) -> Expression:
        """a < b <= c, and a in (…)."""
        found, one = self.graph.true, self.number(left, known)
        for operator, node in zip(operators, others, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                holds = self.among(one, node)
                found = self.graph.both(
                    found, holds if isinstance(operator, ast.In) else self.graph.no(holds)
                )
                break
            other = self.number(node, known)
            found = self.graph.both(found, self.graph.compare(_COMPARISONS[type(operator)], one, other))
            one = other
        return found

    def among(self, value: Expression, node: ast.expr) -> Expression:
        """Whether the value is one of constants: a comparison or two for each unbroken run of codes."""
        if not isinstance(node, ast.Constant):
            raise self.refused(node)
        members: object = node.value
        if not isinstance(members, tuple | frozenset):
            raise self.refused(node)
        codes = sorted({code_of(member) for member in members})
        found, start = self.graph.false, 0
        for place, code in enumerate(codes):
            if place + 1 < len(codes) and codes[place + 1] == code + 1:
                continue
            low, high = self.graph.constant(codes[start]), self.graph.constant(code)
            above, below = self.graph.compare("ge", value, low), self.graph.compare("le", value, high)
            run = self.graph.compare("eq", value, low) if low is high else self.graph.both(above, below)
            found, start = self.graph.either(found, run), place + 1
        return found

    def refused(self, node: ast.AST) -> NotFollowed:
        """The fault of a construct that `rules.subset` lets through and this reader does not know."""
        line = getattr(node, "lineno", 0)
        return NotFollowed(
            f"{self.rule.name} (line {line}) uses {type(node).__name__}, which is not followed"
        )
