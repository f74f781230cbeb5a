"""The instance as arrays, for the compiled search.

Times are seconds from the first midnight of the horizon; costs are whole thousandths of a second of cost (weight times
1000 times seconds for what is counted in hours, weight times 1000 times 3600 for what is counted in pieces), so that
sums are exact and the order of adding does not matter. `UNIT` of them are one unit of cost.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import numpy as np

from egenmakt.staffing.rosters.instance import (
    BLOCK_WEEKS,
    WEEK,
    Assignments,
    Instance,
    Shift,
    seconds_at,
)

Array = np.ndarray[Any, np.dtype[Any]]

MILLI = 1000
HOUR = 3600
UNIT = MILLI * HOUR
NEVER = -(1 << 40)  # long before the horizon
NOBODY = -1


class Arrays(NamedTuple):
    """Everything the search reads, and never writes. S shifts, A assistants, D days, W weeks, B blocks of four weeks."""

    begin: Array  # int64 [S]
    end: Array  # int64 [S]
    day: Array  # int64 [S] the day it begins
    active: Array  # int64 [S]
    on_call: Array  # int64 [S]
    night: Array  # bool [S]
    weekend: Array  # int64 [S] one bit for each weekend touched
    block: Array  # int64 [S]
    person: Array  # int64 [S]
    candidate_from: Array  # int64 [S + 1]: where each shift's candidates begin
    candidates: Array  # int32: for each shift those who may be given it
    able_from: Array  # int64 [A, D + 1]: where the shifts that a may be given on a day begin
    able: Array  # int32: for each assistant the shifts that may be given, in order
    may: Array  # uint8 [A, ceil(S / 8)]: one bit for each shift
    home: Array  # int64 [A], -1 for the pool
    contract: Array  # int64 [A]
    most: Array  # int64 [A] active and on-call time left
    last_end: Array  # int64 [A]
    fair_nights: Array  # int64 [A]
    fair_weekends: Array  # int64 [A]
    wish: Array  # int64 [A, D] cost of working that day
    unmet: Array  # int64 [A] cost when no day is worked
    week: Array  # int64 [W + 1] midnights between the weeks
    ordinary: Array  # int64 [B]
    weekends_of: Array  # int64 [B] one bit for each weekend of the block
    limits: Array  # int64 [8]: see calendars.py
    weights: Array  # int64 [10]: see calendars.py
    before: Array  # int64 [S]: previous assistant, -1 open, -2 none said
    fixed: Array  # bool [S]


def arrays_of(instance: Instance) -> Arrays:
    """The arrays of an instance. Shifts are in the order of `in_order`, assistants in the instance's."""
    shifts, assistants = in_order(instance), instance.assistants
    zero = seconds_at(datetime.combine(instance.first, time()))
    count, days = len(shifts), instance.days
    people = {name: place for place, name in enumerate(_people(instance))}
    blocks = -(-instance.weeks // BLOCK_WEEKS)
    rules, weights = instance.rules, instance.weights
    pairs = _pairs(instance, shifts)
    may = np.zeros((len(assistants), (count + 7) // 8), np.uint8)
    for a, s in pairs:
        may[a, s >> 3] |= 1 << (s & 7)
    by_shift = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    day = np.array([(shift.day - instance.first).days for shift in shifts], np.int64)
    able_from = np.zeros((len(assistants), days + 1), np.int64)
    counts = np.zeros((len(assistants), days), np.int64)
    for a, s in pairs:
        counts[a, day[s]] += 1
    flat = np.concatenate([[0], np.cumsum(counts.ravel())])
    for a in range(len(assistants)):
        able_from[a] = flat[a * days : (a + 1) * days + 1]
    shares = instance.fair_shares
    wish, unmet = _wishes(instance)
    number = {assistant.id: place for place, assistant in enumerate(assistants)}
    return Arrays(
        begin=np.array([shift.begins_s - zero for shift in shifts], np.int64),
        end=np.array([shift.ends_s - zero for shift in shifts], np.int64),
        day=day,
        active=np.array([shift.active_s for shift in shifts], np.int64),
        on_call=np.array([shift.on_call_s for shift in shifts], np.int64),
        night=np.array([shift.is_night for shift in shifts], np.bool_),
        weekend=np.array([_weekends(shift, instance) for shift in shifts], np.int64),
        block=day // (WEEK * BLOCK_WEEKS),
        person=np.array([people[shift.person] for shift in shifts], np.int64),
        candidate_from=np.searchsorted(np.array([s for _, s in by_shift], np.int64), np.arange(count + 1)),
        candidates=np.array([a for a, _ in by_shift], np.int32),
        able_from=able_from,
        able=np.array([s for _, s in pairs], np.int32),
        may=may,
        home=np.array([people.get(one.home or "", -1) if one.home else -1 for one in assistants], np.int64),
        contract=np.array([one.contract_s for one in assistants], np.int64),
        most=np.array([_or(one.average_left_s, 1 << 40) for one in assistants], np.int64),
        last_end=np.array(
            [NEVER if one.last_end_s is None else one.last_end_s - zero for one in assistants], np.int64
        ),
        fair_nights=np.array([shares[one.id][0] for one in assistants], np.int64),
        fair_weekends=np.array([shares[one.id][1] for one in assistants], np.int64),
        wish=wish,
        unmet=unmet,
        week=np.array(
            [
                seconds_at(datetime.combine(instance.first + timedelta(days=WEEK * week), time())) - zero
                for week in range(instance.weeks + 1)
            ],
            np.int64,
        ),
        ordinary=np.array(
            [
                rules.ordinary_s * min(BLOCK_WEEKS, instance.weeks - block * BLOCK_WEEKS) // BLOCK_WEEKS
                for block in range(blocks)
            ],
            np.int64,
        ),
        weekends_of=np.array(
            [
                sum(
                    1 << week
                    for week in range(block * BLOCK_WEEKS, min(instance.weeks, (block + 1) * BLOCK_WEEKS))
                )
                for block in range(blocks)
            ],
            np.int64,
        ),
        limits=np.array(
            [
                rules.daily_rest_s,
                rules.max_span_s,
                rules.long_span_s,
                rules.weekly_rest_s,
                rules.on_call_s,
                rules.max_days,
                rules.max_weekends,
                rules.max_nights,
            ],
            np.int64,
        ),
        weights=np.array(
            [
                int(weight * MILLI)
                for weight in (
                    weights.open,
                    weights.under,
                    weights.over,
                    weights.over_hourly,
                    weights.other_team,
                    weights.distinct,
                    weights.wish,
                    weights.night_fair,
                    weights.weekend_fair,
                    weights.change,
                )
            ],
            np.int64,
        ),
        before=np.array(
            [
                -2
                if shift.id not in instance.previous
                else number.get(instance.previous[shift.id] or "", NOBODY)
                for shift in shifts
            ],
            np.int64,
        ),
        fixed=np.array([shift.id in instance.fixed for shift in shifts], np.bool_),
    )


def in_order(instance: Instance) -> list[Shift]:
    """The shifts as the arrays have them: by when they begin, then by id."""
    return sorted(instance.shifts, key=lambda shift: (shift.begins_s, shift.ends_s, shift.id))


def owners_of(instance: Instance, assignments: Assignments) -> Array:
    """For each shift in order the number of its assistant, -1 when it is open."""
    number = {assistant.id: place for place, assistant in enumerate(instance.assistants)}
    return np.array(
        [number.get(assignments.get(shift.id) or "", NOBODY) for shift in in_order(instance)], np.int64
    )


def assignments_of(instance: Instance, owners: Array) -> dict[str, str | None]:
    """The opposite of `owners_of`, in the instance's own order of shifts."""
    given = {
        shift.id: None if owner < 0 else instance.assistants[owner].id
        for shift, owner in zip(in_order(instance), owners.tolist(), strict=True)
    }
    return {shift.id: given[shift.id] for shift in instance.shifts}


def _people(instance: Instance) -> list[str]:
    homes = {one.home for one in instance.assistants if one.home is not None}
    return sorted(homes | {shift.person for shift in instance.shifts})


def _pairs(instance: Instance, shifts: list[Shift]) -> list[tuple[int, int]]:
    """(assistant, shift) for all that may be given, by assistant and by when the shift begins."""
    at: dict[str, list[int]] = {}
    for place, shift in enumerate(shifts):
        at.setdefault(shift.person, []).append(place)
    fixed = {shift: instance.fixed.get(shifts[shift].id) for shift in range(len(shifts))}
    touched = [frozenset(shift.days_touched) for shift in shifts]
    nights = [shift.is_night for shift in shifts]
    pairs = []
    for a, one in enumerate(instance.assistants):
        mine = sorted(place for person in one.people for place in at.get(person, ()))
        for s in mine:
            holder = fixed[s]
            if holder is not None:
                if holder == one.id:
                    pairs.append((a, s))
                continue
            skill = shifts[s].skill
            if (
                (skill is None or skill in one.skills)
                and not (one.no_nights and nights[s])
                and one.unavailable.isdisjoint(touched[s])
            ):
                pairs.append((a, s))
    return pairs


def _wishes(instance: Instance) -> tuple[Array, Array]:
    wish = np.zeros((len(instance.assistants), instance.days), np.int64)
    unmet = np.zeros(len(instance.assistants), np.int64)
    for a, one in enumerate(instance.assistants):
        for asked in one.wishes:
            day = (asked.day - instance.first).days
            if 0 <= day < instance.days:
                cost = int(abs(asked.weight) * instance.weights.wish * MILLI) * HOUR
                if asked.weight > 0:
                    wish[a, day] += cost
                else:
                    unmet[a] += cost
                    wish[a, day] -= cost
    return wish, unmet


def _weekends(shift: Shift, instance: Instance) -> int:
    bits = 0
    for saturday in shift.weekends:
        week = (saturday - instance.first).days // WEEK
        if 0 <= week < instance.weeks:
            bits |= 1 << week
    return bits


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
