"""A book of rules, asked one question at a time: the answer, the tree of findings behind it, what is unverified.

Guarantees: the same facts on the same day give the same ruling; a fact the question needs and that is missing, of
the wrong kind or unknown to the book is refused, all such faults at once; a judged fact that nobody has answered
counts as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import ModuleType
from typing import Any

from egenmakt.law.books.basis import basis_of
from egenmakt.law.findings import Finding, Outcome
from egenmakt.law.parameters import Dated, parameter
from egenmakt.law.rules import Edition, Rule, Rulebook, Trace, in_force, rules_in

ANSWERS = ("yes", "no", "unknown")
MILLION = 1_000_000
_OUTCOMES: Mapping[object, Outcome] = {
    "yes": Outcome.MET,
    "no": Outcome.NOT_MET,
    "unknown": Outcome.UNCLEAR,
}


class Kind(StrEnum):
    """What an answer to a fact's question is."""

    ANSWER = "answer"
    YES_NO = "yes_no"
    WHOLE = "whole"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the law asks about one case: the question in Swedish, and what kind of answer it takes.

    `choices` are the members of an enumeration, for the kind CHOICE. A fact that `may_lack` a value may be None.
    """

    question: str
    kind: Kind = Kind.ANSWER
    choices: type[StrEnum] | None = None
    may_lack: bool = False


class FactsFaulty(ValueError):
    """The facts do not answer what is asked. `faults` says each fault, by the name of the fact."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule gave: its value, why, and the names of the parameters and of the rules no source confirms."""

    value: Any
    finding: Finding
    unverified: tuple[str, ...]
    unverified_rules: tuple[str, ...]
    trace: Trace


@dataclass(frozen=True, eq=False)
class Book:
    """A part of the law: its name in Swedish, its rules, the facts and the parameters they ask for.

    `parameters` says for each argument name which parameter it is and which part of its value. A share is given to
    the rules as whole millionths, kronor as whole öre, so that every rule counts in whole numbers.
    """

    name: str
    title: str
    rules: Rulebook
    facts: Mapping[str, Fact]
    parameters: Mapping[str, tuple[str, str]]
    answers: type[StrEnum]

    @classmethod
    def of(cls, name: str, title: str, answers: type[StrEnum], *modules: ModuleType) -> Book:
        """The book of the rules in the modules, with the FACTS and PARAMETERS each of them states.

        PARAMETERS is a sequence of names, or says for each argument name which parameter and which part it is.
        Raises RulesFaulty, and ValueError when two modules ask the same fact in different words.
        """
        facts: dict[str, Fact] = {}
        parameters: dict[str, tuple[str, str]] = {}
        for module in modules:
            for fact, asked in module.FACTS.items():
                if facts.setdefault(fact, asked) != asked:
                    raise ValueError(f"{fact} is asked in two ways in {name}")
            stated = getattr(module, "PARAMETERS", ())
            parameters |= stated if isinstance(stated, Mapping) else {one: (one, "") for one in stated}
        rulebook = Rulebook(rules_in(*modules), facts=facts, parameters=parameters)
        return cls(name, title, rulebook, facts, parameters, answers)

    def ask(
        self, question: str, on: date, facts: Mapping[str, object], *, born: date | None = None
    ) -> Ruling:
        """Answer one rule on a day. `born` is for parameters that depend on a date of birth.

        Raises FactsFaulty, and NoRule or NoParameter for a day the law kept here does not reach.
        """
        edition = self.rules.edition(on, (question,))
        values = self._given(edition, facts)
        used = {name: parameter(self.parameters[name][0]).at(on, born=born) for name in edition.parameters}
        stated = {name: self._stated(name, dated) for name, dated in used.items()}
        for name, value in stated.items():
            values[name] = whole(value, parameter(self.parameters[name][0]).unit)
        trace = edition.run([values[name] for name in (*edition.facts, *edition.parameters)])
        return Ruling(
            value=trace[question],
            finding=self._finding(edition, trace, question, stated, set()),
            unverified=tuple(
                sorted({self.parameters[name][0] for name, dated in used.items() if not dated.verified})
            ),
            unverified_rules=tuple(
                name
                for name, made in edition.rules.items()
                if name in self.rules.wordings and not basis_of(made.function).verified
            ),
            trace=trace,
        )

    def asked_for(self, question: str, on: date) -> Mapping[str, Fact]:
        """The facts a question needs on a day, in the order the rules ask for them."""
        return {name: self.facts[name] for name in self.rules.edition(on, (question,)).facts}

    def _given(self, edition: Edition, facts: Mapping[str, object]) -> dict[str, Any]:
        faults = {
            name: "Uppgiften finns inte i den här delen av lagen." for name in facts if name not in self.facts
        }
        values: dict[str, Any] = {}
        for name in edition.facts:
            fact = self.facts[name]
            if name not in facts and fact.kind is not Kind.ANSWER:
                faults[name] = f"Uppgift saknas: {fact.question}"
                continue
            try:
                values[name] = self._read(fact, facts.get(name, "unknown"))
            except (TypeError, ValueError):
                faults[name] = f"Svaret passar inte frågan: {fact.question}"
        if faults:
            raise FactsFaulty(faults)
        return values

    def _read(self, fact: Fact, value: object) -> object:
        if value is None and fact.may_lack:
            return None
        if fact.kind is Kind.ANSWER:
            return self.answers(str(value))
        if fact.kind is Kind.CHOICE and fact.choices is not None:
            return fact.choices(str(value))
        wanted = {Kind.YES_NO: bool, Kind.WHOLE: int, Kind.DAY: date}[fact.kind]
        if type(value) is not wanted:
            raise TypeError(value)
        return value

    def _stated(self, argument: str, dated: Dated) -> int | Decimal:
        """The part of a parameter's value that an argument asks for, as the parameter's file states it."""
        part = self.parameters[argument][1]
        return dated.value[part] if isinstance(dated.value, Mapping) else dated.value

    def _finding(
        self, edition: Edition, trace: Trace, name: str, stated: Mapping[str, object], told: set[str]
    ) -> Finding:
        """The rule as a finding, with the rules it asked below it; what has been told once is not told again.

        A rule with exceptions is told with what it asks in general, and then with each exception.
        """
        made = edition.rules[name]
        told.add(name)
        in_general = edition.rules[made.arguments[0]] if made.exceptions else made
        asked = (*in_general.arguments, *(one.name for one in made.exceptions))
        below = [argument for argument in asked if argument in edition.rules]
        return Finding(
            rule=name,
            citation=made.citation,
            outcome=_outcome(trace[name]),
            reason=self._reason(edition, made, trace),
            facts={
                argument: stated.get(argument, trace[argument])
                for argument in in_general.arguments
                if argument not in below
            },
            result=trace[name],
            children=tuple(
                self._finding(edition, trace, argument, stated, told)
                for argument in below
                if argument not in told
            ),
        )

    def _reason(self, edition: Edition, made: Rule, trace: Trace) -> str:
        """The rule's sentence; when it is not met, its ground of refusal; when unclear, what nobody has answered.

        An exception that applies says which rule it sets aside, and that rule by which exception.
        """
        outcome = _outcome(trace[made.name])
        applies = in_force(made, trace)
        if outcome is Outcome.NOT_MET:
            said = basis_of(made.function).refusal or f"Inte uppfyllt: {made.sentence}"
        elif outcome is Outcome.UNCLEAR:
            open_questions = [
                self.facts[name].question
                for name in made.arguments
                if name in self.facts and trace[name] == "unknown"
            ]
            said = " ".join([f"Oklart: {made.sentence}", *open_questions])
        elif made.sets_aside and made.sets_aside[0] in edition.rules:
            said = f"{made.sentence} Undantaget går före {edition.rules[made.sets_aside[0]].citation.place}."
        else:
            said = made.sentence
        if applies is None:
            return said
        return f"{said} Ett undantag gäller ({applies.citation.place}): {applies.sentence}"


def whole(value: object, unit: str) -> int:
    """A parameter's value as a whole number: a share in millionths, kronor in öre, the rest as it is."""
    if isinstance(value, Decimal):
        scaled = value * (MILLION if unit == "share" else 100)
        if scaled != int(scaled):
            raise ValueError(f"{value} {unit} is finer than the rules count")
        return int(scaled)
    if isinstance(value, int):
        return value
    raise TypeError(value)


def _outcome(value: object) -> Outcome:
    """Yes, no and unknown are met, not met and unclear; any other value is a computed one, and met."""
    if value is False:
        return Outcome.NOT_MET
    if isinstance(value, StrEnum):
        return _OUTCOMES.get(value.value, Outcome.MET)
    return Outcome.MET
