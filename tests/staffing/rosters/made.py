"""Making small rosters for tests: one line for a shift, one for an assistant, and a good document to spoil."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, Weights, Wish, seconds_at

MONDAY = date(2026, 11, 30)


def clock(text: str) -> datetime:
    """`2026-11-30 07:00`; a star after it means the second showing of a repeated time."""
    return datetime.fromisoformat(text.removesuffix("*")).replace(fold=int(text.endswith("*")))


def shift(name: str, begins: str, ends: str, person: str = "p1", on_call_h: int = 0, skill=None) -> Shift:
    """A shift, all of it work but for the hours on call; `ends` may be a clock time of the same or the next day."""
    opens = clock(begins)
    if len(ends) <= 6:
        closes = clock(f"{begins[:10]} {ends}")
        if seconds_at(closes) <= seconds_at(opens):
            closes += timedelta(days=1)
    else:
        closes = clock(ends)
    length = seconds_at(closes) - seconds_at(opens)
    return Shift(name, person, opens, closes, length - on_call_h * 3600, on_call_h * 3600, skill)


def assistant(name: str = "a1", home: str | None = "p1", hours: int = 0, **more) -> Assistant:
    """An assistant introduced at p1, paid by the hour unless `hours` are given."""
    more.setdefault("people", frozenset({"p1"}))
    wishes = tuple(
        Wish(date.fromisoformat(day), Decimal(str(weight))) for day, weight in more.pop("wishes", ())
    )
    return Assistant(name, home, hours * 3600, wishes=wishes, **more)


def instance(shifts, assistants, *, weeks: int = 4, first: date = MONDAY, **more) -> Instance:
    """A roster to fill or to judge."""
    more.setdefault("rules", Rules())
    more.setdefault("weights", Weights())
    return Instance(first, weeks, tuple(shifts), tuple(assistants), **more)


def document() -> dict:
    """A good document: two shifts, one of them nobody's, and two assistants."""
    return {
        "from": "2026-11-30",
        "weeks": 4,
        "shifts": [
            {
                "id": "s1",
                "person": "p1",
                "from": "2026-11-30T07:00",
                "to": "2026-11-30T15:00",
                "active_s": 28_800,
                "on_call_s": 0,
                "skill": None,
            },
            {
                "id": "s2",
                "person": "p1",
                "from": "2026-11-30T21:00",
                "to": "2026-12-01T07:00",
                "active_s": 14_400,
                "on_call_s": 21_600,
                "skill": "delegation",
            },
        ],
        "assistants": [
            {
                "id": "a1",
                "home": "p1",
                "contract_s": 518_400,
                "people": ["p1"],
                "skills": ["delegation"],
                "no_nights": False,
                "unavailable": ["2026-12-03"],
                "wishes": [{"day": "2026-12-05", "weight": 2}],
                "average_left_s": 691_200,
                "last_end": "2026-11-29T20:00",
            },
            {"id": "a2", "home": None, "contract_s": 0, "people": ["p1"]},
        ],
        "rules": {"max_nights": 3},
        "weights": {"wish": 1.5},
        "assignments": {"s1": "a1", "s2": None},
        "previous": {"s1": "a2", "s2": None},
    }
