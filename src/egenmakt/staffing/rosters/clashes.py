"""Which shifts can never stand in one calendar, in pairs and in threes, and which windows a week's rest can have."""

from __future__ import annotations

from collections.abc import Sequence

from egenmakt.staffing.rosters.arrays import Arrays
from egenmakt.staffing.rosters.calendars import LONG, REST, SPAN


def clash(arrays: Arrays, one: int, other: int) -> bool:
    """Whether two shifts, the first of which begins first, can never stand in one calendar."""
    limits = arrays.limits
    gap = arrays.begin[other] - arrays.end[one]
    if gap < limits[REST]:
        return bool(gap < 0 or arrays.end[other] - arrays.begin[one] > limits[SPAN])
    length = arrays.end[one] - arrays.begin[one]
    return bool(length > limits[SPAN] and gap < length)


def cliques(arrays: Arrays, shifts: Sequence[int]) -> list[list[int]]:
    """Sets of shifts that pairwise clash, such that each clashing pair is in one of them and none is within another."""
    order = sorted(shifts)
    after: dict[int, list[int]] = {}
    reach = int(arrays.limits[LONG] + max(arrays.limits[REST], arrays.limits[LONG]))
    for place, s in enumerate(order):
        after[s] = []
        for r in order[place + 1 :]:
            if arrays.begin[r] - arrays.begin[s] > reach:
                break
            if clash(arrays, s, r):
                after[s].append(r)
    covered: set[tuple[int, int]] = set()
    made: list[list[int]] = []
    for s in order:
        for r in after[s]:
            if (s, r) in covered:
                continue
            clique = [s, r]
            for t in after[s]:
                if t not in clique and all(t in after[min(u, t)] if u < t else u in after[t] for u in clique):
                    clique.append(t)
            clique.sort()
            covered.update((u, v) for at, u in enumerate(clique) for v in clique[at + 1 :])
            made.append(clique)
    return made


def triples(arrays: Arrays, shifts: Sequence[int]) -> list[tuple[int, int, int]]:
    """Three shifts of which no two clash, but which together make one span that is too long."""
    order = sorted(shifts)
    rest, span = arrays.limits[REST], arrays.limits[SPAN]
    found = []
    for at, i in enumerate(order):
        for step, j in enumerate(order[at + 1 :], at + 1):
            if arrays.begin[j] - arrays.begin[i] > span:
                break
            if clash(arrays, i, j) or arrays.begin[j] - arrays.end[i] >= rest:
                continue
            for k in order[step + 1 :]:
                if arrays.begin[k] - arrays.end[j] >= rest:
                    break
                if (
                    not clash(arrays, j, k)
                    and not clash(arrays, i, k)
                    and arrays.end[k] - arrays.begin[i] > span
                    and arrays.begin[k] >= arrays.end[j]
                ):
                    found.append((i, j, k))
    return found


def rest_windows(
    arrays: Arrays, shifts: Sequence[int], opens: int, closes: int, least: int
) -> list[frozenset[int]]:
    """For each window of weekly rest that is worth considering, the shifts it forbids; [] when the week has no room."""
    starts = {opens, *(int(arrays.end[s]) for s in shifts if opens < arrays.end[s] <= closes - least)}
    windows = []
    for start in sorted(starts):
        if start + least <= closes:
            windows.append(
                frozenset(s for s in shifts if arrays.begin[s] < start + least and arrays.end[s] > start)
            )
    kept: list[frozenset[int]] = []
    for window in sorted(set(windows), key=len):
        if not any(other <= window for other in kept):
            kept.append(window)
    return kept
