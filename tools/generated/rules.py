"""docs/rules.md: every rule and every value of law that the program computes with."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from egenmakt import law
from egenmakt.law.parameters.model import Dated, KeyKind, Parameter, Value
from egenmakt.law.rules import Rule
from generated.tables import table

ROOT = Path(__file__).resolve().parents[2]
UNITS = {
    "minutes": "minuter",
    "seconds": "sekunder",
    "hours": "timmar",
    "SEK": "kronor",
    "percent": "procent",
}


def page() -> str:
    """The page."""
    wordings = [made for found in law.rulebook().wordings.values() for made in found]
    values = [entry.parameter for entry in law.catalogue() if entry.parameter]
    unverified = sum(not one.verified for found in values for one in found.values)
    parts = [
        "# The rules\n",
        f"{len(wordings)} wordings of {len({one.name for one in wordings})} rules and {len(values)} parameters with "
        f"{sum(len(found.values) for found in values)} values, {unverified} of which are not verified. A wording is one "
        "function; its sentence is what an officer reads. A parameter is one file of dated values, each with its source. "
        "How they hang together, and what is not verified, stands in [law.md](law.md).\n",
        "## Rules\n",
        table(
            ["section", "rule", "sentence", "from", "through", "in"],
            [
                (
                    one.citation,
                    f"`{one.name}`",
                    one.sentence,
                    one.period.start,
                    _last(one.period.end),
                    _file(one),
                )
                for one in wordings
            ],
        ),
        "\n## Parameters\n",
    ]
    parts += [_parameter(found) for found in sorted(values, key=lambda one: one.name)]
    return "\n".join(parts)


def _parameter(found: Parameter) -> str:
    unit = UNITS.get(found.unit, found.unit)
    keyed = found.key is not KeyKind.NONE
    heads = [
        "from",
        "through",
        *(["for"] if keyed else []),
        f"value ({unit})",
        "section",
        "source",
        "verified",
    ]
    rows = [
        (
            one.period.start,
            _last(one.period.end),
            *([_whom(found, one)] if keyed else []),
            _value(one.value),
            one.citation,
            one.source,
            "yes" if one.verified else f"**no** {one.note}",
        )
        for one in found.values
    ]
    head = f"### {found.title}\n\n`{found.name}`. {found.explanation}\n"
    return f"{head}\n{table(heads, rows)}\n"


def _value(value: Value) -> str:
    if isinstance(value, int | Decimal):
        return str(value)
    return ", ".join(f"{name} {one}" for name, one in value.items())


def _whom(found: Parameter, one: Dated) -> str:
    if found.key is KeyKind.BORN:
        low, high = (date.fromordinal(day).isoformat() if day else "" for day in (one.low, one.high))
        return f"born {low}–{high}"
    low, high = ("" if age is None else str(age) for age in (one.low, one.high))
    at = " at the start of the year" if found.key is KeyKind.AGE_AT_YEAR_START else ""
    return f"age {low}–{high}{at}"


def _last(end: date | None) -> str:
    return (end - timedelta(days=1)).isoformat() if end else ""


def _file(made: Rule) -> str:
    path = Path(str(inspect.getsourcefile(made.function))).resolve().relative_to(ROOT)
    return f"[{path.parent.name}/{path.name}](../{path})"
