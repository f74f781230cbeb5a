"""From the sheet to the facts of the law: nothing is lost, added or rounded on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.journeys import case_under_investigation

from egenmakt import law
from egenmakt.casework.decisions.computing import as_document
from egenmakt.casework.needs import queries
from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.models import Moment, Need, Per
from egenmakt.casework.needs.sheet import (
    CaseFacts,
    MomentValues,
    SheetRow,
    SheetValues,
    facts_from,
    law_moment,
)
from egenmakt.guidelines import guideline
from egenmakt.guidelines.model import SetReading
from egenmakt.law.assistance.facts import micro_minutes
from egenmakt.law.lss.moments import needed_micro_minutes, weekly_s

SHEET = SheetValues(date(2026, 12, 1), date(2027, 11, 30), 7)
SHOWER = MomentValues("Dusch", "hygiene", Decimal(30), Decimal(1), "day", intimate=True)
CASE = CaseFacts(
    born=date(2019, 9, 14), received=date(2026, 2, 10), is_registered=True, granted_before_age_limit=False,
    current_s_per_week=None, personkrets=law.Personkrets(1),
)  # fmt: skip


@pytest.mark.req("K-02", "K-09")
def test_the_names_of_the_sheet_are_those_of_the_law():
    assert [one.value for one in Need] == [one.value for one in law.Need]
    assert [one.value for one in Per] == [one.value for one in law.Per]


@pytest.mark.req("K-03", "K-04", "K-08", "K-09", "H-07")
def test_every_fact_of_a_moment_reaches_the_law():
    values = MomentValues(
        "Sondmatning", "meals", Decimal("12.5"), Decimal(2), "week", assistants=2, intimate=False, tube_feeding=True,
        activation_measure=True, directly_necessary_for="tube_feeding", self_care="assessed",
        self_care_assessed=date(2026, 8, 1), self_care_valid_until=date(2027, 5, 31),
        met_otherwise_minutes=Decimal("2.5"),
    )  # fmt: skip
    assert law_moment("m1", values) == law.Moment(
        id="m1", text="Sondmatning", need=law.Need.MEALS, minutes=Decimal("12.5"), times=2, per=law.Per.WEEK,
        assistants=2, intimate=False, tube_feeding=True, activation_measure=True,
        directly_necessary_for=law.Necessary.TUBE_FEEDING,
        self_care=law.SelfCare(date(2026, 8, 1), date(2027, 5, 31)), met_otherwise_minutes=Decimal("2.5"),
    )  # fmt: skip


@pytest.mark.req("K-09", "S-02")
def test_health_care_without_assessment_is_told_apart_from_help_that_is_no_health_care():
    assert law_moment("a", SHOWER).self_care is None
    values = MomentValues("Ortoser", "dressing", Decimal(5), Decimal(1), "day", self_care="not_assessed")
    assert law_moment("a", values).self_care is False


@pytest.mark.req("K-08")
def test_what_is_common_to_the_moments_reaches_the_law():
    sheet = SheetValues(
        date(2026, 12, 1), date(2027, 11, 30), 5, housing_adaptation_tried=True, aids_tried=False,
        waiting_minutes_per_day=480, standby_minutes_per_day=60,
    )  # fmt: skip
    facts = facts_from(CASE, sheet, [("m1", SHOWER)])
    assert (facts.on, facts.until, facts.days_per_week) == (date(2026, 12, 1), date(2027, 11, 30), 5)
    assert facts.double_assistance == law.DoubleAssistance(housing_adaptation_tried=True, aids_tried=False)
    assert (facts.waiting_minutes_per_day, facts.standby_minutes_per_day) == (Decimal(480), Decimal(60))
    assert (facts.born, facts.received, facts.personkrets) == (CASE.born, CASE.received, law.Personkrets(1))


@pytest.mark.req("K-07", "K-08")
def test_how_the_municipality_reads_the_law_reaches_the_law_and_what_a_decision_stores(monkeypatch):
    """Only where its guideline says so on the first day, and the stored facts are read back as they were."""
    chosen = SetReading(
        "deduction_from_first_assistant", "deduction_and_second_assistant",
        replace(guideline("hjo").notes[0].entry, period=law.Period(date(2026, 6, 1))),
    )  # fmt: skip
    made = replace(guideline("hjo"), readings=(chosen,))
    monkeypatch.setattr("egenmakt.casework.needs.sheet.guideline", lambda slug: made)
    before, after = (SheetValues(day, date(2027, 5, 31), 7) for day in (date(2026, 5, 31), date(2026, 6, 1)))
    case = replace(CASE, municipality="hjo")
    assert facts_from(case, before, [("m1", SHOWER)]).readings == ()
    facts = facts_from(case, after, [("m1", SHOWER)])
    assert facts.readings == ("deduction_from_first_assistant",)
    assert law.facts_from_json(as_document(facts)) == facts
    assert "readings" not in as_document(facts_from(case, before, [("m1", SHOWER)]))
    assert facts_from(replace(CASE, municipality=None), after, [("m1", SHOWER)]).readings == ()


two_decimals = st.decimals(0, 500, places=2, allow_nan=False)


@pytest.mark.req("K-06")
@given(
    minutes=two_decimals,
    met=two_decimals,
    times=st.decimals(0, 99, places=2, allow_nan=False),
    per=st.sampled_from(list(law.Per)),
    days=st.integers(1, 7),
)
def test_parts_of_times_give_exactly_the_same_seconds_a_week(minutes, met, times, per, days):
    values = MomentValues("A", "other", minutes, times, per.value, met_otherwise_minutes=min(met, minutes))
    moment = law_moment("a", values)
    assert isinstance(moment.times, int)
    through_the_law = weekly_s(
        needed_micro_minutes(micro_minutes(moment.minutes), micro_minutes(moment.met_otherwise_minutes)),
        moment.times,
        moment.per,
        days,
    )
    weekly = {
        law.Per.DAY: Fraction(days), law.Per.WEEK: Fraction(1), law.Per.FORTNIGHT: Fraction(1, 2),
        law.Per.MONTH: Fraction(12, 52), law.Per.YEAR: Fraction(1, 52),
    }  # fmt: skip
    seconds = (Fraction(minutes) - Fraction(min(met, minutes))) * 60 * Fraction(times) * weekly[per]
    exact = int(seconds + Fraction(1, 2))
    assert through_the_law == exact


@pytest.mark.req("K-06")
def test_three_and_a_half_times_a_week_is_seven_times_a_fortnight():
    values = MomentValues("A", "other", Decimal(20), Decimal("3.5"), "week")
    moment = law_moment("a", values)
    assert (moment.minutes, moment.times, moment.per) == (Decimal(20), 7, law.Per.FORTNIGHT)


@pytest.mark.req("K-06")
def test_without_application_or_moments_everything_missing_is_told_at_once(office):
    with pytest.raises(queries.FactsMissing) as missing:
        queries.facts_of(office.case)
    assert [one.key for one in missing.value.missing] == ["application", "needs"]
    told = queries.assessment_of(office.case)
    assert isinstance(told, list) and all(one.sentence and one.url for one in told)


@pytest.mark.req("K-06", "K-07")
def test_a_case_with_facts_is_assessed_under_the_moments_own_ids(world):
    made = case_under_investigation(world, without=("communication",))
    assessment = queries.assessment_of(made.case)
    assert isinstance(assessment, law.Assessment)
    ids = {moment.id for moment in assessment.timeline.stretches[0].value.moments}
    assert ids == {str(pk) for pk in Moment.objects.values_list("pk", flat=True)}
    assert assessment.timeline.stretches[0].value.total_s == 15 * 3600 + 45 * 60


@pytest.mark.req("S-02", "K-09")
def test_health_care_without_assessment_is_listed_for_the_region_and_what_ends_is_foreseen(office):
    rows = [
        SheetRow(None, SHOWER),
        SheetRow(None, MomentValues("Ortoser", "dressing", Decimal(5), Decimal(1), "day", self_care="not_assessed")),
        SheetRow(None, MomentValues(
            "Sond", "meals", Decimal(5), Decimal(1), "day", self_care="assessed",
            self_care_assessed=date(2026, 1, 1), self_care_valid_until=date(2027, 1, 1),
        )),
    ]  # fmt: skip
    save_sheet(actor=office.officer, case_id=office.case.pk, version=0, sheet=SHEET, rows=rows)
    assert [one.text for one in queries.referred_to_region(office.case)] == ["Ortoser"]
    assert [one.text for one in queries.self_care_that_ends(office.case, date(2027, 1, 1))] == ["Sond"]
    assert queries.self_care_that_ends(office.case, date(2026, 12, 31)) == []
