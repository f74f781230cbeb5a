"""The judge tells every breach and the exact cost."""

from __future__ import annotations

import pytest
from tests.staffing.day_shifts.small import TWO_WEEKS

from egenmakt.staffing.day_shifts.judging import Cost, judge
from egenmakt.staffing.day_shifts.reading import read

pytestmark = pytest.mark.req("A-12")

INSTANCE = read(TWO_WEEKS)


def rostered(rows: dict[str, str]) -> dict[str, tuple[str | None, ...]]:
    return {name: tuple(None if day == "-" else day for day in days) for name, days in rows.items()}


ROSTER = {"Ada": "--EELL--EEEL--", "Bo": "EEL----EEL--EE", "Cia": "LL--EE--LLLL--"}


def breaches(name: str, days: str) -> set[tuple[str, int | None, int | None]]:
    found = judge(INSTANCE, rostered(ROSTER | {name: days})).breaches
    assert all(one.employee == name for one in found)
    return {(one.rule, one.first, one.last) for one in found}


def test_a_roster_that_keeps_every_rule_has_no_breach() -> None:
    assert judge(INSTANCE, rostered(ROSTER)).breaches == ()


CASES = [
    ("Ada", "E-EELL--EEEL--", ("day_off", 0, 0)),
    ("Ada", "--EELE--EEEL--", ("rotation", 4, 5)),
    ("Ada", "--EELLL-EEEL--", ("least_off_in_a_row", 7, 7)),
    ("Ada", "-EEEEE--EEEL--", ("most_in_a_row", 1, 5)),
    ("Ada", "--EE--E--EEEL-", ("least_in_a_row", 6, 6)),
    ("Ada", "--EELL--EE-EE-", ("least_off_in_a_row", 10, 10)),
    ("Ada", "-EEEE--EEEE--L", ("most_minutes", None, None)),
    ("Ada", "--EELL--------", ("least_minutes", None, None)),
    ("Ada", "--EELL--EEEE-L", ("most_weekends", None, None)),
    ("Bo", "EEL----LLL--EE", ("most_of", None, None)),
    ("Bo", "EEL----EEX--EE", ("unknown", None, None)),
    ("Bo", "EEL----EEL--E", ("days", None, None)),
]


@pytest.mark.parametrize(("name", "days", "breach"), CASES)
def test_each_rule_is_told_when_broken(
    name: str, days: str, breach: tuple[str, int | None, int | None]
) -> None:
    assert breach in breaches(name, days)


ALLOWED = [
    ("Ada", "-E--EELL--EEE-", "least_in_a_row", True),
    ("Bo", "E--EE--EE--LLL", "least_in_a_row", False),
    ("Bo", "EEL--EE-EE---E", "least_off_in_a_row", True),
    ("Bo", "EE--EE--LLL--E", "least_in_a_row", False),
    ("Ada", "-EEEE--EEL----", "least_off_in_a_row", False),
]


@pytest.mark.parametrize(("name", "days", "rule", "broken"), ALLOWED)
def test_a_run_at_the_edge_of_the_horizon_may_be_short(name: str, days: str, rule: str, broken: bool) -> None:
    assert (rule in {one for one, _, _ in breaches(name, days)}) is broken


def test_a_run_at_the_edge_may_not_be_too_long() -> None:
    assert ("most_in_a_row", 0, 4) in breaches("Cia", "EEEEE--LLL----")


def test_saturday_and_sunday_of_one_week_are_one_weekend() -> None:
    assert breaches("Cia", "---EELL--LL---") == set()
    assert ("most_weekends", None, None) in breaches("Cia", "-----LL--LLLLL")


def test_employees_who_are_missing_or_unknown_are_told() -> None:
    roster = rostered(ROSTER | {"Dag": "--------------"})
    del roster["Ada"]
    assert {(one.rule, one.employee) for one in judge(INSTANCE, roster).breaches} == {
        ("days", "Ada"),
        ("unknown", "Dag"),
    }


def test_the_cost_is_the_sum_of_wishes_not_met_and_of_too_few_and_too_many() -> None:
    nobody = rostered(dict.fromkeys(ROSTER, "-" * 14))
    assert judge(INSTANCE, nobody).cost == Cost(on_wishes=5, off_wishes=0, under=2800, over=0)
    cost = judge(INSTANCE, rostered(ROSTER)).cost
    # Ada works E on day 2 as she wished; Cia is off on day 6; Bo works E on day 1 against his wish.
    assert (cost.on_wishes, cost.off_wishes) == (3, 4)
    present = {(day, row[day]) for row in ROSTER.values() for day in range(14) if row[day] != "-"}
    assert cost.under == 100 * (28 - len(present))
    twice = sum(len(row.replace("-", "")) for row in ROSTER.values()) - len(present)
    assert cost.over == twice
    assert cost.total == cost.on_wishes + cost.off_wishes + cost.under + cost.over
