"""`@followed`: every insert, change and deletion of a model's rows is kept, by triggers, in a history table."""

from __future__ import annotations

from typing import TypeVar

import pghistory
import pghistory.models
from django.db import models
from django.db.models import Model
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=Model)


class HistoryEvent(pghistory.models.Event):
    """The base of every history table: who acted, taken by the database from the transaction, not from a
    form.
    """

    pgh_actor_id = models.UUIDField(
        null=True, db_default=RawSQL("nullif(current_setting('egenmakt.actor', true), '')::uuid", [])
    )

    class Meta:
        abstract = True


def followed(model: type[M]) -> type[M]:
    """Keep a model's history. Each row of it holds the whole row as it became (or, when deleted, as it was),
    when, and who acted: the database takes the actor from the transaction, and nothing else of the request is
    kept.

    The application role has no right to change or delete there; see foundation.database.
    """
    # new trackers for every model: they remember the model they were first used on
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        base_model=HistoryEvent,
        context_field=None,  # type: ignore[arg-type]  # None means that no context is kept
        context_id_field=None,  # type: ignore[arg-type]
        append_only=False,
        # what the database works out from other columns is no part of what happened
        exclude=[one.name for one in model._meta.local_fields if one.generated],
    )
    return track(model)
