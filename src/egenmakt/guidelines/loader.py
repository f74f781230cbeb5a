"""Reading and checking a guideline file. Whatever is wrong is told with the file and the line.

A file has `schema`, `[municipality]`, and any number of `[[document]]`, `[[value]]`, `[[note]]`,
`[[reading]]`, `[[delegation]]` and `[[left_out]]`, each header on a line of its own. `schema.py` holds what may be set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NoReturn, TypeVar

from egenmakt.guidelines.model import (
    Document,
    Entry,
    Guideline,
    LeftOut,
    SetDelegation,
    SetNote,
    SetReading,
    SetValue,
)
from egenmakt.guidelines.schema import (
    DECISION_KINDS,
    MEASURES,
    ROLES,
    SCHEMA_VERSION,
    SETTINGS,
    STEPS,
    TAGS,
)
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.timeline import Period

_ENTRY_FIELDS = {"document", "page", "valid_from", "valid_to", "set_by", "assumed", "reason"}
_LISTS = ("document", "value", "note", "reading", "delegation", "left_out")
_MOST_REFERENCE = 200

Read = TypeVar("Read", SetValue, SetNote, SetReading, SetDelegation)


class GuidelineFileFaulty(Exception):
    """A guideline file cannot be trusted. The message names the file, the line and the fault."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path}:{line}: {fault}")
        self.path = path
        self.line = line
        self.fault = fault


def load_file(path: Path) -> Guideline:
    """The guideline in the file. Raises `GuidelineFileFaulty` at the first fault."""
    text = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise GuidelineFileFaulty(path, int(found[1]) if found else 1, f"not valid TOML: {error}") from None
    return _File(path, text.splitlines(), content).guideline()


class _File:
    """A file being read: its tables, each with the line it begins on."""

    def __init__(self, path: Path, lines: Sequence[str], content: Mapping[str, object]) -> None:
        self.path = path
        self.lines = lines
        self.content = content
        self.top = _Table(path, 1, lines, content)
        self.documents: dict[str, Document] = {}

    def guideline(self) -> Guideline:
        self.top.only({"schema", "municipality", *_LISTS})
        if self.content.get("schema") != SCHEMA_VERSION:
            self.top.fail(f"schema must be {SCHEMA_VERSION}")
        about = self._about()
        for table in self._tables("document"):
            document = self._document(table)
            if document.id in self.documents:
                table.fail(f"the document {document.id} is given twice", "id")
            self.documents[document.id] = document
        if not self.documents:
            self.top.fail("a guideline needs at least one [[document]]")
        return Guideline(
            slug=about["slug"],
            code=about["code"],
            name=about["name"],
            documents=tuple(self.documents.values()),
            values=self._read("value", self._value, lambda one, other: one.name == other.name),
            notes=self._read("note", self._note, lambda one, other: False),
            delegations=self._read("delegation", self._delegation, _same_decision),
            left_out=tuple(self._left_out(table) for table in self._tables("left_out")),
            readings=self._read("reading", self._reading, lambda one, other: one.question == other.question),
        )

    def _about(self) -> dict[str, str]:
        raw = self.content.get("municipality")
        if not isinstance(raw, dict):
            self.top.fail("[municipality] is missing")
        table = _Table(self.path, self._line_of("[municipality]"), self.lines, raw)
        table.only({"slug", "code", "name"})
        about = {name: table.text(name) for name in ("slug", "code", "name")}
        if about["slug"] != self.path.stem:
            table.fail(f"slug must be the name of the file, {self.path.stem}", "slug")
        if not re.fullmatch(r"[0-9]{4}", about["code"]):
            table.fail("code must be the municipality's four digits", "code")
        return about

    def _document(self, table: _Table) -> Document:
        table.only({"id", "title", "decided_by", "reference", "valid_from", "valid_to", "lapsed_reason"})
        if table.fields.get("lapsed_reason") and "valid_to" not in table.fields:
            table.fail("only a document with valid_to can lapse", "lapsed_reason")
        return Document(
            id=table.text("id"),
            title=table.text("title"),
            decided_by=table.text("decided_by"),
            reference=table.text("reference", ""),
            period=table.period(None),
            lapsed_reason=table.text("lapsed_reason", ""),
        )

    def _entry(self, table: _Table) -> Entry:
        name = table.text("document")
        document = self.documents.get(name)
        if document is None:
            table.fail(f"there is no document {name!r}", "document")
        assumed = table.fields.get("assumed", False)
        if not isinstance(assumed, bool):
            table.fail("assumed must be true or false", "assumed")
        reason = table.text("reason", "")
        if assumed != bool(reason):
            table.fail("what is assumed needs a reason, and only that", "reason" if reason else "assumed")
        page = table.text("page", "")
        if not page and not assumed:
            table.fail("page is missing: say where in the document it stands", "page")
        return Entry(
            document=document,
            page=page,
            period=table.period(document.period.start),
            set_by=table.text("set_by", document.decided_by),
            assumed=assumed,
            reason=reason,
        )

    def _value(self, table: _Table) -> SetValue:
        table.only({"name", "value", *_ENTRY_FIELDS})
        name = table.text("name")
        if name not in SETTINGS:
            table.fail(
                f"{name!r} is nothing a municipality sets here. What the law decides has no place here. "
                f"Known: {', '.join(SETTINGS)}",
                "name",
            )
        setting, value = SETTINGS[name], table.fields.get("value")
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not setting.least <= value <= setting.most
        ):
            table.fail(f"{name}: a whole number of {setting.unit}, {setting.least}–{setting.most}", "value")
        return SetValue(name, value, self._entry(table))

    def _note(self, table: _Table) -> SetNote:
        table.only({"step", "text", "when", *_ENTRY_FIELDS})
        step = table.one_of("step", STEPS)
        return SetNote(step, table.text("text"), table.several("when", TAGS, []), self._entry(table))

    def _reading(self, table: _Table) -> SetReading:
        table.only({"name", *_ENTRY_FIELDS})
        known = {one.name: one.question for one in READINGS}
        name = table.one_of("name", known)
        asked = next(one.asks_for for one in READINGS if one.name == name)
        if asked:
            table.fail(
                f"{name} asks for {', '.join(asked)}, which no sheet of needs holds; it is for comparing",
                "name",
            )
        return SetReading(name, known[name], self._entry(table))

    def _delegation(self, table: _Table) -> SetDelegation:
        table.only({"decisions", "measures", "roles", "text", *_ENTRY_FIELDS})
        measures = table.fields.get("measures", [])
        if not isinstance(measures, list) or any(measure not in MEASURES for measure in measures):
            table.fail("measures must be numbers of 9 § LSS, 2–10", "measures")
        text = table.text("text")
        if len(text) > _MOST_REFERENCE:
            table.fail(f"text is cited in the decision: at most {_MOST_REFERENCE} characters", "text")
        return SetDelegation(
            decisions=table.several("decisions", DECISION_KINDS),
            measures=tuple(measures),
            roles=table.several("roles", ROLES),
            reference=text,
            entry=self._entry(table),
        )

    def _left_out(self, table: _Table) -> LeftOut:
        table.only({"what", "why", "document", "page"})
        name = table.text("document")
        if name not in self.documents:
            table.fail(f"there is no document {name!r}", "document")
        return LeftOut(table.text("what"), table.text("why"), self.documents[name], table.text("page"))

    def _read(
        self, name: str, read: Callable[[_Table], Read], clash: Callable[[Read, Read], bool]
    ) -> tuple[Read, ...]:
        """Read every table of a list and refuse two that say different things about the same day."""
        tables = list(self._tables(name))
        found = [read(table) for table in tables]
        for (first, one), (second, other) in combinations(zip(tables, found, strict=True), 2):
            if clash(one, other) and one.entry.period.intersection(other.entry.period):
                second.fail(f"overlaps the {name} on line {first.line}")
        return tuple(found)

    def _tables(self, name: str) -> Iterator[_Table]:
        header = f"[[{name}]]"
        starts = [number for number, line in enumerate(self.lines, 1) if line.strip() == header]
        entries = self.content.get(name, [])
        if not isinstance(entries, list) or len(entries) != len(starts):
            self.top.fail(f"write each {name} as a table {header} on a line of its own")
        for entry, line in zip(entries, starts, strict=True):
            yield _Table(self.path, line, self.lines, entry)

    def _line_of(self, header: str) -> int:
        return next((number for number, line in enumerate(self.lines, 1) if line.strip() == header), 1)


def _same_decision(one: SetDelegation, other: SetDelegation) -> bool:
    same_measure = not one.measures or not other.measures or bool(set(one.measures) & set(other.measures))
    return same_measure and bool(set(one.decisions) & set(other.decisions))


class _Table:
    """One table of a file, with the line it begins on, so that a fault can be pointed at."""

    def __init__(self, path: Path, line: int, lines: Sequence[str], fields: Mapping[str, object]) -> None:
        self.path = path
        self.line = line
        self.lines = lines
        self.fields = fields

    def fail(self, fault: str, field: str | None = None) -> NoReturn:
        raise GuidelineFileFaulty(self.path, self._line_of(field), fault)

    def only(self, names: Collection[str]) -> None:
        for name in self.fields:
            if name not in names:
                self.fail(f"unknown field {name!r}; known: {', '.join(sorted(names))}", name)

    def text(self, name: str, default: str | None = None) -> str:
        raw = self.fields.get(name, default)
        if not isinstance(raw, str) or (default is None and not raw.strip()):
            self.fail(f"{name} is missing or no text", name)
        return raw

    def one_of(self, name: str, choices: Iterable[str]) -> str:
        raw = self.text(name)
        if raw not in choices:
            self.fail(f"{name} {raw!r} is unknown; known: {', '.join(choices)}", name)
        return raw

    def several(self, name: str, choices: Iterable[str], default: list[str] | None = None) -> tuple[str, ...]:
        raw = self.fields.get(name, default)
        if not isinstance(raw, list) or (default is None and not raw):
            self.fail(f"{name} must be a list with at least one of {', '.join(choices)}", name)
        for value in raw:
            if value not in choices:
                self.fail(f"{name} {value!r} is unknown; known: {', '.join(choices)}", name)
        return tuple(raw)

    def period(self, default_start: date | None) -> Period:
        start, end = self._day("valid_from") or default_start, self._day("valid_to")
        if start is None:
            self.fail("valid_from is missing")
        if end is not None and end < start:
            self.fail("valid_to is before valid_from", "valid_to")
        return Period.through(start, end)

    def _day(self, name: str) -> date | None:
        raw = self.fields.get(name)
        if raw is not None and type(raw) is not date:
            self.fail(f"{name} must be a date, as in 2026-01-01", name)
        return raw if type(raw) is date else None

    def _line_of(self, field: str | None) -> int:
        """The line of a field of this table; the table's own line when the field is not written."""
        if field is not None:
            for number, line in enumerate(self.lines[self.line :], self.line + 1):
                if line.startswith("["):
                    break
                if re.match(rf"{re.escape(field)}\s*=", line):
                    return number
        return self.line
