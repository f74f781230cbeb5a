"""`egenmakt ask FILE`: one rule of the law asked on a day, with the facts that somebody has established."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from egenmakt.law.books import Book, Fact, FactsFaulty, Kind, Ruling
from egenmakt.law.contents.books_of_law import books_of_law
from egenmakt.law.findings import plain
from egenmakt.law.parameters import NoParameter
from egenmakt.law.rules import NoRule
from egenmakt.oversight.lawbook.answer_words import choices_of
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields, quoted


def run(arguments: Sequence[str]) -> int:
    """Read the rule, the day and the facts; print the answer and why. Exit 0 answered, 2 wrong input, 3 no rule then."""
    try:
        document, repeated = read_document(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    errors: list[InputRefused] = list(repeated)
    fields = Fields(document, errors)
    fields.only(["rule", "on", "facts"], ["born"])
    name, on, born = fields.text("rule"), fields.day("on"), fields.day("born")
    book = next((one for one in books_of_law() if name in one.rules.wordings), None)
    if name is not None and book is None:
        fields.fail("rule", f"Regeln {quoted(name)} finns inte. Se docs/rules.md eller sidorna under Lagen.")
    given = fields.mapping("facts")
    if errors or name is None or on is None or book is None:
        return refuse(errors)
    try:
        asked = book.asked_for(name, on)
        ruling = book.ask(
            name, on, {fact: _read(book, fact, value) for fact, value in given.items()}, born=born
        )
    except FactsFaulty as faulty:
        return refuse(_refused(asked, faulty.faults))
    except (NoRule, NoParameter) as error:
        return no_answer("on", error.message, name=error.name)
    print_document(_answer(name, ruling, asked))
    return DONE


def _read(book: Book, name: str, value: object) -> object:
    """A day is written as text in JSON; everything else is as the book wants it."""
    fact = book.facts.get(name)
    if fact is not None and fact.kind is Kind.DAY and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _refused(asked: Mapping[str, Fact], faults: Mapping[str, str]) -> list[InputRefused]:
    return [
        InputRefused(f"facts.{quoted(name)}", f"{fault}{_accepted(asked[name]) if name in asked else ''}")
        for name, fault in faults.items()
    ]


def _accepted(fact: Fact) -> str:
    """What an answer may be, as a sentence after the fault."""
    kinds = {
        Kind.ANSWER: "yes, no eller unknown",
        Kind.YES_NO: "true eller false",
        Kind.WHOLE: "ett heltal",
        Kind.DAY: "ett datum, skrivet ÅÅÅÅ-MM-DD",
        Kind.CHOICE: f"något av {_choices(fact)}" if fact.choices else "ett val",
    }
    return f" Svara {kinds[fact.kind]}{' eller null' if fact.may_lack else ''}."


def _choices(fact: Fact) -> str:
    """`person (personen själv), guardian (vårdnadshavare)`"""
    return ", ".join(f"{value} ({word})" for value, word in _words(fact).items())


def _words(fact: Fact) -> dict[str, str]:
    return choices_of(fact.choices) if fact.choices else {}


def _answer(name: str, ruling: Ruling, asked: Mapping[str, Fact]) -> dict[str, object]:
    value = ruling.value.value if isinstance(ruling.value, StrEnum) else ruling.value
    choices = {fact: _words(told) for fact, told in asked.items() if told.choices}
    return {
        "rule": name,
        "value": plain(value),
        "outcome": ruling.finding.outcome.value,
        "citation": str(ruling.finding.citation),
        "reason": ruling.finding.reason,
        "questions": {fact: told.question for fact, told in asked.items()},
        **({"choices": choices} if choices else {}),
        "findings": [ruling.finding.to_json()],
        "unverified": list(ruling.unverified),
        "unverified_rules": list(ruling.unverified_rules),
    }
