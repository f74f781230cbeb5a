"""One assistant's calendar, judged and priced in a blink: the compiled heart of the search.

A calendar is the assistant's shifts in the order in which they begin. `price` walks it once and returns its cost, or
`UNLAWFUL` at the first breach. It repeats `egenmakt.law.working_time` and the contract's cost in compiled form; a
property test holds the two equal.
"""

from __future__ import annotations

import numpy as np

from egenmakt.staffing.rosters.arrays import (
    ACTIVE,
    BEGIN,
    BLOCK,
    CONTRACT,
    DAY,
    END,
    FAIR_NIGHTS,
    FAIR_WEEKENDS,
    HOME,
    HOUR,
    JOUR,
    LAST_END,
    MOST,
    NIGHT,
    PERSON,
    UNMET,
    WEEKEND,
    Array,
    Arrays,
)
from egenmakt.staffing.rosters.compiled import compiled, inlined

UNLAWFUL = -1

REST, SPAN, LONG, WEEKLY, ON_CALL, DAYS, WEEKENDS, NIGHTS = range(8)
OPEN, UNDER, OVER, OVER_HOURLY, OTHER_TEAM, DISTINCT, WISH, NIGHT_FAIR, WEEKEND_FAIR, CHANGE = range(10)


@inlined
def bits(word: int) -> int:
    """How many bits are set."""
    count = 0
    while word:
        word &= word - 1
        count += 1
    return count


@compiled
def price(arrays: Arrays, a: int, calendar: Array, count: int, seen: Array) -> int:
    """The cost of assistant `a` having the first `count` shifts of `calendar`, or UNLAWFUL.

    `seen` is scratch: one number for each person and a last one that is the number of the walk.
    """
    limits, weights = arrays.limits, arrays.weights
    rest, longest, weekly = limits[REST], limits[SPAN], limits[WEEKLY]
    week, weeks = arrays.week, arrays.week.shape[0] - 1
    previous = arrays.one[a, LAST_END]
    need = rest
    span = np.int64(0)
    at_week = 0
    free = np.int64(0)
    last_day, days = -2, 0
    last_night, nights_in_row = -2, 0
    nights = 0
    on_weekend = 0
    weekends = np.int64(0)
    active = np.int64(0)
    total = np.int64(0)
    block = -1
    block_active = np.int64(0)
    block_on_call = np.int64(0)
    walk = seen[-1] + 1
    seen[-1] = walk
    home = arrays.one[a, HOME]
    cost = arrays.one[a, UNMET]
    for place in range(count):
        s = calendar[place]
        begin, end = arrays.shift[s, BEGIN], arrays.shift[s, END]
        gap = begin - previous
        if gap < rest:
            if gap < 0 or place == 0 or end - span > longest:
                return UNLAWFUL
        else:
            if gap < need:
                return UNLAWFUL
            span = begin
            need = rest
            if end - begin > longest:
                if end - begin > limits[LONG]:
                    return UNLAWFUL
                need = max(rest, end - begin)
        while at_week < weeks and week[at_week + 1] <= begin:
            free = max(free, week[at_week + 1] - max(previous, week[at_week]))
            if free < weekly:
                return UNLAWFUL
            at_week += 1
            free = np.int64(0)
        if at_week < weeks:
            free = max(free, begin - max(previous, week[at_week]))
        previous = end
        day = arrays.shift[s, DAY]
        if day != last_day:
            days = days + 1 if day == last_day + 1 else 1
            if days > limits[DAYS]:
                return UNLAWFUL
            last_day = day
            cost += arrays.wish[a, day]
        if arrays.shift[s, NIGHT]:
            nights += 1
            if day != last_night:
                nights_in_row = nights_in_row + 1 if day == last_night + 1 else 1
                if nights_in_row > limits[NIGHTS]:
                    return UNLAWFUL
                last_night = day
        if arrays.shift[s, BLOCK] != block:
            block = arrays.shift[s, BLOCK]
            block_active = np.int64(0)
            block_on_call = np.int64(0)
        block_active += arrays.shift[s, ACTIVE]
        block_on_call += arrays.shift[s, JOUR]
        if block_active > arrays.ordinary[block] or block_on_call > limits[ON_CALL]:
            return UNLAWFUL
        active += arrays.shift[s, ACTIVE]
        total += arrays.shift[s, ACTIVE] + arrays.shift[s, JOUR]
        if arrays.shift[s, WEEKEND] != 0:
            on_weekend += 1
            weekends |= arrays.shift[s, WEEKEND]
        person = arrays.shift[s, PERSON]
        if seen[person] != walk:
            seen[person] = walk
            cost += weights[DISTINCT] * HOUR
        if home >= 0 and person != home:
            cost += weights[OTHER_TEAM] * HOUR
    if total > arrays.one[a, MOST]:
        return UNLAWFUL
    while at_week < weeks:
        free = max(free, week[at_week + 1] - max(previous, week[at_week]))
        if free < weekly:
            return UNLAWFUL
        at_week += 1
        free = np.int64(0)
    if weekends != 0:
        for some in range(arrays.weekends_of.shape[0]):
            if bits(weekends & arrays.weekends_of[some]) > limits[WEEKENDS]:
                return UNLAWFUL
    contract = arrays.one[a, CONTRACT]
    if contract == 0:
        cost += weights[OVER_HOURLY] * active
    elif active < contract:
        cost += weights[UNDER] * (contract - active)
    else:
        cost += weights[OVER] * (active - contract)
    if nights > arrays.one[a, FAIR_NIGHTS]:
        cost += weights[NIGHT_FAIR] * HOUR * (nights - arrays.one[a, FAIR_NIGHTS])
    if on_weekend > arrays.one[a, FAIR_WEEKENDS]:
        cost += weights[WEEKEND_FAIR] * HOUR * (on_weekend - arrays.one[a, FAIR_WEEKENDS])
    return cost


@inlined
def is_able(arrays: Arrays, a: int, s: int) -> bool:
    """Whether assistant `a` may be given shift `s`: introduction, skill, absence, nights."""
    return (arrays.may[a, s >> 3] >> (s & 7)) & 1 == 1


@compiled
def place_of(calendar: Array, count: int, s: int) -> int:
    """Where in the calendar shift `s` stands, or would stand."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if calendar[middle] < s:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def fits(arrays: Arrays, calendar: Array, count: int, s: int, without: int) -> bool:
    """Whether shift `s` can stand beside its neighbours in the calendar, once `without` is taken out of it.

    Only what the nearest shifts forbid is seen here: False is certain, True may still be unlawful.
    """
    begin, end = arrays.shift[s, BEGIN], arrays.shift[s, END]
    rest, longest = arrays.limits[REST], arrays.limits[SPAN]
    low = place_of(calendar, count, s)
    before, after = -1, -1
    if low > 0:
        before = calendar[low - 1]
        if before == without:
            before = calendar[low - 2] if low > 1 else -1
    if low < count:
        after = calendar[low]
        if after == without:
            after = calendar[low + 1] if low + 1 < count else -1
    if before >= 0:
        gap = begin - arrays.shift[before, END]
        if gap < rest:
            if gap < 0 or end - arrays.shift[before, BEGIN] > longest:
                return False
        elif (
            arrays.shift[before, END] - arrays.shift[before, BEGIN] > longest
            and gap < arrays.shift[before, END] - arrays.shift[before, BEGIN]
        ):
            return False
    if after >= 0:
        gap = arrays.shift[after, BEGIN] - end
        if gap < rest:
            if gap < 0 or arrays.shift[after, END] - begin > longest:
                return False
        elif end - begin > longest and gap < end - begin:
            return False
    return True


@compiled
def changed(calendar: Array, count: int, out: int, into: int, result: Array) -> int:
    """Write the calendar without `out` and with `into` (-1: none) to `result`; returns how many shifts it has.

    Shifts are numbered in the order in which they begin, so a calendar is in order when its numbers are.
    """
    made = 0
    waiting = into >= 0
    for place in range(count):
        s = calendar[place]
        if s == out:
            continue
        if waiting and into < s:
            result[made] = into
            made += 1
            waiting = False
        result[made] = s
        made += 1
    if waiting:
        result[made] = into
        made += 1
    return made
