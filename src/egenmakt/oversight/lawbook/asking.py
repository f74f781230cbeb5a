"""A rule asked on the page: the form of its facts, and the answer with its tree in words."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt import law
from egenmakt.casework.needs.branches import Words
from egenmakt.casework.needs.provenance import with_provenance
from egenmakt.foundation.ui.dates import hours_long, long_date
from egenmakt.foundation.ui.forms import DateField, DurationField, NumberField, PageForm
from egenmakt.law.books import Fact, Kind
from egenmakt.law.contents.assessment_facts import QUESTIONS
from egenmakt.law.contents.entries import ASSESSMENT
from egenmakt.law.lss.needs import Answer
from egenmakt.law.parameters import Parameter, parameter
from egenmakt.law.parameters.model import KeyKind
from egenmakt.law.rules import Rule
from egenmakt.oversight.lawbook.answer_words import choices_of, word_of
from egenmakt.oversight.lawbook.templatetags.lawbook import law_value

_PREFIX = "u-"
_MOST = 10**12
_BORN = f"{_PREFIX}fodd"
_BY_BIRTH = (KeyKind.BORN, KeyKind.AGE_AT_YEAR_START)


@cache
def book_with(rule: str) -> law.Book | None:
    """The book in which the rule can be asked; None where it cannot be asked by itself."""
    return next((one for one in (*law.books_of_law(), _assessment()) if rule in one.rules.wordings), None)


def askable(rule: str, day: date) -> bool:
    """Whether the rule can be asked on the day: it is in force, and no value hangs on an age that nobody gives."""
    book = book_with(rule)
    try:
        edition = book.rules.edition(day, (rule,)) if book else None
    except law.NoRule:
        return False
    return (
        book is not None
        and edition is not None
        and all(parameter(book.parameters[one][0]).key is not KeyKind.AGE for one in edition.parameters)
    )


@cache
def _assessment() -> law.Book:
    """The rules of the assessment as a book: what each of them asks, with the kind of answer its text says."""
    from egenmakt.law.assistance.in_force import FACTS, PARAMETERS

    rules = law.rulebook()
    kinds: dict[str, Any] = {}
    for wordings in rules.wordings.values():
        for made in wordings:
            kinds |= {name: kind for name, kind in _hints(made).items() if name in FACTS}
    facts = {name: _fact(QUESTIONS[name], kind) for name, kind in kinds.items()}
    return law.Book("assistance", ASSESSMENT, rules, facts, PARAMETERS, Answer)


def _hints(made: Rule) -> dict[str, Any]:
    return typing.get_type_hints(made.function)


def _fact(question: str, kind: Any) -> Fact:
    alternatives = [one for one in typing.get_args(kind) if one is not NoneType] or [kind]
    plain, may_lack = alternatives[0], NoneType in typing.get_args(kind)
    if issubclass(plain, StrEnum):
        return Fact(question, Kind.CHOICE, plain, may_lack)
    return Fact(question, {bool: Kind.YES_NO, int: Kind.WHOLE, date: Kind.DAY}[plain], None, may_lack)


@dataclass(frozen=True)
class _Scale:
    """How a whole number of the rules is written by people: the unit, and how many wholes one of it is."""

    suffix: str
    wholes: int
    seconds: bool = False


_SCALES: tuple[tuple[str, _Scale], ...] = (
    ("_micro_minutes", _Scale("", 1_000_000, seconds=True)),
    ("_micro_minutes_per_day", _Scale("", 1_000_000, seconds=True)),
    ("_ore", _Scale("kr", 100)),
    ("_rate", _Scale("%", 10_000)),
    ("_s", _Scale("", 1, seconds=True)),
    ("_s_per_week", _Scale("", 1, seconds=True)),
)
_WHOLE = _Scale("", 1)
_REWORDED = (
    (r", i (öre|miljondelar)\?", "?"),
    (r"Hur många sekunder är den", "Hur lång är den"),
    (r"Hur många sekunder", "Hur mycket tid"),
    (r"hur många sekunder", "hur mycket tid"),
    (r"(är|var) beviljade", r"\1 beviljad"),
)


def scale_of(name: str) -> _Scale:
    """How people write the whole number with that name."""
    if name == "micro_minutes":
        return _SCALES[0][1]
    return next((scale for ending, scale in _SCALES if name.endswith(ending)), _WHOLE)


def question_of(fact: Fact) -> str:
    """The question as it is put on the page, where time and money are written as people write them."""
    question = fact.question
    for pattern, words in _REWORDED:
        question = re.sub(pattern, words, question)
    return question


class AskForm(PageForm):
    """What the rule asks on a day, one field for each fact, in the rule's order. All faults are told at once."""

    def __init__(self, data: Any, rule: str, day: date) -> None:
        book = book_with(rule)
        assert book is not None  # noqa: S101  # askable has said so
        self.book, self.rule, self.day = book, rule, day
        self.facts = book.asked_for(rule, day)
        super().__init__(data)
        self.fields["dag"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=day.isoformat()
        )
        self.fields["fraga"] = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")
        for name, fact in self.facts.items():
            self.fields[f"{_PREFIX}{name}"] = _field(name, fact)
            if fact.kind is Kind.ANSWER:
                self.initial[f"{_PREFIX}{name}"] = "unknown"
        edition = book.rules.edition(day, (rule,))
        if any(parameter(book.parameters[one][0]).key in _BY_BIRTH for one in edition.parameters):
            self.fields[_BORN] = DateField(
                label=gettext_lazy("När är personen född?"),
                error_messages={"required": gettext_lazy("Skriv när personen är född.")},
            )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that are filled in."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    def answered(self) -> law.Ruling:
        """The ruling on what was filled in. Raises NoRule, NoParameter, FactsFaulty."""
        given = {
            name: _given(name, fact, self.cleaned_data[f"{_PREFIX}{name}"])
            for name, fact in self.facts.items()
        }
        return self.book.ask(self.rule, self.day, given, born=self.cleaned_data.get(_BORN))


class _JudgedField(forms.ChoiceField):
    """Yes, no or unknown; what nobody has answered is unknown."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or Answer.UNKNOWN.value)


def _field(name: str, fact: Fact) -> forms.Field:
    label, needed = question_of(fact), not fact.may_lack
    scale = scale_of(name)
    if fact.kind is Kind.ANSWER:
        return _JudgedField(label=label, choices=list(choices_of(Answer).items()), widget=forms.RadioSelect)
    if fact.kind is Kind.YES_NO:
        choices = {"yes": _("ja"), "no": _("nej")} | ({} if needed else {"": _("inte bedömt")})
        return _choice(label, choices, needed=needed)
    if fact.kind is Kind.CHOICE and fact.choices is not None:
        choices = choices_of(fact.choices) | ({} if needed else {"": _("inget av dem, eller inte bedömt")})
        return _choice(label, choices, needed=needed)
    if fact.kind is Kind.DAY:
        return DateField(label=label, required=needed)
    if scale.seconds:
        return DurationField(
            label=label,
            required=needed,
            unit="minutes" if scale.wholes > 1 else "hours",
            max_seconds=366 * 86400,
        )
    return NumberField(
        label=label, required=needed, whole=scale.wholes == 1, min_value=0, max_value=_MOST,
    )  # fmt: skip


def _choice(label: str, choices: Mapping[str, str], *, needed: bool) -> forms.Field:
    return forms.ChoiceField(
        label=label, choices=list(choices.items()), required=needed, widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett svar.")},
    )  # fmt: skip


def _given(name: str, fact: Fact, value: Any) -> object:
    if value is None or value == "":
        return None
    if fact.kind is Kind.YES_NO:
        return value == "yes"
    if fact.kind is Kind.WHOLE:
        scale = scale_of(name)
        if scale.seconds:
            return value * scale.wholes // 60 if scale.wholes > 1 else value
        return int((value * scale.wholes).to_integral_value(ROUND_HALF_UP))
    return value


@dataclass(frozen=True)
class Answered:
    """The answer in words, its tree, and what in it no source confirms: name and title."""

    word: str
    tree: dict[str, Any]
    unverified: list[tuple[str, str]]


def answer_of(form: AskForm) -> Answered:
    """Ask the rule what the form holds. Raises NoRule, NoParameter, FactsFaulty."""
    ruling, book = form.answered(), form.book
    words = Words(_names(book), word_of)
    tree = with_provenance(ruling.finding, lambda _finding: ruling.trace, form.day, words)
    rules = {one.name: one.citation for one in ruling.trace.edition.rules.values()}
    return Answered(
        word=told(form.rule, ruling.value),
        tree=_worded(tree, ruling.finding, book),
        unverified=[(name, parameter(name).title) for name in ruling.unverified]
        + [(name, str(rules[name])) for name in ruling.unverified_rules],
    )


def _names(book: law.Book) -> dict[str, str]:
    """What facts, parameters and rules are called where a branch speaks of them."""
    rules = {
        name: _("regeln i %s") % wordings[-1].citation.section
        for name, wordings in book.rules.wordings.items()
    }
    parameters = {name: parameter(about).title for name, (about, _part) in book.parameters.items()}
    return rules | parameters | {name: question_of(fact) for name, fact in book.facts.items()}


def _worded(tree: dict[str, Any], finding: law.Finding, book: law.Book) -> dict[str, Any]:
    """The tree with each fact under its question and each value in words."""
    facts = {}
    for name, value in finding.facts.items():
        if name in book.parameters:
            about = parameter(book.parameters[name][0])
            facts[about.title] = _of_parameter(about, value)
        else:
            fact = book.facts.get(name)
            facts[question_of(fact) if fact else name] = told(name, value)
    return tree | {
        "facts": facts,
        "result": None if finding.result in {"yes", "no", "unknown"} else told(finding.rule, finding.result),
        "children": [
            _worded(below, one, book) for below, one in zip(tree["children"], finding.children, strict=True)
        ],
    }


def _of_parameter(about: Parameter, value: Any) -> str:
    return law_value(replace(about.values[0], value=value), about.unit)


def told(name: str, value: Any) -> str:
    """A value of a fact or a rule in words, by its name: time as hours, money as kronor, a choice by its word."""
    if value is None:
        return _("inte bedömt")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, StrEnum):
        return word_of(value)
    if isinstance(value, date):
        return long_date(value)
    scale = scale_of(name)
    if scale.seconds:
        return hours_long(int(value) if scale.wholes == 1 else int(value) * 60 // scale.wholes)
    number = f"{Decimal(value) / scale.wholes:,.{2 if scale.wholes > 1 else 0}f}"
    return f"{number.replace(',', chr(0xA0)).replace('.', ',')} {scale.suffix}".strip()
