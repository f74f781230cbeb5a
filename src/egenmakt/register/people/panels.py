"""The parts of a person's page: a list that later rooms add theirs to (measures now, cases, decisions)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from egenmakt.foundation.access.actor import Actor
from egenmakt.register.people.models import Person


@dataclass(frozen=True)
class Panel:
    """One part of the person page: a template, and what it shows. `load` makes a fixed number of queries.

    The template gets what `load` gives, with `person` and `actor`; it is a card or a section of its own.
    `place` is the wide column, or the narrow one to the right.
    """

    key: str
    order: int
    template: str
    load: Callable[[Actor, Person], Mapping[str, Any]]
    place: Literal["main", "rail"] = "main"


_panels: dict[str, Panel] = {}
_decided: list[Callable[[list[UUID], date], Mapping[UUID, int]]] = []


def register(panel: Panel) -> None:
    """Add a room's part (called when the program starts)."""
    _panels[panel.key] = panel


def panels() -> list[Panel]:
    """The parts in order."""
    return sorted(_panels.values(), key=lambda panel: panel.order)


def register_decided(source: Callable[[list[UUID], date], Mapping[UUID, int]]) -> None:
    """Add where to ask what is decided for persons on a day, in seconds per week."""
    _decided.append(source)


def decided_on(person_ids: list[UUID], day: date) -> dict[UUID, int]:
    """The time decided for each person on a day, in seconds per week; persons without a decision are left
    out.
    """
    found: dict[UUID, int] = {}
    for source in _decided:
        for person, seconds in source(person_ids, day).items():
            found[person] = found.get(person, 0) + seconds
    return found
