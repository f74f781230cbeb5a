"""An exception names the rule it sets aside; two that can be true at once are refused when the law is built."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egenmakt.law import Answer, book_named
from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.contents import books_of_law, catalogue
from egenmakt.law.rules import Rulebook, RulesFaulty, in_force, rule
from egenmakt.law.rules.compiling import compiled

pytestmark = pytest.mark.req("H-09")

DAY = date(2026, 1, 1)
ANSWERS = st.sampled_from(Answer)


class Fee(StrEnum):
    """What is paid."""

    FULL = "full"
    HALF = "half"
    NONE = "none"


@rule("1 §", valid_from="2020-01-01")
def fee(hours: int) -> Fee:
    """Avgiften är full."""
    return Fee.FULL if hours > 0 else Fee.NONE


@rule("2 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.HALF)
def young(age: int) -> bool:
    """Den som är under 20 år betalar hälften."""
    return age < 20


@rule("3 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
def old(age: int, pensioner: bool) -> bool:
    """Pensionärer över 66 år betalar inget."""
    return pensioner and age > 66


@rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
def poor(income: int, least_income: int) -> bool:
    """Den som inte har råd betalar inget."""
    return income < least_income


@rule("4 §", valid_from="2020-01-01", name="poor", sets_aside=("fee", "young", "old"), instead=Fee.NONE)
def poor_first(income: int, least_income: int) -> bool:
    """Den som inte har råd betalar inget, hur gammal hen än är."""
    return income < least_income


@rule("5 §", valid_from="2020-01-01")
def may_see(asked: Answer) -> Answer:
    """Den som ber får se."""
    return asked


@rule("6 §", valid_from="2020-01-01", sets_aside="may_see")
def secret(harmful: Answer) -> Answer:
    """Det som skadar någon visas inte."""
    return harmful


@rule("7 §", valid_from="2020-01-01", sets_aside=("may_see", "secret"), instead=Answer.YES)
def own(about_oneself: Answer) -> Answer:
    """Det som gäller en själv visas alltid."""
    return about_oneself


@rule("8 §", valid_from="2024-01-01", sets_aside="own")
def endangers(life_at_risk: Answer) -> Answer:
    """Inte om någons liv står på spel."""
    return life_at_risk


FACTS = {"hours", "age", "pensioner", "income", "asked", "harmful", "about_oneself", "life_at_risk"}


def book(*functions: object) -> Rulebook:
    rules = [made for function in functions for made in function.__rules__]  # type: ignore[attr-defined]
    return Rulebook(rules, facts=FACTS, parameters={"least_income"})


def faults(*functions: object) -> list[str]:
    with pytest.raises(RulesFaulty) as refused:
        book(*functions)
    return refused.value.faults


def test_an_exception_that_applies_sets_the_rule_aside_and_the_trace_shows_both() -> None:
    edition = book(fee, young, old).edition(DAY, ("fee",))
    trace = edition.run([10, 19, False])
    assert trace["fee"] == Fee.HALF
    assert trace["fee_in_general"] == Fee.FULL
    assert trace["young"] and not trace["old"]
    found = in_force(edition.rules["fee"], trace)
    assert found is not None
    assert (found.name, found.sets_aside, found.citation.section) == ("young", ("fee",), "2 §")
    assert in_force(edition.rules["fee"], edition.run([10, 40, True])) is None
    assert edition.run([10, 67, True])["fee"] == Fee.NONE
    assert edition.run([0, 40, True])["fee"] == Fee.NONE


def test_two_exceptions_that_can_be_true_at_once_are_refused_with_the_simplest_case() -> None:
    (told,) = [one for one in faults(fee, young, poor) if "young" in one]
    first = young.__code__.co_firstlineno
    second = poor.__code__.co_firstlineno
    assert told.startswith(
        f"young (test_exceptions.py:{first}) and poor (test_exceptions.py:{second}) can both set fee aside: "
        "for instance when age = "
    )
    assert "income = " in told and "least_income = " in told
    assert told.endswith("let one of them name the other in sets_aside")


def test_numbers_that_never_meet_are_no_conflict_and_those_that_do_are_named() -> None:
    assert book(fee, young, old).exceptions.keys() == {"fee"}

    @rule("3 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def child(age: int) -> bool:
        """Den som är 19 år eller yngre betalar inget."""
        return age <= 19

    @rule("3 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def grown(age: int) -> bool:
        """Den som är 20 år eller äldre betalar inget."""
        return age >= 20

    @rule("3 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def nineteen(age: int) -> bool:
        """Den som är precis 19 år betalar inget."""
        return age == 19

    assert book(fee, young, grown)
    assert "young" in faults(fee, young, child)[0]
    assert "for instance when age = 19;" in faults(fee, young, nineteen)[0]


def test_one_that_goes_before_the_other_is_no_conflict_and_decides() -> None:
    edition = book(fee, young, old, poor_first).edition(DAY, ("fee",))
    assert [one.name for one in edition.rules["fee"].exceptions] == ["poor", "young", "old"]
    values = {"hours": 1, "age": 19, "pensioner": False, "income": 5, "least_income": 6}
    assert edition.run([values[name] for name in edition.facts + edition.parameters])["fee"] == Fee.NONE


def test_exceptions_of_different_times_are_no_conflict() -> None:
    @rule("4 §", valid_from="2010-01-01", valid_to="2019-12-31", sets_aside="fee", instead=Fee.NONE)
    def formerly(hours: int) -> bool:
        """Förr betalade ingen."""
        return hours >= 0

    made = book(fee, young, formerly)
    assert [one.name for one in made.edition(DAY, ("fee",)).rules["fee"].exceptions] == ["young"]


def test_what_is_counted_is_tried_as_if_it_could_be_anything() -> None:
    @rule("9 §", valid_from="2020-01-01")
    def yearly(income: int, hours: int) -> int:
        """Inkomsten på ett år."""
        return income * 12 - hours

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def poor_by_year(yearly: int) -> bool:
        """Den som har lite på ett år betalar inget."""
        return yearly < 100

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.HALF)
    def fairly_poor(yearly: int) -> bool:
        """Den som har lite mer betalar hälften."""
        return 100 <= yearly < 200

    assert book(fee, yearly, poor_by_year, fairly_poor)

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.HALF)
    def counting(income: int) -> bool:
        """Räknar själv."""
        return income * 12 < 100

    assert "counting counts, or asks for a part of a date" in faults(fee, young, counting)[0]


def test_dates_are_tried_in_every_order() -> None:
    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def before(moved: date, decided: date) -> bool:
        """Den som flyttade före beslutet."""
        return moved < decided

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.HALF)
    def later(moved: date, decided: date) -> bool:
        """Den som flyttade efter beslutet."""
        return moved > decided

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.HALF)
    def not_before(moved: date, decided: date, ended: date) -> bool:
        """Den som flyttade senare än något."""
        return moved >= decided or moved > ended

    rules = [made for one in (fee, before, later) for made in one.__rules__]  # type: ignore[attr-defined]
    assert Rulebook(rules, facts={*FACTS, "moved", "decided"}, parameters=())
    rules += not_before.__rules__  # type: ignore[attr-defined]
    with pytest.raises(RulesFaulty) as refused:
        Rulebook(rules, facts={*FACTS, "moved", "decided", "ended"}, parameters=())
    assert any("before" in one and "not_before" in one for one in refused.value.faults)


def test_too_many_classes_are_refused_rather_than_tried() -> None:
    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def crowded(hours: int, age: int, income: int) -> bool:
        """Jämför många tal."""
        return hours < 10 or age in (20, 40, 60, 80) or income in (100, 200, 300, 400)

    assert "classes of facts, too many to try" in " ".join(faults(fee, old, crowded))


def test_an_exception_can_have_an_exception_of_its_own() -> None:
    made = book(may_see, secret, own, endangers)
    edition = made.edition(DAY, ("may_see",))

    def seen(**answers: str) -> Answer:
        told = {"asked": "no", "harmful": "no", "about_oneself": "no", "life_at_risk": "no"} | answers
        return Answer(edition.run([Answer(told[name]) for name in edition.facts])["may_see"])

    assert seen(asked="yes") == Answer.YES
    assert seen(asked="yes", harmful="yes") == Answer.NO
    assert seen(asked="yes", harmful="yes", about_oneself="yes") == Answer.YES
    assert seen(asked="yes", harmful="yes", about_oneself="yes", life_at_risk="yes") == Answer.NO
    assert [one.name for one in made.edition(date(2023, 1, 1), ("may_see",)).rules["own"].exceptions] == []


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS)
@settings(max_examples=81, deadline=None, database=None)
def test_what_is_unknown_makes_the_answer_unknown_only_where_it_matters(
    asked: Answer, harmful: Answer, about_oneself: Answer, life_at_risk: Answer
) -> None:
    """The answer is that of every way the unknown could turn out, where they agree; compiled gives the same."""
    edition = book(may_see, secret, own, endangers).edition(DAY, ("may_see",))
    told = {"asked": asked, "harmful": harmful, "about_oneself": about_oneself, "life_at_risk": life_at_risk}
    values = [told[name] for name in edition.facts]
    trace = edition.run(values)
    ways = [{}]
    for name, answer in told.items():
        known = [answer] if answer != Answer.UNKNOWN else [Answer.YES, Answer.NO]
        ways = [{**way, name: one} for way in ways for one in known]
    ends = {edition.run([way[name] for name in edition.facts])["may_see"] for way in ways}
    assert trace["may_see"] == (ends.pop() if len(ends) == 1 else Answer.UNKNOWN)
    assert compiled(edition, edition.facts)((), [values])[0] == [trace.values_in_order]


def test_what_is_wrong_with_an_exception_itself_is_told() -> None:
    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Answer.NO)
    def wrong_kind(age: int) -> bool:
        """Säger fel sak."""
        return age < 20

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee")
    def says_nothing(age: int) -> bool:
        """Säger inget."""
        return age < 20

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def unsure(harmful: Answer) -> Answer:
        """Kan vara okänt."""
        return harmful

    @rule("4 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def number(age: int) -> int:
        """Ett tal."""
        return age

    @rule("4 §", valid_from="2020-01-01", sets_aside="charge")
    def of_nothing(age: int) -> bool:
        """Undantag från inget."""
        return age < 20

    @rule("4 §", valid_from="2020-01-01", sets_aside=("fee", "may_see"), instead=Fee.NONE)
    def before_no_exception(age: int) -> bool:
        """Går före det som inte är ett undantag."""
        return age < 20

    told = " | ".join(
        faults(fee, may_see, wrong_kind, says_nothing, unsure, number, of_nothing, before_no_exception)
    )
    for words in (
        "gives <Answer.NO: 'no'> instead, and fee gives Fee",
        "must say what fee gives instead",
        "may be unknown, and fee cannot",
        "is an exception and must answer bool or Answer",
        "sets charge aside, which is no other rule",
        "goes before may_see, which is no exception to fee",
    ):
        assert words in told


def test_exceptions_that_go_before_one_another_are_refused() -> None:
    @rule("2 §", valid_from="2020-01-01", sets_aside=("fee", "second"), instead=Fee.HALF)
    def first(age: int) -> bool:
        """Före den andra."""
        return age < 20

    @rule("2 §", valid_from="2020-01-01", sets_aside=("fee", "first"), instead=Fee.NONE)
    def second(age: int) -> bool:
        """Före den första."""
        return age < 20

    told = faults(fee, first, second)
    assert any("and second each go before the other" in one for one in told)
    assert "the exceptions to fee go before one another in a circle" in told


def test_an_exception_that_asks_for_the_rule_it_sets_aside_is_a_circle() -> None:
    @rule("2 §", valid_from="2020-01-01", sets_aside="fee", instead=Fee.NONE)
    def asks_back(fee: Fee) -> bool:
        """Frågar efter regeln själv."""
        return fee == Fee.FULL

    assert "circle: fee → asks_back → fee" in faults(fee, asks_back)


def test_the_finding_says_which_exception_sets_which_rule_aside() -> None:
    ruling = book_named("handling").ask(
        "must_communicate",
        date(2026, 3, 1),
        {
            "clearly_needless_to_communicate": "no",
            "must_be_at_once": "yes",
            "decision_would_be_hindered": "yes",
        },
    )
    assert ruling.value == Answer.NO
    assert "Ett undantag gäller (25 § första stycket 3 förvaltningslagen (2017:900))" in ruling.finding.reason
    assert "meddelas omedelbart" in ruling.finding.reason
    told = {one.rule: one.reason for one in ruling.finding.walk()}
    assert "Undantaget går före 25 § första stycket förvaltningslagen (2017:900)." in told["decided_at_once"]
    assert ruling.finding.facts == {"clearly_needless_to_communicate": Answer.NO}
    assert "must_communicate_in_general" not in told


def test_the_law_has_exceptions_and_the_catalogue_ties_them_to_their_rules() -> None:
    every = [rulebook().exceptions, *(book.rules.exceptions for book in books_of_law())]
    rules_with = {name for one in every for name in one}
    assert {
        "ground",
        "barred_by_age",
        "must_communicate",
        "right_to_measures",
        "rejected_as_late",
    } <= rules_with
    entries = {(one.name, one.period.start): one for one in catalogue()}
    now = entries["ground", date(2023, 1, 1)]
    assert now.exceptions == ("is_excluded_care", "self_care_not_in_force", "directly_necessary")
    assert entries["directly_necessary", date(2023, 1, 1)].sets_aside == ("ground",)
    assert "directly_necessary" not in entries["ground", date(2019, 11, 1)].exceptions
