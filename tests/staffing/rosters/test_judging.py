"""A whole roster is judged: each rule is told once, of the right assistant and shift, in an order that stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.staffing.rosters.made import assistant, clock, instance, shift

from egenmakt.law.working_time.shifts import clock_at
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Rules, Shift, seconds_at
from egenmakt.staffing.rosters.judging import RULES, breaches_of, first_breach, judge, worked

pytestmark = pytest.mark.req("A-12")

CONTRACT = {
    *("overlap", "daily_rest", "compensatory_rest", "weekly_rest", "ordinary_hours", "on_call"),
    *("average_hours", "consecutive_days", "consecutive_nights", "weekends"),
    *("introduction", "delegation", "absence", "no_nights"),
}
DAY = shift("s1", "2026-11-30 07:00", "15:00")
NIGHT = shift("s2", "2026-12-02 22:00", "07:00")


def test_the_rules_are_those_that_others_know_by_name() -> None:
    assert set(RULES) == CONTRACT
    assert RULES[:6] == ("introduction", "delegation", "absence", "no_nights", "overlap", "daily_rest")


def test_a_lawful_roster_has_no_breach_and_an_open_shift_breaks_nothing() -> None:
    roster = instance([DAY, NIGHT], [assistant()])
    assert judge(roster, {"s1": "a1", "s2": "a1"}) == ()
    assert judge(roster, {"s1": "a1", "s2": None}) == ()
    assert judge(roster, {}) == ()
    assert judge(instance([], []), {}) == ()


@pytest.mark.parametrize(
    ("given", "rule", "words"),
    [
        (
            {"people": frozenset({"p2"})},
            "introduction",
            "Assistenten är inte introducerad hos p1. Introducera assistenten eller ge passet till någon som är det.",
        ),
        (
            {},
            "delegation",
            "Passet kräver delegation, som assistenten saknar. Ge passet till någon som har det.",
        ),
        (
            {"unavailable": frozenset({date(2026, 12, 2), date(2026, 12, 3)})},
            "absence",
            "Assistenten är frånvarande 2026-12-02 och 2026-12-03. Ge passet till någon annan.",
        ),
        (
            {"unavailable": frozenset({date(2026, 12, 3)})},
            "absence",
            "Assistenten är frånvarande 2026-12-03. Ge passet till någon annan.",
        ),
        (
            {"no_nights": True},
            "no_nights",
            "Assistenten arbetar inte natt, och minst tre timmar av passet är arbete mellan 22 och 06. "
            "Ge passet till någon annan.",
        ),
    ],
)
def test_what_the_assistant_can_and_may(given: dict, rule: str, words: str) -> None:
    skill = "delegation" if rule == "delegation" else None
    night = shift("s2", "2026-12-02 22:00", "07:00", skill=skill)
    (found,) = judge(instance([DAY, night], [assistant(**given)]), {"s2": "a1"})
    assert (found.rule, found.section, found.assistant, found.shift) == (rule, None, "a1", "s2")
    assert (found.from_s, found.to_s) == (night.begins_s, night.ends_s)
    assert found.message == words


def test_what_the_assistant_has_is_no_breach() -> None:
    able = assistant(
        skills=frozenset({"delegation", "lyft"}), no_nights=True, unavailable=frozenset({date(2026, 12, 4)})
    )
    on_call = shift("s2", "2026-12-02 22:00", "07:00", on_call_h=6, skill="delegation")
    until_midnight = shift("s3", "2026-12-03 18:00", "2026-12-04 00:00")
    roster = instance([on_call, until_midnight], [able])
    assert judge(roster, {"s2": "a1", "s3": "a1"}) == ()


def test_breaches_stand_by_assistant_then_by_rule_then_by_time() -> None:
    shifts = [
        shift("s3", "2026-12-02 07:00", "15:00", person="p2"),
        shift("s1", "2026-11-30 07:00", "15:00", person="p2"),
        shift("s2", "2026-11-30 14:00", "16:00", person="p2"),
    ]
    roster = instance(shifts, [assistant("a2"), assistant("a1")])
    found = judge(roster, {"s1": "a1", "s2": "a1", "s3": "a2"})
    assert [(one.assistant, one.rule, one.shift) for one in found] == [
        ("a2", "introduction", "s3"),
        ("a1", "introduction", "s1"),
        ("a1", "introduction", "s2"),
        ("a1", "overlap", "s2"),
    ]
    assert judge(roster, {"s3": "a2", "s2": "a1", "s1": "a1"}) == found


def test_the_numbers_of_the_instance_hold() -> None:
    shifts = [shift("s1", "2026-11-30 07:00", "15:00"), shift("s2", "2026-12-01 00:00", "08:00")]
    given = {"s1": "a1", "s2": "a1"}
    assert [one.rule for one in judge(instance(shifts, [assistant()]), given)] == ["daily_rest"]
    shorter = Rules(daily_rest_s=9 * 3600, max_span_s=15 * 3600)
    assert judge(instance(shifts, [assistant()], rules=shorter), given) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("daily_rest_s", 40 * 3600),
        ("max_span_s", 7 * 3600),
        ("long_span_s", 8 * 3600 - 1),
        ("weekly_rest_s", 6 * 86_400),
        ("ordinary_s", 3600),
        ("on_call_s", 0),
        ("max_days", 0),
        ("max_weekends", 0),
        ("max_nights", 0),
    ],
)
def test_every_number_of_the_rules_is_judged_by(name: str, value: int) -> None:
    shifts = [
        shift("s1", "2026-12-05 07:00", "15:00"),
        shift("s2", "2026-12-06 22:00", "07:00", on_call_h=1),
    ]
    given = {"s1": "a1", "s2": "a1"}
    assert judge(instance(shifts, [assistant()]), given) == ()
    # A shift alone in its span is judged by the larger of the two.
    others = {"max_span_s": 0, "long_span_s": 0} if name.endswith("span_s") else {}
    strict = {**others, name: value}
    assert judge(instance(shifts, [assistant()], rules=Rules(**strict)), given) != ()


def test_what_came_before_and_what_is_left_is_judged_by() -> None:
    late = assistant(last_end=clock("2026-11-29 22:00"))
    assert [one.rule for one in judge(instance([DAY], [late]), {"s1": "a1"})] == ["daily_rest"]
    tired = assistant(average_left_s=8 * 3600 - 1)
    assert [one.rule for one in judge(instance([DAY], [tired]), {"s1": "a1"})] == ["average_hours"]


def test_the_first_breach_is_the_first_in_the_order_of_the_rules() -> None:
    roster = instance([DAY, NIGHT], [assistant()])
    strange = shift("s9", "2026-11-30 14:00", "22:00", person="p9", skill="lyft")
    away = assistant(unavailable=frozenset({date(2026, 11, 30)}))
    found = [first_breach(roster, away, [DAY], strange)]
    strange = shift("s9", "2026-11-30 14:00", "22:00", skill="lyft")
    found.append(first_breach(roster, away, [DAY], strange))
    strange = shift("s9", "2026-11-30 14:00", "22:00")
    found += [first_breach(roster, one, [DAY], strange) for one in (away, assistant())]
    later = shift("s9", "2026-11-30 16:00", "22:00")
    found.append(first_breach(roster, assistant(), [DAY], later))
    rules = [one.rule for one in found if one is not None]
    assert rules == ["introduction", "delegation", "absence", "overlap", "daily_rest"]
    assert first_breach(roster, assistant(), [DAY], NIGHT) is None
    assert first_breach(roster, assistant(), [DAY, NIGHT], NIGHT) is None


def test_a_breach_that_is_there_already_is_not_blamed_on_a_shift_that_leaves_it_as_it_is() -> None:
    clash = [DAY, shift("s3", "2026-11-30 14:00", "16:00")]
    assert first_breach(instance([*clash, NIGHT], [assistant()]), assistant(), clash, NIGHT) is None


def test_a_breach_that_the_shift_makes_worse_is_blamed_on_it() -> None:
    tired = assistant(average_left_s=3600)
    found = first_breach(instance([DAY, NIGHT], [tired]), tired, [DAY], NIGHT)
    assert found is not None
    assert found.rule == "average_hours"


def test_unknown_names_are_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        judge(instance([DAY], [assistant()]), {"s1": "a9"})
    with pytest.raises(KeyError):
        judge(instance([DAY], [assistant()]), {"s9": "a1"})


@pytest.mark.parametrize("first", [date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 28)])
def test_the_shifts_of_the_engine_and_of_the_law_are_the_same_shifts(first: date) -> None:
    """The engine has its own quick view of a shift; the law's must say the same, also when the clocks change."""
    for one in generate(6, seed=3, first=first, weeks=2).shifts:
        by_law = worked(one)
        assert (one.begins_s, one.ends_s, one.day) == (by_law.begins_s, by_law.ends_s, by_law.day)
        assert (one.is_night, one.weekends, one.days_touched) == (
            by_law.is_night,
            by_law.weekends,
            by_law.days_touched,
        )


@st.composite
def whole_time_shifts(draw: st.DrawFn) -> Shift:
    opens = draw(st.datetimes(clock("2026-10-19 00:00"), clock("2026-10-31 23:00"))).replace(
        second=0, microsecond=0
    )
    length = draw(st.integers(1, 30 * 60))
    closes = clock_at(seconds_at(opens) + 60 * length)
    on_call = draw(st.integers(0, 60 * length))
    return Shift("s", "p1", opens, closes, 60 * length - on_call, on_call)


@settings(max_examples=200, deadline=None)
@given(whole_time_shifts())
def test_night_and_weekend_are_the_same_for_the_engine_and_the_law(one: Shift) -> None:
    by_law = worked(one)
    assert (one.is_night, one.weekends, one.days_touched) == (
        by_law.is_night,
        by_law.weekends,
        by_law.days_touched,
    )


def test_breaches_of_one_assistant_are_those_of_the_whole_roster() -> None:
    roster = generate(3, seed=5)
    everybody = {one.id: roster.assistants[place % 20].id for place, one in enumerate(roster.shifts)}
    found = judge(roster, everybody)
    assert len(found) > 100
    apart = [
        breach
        for one in roster.assistants
        for breach in breaches_of(
            roster, one, [shift for shift in roster.shifts if everybody[shift.id] == one.id]
        )
    ]
    assert tuple(apart) == found
