"""Life situations: what a case is about, as a case officer would have written it. One TOML file each.

Texts are templates: `{namn}`, `{namns}`, `{hon}`, `{Hon}`, `{henne}`, `{hennes}`, `{maken}`, `{Maken}`, `{man}`,
`{skolan}` (or its förskola) and `{ålder}` are put in for each person. No text is about anyone who exists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from egenmakt.casework.decisions.letters.words import genitive
from egenmakt.site.demo.names import Invented

SCHOOL_AGE = 6
_FOLDER = Path(__file__).parent / "situations"

# What the trial of each group of persons asks, and what a situation that belongs to the group answers.
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "1": ("onset_before_16", "permanent"),
    "2": ("adult_brain_injury", "permanent"),
    "3": (
        "permanent", "durability_certified_by_physician", "not_normal_ageing", "major", "considerable_difficulty",
        "extensive_need",
    ),
    "none": ("not_normal_ageing",),
}  # fmt: skip


@dataclass(frozen=True)
class MomentPattern:
    """One row of the sheet of moments. Minutes vary a little from person to person."""

    text: str
    need: str
    minutes: int
    times: int
    per: str
    assistants: int = 1
    intimate: bool | None = None
    tube: bool = False
    activation: bool = False
    necessary: str = ""
    self_care: str = ""
    met: int = 0
    met_by: str = ""
    from_age: int = 0

    def minutes_for(self, random: Random) -> Decimal:
        """The minutes for one person: about as in the pattern, in whole fives from a quarter of an hour up."""
        if self.minutes < 15 or self.met:
            return Decimal(self.minutes)
        return Decimal(round(self.minutes * random.uniform(0.9, 1.1) / 5) * 5)


@dataclass(frozen=True)
class EvidencePattern:
    """A certificate that the trial of the group of persons rests on."""

    title: str
    by: str
    licence: str
    summary: str


@dataclass(frozen=True)
class AreaPattern:
    """What is written about one life area."""

    own: str
    judged: str
    difficulty: str
    goal: str = ""


@dataclass(frozen=True)
class NotePattern:
    """A note in the journal that belongs to the situation."""

    kind: str
    text: str
    source: str = ""
    who: str = ""


@dataclass(frozen=True)
class Situation:
    """One life situation. Lists hold variants, of which one is drawn for each person."""

    key: str
    title: str
    personkrets: str
    ages: tuple[int, int]
    diagnosis: str
    asks_for: tuple[str, ...]
    own_words: tuple[str, ...]
    goal: str
    scope: str
    moments: tuple[MomentPattern, ...]
    evidence: tuple[EvidencePattern, ...]
    areas: Mapping[str, AreaPattern]
    assessment: Mapping[str, tuple[str, ...]]
    notes: tuple[NotePattern, ...]
    child: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partial: Mapping[str, str] = field(default_factory=dict)
    refusal: Mapping[str, str] = field(default_factory=dict)
    communicates_by: str = ""
    interpreter: str = ""
    easy_read: bool = False
    waiting: int = 0
    standby: int = 0
    unable: bool = False
    unmet: tuple[str, ...] = ()

    def answers(self) -> dict[str, bool]:
        """What the criteria of the group of persons are answered."""
        return dict.fromkeys(_ANSWERS[self.personkrets], True) | dict.fromkeys(self.unmet, False)

    def moments_at(self, age: int) -> tuple[MomentPattern, ...]:
        """The moments of someone of that age."""
        return tuple(one for one in self.moments if one.from_age <= age)


@cache
def situations() -> Mapping[str, Situation]:
    """Every life situation by its key, the name of its file."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}


def _read(path: Path) -> Situation:
    row: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    least, most = row.pop("ages")
    return Situation(
        key=path.stem,
        moments=tuple(MomentPattern(**one) for one in row.pop("moments")),
        evidence=tuple(EvidencePattern(**one) for one in row.pop("evidence")),
        areas={area: AreaPattern(**one) for area, one in row.pop("areas").items()},
        assessment={name: tuple(texts) for name, texts in row.pop("assessment").items()},
        notes=tuple(NotePattern(**one) for one in row.pop("note", [])),
        child={name: tuple(texts) for name, texts in row.pop("child", {}).items()},
        unmet=tuple(row.pop("unmet", ())),
        ages=(least, most),
        asks_for=tuple(row.pop("asks_for")),
        own_words=tuple(row.pop("own_words")),
        **row,
    )


class Words(dict[str, str]):
    """What is put into the templates for one person on one day."""

    def __init__(self, person: Invented, day: date, *, spouse: str = "") -> None:
        woman = person.sex == "female"
        wife = spouse == "female"
        age = day.year - person.born.year - ((day.month, day.day) < (person.born.month, person.born.day))
        forms = {
            "namn": person.given_name,
            "namns": genitive(person.given_name),
            "hon": "hon" if woman else "han",
            "henne": "henne" if woman else "honom",
            "hennes": "hennes" if woman else "hans",
            "maken": "hustrun" if wife else "maken",
            "man": "fru" if wife else "man",
            "skolan": "förskolan" if age < SCHOOL_AGE else "skolan",
            "ålder": str(age),
        }
        capital = {name.capitalize(): form.capitalize() for name, form in forms.items()}
        super().__init__(capital | forms)

    def __call__(self, template: str) -> str:
        """The template with the person's words in it. Raises KeyError for a word there is none for."""
        return template.format_map(self)
