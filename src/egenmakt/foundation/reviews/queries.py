"""What a reviewer sees: openings for a stated reason, and samples of the access log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.models import BreakGlass, LogReview
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.audit.queries import Seen, midnight, shown
from egenmakt.foundation.database.ranges import from_to
from egenmakt.foundation.identity.models import Assignment, Role
from egenmakt.foundation.reviews.subjects import named
from egenmakt.foundation.tenancy.models import Unit

PAGE = 50
MOST_NAMES = 3
REVIEWS = (Role.CONTROLLER, Role.UNIT_MANAGER)


@dataclass(frozen=True)
class OpeningRow:
    """An opening for a stated reason, and whom it concerned. `own`: by the reviewer herself, so not hers to review."""

    opening: BreakGlass
    person: str
    own: bool


@dataclass(frozen=True)
class OpeningPage:
    """A page of openings. `following` is the id to go on after, or None on the last page."""

    rows: list[OpeningRow]
    following: UUID | None


def openings(actor: Actor, *, reviewed: bool, after: UUID | None = None, size: int = PAGE) -> OpeningPage:
    """The openings the actor may review, newest first: those that wait, or those that have been reviewed."""
    found = _openings(actor).filter(reviewed_at__isnull=not reviewed)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("-pk")[: size + 1])
    names = named(actor, [one.person_id for one in rows[:size]])
    shown_rows = [
        OpeningRow(one, names.get(one.person_id, ""), one.user_id == actor.user_id) for one in rows[:size]
    ]
    return OpeningPage(shown_rows, rows[size - 1].pk if len(rows) > size else None)


def opening(actor: Actor, opening_id: UUID) -> BreakGlass | None:
    """One opening the actor may review, or None."""
    return _openings(actor).filter(pk=opening_id).first()


def read_during(one: BreakGlass) -> list[Seen]:
    """What was read about the person while an opening was in force, oldest first."""
    entries = AccessLogEntry.objects.filter(
        user_id=one.user_id, persons__person_id=one.person_id, at__gte=one.started_at, at__lte=one.ends_at
    )
    return [shown(entry) for entry in entries.order_by("at", "pk")[:200]]


def _openings(actor: Actor) -> QuerySet[BreakGlass]:
    """A controller reviews within her units, a manager what her own staff opened."""
    found = BreakGlass.objects.select_related("user", "reviewed_by")
    units = actor.units(*REVIEWS)
    if units is None:
        return found
    return found.filter(user_id__in=_staff_of(units).values("user_id"))


def _staff_of(
    units: Iterable[UUID], first: date | None = None, last: date | None = None
) -> QuerySet[Assignment]:
    days = Q(valid__overlap=from_to(first, last)) if first and last else Q()
    return Assignment.objects.filter(days, unit_id__in=list(units))


@dataclass(frozen=True)
class SampledRow:
    """An access in a sample, and whom it concerned."""

    seen: Seen
    persons: str


def log_reviews(actor: Actor, *, after: UUID | None = None, size: int = PAGE) -> list[LogReview]:
    """The samples drawn in the actor's units, newest first."""
    found = _log_reviews(actor)
    if after is not None:
        found = found.filter(pk__lt=after)
    return list(found.order_by("-pk")[: size + 1])


def log_review(actor: Actor, review_id: UUID) -> LogReview | None:
    """One sample drawn in the actor's units, or None."""
    return _log_reviews(actor).filter(pk=review_id).first()


def sampled(actor: Actor, review: LogReview) -> list[SampledRow]:
    """The accesses in a sample, oldest first, with whom they concerned; three queries."""
    entries = list(AccessLogEntry.objects.filter(pk__in=review.entry_ids).order_by("at", "pk"))
    names = named(actor, [person for one in entries for person in one.person_ids])
    return [SampledRow(shown(one), _some(names, one.person_ids)) for one in entries]


def units_to_review(actor: Actor) -> QuerySet[Unit]:
    """The units a controller may draw samples in."""
    units = actor.units(Role.CONTROLLER)
    every = Unit.objects.filter(municipality_id=actor.municipality_id).order_by("name", "pk")
    return every if units is None else every.filter(pk__in=units)


def last_month() -> tuple[date, date]:
    """The first and the last day of the month before this one."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def to_sample_from(
    unit_id: UUID | None, first: date, last: date, but_for: UUID | None
) -> QuerySet[AccessLogEntry]:
    """The accesses to persons that staff of a unit (or everyone) made during some days, but for one user's own."""
    found = AccessLogEntry.objects.filter(
        at__gte=midnight(first), at__lt=midnight(last + timedelta(days=1)), user_id__isnull=False
    ).exclude(person_ids=[])
    if but_for is not None:
        found = found.exclude(user_id=but_for)
    if unit_id is None:
        return found
    return found.filter(user_id__in=_staff_of([unit_id], first, last).values("user_id"))


def _log_reviews(actor: Actor) -> QuerySet[LogReview]:
    found = LogReview.objects.select_related("unit", "drawn_by")
    units = actor.units(Role.CONTROLLER)
    return found if units is None else found.filter(unit_id__in=units)


def _some(names: dict[UUID, str], person_ids: list[UUID]) -> str:
    known = sorted(names[one] for one in person_ids if one in names)
    if len(known) <= MOST_NAMES:
        return ", ".join(known)
    more = len(known) - MOST_NAMES
    return _("%(names)s och %(more)s till") % {"names": ", ".join(known[:MOST_NAMES]), "more": more}
