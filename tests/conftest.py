"""What every test stands on: a database of its own, made from a template that is migrated once.

The tests connect as the application role, with row-level security in force, as the program does.
"""

from __future__ import annotations

import hashlib
import os

import hypothesis
import psycopg
import pytest
from tests.settings import ROOT

from egenmakt.foundation.database.server import OWNER, Addresses, EmbeddedServer, addresses

pytest_plugins = ["tests.people", "tests.sites"]

# The same examples in every run, and no clock: a test that fails does so for what it found.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

SPEED = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A site, which a module makes for its tests, is made once: they all go to one worker process."""
    for item in items:
        if "make_site" in item.fixturenames and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def server() -> Addresses:
    """The embedded server of the tests, shared by all worker processes."""
    return EmbeddedServer(ROOT / ".data" / "test" / "postgres", options=SPEED).start()


def _fingerprint() -> str:
    """Changes when anything that the template database is made from changes."""
    digest = hashlib.sha256()
    sources = sorted(
        path
        for pattern in ("**/models.py", "**/migrations/*.py", "foundation/database/*")
        for path in (ROOT / "src" / "egenmakt").glob(pattern)
        if path.is_file() and path.suffix != ".pyc"
    )
    for path in sources:
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _point_at(name: str) -> None:
    from django.db import connections

    for alias, url in (("default", addresses(name).application), ("owner", addresses(name).owner)):
        connections[alias].close()
        parts = psycopg.conninfo.conninfo_to_dict(url)
        connections[alias].settings_dict.update(
            NAME=name, USER=parts["user"], HOST=parts["host"], PORT="", PASSWORD="", CONN_MAX_AGE=0
        )


def _make_template(superuser: psycopg.Connection, name: str) -> None:
    from egenmakt.site.commands.database import migrate_all

    # the newest few stay: another run, of an older checkout, may be using one
    templates = superuser.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template_egenmakt_%' ORDER BY oid DESC OFFSET 3"
    )
    for (old,) in templates.fetchall():
        superuser.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
    making = f"making_{name}"
    superuser.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
    superuser.execute(f'CREATE DATABASE "{making}" OWNER {OWNER}')
    _point_at(making)
    migrate_all()
    from django.db import connections

    connections.close_all()
    superuser.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


@pytest.fixture(scope="session")
def template(server: Addresses, django_db_blocker) -> str:
    """The name of a migrated, empty database to copy."""
    name = f"template_egenmakt_{_fingerprint()}"
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(7001)")  # workers that start together make it once
        exists = superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            with django_db_blocker.unblock():
                _make_template(superuser, name)
    return name


def copy_database(server: Addresses, template: str, name: str) -> Addresses:
    """A fresh copy of the template under a name, replacing an older one; its addresses."""
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute("SELECT pg_advisory_lock(7001)")  # a template is copied by one at a time
        superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        superuser.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER}')
    return addresses(name)


@pytest.fixture(scope="session")
def django_db_setup(server: Addresses, template: str, django_db_blocker) -> None:
    """Each worker process gets its own copy of the template."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    copy_database(server, template, name)
    with django_db_blocker.unblock():
        _point_at(name)
    yield
    from django.db import connections

    connections.close_all()
    with psycopg.connect(server.superuser, autocommit=True) as superuser:
        superuser.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
