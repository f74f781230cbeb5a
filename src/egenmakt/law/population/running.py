"""The law of a day run on a population: by NumPy, or by Numba where it is installed, on all cores.

Guarantees: the same answer by both, and the same as `assess` gives each person on that day, to the bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from egenmakt.law.assistance.assessing import PARAMETERS
from egenmakt.law.assistance.catalogue import law_hash
from egenmakt.law.parameters import NoParameter, parameter
from egenmakt.law.population.columns import FIRST_YEAR, MOST_S, PERSON, SUMS
from egenmakt.law.population.numpy_kernel import Array, NumpyKernel, compiled, output_type
from egenmakt.law.population.people import Fault, Population, PopulationFaulty
from egenmakt.law.population.programs import (
    MOMENT_TARGETS,
    Program,
    Style,
    age_program,
    answers,
    edition,
    moment_program,
    night_program,
    person_program,
    reached_program,
)
from egenmakt.law.population.values import Change, Values, age_limits_on, values_on
from egenmakt.law.sfb.allowance import Decider

if TYPE_CHECKING:
    from egenmakt.law.population.explaining import ExplainedRow
    from egenmakt.law.population.numba_kernel import NumbaKernel, NumbaMoments

Backend = Literal["numpy", "numba"]
WANTED = ("outcome", "total_s", "municipal_share_s")
OUTCOMES = tuple(Decider)
# So many persons are taken at a time: enough for the loop to be long, few enough for all to stay close.
_AT_ONCE = 65_536
_AT_ONCE_FOR_MANY_LAWS = 16_384
_WORTH_NUMBA = 500_000
_MOMENTS_AT_ONCE = 1_000_000

_NIGHT = ("waiting_micro_minutes_per_day", "standby_micro_minutes_per_day")


@dataclass(frozen=True)
class Result:
    """What the law gives each person: one array for each answer wanted. `unverified` are the parameters of the
    day whose values no source confirms."""

    day: date
    answers: Mapping[str, Array]
    unverified: tuple[str, ...]

    def __getitem__(self, name: str) -> Array:
        return self.answers[name]

    def __len__(self) -> int:
        return len(next(iter(self.answers.values())))


@dataclass(frozen=True)
class Totals:
    """What the law gives a whole population: how many have each outcome, and the seconds a week of all."""

    outcomes: Mapping[Decider, int]
    total_s: int
    municipal_share_s: int


@dataclass(frozen=True)
class PopulationLaw:
    """The law as it stands on a day, or a variant of it. Made by `law_on`; never changed."""

    day: date
    changes: Mapping[str, Change] = field(default_factory=dict)

    def change(self, **changes: Change) -> PopulationLaw:
        """The same law with other values of parameters. Raises UnknownParameter and WrongValue.

        A value is a number, `{from_age: {part: seconds}}`, `{from_year_of_birth: age}`, or a Parameter.
        """
        changed = replace(self, changes={**self.changes, **changes})
        _ = changed.values
        return changed

    @cached_property
    def values(self) -> Values:
        """The parameters of the day."""
        return values_on(self.day, self.changes)

    @property
    def law_hash(self) -> str:
        """The hash that names this edition of the law's text."""
        return law_hash()

    def run(
        self,
        people: Population,
        wanted: tuple[str, ...] = WANTED,
        *,
        backend: Backend | None = None,
        threads: int | None = None,
        into: Mapping[str, Array] | None = None,
    ) -> Result:
        """What the law gives each person.

        `wanted` are names of rules, and of sums; `into` are arrays to write to, so that no new room is needed.
        Raises NoParameter where the law has no value for somebody, NoRule, and PopulationFaulty where the
        moments of somebody come to more than any time.
        """
        run = _Run(self, people, wanted, backend or default_backend(people))
        outputs = dict(into) if into is not None else run.room(people.size)
        run.all(outputs, threads or cores())
        return Result(self.day, {name: outputs[name] for name in wanted}, run.unverified())

    def totals(self, people: Population, *, backend: Backend | None = None) -> Totals:
        """What the law gives the whole population."""
        return sweep(people, [self], backend=backend)[0]

    def explain(self, people: Population, row: int) -> ExplainedRow:
        """One person's answer by the rules themselves: every fact, parameter and rule with its value."""
        from egenmakt.law.population.explaining import explained

        return explained(self, people, row)


def law_on(day: date) -> PopulationLaw:
    """The law as it stands on the day. Raises NoParameter or NoRule where it is not laid in."""
    law = PopulationLaw(day)
    _ = law.values
    person_program(day, WANTED, {}, Style())
    return law


def sweep(people: Population, laws: list[PopulationLaw], *, backend: Backend | None = None) -> list[Totals]:
    """The totals of many laws: each part of the population is read once, and all laws are run on it."""
    engine = backend or default_backend(people)
    if not laws:
        return []
    runs = [_Run(law, people, WANTED, engine) for law in laws]
    step = _AT_ONCE_FOR_MANY_LAWS if len(laws) > 1 else _AT_ONCE
    parts = [slice(start, min(start + step, people.size)) for start in range(0, people.size, step)]
    count = max(1, min(cores(), len(parts)))
    alike = _same_moments(runs)

    def summed(own: list[slice]) -> Array:
        found = np.zeros((len(runs), len(OUTCOMES) + 2), dtype=np.int64)
        for part in own:
            room = runs[0].room(part.stop - part.start)
            sums = runs[0].sums(part) if people.offsets is not None and alike else None
            for place, run in enumerate(runs):
                run.some(part, room, sums)
                found[place] += _totals_of(room, engine)
        return found

    everything = sum(_in_threads(summed, [parts[place::count] for place in range(count)]))
    if isinstance(everything, int):
        return [Totals(dict.fromkeys(OUTCOMES, 0), 0, 0) for _ in laws]
    return [
        Totals(
            {outcome: int(row[place]) for place, outcome in enumerate(OUTCOMES)}, int(row[-2]), int(row[-1])
        )
        for row in everything
    ]


def default_backend(people: Population) -> Backend:
    """Numba where it is installed and there is so much to do that starting it pays, else NumPy."""
    much = people.size + people.moments >= _WORTH_NUMBA
    return "numba" if much and find_spec("numba") else "numpy"


def cores() -> int:
    """How many threads have a core each."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Run:
    """One law on one population: the kernels, and what they are run with."""

    def __init__(
        self, law: PopulationLaw, people: Population, wanted: tuple[str, ...], backend: Backend
    ) -> None:
        self.law = law
        self.people = people
        self.wanted = wanted
        self.numba = backend == "numba"
        self.values = law.values
        self.columns = dict(people.columns)
        self.refuse_unanswered()
        self.columns["limit_reached_when_received"] = reached_when_received(law, people)
        steps = self.values.steps_needed() if self.numba else 0
        self.style = Style(fixed_day=not self.numba, steps=steps)
        self.constants = tuple(sorted(people.constants.items()))
        self.scalars = self.values.with_steps(steps) if self.numba else dict(self.values.scalars)
        self.tables = {name: np.array(held, dtype=np.int32) for name, held in self.values.tables.items()}
        self.kernel = self.kernel_of("person", wanted)
        self.with_night = any(name in people.columns for name in _NIGHT)

    def kernel_of(self, kind: str, wanted: tuple[str, ...] = ()) -> Any:
        """The kernel of a program; one for many days where the day is given when it is run."""
        return _kernel(kind, self.law.day, wanted, self.constants, self.style)

    def unverified(self) -> tuple[str, ...]:
        """The parameters used for somebody whose value no source confirms."""
        targets = [name for name in self.wanted if name not in SUMS]
        if self.people.offsets is not None:
            targets += [*MOMENT_TARGETS, *(("waiting_s", "standby_s") if self.with_night else ())]
        doubtful = self.values.unverified
        used = [name for name in edition(self.law.day, tuple(targets)).parameters if name in doubtful]
        return tuple(sorted({PARAMETERS[name][0] for name in used if self.concerns_somebody(doubtful[name])}))

    def concerns_somebody(self, places: tuple[int, ...]) -> bool:
        """Whether somebody is born in the years of a table's places; a parameter for all concerns all."""
        years = np.array(places, dtype=np.int64) + FIRST_YEAR
        return not places or bool(np.isin(self.people.columns["born_year"], years).any())

    def refuse_unanswered(self) -> None:
        """Stop where the law has no value for somebody in the population."""
        ages = {
            place for name in self.values.tables if name != "age_limit" for place in self.values.missing(name)
        }
        years = np.array(self.values.missing("age_limit"), dtype=np.int64) + FIRST_YEAR
        if len(years):
            self._refuse(np.isin(self.people.columns["born_year"], years), "age_limit")
        if ages:
            kernel = compiled(age_program(self.law.day, Style()))
            found = {"age": np.empty(self.people.size, output_type(kernel.program.outputs["age"]))}
            kernel.run(self.people.columns, self.values.scalars, {}, found, slice(0, self.people.size))
            self._refuse(np.isin(found["age"], list(ages)), "parental_deduction")

    def _refuse(self, rows: Array, name: str) -> None:
        count = int(np.count_nonzero(rows))
        if count:
            first = int(np.argmax(rows)) + 1
            title = parameter(name).title
            whom = "en person" if count == 1 else f"{count} personer"
            told = f"{title}: lagen ger inget värde den {self.law.day} för {whom}; den första är rad {first}."
            raise NoParameter(name, self.law.day, told)

    def room(self, size: int) -> dict[str, Array]:
        """Arrays for the answers."""
        outputs = self.kernel.program.outputs
        return {name: np.empty(size, output_type(outputs[name])) for name in self.wanted}

    def all(self, outputs: Mapping[str, Array], threads: int) -> None:
        """Work out everybody, on all cores."""
        size = self.people.size
        share = _AT_ONCE if self.people.offsets is not None else max(1, -(-size // threads))
        parts = [slice(start, min(start + share, size)) for start in range(0, size, share)]

        def work(own: list[slice]) -> None:
            for part in own:
                self.some(part, {name: held[part] for name, held in outputs.items()})

        _in_threads(work, [parts[place::threads] for place in range(threads)])

    def some(
        self, part: slice, outputs: Mapping[str, Array], sums: Mapping[str, Array] | None = None
    ) -> None:
        """Work out the persons of the part; the outputs begin at their first place."""
        held = {name: self.columns[name][part] for name in PERSON if name in self.columns}
        if self.people.offsets is not None:
            held |= sums if sums is not None else self.sums(part)
        rows = slice(0, part.stop - part.start)
        self._run(self.kernel, held, outputs, rows)

    def _run(self, kernel: Any, held: Mapping[str, Array], outputs: Mapping[str, Array], rows: slice) -> None:
        if self.numba:
            kernel.run(held, self.scalars, outputs, rows)
        else:
            kernel.run(held, self.scalars, self.tables, outputs, rows)

    def sums(self, part: slice) -> dict[str, Array]:
        """The sums of the moments of the persons of the part, and of their nights."""
        offsets = self.people.offsets
        if offsets is None:
            return {}
        size = part.stop - part.start
        sums = {name: np.empty(size, PERSON[name].type) for name in SUMS}
        kernel = self.kernel_of("moment")
        if self.numba:
            too_long = int(kernel.run(self.columns, self.scalars, offsets, sums, part))
        else:
            too_long = self._sum_by_numpy(kernel, offsets, sums, part)
        if self.with_night and size:
            night = {"other_s": np.empty(size, np.int32)}
            held = {name: self.columns[name][part] for name in PERSON if name in self.columns}
            self._run(self.kernel_of("night"), held, night, slice(0, size))
            sums["other_s"] += night["other_s"]
            above = sums["other_s"] > MOST_S
            too_long = too_long or (part.start + int(np.argmax(above)) + 1 if above.any() else 0)
        if too_long:
            told = f"Personen på rad {too_long} får mer tid än det finns. Kontrollera momenten."
            raise PopulationFaulty([Fault("moments", told)])
        return sums

    def _sum_by_numpy(
        self, kernel: NumpyKernel, offsets: Array, sums: Mapping[str, Array], part: slice
    ) -> int:
        """The sums, some persons at a time, so that what each moment adds need not be kept for all."""
        row: int = part.start
        while row < part.stop:
            until = int(np.searchsorted(offsets, int(offsets[row]) + _MOMENTS_AT_ONCE, side="right")) - 1
            until = min(max(until, row + 1), part.stop)
            low, high = int(offsets[row]), int(offsets[until])
            starts = offsets[row : until + 1] - low
            counts = np.diff(starts)
            held = {
                name: np.repeat(self.columns[name][row:until], counts)
                if name in PERSON
                else self.columns[name][low:high]
                for name in kernel.program.names("column")
            }
            apart = {
                name: np.empty(high - low, output_type(node)) for name, node in kernel.program.outputs.items()
            }
            kernel.run(held, self.scalars, self.tables, apart, slice(0, high - low))
            for name, each in apart.items():
                running = np.zeros(high - low + 1, dtype=np.int64)
                np.cumsum(each, out=running[1:])
                summed = running[starts[1:]] - running[starts[:-1]]
                if len(summed) and summed.max() > MOST_S:
                    return row + int(np.argmax(summed > MOST_S)) + 1
                sums[name][row - part.start : until - part.start] = summed
            row = until
        return 0


@cache
def _kernel(
    kind: str, day: date, wanted: tuple[str, ...], constants: tuple[tuple[str, int], ...], style: Style
) -> NumpyKernel | NumbaKernel | NumbaMoments:
    program = _program(kind, day, wanted, dict(constants), style)
    if not style.steps:
        return compiled(program)
    from egenmakt.law.population.numba_kernel import NumbaKernel, NumbaMoments

    return NumbaMoments(program) if kind == "moment" else NumbaKernel(program)


def _program(
    kind: str, day: date, wanted: tuple[str, ...], constants: Mapping[str, int], style: Style
) -> Program:
    match kind:
        case "person":
            return person_program(day, wanted, constants, style)
        case "moment":
            return moment_program(day, constants, style)
        case _:
            return night_program(day, constants, style)


def reached_when_received(law: PopulationLaw, people: Population) -> Array:
    """Whether each person had reached the age limit, of that time, when the application came in."""
    if "limit_reached_when_received" in people.columns:
        return people.columns["limit_reached_when_received"]
    limit = law.changes.get("age_limit")
    key = repr(limit)
    if key not in people._reached:
        received = people.beside["received"]
        found = np.zeros(people.size, dtype=bool)
        for start, stop in _times(received):
            rows = np.flatnonzero((received >= start) & (received < stop))
            if len(rows):
                found[rows] = _reached_in(law, people, rows, date.fromordinal(start + _ORIGIN))
        people._reached[key] = found
    return people._reached[key]


_ORIGIN = date(1970, 1, 1).toordinal()


def _times(received: Array) -> list[tuple[int, int]]:
    """The stretches of time in which the age limit is the same, from the first to the last day received."""
    if not len(received):
        return []
    first, last = int(received.min()), int(received.max()) + 1
    changes = {day.toordinal() - _ORIGIN for day in parameter("age_limit").changes()}
    days = sorted({first, *(day for day in changes if first < day < last), last})
    return list(pairwise(days))


def _reached_in(law: PopulationLaw, people: Population, rows: Array, start: date) -> Array:
    limits = age_limits_on(start, law.changes)
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


def _same_moments(runs: list[_Run]) -> bool:
    """Whether the moments come to the same by all the laws: when they are of one day and no divisor differs."""
    first = runs[0]
    return all(
        run.law.day == first.law.day
        and all(run.scalars[name] == first.scalars[name] for name in ("waiting_divisor", "standby_divisor"))
        for run in runs
    )


def _totals_of(answers: Mapping[str, Array], backend: Backend) -> Array:
    """How many have each outcome, and the sums of the two times."""
    if backend == "numba":
        from egenmakt.law.population.numba_kernel import totals

        return totals(answers["outcome"], answers["total_s"], answers["municipal_share_s"])
    counts = [int(np.count_nonzero(answers["outcome"] == code)) for code in range(len(OUTCOMES))]
    sums = [int(answers[name].sum(dtype=np.int64)) for name in ("total_s", "municipal_share_s")]
    return np.array([*counts, *sums], dtype=np.int64)


def _in_threads(work: Callable[[list[slice]], Any], shares: list[list[slice]]) -> list[Any]:
    """The work on each share, each in a thread of its own; errors come out as they are."""
    shares = [share for share in shares if share]
    if len(shares) <= 1:
        return [work(share) for share in shares]
    with ThreadPoolExecutor(len(shares)) as threads:
        return list(threads.map(work, shares))


__all__ = [
    "OUTCOMES",
    "WANTED",
    "Backend",
    "PopulationLaw",
    "Result",
    "Totals",
    "answers",
    "default_backend",
    "law_on",
    "reached_when_received",
    "sweep",
]
