"""The totals of many laws on one population, for those who try a thousand variants.

Guarantees: the same totals as each law run by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.people import Population
from egenmakt.law.population.programs import Style, person_program
from egenmakt.law.population.running import (
    OUTCOMES,
    WANTED,
    Backend,
    PopulationLaw,
    Run,
    cores,
    default_backend,
    in_threads,
)
from egenmakt.law.sfb.allowance import Decider

if TYPE_CHECKING:
    from egenmakt.law.population.numba_kernel import NumbaTotals

# So many persons are taken at a time: their columns stay in the processor's own memory while all laws are run.
_AT_ONCE = 16_384


@dataclass(frozen=True)
class Totals:
    """What the law gives a whole population: how many have each outcome, and the seconds a week of all."""

    outcomes: Mapping[Decider, int]
    total_s: int
    municipal_share_s: int


def sweep(people: Population, laws: list[PopulationLaw], *, backend: Backend | None = None) -> list[Totals]:
    """The totals of many laws: each part of the population is read once, and all laws are run on it.

    Raises what `run` raises.
    """
    if not laws or not people.size:
        return [Totals(dict.fromkeys(OUTCOMES, 0), 0, 0) for _ in laws]
    engine = backend or default_backend(people)
    steps = max(law.values.steps_needed() for law in laws)
    runs = [Run(law, people, WANTED, backend=engine, steps=steps) for law in laws]
    found = np.zeros((len(laws), len(OUTCOMES) + 2), dtype=np.int64)
    places: dict[object, list[int]] = {}
    for place, run in enumerate(runs):
        places.setdefault(run.alike, []).append(place)
    for own in places.values():
        found[own] = _swept([runs[place] for place in own])
    return [
        Totals(
            {outcome: int(row[place]) for place, outcome in enumerate(OUTCOMES)}, int(row[-2]), int(row[-1])
        )
        for row in found
    ]


def _swept(runs: list[Run]) -> Array:
    """The totals of laws whose persons and moments come to the same columns."""
    first, size = runs[0], runs[0].people.size
    parts = [slice(start, min(start + _AT_ONCE, size)) for start in range(0, size, _AT_ONCE)]
    kernel = _kernel(first.law.day, first.constants, first.style) if first.numba else None
    laws = np.array([kernel.law(run.scalars) for run in runs], dtype=np.int64) if kernel else None

    def summed(own: Iterable[slice]) -> Array:
        found = np.zeros((len(runs), len(OUTCOMES) + 2), dtype=np.int64)
        for part in own:
            held = first.held(part)
            if kernel is not None and laws is not None:
                kernel.run(held, laws, found)
                continue
            room = first.room(part.stop - part.start)
            for place, run in enumerate(runs):
                run.work_out(held, room)
                found[place] += _totals_of(room)
        return found

    shares = in_threads(summed, parts, cores())
    return np.asarray(np.sum(shares, axis=0))


@cache
def _kernel(day: date, constants: tuple[tuple[str, int], ...], style: Style) -> NumbaTotals:
    from egenmakt.law.population.numba_kernel import NumbaTotals

    return NumbaTotals(person_program(day, WANTED, dict(constants), style))


def _totals_of(answers: Mapping[str, Array]) -> Array:
    """How many have each outcome, and the sums of the two times."""
    counts = [int(np.count_nonzero(answers["outcome"] == code)) for code in range(len(OUTCOMES))]
    sums = [int(answers[name].sum(dtype=np.int64)) for name in ("total_s", "municipal_share_s")]
    return np.array([*counts, *sums], dtype=np.int64)
