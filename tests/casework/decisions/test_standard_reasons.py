"""Standard reasons: only those that fit are offered, with the case's own figures, and none is out of date."""

from __future__ import annotations

import string
from datetime import date

import pytest
from tests.casework import journeys

from egenmakt.casework.decisions import rules, standard_reasons
from egenmakt.casework.decisions.actions.proposing import FIELDS
from egenmakt.casework.decisions.models import DecisionKind, RefusalGround
from egenmakt.casework.decisions.wording import resource_arguments

ALL = standard_reasons.standard_reasons()


def _offered(made) -> list[standard_reasons.StandardReason]:
    context = rules.gate_context(made.proposal, guideline=made.officer.guideline)
    return standard_reasons.offered(context.dossier, made.proposal, context.computed)


@pytest.mark.req("H-18", "H-21")
@pytest.mark.parametrize("reason", ALL, ids=[one.key for one in ALL])
def test_every_text_goes_in_a_field_for_known_kinds_and_argues_from_no_lack_of_resources(reason):
    assert reason.field in FIELDS
    assert set(reason.kinds) <= set(DecisionKind.values)
    assert not reason.only_if or reason.only_if in {"child", "state", *RefusalGround.values}
    assert resource_arguments(reason.text) == []
    assert reason.law


@pytest.mark.req("H-18")
def test_no_two_texts_have_the_same_key():
    assert len({one.key for one in ALL}) == len(ALL)


@pytest.mark.req("H-18")
@pytest.mark.parametrize(
    ("options", "there", "not_there"),
    [
        ({}, {"right-2023", "deduction-2023"}, {"over-twenty-2011", "met-otherwise-1994"}),
        ({"born": date(1984, 3, 2)}, {"right-2023"}, {"deduction-2023", "child-grows-2011"}),
        (
            {"moments": ({**journeys.MOMENTS[0], "minutes": 240}, *journeys.MOMENTS[1:])},
            {"over-twenty-2011", "interim-2011"},
            {"no-need-2011"},
        ),
        (
            {"proposal": {"kind": "refusal", "refusal_ground": "no_need"}},
            {"no-need-2011"},
            {"right-2023", "met-otherwise-1994"},
        ),
    ],
    ids=["a child", "an adult", "over twenty hours", "a refusal"],
)
def test_the_texts_that_fit_the_proposal_are_offered(world, options, there, not_there):
    offered = {one.key for one in _offered(journeys.case_with_a_working_proposal(world, **options))}
    assert there <= offered
    assert not (not_there & offered)


@pytest.mark.req("H-18")
def test_what_is_not_known_stands_as_a_gap_that_the_gate_finds(world):
    made = journeys.case_with_a_working_proposal(world, without=("personkrets",))
    context = rules.gate_context(made.proposal, guideline=made.officer.guideline)
    right = next(one for one in ALL if one.key == "right-2023")
    text = standard_reasons.filled(right, context.dossier, made.proposal, context.computed)
    assert "personkrets […] (1 § LSS)" in text
    named = {name for _text, name, _spec, _conversion in string.Formatter().parse(right.text) if name}
    assert "personkrets" in named


@pytest.mark.req("H-18")
def test_an_old_wording_is_no_longer_offered(world, monkeypatch):
    made = journeys.case_with_a_working_proposal(world)
    from dataclasses import replace

    old = tuple(replace(one, valid_to=date(2026, 4, 19)) for one in ALL)
    monkeypatch.setattr(standard_reasons, "standard_reasons", lambda: old)
    assert _offered(made) == []
    last_day = tuple(replace(one, valid_to=date(2026, 4, 20)) for one in ALL)
    monkeypatch.setattr(standard_reasons, "standard_reasons", lambda: last_day)
    assert _offered(made)
