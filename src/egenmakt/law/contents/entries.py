"""The list of everything the law holds: rules of the assessment, rules of the books, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from egenmakt.law.assistance.in_force import PARAMETERS, rulebook
from egenmakt.law.books import basis_of
from egenmakt.law.contents.assessment_facts import QUESTIONS
from egenmakt.law.contents.books_of_law import books_of_law
from egenmakt.law.findings import Citation
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.parameters import DATA, Parameter, all_parameters
from egenmakt.law.rules import Reading, Rule, Rulebook
from egenmakt.law.rules.exceptions import in_turn
from egenmakt.law.timeline import Period

ASSESSMENT = "Personlig assistans: rätt och timmar"
VALUES = "Värden i lagen"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One wording of a rule, or one parameter.

    `sentence` is what a case officer reads; `uses` are the names a rule asks for, and `questions` what is asked of
    people for those that are facts. `source` is where the rule was read besides the act cited, `note` what is open,
    `refusal` what is said when it is not met. An exception `sets_aside` first the rule it is an exception to, then the
    exceptions it goes before; `exceptions` are those to a rule, by name.
    A parameter is verified when all its values are.
    """

    kind: Literal["rule", "parameter"]
    name: str
    title: str
    citation: Citation
    sentence: str
    period: Period
    verified: bool
    uses: tuple[str, ...]
    unit: str = ""
    parameter: Parameter | None = None
    book: str = ASSESSMENT
    source: str = ""
    note: str = ""
    refusal: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    rule: Rule | None = None
    sets_aside: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @property
    def source_text(self) -> str:
        """The rule's own code, or the parameter's file. Read when it is asked for: reading them all takes a second."""
        if self.rule is not None:
            return self.rule.source
        return (DATA / f"{self.name}.toml").read_text(encoding="utf-8")


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """The rules of the assessment, those of each book, in the order of their texts; then the parameters by name."""
    return (*_rules(), *(_of_parameter(found) for found in all_parameters().values()))


def _rules() -> Iterator[CatalogueEntry]:
    for wordings in rulebook().wordings.values():
        for made in wordings:
            yield _of_rule(made, ASSESSMENT, PARAMETERS, QUESTIONS, rulebook())
    for made in rulebook().not_chosen:
        yield _of_rule(made, ASSESSMENT, PARAMETERS, QUESTIONS, rulebook())
    for book in books_of_law():
        questions = {name: fact.question for name, fact in book.facts.items()}
        for wordings in book.rules.wordings.values():
            for made in wordings:
                yield _of_rule(made, book.title, book.parameters, questions, book.rules)


def _of_rule(
    made: Rule,
    book: str,
    parameters: Mapping[str, tuple[str, str]],
    questions: Mapping[str, str],
    rules: Rulebook,
) -> CatalogueEntry:
    stands_on = basis_of(made.function)
    reading = next((one for one in READINGS if one.name == made.reading), None)
    return CatalogueEntry(
        kind="rule",
        name=made.name,
        title=made.name,
        citation=made.citation,
        sentence=made.sentence,
        period=made.period,
        verified=stands_on.verified and (reading is None or reading.verified),
        uses=tuple(
            dict.fromkeys(parameters[name][0] if name in parameters else name for name in made.arguments)
        ),
        book=book,
        source=reading.source if reading else stands_on.source,
        note=_read_as(reading) if reading else stands_on.note,
        refusal=stands_on.refusal,
        questions={name: questions[name] for name in made.arguments if name in questions},
        rule=made,
        sets_aside=made.sets_aside,
        exceptions=tuple(
            dict.fromkeys(
                one.name
                for one in in_turn(rules.exceptions.get(made.name, ()))
                if one.period.intersection(made.period)
            )
        ),
    )


def _read_as(reading: Reading) -> str:
    which = (
        "så läses lagen där inget annat är valt" if reading.usual else "en kommun kan välja att läsa lagen så"
    )
    return f"Lagen lämnar frågan öppen; {which}. {reading.sentence}"


def _of_parameter(found: Parameter) -> CatalogueEntry:
    newest = max(found.values, key=lambda dated: dated.period.start)
    starts = min(dated.period.start for dated in found.values)
    open_ended = any(dated.period.end is None for dated in found.values)
    ends = None if open_ended else max(dated.period.end for dated in found.values if dated.period.end)
    return CatalogueEntry(
        kind="parameter",
        name=found.name,
        title=found.title,
        citation=newest.citation,
        sentence=found.explanation,
        period=Period(starts, ends),
        verified=all(dated.verified for dated in found.values),
        uses=(),
        unit=found.unit,
        parameter=found,
        book=VALUES,
        source=newest.source,
        note=newest.note,
    )
