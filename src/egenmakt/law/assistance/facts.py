"""The facts of an application for personal assistance. Judgement is a fact; what is not established is
None."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from egenmakt.law.lss.needs import Necessary, Need, Per
from egenmakt.law.timeline import Period, add_years

# What the rules ask about each moment, by the names they use.
MOMENT_FACTS = (
    *("need", "micro_minutes", "met_otherwise_micro_minutes", "times", "per", "assistants", "intimate"),
    *("tube_feeding", "activation_measure", "directly_necessary_for", "is_health_care"),
    *("has_self_care_assessment", "self_care_from", "self_care_until"),
)

# The law counts time in whole millionths of a minute, so minutes have at most six decimals.
MOST_DECIMALS = 6


class TooFineMinutes(ValueError):
    """A number of minutes has more than six decimals. Says so in Swedish."""

    def __init__(self, minutes: Decimal) -> None:
        super().__init__(
            f"{minutes} har fler än {MOST_DECIMALS} decimaler. Avrunda till hela miljondels minuter."
        )
        self.minutes = minutes


@lru_cache(maxsize=10_000)
def micro_minutes(minutes: Decimal) -> int:
    """The minutes in whole millionths of a minute, exactly. Raises TooFineMinutes."""
    numerator, denominator = minutes.as_integer_ratio()
    whole, rest = divmod(numerator * 1_000_000, denominator)
    if rest:
        raise TooFineMinutes(minutes)
    return whole


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
    """One activity the person needs help with. Raises TooFineMinutes.

    `minutes` and `met_otherwise_minutes` are for each time and each assistant, with at most six
    decimals.
    `intimate` is the nature of the help, None until judged. `self_care` is None when the help is not health
    care, False when it is health care without an assessment. `given` is what the rules ask for, in the order of
    MOMENT_FACTS.
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
    given: tuple[object, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        care, assessed, first, last = (
            self.self_care,
            False,
            date.max,
            date.min,
        )  # self-care that counts on no day
        if isinstance(care, SelfCare):
            assessed, first, last = True, care.assessed, care.valid_until or date.max
        given = (
            self.need,
            micro_minutes(self.minutes),
            micro_minutes(self.met_otherwise_minutes),
            self.times,
            self.per,
            self.assistants,
            self.intimate,
            self.tube_feeding,
            self.activation_measure,
            self.directly_necessary_for,
            care is not None,
            assessed,
            first,
            last,
        )
        object.__setattr__(self, "given", given)


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """Everything the law asks about an application for personal assistance, for the days from `on` through
    `until`.

    `personkrets` is None until it has been tried. `received` is the day the application came in. `readings` are
    those the municipality has chosen, of what the law leaves open. `basic_of_age_s` and `other_of_age_s` are how
    much of the need any child of the age has, in seconds a week; only one reading asks for it.
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
    readings: tuple[str, ...] = ()
    basic_of_age_s: int | None = None
    other_of_age_s: int | None = None

    @property
    def period(self) -> Period:
        """The days assessed. Without `until`: one year from `on`, less a day."""
        return Period.through(self.on, self.until) if self.until else Period(self.on, add_years(self.on, 1))
