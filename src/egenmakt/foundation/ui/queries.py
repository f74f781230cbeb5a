"""Reading drafts: each user sees her own."""

from __future__ import annotations

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.models import Draft


def draft_for(actor: Actor, key: str) -> Draft | None:
    """The actor's draft with a key, or None."""
    if actor.user_id is None:
        return None
    return Draft.objects.filter(municipality_id=actor.municipality_id, user_id=actor.user_id, key=key).first()


def drafts_of(actor: Actor) -> list[Draft]:
    """All the actor's drafts, newest first."""
    if actor.user_id is None:
        return []
    return list(
        Draft.objects.filter(municipality_id=actor.municipality_id, user_id=actor.user_id).order_by(
            "-saved_at"
        )
    )
