"""An invented country: persons with personal assistance who do not exist, with the margins of those who do.

Every person is made from its own number alone, by whole-number mixing, so the same number gives the same person
in any order, on any machine, in a population of any size.

What is taken from published statistics (`SOURCES`): how many have assistance allowance from the state and how
many have personal assistance from a municipality, and the mean of the hours granted by the state. All else is
invented and says nothing about the country: ages, groups, how hours divide between needs, and municipalities,
which are all of the same size.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from egenmakt.law.lss.needs import Need, Per
from egenmakt.law.population.columns import MINUTE
from egenmakt.law.population.numpy_kernel import Array
from egenmakt.law.population.people import Population, population
from egenmakt.law.population.values import values_on
from egenmakt.law.procedure import municipalities

WITH_ALLOWANCE = 13_253
WITH_MUNICIPAL = 4_948
EVERYONE = WITH_ALLOWANCE + WITH_MUNICIPAL
MEAN_HOURS_OF_ALLOWANCE = 134
SOURCES = (
    "Försäkringskassan, pressmeddelande 2024-05-17: 13 253 personer hade assistansersättning 2023, i genomsnitt "
    "134 timmar i veckan",
    "Socialstyrelsen genom SCB: 4 948 personer hade personlig assistans enligt LSS från en kommun den 1 oktober 2021",
)
IN_WORDS = "Påhittade personer. Antal och medeltimmar följer publicerad statistik; allt annat är påhittat."

# Where each tenth of the invented persons begins; between them the values lie evenly.
_AGES = (0, 12, 20, 26, 33, 40, 47, 53, 60, 68, 90)
_BASIC_OF_STATE_H = (20.5, 24, 28, 33, 39, 45, 52, 61, 72, 88, 130)
_OTHER_OF_STATE_H = (7, 32, 50, 64, 76, 86, 94, 103, 113, 126, 166)
_BASIC_OF_MUNICIPAL_H = (1, 4, 7, 9, 11, 13, 14.5, 16, 17.5, 19, 20)
_OTHER_OF_MUNICIPAL_H = (0, 4, 8, 12, 16, 20, 25, 30, 37, 46, 70)


def synthetic_population(count: int = EVERYONE, *, on: date, moments_each: int = 0) -> Population:
    """So many invented persons who have assistance on the day, by the law of the day.

    With `moments_each` each has that many moments instead of sums of them.
    """
    number = np.arange(count, dtype=np.uint64)
    state = _share(number, 1) < WITH_ALLOWANCE / EVERYONE
    born = _born(number, on)
    days_per_week = np.where(_share(number, 4) < 0.93, 7, 5).astype(np.int8)
    basic = _between(_share(number, 5), state, _BASIC_OF_STATE_H, _BASIC_OF_MUNICIPAL_H)
    other = _between(_share(number, 6), state, _OTHER_OF_STATE_H, _OTHER_OF_MUNICIPAL_H)
    exempt = np.where(_share(number, 7) < 0.08, basic // 2, 0)
    granted = basic + other
    # a child's whole need: what is granted, and what the table takes off
    months = born.astype("datetime64[M]").astype(np.int64)
    age = on.year - 1970 - months // 12 - (months % 12 + 1 > on.month)
    tables = values_on(on, {}).tables
    for name, of in (("basic", basic), ("other", other)):
        table = np.maximum(np.array(tables[f"parental_deduction_{name}_s_per_day"]), 0)
        np.add(of, table[age] * days_per_week, out=of)
    ordinal = np.datetime64(on, "D")
    waited = (_share(number, 8) * 1500).astype(np.int64)
    received = np.maximum(ordinal - waited.astype("timedelta64[D]"), born)
    persons: dict[str, object] = {
        "id": number.astype(np.int64) + 1,
        "municipality": _municipalities()[(_share(number, 9) * len(_municipalities())).astype(np.int64)],
        "born": born,
        "received": received,
        "days_per_week": days_per_week,
        "personkrets": np.searchsorted([0.45, 0.52], _share(number, 10), side="right") + 1,
        "granted_before_age_limit": np.ones(count, dtype=np.int8),
        "current_s_per_week": np.where(age >= 65, granted, -1),
    }
    if not moments_each:
        sums_given = {"basic_s": basic, "basic_exempt_s": exempt, "other_s": other}
        return population({**persons, **sums_given, "other_exempt_s": np.zeros(count, dtype=np.int32)})
    persons |= {name: np.ones(count, dtype=np.int8) for name in ("housing_adaptation_tried", "aids_tried")}
    return _with_moments(persons, basic, other, moments_each)


def _with_moments(persons: dict[str, object], basic: Array, other: Array, each: int) -> Population:
    """The sums as moments of equal length that come once a week, the first half of them basic needs."""
    count, halves = len(basic), max(each // 2, 1)
    place = np.tile(np.arange(each), count)
    is_basic = place < halves
    whole = np.where(is_basic, np.repeat(basic, each), np.repeat(other, each))
    number = np.where(is_basic, halves, max(each - halves, 1))
    needs = np.array(
        [list(Need).index(need) for need in (Need.HYGIENE, Need.MEALS, Need.DRESSING, Need.COMMUNICATION)]
    )
    moments = {
        "need": np.where(is_basic, needs[place % len(needs)], list(Need).index(Need.OTHER)).astype(np.int8),
        "micro_minutes": np.minimum(whole * MINUTE // (60 * number), 10_080 * MINUTE),
        "times": np.ones(count * each, dtype=np.int32),
        "per": np.full(count * each, list(Per).index(Per.WEEK), dtype=np.int8),
        "intimate": np.ones(count * each, dtype=np.int8),
    }
    return population(persons, moments, np.arange(0, count * each + 1, each))


def _born(number: Array, on: date) -> Array:
    years = _between(_share(number, 2), None, _AGES, _AGES) / 3600 + _share(number, 3)
    return np.datetime64(on, "D") - (years * 365.2425).astype(np.int64).astype("timedelta64[D]")


def _municipalities() -> Array:
    return np.array(sorted(int(code) for code in municipalities()), dtype=np.int16)


def _between(
    share: Array, state: Array | None, of_state: tuple[float, ...], of_other: tuple[float, ...]
) -> Array:
    """Seconds (or years times 3600) at a place in a distribution given by tenths."""
    tenths = np.linspace(0, 1, len(of_state))
    found = np.interp(share, tenths, of_state)
    if state is not None:
        found = np.where(state, found, np.interp(share, tenths, of_other))
    return (found * 60).astype(np.int64) * 60


def _share(number: Array, stream: int) -> Array:
    """A number from 0 up to 1 for each person and purpose, always the same."""
    mixed = number * np.uint64(0x9E3779B97F4A7C15) + np.uint64(stream * 0xD1B54A32D192ED03 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    share: Array = (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return share
