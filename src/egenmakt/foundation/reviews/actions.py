"""Reviewing emergency openings and samples of the access log."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.access.models import BreakGlass, LogReview, Outcome
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.reviews import queries
from egenmakt.foundation.ui.conflicts import StaleVersion

LONGEST = timedelta(hours=8)
SHORTEST_REASON = 20
OPENS = (Role.CASE_OFFICER, Role.DECISION_MAKER, Role.UNIT_MANAGER, Role.REGISTRAR)
SAMPLE = 20


class ReviewMissing(ValueError):
    """A review must say what was found."""

    def __init__(self) -> None:
        super().__init__(_("Skriv vad du kom fram till."))


class AlreadyReviewed(ValueError):
    """Somebody has reviewed it already."""

    def __init__(self) -> None:
        super().__init__(_("Någon har redan granskat det här."))


class NothingToReview(ValueError):
    """Nobody opened anything in the unit during the month."""

    def __init__(self) -> None:
        super().__init__(
            _("Ingen i enheten öppnade någon akt under månaden, så det finns inget att granska.")
        )


@transaction.atomic
def review_break_glass(*, actor: Actor, opening_id: UUID, review: str) -> BreakGlass:
    """Note that an opening was reviewed, and what was found.

    Raises NotAllowed for others than controllers and managers of those who opened, and for oneself; ReviewMissing,
    AlreadyReviewed.
    """
    allowed = queries.opening(actor, opening_id) if actor.has(*queries.REVIEWS) else None
    if allowed is None or allowed.user_id == actor.user_id:
        raise NotAllowed(_("Öppningen granskas av loggranskare eller enhetschef, aldrig av den som öppnade."))
    if not review.strip():
        raise ReviewMissing
    opening = BreakGlass.objects.select_for_update().get(pk=opening_id)
    if opening.reviewed_at is not None:
        raise AlreadyReviewed
    opening.reviewed_by_id, opening.reviewed_at, opening.review = actor.user_id, clock.now(), review.strip()
    opening.save(update_fields=["reviewed_by", "reviewed_at", "review"])
    return opening


@transaction.atomic
def draw_sample(*, actor: Actor, unit_id: UUID | None, size: int = SAMPLE) -> LogReview:
    """Draw a random sample of what the staff of a unit (None: the whole municipality) opened last month.

    What the controller opened herself is never in it. Raises NothingToReview; NotAllowed for others than controllers
    of the unit.
    """
    may = actor.units(Role.CONTROLLER)
    within = may is None or (unit_id is not None and unit_id in may)
    if actor.user_id is None or not actor.has(Role.CONTROLLER) or not within:
        raise NotAllowed(_("Urval ur loggen dras av enhetens loggranskare."))
    first, last = queries.last_month()
    entries = queries.to_sample_from(unit_id, first, last, actor.user_id)
    count = entries.count()
    if not count:
        raise NothingToReview
    drawn = entries.order_by("?").values_list("pk", flat=True)[:size]
    return LogReview.objects.create(
        unit_id=unit_id, first_day=first, last_day=last, accesses=count, entry_ids=sorted(drawn),
        drawn_by_id=actor.user_id, drawn_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def finish_log_review(
    *, actor: Actor, review_id: UUID, outcome: Outcome, note: str, version: int
) -> LogReview:
    """Say what a sample showed. Done by the one who drew it, once; what is to be followed up is written down.

    Raises NotAllowed, ReviewMissing, AlreadyReviewed, StaleVersion.
    """
    review = LogReview.objects.select_for_update().filter(pk=review_id).first()
    if review is None or review.drawn_by_id != actor.user_id or not actor.has(Role.CONTROLLER):
        raise NotAllowed(_("Urvalet granskas av den som drog det."))
    if review.reviewed_at is not None:
        raise AlreadyReviewed
    if review.version != version:
        raise StaleVersion(
            current={"outcome": review.outcome, "note": review.note},
            posted={"outcome": outcome, "note": note}, version=review.version,
        )  # fmt: skip
    if outcome == Outcome.FOLLOW_UP and not note.strip():
        raise ReviewMissing
    review.outcome, review.note, review.reviewed_at = outcome, note.strip(), clock.now()
    review.version += 1
    review.save(update_fields=["outcome", "note", "reviewed_at", "version"])
    return review
