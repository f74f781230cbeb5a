"""Deadlines are those of the table, and hold the same whenever they are asked."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.calendar import after_months, is_free_day, last_day
from egenmakt.law.findings import Outcome
from egenmakt.law.parameters import NoParameter
from egenmakt.law.procedure import (
    advance_ruling_validity,
    appeal_deadline,
    appeal_in_time,
    delay_answer_deadline,
    delay_request_from,
    legal_force,
    quarter_of,
    simplified_service,
    time_report_deadline,
    unexecuted_from,
    weeding,
)

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))


def cases(kind):
    rows = CASES[kind]
    return pytest.mark.parametrize("case", rows, ids=[row.get("name", row["source"]) for row in rows])


@pytest.mark.req("H-22", "K-15")
@cases("appeal")
def test_an_appeal_must_be_in_by_the_last_day_of_three_weeks(case):
    deadline = appeal_deadline(case["served"])
    assert deadline.last_day == case["last_day"]
    for received in case.get("in_time", []):
        finding = appeal_in_time(case["served"], received)
        assert finding.outcome is Outcome.MET
        assert finding.result is True
    for received in case.get("late", []):
        finding = appeal_in_time(case["served"], received)
        assert finding.outcome is Outcome.NOT_MET
        assert "för sent" in finding.reason


@pytest.mark.req("H-13")
@cases("two_months")
def test_a_period_of_two_months_ends_as_the_supreme_administrative_court_counted(case):
    last = last_day(after_months(case["from"], 2)).day
    assert last == case["last_day"]
    assert all(received > last for received in case["late"])


@pytest.mark.req("H-22")
@cases("simplified_service")
def test_simplified_service_is_two_weeks_after_the_notice(case):
    served = simplified_service(case["notice_sent"]).last_day
    assert served == case["served"]
    assert served != case.get("published")


@pytest.mark.req("H-13")
@cases("delay_request")
def test_after_six_months_the_individual_may_ask_that_the_case_be_decided(case):
    deadline = delay_request_from(case["begun"])
    assert (deadline.last_day, deadline.begins) == (case["last_day"], case["begins"])


@pytest.mark.req("H-13")
@cases("delay_answer")
def test_a_request_to_decide_is_answered_within_four_weeks(case):
    assert delay_answer_deadline(case["requested"]).last_day == case["last_day"]


@pytest.mark.req("H-23")
@cases("unexecuted")
def test_a_decision_not_executed_in_three_months_is_reported_for_its_quarter(case):
    deadline = unexecuted_from(case["decided"], interrupted=case.get("interrupted", False))
    assert (deadline.last_day, deadline.begins) == (case["last_day"], case["begins"])
    assert quarter_of(deadline.begins) == case["quarter"]
    assert case["quarter"] in deadline.finding.reason


@pytest.mark.req("A-15")
@cases("time_report")
def test_a_months_time_is_reported_by_the_fifth_of_the_second_month_after(case):
    assert time_report_deadline(case["month"]).last_day == case["last_day"]


@pytest.mark.req("H-14")
@cases("advance_ruling")
def test_an_advance_ruling_is_valid_six_months_from_the_day_the_measures_are_available(case):
    assert advance_ruling_validity(case["available"]).last_day == case["last_day"]


@pytest.mark.req("A-16")
@cases("weeding")
def test_a_file_is_weeded_or_kept_as_the_table_says(case):
    facts = {name: case[name] for name in ("municipality", "measures") if name in case}
    result = weeding(case["last_note"], case["born"], case["county"], **facts)
    assert result.arises == case.get("arises")
    assert result.last_day == case.get("last_day")
    assert result.weed == ("kept" not in case)
    assert [ground.rule for ground in result.finding.children] == case.get("kept", [])


@pytest.mark.req("A-16")
def test_a_file_waits_while_data_on_the_person_remain_in_registers():
    free = weeding(date(2020, 3, 10), date(1980, 6, 14), "12")
    waiting = weeding(date(2020, 3, 10), date(1980, 6, 14), "12", register_data_remain=True)
    assert free.weed
    assert not waiting.weed
    assert waiting.postponed
    assert waiting.arises == free.arises


@pytest.mark.req("A-16")
def test_an_old_file_is_weeded_by_the_law_of_the_day_the_duty_arose():
    assert weeding(date(2001, 1, 10), date(1980, 6, 14), "12").arises == date(2006, 1, 10)
    with pytest.raises(NoParameter):
        weeding(date(1999, 1, 10), date(1980, 6, 14), "12")


SERVED = st.dates(min_value=date(2018, 7, 1), max_value=date(2100, 1, 1))


@pytest.mark.req("H-22")
@given(SERVED)
def test_the_last_day_to_appeal_is_a_working_day_never_sooner_than_three_weeks(served):
    deadline = appeal_deadline(served)
    assert deadline.nominal == served + timedelta(weeks=3)
    assert deadline.last_day >= deadline.nominal
    assert not is_free_day(deadline.last_day)
    assert deadline.in_time(deadline.last_day)
    assert not deadline.in_time(deadline.last_day + timedelta(days=1))


@pytest.mark.req("H-22")
@given(st.lists(SERVED, min_size=1, max_size=4))
def test_a_decision_has_legal_force_the_day_after_everybodys_time_to_appeal(served):
    force = legal_force(served)
    assert force.day == max(appeal_deadline(day).last_day for day in served) + timedelta(days=1)
    assert len(force.finding.children) == len(served)


@pytest.mark.req("H-22")
@pytest.mark.parametrize(
    ("served", "appealed", "why"),
    [
        ([date(2026, 6, 1)], True, "överklagat"),
        ([date(2026, 6, 1), None], False, "inte fått del"),
        ([], False, "inte fått del"),
    ],
)
def test_no_legal_force_while_appealed_or_while_somebody_is_not_served(served, appealed, why):
    force = legal_force(served, appealed=appealed)
    assert force.day is None
    assert why in force.finding.reason


@pytest.mark.req("H-22")
def test_legal_force_of_the_contracts_example():
    assert legal_force([date(2026, 6, 1)]).day == date(2026, 6, 23)


@pytest.mark.req("H-13")
def test_the_right_to_ask_for_a_decision_does_not_exist_before_the_act_of_2018():
    with pytest.raises(NoParameter, match="2018-06-30"):
        delay_request_from(date(2018, 6, 30))


@pytest.mark.req("H-22")
def test_a_deadline_by_the_repealed_act_says_that_its_length_is_not_confirmed():
    before, after = appeal_deadline(date(2018, 6, 29)), appeal_deadline(date(2018, 7, 2))
    assert "1986:223" in str(before.finding.citation)
    assert before.unverified == ("appeal_weeks",)
    assert "2017:900" in str(after.finding.citation)
    assert after.unverified == ()


@pytest.mark.req("H-22")
def test_every_step_of_the_reason_is_a_finding_with_its_section():
    finding = appeal_deadline(date(2026, 5, 29)).finding
    assert [str(part.citation) for part in finding.walk()] == [
        "44 § första meningen förvaltningslagen (2017:900) (SFS 2017:900)",
        "1 § lagen (1930:173) om beräkning av lagstadgad tid",
        "2 § första stycket lagen (1930:173) om beräkning av lagstadgad tid (SFS 2022:931)",
    ]
    assert "midsommarafton" in finding.children[1].reason
