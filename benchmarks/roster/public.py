"""`python -m benchmarks.roster.public FOLDER`: the public instances of whole-day shifts, against the best results known.

FOLDER holds `Instance1.txt` … and `best_known.csv` (columns `instance`, `lower_bound`, `best_known`). Compiling is
done first and told apart.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src"))

from benchmarks.roster.memory import most_memory_mb
from benchmarks.sections import table
from egenmakt.staffing.day_shifts.reading import read_file
from egenmakt.staffing.day_shifts.solving import Progress, solve, warm

_HEADS = [
    "instance",
    "best known",
    "ours",
    "bound",
    "proved",
    "gap %",
    "seconds",
    "best after s",
    "method",
    "MB",
]


@dataclass(frozen=True, slots=True)
class Measured:
    """One instance: what is known, what we found, and what that took."""

    instance: str
    best_known: int | None
    ours: int
    bound: int
    proved: bool
    seconds: float
    best_after_s: float
    method: str
    megabytes: float

    @property
    def gap(self) -> float | None:
        """Per cent dearer than the best known; below zero would be better than anybody has found."""
        if self.best_known is None:
            return None
        return 100 * (self.ours - self.best_known) / self.best_known

    @property
    def row(self) -> list[str]:
        """As a row of the table."""
        return [
            self.instance,
            "–" if self.best_known is None else str(self.best_known),
            str(self.ours),
            str(self.bound),
            "yes" if self.proved else "no",
            "–" if self.gap is None else f"{self.gap:.2f}",
            f"{self.seconds:.1f}",
            f"{self.best_after_s:.1f}",
            self.method,
            f"{self.megabytes:.0f}",
        ]


def measure(path: Path, best_known: int | None, seconds: float, workers: int, seed: int) -> Measured:
    """Solve one instance. Memory is the most that this process and, once for each, its workers have had."""
    told: list[Progress] = []
    began = time.monotonic()
    result = solve(read_file(path), seconds=seconds, workers=workers, seed=seed, told=told.append)
    took = time.monotonic() - began
    reached = next(one.seconds for one in told if one.cost == result.cost.total)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 * (workers - 1)
    return Measured(
        path.stem, best_known, result.cost.total, result.bound, result.proved, took, reached, result.method,
        most_memory_mb() + theirs,
    )  # fmt: skip


def known(folder: Path) -> dict[str, int]:
    """The best costs known, by instance; empty without the list."""
    file = folder / "best_known.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8") as lines:
        return {row["instance"]: int(row["best_known"]) for row in csv.DictReader(lines)}


def instances(folder: Path, only: list[str]) -> list[Path]:
    """The files, in the order of their numbers."""
    files = sorted(
        folder.glob("Instance*.txt"), key=lambda path: int("".join(filter(str.isdigit, path.stem)) or 0)
    )
    return [
        path for path in files if not only or path.stem.removeprefix("Instance") in only or path.stem in only
    ]


def summary(measured: list[Measured]) -> str:
    """The goals' own figures: how many proved, the median and the widest gap."""
    gaps = [one.gap for one in measured if one.gap is not None]
    proved = [one.instance.removeprefix("Instance") for one in measured if one.proved]
    told = f"Proved optimal: {', '.join(proved) or 'none'}."
    if gaps:
        told += f" Gap to best known: median {statistics.median(gaps):.2f} %, widest {max(gaps):.2f} %."
    return told


def main() -> int:
    """Measure and print; 1 when some gap is over ten per cent."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.roster.public", description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--only", nargs="*", default=[], metavar="NUMBER")
    given = asked.parse_args()
    paths = instances(given.folder, given.only)
    if not paths:
        print(f"Inga instanser i {given.folder}.", file=sys.stderr)
        return 2
    print(f"Kompilerade på {warm():.1f} s.", file=sys.stderr, flush=True)
    best = known(given.folder)
    measured = []
    for path in paths:
        one = measure(path, best.get(path.stem), given.seconds, given.workers, given.seed)
        print(" ".join(one.row), file=sys.stderr, flush=True)
        measured.append(one)
    print(table(_HEADS, [one.row for one in measured]))
    print(f"\n{summary(measured)}")
    return 1 if any(one.gap is not None and one.gap > 10 for one in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
