"""The instance as arrays, for the compiled search.

Times are seconds from the first midnight of the horizon; costs are whole thousandths of a second of cost (weight times
1000 times seconds for what is counted in hours, weight times 1000 times 3600 for what is counted in pieces), so that
sums are exact and the order of adding does not matter. `UNIT` of them are one unit of cost.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from egenmakt.staffing.rosters.cost import cost_at_worst
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
# What no roster may cost more than: sums over a whole team of small numbers of it still fit in 64 bits.
MOST_COST = 50_000_000_000
NEVER = -(1 << 40)  # long before the horizon
EVER = 1 << 40
NOBODY = -1
WEIGHTS = (
    "open",
    "under",
    "over",
    "over_hourly",
    "other_team",
    "distinct",
    "wish",
    "night_fair",
    "weekend_fair",
    "change",
)


# Columns of `Arrays.shift`
BEGIN, END, DAY, ACTIVE, JOUR, NIGHT, WEEKEND, BLOCK, PERSON, BEFORE, FIXED = range(11)
# Columns of `Arrays.one`
HOME, CONTRACT, MOST, LAST_END, FAIR_NIGHTS, FAIR_WEEKENDS, UNMET = range(7)
NOT_SAID = -2


class Arrays(NamedTuple):
    """Everything the search reads, and never writes. S shifts, A assistants, D days, W weeks, B blocks of four weeks.

    What belongs to one shift stands in one row, and so does what belongs to one assistant; the properties give the
    columns by name. Few and wide, because each array costs time in every compiled call.
    """

    shift: Array  # int64 [S, 11]
    one: Array  # int64 [A, 7]
    candidate_from: Array  # int64 [S + 1]: where each shift's candidates begin
    candidates: Array  # int32: for each shift those who may be given it
    able_from: Array  # int64 [A, D + 1]: where the shifts that a may be given on a day begin
    able: Array  # int32: for each assistant the shifts that may be given, in order
    may: Array  # uint8 [A, ceil(S / 8)]: one bit for each shift
    wish: Array  # int64 [A, D] cost of working that day
    week: Array  # int64 [W + 1] midnights between the weeks
    ordinary: Array  # int64 [B]
    weekends_of: Array  # int64 [B] one bit for each weekend of the block
    limits: Array  # int64 [8]: see calendars.py
    weights: Array  # int64 [10]: see calendars.py

    @property
    def begin(self) -> Array:
        """When each shift begins."""
        return self.shift[:, BEGIN]

    @property
    def end(self) -> Array:
        """When each shift ends."""
        return self.shift[:, END]

    @property
    def day(self) -> Array:
        """The day on which each shift begins."""
        return self.shift[:, DAY]

    @property
    def active(self) -> Array:
        """Active time of each shift."""
        return self.shift[:, ACTIVE]

    @property
    def on_call(self) -> Array:
        """On-call time (jour) of each shift."""
        return self.shift[:, JOUR]

    @property
    def night(self) -> Array:
        """1 for a night shift."""
        return self.shift[:, NIGHT]

    @property
    def weekend(self) -> Array:
        """One bit for each weekend that the shift touches."""
        return self.shift[:, WEEKEND]

    @property
    def block(self) -> Array:
        """The block of four weeks in which each shift begins."""
        return self.shift[:, BLOCK]

    @property
    def person(self) -> Array:
        """The number of each shift's person."""
        return self.shift[:, PERSON]

    @property
    def before(self) -> Array:
        """The assistant each shift had before: NOBODY open, NOT_SAID when there was no such shift."""
        return self.shift[:, BEFORE]

    @property
    def fixed(self) -> Array:
        """Whether each shift is fixed."""
        return self.shift[:, FIXED] == 1

    @property
    def home(self) -> Array:
        """The number of each assistant's home person; NOBODY for the pool."""
        return self.one[:, HOME]

    @property
    def contract(self) -> Array:
        """Active time in each contract; 0 when paid by the hour."""
        return self.one[:, CONTRACT]

    @property
    def most(self) -> Array:
        """Active and on-call time that each assistant has left."""
        return self.one[:, MOST]

    @property
    def last_end(self) -> Array:
        """When each assistant's last shift before the horizon ended."""
        return self.one[:, LAST_END]

    @property
    def fair_nights(self) -> Array:
        """Night shifts that are a fair share."""
        return self.one[:, FAIR_NIGHTS]

    @property
    def fair_weekends(self) -> Array:
        """Weekend shifts that are a fair share."""
        return self.one[:, FAIR_WEEKENDS]

    @property
    def unmet(self) -> Array:
        """What each assistant's wishes to work cost when no day is worked."""
        return self.one[:, UNMET]


class CostTooLarge(Exception):
    """A roster could cost more than whole numbers of 64 bits can add up. Carries how much, and the most."""

    def __init__(self, worst: int) -> None:
        super().__init__(worst, MOST_COST)
        self.worst, self.most = worst, MOST_COST


def arrays_of(instance: Instance) -> Arrays:
    """The arrays of an instance. Shifts are in the order of `in_order`, assistants in the instance's.

    Raises CostTooLarge.
    """
    if (worst := ceil(cost_at_worst(instance))) > MOST_COST:
        raise CostTooLarge(worst)
    shifts, assistants = in_order(instance), instance.assistants
    zero = seconds_at(datetime.combine(instance.first, time()))
    count, days = len(shifts), instance.days
    people = {name: place for place, name in enumerate(_people(instance))}
    blocks = -(-instance.weeks // BLOCK_WEEKS)
    rules, weights = instance.rules, instance.weights
    able_a, able_s = np.array(_pairs(instance, shifts), np.int64).reshape(-1, 2).T
    may = np.zeros((len(assistants), (count + 7) // 8), np.uint8)
    np.bitwise_or.at(may, (able_a, able_s >> 3), (1 << (able_s & 7)).astype(np.uint8))
    by_shift = np.argsort(able_s, kind="stable")
    day = np.array([(shift.day - instance.first).days for shift in shifts], np.int64)
    able_from = np.searchsorted(
        able_a * days + day[able_s],
        np.arange(len(assistants))[:, None] * days + np.arange(days + 1),
    )
    shares = instance.fair_shares
    wish, unmet = _wishes(instance)
    number = {assistant.id: place for place, assistant in enumerate(assistants)}
    return Arrays(
        shift=np.array(
            [
                (
                    shift.begins_s - zero,
                    shift.ends_s - zero,
                    day[place],
                    shift.active_s,
                    shift.on_call_s,
                    shift.is_night,
                    _weekends(shift, instance),
                    day[place] // (WEEK * BLOCK_WEEKS),
                    people[shift.person],
                    NOT_SAID
                    if shift.id not in instance.previous
                    else number.get(instance.previous[shift.id] or "", NOBODY),
                    shift.id in instance.fixed,
                )
                for place, shift in enumerate(shifts)
            ],
            np.int64,
        ).reshape(count, 11),
        one=np.array(
            [
                (
                    NOBODY if one.home is None else people[one.home],
                    one.contract_s,
                    EVER if one.average_left_s is None else one.average_left_s,
                    NEVER if one.last_end_s is None else one.last_end_s - zero,
                    *shares[one.id],
                    unmet[place],
                )
                for place, one in enumerate(assistants)
            ],
            np.int64,
        ).reshape(len(assistants), 7),
        candidate_from=np.searchsorted(able_s[by_shift], np.arange(count + 1)),
        candidates=able_a[by_shift].astype(np.int32),
        able_from=able_from,
        able=able_s.astype(np.int32),
        may=may,
        wish=wish,
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
        weights=np.array([int(getattr(weights, name) * MILLI) for name in WEIGHTS], np.int64),
    )


def persons_of(arrays: Arrays) -> int:
    """How many persons there are, at least one."""
    return int(max(arrays.person.max(initial=0), arrays.home.max(initial=0))) + 1


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
                cost = round(abs(asked.weight) * instance.weights.wish * MILLI * HOUR)
                if asked.weight > 0:
                    wish[a, day] += cost
                else:
                    unmet[a] += cost
                    wish[a, day] -= cost
    return wish, unmet


def _weekends(shift: Shift, instance: Instance) -> int:
    """A bit for the week of each weekend touched. One after the horizon counts in no block, but the shift is a weekend
    shift all the same."""
    return sum(1 << ((saturday - instance.first).days // WEEK) for saturday in shift.weekends)
