"""The sixth change of local search: shifts of two assistants are opened, and each is given to whoever it costs least.

One change at a time is seldom worth its cost where the gain needs several. Here up to sixteen shifts are without an owner
at once, and may come to anybody; what that leads to is judged as a whole, and put back if it is too dear.
"""

from __future__ import annotations

from egenmakt.staffing.rosters.arrays import DAY, FIXED, Array, Arrays
from egenmakt.staffing.rosters.calendars import UNLAWFUL, changed, fits, price
from egenmakt.staffing.rosters.compiled import compiled
from egenmakt.staffing.rosters.moves import RENEWED, below, patience
from egenmakt.staffing.rosters.state import NO_COST, RENEWED_MOST, Scratch, State, enter, held, leave, worth

SHORTEST, LONGEST = 7, 28  # days that are opened
BOLDNESS = 0.8  # the heat of the choice of one owner, as a share of the heat of the whole change


@compiled
def renew(arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int) -> int:
    """Open shifts around `s` of two assistants, and give each anew. Returns the change of cost, 0 when put back."""
    count = gather(arrays, state, scratch, part, mine, s)
    change = 0
    for place in range(count):
        r, a = scratch.opened[place, 0], scratch.opened[place, 1]
        change -= held(arrays, r, a)
        if a >= 0:
            change -= state.price[a]
            leave(arrays, state, a, r)
            change += state.price[a]
    given = 0
    while given < count:
        more = give_out(arrays, state, scratch, part, mine, heat * BOLDNESS, scratch.opened[given, 0])
        if more == NO_COST:
            break
        change += more
        given += 1
    if given == count and change <= patience(scratch.chance, heat):
        scratch.made[RENEWED] += change != 0
        return change
    for place in range(given):
        leave(arrays, state, state.owner[scratch.opened[place, 0]], scratch.opened[place, 0])
    for place in range(count):
        r, a = scratch.opened[place, 0], scratch.opened[place, 1]
        if a >= 0:
            enter(arrays, state, a, r, state.price[a] + worth(arrays, state, a, -1, r))
    return 0


@compiled
def gather(arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, s: int) -> int:
    """Note the shifts to open, and whose they are, in an order by chance; returns how many.

    They are those of the assistant of `s` and of another candidate of `s`, over some days; and `s`, where it is open.
    """
    length = SHORTEST + below(scratch.chance, LONGEST - SHORTEST + 1)
    begins = arrays.shift[s, DAY] - below(scratch.chance, length)
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    a, b = state.owner[s], -1
    if last > first:
        b = arrays.candidates[first + below(scratch.chance, last - first)]
    count = 0
    if a < 0:
        scratch.opened[0, 0], scratch.opened[0, 1] = s, a
        count = 1
    for turn in range(2):
        holder = a if turn == 0 else b
        if holder < 0 or (turn == 1 and holder == a) or part[holder] != mine:
            continue
        for place in range(state.size[holder]):
            r = state.calendar[holder, place]
            if begins <= arrays.shift[r, DAY] < begins + length and arrays.shift[r, FIXED] == 0:
                if count == RENEWED_MOST:
                    break
                other = below(scratch.chance, count + 1)
                scratch.opened[count, 0], scratch.opened[count, 1] = (
                    scratch.opened[other, 0],
                    scratch.opened[other, 1],
                )
                scratch.opened[other, 0], scratch.opened[other, 1] = r, holder
                count += 1
    return count


@compiled
def give_out(
    arrays: Arrays, state: State, scratch: Scratch, part: Array, mine: int, heat: float, s: int
) -> int:
    """Give an open shift to the candidate for whom it costs least, give or take a chance; returns what it costs.

    NO_COST when nobody of the part can have it, and nothing is changed.
    """
    first, last = arrays.candidate_from[s], arrays.candidate_from[s + 1]
    for place in range(first, last):
        a = arrays.candidates[place]
        scratch.costs[place - first] = NO_COST
        if part[a] == mine and state.size[a] < state.calendar.shape[1]:
            cost = worth(arrays, state, a, -1, s) + held(arrays, s, a)
            scratch.costs[place - first] = cost + int(patience(scratch.chance, heat))
    while True:
        best, cheapest = -1, NO_COST
        for place in range(last - first):
            if scratch.costs[place] < cheapest:
                best, cheapest = place, scratch.costs[place]
        if best < 0:
            return NO_COST
        a = arrays.candidates[first + best]
        if fits(arrays, state.calendar[a], state.size[a], s, -1):
            size = changed(state.calendar[a], state.size[a], -1, s, scratch.calendar[0])
            cost = price(arrays, a, scratch.calendar[0], size, scratch.seen)
            if cost != UNLAWFUL:
                more = cost - state.price[a] + held(arrays, s, a)
                enter(arrays, state, a, s, cost)
                return more
        scratch.costs[best] = NO_COST
