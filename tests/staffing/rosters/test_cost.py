"""What a roster costs is exact, part by part, and as the table says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from tests.staffing.rosters.made import assistant, instance, shift

from egenmakt.staffing.rosters.cost import Cost, cost, cost_at_worst, plain
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Weights

pytestmark = pytest.mark.req("A-12")

DAY = shift("s1", "2026-11-30 07:00", "15:00")
NIGHT = shift("s2", "2026-12-02 22:00", "06:00")
SUNDAY = shift("s3", "2026-12-06 10:00", "15:00")
SHORT = shift("s4", "2026-12-07 10:00", "10:10")
ALL = (DAY, NIGHT, SUNDAY, SHORT)


def parts(found: Cost) -> dict:
    """The parts that are not zero, and the total."""
    return {name: number for name, number in found.to_json().items() if number}


CASES = [
    ("nobody has any shift", [assistant()], {}, {"open": 40_000, "total": 40_000}),
    ("an empty team", [], {}, {"open": 40_000, "total": 40_000}),
    (
        "paid by the hour, at home",
        [assistant()],
        {"s1": "a1"},
        {"open": 30_000, "over_hourly": 16, "distinct": 6, "total": 30_022},
    ),
    (
        "ten minutes cost their part of an hour",
        [assistant()],
        {"s4": "a1"},
        {"open": 30_000, "over_hourly": 0.333333333, "distinct": 6, "total": 30_006.333333333},
    ),
    (
        "under the contract",
        [assistant(hours=10)],
        {"s1": "a1"},
        {"open": 30_000, "under": 6, "distinct": 6, "total": 30_012},
    ),
    (
        "nothing of the contract",
        [assistant(hours=10)],
        {},
        {"open": 40_000, "under": 30, "total": 40_030},
    ),
    (
        "over the contract",
        [assistant(hours=5)],
        {"s1": "a1"},
        {"open": 30_000, "over": 12, "distinct": 6, "total": 30_018},
    ),
    (
        "just the contract",
        [assistant(hours=8)],
        {"s1": "a1"},
        {"open": 30_000, "distinct": 6, "total": 30_006},
    ),
    (
        "outside the home",
        [assistant(home="p2")],
        {"s1": "a1", "s2": "a1"},
        # No share of the nights at home: there are none, so the one night is above it.
        {
            "open": 20_000,
            "over_hourly": 32,
            "other_team": 16,
            "distinct": 6,
            "night_fair": 6,
            "total": 20_060,
        },
    ),
    (
        "the pool is at home everywhere",
        [assistant(home=None)],
        {"s1": "a1", "s2": "a1"},
        {"open": 20_000, "over_hourly": 32, "distinct": 6, "total": 20_038},
    ),
    (
        "a wish to be free, not met; one for another day, met",
        [assistant(wishes=[("2026-11-30", 2), ("2026-12-01", 5)])],
        {"s1": "a1"},
        {"open": 30_000, "over_hourly": 16, "distinct": 6, "wish": 2, "total": 30_024},
    ),
    (
        "a wish to work, not met; one for another day, met",
        [assistant(wishes=[("2026-11-30", -5), ("2026-12-01", -1.5)])],
        {"s1": "a1"},
        {"open": 30_000, "over_hourly": 16, "distinct": 6, "wish": 1.5, "total": 30_023.5},
    ),
    (
        "a night is the day on which it begins",
        [assistant(wishes=[("2026-12-03", 3), ("2026-12-02", -3)])],
        {"s2": "a1"},
        {"open": 30_000, "over_hourly": 16, "distinct": 6, "total": 30_022},
    ),
]


@pytest.mark.parametrize(("name", "team", "given", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_roster_costs_what_the_table_says(name: str, team: list, given: dict, expected: dict) -> None:
    assert parts(cost(instance(ALL, team), given)) == expected


def test_two_persons_are_two_pairs_however_many_shifts() -> None:
    known = {"people": frozenset({"p1", "p2"})}
    shifts = [
        shift("s1", "2026-11-30 07:00", "08:00"),
        shift("s2", "2026-12-01 07:00", "08:00", person="p2"),
        shift("s3", "2026-12-02 07:00", "08:00", person="p2"),
    ]
    roster = instance(shifts, [assistant(home=None, **known), assistant("a2", home=None, **known)])
    assert cost(roster, {"s1": "a1", "s2": "a1", "s3": "a1"}).distinct == 12
    assert cost(roster, {"s1": "a1", "s2": "a1", "s3": "a2"}).distinct == 18


def test_nights_and_weekends_above_the_fair_share() -> None:
    """Five nights, shared by contract between 30 and 10 hours: four and two, when each is rounded up."""
    nights = [shift(f"n{day}", f"2026-12-{day:02} 22:00", "06:00") for day in (1, 3, 7, 9, 14)]
    weekends = [shift(f"w{day}", f"2026-12-{day:02} 10:00", "12:00") for day in (5, 6, 12)]
    team = [assistant("a1", hours=30), assistant("a2", hours=0)]
    roster = instance([*nights, *weekends], team)
    every = {one.id: "a2" for one in (*nights, *weekends)}
    assert roster.fair_shares == {"a1": (4, 3), "a2": (2, 1)}
    assert cost(roster, every).night_fair == 3 * 6
    assert cost(roster, every).weekend_fair == 2 * 4
    to_first = dict.fromkeys(every, "a1")
    assert (cost(roster, to_first).night_fair, cost(roster, to_first).weekend_fair) == (6, 0)


def test_each_shift_that_changed_hands_costs() -> None:
    team = [assistant("a1"), assistant("a2")]
    previous = {"s1": "a1", "s2": "a1", "s3": None, "s4": "a2"}
    roster = instance(ALL, team, previous=previous)
    assert cost(roster, previous).change == 0
    assert cost(roster, {"s1": "a2", "s2": "a1", "s3": "a1"}).change == 3 * 40
    assert cost(instance(ALL, team), {"s1": "a2"}).change == 0


def test_every_weight_multiplies_its_own_part() -> None:
    roster = generate(4, seed=2)
    given = {one.id: roster.assistants[place % 9].id for place, one in enumerate(roster.shifts[:-3])}
    previous = {one.id: roster.assistants[0].id for one in roster.shifts}
    single = instance(
        roster.shifts,
        roster.assistants,
        previous=previous,
        weights=Weights(**{name: Decimal(1) for name in Weights.__slots__}),
    )
    plain_parts = cost(single, given)
    for name in Weights.__slots__:
        assert getattr(plain_parts, name) > 0, name
        doubled = instance(
            roster.shifts,
            roster.assistants,
            previous=previous,
            weights=Weights(
                **{other: Decimal(1) for other in Weights.__slots__ if other != name},
                **{name: Decimal("2.5")},
            ),
        )
        found = cost(doubled, given)
        assert getattr(found, name) == getattr(plain_parts, name) * Fraction(5, 2)
        assert found.total - plain_parts.total == getattr(plain_parts, name) * Fraction(3, 2)


def test_numbers_are_rounded_half_up_to_nine_decimals_and_whole_numbers_are_whole() -> None:
    assert [plain(Fraction(one)) for one in ("1/3", "2/3", "12.5", "12", "0.0000000005", "0.0000000004")] == [
        0.333333333,
        0.666666667,
        12.5,
        12,
        0.000000001,
        0,
    ]
    assert type(plain(Fraction(12))) is int
    assert type(plain(Decimal("0.25"))) is float


@pytest.mark.parametrize(
    ("day", "total"), [("2026-11-29", 0), ("2026-11-30", 2), ("2026-12-27", 2), ("2026-12-28", 0)]
)
def test_a_wish_for_a_day_outside_the_horizon_is_none_of_this_rosters(day: str, total: int) -> None:
    assert cost(instance([], [assistant(wishes=[(day, -2)])]), {}).total == total


def test_no_roster_costs_more_than_the_worst() -> None:
    draw = Random(4)
    for seed in range(20):
        made = generate(2, seed=seed, weeks=1)
        people = [one.id for one in made.assistants]
        previous = {one.id: draw.choice(people) for one in made.shifts}
        made = replace(made, previous=previous)
        for given in (
            {},
            {one.id: people[0] for one in made.shifts},
            {one.id: draw.choice(people) for one in made.shifts},
        ):
            assert cost(made, given).total <= cost_at_worst(made)
    assert cost_at_worst(instance([], [assistant()])) == 0
