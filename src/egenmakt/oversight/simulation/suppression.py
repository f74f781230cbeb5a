"""What of sums over the municipality's own decisions may be told without telling of so few that they are known.

Guarantees: every number of persons that is told, and every number one can get from those told by adding rows or by
subtracting rows from a whole, is nought or at least five. So it is with those who get more, those who get less, those
who get the same, and those for whom the municipality's part changes. Sums of hours and kronor are told only of
rows in which those who are touched are none or at least five.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from django.utils.translation import gettext as _

from egenmakt.law.population.comparing import Line
from egenmakt.law.sfb.allowance import Decider

FEWEST = 5
Moves = Mapping[tuple[Decider, Decider], int]


@dataclass(frozen=True)
class Counts:
    """How many persons of a group are touched by a change, and how."""

    persons: int
    more: int
    less: int
    share_more: int
    share_less: int

    @property
    def parts(self) -> tuple[int, ...]:
        """Every number that can be told of the group, or got from what is told of it."""
        return (
            *(
                self.persons,
                self.more,
                self.less,
                self.more + self.less,
                self.persons - self.more - self.less,
            ),
            *(self.persons - self.more, self.persons - self.less),
            *(self.share_more, self.share_less, self.touched_share, self.persons - self.touched_share),
        )

    @property
    def touched_share(self) -> int:
        return self.share_more + self.share_less

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.persons + other.persons,
            self.more + other.more,
            self.less + other.less,
            self.share_more + other.share_more,
            self.share_less + other.share_less,
        )


Row = tuple[Line, Counts]


def may_be_told(count: int) -> bool:
    """Nought tells of nobody, and five or more of nobody in particular."""
    return count == 0 or count >= FEWEST


def all_told(counts: Counts) -> bool:
    """Whether every number of the group may be told."""
    return all(map(may_be_told, counts.parts))


def sums_told(counts: Counts) -> bool:
    """Whether hours and kronor may be told: those whom they are about are none, or enough."""
    return may_be_told(counts.more + counts.less) and may_be_told(counts.touched_share)


def rows_told(rows: Iterable[Row]) -> tuple[Line, ...]:
    """The rows of a table that may be told, those that may not together with the smallest of the others as one.

    None when that leaves nothing but the whole. Rows that add up from numbers that are nought or at least five
    give such numbers, and so does what is left of the whole; therefore each row is one of those.
    """
    every = list(rows)
    together = [row for row in every if not all_told(row[1])]
    told = [row for row in every if all_told(row[1])]
    while together and not all_told(_sum(together)):
        if not told:
            return ()
        together.append(told.pop(told.index(min(told, key=lambda row: row[1].persons))))
    if len(told) + bool(together) < 2:
        return ()
    return (*(line for line, _counts in told), *([_line(together)] if together else []))


def moves_told(moves: Moves, everyone: Counts) -> Moves:
    """How many go from one decider to another; nothing when some are so few, or are so when taken from the whole."""
    real = {pair: count for pair, count in moves.items() if pair[0] is not pair[1]}
    wholes = everyone.parts
    for some in _subsets(list(real.values())):
        together = sum(some)
        if not may_be_told(together) or any(
            not may_be_told(whole - together) for whole in wholes if whole >= together
        ):
            return {}
    return real


def _subsets(counts: Sequence[int]) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(counts, size) for size in range(1, len(counts) + 1))


def _sum(rows: Sequence[Row]) -> Counts:
    total = Counts(0, 0, 0, 0, 0)
    for _line_of, counts in rows:
        total += counts
    return total


_SUMMED = (
    *("persons", "winners", "losers", "before_s", "after_s"),
    *("municipal_before_s", "municipal_after_s"),
)


def _line(rows: Sequence[Row]) -> Line:
    sums = {name: sum(getattr(line, name) for line, _counts in rows) for name in _SUMMED}
    return Line(name=_("övriga"), standard_amount=rows[0][0].standard_amount, **sums)
