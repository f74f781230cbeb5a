"""Invented rosters of any size, for trying out and for measuring. The same arguments and seed give the same roster.

Persons need help in five patterns: awake nights, nights on call, days in stretches of up to 13 hours, daytime only,
and a few hours a day. A team works part time in the shares that are usual, somebody has leave, most have wishes;
some know a neighbour's person, some have a delegation, a few persons need two assistants at a time, and a pool knows
several persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from egenmakt.staffing.rosters.instance import Assistant, Instance, Shift, Wish

FULL_TIME_S = 144 * 3600  # four weeks of 36 hours, as with rotating schedules
SHARES = (100, 100, 85, 80, 75, 75, 50, 50, 35)
FILLED = 0.97  # contracts cover nearly all of the need; people paid by the hour the rest
MONDAY = date(2026, 11, 30)


@dataclass(frozen=True)
class Pattern:
    """A day of somebody's help: (from, to, hours of it on call) of each shift, and how usual the pattern is."""

    name: str
    shifts: tuple[tuple[time, time, int], ...]
    usual: int


PATTERNS = (
    Pattern(
        "awake_night",
        ((time(7), time(14, 30), 0), (time(14, 30), time(21, 30), 0), (time(21, 30), time(7), 0)),
        24,
    ),
    Pattern("on_call_night", ((time(7), time(14), 0), (time(14), time(21), 0), (time(21), time(7), 6)), 26),
    Pattern("long_days", ((time(8), time(21), 0), (time(21), time(8), 7)), 18),
    Pattern("daytime", ((time(8), time(15, 30), 0), (time(15, 30), time(22), 0)), 20),
    Pattern("light", ((time(9), time(15), 0),), 12),
)


@dataclass(frozen=True)
class Frame:
    """What all that is drawn for one roster shares."""

    first: date
    weeks: int
    draw: Random

    @property
    def days(self) -> list[date]:
        """Every day of the horizon."""
        return [self.first + timedelta(days=day) for day in range(self.weeks * 7)]


def generate(
    persons: int, *, seed: int = 0, weeks: int = 4, first: date = MONDAY, pool: float = 0.06
) -> Instance:
    """A roster for so many persons; `pool` is the pool's part of the assistants. About seven assistants a person."""
    draw = Random(seed)  # noqa: S311  # invented data, nothing secret
    frame = Frame(first, weeks, draw)
    shifts: list[Shift] = []
    assistants: list[Assistant] = []
    names = [f"p{number + 1}" for number in range(persons)]
    for number, name in enumerate(names):
        pattern = PATTERNS[0] if persons == 1 else draw.choices(PATTERNS, [one.usual for one in PATTERNS])[0]
        own = _shifts(name, pattern, frame, double=persons > 1 and draw.random() < 0.08)
        shifts.extend(own)
        near = [names[(number + step) % persons] for step in (1, 2, persons - 1) if persons > step]
        assistants.extend(_team(name, own, near, frame, len(assistants)))
    for _ in range(round(len(assistants) * pool) if persons > 1 else 0):
        known = frozenset(draw.sample(names, min(len(names), draw.randint(3, 8))))
        assistants.append(_assistant(len(assistants), None, known, 0, frame))
    return Instance(first, weeks, tuple(shifts), tuple(assistants))


def _shifts(person: str, pattern: Pattern, frame: Frame, *, double: bool) -> list[Shift]:
    made, draw = [], frame.draw
    needs_skill = draw.random() < 0.3
    for number, start in enumerate(frame.days):
        for place, (begins, ends, on_call_h) in enumerate(pattern.shifts):
            opens = datetime.combine(start, begins)
            closes = datetime.combine(start if ends > begins else start + timedelta(days=1), ends)
            skill = "delegation" if needs_skill and place == 0 else None
            for copy in range(2 if double and place == 0 and number % 7 < 5 else 1):
                bare = Shift("", person, opens, closes, 0)
                on_call_s = on_call_h * 3600
                made.append(
                    Shift(
                        f"{person}-{start:%y%m%d}-{begins:%H%M}" + "b" * copy,
                        person,
                        opens,
                        closes,
                        bare.length_s - on_call_s,
                        on_call_s,
                        skill,
                    )
                )
    return made


def _team(person: str, own: list[Shift], near: list[str], frame: Frame, count: int) -> list[Assistant]:
    """Assistants of one person: contracts for nearly all of the active time, two or three paid by the hour."""
    need_s = sum(shift.active_s for shift in own)
    team: list[Assistant] = []
    left_s = need_s * FILLED
    scale, draw = frame.weeks / 4, frame.draw
    while left_s > FULL_TIME_S * scale * 0.3:
        contract_s = round(FULL_TIME_S * scale * draw.choice(SHARES) / 100)
        contract_s = min(contract_s, -(-round(left_s) // 1800) * 1800)
        left_s -= contract_s
        known = frozenset([person, *(one for one in near if draw.random() < 0.18)])
        team.append(_assistant(count + len(team), person, known, contract_s, frame))
    for _ in range(2 if need_s > 400 * 3600 * scale else 1):
        known = frozenset([person, *(one for one in near if draw.random() < 0.3)])
        team.append(_assistant(count + len(team), person, known, 0, frame))
    return team


def _assistant(
    number: int, home: str | None, known: frozenset[str], contract_s: int, frame: Frame
) -> Assistant:
    days, draw = frame.days, frame.draw
    away: frozenset[date] = frozenset()
    if draw.random() < 0.25:
        begins = draw.randrange(len(days))
        away = frozenset(days[begins : begins + draw.choice((1, 2, 3, 5, 7))])
    wishes = tuple(
        Wish(day, Decimal(draw.choice((1, 2, 2, 3, 5, -1, -2))))
        for day in sorted(draw.sample(days, draw.randint(0, 4)))
        if day not in away
    )
    ended = datetime.combine(frame.first - timedelta(days=1), time(draw.choice((15, 21, 22))))
    return Assistant(
        f"a{number + 1}",
        home,
        contract_s,
        known,
        frozenset({"delegation"}) if draw.random() < 0.75 else frozenset(),
        draw.random() < 0.12,
        away,
        wishes,
        (48 * 3600 * frame.weeks) if draw.random() < 0.9 else 30 * 3600 * frame.weeks,
        ended if draw.random() < 0.4 else None,
    )
