"""A person's shifts cannot all be staffed: the smallest cause is told, and what has been tried and helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.staffing.rosters.made import MONDAY, assistant, clock, instance, shift

from egenmakt.law.working_time.shifts import clock_at
from egenmakt.staffing.rosters.conflicts import conflict_of
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, seconds_at
from egenmakt.staffing.rosters.judging import breaches_of
from egenmakt.staffing.rosters.relaxing import Relaxation, long_weekend_shifts, relaxations
from egenmakt.staffing.rosters.team import fewest_open, staffed, team_of
from egenmakt.staffing.rosters.why import Impossible, why_impossible, why_open

pytestmark = pytest.mark.req("A-12")

ENOUGH_S = 60.0  # far more than is needed, also on a machine that is busy with other things
WEEK = [MONDAY + timedelta(days=day) for day in range(7)]
DAYS = [MONDAY + timedelta(days=day) for day in range(28)]


def each_day(name: str, days: list[date], begins: str, ends: str, **more) -> list[Shift]:
    return [shift(f"{name}{day:%m%d}", f"{day} {begins}", ends, **more) for day in days]


def explained(shifts, team, **more) -> Impossible:
    found = why_impossible(instance(shifts, team, **more), "p1", seconds=ENOUGH_S)
    assert found is not None
    return found


def test_too_few_who_work_nights() -> None:
    shifts = each_day("n", WEEK, "21:30", "07:00") + each_day("d", WEEK, "08:00", "15:00")
    team = [assistant("a1"), *(assistant(name, no_nights=True) for name in ("a2", "a3", "a4"))]
    found = explained(shifts, team)
    assert found.rules == ("no_nights", "consecutive_nights")
    assert found.shifts == ("n1130", "n1201", "n1202", "n1203", "n1204")
    assert found.smallest
    assert found.sentence == (
        "De fem nattpassen hos p1 den 30 november–4 december kan inte alla bemannas: bara a1 av de fyra som är "
        "introducerade hos p1 arbetar natt och ingen får arbeta fler än fyra nätter i rad."
    )
    assert Relaxation("en assistent till som är introducerad hos p1 och kan arbeta natt", 0, True) in (
        found.relaxations
    )


def test_two_shifts_at_the_same_time_ask_for_a_delegation_that_one_has() -> None:
    both = [
        shift("x1", "2026-12-02 08:00", "12:00", skill="delegation"),
        shift("x2", "2026-12-02 10:00", "14:00", skill="delegation"),
    ]
    shifts = each_day("e", WEEK, "15:00", "21:00") + both
    team = [assistant("a1", skills=frozenset({"delegation"})), *(assistant(f"a{n}") for n in (2, 3, 4))]
    found = explained(shifts, team)
    assert found.rules == ("delegation", "overlap")
    assert found.shifts == ("x1", "x2")
    assert found.sentence == (
        "Passen hos p1 den 2 december 08.00–12.00 och 10.00–14.00 kan inte båda bemannas: bara a1 av de fyra som är "
        "introducerade hos p1 har delegation och ingen kan ta två pass samtidigt."
    )
    assert found.open == 1
    assert found.relaxations[0] == Relaxation("delegering för a2", 0, True)


def test_weekends_that_the_limit_does_not_let_the_team_cover() -> None:
    weekends = [day for day in DAYS if day.weekday() == 5]
    shifts = each_day("d", weekends, "09:00", "20:00") + each_day(
        "n", weekends, "20:00", "07:00", on_call_h=9
    )
    team = [assistant("a1"), assistant("a2"), assistant("a3")]
    found = explained(shifts, team)
    assert "weekends" in found.rules
    assert "ingen får arbeta fler än två helger på fyra veckor" in found.sentence
    assert "bara a1, a2 och a3 är introducerade hos p1" in found.sentence
    assert "helgerna" in found.sentence
    assert [one.words for one in found.relaxations][:3] == [
        "en helg mer för a1",
        "en helg mer för a2",
        "en helg mer var för a1, a2 och a3",
    ]
    assert [one.open for one in found.relaxations][:3] == [1, 1, 0]


def test_hours_that_do_not_suffice() -> None:
    shifts = each_day("d", DAYS, "08:00", "18:00")
    team = [assistant("a1"), assistant("a2")]
    loose = Rules(ordinary_s=100 * 3600, max_weekends=4, max_days=28, weekly_rest_s=0)
    found = explained(shifts, team, rules=loose)
    assert found.rules == ("ordinary_hours",)
    assert len(found.shifts) == 28
    assert found.sentence == (
        "Passen hos p1 den 30 november–27 december är tillsammans 280 timmar, men a1 och a2, de enda som är "
        "introducerade, får tillsammans arbeta högst 200 timmar: mer är inte tillåtet som ordinarie arbetstid."
    )
    assert found.relaxations[0] == Relaxation("40 timmar övertid på fyra veckor var för a1 och a2", 0, True)


def test_hours_of_the_nights_that_do_not_suffice_for_the_one_who_works_nights() -> None:
    nights = each_day("n", DAYS[::3], "22:00", "07:00")
    team = [assistant("a1", average_left_s=80 * 3600), assistant("a2", no_nights=True)]
    found = explained(nights, team, rules=Rules(max_weekends=4))
    assert set(found.rules) == {"average_hours", "no_nights"}
    assert found.sentence.startswith(
        "Nattpassen hos p1 den 30 november, 3, 6, 9, 12, 15, 18, 21, 24 och 27 december"
    )
    assert "är tillsammans 90 timmar, men a1, den enda som är introducerad och kan ta dem," in found.sentence
    assert "80 timmar: mer ryms inte i genomsnittet över fyra månader" in found.sentence
    assert all("övertid" not in one.words for one in found.relaxations)


@pytest.mark.parametrize(
    ("shifts", "team", "rules", "words"),
    [
        ([], [assistant()], None, ""),
        (each_day("d", WEEK[:5], "08:00", "15:00"), [assistant()], None, ""),
        (
            each_day("d", WEEK[:1], "08:00", "15:00"),
            [assistant(people=frozenset({"p2"}))],
            ("introduction",),
            "Passet måndag 30 november 08.00–15.00 hos p1 kan inte bemannas: ingen är introducerad hos p1.",
        ),
        (
            each_day("d", WEEK[:1], "08:00", "15:00", skill="sondmatning"),
            [assistant("a1"), assistant("a2")],
            ("delegation",),
            "Passet måndag 30 november 08.00–15.00 hos p1 kan inte bemannas: ingen av de två som är introducerade "
            "hos p1 har sondmatning.",
        ),
        (
            each_day("d", WEEK[:2], "08:00", "15:00"),
            [assistant("a1", unavailable=frozenset(WEEK[1:3]))],
            ("absence",),
            "Passet tisdag 1 december 08.00–15.00 hos p1 kan inte bemannas: bara a1 är introducerad hos p1 och "
            "a1 är frånvarande den 1 december.",
        ),
        (
            [shift("x", "2026-12-01 08:00", "2026-12-02 09:00")],
            [assistant("a1")],
            ("daily_rest",),
            "Nattpasset tisdag 1 december 08.00–2 december 09.00 hos p1 kan inte bemannas: bara a1 är introducerad hos p1 och "
            "ett pass får vara högst 24 timmar.",
        ),
    ],
)
def test_small_causes_and_no_cause(shifts, team, rules, words: str) -> None:
    found = why_impossible(instance(shifts, team), "p1", seconds=ENOUGH_S)
    assert (found.rules if found else None) == rules
    assert (found.sentence if found else "") == words


def test_locked_shifts_are_a_cause_too() -> None:
    day = each_day("d", WEEK[:1], "08:00", "15:00")
    elsewhere = shift("x", "2026-11-30 10:00", "12:00", person="p2")
    one = assistant("a1", people=frozenset({"p1", "p2"}))
    locked = instance([*day, elsewhere], [one], fixed={"x": "a1"})
    found = why_impossible(locked, "p1", seconds=ENOUGH_S)
    assert found is not None
    assert set(found.rules) == {"overlap", "fixed"}
    assert "a1 har låsta pass" in found.sentence
    assert found.relaxations[0] == Relaxation("att låsa upp de låsta passen för a1", 0, True)


def test_a_roster_as_it_is_handed_in_is_not_taken_to_be_locked() -> None:
    day, late = (
        each_day("d", WEEK[:1], "08:00", "15:00")[0],
        shift("x", "2026-11-30 10:00", "12:00", person="p2"),
    )
    one = assistant("a1", people=frozenset({"p1", "p2"}))
    (as_it_is,) = why_open(instance([day, late], [one], fixed={"x": "a1"}), {"x": "a1"}, seconds=ENOUGH_S)
    assert as_it_is.reasons[0].rule == "overlap"
    assert "lås" not in as_it_is.summary


def test_joined_weekend_shifts_help_where_too_few_share_a_weekend() -> None:
    saturday = WEEK[5]
    shifts = [
        shift("s1", f"{saturday} 08:00", "16:00"),
        shift("s2", f"{saturday} 16:00", "23:00"),
        shift("s3", f"{saturday} 23:00", "08:00", on_call_h=7),
    ]
    team = [assistant("a1")]
    roster = instance(shifts, team)
    found = why_impossible(roster, "p1", seconds=ENOUGH_S)
    assert found is not None
    assert Relaxation("24-timmarspass på helger", 0, True) in found.relaxations
    joined = long_weekend_shifts(team_of(roster, "p1"))
    assert joined is not None
    (whole,) = joined.shifts
    assert (whole.id, whole.length_s, whole.on_call_s) == ("s1+s2+s3", 24 * 3600, 7 * 3600)
    assert joined.parts == {"s1+s2+s3": 3}


def test_weekday_shifts_gaps_and_locked_shifts_are_not_joined() -> None:
    weekday = each_day("a", WEEK[:1], "08:00", "16:00") + each_day("b", WEEK[:1], "16:00", "22:00")
    assert long_weekend_shifts(team_of(instance(weekday, [assistant()]), "p1")) is None
    apart = each_day("a", WEEK[5:6], "08:00", "16:00") + each_day("b", WEEK[5:6], "17:00", "22:00")
    assert long_weekend_shifts(team_of(instance(apart, [assistant()]), "p1")) is None
    close = each_day("a", WEEK[5:6], "08:00", "16:00") + each_day("b", WEEK[5:6], "16:00", "22:00")
    locked = instance(close, [assistant()], fixed={"b1205": "a1"})
    assert long_weekend_shifts(team_of(locked, "p1")) is None


def test_somebody_who_could_be_introduced_is_tried_before_somebody_new() -> None:
    day = each_day("d", WEEK[:1], "08:00", "15:00")
    at_once = each_day("e", WEEK[:1], "09:00", "12:00")
    team = [
        assistant("a1"),
        assistant("a2", home=None, people=frozenset()),
        assistant("a3", people=frozenset()),
    ]
    found = explained(day + at_once, team)
    words = [one.words for one in found.relaxations]
    assert words == [
        "att introducera a2, om a2 har tid",
        "att introducera a3, om a3 har tid",
        "en assistent till som är introducerad hos p1",
    ]


def test_absence_nights_and_days_in_a_row_have_their_relaxations() -> None:
    day = each_day("d", WEEK[:7], "08:00", "12:00")
    found = explained(day, [assistant("a1")], rules=Rules(weekly_rest_s=0))
    assert found.rules == ("consecutive_days",)
    assert found.relaxations[0] == Relaxation("en dag mer i rad för a1", 0, True)
    found = explained(day[:1], [assistant("a1", unavailable=frozenset(WEEK[:2]))])
    assert found.relaxations[0] == Relaxation("att a1 kan arbeta den 30 november", 0, True)


def test_what_is_left_open_is_told_in_words() -> None:
    assert Relaxation("delegering för a2", 0, True).told() == "delegering för a2 (inget pass blir öppet)"
    assert Relaxation("delegering för a2", 1, True).told() == "delegering för a2 (ett pass blir öppet)"
    assert Relaxation("delegering för a2", 3, False).told() == "delegering för a2 (högst tre pass blir öppna)"


def test_the_cause_of_the_whole_person_is_told_with_the_open_shift_it_explains() -> None:
    both = [
        shift("x1", "2026-12-02 08:00", "12:00", skill="delegation"),
        shift("x2", "2026-12-02 10:00", "14:00", skill="delegation"),
        shift("x3", "2026-12-04 10:00", "14:00", person="p2"),
    ]
    team = [assistant("a1", skills=frozenset({"delegation"})), assistant("a2")]
    first, other = why_open(instance(both, team), {"x1": "a1"}, seconds=ENOUGH_S)
    assert first.shift == "x2"
    assert first.summary == (
        "Ingen av de två som är introducerade hos p1 kan ta passet onsdag 2 december 10.00–14.00: "
        "a2 saknar delegation och a1 har redan ett annat pass då. "
        "Passen hos p1 den 2 december 08.00–12.00 och 10.00–14.00 kan inte båda bemannas: bara a1 av de två som är "
        "introducerade hos p1 har delegation och ingen kan ta två pass samtidigt. "
        "Det här skulle hjälpa: delegering för a2 (inget pass blir öppet)."
    )
    assert other.summary.startswith("Ingen är introducerad hos p2")


def test_what_leaves_no_shift_open_is_told_with_the_persons_other_open_shifts_too() -> None:
    nights = each_day("n", DAYS[:10], "21:30", "07:00")
    team = [assistant("a1"), assistant("a2", no_nights=True)]
    given = {night.id: "a1" for place, night in enumerate(nights) if place not in {4, 9}}
    found = {one.shift: one.summary for one in why_open(instance(nights, team), given, seconds=ENOUGH_S)}
    assert list(found) == ["n1204", "n1209"]
    assert found["n1204"].endswith("Det här skulle hjälpa: en natt mer i rad för a1 (ett pass blir öppet).")
    assert found["n1209"].endswith(
        "Det här skulle hjälpa: en assistent till som är introducerad hos p1 och kan arbeta natt "
        "(inget pass blir öppet)."
    )
    assert sum("kan inte alla bemannas" in summary for summary in found.values()) == 1


def test_a_cause_that_is_not_proved_in_time_is_not_told() -> None:
    roster = generate(1, seed=1)
    few = replace(roster, assistants=roster.assistants[:-3])
    assert why_impossible(few, "p1", seconds=0) is None


# Against every way to share the shifts

TIGHT = Rules(
    ordinary_s=30 * 3600 * 4,
    on_call_s=10 * 3600,
    max_days=2,
    max_weekends=1,
    max_nights=1,
    weekly_rest_s=60 * 3600,
)


@st.composite
def small_rosters(draw: st.DrawFn) -> Instance:
    zero = seconds_at(clock("2026-11-30 00:00"))
    shifts = []
    for place in range(draw(st.integers(1, 6))):
        begins = zero + 3600 * draw(st.integers(0, 24 * 9))
        length = draw(st.sampled_from([3, 6, 8, 8, 10, 13, 15, 24, 25]))
        on_call = draw(st.sampled_from([0, 0, 0, 3, 6]))
        on_call = min(on_call, length)
        shifts.append(
            Shift(
                f"s{place}",
                draw(st.sampled_from(["p1", "p1", "p1", "p2"])),
                clock_at(begins),
                clock_at(begins + 3600 * length),
                3600 * (length - on_call),
                3600 * on_call,
                draw(st.sampled_from([None, None, None, "delegation"])),
            )
        )
    team = [
        assistant(
            f"a{place}",
            people=frozenset({"p1", "p2"}) if draw(st.booleans()) else frozenset({"p1"}),
            skills=frozenset({"delegation"}) if draw(st.booleans()) else frozenset(),
            no_nights=draw(st.booleans()) and draw(st.booleans()),
            unavailable=frozenset({MONDAY + timedelta(days=draw(st.integers(0, 9)))}),
            average_left_s=draw(st.sampled_from([None, 20 * 3600, 40 * 3600])),
            last_end=clock("2026-11-30 02:00") if draw(st.booleans()) else None,
        )
        for place in range(draw(st.integers(1, 3)))
    ]
    roster = Instance(MONDAY, 2, tuple(shifts), tuple(team), draw(st.sampled_from([TIGHT, Rules()])))
    locked = [one for one in shifts if one.person == "p2" and draw(st.booleans())]
    holders = [one for one in team if "p2" in one.people]
    fixed: dict[str, str] = {}
    for one in locked:
        for holder in holders:
            mine = [other for other in shifts if fixed.get(other.id) == holder.id]
            if not breaches_of(roster, holder, [*mine, one]):
                fixed[one.id] = holder.id
                break
    return replace(roster, fixed=fixed)


def most_staffed(roster: Instance, shifts: list[Shift]) -> int:
    """How many of the shifts can be staffed at the most, by trying every way and asking the judge."""
    reached = {frozenset[str]()}
    for one in roster.assistants:
        if "p1" not in one.people:
            continue
        locked = [other for other in roster.shifts if roster.fixed.get(other.id) == one.id]
        mine = [
            frozenset(other.id for other in some)
            for count in range(len(shifts) + 1)
            for some in combinations(shifts, count)
            if not breaches_of(roster, one, [*locked, *some])
        ]
        reached = {have | more for have in reached for more in mine if not have & more}
    return max(len(have) for have in reached)


@settings(max_examples=60, deadline=None)
@given(small_rosters())
def test_the_model_and_every_way_tried_by_the_judge_are_the_same(roster: Instance) -> None:
    team = team_of(roster, "p1")
    most = most_staffed(roster, list(team.shifts))
    found = staffed(team, team.shifts, seconds=ENOUGH_S)
    assert found.outcome == ("possible" if most == len(team.shifts) else "impossible")
    least = fewest_open(team, seconds=ENOUGH_S)
    assert least.open == least.bound == len(team.shifts) - most


@settings(max_examples=40, deadline=None)
@given(small_rosters())
def test_a_cause_is_told_exactly_when_there_is_one_and_no_shift_of_it_is_needless(roster: Instance) -> None:
    team = team_of(roster, "p1")
    conflict = conflict_of(team, ENOUGH_S)
    possible = most_staffed(roster, list(team.shifts)) == len(team.shifts)
    assert (conflict is None) == possible
    if conflict is None:
        return
    shifts = list(conflict.shifts)
    assert most_staffed(roster, shifts) < len(shifts)
    if conflict.hours is None:
        assert conflict.smallest
        kept = conflict.pairs
        assert (
            staffed(team, shifts, seconds=ENOUGH_S, kept=lambda *pair: pair in kept).outcome == "impossible"
        )
        for one in shifts:
            fewer = [other for other in shifts if other.id != one.id]
            assert (
                staffed(team, fewer, seconds=ENOUGH_S, kept=lambda *pair: pair in kept).outcome == "possible"
            )
        for needless in kept:
            less = kept - {needless}
            found = staffed(team, shifts, seconds=ENOUGH_S, kept=lambda *pair, less=less: pair in less)
            assert found.outcome == "possible"


@settings(max_examples=15, deadline=None)
@given(small_rosters())
def test_what_is_said_to_help_helps(roster: Instance) -> None:
    team = team_of(roster, "p1")
    conflict = conflict_of(team, ENOUGH_S)
    if conflict is None:
        return
    told, least = relaxations(team, conflict, seconds=ENOUGH_S)
    assert least == len(team.shifts) - most_staffed(roster, list(team.shifts))
    assert all(0 <= one.open < least for one in told)
    assert len({one.words for one in told}) == len(told)


def test_a_team_of_nobody_knows_nothing_and_harms_nothing() -> None:
    empty: tuple[Assistant, ...] = ()
    found = why_open(Instance(MONDAY, 1, (shift("s", "2026-11-30 08:00", "12:00"),), empty), {})
    assert [one.summary for one in found] == [
        "Ingen är introducerad hos p1, så ingen kan ta passet måndag 30 november 08.00–12.00."
    ]
