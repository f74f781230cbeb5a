"""Why the answer was not another, and the same person by the law of another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.law.assistance.test_assessing import applications

from egenmakt.law import (
    AssessmentFacts,
    Decider,
    DoubleAssistance,
    Moment,
    Need,
    NoParameter,
    NoRule,
    Per,
    Personkrets,
    assess,
)
from egenmakt.law.assistance.why_not import WhyNot, why_not

pytestmark = pytest.mark.req("K-06", "H-09")

SHOWER = Moment("dusch", Need.HYGIENE, Decimal(170), 1, Per.DAY, text="Dusch", intimate=True)
ADULT = AssessmentFacts(
    on=date(2026, 3, 1), until=date(2026, 12, 31), born=date(1985, 6, 15), received=date(2026, 2, 10),
    days_per_week=7, moments=(SHOWER,), personkrets=Personkrets(1),
)  # fmt: skip


def only(facts: AssessmentFacts) -> WhyNot:
    (found,) = why_not(assess(facts))
    assert found.complete
    return found


def sentences(facts: AssessmentFacts) -> list[str]:
    return [one.sentence for one in only(facts).alternatives]


def test_the_minutes_up_to_the_line_are_told() -> None:
    """170 minutes a day are 19 h 50 min a week; 172 are 20 h 4 min, and more than 20 hours is the state's."""
    found = only(ADULT)
    assert found.outcome is Decider.MUNICIPALITY
    assert [one.sentence for one in found.alternatives] == [
        "Om ”Dusch” tog 172 min varje gång i stället för 170 min skulle Försäkringskassan besluta om "
        "assistansersättning, 20 h 4 min i veckan.",
        "Om personen inte hörde till personkretsen skulle svaret bli avslag.",
        "Om hjälpen med ”Dusch” inte var av privat och integritetskänsligt slag skulle svaret bli avslag.",
        "Om ”Dusch” inte behövdes skulle svaret bli avslag.",
    ]
    assert [one.changes[0].path for one in found.alternatives] == [
        "moments[0].minutes", "personkrets", "moments[0].intimate", "moments[0].minutes",
    ]  # fmt: skip


def test_the_minutes_down_to_the_line_are_told() -> None:
    longer = replace(ADULT, moments=(replace(SHOWER, minutes=Decimal("180.5")),))
    assert sentences(longer)[0] == (
        "Om ”Dusch” tog 171 min varje gång i stället för 180,5 min skulle kommunen bevilja 19 h 57 min i veckan."
    )


def test_the_moment_whose_weekly_time_need_change_least_is_the_one_told() -> None:
    """A weekly moment can come closer to the line than a daily one."""
    weekly = Moment("hår", Need.HYGIENE, Decimal(9), 1, Per.WEEK, text="Hårtvätt", intimate=True)
    assert sentences(replace(ADULT, moments=(SHOWER, weekly)))[0] == (
        "Om ”Hårtvätt” tog 11 min varje gång i stället för 9 min skulle Försäkringskassan besluta om "
        "assistansersättning, 20 h 1 min i veckan."
    )


def test_two_facts_are_changed_only_where_one_is_not_enough() -> None:
    outside = replace(ADULT, personkrets=Personkrets(None), moments=(replace(SHOWER, intimate=False),))
    (answer,) = only(outside).alternatives
    assert (answer.outcome, len(answer.changes)) == (Decider.MUNICIPALITY, 2)
    assert answer.sentence == (
        "Om personen hörde till personkretsen och om hjälpen med ”Dusch” var av privat och integritetskänsligt slag "
        "skulle kommunen bevilja 19 h 50 min i veckan."
    )


def test_self_care_and_the_investigations_for_two_assistants_are_told() -> None:
    care = replace(SHOWER, need=Need.MEDICAL, self_care=False)
    assert sentences(replace(ADULT, moments=(care,))) == [
        "Om ”Dusch” var bedömd som egenvård skulle kommunen bevilja 19 h 50 min i veckan."
    ]
    two = replace(
        ADULT, moments=(replace(SHOWER, assistants=2),), double_assistance=DoubleAssistance(False, True)
    )
    assert sentences(two)[0] == (
        "Om möjligheterna till bostadsanpassning och hjälpmedel var utredda skulle Försäkringskassan besluta om "
        "assistansersättning, 39 h 40 min i veckan."
    )


def test_the_age_limit_tells_what_came_too_late() -> None:
    old = replace(ADULT, born=date(1957, 6, 15), granted_before_age_limit=False)
    assert only(old).outcome is Decider.REFUSED
    assert sentences(old) == [
        "Om assistans hade beviljats innan åldersgränsen nåddes skulle kommunen bevilja 19 h 50 min i veckan.",
        "Om ansökan hade kommit in senast 2022-06-14 skulle kommunen bevilja 19 h 50 min i veckan.",
    ]


def test_each_stretch_with_its_own_outcome_is_told_by_itself() -> None:
    """A child that turns seven: less is deducted, and the case goes over to the state."""
    child = replace(
        ADULT, born=date(2019, 6, 15), moments=(replace(SHOWER, minutes=Decimal(1440), per=Per.WEEK),)
    )
    found = why_not(assess(child))
    assert [(one.period.start, one.outcome) for one in found] == [
        (date(2026, 3, 1), Decider.MUNICIPALITY),
        (date(2026, 6, 1), Decider.STATE),
    ]


def test_what_there_is_no_time_to_try_is_said() -> None:
    many = tuple(replace(SHOWER, id=str(place), minutes=Decimal(1)) for place in range(700))
    (found,) = why_not(assess(replace(ADULT, moments=many)))
    assert not found.complete
    assert found.to_json()["complete"] is False


@given(applications())
@settings(deadline=None, max_examples=60)
def test_every_change_told_gives_the_outcome_it_is_told_with(facts: AssessmentFacts) -> None:
    for found in why_not(assess(facts)):
        day = replace(facts, on=found.period.start, until=found.period.start)
        assert assess(day).timeline.stretches[0].value.outcome is found.outcome
        needed: dict[Decider, set[int]] = {}
        for one in found.alternatives:
            changed = day
            for change in one.changes:
                changed = change.applied(changed)
            stretch = assess(changed).timeline.stretches[0].value
            assert stretch.outcome is one.outcome is not found.outcome
            assert stretch.total_s == one.total_s
            assert one.outcome is not Decider.UNCLEAR
            needed.setdefault(one.outcome, set()).add(len(one.changes))
        assert all(len(numbers) == 1 and max(numbers) <= 2 for numbers in needed.values())


def test_the_same_child_by_the_law_of_two_days() -> None:
    """From 2025 the parental deduction is half of what it was: 1:15 instead of 2:30 a day for a four-year-old."""
    child = replace(ADULT, born=date(2022, 1, 20))
    now = assess(child).timeline.stretches[0].value
    before = assess(child, law_of=date(2024, 12, 31)).timeline.stretches[0].value
    assert (now.basic_deduction_s, before.basic_deduction_s) == (31_500, 63_000)
    assert before.total_s == now.total_s - 31_500


def test_the_explanation_cites_the_law_of_the_day_asked_for() -> None:
    old = assess(ADULT, law_of=date(2020, 1, 1))
    assert old.law_of == date(2020, 1, 1)
    cited = {str(finding.citation) for tree in old.findings for finding in tree.walk()}
    assert any("2019:618" in one for one in cited)
    assert not any("2022:1252" in one for one in cited)
    assert [one.period.start for one in old.timeline] == [ADULT.on]


@given(applications())
@settings(deadline=None, max_examples=60)
def test_by_the_law_of_a_day_the_day_itself_is_as_ever(facts: AssessmentFacts) -> None:
    """On the day whose law is asked for, nothing is different."""
    day = replace(facts, until=facts.on)
    assert assess(day, law_of=facts.on).to_json() == assess(day).to_json()


def test_why_not_is_asked_of_the_same_law_as_the_answer() -> None:
    """Born in 1959, the limit is 66 by the law of 2026, and was 65 by the law of 2022."""
    old = replace(ADULT, born=date(1959, 6, 15), granted_before_age_limit=False)
    for law_of, last_day in ((None, "2025-06-14"), (date(2022, 6, 1), "2024-06-14")):
        (found,) = why_not(assess(old, law_of=law_of))
        assert found.outcome is Decider.REFUSED
        assert any(f"senast {last_day} " in one.sentence for one in found.alternatives)


def test_a_day_without_law_gets_no_answer() -> None:
    with pytest.raises((NoRule, NoParameter)):
        assess(ADULT, law_of=date(2015, 1, 1))
