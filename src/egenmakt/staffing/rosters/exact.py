"""The exact model: some assistants' calendars together, solved by CP-SAT. Proves small teams, mends parts of large ones.

Shifts that cannot stand in one calendar form cliques, of which at most one is given; a week's rest is a choice among
its windows; days, nights and weekends are counted by variables of their own. What is left out - a span that only
three or more shifts together make too long - is found by `calendars.price` in each solution and forbidden by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from ortools.sat.python import cp_model

from egenmakt.staffing.rosters.arrays import HOUR, Array, Arrays, persons_of
from egenmakt.staffing.rosters.calendars import (
    CHANGE,
    DAYS,
    DISTINCT,
    LONG,
    NIGHT_FAIR,
    NIGHTS,
    ON_CALL,
    OPEN,
    OTHER_TEAM,
    OVER,
    OVER_HOURLY,
    REST,
    SPAN,
    UNDER,
    UNLAWFUL,
    WEEKEND_FAIR,
    WEEKENDS,
    WEEKLY,
    price,
)
from egenmakt.staffing.rosters.clashes import cliques, rest_windows, triples
from egenmakt.staffing.rosters.state import held

Outcome = Literal["optimal", "feasible", "nothing"]


@dataclass(frozen=True)
class Exact:
    """What the model found: owners of the shifts in question, its cost and a bound, in the arrays' unit of cost."""

    outcome: Outcome
    owners: dict[int, int]
    cost: int
    bound: int


class Model:
    """The model of some assistants and the shifts they hold or that are open."""

    def __init__(self, arrays: Arrays, assistants: Sequence[int], shifts: Sequence[int]) -> None:
        self.arrays = arrays
        self.assistants = list(assistants)
        self.shifts = sorted(shifts)
        self.model = cp_model.CpModel()
        self.given: dict[tuple[int, int], cp_model.IntVar] = {}
        self.open: dict[int, cp_model.IntVar] = {}
        self.costs: list[tuple[Any, int]] = []
        self.fixed_cost = 0
        among = set(self.assistants)
        self.can: dict[int, list[int]] = {a: [] for a in self.assistants}
        for s in self.shifts:
            able = [
                int(a)
                for a in arrays.candidates[arrays.candidate_from[s] : arrays.candidate_from[s + 1]]
                if int(a) in among
            ]
            for a in able:
                self.given[a, s] = self.model.new_bool_var(f"x{a}_{s}")
                self.can[a].append(s)
            self._once(s, able)
        for a in self.assistants:
            self._calendar(a)
        unit = 0
        for _, cost in self.costs:
            unit = int(np.gcd(unit, abs(cost)))
        self.unit = max(1, unit)
        self.model.minimize(sum(variable * (cost // self.unit) for variable, cost in self.costs))

    def _once(self, s: int, able: Sequence[int]) -> None:
        weights, before = self.arrays.weights, int(self.arrays.before[s])
        if not self.arrays.fixed[s]:
            self.open[s] = self.model.new_bool_var(f"o{s}")
        self.model.add_exactly_one(
            [self.given[a, s] for a in able] + ([self.open[s]] if s in self.open else [])
        )
        moved = int(weights[CHANGE]) * HOUR if before != -2 else 0
        for a in able:
            if a != before:
                self._costs(self.given[a, s], moved)
        if s in self.open:
            self._costs(self.open[s], int(weights[OPEN]) * HOUR + (moved if before != -1 else 0))

    def _costs(self, variable: Any, cost: int) -> None:
        if cost:
            self.costs.append((variable, cost))

    def _calendar(self, a: int) -> None:
        arrays, model, can = self.arrays, self.model, self.can[a]
        limits, weights = arrays.limits, arrays.weights
        x = {s: self.given[a, s] for s in can}
        early = [s for s in can if arrays.begin[s] - arrays.last_end[a] < limits[REST]]
        long = [s for s in can if arrays.end[s] - arrays.begin[s] > limits[LONG]]
        for s in {*early, *long}:
            model.add(x[s] == 0)
        for clique in cliques(arrays, can):
            model.add_at_most_one([x[s] for s in clique])
        for triple in triples(arrays, can):
            model.add_bool_or([~x[s] for s in triple])
        self._weekly_rest(a, x)
        works = self._days(a, x)
        self._in_a_row(works, int(limits[DAYS]))
        nights = [s for s in can if arrays.night[s]]
        by_day: dict[int, list[int]] = {}
        for s in nights:
            by_day.setdefault(int(arrays.day[s]), []).append(s)
        at_night = {day: self._any([x[s] for s in some]) for day, some in by_day.items()}
        self._in_a_row(at_night, int(limits[NIGHTS]))
        self._weekends(x)
        for block in range(arrays.ordinary.shape[0]):
            inside = [s for s in can if arrays.block[s] == block]
            model.add(sum(x[s] * int(arrays.active[s]) for s in inside) <= int(arrays.ordinary[block]))
            on_call = [s for s in inside if arrays.on_call[s]]
            if on_call:
                model.add(sum(x[s] * int(arrays.on_call[s]) for s in on_call) <= int(limits[ON_CALL]))
        if int(arrays.most[a]) < sum(int(arrays.active[s] + arrays.on_call[s]) for s in can):
            model.add(
                sum(x[s] * int(arrays.active[s] + arrays.on_call[s]) for s in can) <= int(arrays.most[a])
            )
        self._hours(a, x)
        self._fair(nights, x, int(arrays.fair_nights[a]), int(weights[NIGHT_FAIR]))
        self._fair(
            [s for s in can if arrays.weekend[s]], x, int(arrays.fair_weekends[a]), int(weights[WEEKEND_FAIR])
        )
        people: dict[int, list[int]] = {}
        for s in can:
            people.setdefault(int(arrays.person[s]), []).append(s)
            if arrays.home[a] >= 0 and arrays.person[s] != arrays.home[a]:
                self._costs(x[s], int(weights[OTHER_TEAM]) * HOUR)
        for some in people.values():
            self._costs(self._any([x[s] for s in some]), int(weights[DISTINCT]) * HOUR)

    def _any(self, variables: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        """A variable that is true exactly when one of these is."""
        if len(variables) == 1:
            return variables[0]
        some = self.model.new_bool_var("")
        for one in variables:
            self.model.add_implication(one, some)
        self.model.add_bool_or([*variables, ~some])
        return some

    def _days(self, a: int, x: dict[int, cp_model.IntVar]) -> dict[int, cp_model.IntVar]:
        by_day: dict[int, list[int]] = {}
        for s in x:
            by_day.setdefault(int(self.arrays.day[s]), []).append(s)
        works = {day: self._any([x[s] for s in some]) for day, some in by_day.items()}
        self.fixed_cost += int(self.arrays.unmet[a])
        for day, variable in works.items():
            self._costs(variable, int(self.arrays.wish[a, day]))
        return works

    def _in_a_row(self, days: dict[int, cp_model.IntVar], most: int) -> None:
        for first in days:
            window = [days[day] for day in range(first, first + most + 1) if day in days]
            if len(window) == most + 1:
                self.model.add(sum(window) <= most)

    def _weekends(self, x: dict[int, cp_model.IntVar]) -> None:
        arrays = self.arrays
        for bits in arrays.weekends_of.tolist():
            worked = []
            bit = 1
            while bit <= bits:
                if bits & bit and (some := [x[s] for s in x if int(arrays.weekend[s]) & bit]):
                    worked.append(self._any(some))
                bit <<= 1
            if len(worked) > arrays.limits[WEEKENDS]:
                self.model.add(sum(worked) <= int(arrays.limits[WEEKENDS]))

    def _hours(self, a: int, x: dict[int, cp_model.IntVar]) -> None:
        arrays, weights = self.arrays, self.arrays.weights
        contract = int(arrays.contract[a])
        if contract == 0:
            for s, variable in x.items():
                self._costs(variable, int(weights[OVER_HOURLY]) * int(arrays.active[s]))
            return
        most = sum(int(arrays.active[s]) for s in x)
        under = self.model.new_int_var(0, contract, f"under{a}")
        over = self.model.new_int_var(0, max(0, most - contract), f"over{a}")
        self.model.add(
            sum(variable * int(arrays.active[s]) for s, variable in x.items()) == contract - under + over
        )
        self._costs(under, int(weights[UNDER]))
        self._costs(over, int(weights[OVER]))

    def _fair(self, some: Sequence[int], x: dict[int, cp_model.IntVar], share: int, weight: int) -> None:
        if len(some) > share and weight:
            above = self.model.new_int_var(0, len(some) - share, "")
            self.model.add(above >= sum(x[s] for s in some) - share)
            self._costs(above, weight * HOUR)

    def _weekly_rest(self, a: int, x: dict[int, cp_model.IntVar]) -> None:
        arrays, weekly = self.arrays, int(self.arrays.limits[WEEKLY])
        for number in range(arrays.week.shape[0] - 1):
            opens, closes = int(arrays.week[number]), int(arrays.week[number + 1])
            opens = max(opens, int(arrays.last_end[a]))
            windows = rest_windows(arrays, list(x), opens, closes, weekly)
            if any(not window for window in windows):
                continue
            if not windows:
                self.model.add_bool_or([])
                return
            chosen = [self.model.new_bool_var("") for _ in windows]
            self.model.add_exactly_one(chosen)
            for s in {s for window in windows for s in window}:
                self.model.add_at_most_one(
                    [x[s], *(one for one, window in zip(chosen, windows, strict=True) if s in window)]
                )

    def solve(  # the callback's arguments are the found roster's
        self,
        owners: Array,
        *,
        seconds: float,
        workers: int,
        seed: int,
        found: Callable[[dict[int, int], int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Exact:
        """Solve, from the roster given as a hint. `found` is told each better lawful roster with its cost and bound."""
        self.model.clear_hints()
        for (a, s), variable in self.given.items():
            self.model.add_hint(variable, int(owners[s]) == a)
        for s, variable in self.open.items():
            self.model.add_hint(variable, int(owners[s]) < 0)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        while True:
            listener = _Listener(self, found, stop)
            status = solver.solve(self.model, listener)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return Exact("nothing", {}, 0, 0)
            given = self._owners(solver.value)
            again = self._forbid(given)
            if not again:
                bound = int(np.ceil(solver.best_objective_bound - 1e-6)) * self.unit + self.fixed_cost
                cost = self.counted(given)
                return Exact(
                    "optimal" if status == cp_model.OPTIMAL else "feasible", given, cost, min(bound, cost)
                )
            solver.parameters.max_time_in_seconds -= solver.wall_time
            if solver.parameters.max_time_in_seconds <= 0:
                return Exact("nothing", {}, 0, 0)

    def _owners(self, value: Callable[[cp_model.IntVar], int]) -> dict[int, int]:
        owners = dict.fromkeys(self.shifts, -1)
        for (a, s), variable in self.given.items():
            if value(variable):
                owners[s] = a
        return owners

    def counted(self, owners: dict[int, int]) -> int:
        """What a lawful roster costs, counted from its calendars: the model's own count may have slack in it."""
        arrays, seen = self.arrays, np.zeros(persons_of(self.arrays) + 1, np.int64)
        total = sum(int(held(arrays, s, a)) for s, a in owners.items())
        for a in self.assistants:
            calendar = np.array([s for s in self.shifts if owners[s] == a], np.int32)
            total += int(price(arrays, a, calendar, len(calendar), seen))
        return total

    def is_lawful(self, owners: dict[int, int]) -> list[int]:
        """The assistants whose calendars are unlawful."""
        seen = np.zeros(int(self.arrays.person.max(initial=0)) + 3, np.int64)
        bad = []
        for a in self.assistants:
            calendar = np.array([s for s in self.shifts if owners[s] == a], np.int32)
            if price(self.arrays, a, calendar, len(calendar), seen) == UNLAWFUL:
                bad.append(a)
        return bad

    def _forbid(self, owners: dict[int, int]) -> bool:
        """Forbid the spans that were too long although no two or three of their shifts were; True when there was one."""
        arrays, found = self.arrays, False
        for a in self.is_lawful(owners):
            calendar = [s for s in self.shifts if owners[s] == a]
            span: list[int] = []
            for s in calendar:
                if span and arrays.begin[s] - arrays.end[span[-1]] >= arrays.limits[REST]:
                    span = []
                span.append(s)
                if len(span) > 1 and arrays.end[s] - arrays.begin[span[0]] > arrays.limits[SPAN]:
                    for other in self.assistants:
                        if all((other, one) in self.given for one in span):
                            self.model.add_bool_or([~self.given[other, one] for one in span])
                    found = True
                    break
            else:
                self.model.add_bool_or([~self.given[a, s] for s in calendar])
                found = True
        return found


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(
        self,
        model: Model,
        found: Callable[[dict[int, int], int, int], None] | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        super().__init__()
        self._of, self._found, self._stop = model, found, stop

    def on_solution_callback(self) -> None:
        if self._found is not None:
            owners = self._of._owners(self.value)
            if not self._of.is_lawful(owners):
                bound = int(self.best_objective_bound) * self._of.unit + self._of.fixed_cost
                self._found(owners, self._of.counted(owners), bound)
        if self._stop is not None and self._stop():
            self.stop_search()
