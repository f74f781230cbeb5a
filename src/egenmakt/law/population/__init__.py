"""The law run on whole populations: the same rules made into kernels over columns of persons and moments.

What for: what a change of law would mean for everybody, and for each. Serves K-06, H-28 and economists' questions.
Begin with `law_on(day)`, `read_population(path)` or `synthetic_population(on=day)`; `compare(before, after, people)`.
NumPy and pyarrow are in the extra `population`, Numba in `fast`; nothing else of the law imports this room.
The names below are what other wings use; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egenmakt.law.population.comparing import Comparison, Line, compare, kronor, standard_amount
    from egenmakt.law.population.explaining import ExplainedRow, Step
    from egenmakt.law.population.files import read_population, write_population, write_result
    from egenmakt.law.population.people import Fault, Population, PopulationFaulty, population
    from egenmakt.law.population.running import PopulationLaw, Result, law_on
    from egenmakt.law.population.sql import query, tables_of
    from egenmakt.law.population.sweeping import Totals, sweep
    from egenmakt.law.population.synthetic import synthetic_population
    from egenmakt.law.population.values import UnknownParameter, UnknownReading, WrongValue

_HOMES = {
    "comparing": "Comparison Line compare kronor standard_amount",
    "explaining": "ExplainedRow Step",
    "files": "read_population write_population write_result",
    "people": "Fault Population PopulationFaulty population",
    "running": "PopulationLaw Result law_on",
    "sql": "query tables_of",
    "sweeping": "Totals sweep",
    "synthetic": "synthetic_population",
    "values": "UnknownParameter UnknownReading WrongValue",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Comparison",
    "ExplainedRow",
    "Fault",
    "Line",
    "Population",
    "PopulationFaulty",
    "PopulationLaw",
    "Result",
    "Step",
    "Totals",
    "UnknownParameter",
    "UnknownReading",
    "WrongValue",
    "compare",
    "kronor",
    "law_on",
    "population",
    "query",
    "read_population",
    "standard_amount",
    "sweep",
    "synthetic_population",
    "tables_of",
    "write_population",
    "write_result",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
