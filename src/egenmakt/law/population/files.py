"""Populations and results as Parquet files.

Guarantees: a file that is not a population is refused with every fault of every column at once; nothing is
guessed, and no row is left out.

Dates are dates, yes and no are booleans, choices are the words of the command line, minutes are numbers with at
most six decimals, amounts of time whole seconds. What is not established is empty. Moments are a list of
structs in the column `moments`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from egenmakt.law.population.columns import ALL, MINUTE, MOMENT, PERSON, Column
from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.people import BESIDE, Fault, Population, PopulationFaulty, days, population
from egenmakt.law.population.running import OUTCOMES, Result
from egenmakt.law.procedure import UnknownMunicipality, municipality_code

_MINUTES = {
    "minutes": "micro_minutes",
    "met_otherwise_minutes": "met_otherwise_micro_minutes",
    "waiting_minutes_per_day": "waiting_micro_minutes_per_day",
    "standby_minutes_per_day": "standby_micro_minutes_per_day",
}
_DATES = ("born", "received", "self_care_from", "self_care_until")
_MOST_MINUTES = 1_000_000_000
_NEVER, _ALWAYS = ALL["self_care_from"].low, ALL["self_care_from"].high


def read_population(path: Path | str) -> Population:
    """The population in a Parquet file. Raises PopulationFaulty with every fault."""
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise PopulationFaulty([Fault("", f"Filen går inte att läsa som Parquet: {error}")]) from None
    faults: list[Fault] = []
    twice = sorted({name for name in table.column_names if table.column_names.count(name) > 1})
    if twice:
        raise PopulationFaulty([Fault(name, "Kolumnen finns två gånger.") for name in twice])
    held = {name: table.column(name).combine_chunks() for name in table.column_names}
    listed = held.pop("moments", None)
    persons = _converted(held, "", faults)
    moments: dict[str, Any] | None = None
    offsets = None
    if listed is not None:
        moments, offsets = _moments(listed, faults)
    try:
        people = population(persons, moments, offsets)
    except PopulationFaulty as found:
        known = {fault.column for fault in faults}
        faults += [_as_written(fault) for fault in found.faults if _as_written(fault).column not in known]
    if faults:
        raise PopulationFaulty(faults)
    return people


def write_population(path: Path | str, people: Population) -> None:
    """The population as a Parquet file that `read_population` gives back as it was."""
    columns: dict[str, Any] = {}
    if "id" in people.beside:
        columns["id"] = people.beside["id"]
    if "municipality" in people.beside:
        columns["municipality"] = [f"{int(code):04d}" for code in people.beside["municipality"]]
    parts = [people.columns[f"born_{part}"].astype(np.int64) for part in ("year", "month", "day")]
    months = (parts[0] - 1970) * 12 + parts[1] - 1
    columns["born"] = pa.array(months.astype("datetime64[M]").astype("datetime64[D]") + parts[2] - 1)
    if "received" in people.beside:
        columns["received"] = pa.array(people.beside["received"].astype("datetime64[D]"))
    columns |= {
        _written(name): _arrow(ALL[name], held)
        for name, held in people.columns.items()
        if name in PERSON and not name.startswith("born_")
    }
    if people.offsets is not None:
        inner = {
            _written(name): _arrow(ALL[name], people.columns[name])
            for name in MOMENT
            if name in people.columns
        }
        structs = pa.StructArray.from_arrays([pa.array(one) for one in inner.values()], list(inner))
        columns["moments"] = pa.LargeListArray.from_arrays(pa.array(people.offsets), structs)
    pq.write_table(pa.table(columns), path)


def write_result(path: Path | str, people: Population, result: Result) -> None:
    """The answers as a Parquet file: who and where, where the population says, then one column for each answer."""
    columns: dict[str, Any] = {}
    if "id" in people.beside:
        columns["id"] = people.beside["id"]
    if "municipality" in people.beside:
        columns["municipality"] = [f"{int(code):04d}" for code in people.beside["municipality"]]
    for name, held in result.answers.items():
        if name == "outcome":
            words = pa.array([outcome.value for outcome in OUTCOMES])
            columns[name] = pa.DictionaryArray.from_arrays(pa.array(held), words)
        else:
            columns[name] = pa.array(held)
    pq.write_table(pa.table(columns), path)


def _moments(listed: Any, faults: list[Fault]) -> tuple[dict[str, Any], Array]:
    """The columns of the moments, and where each person's begin."""
    kind = listed.type
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    if not is_list or not pa.types.is_struct(kind.value_type):
        faults.append(Fault("moments", "Ska vara en lista av poster."))
        return {}, np.zeros(len(listed) + 1, dtype=np.int64)
    lengths = pc.fill_null(pc.list_value_length(listed), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    values = listed.flatten()
    held = {field.name: pc.struct_field(values, [field.name]) for field in kind.value_type}
    return _converted(held, "moments.", faults), offsets


def _converted(held: Mapping[str, Any], prefix: str, faults: list[Fault]) -> dict[str, Any]:
    """Arrow columns as the numbers a population is made of. What has the wrong type is a fault, and left out."""
    found: dict[str, Any] = {}
    for written, array in held.items():
        name = _MINUTES.get(written, written)
        try:
            match written:
                case "id":
                    found[name] = array.to_numpy(zero_copy_only=False)
                case "municipality":
                    found[name] = _municipality(array)
                case _ if written in _DATES:
                    found[name] = _dates(written, array)
                case _ if written in _MINUTES:
                    found[name] = _micro(array)
                case _ if name in ALL:
                    found[name] = _codes(ALL[name], array)
                case _:
                    found[name] = np.zeros(len(array), dtype=np.int8)
        except _Wrong as wrong:
            faults.append(Fault(f"{prefix}{written}", str(wrong)))
            found[name] = _harmless(name, len(array))
        except pa.ArrowException:
            faults.append(
                Fault(f"{prefix}{written}", f"Går inte att läsa: kolumnen är av typen {array.type}.")
            )
            found[name] = _harmless(name, len(array))
    if prefix and "self_care" in found:
        _self_care(found, len(found["self_care"]))
    return found


class _Wrong(ValueError):
    """A column has the wrong type or values. Says so in Swedish."""


def _harmless(name: str, size: int) -> Array:
    """Values that cause no fault of their own, for a column that has been refused."""
    if name in _DATES:
        return np.zeros(size, dtype=np.int32)
    return np.full(size, ALL[name].low if name in ALL else 0, dtype=np.int64)


def _codes(column: Column, array: Any) -> Array:
    """Whole numbers, truths and words as codes; what is empty as -1 where that may be."""
    nullable = column.low == -1
    if array.null_count and not nullable:
        raise _Wrong(_empty(array))
    kind = array.type
    if pa.types.is_dictionary(kind):
        array, kind = array.dictionary_decode(), kind.value_type
    if column.choices is not None:
        if not pa.types.is_string(kind) and not pa.types.is_large_string(kind):
            raise _Wrong(f"Ska vara något av orden {', '.join(column.choices)}.")
        places = pc.index_in(array, pa.array([one.value for one in column.choices], kind))
        unknown = pc.and_(pc.is_null(places), pc.is_valid(array))
        if pc.any(unknown).as_py():
            raise _Wrong(_rows(unknown, f"är inget av {', '.join(column.choices)}"))
        array = places
    elif (column.low, column.high) in ((0, 1), (-1, 1)):
        if not pa.types.is_boolean(kind):
            raise _Wrong("Ska vara ja eller nej (boolean).")
        array = pc.cast(array, pa.int8())
    elif not pa.types.is_integer(kind):
        raise _Wrong("Ska vara heltal.")
    array = pc.fill_null(pc.cast(array, pa.int64()), -1)
    codes: Array = array.to_numpy(zero_copy_only=False)
    return codes.astype(bool) if column.truth else codes


def _dates(name: str, array: Any) -> Array:
    if not pa.types.is_date(array.type):
        raise _Wrong("Ska vara datum (date).")
    if array.null_count and not name.startswith("self_care"):
        raise _Wrong(_empty(array))
    numbers: Array = pc.fill_null(pc.cast(pc.cast(array, pa.date32()), pa.int32()), _ALWAYS).to_numpy(
        zero_copy_only=False
    )
    return numbers


def _micro(array: Any) -> Array:
    """Minutes in whole millionths."""
    if array.null_count:
        raise _Wrong(_empty(array))
    kind = array.type
    if pa.types.is_integer(kind):
        if len(array) and max(abs(bound) for bound in pc.min_max(array).as_py().values()) > _MOST_MINUTES:
            raise _Wrong("Ska vara ett antal minuter.")
        return np.asarray(array.to_numpy(zero_copy_only=False).astype(np.int64) * MINUTE)
    if pa.types.is_decimal(kind):
        try:
            array = pc.cast(array, pa.decimal128(28, 6))
        except pa.ArrowInvalid:
            raise _Wrong("Har fler än sex decimaler. Avrunda till hela miljondels minuter.") from None
        wide = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)
        wide = wide[array.offset : array.offset + len(array)]
        if wide[:, 1].any():
            raise _Wrong("Ska vara ett antal minuter från 0.")
        return wide[:, 0]
    if not pa.types.is_floating(kind):
        raise _Wrong("Ska vara ett antal minuter.")
    minutes = array.to_numpy(zero_copy_only=False).astype(np.float64)
    if not np.isfinite(minutes).all() or np.abs(minutes).max(initial=0) > _MOST_MINUTES:
        raise _Wrong("Ska vara ett antal minuter.")
    micro = np.rint(minutes * MINUTE)
    if np.abs(micro / MINUTE - minutes).max(initial=0) > 1e-9:
        raise _Wrong("Har fler än sex decimaler. Avrunda till hela miljondels minuter.")
    return np.asarray(micro.astype(np.int64))


def _municipality(array: Any) -> Array:
    """Municipalities by code, or by name."""
    if array.null_count:
        raise _Wrong(_empty(array))
    if pa.types.is_integer(array.type):
        array = pc.cast(array, pa.string())
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if not pa.types.is_string(array.type) and not pa.types.is_large_string(array.type):
        raise _Wrong("Ska vara kommunens kod eller namn.")
    encoded = pc.dictionary_encode(array)
    try:
        codes = [
            int(municipality_code(text.zfill(4) if text.isdigit() else text))
            for text in encoded.dictionary.to_pylist()
        ]
    except UnknownMunicipality as error:
        raise _Wrong(str(error)) from None
    places = encoded.indices.to_numpy(zero_copy_only=False)
    return np.asarray(np.array(codes, dtype=np.int16)[places])


def _self_care(found: dict[str, Any], size: int) -> None:
    """The days of self-care where there is an assessment, and no days at all where there is none."""
    assessed = np.asarray(found["self_care"]) == 1
    starts = days(found.get("self_care_from", np.full(size, _ALWAYS)))
    ends = days(found.get("self_care_until", np.full(size, _ALWAYS)))
    found["self_care_from"] = np.where(assessed, starts, _ALWAYS)
    found["self_care_until"] = np.where(assessed, ends, _NEVER)


def _empty(array: Any) -> str:
    return _rows(pc.is_null(array), "saknar värde")


def _rows(wrong: Any, what: str) -> str:
    rows = wrong.to_numpy(zero_copy_only=False)
    count = int(np.count_nonzero(rows))
    told = "1 rad" if count == 1 else f"{count} rader"
    return f"{told} {what}; den första är rad {int(np.argmax(rows)) + 1}."


def _arrow(column: Column, held: Array) -> Any:
    """A column as it stands in a file."""
    if column.name in _MINUTES.values():
        # a decimal is its whole number of millionths in 128 bits
        wide = np.zeros((len(held), 2), dtype=np.int64)
        wide[:, 0] = held
        return pa.Array.from_buffers(pa.decimal128(18, 6), len(held), [None, pa.py_buffer(wide)])
    empty = held == -1 if column.low == -1 else None
    if column.choices is not None:
        words = pa.array([one.value for one in column.choices])
        return pa.DictionaryArray.from_arrays(pa.array(held, mask=empty), words).dictionary_decode()
    if (column.low, column.high) in ((0, 1), (-1, 1)):
        return pa.array(held == 1, mask=empty)
    if column.name in _DATES:
        return pa.array(held.astype("datetime64[D]"))
    return pa.array(held, mask=empty)


def _written(name: str) -> str:
    return next((written for written, own in _MINUTES.items() if own == name), name)


def _as_written(fault: Fault) -> Fault:
    """A fault under the name its column has in the file."""
    prefix = "moments." if fault.column.startswith("moments.") else ""
    return Fault(prefix + _written(fault.column.removeprefix(prefix)), fault.message)


__all__ = ["BESIDE", "read_population", "write_population", "write_result"]
