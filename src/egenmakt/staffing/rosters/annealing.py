"""Local search: a first roster, then changes that are accepted with a chance that falls with the temperature.

Several threads share one roster: each has its own part of the assistants and of the shifts, and none touches another's.
"""

from __future__ import annotations

from egenmakt.staffing.rosters.arrays import Array, Arrays
from egenmakt.staffing.rosters.calendars import fits, is_able
from egenmakt.staffing.rosters.compiled import compiled
from egenmakt.staffing.rosters.moves import (
    CHAINED,
    GIVEN,
    HANDED,
    RENEWED,
    SWAPPED,
    below,
    chain,
    give,
    stretch,
    swap,
)
from egenmakt.staffing.rosters.renewing import renew
from egenmakt.staffing.rosters.state import Scratch, State, hand, held, propose, settle, worth


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
        floor, refused = -(1 << 62), -1
        while True:
            best, chosen = held(arrays, s, -1), -1
            for place in range(first, last):
                a = arrays.candidates[place]
                more = worth(arrays, state, a, -1, s) + held(arrays, s, a)
                # Those refused so far are the ones at or below the floor; equals are told apart by their order.
                left = more > floor or (more == floor and place > refused)
                if left and more < best and fits(arrays, state.calendar[a], state.size[a], s, -1):
                    best, chosen = more, place
            if chosen < 0:
                break
            a = arrays.candidates[chosen]
            propose(state, scratch, 0, a, -1, s)
            hand(scratch, 0, s, a)
            if settle(arrays, state, scratch, 1, 1):
                break
            floor, refused = best, chosen


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
        elif kind == RENEWED:
            change += renew(arrays, state, scratch, part, mine, heat, s)
        else:
            change += stretch(arrays, state, scratch, part, mine, heat, s, kind == HANDED)
    return change
