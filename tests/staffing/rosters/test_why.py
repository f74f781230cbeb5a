"""A shift is open, or a person's shifts cannot all be staffed: the true cause is told in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.staffing.rosters.made import assistant, instance, shift
from tests.staffing.rosters.test_substitutes import lawfully

from egenmakt.staffing.rosters import words
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Weights
from egenmakt.staffing.rosters.judging import first_breach, shifts_given
from egenmakt.staffing.rosters.why import why_open

pytestmark = pytest.mark.req("A-12")

NIGHT = shift("s1", "2026-12-12 21:30", "07:00")


def why(shifts, team, assignments=None, **more):
    """Why the first open shift is open."""
    return why_open(instance(shifts, team, **more), assignments or {}, seconds=60)[0]


def test_each_introduced_assistant_has_its_first_breach_and_the_sentence_counts_them() -> None:
    before = [shift(f"b{place}", "2026-12-12 07:00", "15:00") for place in range(3)]
    team = [
        *(assistant(f"a{place}") for place in range(3)),
        assistant("a3", unavailable=frozenset({date(2026, 12, 12)})),
        assistant("a4", unavailable=frozenset({date(2026, 12, 13)})),
        assistant("a5", no_nights=True),
        assistant("a6", people=frozenset({"p2"}), home="p2"),
    ]
    given = {f"b{place}": f"a{place}" for place in range(3)}
    found = why([*before, NIGHT], team, given)
    assert found.shift == "s1"
    assert [(one.assistant, one.rule) for one in found.reasons] == [
        ("a0", "daily_rest"),
        ("a1", "daily_rest"),
        ("a2", "daily_rest"),
        ("a3", "absence"),
        ("a4", "absence"),
        ("a5", "no_nights"),
        ("a6", "introduction"),
    ]
    assert found.summary == (
        "Ingen av de sex som är introducerade hos p1 kan ta nattpasset lördag 12 december 21.30–07.00: "
        "tre får inte dygnsvilan på 11 timmar, två är frånvarande och en arbetar inte natt."
    )
    assert (found.able, found.others) == ((), 1)


@pytest.mark.parametrize(
    ("team", "summary"),
    [
        ([], "Ingen är introducerad hos p1, så ingen kan ta nattpasset lördag 12 december 21.30–07.00."),
        (
            [assistant(no_nights=True)],
            "Den enda som är introducerad hos p1 kan inte ta nattpasset lördag 12 december 21.30–07.00: "
            "a1 arbetar inte natt. Det här skulle hjälpa: en assistent till som är introducerad hos p1 och kan "
            "arbeta natt (inget pass blir öppet).",
        ),
        (
            [assistant("a1", no_nights=True), assistant("a2", unavailable=frozenset({date(2026, 12, 13)}))],
            "Ingen av de två som är introducerade hos p1 kan ta nattpasset lördag 12 december 21.30–07.00: "
            "a2 är frånvarande och a1 arbetar inte natt. "
            "Det här skulle hjälpa: att a2 kan arbeta den 13 december (inget pass blir öppet).",
        ),
        (
            [assistant("a1", no_nights=True), assistant("a2", no_nights=True)],
            "Ingen av de två som är introducerade hos p1 kan ta nattpasset lördag 12 december 21.30–07.00: "
            "ingen arbetar natt. Det här skulle hjälpa: en assistent till som är introducerad hos p1 och kan "
            "arbeta natt (inget pass blir öppet).",
        ),
    ],
)
def test_the_sentence_names_the_few_and_says_when_there_is_nobody(team, summary: str) -> None:
    assert why([NIGHT], team).summary == summary


def test_many_who_are_not_introduced_are_counted_and_not_listed() -> None:
    strangers = [assistant(f"x{place}", people=frozenset({"p2"}), home="p2") for place in range(21)]
    found = why([NIGHT], [assistant(no_nights=True), *strangers])
    assert [one.assistant for one in found.reasons] == ["a1"]
    assert found.others == 21


def test_a_shift_that_somebody_could_take_is_not_said_to_be_impossible() -> None:
    found = why([NIGHT], [assistant("a1"), assistant("a2", no_nights=True)])
    assert found.able == ("a1",)
    assert [(one.assistant, one.rule) for one in found.reasons] == [("a2", "no_nights")]
    assert found.summary == (
        "Nattpasset lördag 12 december 21.30–07.00 hos p1 kan tas av a1 utan att någon regel bryts: "
        "sökningen avslutades innan det tilldelades."
    )


def test_a_shift_left_open_because_that_is_cheaper_is_said_to_be_so() -> None:
    # Nine and a half hours paid by the hour cost 19, one person 6; left open 20.
    cheap = Weights(open=Decimal(20))
    found = why([NIGHT], [assistant("a1")], weights=cheap)
    assert found.summary == (
        "Nattpasset lördag 12 december 21.30–07.00 hos p1 kan tas av a1 utan att någon regel bryts, "
        "men då kostar schemat minst 5 mer än med passet öppet."
    )


@pytest.mark.parametrize("seed", range(3))
def test_reasons_are_the_judges_and_every_open_shift_has_them(seed: int) -> None:
    roster = generate(2, seed=seed)
    assignments = {name: one for place, (name, one) in enumerate(lawfully(roster, seed).items()) if place % 9}
    held = shifts_given(roster, assignments)
    found = {one.shift: one for one in why_open(roster, assignments, seconds=0)}
    assert list(found) == [one.id for one in roster.shifts if one.id not in assignments]
    for one in found.values():
        for reason in one.reasons:
            who = roster.assistant[reason.assistant]
            breach = first_breach(roster, who, held.get(who.id, ()), roster.shift[one.shift])
            assert breach is not None
            assert (breach.rule, breach.message) == (reason.rule, reason.message)
        for name in one.able:
            assert (
                first_breach(roster, roster.assistant[name], held.get(name, ()), roster.shift[one.shift])
                is None
            )


def test_a_whole_roster_has_nothing_to_explain() -> None:
    roster = instance([NIGHT], [assistant()])
    assert why_open(roster, {"s1": "a1"}) == ()
    assert why_open(replace(roster, shifts=()), {}) == ()


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        ("12", "12"),
        ("49/8", "6,12"),
        ("1/3", "0,33"),
        ("1/1000", "0,01"),
        ("0", "0"),
        ("7/2", "3,5"),
        ("100", "100"),
    ],
)
def test_a_cost_is_said_with_a_comma_and_never_as_nothing_when_it_is_something(cost: str, told: str) -> None:
    assert words.amount(Fraction(cost)) == told
