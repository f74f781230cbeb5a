"""The list of everything the law rooms hold, for the pages of law, and the hash that names this edition of
it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from egenmakt.law.assistance.in_force import PARAMETERS, rulebook
from egenmakt.law.findings import Citation
from egenmakt.law.parameters import Parameter, all_parameters
from egenmakt.law.rules import Rule
from egenmakt.law.timeline import Period

# The rooms whose text decides an assessment. Rooms with rules of their own add themselves here.
_ROOMS = ("timeline", "parameters", "rules", "lss", "sfb", "assistance")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One wording of a rule, or one parameter.

    `sentence` is what a case officer reads; `source_text` is the rule's own code or the parameter's file;
    `uses` are the names a rule asks for. A parameter is verified when all its values are.
    """

    kind: Literal["rule", "parameter"]
    name: str
    title: str
    citation: Citation
    sentence: str
    period: Period
    verified: bool
    source_text: str
    uses: tuple[str, ...]
    unit: str = ""
    parameter: Parameter | None = None


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every rule in the order of the law's own text files, then every parameter by name."""
    rules = [_of_rule(made) for wordings in rulebook().wordings.values() for made in wordings]
    return (*rules, *(_of_parameter(found) for found in all_parameters().values()))


@cache
def law_hash() -> str:
    """A hash over the text of every rule and parameter file: the same law, the same hash. 64 hex digits."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                text = path.read_text(encoding="utf-8")
                digest.update(f"{path.relative_to(root).as_posix()}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()


def _of_rule(made: Rule) -> CatalogueEntry:
    return CatalogueEntry(
        kind="rule",
        name=made.name,
        title=made.name,
        citation=made.citation,
        sentence=made.sentence,
        period=made.period,
        verified=True,
        source_text=made.source,
        uses=tuple(PARAMETERS[name][0] if name in PARAMETERS else name for name in made.arguments),
    )


def _of_parameter(found: Parameter) -> CatalogueEntry:
    newest = max(found.values, key=lambda dated: dated.period.start)
    starts = min(dated.period.start for dated in found.values)
    open_ended = any(dated.period.end is None for dated in found.values)
    ends = None if open_ended else max(dated.period.end for dated in found.values if dated.period.end)
    from egenmakt.law.parameters import DATA

    return CatalogueEntry(
        kind="parameter",
        name=found.name,
        title=found.title,
        citation=newest.citation,
        sentence=found.explanation,
        period=Period(starts, ends),
        verified=all(dated.verified for dated in found.values),
        source_text=(DATA / f"{found.name}.toml").read_text(encoding="utf-8"),
        uses=(),
        unit=found.unit,
        parameter=found,
    )
