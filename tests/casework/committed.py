"""Cases that are really committed, in a database of their own: for browsers, for threads, and for processes that die."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings
from tests.casework.journeys import TODAY
from tests.people import World
from tests.sites import PASSWORD, Site

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy import transaction as tenancy
from egenmakt.foundation.tenancy.models import Municipality, Unit


@contextmanager
def committed(site: Site, day=TODAY) -> Iterator[World]:
    """A world in the site's database; what is made in the block is committed when it ends."""
    with site.database(), clock.at(day):
        home = Municipality.objects.get(slug="kristianstad")
        with tenancy.acting_in(home.id):
            world = World(home, Municipality.objects.get(slug="hjo"))
            unit = Unit.objects.filter(name="LSS-enheten").first()
            world.units[home.id] = unit or Unit.objects.create(name="LSS-enheten")
            yield world


def give_password(*actors: Actor) -> list[str]:
    """Let people sign in as people do; their e-mail addresses."""
    found = []
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    ):  # the site's
        for actor in actors:
            user = User.objects.get(pk=actor.user_id)
            user.set_password(PASSWORD)
            user.save()
            found.append(user.email)
    return found
