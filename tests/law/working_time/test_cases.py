"""Rosters of one assistant are judged as the table says: which rule, which shift, when, and in which words."""

from __future__ import annotations

import random

import pytest
from tests.law.working_time.roster_cases import Case, cases, told

from egenmakt.law.working_time.checking import RULES, breaches
from egenmakt.law.working_time.limits import SECTIONS
from egenmakt.law.working_time.shifts import second_of

pytestmark = pytest.mark.req("A-12")

CASES = cases()


def judged(case: Case, shifts=None):
    return breaches(
        case.shifts if shifts is None else shifts,
        case.limits,
        case.horizon,
        last_end_s=case.last_end_s,
        average_left_s=case.average_left_s,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_roster_is_judged_as_the_table_says(case: Case) -> None:
    found = judged(case)
    assert told(found) == case.expected, case.source
    for one, (_, _, opens, closes) in zip(found, case.expected, strict=True):
        assert (one.from_s, one.to_s) == (second_of(opens), second_of(closes))
    if case.messages is not None:
        assert tuple(one.message for one in found) == case.messages


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_order_in_which_the_shifts_are_given_changes_nothing(case: Case) -> None:
    mixed = list(case.shifts)
    random.Random(4).shuffle(mixed)
    assert judged(case, mixed) == judged(case)


def test_every_rule_is_broken_and_kept_by_some_case_and_every_case_has_its_source() -> None:
    broken = {rule for case in CASES for rule, *_ in case.expected}
    assert broken == set(RULES)
    assert len(CASES) >= 60
    assert sum(not case.expected for case in CASES) >= 25
    assert all(case.source for case in CASES)
    assert len({case.title for case in CASES}) == len(CASES)


def test_every_breach_cites_where_it_is_said_but_for_being_in_two_places() -> None:
    for case in CASES:
        for one in judged(case):
            if one.rule == "overlap":
                assert one.section is None
            elif case.limits.sections is SECTIONS:
                assert one.section == SECTIONS[one.rule]
            else:
                assert one.section and any(act in one.section for act in ("arbetstid", "kollektivavtal"))
