"""Reading the access log: who has opened, seen or been refused a person's data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import Access, AccessedPerson, AccessLogEntry
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import Role

PAGE = 50
_KINDS = {
    "person": gettext_lazy("personens sida"),
    "case": gettext_lazy("ett ärende"),
    "access_log": gettext_lazy("åtkomstloggen"),
    "account": gettext_lazy("ett konto"),
    "page": gettext_lazy("en sida"),
}
_ACTS = {
    Access.READ: gettext_lazy("öppnade %(what)s"),
    Access.LISTED: gettext_lazy("såg %(what)s i en lista"),
    Access.SEARCHED: gettext_lazy("sökte fram %(what)s"),
    Access.REFUSED: gettext_lazy("nekades %(what)s"),
}
_ROLES = {role.value: role.label for role in Role}


def was_read(user_id: UUID | None, kind: str, object_id: UUID, path: str, within: timedelta) -> bool:
    """Whether the log tells that the user read just this on this address a short while ago."""
    return AccessLogEntry.objects.filter(
        user_id=user_id,
        kind=kind,
        object_id=object_id,
        path=path,
        access=Access.READ,
        at__gt=clock.now() - within,
    ).exists()


@dataclass(frozen=True)
class Seen:
    """One access as it is shown: when, who, what ("öppnade personens sida"), by what right. Of nobody else."""

    entry_id: UUID
    at: datetime
    who: str
    role: str
    access: str
    what: str
    relation: str


@dataclass(frozen=True)
class Opener:
    """Someone who has opened a person's file: how many times in all, and when last."""

    who: str
    times: int
    last: datetime


@dataclass(frozen=True)
class AccessPage:
    """A page of accesses, newest first. `following` is the id to go on after, or None on the last page."""

    rows: list[Seen]
    following: UUID | None


def accesses_to_person(person_id: UUID) -> QuerySet[AccessedPerson]:
    """Every access to a person's data ("vem har öppnat akten"), newest first; what it was is its `entry`."""
    return (
        AccessedPerson.objects.filter(person_id=person_id)
        .select_related("entry")
        .order_by("-at", "-entry_id")
    )


def accesses_to_object(kind: str, object_id: UUID) -> QuerySet[AccessLogEntry]:
    """Every access to one object (a case), newest first."""
    return AccessLogEntry.objects.filter(object_id=object_id, kind=kind).order_by("-at", "-pk")


def access_page(
    person_id: UUID,
    *,
    access: str = "",
    user_id: UUID | None = None,
    first: date | None = None,
    last: date | None = None,
    after: UUID | None = None,
    size: int = PAGE,
) -> AccessPage:
    """The accesses to a person's data, newest first; only those of a kind, by someone, or within some days."""
    found = accesses_to_person(person_id)
    if access in Access.values:
        found = found.filter(entry__access=access)
    if user_id is not None:
        found = found.filter(entry__user_id=user_id)
    if first is not None:
        found = found.filter(at__gte=midnight(first))
    if last is not None:
        found = found.filter(at__lt=midnight(last + timedelta(days=1)))
    if after is not None:
        found = found.filter(_earlier_than(after))
    rows = list(found[: size + 1])
    return AccessPage(
        [shown(one.entry) for one in rows[:size]], rows[size - 1].entry_id if len(rows) > size else None
    )


def accessed_by(person_id: UUID) -> list[tuple[UUID, str]]:
    """Those who occur in a person's log: id and name, by name. For the filter."""
    found = (
        AccessedPerson.objects.filter(person_id=person_id, entry__user_id__isnull=False)
        .values_list("entry__user_id", "entry__user_name")
        .distinct()
    )
    return sorted(
        {(user, name) for user, name in found if user is not None}, key=lambda one: (one[1], one[0])
    )


def openers(person_id: UUID, size: int) -> list[Opener]:
    """Those who have opened a person's file or a case of hers, each once, the latest first."""
    found = (
        AccessedPerson.objects.filter(person_id=person_id, entry__access=Access.READ)
        .values("entry__user_id", "entry__user_name")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last", "entry__user_name")
    )
    return [
        Opener(one["entry__user_name"] or _("Egenmakt"), one["times"], one["last"]) for one in found[:size]
    ]


def shown(entry: AccessLogEntry) -> Seen:
    """An access as people read it."""
    return Seen(
        entry_id=entry.pk,
        at=entry.at,
        who=entry.user_name or _("Egenmakt"),
        role=", ".join(str(_ROLES.get(role, role)) for role in _names(entry.role)),
        access=entry.access,
        what=str(_ACTS[Access(entry.access)]) % {"what": _KINDS.get(entry.kind, _("en handling"))},
        relation=_(entry.relation) if entry.relation else "",
    )


def midnight(day: date) -> datetime:
    """The first moment of a day in Sweden."""
    return datetime.combine(day, time(), tzinfo=SWEDEN)


def _names(roles: str) -> Iterable[str]:
    return (role for role in roles.split(",") if role)


def _earlier_than(entry_id: UUID) -> Q:
    edge = AccessedPerson.objects.filter(entry_id=entry_id).values_list("at", flat=True).first()
    if edge is None:
        return Q(pk__in=[])
    return Q(at__lt=edge) | Q(at=edge, entry_id__lt=entry_id)
