"""Working decisions out anew."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.utils import translation

from egenmakt import law
from egenmakt.foundation import clock
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.oversight.replay.models import Replay
from egenmakt.oversight.replay.queries import in_force
from egenmakt.oversight.replay.rules import replayed

CHUNK = 100


def replay_decisions(*, municipality_id: UUID) -> Counter[str]:
    """Work out every decision in force in a municipality that has not been worked out today by this law.

    Resumable: a hundred at a time, each hundred a transaction of its own; started again it goes on where it was,
    and with nothing left it does nothing; two at once write the same. How many there were of each Answer.
    """
    found: Counter[str] = Counter()
    while True:
        with acting_in(municipality_id), translation.override(settings.LANGUAGE_CODE):
            today, edition = clock.today(), law.law_hash()
            done = Replay.objects.filter(day=today, law_hash=edition).values("decision_id")
            waiting = list(
                in_force(today).exclude(pk__in=done).select_related("proposal").order_by("pk")[:CHUNK]
            )
            rows = [replayed(one) for one in waiting]
            Replay.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["decision"],
                update_fields=[
                    "day",
                    "law_hash",
                    "engine_version",
                    "answer",
                    "problem",
                    "stretches",
                    "rules",
                ],
            )
        found.update(row.answer for row in rows)
        if len(waiting) < CHUNK:
            return found
