"""What the application role may do, derived from the models and applied after every migration.

Guarantees, for every table of every installed model:
- a table with a `municipality_id` column has a row-level-security policy on it, and shows nothing unless the
  municipality has been set in the transaction;
- a model may narrow its policy further with `row_policy` (an SQL condition), for example to hide the
  identity of a protected person from everyone who is not named; its history table follows the same condition
  on its own columns, unless the model says otherwise with `history_row_policy`;
- the application role gets exactly the rights that `database_rights` names ("S", "I", "U", "D"); the default
  is SIU for our own tables (nothing is deleted) and SIUD for those of third-party apps;
- a model with `hash_chained = True` has every row linked into the municipality's chain (see foundation.audit);
- a change in a table whose model has `pulse` adds a beat to whatever the row belongs to (see the module `pulse`).

`apply` is idempotent; `problems` lists in Swedish what differs, and is what `egenmakt doctor` and the tests read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from egenmakt.foundation.database import pulse
from egenmakt.foundation.database.server import APPLICATION

_VERBS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION egenmakt_municipality() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('egenmakt.municipality', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION egenmakt_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('egenmakt.actor', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION egenmakt_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('egenmakt.today', true), '')::date,
                     (now() AT TIME ZONE 'Europe/Stockholm')::date) $$;
"""

TENANT_POLICY = "municipality_id = (SELECT egenmakt_municipality())"


def _own(model: type[models.Model]) -> bool:
    return model.__module__.startswith("egenmakt.")


def _tables() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def is_tenant(model: type[models.Model]) -> bool:
    """Whether the rows of a model belong to one municipality each."""
    return any(getattr(field, "attname", "") == "municipality_id" for field in model._meta.get_fields())


def _source(model: type[models.Model]) -> Any:
    """A history table is declared on the model it follows, and gets its narrower policy from there."""
    return getattr(model, "pgh_tracked_model", None) or model


def rights(model: type[models.Model]) -> str:
    """The letters of what the application role may do with a model's table."""
    if hasattr(model, "pgh_tracked_model"):
        return "SI"
    return str(getattr(model, "database_rights", "SIU" if _own(model) else "SIUD"))


def policy(model: type[models.Model]) -> str | None:
    """The SQL condition under which a row is visible and may be written; None for tables without tenants."""
    if not is_tenant(model):
        return None
    source = _source(model)
    condition = str(getattr(source, "tenant_policy", TENANT_POLICY))
    narrower = getattr(source, "row_policy", None)
    if hasattr(model, "pgh_tracked_model"):
        narrower = getattr(source, "history_row_policy", narrower)
    if narrower:
        condition += f" AND ({narrower.format(table=_quoted(model))})"
    return condition


def hash_chained(model: type[models.Model]) -> bool:
    """Whether each row of a model is linked into the chain."""
    return hasattr(model, "pgh_tracked_model") or bool(getattr(model, "hash_chained", False))


def _quoted(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


def statements() -> Iterator[str]:
    """The SQL that gives every table its rights, policy, chain and pulse, in order."""
    yield _FUNCTIONS
    yield (Path(__file__).parent / "chain.sql").read_text()
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APPLICATION}"
    yield f"GRANT USAGE ON SCHEMA public TO {APPLICATION}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APPLICATION}"
    yield f"GRANT SELECT ON django_migrations TO {APPLICATION}"
    # The job queue keeps tables that have no models of their own.
    yield f"""DO $$ DECLARE t record; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'procrastinate%' LOOP
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO {APPLICATION}', t.tablename);
        END LOOP; END $$"""
    for model in _tables():
        table = _quoted(model)
        verbs = ", ".join(_VERBS[letter] for letter in rights(model))
        yield f"GRANT {verbs} ON {table} TO {APPLICATION}"
        if condition := policy(model):
            yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
            yield f"DROP POLICY IF EXISTS tenant ON {table}"
            yield f"CREATE POLICY tenant ON {table} USING ({condition}) WITH CHECK ({condition})"
        if hash_chained(model):
            yield f"DROP TRIGGER IF EXISTS chained ON {table}"
            yield (
                f"CREATE CONSTRAINT TRIGGER chained AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
                "FOR EACH ROW EXECUTE FUNCTION egenmakt_link_row()"
            )
        yield from pulse.statements(model)


# The name under which those who change the database's structure wait for one another: any number of one's own.
_LOCK = 0x4547454E


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait until nobody else changes the structure of this database, and keep others waiting meanwhile.

    The lock is the connection's: it is gone when the program dies.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def apply(connection: BaseDatabaseWrapper) -> None:
    """Give every table its rights and policy. Needs the owner's connection; one transaction, idempotent."""
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON FUNCTION egenmakt_municipality() IS '{_digest(cursor)}'")


def is_applied(connection: BaseDatabaseWrapper) -> bool:
    """Whether `apply` has been run with just what the models declare now, and no right has been changed since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure('egenmakt_municipality()'), 'pg_proc')")
        (seen,) = cursor.fetchone() or (None,)
        return bool(seen) and seen == _digest(cursor) and not problems(connection)


def _digest(cursor: CursorWrapper) -> str:
    # with the migrations that have been run: one may have made a sequence or a function
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return sha256("\n".join([*statements(), *map(str, cursor.fetchall())]).encode()).hexdigest()


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """What differs between the models' declarations and the database, one Swedish sentence each."""
    found: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
        if row and row[0]:
            found.append("Programmets databasroll kan gå förbi radskyddet. Anslut som rollen egenmakt_app.")
        cursor.execute("SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r'")
        protected = dict(cursor.fetchall())
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'tenant'")
        with_policy = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'chained'")
        chained = {name.strip('"') for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE tgname LIKE 'pulse%' AND tgenabled IN ('O', 'A')"
        )
        beating = {(name.strip('"'), trigger) for name, trigger in cursor.fetchall()}
        for model in _tables():
            table = model._meta.db_table
            if is_tenant(model) and not (protected.get(table) and table in with_policy):
                found.append(f"Tabellen {table} saknar radskydd per kommun. Kör `egenmakt migrate`.")
            if hash_chained(model) and table not in chained:
                found.append(f"Tabellen {table} länkas inte in i kedjan. Kör `egenmakt migrate`.")
            if any((table, trigger) not in beating for trigger in pulse.triggers(model)):
                found.append(f"Ändringar i tabellen {table} märks inte i listorna. Kör `egenmakt migrate`.")
            for letter, verb in _VERBS.items():
                cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [APPLICATION, _quoted(model), verb])
                (allowed,) = cursor.fetchone() or (False,)
                if allowed != (letter in rights(model)):
                    state = "får" if allowed else "får inte"
                    found.append(
                        f"Rollen {APPLICATION} {state} göra {verb} i {table}. Kör `egenmakt migrate`."
                    )
    return found
