"""The sheet as it is typed: every cell as text, every error at its cell, and the values where they can be read.

Not Django's form classes: two hundred rows of seventeen fields are read at each pause in typing, within
milliseconds. A row is named by a key that lives as long as the page; fields are called `r-KEY-FIELD`, and `row`,
repeated, holds the keys in the order of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.casework.needs import cells
from egenmakt.casework.needs.cells import Wrong
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.casework.needs.rows import FIELDS, FRESH, RowForm, date_text, field_labels, read_row, typed_of
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.law.timeline import add_years

Posted = Mapping[str, Sequence[str]]

SHEET_FIELDS = ("starts_on", "ends_on", "days", "waiting", "standby", "housing", "aids")
MOST_ROWS = 250

_KEY = re.compile(r"[a-z][0-9]{1,9}")


@dataclass(frozen=True)
class HeadField:
    """A field above the table: what is typed in it, what is wrong with it, and how wide it is."""

    name: str
    label: str
    typed: str
    error: str
    size: str
    suffix: str = ""


@dataclass(frozen=True)
class ShownError:
    """One error for the summary: which field, what to do, and where it is."""

    label: str
    text: str
    href: str


class SheetForm:
    """The whole sheet as typed."""

    def __init__(
        self,
        typed: dict[str, str],
        rows: list[RowForm],
        *,
        version: int = 0,
        shown_on: str = "",
        library: Iterable[str] = (),
        pasted: str = "",
    ) -> None:
        self.typed = typed
        self.rows = rows
        self.version = version
        self.shown_on = shown_on
        self.library = tuple(library)
        self.pasted = pasted
        self.errors: dict[str, Wrong] = {}
        self.values: SheetValues | None = None
        self.read()

    @classmethod
    def posted(cls, data: Posted) -> SheetForm:
        """The sheet in a posted form, or in the draft of one."""

        def one(name: str) -> str:
            found = data.get(name) or [""]
            return str(found[-1]).replace("\x00", "")  # the database takes no such character

        rows: list[RowForm] = []
        seen: set[str] = set()
        for key in data.get("row") or []:
            if not _KEY.fullmatch(key) or key in seen or len(seen) >= MOST_ROWS:
                continue
            seen.add(key)
            typed = {name: one(f"r-{key}-{name}") for name in FIELDS}
            rows.append(RowForm(key, typed, id=_uuid(one(f"r-{key}-id")), gone=bool(one(f"r-{key}-gone"))))
        version = one("version")
        return cls(
            {name: one(name) for name in SHEET_FIELDS},
            rows,
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            shown_on=one("shown_on"),
            library=data.get("library") or [],
            pasted=one("pasted"),
        )

    @classmethod
    def stored(cls, sheet: NeedsSheet, moments: Iterable[Moment]) -> SheetForm:
        """The sheet as it is stored."""
        rows = [
            RowForm(f"m{place}", typed_of(MomentValues.of(moment)), id=moment.pk)
            for place, moment in enumerate(moments, start=1)
        ]
        return cls(typed_of_sheet(SheetValues.of(sheet)), rows, version=sheet.version)

    @classmethod
    def new(cls, today: date) -> SheetForm:
        """A sheet that is not begun: a year from today is proposed, and one empty row."""
        values = SheetValues(
            starts_on=today, ends_on=add_years(today, 1) - timedelta(days=1), days_per_week=7
        )
        return cls(typed_of_sheet(values), [RowForm("n1", dict(FRESH))])

    def read(self) -> None:
        """Read every cell again, and number the rows."""
        self.errors, self.values = {}, None
        self._read_sheet()
        number = 0
        for row in self.rows:
            number += 0 if row.gone else 1
            row.number = number
            row.errors, row.values = {}, None
            if not row.is_empty:
                read_row(row)

    def new_key(self) -> str:
        """A key that no row has."""
        taken = {row.key for row in self.rows}
        number = len(self.rows) + 1
        while f"n{number}" in taken:
            number += 1
        return f"n{number}"

    def row(self, key: str) -> RowForm | None:
        return next((row for row in self.rows if row.key == key), None)

    @property
    def counted(self) -> list[RowForm]:
        """The rows that can be calculated, in order."""
        return [row for row in self.rows if row.counts]

    @property
    def unfinished(self) -> list[RowForm]:
        """The rows that are begun and cannot be calculated yet."""
        return [row for row in self.rows if row.errors and not row.gone]

    @property
    def is_valid(self) -> bool:
        return not self.errors and not self.unfinished

    def to_save(self) -> list[SheetRow]:
        """The rows as they are to be stored. Only when the form is valid."""
        return [SheetRow(row.id, row.values) for row in self.counted if row.values is not None]

    @property
    def head(self) -> list[HeadField]:
        """The fields one writes in above the table."""
        labels, minutes = sheet_labels(), _("min")
        return [
            HeadField(
                name,
                labels[name],
                self.typed.get(name, ""),
                self.errors[name].message if name in self.errors else "",
                size,
                suffix,
            )
            for name, size, suffix in (
                ("starts_on", "date", ""),
                ("ends_on", "date", ""),
                ("days", "days", ""),
                ("waiting", "minutes", minutes),
                ("standby", "minutes", minutes),
            )
        ]

    def all_errors(self) -> list[ShownError]:
        """Every error, from the top of the page to its end."""
        labels = sheet_labels()
        found = [
            ShownError(labels[name], wrong.message, f"#id_{name}") for name, wrong in self.errors.items()
        ]
        row_labels = field_labels()
        for row in self.unfinished:
            for name in FIELDS:
                if wrong := row.errors.get(name):
                    label = f"{row.name}, {row_labels[name].lower()}"
                    found.append(ShownError(label, wrong.message, f"#r-{row.key}-{name}"))
        return found

    def _read_sheet(self) -> None:
        read: dict[str, Any] = {}
        for name, reading in (
            ("starts_on", lambda text: cells.day(text, _("Skriv från vilken dag behovet bedöms."))),
            ("ends_on", lambda text: cells.day(text, _("Skriv till vilken dag behovet bedöms."))),
            (
                "days",
                lambda text: cells.whole(text, 1, 7, _("Skriv hur många dagar i veckan assistans behövs.")),
            ),
            ("waiting", cells.whole_minutes),
            ("standby", cells.whole_minutes),
        ):
            try:
                read[name] = reading(self.typed.get(name, ""))
            except Wrong as wrong:
                self.errors[name] = wrong
        first, last = read.get("starts_on"), read.get("ends_on")
        if first and last and last < first:
            self.errors["ends_on"] = Wrong(_("Sista dagen kan inte ligga före den första."))
        elif first and last and last >= add_years(first, 20):
            self.errors["ends_on"] = Wrong(_("Bedöm högst tjugo år i taget."))
        if read.get("waiting", 0) + read.get("standby", 0) > cells.MINUTES_IN["day"]:
            self.errors["standby"] = Wrong(
                _("Väntetid och beredskap kan tillsammans inte vara mer än ett dygn.")
            )
        if not self.errors:
            self.values = SheetValues(
                starts_on=read["starts_on"],
                ends_on=read["ends_on"],
                days_per_week=read["days"],
                housing_adaptation_tried=bool(self.typed.get("housing")),
                aids_tried=bool(self.typed.get("aids")),
                waiting_minutes_per_day=read["waiting"],
                standby_minutes_per_day=read["standby"],
            )


def typed_of_sheet(values: SheetValues) -> dict[str, str]:
    """What is common to the moments, as it would be typed."""
    return {
        "starts_on": date_text(values.starts_on),
        "ends_on": date_text(values.ends_on),
        "days": str(values.days_per_week),
        "waiting": str(values.waiting_minutes_per_day or ""),
        "standby": str(values.standby_minutes_per_day or ""),
        "housing": "1" if values.housing_adaptation_tried else "",
        "aids": "1" if values.aids_tried else "",
    }


def sheet_labels() -> dict[str, str]:
    """The names of the fields that are common to the moments."""
    return {
        "starts_on": _("Från och med"),
        "ends_on": _("Till och med"),
        "days": _("Dagar i veckan"),
        "waiting": _("Väntetid per natt"),
        "standby": _("Beredskap per natt"),
        "housing": _("Bostadsanpassning har utretts"),
        "aids": _("Hjälpmedel har utretts"),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
