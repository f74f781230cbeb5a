"""The part of a program that is the same for all rows: worked out once, before the rows are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from egenmakt.law.population.expressions import Expression, in_order
from egenmakt.law.population.programs import Program

_OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "div": "//", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==",
    "and": "and", "or": "or",
}  # fmt: skip


@dataclass(frozen=True)
class Uniform:
    """The expressions that rows ask for and that differ between no rows."""

    nodes: tuple[Expression, ...]
    function: Callable[..., tuple[Any, ...]] = field(repr=False)

    def place(self, node: Expression) -> int:
        """Where the expression's value stands among the values."""
        return next(place for place, one in enumerate(self.nodes) if one is node)

    def values(self, scalars: Mapping[str, int]) -> tuple[Any, ...]:
        """The values, for the scalars of a run."""
        return self.function(scalars)


def uniform_part(program: Program) -> Uniform:
    """What of the program is worked out once."""
    asked = [
        argument
        for node in program.needed
        if node.columns
        for argument in node.arguments
        if not argument.columns and argument.operation != "constant"
    ]
    asked += [node for node in program.outputs.values() if not node.columns and node.operation != "constant"]
    nodes = tuple({node.serial: node for node in asked}.values())
    lines = [f"v{node.serial} = {_text(node)}" for node in in_order(nodes)]
    given = "".join(f"v{node.serial}, " for node in nodes)
    body = "\n    ".join([*lines, f"return ({given})"])
    scope: dict[str, Any] = {}
    exec(compile(f"def uniform(scalars):\n    {body}\n", "<uniform>", "exec"), scope)  # noqa: S102  # made here
    return Uniform(nodes, scope["uniform"])


def _text(node: Expression) -> str:
    names = [f"v{one.serial}" for one in node.arguments]
    match node.operation:
        case "constant":
            return str(bool(node.value)) if node.truth else str(node.value)
        case "scalar":
            return f"scalars[{node.value!r}]"
        case "bounded":
            return names[0]
        case "not":
            return f"not {names[0]}"
        case "max":
            return f"max({names[0]}, {names[1]})"
        case "choose":
            return f"{names[1]} if {names[0]} else {names[2]}"
        case operation:
            return f"{names[0]} {_OPERATORS[operation]} {names[1]}"
