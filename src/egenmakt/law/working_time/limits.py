"""The limits of working time by act and agreement, as they stand on a day. Every number is a dated parameter.

Guarantees: a limit that an act or agreement does not set is None, and nothing is judged by it. What no source confirms
is named in `unverified`. Lengths are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import cast

from egenmakt.law.parameters import Dated, parameter
from egenmakt.law.working_time.shifts import BLOCK_WEEKS, DAY_S

HOUR = 3600
AGREED = "kollektivavtal"
# What a breach cites when the limits themselves say nothing else: arbetstidslagen, and ordinary agreements.
SECTIONS: Mapping[str, str] = {
    "daily_rest": "ATL 13 §",
    "compensatory_rest": "kollektivavtal (AB § 13 mom. 5)",
    "weekly_rest": "ATL 14 §",
    "ordinary_hours": "ATL 5 §",
    "on_call": "ATL 6 §",
    "average_hours": "ATL 10 b §",
    "consecutive_days": AGREED,
    "consecutive_nights": AGREED,
    "weekends": AGREED,
}


class Regime(StrEnum):
    """The act or agreement that an employment follows."""

    WORKING_HOURS_ACT = "working_hours_act"
    DOMESTIC_WORK_ACT = "domestic_work_act"
    MUNICIPAL_AGREEMENT = "municipal_agreement"
    PRIVATE_AGREEMENT = "private_agreement"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed. None: no such limit.

    `daily_rest_s` parts the spans of work; a span of several shifts is at most `max_span_s`, a shift alone in its span
    at most `long_span_s`. `ordinary_s` and `on_call_s` are for four weeks. `max_…` are counts.
    """

    daily_rest_s: int | None = None
    max_span_s: int = 0
    long_span_s: int = 0
    weekly_rest_s: int | None = None
    ordinary_s: int | None = None
    on_call_s: int | None = None
    max_days: int | None = None
    max_weekends: int | None = None
    max_nights: int | None = None
    averaged_rest_s: int | None = None
    averaged_rest_days: int = 0
    sections: Mapping[str, str] = field(default_factory=lambda: SECTIONS)
    unverified: tuple[str, ...] = ()

    def section(self, rule: str) -> str | None:
        """Where the rule is said; None for what needs no law, as that nobody is in two places at once."""
        return self.sections.get(rule, SECTIONS.get(rule))


def limits_on(
    regime: Regime, day: date, *, long_shifts_decided: bool = False, cares_for_dependent: bool = False
) -> Limits:
    """The limits an act or agreement sets on a day.

    `long_shifts_decided`: the employer has decided on shifts up to 24 hours (AB § 13 mom. 5, PAN and bilaga J).
    `cares_for_dependent`: the employer's household may ask twelve hours more a week (lagen 1970:943 2 §).
    Raises NoParameter for a day the values kept here do not reach.
    """
    values = _Values(day)
    if regime is Regime.DOMESTIC_WORK_ACT:
        return _domestic(values, cares_for_dependent=cares_for_dependent)
    rest_s = values.hours("daily_rest_hours", "daily_rest")
    longest_s = DAY_S - rest_s
    averaged_s, averaged_days = None, 0
    if regime is Regime.MUNICIPAL_AGREEMENT:
        name = "agreement_shift_hours_excepted" if long_shifts_decided else "agreement_shift_hours"
        longest_s = values.hours(name, "compensatory_rest")
    elif regime is Regime.PRIVATE_AGREEMENT:
        averaged_s, averaged_days = rest_s, values.whole("private_rest_averaging_days", "averaged_rest")
        rest_s = values.hours("private_rest_least_hours", "daily_rest")
        longest_s = DAY_S - rest_s
    return Limits(
        daily_rest_s=rest_s,
        max_span_s=DAY_S - rest_s,
        long_span_s=longest_s,
        weekly_rest_s=values.hours("weekly_rest_hours", "weekly_rest"),
        ordinary_s=values.hours("ordinary_hours", "ordinary_hours") * BLOCK_WEEKS,
        on_call_s=values.hours("on_call_hours_four_weeks", "on_call"),
        averaged_rest_s=averaged_s,
        averaged_rest_days=averaged_days,
        sections=values.sections,
        unverified=tuple(values.unverified),
    )


def _domestic(values: _Values, *, cares_for_dependent: bool) -> Limits:
    """Work in the employer's own household: the act sets no daily rest in hours and no limit of on-call time."""
    weekly_s = values.hours("ordinary_hours")
    if cares_for_dependent:
        weekly_s += values.hours("domestic_extra_hours")
    rest_s = values.hours("weekly_rest_hours")
    act = "lagen (1970:943) om arbetstid m.m. i husligt arbete"
    return Limits(
        weekly_rest_s=rest_s,
        ordinary_s=weekly_s * BLOCK_WEEKS,
        sections={"weekly_rest": f"9 § {act}", "ordinary_hours": f"2 § {act}"},
        unverified=tuple(values.unverified),
    )


class _Values:
    """The values of a day, each noted with its section and with whether a source confirms it."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.sections: dict[str, str] = {}
        self.unverified: list[str] = []

    def whole(self, name: str, rule: str = "") -> int:
        """A value, noted as the one a rule is judged by where a rule is named."""
        found: Dated = parameter(name).at(self.day)
        if rule:
            self.sections[rule] = f"{found.citation.section} {found.citation.act}"
        if not found.verified:
            self.unverified.append(name)
        return cast(int, found.value)

    def hours(self, name: str, rule: str = "") -> int:
        return self.whole(name, rule) * HOUR
