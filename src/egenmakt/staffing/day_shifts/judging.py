"""The judge: every breach of a roster, and exactly what it costs.

Written apart from the search, from the rules' own words, with plain loops: what it says is what counts. Guarantees:
all breaches are told, each with employee, days and rule; the cost is a whole number and the sum of its parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from egenmakt.staffing.day_shifts.instance import SATURDAY, SUNDAY, WEEK, Employee, Instance, Roster


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is not kept. `first` and `last` are the days it is about; both None for the whole horizon."""

    rule: str
    employee: str
    first: int | None
    last: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a roster costs, by what causes it."""

    on_wishes: int
    off_wishes: int
    under: int
    over: int

    @property
    def total(self) -> int:
        """The sum, which is to be as small as possible."""
        return self.on_wishes + self.off_wishes + self.under + self.over


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of a roster."""

    breaches: tuple[Breach, ...]
    cost: Cost


def judge(instance: Instance, roster: Roster) -> Judgement:
    """Every breach, and the cost. A roster that is not one day's entry for each employee and day is a breach too."""
    breaches = tuple(_breaches(instance, roster))
    return Judgement(breaches, cost_of(instance, roster))


def cost_of(instance: Instance, roster: Roster) -> Cost:
    """The cost alone; days that the roster lacks count as days off."""

    def worked(employee: str, day: int) -> str | None:
        days = roster.get(employee, ())
        return days[day] if day < len(days) else None

    present = Counter((day, shift) for days in roster.values() for day, shift in enumerate(days) if shift)
    return Cost(
        on_wishes=sum(
            wish.weight for wish in instance.on_wishes if worked(wish.employee, wish.day) != wish.shift
        ),
        off_wishes=sum(
            wish.weight for wish in instance.off_wishes if worked(wish.employee, wish.day) == wish.shift
        ),
        under=sum(
            need.under * max(0, need.needed - present[need.day, need.shift]) for need in instance.cover
        ),
        over=sum(need.over * max(0, present[need.day, need.shift] - need.needed) for need in instance.cover),
    )


def _breaches(instance: Instance, roster: Roster) -> Iterator[Breach]:
    for unknown in roster.keys() - instance.employee.keys():
        yield Breach("unknown", unknown, None, None, f"{unknown} finns inte.")
    for employee in instance.employees:
        days = roster.get(employee.id)
        if days is None or len(days) != instance.days:
            yield Breach("days", employee.id, None, None, f"{employee.id} ska ha {instance.days} dagar.")
        elif strange := sorted({one for one in days if one is not None} - instance.shift.keys()):
            yield Breach("unknown", employee.id, None, None, f"{employee.id} har okända pass: {strange}.")
        else:
            yield from _of_each_day(instance, employee, days)
            yield from _of_runs(instance, employee, days)
            yield from _of_the_whole(instance, employee, days)


def _of_each_day(instance: Instance, employee: Employee, days: tuple[str | None, ...]) -> Iterator[Breach]:
    for day in sorted(employee.days_off):
        if days[day] is not None:
            yield Breach("day_off", employee.id, day, day, f"{employee.id} är ledig dag {day}.")
    for day, (shift, after) in enumerate(pairwise(days)):
        if shift is not None and after in instance.shift[shift].not_followed_by:
            message = f"{employee.id}: {shift} dag {day} får inte följas av {after}."
            yield Breach("rotation", employee.id, day, day + 1, message)


def _of_runs(instance: Instance, employee: Employee, days: tuple[str | None, ...]) -> Iterator[Breach]:
    for works, grouped in groupby(enumerate(days), key=lambda pair: pair[1] is not None):
        run = [day for day, _ in grouped]
        first, last, length = run[0], run[-1], len(run)
        may_go_on_outside = first == 0 or last == instance.days - 1
        if works and length > employee.most_in_a_row:
            message = f"{employee.id} arbetar {length} dagar i rad, högst {employee.most_in_a_row}."
            yield Breach("most_in_a_row", employee.id, first, last, message)
        if works and length < employee.least_in_a_row and not may_go_on_outside:
            message = f"{employee.id} arbetar {length} dagar i rad, minst {employee.least_in_a_row}."
            yield Breach("least_in_a_row", employee.id, first, last, message)
        if not works and length < employee.least_off_in_a_row and not may_go_on_outside:
            message = f"{employee.id} är ledig {length} dagar i rad, minst {employee.least_off_in_a_row}."
            yield Breach("least_off_in_a_row", employee.id, first, last, message)


def _of_the_whole(instance: Instance, employee: Employee, days: tuple[str | None, ...]) -> Iterator[Breach]:
    minutes = sum(instance.shift[shift].minutes for shift in days if shift is not None)
    if minutes > employee.most_minutes:
        message = f"{employee.id} arbetar {minutes} minuter, högst {employee.most_minutes}."
        yield Breach("most_minutes", employee.id, None, None, message)
    if minutes < employee.least_minutes:
        message = f"{employee.id} arbetar {minutes} minuter, minst {employee.least_minutes}."
        yield Breach("least_minutes", employee.id, None, None, message)
    for shift, times in sorted(Counter(one for one in days if one is not None).items()):
        if times > employee.most_of[shift]:
            message = f"{employee.id} har {times} pass {shift}, högst {employee.most_of[shift]}."
            yield Breach("most_of", employee.id, None, None, message)
    weekends = {
        day // WEEK
        for day, shift in enumerate(days)
        if shift is not None and day % WEEK in (SATURDAY, SUNDAY)
    }
    if len(weekends) > employee.most_weekends:
        message = f"{employee.id} arbetar {len(weekends)} helger, högst {employee.most_weekends}."
        yield Breach("most_weekends", employee.id, None, None, message)
