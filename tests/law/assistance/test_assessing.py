"""What must hold for every application, whatever the facts: found by trying many, at the boundaries too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egenmakt.law import (
    AssessmentFacts,
    CountedAs,
    Decider,
    DoubleAssistance,
    Moment,
    Necessary,
    Need,
    Per,
    Personkrets,
    SelfCare,
    assess,
)

DAY = timedelta(days=1)
tri = st.sampled_from([True, False, None])
minutes = st.decimals(0, 300, places=2)
# Few dates and edges of months, so that boundaries meet often.
starts = st.dates(date(2023, 1, 1), date(2027, 6, 1))
births = st.one_of(
    st.dates(date(2006, 1, 1), date(2023, 1, 1)),
    st.sampled_from([date(2020, 2, 29), date(2016, 2, 29), date(2008, 12, 31), date(2012, 1, 1)]),
    st.dates(date(1955, 1, 1), date(1964, 12, 31)),
    st.sampled_from([date(1957, 12, 31), date(1958, 1, 1), date(1959, 12, 31), date(1960, 2, 29)]),
)


@st.composite
def moments(draw: st.DrawFn, number: int) -> Moment:
    start = draw(starts)
    self_care = draw(
        st.sampled_from(
            [None, None, None, False, SelfCare(start), SelfCare(start, start + timedelta(days=100))]
        )
    )
    time = draw(minutes)
    return Moment(
        id=f"m{number}",
        need=draw(st.sampled_from(Need)),
        minutes=time,
        times=draw(st.integers(0, 4)),
        per=draw(st.sampled_from(Per)),
        assistants=draw(st.sampled_from([1, 1, 2, 3])),
        intimate=draw(tri),
        tube_feeding=draw(st.booleans()),
        activation_measure=draw(st.booleans()),
        directly_necessary_for=draw(st.sampled_from([None, None, *Necessary])),
        self_care=self_care,
        met_otherwise_minutes=min(time, draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(10)]))),
    )


@st.composite
def applications(draw: st.DrawFn) -> AssessmentFacts:
    on = draw(starts)
    return AssessmentFacts(
        on=on,
        until=on + timedelta(days=draw(st.integers(0, 800))),
        born=draw(births),
        received=on - timedelta(days=draw(st.integers(0, 60))),
        granted_before_age_limit=draw(tri),
        current_s_per_week=draw(st.sampled_from([None, 0, 18_000, 90_000])),
        personkrets=draw(st.sampled_from([Personkrets(1), Personkrets(3), Personkrets(None), None])),
        days_per_week=draw(st.integers(1, 7)),
        double_assistance=DoubleAssistance(draw(tri), draw(tri)),
        moments=tuple(draw(moments(number)) for number in range(draw(st.integers(0, 5)))),
        waiting_minutes_per_day=draw(st.sampled_from([Decimal(0), Decimal(60), Decimal("7.3")])),
        standby_minutes_per_day=draw(st.sampled_from([Decimal(0), Decimal(60), Decimal("7.3")])),
    )


def of_known_judgements(facts: AssessmentFacts) -> AssessmentFacts:
    """The same application with every judgement made, so that it is granted or refused."""
    return replace(
        facts,
        personkrets=Personkrets(1),
        granted_before_age_limit=True,
        double_assistance=DoubleAssistance(True, True),
        moments=tuple(replace(moment, intimate=bool(moment.intimate)) for moment in facts.moments),
    )


@pytest.mark.req("K-06")
@given(applications())
@settings(deadline=None)
def test_every_day_asked_about_has_one_answer_and_neighbours_differ(facts: AssessmentFacts) -> None:
    timeline = assess(facts).timeline
    assert timeline.gaps(facts.period) == ()
    assert timeline.stretches[0].period.start == facts.on
    assert timeline.stretches[-1].period.last == facts.until
    assert all(one.value != other.value for one, other in pairwise(timeline))
    rows = assess(facts).to_json()["timeline"]
    contents = [{name: row[name] for name in row if name not in ("from", "to")} for row in rows]
    assert all(one != other for one, other in pairwise(contents))


@pytest.mark.req("K-07", "H-30")
@given(applications(), st.data())
@settings(deadline=None)
def test_a_day_in_the_timeline_has_the_answer_it_has_when_asked_about_alone(
    facts: AssessmentFacts, data: st.DataObject
) -> None:
    """No boundary is missed: the day itself, and each edge of the timeline, assessed alone, agree with it."""
    timeline = assess(facts).timeline
    days = {facts.on + timedelta(days=data.draw(st.integers(0, (facts.until - facts.on).days)))}
    for stretch in timeline:
        days |= {stretch.period.start, stretch.period.last}
    for day in days:
        alone = assess(replace(facts, on=day, until=day))
        assert len(alone.timeline) == 1
        assert alone.timeline.at(day) == timeline.at(day)


@pytest.mark.req("K-06", "K-07")
@given(applications())
@settings(deadline=None)
def test_sums_are_the_sums_of_their_parts_and_never_negative(facts: AssessmentFacts) -> None:
    for stretch in assess(facts).timeline:
        value = stretch.value
        basic = [moment for moment in value.moments if moment.counted_as is CountedAs.BASIC]
        other = [moment for moment in value.moments if moment.counted_as is CountedAs.OTHER]
        assert value.basic_s == sum(moment.counted_s for moment in basic)
        assert value.other_s == sum(moment.counted_s for moment in other) + value.waiting_s + value.standby_s
        exempt = sum(moment.counted_s for moment in basic if moment.exempt_from_deduction)
        assert value.basic_after_s == exempt + max(0, value.basic_s - exempt - value.basic_deduction_s)
        exempt = sum(moment.counted_s for moment in other if moment.exempt_from_deduction)
        assert value.other_after_s == exempt + max(0, value.other_s - exempt - value.other_deduction_s)
        assert min(number for number in value.sums if isinstance(number, int)) >= 0
        assert all(moment.counted_s == 0 for moment in value.moments if moment not in basic + other)


@pytest.mark.req("H-28", "H-30")
@given(applications())
@settings(deadline=None)
def test_what_is_granted_follows_from_the_outcome(facts: AssessmentFacts) -> None:
    for stretch in assess(facts).timeline:
        value = stretch.value
        need = value.basic_after_s + value.other_after_s
        if value.outcome in (Decider.REFUSED, Decider.UNCLEAR):
            assert value.total_s == value.municipal_share_s == 0
            continue
        capped = value.age_limit_reached and facts.current_s_per_week is not None
        assert value.total_s == (min(need, facts.current_s_per_week) if capped else need)
        assert (value.outcome is Decider.STATE) == (value.basic_after_s > 72_000)
        share = min(value.total_s, 72_000) if value.outcome is Decider.STATE else value.total_s
        assert value.municipal_share_s == share
        assert not any(moment.unclear for moment in value.moments)
        assert value.basic_after_s > 0


@pytest.mark.req("K-06")
@given(applications(), st.integers(0, 4), minutes)
@settings(deadline=None)
def test_more_minutes_never_give_fewer_hours(facts: AssessmentFacts, which: int, more: Decimal) -> None:
    facts = of_known_judgements(facts)
    if which >= len(facts.moments):
        return
    before = assess(facts).timeline
    longer = list(facts.moments)
    longer[which] = replace(longer[which], minutes=longer[which].minutes + more)
    after = assess(replace(facts, moments=tuple(longer))).timeline
    compared = before.combine(after, lambda one, other: (one, other))
    for stretch in compared:
        one, other = stretch.value
        assert other.total_s >= one.total_s
        assert other.basic_s >= one.basic_s
        assert other.other_s >= one.other_s


@pytest.mark.req("K-06")
@given(applications(), st.integers(0, 4))
@settings(deadline=None)
def test_a_moment_split_in_two_halves_changes_the_sum_by_rounding_only(
    facts: AssessmentFacts, which: int
) -> None:
    if which >= len(facts.moments):
        return
    whole = facts.moments[which]
    half = replace(whole, minutes=whole.minutes / 2, met_otherwise_minutes=whole.met_otherwise_minutes / 2)
    split = (*facts.moments, replace(half, id="half"))
    halved = replace(facts, moments=tuple(half if moment is whole else moment for moment in split))
    compared = assess(facts).timeline.combine(assess(halved).timeline, lambda one, other: (one, other))
    for stretch in compared:
        one, other = stretch.value
        assert abs(one.basic_s - other.basic_s) <= whole.assistants
        assert abs(one.other_s - other.other_s) <= whole.assistants


@pytest.mark.req("K-06")
@given(applications(), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_moments_makes_no_difference(facts: AssessmentFacts, random: object) -> None:
    shuffled = list(facts.moments)
    random.shuffle(shuffled)
    other = assess(replace(facts, moments=tuple(shuffled)))
    assert other.to_json()["timeline"] == assess(facts).to_json()["timeline"]


@pytest.mark.req("K-08")
@given(applications())
@settings(deadline=None)
def test_a_second_assistant_doubles_the_moment_exactly_when_both_investigations_were_made(
    facts: AssessmentFacts,
) -> None:
    made = facts.double_assistance
    for stretch in assess(facts).timeline:
        for moment in stretch.value.moments:
            both = made.housing_adaptation_tried is True and made.aids_tried is True
            allowed = moment.moment.assistants if both else 1
            if moment.counted_as in (CountedAs.BASIC, CountedAs.OTHER):
                assert moment.counted_s == moment.weekly_s * allowed


@pytest.mark.req("K-09")
@given(applications())
@settings(deadline=None)
def test_health_care_counts_only_while_an_assessment_of_self_care_is_in_force(facts: AssessmentFacts) -> None:
    for stretch in assess(facts).timeline:
        for assessed in stretch.value.moments:
            care = assessed.moment.self_care
            if care is None:
                assert assessed.counted_as is not CountedAs.NOT_COUNTED
                continue
            in_force = isinstance(care, SelfCare) and (
                care.assessed <= stretch.period.start
                and (care.valid_until is None or stretch.period.last <= care.valid_until)
            )
            assert (assessed.counted_as is CountedAs.NOT_COUNTED) == (not in_force)


@pytest.mark.req("H-01")
@given(applications())
@settings(deadline=None)
def test_the_municipality_makes_no_difference_to_the_law(facts: AssessmentFacts) -> None:
    assert assess(replace(facts, municipality="hjo")).timeline == assess(facts).timeline


@pytest.mark.req("K-07")
def test_the_hours_of_the_child_in_the_contract() -> None:
    """The example of the command-line contract: a child who turns seven on 14 May 2026."""
    facts = AssessmentFacts(
        on=date(2026, 3, 1),
        until=date(2027, 2, 28),
        born=date(2019, 5, 14),
        received=date(2026, 2, 10),
        granted_before_age_limit=False,
        personkrets=Personkrets(1),
        days_per_week=7,
        moments=(
            Moment("bas", Need.HYGIENE, Decimal(990), 1, Per.WEEK, intimate=True),
            Moment("annat", Need.OTHER, Decimal(600), 1, Per.WEEK),
        ),
    )
    assert assess(facts).to_json()["timeline"][0] == {
        "from": "2026-03-01",
        "to": "2026-04-30",
        "outcome": "municipality",
        "basic_s": 59400,
        "basic_deduction_s": 31500,
        "basic_after_s": 27900,
        "other_s": 36000,
        "other_deduction_s": 6300,
        "other_after_s": 29700,
        "total_s": 57600,
        "municipal_share_s": 57600,
    }


@pytest.mark.req("K-10")
@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2026, 3, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 27)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_without_a_last_day_one_year_less_a_day_is_assessed(on: date, until: date) -> None:
    facts = AssessmentFacts(on=on, born=date(1985, 6, 15), received=on, days_per_week=7, moments=())
    assert assess(facts).timeline.stretches[-1].period.last == until


@pytest.mark.req("K-07", "K-08")
def test_the_deduction_is_made_from_both_assistants_or_from_the_first_as_the_municipality_reads_the_law() -> (
    None
):
    """A four-year-old, 60 minutes a day with two assistants: 7 + 7 h a week, and the table takes 8:45."""
    child = AssessmentFacts(
        on=date(2026, 3, 1), until=date(2026, 3, 31), born=date(2022, 1, 20), received=date(2026, 2, 10),
        days_per_week=7, personkrets=Personkrets(1), double_assistance=DoubleAssistance(True, True),
        moments=(Moment("lyft", Need.HYGIENE, Decimal(60), 1, Per.DAY, intimate=True, assistants=2),),
    )  # fmt: skip
    usual = assess(child).timeline.stretches[0].value
    assert (usual.basic_s, usual.basic_deduction_s, usual.basic_after_s) == (50_400, 31_500, 18_900)
    first = assess(replace(child, readings=("deduction_from_first_assistant",)))
    value = first.timeline.stretches[0].value
    assert (value.basic_s, value.basic_deduction_s, value.basic_after_s) == (50_400, 31_500, 25_200)
    assert first.to_json()["readings"][0]["name"] == "deduction_from_first_assistant"
    reasons = [finding.reason for tree in first.findings for finding in tree.walk()]
    assert any("bara från den första assistentens tid" in reason for reason in reasons)
    assert "readings" not in assess(child).to_json()


@pytest.mark.req("K-07")
@given(applications())
@settings(deadline=None, max_examples=60)
def test_the_reading_makes_no_difference_without_a_second_assistant(facts: AssessmentFacts) -> None:
    alone = replace(facts, moments=tuple(replace(moment, assistants=1) for moment in facts.moments))
    read = assess(replace(alone, readings=("deduction_from_first_assistant",)))
    assert [part.value.sums for part in read.timeline] == [part.value.sums for part in assess(alone).timeline]


CHILD_OF_FOUR = AssessmentFacts(
    on=date(2026, 3, 1), until=date(2026, 3, 31), born=date(2022, 1, 20), received=date(2026, 2, 10),
    days_per_week=5, personkrets=Personkrets(1),
    moments=(
        Moment("tvatt", Need.HYGIENE, Decimal(240), 1, Per.DAY, intimate=True),
        Moment("lek", Need.OTHER, Decimal(90), 1, Per.DAY),
        Moment("prov", Need.OTHER, Decimal(300), 1, Per.MONTH),
        Moment("lager", Need.OTHER, Decimal(6_000), 1, Per.YEAR),
    ),
)  # fmt: skip


@pytest.mark.req("K-07", "K-08")
@pytest.mark.parametrize(
    ("reading", "more", "basic_after_s", "other_s", "other_after_s", "outcome"),
    [
        # 5 x 4 h less 5 x 1:15 h; 5 x 1:30 h + 5 h x 12/52 + 100 h / 52, less 5 x 15 min
        (None, {}, 72_000 - 22_500, 27_000 + 4_154 + 6_923, 38_077 - 4_500, "municipality"),
        # seven days are deducted, though help is given on five
        ("deduction_every_day", {}, 72_000 - 31_500, 38_077, 38_077 - 6_300, "municipality"),
        # 5 h x 12 x 28/1461 = 4 139.63 s and 100 h x 28/1461 = 6 899.38 s
        ("half_year_by_calendar", {}, 49_500, 27_000 + 4_140 + 6_899, 38_039 - 4_500, "municipality"),
        # nobody has said what all children of four need
        ("need_of_age_before_deduction", {}, 49_500, 38_077, 33_577, "unclear"),
        ("need_of_age_before_deduction", {"basic_of_age_s": 0}, 49_500, 38_077, 33_577, "unclear"),
        (
            "need_of_age_before_deduction",
            {"basic_of_age_s": 7_200, "other_of_age_s": 600},
            72_000 - 7_200 - 22_500,
            38_077,
            38_077 - 600 - 4_500,
            "municipality",
        ),
        # more than there is: nothing is left, and so no right
        (
            "need_of_age_before_deduction",
            {"basic_of_age_s": 49_500, "other_of_age_s": 33_577},
            0,
            38_077,
            0,
            "refused",
        ),
        ("need_of_age_before_deduction", {"basic_of_age_s": 49_499, "other_of_age_s": 33_576}, 1, 38_077, 1, "municipality"),
        # the usual reading does not ask
        ("whole_need_before_deduction", {"basic_of_age_s": 7_200}, 49_500, 38_077, 33_577, "municipality"),
    ],
)  # fmt: skip
def test_what_the_law_leaves_open_is_read_as_the_municipality_has_chosen(
    reading, more, basic_after_s, other_s, other_after_s, outcome
) -> None:
    read = replace(CHILD_OF_FOUR, readings=(reading,) if reading else (), **more)
    assessment = assess(read)
    stretch = assessment.timeline.stretches[0].value
    assert (stretch.basic_after_s, stretch.other_s, stretch.other_after_s) == (
        basic_after_s, other_s, other_after_s
    )  # fmt: skip
    assert stretch.outcome == outcome
    reasons = " ".join(finding.reason for tree in assessment.findings for finding in tree.walk())
    assert ("Ta reda på hur mycket hjälp alla barn i åldern behöver." in reasons) == (outcome == "unclear")
    assert ("för 7 dygn" in reasons) == (reading == "deduction_every_day")


@pytest.mark.req("K-07")
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"personkrets": Personkrets(None)}, "refused"),
        ({"moments": ()}, "refused"),
        ({"born": date(2000, 1, 1)}, "municipality"),
        ({"personkrets": None}, "unclear"),
        # from twelve nothing is taken from basic needs, so only other needs are asked about
        ({"born": date(2012, 1, 1)}, "unclear"),
        ({"born": date(2012, 1, 1), "other_of_age_s": 0}, "municipality"),
        # before one nothing is taken from other needs
        ({"born": date(2025, 6, 1), "basic_of_age_s": 0, "days_per_week": 1}, "refused"),
        ({"born": date(2025, 6, 1), "other_of_age_s": 0}, "refused"),
    ],
)
def test_what_children_of_the_age_need_is_asked_for_only_where_it_matters(change, outcome) -> None:
    read = replace(CHILD_OF_FOUR, readings=("need_of_age_before_deduction",), **change)
    assert assess(read).timeline.stretches[0].value.outcome == outcome


@pytest.mark.req("K-07")
def test_a_fortnight_and_a_week_are_the_same_by_both_readings_of_the_half_year() -> None:
    moments = tuple(
        Moment(per.value, Need.OTHER, Decimal(45), 3, per) for per in (Per.DAY, Per.WEEK, Per.FORTNIGHT)
    )
    usual = assess(replace(CHILD_OF_FOUR, moments=moments))
    calendar = assess(replace(CHILD_OF_FOUR, moments=moments, readings=("half_year_by_calendar",)))
    assert [one.weekly_s for one in usual.timeline.stretches[0].value.moments] == [40_500, 8_100, 4_050]
    assert [part.value.sums for part in usual.timeline] == [part.value.sums for part in calendar.timeline]
