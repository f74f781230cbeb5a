"""The prover of small teams: arithmetic first, then the model, from the bound upwards.

Which numbers of shifts of each kind everybody has decides nearly all of the cost; how they can add up is a small
network (`columns_mixes`). The network and the exact model of rest, days and wishes are solved together by CP-SAT, only
for rosters that cost less than a ceiling: none below it means that the bound rises to it, one below it is the optimum
of all. The ceiling begins near the bound and ends at the best roster known, so every answer on the way is a true
bound and the last one is a proof.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from egenmakt.staffing.rosters.arrays import HOUR, NOBODY, NOT_SAID, UNIT, Array, Arrays
from egenmakt.staffing.rosters.calendars import (
    CHANGE,
    DISTINCT,
    NIGHT_FAIR,
    OPEN,
    OTHER_TEAM,
    OVER,
    OVER_HOURLY,
    UNDER,
    WEEKEND_FAIR,
)
from egenmakt.staffing.rosters.columns_mixes import Arc, Team, TooMany, team_of
from egenmakt.staffing.rosters.exact import Exact, Model

IN_MIXES = (UNDER, OVER, OVER_HOURLY, DISTINCT, NIGHT_FAIR, WEEKEND_FAIR)
NARROW = UNIT // 5  # how far above what the mixes allow the first ceiling is
ASKED_EVERY_S = 0.1
Found = Callable[[dict[int, int], int, int], None]


def prove(
    arrays: Arrays,
    assistants: Sequence[int],
    shifts: Sequence[int],
    owners: Array,
    cost: int,
    *,
    seconds: float,
    workers: int,
    seed: int = 0,
    found: Found | None = None,
    stop: Callable[[], bool] | None = None,
) -> Exact:
    """The best roster of these assistants and these shifts, proved if there is time.

    `shifts` are all that the assistants hold and those that are open among what they could take; everybody else's stay
    where they are. `owners` is a lawful roster and `cost` what these calendars and shifts cost in it. `found` is told
    each better roster with its cost and the bound; `stop` is asked ten times a second. The outcome is "optimal" when
    no roster costs less than the one returned, else "feasible"; the bound is true in either case.
    """
    prover = _Prover(arrays, assistants, shifts, owners, cost, time.perf_counter() + seconds)
    prover.workers, prover.seed, prover.found, prover.stop = workers, seed, found, stop
    prover.run()
    return Exact(
        "optimal" if prover.bound >= prover.cost else "feasible",
        prover.owners,
        prover.cost,
        min(prover.bound, prover.cost),
    )


class _Prover:
    def __init__(
        self,
        arrays: Arrays,
        assistants: Sequence[int],
        shifts: Sequence[int],
        owners: Array,
        cost: int,
        ends: float,
    ) -> None:
        self.arrays, self.assistants, self.shifts = arrays, list(assistants), sorted(shifts)
        self.owners = {s: int(owners[s]) for s in self.shifts}
        self.cost, self.bound, self.ends = cost, 0, ends
        self.workers, self.seed = 1, 0
        self.found: Found | None = None
        self.stop: Callable[[], bool] | None = None

    @property
    def left(self) -> float:
        return self.ends - time.perf_counter()

    def run(self) -> None:
        if (self.arrays.weights < 0).any():
            raise ValueError("weights below zero")
        plain = Model(self.arrays, self.assistants, self.shifts)
        forced = [s for s in plain.open if not any((a, s) in plain.given for a in self.assistants)]
        base = sum(self._cost_open(s) for s in forced)
        self.bound = base
        try:
            team = team_of(
                self.arrays, [plain.can[a] for a in self.assistants], self.assistants, self.cost - base
            )
            self._rise(team, base)
        except TooMany:
            self._plainly(plain)

    def _cost_open(self, s: int) -> int:
        moved = self.arrays.before[s] not in (NOT_SAID, NOBODY)
        return int(self.arrays.weights[OPEN] + (self.arrays.weights[CHANGE] if moved else 0)) * HOUR

    def _rise(self, team: Team, base: int) -> None:
        """Ceilings from the bound upwards, until a roster is found below one or the best known is reached."""
        floor = base + team.bound
        self.bound = max(self.bound, floor)
        room = NARROW
        while self.bound < self.cost and self.left > 0:
            ceiling, ways = self._ceiling(team, floor, room)
            room *= 2
            if ways is None:
                self.bound = ceiling + 1
                continue
            arcs, lowest = ways
            self.bound = max(self.bound, floor + lowest)
            model = _Mixed(self.arrays, self.assistants, self.shifts, team, arcs)
            model.solve_below(ceiling, self)
            if self._stopped():
                return

    def _ceiling(self, team: Team, floor: int, room: int) -> tuple[int, tuple[list[list[Arc]], int] | None]:
        """A ceiling so much above the least that mixes allow, and the network below it; None when it has no way.

        Raises TooMany when there are too many ways even a little above what is known to have none.
        """
        most = self.cost - 1 - floor
        none = max(self.bound - floor - 1, 0)  # nothing costs so little
        above = min(most, none + room)
        while self.left > 0:
            try:
                ways = team.ways(above)
            except TooMany:
                if above - none <= NARROW:
                    raise
                above = (above + none) // 2
                continue
            if ways is not None:
                lowest = max(ways[1], none + 1)
                if above <= lowest + room:
                    return floor + above, ways
                above = lowest + room
            elif above == most:
                return floor + above, None
            else:
                above, none = min(most, 2 * above), above
        return floor + none, None

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop()

    def better(self, owners: dict[int, int], cost: int) -> None:
        """Keep a better roster and tell of it."""
        if cost < self.cost:
            self.cost, self.owners = cost, owners
            if self.found is not None:
                self.found(owners, cost, min(self.bound, cost))

    def _plainly(self, model: Model) -> None:
        """Too much arithmetic: the exact model alone."""
        known = np.full(len(self.arrays.begin), -1, np.int64)
        for s, a in self.owners.items():
            known[s] = a
        if self.left <= 0:
            return
        result = model.solve(
            known,
            seconds=self.left,
            workers=self.workers,
            seed=self.seed,
            found=lambda owners, cost, bound: self.better(owners, cost),
            stop=self.stop,
        )
        if result.outcome != "nothing":
            self.better(result.owners, result.cost)
            self.bound = max(self.bound, result.bound)


class _Mixed(Model):
    """The exact model with mixes in the place of what they cost, tied to the ways through their network."""

    def __init__(
        self,
        arrays: Arrays,
        assistants: Sequence[int],
        shifts: Sequence[int],
        team: Team,
        arcs: Sequence[Sequence[Arc]],
    ) -> None:
        weights = arrays.weights.copy()
        weights[list(IN_MIXES)] = 0
        self.works: dict[int, dict[int, cp_model.IntVar]] = {}
        super().__init__(arrays._replace(weights=weights), assistants, shifts)
        self.all_weights = arrays.weights
        self.constant = self.fixed_cost
        self._ways(team, arcs)
        unit = 0
        for _, cost in self.costs:
            unit = int(np.gcd(unit, abs(cost)))
        self.unit = max(1, unit)
        self.total = sum(variable * (cost // self.unit) for variable, cost in self.costs)
        self.model.minimize(self.total)

    def _days(self, a: int, x: dict[int, cp_model.IntVar]) -> dict[int, cp_model.IntVar]:
        self.works[a] = super()._days(a, x)
        return self.works[a]

    def _own(self, a: int) -> Any:
        """What wishes, other teams and changes cost in the calendar of `a`."""
        arrays = self.arrays
        other, change = int(arrays.weights[OTHER_TEAM]) * HOUR, int(arrays.weights[CHANGE]) * HOUR
        own: Any = int(arrays.unmet[a])
        for day, variable in self.works[a].items():
            own += variable * int(arrays.wish[a, day])
        for s in self.can[a]:
            cost = other * bool(arrays.home[a] >= 0 and arrays.home[a] != arrays.person[s])
            cost += change * (int(arrays.before[s]) not in (NOT_SAID, a))
            own += self.given[a, s] * cost
        return own

    def _ways(self, team: Team, arcs: Sequence[Sequence[Arc]]) -> None:
        model, into = self.model, {0: [1]}
        features = team.features
        for place in team.order:
            mixes = team.mixes[place]
            mine = arcs[place]
            chosen = [model.new_bool_var("") for _ in mine]
            model.add_exactly_one(chosen)
            leaving: dict[int, list[Any]] = {}
            arriving: dict[int, list[Any]] = {}
            for arc, variable in zip(mine, chosen, strict=True):
                leaving.setdefault(arc.before, []).append(variable)
                arriving.setdefault(arc.after, []).append(variable)
            for state in leaving.keys() | into.keys():
                model.add(sum(leaving.get(state, [])) == sum(into.get(state, [])))
            into = arriving
            least = min(int(mixes.cost[arc.mix]) for arc in mine)
            self.constant += least
            if place == len(self.assistants):
                # Nobody's shifts have their cost in the model already.
                self.constant -= least
                given = {s: variable for s, variable in self.open.items() if features[s].any()}
            else:
                for arc, variable in zip(mine, chosen, strict=True):
                    self._costs(variable, int(mixes.cost[arc.mix]) - least)
                model.add(
                    self._own(self.assistants[place])
                    >= sum(
                        variable * int(mixes.own[arc.mix]) for arc, variable in zip(mine, chosen, strict=True)
                    )
                )
                given = {s: self.given[self.assistants[place], s] for s in self.can[self.assistants[place]]}
                self._acquaintances(
                    place, [v for arc, v in zip(mine, chosen, strict=True) if not mixes.counts[arc.mix].any()]
                )
            for count in range(features.shape[1]):
                model.add(
                    sum(
                        variable * int(features[s, count])
                        for s, variable in given.items()
                        if features[s, count]
                    )
                    == sum(
                        variable * int(mixes.counts[arc.mix, count])
                        for arc, variable in zip(mine, chosen, strict=True)
                        if mixes.counts[arc.mix, count]
                    )
                )

    def _acquaintances(self, place: int, nothing: list[Any]) -> None:
        """Mixes count the first person somebody meets; here the others are."""
        a = self.assistants[place]
        each = int(self.all_weights[DISTINCT]) * HOUR
        people: dict[int, list[int]] = {}
        for s in self.can[a]:
            people.setdefault(int(self.arrays.person[s]), []).append(s)
        if not each or len(people) < 2:
            return
        known = [self._any([self.given[a, s] for s in some]) for some in people.values()]
        self.model.add(sum(known) >= 1 - sum(nothing))
        for variable in known:
            self._costs(variable, each)
        # One of them is in the mix, unless there is none at all.
        self.constant -= each
        for variable in nothing:
            self._costs(variable, each)

    def solve_below(self, ceiling: int, prover: _Prover) -> None:
        """The best roster that costs at most the ceiling, told to the prover with the bound that follows."""
        self.model.add(self.total <= (ceiling - self.constant) // self.unit)
        self.model.add(self.total >= -((self.constant - prover.bound) // self.unit))
        for (a, s), variable in self.given.items():
            self.model.add_hint(variable, prover.owners[s] == a)
        while prover.left > 0:
            solver = cp_model.CpSolver()
            solver.parameters.max_time_in_seconds = max(0.05, prover.left)
            solver.parameters.num_workers = prover.workers
            solver.parameters.random_seed = prover.seed
            listener = _Listener(self, prover)
            with _watching(solver, prover.stop):
                status = solver.solve(self.model, listener)
            if status == cp_model.INFEASIBLE:
                prover.bound = ceiling + 1
                return
            bound = int(np.ceil(solver.best_objective_bound - 1e-6)) * self.unit + self.constant
            prover.bound = max(prover.bound, min(bound, ceiling + 1))
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return
            given = self._owners(solver.value)
            if not self._forbid(given):
                prover.better(given, round(solver.objective_value) * self.unit + self.constant)
                if status == cp_model.OPTIMAL:
                    prover.bound = max(prover.bound, prover.cost)
                return


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: _Mixed, prover: _Prover) -> None:
        super().__init__()
        self._of, self._prover = model, prover

    def on_solution_callback(self) -> None:
        owners = self._of._owners(self.value)
        if not self._of.is_lawful(owners):
            self._prover.better(owners, round(self.objective_value) * self._of.unit + self._of.constant)


@contextmanager
def _watching(solver: cp_model.CpSolver, stop: Callable[[], bool] | None) -> Iterator[None]:
    """Stop the solver when asked to."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(ASKED_EVERY_S):
            if stop is not None and stop():
                solver.stop_search()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
