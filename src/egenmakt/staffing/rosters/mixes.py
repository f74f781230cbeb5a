"""Mixes: how many shifts of each kind an assistant may have, what that alone costs, and how mixes add up to the need.

What makes a small team hard to prove is arithmetic: contracts in hours, shifts of 7, 7½ and 9½ hours. A mix says how
many shifts of each kind (length, night) and how many weekend shifts an assistant has; hours, fairness and the first
acquaintance follow from it exactly. Which mixes together make up just the need is a way through a layered network, one
layer an assistant, of which only ways below a cost are kept. Rest and days are left to the model of `proving`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from egenmakt.staffing.rosters.arrays import HOUR, NOT_SAID, UNIT, Array, Arrays
from egenmakt.staffing.rosters.calendars import (
    CHANGE,
    DISTINCT,
    LONG,
    NIGHT_FAIR,
    OPEN,
    OTHER_TEAM,
    OVER,
    OVER_HOURLY,
    REST,
    UNDER,
    WEEKEND_FAIR,
    WEEKENDS,
)
from egenmakt.staffing.rosters.clashes import clash

MOST_KINDS = 4
MOST_MIXES = 300_000
MOST_OPEN = 4
MOST_CELLS = 20_000_000
FIRST_COLUMNS, MORE_COLUMNS = 200, 60
ROUNDS = 200
NEGATIVE = -1e-6
NEVER_REACHED = 1 << 60


class TooMany(Exception):
    """There are too many mixes or ways to list; a lower limit, or another method, is needed."""


@dataclass(frozen=True)
class Mixes:
    """What one assistant (or nobody) may have: the counts of each mix and its cost.

    `own` is what the shifts that make up the mix must cost besides, at least: wishes, other teams, changes.
    """

    counts: Array  # int64 [M, D]
    cost: Array  # int64 [M]
    own: Array  # int64 [M]

    @property
    def least(self) -> Array:
        """What each mix costs at least."""
        return self.cost + self.own


@dataclass(frozen=True)
class Team:
    """The mixes of everybody, in the order of `assistants` and then nobody's; and prices that bound them together."""

    features: Array  # int64 [S, D]: what a shift adds to each count
    need: Array  # int64 [D]
    mixes: tuple[Mixes, ...]
    excess: tuple[Array, ...]  # int64 [M] of each: cost above what the prices allow, never below zero
    bound: int


def team_of(arrays: Arrays, can: Sequence[Sequence[int]], contracts: Sequence[int], limit: int) -> Team:
    """The team of the assistants `contracts` (their numbers), who can take the shifts `can` of each.

    Rosters that cost more than `limit` are left out. Raises TooMany.
    """
    needed = np.array(sorted({s for some in can for s in some}), np.int64)
    features, kinds = _features(arrays, needed)
    need = features[needed].sum(axis=0)
    mixes = [
        _mixes(arrays, a, np.array(some, np.int64), features, kinds, limit)
        for a, some in zip(contracts, can, strict=True)
    ]
    mixes.append(_nobodys(arrays, needed, features, limit))
    prices = _prices(mixes, need)
    # Prices in whole numbers, so that the bound is exact whatever the linear program was content with.
    whole = np.rint(prices * UNIT).astype(np.int64)
    raw = [one.least - one.counts @ whole for one in mixes]
    least = [int(one.min()) for one in raw]
    excess = tuple(one - low for one, low in zip(raw, least, strict=True))
    return Team(features, need, tuple(mixes), excess, int(need @ whole) + sum(least))


def _features(arrays: Arrays, needed: Array) -> tuple[Array, list[Array]]:
    """What each shift adds to each count, and the shifts of each kind."""
    names = [(int(arrays.active[s]), int(arrays.night[s])) for s in needed]
    kinds = [
        needed[[place for place, name in enumerate(names) if name == kind]] for kind in sorted(set(names))
    ]
    weekend = (arrays.weekend != 0).astype(np.int64)
    if len(kinds) <= MOST_KINDS:
        features = np.zeros((len(arrays.begin), len(kinds) + 1), np.int64)
        for place, some in enumerate(kinds):
            features[some, place] = 1
    else:
        grain = max(1, int(np.gcd.reduce(arrays.active[needed])))
        features = np.zeros((len(arrays.begin), 3), np.int64)
        features[needed, 0] = arrays.active[needed] // grain
        features[needed, 1] = arrays.night[needed]
    features[needed, -1] = weekend[needed]
    return features, kinds


def _mixes(arrays: Arrays, a: int, can: Array, features: Array, kinds: list[Array], limit: int) -> Mixes:
    weights, contract = arrays.weights, int(arrays.contract[a])
    dimensions = features.shape[1]
    length = arrays.end[can] - arrays.begin[can]
    early = arrays.begin[can] - arrays.last_end[a] < arrays.limits[REST]
    can = can[(length <= arrays.limits[LONG]) & ~early]
    most_s = min(int(arrays.ordinary.sum()), int(arrays.most[a]))
    most_shifts = _chain(arrays, can)
    counts = np.zeros((1, dimensions), np.int64)
    hours = nights = shifts = np.zeros(1, np.int64)
    for kind in kinds:
        mine = kind[np.isin(kind, can)]
        if not len(mine):
            continue
        more = np.arange(_chain(arrays, mine) + 1)
        s = mine[0]
        step = features[s].copy()
        step[-1] = 0
        counts = (counts[:, None, :] + more[None, :, None] * step).reshape(-1, dimensions)
        hours = (hours[:, None] + more * arrays.active[s]).ravel()
        nights = (nights[:, None] + more * arrays.night[s]).ravel()
        shifts = (shifts[:, None] + more).ravel()
        fits = (hours <= most_s) & (shifts <= most_shifts)
        above = weights[OVER_HOURLY] if contract == 0 else weights[OVER]
        fits &= above * np.maximum(0, hours - contract) <= limit
        keys = np.column_stack([counts[:, :-1], hours, nights, shifts])[fits]
        _, first = np.unique(keys, axis=0, return_index=True)
        kept = np.flatnonzero(fits)[first]
        counts, hours, nights, shifts = counts[kept], hours[kept], nights[kept], shifts[kept]
        if len(counts) > MOST_MIXES:
            raise TooMany
    cost = weights[OVER_HOURLY] * hours
    if contract:
        cost = weights[UNDER] * np.maximum(0, contract - hours) + weights[OVER] * np.maximum(
            0, hours - contract
        )
    cost = cost + weights[NIGHT_FAIR] * HOUR * np.maximum(0, nights - arrays.fair_nights[a])
    cost = cost + weights[DISTINCT] * HOUR * (shifts > 0)
    at_weekend = can[arrays.weekend[can] != 0]
    other_days = _chain(arrays, can[arrays.weekend[can] == 0])
    parts = []
    for weekends in range(_weekend_shifts(arrays, at_weekend) + 1):
        fits = (shifts >= weekends) & (shifts - weekends <= other_days)
        some = counts[fits].copy()
        some[:, -1] = weekends
        extra = weights[WEEKEND_FAIR] * HOUR * max(0, weekends - int(arrays.fair_weekends[a]))
        parts.append((some, cost[fits] + extra))
    counts = np.concatenate([one for one, _ in parts])
    cost = np.concatenate([one for _, one in parts])
    kept = np.flatnonzero(cost <= limit)
    if not len(kept) or len(kept) > MOST_MIXES:
        raise TooMany
    order = np.lexsort((cost[kept], *counts[kept].T))
    kept = kept[order]
    new = np.ones(len(kept), np.bool_)
    new[1:] = (counts[kept][1:] != counts[kept][:-1]).any(axis=1)
    counts, cost = counts[kept][new], cost[kept][new]
    own = _own(arrays, a, can, features, counts)
    kept = np.flatnonzero(cost + own <= limit)
    if not len(kept):
        raise TooMany
    return Mixes(counts[kept], cost[kept], own[kept])


def _own(arrays: Arrays, a: int, can: Array, features: Array, counts: Array) -> Array:
    """For each mix the least that wishes, other teams and changes cost when its shifts do not clash pairwise in a row.

    More than any roster costs, where no such shifts make up the mix. Nothing, where there would be too much to count.
    """
    shape = counts.max(axis=0) + 1
    if int(shape.prod()) * (len(can) + 1) > MOST_CELLS:
        return np.zeros(len(counts), np.int64)
    none = np.full(shape, NEVER_REACHED)
    none.flat[0] = int(arrays.unmet[a])
    ending: list[Array] = []  # the least cost of the counts, for calendars that end with each shift
    until = [none]  # and for those that end with any of the shifts so far
    order = sorted(can.tolist())
    for place, s in enumerate(order):
        day, wish = int(arrays.day[s]), int(arrays.wish[a, arrays.day[s]])
        late = place
        while late and (arrays.day[order[late - 1]] == day or clash(arrays, order[late - 1], s)):
            late -= 1
        # Shifts before `near` are all to be followed by this one; a long one among them may forbid more than a near one.
        near = min((before for before in range(late) if clash(arrays, order[before], s)), default=late)
        best = until[near] + wish
        for before in range(near, place):
            if not clash(arrays, order[before], s):
                again = arrays.day[order[before]] == day
                best = np.minimum(best, ending[before] + (0 if again else wish))
        given = int(arrays.weights[OTHER_TEAM]) * int(
            arrays.home[a] >= 0 and arrays.home[a] != arrays.person[s]
        )
        given += int(arrays.weights[CHANGE]) * int(arrays.before[s] not in (NOT_SAID, a))
        mine = np.full(shape, NEVER_REACHED)
        step = features[s]
        if (step < shape).all():
            to = tuple(slice(int(more), None) for more in step)
            source = tuple(slice(0, int(size - more)) for more, size in zip(step, shape, strict=True))
            mine[to] = best[source] + given * HOUR
        ending.append(mine)
        until.append(np.minimum(until[-1], mine))
    return np.minimum(until[-1][tuple(counts.T)], NEVER_REACHED)


def _nobodys(arrays: Arrays, needed: Array, features: Array, limit: int) -> Mixes:
    """What may be open: no more than a roster within the limit can have."""
    each = int(arrays.weights[OPEN]) * HOUR
    most = min(len(needed), limit // each) if each else len(needed)
    if most > MOST_OPEN:
        raise TooMany
    sorts = np.unique(features[needed], axis=0) if len(needed) else features[:0]
    counts = np.zeros((1, features.shape[1]), np.int64)
    open_ = np.zeros(1, np.int64)
    for one in sorts:
        more = np.arange(most + 1)
        counts = (counts[:, None, :] + more[None, :, None] * one).reshape(-1, features.shape[1])
        open_ = (open_[:, None] + more).ravel()
        counts, open_ = counts[open_ <= most], open_[open_ <= most]
    return Mixes(counts, open_ * each, np.zeros(len(counts), np.int64))


def _chain(arrays: Arrays, some: Array) -> int:
    """No calendar can have more of these shifts than this: the longest row of which neighbours do not clash."""
    longest: list[int] = []
    order = sorted(some.tolist())
    for place, s in enumerate(order):
        longest.append(
            1
            + max(
                (longest[before] for before in range(place) if not clash(arrays, order[before], s)), default=0
            )
        )
    return max(longest, default=0)


def _weekend_shifts(arrays: Arrays, some: Array) -> int:
    """No calendar can have more of these weekend shifts than this, with so few weekends in each block."""
    total = 0
    for bits in arrays.weekends_of.tolist():
        each = []
        bit = 1
        while bit <= bits:
            if bits & bit:
                each.append(_chain(arrays, some[(arrays.weekend[some] & bit) != 0]))
            bit <<= 1
        total += sum(sorted(each, reverse=True)[: int(arrays.limits[WEEKENDS])])
    outside = some[(arrays.weekend[some] & int(arrays.weekends_of.sum())) == 0]
    return min(len(some), total + len(outside))


def _prices(mixes: Sequence[Mixes], need: Array) -> Array:
    """What one more of each count is worth: the dual solution of choosing among mixes, in parts, what makes up the need.

    Found by adding mixes that would pay until none would. Any prices bound rosters; these bound them best.
    """
    dimensions, count = len(need), len(mixes)
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    infinity = highspy.kHighsInf
    for amount in need.tolist():
        program.addRow(amount, amount, 0, np.zeros(0, np.int32), np.zeros(0))
    for _ in range(count):
        program.addRow(1.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
    # Rows that no mixes make up at first are made up at a forbidding price.
    dear = 1e5
    for row in range(dimensions):
        for sign in (1.0, -1.0):
            program.addCol(dear, 0.0, infinity, 1, np.array([row], np.int32), np.array([sign]))
    inside = [np.zeros(len(one.cost), np.bool_) for one in mixes]

    def add(one: int, some: Array) -> None:
        inside[one][some] = True
        for mix in some.tolist():
            row = np.flatnonzero(mixes[one].counts[mix])
            program.addCol(
                float(mixes[one].least[mix]) / UNIT,
                0.0,
                infinity,
                len(row) + 1,
                np.append(row, dimensions + one).astype(np.int32),
                np.append(mixes[one].counts[mix][row], 1).astype(float),
            )

    for one in range(count):
        add(one, np.argsort(mixes[one].least, kind="stable")[:FIRST_COLUMNS])
    duals = np.zeros(dimensions + count)
    for _ in range(ROUNDS):
        program.run()
        duals = np.array(program.getSolution().row_dual)
        added = 0
        for one in range(count):
            reduced = (
                mixes[one].least / UNIT - mixes[one].counts @ duals[:dimensions] - duals[dimensions + one]
            )
            reduced[inside[one]] = 0.0
            some = np.argsort(reduced, kind="stable")[:MORE_COLUMNS]
            some = some[reduced[some] < NEGATIVE]
            add(one, some)
            added += len(some)
        if not added:
            break
    return duals[:dimensions]
