"""Half of the least coin is rounded up, and what is less than half is not (SFB 51 kap. 11, 14 and 22 §§)."""

from __future__ import annotations

import pytest

from egenmakt.law.sfb.amounts import (
    allowance_ore,
    amount_per_hour_ore,
    highest_amount_ore,
    highest_amount_ore_2011,
    municipal_cost_ore,
    municipal_time_s,
    returned_to_municipality_ore,
    uprated_amount_ore,
)

pytestmark = pytest.mark.req("S-01", "H-28")


@pytest.mark.parametrize(
    ("amount", "percent", "ore", "krona"),
    [
        (34_770, 12, 38_942, 38_900),
        (100, 49, 149, 100),
        (100, 50, 150, 200),
        (3, 50, 5, 0),
        (1, 49, 1, 0),
        (29_100, 12, 32_592, 32_600),
    ],
)
def test_the_highest_amount_in_ore_and_formerly_in_whole_kronor(amount, percent, ore, krona) -> None:
    assert highest_amount_ore(amount, percent) == ore
    assert highest_amount_ore_2011(amount, percent) == krona


@pytest.mark.parametrize("cost_of", [allowance_ore, municipal_cost_ore])
@pytest.mark.parametrize(
    ("seconds", "per_hour", "ore"),
    [(3_600, 34_770, 34_770), (1_800, 1, 1), (1_799, 1, 0), (5_400, 1, 2), (5_399, 1, 1), (0, 34_770, 0)],
)
def test_seconds_are_paid_by_the_hour(cost_of, seconds, per_hour, ore) -> None:
    assert cost_of(seconds, per_hour) == ore


@pytest.mark.parametrize(
    ("previous", "rise", "now"),
    [(29_540, 15_000, 29_980), (1_000, 4_999, 1_000), (1_000, 5_000, 1_010), (500, 10_000, 510), (500, 9_999, 500),
     (1, 3_999_999, 0), (1, 4_000_000, 10)],
)  # fmt: skip
def test_the_standard_amount_rises_to_the_nearest_ten_ore(previous, rise, now) -> None:
    assert uprated_amount_ore(previous, rise) == now


def test_the_municipality_pays_for_no_more_than_is_granted_and_gets_back_no_less_than_nothing() -> None:
    assert municipal_time_s(72_001, 20, 4) == 288_000
    assert municipal_time_s(71_999, 20, 4) == 287_996
    assert returned_to_municipality_ore(10, 9) == 1
    assert returned_to_municipality_ore(9, 10) == 0


@pytest.mark.parametrize(
    ("reasons", "cost", "amount"),
    [(False, 400, 300), (True, 300, 300), (True, 299, 300), (True, 301, 301), (True, 400, 336)],
)
def test_a_higher_amount_takes_special_reasons_and_a_higher_cost(reasons, cost, amount) -> None:
    assert amount_per_hour_ore(300, reasons, cost, 336) == amount
