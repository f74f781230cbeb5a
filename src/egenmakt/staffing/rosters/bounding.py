"""A bound that is there at once: what any roster must cost, from hours and teams alone.

Rest, days and weekends are left out and shifts may be divided, so the bound is true but loose. It is the optimum of a
small linear program: hours flow from each assistant to each person.
"""

from __future__ import annotations

import numpy as np

from egenmakt.staffing.rosters.arrays import HOUR, Array, Arrays, persons_of
from egenmakt.staffing.rosters.calendars import DISTINCT, OPEN, OTHER_TEAM, OVER, OVER_HOURLY, UNDER

SLACK = 1e-6


def quick_bound(arrays: Arrays) -> int:
    """A cost, in the arrays' unit, below which no lawful roster can come."""
    return bound_of_hours(arrays)[0]


def bound_of_hours(arrays: Arrays) -> tuple[int, Array]:
    """The bound, and for each person what one more second of help would cost."""
    import highspy

    shifts, assistants = len(arrays.begin), len(arrays.contract)
    if not shifts or not assistants:
        return int(arrays.weights[OPEN]) * HOUR * shifts + int(arrays.unmet.sum()), np.zeros(
            persons_of(arrays)
        )
    weights = arrays.weights.astype(float)
    pairs = _pairs(arrays)
    longest = np.zeros(int(arrays.person.max()) + 1)
    np.maximum.at(longest, arrays.person, arrays.active)
    most = np.minimum(arrays.most, arrays.ordinary.sum()).astype(float)
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    infinity = highspy.kHighsInf
    for s in range(len(longest)):
        program.addVar(0.0, infinity)  # hours of the person that nobody takes
        program.changeColCost(s, weights[OPEN] * HOUR / longest[s] if longest[s] else 0.0)
    base = len(longest)
    for place, (a, person) in enumerate(pairs):
        cost = weights[OVER_HOURLY] if arrays.contract[a] == 0 else 0.0
        if longest[person]:
            cap = max(1.0, min(most[a], float(arrays.active[arrays.person == person].sum())))
            cost += weights[DISTINCT] * HOUR / cap
            if arrays.home[a] >= 0 and arrays.home[a] != person:
                cost += weights[OTHER_TEAM] * HOUR / longest[person]
        program.addVar(0.0, infinity)
        program.changeColCost(base + place, cost)
    after = base + len(pairs)
    for a in range(assistants):
        paid = arrays.contract[a] == 0
        program.addVar(0.0, 0.0 if paid else float(arrays.contract[a]))
        program.changeColCost(after + 2 * a, 0.0 if paid else weights[UNDER])
        program.addVar(0.0, infinity)
        program.changeColCost(after + 2 * a + 1, 0.0 if paid else weights[OVER])
    need = np.bincount(arrays.person, weights=arrays.active, minlength=len(longest))
    for person in range(len(longest)):
        columns = [person, *(base + place for place, pair in enumerate(pairs) if pair[1] == person)]
        program.addRow(
            need[person], need[person], len(columns), np.array(columns, np.int32), np.ones(len(columns))
        )
    for a in range(assistants):
        columns = [base + place for place, pair in enumerate(pairs) if pair[0] == a]
        if arrays.contract[a]:
            contract = float(arrays.contract[a])
            values = [1.0] * len(columns) + [1.0, -1.0]
            some = np.array([*columns, after + 2 * a, after + 2 * a + 1], np.int32)
            program.addRow(contract, contract, len(some), some, np.array(values))
        if columns:
            program.addRow(
                -infinity, most[a], len(columns), np.array(columns, np.int32), np.ones(len(columns))
            )
    program.run()
    lowest = program.getInfo().objective_function_value
    wishes = int(np.minimum(arrays.wish, 0).sum() + arrays.unmet.sum())
    prices = np.zeros(persons_of(arrays))
    prices[: len(longest)] = np.array(program.getSolution().row_dual)[: len(longest)]
    return max(0, int(np.floor(lowest * (1 - SLACK)))) + wishes, prices


def _pairs(arrays: Arrays) -> list[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for a in range(len(arrays.contract)):
        mine = arrays.able[arrays.able_from[a, 0] : arrays.able_from[a, -1]]
        pairs.update((a, int(person)) for person in np.unique(arrays.person[mine]))
    return sorted(pairs)
