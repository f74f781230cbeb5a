"""Local search: one shift, two shifts, a chain of three, a stretch of days or a whole person changes hands.

Every change is priced by walking the calendars it touches (`calendars.price`), so that only lawful rosters are ever
held. A worse roster is accepted with a chance that falls with the temperature. Several threads share one roster:
each has its own part of the assistants and of the shifts, and none touches another's.
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
    FIXED,
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
    fits,
    is_able,
    place_of,
    price,
)
from egenmakt.staffing.rosters.compiled import compiled, inlined

GIVEN, SWAPPED, CHAINED, STRETCHED, HANDED = range(5)


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
    tried: Array  # int64 [5]: proposals by kind of move
    made: Array  # int64 [5]: those that were made


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
        np.zeros(5, np.int64),
        np.zeros(5, np.int64),
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
def draw(chance: Array) -> int:
    """The next 32 bits of chance (splitmix64)."""
    chance[0] += np.uint64(0x9E3779B97F4A7C15)
    word = chance[0]
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return int((word ^ (word >> np.uint64(31))) >> np.uint64(33))


@inlined
def below(chance: Array, most: int) -> int:
    """A whole number from 0 to `most` - 1."""
    return (draw(chance) * most) >> 31


@inlined
def patience(chance: Array, heat: float) -> float:
    """How much worse a roster may become by the next change: drawn so that the chance falls with how much worse."""
    return -heat * np.log((draw(chance) + 1) / 2147483648.0)


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
def keep(arrays: Arrays, state: State, owner: Array, scratch: Scratch) -> None:
    """Give each open shift to the owner said, where he may have it and his calendar stays lawful."""
    for s in range(owner.shape[0]):
        a = owner[s]
        if a < 0 or state.owner[s] >= 0 or not is_able(arrays, a, s):
            continue
        if fits(arrays, state.calendar[a], state.size[a], s, -1):
            propose(state, scratch, 0, a, -1, s)
            hand(scratch, 0, s, a)
            settle(arrays, state, scratch, 1, 1)


@compiled
def construct(arrays: Arrays, state: State, order: Array, scratch: Scratch) -> None:
    """Give each open shift, in the order given, to the assistant for whom it costs the least, if anyone may take it.

    Dear choices are not walked through: what a shift costs is known before its lawfulness.
    """
    for turn in range(order.shape[0]):
        s = order[turn]
        if state.owner[s] >= 0:
            continue
        first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
        floor = -(1 << 62)
        while True:
            best, chosen = held(arrays, s, -1), -1
            for place in range(first, last):
                a = arrays.candidates[place]
                more = worth(arrays, state, a, -1, s) + held(arrays, s, a)
                # Those refused so far are the ones at or below the floor; equals are told apart by their order.
                rank = more * 4096 + (place - first)
                if rank > floor and more < best and fits(arrays, state.calendar[a], state.size[a], s, -1):
                    best, chosen = more, place
            if chosen < 0:
                break
            a = arrays.candidates[chosen]
            propose(state, scratch, 0, a, -1, s)
            hand(scratch, 0, s, a)
            if settle(arrays, state, scratch, 1, 1):
                break
            floor = best * 4096 + (chosen - first)


@compiled
def give(arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int) -> int:
    """Give shift `s` to one more of its candidates, or (seldom) to nobody. Returns the change of cost."""
    a = state.owner[s]
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    place = first + below(scratch.chance, last - first + 1)
    b = -1
    if place < last:
        b = arrays.candidates[place]
        if part[b] != mine:
            return 0
    if a == b:
        return 0
    change = held(arrays, s, b) - held(arrays, s, a)
    if a >= 0:
        change += worth(arrays, state, a, s, -1)
    if b >= 0:
        change += worth(arrays, state, b, -1, s)
    if change > patience(scratch.chance, heat):
        return 0
    calendars = 0
    if b >= 0:
        if not fits(arrays, state.calendar[b], state.size[b], s, -1):
            return 0
        propose(state, scratch, calendars, b, -1, s)
        calendars += 1
    if a >= 0:
        propose(state, scratch, calendars, a, s, -1)
        calendars += 1
    hand(scratch, 0, s, b)
    if not settle(arrays, state, scratch, calendars, 1):
        return 0
    scratch.made[GIVEN] += 1
    return change


@compiled
def swap(arrays: Arrays, state: State, scratch: Scratch, homes: Array, mine: int, heat: float, s: int) -> int:
    """The assistant of `s` takes another shift near it instead, and that shift's assistant takes `s`."""
    a = state.owner[s]
    if a < 0:
        return 0
    day = arrays.shift[s, DAY]
    chance = below(scratch.chance, 8)
    days = arrays.able_from.shape[1] - 1
    if chance == 0:
        low, high = 0, days
    elif chance < 4:
        low, high = day, day + 1
    else:
        low, high = max(0, day - 2), min(days, day + 3)
    first, last = arrays.able_from[a, low], arrays.able_from[a, high]
    if last == first:
        return 0
    r = arrays.able[first + below(scratch.chance, last - first)]
    if r == s or homes[r] != mine or arrays.shift[r, FIXED] == 1:
        return 0
    b = state.owner[r]
    if b == a or (b >= 0 and not is_able(arrays, b, s)):
        return 0
    change = held(arrays, r, a) - held(arrays, r, b) + held(arrays, s, b) - held(arrays, s, a)
    change += worth(arrays, state, a, s, r)
    if b >= 0:
        change += worth(arrays, state, b, r, s)
    if change > patience(scratch.chance, heat):
        return 0
    if not fits(arrays, state.calendar[a], state.size[a], r, s):
        return 0
    propose(state, scratch, 0, a, s, r)
    hand(scratch, 0, r, a)
    calendars = 1
    if b >= 0:
        if not fits(arrays, state.calendar[b], state.size[b], s, r):
            return 0
        propose(state, scratch, 1, b, r, s)
        calendars = 2
    hand(scratch, 1, s, b)
    if not settle(arrays, state, scratch, calendars, 2):
        return 0
    scratch.made[SWAPPED] += 1
    return change


@compiled
def chain(arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int) -> int:
    """`s` goes to another, who gives up a shift near it to a third."""
    a = state.owner[s]
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    if last == first:
        return 0
    b = arrays.candidates[first + below(scratch.chance, last - first)]
    if b == a or part[b] != mine or state.size[b] == 0:
        return 0
    calendar = state.calendar[b]
    near = below(scratch.chance, state.size[b])
    if below(scratch.chance, 4):
        near = place_of(calendar, state.size[b], s) - 2 + below(scratch.chance, 4)
    if near < 0 or near >= state.size[b]:
        return 0
    r = calendar[near]
    if arrays.shift[r, FIXED] == 1:
        return 0
    first, last = arrays.candidate_from[r], arrays.candidate_from[r + 1]
    c = arrays.candidates[first + below(scratch.chance, last - first)]
    if part[c] != mine or c == b or c == a:  # noqa: PLR1714, SIM109  # compiled
        return 0
    change = worth(arrays, state, b, r, s) + worth(arrays, state, c, -1, r)
    change += held(arrays, s, b) - held(arrays, s, a) + held(arrays, r, c) - held(arrays, r, b)
    if a >= 0:
        change += worth(arrays, state, a, s, -1)
    if change > patience(scratch.chance, heat):
        return 0
    if not fits(arrays, calendar, state.size[b], s, r):
        return 0
    if not fits(arrays, state.calendar[c], state.size[c], r, -1):
        return 0
    propose(state, scratch, 0, b, r, s)
    propose(state, scratch, 1, c, -1, r)
    calendars = 2
    if a >= 0:
        propose(state, scratch, 2, a, s, -1)
        calendars = 3
    hand(scratch, 0, s, b)
    hand(scratch, 1, r, c)
    if not settle(arrays, state, scratch, calendars, 2):
        return 0
    scratch.made[CHAINED] += 1
    return change


@compiled
def stretch(
    arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int, whole: bool
) -> int:
    """Two assistants exchange all shifts they can over some days around `s`; or (`whole`) one hands over a person."""
    a = state.owner[s]
    if a < 0:
        return 0
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    b = arrays.candidates[first + below(scratch.chance, last - first)]
    if b == a or part[b] != mine:
        return 0
    days = arrays.able_from.shape[1] - 1
    length, begins = days, 0
    if not whole:
        length = 1 + below(scratch.chance, 7 if below(scratch.chance, 4) else days)
        begins = max(0, arrays.shift[s, DAY] - below(scratch.chance, length))
    ends = begins + length
    scratch.who[0], scratch.who[1] = a, b
    sizes = scratch.size
    sizes[0], sizes[1] = 0, 0
    i, j, moved, change = 0, 0, 0, 0
    most = state.calendar.shape[1]
    while i < state.size[a] or j < state.size[b]:
        if j >= state.size[b] or (i < state.size[a] and state.calendar[a, i] < state.calendar[b, j]):
            r, holder, other = state.calendar[a, i], 0, b
            i += 1
            goes = not whole or arrays.shift[r, PERSON] == arrays.shift[s, PERSON]
        else:
            r, holder, other = state.calendar[b, j], 1, a
            j += 1
            goes = not whole
        if (
            goes
            and begins <= arrays.shift[r, DAY] < ends
            and arrays.shift[r, FIXED] == 0
            and is_able(arrays, other, r)
        ):
            change += held(arrays, r, other) - held(arrays, r, scratch.who[holder])
            hand(scratch, moved, r, other)
            moved += 1
            holder = 1 - holder
        if sizes[holder] >= most:
            return 0
        scratch.calendar[holder, sizes[holder]] = r
        sizes[holder] += 1
    if moved == 0:
        return 0
    change += worth_of(arrays, state, scratch, 0) + worth_of(arrays, state, scratch, 1)
    if change > patience(scratch.chance, heat) or not settle(arrays, state, scratch, 2, moved):
        return 0
    scratch.made[HANDED if whole else STRETCHED] += 1
    return change


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


@compiled
def anneal(
    arrays: Arrays,
    state: State,
    scratch: Scratch,
    part: Array,
    homes: Array,
    mine: int,
    shifts: Array,
    tries: int,
    heat: float,
    mix: Array,
) -> int:
    """So many tries at one temperature within one part. `shifts` are the part's that may move; `mix` says which moves.

    Returns the change of cost.
    """
    change = 0
    count = shifts.shape[0]
    if count == 0:
        return 0
    for _ in range(tries):
        s = shifts[below(scratch.chance, count)]
        kind = mix[below(scratch.chance, mix.shape[0])]
        scratch.tried[kind] += 1
        if kind == GIVEN:
            change += give(arrays, state, scratch, part, mine, heat, s)
        elif kind == SWAPPED:
            change += swap(arrays, state, scratch, homes, mine, heat, s)
        elif kind == CHAINED:
            change += chain(arrays, state, scratch, part, mine, heat, s)
        else:
            change += stretch(arrays, state, scratch, part, mine, heat, s, kind == HANDED)
    return change
