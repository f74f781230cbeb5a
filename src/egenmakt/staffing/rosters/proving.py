"""The prover of small teams: arithmetic first, then the model, from the bound upwards.

Which numbers of shifts of each kind everybody has decides nearly all of the cost; how they can add up is a small
network (`mixes`). The network and the exact model of rest, days and wishes are solved together by CP-SAT, only
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
from egenmakt.staffing.rosters.exact import Exact, Model
from egenmakt.staffing.rosters.mix_network import Network, network
from egenmakt.staffing.rosters.mixes import Team, TooMany, team_of

IN_MIXES = (UNDER, OVER, OVER_HOURLY, DISTINCT, NIGHT_FAIR, WEEKEND_FAIR)
NARROW = UNIT // 5  # how far above what the mixes allow the first ceiling is
SMALL, SMALL_S = 300, 0.5  # choices of assistant and shift that the exact model alone is tried on first
ARITHMETIC = (
    0.25  # of the time left: what may be spent on the network before the exact model is tried instead
)
LEAST_TRY_S = 3.0
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
        self.plain: Model
        self.workers, self.seed = 1, 0
        self.patience = 0.0
        self.found: Found | None = None
        self.stop: Callable[[], bool] | None = None

    @property
    def left(self) -> float:
        return self.ends - time.perf_counter()

    def run(self) -> None:
        if (self.arrays.weights < 0).any():
            raise ValueError("weights below zero")
        self.plain = plain = Model(self.arrays, self.assistants, self.shifts)
        forced = [s for s in plain.open if not any((a, s) in plain.given for a in self.assistants)]
        base = sum(self._cost_open(s) for s in forced)
        self.bound = base
        if len(plain.given) <= SMALL:
            self._plainly(plain, max(SMALL_S, self.left * ARITHMETIC))
        if self.bound >= self.cost:
            return
        try:
            self.patience = self.left * (1 - ARITHMETIC)
            team = team_of(
                self.arrays, [plain.can[a] for a in self.assistants], self.assistants, self.cost - base
            )
            self._rise(team, base, plain)
        except TooMany:
            self._plainly(plain, self.left)

    def _cost_open(self, s: int) -> int:
        moved = self.arrays.before[s] not in (NOT_SAID, NOBODY)
        return int(self.arrays.weights[OPEN] + (self.arrays.weights[CHANGE] if moved else 0)) * HOUR

    def _rise(self, team: Team, base: int, plain: Model) -> None:
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
            self.bound = max(self.bound, floor + ways.lowest)
            model = _Mixed(self.arrays, self.assistants, self.shifts, team, ways)
            # Where a ceiling neither yields in time nor is refuted, the exact model may find the better roster.
            if not model.solve_below(ceiling, self, max(LEAST_TRY_S, self.left / 3)):
                self._plainly(plain, max(LEAST_TRY_S, self.left / 2))
                room = max(NARROW, room // 8)
            self.patience = self.left * (1 - ARITHMETIC)
            if self._stopped():
                return

    def _ceiling(self, team: Team, floor: int, room: int) -> tuple[int, Network | None]:
        """A ceiling so much above the least that mixes allow, and the network below it; None when it has no way.

        Raises TooMany when there are too many ways even a little above what is known to have none, and when a
        quarter of the time has gone without any model.
        """
        most = self.cost - 1 - floor
        none = max(self.bound - floor - 1, 0)  # nothing costs so little
        above = min(most, none + room)
        while self.left > 0:
            if self.left < self.patience:
                raise TooMany
            try:
                ways = network(team, above)
            except TooMany:
                if above - none <= NARROW:
                    raise
                above = (above + none) // 2
                continue
            if ways is not None:
                lowest = max(ways.lowest, none + 1)
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

    def better(self, owners: dict[int, int]) -> None:
        """Keep a roster if it is better, and tell of it. Its cost is counted anew: a model's may have slack in it."""
        cost = self.plain.counted(owners)
        if cost < self.cost:
            self.cost, self.owners = cost, owners
            if self.found is not None:
                self.found(owners, cost, min(self.bound, cost))

    def _plainly(self, model: Model, seconds: float) -> None:
        """The exact model alone, where there is little or too much arithmetic."""
        known = np.full(len(self.arrays.begin), -1, np.int64)
        for s, a in self.owners.items():
            known[s] = a
        if self.left <= 0 or self._stopped():
            return
        result = model.solve(
            known,
            seconds=min(seconds, self.left),
            workers=self.workers,
            seed=self.seed,
            found=lambda owners, cost, bound: self.better(owners),
            stop=self.stop,
        )
        if result.outcome != "nothing":
            self.better(result.owners)
            self.bound = max(self.bound, result.bound)


class _Mixed(Model):
    """The exact model with mixes in the place of what they cost, tied to the ways through their network."""

    def __init__(
        self,
        arrays: Arrays,
        assistants: Sequence[int],
        shifts: Sequence[int],
        team: Team,
        ways: Network,
    ) -> None:
        weights = arrays.weights.copy()
        weights[list(IN_MIXES)] = 0
        self.works: dict[int, dict[int, cp_model.IntVar]] = {}
        super().__init__(arrays._replace(weights=weights), assistants, shifts)
        self.all_weights = arrays.weights
        self.constant = self.fixed_cost
        self._ways(team, ways)
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

    def _ways(self, team: Team, ways: Network) -> None:
        """One way through each half of the network, both to the same state."""
        model, ends = self.model, []
        for half in ways.halves:
            into: dict[int, list[Any]] = {0: [1]}
            for place, arcs in half:
                chosen = [model.new_bool_var("") for _ in arcs]
                model.add_exactly_one(chosen)
                leaving: dict[int, list[Any]] = {}
                arriving: dict[int, list[Any]] = {}
                mixes: dict[int, list[Any]] = {}
                for arc, variable in zip(arcs, chosen, strict=True):
                    leaving.setdefault(arc.before, []).append(variable)
                    arriving.setdefault(arc.after, []).append(variable)
                    mixes.setdefault(arc.mix, []).append(variable)
                self._meet(leaving, into)
                self._mix(team, place, {mix: sum(some) for mix, some in mixes.items()})
                into = arriving
            ends.append(into)
        self._meet(*ends)

    def _meet(self, leaving: dict[int, list[Any]], arriving: dict[int, list[Any]]) -> None:
        for state in leaving.keys() | arriving.keys():
            self.model.add(sum(leaving.get(state, [])) == sum(arriving.get(state, [])))

    def _mix(self, team: Team, place: int, chosen: dict[int, Any]) -> None:
        """The mix of one assistant, or of nobody: what it costs and which shifts can make it up."""
        mixes, features = team.mixes[place], team.features
        if place == len(self.assistants):
            # Open shifts have their cost in the model already.
            given = {s: variable for s, variable in self.open.items() if features[s].any()}
        else:
            a = self.assistants[place]
            given = {s: self.given[a, s] for s in self.can[a]}
            least = min(int(mixes.cost[mix]) for mix in chosen)
            self.constant += least
            for mix, variable in chosen.items():
                self._costs(variable, int(mixes.cost[mix]) - least)
            self.model.add(
                self._own(a) >= sum(variable * int(mixes.own[mix]) for mix, variable in chosen.items())
            )
            self._acquaintances(
                a, sum(variable for mix, variable in chosen.items() if not mixes.counts[mix].any())
            )
        for count in range(features.shape[1]):
            self.model.add(
                sum(variable * int(features[s, count]) for s, variable in given.items() if features[s, count])
                == sum(
                    variable * int(mixes.counts[mix, count])
                    for mix, variable in chosen.items()
                    if mixes.counts[mix, count]
                )
            )

    def _acquaintances(self, a: int, nothing: Any) -> None:
        """Mixes count the first person somebody meets; here the others are. `nothing`: whether `a` has no shift."""
        each = int(self.all_weights[DISTINCT]) * HOUR
        people: dict[int, list[int]] = {}
        for s in self.can[a]:
            people.setdefault(int(self.arrays.person[s]), []).append(s)
        if not each or len(people) < 2:
            return
        known = [self._any([self.given[a, s] for s in some]) for some in people.values()]
        self.model.add(sum(known) >= 1 - nothing)
        # One of them is in the mix, unless there is none at all.
        self.constant -= each
        self.costs.extend((variable, each) for variable in (*known, nothing))

    def solve_below(self, ceiling: int, prover: _Prover, seconds: float) -> bool:
        """The best roster that costs at most the ceiling, told to the prover with the bound that follows.

        True when something came of it within the seconds: a roster, or that there is none.
        """
        ends = time.perf_counter() + min(seconds, prover.left)
        self.model.add(self.total <= (ceiling - self.constant) // self.unit)
        self.model.add(self.total >= -((self.constant - prover.bound) // self.unit))
        for (a, s), variable in self.given.items():
            self.model.add_hint(variable, prover.owners[s] == a)
        while (left := ends - time.perf_counter()) > 0:
            solver = cp_model.CpSolver()
            solver.parameters.max_time_in_seconds = max(0.05, left)
            solver.parameters.num_workers = prover.workers
            solver.parameters.random_seed = prover.seed
            listener = _Listener(self, prover)
            with _watching(solver, prover.stop):
                status = solver.solve(self.model, listener)
            if status == cp_model.INFEASIBLE:
                prover.bound = ceiling + 1
                return True
            bound = int(np.ceil(solver.best_objective_bound - 1e-6)) * self.unit + self.constant
            prover.bound = max(prover.bound, min(bound, ceiling + 1))
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return False
            given = self._owners(solver.value)
            if not self._forbid(given):
                prover.better(given)
                if status == cp_model.OPTIMAL:
                    prover.bound = max(prover.bound, prover.cost)
                return True
        return False


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: _Mixed, prover: _Prover) -> None:
        super().__init__()
        self._of, self._prover = model, prover

    def on_solution_callback(self) -> None:
        owners = self._of._owners(self.value)
        if not self._of.is_lawful(owners):
            self._prover.better(owners)


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
