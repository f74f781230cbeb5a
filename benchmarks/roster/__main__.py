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

PARTS = ("teams", "large", "absence", "thousand", "public")


def main() -> int:
    """Measure, print and write; 1 when the public instances fail."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.roster", description=__doc__)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
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
            text = f"### Public instances of whole-day shifts, 60 s each\n\n{done.stdout.strip()}"
        else:
            text = getattr(assistance, part)()
        sections.write(
            f"roster-{part}", f"## Rosters: {part}\n\n`make bench-roster`, on {machine}.\n\n{text}"
        )
        print(text, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
