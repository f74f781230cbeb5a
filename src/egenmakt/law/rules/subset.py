"""The part of Python that the text of a rule is written in, so that it can be compiled for many people.

A rule is statements `if … elif … else`, `name = …` and `return …` over expressions of: its arguments and the
names it gives itself, whole numbers, True, False and None, members of enumerations, tuples and frozensets of
these after `in`; comparisons (also chained), `is None`, `is True`, `is False`; `and`, `or`, `not`; `+ - * // %`;
`a if b else c`; `min`, `max`; and `.year`, `.month`, `.day` of a date. Every path returns a value; an argument
keeps its value; a name has got its value wherever it is read.

`parsed` gives the text as a tree in which everything that is fixed is there as its value; `faults_of` says what
a rule uses that it may not, where, and what to write instead.
"""

from __future__ import annotations

import ast
import inspect
import linecache
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from egenmakt.law.rules.rule import Rule

Made = TypeVar("Made", bound=ast.AST)

DATE_PARTS = frozenset({"year", "month", "day"})
FUNCTIONS = frozenset({"min", "max"})

_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_ORDER = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_INSTEAD: Mapping[type[ast.AST], tuple[str, str]] = {
    ast.For: ("a loop (for)", "let the caller repeat the rule"),
    ast.While: ("a loop (while)", "let the caller repeat the rule"),
    ast.AugAssign: ("an assignment that changes a name", "write name = name + … in full"),
    ast.AnnAssign: ("an assignment with a type", "write name = … without the type"),
    ast.FunctionDef: ("a function of its own", "make it a rule, and ask for it by name"),
    ast.Lambda: ("a function of its own (lambda)", "make it a rule, and ask for it by name"),
    ast.Raise: ("an error (raise)", "answer UNKNOWN, or refuse the fact where it is read"),
    ast.Assert: ("an assertion", "refuse the fact where it is read"),
    ast.Match: ("match", "write if … elif"),
    ast.Expr: ("a statement without effect", "give it a name, or take it away"),
    ast.NamedExpr: ("a name given inside an expression (:=)", "give the name on a line of its own"),
    ast.ListComp: ("a comprehension", "let the caller repeat the rule"),
    ast.SetComp: ("a comprehension", "let the caller repeat the rule"),
    ast.DictComp: ("a comprehension", "let the caller repeat the rule"),
    ast.GeneratorExp: ("a comprehension", "let the caller repeat the rule"),
    ast.Subscript: ("a value looked up ([…])", "make it a fact or a parameter"),
    ast.JoinedStr: ("a text", "answer a member of an enumeration"),
    ast.Dict: ("a table", "write if … elif, or make it a parameter"),
    ast.Tuple: ("a tuple outside in", "compare part by part"),
    ast.List: ("a list", "write a tuple of constants after in"),
    ast.Set: ("a set", "write a tuple of constants after in"),
}


@cache
def parsed(rule: Rule) -> ast.FunctionDef:
    """The text of the rule as a tree to build on; not to be changed.

    Guarantees, for a rule without faults: the body holds only ast.If, ast.Assign (to one ast.Name) and
    ast.Return; there is no docstring, decorator or annotation; every ast.Name that is read is an argument, a
    name assigned before, or `min` or `max` called; constants of the module and members of enumerations are
    ast.Constant with the value itself (the member; a tuple or frozenset after `in`); an ast.Attribute is a part
    of a date that an ast.Name holds. Line numbers are those of the file.
    """
    return _read(rule.function)[0]


def faults_of(rule: Rule) -> tuple[str, ...]:
    """What the rule uses that it may not, each with file, line and what to write instead."""
    return _read(rule.function)[1]


@cache
def _read(function: Callable[..., Any]) -> tuple[ast.FunctionDef, tuple[str, ...]]:
    reader = _Reader(function)
    return reader.tree, tuple(reader.faults)


@cache
def _functions_in(path: str) -> Mapping[int, ast.FunctionDef]:
    """The functions of a file, by the line each begins on, decorators included."""
    tree = ast.parse("".join(linecache.getlines(path)))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {min([node.lineno, *(part.lineno for part in node.decorator_list)]): node for node in found}


class _Reader:
    """Reads one function: makes the tree with everything fixed put in, and collects faults."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.faults: list[str] = []
        self.name = function.__name__
        code = function.__code__
        self.path = code.co_filename
        text = _functions_in(self.path).get(code.co_firstlineno)
        if text is None:
            text = ast.FunctionDef(
                self.name, _no_arguments(), [], [], lineno=code.co_firstlineno, col_offset=0
            )
            self.fail(text, "a text that cannot be read", "write it as def in a file")
        closed = inspect.getclosurevars(function)
        self.fixed: Mapping[str, object] = {**closed.globals, **closed.nonlocals}
        self.arguments = self._arguments(text)
        told = text.body[1:] if ast.get_docstring(text, clean=False) is not None else text.body
        body, after = self._block(told, set(self.arguments))
        if after is not None and not self.faults:
            self.fail(text, "a way to the end without an answer", "end every way with return")
        self.tree = ast.FunctionDef(
            name=self.name,
            args=_plain_arguments(self.arguments),
            body=body,
            decorator_list=[],
            lineno=text.lineno,
            col_offset=text.col_offset,
        )

    def fail(self, node: ast.AST, what: str, instead: str) -> None:
        """Note a fault: which construct, where, and what to write instead."""
        line = getattr(node, "lineno", 0)
        self.faults.append(f"{self.name} ({Path(self.path).name}:{line}) uses {what}; {instead}")

    def _arguments(self, text: ast.FunctionDef) -> tuple[str, ...]:
        given = text.args
        if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs:
            self.fail(
                text, "arguments that are not plain names", "name each fact, rule or parameter it asks for"
            )
        if given.defaults:
            self.fail(text, "an argument with a default", "let the fact say so: nothing is assumed")
        return tuple(argument.arg for argument in given.args)

    def _block(
        self, statements: Sequence[ast.stmt], known: set[str]
    ) -> tuple[list[ast.stmt], set[str] | None]:
        """The statements made anew, and the names that have a value after them; None where all ways return."""
        made: list[ast.stmt] = []
        now: set[str] | None = known
        for statement in statements:
            if now is None:
                self.fail(statement, "a line that is never reached", "take it away")
                break
            now = self._statement(statement, now, made)
        return made, now

    def _statement(self, statement: ast.stmt, known: set[str], made: list[ast.stmt]) -> set[str] | None:
        if isinstance(statement, ast.Return):
            if statement.value is None:
                self.fail(statement, "return without a value", "say the answer")
                return None
            made.append(_at(statement, ast.Return(self._value(statement.value, known))))
            return None
        if isinstance(statement, ast.If):
            test = self._value(statement.test, known)
            body, after_body = self._block(statement.body, set(known))
            other, after_other = self._block(statement.orelse, set(known))
            made.append(_at(statement, ast.If(test, body, other)))
            if after_body is None or after_other is None:
                return after_other if after_body is None else after_body
            return after_body & after_other
        if isinstance(statement, ast.Assign):
            (target, *more) = statement.targets
            value = self._value(statement.value, known)
            if more or not isinstance(target, ast.Name):
                self.fail(statement, "an assignment to several names", "give one name on each line")
                return known
            if target.id in self.arguments:
                self.fail(
                    statement, f"its argument {target.id} as a new name", "give the value a name of its own"
                )
            made.append(_at(statement, ast.Assign([_at(target, ast.Name(target.id, ast.Store()))], value)))
            return known | {target.id}
        self._refuse(statement)
        return known

    def _value(self, node: ast.expr, known: set[str]) -> ast.expr:
        """The expression made anew. Notes what is not permitted in it."""
        made = self._made(node, known)
        return _at(node, made) if made is not node else node

    def _made(self, node: ast.expr, known: set[str]) -> ast.expr:
        if isinstance(node, ast.Constant):
            if not isinstance(node.value, int | NoneType):
                self._refuse_value(node, node.value)
            return ast.Constant(node.value)
        if isinstance(node, ast.Name):
            return self._name(node, known)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, known)
        if isinstance(node, ast.Compare):
            return self._comparison(node, known)
        if isinstance(node, ast.BoolOp):
            return ast.BoolOp(node.op, [self._value(value, known) for value in node.values])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            return ast.UnaryOp(node.op, self._value(node.operand, known))
        if isinstance(node, ast.BinOp):
            if not isinstance(node.op, _ARITHMETIC):
                instead = (
                    "divide with // and round once" if isinstance(node.op, ast.Div) else "use + - * // %"
                )
                self.fail(node, f"the operator {type(node.op).__name__}", instead)
            return ast.BinOp(self._value(node.left, known), node.op, self._value(node.right, known))
        if isinstance(node, ast.IfExp):
            parts = (self._value(part, known) for part in (node.test, node.body, node.orelse))
            return ast.IfExp(*parts)
        if isinstance(node, ast.Call):
            return self._call(node, known)
        self._refuse(node)
        return node

    def _name(self, node: ast.Name, known: set[str]) -> ast.expr:
        if node.id in known:
            return ast.Name(node.id, ast.Load())
        if node.id in self.fixed:
            value = self.fixed[node.id]
            if not _is_fixed(value):
                self._refuse_value(node, value)
            return _constant(value)
        self.fail(node, f"{node.id}, which has no value on some way here", "give it one on every way")
        return node

    def _attribute(self, node: ast.Attribute, known: set[str]) -> ast.expr:
        held = node.value
        if isinstance(held, ast.Name) and held.id in known:
            if node.attr not in DATE_PARTS:
                self.fail(
                    node, f".{node.attr} of a value", "make it a fact; only .year, .month, .day are known"
                )
            return ast.Attribute(self._value(held, known), node.attr, ast.Load())
        kind = self.fixed.get(held.id) if isinstance(held, ast.Name) else None
        if isinstance(kind, type) and issubclass(kind, Enum) and node.attr in kind.__members__:
            return _constant(kind[node.attr])
        self.fail(node, f"{ast.unparse(node)}", "name a member of an enumeration, or a part of a date")
        return node

    def _comparison(self, node: ast.Compare, known: set[str]) -> ast.expr:
        left = self._value(node.left, known)
        made: list[ast.expr] = []
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                made.append(self._among(right, known))
                continue
            made.append(self._value(right, known))
            if isinstance(operator, ast.Is | ast.IsNot):
                if not (
                    isinstance(right, ast.Constant) and (right.value is None or right.value in (True, False))
                ):
                    self.fail(node, "is with something else than None, True or False", "write ==")
            elif not isinstance(operator, _ORDER):
                self.fail(node, f"the comparison {type(operator).__name__}", "use == != < <= > >= in is")
        return ast.Compare(left, node.ops, made)

    def _among(self, node: ast.expr, known: set[str]) -> ast.expr:
        """What stands after `in`: constants, as one constant."""
        if isinstance(node, ast.Tuple):
            parts = [self._value(part, known) for part in node.elts]
            if all(isinstance(part, ast.Constant) for part in parts):
                values = tuple(part.value for part in parts if isinstance(part, ast.Constant))
                return _at(node, _constant(values))
        elif isinstance(node, ast.Name) and node.id not in known:
            value = self.fixed.get(node.id)
            if isinstance(value, tuple | frozenset) and all(_is_fixed(part) for part in value):
                return _at(node, _constant(value))
        self.fail(
            node, "in something else than constants", "write a tuple or a frozenset of constants, or == … or"
        )
        return node

    def _call(self, node: ast.Call, known: set[str]) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or name in known or name in self.fixed:
            self.fail(
                node, f"the call {ast.unparse(node)}", "make it a rule or a fact; only min and max are known"
            )
        elif node.keywords or len(node.args) < 2 or any(isinstance(arg, ast.Starred) for arg in node.args):
            self.fail(node, f"{name} of something else than two or more values", "write out the values")
        else:
            values = [self._value(argument, known) for argument in node.args]
            return ast.Call(_at(node.func, ast.Name(name, ast.Load())), values, [])
        return node

    def _refuse(self, node: ast.AST) -> None:
        what, instead = _INSTEAD.get(
            type(node), (type(node).__name__, "write it with if, return, names and whole numbers")
        )
        self.fail(node, what, instead)

    def _refuse_value(self, node: ast.AST, value: object) -> None:
        instead = {
            float: "write whole numbers of a smaller unit",
            str: "make it a member of an enumeration",
        }.get(type(value), "make it a fact or a parameter")
        self.fail(node, f"the value {value!r}", instead)


def _is_fixed(value: object) -> bool:
    return isinstance(value, int | Enum | NoneType)


def _constant(value: Any) -> ast.Constant:
    """A constant of any fixed value; more than what Python's own compiler takes."""
    made = ast.Constant(None)
    made.value = value
    return made


def _at(place: ast.AST, made: Made) -> Made:
    return ast.copy_location(made, place)


def _plain_arguments(names: Sequence[str]) -> ast.arguments:
    made = _no_arguments()
    made.args = [ast.arg(name, lineno=0, col_offset=0) for name in names]
    return made


def _no_arguments() -> ast.arguments:
    return ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
