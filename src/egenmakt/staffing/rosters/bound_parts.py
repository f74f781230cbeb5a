"""From the arrays of a roster to what the bound's kernel reads: kinds of shifts, how many of each anyone can have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egenmakt.staffing.rosters.arrays import HOUR, NOBODY, NOT_SAID, Array, Arrays, persons_of
from egenmakt.staffing.rosters.bound_kernel import (
    AWAY_WEEKENDS,
    FIRST_VISIT,
    GRAIN,
    KINDS_AT_HOME,
    LAST_VISIT,
    LOOSE,
    MOST_S,
    MOST_SHIFTS,
    NOT_COUNTED,
    Desk,
    Parts,
    longest_row,
)
from egenmakt.staffing.rosters.calendars import CHANGE, LONG, ON_CALL, OPEN, OTHER_TEAM, REST, WEEKENDS

MOST_MIXES = 200_000
MOST_CELLS = 8_192
COARSE = 32


@dataclass(frozen=True)
class Priced:
    """A roster as the bound sees it. A shift's price is that of its kind, and its person's weekends' where it has one."""

    parts: Parts
    desk: Desk
    need: Array  # int64 [prices]: shifts of each kind that somebody can take, and those on weekends of each person
    kind: Array  # int64 [S]: the price of each shift's kind, -1 for shifts nobody can take
    weekend: Array  # int64 [S]: the price of weekends at the shift's person, -1 for shifts on other days
    left_open: Array  # int64 [S]: what each shift costs when it is left open
    active: Array  # int64 [prices]: active time of a shift of each kind; 0 for weekends
    person: Array  # int64 [prices]: whose shifts they are
    surely: int  # what every roster costs whatever the prices: wishes, shifts that nobody can take


def priced(arrays: Arrays) -> Priced:
    """The parts of a roster's bound."""
    shifts, persons = len(arrays.shift), persons_of(arrays)
    can_be_had = np.diff(arrays.candidate_from) > 0
    names = np.column_stack([arrays.person, arrays.active, arrays.night])
    kinds, kind = np.unique(names.reshape(shifts, 3), axis=0, return_inverse=True)
    kind = kind.reshape(shifts)
    weekend = np.where(arrays.weekend != 0, len(kinds) + arrays.person, -1)
    need = np.bincount(kind[can_be_had], minlength=len(kinds) + persons).astype(np.int64)
    need += np.bincount(weekend[can_be_had & (weekend >= 0)], minlength=len(need))
    builder = _Builder(arrays, kind, weekend)
    ones = [builder.assistant(a) for a in range(len(arrays.one))]
    one = np.array(ones, np.int64).reshape(len(ones), 16)
    parts = Parts(
        one,
        np.array(builder.kinds, np.int64).reshape(len(builder.kinds), 5),
        np.array(builder.visits, np.int64).reshape(len(builder.visits), 6),
    )
    # A change is paid for beforehand, and paid back to those who keep their shift.
    moved = np.where(can_be_had, arrays.before != NOT_SAID, arrays.before >= 0)
    surely = int((~can_be_had).sum() * arrays.weights[OPEN] + moved.sum() * arrays.weights[CHANGE])
    surely = surely * HOUR + int(np.minimum(arrays.wish, 0).sum() + arrays.unmet.sum())
    left_open = arrays.weights[OPEN] - arrays.weights[CHANGE] * (arrays.before == NOBODY)
    return Priced(
        parts,
        _desk(one, len(need)),
        need,
        np.where(can_be_had, kind, -1),
        np.where(can_be_had, weekend, -1),
        left_open * HOUR,
        np.concatenate([kinds[:, 1], np.zeros(persons, np.int64)]),
        np.concatenate([kinds[:, 0], np.arange(persons)]),
        surely,
    )


def _desk(one: Array, prices: int) -> Desk:
    strict = one[one[:, LOOSE] == 0]
    cells = int((strict[:, MOST_S] // strict[:, GRAIN]).max(initial=0)) + 1
    rows = int(strict[:, AWAY_WEEKENDS].max(initial=0)) + 1
    visits = int((one[:, LAST_VISIT] - one[:, FIRST_VISIT]).max(initial=0)) + 1
    return Desk(
        np.zeros((rows, int(one[:, MOST_SHIFTS].max(initial=0)) + 1, 2), np.int64),
        np.zeros((rows, cells, 2), np.int64),
        np.zeros((2, rows, cells), np.int64),
        np.zeros((visits, rows, cells), np.int32),
        np.zeros((visits, rows, cells), np.int32),
        np.zeros(prices),
    )


class _Builder:
    """Writes the rows of each assistant, one after the other."""

    def __init__(self, arrays: Arrays, kind: Array, weekend: Array) -> None:
        self.arrays, self.kind, self.weekend = arrays, kind, weekend
        self.row = np.zeros(len(arrays.shift) + 1, np.int64)
        self.kinds: list[tuple[int, ...]] = []
        self.visits: list[tuple[int, ...]] = []
        self.lengths = arrays.end - arrays.begin
        self.first_weekend = int(kind.max(initial=-1)) + 1

    def assistant(self, a: int) -> tuple[int, ...]:
        arrays = self.arrays
        mine = np.sort(arrays.able[arrays.able_from[a, 0] : arrays.able_from[a, -1]]).astype(np.int64)
        early = arrays.begin[mine] - arrays.last_end[a] < arrays.limits[REST]
        mine = mine[(self.lengths[mine] <= arrays.limits[LONG]) & ~early]
        home = int(arrays.home[a])
        most = max(0, min(int(arrays.most[a]), int(arrays.ordinary.sum()), int(arrays.active[mine].sum())))
        grain = max(1, int(np.gcd.reduce(arrays.active[mine]))) if len(mine) else 1
        at_home = mine[arrays.person[mine] == home]
        away = mine[arrays.person[mine] != home]
        names = np.unique(self.kind[at_home])
        rows = [(int(name), self._most(at_home[self.kind[at_home] == name])) for name in names]
        mixes = int(np.prod([float(row[1] + 1) for row in rows])) if rows else 1
        if not arrays.contract[a] and len(mine):
            # Every hour costs the same: hours only need to be counted roughly, rounded down.
            shortest = int(arrays.active[mine][arrays.active[mine] > 0].min(initial=most + 1))
            grain = max(1, min(shortest, most // COARSE + 1))
        weekends_away = self._weekend_shifts(away[self.weekend[away] >= 0])
        if len(away) and (most // grain + 1) * (weekends_away + 1) > MOST_CELLS:
            weekends_away = NOT_COUNTED
        loose = len(rows) > KINDS_AT_HOME or mixes > MOST_MIXES
        loose = loose or bool(len(away) and most // grain >= MOST_CELLS)
        first_kind, first_visit = len(self.kinds), len(self.visits)
        if loose:
            away = mine
        else:
            for name, count in rows:
                some = at_home[self.kind[at_home] == name]
                s, kept = some[0], int((arrays.before[some] == a).sum())
                self.kinds.append((name, int(arrays.active[s]), int(arrays.night[s]), count, kept))
        self._visits(a, away)
        return (
            int(arrays.contract[a]),
            most,
            grain,
            int(loose),
            int(arrays.fair_nights[a]),
            int(arrays.fair_weekends[a]),
            self.first_weekend + max(home, 0),
            0 if loose else self._row_of(at_home),
            self._weekend_shifts(at_home[self.weekend[at_home] >= 0]),
            self._row_of(at_home[self.weekend[at_home] < 0]),
            len(mine)
            if weekends_away == NOT_COUNTED
            else self._weekend_shifts(mine[self.weekend[mine] >= 0]),
            weekends_away,
            first_kind,
            len(self.kinds),
            first_visit,
            len(self.visits),
        )

    def _most(self, some: Array) -> int:
        """No calendar can have more of these shifts of one kind: they clash, or there is too much on-call time."""
        on_call = self.arrays.on_call[some]
        least = int(on_call.min())
        most = self._row_of(some)
        if least:
            most = min(most, len(self.arrays.ordinary) * (int(self.arrays.limits[ON_CALL]) // least))
        return most

    def _visits(self, a: int, away: Array) -> None:
        arrays = self.arrays
        names = self.kind[away] * 2 + (self.weekend[away] >= 0)
        for name in np.unique(names):
            some = away[names == name]
            s = some[0]
            extra = int(arrays.weights[OTHER_TEAM]) * int(arrays.home[a] not in (NOBODY, arrays.person[s]))
            # As if each were a shift she had before, where one was.
            extra -= int(arrays.weights[CHANGE]) * int((arrays.before[some] == a).any())
            self.visits.append(
                (
                    int(self.kind[s]),
                    int(arrays.active[s]),
                    int(self.weekend[s]),
                    self._most(some),
                    extra * HOUR,
                    int(arrays.person[s]),
                )
            )

    def _row_of(self, some: Array) -> int:
        return int(longest_row(self.arrays.shift, self.arrays.limits, some, self.row)) if len(some) else 0

    def _weekend_shifts(self, some: Array) -> int:
        """No calendar can have more of these weekend shifts than this, with so few weekends in each block."""
        arrays, total = self.arrays, 0
        for bits in arrays.weekends_of.tolist():
            each = [
                self._row_of(some[(arrays.weekend[some] & (1 << place)) != 0])
                for place in range(bits.bit_length())
                if bits >> place & 1
            ]
            total += sum(sorted(each, reverse=True)[: int(arrays.limits[WEEKENDS])])
        outside = some[(arrays.weekend[some] & int(arrays.weekends_of.sum())) == 0]
        return min(len(some), total + len(outside))
