"""What the worker runs: every decision in force is worked out anew each night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.oversight.replay import actions


# Every half hour, so that a night on which no worker ran is made up for; what is done today is not done again.
@app.periodic(cron="4,34 * * * *", periodic_id="replay-decisions")
@app.task(name="replay.replay_decisions", queue="outbox")
def replay_decisions(timestamp: int) -> None:
    """Work out the decisions in force in every municipality."""
    for municipality in Municipality.objects.values_list("pk", flat=True):
        actions.replay_decisions(municipality_id=municipality)
