"""A program as one loop over rows, compiled by Numba to the processor's own instructions.

Guarantees: the same answers as the rules themselves, to the bit. What is compiled is kept on disk, in the
user's own cache, under a name made of its text, so that the same law is compiled once. Several threads may
run the same kernel on different rows. Loops are written so that the compiler takes many rows at a time: no
row chooses its way, and no table is looked up.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import get_ident
from typing import Any

import numpy as np

from egenmakt.law.population.columns import MOMENT, MOST_S, SUMS
from egenmakt.law.population.expressions import Expression
from egenmakt.law.population.numpy_kernel import EXACT, Array, type_of
from egenmakt.law.population.programs import Program
from egenmakt.law.population.uniform import uniform_part
from egenmakt.law.sfb.allowance import Decider

# So many moments are worked out before they are summed: what that takes stays in the processor's own memory.
AT_ONCE = 2_048
_OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "div": "//", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==",
    "and": "&", "or": "|",
}  # fmt: skip
_HEAD = (
    "import numpy as np\nfrom numba import njit\n\n\n@njit(nogil=True, cache={cache}, error_model='numpy')\n"
)


class NumbaKernel:
    """A program for each person, one row at a time."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rows = _Rows(program)
        self.columns = program.names("column")
        arguments = [*(f"c_{name}" for name in self.columns), *self.rows.fixed, *_outputs(program)]
        lines = [
            f"def kernel(n, {', '.join(arguments)}):",
            "    for i in range(n):",
            *_indented(self.rows.lines({name: f"c_{name}[i]" for name in self.columns}), 2),
            *_indented(
                (f"o_{name}[i] = {self.rows.value(node)}" for name, node in program.outputs.items()), 2
            ),
        ]
        self.source = "\n".join(lines) + "\n"
        self.function = _compiled(self.source)

    def run(
        self,
        columns: Mapping[str, Array],
        scalars: Mapping[str, int],
        outputs: Mapping[str, Array],
        rows: slice,
    ) -> None:
        """Work out the rows of the columns, and write them to the same rows of the outputs."""
        given = [columns[name][rows] for name in self.columns]
        written = [outputs[name][rows] for name in self.program.outputs]
        self.function(rows.stop - rows.start, *given, *self.rows.uniform.values(scalars), *written)


class NumbaMoments:
    """The program of each moment, summed for each person."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rows = _Rows(program)
        self.of_moments = tuple(name for name in program.names("column") if name in MOMENT)
        self.of_persons = tuple(name for name in program.names("column") if name not in MOMENT)
        self.source = "\n".join(self._text()) + "\n"
        self.function = _compiled(self.source)

    def run(
        self,
        columns: Mapping[str, Array],
        scalars: Mapping[str, int],
        offsets: Array,
        sums: Mapping[str, Array],
        rows: slice,
    ) -> int:
        """Sum the moments of the persons of the rows; the sums begin at their first place.

        The moments of person p are those from offsets[p] up to offsets[p + 1]. Returns 0, or one more than the
        row of the first person whose moments come to more than there is room for.
        """
        given = [columns[name] for name in self.of_moments]
        given += [columns[name][rows] for name in self.of_persons]
        spread = [np.empty(AT_ONCE, columns[name].dtype) for name in self.of_persons]
        apart = [np.empty(AT_ONCE, np.int32) for _ in SUMS]
        written = [sums[name] for name in SUMS]
        fixed = self.rows.uniform.values(scalars)
        count, reach = rows.stop - rows.start, offsets[rows.start : rows.stop + 1]
        found = int(self.function(count, reach, *given, *fixed, *spread, *apart, *written))
        return rows.start + found if found else 0

    def _text(self) -> Iterator[str]:
        arguments = [
            *(f"m_{name}" for name in self.of_moments),
            *(f"c_{name}" for name in self.of_persons),
            *self.rows.fixed,
            *(f"w_{name}" for name in self.of_persons),
            *(f"b_{name}" for name in SUMS),
            *_outputs(self.program),
        ]
        yield f"def kernel(n, offsets, {', '.join(arguments)}):"
        yield "    found = 0"
        yield "    i = 0"
        yield "    start = offsets[0]"
        yield from (f"    sum_{name} = 0" for name in SUMS)
        yield "    while i < n:"
        yield f"        count = min({AT_ONCE}, offsets[n] - start)"
        # what is the person's own, beside each of its moments
        yield "        q = i"
        yield "        j = 0"
        yield "        while j < count:"
        yield "            stop = min(offsets[q + 1] - start, count)"
        yield "            for t in range(j, stop):"
        yield from (f"                w_{name}[t] = c_{name}[q]" for name in self.of_persons)
        yield "                pass"
        yield "            j = stop"
        yield "            q += 1"
        yield from (f"        a_{name} = m_{name}[start : start + count]" for name in self.of_moments)
        yield "        for t in range(count):"
        places = {name: f"a_{name}[t]" for name in self.of_moments}
        places |= {name: f"w_{name}[t]" for name in self.of_persons}
        yield from _indented(self.rows.lines(places), 3)
        yield from (
            f"            b_{name}[t] = {self.rows.value(self.program.outputs[name])}" for name in SUMS
        )
        yield "        j = 0"
        yield "        while i < n:"
        yield "            stop = min(offsets[i + 1] - start, count)"
        yield "            for t in range(j, stop):"
        yield from (f"                sum_{name} += b_{name}[t]" for name in SUMS)
        yield "            j = stop"
        yield "            if offsets[i + 1] - start > count:"
        yield "                break"
        most = ", ".join(f"sum_{name}" for name in SUMS)
        yield f"            if found == 0 and max({most}) > {MOST_S}:"
        yield "                found = i + 1"
        for name in SUMS:
            yield f"            o_{name}[i] = sum_{name}"
            yield f"            sum_{name} = 0"
        yield "            i += 1"
        yield "        start += count"
        yield "    return found"


class NumbaTotals:
    """The totals of many laws over some rows: the rows are read from the processor's own memory for each law, and
    nothing is written but the totals."""

    def __init__(self, program: Program) -> None:
        """The program gives outcome, total_s and municipal_share_s."""
        self.rows = _Rows(program)
        self.columns = program.names("column")
        found = program.outputs
        codes = range(len(Decider))
        sums = [f"count_{code}" for code in codes] + ["total", "share"]
        lines = [
            f"def kernel(n, {', '.join(f'c_{name}' for name in self.columns)}, laws, found):",
            "    for law in range(laws.shape[0]):",
            *(f"        {name} = laws[law, {place}]" for place, name in enumerate(self.rows.fixed)),
            *(f"        {name} = 0" for name in sums),
            "        for i in range(n):",
            *_indented(self.rows.lines({name: f"c_{name}[i]" for name in self.columns}), 3),
            *(f"            count_{code} += {self.rows.value(found['outcome'])} == {code}" for code in codes),
            f"            total += np.int64({self.rows.value(found['total_s'])})",
            f"            share += np.int64({self.rows.value(found['municipal_share_s'])})",
            *(f"        found[law, {place}] += {name}" for place, name in enumerate(sums)),
        ]
        self.source = "\n".join(lines) + "\n"
        self.function = _compiled(self.source)

    def law(self, scalars: Mapping[str, int]) -> list[int]:
        """A law as the kernel takes it."""
        return [int(value) for value in self.rows.uniform.values(scalars)]

    def run(self, columns: Mapping[str, Array], laws: Array, found: Array) -> None:
        """Add the totals of the rows to those found: one line for each law."""
        given = [columns[name] for name in self.columns]
        self.function(len(given[0]), *given, laws, found)


class _Rows:
    """The lines that work out one row of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.uniform = uniform_part(program)
        self.fixed = [f"s{place}" for place in range(len(self.uniform.nodes))]

    def lines(self, places: Mapping[str, str]) -> Iterator[str]:
        """One line for each expression; `places` says where the value of each column stands."""
        for node in self.program.needed:
            if node.columns and node.operation != "constant":
                yield f"{self.value(node)} = {self._typed(node, self._worked_out(node, places))}"

    def value(self, node: Expression) -> str:
        """The name or number of an expression's value."""
        if node.operation == "constant":
            if node.truth:
                return str(bool(node.value))
            return f"np.int32({node.value})" if abs(int(node.value)) < 2**31 else str(node.value)
        if node.columns:
            return f"v{node.serial}"
        name = f"s{self.uniform.place(node)}"
        return f"({name} != 0)" if node.truth else name

    def _worked_out(self, node: Expression, places: Mapping[str, str]) -> str:
        given = [self.value(one) for one in node.arguments]
        match node.operation:
            case "column":
                return places[str(node.value)]
            case "bounded":
                return given[0]
            case "not":
                return f"not {given[0]}"
            case "max":
                return f"max({given[0]}, {given[1]})"
            case "choose":
                return f"{given[1]} if {given[0]} else {given[2]}"
            case "div" if node.arguments[0].high < EXACT:
                # binary fractions are exact so far, and many can be divided at a time
                return f"np.int64(np.float64({given[0]}) / np.float64({given[1]}))"
            case operation:
                return f"{given[0]} {_OPERATORS[operation]} {given[1]}"

    @staticmethod
    def _typed(node: Expression, text: str) -> str:
        if node.truth:
            return f"{text} != 0" if node.operation == "column" else text
        # all narrower types are held in 32 bits, so that a row's values have one width
        return f"np.int64({text})" if type_of(node) == "int64" else f"np.int32({text})"


def _outputs(program: Program) -> list[str]:
    return [f"o_{name}" for name in program.outputs]


def _indented(lines: Iterable[str], levels: int) -> Iterator[str]:
    return ("    " * levels + line for line in lines)


@cache
def _compiled(source: str) -> Callable[..., Any]:
    """The function of the text, compiled when it is first run, or read from disk where it was before."""
    name = "egenmakt_kernel_" + hashlib.sha256(source.encode()).hexdigest()[:24]
    folder = _folder()
    if folder is None:
        scope: dict[str, Any] = {"__name__": name}
        exec(compile(_HEAD.format(cache=False) + source, name, "exec"), scope)  # noqa: S102  # made here, of the rules
        made: Callable[..., Any] = scope["kernel"]
        return made
    path = folder / f"{name}.py"
    text = _HEAD.format(cache=True) + source
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        beside = path.with_suffix(f".{os.getpid()}.{get_ident()}")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # what is kept on disk finds its module by this name
    spec.loader.exec_module(module)
    kept: Callable[..., Any] = module.kernel
    return kept


def _folder() -> Path | None:
    """Where compiled kernels are kept: only the user may write there. None where there is no such place."""
    given, home = os.environ.get("XDG_CACHE_HOME"), os.environ.get("HOME")
    if not given and not home:
        return None
    folder = (Path(given) if given else Path(str(home)) / ".cache") / "egenmakt" / "kernels"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK) else None
    except (OSError, AttributeError):
        return None
