"""Every case of the tables in tests/law/cases gives the timeline that its source says."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law.case_tables import Case, all_cases
from tests.law.timeline_aid import assert_timeline

from egenmakt.law import NoParameter, NoRule, assess, facts_from_json

CASES = [pytest.param(case, id=str(case), marks=pytest.mark.req(*case.requirements)) for case in all_cases()]


@pytest.mark.parametrize("case", CASES)
def test_the_case_comes_out_as_its_source_says(case: Case) -> None:
    facts = facts_from_json(case.document)
    if case.no_answer_for:
        with pytest.raises((NoParameter, NoRule)) as refused:
            assess(facts)
        assert refused.value.day == date.fromisoformat(case.no_answer_for)
        return
    assessment = assess(facts)
    answer = assessment.to_json()
    assert_timeline(answer["timeline"], case.timeline)
    assert answer["unverified"] == case.unverified


@pytest.mark.req("K-06")
def test_there_are_at_least_eighty_cases_and_each_has_a_source() -> None:
    cases = all_cases()
    assert len(cases) >= 80
    assert all(case.source.strip() and case.title.strip() for case in cases)
    titles = [str(case) for case in cases]
    assert len(set(titles)) == len(titles)
