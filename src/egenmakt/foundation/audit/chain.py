"""Proving the chain: that no history row, no access and no followed row was changed behind the program's
back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections

from egenmakt.foundation.database import security

_BATCH = 5_000


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a municipality's chain does not hold."""

    municipality_id: str
    number: int | None
    table: str
    row: str
    reason: str

    def __str__(self) -> str:
        place = f"länk {self.number}" if self.number is not None else "utan länk"
        return f"{self.reason}: tabell {self.table}, rad {self.row} ({place}, kommun {self.municipality_id})"


@dataclass(frozen=True)
class ChainHead:
    """The last link of a municipality's chain; kept outside the database, it proves that nothing was cut off.
    """

    municipality_id: str
    number: int
    digest: str


def verify_chain(
    using: str = "owner", anchors: dict[str, ChainHead] | None = None
) -> tuple[list[ChainHead], list[BrokenLink]]:
    """Prove every municipality's chain against the rows as they stand now.

    Needs a connection that sees all municipalities (the owner's). Returns the heads, and the first broken
    link of each chain: a changed row, a deleted row, a changed, missing or inserted link, a row that was
    never linked, or (with `anchors`, heads noted earlier) an end that was cut off. Reads in batches; memory
    does not grow.
    """
    heads: list[ChainHead] = []
    broken: list[BrokenLink] = []
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT DISTINCT municipality_id::text FROM audit_link ORDER BY 1")
        municipalities = [row[0] for row in cursor.fetchall()]
        for municipality in municipalities:
            head, error = _verify_one(cursor, municipality, (anchors or {}).get(municipality))
            heads.append(head)
            if error:
                broken.append(error)
        for municipality, anchor in (anchors or {}).items():
            if municipality not in municipalities:
                broken.append(
                    BrokenLink(municipality, anchor.number, "audit_link", "-", "Hela kedjan saknas")
                )
        broken.extend(_unlinked_rows(cursor))
    return heads, broken


def _verify_one(
    cursor: Any, municipality: str, anchor: ChainHead | None
) -> tuple[ChainHead, BrokenLink | None]:
    digest, number = b"", 0
    while True:
        cursor.execute(
            "SELECT number, table_name, row_id, row_digest, digest FROM audit_link "
            "WHERE municipality_id = %s AND number > %s ORDER BY number LIMIT %s",
            [municipality, number, _BATCH],
        )
        links = cursor.fetchall()
        if not links:
            break
        present = _digests_of_rows(cursor, links)
        for found, table, row, row_digest, stored in links:

            def broken(reason: str, found: int = found, table: str = table, row: str = row) -> BrokenLink:
                return BrokenLink(municipality, found, table, row, reason)

            head = ChainHead(municipality, number, digest.hex())
            if found != number + 1:
                return head, broken(f"En länk saknas före nummer {found}")
            actual = present.get((table, row))
            if actual is None:
                return head, broken("Raden är borttagen")
            if actual != bytes(row_digest):
                return head, broken("Raden är ändrad i efterhand")
            digest = hashlib.sha256(digest + f"{table}:{row}".encode() + bytes(row_digest)).digest()
            if digest != bytes(stored):
                return head, broken("Länken är ändrad i efterhand")
            number = found
            if anchor and anchor.number == number and anchor.digest != digest.hex():
                return head, broken("Kedjan stämmer inte med den tidigare noterade änden")
    head = ChainHead(municipality, number, digest.hex())
    if anchor and number < anchor.number:
        return head, BrokenLink(municipality, number, "audit_link", "-", "Slutet av kedjan är avklippt")
    return head, None


def _digests_of_rows(cursor: Any, links: list[Any]) -> dict[tuple[str, str], bytes]:
    """The digests of the rows that the links point at, computed by the database from the rows as they are."""
    wanted: dict[str, list[str]] = {}
    for _number, table, row, _row_digest, _digest in links:
        wanted.setdefault(table, []).append(row)
    known = {model._meta.db_table: _key(model) for model in _chained_models()}
    found: dict[tuple[str, str], bytes] = {}
    for table, rows in wanted.items():
        if table not in known:
            continue
        key, key_type = known[table]
        cursor.execute(
            f'SELECT {key}::text, egenmakt_row_digest(to_jsonb(t)) FROM "{table}" t '  # noqa: S608 - names from the models
            f"WHERE {key} = ANY(%s::{key_type}[])",
            [rows],
        )
        found.update({(table, row): bytes(digest) for row, digest in cursor.fetchall()})
    return found


def _unlinked_rows(cursor: Any) -> Iterator[BrokenLink]:
    for model in _chained_models():
        table = model._meta.db_table
        key, _type = _key(model)
        cursor.execute(
            f'SELECT t.municipality_id::text, t.{key}::text FROM "{table}" t WHERE NOT EXISTS ('  # noqa: S608
            f"SELECT 1 FROM audit_link l WHERE l.table_name = %s AND l.row_id = t.{key}::text) ORDER BY 2 LIMIT 1",
            [table],
        )
        for municipality, row in cursor.fetchall():
            yield BrokenLink(municipality, None, table, row, "Raden är tillagd utan länk")


def _chained_models() -> list[Any]:
    return [model for model in apps.get_models() if security.hash_chained(model)]


def _key(model: Any) -> tuple[str, str]:
    return ("pgh_id", "bigint") if hasattr(model, "pgh_tracked_model") else ("id", "uuid")
