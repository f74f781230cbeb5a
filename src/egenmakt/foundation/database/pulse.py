"""Pulses: one row for every statement that changes something of a thing, so that the thing's number of beats grows.

Whoever keeps what was worked out of a thing can tell by the number of beats whether it still holds. A model is the
pulse of a kind of thing when it says `pulse_of`, the column that holds the thing's id; its rows have `municipality_id`
and `beats` besides. The tables that the thing consists of say `pulse`: the column that holds the thing's id, or a query
for the ids of the things that the row `one` belongs to. The pulse says the same for tables in rooms that know nothing
of the thing, in `pulse_also` (model → column or query).

Guarantees: an insert, update or deletion in such a table adds beats to every thing concerned, before and after the
change, in the transaction of the change and by a trigger, whoever makes it. Rows are only added, so nobody who writes
waits for another. Names of columns and queries are the program's own, never input.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

# What a statement changed, under the name `changed`; of an update also the rows as they were, as `before`.
_EVENTS = {
    "insert": "NEW TABLE AS changed",
    "update": "OLD TABLE AS before NEW TABLE AS changed",
    "delete": "OLD TABLE AS changed",
}


def pulse_model() -> type[models.Model] | None:
    """The model that is the pulse; None in a program without one."""
    return next((model for model in apps.get_models() if hasattr(model, "pulse_of")), None)


def pulse(model: type[models.Model]) -> str | None:
    """The query for the ids of the things that a row `one` of the model belongs to; None when there are none."""
    found = getattr(model, "pulse", None)
    if found is None and (of := pulse_model()) is not None:
        found = getattr(of, "pulse_also", {}).get(model._meta.label)
    if found is None:
        return None
    return str(found) if " " in found else f"SELECT one.{found}"


def triggers(model: type[models.Model]) -> list[str]:
    """The names of the triggers that a model's table is to have."""
    return [f"pulse_{event}" for event in _EVENTS] if pulse(model) else []


def statements(model: type[models.Model]) -> Iterator[str]:
    """The SQL that gives a model's table its triggers."""
    of, query = pulse_model(), pulse(model)
    if of is None or query is None:
        return
    table = model._meta.db_table
    function = f'"egenmakt_pulse_{table}"'
    changed, before = (
        f"SELECT one.municipality_id, thing.whose FROM {rows} AS one CROSS JOIN LATERAL ({query}) AS thing(whose)"  # noqa: S608
        for rows in ("changed", "before")
    )
    yield (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN {_beat(of, f'{changed} UNION {before}')}; "
        f"ELSE {_beat(of, changed)}; END IF; RETURN NULL; END $$"
    )
    for event, rows in _EVENTS.items():
        yield f'DROP TRIGGER IF EXISTS pulse_{event} ON "{table}"'
        yield (
            f'CREATE TRIGGER pulse_{event} AFTER {event.upper()} ON "{table}" REFERENCING {rows} '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def _beat(of: type[models.Model], things: str) -> str:
    return (
        f'INSERT INTO "{of._meta.db_table}" (municipality_id, "{of.pulse_of}", beats) '  # type: ignore[attr-defined]  # noqa: S608
        f"SELECT DISTINCT municipality_id, whose, 1 FROM ({things}) AS things WHERE whose IS NOT NULL"
    )
