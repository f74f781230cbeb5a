"""The prover of small teams: what it calls optimal is, what it calls a bound is one, and what it returns is lawful."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from tests.staffing.rosters import made

from egenmakt.staffing.rosters import annealing, proving
from egenmakt.staffing.rosters import state as rosters
from egenmakt.staffing.rosters.arrays import UNIT, arrays_of, assignments_of, in_order, owners_of
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.exact import Model
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, Weights, Wish
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.mix_network import network
from egenmakt.staffing.rosters.mixes import TooMany, team_of
from egenmakt.staffing.rosters.proving import prove

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]


def _greedy(instance: Instance):
    """Arrays, owners and cost of a first lawful roster that keeps what is fixed."""
    arrays = arrays_of(instance)
    most = rosters.most_shifts(arrays)
    state, scratch = rosters.empty_state(arrays, most), rosters.scratch_of(arrays, most, 1)
    assert rosters.lay(arrays, state, owners_of(instance, instance.fixed), scratch)
    annealing.construct(arrays, state, np.arange(len(arrays.begin)), scratch)
    return arrays, state.owner.copy(), int(rosters.total(arrays, state))


def _proved(instance: Instance, *, seconds: float = 60, **more):
    """What the prover says of the whole instance, with its roster judged and its cost counted apart from any search."""
    arrays, owners, known = _greedy(instance)
    result = prove(
        arrays,
        range(len(arrays.contract)),
        range(len(arrays.begin)),
        owners,
        known,
        seconds=seconds,
        workers=1,
        **more,
    )
    found = np.array([result.owners[s] for s in range(len(arrays.begin))], np.int64)
    assignments = assignments_of(instance, found)
    assert not judge(instance, assignments)
    assert cost(instance, assignments).total * UNIT == result.cost
    assert all(assignments[shift] == assistant for shift, assistant in instance.fixed.items())
    assert result.bound <= result.cost <= known
    return result


def _by_trying_all(instance: Instance) -> int:
    """The least cost of any lawful roster, by judging each of them."""
    shifts = in_order(instance)
    choices = [None, *(one.id for one in instance.assistants)]
    least = None
    for given in itertools.product(choices, repeat=len(shifts)):
        assignments = {shift.id: owner for shift, owner in zip(shifts, given, strict=True)}
        if any(assignments[shift] != owner for shift, owner in instance.fixed.items()):
            continue
        price = cost(instance, assignments).total * UNIT
        if (least is None or price < least) and not judge(instance, assignments):
            least = price
    assert least is not None
    return int(least)


def _tiny(seed: int) -> Instance:
    """Seven shifts or fewer in a week, two or three assistants, everything that a roster may have."""
    draw = Random(seed)
    shifts = []
    for number in range(draw.choice((4, 5, 6) if seed % 2 else (6, 7))):
        begins = datetime.combine(made.MONDAY, datetime.min.time()) + timedelta(
            days=draw.randrange(7), minutes=30 * draw.randrange(6, 46)
        )
        ends = begins + timedelta(minutes=30 * draw.choice((8, 14, 15, 19, 26, 30, 48)))
        length = int((ends - begins).total_seconds())
        on_call = draw.choice((0, 0, min(length, 6 * 3600)))
        shifts.append(
            Shift(f"s{number}", draw.choice(("p1", "p1", "p2")), begins, ends, length - on_call, on_call)
        )
    assistants = []
    for number in range(3 if seed % 2 else 2):
        home = draw.choice(("p1", "p2", None))
        assistants.append(
            Assistant(
                f"a{number}",
                home,
                0 if home is None else draw.choice((0, 22, 36)) * 3600,
                frozenset(draw.choice((("p1", "p2"), ("p1",), ("p1", "p2")))),
                frozenset(),
                draw.random() < 0.2,
                frozenset({made.MONDAY + timedelta(days=draw.randrange(7))}),
                (Wish(made.MONDAY + timedelta(days=draw.randrange(7)), Decimal(draw.choice(("2.5", "-2")))),),
                draw.choice((None, 30 * 3600)),
                draw.choice((None, made.clock("2026-11-29 22:00"))),
            )
        )
    previous = {shift.id: draw.choice((None, "a0", "a1")) for shift in shifts if draw.random() < 0.5}
    return Instance(
        made.MONDAY,
        1,
        tuple(shifts),
        tuple(assistants),
        draw.choice((Rules(), Rules(max_days=3, max_nights=1))),
        Weights(open=Decimal(draw.choice((10_000, 60)))),
        {},
        previous if draw.random() < 0.5 else {},
    )


def _week(seed: int) -> Instance:
    """A generated team for a week, planned anew from a roster, with some shifts fixed, or from nothing."""
    draw = Random(seed)
    instance = generate(1, seed=seed, weeks=1)
    _, owners, _ = _greedy(instance)
    given = assignments_of(instance, owners)
    if seed % 3 == 0:
        return replace(
            instance, previous={name: one for name, one in given.items() if one and draw.random() < 0.7}
        )
    if seed % 3 == 1:
        return replace(
            instance, fixed={name: one for name, one in given.items() if one and draw.random() < 0.3}
        )
    return instance


@pytest.fixture(params=[True, False], ids=["model first", "arithmetic first"])
def either_way(request, monkeypatch):
    """Small rosters go straight to the exact model; here they also take the way of large ones."""
    if not request.param:
        monkeypatch.setattr(proving, "SMALL", -1)


@pytest.mark.parametrize("seed", range(12))
def test_no_roster_of_a_few_shifts_costs_less_than_the_one_called_optimal(seed, either_way):
    instance = _tiny(seed)
    result = _proved(instance)
    assert result.outcome == "optimal"
    assert result.cost == result.bound == _by_trying_all(instance)


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_the_prover_and_the_exact_model_come_to_the_same_cost_for_a_week(seed, either_way):
    instance = _week(seed)
    arrays, owners, _ = _greedy(instance)
    model = Model(arrays, range(len(arrays.contract)), range(len(arrays.begin)))
    apart = model.solve(owners, seconds=60, workers=1, seed=1)
    assert apart.outcome == "optimal"
    result = _proved(instance)
    assert result.outcome == "optimal"
    assert result.cost == apart.cost


@pytest.mark.parametrize("seed", range(20, 32))
def test_what_mixes_allow_is_never_more_than_what_a_lawful_roster_costs(seed):
    instance = generate(1, seed=seed, weeks=1)
    arrays, _, known = _greedy(instance)
    model = Model(arrays, range(len(arrays.contract)), range(len(arrays.begin)))
    team = team_of(arrays, [model.can[a] for a in model.assistants], model.assistants, known)
    cheapest = known
    for run in range(3):
        most = rosters.most_shifts(arrays)
        state, scratch = rosters.empty_state(arrays, most), rosters.scratch_of(arrays, most, run)
        annealing.construct(arrays, state, np.arange(len(arrays.begin)), scratch)
        nobody, anywhere = np.zeros(len(arrays.contract), np.int64), np.zeros(len(arrays.begin), np.int64)
        annealing.anneal(
            arrays,
            state,
            scratch,
            nobody,
            anywhere,
            0,
            np.arange(len(arrays.begin)),
            150_000,
            0.3 * UNIT,
            np.array([0, 1, 2, 3], np.int64),
        )
        cheapest = min(cheapest, int(rosters.total(arrays, state)))
    assert team.bound <= cheapest
    ways = network(team, cheapest - team.bound)
    assert ways is not None, "the roster itself is a way"
    assert team.bound + ways.lowest <= cheapest


def test_a_team_of_eight_for_four_weeks_is_proved_optimal():
    """The cost is that of the exact model's own proof."""
    result = _proved(generate(1, seed=13), seconds=120)
    assert (result.outcome, result.cost, result.bound) == ("optimal", 199 * UNIT, 199 * UNIT)


@pytest.mark.parametrize("seed", range(4))
def test_a_model_stopped_early_tells_what_its_roster_costs_and_not_more(seed):
    instance = generate(1, seed=seed, weeks=2)
    arrays, owners, _ = _greedy(instance)
    told = []
    result = Model(arrays, range(len(arrays.contract)), range(len(arrays.begin))).solve(
        owners,
        seconds=30,
        workers=1,
        seed=1,
        found=lambda owners, price, bound: told.append((dict(owners), price, bound)),
        stop=lambda: len(told) > 2,
    )
    assert told
    for given, price, bound in (*told, (result.owners, result.cost, result.bound)):
        found = np.array([given[s] for s in range(len(arrays.begin))], np.int64)
        assert cost(instance, assignments_of(instance, found)).total * UNIT == price
        assert bound <= price


def test_a_shift_that_nobody_can_take_is_open_and_counted_in_the_bound():
    instance = made.instance(
        [
            made.shift("s1", "2026-11-30 07:00", "15:00"),
            made.shift("s2", "2026-12-01 07:00", "15:00", skill="delegation"),
        ],
        [made.assistant("a1", hours=8)],
        weeks=1,
    )
    result = _proved(instance)
    assert result.outcome == "optimal"
    assert result.owners == {0: 0, 1: -1}
    assert result.bound == (10_000 + 6) * UNIT


def test_others_shifts_stay_where_they_are():
    instance = made.instance(
        [made.shift(f"s{day}", f"2026-12-0{day} 07:00", "15:00") for day in range(1, 7)],
        [made.assistant("a1", hours=8), made.assistant("a2", hours=16), made.assistant("a3", hours=24)],
        weeks=1,
    )
    arrays = arrays_of(instance)
    owners = np.array([0, 0, 0, 1, 2, 2], np.int64)
    # a1 has 16 hours too many and a2 eight too few; a3's eight too few are not theirs to mend.
    result = prove(arrays, [0, 1], [0, 1, 2, 3], owners, (16 * 4 + 8 * 3 + 12) * UNIT, seconds=30, workers=1)
    assert result.outcome == "optimal"
    assert sorted(result.owners) == [0, 1, 2, 3]
    assert set(result.owners.values()) == {0, 1}
    assert result.cost == (8 * 4 + 12) * UNIT


def test_without_time_the_known_roster_comes_back_with_a_true_bound():
    instance = generate(1, seed=3)
    arrays, owners, known = _greedy(instance)
    whole = range(len(arrays.contract)), range(len(arrays.begin))
    result = prove(arrays, *whole, owners, known, seconds=0, workers=1)
    assert (result.outcome, result.cost) == ("feasible", known)
    assert result.owners == dict(enumerate(owners.tolist()))
    assert 0 <= result.bound <= 151.3 * UNIT


def test_a_proof_ends_soon_after_it_is_asked_to_stop():
    began = time.perf_counter()
    _proved(generate(1, seed=0), seconds=100, stop=lambda: time.perf_counter() - began > 0.5)
    assert time.perf_counter() - began < 30


def test_each_better_roster_is_told_with_its_cost_and_a_bound():
    told = []
    result = _proved(
        generate(1, seed=17),
        seconds=100,
        found=lambda owners, price, bound: told.append((dict(owners), price, bound)),
    )
    costs = [price for _, price, _ in told]
    assert costs == sorted(costs, reverse=True)
    assert told[-1][:2] == (result.owners, result.cost)
    assert all(bound <= result.cost for _, _, bound in told)


def test_where_mixes_are_too_many_the_exact_model_proves_alone(monkeypatch):
    def refused(*_):
        raise TooMany

    monkeypatch.setattr(proving, "team_of", refused)
    monkeypatch.setattr(proving, "SMALL", -1)
    instance = _tiny(4)
    assert _proved(instance).cost == _by_trying_all(instance)


def test_weights_below_zero_are_refused():
    instance = replace(generate(1, seed=1, weeks=1), weights=Weights(over=Decimal(-1)))
    arrays, owners, known = _greedy(generate(1, seed=1, weeks=1))
    arrays = arrays._replace(weights=arrays_of(instance).weights)
    with pytest.raises(ValueError, match="below zero"):
        prove(arrays, [0], [], owners, known, seconds=1, workers=1)


def test_the_clocks_change_in_spring_is_real_time_to_the_prover():
    """The night between 28 and 29 March 2026 is an hour shorter: a contract of 9 hours is met by it, not by another."""
    nights = [("s1", "2026-03-27 21:00"), ("s2", "2026-03-28 21:00")]
    instance = made.instance(
        [made.shift(name, begins, "07:00") for name, begins in nights],
        [made.assistant("a1", hours=9), made.assistant("a2", hours=10)],
        weeks=1,
        first=date(2026, 3, 23),
        weights=Weights(night_fair=Decimal(0), weekend_fair=Decimal(0)),
    )
    result = _proved(instance)
    assert result.owners == {0: 1, 1: 0}
    assert result.cost == 12 * UNIT
