"""Reading and checking parameter files. A faulty file stops the start, with file and line.

A file `NAME.toml` holds one parameter: `title`, `explanation`, `unit`, `counts`, optionally `key`, then one
`[[value]]` per value and one `[[unknown]]` for each time between values that is known to lack one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations, pairwise
from pathlib import Path
from typing import NoReturn

from egenmakt.law.findings import Citation
from egenmakt.law.parameters.model import Counts, Dated, KeyKind, Parameter, Value
from egenmakt.law.timeline import Period

# What a value is counted in, and whether it is written as a decimal in quotes or as a whole number.
DECIMAL_UNITS = frozenset({"SEK", "SEK/h", "share"})
WHOLE_UNITS = frozenset(
    {"h", "h/week", "s/day", "years", "months", "weeks", "days", "percent", "divisor", "count"}
)

_TOP_FIELDS = {"title", "explanation", "unit", "counts", "key", "value", "unknown"}
_BOUNDS = {
    KeyKind.NONE: (),
    KeyKind.AGE: ("from_age", "to_age"),
    KeyKind.BORN: ("born_from", "born_to"),
    KeyKind.AGE_AT_YEAR_START: ("from_age", "to_age"),
}
_VALUE_FIELDS = {
    *("value", "valid_from", "valid_to", "settled_to"),
    *("act", "section", "part", "version", "source", "verified", "known", "note"),
}


class ParameterFileFaulty(Exception):
    """A parameter file cannot be trusted. The message names the file, the line and the fault."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path}:{line}: {fault}")
        self.path = path
        self.line = line
        self.fault = fault


def load_folder(folder: Path) -> Mapping[str, Parameter]:
    """Every parameter file of a folder, by name. Raises ParameterFileFaulty."""
    return {path.stem: load_file(path) for path in sorted(folder.glob("*.toml"))}


def load_file(path: Path) -> Parameter:
    """The parameter in the file. Raises ParameterFileFaulty with the file, the line and what is wrong."""
    if not path.stem.isidentifier():
        raise ParameterFileFaulty(path, 1, "the file's name is not a name a rule can ask for")
    text = path.read_text(encoding="utf-8")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ParameterFileFaulty(path, int(found[1]) if found else 1, f"not valid TOML: {error}") from None
    return _parameter(path, document, text.splitlines())


def _parameter(path: Path, document: dict[str, object], lines: list[str]) -> Parameter:
    top = _Table(path, 1, document)
    top.only(_TOP_FIELDS)
    unit = top.text("unit")
    if unit not in DECIMAL_UNITS | WHOLE_UNITS:
        top.fail(f"unknown unit {unit!r}")
    counts, key = top.text("counts"), top.text("key", "none")
    if counts not in list(Counts):
        top.fail(f"counts must be one of {', '.join(Counts)}")
    if key not in list(KeyKind):
        top.fail(f"key must be one of {', '.join(KeyKind)}")
    tables = list(_tables(path, document, lines, "value"))
    if not tables:
        top.fail("no [[value]]")
    values = [_dated(table, unit, KeyKind(key)) for table in tables]
    unknown = [_unknown(table) for table in _tables(path, document, lines, "unknown")]
    _refuse_mixed_shapes(tables, values)
    _refuse_overlaps(tables, values)
    _refuse_gaps(tables, values, unknown)
    return Parameter(
        name=path.stem,
        title=top.text("title"),
        explanation=top.text("explanation"),
        unit=unit,
        counts=Counts(counts),
        key=KeyKind(key),
        values=tuple(values),
    )


def _dated(table: _Table, unit: str, key: KeyKind) -> Dated:
    table.only(_VALUE_FIELDS | set(_BOUNDS[key]))
    verified = table.fields.get("verified")
    if not isinstance(verified, bool):
        table.fail("verified must be true or false")
    low, high = (table.bound(name, key) for name in _BOUNDS[key]) if _BOUNDS[key] else (None, None)
    if low is not None and high is not None and high < low:
        table.fail("the upper bound of the key is below the lower")
    return Dated(
        value=_value(table, unit),
        period=table.period("valid_from", "valid_to"),
        citation=Citation(
            table.text("act"), table.text("section"), table.text("part", ""), table.text("version", "")
        ),
        source=table.text("source"),
        verified=verified,
        known=table.day("known"),
        note=table.text("note", ""),
        low=low,
        high=high,
        settled_to=table.day("settled_to"),
    )


def _unknown(table: _Table) -> Period:
    table.only({"from", "to", "why"})
    table.text("why")
    return table.period("from", "to")


def _value(table: _Table, unit: str) -> Value:
    raw = table.fields.get("value")
    if isinstance(raw, dict) and raw:
        return {str(name): _number(table, part, unit) for name, part in raw.items()}
    return _number(table, raw, unit)


def _number(table: _Table, raw: object, unit: str) -> int | Decimal:
    if unit in WHOLE_UNITS:
        if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
            table.fail(f"a value in {unit} is a whole number, not {raw!r}")
        return raw
    try:
        number = Decimal(raw) if isinstance(raw, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        table.fail(f"a value in {unit} is a decimal in quotes, not {raw!r}")
    return number


def _refuse_mixed_shapes(tables: list[_Table], values: list[Dated]) -> None:
    """Every value of a parameter has the same parts: a rule that asks for one always finds it."""
    for table, dated in zip(tables, values, strict=True):
        if _parts(dated) != _parts(values[0]):
            table.fail(f"the value has other parts than the one on line {tables[0].line}")
        if dated.settled_to is not None and dated.settled_to not in dated.period:
            table.fail("settled_to is outside the time of the value")


def _parts(dated: Dated) -> frozenset[str]:
    return frozenset(dated.value) if isinstance(dated.value, Mapping) else frozenset()


def _refuse_overlaps(tables: list[_Table], values: list[Dated]) -> None:
    for (one, first), (other, second) in combinations(zip(tables, values, strict=True), 2):
        if _common_key(first, second) and first.period.intersection(second.period):
            other.fail(f"overlaps the value on line {one.line}")


def _refuse_gaps(tables: list[_Table], values: list[Dated], unknown: list[Period]) -> None:
    """No time without a value between two values for the same key, and no key without one between two
    keys."""
    lows = [dated.low for dated in values if dated.low is not None]
    for dated, table in zip(values, tables, strict=True):
        if dated.high is not None and any(low > dated.high for low in lows) and dated.high + 1 not in lows:
            table.fail("no value begins where the key of this one ends")
    for key in {None, *lows}:
        same = [(v.period, t) for v, t in zip(values, tables, strict=True) if _covers(v, key)]
        for (earlier, _), (later, table) in pairwise(sorted(same, key=lambda entry: entry[0].start)):
            if earlier.end is None or earlier.end == later.start:
                continue
            hole = Period(earlier.end, later.start)
            if not any(hole.intersection(declared) == hole for declared in unknown):
                table.fail(
                    f"gap from {hole.start} through {hole.last}; if it is real, declare it as [[unknown]]"
                )


def _covers(dated: Dated, key: int | None) -> bool:
    if key is None:
        return dated.low is None and dated.high is None
    return (dated.low is None or dated.low <= key) and (dated.high is None or key <= dated.high)


def _common_key(one: Dated, other: Dated) -> bool:
    starts_in_time = one.low is None or other.high is None or one.low <= other.high
    ends_in_time = one.high is None or other.low is None or one.high >= other.low
    return starts_in_time and ends_in_time


def _tables(path: Path, document: dict[str, object], lines: list[str], name: str) -> Iterator[_Table]:
    found = [number for number, line in enumerate(lines, 1) if line.strip() == f"[[{name}]]"]
    entries = document.get(name, [])
    if not isinstance(entries, list) or len(entries) != len(found):
        raise ParameterFileFaulty(path, 1, f"write each {name} as a table [[{name}]] on a line of its own")
    for entry, line in zip(entries, found, strict=True):
        yield _Table(path, line, entry)


class _Table:
    """One table of a file, with the line it begins on, so that a fault can be pointed at."""

    def __init__(self, path: Path, line: int, fields: Mapping[str, object]) -> None:
        self.path = path
        self.line = line
        self.fields = fields

    def fail(self, fault: str) -> NoReturn:
        raise ParameterFileFaulty(self.path, self.line, fault)

    def only(self, names: set[str]) -> None:
        for name in sorted(self.fields.keys() - names):
            self.fail(f"unknown field {name!r}")

    def text(self, name: str, default: str | None = None) -> str:
        raw = self.fields.get(name, default)
        if not isinstance(raw, str) or (default is None and not raw.strip()):
            self.fail(f"{name} is missing")
        return raw

    def day(self, name: str) -> date | None:
        raw = self.fields.get(name)
        if raw is None:
            return None
        if type(raw) is not date:
            self.fail(f"{name} must be a date, as in 2026-01-01")
        return raw

    def period(self, first: str, last: str) -> Period:
        start, end = self.day(first), self.day(last)
        if start is None:
            self.fail(f"{first} is missing")
        if end is not None and end < start:
            self.fail(f"{last} is before {first}")
        return Period.through(start, end)

    def bound(self, name: str, key: KeyKind) -> int | None:
        raw = self.fields.get(name)
        if key is KeyKind.BORN:
            day = self.day(name)
            return day.toordinal() if day else None
        if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool)):
            self.fail(f"{name} must be a whole number of years")
        return raw
