"""How quickly substitutes are found for one absence in a unit: `python -m benchmarks.roster.substitutes`.

A unit of 40 persons is filled lawfully; then one shift after another is taken to be without its assistant. The first
answer is told apart: it is what a planner waits for who has just opened the roster.
"""

from __future__ import annotations

from random import Random
from statistics import median
from time import perf_counter

from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.substitutes import Index

PERSONS, SEED, ABSENCES = 40, 1, 200


def measured(persons: int = PERSONS, absences: int = ABSENCES) -> dict[str, float]:
    """Milliseconds of the index, the first answer, the median, the slowest, and the median of exchanges."""
    roster = generate(persons, seed=SEED)
    assignments = filled(roster)
    if judge(roster, assignments):
        raise AssertionError("the roster that is measured is not lawful")
    fresh = generate(persons, seed=SEED)
    begun = perf_counter()
    index = Index(fresh, assignments)
    built = perf_counter()
    absent = Random(SEED).sample(sorted(assignments), min(absences, len(assignments)))  # nothing secret
    index.substitutes(absent[0])
    first = perf_counter()
    answers, exchanges = [], []
    for shift in absent:
        begins = perf_counter()
        index.substitutes(shift)
        found = perf_counter()
        index.exchanges(shift)
        answers.append(found - begins)
        exchanges.append(perf_counter() - found)
    return {
        "assistants": len(roster.assistants),
        "shifts": len(roster.shifts),
        "index_ms": (built - begun) * 1000,
        "first_ms": (first - built) * 1000,
        "median_ms": median(answers) * 1000,
        "slowest_ms": max(answers) * 1000,
        "exchanges_median_ms": median(exchanges) * 1000,
    }


def filled(roster: Instance) -> dict[str, str | None]:
    """A lawful roster: each shift to the one of those who may have it who has most of the contract left."""
    given: dict[str, str | None] = {}
    left = {one.id: one.contract_s for one in roster.assistants}
    index = Index(roster, given)
    for shift in sorted(roster.shifts, key=lambda one: (one.begins_s, one.id)):
        for one in sorted(index.introduced(shift.person), key=lambda one: -left[one.id]):
            if index.first_breach(one, shift) is None:
                index.give(one, shift)
                given[shift.id] = one.id
                left[one.id] -= shift.active_s
                break
    return given


if __name__ == "__main__":
    for name, figure in measured().items():
        print(f"{name:22} {figure:10.1f}")
