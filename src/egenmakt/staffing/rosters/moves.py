"""The changes that local search tries: one shift, two shifts, a chain of three, some days, a whole person.

The sixth, which opens many shifts and gives each anew, is in renewing.py.

Each returns the change of cost, 0 when it was not made. A change is refused by its cost first (`state.worth`), then by
the neighbouring shifts (`calendars.fits`), and only then are the calendars walked (`state.settle`).
"""

from __future__ import annotations

import numpy as np

from egenmakt.staffing.rosters.arrays import DAY, FIXED, PERSON, Array, Arrays
from egenmakt.staffing.rosters.calendars import fits, is_able, place_of
from egenmakt.staffing.rosters.compiled import compiled, inlined
from egenmakt.staffing.rosters.state import Scratch, State, hand, held, propose, settle, worth, worth_of

GIVEN, SWAPPED, CHAINED, STRETCHED, HANDED, RENEWED = range(6)


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
