"""Reading the tables of cases about the books of the law, as a case officer writes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).with_name("cases")
WORDS: dict[str, object] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Case:
    """One row: the rule asked, on a day, with what is known, and the answer expected as the table writes it."""

    book: str
    rule: str
    title: str
    on: date
    facts: dict[str, object]
    answer: object
    source: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"


def value(text: str) -> object:
    """`yes`, a word of a choice, `true`, `null` or a whole number."""
    text = text.strip()
    if text in WORDS:
        return WORDS[text]
    return int(text) if text.lstrip("-").isdigit() else text


def facts(text: str) -> dict[str, object]:
    """`name=value, name=value` as a dictionary."""
    parts = [part.split("=") for part in text.split(",") if part.strip()]
    return {name.strip(): value(written) for name, written in parts}


def cases_of(name: str) -> list[Case]:
    """Every row of a table, in the order it stands there."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return [
        Case(
            book=rule.get("bok", table["bok"]),
            rule=rule["namn"],
            title=title,
            on=day[0] if day else table["dag"],
            facts=facts(rule.get("utgår", "")) | facts(known),
            answer=value(answer),
            source=rule["källa"],
        )
        for rule in table["regel"]
        for title, known, answer, *day in rule["fall"]
    ]


def cases() -> list[Case]:
    """Every row of every table."""
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in cases_of(path.stem)]
