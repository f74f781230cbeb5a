"""Write the generated documents: coverage of requirements, rules, quality gate, database, commands.

    python tools/docs.py            write them
    python tools/docs.py --check    say which are stale, and fail

Each page is a function of the code alone, so a stale one is found by making it again.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egenmakt.site.settings")
os.environ.setdefault("EGENMAKT_TEST_MODE", "1")

MADE = "<!-- Written by tools/docs.py; change the code, then run `make docs`. -->\n\n"


def main() -> int:
    """Write the pages, or with --check compare them."""
    import django

    django.setup()
    stale = []
    for name, page in PAGES.items():
        text = page().rstrip() + "\n"
        path = DOCS / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale and "--check" in sys.argv:
        print(f"Inaktuella dokument: {', '.join(stale)}. Kör `make docs`.", file=sys.stderr)
        return 1
    return 0


def _requirements() -> dict[str, str]:
    """The requirement rows, from docs/requirements.md."""
    rows = {}
    for line in (DOCS / "requirements.md").read_text().splitlines():
        if match := re.match(r"\| ([RSHAK]-\d\d) \| (.*) \|$", line):
            rows[match[1]] = match[2]
    return rows


def tests_by_requirement() -> dict[str, list[str]]:
    """The tests that carry each requirement row, by reading the test files."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        marks_of_module = [
            row
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pytestmark"
            for row in _marks([node.value])
        ]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in dict.fromkeys([*marks_of_module, *_marks(node.decorator_list)]):
                    found.setdefault(row, []).append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def _marks(nodes: list[ast.expr]) -> list[str]:
    rows = []
    for node in nodes:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "req":
                rows += [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return rows


def pages_by_requirement() -> dict[str, list[str]]:
    """The rooms that say they serve a row, with their pages' paths."""
    from importlib import import_module
    from importlib.util import find_spec

    from django.conf import settings

    found: dict[str, list[str]] = {}
    for room in settings.ROOMS:
        said = import_module(room).__doc__ or ""
        urls = import_module(f"{room}.urls").urlpatterns if find_spec(f"{room}.urls") else []
        places = [f"`/{pattern.pattern}`" for pattern in urls]
        for row in _rows_in(said):
            found.setdefault(row, []).append(
                f"{room.removeprefix('egenmakt.')} ({places[0]})" if places else room
            )
    return found


def _rows_in(text: str) -> list[str]:
    rows = []
    for match in re.finditer(r"\b([RSHAK])-(\d\d)(?:–(?:[RSHAK]-)?(\d\d))?", text):
        last = int(match[3] or match[2])
        rows += [f"{match[1]}-{number:02d}" for number in range(int(match[2]), last + 1)]
    return rows


def coverage() -> str:
    """docs/coverage.md: each requirement, its tests, its page."""
    tests, pages = tests_by_requirement(), pages_by_requirement()
    rows = _requirements()
    done = [row for row in rows if tests.get(row)]
    lines = [
        f"# What is covered\n\n{MADE}{len(done)} of {len(rows)} requirement rows have a test that would fail "
        "without them. A row with tests may still be only partly served: the tests say what is.\n",
        "| row | requirement | tests | where |\n|---|---|---|---|",
    ]
    for row, text in rows.items():
        named = tests.get(row, [])
        shown = "<br>".join(f"`{one.removeprefix('tests/')}`" for one in named[:4])
        more = f"<br>and {len(named) - 4} more" if len(named) > 4 else ""
        short = text if len(text) <= 140 else text[:137].rsplit(" ", 1)[0] + " …"
        lines.append(f"| {row} | {short} | {shown}{more} | {'<br>'.join(pages.get(row, []))} |")
    unknown = sorted(set(tests) - set(rows))
    if unknown:
        raise SystemExit(f"Tests carry rows that do not exist: {', '.join(unknown)}")
    return "\n".join(lines)


def schema() -> str:
    """docs/schema.md: every table of ours, who may do what, and the policy it stands under."""
    from django.apps import apps

    from egenmakt.foundation.database import security

    lines = [
        f"# The database\n\n{MADE}Every table of the rooms. Rights are those of the application role: S select, "
        "I insert, U update, D delete. `municipality` means that a row is visible in its own municipality only.\n"
    ]
    for config in sorted(apps.get_app_configs(), key=lambda one: one.name):
        if not config.name.startswith("egenmakt."):
            continue
        models = [model for model in config.get_models() if not hasattr(model, "pgh_tracked_model")]
        if not models:
            continue
        lines.append(f"\n## {config.name.removeprefix('egenmakt.')}\n")
        lines.append("| table | what | rights | visible | history |\n|---|---|---|---|---|")
        for model in models:
            what = (model.__doc__ or "").strip().splitlines()[0].replace("|", "\\|")
            narrower = getattr(model, "row_policy", None) or getattr(model, "tenant_policy", None)
            visible = "municipality" if security.is_tenant(model) else "all"
            if narrower:
                visible += ", and narrower"
            history = (
                "yes"
                if getattr(model, "pgh_event_models", None)
                else ("chained" if security.hash_chained(model) else "")
            )
            lines.append(
                f"| `{model._meta.db_table}` | {what} | {security.rights(model)} | {visible} | {history} |"
            )
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {"coverage.md": coverage, "schema.md": schema}

if __name__ == "__main__":
    sys.exit(main())
