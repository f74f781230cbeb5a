"""The actor: who does something, by which roles, in which municipality. Built from the session, never from
input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Assignment, Role, User


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role valid today; `unit_id` None means the whole municipality."""

    role: Role
    unit_id: UUID | None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts in one municipality with the roles valid today. Immutable; lives as long as a request."""

    user_id: UUID | None
    name: str
    municipality_id: UUID
    municipality_name: str
    guideline: str
    roles: tuple[RoleHeld, ...]
    title: str = ""
    path: str = field(default="", compare=False)

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is held, in any unit."""
        return any(held.role in roles for held in self.roles)

    def units(self, *roles: Role) -> frozenset[UUID] | None:
        """The units in which one of the roles is held; None when it is held for the whole municipality."""
        held = [role for role in self.roles if role.role in roles]
        if any(role.unit_id is None for role in held):
            return None
        return frozenset(role.unit_id for role in held if role.unit_id is not None)

    @property
    def role_label(self) -> str:
        """The roles as the page header shows them."""
        return ", ".join(dict.fromkeys(str(held.role.label) for held in self.roles))

    @property
    def unit_name(self) -> str:
        """The units as the page header shows them."""
        return ", ".join(dict.fromkeys(held.unit_name for held in self.roles if held.unit_name))

    @property
    def role_names(self) -> str:
        """The roles as the access log keeps them."""
        return ",".join(dict.fromkeys(held.role.value for held in self.roles))[:120]


def actor_for(user: User, assignments: Iterable[Assignment], path: str = "") -> Actor | None:
    """The actor of a user in the municipality of the given assignments; None when none is valid today.

    The assignments must all be of one municipality, with `municipality` and `unit` loaded.
    """
    today = clock.today()
    valid = [one for one in assignments if today in one.valid]
    if not valid:
        return None
    municipality = valid[0].municipality
    return Actor(
        user_id=user.id,
        name=user.name,
        title=user.title,
        municipality_id=municipality.id,
        municipality_name=municipality.name,
        guideline=municipality.slug,
        roles=tuple(
            RoleHeld(Role(one.role), one.unit_id, one.unit.name if one.unit else "") for one in valid
        ),
        path=path,
    )


def system_actor(municipality_id: UUID, name: str = "Egenmakt") -> Actor:
    """The actor of scheduled jobs: no user, no roles, one municipality."""
    return Actor(None, name, municipality_id, "", "", ())
