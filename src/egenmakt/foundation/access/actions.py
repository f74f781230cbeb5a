"""Opening a file for a stated reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.foundation.identity.models import Role

LONGEST = timedelta(hours=8)
SHORTEST_REASON = 20
OPENS = (Role.CASE_OFFICER, Role.DECISION_MAKER, Role.UNIT_MANAGER, Role.REGISTRAR)
SAMPLE = 20


class ReasonTooShort(ValueError):
    """The stated reason does not say enough to be reviewed."""

    def __init__(self) -> None:
        super().__init__(
            _("Skriv varför du behöver öppna akten, med minst 20 tecken. En kollega läser skälet.")
        )


@transaction.atomic
def break_glass(*, actor: Actor, person_id: UUID, reason: str, hours: int = 2) -> BreakGlass:
    """Open a person's file for at most eight hours, for a reason that somebody else will read.

    Raises ReasonTooShort under 20 characters, NotAllowed without any role that works with files. That there is such
    a person, and that she is not protected, is the register's to know: see `people.actions.open_with_reason`.
    """
    if actor.user_id is None or not actor.has(*OPENS):
        raise NotAllowed(_("Din roll får inte öppna akter."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    started = clock.now()
    return BreakGlass.objects.create(
        user_id=actor.user_id,
        person_id=person_id,
        reason=reason.strip(),
        started_at=started,
        ends_at=started + min(timedelta(hours=max(hours, 1)), LONGEST),
    )
