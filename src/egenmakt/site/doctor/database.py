"""The database: its version, roles, rights, triggers and clock, and that it is up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from egenmakt.foundation.database import security
from egenmakt.site.doctor.finding import Finding, fault, ok, warning

_MAJOR = 18
_SLOW_S, _WRONG_S = 2, 60
_MOST_SHOWN = 20


def version() -> Iterator[Finding]:
    """PostgreSQL 18."""
    title = "PostgreSQL"
    number = int(_one("SHOW server_version_num"))
    shown = f"version {_one('SHOW server_version')}"
    if number // 10_000 == _MAJOR:
        yield ok("database_version", title, shown)
    else:
        yield fault(
            "database_version",
            title,
            shown,
            f"Egenmakt är gjort för PostgreSQL {_MAJOR}. Flytta databasen dit.",
        )


def roles() -> Iterator[Finding]:
    """The program's role is not the owner's, and cannot pass row-level security."""
    title = "Databasroller"
    application, owner = _one("SELECT current_user"), _one("SELECT current_user", using="owner")
    powerful = _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if powerful:
        yield fault(
            "roles",
            title,
            f"{application} kan gå förbi radskyddet",
            f"Anslut med rollen {security.APPLICATION}.",
        )
    elif application == owner:
        yield fault(
            "roles",
            title,
            f"programmet och ägaren är samma roll ({application})",
            f"Sätt DATABASE_URL till rollen {security.APPLICATION} och DATABASE_OWNER_URL till ägarens.",
        )
    else:
        yield ok("roles", title, f"{application} för programmet, {owner} för ägaren")


def migrations() -> Iterator[Finding]:
    """The tables are as the program wants them."""
    title = "Databasens tabeller"
    executor = MigrationExecutor(connections["owner"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(
            f"{migration.app_label}.{migration.name}" for migration, _backwards in waiting[:_MOST_SHOWN]
        )
        yield fault(
            "migrations", title, f"{len(waiting)} ändringar väntar: {names}", "Kör `egenmakt migrate`."
        )
    else:
        yield ok("migrations", title, "är uppdaterade")


def rights() -> Iterator[Finding]:
    """Rights, row-level security and the chain are as declared, table by table."""
    title = "Rättigheter och radskydd"
    problems = security.problems(connections["default"])
    for problem in problems[:_MOST_SHOWN]:
        what, _, mend = problem.partition(" Kör ")
        yield fault("rights", title, what, f"Kör {mend}" if mend else "Kontrollera databasrollerna.")
    if len(problems) > _MOST_SHOWN:
        yield fault("rights", title, f"och {len(problems) - _MOST_SHOWN} fel till", "Kör `egenmakt migrate`.")
    if not problems:
        yield ok("rights", title, "som de ska, tabell för tabell")


def triggers() -> Iterator[Finding]:
    """Every trigger that keeps history, links rows or freezes what is signed is there and switched on."""
    title = "Triggrar"
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
        )
        found = {(table.strip('"'), name): enabled for table, name, enabled in cursor.fetchall()}
    wanted = {
        (model._meta.db_table, trigger.get_pgid(model))
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    missing = sorted(f"{table} ({name})" for table, name in wanted - found.keys())
    off = sorted(f"{table} ({name})" for (table, name), enabled in found.items() if enabled in ("D", "R"))
    if off:
        yield fault(
            "triggers",
            title,
            f"avstängda: {', '.join(off[:_MOST_SHOWN])}",
            "Ta reda på vem som stängde av dem. Kör `egenmakt audit verify` och slå på dem igen "
            "(ALTER TABLE … ENABLE TRIGGER).",
        )
    if missing:
        yield fault(
            "triggers", title, f"saknas: {', '.join(missing[:_MOST_SHOWN])}", "Kör `egenmakt migrate`."
        )
    if not off and not missing:
        yield ok("triggers", title, f"{len(wanted)} stycken, alla på")


def clock() -> Iterator[Finding]:
    """The computer's clock and the database's show the same time."""
    title = "Klocka"
    before = time.time()
    theirs = float(_one("SELECT extract(epoch FROM clock_timestamp())"))
    apart = abs(theirs - (before + time.time()) / 2)
    moved = os.environ.get("EGENMAKT_TODAY")
    if apart > _WRONG_S:
        yield fault(
            "clock",
            title,
            f"skiljer {apart:.0f} sekunder från databasens",
            "Ställ in tidssynkronisering (NTP).",
        )
    elif apart > _SLOW_S:
        yield warning(
            "clock",
            title,
            f"skiljer {apart:.0f} sekunder från databasens",
            "Ställ in tidssynkronisering (NTP).",
        )
    else:
        yield ok("clock", title, f"flyttad till {moved} i testläge" if moved else "går som databasens")


def _one(query: str, using: str = "default") -> Any:
    with connections[using].cursor() as cursor:
        cursor.execute(query)
        (value,) = cursor.fetchone()
    return value


CHECKS = [version, roles, migrations, rights, triggers, clock]
