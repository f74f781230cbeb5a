"""`egenmakt ask`: any rule can be asked from outside, and says what it still needs to know."""

from __future__ import annotations

import json

import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths

pytestmark = pytest.mark.req("H-04", "H-21")


def ask(rule: str, on: str = "2026-03-01", **facts: object) -> tuple[int, dict]:
    code, answer = egenmakt("ask", "-", given=json.dumps({"rule": rule, "on": on, "facts": facts}).encode())
    assert isinstance(answer, dict)
    return code, answer


def test_a_refusal_says_its_ground_and_what_was_asked() -> None:
    code, answer = ask("not_met_otherwise", met_in_another_way="yes")
    assert code == 0
    assert (answer["value"], answer["outcome"]) == ("no", "not_met")
    assert answer["reason"] == "Behovet tillgodoses faktiskt på annat sätt."
    assert answer["questions"] == {"met_in_another_way": "Tillgodoses behovet faktiskt på annat sätt?"}


def test_what_is_not_established_makes_the_answer_unclear() -> None:
    code, answer = ask("needs_measure")
    assert (code, answer["value"], answer["outcome"]) == (0, "unknown", "unclear")


def test_a_rule_that_no_source_confirms_is_named() -> None:
    _, answer = ask("ban_without_permit", without_permit="yes")
    assert answer["unverified_rules"] == ["ban_without_permit"]


def test_every_fault_says_what_an_answer_may_be() -> None:
    code, answer = ask("request_is_valid", asked_by="neighbour", colour="red")
    assert code == 2
    assert set(paths(answer)) == {"facts.asked_by", "facts.person_age", "facts.colour"}
    said = {error["path"]: error["message"] for error in answer["errors"]}
    assert "person (personen själv), guardian (vårdnadshavare)" in said["facts.asked_by"]
    assert "ett heltal" in said["facts.person_age"]


def test_an_unknown_rule_and_a_day_without_the_rule() -> None:
    code, answer = ask("no_such_rule")
    assert (code, paths(answer)) == (2, ["rule"])
    code, answer = ask("biased", on="2010-03-01")
    assert (code, answer["errors"][0]["code"]) == (3, "no_parameter")


def test_facts_are_an_object() -> None:
    given = json.dumps({"rule": "needs_measure", "on": "2026-03-01", "facts": []}).encode()
    code, answer = egenmakt("ask", "-", given=given)
    assert (code, paths(answer)) == (2, ["facts"])


@pytest.mark.req("H-22")
def test_choices_are_told_with_their_swedish_words() -> None:
    code, answer = ask("request_is_valid", asked_by="guardian", person_age=9)
    assert code == 0
    assert answer["choices"]["asked_by"]["guardian"] == "vårdnadshavare"
    assert "choices" not in ask("needs_measure")[1]
