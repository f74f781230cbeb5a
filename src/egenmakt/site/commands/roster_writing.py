"""Writing a roster as the document that `roster_reading` reads: what is written and read again is the same roster."""

from __future__ import annotations

from dataclasses import fields as parts_of
from datetime import datetime
from fractions import Fraction

from egenmakt.staffing.rosters.cost import plain
from egenmakt.staffing.rosters.instance import Assistant, Instance, Shift


def document_of(instance: Instance) -> dict[str, object]:
    """The document of an instance, by the contract of the command line."""
    return {
        "from": instance.first.isoformat(),
        "weeks": instance.weeks,
        "shifts": [_shift(shift) for shift in instance.shifts],
        "assistants": [_assistant(assistant) for assistant in instance.assistants],
        "rules": {part.name: getattr(instance.rules, part.name) for part in parts_of(instance.rules)},
        "weights": {
            part.name: plain(Fraction(getattr(instance.weights, part.name)))
            for part in parts_of(instance.weights)
        },
        "assignments": dict(instance.fixed),
        **({"previous": dict(instance.previous)} if instance.previous else {}),
    }


def _shift(shift: Shift) -> dict[str, object]:
    return {
        "id": shift.id,
        "person": shift.person,
        **_clock("from", shift.begins),
        **_clock("to", shift.ends),
        "active_s": shift.active_s,
        "on_call_s": shift.on_call_s,
        "skill": shift.skill,
    }


def _assistant(one: Assistant) -> dict[str, object]:
    return {
        "id": one.id,
        "home": one.home,
        "contract_s": one.contract_s,
        "people": sorted(one.people),
        "skills": sorted(one.skills),
        "no_nights": one.no_nights,
        "unavailable": [day.isoformat() for day in sorted(one.unavailable)],
        "wishes": [{"day": wish.day.isoformat(), "weight": plain(wish.weight)} for wish in one.wishes],
        "average_left_s": one.average_left_s,
        **({"last_end": None} if one.last_end is None else _clock("last_end", one.last_end)),
    }


def _clock(name: str, clock: datetime) -> dict[str, object]:
    """A clock time, and its fold where it is the second of two."""
    shown = clock.replace(fold=0).isoformat(timespec="minutes")
    return {name: shown, **({f"{name}_fold": 1} if clock.fold else {})}
