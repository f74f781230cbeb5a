"""Solving: a prover and repairers at work at once, each in a process of its own, sharing the best roster known.

Guarantees: the roster handed back has been judged and keeps every rule; the bound holds; `proved` means that no cheaper
roster exists. Stopped at any moment, what is handed back is the best so far. With one worker the same seed takes
the same steps, and what is cut off by the clock is cut off between steps.
"""

from __future__ import annotations

import math
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from typing import Any

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.finding import Finder, NobodyCan, cost_of_numbers
from egenmakt.staffing.day_shifts.instance import Instance, Roster
from egenmakt.staffing.day_shifts.judging import Cost, judge
from egenmakt.staffing.day_shifts.proving import Prover
from egenmakt.staffing.day_shifts.repairing import Repairer
from egenmakt.staffing.day_shifts.tables import Problem, problem_of

__all__ = ["NobodyCan", "Progress", "Result", "solve", "warm"]

Rows = NDArray[np.int8]
_LOOK_S = 0.02
_SLACK = 1e-4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come: the best cost known, what nothing can be below, seconds since the beginning."""

    cost: int
    bound: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """The best roster found. `proved`: nothing cheaper exists. `method` says in words what was at work."""

    roster: Roster
    cost: Cost
    bound: int
    proved: bool
    seconds: float
    method: str

    @property
    def gap(self) -> float:
        """How much dearer than the bound, as a part of the bound; 0 when proved."""
        return (self.cost.total - self.bound) / max(1, self.bound)


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    workers: int = 2,
    seed: int = 0,
    told: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Result:
    """The best roster that `seconds` allow. Raises NobodyCan when an employee's own rules cannot be kept.

    `told` hears of every better roster and bound; `stop` is asked often, and when it says so the best so far comes back.
    """
    began = time.monotonic()
    problem = problem_of(instance)
    finder = Finder(problem, seed)
    finder.first()
    watch = _Watch(problem, finder.best, began=began, seconds=seconds, told=told, stop=stop)
    if workers <= 1:
        _alone(problem, seed, watch)
        method = "kolumngenerering och lagning turvis"
    else:
        _together(instance, problem, seed, workers, watch)
        method = "kolumngenerering + glödgning och lagning"
    roster = problem.roster(watch.rows)
    judgement = judge(instance, roster)
    if judgement.breaches:
        # The judge is written apart from the search: were they ever to differ, nobody gets the roster.
        raise AssertionError(judgement.breaches[0].message)
    return Result(roster, judgement.cost, watch.bound, watch.proved, time.monotonic() - began, method)


def warm() -> float:
    """Compile, or load what is compiled, before time counts; the seconds it took."""
    from egenmakt.staffing.day_shifts.reading import read

    began = time.monotonic()
    rows = "\n".join(f"{day},{kind},1,10,1" for day in range(9) for kind in "AB")
    staff = "\n".join(f"{name},A=9|B=4,3600,960,4,2,2,1" for name in ("a", "b", "c"))
    text = (
        f"SECTION_HORIZON\n9\nSECTION_SHIFTS\nA,480,\nB,480,A\nSECTION_STAFF\n{staff}\nSECTION_COVER\n{rows}"
    )
    solve(read(text), seconds=30.0, workers=1)
    return time.monotonic() - began


class _Watch:
    """The best known, the clock, and who is to be told."""

    def __init__(
        self,
        problem: Problem,
        rows: Rows,
        *,
        began: float,
        seconds: float,
        told: Callable[[Progress], None] | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.rows, self.began, self.until = problem, rows.copy(), began, began + seconds
        self.cost = round(float(cost_of_numbers(problem.tables, rows)))
        self.bound = 0
        self.told, self.stop = told, stop
        self._tell()

    @property
    def proved(self) -> bool:
        return self.bound >= self.cost

    def goes_on(self) -> bool:
        """Whether there is time, and reason, to go on."""
        return (
            not self.proved and time.monotonic() < self.until and not (self.stop is not None and self.stop())
        )

    def left(self) -> float:
        return max(0.05, self.until - time.monotonic())

    def found(self, rows: Rows) -> None:
        cost = round(float(cost_of_numbers(self.problem.tables, rows)))
        if cost < self.cost:
            self.rows, self.cost = rows.copy(), cost
            self._tell()

    def bounded(self, bound: float) -> None:
        if math.isfinite(bound) and math.ceil(bound - _SLACK) > self.bound:
            self.bound = min(math.ceil(bound - _SLACK), self.cost)
            self._tell()

    def _tell(self) -> None:
        if self.told is not None:
            self.told(Progress(self.cost, self.bound, time.monotonic() - self.began))


def _alone(problem: Problem, seed: int, watch: _Watch) -> None:
    """Both searches in this process, a step of each in turn."""
    prover = Prover(
        problem,
        seed,
        cost=lambda: float(watch.cost),
        best=lambda: watch.rows,
        found=watch.found,
        goes_on=watch.goes_on,
    )
    repairer = Repairer(
        problem, seed + 1, best=lambda: watch.rows, found=watch.found, excess=lambda: prover.excess,
        bound=lambda: prover.bound, goes_on=watch.goes_on,
    )  # fmt: skip
    repairs = repairer.run()
    for _ in prover.run():
        watch.bounded(prover.bound)
        if not watch.goes_on():
            return
        next(repairs, None)
    watch.bounded(prover.bound)


class _Shared:
    """What the processes share: the best roster, bounds, and what the prover has told."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        context = multiprocessing.get_context("spawn")
        staff, days, kinds = shape
        self.shape = shape
        self.lock = context.Lock()
        self.rows: Any = context.RawArray("b", staff * days)
        self.cost: Any = context.RawValue("d", math.inf)
        self.bound: Any = context.RawValue("d", 0.0)
        self.excess: Any = context.RawArray("d", staff * days * kinds)
        self.weighed: Any = context.RawValue("b", 0)

    def found(self, rows: Rows, cost: float) -> None:
        with self.lock:
            if cost < self.cost.value:
                self.cost.value = cost
                np.frombuffer(self.rows, np.int8)[:] = rows.ravel()

    def best(self) -> Rows:
        with self.lock:
            return np.frombuffer(self.rows, np.int8).reshape(self.shape[:2]).copy()

    def bounded(self, bound: float) -> None:
        with self.lock:
            if math.isfinite(bound):
                self.bound.value = max(self.bound.value, bound)

    def weigh(self, excess: NDArray[np.float64]) -> None:
        np.frombuffer(self.excess)[:] = excess.ravel()
        self.weighed.value = 1

    def weights(self) -> NDArray[np.float64] | None:
        return np.frombuffer(self.excess).reshape(self.shape).copy() if self.weighed.value else None


def _together(instance: Instance, problem: Problem, seed: int, workers: int, watch: _Watch) -> None:
    """A thread proves (its work is compiled code that lets others run), processes repair; this thread looks on."""
    staff, days, kinds = problem.tables.price.shape
    shared = _Shared((staff, days, kinds))
    shared.found(watch.rows, watch.cost)
    context = multiprocessing.get_context("spawn")
    stopped = threading.Event()
    processes: list[SpawnProcess] = [
        context.Process(target=_repair, daemon=True, args=(instance, seed + number, shared, watch.left()))
        for number in range(1, workers)
    ]  # fmt: skip
    failures: list[BaseException] = []
    prover = threading.Thread(
        target=_prove,
        daemon=True,
        args=(problem, seed, shared),
        kwargs={"until": watch.until, "stopped": stopped, "failures": failures},
    )
    prover.start()
    for process in processes:
        process.start()
    try:
        while watch.goes_on() and prover.is_alive():
            prover.join(_LOOK_S)
            _take(shared, watch)
        while watch.goes_on() and any(process.is_alive() for process in processes):
            time.sleep(_LOOK_S)
            _take(shared, watch)
    finally:
        stopped.set()
        for process in processes:
            process.kill()
        for process in processes:
            process.join()
            process.close()
        prover.join()
    _take(shared, watch)
    if failures:
        raise failures[0]


def _take(shared: _Shared, watch: _Watch) -> None:
    """Look at what the others have found. Held by the lock, so that a roster is never half of one and half of another."""
    if shared.cost.value < watch.cost - 0.5:
        watch.found(shared.best())
    watch.bounded(shared.bound.value)


def _prove(
    problem: Problem,
    seed: int,
    shared: _Shared,
    *,
    until: float,
    stopped: threading.Event,
    failures: list[BaseException],
) -> None:
    def found(rows: Rows) -> None:
        shared.found(rows, float(cost_of_numbers(problem.tables, rows)))

    def goes_on() -> bool:
        return not stopped.is_set() and time.monotonic() < until

    try:
        prover = Prover(
            problem,
            seed,
            cost=lambda: float(shared.cost.value),
            best=shared.best,
            found=found,
            goes_on=goes_on,
        )
        for _step in prover.run():
            shared.bounded(prover.bound)
            if prover.excess is not None and not shared.weighed.value:
                shared.weigh(prover.excess)
        shared.bounded(prover.bound)
    except Exception as failure:
        failures.append(failure)


def _repair(instance: Instance, seed: int, shared: _Shared, seconds: float) -> None:
    problem = problem_of(instance)
    until = time.monotonic() + seconds

    def found(rows: Rows) -> None:
        shared.found(rows, float(cost_of_numbers(problem.tables, rows)))

    repairer = Repairer(
        problem, seed, best=shared.best, found=found, excess=shared.weights,
        bound=lambda: float(shared.bound.value), goes_on=lambda: time.monotonic() < until,
    )  # fmt: skip
    for _step in repairer.run():
        pass
