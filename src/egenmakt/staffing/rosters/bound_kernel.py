"""What one assistant costs at least when each kind of shift has a price: the compiled heart of the bound.

An assistant pays for her hours, her nights and weekends above the fair share, the people she meets and shifts at other
teams, and is paid the price of each shift she takes. Which she would choose then costs no more, after what she is
paid, than any lawful calendar of hers does. At home her choice is a mix (how many shifts of each kind, how many of
them on weekends); elsewhere a number of shifts of each kind; the hours of both together are weighed against the contract.
"""

from __future__ import annotations

from typing import NamedTuple

from egenmakt.staffing.rosters.arrays import BEGIN, END, HOUR, Array, Arrays
from egenmakt.staffing.rosters.calendars import (
    CHANGE,
    DISTINCT,
    NIGHT_FAIR,
    OVER,
    OVER_HOURLY,
    REST,
    SPAN,
    UNDER,
    WEEKEND_FAIR,
)
from egenmakt.staffing.rosters.compiled import compiled, inlined

FAR = 1 << 60  # more than anything costs
DEAR = 1 << 40  # times any hours it is still a whole number of 64 bits
KINDS_AT_HOME = 4

# Columns of `Parts.one`
CONTRACT_S, MOST_S, GRAIN, LOOSE, SHARE_NIGHTS, SHARE_WEEKENDS, WEEKEND_PRICE = range(7)
MOST_SHIFTS, HOME_WEEKENDS, OTHER_DAYS, ALL_WEEKENDS, AWAY_WEEKENDS = range(7, 12)
FIRST_KIND, LAST_KIND, FIRST_VISIT, LAST_VISIT = range(12, 16)
# Columns of `Parts.kind`: one kind of shift at home
PRICE, LENGTH, IS_NIGHT, MOST, KEPT = range(5)
# Columns of `Parts.visit`: one kind of shift elsewhere, on weekends or other days; PRICE, LENGTH and MOST as above
ON_WEEKEND, EXTRA, WHERE = 2, 4, 5
NOT_COUNTED = -1  # AWAY_WEEKENDS where there would be too much to count


class Parts(NamedTuple):
    """What the bound knows of each assistant. Prices stand in a row; kinds and visits say which is theirs."""

    one: Array  # int64 [A, 16]
    kind: Array  # int64 [kinds at home of all, 5]
    visit: Array  # int64 [visits of all, 6]


class Desk(NamedTuple):
    """What one evaluation writes on. W weekend shifts elsewhere, H cells of hours."""

    by_shifts: (
        Array  # int64 [W, shifts at home, 2]: the least that those on weekends cost, and how many they are
    )
    home: Array  # int64 [W, H, 2]: the least that hours at home cost, and the mix
    away: Array  # int64 [2, W, H]: the least that hours elsewhere cost; and when the person at hand is met
    chosen: Array  # int32 [visits of one, W, H]: how many shifts of the visit are in the least
    went: Array  # int32 [visits of one, W, H]: whether the person whose last visit this is was met
    taken: Array  # float64 [prices]: how many of each everybody together takes


@compiled
def longest_row(shift: Array, limits: Array, some: Array, row: Array) -> int:
    """The longest row of these shifts of which neighbours do not clash: no calendar has more of them."""
    rest, span = limits[REST], limits[SPAN]
    longest = 0
    for place in range(some.shape[0]):
        s = some[place]
        row[place] = 1
        for before in range(place):
            r = some[before]
            gap = shift[s, BEGIN] - shift[r, END]
            length = shift[r, END] - shift[r, BEGIN]
            if gap < rest:
                if gap < 0 or shift[s, END] - shift[r, BEGIN] > span:
                    continue
            elif length > span and gap < length:
                continue
            row[place] = max(row[place], row[before] + 1)
        longest = max(longest, row[place])
    return longest


@inlined
def hours_cost(weights: Array, contract: int, hours: int) -> int:
    """What so much active time costs under the contract."""
    if contract == 0:
        return weights[OVER_HOURLY] * hours
    if hours < contract:
        return weights[UNDER] * (contract - hours)
    return weights[OVER] * (hours - contract)


@compiled
def everybody(arrays: Arrays, parts: Parts, prices: Array, desk: Desk) -> int:
    """The sum of what everybody costs at least at these prices; `desk.taken` is what they take then."""
    desk.taken[:] = 0.0
    total = 0
    for a in range(parts.one.shape[0]):
        if parts.one[a, LOOSE]:
            total += loosely(arrays, parts, prices, desk, a)
        else:
            total += strictly(arrays, parts, prices, desk, a)
    return total


@compiled
def loosely(arrays: Arrays, parts: Parts, prices: Array, desk: Desk, a: int) -> int:
    """Where there is too much to count: as if every hour were paid as the best paid one."""
    one, weights = parts.one[a], arrays.weights
    contract, most = one[CONTRACT_S], one[MOST_S]
    free = 0  # what shifts without active time pay
    for place in range(one[FIRST_VISIT], one[LAST_VISIT]):
        visit = parts.visit[place]
        if visit[LENGTH] == 0:
            paid = prices[visit[PRICE]] - visit[EXTRA]
            if visit[ON_WEEKEND] >= 0:
                paid += prices[visit[ON_WEEKEND]]
            if paid > 0:
                free += paid * visit[MOST]
                desk.taken[visit[PRICE]] += visit[MOST]
                if visit[ON_WEEKEND] >= 0:
                    desk.taken[visit[ON_WEEKEND]] += visit[MOST]
    least = hours_cost(weights, contract, 0)
    best, amount = -1, 0
    for hours in (min(contract, most), most):
        if hours == 0:
            continue
        for place in range(one[FIRST_VISIT], one[LAST_VISIT]):
            visit = parts.visit[place]
            if visit[LENGTH] == 0:
                continue
            paid = prices[visit[PRICE]] - visit[EXTRA]
            if visit[ON_WEEKEND] >= 0:
                paid += prices[visit[ON_WEEKEND]]
            paid = max(paid, -DEAR)
            # Rounded up, so that no more than what is paid is left out.
            cost = (
                hours_cost(weights, contract, hours)
                + weights[DISTINCT] * HOUR
                + (-paid * hours) // visit[LENGTH]
            )
            if cost < least:
                least, best, amount = cost, place, hours
    if best >= 0:
        visit = parts.visit[best]
        desk.taken[visit[PRICE]] += amount / visit[LENGTH]
        if visit[ON_WEEKEND] >= 0:
            desk.taken[visit[ON_WEEKEND]] += amount / visit[LENGTH]
    return least - free


@compiled
def strictly(  # noqa: PLR0915  # compiled code has no objects
    arrays: Arrays, parts: Parts, prices: Array, desk: Desk, a: int
) -> int:
    """The least of all mixes at home together with all numbers of shifts elsewhere."""
    one, weights = parts.one[a], arrays.weights
    contract, most, grain = one[CONTRACT_S], one[MOST_S], one[GRAIN]
    cells, rows = most // grain + 1, max(one[AWAY_WEEKENDS], 0) + 1
    away = elsewhere(arrays, parts, prices, desk, a, rows, cells)
    if away:
        desk.home[:rows, :cells, 0] = FAR
    else:
        rows = 1
    weekends(arrays, parts, prices, desk, a, rows)
    first, kinds = one[FIRST_KIND], one[LAST_KIND] - one[FIRST_KIND]
    length0 = length1 = length2 = length3 = 0
    night0 = night1 = night2 = night3 = 0
    most0 = most1 = most2 = most3 = 0
    paid0 = paid1 = paid2 = paid3 = 0
    kept0 = kept1 = kept2 = kept3 = 0
    if kinds > 0:
        length0, night0, most0 = (
            parts.kind[first, LENGTH],
            parts.kind[first, IS_NIGHT],
            parts.kind[first, MOST],
        )
        paid0 = prices[parts.kind[first, PRICE]]
        kept0 = parts.kind[first, KEPT]
    if kinds > 1:
        length1, night1 = parts.kind[first + 1, LENGTH], parts.kind[first + 1, IS_NIGHT]
        most1, paid1 = parts.kind[first + 1, MOST], prices[parts.kind[first + 1, PRICE]]
        kept1 = parts.kind[first + 1, KEPT]
    if kinds > 2:
        length2, night2 = parts.kind[first + 2, LENGTH], parts.kind[first + 2, IS_NIGHT]
        most2, paid2 = parts.kind[first + 2, MOST], prices[parts.kind[first + 2, PRICE]]
        kept2 = parts.kind[first + 2, KEPT]
    if kinds > 3:
        length3, night3 = parts.kind[first + 3, LENGTH], parts.kind[first + 3, IS_NIGHT]
        most3, paid3 = parts.kind[first + 3, MOST], prices[parts.kind[first + 3, PRICE]]
        kept3 = parts.kind[first + 3, KEPT]
    night_cost = weights[NIGHT_FAIR] * HOUR
    meeting, change = weights[DISTINCT] * HOUR, weights[CHANGE] * HOUR
    least, chosen, elsewhere_shifts = FAR, 0, 0
    for n3 in range(most3 + 1):
        hours3, nights3, sum3 = n3 * length3, n3 * night3, -n3 * paid3 - change * min(n3, kept3)
        if hours3 > most or n3 > one[MOST_SHIFTS]:
            break
        for n2 in range(most2 + 1):
            hours2, nights2 = hours3 + n2 * length2, nights3 + n2 * night2
            sum2 = sum3 - n2 * paid2 - change * min(n2, kept2)
            if hours2 > most or n3 + n2 > one[MOST_SHIFTS]:
                break
            for n1 in range(most1 + 1):
                hours1, nights1 = hours2 + n1 * length1, nights2 + n1 * night1
                sum1 = sum2 - n1 * paid1 - change * min(n1, kept1)
                if hours1 > most or n3 + n2 + n1 > one[MOST_SHIFTS]:
                    break
                for n0 in range(most0 + 1):
                    hours, shifts = hours1 + n0 * length0, n3 + n2 + n1 + n0
                    if hours > most or shifts > one[MOST_SHIFTS]:
                        break
                    value = sum1 - n0 * paid0 - change * min(n0, kept0)
                    nights = nights1 + n0 * night0
                    if nights > one[SHARE_NIGHTS]:
                        value += night_cost * (nights - one[SHARE_NIGHTS])
                    if shifts:
                        value += meeting
                    if contract == 0:
                        value += weights[OVER_HOURLY] * hours
                    mix = ((n3 * 1024 + n2) * 1024 + n1) * 1024 + n0
                    if away:
                        cell = hours // grain
                        for row in range(rows):
                            so_far = value + desk.by_shifts[row, shifts, 0]
                            if so_far < desk.home[row, cell, 0]:
                                desk.home[row, cell, 0] = so_far
                                desk.home[row, cell, 1] = mix
                    else:
                        value += desk.by_shifts[0, shifts, 0]
                        if contract:
                            value += hours_cost(weights, contract, hours)
                        if value < least:
                            least, chosen = value, mix
    if away:
        here_s, there_s = 0, 0
        for row in range(rows):
            lowest = 0
            for there in range(cells):
                spent = desk.away[0, row, there]
                if spent >= FAR:
                    continue
                if contract and there:
                    # No better than fewer hours elsewhere, however many the contract lacks.
                    as_none = spent - weights[UNDER] * there * grain
                    if as_none >= lowest:
                        continue
                    lowest = as_none
                for here in range(cells - there):
                    if desk.home[row, here, 0] >= FAR:
                        continue
                    value = desk.home[row, here, 0] + spent
                    if contract:
                        value += hours_cost(weights, contract, (here + there) * grain)
                    if value < least:
                        least, here_s, there_s, elsewhere_shifts = value, here, there, row
        chosen = desk.home[elsewhere_shifts, here_s, 1]
        note_elsewhere(parts, desk, a, elsewhere_shifts, there_s)
    shifts = 0
    for place in range(kinds):
        amount = (chosen >> (10 * place)) & 1023
        shifts += amount
        desk.taken[parts.kind[first + place, PRICE]] += amount
    if kinds:
        desk.taken[one[WEEKEND_PRICE]] += desk.by_shifts[elsewhere_shifts, shifts, 1]
    return least


@compiled
def weekends(  # noqa: PLR0917  # compiled code has no objects
    arrays: Arrays, parts: Parts, prices: Array, desk: Desk, a: int, rows: int
) -> None:
    """For each number of shifts at home, how many on weekends cost the least, with `row` weekend shifts elsewhere.

    FAR where no number is possible.
    """
    one = parts.one[a]
    each = arrays.weights[WEEKEND_FAIR] * HOUR
    paid = prices[one[WEEKEND_PRICE]]
    for row in range(rows):
        most = min(one[HOME_WEEKENDS], one[ALL_WEEKENDS] - row)
        for shifts in range(one[MOST_SHIFTS] + 1):
            desk.by_shifts[row, shifts, 0] = FAR
            for here in range(max(0, shifts - one[OTHER_DAYS]), min(shifts, most) + 1):
                value = -here * paid
                if row + here > one[SHARE_WEEKENDS]:
                    value += each * (row + here - one[SHARE_WEEKENDS])
                if value < desk.by_shifts[row, shifts, 0]:
                    desk.by_shifts[row, shifts, 0] = value
                    desk.by_shifts[row, shifts, 1] = here


@compiled
def elsewhere(  # noqa: PLR0917  # compiled code has no objects
    arrays: Arrays, parts: Parts, prices: Array, desk: Desk, a: int, rows: int, cells: int
) -> bool:
    """The least that hours and weekend shifts elsewhere cost, in `desk.away[0]`; False when none can be worth it."""
    one, weights, away = parts.one[a], arrays.weights, desk.away
    by_the_hour = one[CONTRACT_S] == 0
    first, some = one[FIRST_VISIT], False
    for place in range(first, one[LAST_VISIT]):
        visit = parts.visit[place]
        cost = visit[EXTRA] - prices[visit[PRICE]]
        if visit[ON_WEEKEND] >= 0:
            cost -= prices[visit[ON_WEEKEND]]
        if by_the_hour:
            cost += weights[OVER_HOURLY] * visit[LENGTH]
        if not some:
            away[0, :rows, :cells] = FAR
            away[0, 0, 0] = 0
        if place == first or parts.visit[place - 1, WHERE] != visit[WHERE]:
            for row in range(rows):
                for cell in range(cells):
                    away[1, row, cell] = min(FAR, away[0, row, cell] + weights[DISTINCT] * HOUR)
        mine = desk.chosen[place - first]
        mine[:rows, :cells] = 0
        if cost < 0 or (not by_the_hour and cost < weights[UNDER] * visit[LENGTH]):
            some = True
            step = visit[LENGTH] // one[GRAIN]
            down = 1 if visit[ON_WEEKEND] >= 0 and one[AWAY_WEEKENDS] >= 0 else 0
            if step == 0 and down == 0:
                mine[:rows, :cells] = visit[MOST]
                for row in range(rows):
                    for cell in range(cells):
                        if away[1, row, cell] < FAR:
                            away[1, row, cell] += visit[MOST] * cost
            else:
                for row in range(down, rows):
                    for cell in range(step, cells):
                        before = away[1, row - down, cell - step]
                        if before < FAR and before + cost < away[1, row, cell]:
                            away[1, row, cell] = before + cost
                            mine[row, cell] = mine[row - down, cell - step] + 1
        if place + 1 == one[LAST_VISIT] or parts.visit[place + 1, WHERE] != visit[WHERE]:
            went = desk.went[place - first]
            for row in range(rows):
                for cell in range(cells):
                    went[row, cell] = 0
                    if away[1, row, cell] < away[0, row, cell]:
                        away[0, row, cell] = away[1, row, cell]
                        went[row, cell] = 1
    return some


@compiled
def note_elsewhere(parts: Parts, desk: Desk, a: int, row: int, cell: int) -> None:
    """Write down which shifts elsewhere make up so many weekend shifts and hours."""
    one = parts.one[a]
    first = one[FIRST_VISIT]
    met = 0
    for back in range(one[LAST_VISIT] - first):
        place = one[LAST_VISIT] - 1 - back
        visit = parts.visit[place]
        if place + 1 == one[LAST_VISIT] or parts.visit[place + 1, WHERE] != visit[WHERE]:
            met = desk.went[place - first, row, cell]
        if met:
            number = desk.chosen[place - first, row, cell]
            desk.taken[visit[PRICE]] += number
            if visit[ON_WEEKEND] >= 0:
                desk.taken[visit[ON_WEEKEND]] += number
                if one[AWAY_WEEKENDS] >= 0:
                    row -= number
            cell -= number * (visit[LENGTH] // one[GRAIN])
