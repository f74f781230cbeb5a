"""Whether the age limit was reached the day the application came in, by the law of that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np

from egenmakt.law.parameters import NoParameter, parameter
from egenmakt.law.population.columns import FIRST_YEAR
from egenmakt.law.population.numpy_kernel import Array, compiled
from egenmakt.law.population.people import Population
from egenmakt.law.population.programs import reached_program
from egenmakt.law.population.values import Change, age_limits_on


def reached_when_received(changes: Mapping[str, Change], people: Population) -> Array:
    """Whether each person had reached the age limit, of that time, when the application came in."""
    if "limit_reached_when_received" in people.columns:
        return people.columns["limit_reached_when_received"]
    key = f"reached {changes.get('age_limit')!r}"
    if key not in people._known:
        received = people.beside["received"]
        found = np.zeros(people.size, dtype=bool)
        for start, stop in _times(received):
            rows = np.flatnonzero((received >= start) & (received < stop))
            if len(rows):
                found[rows] = _reached_in(changes, people, rows, date.fromordinal(start + _ORIGIN))
        people._known[key] = found
    reached: Array = people._known[key]
    return reached


_ORIGIN = date(1970, 1, 1).toordinal()


def _times(received: Array) -> list[tuple[int, int]]:
    """The stretches of time in which the age limit is the same, from the first to the last day received."""
    if not len(received):
        return []
    first, last = int(received.min()), int(received.max()) + 1
    changes = {day.toordinal() - _ORIGIN for day in parameter("age_limit").changes()}
    days = sorted({first, *(day for day in changes if first < day < last), last})
    return list(pairwise(days))


def _reached_in(changes: Mapping[str, Change], people: Population, rows: Array, start: date) -> Array:
    limits = age_limits_on(start, changes)
    kernel = compiled(reached_program(start))
    dates = people.beside["received"][rows].astype("datetime64[D]")
    year, month = dates.astype("datetime64[Y]"), dates.astype("datetime64[M]")
    columns = {name: people.columns[name][rows] for name in ("born_year", "born_month", "born_day")}
    columns |= {
        "day_year": (year.astype(np.int64) + 1970).astype(np.int16),
        "day_month": ((month - year).astype(np.int64) + 1).astype(np.int8),
        "day_day": ((dates - month).astype(np.int64) + 1).astype(np.int8),
    }
    unknown = np.isin(columns["born_year"], np.flatnonzero(np.array(limits) == -1) + FIRST_YEAR)
    if unknown.any():
        first = int(rows[int(np.argmax(unknown))]) + 1
        told = f"Åldersgränsen: lagen ger inget värde för den dag då ansökan på rad {first} kom in."
        raise NoParameter("age_limit", start, told)
    found = {"age_limit_reached": np.empty(len(rows), dtype=bool)}
    tables = {"age_limit": np.array(limits, dtype=np.int32)}
    kernel.run(columns, {}, tables, found, slice(0, len(rows)))
    return found["age_limit_reached"]
