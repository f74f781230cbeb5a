"""Somebody is ill: those who can take the shift are ranked with reasons, and those who cannot are told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.staffing.rosters.made import assistant, clock, instance, shift

from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance, Rules
from egenmakt.staffing.rosters.judging import OWN_RULES, first_breach, judge, shifts_given
from egenmakt.staffing.rosters.reasons import Calendar
from egenmakt.staffing.rosters.substitutes import Exchange, Index

pytestmark = pytest.mark.req("A-12")

DAY = shift("s1", "2026-12-02 07:00", "15:00")
EVENING = shift("s2", "2026-12-02 15:00", "22:00")
NEXT = shift("s3", "2026-12-03 07:00", "15:00")


def at_random(roster: Instance, seed: int, part: float = 0.6) -> dict[str, str | None]:
    """Shifts given without a thought to those who are introduced, and now and then to somebody who is not."""
    draw = Random(seed)
    known = {
        one.person: [person.id for person in roster.assistants if one.person in person.people]
        for one in roster.shifts
    }
    anybody = [one.id for one in roster.assistants]
    return {
        one.id: draw.choice(known[one.person] if draw.random() < 0.97 else anybody)
        for one in roster.shifts
        if draw.random() < part
    }


def lawfully(roster: Instance, seed: int) -> dict[str, str | None]:
    """Most shifts given to somebody who may have them, in a random order of those introduced."""
    draw = Random(seed)
    given: dict[str, str | None] = {}
    held: dict[str, list] = {one.id: [] for one in roster.assistants}
    for one in roster.shifts:
        able = [person for person in roster.assistants if one.person in person.people]
        for person in draw.sample(able, min(3, len(able))):
            if first_breach(roster, person, held[person.id], one) is None:
                held[person.id].append(one)
                given[one.id] = person.id
                break
    return given


STRICT = Rules(max_days=4, max_nights=2, max_weekends=1, on_call_s=20 * 3600, ordinary_s=110 * 3600)
LONG = Rules(max_days=12, max_nights=9, long_span_s=30 * 3600, daily_rest_s=9 * 3600, max_span_s=15 * 3600)


@settings(max_examples=12, deadline=None)
@given(
    persons=st.integers(1, 3),
    weeks=st.sampled_from([1, 4, 6, 13]),
    seed=st.integers(0, 10_000),
    rules=st.sampled_from([Rules(), STRICT, LONG]),
    first=st.sampled_from([date(2026, 11, 30), date(2026, 10, 12), date(2026, 3, 16)]),
    lawful=st.booleans(),
)
def test_the_quick_way_to_the_first_breach_and_the_judges_are_the_same(
    persons: int, weeks: int, seed: int, rules: Rules, first: date, lawful: bool
) -> None:
    roster = replace(generate(persons, seed=seed, weeks=weeks, first=first), rules=rules)
    few = replace(roster, shifts=tuple(Random(seed).sample(roster.shifts, min(120, len(roster.shifts)))))
    roster = few if weeks > 4 else roster
    assignments = lawfully(roster, seed) if lawful else at_random(roster, seed, part=0.3)
    index, held = Index(roster, assignments), shifts_given(roster, assignments)
    draw = Random(seed)
    for one in draw.sample(roster.shifts, 6):
        for person in roster.assistants:
            expected = first_breach(roster, person, held.get(person.id, ()), one)
            assert index.first_breach(person, one) == expected


@pytest.mark.parametrize("seed", range(4))
def test_each_substitute_is_lawful_costs_what_is_told_and_nobody_is_forgotten(seed: int) -> None:
    roster = generate(3, seed=seed)
    draw = Random(seed)
    assignments = lawfully(roster, seed)
    previous = {
        one.id: draw.choice([assignments.get(one.id), roster.assistants[0].id, None]) for one in roster.shifts
    }
    roster = replace(roster, previous=previous)
    index, before = Index(roster, assignments), cost(roster, assignments).total
    for one in draw.sample(roster.shifts, 12):
        found = index.substitutes(one.id)
        held = shifts_given(roster, assignments)
        names = [person.assistant for person in (*found.lawful, *found.refused)]
        assert len(names) == len(set(names))
        assert {*names, found.holder} - {None} == {person.id for person in roster.assistants}
        assert found.holder == assignments.get(one.id)
        assert found.holder not in names
        assert [person.cost for person in found.lawful] == sorted(person.cost for person in found.lawful)
        for person in found.lawful:
            with_it = {**assignments, one.id: person.assistant}
            assert judge(roster, with_it) == ()
            assert person.cost == cost(roster, with_it).total - before
            assert person.reasons_for
        for breach in found.refused:
            assert breach == first_breach(
                roster, roster.assistant[breach.assistant], held.get(breach.assistant, ()), one
            )


def test_exchanges_are_lawful_cost_what_is_told_and_are_for_those_who_cannot_without() -> None:
    seen = 0
    for seed in range(3):
        roster = generate(2, seed=seed)
        assignments = lawfully(roster, seed)
        index, before = Index(roster, assignments), cost(roster, assignments).total
        for one in Random(seed).sample(roster.shifts, 10):
            refused = {breach.assistant: breach.rule for breach in index.substitutes(one.id).refused}
            for offer in index.exchanges(one.id):
                assert offer.exchange is not None
                assert refused[offer.assistant] not in OWN_RULES
                given_up, taker = offer.exchange.shift, offer.exchange.assistant
                assert assignments[given_up] == offer.assistant != taker
                changed = {**assignments, one.id: offer.assistant, given_up: taker}
                assert judge(roster, changed) == ()
                assert offer.cost == cost(roster, changed).total - before
                assert taker in offer.reasons_against[0]
                seen += 1
    assert seen > 10


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_cost_of_the_calendars_is_the_cost_of_the_roster(seed: int) -> None:
    roster = generate(2, seed=seed, weeks=2)
    assignments = at_random(roster, seed)
    held = shifts_given(roster, assignments)
    of_calendars = sum(Calendar(roster, one, tuple(held.get(one.id, ()))).cost for one in roster.assistants)
    assert of_calendars + cost(roster, assignments).open == cost(roster, assignments).total


def test_who_is_ill_is_not_asked_and_the_cheapest_comes_first() -> None:
    team = [
        assistant("a1", hours=8),
        assistant("a2", hours=0),
        assistant("a3", hours=8),
        assistant("a4", people=frozenset({"p9"}), home="p9"),
    ]
    found = Index(instance([DAY, EVENING], team), {"s1": "a1", "s2": None}).substitutes("s1")
    # a1 loses eight hours (24) and her only shift at p1 (-6); a3 fills eight (-24) and is one person more (6).
    assert [(one.assistant, one.cost) for one in found.lawful] == [("a3", 0), ("a2", 40)]
    assert [(one.assistant, one.rule) for one in found.refused] == [("a4", "introduction")]


def test_equals_stand_as_in_the_roster() -> None:
    team = [assistant(name) for name in ("a3", "a1", "a2")]
    found = Index(instance([DAY], team), {}).substitutes("s1")
    assert [one.assistant for one in found.lawful] == ["a3", "a1", "a2"]


def test_among_the_refused_those_who_are_introduced_stand_first() -> None:
    team = [
        assistant("a1", people=frozenset({"p9"})),
        assistant("a2", unavailable=frozenset({date(2026, 12, 2)})),
        assistant("a3"),
    ]
    found = Index(instance([DAY, NEXT], team), {"s1": None}).substitutes("s1")
    assert [(one.assistant, one.rule) for one in found.refused] == [("a2", "absence"), ("a1", "introduction")]


def test_an_unknown_shift_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        Index(instance([DAY], [assistant()]), {}).substitutes("s9")


def reasons(team, shifts, assignments, shift_id: str = "s1", **more) -> tuple[set[str], set[str]]:
    """What speaks for and against a2."""
    found = Index(instance(shifts, team, **more), assignments).substitutes(shift_id)
    (one,) = [person for person in found.lawful if person.assistant == "a2"]
    return set(one.reasons_for), set(one.reasons_against)


def test_the_reasons_have_figures_of_rest_hours_home_skill_and_wishes() -> None:
    skilled = shift("s1", "2026-12-02 07:00", "15:00", skill="delegation")
    before = shift("s0", "2026-12-01 07:00", "15:30")
    other = assistant(
        "a2",
        hours=24,
        skills=frozenset({"delegation"}),
        wishes=[("2026-12-02", -2)],
        average_left_s=60 * 3600,
    )
    good, bad = reasons([assistant(), other], [before, skilled, NEXT], {"s1": "a1", "s0": "a2"})
    assert good == {
        "Hör till laget hos p1.",
        "Har redan 1 pass hos p1 i perioden.",
        "Har det som passet kräver: delegation.",
        "Vilan före passet är 15 timmar och 30 minuter, minst 11 timmar krävs.",
        "Ryms i avtalet på 24 timmar: 7 timmar och 30 minuter kvar efter passet.",
        "Har 43 timmar och 30 minuter kvar av genomsnittet över fyra månader efter passet.",
        "Vill arbeta den 2 december (vikt 2).",
        "Behåller alla sina andra pass.",
    }
    assert bad == set()


def test_what_speaks_against_is_told_too() -> None:
    tired = assistant(
        "a2",
        home="p2",
        hours=14,
        wishes=[("2026-12-02", 1.5)],
        average_left_s=20 * 3600,
        last_end=clock("2026-11-29 22:00"),
    )
    good, bad = reasons(
        [assistant(), tired], [DAY, EVENING], {"s1": "a1", "s2": "a2"}, rules=Rules(max_span_s=15 * 3600)
    )
    assert bad == {
        "Hör till laget hos p2, men är introducerad hos p1.",
        "Arbetar flera pass samma dygn: 0 minuter mellan passen, efter detta.",
        "Kommer 1 timme över avtalet på 14 timmar.",
        "Har bara 5 timmar kvar av genomsnittet över fyra månader efter passet.",
        "Vill vara ledig den 2 december (vikt 1,5).",
    }
    assert "Är ledig mer än två dygn före passet." in good


def test_nights_weekends_and_days_in_a_row_are_told_against_shares_and_limits() -> None:
    nights = [shift(f"n{day}", f"2026-12-0{day} 22:00", "07:00") for day in (3, 4, 5)]
    team = [assistant("a1", hours=100), assistant("a2", hours=50)]
    good, bad = reasons(team, nights, {"n3": "a2", "n4": "a2"}, "n5")
    assert {
        "Får 3 nattpass, 2 fler än en rättvis andel.",
        "Arbetar 3 nätter i rad, högst 4 är tillåtet.",
    } <= bad
    assert "Får 1 helgpass, en rättvis andel är 1." in good
    far = [shift("s1", "2026-12-12 08:00", "16:00"), shift("s5", "2026-12-05 08:00", "16:00")]
    good, bad = reasons([assistant(), assistant("a2", hours=4)], far, {"s5": "a2"})
    assert "Blir helg 2 av högst 2 på fyra veckor." in bad
    assert "Får 2 helgpass, en rättvis andel är 1." not in good


def test_the_pool_and_those_paid_by_the_hour_and_the_published_roster() -> None:
    pool = assistant("a2", home=None)
    good, bad = reasons([assistant(), pool], [DAY], {}, previous={"s1": "a2"})
    assert good == {
        "Hör till poolen och är introducerad hos p1.",
        "Hade passet i det publicerade schemat.",
        "Har inga andra pass i perioden.",
    }
    assert bad == {
        "Har inga andra pass hos p1 i perioden: en person till att möta.",
        "Betalas per timme: 8 timmar arbete i perioden med passet.",
    }


def test_little_left_of_ordinary_hours_and_on_call_is_told() -> None:
    night = shift("s1", "2026-12-02 21:00", "07:00", on_call_h=6)
    rules = Rules(ordinary_s=10 * 3600, on_call_s=7 * 3600)
    _, bad = reasons([assistant(), assistant("a2")], [night], {}, rules=rules)
    assert {
        "Har bara 6 timmar kvar av tillåten ordinarie arbetstid efter passet.",
        "Har bara 1 timme kvar av tillåten jour efter passet.",
    } <= bad


def test_a_clash_is_solved_by_giving_up_the_other_shift() -> None:
    beside = shift("s4", "2026-12-02 08:00", "14:00", person="p2")
    both = frozenset({"p1", "p2"})
    team = [
        assistant("a1"),
        assistant("a2", people=both),
        assistant("a3", people=frozenset({"p2"}), home="p2"),
    ]
    index = Index(instance([DAY, beside], team), {"s1": "a1", "s4": "a2"})
    first, *_ = index.substitutes("s1").refused
    assert (first.assistant, first.rule) == ("a2", "overlap")
    (offer,) = index.exchanges("s1")
    assert (offer.assistant, offer.exchange) == ("a2", Exchange("s4", "a3"))
    assert offer.reasons_against[0] == "Måste lämna passet onsdag 2 december 08.00–14.00 hos p2 till a3."
    assert offer.to_json()["gives_up"] == {"shift": "s4", "to": "a3"}
    assert "Behåller alla sina andra pass." not in offer.reasons_for
