"""How long it takes to explain a team whose shifts cannot all be staffed: `python -m benchmarks.roster.why`.

Teams of a generated person, made impossible in three ways, and the same teams as they are, which can be staffed. Told are
milliseconds until the cause is proved, and until what would help has been tried too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter

from benchmarks.sections import table
from egenmakt.staffing.rosters.conflicts import conflict_of
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.team import team_of
from egenmakt.staffing.rosters.why import why_impossible

SEEDS, SECONDS = range(1, 7), 5.0


def teams(seed: int) -> Iterator[tuple[str, Instance]]:
    """A team as it is; one delegation, one who works nights, three assistants fewer."""
    roster = generate(1, seed=seed)
    first, *others = roster.assistants
    yield "as it is", roster
    yield (
        "one delegation",
        replace(roster, assistants=(first, *(replace(one, skills=frozenset()) for one in others))),
    )
    yield (
        "one works nights",
        replace(
            roster,
            assistants=(replace(first, no_nights=False), *(replace(one, no_nights=True) for one in others)),
        ),
    )
    yield "three fewer", replace(roster, assistants=roster.assistants[:-3])


def measured() -> dict[str, tuple[float, float, int]]:
    """For each kind of team: median milliseconds to the cause and to what helps, and how many were impossible."""
    taken: dict[str, list[tuple[float, float, bool]]] = {}
    for seed in SEEDS:
        for name, roster in teams(seed):
            begins = perf_counter()
            conflict = conflict_of(team_of(roster, "p1"), SECONDS)
            found = perf_counter()
            why_impossible(roster, "p1", seconds=SECONDS)
            told = perf_counter()
            taken.setdefault(name, []).append((found - begins, told - found, conflict is not None))
    return {
        name: (
            median(one[0] for one in some) * 1000,
            median(one[1] for one in some) * 1000,
            sum(one[2] for one in some),
        )
        for name, some in taken.items()
    }


def why() -> str:
    """The measurements as a section."""
    rows = [
        (name, f"{impossible} of {len(SEEDS)}", f"{cause:.0f}", f"{helps:.0f}")
        for name, (cause, helps, impossible) in measured().items()
    ]
    return table(("", "cannot be staffed", "cause proved, ms", "what helps tried, ms"), rows)


if __name__ == "__main__":
    print(why())
