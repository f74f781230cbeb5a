"""A program as NumPy code: one call of a whole-column operation for each expression, over blocks of rows.

Guarantees: the same answers as the rules themselves, to the bit, in whole numbers of the narrowest type that
holds them. Everything worked out on the way for a block stays in the processor's own memory (`BLOCK` rows), and
its room is used again for the next block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from egenmakt.law.population.columns import ALL
from egenmakt.law.population.expressions import Expression, in_order
from egenmakt.law.population.programs import Program
from egenmakt.law.population.uniform import Uniform, uniform_part

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

BLOCK = 32_768
_UFUNCS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "div": "floor_divide", "max": "maximum",
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal",
}  # fmt: skip
# Whole numbers below this are exact as binary fractions of 64 bits.
EXACT = 2**53
_WHOLE = ("int8", "int16", "int32", "int64")


@dataclass(frozen=True)
class NumpyKernel:
    """A program ready to run on arrays."""

    program: Program
    source: str
    uniform: Uniform
    registers: tuple[str, ...]
    function: Callable[..., None] = field(repr=False)

    def run(
        self,
        columns: Mapping[str, Array],
        scalars: Mapping[str, int],
        tables: Mapping[str, Array],
        outputs: Mapping[str, Array],
        rows: slice,
    ) -> None:
        """Work out the rows and write them to the outputs."""
        fixed = self.uniform.values(scalars)
        room = [np.empty(BLOCK, dtype) for dtype in self.registers]
        given = [columns[name] for name in self.program.names("column")]
        looked_up = [tables[name] for name in self.program.names("table")]
        written = [outputs[name] for name in self.program.outputs]
        for start in range(rows.start, rows.stop, BLOCK):
            stop = min(start + BLOCK, rows.stop)
            if stop - start < BLOCK:
                room = [register[: stop - start] for register in room]
            self.function(
                [column[start:stop] for column in given],
                fixed,
                looked_up,
                room,
                [output[start:stop] for output in written],
            )


def type_of(node: Expression) -> str:
    """The type an expression's values are held in."""
    if node.truth:
        return "bool"
    if node.operation == "column":
        return ALL[str(node.value)].type if node.value in ALL else _WHOLE[_narrowest(node.low, node.high)]
    if node.operation == "table":
        return "int32"
    low, high = node.low, node.high
    if node.operation == "choose":
        # the difference of the two is made on the way
        _, then, otherwise = node.arguments
        low, high = min(low, then.low - otherwise.high), max(high, then.high - otherwise.low)
        narrow = max(_narrowest(low, high), *(_width(one) for one in (then, otherwise)))
        return _WHOLE[narrow]
    return _WHOLE[max(1, _narrowest(low, high), *(_width(one) for one in node.arguments))]


def output_type(node: Expression) -> str:
    """The type of an output's column: truths and short codes take one byte, amounts of time four."""
    if node.truth:
        return "bool"
    return "int8" if _narrowest(node.low, node.high) == 0 else _WHOLE[max(2, _narrowest(node.low, node.high))]


def compiled(program: Program) -> NumpyKernel:
    """The program as NumPy code."""
    writer = _Writer(program)
    source = writer.text()
    scope: dict[str, Any] = {"np": np}
    exec(compile(source, "<kernel>", "exec"), scope)  # noqa: S102  # the text is made here, of the rules' expressions
    return NumpyKernel(program, source, writer.uniform, tuple(writer.registers), scope["kernel"])


def _narrowest(low: int, high: int) -> int:
    for place, bits in enumerate((7, 15, 31)):
        if -(2**bits) <= low and high < 2**bits:
            return place
    return 3


def _width(node: Expression) -> int:
    if node.truth or not node.columns:
        return 0
    return _WHOLE.index(type_of(node))


class _Writer:
    """Writes the text of a kernel, and gives the same room to values that are not needed at the same time."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.uniform = uniform_part(program)
        self.lines: list[str] = []
        self.registers: list[str] = []
        self.free: dict[str, list[str]] = {}
        self.held: dict[tuple[int, str], str] = {}
        self.uses: dict[int, int] = {}
        self.output_of: dict[int, str] = {}

    def text(self) -> str:
        needed = [node for node in self.program.needed if node.columns]
        for node in needed:
            for argument in node.arguments:
                self.uses[argument.serial] = self.uses.get(argument.serial, 0) + 1
        for place, node in enumerate(self.program.outputs.values()):
            self.uses[node.serial] = self.uses.get(node.serial, 0) + 1
            if node.operation != "column" and node.columns and type_of(node) == output_type(node):
                self.output_of.setdefault(node.serial, f"o{place}")
        for node in needed:
            self.write(node)
        for place, node in enumerate(self.program.outputs.values()):
            if self.output_of.get(node.serial) != f"o{place}":
                self.lines.append(f"np.copyto(o{place}, {self.value(node)}, casting='unsafe')")
        head = [
            self._unpack("c", len(self.program.names("column")), "columns"),
            self._unpack("s", len(self.uniform.nodes), "fixed"),
            self._unpack("t", len(self.program.names("table")), "tables"),
            self._unpack("r", len(self.registers), "room"),
            self._unpack("o", len(self.program.outputs), "outputs"),
        ]
        body = "\n    ".join([*head, *self.lines])
        return f"def kernel(columns, fixed, tables, room, outputs):\n    {body}\n"

    @staticmethod
    def _unpack(letter: str, count: int, name: str) -> str:
        names = "".join(f"{letter}{place}, " for place in range(count))
        return f"({names}) = {name}" if count else "pass"

    def value(self, node: Expression) -> str:
        """The name or number a node's value has in the text, in its own type."""
        if node.operation == "constant":
            return str(bool(node.value)) if node.truth else str(node.value)
        if not node.columns:
            return f"s{self.uniform.place(node)}"
        if node.operation == "column":
            return f"c{self.program.names('column').index(str(node.value))}"
        return self.held[node.serial, type_of(node)]

    def as_type(self, node: Expression, kind: str) -> str:
        """A node's value in a wider type."""
        if not node.columns or type_of(node) == kind:
            return self.value(node)
        known = self.held.get((node.serial, kind))
        if known is None:
            known = self.take(kind)
            self.lines.append(f"np.copyto({known}, {self.value(node)})")
            self.held[node.serial, kind] = known
        return known

    def take(self, kind: str) -> str:
        """Room for a block of values of a type."""
        if self.free.get(kind):
            return self.free[kind].pop()
        self.registers.append(kind)
        return f"r{len(self.registers) - 1}"

    def release(self, node: Expression) -> None:
        """Give back the room of the arguments that nothing more needs."""
        for argument in set(node.arguments):
            self.uses[argument.serial] -= sum(1 for one in node.arguments if one is argument)
            if self.uses[argument.serial]:
                continue
            for key in [key for key in self.held if key[0] == argument.serial]:
                room = self.held.pop(key)
                if room.startswith("r"):
                    self.free.setdefault(key[1], []).append(room)

    def write(self, node: Expression) -> None:
        """The lines that work out one node."""
        if node.operation in ("column", "constant"):
            return
        kind = type_of(node)
        match node.operation:
            case "div" if node.arguments[0].high < EXACT:
                self.divide(node, kind)
            case "add" | "sub" | "mul" | "div" | "max":
                given = [self.as_type(one, kind) for one in node.arguments]
                self.call(node, kind, _UFUNCS[node.operation], given)
            case "lt" | "le" | "gt" | "ge" | "eq":
                self.call(node, kind, _UFUNCS[node.operation], self.alike(node.arguments))
            case "and" | "or":
                self.call(
                    node, kind, f"bitwise_{node.operation}", [self.value(one) for one in node.arguments]
                )
            case "bounded":
                into = self.into(node, kind)
                self.lines.append(f"np.copyto({into}, {self.value(node.arguments[0])}, casting='unsafe')")
                self.keep(node, kind, into)
            case "not":
                self.call(node, kind, "logical_not", [self.value(node.arguments[0])])
            case "table":
                place = self.as_type(node.arguments[0], "int64")
                table = self.program.names("table").index(str(node.value))
                into = self.into(node, kind)
                self.lines.append(f"np.take(t{table}, {place}, out={into}, mode='clip')")
                self.keep(node, kind, into)
            case "choose":
                self.choose(node, kind)

    def alike(self, nodes: Sequence[Expression]) -> list[str]:
        """Two values in one type, so that nothing is converted inside the comparison."""
        width = max(
            _width(one) if one.columns and not one.truth else _narrowest(one.low, one.high) for one in nodes
        )
        return [self.as_type(one, "bool" if one.truth else _WHOLE[width]) for one in nodes]

    def choose(self, node: Expression, kind: str) -> None:
        condition, then, otherwise = node.arguments
        if not condition.columns:
            into = self.into(node, kind)
            picked = f"{self.value(then)} if {self.value(condition)} else {self.value(otherwise)}"
            self.lines.append(f"np.copyto({into}, {picked})")
            self.keep(node, kind, into)
            return
        chosen, one, other = self.value(condition), self.as_type(then, kind), self.as_type(otherwise, kind)
        into = self.into(node, kind)
        if other == "0" and one == "1":
            self.lines.append(f"np.copyto({into}, {chosen})")
        elif not then.columns and not otherwise.columns:
            self.lines.append(f"np.copyto({into}, {chosen})")
            self.lines.append(f"np.multiply({into}, {one} - {other}, {into})")
            if other != "0":
                self.lines.append(f"np.add({into}, {other}, {into})")
        else:
            # chosen * (one - other) + other, in whole numbers: exact, and faster than a choice row by row
            mask = self.as_type(condition, kind)
            difference = one
            if other != "0":
                self.lines.append(f"np.subtract({one}, {other}, {into})")
                difference = into
            self.lines.append(f"np.multiply({difference}, {mask}, {into})")
            if other != "0":
                self.lines.append(f"np.add({into}, {other}, {into})")
        self.keep(node, kind, into)

    def divide(self, node: Expression, kind: str) -> None:
        """A whole division by way of binary fractions, which is exact below 2**53 and much faster."""
        above, below = node.arguments
        between = self.take("float64")
        self.lines.append(f"np.copyto({between}, {self.value(above)})")
        self.lines.append(f"np.divide({between}, {self.value(below)}, {between})")
        into = self.into(node, kind)
        self.lines.append(f"np.copyto({into}, {between}, casting='unsafe')")
        self.free.setdefault("float64", []).append(between)
        self.keep(node, kind, into)

    def call(self, node: Expression, kind: str, function: str, given: Sequence[str]) -> None:
        """One operation. Its room may be that of a value it is the last to need."""
        self.release(node)
        into = self.output_of.get(node.serial) or self.take(kind)
        self.lines.append(f"np.{function}({', '.join(given)}, out={into})")
        self.held[node.serial, kind] = into

    def into(self, node: Expression, kind: str) -> str:
        """Room for a result that must not be that of its arguments."""
        return self.output_of.get(node.serial) or self.take(kind)

    def keep(self, node: Expression, kind: str, into: str) -> None:
        self.held[node.serial, kind] = into
        self.release(node)


__all__ = ["BLOCK", "EXACT", "Array", "NumpyKernel", "compiled", "in_order", "output_type", "type_of"]
