"""How long the law takes for a person with fifty moments."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from egenmakt import law

MOMENTS = 50
TIMES = 20


@dataclass(frozen=True)
class Measured:
    """What was done, and the middle of the times in milliseconds."""

    what: str
    ms: float


def measure() -> list[Measured]:
    """An assessment of a child whose brackets change, one of an adult, and the bare sums of the same moments."""
    child, adult = _facts(date(2022, 5, 14)), _facts(date(1990, 5, 14))
    return [
        Measured(
            f"assessment of a child, {MOMENTS} moments, {_stretches(child)} stretches of time",
            _time(lambda: law.assess(child)),
        ),
        Measured(f"assessment of an adult, {MOMENTS} moments", _time(lambda: law.assess(adult))),
        Measured(
            "to compare: only the weekly time of each moment and their sum", _time(lambda: _sums(adult))
        ),
    ]


def _facts(born: date) -> law.AssessmentFacts:
    """A person who needs help with the same seven things in many small moments."""
    needs = list(law.Need)
    moments = tuple(
        law.Moment(
            id=f"m{place}", need=needs[place % len(needs)], minutes=Decimal(3 + place % 9), times=1 + place % 3,
            per=law.Per.DAY, intimate=True,
        )
        for place in range(MOMENTS)
    )  # fmt: skip
    return law.AssessmentFacts(
        on=date(2026, 5, 1), until=date(2035, 12, 31), born=born, received=date(2026, 2, 10), days_per_week=7,
        moments=moments, personkrets=law.Personkrets(1),
    )  # fmt: skip


def _stretches(facts: law.AssessmentFacts) -> int:
    return len(law.assess(facts).to_json()["timeline"])  # type: ignore[arg-type]


def _sums(facts: law.AssessmentFacts) -> Fraction:
    return sum((Fraction(one.minutes) * one.times * 7 for one in facts.moments), Fraction())


def _time(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _turn in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
