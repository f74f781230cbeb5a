"""docs/deadlines.md: every last day the program computes, by what law or guideline, with an example."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from egenmakt import guidelines
from egenmakt.law import procedure
from generated.tables import table

SOURCE = Path(__file__).resolve().parents[2] / "src" / "egenmakt"
EXAMPLE = date(2026, 4, 15)
BY_GUIDELINE = (guidelines.first_contact_deadline, guidelines.decision_deadline, guidelines.plan_deadline)


def page() -> str:
    """The page."""
    return "\n".join(
        [
            "# Deadlines\n",
            "A last day is computed from dated facts each time it is read; nothing ticks. By law, a last day to *act* "
            "moves past Saturdays, Sundays and holidays (lagen 1930:173); how long something is valid does not. A "
            f"municipality's own times are aims: they never move and never bind. The examples count from {EXAMPLE}.\n",
            "## By law\n",
            table(["deadline", "section", "counts from", "last day", "why"], _by_law()),
            "\n## By the municipality's guideline\n",
            table(["municipality", "deadline", "source", "last day", "why"], _by_guideline()),
            "\n## Where a case shows them\n",
            "Each room adds its own to the case's right rail and to the worklists.\n",
            table(["kind", "what is due", "binding", "in the step", "room"], sorted(_in_cases())),
        ]
    )


def _by_law() -> Iterator[tuple[object, ...]]:
    for name in procedure.__all__:
        function = getattr(procedure, name)
        if inspect.isfunction(function) and inspect.signature(function).return_annotation == "Deadline":
            found = function(EXAMPLE)
            counts_from = next(iter(inspect.signature(function).parameters))
            mark = " **not verified**" if found.unverified else ""
            yield (
                _first(function),
                found.finding.citation,
                f"`{counts_from}`",
                found.last_day,
                found.finding.reason + mark,
            )


def _by_guideline() -> Iterator[tuple[object, ...]]:
    for slug, guideline in guidelines.all_guidelines().items():
        for function in BY_GUIDELINE:
            try:
                found = function(slug, EXAMPLE)
            except guidelines.NoGuidelineValue as none:
                yield guideline.name, _first(function), "", "", str(none)
            else:
                yield (
                    guideline.name,
                    _first(function),
                    found.value.source,
                    found.last_day,
                    found.finding.reason,
                )


def _first(function: Callable[..., Any]) -> str:
    return " ".join((function.__doc__ or "").split("\n\n")[0].split()).removesuffix(".")


def _in_cases() -> Iterator[tuple[str, ...]]:
    """Every place in the rooms where a deadline of a case is made."""
    for path in sorted(SOURCE.glob("casework/*/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) == "CaseDeadline":
                said = dict(zip(("day", "kind", "title", "reason"), node.args, strict=False))
                said |= {one.arg: one.value for one in node.keywords if one.arg}
                words = {name: _text(said.get(name)) for name in ("kind", "title", "step")}
                binding = "law" if _text(said.get("binding")) == "True" else "guideline"
                yield f"`{words['kind']}`", words["title"], binding, f"`{words['step']}`", path.parent.name


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _text(node: ast.expr | None) -> str:
    """The words in an expression: a constant, or a sentence handed to gettext."""
    if isinstance(node, ast.Call) and node.args:
        return _text(node.args[0])
    return str(node.value) if isinstance(node, ast.Constant) else ""
