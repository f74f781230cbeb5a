"""Reading the fields of a small JSON document: every fault is collected, and none hides another.

Guarantees: a value is either read exactly as it was written or refused at its path, in Swedish, with what to
do. Unknown and missing fields are refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from egenmakt.site.commands.contract import InputRefused

FIRST_YEAR, LAST_YEAR = 1880, 2199

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
# A sentence quotes what was written only as far as this; the rest says nothing more.
_MOST_QUOTED = 40


class Fields:
    """One object of a document, at a path. All objects of a document share one list of errors."""

    def __init__(self, value: object, errors: list[InputRefused], path: str = "") -> None:
        self.errors = errors
        self.path = path
        self.readable = isinstance(value, dict)
        self._values: Mapping[str, object] = value if isinstance(value, dict) else {}
        if not self.readable:
            self.errors.append(InputRefused(path, "Ska vara ett objekt med namngivna fält."))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def is_null(self, name: str) -> bool:
        """Whether the field is given as null: said to have no value."""
        return name in self._values and self._values[name] is None

    def fail(self, name: str, message: str) -> None:
        """Refuse the field, or the whole object when `name` is empty."""
        where = ".".join(part for part in (self.path, name) if part)
        self.errors.append(InputRefused(where, message))

    def only(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse fields that are unknown, and say which of the required are missing."""
        if not self.readable:
            return
        for name in self._values:
            if name not in required and name not in optional:
                self.fail(quoted(name), "Okänt fält. Ta bort det eller rätta namnet.")
        for name in required:
            if name not in self._values:
                self.fail(name, "Fältet saknas.")

    def day(self, name: str) -> date | None:
        """A date as YYYY-MM-DD; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, str) or not _DATE.fullmatch(raw):
            self.fail(name, "Ska vara ett datum, skrivet ÅÅÅÅ-MM-DD.")
            return None
        return self._dated(name, raw, raw)

    def month(self, name: str) -> date | None:
        """The first day of a month as YYYY-MM; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, str) or not _MONTH.fullmatch(raw):
            self.fail(name, "Ska vara en månad, skriven ÅÅÅÅ-MM.")
            return None
        return self._dated(name, f"{raw}-01", raw)

    def clock(self, name: str) -> datetime | None:
        """A local clock time as YYYY-MM-DDTHH:MM; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, str) or not _CLOCK.fullmatch(raw):
            self.fail(name, "Ska vara ett klockslag, skrivet ÅÅÅÅ-MM-DDTHH:MM.")
            return None
        if self._dated(name, raw[:10], raw[:10]) is None:
            return None
        try:
            return datetime.fromisoformat(raw)
        except ValueError:
            self.fail(name, f"Klockslaget {raw[11:]} finns inte. Skriv 00:00 till 23:59.")
            return None

    def text(self, name: str) -> str | None:
        """A text; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, str):
            self.fail(name, "Ska vara text inom citattecken.")
            return None
        return raw

    def one_of(self, name: str, choices: Sequence[str]) -> str | None:
        """One of the words; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, str) or raw not in choices:
            self.fail(name, f"Ska vara något av {', '.join(choices)}.")
            return None
        return raw

    def yes_or_no(self, name: str) -> bool | None:
        """true or false; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if not isinstance(raw, bool):
            self.fail(name, "Ska vara true eller false.")
            return None
        return raw

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds; None when the field is missing or refused."""
        if name not in self._values:
            return None
        return self._whole(name, self._values[name], least, most)

    def decimal(self, name: str, least: Decimal, most: Decimal, places: int) -> Decimal | None:
        """A decimal number in quotes, with a point and at most so many decimals; None when missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if isinstance(raw, str) and re.fullmatch(rf"[0-9]{{1,12}}(\.[0-9]{{1,{places}}})?", raw):
            number = Decimal(raw)
            if least <= number <= most:
                return number
        self.fail(
            name,
            f"Ska vara ett tal inom citattecken från {least} till {most}, med punkt och högst {places} decimaler, "
            f'till exempel "{max(least, Decimal(1)):.2f}".',
        )
        return None

    def number(self, name: str, least: int, most: int) -> Decimal | None:
        """A number, whole or with decimals, within bounds; None when the field is missing or refused."""
        if name not in self._values:
            return None
        raw = self._values[name]
        if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            number = Decimal(raw)
            if number.is_finite() and least <= number <= most:
                return number
        self.fail(name, f"Ska vara ett tal från {least} till {most}.")
        return None

    def mapping(self, name: str) -> Mapping[str, object]:
        """An object whose names are not known beforehand, as it is; empty when it is missing or refused."""
        raw = self._values.get(name, {})
        if isinstance(raw, dict):
            return raw
        self.fail(name, "Ska vara ett objekt med namngivna fält.")
        return {}

    def inner(self, name: str) -> Fields | None:
        """An object within this one, with its own path; None when the field is missing."""
        if name not in self._values:
            return None
        return Fields(self._values[name], self.errors, f"{self.path}.{name}" if self.path else name)

    def wholes(self, name: str, least: int, most: int) -> list[int]:
        """A list of whole numbers within bounds; empty when the field is missing or refused."""
        if name not in self._values:
            return []
        raw = self._values[name]
        if not isinstance(raw, list):
            self.fail(name, "Ska vara en lista med heltal.")
            return []
        read = [self._whole(f"{name}[{place}]", value, least, most) for place, value in enumerate(raw)]
        return [value for value in read if value is not None]

    def texts(self, name: str, most: int) -> list[str]:
        """A list of texts, none of them empty; empty when the field is missing or refused."""
        read = []
        for place, value in enumerate(self._list(name, most)):
            if isinstance(value, str) and value:
                read.append(value)
            else:
                self.fail(f"{name}[{place}]", "Ska vara text inom citattecken.")
        return read

    def days(self, name: str, most: int) -> list[date]:
        """A list of dates as YYYY-MM-DD; empty when the field is missing or refused."""
        values = {f"{name}[{place}]": value for place, value in enumerate(self._list(name, most))}
        listed = Fields(values, self.errors, self.path)
        read = [listed.day(place) for place in values]
        return [day for day in read if day is not None]

    def objects(self, name: str, most: int) -> list[Fields]:
        """A list of objects, each with its own path; empty when the field is missing or refused."""
        prefix = f"{self.path}.{name}" if self.path else name
        listed = enumerate(self._list(name, most))
        return [Fields(value, self.errors, f"{prefix}[{place}]") for place, value in listed]

    def _list(self, name: str, most: int) -> Sequence[object]:
        if name not in self._values:
            return []
        raw = self._values[name]
        if not isinstance(raw, list):
            self.fail(name, "Ska vara en lista.")
            return []
        if len(raw) > most:
            self.fail(name, f"Högst {most} poster kan räknas på en gång.")
            return []
        return raw

    def _whole(self, name: str, raw: object, least: int, most: int) -> int | None:
        if isinstance(raw, int) and not isinstance(raw, bool) and least <= raw <= most:
            return raw
        self.fail(name, f"Ska vara ett heltal från {least} till {most}.")
        return None

    def _dated(self, name: str, iso: str, written: str) -> date | None:
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            self.fail(name, f"{written} finns inte i kalendern.")
            return None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        self.fail(name, f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")
        return None


def quoted(text: str) -> str:
    """A text from the input, short enough to be repeated in an answer."""
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"
