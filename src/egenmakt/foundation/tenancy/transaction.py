"""Setting the municipality and the actor for the length of a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from egenmakt.foundation import clock

_municipality: ContextVar[UUID | None] = ContextVar("municipality", default=None)


class NoMunicipality(RuntimeError):
    """Something that belongs to a municipality was touched outside a transaction of one."""


def current_municipality_id() -> UUID:
    """The municipality of the running transaction. Raises NoMunicipality outside one."""
    found = _municipality.get()
    if found is None:
        raise NoMunicipality("Ingen kommun är vald i den här transaktionen.")
    return found


def set_in_database(municipality: UUID | None, actor: UUID | None) -> None:
    """Tell the database who acts and where, until the transaction ends. Must run inside one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('egenmakt.municipality', %s, true), set_config('egenmakt.actor', %s, true), "
            "set_config('egenmakt.today', %s, true)",
            [str(municipality or ""), str(actor or ""), clock.today().isoformat()],
        )


@contextmanager
def acting_in(municipality: UUID, actor: UUID | None = None) -> Iterator[None]:
    """One transaction in one municipality. Everything outside it stays invisible; an error undoes everything.

    May be nested: the outer municipality and actor are in force again after the block.
    """
    token = _municipality.set(municipality)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('egenmakt.municipality', true), current_setting('egenmakt.actor', true)"
                )
                before = cursor.fetchone()
            set_in_database(municipality, actor)
            yield
            if before and before[0]:
                set_in_database(UUID(before[0]), UUID(before[1]) if before[1] else None)
    finally:
        _municipality.reset(token)
