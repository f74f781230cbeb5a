"""Sorting a table on the server, with its state in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Ordering:
    """How a table is sorted: the column's name in the URL, its direction, and what to give `order_by`."""

    key: str
    descending: bool
    fields: tuple[str, ...]


def ordering(
    request: HttpRequest, allowed: Mapping[str, str | tuple[str, ...]], default: str, parameter: str = "sort"
) -> Ordering:
    """The ordering that `?sort=namn` or `?sort=-namn` asks for; `default` when it asks for something else.

    `allowed` maps a column's name in the URL to a field or fields. The primary key is added last, so that the
    order is always the same and keyset paging is safe.
    """
    asked = request.GET.get(parameter, default)
    key = asked.removeprefix("-")
    if key not in allowed:
        asked, key = default, default.removeprefix("-")
    descending = asked.startswith("-")
    named = allowed[key]
    fields = (named,) if isinstance(named, str) else tuple(named)
    if descending:
        fields = tuple(one[1:] if one.startswith("-") else f"-{one}" for one in fields)
    return Ordering(key, descending, (*fields, "-pk" if descending else "pk"))
