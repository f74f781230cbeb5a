"""What a roster is made of: shifts to fill, assistants to fill them, rules and what each thing costs.

Guarantees: the objects never change, times are seconds since 1970 in UTC (so that lengths are real time also when
the clocks change) and each shift also carries its local dates. Amounts of time are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from egenmakt.law.working_time.shifts import WorkedShift
from egenmakt.law.working_time.shifts import second_of as seconds_at

WEEK = 7
BLOCK_WEEKS = 4
HOURLY_COUNTS_AS_S = 10 * 3600
POOL_NIGHTS, POOL_WEEKENDS = 8, 6


@dataclass(frozen=True)
class Shift:
    """A shift (pass) at one person's home. `begins` and `ends` are local Swedish clock times without a zone.

    `active_s + on_call_s` is at most the shift's real length. On-call time (jour) is taken to lie in the night first.
    """

    id: str
    person: str
    begins: datetime
    ends: datetime
    active_s: int
    on_call_s: int = 0
    skill: str | None = None
    worked: WorkedShift = field(init=False, compare=False, repr=False)
    begins_s: int = field(init=False, compare=False)
    ends_s: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        seen = WorkedShift(self.id, self.begins, self.ends, self.active_s, self.on_call_s)
        object.__setattr__(self, "worked", seen)
        object.__setattr__(self, "begins_s", seen.begins_s)
        object.__setattr__(self, "ends_s", seen.ends_s)

    # What a day, a night and a weekend are is said once, by the law of working time.

    @property
    def day(self) -> date:
        """The local date on which the shift begins: the day it counts as a day of work."""
        return self.worked.day

    @property
    def length_s(self) -> int:
        """Real time from beginning to end."""
        return self.worked.length_s

    @cached_property
    def is_night(self) -> bool:
        """Whether at least three hours of active time lie between 22 and 06 (ATL 13 a §)."""
        return self.worked.is_night

    @property
    def days_touched(self) -> tuple[date, ...]:
        """Every local date on which some part of the shift lies."""
        return self.worked.days_touched

    @cached_property
    def weekends(self) -> tuple[date, ...]:
        """The Saturdays of the weekends the shift touches: Saturday 08:00 to Sunday 22:00."""
        return self.worked.weekends


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for a day. `weight` above zero: wants it free; below: wants to work."""

    day: date
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Assistant:
    """Somebody who can be given shifts. `home` None: the pool. `contract_s` 0: paid by the hour."""

    id: str
    home: str | None
    contract_s: int
    people: frozenset[str]
    skills: frozenset[str] = frozenset()
    no_nights: bool = False
    unavailable: frozenset[date] = frozenset()
    wishes: tuple[Wish, ...] = ()
    average_left_s: int | None = None
    last_end: datetime | None = None

    @property
    def last_end_s(self) -> int | None:
        """When the last shift before the horizon ended, in seconds since 1970; None when there was none."""
        return None if self.last_end is None else seconds_at(self.last_end)


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of working time and rest; the defaults are arbetstidslagen with ordinary agreement numbers."""

    daily_rest_s: int = 39_600
    max_span_s: int = 46_800
    long_span_s: int = 86_400
    weekly_rest_s: int = 129_600
    ordinary_s: int = 576_000
    on_call_s: int = 172_800
    max_days: int = 6
    max_weekends: int = 2
    max_nights: int = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing costs; whole numbers or with at most three decimals."""

    open: Decimal = Decimal(10_000)
    under: Decimal = Decimal(3)
    over: Decimal = Decimal(4)
    over_hourly: Decimal = Decimal(2)
    other_team: Decimal = Decimal(8)
    distinct: Decimal = Decimal(6)
    wish: Decimal = Decimal(1)
    night_fair: Decimal = Decimal(6)
    weekend_fair: Decimal = Decimal(4)
    change: Decimal = Decimal(40)


@dataclass(frozen=True)
class Instance:
    """A roster to fill: the horizon begins on the Monday `first` and lasts `weeks` weeks."""

    first: date
    weeks: int
    shifts: tuple[Shift, ...]
    assistants: tuple[Assistant, ...]
    rules: Rules = Rules()
    weights: Weights = Weights()
    fixed: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """Shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def assistant(self) -> Mapping[str, Assistant]:
        """Assistants by id."""
        return {assistant.id: assistant for assistant in self.assistants}

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return self.weeks * WEEK

    @cached_property
    def fair_shares(self) -> Mapping[str, tuple[int, int]]:
        """For each assistant, the night and the weekend shifts that are a fair share.

        The shifts of the home person are shared by contract and rounded up, hourly staff counting as ten hours; the
        pool's share is eight nights and six weekend shifts.
        """
        nights: dict[str, int] = {}
        weekends: dict[str, int] = {}
        for shift in self.shifts:
            nights[shift.person] = nights.get(shift.person, 0) + shift.is_night
            weekends[shift.person] = weekends.get(shift.person, 0) + bool(shift.weekends)
        parts: dict[str, int] = {}
        for one in self.assistants:
            if one.home is not None:
                parts[one.home] = parts.get(one.home, 0) + _part(one)
        shares = {}
        for one in self.assistants:
            if one.home is None:
                shares[one.id] = (POOL_NIGHTS, POOL_WEEKENDS)
            else:
                whole = parts[one.home]
                shares[one.id] = (
                    -(-nights.get(one.home, 0) * _part(one) // whole),
                    -(-weekends.get(one.home, 0) * _part(one) // whole),
                )
        return shares


def _part(one: Assistant) -> int:
    """The assistant's part when the team's nights and weekends are shared."""
    return one.contract_s or HOURLY_COUNTS_AS_S


Assignments = Mapping[str, str | None]
