"""The ways in which the mixes of a team add up to just the need, below a ceiling: a network of two halves.

Each half adds up the mixes of half the assistants, one layer each; a sum of the first half meets the sum of the second
that makes it the need. Halves are small where the whole would be large. Only arcs on some way below the ceiling stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from egenmakt.staffing.rosters.arrays import UNIT, Array
from egenmakt.staffing.rosters.mixes import NEVER_REACHED, Team, TooMany

MOST_SUMS = 600_000
WORD = 62


@dataclass(frozen=True)
class Arc:
    """One assistant's mix between what those before have together and what they have with it."""

    before: int
    after: int
    mix: int


@dataclass(frozen=True)
class Network:
    """Two rows of layers, each with its place in `Team.mixes`; both begin at state 0 and end at the same state."""

    halves: tuple[list[tuple[int, list[Arc]]], ...]
    lowest: int  # the least cost above the team's bound


@dataclass(frozen=True)
class _Layer:
    place: int
    source: Array
    target: Array
    mix: Array
    reached: Array  # what each source costs at least


def network(team: Team, above: int) -> Network | None:
    """All ways that cost at most `above` over the team's bound; None when there is none. Raises TooMany."""
    cheap = [int(np.count_nonzero(one <= UNIT)) for one in team.excess]
    order = sorted(range(len(team.mixes)), key=lambda place: (cheap[place], place))
    fields = _Fields(team.need)
    grown = []
    for half in (order[::2], order[1::2]):
        one = _grown(team, fields, half, above)
        if one is None:
            return None
        grown.append(one)
    (layers, states, reached), (others, complements, spent) = grown
    wanted = fields.packed(team.need) - complements
    by_name = np.argsort(states, kind="stable")
    at = np.minimum(np.searchsorted(states[by_name], wanted), len(states) - 1)
    meets = by_name[at]
    fits = (states[meets] == wanted) & (reached[meets] + spent <= above)
    if not fits.any():
        return None
    left, left_too = np.full(len(states), NEVER_REACHED), np.full(len(complements), NEVER_REACHED)
    left[meets[fits]] = spent[fits]
    left_too[fits] = reached[meets[fits]]
    return Network(
        (
            _kept(team, layers, left, above, np.arange(len(states))),
            _kept(team, others, left_too, above, meets),
        ),
        int((reached[meets] + spent)[fits].min()),
    )


def _grown(
    team: Team, fields: _Fields, places: Sequence[int], above: int
) -> tuple[list[_Layer], Array, Array] | None:
    """The layers of one half, and what its sums are and cost at least."""
    states, reached = np.zeros(1, np.int64), np.zeros(1, np.int64)
    layers = []
    for place in places:
        excess, counts = team.excess[place], team.mixes[place].counts
        chosen = np.flatnonzero((excess <= above) & (counts <= team.need).all(axis=1))
        more = fields.packed(counts[chosen])
        # Sums stand in the order of what they cost, so that each mix need only be added to the first of them.
        reach = np.searchsorted(reached, above - excess[chosen], side="right")
        if int(reach.sum()) > MOST_SUMS:
            raise TooMany
        sources, sums, mixes = [], [], []
        for number in np.flatnonzero(reach).tolist():
            added = states[: reach[number]] + more[number]
            source = np.flatnonzero(fields.within(added))
            sources.append(source)
            sums.append(added[source])
            mixes.append(np.full(len(source), chosen[number]))
        if not sum(map(len, sums)):
            return None
        source, mix = np.concatenate(sources), np.concatenate(mixes)
        names, target = np.unique(np.concatenate(sums), return_inverse=True)
        least = np.full(len(names), NEVER_REACHED)
        np.minimum.at(least, target, reached[source] + excess[mix])
        order = np.argsort(least, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        layers.append(_Layer(place, source, rank[target], mix, reached))
        states, reached = names[order], least[order]
    return layers, states, reached


def _kept(
    team: Team, layers: Sequence[_Layer], left: Array, above: int, ends: Array
) -> list[tuple[int, list[Arc]]]:
    """The arcs of one half on ways below the ceiling; `left` is what each last sum costs onward, `ends` its new name."""
    kept_layers: list[tuple[int, list[Arc]]] = []
    for layer in reversed(layers):
        onward = team.excess[layer.place][layer.mix] + left[layer.target]
        kept = layer.reached[layer.source] + onward <= above
        left = np.full(len(layer.reached), NEVER_REACHED)
        np.minimum.at(left, layer.source[kept], onward[kept])
        after = layer.target[kept] if kept_layers else ends[layer.target[kept]]
        triples = zip(layer.source[kept].tolist(), after.tolist(), layer.mix[kept].tolist(), strict=True)
        kept_layers.append((layer.place, [Arc(*triple) for triple in triples]))
    return kept_layers[::-1]


class _Fields:
    """Counts packed into one whole number each, with room to see at once whether any is above the need."""

    def __init__(self, need: Array) -> None:
        widths = [int(most).bit_length() + 2 for most in need]
        self.shifts = np.concatenate([[0], np.cumsum(widths)[:-1]]).astype(np.int64)
        if sum(widths) > WORD:
            raise TooMany
        self.guard = sum(1 << (int(at) + wide - 1) for at, wide in zip(self.shifts, widths, strict=True))
        self.most = int(self.packed(need)) + self.guard

    def packed(self, counts: Array) -> Array:
        """Each row of counts as one number."""
        return (counts << self.shifts).sum(axis=-1)

    def within(self, packed: Array) -> Array:
        """Whether no count is above the need, for sums of two that are not."""
        return ((self.most - packed) & self.guard) == self.guard
