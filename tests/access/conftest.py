"""The scene is made once, in a database of its own; the tests of a file stand in it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from tests.access import scene as scenes
from tests.conftest import copy_database
from tests.people import make_municipalities
from tests.sites import Site

from egenmakt.foundation import clock


@pytest.fixture(scope="session")
def staged(server, template, django_db_blocker) -> Iterator[tuple[Site, scenes.Scene]]:
    """The database with the scene in it, and the scene."""
    name = f"access_{os.getpid()}"
    addresses = copy_database(server, template, name)
    make_municipalities(addresses.owner)
    site = Site(addresses, name)
    with django_db_blocker.unblock(), site.database(), clock.at(scenes.TODAY):
        made = scenes.build()
    yield site, made
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def scene(staged, django_db_blocker) -> Iterator[scenes.Scene]:
    """The scene, with the connections standing in its database, on its day."""
    site, made = staged
    with django_db_blocker.unblock(), site.database(), clock.at(scenes.TODAY):
        yield made
