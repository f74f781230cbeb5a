"""The model a good engineer writes first: one yes-or-no for each assistant and shift, pairs that clash, CP-SAT.

It keeps the same rules and counts the same cost, without cliques, hints or any thought of which method suits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from egenmakt.staffing.rosters.arrays import HOUR, UNIT, Arrays
from egenmakt.staffing.rosters.calendars import (
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
    UNDER,
    WEEKEND_FAIR,
    WEEKENDS,
    WEEKLY,
)
from egenmakt.staffing.rosters.clashes import clash, rest_windows


@dataclass(frozen=True)
class Plain:
    """What the plain model reached."""

    cost: float | None
    bound: float
    open: int | None
    seconds: float
    proved: bool


def solve_plainly(arrays: Arrays, *, seconds: float, workers: int) -> Plain:
    """One model of everything, cold."""
    began = time.perf_counter()
    model = cp_model.CpModel()
    shifts, assistants = len(arrays.shift), len(arrays.one)
    x: dict[tuple[int, int], cp_model.IntVar] = {}
    costs: list[tuple[cp_model.IntVar, int]] = []
    weights = arrays.weights
    for s in range(shifts):
        able = arrays.candidates[arrays.candidate_from[s] : arrays.candidate_from[s + 1]].tolist()
        for a in able:
            x[a, s] = model.new_bool_var("")
        nobody = model.new_bool_var("")
        costs.append((nobody, int(weights[OPEN]) * HOUR))
        model.add(sum(x[a, s] for a in able) + nobody == 1)
    fixed = 0
    for a in range(assistants):
        fixed += int(arrays.unmet[a])
        mine = arrays.able[arrays.able_from[a, 0] : arrays.able_from[a, -1]].tolist()
        _one(model, arrays, a, mine, x, costs)
    unit = int(np.gcd.reduce([cost for _, cost in costs]))
    model.minimize(sum(variable * (cost // unit) for variable, cost in costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.perf_counter() - began))
    status = solver.solve(model)
    spent = time.perf_counter() - began
    bound = (solver.best_objective_bound * unit + fixed) / UNIT
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Plain(None, max(0.0, bound), None, spent, proved=False)
    opened = sum(solver.value(variable) for variable, _ in costs[:shifts])
    cost = (solver.objective_value * unit + fixed) / UNIT
    return Plain(cost, bound, opened, spent, status == cp_model.OPTIMAL)


def _one(model, arrays, a, mine, x, costs):
    """One assistant's rules and costs."""
    weights, limits = arrays.weights, arrays.limits
    for place, s in enumerate(mine):
        if (
            arrays.begin[s] - arrays.last_end[a] < limits[REST]
            or arrays.end[s] - arrays.begin[s] > limits[LONG]
        ):
            model.add(x[a, s] == 0)
        for r in mine[place + 1 :]:
            if arrays.begin[r] - arrays.begin[s] > 2 * limits[LONG]:
                break
            if clash(arrays, s, r):
                model.add_bool_or([~x[a, s], ~x[a, r]])
    days: dict[int, list[int]] = {}
    nights: dict[int, list[int]] = {}
    weekends: dict[int, list[int]] = {}
    people: dict[int, list[int]] = {}
    for s in mine:
        days.setdefault(int(arrays.day[s]), []).append(s)
        people.setdefault(int(arrays.person[s]), []).append(s)
        if arrays.night[s]:
            nights.setdefault(int(arrays.day[s]), []).append(s)
        if arrays.weekend[s]:
            weekends.setdefault(int(arrays.weekend[s]), []).append(s)
    for groups, most in ((days, int(limits[DAYS])), (nights, int(limits[NIGHTS]))):
        works = {day: _any(model, [x[a, s] for s in some]) for day, some in groups.items()}
        for day in works:
            window = [works[d] for d in range(day, day + most + 1) if d in works]
            if len(window) > most:
                model.add(sum(window) <= most)
        if groups is days:
            costs.extend(
                (variable, int(arrays.wish[a, day])) for day, variable in works.items() if arrays.wish[a, day]
            )
    model.add(
        sum(_any(model, [x[a, s] for s in some]) for some in weekends.values()) <= int(limits[WEEKENDS])
    )
    for week in range(len(arrays.week) - 1):
        opens, closes = max(int(arrays.week[week]), int(arrays.last_end[a])), int(arrays.week[week + 1])
        chosen = []
        for window in rest_windows(arrays, mine, opens, closes, int(limits[WEEKLY])):
            free = model.new_bool_var("")
            chosen.append(free)
            for s in window:
                model.add_implication(free, ~x[a, s])
        model.add_bool_or(chosen)
    active = sum(x[a, s] * int(arrays.active[s]) for s in mine)
    model.add(active <= int(arrays.ordinary[0]))
    model.add(sum(x[a, s] * int(arrays.on_call[s]) for s in mine) <= int(limits[ON_CALL]))
    model.add(sum(x[a, s] * int(arrays.active[s] + arrays.on_call[s]) for s in mine) <= int(arrays.most[a]))
    contract = int(arrays.contract[a])
    if contract == 0:
        costs.extend((x[a, s], int(weights[OVER_HOURLY]) * int(arrays.active[s])) for s in mine)
    else:
        under, over = model.new_int_var(0, contract, ""), model.new_int_var(0, int(arrays.ordinary[0]), "")
        model.add(active == contract - under + over)
        costs.extend(((under, int(weights[UNDER])), (over, int(weights[OVER]))))
    for some, share, weight in (
        ([s for s in mine if arrays.night[s]], int(arrays.fair_nights[a]), int(weights[NIGHT_FAIR])),
        ([s for s in mine if arrays.weekend[s]], int(arrays.fair_weekends[a]), int(weights[WEEKEND_FAIR])),
    ):
        above = model.new_int_var(0, len(some) + 1, "")
        model.add(above >= sum(x[a, s] for s in some) - share)
        costs.append((above, weight * HOUR))
    for person, some in people.items():
        costs.append((_any(model, [x[a, s] for s in some]), int(weights[DISTINCT]) * HOUR))
        if arrays.home[a] >= 0 and person != arrays.home[a]:
            costs.extend((x[a, s], int(weights[OTHER_TEAM]) * HOUR) for s in some)


def _any(model, variables):
    some = model.new_bool_var("")
    model.add_max_equality(some, variables)
    return some
