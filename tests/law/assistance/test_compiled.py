"""The compiled law gives to the last bit what its rules give when each is called by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.assistance.plain_engine import PlainDay, citation_of, unclear
from tests.law.assistance.test_assessing import applications
from tests.law.case_tables import all_cases

from egenmakt.law import AssessmentFacts, NoParameter, NoRule, assess, facts_from_json
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.rules import Trace

pytestmark = pytest.mark.req("K-06", "H-09")


def assert_same(facts: AssessmentFacts, day: date) -> None:
    """The day's stretch of the assessment, beside the day worked out the plain way."""
    try:
        plain = PlainDay(facts, day)
    except (NoParameter, NoRule) as no_answer:
        with pytest.raises(type(no_answer)) as refused:
            assess(replace(facts, on=day, until=day))
        assert str(refused.value) == str(no_answer)
        assert (refused.value.name, refused.value.day) == (no_answer.name, no_answer.day)
        return
    alone = assess(replace(facts, on=day, until=day))
    (part,) = alone.timeline
    stretch = part.value
    assert_equal(stretch.trace, plain.trace)
    assert (stretch.waiting_s, stretch.standby_s) == (plain.waiting, plain.standby)
    assert alone.unverified == tuple(sorted(plain.unverified))
    assert [moment.moment for moment in stretch.moments] == list(facts.moments)
    for moment, trace in zip(stretch.moments, plain.moments, strict=True):
        assert_equal(moment.trace, trace)
        assert moment.citation == citation_of(trace)
        assert moment.unclear == unclear(trace)
        shown = (moment.weekly_s, moment.counted_as, moment.ground, moment.exempt_from_deduction)
        assert shown == tuple(
            trace[name] for name in ("weekly_s", "counted_as", "ground", "exempt_from_deduction")
        )
        shown = (moment.second_assistant, moment.assistants_counted, moment.counted_s)
        assert shown == tuple(trace[name] for name in ("second_assistant", "assistants_counted", "moment_s"))


def assert_equal(one: Trace, other: Trace) -> None:
    """Equal to the last bit: the same rules, in the same wordings, with the same values of the same types."""
    assert one.edition.names == other.edition.names
    assert one.edition.rules == other.edition.rules
    assert one.values_in_order == other.values_in_order
    assert [type(value) for value in one.values()] == [type(value) for value in other.values()]


@given(applications(), st.dates(date(2019, 10, 1), date(2030, 12, 31)))
@settings(deadline=None, max_examples=300)
def test_a_day_is_assessed_as_when_each_rule_is_called_by_itself(facts: AssessmentFacts, day: date) -> None:
    assert_same(facts, day)


@given(
    applications(),
    st.dates(date(2022, 12, 1), date(2028, 12, 31)),
    st.sets(st.sampled_from([one.name for one in READINGS if not one.usual])),
    st.one_of(st.none(), st.integers(0, 100_000)),
)
@settings(deadline=None)
def test_by_another_reading_of_the_law_both_ways_are_alike_too(
    facts: AssessmentFacts, day: date, chosen: set[str], of_age_s: int | None
) -> None:
    readings = tuple(one.name for one in READINGS if one.name in chosen)
    assert_same(replace(facts, readings=readings, basic_of_age_s=of_age_s, other_of_age_s=of_age_s), day)


@given(applications(), st.data())
@settings(deadline=None)
def test_every_stretch_of_a_timeline_is_the_one_of_its_first_and_last_day(
    facts: AssessmentFacts, data: st.DataObject
) -> None:
    """What is reused from one stretch to the next is what would have been worked out anew."""
    assessment = assess(facts)
    days = {facts.on + timedelta(days=data.draw(st.integers(0, (facts.until - facts.on).days)))}
    for stretch in assessment.timeline:
        days |= {stretch.period.start, stretch.period.last}
    for day in days:
        stretch, plain = assessment.timeline.at(day), PlainDay(facts, day)
        for name in ("outcome", "basic_s", "basic_after_s", "other_s", "other_after_s", "total_s"):
            assert stretch.trace[name] == plain.trace[name]
        own = [{**moment.trace, "day": day} for moment in stretch.moments]
        assert own == [dict(trace) for trace in plain.moments]


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_the_cases_of_the_tables_are_assessed_alike_both_ways(case: object) -> None:
    facts = facts_from_json(case.document)
    for day in {facts.period.start, facts.period.last, facts.received}:
        assert_same(facts, day)


def test_a_moment_tells_every_value_that_went_into_it() -> None:
    (case,) = [case for case in all_cases() if case.document["moments"]][:1]
    (stretch, *_) = assess(facts_from_json(case.document)).timeline
    for moment in stretch.value.moments:
        trace = moment.trace
        assert trace["weekly_s"] == moment.weekly_s
        assert trace["micro_minutes"] == moment.moment.minutes * 1_000_000
        assert set(trace.used_by("moment_s")) == {"weekly_s", "assistants_counted", "counted_as"}
