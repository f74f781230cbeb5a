"""What a drawn roster shows, before it has a place: rows, the bars in them, and numbers that lead to the lists below.

Guarantees: every shift is a bar in exactly one row; every breach has one number, and its shift's bar carries it; every
open shift has one number. The order is the instance's, persons as their first shift comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from egenmakt.law.calendar import summer_time_begins, summer_time_ends
from egenmakt.staffing.rosters.drawing_words import clock, codes, hours, weekday_date
from egenmakt.staffing.rosters.instance import Assignments, Assistant, Instance, Shift
from egenmakt.staffing.rosters.judging import Breach

By = Literal["assistant", "person"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A shift in a row. `tone` is the number of the person or assistant it tells of; None: nobody has it."""

    shift: Shift
    label: str
    code: str
    tone: int | None
    night: bool
    breaches: tuple[int, ...]
    open_number: int | None
    reason: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the picture: an assistant, a person, or the open shifts of a person."""

    name: str
    beside: str
    group: str | None
    tone: int | None
    bars: tuple[Bar, ...]
    done_s: int
    wanted_s: int | None
    away: frozenset[date] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of a list below the picture."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True)
class Picture:
    """All rows and lists. `keys` are the names that colours tell apart, with codes."""

    by: By
    rows: tuple[Row, ...]
    keys: tuple[tuple[str, str], ...]
    breaches: tuple[Told, ...]
    open: tuple[Told, ...]


def picture_of(
    instance: Instance,
    assignments: Assignments,
    breaches: Sequence[Breach],
    reasons: Mapping[str, str],
    by: By,
) -> Picture:
    """Rows for each assistant, or for each person. `reasons` says why an open shift is open."""
    return _Drawn(instance, assignments, breaches, reasons, by).picture()


class _Drawn:
    def __init__(
        self,
        instance: Instance,
        assignments: Assignments,
        breaches: Sequence[Breach],
        reasons: Mapping[str, str],
        by: By,
    ) -> None:
        self.instance, self.assignments, self.reasons, self.by = instance, assignments, reasons, by
        self.persons = list(dict.fromkeys(shift.person for shift in instance.shifts))
        homes = (one.home for one in instance.assistants if one.home is not None)
        self.groups = list(dict.fromkeys([*self.persons, *homes]))
        assistants = [one.id for one in self.assistants()]
        self.codes = codes(self.groups if by == "assistant" else assistants)
        self.tones = {name: place for place, name in enumerate(self.codes)}
        open_shifts = [shift for shift in self.ordered() if assignments.get(shift.id) is None]
        self.open_numbers = {shift.id: place + 1 for place, shift in enumerate(open_shifts)}
        place = {name: number for number, name in enumerate(assistants)}
        self.breaches = sorted(
            breaches, key=lambda one: (place[one.assistant], one.from_s, one.shift, one.to_s)
        )
        self.numbers: dict[str, list[int]] = {}
        for count, breach in enumerate(self.breaches, 1):
            self.numbers.setdefault(breach.shift, []).append(count)

    def ordered(self) -> list[Shift]:
        return sorted(self.instance.shifts, key=lambda one: (one.begins_s, one.ends_s, one.person, one.id))

    def assistants(self) -> list[Assistant]:
        """By home, the pool last; else as in the instance."""
        place = {name: number for number, name in enumerate(self.groups)}
        return sorted(
            self.instance.assistants, key=lambda one: len(place) if one.home is None else place[one.home]
        )

    def picture(self) -> Picture:
        bars: dict[tuple[str, str | None], list[Bar]] = {}
        for shift in self.ordered():
            holder = self.assignments.get(shift.id)
            row = (
                (shift.person, None)
                if self.by == "person"
                else (shift.person if holder is None else "", holder)
            )
            bars.setdefault(row, []).append(self.bar(shift, holder))
        rows = self.rows_of_persons(bars) if self.by == "person" else self.rows_of_assistants(bars)
        return Picture(
            self.by,
            tuple(rows),
            tuple((name, code) for name, code in self.codes.items()),
            tuple(self.told_of(count, breach) for count, breach in enumerate(self.breaches, 1)),
            tuple(self.open_of(shift) for shift in self.ordered() if shift.id in self.open_numbers),
        )

    def rows_of_assistants(self, bars: Mapping[tuple[str, str | None], Sequence[Bar]]) -> list[Row]:
        rows = []
        for one in self.assistants():
            own = tuple(bars.get(("", one.id), ()))
            done_s = sum(bar.shift.active_s for bar in own)
            beside = "pool" if one.home is None else f"hos {one.home}"
            tone = None if one.home is None else self.tones[one.home]
            group = one.home or ""
            rows.append(Row(one.id, beside, group, tone, own, done_s, one.contract_s, one.unavailable))
        for person in self.persons:
            if own := tuple(bars.get((person, None), ())):
                done_s = sum(bar.shift.active_s for bar in own)
                rows.append(
                    Row(person, "lediga pass", None, self.tones[person], own, done_s, None, is_open=True)
                )
        return rows

    def rows_of_persons(self, bars: Mapping[tuple[str, str | None], Sequence[Bar]]) -> list[Row]:
        rows = []
        for person in self.persons:
            own = tuple(bars[person, None])
            needed_s = sum(bar.shift.active_s for bar in own)
            filled_s = sum(bar.shift.active_s for bar in own if bar.open_number is None)
            rows.append(Row(person, "", person, None, own, filled_s, needed_s))
        return rows

    def bar(self, shift: Shift, holder: str | None) -> Bar:
        # Where nobody has the shift its number stands, and the reason when there is room.
        name = (shift.person if self.by == "assistant" else holder) if holder else ""
        numbers = tuple(self.numbers.get(shift.id, ()))
        open_number = self.open_numbers.get(shift.id)
        night = shift.is_night
        reason = self.reasons.get(shift.id, "") if open_number else ""
        extra = [f"Brott {count}: {self.breaches[count - 1].message}" for count in numbers]
        return Bar(
            shift,
            name,
            self.codes.get(name, name),
            None if open_number else self.tones[name],
            night,
            numbers,
            open_number,
            reason,
            "\n".join([self.sentence(shift, holder, night=night), *extra, *([reason] if reason else [])]),
        )

    def sentence(self, shift: Shift, holder: str | None, *, night: bool) -> str:
        """What somebody who points at a bar, or listens, is told."""
        parts = [
            f"{shift.person}, {when(shift)}",
            holder or "ledigt pass",
            f"{hours(shift.active_s)} h arbete",
        ]
        parts += [f"{hours(shift.on_call_s)} h jour"] if shift.on_call_s else []
        parts += ["natt"] if night else []
        parts += [f"kräver {shift.skill}"] if shift.skill else []
        return ", ".join(parts) + "."

    def told_of(self, count: int, breach: Breach) -> Told:
        shift = self.instance.shift.get(breach.shift)
        at = f", {shift.person} {when(shift)}" if shift else ""
        section = f" ({breach.section})" if breach.section else ""
        return Told(count, f"{breach.assistant}{at}{section}", breach.message)

    def open_of(self, shift: Shift) -> Told:
        why = self.reasons.get(shift.id, "") or "Ingen har passet."
        return Told(self.open_numbers[shift.id], f"{shift.person} {when(shift)}", why)


def when(shift: Shift) -> str:
    """`lör 5 dec 21:00–07:00`; the day of the end when it is not the next morning."""
    begins, ends = shift.begins, shift.ends
    later = f"{weekday_date(ends.date())} " if (ends.date() - begins.date()).days > 1 else ""
    return f"{weekday_date(begins.date())} {clock(begins)}–{later}{clock(ends)}"


def hours_of_day(day: date) -> int:
    """24, but 23 when summer time begins and 25 when it ends."""
    return 24 - (day == summer_time_begins(day.year)) + (day == summer_time_ends(day.year))
