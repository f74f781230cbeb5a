"""Measures populations: NumPy, Numba, moments, many variants of the law, the peer, and the bound of memory."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numba
import numpy as np

from benchmarks.law.peer import NoPeer, OpenFisca
from benchmarks.sections import table
from egenmakt.law.population import Population, PopulationLaw, law_on, sweep, synthetic_population
from egenmakt.law.population.columns import MOMENT, PERSON
from egenmakt.law.population.numpy_kernel import type_of
from egenmakt.law.population.programs import Style, person_program
from egenmakt.law.population.running import WANTED, cores

DAY = date(2026, 11, 1)
MILLION, TEN_MILLION, MOMENTS, VARIANTS = 1_000_000, 10_000_000, 50_000_000, 1_000
SCRIPT = Path(__file__).parent / "openfisca_rules.py"


def run() -> str:
    """Measure everything. Raises AssertionError when the peer or a backend gives another answer."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    law = law_on(DAY)
    country = synthetic_population(on=DAY)
    steps = iter(range(10_000))
    variant_ms = timed(lambda: law.change(basic_needs_threshold=next(steps)).run(country), 25)
    rows, peer = _million(law)
    rows += _ten_million(law)
    rows += [
        ("50 million moments to 1 million persons, Numba", *_told(moments(law)), "250 ms"),
        (f"a new variant on the invented country ({country.size} persons), NumPy", *_told(variant_ms), ""),
    ]
    return "\n".join([
        "## The law for a population\n",
        f"`python -m benchmarks.population`, on {platform.machine()} with {cores()} cores ({_processor()}), Python "
        f"{platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}. The middle of the turns, and "
        "the best; processor time by core is what it takes when the cores have nothing else to do; the machine's load "
        f"was {load:.1f} from other work when the run began. Answers: outcome, granted time, municipal share.\n",
        table(["what", "middle", "best", "processor time by core", "goal"], rows),
        "",
        peer,
    ])  # fmt: skip


def _million(law: PopulationLaw) -> tuple[list[tuple[str, ...]], str]:
    people = synthetic_population(MILLION, on=DAY)
    by_numpy, by_numba = law.run(people, backend="numpy"), law.run(people, backend="numba")
    assert all((by_numpy[name] == by_numba[name]).all() for name in WANTED)
    room = by_numba.answers
    numpy_ms = timed(lambda: law.run(people, backend="numpy", into=room), 25)
    numba_ms = timed(lambda: law.run(people, backend="numba", into=room), 60)
    bound_ms = bound(law, people)
    rows = [
        ("1 million persons, NumPy", *_told(numpy_ms), "15 ms"),
        ("1 million persons, Numba", *_told(numba_ms), "2 ms"),
        ("– to read and write the same bytes", *_told(bound_ms), _times(numba_ms, bound_ms)),
    ]
    return rows, beside(law, people, numpy_ms, numba_ms)


def _ten_million(law: PopulationLaw) -> list[tuple[str, ...]]:
    people = synthetic_population(TEN_MILLION, on=DAY)
    room = law.run(people, backend="numba").answers
    ms = timed(lambda: law.run(people, backend="numba", into=room), 15)
    bound_ms = bound(law, people)
    fresh = timed(lambda: law.run(people, backend="numba"), 7)
    above = memory_above(lambda: law.run(people, backend="numba"))
    variants = f"{VARIANTS:,} variants of the law × 10 million persons".replace(",", " ")
    return [
        ("10 million persons, Numba", *_told(ms), "40 ms"),
        ("– to read and write the same bytes", *_told(bound_ms), _times(ms, bound_ms)),
        ("– into new arrays", *_told(fresh), ""),
        ("– memory above the columns", f"{above / 1e6:.0f} MB", "", "", "100 MB"),
        (variants, *many_variants(law, people), "60 s"),
    ]


Times = tuple[float, float, float]


def timed(work: Callable[[], object], turns: int) -> Times:
    """The middle and the best of the times, and the least processor time of all cores shared by the cores."""
    work()
    times, busy = [], []
    for _turn in range(turns):
        begun, used = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - begun) * 1e3)
        busy.append((time.process_time() - used) * 1e3 / cores())
    return statistics.median(times), min(times), min(busy)


def _told(times: Sequence[float]) -> tuple[str, ...]:
    return tuple(f"{one:.2f} ms" for one in times)


def _times(one: Times, bound_of: Times) -> str:
    return f"within 5×: {one[1] / bound_of[1]:.1f}×"


def bound(law: PopulationLaw, people: Population) -> Times:
    """To read every byte of the columns used once, and to write every byte of the answers once, on all cores."""
    constants = people.constants
    columns = [
        node
        for node in person_program(law.day, WANTED, constants, Style()).needed
        if node.operation == "column"
    ]
    size = sum(np.dtype(type_of(node)).itemsize for node in columns) * people.size
    written = 9 * people.size
    source = np.ones(size // 8, dtype=np.int64)
    target = np.empty(written // 8, dtype=np.int64)
    share = len(source) // cores()
    kept = len(target) // cores()

    def work(core: int) -> int:
        target[core * kept : (core + 1) * kept] = source[core * share : core * share + kept]
        return int(np.bitwise_or.reduce(source[core * share + kept : (core + 1) * share]))

    with ThreadPoolExecutor(cores()) as threads:
        return timed(lambda: list(threads.map(work, range(cores()))), 25)


def memory_above(work: Callable[[], object]) -> int:
    """The most bytes that were held at once above what was held before."""
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def many_variants(law: PopulationLaw, people: Population) -> tuple[str, str, str]:
    """The totals of many variants, once, in seconds; each differs in the table of the parental deduction."""
    laws = [
        law.change(
            parental_deduction={
                0: {"basic_s_per_day": 60 * step, "other_s_per_day": 0},
                1: {"basic_s_per_day": 30 * step, "other_s_per_day": 900},
                7: {"basic_s_per_day": 10 * step, "other_s_per_day": 1_800},
                18: {"basic_s_per_day": 0, "other_s_per_day": 0},
            }
        )
        for step in range(VARIANTS)
    ]
    sweep(people.first(1_000), laws[:2], backend="numba")
    begun, used = time.perf_counter(), time.process_time()
    totals = sweep(people, laws, backend="numba")
    taken, busy = time.perf_counter() - begun, (time.process_time() - used) / cores()
    assert totals[-1].total_s < totals[0].total_s
    return f"{taken:.0f} s", "", f"{busy:.0f} s"


def moments(law: PopulationLaw) -> Times:
    """Fifty moments each, of all kinds that are permitted, to the assessment of each person."""
    base = synthetic_population(MILLION, on=DAY)
    rng = np.random.default_rng(1)
    held = {name: column for name, column in base.columns.items() if not name.endswith("_s")}
    held["current_s_per_week"] = base.columns["current_s_per_week"]
    held |= {name: np.ones(MILLION, dtype=np.int8) for name in ("housing_adaptation_tried", "aids_tried")}
    for name, most in (("need", 8), ("intimate", 2), ("per", 5), ("assistants", 2)):
        low = 1 if name == "assistants" else 0
        held[name] = rng.integers(low, low + most, MOMENTS, dtype=np.int8)
    held["tube_feeding"] = rng.integers(0, 2, MOMENTS, dtype=np.int8).astype(bool)
    held["micro_minutes"] = rng.integers(0, 60_000_000, MOMENTS)
    held["times"] = rng.integers(0, 4, MOMENTS, dtype=np.int32)
    assert all(name in PERSON or name in MOMENT for name in held)
    people = Population(MILLION, held, np.arange(0, MOMENTS + 1, MOMENTS // MILLION), base.beside)
    room = law.run(people, backend="numba").answers
    return timed(lambda: law.run(people, backend="numba", into=room), 9)


def beside(law: PopulationLaw, people: Population, numpy_ms: Times, numba_ms: Times) -> str:
    """The same rules on the same columns in OpenFisca-Core, in the same run."""
    answers = law.run(people)
    expected = {name: int(answers[name].sum(dtype=np.int64)) for name in ("total_s", "municipal_share_s")}
    try:
        peer = OpenFisca()
        try:
            theirs = _peer(peer.python, law, people)
        finally:
            peer.close()
    except NoPeer as error:
        return f"OpenFisca-Core could not be measured beside it: {error}.\n"
    assert theirs["sums"] == expected, (theirs["sums"], expected)
    middle, best = theirs["ms"]
    rows = [
        (name, *_told((own[0], own[1], middle, best)), f"{middle / own[0]:.0f}", f"{best / own[1]:.0f}", goal)
        for name, own, goal in (("NumPy", numpy_ms, "8"), ("Numba", numba_ms, "50"))
    ]
    heads = [
        "1 million persons",
        "middle",
        "best",
        "OpenFisca middle",
        "best",
        "times faster",
        "best by best",
        "goal",
    ]
    return (
        f"{table(heads, rows)}\n\nOpenFisca-Core {theirs['version']} calculates the same rules on the same columns, "
        "already set, without its tracer, installed for the run only; it gives the same sums.\n"
    )


def _peer(python: Path, law: PopulationLaw, people: Population) -> dict[str, Any]:
    values = law.values
    with tempfile.TemporaryDirectory(prefix="egenmakt-columns-") as folder:
        path = Path(folder) / "columns.npz"
        columns = dict(people.columns)
        law.run(people)
        columns["limit_reached_when_received"] = people._known["reached None"]
        np.savez(path, **columns, **{f"table_{name}": np.array(held) for name, held in values.tables.items()})
        asked = {"path": str(path), "day": law.day.isoformat(), "turns": 9, "scalars": dict(values.scalars)}
        done = subprocess.run(
            [python, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise NoPeer(f"it could not run the population: {done.stderr.strip().splitlines()[-1:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or os.name
