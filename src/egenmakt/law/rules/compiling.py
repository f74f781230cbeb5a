"""Compiling an edition: the rules it holds, written out after one another as one Python function.

Guarantees: for the same values of facts and parameters the function gives the same values, in the same order,
as running the rules one by one (`Edition.run`); a test tries many. A rule whose arguments are the same for all
rows is worked out once, before the rows. Sums over the rows are made on the way.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from egenmakt.law.rules.subset import FUNCTIONS, parsed

if TYPE_CHECKING:
    from egenmakt.law.rules.book import Edition

Values = tuple[Any, ...]
# From the common values and one tuple of values for each row, to the trace of each row and the sums.
RunRows = Callable[[Sequence[Any], Iterable[Sequence[Any]]], tuple[list[Values], Values]]

_COMMON, _ROWS, _MADE, _ADD = "_common", "_rows", "_made", "_add"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over rows: of the value named `of` (of 1 where it is empty), where each named value is the one given.

    Several with the same name are one sum, for rows that fit any of them; no row is to fit two.
    """

    name: str
    of: str
    where: tuple[tuple[str, object], ...] = ()


def names_of(sums: Sequence[Sum]) -> tuple[str, ...]:
    """The names of the sums, in the order they are given back."""
    return tuple(dict.fromkeys(one.name for one in sums))


def common_names(edition: Edition, each: Sequence[str]) -> tuple[str, ...]:
    """The facts and parameters of the edition that are not given for each row, in the order of its trace."""
    return tuple(name for name in (*edition.facts, *edition.parameters) if name not in each)


def compiled(edition: Edition, each: Sequence[str] = (), sums: Sequence[Sum] = ()) -> RunRows:
    """The edition as one function of the common values (in the order of `common_names`) and of rows.

    It gives the trace of each row, and the sums in the order of `names_of`. A row holds the values of `each`, in
    that order, whether the edition asks for them or not.
    """
    writer = _Writer()
    common = common_names(edition, each)
    varying = set(each)
    before: list[ast.stmt] = []
    within: list[ast.stmt] = []
    for name, made in edition.rules.items():
        lines = writer.rule(name, parsed(made))
        if varying.isdisjoint(made.arguments):
            before.extend(lines)
        else:
            varying.add(name)
            within.extend(lines)
    trace = ast.Tuple([_read(name) for name in edition.names], ast.Load())
    within.append(ast.Expr(ast.Call(_read(_ADD), [trace], [])))
    within.extend(writer.sums(sums))
    totals = names_of(sums)
    body = [
        *(ast.Assign([_given(f"_sum_{name}")], ast.Constant(0)) for name in totals),
        *_unpacked(common, _read(_COMMON)),
        *before,
        ast.Assign([_given(_MADE)], ast.List([], ast.Load())),
        ast.Assign([_given(_ADD)], ast.Attribute(_read(_MADE), "append", ast.Load())),
        ast.For(_targets(each), _read(_ROWS), within, []),
        ast.Return(
            ast.Tuple(
                [_read(_MADE), ast.Tuple([_read(f"_sum_{name}") for name in totals], ast.Load())], ast.Load()
            )
        ),
    ]
    return writer.function(body)


class _Writer:
    """Writes rules as straight lines, and keeps the constants they name."""

    def __init__(self) -> None:
        self.constants: list[object] = []

    def rule(self, name: str, text: ast.FunctionDef) -> list[ast.stmt]:
        """The body of a rule with each answer given to the rule's name, and its own names made its own."""
        arguments = {argument.arg for argument in text.args.args}
        return _Lines(self, name, arguments).of(text.body)

    def sums(self, sums: Sequence[Sum], depth: int = 0) -> list[ast.stmt]:
        """The lines that add a row to the sums it belongs to; conditions the sums share are asked once."""
        lines: list[ast.stmt] = []
        inner: dict[tuple[str, object], list[Sum]] = {}
        for one in sums:
            if len(one.where) == depth:
                value: ast.expr = _read(one.of) if one.of else ast.Constant(1)
                lines.append(ast.AugAssign(_given(f"_sum_{one.name}"), ast.Add(), value))
            else:
                inner.setdefault(one.where[depth], []).append(one)
        for (name, member), belonging in inner.items():
            test = ast.Compare(_read(name), [ast.Is()], [self.constant(member)])
            lines.append(ast.If(test, self.sums(belonging, depth + 1), []))
        return lines

    def function(self, body: list[ast.stmt]) -> RunRows:
        """The function with that body. Constants are arguments with a default, which are fastest to read."""
        names = [f"_constant_{place}" for place in range(len(self.constants))]
        arguments = ast.arguments(
            posonlyargs=[],
            args=[ast.arg(name) for name in (_COMMON, _ROWS, *names)],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[_read(name) for name in names],
        )
        function = ast.FunctionDef("edition", arguments, body, [])
        module = ast.fix_missing_locations(ast.Module([function], []))
        known: dict[str, Any] = dict(zip(names, self.constants, strict=True))
        exec(compile(module, "<the rules of an edition>", "exec"), known)  # noqa: S102  # made of our own rules, above
        run: RunRows = known["edition"]
        return run

    def constant(self, value: object) -> ast.expr:
        """The constant as Python can read it: numbers and None as they are, others by a name."""
        if value is None or type(value) in (int, bool):
            return ast.Constant(value)  # type: ignore[arg-type]  # checked on the line above
        for place, known in enumerate(self.constants):
            if known is value:
                return _read(f"_constant_{place}")
        self.constants.append(value)
        return _read(f"_constant_{len(self.constants) - 1}")


class _Lines:
    """One rule made into lines that end with a value given to its name, however it went."""

    def __init__(self, writer: _Writer, name: str, arguments: set[str]) -> None:
        self.writer = writer
        self.name = name
        self.arguments = arguments

    def of(self, statements: Sequence[ast.stmt]) -> list[ast.stmt]:
        """What follows a branch that may already have answered goes into the ways that have not."""
        made: list[ast.stmt] = []
        for place, statement in enumerate(statements):
            if isinstance(statement, ast.Return) and statement.value is not None:
                return [*made, ast.Assign([_given(self.name)], self.value(statement.value))]
            if isinstance(statement, ast.If):
                answers = any(isinstance(node, ast.Return) for node in ast.walk(statement))
                rest = statements[place + 1 :] if answers else []
                test = self.value(statement.test)
                other = self.of([*statement.orelse, *rest])
                made.append(ast.If(test, self.of([*statement.body, *rest]) or [ast.Pass()], other))
                if answers:
                    return made
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                own = self.own(statement.targets[0].id)
                made.append(ast.Assign([_given(own)], self.value(statement.value)))
        return made

    def own(self, name: str) -> str:
        """A name the rule gives itself, apart from those of other rules."""
        return name if name in self.arguments or name in FUNCTIONS else f"{self.name}__{name}"

    def value(self, node: ast.expr) -> ast.expr:
        """The expression with names and constants as they stand in the edition."""
        if isinstance(node, ast.Name):
            return _read(self.own(node.id))
        if isinstance(node, ast.Constant):
            return self.writer.constant(node.value)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            made = self._enumeration(node.left, node.ops[0], node.comparators[0])
            if made is not None:
                return made
        kind: Any = type(node)
        made_again: ast.expr = kind(**{field: self._part(part) for field, part in ast.iter_fields(node)})
        return made_again

    def _part(self, part: object) -> object:
        if isinstance(part, list):
            return [self._part(one) for one in part]
        return self.value(part) if isinstance(part, ast.expr) else part

    def _enumeration(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr | None:
        """A comparison with members of an enumeration. Each is one and the same, so they are compared as that."""
        if not isinstance(right, ast.Constant):
            return None
        if isinstance(operator, ast.Eq | ast.NotEq) and isinstance(right.value, Enum):
            same = ast.Is() if isinstance(operator, ast.Eq) else ast.IsNot()
            return ast.Compare(self.value(left), [same], [self.writer.constant(right.value)])
        if isinstance(operator, ast.In | ast.NotIn) and isinstance(left, ast.Name):
            members: Collection[object] = right.value  # type: ignore[assignment]  # so says `parsed`
            if all(isinstance(member, Enum) for member in members):
                return self._among(left, operator, members)
        return None

    def _among(self, left: ast.Name, operator: ast.cmpop, members: Iterable[object]) -> ast.expr:
        tests: list[ast.expr] = [
            ast.Compare(self.value(left), [ast.Is()], [self.writer.constant(member)]) for member in members
        ]
        among = ast.BoolOp(ast.Or(), tests) if len(tests) > 1 else [ast.Constant(False), *tests][-1]
        return among if isinstance(operator, ast.In) else ast.UnaryOp(ast.Not(), among)


def _read(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _given(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _targets(names: Sequence[str]) -> ast.expr:
    return ast.Tuple([_given(name) for name in names], ast.Store())


def _unpacked(names: Sequence[str], value: ast.expr) -> list[ast.stmt]:
    return [ast.Assign([_targets(names)], value)]
