"""A population: columns of persons, and with them columns of moments or the sums of their moments.

Guarantees: what a `Population` holds is within the bounds the law's kernels count with; whatever is wrong is
found at once, for all columns, with the number of rows and the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from egenmakt.law.population.columns import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTE,
    MINUTES_IN,
    MOMENT,
    PERSON,
    SUMS,
    Column,
)
from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.reading import code_of

# Beside the facts, a person may have these: who it is, where, and the day the application came in.
BESIDE = ("id", "municipality", "received")
_GIVEN_SUMS = tuple(name for name in SUMS if PERSON[name].absent is None)
_BORN = ("born_year", "born_month", "born_day")


class Fault(NamedTuple):
    """One thing that is wrong with a population: which column, and in Swedish what and in how many rows."""

    column: str
    message: str


class PopulationFaulty(ValueError):
    """The columns are no population. Carries every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.column}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Population:
    """Persons by columns. `offsets` is None where the sums are given, else it says where the moments of each
    person begin, and last where they end. `beside` holds what is no fact of the law."""

    size: int
    columns: Mapping[str, Array]
    offsets: Array | None = None
    beside: Mapping[str, Array] = field(default_factory=dict)
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def constants(self) -> dict[str, int]:
        """The columns left out, with the value that every row has for them."""
        return {
            name: column.absent
            for name, column in {**PERSON, **MOMENT}.items()
            if column.absent is not None and name not in self.columns and name not in self._summed
        }

    @property
    def years_of_birth(self) -> frozenset[int]:
        """The years somebody is born in; found once."""
        if "years" not in self._known:
            self._known["years"] = frozenset(np.unique(self.columns["born_year"]).tolist())
        years: frozenset[int] = self._known["years"]
        return years

    def refuse_unborn(self, day: date) -> None:
        """Stop where somebody is born after the day. Raises PopulationFaulty."""
        if "latest" not in self._known:
            year, month, born = (self.columns[f"born_{part}"] for part in ("year", "month", "day"))
            births = year.astype(np.int32) * 10_000 + month.astype(np.int32) * 100 + born
            self._known["latest"] = (
                int(births.max(initial=0)),
                int(births.argmax()) + 1 if len(births) else 0,
            )
        latest, row = self._known["latest"]
        if latest > day.year * 10_000 + day.month * 100 + day.day:
            raise PopulationFaulty([Fault("born", f"Personen på rad {row} är född efter {day}.")])

    @property
    def _summed(self) -> tuple[str, ...]:
        return SUMS if self.offsets is not None else ()

    @property
    def moments(self) -> int:
        """How many moments there are; 0 where sums are given."""
        return 0 if self.offsets is None else int(self.offsets[-1])

    def first(self, count: int) -> Population:
        """The first persons."""
        count = min(count, self.size)
        last = None if self.offsets is None else int(self.offsets[count])
        cut = {name: held[: last if name in MOMENT else count] for name, held in self.columns.items()}
        offsets = None if self.offsets is None else self.offsets[: count + 1]
        return Population(count, cut, offsets, {name: held[:count] for name, held in self.beside.items()})


def population(
    persons: Mapping[str, Any], moments: Mapping[str, Any] | None = None, offsets: Any = None
) -> Population:
    """A population of columns. `born` and `received` are dates, or days counted from 1970-01-01.

    Raises PopulationFaulty with every fault.
    """
    faults: list[Fault] = []
    given = dict(persons)
    beside = {name: np.asarray(given.pop(name)) for name in BESIDE if name in given}
    if "born" in given:
        given |= _parts_of_born(given.pop("born"), faults)
    if "received" in beside:
        beside["received"] = days(beside["received"])
        early, late = (code_of(day) for day in (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
        outside = (beside["received"] < early) | (beside["received"] > late)
        _tell(faults, "received", outside, f"är inte från år {FIRST_YEAR} till {LAST_YEAR}")
    with_moments = moments is not None
    _tell_wrong_names(given, beside, moments, faults)
    size = len(next(iter(given.values()), ()))
    columns = {name: _typed(PERSON[name], held, faults) for name, held in given.items() if name in PERSON}
    starts = None
    if moments is not None:
        starts = np.asarray(offsets, dtype=np.int64)
        columns |= {
            name: _typed(MOMENT[name], held, faults) for name, held in moments.items() if name in MOMENT
        }
    _tell_lengths(columns, beside, size, starts, faults)
    if not faults:
        _tell_relations(columns, with_moments, faults)
    if faults:
        raise PopulationFaulty(faults)
    return Population(size, columns, starts, beside)


def days(held: Any) -> Array:
    """Dates as days counted from 1970-01-01."""
    array = np.asarray(held)
    if array.dtype.kind in "MO":
        array = array.astype("datetime64[D]").astype(np.int64)
    return array.astype(np.int32)


def _parts_of_born(held: Any, faults: list[Fault]) -> dict[str, Array]:
    """Year, month and day of dates of birth."""
    array = np.asarray(held)
    if array.dtype.kind not in "MiuO":
        faults.append(Fault("born", "Ska vara datum."))
        return {}
    date64 = days(array).astype("datetime64[D]")
    year, month = date64.astype("datetime64[Y]"), date64.astype("datetime64[M]")
    return {
        "born_year": (year.astype(np.int64) + 1970).clip(-32_768, 32_767).astype(np.int16),
        "born_month": ((month - year).astype(np.int64) + 1).astype(np.int8),
        "born_day": ((date64 - month).astype(np.int64) + 1).astype(np.int8),
    }


def _tell_wrong_names(
    persons: Mapping[str, Any],
    beside: Mapping[str, Any],
    moments: Mapping[str, Any] | None,
    faults: list[Fault],
) -> None:
    """Columns that are missing, unknown, or that do not go together."""
    own = set(SUMS) if moments is not None else set()
    for name in persons:
        if name not in PERSON or name in own:
            more = " Summorna räknas ur momenten." if name in own else ""
            faults.append(Fault(name, f"Okänd kolumn.{more} Ta bort den eller rätta namnet."))
    for name in moments or ():
        if name not in MOMENT:
            faults.append(Fault(f"moments.{name}", "Okänd kolumn. Ta bort den eller rätta namnet."))
    if not all(name in persons for name in _BORN) and not any(fault.column == "born" for fault in faults):
        faults.append(Fault("born", "Kolumnen saknas."))
    if "limit_reached_when_received" not in persons and "received" not in beside:
        faults.append(Fault("received", "Kolumnen saknas: dagen då ansökan kom in."))
    required = ["days_per_week", *(() if moments is not None else _GIVEN_SUMS)]
    faults.extend(Fault(name, "Kolumnen saknas.") for name in required if name not in persons)
    if moments is None:
        for name in ("waiting_micro_minutes_per_day", "standby_micro_minutes_per_day"):
            if name in persons:
                faults.append(Fault(name, "Hör ihop med moment. När summor anges ingår tiden i other_s."))
        return
    faults.extend(
        Fault(f"moments.{name}", "Kolumnen saknas.")
        for name, column in MOMENT.items()
        if column.absent is None and name not in moments
    )


def _typed(column: Column, held: Any, faults: list[Fault]) -> Array:
    """The column in its own type. What is outside its bounds is a fault."""
    array = np.asarray(held)
    name = f"moments.{column.name}" if column.name in MOMENT else column.name
    name = "born" if name in _BORN else name
    if array.dtype.kind not in "biu":
        faults.append(Fault(name, "Ska vara heltal."))
        return np.zeros(len(array), dtype=column.type)
    outside = (
        (array < column.low) | (array > column.high) if array.dtype != bool or column.type != "bool" else None
    )
    if outside is not None:
        _tell(faults, name, outside, f"är inte från {column.low} till {column.high}")
    return np.ascontiguousarray(array.astype(column.type, copy=False))


def _tell(faults: list[Fault], name: str, wrong: Array, what: str) -> None:
    """A fault for the rows that are wrong."""
    count = int(np.count_nonzero(wrong))
    if count:
        rows = "1 rad" if count == 1 else f"{count} rader"
        faults.append(Fault(name, f"{rows} {what}; den första är rad {int(np.argmax(wrong)) + 1}."))


def _tell_lengths(
    columns: Mapping[str, Array],
    beside: Mapping[str, Array],
    size: int,
    offsets: Array | None,
    faults: list[Fault],
) -> None:
    for name, held in (*columns.items(), *beside.items()):
        if name not in MOMENT and len(held) != size:
            faults.append(Fault(name, f"Har {len(held)} rader, men {size} personer finns."))
    if offsets is None:
        return
    if len(offsets) != size + 1 or offsets[0] != 0 or bool(np.any(offsets[1:] < offsets[:-1])):
        faults.append(Fault("offsets", "Ska börja på 0, aldrig minska och ha en post mer än personerna."))
        return
    for name, held in columns.items():
        if name in MOMENT and len(held) != offsets[-1]:
            faults.append(Fault(f"moments.{name}", f"Har {len(held)} rader, men {offsets[-1]} moment finns."))


def _tell_relations(columns: Mapping[str, Array], with_moments: bool, faults: list[Fault]) -> None:
    """What columns must be together, so that nothing is counted that cannot be."""
    if not with_moments:
        for name in ("basic", "other"):
            more = columns[f"{name}_exempt_s"] > columns[f"{name}_s"]
            _tell(faults, f"{name}_exempt_s", more, f"är mer än {name}_s")
        return
    most = np.array([minutes * MINUTE for minutes in MINUTES_IN.values()], dtype=np.int64)[columns["per"]]
    minutes = columns["micro_minutes"]
    if len(minutes):
        too_long = (minutes > most) | (minutes * columns["times"].astype(np.float64) > most)
        _tell(faults, "moments.minutes", too_long, "blir gånger antalet gånger mer tid än det finns")
    if "met_otherwise_micro_minutes" in columns:
        more = columns["met_otherwise_micro_minutes"] > minutes
        _tell(faults, "moments.met_otherwise_minutes", more, "är mer än momentets minuter")
