"""Instances read from text: the sections HORIZON, SHIFTS, STAFF, DAYS_OFF, SHIFT_ON_REQUESTS, SHIFT_OFF_REQUESTS, COVER.

Guarantees: what is read is whole, every id known, every day inside the horizon, no amount below zero. A text that
is not so is refused with all its faults at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from egenmakt.staffing.day_shifts.instance import Cover, Employee, Instance, Shift, Wish

MOST_DAYS = 366
MOST_NUMBER = 1_000_000_000
_SECTIONS = ("HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER")
_REQUIRED = ("HORIZON", "SHIFTS", "STAFF", "COVER")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and on which line (from one); line 0 is the text as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Rad {self.line}: {self.message}" if self.line else self.message


class InstanceFaulty(ValueError):
    """The text is not an instance. `faults` are all that was found, by line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(map(str, self.faults)))


def read_file(path: Path | str) -> Instance:
    """The instance in a file. Raises InstanceFaulty."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InstanceFaulty([Fault(0, f"Filen går inte att läsa: {error}")]) from None
    return read(text)


def read(text: str) -> Instance:
    """The instance in a text. Raises InstanceFaulty with every fault."""
    return _Reader().read(text)


class _Reader:
    """One reading: what is known so far, and what was wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.days: int | None = None
        self.shifts: dict[str, Shift] = {}
        self.employees: dict[str, Employee] = {}
        self.days_off: dict[str, frozenset[int]] = {}
        self.wishes: dict[str, dict[tuple[str, int, str], Wish]] = {"on": {}, "off": {}}
        self.cover: dict[tuple[int, str], Cover] = {}
        self.successors: list[tuple[int, str, str]] = []
        self.line = 0

    def read(self, text: str) -> Instance:
        lines = self._sections(text)
        sections: dict[str, Callable[[list[str]], None]] = {
            "HORIZON": self._horizon,
            "SHIFTS": self._shift,
            "STAFF": self._employee,
            "DAYS_OFF": self._days_off,
            "SHIFT_ON_REQUESTS": lambda row: self._wish("on", row),
            "SHIFT_OFF_REQUESTS": lambda row: self._wish("off", row),
            "COVER": self._cover,
        }
        for name in _SECTIONS:  # in this order whatever the text's own: what is referred to is read first
            for self.line, row in lines.get(name, []):
                sections[name](row)
        for line, shift, after in self.successors:
            if after not in self.shifts:
                self.faults.append(Fault(line, f"Passet {shift} får inte följas av {after}, som inte finns."))
        for name in _REQUIRED:
            if name not in lines:
                self.faults.append(Fault(0, f"Avsnittet SECTION_{name} saknas."))
            elif not lines[name]:
                self.faults.append(Fault(0, f"Avsnittet SECTION_{name} är tomt."))
        if self.faults or self.days is None:
            raise InstanceFaulty(self.faults)
        return Instance(
            days=self.days,
            shifts=tuple(self.shifts.values()),
            employees=tuple(
                replace(one, days_off=self.days_off.get(one.id, frozenset()))
                for one in self.employees.values()
            ),
            on_wishes=tuple(self.wishes["on"].values()),
            off_wishes=tuple(self.wishes["off"].values()),
            cover=tuple(self.cover.values()),
        )

    def _sections(self, text: str) -> dict[str, list[tuple[int, list[str]]]]:
        """The rows of each section with their lines."""
        lines: dict[str, list[tuple[int, list[str]]]] = {}
        current: str | None = None
        for number, raw in enumerate(text.splitlines(), start=1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("SECTION_"):
                current = line.removeprefix("SECTION_")
                if current not in _SECTIONS:
                    self.faults.append(Fault(number, f"Okänt avsnitt {line}."))
                elif current in lines:
                    self.faults.append(Fault(number, f"Avsnittet {line} finns två gånger."))
                lines.setdefault(current, [])
            elif current is None:
                self.faults.append(Fault(number, "Raden står före det första avsnittet."))
            else:
                lines[current].append((number, [part.strip() for part in line.split(",")]))
        return lines

    def _horizon(self, row: list[str]) -> None:
        if self.days is not None:
            self._wrong("Horisonten anges två gånger.")
        elif self._long(row, 1):
            days = self._number(row[0], "antal dagar")
            if days is not None and not 1 <= days <= MOST_DAYS:
                self._wrong(f"Horisonten ska vara 1–{MOST_DAYS} dagar, inte {days}.")
            elif days is not None:
                self.days = days

    def _shift(self, row: list[str]) -> None:
        if not self._long(row, 3):
            return
        minutes = self._number(row[1], "passets längd")
        if minutes == 0:
            self._wrong("Passets längd ska vara minst en minut.")
        after = [part.strip() for part in row[2].split("|") if part.strip()]
        self.successors += [(self.line, row[0], one) for one in after]
        if self._new(row[0], self.shifts, "Passet") and minutes is not None:
            self.shifts[row[0]] = Shift(row[0], minutes, frozenset(after))

    def _employee(self, row: list[str]) -> None:
        if not self._long(row, 8):
            return
        most_of: dict[str, int] = {}
        for part in row[1].split("|"):
            shift, sign, most = (one.strip() for one in part.partition("="))
            if not sign:
                self._wrong(f"Gränsen {part!r} ska skrivas som pass=antal.")
                continue
            self._known(shift, self.shifts, "pass")
            if shift in most_of:
                self._wrong(f"Passet {shift} begränsas två gånger.")
            number = self._number(most, f"högsta antal {shift}")
            most_of[shift] = number or 0
        names = (
            "högsta tid",
            "lägsta tid",
            "flest i rad",
            "minst i rad",
            "minst lediga i rad",
            "flest helger",
        )
        numbers = [self._number(text, name) for text, name in zip(row[2:], names, strict=True)]
        if not self._new(row[0], self.employees, "Den anställde") or None in numbers:
            return
        most_time, least, in_a_row, least_in_a_row, off_in_a_row, weekends = (one or 0 for one in numbers)
        if least > most_time:
            self._wrong(f"Lägsta tid {least} är mer än högsta tid {most_time}.")
        if in_a_row < 1:
            self._wrong("Flest i rad ska vara minst 1.")
        if least_in_a_row > in_a_row:
            self._wrong(f"Minst i rad {least_in_a_row} är mer än flest i rad {in_a_row}.")
        # A kind of shift that has no limit of its own may be worked every day.
        whole = dict.fromkeys(self.shifts, MOST_DAYS) | most_of
        self.employees[row[0]] = Employee(
            row[0], whole, most_time, least, in_a_row, max(1, least_in_a_row), max(1, off_in_a_row), weekends
        )

    def _days_off(self, row: list[str]) -> None:
        if self._known(row[0], self.employees, "anställd") and row[0] in self.days_off:
            self._wrong(f"Lediga dagar för {row[0]} anges två gånger.")
        days = [self._day(text) for text in row[1:]]
        self.days_off[row[0]] = frozenset(day for day in days if day is not None)

    def _wish(self, kind: str, row: list[str]) -> None:
        if not self._long(row, 4):
            return
        known = [self._known(row[0], self.employees, "anställd"), self._known(row[2], self.shifts, "pass")]
        day, weight = self._day(row[1]), self._number(row[3], "vikt")
        if not all(known) or day is None or weight is None:
            return
        if (row[0], day, row[2]) in self.wishes[kind]:
            self._wrong("Önskemålet finns två gånger.")
        self.wishes[kind][row[0], day, row[2]] = Wish(row[0], day, row[2], weight)

    def _cover(self, row: list[str]) -> None:
        if not self._long(row, 5):
            return
        day, known = self._day(row[0]), self._known(row[1], self.shifts, "pass")
        names = ("behov", "vikt för för få", "vikt för för många")
        numbers = [self._number(text, name) for text, name in zip(row[2:], names, strict=True)]
        if day is None or not known or None in numbers:
            return
        if (day, row[1]) in self.cover:
            self._wrong(f"Behovet av {row[1]} dag {day} anges två gånger.")
        needed, under, over = (one or 0 for one in numbers)
        self.cover[day, row[1]] = Cover(day, row[1], needed, under, over)

    def _wrong(self, message: str) -> None:
        self.faults.append(Fault(self.line, message))

    def _long(self, row: list[str], fields: int) -> bool:
        if len(row) != fields:
            self._wrong(f"Raden ska ha {fields} fält, men har {len(row)}.")
        return len(row) == fields

    def _number(self, text: str, name: str) -> int | None:
        if not text.isascii() or not text.isdigit() or int(text[:20]) > MOST_NUMBER:
            self._wrong(f"{name.capitalize()} ska vara ett heltal från 0 till {MOST_NUMBER}, inte {text!r}.")
            return None
        return int(text)

    def _day(self, text: str) -> int | None:
        day = self._number(text, "dag")
        if day is not None and self.days is not None and day >= self.days:
            self._wrong(f"Dag {day} ligger utanför horisonten, som har dagarna 0–{self.days - 1}.")
            return None
        return day

    def _new(self, name: str, known: dict[str, Shift] | dict[str, Employee], what: str) -> bool:
        if not name:
            self._wrong(f"{what} saknar namn.")
        elif name in known:
            self._wrong(f"{what} {name} finns två gånger.")
        return bool(name) and name not in known

    def _known(self, name: str, known: dict[str, Shift] | dict[str, Employee], what: str) -> bool:
        if name not in known:
            self._wrong(f"Okänd {what} {name!r}." if what == "anställd" else f"Okänt {what} {name!r}.")
        return name in known
