"""From an instance to a roster: a lawful one at once, a better one for as long as the user waits.

Method by size. Everything is annealed; where one or a few teams are small enough, the optimum is
proved (`proving`). Two processors share one roster: the persons are cut in two halves of neighbours,
each thread moves shifts among its own half's assistants, and the cut is drawn anew many times.

Guarantees: each roster told of is lawful; fixed assignments are kept; with one worker and the same seed the result is
the same on every machine that has the time. The law's own checker judges the result, and what it would refuse is
opened rather than returned.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

import numpy as np

from egenmakt.staffing.rosters import annealing
from egenmakt.staffing.rosters.arrays import (
    NOBODY,
    UNIT,
    Array,
    arrays_of,
    assignments_of,
    in_order,
    owners_of,
    persons_of,
)
from egenmakt.staffing.rosters.bound_ascent import rising
from egenmakt.staffing.rosters.bounding import bound_of_hours
from egenmakt.staffing.rosters.cost import cost as cost_of
from egenmakt.staffing.rosters.instance import Assignments, Instance
from egenmakt.staffing.rosters.judging import Breach, judge
from egenmakt.staffing.rosters.moves import CHAINED, GIVEN, HANDED, RENEWED, STRETCHED, SWAPPED
from egenmakt.staffing.rosters.state import empty_state, lay, most_shifts, scratch_of, total

Status = Literal["optimal", "feasible", "stopped"]

# What one worker is given for each second: a third of what it has time for, so that the clock seldom decides anything.
TRIES_A_SECOND = 300_000
CHUNK = 10_000
HOT, COLD = 2.5, 0.4  # temperatures, in cost
WARM = 0.6  # where a roster that is already good is taken up again
EPOCHS = 40
FEW_PERSONS = 2  # for each worker
MIX = np.repeat(
    np.array([GIVEN, SWAPPED, CHAINED, STRETCHED, HANDED, RENEWED], np.int64),
    np.array([4, 8, 4, 2, 1, 2], np.int64),
)
PROVED_ASSISTANTS, PROVED_SHIFTS = 14, 200
SEARCH_BEFORE_PROOF_S = 1.0  # or half of the time, where that is less
BOUND_SHARE = 0.05  # of one processor, while the search has the rest


@dataclass(frozen=True)
class Progress:
    """How far a solve has come: seconds since it began, cost and bound in units of cost, open shifts, method."""

    seconds: float
    cost: float
    bound: float
    open: int
    method: str


@dataclass(frozen=True)
class Solution:
    """A roster, what is known about it, and how it was found."""

    status: Status
    assignments: dict[str, str | None]
    bound: float
    seconds: float
    method: str
    curve: tuple[Progress, ...] = field(default=())


class FixedUnlawful(Exception):
    """The fixed assignments break rules among themselves. Carries the breaches."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__(breaches[0].message)
        self.breaches = tuple(breaches)


@dataclass(frozen=True)
class Wanted:
    """How long to search, with how many workers, from what seed; and who is told and asked meanwhile."""

    seconds: float
    workers: int = 2
    seed: int = 0
    told: Callable[[Progress], None] = field(default=lambda progress: None)
    stop: Callable[[], bool] = field(default=lambda: False)


def solve(instance: Instance, wanted: Wanted, *, start: Assignments | None = None) -> Solution:
    """The best roster found within the time. `start` is a roster to go on from; what of it is unlawful is left out.

    Raises FixedUnlawful. `wanted.told` is called from time to time with how far it has come; `stop` is asked as often.
    """
    search = _Search(instance, wanted)
    search.construct(start)
    search.improve(warm=start is not None or bool(instance.previous))
    return search.solution()


def prepare() -> None:
    """Compile the search, or read it from where it is kept: half a minute the first time on a machine, then at once."""
    from egenmakt.staffing.rosters.generating import generate

    search = _Search(generate(2, seed=1), Wanted(0.0, workers=1))
    search.construct(None)
    search.anneal_a_little()


class _Search:
    def __init__(self, instance: Instance, wanted: Wanted) -> None:
        if instance.fixed and (breaches := judge(instance, dict(instance.fixed))):
            raise FixedUnlawful(breaches)
        self.began = time.perf_counter()
        self.instance, self.wanted = instance, wanted
        self.seconds, self.workers, self.seed = wanted.seconds, max(1, wanted.workers), wanted.seed
        self.arrays = arrays_of(instance)
        most = most_shifts(self.arrays)
        self.state = empty_state(self.arrays, most)
        self.scratch = [
            scratch_of(self.arrays, most, self.seed * 64 + number) for number in range(self.workers)
        ]
        self.order = Random(self.seed)  # noqa: S311  # a search, nothing secret
        self.stopped = False
        self.bound = 0
        self.method = "annealing"
        self.curve: list[Progress] = []
        self.hour_prices = np.zeros(0)
        self.best: tuple[int, Array] = (1 << 62, np.zeros(0, np.int64))
        self._near: list[list[int]] = []

    # Time and telling

    def elapsed(self) -> float:
        return time.perf_counter() - self.began

    def tell(self, cost: int) -> None:
        """Keep the roster when it is the best so far, and tell how far the search has come."""
        if cost < self.best[0]:
            self.best = (cost, self.state.owner.copy())
        progress = Progress(
            round(self.elapsed(), 3),
            self.best[0] / UNIT,
            self.bound / UNIT,
            int(np.count_nonzero(self.best[1] == NOBODY)),
            self.method,
        )
        self.curve.append(progress)
        self.wanted.told(progress)

    def lift(self, bound: int) -> None:
        self.bound = max(self.bound, bound)

    def asked_to_stop(self) -> bool:
        self.stopped = self.stopped or self.wanted.stop()
        return self.stopped

    def is_done(self) -> bool:
        """Whether nothing better can be found, or the user has seen enough."""
        return self.best[0] <= self.bound or self.asked_to_stop()

    # A first roster

    def construct(self, start: Assignments | None) -> None:
        arrays, state, scratch = self.arrays, self.state, self.scratch[0]
        lay(arrays, state, owners_of(self.instance, self.instance.fixed), scratch)
        kept = start if start is not None else self.instance.previous
        if kept:
            annealing.keep(arrays, state, owners_of(self.instance, kept), scratch)
        choices = np.diff(arrays.candidate_from)
        order = np.lexsort((arrays.begin, choices)).astype(np.int64)
        annealing.construct(arrays, state, order, scratch)
        self.tell(total(arrays, state))
        self.bound, self.hour_prices = bound_of_hours(arrays)

    # Improving it

    def improve(self, *, warm: bool) -> None:
        if not len(self.arrays.candidates):
            self.bound = self.best[0]
            return
        small = len(self.arrays.contract) <= PROVED_ASSISTANTS and len(self.arrays.begin) <= PROVED_SHIFTS
        budget = min(self.seconds / 2, SEARCH_BEFORE_PROOF_S) if small else self.seconds
        search = self._alone if self.workers == 1 else self._together
        with rising(self.arrays, self.hour_prices, lambda: self.best[0], self.lift, BOUND_SHARE):
            search(budget, warm=warm)
            left = self.seconds - self.elapsed()
            if small and left > 0.05 and not self.is_done():
                self._prove(left)

    def heat(self, done: float, *, warm: bool) -> float:
        hottest = WARM if warm else HOT
        return UNIT * hottest * float((COLD / hottest) ** min(1.0, done))

    def _alone(self, budget: float, *, warm: bool) -> None:
        """One worker: the temperature follows the number of tries, so that the clock decides nothing."""
        arrays, state = self.arrays, self.state
        everyone = np.zeros(len(arrays.contract), np.int64)
        anything = np.zeros(len(arrays.begin), np.int64)
        movable = np.flatnonzero(~arrays.fixed).astype(np.int64)
        tries = int(budget * TRIES_A_SECOND)
        cost, done, told = total(arrays, state), 0, 0.0
        while done < tries and self.elapsed() < self.seconds and not self.is_done():
            cost += annealing.anneal(
                arrays,
                state,
                self.scratch[0],
                everyone,
                anything,
                0,
                movable,
                CHUNK,
                self.heat(done / tries, warm=warm),
                MIX,
            )
            done += CHUNK
            if cost < self.best[0]:
                self.best = (cost, state.owner.copy())
            if self.elapsed() - told > 0.25:
                told = self.elapsed()
                self.tell(cost)
        self.tell(cost)

    def anneal_a_little(self) -> None:
        """One try of each move, so that everything has been compiled."""
        arrays = self.arrays
        everyone, anything = np.zeros(len(arrays.one), np.int64), np.zeros(len(arrays.shift), np.int64)
        movable = np.flatnonzero(~arrays.fixed).astype(np.int64)
        annealing.anneal(
            arrays,
            self.state,
            self.scratch[0],
            everyone,
            anything,
            0,
            movable,
            1,
            self.heat(0.0, warm=False),
            MIX,
        )

    def _together(self, budget: float, *, warm: bool) -> None:
        """Several workers, each with its part of the persons; the parts are cut anew in each epoch."""
        ends = self.began + budget
        epoch = max(0.05, (budget - self.elapsed()) / EPOCHS)
        turn = 0
        while time.perf_counter() < ends and not self.is_done():
            parts, homes = self.parts(turn)
            turn += 1
            until = min(ends, time.perf_counter() + epoch)
            threads = [
                threading.Thread(
                    target=self._anneal_part, args=(number, parts, homes, until, budget, warm), daemon=True
                )
                for number in range(1, self.workers)
            ]
            for thread in threads:
                thread.start()
            self._anneal_part(0, parts, homes, until, budget, warm)
            for thread in threads:
                thread.join()
            self.tell(total(self.arrays, self.state))

    def _anneal_part(
        self, number: int, parts: Array, homes: Array, until: float, budget: float, warm: bool
    ) -> None:
        """One worker's share of an epoch."""
        arrays = self.arrays
        mine = np.flatnonzero((homes == number) & ~arrays.fixed).astype(np.int64)
        while len(mine) and (now := time.perf_counter()) < until and not self.stopped:
            heat = self.heat((now - self.began) / budget, warm=warm)
            annealing.anneal(
                arrays, self.state, self.scratch[number], parts, homes, number, mine, CHUNK, heat, MIX
            )

    def parts(self, turn: int) -> tuple[Array, Array]:
        """A part for each assistant and for each shift, in epoch number `turn`.

        What never comes into one part is never exchanged. Few persons would be cut in the same places again and again,
        so each other epoch is one worker's alone; and all are, where there are no more persons than workers.
        """
        persons = persons_of(self.arrays)
        if persons <= self.workers or (turn % 2 and persons <= FEW_PERSONS * self.workers):
            return np.zeros(len(self.arrays.one), np.int64), np.zeros(len(self.arrays.shift), np.int64)
        return self.cut()

    def cut(self) -> tuple[Array, Array]:
        """A part for each assistant and for each shift: neighbouring persons together, as many shifts in each part."""
        arrays = self.arrays
        persons = persons_of(arrays)
        weight = np.bincount(arrays.person, minlength=persons)
        near = self._neighbours(persons)
        order: list[int] = []
        seen = np.zeros(persons, np.bool_)
        waiting: list[int] = []
        rest = self.order.sample(range(persons), persons)
        while len(order) < persons:
            if not waiting:
                waiting.append(next(one for one in rest if not seen[one]))
                seen[waiting[0]] = True
            person = waiting.pop(0)
            order.append(person)
            for other in near[person]:
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
        share = np.cumsum(weight[order]) - weight[order] / 2
        part_of = np.zeros(persons, np.int64)
        part_of[order] = np.minimum(self.workers - 1, share * self.workers // max(1, weight.sum()))
        parts = np.where(arrays.home >= 0, part_of[arrays.home], 0)
        for a in np.flatnonzero(arrays.home < 0).tolist():
            parts[a] = self.order.randrange(self.workers)
        homes = np.where(self.state.owner >= 0, parts[self.state.owner], part_of[arrays.person])
        return parts.astype(np.int64), homes.astype(np.int64)

    def _neighbours(self, persons: int) -> list[list[int]]:
        if not self._near:
            near: list[set[int]] = [set() for _ in range(persons)]
            number = {
                shift.person: int(p)
                for shift, p in zip(in_order(self.instance), self.arrays.person, strict=True)
            }
            for one in self.instance.assistants:
                if one.home is None:
                    continue
                known = [number[person] for person in one.people if person in number]
                for person in known:
                    near[person].update(known)
            self._near = [sorted(some - {place}) for place, some in enumerate(near)]
        return self._near

    def _prove(self, left: float) -> None:
        """Proof that no roster is better, or a better one, from the best found."""
        from egenmakt.staffing.rosters.proving import prove

        arrays = self.arrays
        self.method = "annealing, then proof"

        def found(owners: dict[int, int], cost: int, bound: int) -> None:
            self.bound = max(self.bound, bound)
            self.state.owner[:] = [owners[s] for s in range(len(arrays.shift))]
            self.tell(cost)

        result = prove(
            arrays,
            range(len(arrays.one)),
            range(len(arrays.shift)),
            self.best[1],
            self.best[0],
            seconds=left,
            workers=self.workers,
            seed=self.seed,
            found=found,
            stop=self.asked_to_stop,
        )
        self.bound = max(self.bound, result.bound)
        self.tell(result.cost)

    def solution(self) -> Solution:
        assignments = assignments_of(self.instance, self.best[1])
        # The search and the law's checker are held equal by a test; should they ever differ, the checker rules.
        while breaches := judge(self.instance, assignments):
            assignments[breaches[0].shift] = None
            self.best = (int(cost_of(self.instance, assignments).total * UNIT), self.best[1])
            self.bound = 0
        proved = self.best[0] <= self.bound
        status: Status = "optimal" if proved else "stopped" if self.stopped else "feasible"
        bound = min(self.bound, self.best[0])
        return Solution(
            status, assignments, bound / UNIT, round(self.elapsed(), 3), self.method, tuple(self.curve)
        )
