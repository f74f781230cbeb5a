"""Entering side effects, and carrying them out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation

from egenmakt.foundation import clock
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.transaction import acting_in, current_municipality_id

LEASE = timedelta(minutes=2)
_log = structlog.get_logger(__name__)

Handler = Callable[[OutboxEntry], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register what carries out a kind of side effect. It must be idempotent: a lease may run out midway."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


@transaction.atomic
def enter(*, kind: str, key: str, payload: dict[str, Any]) -> OutboxEntry:
    """Write a side effect into the outbox of the running transaction, and wake the worker when it commits.

    The same kind and key is entered once; a second call returns the first row.
    """
    entry, created = OutboxEntry.objects.get_or_create(
        municipality_id=current_municipality_id(),
        kind=kind,
        key=key,
        defaults={"payload": payload, "created_at": clock.now()},
    )
    if created:
        from egenmakt.foundation.jobs.tasks import carry_out_entry

        carry_out_entry.defer(municipality=str(entry.municipality_id), entry=str(entry.id))
    return entry


def carry_out(*, municipality_id: UUID, entry_id: UUID) -> bool:
    """Carry out one entry if it is not done and nobody else holds its lease. True when it is done afterwards.

    The effect and the mark that it is done are one transaction. An error is kept on the row, in the outbox, and
    tried again when the lease has run out. What is made is in Swedish, whoever waits for it.
    """
    with acting_in(municipality_id):
        entry = OutboxEntry.objects.select_for_update(skip_locked=True).filter(pk=entry_id).first()
        if entry is None:
            return False
        if entry.done_at is not None:
            return True
        if entry.leased_until and entry.leased_until > clock.now():
            return False
        entry.leased_until = clock.now() + LEASE
        entry.attempts += 1
        entry.save(update_fields=["leased_until", "attempts"])
    try:
        with acting_in(municipality_id), translation.override(settings.LANGUAGE_CODE):
            entry = OutboxEntry.objects.select_for_update().get(pk=entry_id)
            if entry.done_at is None:
                _handlers[entry.kind](entry)
                entry.done_at, entry.leased_until, entry.error = clock.now(), None, ""
                entry.save(update_fields=["done_at", "leased_until", "error"])
    except Exception as error:
        with acting_in(municipality_id):
            OutboxEntry.objects.filter(pk=entry_id).update(error=f"{type(error).__name__}: {error}"[:2000])
        _log.exception("outbox_entry_failed", entry=str(entry_id))
        return False
    return True


def carry_out_waiting(*, municipality_id: UUID) -> int:
    """Carry out everything that waits in a municipality's outbox; the number of entries done."""
    with acting_in(municipality_id):
        waiting = list(
            OutboxEntry.objects.filter(done_at=None).order_by("created_at").values_list("pk", flat=True)[:500]
        )
    return sum(carry_out(municipality_id=municipality_id, entry_id=entry) for entry in waiting)
