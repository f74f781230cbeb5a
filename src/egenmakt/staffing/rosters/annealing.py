"""Local search: one shift, two shifts, a chain of three, a stretch of days or a whole person changes hands.

Every change is priced by walking the calendars it touches (`calendars.price`), so that only lawful rosters are ever
held. A worse roster is accepted with a chance that falls with the temperature. Several threads share one roster:
each has its own part of the assistants and of the shifts, and none touches another's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from egenmakt.staffing.rosters.arrays import HOUR, Array, Arrays
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
    """What one thread writes on: chance, walked persons, three calendars, counts of tries and of changes by move."""

    chance: Array  # uint64 [1]
    seen: Array  # int64 [persons + 1]
    first: Array  # int32 [most shifts]
    second: Array
    third: Array
    tried: Array  # int64 [5]
    made: Array  # int64 [5]


def scratch_of(arrays: Arrays, most: int, seed: int) -> Scratch:
    """Fresh scratch for one thread, its chance decided by the seed."""
    persons = int(arrays.person.max(initial=0)) + 2
    return Scratch(
        np.array([(seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF], np.uint64),
        np.zeros(persons + 1, np.int64),
        np.zeros(most + 1, np.int32),
        np.zeros(most + 1, np.int32),
        np.zeros(most + 1, np.int32),
        np.zeros(5, np.int64),
        np.zeros(5, np.int64),
    )


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
    if arrays.before[s] != -2 and arrays.before[s] != a:
        cost += arrays.weights[CHANGE] * HOUR
    return cost


@inlined
def sums(arrays: Arrays, a: int, active: int, nights: int, weekends: int) -> int:
    """The part of the cost that depends on hours, nights and weekend shifts in all."""
    weights = arrays.weights
    contract = arrays.contract[a]
    if contract == 0:
        cost = weights[OVER_HOURLY] * active
    elif active < contract:
        cost = weights[UNDER] * (contract - active)
    else:
        cost = weights[OVER] * (active - contract)
    cost += weights[NIGHT_FAIR] * HOUR * max(0, nights - arrays.fair_nights[a])
    cost += weights[WEEKEND_FAIR] * HOUR * max(0, weekends - arrays.fair_weekends[a])
    return cost


@inlined
def worth(arrays: Arrays, state: State, a: int, out: int, into: int) -> int:
    """How much more the calendar of `a` costs without shift `out` and with `into` (-1: none), lawful or not."""
    weights = arrays.weights
    active, nights, weekends = state.active[a], state.nights[a], state.weekends[a]
    cost = -sums(arrays, a, active, nights, weekends)
    home = arrays.home[a]
    if out >= 0:
        active -= arrays.active[out]
        nights -= arrays.night[out]
        weekends -= arrays.weekend[out] != 0
        day, person = arrays.day[out], arrays.person[out]
        if state.worked[a, day] == 1 and (into < 0 or arrays.day[into] != day):
            cost -= arrays.wish[a, day]
        if state.known[a, person] == 1 and (into < 0 or arrays.person[into] != person):
            cost -= weights[DISTINCT] * HOUR
        if home >= 0 and person != home:
            cost -= weights[OTHER_TEAM] * HOUR
    if into >= 0:
        active += arrays.active[into]
        nights += arrays.night[into]
        weekends += arrays.weekend[into] != 0
        day, person = arrays.day[into], arrays.person[into]
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
    state.active[a] += more * arrays.active[s]
    state.nights[a] += more * arrays.night[s]
    if arrays.weekend[s] != 0:
        state.weekends[a] += more
    state.worked[a, arrays.day[s]] += more
    state.known[a, arrays.person[s]] += more


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
def construct(arrays: Arrays, state: State, order: Array, scratch: Scratch) -> None:
    """Give each open shift, in the order given, to the assistant for whom it costs the least, if anyone may take it."""
    for turn in range(order.shape[0]):
        s = order[turn]
        if state.owner[s] >= 0:
            continue
        best = held(arrays, s, -1)
        chosen = -1
        for place in range(arrays.candidate_from[s], arrays.candidate_from[s + 1]):
            a = arrays.candidates[place]
            if not fits(arrays, state.calendar[a], state.size[a], s, -1):
                continue
            count = changed(state.calendar[a], state.size[a], -1, s, scratch.first)
            cost = price(arrays, a, scratch.first, count, scratch.seen)
            if cost == UNLAWFUL:
                continue
            more = cost - state.price[a] + held(arrays, s, a)
            if more < best:
                best = more
                chosen = a
        if chosen >= 0:
            count = changed(state.calendar[chosen], state.size[chosen], -1, s, scratch.first)
            take(
                arrays,
                state,
                chosen,
                scratch.first,
                count,
                price(arrays, chosen, scratch.first, count, scratch.seen),
            )
            state.owner[s] = chosen


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
    if b >= 0 and not fits(arrays, state.calendar[b], state.size[b], s, -1):
        return 0
    if not replace(arrays, state, scratch, b, -1, s, scratch.second):
        return 0
    # Taking a shift away breaks no rule, so the first calendar need not be tried before the second is changed.
    replace(arrays, state, scratch, a, s, -1, scratch.first)
    state.owner[s] = b
    scratch.made[GIVEN] += 1
    return change


@compiled
def replace(
    arrays: Arrays, state: State, scratch: Scratch, a: int, out: int, into: int, calendar: Array
) -> bool:
    """Change one calendar if it stays lawful; nobody's (-1) always does."""
    if a < 0:
        return True
    count = changed(state.calendar[a], state.size[a], out, into, calendar)
    if count > state.calendar.shape[1]:
        return False
    cost = price(arrays, a, calendar, count, scratch.seen)
    if cost == UNLAWFUL:
        return False
    take(arrays, state, a, calendar, count, cost)
    return True


@compiled
def swap(
    arrays: Arrays, state: State, scratch: Scratch, part: Array, home: Array, mine: int, heat: float, s: int
) -> int:
    """The assistant of `s` takes another shift near it instead, and that shift's assistant takes `s`."""
    a = state.owner[s]
    if a < 0:
        return 0
    day = arrays.day[s]
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
    if r == s or home[r] != mine:
        return 0
    b = state.owner[r]
    if b == a or (b >= 0 and not is_able(arrays, b, s)) or arrays.fixed[r]:
        return 0
    change = held(arrays, r, a) - held(arrays, r, b) + held(arrays, s, b) - held(arrays, s, a)
    change += worth(arrays, state, a, s, r)
    if b >= 0:
        change += worth(arrays, state, b, r, s)
    if change > patience(scratch.chance, heat):
        return 0
    if not fits(arrays, state.calendar[a], state.size[a], r, s):
        return 0
    if b >= 0 and not fits(arrays, state.calendar[b], state.size[b], s, r):
        return 0
    left = changed(state.calendar[a], state.size[a], s, r, scratch.first)
    left_price = price(arrays, a, scratch.first, left, scratch.seen)
    if left_price == UNLAWFUL:
        return 0
    if not replace(arrays, state, scratch, b, r, s, scratch.second):
        return 0
    take(arrays, state, a, scratch.first, left, left_price)
    state.owner[r] = a
    state.owner[s] = b
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
    low, high = 0, state.size[b]
    while low < high:
        middle = (low + high) >> 1
        if calendar[middle] < s:
            low = middle + 1
        else:
            high = middle
    near = (
        low - 2 + below(scratch.chance, 4)
        if below(scratch.chance, 4)
        else below(scratch.chance, state.size[b])
    )
    if near < 0 or near >= state.size[b]:
        return 0
    r = calendar[near]
    if arrays.fixed[r]:
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
    middle_count = changed(calendar, state.size[b], r, s, scratch.second)
    middle_price = price(arrays, b, scratch.second, middle_count, scratch.seen)
    if middle_price == UNLAWFUL:
        return 0
    if not replace(arrays, state, scratch, c, -1, r, scratch.third):
        return 0
    take(arrays, state, b, scratch.second, middle_count, middle_price)
    replace(arrays, state, scratch, a, s, -1, scratch.first)
    state.owner[s] = b
    state.owner[r] = c
    scratch.made[CHAINED] += 1
    return change


@compiled
def stretch(
    arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int, person: int
) -> int:
    """Two assistants exchange all shifts they can over some days around `s`; or (person >= 0) one person's shifts."""
    a = state.owner[s]
    if a < 0:
        return 0
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    b = arrays.candidates[first + below(scratch.chance, last - first)]
    if b == a or part[b] != mine:
        return 0
    days = arrays.able_from.shape[1] - 1
    if person < 0:
        length = 1 + below(scratch.chance, 7 if below(scratch.chance, 4) else days)
        begins = max(0, arrays.day[s] - below(scratch.chance, length))
    else:
        length, begins = days, 0
    ends = begins + length
    left, right = 0, 0
    i, j = 0, 0
    one, other = state.calendar[a], state.calendar[b]
    ones, others = state.size[a], state.size[b]
    most = scratch.first.shape[0] - 1
    moved = 0
    while i < ones or j < others:
        if j >= others or (i < ones and one[i] < other[j]):
            r = one[i]
            i += 1
            stays = True
            if begins <= arrays.day[r] < ends and (person < 0 or arrays.person[r] == person):
                stays = arrays.fixed[r] or not is_able(arrays, b, r)
            if not stays:
                moved += 1
            to_left = stays
        else:
            r = other[j]
            j += 1
            stays = True
            if begins <= arrays.day[r] < ends and person < 0:
                stays = arrays.fixed[r] or not is_able(arrays, a, r)
            if not stays:
                moved += 1
            to_left = not stays
        if to_left:
            if left >= most:
                return 0
            scratch.first[left] = r
            left += 1
        else:
            if right >= most:
                return 0
            scratch.second[right] = r
            right += 1
    if moved == 0 or left > state.calendar.shape[1] or right > state.calendar.shape[1]:
        return 0
    left_price = price(arrays, a, scratch.first, left, scratch.seen)
    if left_price == UNLAWFUL:
        return 0
    right_price = price(arrays, b, scratch.second, right, scratch.seen)
    if right_price == UNLAWFUL:
        return 0
    change = left_price - state.price[a] + right_price - state.price[b]
    for place in range(left):
        r = scratch.first[place]
        if state.owner[r] != a:
            change += held(arrays, r, a) - held(arrays, r, b)
    for place in range(right):
        r = scratch.second[place]
        if state.owner[r] != b:
            change += held(arrays, r, b) - held(arrays, r, a)
    if change > patience(scratch.chance, heat):
        return 0
    for place in range(left):
        state.owner[scratch.first[place]] = a
    for place in range(right):
        state.owner[scratch.second[place]] = b
    take(arrays, state, a, scratch.first, left, left_price)
    take(arrays, state, b, scratch.second, right, right_price)
    scratch.made[STRETCHED if person < 0 else HANDED] += 1
    return change


@compiled
def anneal(
    arrays: Arrays,
    state: State,
    scratch: Scratch,
    part: Array,
    home: Array,
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
            change += swap(arrays, state, scratch, part, home, mine, heat, s)
        elif kind == CHAINED:
            change += chain(arrays, state, scratch, part, mine, heat, s)
        elif kind == STRETCHED:
            change += stretch(arrays, state, scratch, part, mine, heat, s, -1)
        else:
            change += stretch(arrays, state, scratch, part, mine, heat, s, arrays.person[s])
    return change
