"""No number of persons from one to four is told, nor can one be got from the numbers that are told."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from egenmakt.law.population.comparing import Line
from egenmakt.law.sfb.allowance import Decider
from egenmakt.oversight.simulation.suppression import (
    FEWEST,
    Counts,
    all_told,
    may_be_told,
    moves_told,
    rows_told,
    sums_told,
)

pytestmark = pytest.mark.req("H-12")


@st.composite
def counts(draw):
    persons = draw(st.integers(1, 30))
    more = draw(st.integers(0, persons))
    less = draw(st.integers(0, persons - more))
    share_more = draw(st.integers(0, persons))
    return Counts(persons, more, less, share_more, draw(st.integers(0, persons - share_more)))


def row(name, one):
    line = Line(name, one.persons, one.more, one.less, 0, one.more * 3600, 0, 0, Decimal(300))
    return line, one


def _total(rows):
    total = Counts(0, 0, 0, 0, 0)
    for one in rows:
        total += one
    return total


def _some(things):
    return chain.from_iterable(combinations(things, size) for size in range(1, len(things) + 1))


@given(st.lists(counts(), min_size=1, max_size=7))
def test_no_adding_and_no_taking_away_gives_one_to_four(groups):
    whole = _total(groups)
    assume(all_told(whole))
    told = rows_told([row(str(place), one) for place, one in enumerate(groups)])
    for some in _some(told):
        for add in (
            lambda line: line.persons,
            lambda line: line.winners,
            lambda line: line.losers,
            lambda line: line.winners + line.losers,
            lambda line: line.persons - line.winners - line.losers,
            lambda line: line.persons - line.winners,
            lambda line: line.persons - line.losers,
        ):
            together = sum(map(add, some))
            assert may_be_told(together)
            everyone = add(row("alla", whole)[0])
            assert may_be_told(everyone - together)


@given(st.lists(counts(), min_size=1, max_size=7))
def test_the_rows_told_are_everyone_or_none(groups):
    assume(all_told(_total(groups)))
    told = rows_told([row(str(place), one) for place, one in enumerate(groups)])
    assert told == () or (
        sum(line.persons for line in told) == sum(one.persons for one in groups) and len(told) >= 2
    )
    assert all(line.persons >= FEWEST for line in told)


_MOVES = st.dictionaries(
    st.tuples(st.sampled_from(Decider), st.sampled_from(Decider)), st.integers(1, 30), max_size=6
)


@given(counts(), _MOVES)
def test_moves_tell_of_no_few_either_by_themselves_or_beside_the_wholes(whole, moves):
    assume(all_told(whole))
    told = moves_told(moves, whole)
    assert all(before is not after for before, after in told)
    for some in _some(list(told.values())):
        assert may_be_told(sum(some))
        for number in (whole.persons, whole.more, whole.less):
            assert number < sum(some) or may_be_told(number - sum(some))


def test_groups_that_are_small_go_together_with_the_smallest_of_the_others():
    groups = {"40": Counts(40, 20, 20, 0, 0), "6": Counts(6, 6, 0, 0, 0), "2": Counts(2, 0, 2, 0, 0)}
    told = rows_told([row(name, one) for name, one in groups.items()])
    # two who get less cannot be taken together with six who get more: still two; so all would be one row
    assert told == ()
    groups["2"] = Counts(2, 2, 0, 0, 0)
    told = rows_told([row(name, one) for name, one in groups.items()])
    assert [(line.name, line.persons, line.winners) for line in told] == [("40", 40, 20), ("övriga", 8, 8)]


def test_winners_fewer_than_five_within_a_larger_group_are_not_told():
    groups = [Counts(40, 2, 0, 0, 0), Counts(40, 30, 0, 0, 0), Counts(50, 10, 40, 0, 0)]
    told = rows_told([row(str(place), one) for place, one in enumerate(groups)])
    assert [(line.persons, line.winners) for line in told] == [(50, 10), (80, 32)]


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Counts(40, 0, 0, 0, 0), True),
        (Counts(40, 3, 0, 0, 0), False),
        (Counts(40, 3, 3, 0, 0), True),
        (Counts(40, 0, 0, 0, 4), False),
        (Counts(40, 38, 0, 38, 0), True),
    ],
)
def test_sums_are_told_of_nobody_or_of_at_least_five(one, told):
    assert sums_told(one) is told
