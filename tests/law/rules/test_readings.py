"""What the law leaves open is read in one way at a time, and each way has a name and a source."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.contents import catalogue
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.rules import Reading, Rulebook, RulesFaulty, rule

pytestmark = pytest.mark.req("K-07", "H-09")

DAY = date(2026, 1, 1)
EVERY = Reading("every_day", "days", "Alla dagar räknas.", "Kammarrätten.", usual=True)
SOME = Reading("some_days", "days", "Bara vissa dagar räknas.", "En annan kammarrätt.")


@rule("1 §", valid_from="2020-01-01", reading="every_day")
def counted(days: int) -> int:
    """Dagar som räknas."""
    return days


@rule("1 §", valid_from="2020-01-01", name="counted", reading="some_days")
def counted_some(days: int) -> int:
    """Dagar som räknas, utom den första."""
    return max(days - 1, 0)


@rule("2 §", valid_from="2020-01-01")
def doubled(counted: int) -> int:
    """Dubbelt."""
    return counted * 2


def book(*chosen: str, readings: tuple[Reading, ...] = (EVERY, SOME)) -> Rulebook:
    rules = [made for one in (counted, counted_some, doubled) for made in one.__rules__]  # type: ignore[attr-defined]
    return Rulebook(rules, facts={"days"}, parameters=(), readings=readings, chosen=chosen)


def test_the_usual_reading_holds_where_none_is_chosen() -> None:
    made = book()
    assert made.edition(DAY, ("doubled",)).run([5])["doubled"] == 10
    assert made.readings == {"days": EVERY}
    assert [one.reading for one in made.not_chosen] == ["some_days"]


def test_the_chosen_reading_holds_instead() -> None:
    made = book("some_days")
    assert made.edition(DAY, ("doubled",)).run([5])["doubled"] == 8
    assert made.readings == {"days": SOME}
    assert book("some_days", readings=(SOME, EVERY)).readings == {"days": SOME}


def test_faults_of_readings_are_told_with_all_others() -> None:
    bare = Reading("bare", "nights", "", "", usual=True)
    with pytest.raises(RulesFaulty) as refused:
        book("every_day", "some_days", "any_day", readings=(EVERY, SOME, bare))
    assert refused.value.faults == [
        "days is read in two ways at once: every_day, some_days",
        "the reading bare has no source or no sentence",
        "there is no reading any_day; there is every_day, some_days, bare",
        "the reading bare has no rule",
    ]


def test_a_question_has_one_usual_reading_and_a_rule_a_reading_that_is_known() -> None:
    with pytest.raises(RulesFaulty) as refused:
        book(readings=(SOME,))
    assert "days must have one usual reading, and has 0" in refused.value.faults
    assert "counted belongs to every_day, which is no reading" in refused.value.faults


def test_each_reading_of_the_law_tells_in_swedish_what_it_is_and_its_ground() -> None:
    for one in READINGS:
        assert one.sentence.endswith(".") and "LSS" in one.source
        assert one.to_json()["usual"] is one.usual


@pytest.mark.parametrize("chosen", [*product(*({one.name for one in READINGS if one.question == question} for question in
                                               dict.fromkeys(one.question for one in READINGS)))])  # fmt: skip
def test_the_law_can_be_built_by_every_choice_of_readings(chosen: tuple[str, ...]) -> None:
    """Building it tries every pair of exceptions."""
    made = rulebook(tuple(sorted(chosen)))
    assert {one.name for one in made.readings.values()} == set(chosen)
    assert made.edition(date(2026, 3, 1), ("total_s", "weekly_s", "exempt_s")).rules["total_s"]


def test_every_question_the_law_leaves_open_has_two_readings_and_one_that_is_usual() -> None:
    questions = {one.question: [two for two in READINGS if two.question == one.question] for one in READINGS}
    assert questions.keys() == {
        "deduction_and_second_assistant",
        "order_of_deduction",
        "deduction_and_part_of_week",
        "weeks_in_half_year",
    }
    for readings in questions.values():
        assert [one.usual for one in readings] == [True, False]
    entries = {one.rule.reading: one for one in catalogue() if one.rule is not None and one.rule.reading}
    assert entries.keys() == {one.name for one in READINGS}
    # a court, or the words of the law, say so themselves: the rest is shown as unverified, with its ground
    assert {name for name, one in entries.items() if one.verified} == {
        "whole_need_before_deduction",
        "deduction_on_days_of_assistance",
    }
    assert all(one.source and one.note for one in entries.values())
