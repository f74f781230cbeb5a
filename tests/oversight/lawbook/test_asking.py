"""Any rule can be asked on its page: a form of its facts, every fault at once, an answer with its tree in Swedish."""

from __future__ import annotations

import re
import typing
from datetime import date
from enum import StrEnum

import pytest
from tests.people import told

from egenmakt import law
from egenmakt.foundation.identity.models import Role
from egenmakt.law.books import Kind
from egenmakt.oversight.lawbook import answer_words
from egenmakt.oversight.lawbook.asking import AskForm, answer_of, askable, book_with, question_of

DAY = date(2026, 3, 1)
RULES = sorted({entry.name for entry in law.catalogue() if entry.kind == "rule"})
ASKABLE = [name for name in RULES if askable(name, DAY)]


@pytest.fixture
def reader(world, sign_in):
    return sign_in(world.staff(Role.CASE_OFFICER))


def _filled(rule: str, choice: int = 0) -> dict[str, str]:
    """The form with an answer in every field: the choice with that number, and numbers that are possible."""
    form = AskForm(None, rule, DAY)
    found = {"fraga": "1", "dag": DAY.isoformat()}
    for name, field in form.fields.items():
        if hasattr(field, "choices"):
            found[name] = str(list(field.choices)[choice % len(field.choices)][0])
        elif "Date" in type(field).__name__:
            found[name] = "2020-05-14"
        elif name not in found:
            found[name] = "9"
    return found


def _words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told(answer))).replace("\xa0", " ")


@pytest.mark.req("H-04")
def test_nearly_every_rule_can_be_asked():
    # not by themselves: the two sums of the table by age, and what rests on them
    not_asked = set(RULES) - set(ASKABLE)
    assert len(ASKABLE) > 220
    assert not_asked <= {
        name
        for name in RULES
        if book_with(name) is None or book_with(name).name == "assistance" or _ended(name)
    }


def _ended(name: str) -> bool:
    return all(DAY not in entry.period for entry in law.catalogue() if entry.name == name)


@pytest.mark.req("H-04", "H-22")
@pytest.mark.parametrize("choice", [0, 1, 2])
def test_every_rule_answers_in_swedish_words(choice):
    for rule in ASKABLE:
        form = AskForm(_filled(rule, choice), rule, DAY)
        assert form.is_valid(), (rule, form.errors)
        try:
            found = answer_of(form)
        except law.NoParameter:
            continue
        for text in (found.word, *_told(found.tree)):
            assert not re.search(r"[a-z]_[a-z]", text), (rule, text)
            assert text not in {"yes", "no", "unknown", "True", "False", "None"}, (rule, text)


def _told(tree):
    yield from (str(one) for pair in tree["facts"].items() for one in pair)
    yield str(tree.get("branch") or "")
    yield "" if tree["result"] is None else str(tree["result"])
    for child in tree["children"]:
        yield from _told(child)


@pytest.mark.req("H-22")
def test_every_choice_and_every_answer_has_a_swedish_word():
    kinds = {fact.choices for book in law.books_of_law() for fact in book.facts.values() if fact.choices}
    kinds |= {book.answers for book in law.books_of_law()}
    assert kinds <= set(answer_words.WORDS)
    entries = [entry for entry in law.catalogue() if entry.rule is not None]
    given = {typing.get_type_hints(entry.rule.function).get("return") for entry in entries}
    assert {kind for kind in given if isinstance(kind, type) and issubclass(kind, StrEnum)} <= set(
        answer_words.WORDS
    )
    for kind, words in answer_words.WORDS.items():
        assert issubclass(kind, StrEnum) and set(words) == {one.value for one in kind}


@pytest.mark.req("H-04", "H-21")
def test_a_rule_is_asked_on_its_page_and_answers_with_its_tree(reader):
    page = _words(reader.get("/lagen/not_met_otherwise/"))
    assert "Fråga regeln" in page and "Tillgodoses behovet faktiskt på annat sätt?" in page
    assert "ja nej vet inte" in page
    answer = reader.get("/lagen/not_met_otherwise/", {"fraga": "1", "u-met_in_another_way": "yes"})
    page = _words(answer)
    assert "Svar: nej" in page and "Behovet tillgodoses faktiskt på annat sätt." in page
    assert "checked" in told(answer)
    assert "Svar: vet inte" in _words(reader.get("/lagen/not_met_otherwise/", {"fraga": "1"}))
    unknown = _words(
        reader.get("/lagen/not_met_otherwise/", {"fraga": "1", "u-met_in_another_way": "unknown"})
    )
    assert "Svar: vet inte" in unknown and "Oklart:" in unknown


@pytest.mark.req("H-04")
def test_every_fault_is_told_at_once_in_swedish(reader):
    answer = reader.get(
        "/lagen/request_is_valid/", {"fraga": "1", "u-asked_by": "neighbour", "u-person_age": "gammal"}
    )
    page = _words(answer)
    assert answer.status_code == 422
    assert "går inte att läsa som ett tal" in page
    assert "neighbour" in page or "Välj" in page
    assert page.count("Vem begär insatsen?") >= 2 and page.count("Hur gammal är personen?") >= 2
    for odd in ({"u-person_age": "9" * 400}, {"u-person_age": "-1"}, {"u-person_age": "\0"}, {"dag": "igår"}):
        assert reader.get("/lagen/request_is_valid/", {"fraga": "1", **odd}).status_code == 422


@pytest.mark.req("H-04", "H-22")
def test_time_and_money_are_written_as_people_write_them(reader):
    form = AskForm(None, "fee_for_assistance_most_ore", DAY)
    labels = {str(field.label) for field in form.fields.values()}
    assert not any("öre" in label or "sekunder" in label for label in labels)
    every = {question_of(fact) for book in law.books_of_law() for fact in book.facts.values()}
    assert not any("sekund" in one or "i öre" in one or "miljondel" in one for one in every)
    asked = _filled("fee_for_assistance_most_ore") | {"u-allowance_ore": "1 250,50", "u-own_cost_ore": "90"}
    found = answer_of(_valid("fee_for_assistance_most_ore", asked))
    assert "1\xa0250,50 kr" in found.tree["facts"].values()


def _valid(rule: str, asked: dict[str, str]) -> AskForm:
    form = AskForm(asked, rule, DAY)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.req("H-04", "K-02")
def test_rules_of_the_assessment_can_be_asked_too(reader):
    asked = {"fraga": "1", "u-basic_after_s": "20:01", "dag": DAY.isoformat()}
    form = AskForm(None, "above_threshold", DAY)
    names = [field.name for field in form.shown]
    asked |= {name: "30:00" if "basic_s" in name else "0" for name in names}
    page = _words(reader.get("/lagen/above_threshold/", asked | {"u-days_per_week": "7"}))
    assert "Fråga regeln" in _words(reader.get("/lagen/belongs/"))
    assert "Svar:" in page or not askable("above_threshold", DAY)
    page = _words(
        reader.get(
            "/lagen/belongs/", {"fraga": "1", "u-personkrets_tried": "yes", "u-personkrets_group": "2"}
        )
    )
    assert "Svar: ja" in page


@pytest.mark.req("H-04")
def test_a_rule_that_is_not_in_force_has_no_form(reader):
    assert "Fråga regeln" not in _words(reader.get("/lagen/biased/", {"dag": "2010-03-01"}))
    assert "Fråga regeln" not in _words(reader.get("/lagen/parental_deduction/"))


@pytest.mark.req("H-04")
def test_every_kind_of_fact_has_its_field():
    kinds = {fact.kind for rule in ASKABLE for fact in AskForm(None, rule, DAY).facts.values()}
    assert kinds >= {Kind.ANSWER, Kind.YES_NO, Kind.WHOLE, Kind.CHOICE}
