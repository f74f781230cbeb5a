"""Write the generated documents: coverage of requirements, rules, deadlines, quality gate, guidelines, database.

    python tools/docs.py            write them
    python tools/docs.py --check    say which are stale, and fail

Each page is a function of the code alone (one module in `tools/generated`), so a stale one is found by making it again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
os.environ["DJANGO_SETTINGS_MODULE"] = "egenmakt.site.settings"
os.environ.setdefault("EGENMAKT_TEST_MODE", "1")

MADE = "<!-- Written by tools/docs.py; change the code, then run `make docs`. -->"


def pages() -> dict[str, Callable[[], str]]:
    """Each generated page and what makes it."""
    from generated import coverage, deadlines, guidelines, quality_gate, rules, schema

    return {
        "coverage.md": coverage.page,
        "deadlines.md": deadlines.page,
        "guidelines.md": guidelines.page,
        "quality-gate.md": quality_gate.page,
        "rules.md": rules.page,
        **rules.pages(),
        "schema.md": schema.page,
    }


def main() -> int:
    """Write the pages, or with --check compare them."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate("sv")
    stale = []
    made = pages()
    for left in sorted(DOCS.glob("rules/*.md")):
        if f"rules/{left.name}" not in made:
            stale.append(f"rules/{left.name}")
            if "--check" not in sys.argv:
                left.unlink()
    for name, page in made.items():
        title, rest = page().split("\n", 1)
        text = f"{title}\n\n{MADE}\n{rest.rstrip()}\n"
        path = DOCS / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    if stale and "--check" in sys.argv:
        print(f"Inaktuella dokument: {', '.join(stale)}. Kör `make docs`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
