"""The reimbursement is that of the table, its parts add up, and what is wrong is refused."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.findings import Outcome
from egenmakt.law.parameters import NoParameter
from egenmakt.law.sick_pay import Employment, Shift, ShiftsRefused, SickPeriod, reimburse

pytestmark = pytest.mark.req("K-21")

TABLE = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))


def _millionths(text: str) -> int:
    return int(Decimal(text) * 1_000_000)


def _shift(text: str) -> Shift:
    when, *more = (part.strip() for part in text.split(";"))
    begins, ends = (datetime.fromisoformat(clock.strip()) for clock in when.split("–"))
    supplement = next((part.removeprefix("tillägg ") for part in more if part.startswith("tillägg")), "0")
    return Shift(begins, ends, int(Decimal(supplement) * 100), "ingen vikarie" not in more)


def _asked(case: dict) -> tuple[Employment, SickPeriod, list[Shift]]:
    case = TABLE["utgångspunkt"] | case
    employment = Employment(
        born=case["född"],
        hourly_pay_ore=int(Decimal(case["timlön"]) * 100),
        average_s_per_week=int(Decimal(case["veckotimmar"]) * 3600),
        holiday_rate=_millionths(case["semester"]),
        agreement_rate=_millionths(case["avtal"]),
    )
    started, ended = case.get("förra", (None, None))
    period = SickPeriod(case["sjuk"], ended, started, case["avdrag"], case.get("skydd", False))
    return employment, period, [_shift(text) for text in case["pass"]]


@pytest.mark.parametrize("case", TABLE["fall"], ids=[case["titel"] for case in TABLE["fall"]])
def test_the_municipality_reimburses_as_the_table_says(case):
    found = reimburse(*_asked(case))
    shown = {
        name: f"{getattr(found, f'{name}_ore') // 100}.{getattr(found, f'{name}_ore') % 100:02}"
        for name in case["ger"]
    }
    assert shown == case["ger"]
    if "dagar" in case:
        assert list(found.days) == case["dagar"]
    for row, words in zip(found.rows, case.get("rader", []), strict=False):
        assert words in row.reason
    unclear = [one.rule for one in found.finding.walk() if one.outcome is Outcome.UNCLEAR]
    assert unclear == case.get("oklart", [])
    assert case["källa"]


def test_a_relapse_whose_first_period_is_not_told_says_so():
    employment, _, shifts = _asked(TABLE["fall"][0])
    found = reimburse(employment, SickPeriod(date(2026, 3, 2), date(2026, 2, 27)), shifts)
    assert found.qualifying_deduction_ore == 0
    assert [one.rule for one in found.finding.walk() if one.outcome is Outcome.UNCLEAR] == [
        "days_of_earlier_period"
    ]


def test_a_time_before_the_deduction_of_2019_has_no_answer():
    employment, _, _ = _asked(TABLE["fall"][0])
    with pytest.raises(LookupError):
        reimburse(employment, SickPeriod(date(2018, 12, 31)), [])
    with pytest.raises(NoParameter, match="2026"):
        reimburse(
            Employment(date(1930, 1, 1), 15200, 3600, 0, 0),
            SickPeriod(date(2026, 3, 2)),
            [_shift("2026-03-02T08:00 – 2026-03-02T09:00")],
        )


def test_every_fault_of_the_shifts_is_said():
    employment, period, _ = _asked(TABLE["fall"][0])
    clock = datetime.fromisoformat("2026-03-02T08:00")
    with pytest.raises(ShiftsRefused) as refused:
        reimburse(
            employment,
            period,
            [
                Shift(clock, clock, 0, True),
                Shift(clock, clock + timedelta(hours=8), 0, True),
                Shift(clock + timedelta(hours=7), clock + timedelta(hours=9), 0, True),
                _shift("2026-03-29T02:30 – 2026-03-29T08:00"),
            ],
        )
    assert [(error.index, error.field, error.other) for error in refused.value.errors] == [
        (0, "to", None),
        (2, "", 1),
        (3, "from", None),
    ]


MONDAY = datetime.fromisoformat("2026-03-02T00:00")
SHIFTS = st.lists(
    st.tuples(
        st.integers(0, 12), st.integers(0, 20), st.integers(1, 12), st.integers(0, 20000), st.booleans()
    ),
    unique_by=lambda one: one[0],
    max_size=8,
)


@given(SHIFTS, st.integers(1, 60000), st.integers(0, 168 * 3600))
def test_rows_and_parts_add_up_to_the_ore(drawn, pay, week):
    shifts = [
        Shift(
            MONDAY + timedelta(days=2 * day, hours=hour),
            MONDAY + timedelta(days=2 * day, hours=hour + length),
            supplement,
            worked,
        )
        for day, hour, length, supplement, worked in drawn
    ]
    found = reimburse(
        Employment(date(1985, 2, 3), pay, week, 120000, 45000), SickPeriod(date(2026, 3, 2)), shifts
    )
    assert sum(row.pay_ore for row in found.rows) == found.lost_pay_ore
    parts = (found.sick_pay_ore, found.holiday_ore, found.contributions_ore, found.agreement_costs_ore)
    assert sum(parts) == found.reimbursement_ore
    assert found.sick_pay_ore == max(0, found.gross_sick_pay_ore - found.qualifying_deduction_ore)
    assert all(1 <= day <= 14 for day in found.days)
    for row in found.rows:
        assert row.counted_s == 0 or row.shift.substitute_worked
        assert row.reason


DOCUMENT = {
    "employment": {
        "born": "1985-02-03",
        "hourly_pay": "152.00",
        "average_hours_per_week": 37,
        "holiday_rate": "0.12",
        "agreement_rate": "0.00",
    },
    "sick_from": "2026-03-02",
    "previous_period_ended": None,
    "deductions_last_12_months": 0,
    "shifts": [
        {
            "from": "2026-03-02T07:00",
            "to": "2026-03-02T17:00",
            "supplement": "0.00",
            "substitute_worked": True,
        }
    ],
}


def sick_pay(document: object) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, "-m", "egenmakt.site.cli", "sick-pay", "-"],
        input=json.dumps(document).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


def test_the_command_answers_in_the_shape_of_the_contract():
    code, answer = sick_pay(DOCUMENT)
    assert code == 0
    assert list(answer) == [
        "lost_pay", "gross_sick_pay", "qualifying_deduction", "sick_pay", "holiday", "contributions", "agreement_costs",
        "reimbursement", "days", "rows", "findings", "unverified",
    ]  # fmt: skip
    assert (answer["lost_pay"], answer["sick_pay"], answer["days"]) == ("1520.00", "316.16", [1])
    assert answer["rows"][0]["counts"] is True
    assert answer["unverified"] == []
    assert {"rule", "citation", "outcome", "facts", "result", "reason", "children"} == set(
        answer["findings"][0]
    )


def test_the_command_says_every_fault_at_once():
    employment = DOCUMENT["employment"] | {"hourly_pay": 152, "holiday_rate": "12", "colour": 1}
    shift = DOCUMENT["shifts"][0] | {"to": "2026-02-30T17:00", "substitute_worked": "ja"}
    code, answer = sick_pay(
        DOCUMENT | {"employment": employment, "previous_period_ended": "2026-03-02", "shifts": [shift]}
    )
    assert code == 2
    assert {error["path"] for error in answer["errors"]} == {
        "employment.hourly_pay", "employment.holiday_rate", "employment.colour", "previous_period_ended",
        "shifts[0].to", "shifts[0].substitute_worked",
    }  # fmt: skip


def test_the_command_refuses_shifts_that_overlap_and_times_without_law():
    code, answer = sick_pay(DOCUMENT | {"shifts": DOCUMENT["shifts"] * 2})
    assert (code, answer["errors"][0]["path"]) == (2, "shifts[1]")
    assert "shifts[0]" in answer["errors"][0]["message"]
    code, answer = sick_pay(DOCUMENT | {"sick_from": "2018-03-02"})
    assert (code, answer["errors"][0]["code"]) == (3, "no_parameter")
