"""Assistance rosters of three sizes, against the goals and a plain CP-SAT model in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace

from benchmarks.law.peer import NoPeer
from benchmarks.roster.memory import most_memory_mb
from benchmarks.roster.plain_model import Plain, solve_plainly
from benchmarks.roster.timefold import solve_with_timefold
from benchmarks.sections import table
from egenmakt.staffing.rosters.arrays import arrays_of
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.solving import Progress, Wanted, prepare, solve
from egenmakt.staffing.rosters.substitutes import Index

TEAMS = 20
WORKERS = 2


@dataclass(frozen=True)
class Size:
    """A size of roster, how long it may take and what should be reached."""

    name: str
    persons: int
    seconds: float
    first_s: float


SIZES = (Size("unit", 40, 30, 0.3), Size("municipality", 300, 120, 2.0))


def teams() -> str:
    """Twenty teams of one person: how soon the optimum is found and proved."""
    rows, proofs, gaps = [], [], []
    for seed in range(TEAMS):
        instance = generate(1, seed=seed)
        told: list[Progress] = []
        began = time.perf_counter()
        found = solve(instance, Wanted(60, WORKERS, told=told.append))
        spent = time.perf_counter() - began
        best = float(cost(instance, found.assignments).total)
        at_one = min((p.cost for p in told if p.seconds <= 1.05), default=float("inf"))
        gap = (at_one - found.bound) / found.bound if found.bound else 0.0
        proofs.append(spent if found.status == "optimal" else float("inf"))
        gaps.append(gap)
        rows.append(
            (
                f"team {seed}: {len(instance.assistants)} assistants, {len(instance.shifts)} shifts",
                f"{best:.2f}",
                f"{found.bound:.2f}",
                f"{spent:.1f}" if found.status == "optimal" else f"not in {spent:.0f}",
                f"{gap:.1%}",
            )
        )
    middle = statistics.median(proofs)
    head = (
        f"Proved optimal: {sum(p < 61 for p in proofs)} of {TEAMS}, the median in {middle:.1f} s (goal 10 s). "
        f"After one second the median is {statistics.median(gaps):.1%} from the bound (goal 3 % from the optimum)."
    )
    return "\n".join([head, "", table(["", "cost", "bound", "proved, s", "after 1 s"], rows)])


def large() -> str:
    """A unit and a municipality, and what a plain model and Timefold reach on the unit in twice the time."""
    rows = []
    for size in SIZES:
        rows.append(_in_own_process(size))
        if size.name == "unit":
            plain = solve_plainly(
                arrays_of(generate(size.persons, seed=1)), seconds=2 * size.seconds, workers=WORKERS
            )
            rows.append(_plain_row(size, plain))
            rows.append(_timefold_row(size))
    heads = ["", "first roster, s", "its cost", "cost", "open", "bound", "s", "memory, MB"]
    return table(heads, rows)


def _timefold_row(size: Size) -> tuple[object, ...]:
    name = f"– {size.name}, Timefold"
    try:
        peer = solve_with_timefold(generate(size.persons, seed=1), seconds=2 * size.seconds, threads=WORKERS)
    except NoPeer as missing:
        return (f"{name}: {missing}", "", "", "", "", "", "", "")
    told = f"{name} {peer.version}" + (f", {peer.breaches} breaches" if peer.breaches else "")
    return (told, "", "", f"{peer.cost:,.0f}", peer.open, "", f"{peer.seconds:.0f}", "")


def _plain_row(size: Size, plain: Plain) -> tuple[object, ...]:
    found = ("none", "–") if plain.cost is None else (f"{plain.cost:,.0f}", plain.open)
    return (
        f"– {size.name}, one plain CP-SAT model",
        "",
        "",
        *found,
        f"{plain.bound:,.0f}",
        f"{plain.seconds:.0f}",
        "",
    )


def _in_own_process(size: Size) -> tuple[object, ...]:
    """A process of its own, so that its memory is its own."""
    code = f"from benchmarks.roster.assistance import one; one({size.persons}, {size.seconds})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return (size.name, *done.stdout.strip().splitlines()[-1].split("\t"))


def one(persons: int, seconds: float) -> None:
    """Solve one size and print a line for the table."""
    prepare()
    instance = generate(persons, seed=1)
    before = most_memory_mb()
    told: list[Progress] = []
    found = solve(instance, Wanted(seconds, WORKERS, told=told.append))
    if breaches := judge(instance, found.assignments):
        raise AssertionError(breaches)
    memory = most_memory_mb()
    best = float(cost(instance, found.assignments).total)
    opened = sum(owner is None for owner in found.assignments.values())
    print(
        f"{told[0].seconds:.2f}\t{told[0].cost:,.0f}\t{best:,.0f}\t{opened}\t{found.bound:,.0f}\t{found.seconds:.0f}"
        f"\t{memory:.0f} (of it {before:.0f} before)"
    )


def absence() -> str:
    """One falls ill in a published unit: who can step in, and a new roster that moves little."""
    instance = generate(40, seed=1)
    published = solve(instance, Wanted(20, WORKERS))
    began = time.perf_counter()
    index = Index(instance, published.assignments)
    built = time.perf_counter() - began
    asked = []
    for shift in list(published.assignments)[::97]:
        began = time.perf_counter()
        index.substitutes(shift)
        asked.append(time.perf_counter() - began)
    moved, seconds, left = [], [], []
    holders = [
        one for one in instance.assistants if sum(o == one.id for o in published.assignments.values()) > 4
    ]
    for ill in holders[::15]:
        day = min(instance.shift[s].day for s, owner in published.assignments.items() if owner == ill.id)
        absent = replace(ill, unavailable=ill.unavailable | {day})
        again = replace(
            instance,
            assistants=tuple(absent if one is ill else one for one in instance.assistants),
            previous=published.assignments,
        )
        began = time.perf_counter()
        found = solve(again, Wanted(1.5, WORKERS))
        seconds.append(time.perf_counter() - began)
        moved.append(sum(found.assignments[s] != owner for s, owner in published.assignments.items()))
        left.append(sum(owner is None for owner in found.assignments.values()))
    return "\n".join(
        [
            table(
                ["", "measured", "goal"],
                [
                    ("index built once, ms", f"{built * 1000:.0f}", ""),
                    (
                        "ranked substitutes with reasons, median ms",
                        f"{statistics.median(asked) * 1000:.1f}",
                        "20",
                    ),
                    ("– the slowest", f"{max(asked) * 1000:.1f}", ""),
                    ("a new roster, s", f"{max(seconds):.1f}", "2"),
                    ("shifts moved, median", f"{statistics.median(moved):.0f}", "3"),
                    ("shifts left open, most", max(left), ""),
                ],
            ),
        ]
    )


def thousand() -> str:
    """A thousand rosters of mixed sizes, judged by the law's checker."""
    broken, shifts, opened = 0, 0, 0
    began = time.perf_counter()
    for number in range(1_000):
        instance = _mixed(number)
        found = solve(instance, Wanted(0.15, WORKERS, seed=number))
        broken += bool(judge(instance, found.assignments))
        shifts += len(instance.shifts)
        opened += sum(owner is None for owner in found.assignments.values())
    spent = time.perf_counter() - began
    return (
        f"1,000 generated rosters of one to six persons and one to six weeks, "
        f"{shifts:,} shifts in all, judged by the law's own checker: {broken} with a breach (goal 0), "
        f"{opened} shifts left open, {spent:.0f} s."
    )


def _mixed(number: int) -> Instance:
    return generate(1 + number % 6, seed=number, weeks=(4, 1, 2, 4, 6)[number % 5])
