"""A municipality of the county and its staff, as they stand in the database, and acting as one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connections

from egenmakt.foundation.access.actor import Actor, actor_for
from egenmakt.foundation.accounts.actions import assign_role, create_account
from egenmakt.foundation.accounts.demo import DEMO_PASSWORD
from egenmakt.foundation.database.ranges import from_to
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.actions import create_unit
from egenmakt.foundation.tenancy.models import Municipality, Unit, new_id
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.site.demo.staff import TOWNS, Member, Town

EMPLOYED = date(2021, 1, 1)


def make_municipalities() -> None:
    """Put the county's municipalities in the database, as the owner: the program itself may only read them.

    One that is there already keeps what it says, and gets an address if it has none.
    """
    with connections["owner"].cursor() as cursor:
        for town in TOWNS:
            cursor.execute(
                "INSERT INTO tenancy_municipality (id, code, name, slug, board, address) "
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO UPDATE SET address = EXCLUDED.address "
                "WHERE tenancy_municipality.address = ''",
                [new_id(), town.code, town.name, town.slug, town.board, town.address],
            )


def make_staff(town: Town, municipality: UUID) -> None:
    """Make the municipality's units, accounts and roles. Runs in a transaction of the municipality.

    The first system administrator has nobody who could make her; she makes all the others.
    """
    units = [create_unit(name=name) for name in town.units]
    first = next(one for one in town.members if one.role is Role.SYSADMIN)
    sysadmin = User.objects.create_user(town.email(first.mailbox), name=first.name, title=first.title)
    held = Assignment.objects.create(user=sysadmin, role=first.role, valid=from_to(EMPLOYED, None))
    actor = actor_for(sysadmin, [held])
    assert actor is not None  # noqa: S101 - she has a role since EMPLOYED
    with acting_in(municipality, sysadmin.pk):
        for member in town.members:
            if member is not first:
                _employ(actor, town, member, units)
    mailboxes = [town.email(one.mailbox) for one in town.members]
    User.objects.filter(email__in=mailboxes).update(password=_password())


def _employ(actor: Actor, town: Town, member: Member, units: list[Unit]) -> None:
    user = create_account(actor=actor, email=town.email(member.mailbox), name=member.name, title=member.title)
    unit_id = None if member.unit is None else units[member.unit].pk
    assign_role(actor=actor, user_id=user.pk, role=member.role, unit_id=unit_id, first=EMPLOYED)


@cache
def _password() -> str:
    """The shared password, hashed once: hashing is slow on purpose, and here it protects nothing."""
    return make_password(DEMO_PASSWORD)


class Office:
    """A municipality's staff, ready to act."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.municipality = Municipality.objects.get(slug=town.slug)
        with acting_in(self.municipality.pk):
            self.units = [Unit.objects.get(name=name) for name in town.units]
            self._users = {
                one.email: one
                for one in User.objects.filter(email__in=[town.email(one.mailbox) for one in town.members])
            }
            self._held = list(Assignment.objects.select_related("municipality", "unit"))

    @contextmanager
    def acting(self, mailbox: str) -> Iterator[Actor]:
        """Stand in the municipality as one of the staff for the length of a block."""
        user = self._users[self.town.email(mailbox)]
        actor = actor_for(user, [one for one in self._held if one.user_id == user.pk])
        assert actor is not None  # noqa: S101 - all are employed since EMPLOYED
        with acting_in(self.municipality.pk, user.pk):
            yield actor

    def user_id(self, mailbox: str) -> UUID:
        """The account of one of the staff."""
        return self._users[self.town.email(mailbox)].pk
