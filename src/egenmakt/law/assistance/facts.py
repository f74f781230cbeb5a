"""The facts of an application for personal assistance. Judgement is a fact; what is not established is
None."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from egenmakt.law.lss.needs import Necessary, Need, Per
from egenmakt.law.timeline import Period, add_years

# The law counts time in whole millionths of a minute, so minutes have at most six decimals.
MOST_DECIMALS = 6


class TooFineMinutes(ValueError):
    """A number of minutes has more than six decimals. Says so in Swedish."""

    def __init__(self, minutes: Decimal) -> None:
        super().__init__(
            f"{minutes} har fler än {MOST_DECIMALS} decimaler. Avrunda till hela miljondels minuter."
        )
        self.minutes = minutes


def micro_minutes(minutes: Decimal) -> int:
    """The minutes in whole millionths of a minute, exactly. Raises TooFineMinutes."""
    exact = Fraction(minutes) * 1_000_000
    if exact.denominator != 1:
        raise TooFineMinutes(minutes)
    return exact.numerator


@dataclass(frozen=True, slots=True)
class Personkrets:
    """The outcome of the trial of the group of persons: group 1, 2 or 3, or None for not belonging."""

    group: int | None


@dataclass(frozen=True, slots=True)
class SelfCare:
    """An assessment by licensed staff that a measure of health care can be self-care; it counts from
    `assessed` through `valid_until`, or until further notice."""

    assessed: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class DoubleAssistance:
    """Whether the two investigations were made that a second assistant requires; None: not established."""

    housing_adaptation_tried: bool | None = None
    aids_tried: bool | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One activity the person needs help with.

    `minutes` and `met_otherwise_minutes` are for each time and each assistant, with at most six
    decimals.
    `intimate` is the nature of the help, None until judged. `self_care` is None when the help is not health
    care, False when it is health care without an assessment.
    """

    id: str
    need: Need
    minutes: Decimal
    times: int
    per: Per
    text: str = ""
    assistants: int = 1
    intimate: bool | None = None
    tube_feeding: bool = False
    activation_measure: bool = False
    directly_necessary_for: Necessary | None = None
    self_care: SelfCare | Literal[False] | None = None
    met_otherwise_minutes: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """Everything the law asks about an application for personal assistance, for the days from `on` through
    `until`.

    `personkrets` is None until it has been tried. `received` is the day the application came in.
    """

    on: date
    born: date
    received: date
    days_per_week: int
    moments: tuple[Moment, ...]
    until: date | None = None
    granted_before_age_limit: bool | None = None
    current_s_per_week: int | None = None
    personkrets: Personkrets | None = None
    double_assistance: DoubleAssistance = field(default_factory=DoubleAssistance)
    waiting_minutes_per_day: Decimal = Decimal(0)
    standby_minutes_per_day: Decimal = Decimal(0)
    municipality: str | None = None

    @property
    def period(self) -> Period:
        """The days assessed. Without `until`: one year from `on`, less a day."""
        return Period.through(self.on, self.until or add_years(self.on, 1) - timedelta(days=1))
