"""What waits in the outbox, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from egenmakt.foundation import clock
from egenmakt.foundation.jobs.models import OutboxEntry


@dataclass(frozen=True)
class Waiting:
    """One side effect that has not happened yet."""

    kind: str
    since: datetime
    age: timedelta
    attempts: int
    error: str


def waiting() -> list[Waiting]:
    """The side effects of the current municipality that have not happened yet, oldest first."""
    now = clock.now()
    entries = OutboxEntry.objects.filter(done_at=None).order_by("created_at")[:200]
    return [
        Waiting(entry.kind, entry.created_at, now - entry.created_at, entry.attempts, entry.error)
        for entry in entries
    ]
