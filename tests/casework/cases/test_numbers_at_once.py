"""Case numbers when many register at once: real connections, on a copy of the database of their own."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from tests.conftest import copy_database
from tests.people import make_municipalities

from egenmakt.foundation.database.server import Addresses
from egenmakt.foundation.tenancy.actions import next_number
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.foundation.tenancy.transaction import acting_in

THREADS, EACH = 8, 6


@pytest.fixture
def own_database(server: Addresses, template: str) -> Iterator[str]:
    """The name of a copy with the municipalities in it; dropped afterwards."""
    name = f"numbers_{os.getpid()}"
    make_municipalities(copy_database(server, template, name).owner)
    yield name
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class ChangedHerMind(Exception):
    """Someone gives up in the middle of registering."""


@pytest.mark.req("H-13")
def test_many_who_register_at_once_get_each_their_number_without_holes(
    own_database, django_db_setup, django_db_blocker
):
    barrier = threading.Barrier(THREADS)

    def register(worker: int) -> list[int]:
        settings = connections["default"].settings_dict | {"NAME": own_database}
        connections["default"] = DatabaseWrapper(settings, "default")
        try:
            with transaction.atomic():
                municipality = Municipality.objects.get(slug="hjo").pk
            barrier.wait()
            got = []
            for number in range(EACH):
                try:
                    with acting_in(municipality):
                        taken = next_number(series="case", year=2026)
                        if (worker + number) % 3 == 0:
                            raise ChangedHerMind
                except ChangedHerMind:
                    continue
                got.append(taken)
            return got
        finally:
            connections["default"].close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(THREADS) as pool:
        taken = sorted(number for some in pool.map(register, range(THREADS)) for number in some)
    assert taken == list(range(1, len(taken) + 1))
    assert len(taken) == THREADS * EACH * 2 // 3
