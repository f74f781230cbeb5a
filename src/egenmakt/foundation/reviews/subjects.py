"""Whom a log row is about, in words: told by the register, which knows persons and masks the protected ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from egenmakt.foundation.access.actor import Actor

Namer = Callable[[Actor, list[UUID]], Mapping[UUID, str]]
_namers: list[Namer] = []


def register(namer: Namer) -> None:
    """Add who can name persons (called when the program starts). A namer logs that the names were shown."""
    _namers.append(namer)


def named(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What each person is called, for whoever reviews the log; a fixed number of queries."""
    wanted = sorted(set(person_ids))
    found: dict[UUID, str] = {}
    for namer in _namers if wanted else []:
        found.update(namer(actor, wanted))
    return found
