"""`python -m benchmarks.roster [FOLDER] [--only PART …]`: rosters against their goals and their peers, as a table.

FOLDER holds the public instances (see `public`); without it they are left out. Each part writes its own section of
docs/performance.md. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src"))

from benchmarks import sections
from benchmarks.roster import assistance
from benchmarks.roster.why import why

# Each part, its heading, and what is to be known to read its table.
PARTS = {
    "teams": ("teams of one person", "Annealed for a second, then proved."),
    "large": (
        "a unit and a municipality",
        "The goals are 5,000 for a unit in 30 s and 48,000 for a municipality in 120 s, set on other rosters of the same "
        "sizes that are not published, so they can only be compared roughly; the first roster within 0.3 s and 2 s, "
        "memory at most 1 GB. What brought the unit on was to open some weeks of two assistants at once and give each "
        "shift anew: from 5,240 to some 5,100 in the same time. Tried besides, and no better: three or four assistants, "
        "one person's days, a day or three instead of weeks, more and fewer shifts, other orders, mixes of moves and "
        "temperatures, longer chains chosen with care, exact repair of one team at a time from the annealed roster.",
    ),
    "absence": ("one absence in a published unit", ""),
    "thousand": ("a thousand of them", ""),
    "why": (
        "why a team cannot be staffed",
        "Teams of one person, made impossible in three ways, and the same teams as they are. A goal is not set.",
    ),
    "public": (
        "public instances of whole-day shifts, 60 s each",
        "The goals are proof on 1 to 7 and 10, a median gap of at most 1 %, none above 10 %. Two workers race, so runs "
        "differ: 8 came to 1,300 to 1,303, and 10 was once left at 4,632.",
    ),
}


def main() -> int:
    """Measure, print and write; 1 when the public instances fail."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.roster", description=__doc__)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--only", nargs="*", choices=tuple(PARTS), default=list(PARTS))
    given = asked.parse_args()
    assistance.prepare()
    machine = f"{platform.machine()} with {os.cpu_count()} cores, Python {platform.python_version()}"
    code = 0
    for part in given.only:
        if part == "public" and given.folder is None:
            continue
        if part == "public":
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.roster.public", str(given.folder)],
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
            code = done.returncode
            text = done.stdout.strip()
        else:
            text = why() if part == "why" else getattr(assistance, part)()
        heading, known = PARTS[part]
        told = f"`make bench-roster`, on {machine}. {known}".strip()
        sections.write(f"roster-{part}", f"## Rosters: {heading}\n\n{told}\n\n{text}")
        print(text, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
