"""What a roster costs, part by part and exactly. Written apart from any search, which is held equal to it.

    open          each shift that nobody has
    under, over   each hour of active time below or above the contract; `over_hourly` each hour for those paid by the hour
    other_team    each shift at another person than the assistant's home; the pool has no home and costs nothing
    distinct      each pair of an assistant and a person the assistant has some shift with
    wish          the weight of each wish not met: free (weight above zero) but a shift begins that day, or work (below
                  zero) but none does
    night_fair    each night shift above the fair share; `weekend_fair` each shift that touches a weekend above it
    change        each shift that `previous` gives to somebody else, or to nobody

Example: an assistant with a contract of 144 hours works 150 hours and two people: over 6 × 4 = 24, distinct 2 × 6 = 12.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from egenmakt.staffing.rosters.instance import Assignments, Assistant, Instance, Shift
from egenmakt.staffing.rosters.judging import shifts_given, worked

HOUR = 3600
DECIMALS = 10**9


@dataclass(frozen=True, slots=True)
class Cost:
    """The parts of a cost, exactly."""

    open: Fraction = Fraction(0)
    under: Fraction = Fraction(0)
    over: Fraction = Fraction(0)
    over_hourly: Fraction = Fraction(0)
    other_team: Fraction = Fraction(0)
    distinct: Fraction = Fraction(0)
    wish: Fraction = Fraction(0)
    night_fair: Fraction = Fraction(0)
    weekend_fair: Fraction = Fraction(0)
    change: Fraction = Fraction(0)

    @property
    def total(self) -> Fraction:
        """The sum of the parts."""
        return sum((getattr(self, part.name) for part in fields(self)), Fraction(0))

    def to_json(self) -> dict[str, int | float]:
        """The parts and the total as plain numbers, each rounded half up to nine decimals."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)} | {"total": self.total}
        return {name: plain(part) for name, part in parts.items()}


def plain(number: Fraction | Decimal) -> int | float:
    """A number for JSON: whole where it is whole, else rounded half up to nine decimals."""
    exact = Fraction(number)
    rounded = (exact * DECIMALS * 2 + 1) // 2
    return rounded // DECIMALS if rounded % DECIMALS == 0 else rounded / DECIMALS


def cost(instance: Instance, assignments: Assignments) -> Cost:
    """What the roster costs. Raises KeyError for a shift or an assistant that the instance does not have."""
    weights = instance.weights
    given = shifts_given(instance, assignments)
    amount = {part.name: Fraction(0) for part in fields(Cost)}
    amount["open"] = Fraction(sum(assignments.get(shift.id) is None for shift in instance.shifts))
    amount["change"] = Fraction(
        sum(assignments.get(shift) != assistant for shift, assistant in instance.previous.items())
    )
    for assistant in instance.assistants:
        for name, more in _of_one(instance, assistant, given.get(assistant.id, [])).items():
            amount[name] += more
    return Cost(**{name: number * Fraction(getattr(weights, name)) for name, number in amount.items()})


def cost_at_worst(instance: Instance) -> Fraction:
    """What no roster of the instance costs more than, lawful or not: each part at its worst, whatever the others are."""
    weights, shifts = instance.weights, len(instance.shifts)
    active_s = sum(shift.active_s for shift in instance.shifts)
    wishes = sum(
        (Fraction(abs(wish.weight)) for one in instance.assistants for wish in one.wishes), Fraction(0)
    )
    amount = {
        "open": Fraction(shifts),
        "under": Fraction(sum(one.contract_s for one in instance.assistants), HOUR),
        "over": Fraction(active_s, HOUR),
        "over_hourly": Fraction(active_s, HOUR),
        "other_team": Fraction(shifts),
        "distinct": Fraction(shifts),
        "wish": wishes,
        "night_fair": Fraction(shifts),
        "weekend_fair": Fraction(shifts),
        "change": Fraction(len(instance.previous)),
    }
    return sum(
        (number * Fraction(getattr(weights, name)) for name, number in amount.items()), start=Fraction(0)
    )


def _of_one(instance: Instance, assistant: Assistant, shifts: list[Shift]) -> dict[str, Fraction]:
    """How many hours, shifts, pairs and weights of wishes of each kind one assistant adds."""
    as_worked = [worked(shift) for shift in shifts]
    hours = Fraction(sum(shift.active_s for shift in shifts) - assistant.contract_s, HOUR)
    by_the_hour = assistant.contract_s == 0
    night_share, weekend_share = instance.fair_shares[assistant.id]
    nights = sum(shift.is_night for shift in as_worked)
    weekends = sum(bool(shift.weekends) for shift in as_worked)
    return {
        "under": max(Fraction(0), -hours),
        "over": Fraction(0) if by_the_hour else max(Fraction(0), hours),
        "over_hourly": hours if by_the_hour else Fraction(0),
        "other_team": Fraction(sum(assistant.home not in (None, shift.person) for shift in shifts)),
        "distinct": Fraction(len({shift.person for shift in shifts})),
        "wish": _wishes_not_met(instance, assistant, shifts),
        "night_fair": Fraction(max(0, nights - night_share)),
        "weekend_fair": Fraction(max(0, weekends - weekend_share)),
    }


def _wishes_not_met(instance: Instance, assistant: Assistant, shifts: list[Shift]) -> Fraction:
    """The weight of the wishes not met; a wish for a day outside the horizon is none of this roster's."""
    days = {shift.day for shift in shifts}
    end = instance.first + timedelta(days=instance.days)
    return sum(
        (
            Fraction(abs(wish.weight))
            for wish in assistant.wishes
            if instance.first <= wish.day < end and (wish.day in days) == (wish.weight > 0)
        ),
        Fraction(0),
    )
