"""docs/rules.md and docs/rules/: every rule and every value of law that the program computes with, one page each."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from itertools import groupby
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
    """The index: everything by the part of the law it belongs to."""
    entries = law.catalogue()
    rules = [entry for entry in entries if entry.kind == "rule"]
    values = [entry.parameter for entry in entries if entry.parameter]
    unverified = sum(not one.verified for found in values for one in found.values)
    parts = [
        "# The rules\n",
        f"{len(rules)} wordings of {len({one.name for one in rules})} rules and {len(values)} parameters with "
        f"{sum(len(found.values) for found in values)} values. {sum(not one.verified for one in rules)} wordings and "
        f"{unverified} values are not verified. A wording is one function; its sentence is what an officer reads. A "
        "parameter is one file of dated values, each with its source. Each name leads to its page: the code beside the "
        "section, what it rests on and what rests on it. How they hang together stands in [law.md](law.md).\n",
    ]
    for book, of_book in groupby(entries, key=lambda entry: entry.book):
        parts += [f"## {book}\n", _listed(list(of_book)), ""]
    return "\n".join(parts)


def pages() -> dict[str, Callable[[], str]]:
    """One page for each name of the law, by its file under docs."""
    return {f"rules/{name}.md": partial(_page, name) for name in _by_name()}


@cache
def _by_name() -> dict[str, list[law.CatalogueEntry]]:
    found: dict[str, list[law.CatalogueEntry]] = {}
    for entry in law.catalogue():
        found.setdefault(entry.name, []).append(entry)
    return {
        name: sorted(entries, key=lambda entry: entry.period.start, reverse=True)
        for name, entries in found.items()
    }


def _listed(entries: Iterable[law.CatalogueEntry]) -> str:
    return table(
        ["section", "name", "what it says", "from", "through", "verified"],
        [
            (
                one.citation,
                f"[`{one.name}`](rules/{one.name}.md)",
                one.sentence if one.kind == "rule" else f"{one.title}. {one.sentence}",
                one.period.start,
                _last(one.period.end),
                "yes" if one.verified else "**no**",
            )
            for one in entries
        ],
    )


def _page(name: str) -> str:
    entries = _by_name()[name]
    newest = entries[0]
    parts = [
        f"# {newest.citation}\n",
        f"`{name}` · {newest.book}\n",
        f"{f'**{newest.title}.** ' if newest.parameter else ''}{newest.sentence}\n",
    ]
    parts += [_parameter(newest.parameter)] if newest.parameter else [_wording(one) for one in entries]
    parts += [_hangs_together(name, entries)]
    return "\n".join(parts)


def _wording(one: law.CatalogueEntry) -> str:
    said = [f"## From {one.period.start}{_through(one.period.end)}\n", f"{one.citation}. {one.sentence}\n"]
    names = _by_name()
    if one.sets_aside:
        aside, *later = (f"[`{name}`]({name}.md): {names[name][0].citation}" for name in one.sets_aside)
        said.append(f"An exception. Where it applies it sets aside {aside}.\n")
        said.extend(f"It goes before another exception to that: {other}.\n" for other in later)
    if one.exceptions:
        listed = "\n".join(f"{place}. [`{name}`]({name}.md): {names[name][0].citation}. {names[name][0].sentence}"
                           for place, name in enumerate(one.exceptions, 1))  # fmt: skip
        said.append(f"Exceptions, each going before those after it:\n\n{listed}\n")
    if one.refusal:
        said.append(f"When it is not met: {one.refusal}\n")
    said.append(f"Source: {one.source or one.citation}. Verified: {'yes' if one.verified else '**no**'}.\n")
    if one.note:
        said.append(f"{one.note}\n")
    made = one.rule
    if made is not None:
        said.append(f"```python\n{one.source_text.rstrip()}\n```\n\n{_file(made)}\n")
    return "\n".join(said)


def _hangs_together(name: str, entries: list[law.CatalogueEntry]) -> str:
    names = _by_name()
    uses = dict.fromkeys(used for entry in entries for used in entry.uses)
    questions = {fact: asked for entry in entries for fact, asked in entry.questions.items()}
    users = dict.fromkeys(entry.name for entry in law.catalogue() if name in entry.uses)
    parts = ["## Rests on\n"]
    parts += [f"- [`{used}`]({used}.md): {names[used][0].citation}" for used in uses if used in names]
    parts += [f"- `{used}`: {questions[used]}" for used in uses if used not in names]
    parts += ["Nothing else."] if not uses else []
    parts += ["\n## Used by\n"]
    parts += [f"- [`{user}`]({user}.md): {names[user][0].citation}" for user in users] or ["No other rule."]
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
            f"{'yes' if one.verified else '**no**'} {one.note}".strip(),
        )
        for one in found.values
    ]
    counts = {
        "decision": "the day of the decision",
        "time_concerned": "the time it concerns",
        "application": "the application",
    }[found.counts]
    return f"## Values\n\nWhat decides which value holds: {counts}.\n\n{table(heads, rows)}\n"


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


def _through(end: date | None) -> str:
    return f" through {_last(end)}" if end else ""


def _file(made: Rule) -> str:
    path = Path(str(inspect.getsourcefile(made.function))).resolve().relative_to(ROOT)
    return f"[{path.parent.name}/{path.name}](../../{path})"
