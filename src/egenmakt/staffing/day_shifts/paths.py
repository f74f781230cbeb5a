"""The cheapest lawful days of one employee when every day and kind has a price: dynamic programming, compiled.

A state after a day is: what was worked last and how many days in a row (or how many days off, up to the least), what
is used up (`tables`), and how many weekends. Guarantees: what is returned keeps every rule that the tables hold, and
nothing cheaper does; limits outside the tables (`checked_most`) are tried for by raising prices, and the answer says
whether they hold.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from egenmakt.staffing.day_shifts.tables import BIG, Tables

IMPOSSIBLE = 1e8  # what costs as much is not permitted
MOST_RUNS = 1 << 10


@njit(cache=True, nogil=True)
def room_for(tables: Tables) -> int:
    """How many numbers one layer takes at most."""
    most = 1
    for e in range(tables.classes.shape[0]):
        runs = tables.classes[e] * tables.most_run[e] + tables.least_off[e]
        most = max(most, runs * tables.states[e] * (max(tables.weekends[e], 0) + 1))
    return most


@njit(cache=True, nogil=True)
def forward(tables, e, costs, layers):
    """Fill the layers: the least cost of days 0 … d that end in each state.

    `costs` is D × (C + 1): the price of a day off, then of each class.
    """
    days = costs.shape[0]
    groups = tables.classes[e]
    longest = tables.most_run[e]
    least_run = tables.least_run[e]
    rest = tables.least_off[e]
    runs = groups * longest
    width = max(tables.weekends[e], 0) + 1
    counted = tables.weekends[e] >= 0
    rows = runs + rest
    block = rows * width
    for d in range(days):
        low, high = tables.first_state[e, d], tables.last_state[e, d]
        here = layers[d]
        here[low * block : high * block] = BIG
        if d == 0:
            if low == 0 and costs[0, 0] < IMPOSSIBLE:
                here[(rows - 1) * width] = costs[0, 0]
            for c in range(groups):
                q = tables.after[e, 0, c]
                if low <= q < high and costs[0, c + 1] < IMPOSSIBLE:
                    here[q * block + c * longest * width] = costs[0, c + 1]
            continue
        was = layers[d - 1]
        was_low, was_high = tables.first_state[e, d - 1], tables.last_state[e, d - 1]
        starts = 1 if counted and (d % 7 == 5 or d % 7 == 6) else 0
        goes_on = 1 if counted and d % 7 == 5 else 0
        for q in range(low, high):
            base = q * block
            for c in range(groups):
                p = tables.before[e, q, c]
                cost = costs[d, c + 1]
                if p < was_low or p >= was_high or cost >= IMPOSSIBLE:
                    continue
                to = base + c * longest * width
                source = p * block
                for w in range(starts, width):
                    here[to + w] = was[source + (rows - 1) * width + w - starts] + cost
                for run in range(1, min(longest, d + 1)):
                    target = to + run * width
                    for other in range(groups):
                        if tables.barred[e, other, c]:
                            continue
                        lying = source + (other * longest + run - 1) * width
                        for w in range(goes_on, width):
                            value = was[lying + w - goes_on] + cost
                            here[target + w] = min(here[target + w], value)
            cost = costs[d, 0]
            if cost >= IMPOSSIBLE or q < was_low or q >= was_high:
                continue
            first = base + runs * width
            for c in range(groups):
                for run in range(longest):
                    if run + 1 >= least_run or run + 1 == d:
                        lying = base + (c * longest + run) * width
                        for w in range(width):
                            value = was[lying + w] + cost
                            here[first + w] = min(here[first + w], value)
            for off in range(1, rest):
                for w in range(width):
                    here[first + off * width + w] = was[first + (off - 1) * width + w] + cost
            last = base + (rows - 1) * width
            for w in range(width):
                value = was[last + w] + cost
                here[last + w] = min(here[last + w], value)


@njit(cache=True, nogil=True)
def backward(tables, e, costs, layers):
    """Fill the layers: the least cost of the days after d, from each state after day d."""
    days = costs.shape[0]
    groups = tables.classes[e]
    longest = tables.most_run[e]
    least_run = tables.least_run[e]
    rest = tables.least_off[e]
    runs = groups * longest
    width = max(tables.weekends[e], 0) + 1
    counted = tables.weekends[e] >= 0
    rows = runs + rest
    block = rows * width
    last = layers[days - 1]
    for q in range(tables.first_state[e, days - 1], tables.last_state[e, days - 1]):
        last[q * block : (q + 1) * block] = 0.0 if tables.enough[e, q] else BIG
    for d in range(days - 2, -1, -1):
        here, then = layers[d], layers[d + 1]
        then_low, then_high = tables.first_state[e, d + 1], tables.last_state[e, d + 1]
        starts = 1 if counted and ((d + 1) % 7 == 5 or (d + 1) % 7 == 6) else 0
        goes_on = 1 if counted and (d + 1) % 7 == 5 else 0
        for q in range(tables.first_state[e, d], tables.last_state[e, d]):
            base = q * block
            here[base : base + block] = BIG
            for c in range(groups):
                p = tables.after[e, q, c]
                cost = costs[d + 1, c + 1]
                if p < then_low or p >= then_high or cost >= IMPOSSIBLE:
                    continue
                to = p * block + c * longest * width
                for w in range(width - starts):
                    here[base + (rows - 1) * width + w] = min(
                        here[base + (rows - 1) * width + w], then[to + w + starts] + cost
                    )
                for run in range(1, min(longest, d + 2)):
                    for other in range(groups):
                        if tables.barred[e, other, c]:
                            continue
                        lying = base + (other * longest + run - 1) * width
                        for w in range(width - goes_on):
                            value = then[to + run * width + w + goes_on] + cost
                            here[lying + w] = min(here[lying + w], value)
            cost = costs[d + 1, 0]
            if cost >= IMPOSSIBLE or q < then_low or q >= then_high:
                continue
            first = base + runs * width
            for c in range(groups):
                for run in range(longest):
                    if run + 1 >= least_run or run == d:
                        lying = base + (c * longest + run) * width
                        for w in range(width):
                            here[lying + w] = min(here[lying + w], then[first + w] + cost)
            for off in range(rest):
                reached = min(off + 1, rest - 1)
                for w in range(width):
                    value = then[first + reached * width + w] + cost
                    here[first + off * width + w] = min(here[first + off * width + w], value)


@njit(cache=True, nogil=True)
def walk_back(tables, e, costs, layers, q, row, w, groups_of_days):
    """Write into `groups_of_days` the class of each day (-1: off) of the cheapest way to a state after the last day."""
    days = costs.shape[0]
    groups = tables.classes[e]
    longest = tables.most_run[e]
    least_run = tables.least_run[e]
    rest = tables.least_off[e]
    runs = groups * longest
    width = max(tables.weekends[e], 0) + 1
    counted = tables.weekends[e] >= 0
    rows = runs + rest
    block = rows * width
    for d in range(days - 1, -1, -1):
        groups_of_days[d] = row // longest if row < runs else -1
        if d == 0:
            return
        was = layers[d - 1]
        low, high = tables.first_state[e, d - 1], tables.last_state[e, d - 1]
        best, best_row = 4 * BIG, -1
        if row < runs:
            c, run = row // longest, row % longest
            q = tables.before[e, q, c]
            if run == 0:
                w -= 1 if counted and (d % 7 == 5 or d % 7 == 6) else 0
                row = rows - 1
                continue
            w -= 1 if counted and d % 7 == 5 else 0
            for other in range(groups):
                if not tables.barred[e, other, c]:
                    value = was[q * block + (other * longest + run - 1) * width + w]
                    if value < best:
                        best, best_row = value, other * longest + run - 1
        else:
            off = row - runs
            if off == 0:
                for c in range(groups):
                    for run in range(longest):
                        if run + 1 >= least_run or run + 1 == d:
                            value = was[q * block + (c * longest + run) * width + w]
                            if value < best:
                                best, best_row = value, c * longest + run
            else:
                best, best_row = was[q * block + (row - 1) * width + w], row - 1
            if row == rows - 1 and low <= q < high:
                value = was[q * block + row * width + w]
                if value < best:
                    best, best_row = value, row
        row = best_row


@njit(cache=True, nogil=True)
def class_costs(tables, e, prices, costs, cheapest):
    """The price of each class is that of its cheapest kind; `cheapest` says which."""
    days, kinds = prices.shape
    for d in range(days):
        costs[d, 0] = prices[d, 0]
        for c in range(tables.classes[e]):
            costs[d, c + 1] = BIG
        for k in range(1, kinds):
            c = tables.class_of[e, k]
            if c >= 0 and prices[d, k] < costs[d, c + 1]:
                costs[d, c + 1] = prices[d, k]
                cheapest[d, c] = k


@njit(cache=True, nogil=True)
def _ends(tables, e, layers, days, ends, values):
    """The cheapest ends, one for each state of what is used up, cheapest first; how many there are."""
    groups, longest = tables.classes[e], tables.most_run[e]
    width = max(tables.weekends[e], 0) + 1
    rows = groups * longest + tables.least_off[e]
    block = rows * width
    count, most = 0, ends.shape[0]
    last = layers[days - 1]
    for q in range(tables.first_state[e, days - 1], tables.last_state[e, days - 1]):
        if not tables.enough[e, q]:
            continue
        best, at = IMPOSSIBLE, -1
        for place in range(block):
            if last[q * block + place] < best:
                best, at = last[q * block + place], place
        if at < 0 or (count == most and best >= values[count - 1]):
            continue
        slot = count if count < most else most - 1
        while slot > 0 and values[slot - 1] > best:
            if slot < most:
                values[slot] = values[slot - 1]
                ends[slot] = ends[slot - 1]
            slot -= 1
        values[slot] = best
        ends[slot, 0], ends[slot, 1], ends[slot, 2] = q, at // width, at % width
        count = min(count + 1, most)
    return count


@njit(cache=True, nogil=True)
def cheapest_days(tables, e, prices, layers, costs, cheapest, trail, days_out):
    """The cheapest days of one employee at these prices, D × K.

    `days_out` is N × D: up to N ways, each with another end, cheapest first. Returns how many were found, and the least
    cost that the tables permit (BIG when nothing is lawful). Limits outside the tables raise the prices of what was
    too many and try again; ways that still break them are left out.
    """
    days, kinds = prices.shape
    most = days_out.shape[0]
    ends = np.empty((most, 3), np.int64)
    values = np.empty(most, np.float64)
    class_costs(tables, e, prices, costs, cheapest)
    forward(tables, e, costs, layers)
    count = _ends(tables, e, layers, days, ends, values)
    if count == 0:
        return 0, BIG
    bound = values[0]
    found = 0
    raised = np.empty((0, 0), np.float64)
    for attempt in range(6):
        worst = 0
        for number in range(count):
            walk_back(tables, e, costs, layers, ends[number, 0], ends[number, 1], ends[number, 2], trail)
            lawful = True
            for d in range(days):
                days_out[found, d] = cheapest[d, trail[d]] if trail[d] >= 0 else 0
            for k in range(1, kinds):
                if tables.checked_most[e, k] < days:
                    times = 0
                    for d in range(days):
                        times += days_out[found, d] == k
                    if times > tables.checked_most[e, k]:
                        lawful = False
                        if number == 0:
                            worst = k
            if lawful:
                found += 1
        if found > 0 or attempt == 5:
            break
        if raised.shape[0] == 0:
            raised = prices.copy()
        step = 0.0
        for d in range(days):
            for k in range(kinds):
                if prices[d, k] < IMPOSSIBLE:
                    step = max(step, abs(prices[d, k]))
        for d in range(days):
            if raised[d, worst] < IMPOSSIBLE:
                raised[d, worst] += 0.02 * step * 4.0**attempt + 0.5
        class_costs(tables, e, raised, costs, cheapest)
        forward(tables, e, costs, layers)
        count = _ends(tables, e, layers, days, ends, values)
    return found, bound


@njit(cache=True, nogil=True)
def least_with(tables, e, costs, forwards, backwards, least):
    """For each day and class (0: off, then classes) the least cost of the whole when the day is so: D × (C + 1)."""
    days = costs.shape[0]
    groups, longest = tables.classes[e], tables.most_run[e]
    width = max(tables.weekends[e], 0) + 1
    rows = groups * longest + tables.least_off[e]
    block = rows * width
    forward(tables, e, costs, forwards)
    backward(tables, e, costs, backwards)
    for d in range(days):
        least[d, :] = BIG
        for q in range(tables.first_state[e, d], tables.last_state[e, d]):
            for row in range(rows):
                column = row // longest + 1 if row < groups * longest else 0
                for w in range(width):
                    at = q * block + row * width + w
                    value = forwards[d, at] + backwards[d, at]
                    least[d, column] = min(least[d, column], value)
