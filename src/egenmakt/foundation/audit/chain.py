"""Proving the chain: that no history row, no access and no followed row was changed behind the program's back.

Guarantees, for a connection that sees every municipality (the owner's), in one unchanging view of the database:
- every linked row is as it was when it was linked, every link follows from the one before, none is missing;
- every row of a chained table has a link;
- every followed row is as the newest row of its history says, and what was never deleted is there;
- the index of whom an access concerned says the same as the accesses;
- (with anchors, ends of chains noted earlier and kept elsewhere) nothing was cut off at the end, and the chain was
  not made anew.

What it names is the first thing found of each sort in each municipality. Someone who owns the database and makes the
whole chain anew is found by the anchors only: keep them where that person cannot write.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from egenmakt.foundation.database import security

_BATCH = 5_000
# how values are written when digests are made; the linking trigger says the same
_AS_LINKED = {
    "TimeZone": "UTC",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}
_KEYS = {
    "bigint": re.compile(r"[0-9]{1,18}"),
    "uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}


class NotTheOwner(RuntimeError):
    """The connection does not see every municipality, so nothing can be proved through it."""


@dataclass(frozen=True)
class BrokenLink:
    """The first place where something does not hold: what is wrong, in which table and row, at which link."""

    municipality_id: str
    number: int | None
    table: str
    row: str
    reason: str

    def __str__(self) -> str:
        place = f"länk {self.number}" if self.number is not None else "utan länk"
        return f"{self.reason}: tabell {self.table}, rad {self.row} ({place})"


@dataclass(frozen=True)
class ChainHead:
    """The last link of a municipality's chain; kept outside the database, it proves that nothing was cut off."""

    municipality_id: str
    number: int
    digest: str


@dataclass
class _Walked:
    """What was met on the way along one chain: how many rows of each table hold."""

    head: ChainHead
    broken: BrokenLink | None = None
    rows: Counter[str] = field(default_factory=Counter)


def verify_chain(
    using: str = "owner", anchors: Mapping[str, ChainHead] | None = None
) -> tuple[list[ChainHead], list[BrokenLink]]:
    """Prove every municipality's chain against the rows as they stand. The heads, and everything that does not hold.

    Reads in batches; memory does not grow with the chain. Raises NotTheOwner.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return prove(cursor, anchors or {})


def prove(cursor: Any, anchors: Mapping[str, ChainHead]) -> tuple[list[ChainHead], list[BrokenLink]]:
    """The same within the caller's transaction, which must show one unchanging view of the database."""
    _prepare(cursor)
    shapes = _shapes(cursor)
    heads: list[ChainHead] = []
    broken: list[BrokenLink] = []
    linked: dict[str, Counter[str]] = {}
    for municipality in _municipalities(cursor):
        walked = _walk(cursor, municipality, shapes, anchors.get(municipality))
        heads.append(walked.head)
        linked[municipality] = walked.rows
        if walked.broken:
            broken.append(walked.broken)
    for municipality, anchor in anchors.items():
        if municipality not in linked:
            broken.append(BrokenLink(municipality, anchor.number, "audit_link", "-", "Hela kedjan saknas"))
    broken += _numbers_below_one(cursor)
    broken += _unlinked_rows(cursor, linked)
    broken += _current_rows(cursor)
    broken += _index_of_accesses(cursor)
    return heads, broken


def chain_heads(using: str = "owner") -> list[ChainHead]:
    """The last link of every chain, to be kept elsewhere. Raises NotTheOwner."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        _prepare(cursor)
        cursor.execute(
            "SELECT DISTINCT ON (municipality_id) municipality_id::text, number, digest FROM audit_link "
            "ORDER BY municipality_id, number DESC"
        )
        return [ChainHead(one, number, bytes(digest).hex()) for one, number, digest in cursor.fetchall()]


def _prepare(cursor: Any) -> None:
    for name, value in _AS_LINKED.items():
        cursor.execute(f'SET LOCAL "{name}" = %s', [value])
    cursor.execute("SELECT row_security_active('audit_accesslogentry')")
    (hidden,) = cursor.fetchone()
    if hidden:
        raise NotTheOwner(
            "Anslutningen ser bara en kommun i taget. Ange ägarens anslutning i DATABASE_OWNER_URL och kör igen."
        )


def _municipalities(cursor: Any) -> list[str]:
    cursor.execute("SELECT DISTINCT municipality_id::text FROM audit_link ORDER BY 1")
    return [row[0] for row in cursor.fetchall()]


def _shapes(cursor: Any) -> dict[int, tuple[str, list[str]]]:
    cursor.execute("SELECT id, table_name, columns FROM audit_shape")
    return {identity: (table, columns) for identity, table, columns in cursor.fetchall()}


def _walk(
    cursor: Any, municipality: str, shapes: dict[int, tuple[str, list[str]]], anchor: ChainHead | None
) -> _Walked:
    digest, number, rows = b"", 0, Counter[str]()

    def stop(found: int, table: str, row: str, reason: str) -> _Walked:
        head = ChainHead(municipality, number, digest.hex())
        return _Walked(head, BrokenLink(municipality, found, table, row, reason), rows)

    while links := _links_after(cursor, municipality, number):
        present = _digests_of_rows(cursor, links, shapes)
        for found, table, row, shape, row_digest, stored in links:
            if found != number + 1:
                return stop(number + 1, "audit_link", "-", f"Länken saknas (nästa som finns är {found})")
            linked = hashlib.sha256(digest + f"{table}:{row}".encode() + bytes(row_digest)).digest()
            if linked != bytes(stored) or shapes.get(shape, ("", []))[0] != table:
                return stop(found, table, row, "Länken är ändrad i efterhand")
            actual = present.get((table, row))
            if actual is None:
                return stop(found, table, row, "Raden är borttagen")
            if actual != bytes(row_digest):
                return stop(found, table, row, "Raden är ändrad i efterhand")
            digest, number = linked, found
            rows[table] += 1
            if anchor and anchor.number == number and anchor.digest != digest.hex():
                return stop(found, table, row, "Kedjan stämmer inte med den tidigare noterade änden")
    if anchor and number < anchor.number:
        reason = f"Slutet av kedjan är avklippt (länk {anchor.number} noterades tidigare)"
        return stop(number + 1, "audit_link", "-", reason)
    return _Walked(ChainHead(municipality, number, digest.hex()), None, rows)


def _links_after(cursor: Any, municipality: str, number: int) -> list[Any]:
    cursor.execute(
        "SELECT number, table_name, row_id, shape_id, row_digest, digest FROM audit_link "
        "WHERE municipality_id = %s AND number > %s ORDER BY number LIMIT %s",
        [municipality, number, _BATCH],
    )
    links: list[Any] = cursor.fetchall()
    return links


def _digests_of_rows(
    cursor: Any, links: list[Any], shapes: dict[int, tuple[str, list[str]]]
) -> dict[tuple[str, str], bytes]:
    """The digests of the rows that the links point at, computed by the database from the rows as they are."""
    known = {model._meta.db_table: _key(model) for model in _chained_models()}
    wanted: dict[tuple[str, int], list[str]] = {}
    for _number, table, row, shape, _row_digest, _digest in links:
        if table in known and shape in shapes and _KEYS[known[table][1]].fullmatch(row):
            wanted.setdefault((table, shape), []).append(row)
    found: dict[tuple[str, str], bytes] = {}
    for (table, shape), rows in wanted.items():
        key, key_type = known[table]
        newer, gone = _changed_columns(cursor, table, shapes[shape][1])
        cursor.execute(
            f"SELECT {key}::text, egenmakt_row_digest((to_jsonb(t) - %s::text[]) || %s::jsonb) "  # noqa: S608 - names from the models
            f'FROM "{table}" t WHERE {key} = ANY(%s::{key_type}[])',
            [newer, json.dumps(dict.fromkeys(gone)), rows],
        )
        found.update({(table, row): bytes(digest) for row, digest in cursor.fetchall()})
    return found


def _changed_columns(cursor: Any, table: str, columns: list[str]) -> tuple[list[str], list[str]]:
    """The columns a table has got since rows were linked with some columns, and those it has lost."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
        [f'"{table}"'],
    )
    now = {name for (name,) in cursor.fetchall()}
    return sorted(now - set(columns)), sorted(set(columns) - now)


def _numbers_below_one(cursor: Any) -> Iterator[BrokenLink]:
    cursor.execute(
        "SELECT DISTINCT ON (municipality_id) municipality_id::text, number, table_name, row_id FROM audit_link "
        "WHERE number < 1 ORDER BY municipality_id, number"
    )
    for municipality, number, table, row in cursor.fetchall():
        yield BrokenLink(municipality, number, table, row, "Länken är tillagd före den första")


def _unlinked_rows(cursor: Any, linked: Mapping[str, Counter[str]]) -> Iterator[BrokenLink]:
    """The first row without a link, of each table and municipality whose rows are more than the links that hold."""
    for model in _chained_models():
        table, key = model._meta.db_table, _key(model)[0]
        cursor.execute(f'SELECT municipality_id::text, count(*) FROM "{table}" GROUP BY 1')  # noqa: S608 - from the models
        for municipality, rows in sorted(cursor.fetchall()):
            if rows == linked.get(municipality, Counter())[table]:
                continue
            cursor.execute(
                f'SELECT t.{key}::text FROM "{table}" t WHERE t.municipality_id = %s AND NOT EXISTS ('  # noqa: S608
                "SELECT 1 FROM audit_link l WHERE l.municipality_id = t.municipality_id AND l.table_name = %s "
                f"AND l.row_id = t.{key}::text) ORDER BY t.{key} LIMIT 1",
                [municipality, table],
            )
            for (row,) in cursor.fetchall():
                yield BrokenLink(municipality, None, table, row, "Raden är tillagd utan länk")


def _current_rows(cursor: Any) -> Iterator[BrokenLink]:
    """The first row of each table and municipality that is not as the newest row of its history says."""
    for model in _followed_models():
        table, history = model.pgh_tracked_model._meta.db_table, model._meta.db_table
        columns = sorted(one.column for one in model._meta.local_fields if not one.column.startswith("pgh_"))
        now = ", ".join(f't."{one}"' for one in columns)
        then = ", ".join(f'h."{one}"' for one in columns)
        cursor.execute(f"""
            SELECT DISTINCT ON (municipality) municipality, row, reason FROM (
              SELECT t.municipality_id::text AS municipality, t.id::text AS row,
                     CASE WHEN h.pgh_id IS NULL THEN 'Raden saknar historik'
                          WHEN h.pgh_label = 'delete' THEN 'Raden finns fast historiken säger att den är borttagen'
                          ELSE 'Raden är ändrad förbi historiken' END AS reason
              FROM "{table}" t LEFT JOIN LATERAL (
                SELECT * FROM "{history}" WHERE pgh_obj_id = t.id ORDER BY pgh_id DESC LIMIT 1) h ON true
              WHERE h.pgh_id IS NULL OR h.pgh_label = 'delete' OR ROW({now}) IS DISTINCT FROM ROW({then})
              UNION ALL
              SELECT h.municipality_id::text, h.pgh_obj_id::text, 'Raden är borttagen förbi historiken'
              FROM "{history}" h
              WHERE h.pgh_label <> 'delete' AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = h.pgh_obj_id)
                AND NOT EXISTS (SELECT 1 FROM "{history}" later
                                WHERE later.pgh_obj_id = h.pgh_obj_id AND later.pgh_id > h.pgh_id)
            ) wrong ORDER BY municipality, row""")  # noqa: S608 - names from the models
        for municipality, row, reason in cursor.fetchall():
            yield BrokenLink(municipality, None, table, row, reason)


def _index_of_accesses(cursor: Any) -> Iterator[BrokenLink]:
    """The first access of each municipality whose persons the index does not name exactly."""
    cursor.execute("""
        SELECT DISTINCT ON (municipality) municipality, row, reason FROM (
          SELECT e.municipality_id::text AS municipality, e.id::text AS row,
                 'En person i åtkomsten saknas i registret över vem den gällde' AS reason
          FROM audit_accesslogentry e CROSS JOIN LATERAL unnest(e.person_ids) AS p(person_id)
          LEFT JOIN audit_accessedperson a
            ON a.entry_id = e.id AND a.person_id = p.person_id AND a.at = e.at
            AND a.municipality_id = e.municipality_id
          WHERE a.id IS NULL
          UNION ALL
          SELECT a.municipality_id::text, a.entry_id::text, 'Registret över vem åtkomsten gällde säger för mycket'
          FROM audit_accessedperson a LEFT JOIN audit_accesslogentry e ON e.id = a.entry_id
          WHERE e.id IS NULL OR NOT a.person_id = ANY(e.person_ids) OR e.municipality_id <> a.municipality_id
        ) wrong ORDER BY municipality, row""")
    for municipality, row, reason in cursor.fetchall():
        yield BrokenLink(municipality, None, "audit_accesslogentry", row, reason)


def _chained_models() -> list[Any]:
    return [model for model in apps.get_models() if security.hash_chained(model)]


def _followed_models() -> list[Any]:
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def _key(model: Any) -> tuple[str, str]:
    return ("pgh_id", "bigint") if hasattr(model, "pgh_tracked_model") else ("id", "uuid")
