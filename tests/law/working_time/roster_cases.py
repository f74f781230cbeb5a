"""Reads cases.toml: shifts as a planner writes them, and the breaches that are to be told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from egenmakt.law.working_time.limits import Limits, Regime, limits_on
from egenmakt.law.working_time.shifts import Breach, Horizon, WorkedShift, clock_at, second_of

# Arbetstidslagen with ordinary agreement numbers, as the command line has them.
ORDINARY = {
    "daily_rest_s": 39_600,
    "max_span_s": 46_800,
    "long_span_s": 86_400,
    "weekly_rest_s": 129_600,
    "ordinary_s": 576_000,
    "on_call_s": 172_800,
    "max_days": 6,
    "max_weekends": 2,
    "max_nights": 4,
}
_DAY = r"(\d{4}-\d\d-\d\d)"
_TIME = r"(\d\d:\d\d\*?)"
_SHIFT = re.compile(
    rf"(?:(dagar|vardagar) {_DAY} till )?{_DAY} {_TIME}–(?:{_DAY} )?{_TIME}((?: \w+ \d+:\d\d)*)"
)
_BREACH = re.compile(rf"(\w+) (p\d+) {_DAY} {_TIME}–{_DAY} {_TIME}")
_FIELDS = {
    "titel",
    "källa",
    "från",
    "veckor",
    "regler",
    "ordning",
    "senast",
    "kvar",
    "pass",
    "brott",
    "säger",
}


@dataclass(frozen=True)
class Case:
    """One roster of one assistant, and what breaks the rules in it."""

    title: str
    source: str
    horizon: Horizon
    limits: Limits
    shifts: tuple[WorkedShift, ...]
    last_end_s: int | None
    average_left_s: int | None
    expected: tuple[tuple[str, str, datetime, datetime], ...]
    messages: tuple[str, ...] | None

    def __str__(self) -> str:
        return self.title


def cases() -> list[Case]:
    """Every case of the table, in order."""
    table = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
    common = {name: value for name, value in table.items() if name != "fall"}
    return [_case({**common, **fields}) for fields in table["fall"]]


def _case(fields: dict) -> Case:
    assert fields.keys() <= _FIELDS, fields.keys() - _FIELDS
    return Case(
        title=fields["titel"],
        source=fields["källa"],
        horizon=Horizon(fields["från"], fields["veckor"]),
        limits=_limits(fields),
        shifts=shifts(*fields["pass"]),
        last_end_s=second_of(clock(*fields["senast"].split())) if "senast" in fields else None,
        average_left_s=seconds(fields["kvar"]) if "kvar" in fields else None,
        expected=tuple(_breach(line) for line in fields.get("brott", [])),
        messages=tuple(fields["säger"]) if "säger" in fields else None,
    )


def _limits(fields: dict) -> Limits:
    if "ordning" not in fields:
        changed = {
            name: seconds(value) if isinstance(value, str) else value
            for name, value in fields.get("regler", {}).items()
        }
        return Limits(**{**ORDINARY, **changed})
    name = fields["ordning"]
    regime = Regime(name.removesuffix("_decided").removesuffix("_care"))
    return limits_on(
        regime,
        fields["från"],
        long_shifts_decided=name.endswith("_decided"),
        cares_for_dependent=name.endswith("_care"),
    )


def shifts(*lines: str) -> tuple[WorkedShift, ...]:
    """The shifts of the lines, named p1, p2 … in order."""
    made: list[WorkedShift] = []
    for line in lines:
        found = _SHIFT.fullmatch(line)
        assert found, line
        every, since, day, begins, end_day, ends, rest = found.groups()
        last = date.fromisoformat(day)
        at = date.fromisoformat(since) if since else last
        while at <= last:
            if every != "vardagar" or at.weekday() < 5:
                made.append(_shift(f"p{len(made) + 1}", at, begins, end_day, ends, rest))
            at += timedelta(days=1)
    return tuple(made)


def _shift(name: str, day: date, begins: str, end_day: str | None, ends: str, rest: str) -> WorkedShift:
    opens = clock(day.isoformat(), begins)
    closes = clock(end_day or day.isoformat(), ends)
    if end_day is None and second_of(closes) <= second_of(opens):
        closes = clock((day + timedelta(days=1)).isoformat(), ends)
    parts = dict(part.split() for part in re.findall(r"\w+ \d+:\d\d", rest))
    assert parts.keys() <= {"jour", "rast"}, rest
    on_call, pause = seconds(parts.get("jour", "0:00")), seconds(parts.get("rast", "0:00"))
    length = second_of(closes) - second_of(opens)
    return WorkedShift(name, opens, closes, length - on_call - pause, on_call)


def clock(day: str, time: str) -> datetime:
    """A clock time; a star after it means the second showing of a repeated time."""
    return datetime.fromisoformat(f"{day}T{time.removesuffix('*')}").replace(fold=int(time.endswith("*")))


def seconds(text: str) -> int:
    """`11:30` as seconds, `-5:00` below zero."""
    hours, minutes = text.removeprefix("-").split(":")
    length = int(hours) * 3600 + int(minutes) * 60
    return -length if text.startswith("-") else length


def _breach(line: str) -> tuple[str, str, datetime, datetime]:
    found = _BREACH.fullmatch(line)
    assert found, line
    rule, shift, from_day, from_time, to_day, to_time = found.groups()
    return rule, shift, clock(from_day, from_time), clock(to_day, to_time)


def told(found: tuple[Breach, ...]) -> tuple[tuple[str, str, datetime, datetime], ...]:
    """Breaches as the table writes them."""
    return tuple((one.rule, one.shift, clock_at(one.from_s), clock_at(one.to_s)) for one in found)
