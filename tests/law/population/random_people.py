"""Random and boundary populations for the tests of the law run on many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from egenmakt.law.lss.needs import Per
from egenmakt.law.population.columns import MINUTE, MINUTES_IN
from egenmakt.law.population.people import Population, population

# Sums on both sides of every line the law draws: nothing, the table's deductions, twenty hours.
SECONDS = (0, 1, 1800 * 7, 4500 * 7, 31_499, 31_500, 31_501, 71_999, 72_000, 72_001, 72_000 + 31_500, 604_800)
BIRTHS = tuple(
    code
    for year in (
        1880,
        1957,
        1958,
        1959,
        1960,
        1961,
        1964,
        1965,
        2006,
        2007,
        2008,
        2013,
        2014,
        2018,
        2019,
        2024,
        2025,
    )
    for month, day in ((1, 1), (2, 28), (2, 29), (3, 1), (3, 31), (12, 31))
    if (month, day) != (2, 29) or year % 4 == 0
    for code in [(date(year, month, day) - date(1970, 1, 1)).days]
)


def people_with_sums(seed: int, count: int, day: date) -> Population:
    """Persons whose sums are given; every fact takes every value."""
    rng = np.random.default_rng(seed)
    sums = {}
    for name in ("basic", "other"):
        whole = rng.choice(SECONDS, count) + rng.integers(-1, 2, count) * (rng.random(count) < 0.3)
        whole = np.maximum(whole, 0)
        part = rng.choice([0.0, 0.0, 0.3, 0.9, 1.0], count)
        sums |= {f"{name}_s": whole, f"{name}_exempt_s": (whole * part).astype(np.int64)}
    return population(
        {**_person(rng, count, day), **sums, "unclear_moments": rng.choice([0, 0, 1, 7], count)}
    )


def people_with_moments(seed: int, count: int, day: date) -> Population:
    """Persons with none to many moments; every fact takes every value."""
    rng = np.random.default_rng(seed)
    counts = rng.choice([0, 1, 2, 5, 40, 200], count)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    many = int(offsets[-1])
    per = rng.integers(0, len(Per), many)
    most = np.array(list(MINUTES_IN.values()))[per] * MINUTE
    times = rng.choice([0, 1, 2, 3, 14, 60], many)
    minutes = rng.choice([0, 1, 29_999_999, 30 * MINUTE, 45 * MINUTE + 1, 12_345_678, 10**15], many)
    minutes = np.minimum(minutes, most // np.maximum(times, 1))
    ordinal = (day - date(1970, 1, 1)).days
    care = rng.choice([0, 0, 0, 1, 2], many)
    moments = {
        "need": rng.integers(0, 8, many),
        "micro_minutes": minutes,
        "times": times,
        "per": per,
        "assistants": rng.choice([1, 1, 2, 10], many),
        "intimate": rng.integers(-1, 2, many),
        "tube_feeding": rng.random(many) < 0.3,
        "activation_measure": rng.random(many) < 0.3,
        "directly_necessary_for": rng.choice([-1, -1, -1, 0, 1, 2], many),
        "met_otherwise_micro_minutes": np.minimum(minutes, rng.choice([0, 0, MINUTE, 10**15], many)),
        "self_care": care,
        "self_care_from": np.where(care == 1, ordinal + rng.choice([-300, -1, 0, 1], many), 2_932_896),
        "self_care_until": np.where(care == 1, ordinal + rng.choice([1, 0, 1, 400], many), -719_162),
    }
    late = (care == 1) & (moments["self_care_until"] < moments["self_care_from"])
    moments["self_care_until"] = np.where(late, moments["self_care_from"], moments["self_care_until"])
    night = {
        "waiting_micro_minutes_per_day": rng.choice([0, MINUTE, 30 * MINUTE + 1, 720 * MINUTE], count),
        "standby_micro_minutes_per_day": rng.choice([0, MINUTE, 50 * MINUTE + 7, 720 * MINUTE], count),
        "housing_adaptation_tried": rng.integers(-1, 2, count),
        "aids_tried": rng.integers(-1, 2, count),
    }
    return population({**_person(rng, count, day), **night}, moments, offsets)


def _person(rng: np.random.Generator, count: int, day: date) -> Mapping[str, object]:
    ordinal = (day - date(1970, 1, 1)).days
    births = np.array([born for born in BIRTHS if born <= ordinal])
    received = ordinal - rng.choice([0, 1, 30, 400, 1500], count)
    born = np.minimum(
        np.where(
            rng.random(count) < 0.5, rng.choice(births, count), rng.integers(-20_000, ordinal + 1, count)
        ),
        received,
    )
    return {
        "born": born,
        "received": received,
        "days_per_week": rng.integers(1, 8, count),
        "personkrets": rng.integers(-1, 4, count),
        "granted_before_age_limit": rng.integers(-1, 2, count),
        "current_s_per_week": rng.choice([-1, -1, 0, 71_999, 90_000, 600_000], count),
        "basic_of_age_s": rng.choice([-1, 0, 3_600, 31_500, 600_000], count),
        "other_of_age_s": rng.choice([-1, 0, 1, 6_300, 600_000], count),
    }
