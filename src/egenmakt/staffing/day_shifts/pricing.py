"""Pricing for the master program: the best days of everybody at given prices, and all days nearly as good.

Guarantees: the bounds hold for every lawful roster; an enumeration that says it is whole has missed nothing.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from egenmakt.staffing.day_shifts.paths import (
    IMPOSSIBLE,
    backward,
    cheapest_days,
    class_costs,
    least_with,
)
from egenmakt.staffing.day_shifts.tables import BIG


@njit(cache=True, nogil=True)
def price_everybody(tables, prices, duals, skipped, layers, out, counts, bounds):
    """For each employee not skipped the cheapest ways (`out`, E × N × D) when each shift brings in its dual price.

    `counts` is how many were found, `bounds` what no lawful way costs less than.
    """
    staff, days, kinds = prices.shape
    costs = np.empty((days, kinds))
    cheapest = np.zeros((days, kinds), np.int64)
    trail = np.empty(days, np.int64)
    own = np.empty((days, kinds))
    for e in range(staff):
        counts[e] = 0
        if skipped[e]:
            continue
        for d in range(days):
            for k in range(kinds):
                own[d, k] = prices[e, d, k] - duals[d, k]
        counts[e], bounds[e] = cheapest_days(tables, e, own, layers, costs, cheapest, trail, out[e])


@njit(cache=True, nogil=True)
def excess_of_everything(tables, prices, duals, layers, others, excess):
    """For each employee, day and kind how much dearer the best way with it is than the best way of all (E × D × K)."""
    staff, days, kinds = prices.shape
    costs = np.empty((days, kinds))
    cheapest = np.zeros((days, kinds), np.int64)
    own = np.empty((days, kinds))
    least = np.empty((days, kinds))
    for e in range(staff):
        for d in range(days):
            for k in range(kinds):
                own[d, k] = prices[e, d, k] - duals[d, k]
        class_costs(tables, e, own, costs, cheapest)
        least_with(tables, e, costs, layers, others, least)
        best = BIG
        for c in range(tables.classes[e] + 1):
            best = min(best, least[0, c])
        for d in range(days):
            excess[e, d, 0] = least[d, 0] - best
            for k in range(1, kinds):
                c = tables.class_of[e, k]
                if c < 0 or prices[e, d, k] >= IMPOSSIBLE:
                    excess[e, d, k] = BIG
                else:
                    excess[e, d, k] = least[d, c + 1] - best + own[d, k] - costs[d, c + 1]


@njit(cache=True, nogil=True)
def all_within(tables, e, prices, duals, dearest, layers, out, steps):
    """Every way of one employee that costs at most `dearest`, into `out` (N × D).

    Returns how many; -1 when there is not room for all, or `steps` steps did not suffice.
    """
    days, kinds = prices.shape
    costs = np.empty((days, kinds))
    cheapest = np.zeros((days, kinds), np.int64)
    own = prices - duals
    class_costs(tables, e, own, costs, cheapest)
    backward(tables, e, costs, layers)
    groups, longest = tables.classes[e], tables.most_run[e]
    least_run, rest = tables.least_run[e], tables.least_off[e]
    runs = groups * longest
    width = max(tables.weekends[e], 0) + 1
    counted = tables.weekends[e] >= 0
    rows = runs + rest
    block = rows * width
    choice = np.full(days + 1, -1, np.int64)  # the kind tried last on each day
    used = np.zeros(days + 1, np.int64)
    row = np.full(days + 1, rows - 1, np.int64)
    weekends = np.zeros(days + 1, np.int64)
    cost = np.zeros(days + 1)
    path = np.zeros(days, np.int8)
    found, d = 0, 0
    while d >= 0:
        choice[d] += 1
        if choice[d] >= kinds:
            d -= 1
            continue
        steps -= 1
        if steps < 0:
            return -1
        k = choice[d]
        price = own[d, k]
        if price >= IMPOSSIBLE:
            continue
        was, q, w = row[d], used[d], weekends[d]
        if k == 0:
            if d == 0:
                now = rows - 1
            elif was < runs:
                run = was % longest + 1
                if run < least_run and run != d:
                    continue
                now = runs
            else:
                now = min(was + 1, rows - 1)
        else:
            c = tables.class_of[e, k]
            if c < 0:
                continue
            if was < runs:
                if was % longest + 1 >= longest or tables.barred[e, was // longest, c]:
                    continue
                now = c * longest + was % longest + 1
                w += 1 if counted and d % 7 == 5 else 0
            elif was == rows - 1:
                now = c * longest
                w += 1 if counted and (d % 7 == 5 or d % 7 == 6) else 0
            else:
                continue
            q = tables.after[e, q, c]
            if w >= width:
                continue
        if q < tables.first_state[e, d] or q >= tables.last_state[e, d]:
            continue
        if cost[d] + price + layers[d, q * block + now * width + w] > dearest:
            continue
        path[d] = k
        if d == days - 1:
            lawful = True
            for kind in range(1, kinds):
                if tables.checked_most[e, kind] < days:
                    times = 0
                    for day in range(days):
                        times += path[day] == kind
                    lawful = lawful and times <= tables.checked_most[e, kind]
            if lawful:
                if found == out.shape[0]:
                    return -1
                out[found] = path
                found += 1
            continue
        d += 1
        used[d], row[d], weekends[d], cost[d], choice[d] = q, now, w, cost[d - 1] + price, -1
    return found
