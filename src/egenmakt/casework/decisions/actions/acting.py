"""Who acts: what is prepared, signed or recorded is always done by a person."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed


def person_acting(actor: Actor) -> UUID:
    """The account of the one who acts. Raises NotAllowed for scheduled jobs."""
    if actor.user_id is None:
        raise NotAllowed(_("Det här görs av en person, inte av systemet."))
    return actor.user_id
