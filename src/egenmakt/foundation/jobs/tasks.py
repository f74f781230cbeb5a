"""What the worker runs: one entry when it is entered, and everything left behind every minute."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from egenmakt.foundation.jobs import actions
from egenmakt.foundation.tenancy.models import Municipality


@app.task(name="outbox.carry_out_entry", queue="outbox")
def carry_out_entry(municipality: str, entry: str) -> None:
    """Carry out one outbox entry."""
    actions.carry_out(municipality_id=UUID(municipality), entry_id=UUID(entry))


@app.periodic(cron="* * * * *", periodic_id="outbox-sweep")
@app.task(name="outbox.sweep", queue="outbox")
def sweep(timestamp: int) -> None:
    """Carry out what was left behind by a worker that died."""
    for municipality in Municipality.objects.values_list("pk", flat=True):
        actions.carry_out_waiting(municipality_id=municipality)
