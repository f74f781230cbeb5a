"""Every result of a command that computes carries its findings and the parameters that no source confirms."""

from __future__ import annotations

import json

import pytest
from tests.law.assistance.test_reading import DOCUMENT
from tests.law.command_line.test_assess_and_law import egenmakt
from tests.law.sick_pay.test_sick_pay import DOCUMENT as SICK_PAY

pytestmark = pytest.mark.req("K-06", "H-09")

FINDING = {"rule", "citation", "outcome", "facts", "result", "reason", "children"}
MONTH = {
    "month": "2026-03",
    "entries": [{"from": "2026-03-29T00:00", "to": "2026-03-29T04:00", "kind": "standby"}],
}
PRINCIPAL = {"measure": 2, "transferred_by_agreement": False}
ASKED: list[tuple[list[str], object, list[str]]] = [
    (["assess", "-"], DOCUMENT, []),
    (["law", "show", "standard_amount", "--on", "2026-07-01"], None, []),
    (["law", "show", "standard_amount", "--on", "2025-07-01"], None, ["standard_amount"]),
    (["law", "show", "parental_deduction", "--on", "2026-07-01", "--age", "4"], None, []),
    (["law", "show", "age_limit", "--on", "2026-07-01", "--born", "1960-02-29"], None, ["age_limit"]),
    (["deadline", "-"], {"rule": "appeal", "served": "2026-06-01", "received": "2026-06-23"}, []),
    (["deadline", "-"], {"rule": "delay_request", "begun": "2026-01-05"}, []),
    (["deadline", "-"], {"rule": "unexecuted", "decided": "2026-01-05"}, []),
    (["deadline", "-"], {"rule": "time_report", "month": "2026-03"}, []),
    (["deadline", "-"], {"rule": "advance_ruling", "available": "2026-03-02"}, []),
    (["deadline", "-"], {"rule": "first_contact", "municipality": "hjo", "received": "2026-03-02"}, []),
    (["deadline", "-"], {"rule": "decision", "municipality": "hjo", "received": "2026-03-02"}, []),
    (["identity", "-"], {"number": "20150916-0006", "on": "2026-03-01"}, []),
    (["worktime", "-"], MONTH, ["standby_divisor"]),
    (["sick-pay", "-"], SICK_PAY, []),
    (["ask", "-"], {"rule": "principal", "on": "2026-03-01", "facts": PRINCIPAL}, []),
    (
        ["ask", "-"],
        {"rule": "onset_before_adult_age", "on": "2026-03-01", "facts": {"age_at_onset": 3}},
        ["adult_age_of_onset"],
    ),
]


@pytest.mark.parametrize(("words", "document", "unverified"), ASKED, ids=[" ".join(one[0]) for one in ASKED])
def test_findings_and_unverified_are_there(words: list[str], document: object, unverified: list[str]) -> None:
    code, answer = egenmakt(*words, given=json.dumps(document).encode())
    assert code == 0, answer
    assert isinstance(answer, dict)
    assert answer["unverified"] == unverified
    assert answer["findings"]
    for finding in answer["findings"]:
        assert set(finding) == FINDING
        assert finding["reason"].endswith(".")
        assert finding["outcome"] in ("met", "not_met", "unclear")


def test_a_value_of_law_says_what_it_is_and_since_when() -> None:
    _, answer = egenmakt("law", "show", "parental_deduction", "--on", "2026-07-01", "--age", "4")
    (finding,) = answer["findings"]
    assert finding["facts"] == {"on": "2026-07-01", "age": 4}
    assert finding["result"] == answer["value"]
    assert finding["reason"] == "Föräldraavdrag: värdet gäller från och med 2025-01-01 tills vidare."


def test_the_list_of_values_tells_which_are_not_confirmed() -> None:
    _, answer = egenmakt("law", "list")
    assert answer["findings"] == []
    assert {"standby_divisor", "age_limit", "standard_amount"} <= set(answer["unverified"])
    assert answer["unverified"] == [one["name"] for one in answer["parameters"] if not one["verified"]]
