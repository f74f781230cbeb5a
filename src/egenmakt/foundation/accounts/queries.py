"""Reading accounts and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.database.ranges import first_and_last
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.tenancy.transaction import acting_in, current_municipality_id

MOST_ACCOUNTS = 500


@dataclass(frozen=True)
class Place:
    """A municipality one works in today, and as what."""

    municipality_id: UUID
    name: str
    roles: str


def places_of(user_id: UUID) -> list[Place]:
    """The municipalities in which a user holds a role today, by name. One sees one's own roles everywhere."""
    held = Assignment.objects.filter(user_id=user_id, valid__contains=clock.today())
    by_place: dict[tuple[str, UUID], list[str]] = {}
    for one in held.select_related("municipality").order_by("municipality__name", "role"):
        roles = by_place.setdefault((one.municipality.name, one.municipality_id), [])
        label = str(Role(one.role).label)
        if label not in roles:
            roles.append(label)
    return [Place(place, name, ", ".join(roles)) for (name, place), roles in by_place.items()]


@dataclass(frozen=True)
class RoleRow:
    """A role someone holds, has held or will hold: in which unit, from and through which day."""

    assignment_id: UUID
    role: str
    unit: str
    first: date | None
    last: date | None
    state: str  # "now", "later" or "ended"


@dataclass(frozen=True)
class AccountRow:
    """An account with its roles in the municipality."""

    user: User
    roles: list[RoleRow]

    @property
    def now(self) -> list[RoleRow]:
        """The roles held today."""
        return [one for one in self.roles if one.state == "now"]


def accounts(text: str = "") -> list[AccountRow]:
    """The accounts that have, have had or will have a role in the current municipality, by name;

    Two queries.
    """
    found = Assignment.objects.select_related("user", "unit").filter(
        municipality_id=current_municipality_id()
    )
    if text:
        found = found.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))
    by_user: dict[UUID, AccountRow] = {}
    for one in found.order_by("user__name", "user_id", "-valid", "pk"):
        row = by_user.setdefault(one.user_id, AccountRow(one.user, []))
        row.roles.append(_row(one))
    return list(by_user.values())[:MOST_ACCOUNTS]


def account(user_id: UUID) -> AccountRow | None:
    """One account with its roles in the current municipality; None when it has never had one here."""
    found = Assignment.objects.select_related("user", "unit").filter(
        municipality_id=current_municipality_id(), user_id=user_id
    )
    rows = list(found.order_by("-valid", "pk"))
    return AccountRow(rows[0].user, [_row(one) for one in rows]) if rows else None


def units() -> QuerySet[Unit]:
    """The units of the current municipality, by name."""
    return Unit.objects.filter(municipality_id=current_municipality_id()).order_by("name", "pk")


def works_elsewhere(user_id: UUID) -> bool:
    """Whether the user has, has had or will have a role in another municipality than the current one."""
    here = current_municipality_id()
    with acting_in(here, user_id):
        return Assignment.objects.filter(user_id=user_id).exclude(municipality_id=here).exists()


def _row(one: Assignment) -> RoleRow:
    today = clock.today()
    first, last = first_and_last(one.valid)
    state = "now" if today in one.valid else "later" if first and first > today else "ended"
    unit = one.unit.name if one.unit else _("hela kommunen")
    return RoleRow(one.pk, str(Role(one.role).label), unit, first, last, state)
