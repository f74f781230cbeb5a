"""The law of a day run on a population: by NumPy, or by Numba where it is installed, on all cores.

Guarantees: the same answer by both, and the same as `assess` gives each person on that day, to the bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from egenmakt.law.assistance.assessing import PARAMETERS
from egenmakt.law.assistance.catalogue import law_hash
from egenmakt.law.lss.readings import READINGS
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
)
from egenmakt.law.population.reached import reached_when_received
from egenmakt.law.population.values import Change, UnknownReading, Values, values_on
from egenmakt.law.sfb.allowance import Decider

if TYPE_CHECKING:
    from egenmakt.law.population.explaining import ExplainedRow
    from egenmakt.law.population.numba_kernel import NumbaKernel, NumbaMoments
    from egenmakt.law.population.sweeping import Totals

Backend = Literal["numpy", "numba"]
WANTED = ("outcome", "total_s", "municipal_share_s")
OUTCOMES = tuple(Decider)
# So many persons are taken at a time: enough for the loop to be long, few enough for all to stay close.
_AT_ONCE = 65_536
_LEAST_AT_ONCE = 16_384
_WORTH_NUMBA = 500_000
_WORTH_THREADS = 50_000
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
class PopulationLaw:
    """The law as it stands on a day, or a variant of it. Made by `law_on`; never changed."""

    day: date
    changes: Mapping[str, Change] = field(default_factory=dict)
    readings: tuple[str, ...] = ()

    def change(self, **changes: Change | str | Iterable[str]) -> PopulationLaw:
        """The same law with other values of parameters, and read in another way.

        Raises UnknownParameter, WrongValue and UnknownReading. A value is a number, `{from_age: {part: seconds}}`,
        `{from_year_of_birth: age}`, or a Parameter. `reading` is the name of one of `law.lss.readings.READINGS`, or
        several; of each question the one named last holds.
        """
        reading = cast("str | Iterable[str]", changes.pop("reading", ()))
        chosen = self._read_as((reading,) if isinstance(reading, str) else tuple(reading))
        values = cast("dict[str, Change]", changes)
        changed = replace(self, changes={**self.changes, **values}, readings=chosen)
        _ = changed.values
        return changed

    def _read_as(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The readings chosen, in the order they are listed; the usual ones need not be chosen."""
        known = {one.name: one for one in READINGS}
        for name in names:
            if name not in known:
                raise UnknownReading(f"Det finns ingen tolkning {name}. Ange {', '.join(known)}.")
        held = {known[name].question: name for name in (*self.readings, *names)}
        return tuple(one.name for one in READINGS if held.get(one.question) == one.name and not one.usual)

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
        moments of somebody come to more than any time, or somebody is born after the day.
        """
        run = Run(self, people, wanted, backend=backend or default_backend(people))
        outputs = dict(into) if into is not None else run.room(people.size)
        run.all(outputs, threads or cores())
        return Result(self.day, {name: outputs[name] for name in wanted}, run.unverified())

    def totals(self, people: Population, *, backend: Backend | None = None) -> Totals:
        """What the law gives the whole population."""
        from egenmakt.law.population.sweeping import sweep

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


def default_backend(people: Population) -> Backend:
    """Numba where it is installed and there is so much to do that starting it pays, else NumPy."""
    much = people.size + people.moments >= _WORTH_NUMBA
    return "numba" if much and find_spec("numba") else "numpy"


def cores() -> int:
    """How many threads have a core each."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Run:
    """One law on one population: the kernels, and what they are run with."""

    def __init__(
        self,
        law: PopulationLaw,
        people: Population,
        wanted: tuple[str, ...],
        *,
        backend: Backend,
        steps: int = 0,
    ) -> None:
        self.law = law
        self.people = people
        self.wanted = wanted
        self.numba = backend == "numba"
        self.values = law.values
        self.columns = dict(people.columns)
        people.refuse_unborn(law.day)
        self.refuse_unanswered()
        self.columns["limit_reached_when_received"] = reached_when_received(law.changes, people)
        steps = max(steps, self.values.steps_needed()) if self.numba else 0
        self.style = Style(fixed_day=not self.numba, steps=steps, readings=self.law.readings)
        self.constants = tuple(sorted(people.constants.items()))
        self.scalars = self.values.with_steps(steps) if self.numba else dict(self.values.scalars)
        self.tables = {name: np.array(held, dtype=np.int32) for name, held in self.values.tables.items()}
        self.kernel = self.kernel_of("person", wanted)
        self.with_night = any(name in people.columns for name in _NIGHT)
        # made before the threads ask for them
        self.moment_kernel = self.kernel_of("moment") if people.offsets is not None else None
        self.night_kernel = self.kernel_of("night") if self.with_night else None

    def kernel_of(self, kind: str, wanted: tuple[str, ...] = ()) -> Any:
        """The kernel of a program; one for many days where the day is given when it is run."""
        return _kernel(kind, self.law.day, wanted, self.constants, self.style)

    def unverified(self) -> tuple[str, ...]:
        """The parameters used for somebody whose value no source confirms."""
        targets = [name for name in self.wanted if name not in SUMS]
        if self.people.offsets is not None:
            targets += [*MOMENT_TARGETS, *(("waiting_s", "standby_s") if self.with_night else ())]
        doubtful = self.values.unverified
        used = [
            name
            for name in edition(self.law.day, tuple(targets), self.law.readings).parameters
            if name in doubtful
        ]
        return tuple(sorted({PARAMETERS[name][0] for name in used if self.concerns_somebody(doubtful[name])}))

    def concerns_somebody(self, places: tuple[int, ...]) -> bool:
        """Whether somebody is born in the years of a table's places; a parameter for all concerns all."""
        return not places or any(place + FIRST_YEAR in self.people.years_of_birth for place in places)

    def refuse_unanswered(self) -> None:
        """Stop where the law has no value for somebody in the population."""
        ages = {
            place for name in self.values.tables if name != "age_limit" for place in self.values.missing(name)
        }
        years = [place + FIRST_YEAR for place in self.values.missing("age_limit")]
        if self.people.years_of_birth.intersection(years):
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
        threads = threads if size + self.people.moments > _WORTH_THREADS else 1
        # NumPy needs room of its own for each part; short parts let a core that is disturbed do less
        many = threads * 8 if self.numba else threads
        share = _AT_ONCE if self.people.offsets is not None else max(_LEAST_AT_ONCE, -(-size // many))
        parts = [slice(start, min(start + share, size)) for start in range(0, size, share)]

        def work(own: Iterable[slice]) -> None:
            for part in own:
                self.some(part, {name: held[part] for name, held in outputs.items()})

        in_threads(work, parts, threads)

    @property
    def alike(self) -> object:
        """Equal for laws by which persons and moments come to the same columns."""
        night = tuple(self.values.scalars[name] for name in ("waiting_divisor", "standby_divisor"))
        limit = repr(self.law.changes.get("age_limit"))
        return self.law.day, self.law.readings, limit, night if self.with_night else None

    def some(self, part: slice, outputs: Mapping[str, Array]) -> None:
        """Work out the persons of the part; the outputs begin at their first place."""
        self.work_out(self.held(part), outputs)

    def held(self, part: slice) -> dict[str, Array]:
        """The columns of the persons of the part, with the sums of their moments."""
        held = {name: self.columns[name][part] for name in PERSON if name in self.columns}
        return held | self.sums(part)

    def work_out(self, held: Mapping[str, Array], outputs: Mapping[str, Array]) -> None:
        """Work out all rows of the columns."""
        self._run(self.kernel, held, outputs, slice(0, len(held["born_year"])))

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
        kernel: Any = self.moment_kernel
        if self.numba:
            too_long = int(kernel.run(self.columns, self.scalars, offsets, sums, part))
        else:
            too_long = self._sum_by_numpy(kernel, offsets, sums, part)
        if self.with_night and size:
            night = {"other_s": np.empty(size, np.int32)}
            held = {name: self.columns[name][part] for name in PERSON if name in self.columns}
            self._run(self.night_kernel, held, night, slice(0, size))
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


def in_threads(work: Callable[[Iterable[slice]], Any], parts: list[slice], threads: int) -> list[Any]:
    """The work on all parts: each thread, this one among them, takes the next part when it is done with one.

    Errors come out as they are.
    """
    shared = iter(parts)
    others = [_threads(os.getpid()).submit(work, shared) for _ in range(min(threads, len(parts)) - 1)]
    return [work(shared), *(other.result() for other in others)]


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    """The threads of this process, kept, since starting one takes as long as a hundred thousand persons."""
    return ThreadPoolExecutor(max(1, cores()), thread_name_prefix="population")


__all__ = [
    "OUTCOMES",
    "WANTED",
    "Array",
    "Backend",
    "PopulationLaw",
    "Result",
    "Run",
    "answers",
    "cores",
    "default_backend",
    "in_threads",
    "law_on",
]
