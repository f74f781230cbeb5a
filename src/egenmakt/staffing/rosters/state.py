"""A lawful roster while it is being improved: who has what, what it costs, and what a change of it would cost.

The sums by assistant are kept beside the calendars, so that most changes can be refused by their cost alone, before
anything is walked.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from egenmakt.staffing.rosters.arrays import (
    ACTIVE,
    BEFORE,
    CONTRACT,
    DAY,
    FAIR_NIGHTS,
    FAIR_WEEKENDS,
    HOME,
    HOUR,
    NEVER,
    NIGHT,
    NOBODY,
    PERSON,
    UNMET,
    WEEKEND,
    Array,
    Arrays,
    persons_of,
)
from egenmakt.staffing.rosters.calendars import (
    CHANGE,
    DISTINCT,
    NIGHT_FAIR,
    OPEN,
    OTHER_TEAM,
    OVER,
    OVER_HOURLY,
    UNDER,
    UNLAWFUL,
    WEEKEND_FAIR,
    changed,
    price,
)
from egenmakt.staffing.rosters.compiled import compiled, inlined

RENEWED_MOST = 16  # shifts that are opened at once
NO_COST = 1 << 62  # more than anything costs


class State(NamedTuple):
    """A lawful roster while it is being improved."""

    owner: Array  # int64 [S]: assistant, -1 open
    calendar: Array  # int32 [A, most shifts one can have]
    size: Array  # int64 [A]
    price: Array  # int64 [A]
    active: Array  # int64 [A]: active time
    nights: Array  # int64 [A]: night shifts
    weekends: Array  # int64 [A]: shifts that touch a weekend
    worked: Array  # uint8 [A, D]: shifts that begin that day
    known: Array  # int16 [A, persons]: shifts at that person


class Scratch(NamedTuple):
    """What one thread writes on. A proposal is up to three calendars and the shifts that change hands."""

    chance: Array  # uint64 [1]
    seen: Array  # int64 [persons + 2]: walked persons, see calendars.price
    calendar: Array  # int32 [3, most shifts one can have + 1]
    who: Array  # int64 [3]: whose calendars they are
    size: Array  # int64 [3]
    cost: Array  # int64 [3]
    given: Array  # int64 [2 * most + 3, 2]: shift, new owner
    opened: Array  # int64 [RENEWED_MOST, 2]: shift, owner before, see renewing.py
    costs: Array  # int64 [most candidates]: of a shift, see renewing.py
    tried: Array  # int64 [6]: proposals by kind of move
    made: Array  # int64 [6]: those that were made


def scratch_of(arrays: Arrays, most: int, seed: int) -> Scratch:
    """Fresh scratch for one thread, its chance decided by the seed."""
    return Scratch(
        np.array([(seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF], np.uint64),
        np.zeros(persons_of(arrays) + 1, np.int64),
        np.zeros((3, most + 1), np.int32),
        np.zeros(3, np.int64),
        np.zeros(3, np.int64),
        np.zeros(3, np.int64),
        np.zeros((2 * most + 3, 2), np.int64),
        np.zeros((RENEWED_MOST, 2), np.int64),
        np.zeros(np.diff(arrays.candidate_from).max(initial=0), np.int64),
        np.zeros(6, np.int64),
        np.zeros(6, np.int64),
    )


def empty_state(arrays: Arrays, most: int) -> State:
    """A roster in which every shift is open."""
    shifts, assistants = len(arrays.shift), len(arrays.one)
    return State(
        np.full(shifts, NOBODY, np.int64),
        np.zeros((assistants, most), np.int32),
        np.zeros(assistants, np.int64),
        np.zeros(assistants, np.int64),
        np.zeros(assistants, np.int64),
        np.zeros(assistants, np.int64),
        np.zeros(assistants, np.int64),
        np.zeros(arrays.wish.shape, np.uint8),
        np.zeros((assistants, persons_of(arrays)), np.int16),
    )


def most_shifts(arrays: Arrays) -> int:
    """The most shifts that any one assistant could have without two at a time."""
    most = 1
    begin, end = arrays.begin, arrays.end
    for a in range(len(arrays.one)):
        mine = arrays.able[arrays.able_from[a, 0] : arrays.able_from[a, -1]]
        mine = mine[np.argsort(end[mine], kind="stable")]
        count, free = 0, NEVER
        for opens, closes in zip(begin[mine].tolist(), end[mine].tolist(), strict=True):
            if opens >= free:
                count, free = count + 1, closes
        most = max(most, count)
    return most


@inlined
def held(arrays: Arrays, s: int, a: int) -> int:
    """What a shift costs by itself, given to `a` or open (-1): open, and changed since the previous roster."""
    cost = 0
    if a < 0:
        cost += arrays.weights[OPEN] * HOUR
    if arrays.shift[s, BEFORE] != -2 and arrays.shift[s, BEFORE] != a:
        cost += arrays.weights[CHANGE] * HOUR
    return cost


@inlined
def sums(arrays: Arrays, a: int, active: int, nights: int, weekends: int) -> int:
    """The part of the cost that depends on hours, nights and weekend shifts in all."""
    weights = arrays.weights
    contract = arrays.one[a, CONTRACT]
    if contract == 0:
        cost = weights[OVER_HOURLY] * active
    elif active < contract:
        cost = weights[UNDER] * (contract - active)
    else:
        cost = weights[OVER] * (active - contract)
    cost += weights[NIGHT_FAIR] * HOUR * max(0, nights - arrays.one[a, FAIR_NIGHTS])
    cost += weights[WEEKEND_FAIR] * HOUR * max(0, weekends - arrays.one[a, FAIR_WEEKENDS])
    return cost


@inlined
def worth(arrays: Arrays, state: State, a: int, out: int, into: int) -> int:
    """How much more the calendar of `a` costs without shift `out` and with `into` (-1: none), lawful or not."""
    weights = arrays.weights
    active, nights, weekends = state.active[a], state.nights[a], state.weekends[a]
    cost = -sums(arrays, a, active, nights, weekends)
    home = arrays.one[a, HOME]
    if out >= 0:
        active -= arrays.shift[out, ACTIVE]
        nights -= arrays.shift[out, NIGHT]
        weekends -= arrays.shift[out, WEEKEND] != 0
        day, person = arrays.shift[out, DAY], arrays.shift[out, PERSON]
        if state.worked[a, day] == 1 and (into < 0 or arrays.shift[into, DAY] != day):
            cost -= arrays.wish[a, day]
        if state.known[a, person] == 1 and (into < 0 or arrays.shift[into, PERSON] != person):
            cost -= weights[DISTINCT] * HOUR
        if home >= 0 and person != home:
            cost -= weights[OTHER_TEAM] * HOUR
    if into >= 0:
        active += arrays.shift[into, ACTIVE]
        nights += arrays.shift[into, NIGHT]
        weekends += arrays.shift[into, WEEKEND] != 0
        day, person = arrays.shift[into, DAY], arrays.shift[into, PERSON]
        if state.worked[a, day] == 0:
            cost += arrays.wish[a, day]
        if state.known[a, person] == 0:
            cost += weights[DISTINCT] * HOUR
        if home >= 0 and person != home:
            cost += weights[OTHER_TEAM] * HOUR
    return cost + sums(arrays, a, active, nights, weekends)


@compiled
def count_in(arrays: Arrays, state: State, a: int, s: int, more: int) -> None:
    """Count a shift in (+1) or out (-1) of what `a` has in all."""
    state.active[a] += more * arrays.shift[s, ACTIVE]
    state.nights[a] += more * arrays.shift[s, NIGHT]
    if arrays.shift[s, WEEKEND] != 0:
        state.weekends[a] += more
    state.worked[a, arrays.shift[s, DAY]] += more
    state.known[a, arrays.shift[s, PERSON]] += more


@compiled
def take(arrays: Arrays, state: State, a: int, calendar: Array, count: int, cost: int) -> None:
    """Let assistant `a` have this calendar."""
    i, j = 0, 0
    had = state.size[a]
    while i < had or j < count:
        if j >= count or (i < had and state.calendar[a, i] < calendar[j]):
            count_in(arrays, state, a, state.calendar[a, i], -1)
            i += 1
        elif i >= had or calendar[j] < state.calendar[a, i]:
            count_in(arrays, state, a, calendar[j], 1)
            j += 1
        else:
            i += 1
            j += 1
    for place in range(count):
        state.calendar[a, place] = calendar[place]
    state.size[a] = count
    state.price[a] = cost


@compiled
def enter(arrays: Arrays, state: State, a: int, s: int, cost: int) -> None:
    """Let assistant `a` have the open shift `s` too, in a calendar that then costs so much."""
    calendar = state.calendar[a]
    place = state.size[a]
    while place > 0 and calendar[place - 1] > s:
        calendar[place] = calendar[place - 1]
        place -= 1
    calendar[place] = s
    state.size[a] += 1
    state.price[a] = cost
    count_in(arrays, state, a, s, 1)
    state.owner[s] = a


@compiled
def leave(arrays: Arrays, state: State, a: int, s: int) -> None:
    """Take shift `s` from assistant `a`, and leave it open. A lawful calendar stays lawful."""
    state.price[a] += worth(arrays, state, a, s, -1)
    calendar = state.calendar[a]
    place = state.size[a] - 1
    following = calendar[place]
    while following != s:
        place -= 1
        calendar[place], following = following, calendar[place]
    state.size[a] -= 1
    count_in(arrays, state, a, s, -1)
    state.owner[s] = NOBODY


@compiled
def total(arrays: Arrays, state: State) -> int:
    """The cost of the whole roster."""
    cost = 0
    for a in range(state.size.shape[0]):
        cost += state.price[a]
    for s in range(state.owner.shape[0]):
        cost += held(arrays, s, state.owner[s])
    return cost


@compiled
def lay(arrays: Arrays, state: State, owner: Array, scratch: Scratch) -> bool:
    """Fill the calendars from owners; False when somebody's calendar is unlawful."""
    state.size[:] = 0
    state.active[:] = 0
    state.nights[:] = 0
    state.weekends[:] = 0
    state.worked[:] = 0
    state.known[:] = 0
    for s in range(owner.shape[0]):
        a = owner[s]
        state.owner[s] = a
        if a >= 0:
            if state.size[a] >= state.calendar.shape[1]:
                return False
            state.calendar[a, state.size[a]] = s
            state.size[a] += 1
            count_in(arrays, state, a, s, 1)
    for a in range(state.size.shape[0]):
        state.price[a] = price(arrays, a, state.calendar[a], state.size[a], scratch.seen)
        if state.price[a] == UNLAWFUL:
            return False
    return True


@compiled
def settle(arrays: Arrays, state: State, scratch: Scratch, calendars: int, shifts: int) -> bool:
    """Make the proposal: so many calendars and shifts of the scratch. False, and nothing changed, if it is unlawful."""
    for k in range(calendars):
        if scratch.size[k] > state.calendar.shape[1]:
            return False
        scratch.cost[k] = price(arrays, scratch.who[k], scratch.calendar[k], scratch.size[k], scratch.seen)
        if scratch.cost[k] == UNLAWFUL:
            return False
    for k in range(calendars):
        take(arrays, state, scratch.who[k], scratch.calendar[k], scratch.size[k], scratch.cost[k])
    for place in range(shifts):
        state.owner[scratch.given[place, 0]] = scratch.given[place, 1]
    return True


@compiled
def propose(state: State, scratch: Scratch, k: int, a: int, out: int, into: int) -> None:
    """Calendar `k` of the proposal: that of `a` without `out` and with `into` (-1: none)."""
    scratch.who[k] = a
    scratch.size[k] = changed(state.calendar[a], state.size[a], out, into, scratch.calendar[k])


@compiled
def hand(scratch: Scratch, place: int, s: int, a: int) -> None:
    """Shift number `place` of the proposal goes to `a`."""
    scratch.given[place, 0] = s
    scratch.given[place, 1] = a


@compiled
def worth_of(arrays: Arrays, state: State, scratch: Scratch, k: int) -> int:
    """How much more calendar `k` of the proposal costs than what its assistant has, lawful or not."""
    a = scratch.who[k]
    walk = scratch.seen[-1] + 1
    scratch.seen[-1] = walk
    active, nights, weekends, last_day = 0, 0, 0, -1
    cost = arrays.one[a, UNMET]
    home = arrays.one[a, HOME]
    for place in range(scratch.size[k]):
        s = scratch.calendar[k, place]
        active += arrays.shift[s, ACTIVE]
        nights += arrays.shift[s, NIGHT]
        weekends += arrays.shift[s, WEEKEND] != 0
        if arrays.shift[s, DAY] != last_day:
            last_day = arrays.shift[s, DAY]
            cost += arrays.wish[a, last_day]
        person = arrays.shift[s, PERSON]
        if scratch.seen[person] != walk:
            scratch.seen[person] = walk
            cost += arrays.weights[DISTINCT] * HOUR
        if home >= 0 and person != home:
            cost += arrays.weights[OTHER_TEAM] * HOUR
    return cost + sums(arrays, a, active, nights, weekends) - state.price[a]
