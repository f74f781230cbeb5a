"""docs/coverage.md: each requirement, the tests that prove it, and the room that serves it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


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


def page() -> str:
    """The page."""
    tests, pages = tests_by_requirement(), pages_by_requirement()
    rows = _requirements()
    done = [row for row in rows if tests.get(row)]
    lines = [
        f"# What is covered\n\n{len(done)} of {len(rows)} requirement rows have a test that would fail "
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
