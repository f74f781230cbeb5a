"""Every rule of the books answers as its table says, and says why; what is missing or wrong is refused."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import product
from pathlib import Path

import pytest
from tests.law.books.table import FOLDER, Case, cases, cases_of

from egenmakt.law import Answer, NoRule, book_named, books_of_law
from egenmakt.law.books import FactsFaulty, Kind
from egenmakt.law.findings import Outcome

pytestmark = pytest.mark.req("H-09")

CASES = cases()
ON = date(2026, 3, 1)
# The sums of sick pay have a table of their own, with shifts: tests/law/sick_pay/cases.toml.
SHOWN_BY_SHIFTS = {
    *("continues_earlier_period", "period_day", "within_sick_pay_period", "average_week_pay_ore"),
    *("qualifying_deduction_ore", "lost_pay_ore", "gross_sick_pay_ore", "sick_pay_ore", "holiday_ore"),
    *("contributions_ore", "agreement_costs_ore", "reimbursement_ore"),
}


def of(table: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases_of(table), ids=str)


def answers_as_the_table_says(case: Case) -> None:
    ruling = book_named(case.book).ask(case.rule, case.on, case.facts)
    assert ruling.value == case.answer, case.source
    assert type(ruling.value) is type(case.answer) or isinstance(ruling.value, StrEnum)
    assert ruling.finding.rule == case.rule
    assert ruling.finding.reason.endswith((".", "?"))
    assert case.source and case.title


@pytest.mark.req("H-05", "H-07", "H-25", "H-26", "H-33")
@of("lss_insatser")
def test_the_personkrets_the_right_and_each_measure_by_its_own_criteria(case: Case) -> None:
    answers_as_the_table_says(case)


@pytest.mark.req("H-11", "H-14", "H-34")
@of("lss_kommunen")
def test_what_the_municipality_must_do_and_for_whom_it_answers(case: Case) -> None:
    answers_as_the_table_says(case)


@pytest.mark.req("K-16", "K-18", "K-19", "H-27", "A-16", "A-17", "H-22", "H-23")
@of("lss_villkor")
def test_terms_fees_files_permits_misconduct_and_execution(case: Case) -> None:
    answers_as_the_table_says(case)


@pytest.mark.req("H-28", "H-32", "S-01")
@of("sfb")
def test_the_state_allowance_and_the_municipalitys_share(case: Case) -> None:
    answers_as_the_table_says(case)


@pytest.mark.req("H-12", "H-18", "H-20", "H-22")
@of("forvaltningslagen")
def test_handling_deciding_and_appealing(case: Case) -> None:
    answers_as_the_table_says(case)


@pytest.mark.req("A-12")
@of("arbetstid")
def test_what_assistants_may_work_and_must_rest(case: Case) -> None:
    answers_as_the_table_says(case)


def test_every_rule_has_a_case_and_no_rule_has_only_one_answer() -> None:
    asked: dict[str, set[object]] = {}
    for case in CASES:
        asked.setdefault(case.rule, set()).add(case.answer)
    for book in books_of_law():
        for name in book.rules.wordings:
            if not (book.name == "sick_pay" and name in SHOWN_BY_SHIFTS):
                assert len(asked.get(name, ())) > 1, name


def test_every_fact_of_a_book_is_asked_by_a_rule_and_is_a_question() -> None:
    for book in books_of_law():
        asked = {
            argument
            for wordings in book.rules.wordings.values()
            for made in wordings
            for argument in made.arguments
        }
        assert set(book.facts) <= asked
        assert set(book.parameters) <= asked
        for name, fact in book.facts.items():
            assert fact.question.endswith("?"), name
            assert (fact.kind is Kind.CHOICE) == (fact.choices is not None), name


def test_answers_are_ordered_so_that_min_is_all_of_and_max_is_any_of() -> None:
    """The rules count on it: no is weaker than unknown, and unknown than yes."""
    yes, no, unknown = Answer.YES, Answer.NO, Answer.UNKNOWN
    for one, other in product(Answer, repeat=2):
        every = no if no in (one, other) else unknown if unknown in (one, other) else yes
        some = yes if yes in (one, other) else unknown if unknown in (one, other) else no
        assert (min(one, other), max(one, other)) == (every, some)


def test_a_refusal_is_said_in_the_words_of_its_ground() -> None:
    ruling = book_named("measures").ask(
        "right_to_measures",
        ON,
        {
            "autism": "yes",
            "temporary_protection": "no",
            "needs_help_in_life": "yes",
            "met_in_another_way": "yes",
        },
    )
    assert ruling.finding.outcome is Outcome.NOT_MET
    grounds = {one.rule: one.reason for one in ruling.finding.walk() if one.outcome is Outcome.NOT_MET}
    assert grounds["not_met_otherwise"] == "Behovet tillgodoses faktiskt på annat sätt."


def test_what_is_not_established_is_asked_for() -> None:
    ruling = book_named("measures").ask("needs_measure", ON, {})
    assert ruling.value == Answer.UNKNOWN
    assert ruling.finding.outcome is Outcome.UNCLEAR
    assert "Behöver personen insatsen i sin livsföring?" in ruling.finding.reason


def test_all_that_is_wrong_with_the_facts_is_said_at_once() -> None:
    with pytest.raises(FactsFaulty) as refused:
        book_named("measures").ask(
            "request_is_valid", ON, {"asked_by": "neighbour", "clearly_unable": "maybe", "colour": 1}
        )
    assert set(refused.value.faults) == {"asked_by", "clearly_unable", "colour", "person_age"}
    with pytest.raises(FactsFaulty):
        book_named("execution").ask("quarterly_report_due", ON, {"months_since_report": True})


def test_a_day_before_the_wording_has_no_answer() -> None:
    with pytest.raises(NoRule, match="7 a §"):
        book_named("measures").ask("barred_by_temporary_protection", date(2024, 10, 31), {})
    known = {"autism": "yes", "needs_help_in_life": "yes", "met_in_another_way": "no"}
    assert book_named("measures").ask("right_to_measures", date(2024, 10, 31), known).value == Answer.YES


def test_a_ruling_names_the_values_and_rules_that_no_source_confirms() -> None:
    ruling = book_named("measures").ask("onset_before_adult_age", ON, {"age_at_onset": 3})
    assert ruling.unverified == ("adult_age_of_onset",)
    assert ruling.unverified_rules == ("onset_before_adult_age",)
    known = book_named("execution").ask("quarterly_report_due", ON, {"months_since_report": 3})
    assert known.unverified == known.unverified_rules == ()


def test_the_facts_a_question_needs_can_be_asked_for_beforehand() -> None:
    asked = book_named("fees").asked_for("fee_for_home_and_leisure_most_ore", ON)
    assert list(asked) == [
        "concerns_home_or_leisure",
        "full_pension_or_like",
        "own_cost_ore",
        "income_ore",
        "personal_needs_ore",
    ]


def test_there_are_more_than_250_cases_with_a_source() -> None:
    assert len(CASES) > 250
    assert all(case.source for case in CASES)


def test_every_table_is_read_by_a_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'@of("{path.stem}")' in text for path in FOLDER.glob("*.toml"))
