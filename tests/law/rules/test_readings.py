"""What the law leaves open is read in one way at a time, and each way has a name and a source."""

from __future__ import annotations

from datetime import date

import pytest

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
