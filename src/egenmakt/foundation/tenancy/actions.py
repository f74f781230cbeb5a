"""Writing in the tenancy room: the next number of a series, new municipalities and units."""

from __future__ import annotations

from django.db import connection, transaction

from egenmakt.foundation.tenancy.models import Unit, new_id
from egenmakt.foundation.tenancy.transaction import current_municipality_id


@transaction.atomic
def next_number(*, series: str, year: int) -> int:
    """The next number in a series of the current municipality and year, from 1 upward without holes.

    Two transactions that ask at once wait for each other; a transaction that is undone gives its number back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_counter (id, municipality_id, series, year, last) VALUES (%s, %s, %s, %s, 1) "
            "ON CONFLICT (municipality_id, series, year) DO UPDATE SET last = tenancy_counter.last + 1 "
            "RETURNING last",
            [new_id(), current_municipality_id(), series, year],
        )
        (number,) = cursor.fetchone()
    return int(number)


@transaction.atomic
def create_unit(*, name: str, parent: Unit | None = None) -> Unit:
    """A new unit in the current municipality."""
    return Unit.objects.create(name=name, parent=parent)
