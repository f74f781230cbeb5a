"""What speaks for and against giving somebody a shift, in Swedish and with figures; and what a calendar costs.

Guarantees: `Calendar.cost` is the assistant's part of `cost.cost`, exactly (a property test holds them equal). A reason
states a fact of the roster as it would be with the shift. Nothing here judges what is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from egenmakt.law.working_time.sentences import spoken
from egenmakt.staffing.rosters.cost import HOUR
from egenmakt.staffing.rosters.instance import BLOCK_WEEKS, WEEK, Assistant, Instance, Shift
from egenmakt.staffing.rosters.words import day

LITTLE_S = 8 * HOUR  # less than a shift is left of a limit: worth telling
LONG_REST_S = 48 * HOUR
PLENTY_S = 24 * HOUR


@lru_cache(maxsize=200_000)
def weekends_of(shift: Shift) -> tuple[date, ...]:
    """The Saturdays of the weekends the shift touches, kept: a roster is asked the same many times."""
    return shift.weekends


@dataclass(frozen=True)
class Calendar:
    """One assistant's shifts in a roster, in the order in which they begin."""

    instance: Instance
    assistant: Assistant
    shifts: tuple[Shift, ...]

    def without(self, shift: Shift) -> Calendar:
        """The calendar with the shift given up; itself when it did not hold it."""
        left = tuple(one for one in self.shifts if one.id != shift.id)
        return self if len(left) == len(self.shifts) else Calendar(self.instance, self.assistant, left)

    def with_shift(self, shift: Shift) -> Calendar:
        """The calendar with one shift more."""
        more = sorted(
            (*self.without(shift).shifts, shift), key=lambda one: (one.begins_s, one.ends_s, one.id)
        )
        return Calendar(self.instance, self.assistant, tuple(more))

    @cached_property
    def active_s(self) -> int:
        """Active time of all shifts."""
        return sum(one.active_s for one in self.shifts)

    @cached_property
    def total_s(self) -> int:
        """Active and on-call time of all shifts."""
        return self.active_s + sum(one.on_call_s for one in self.shifts)

    @cached_property
    def nights(self) -> int:
        """How many night shifts."""
        return sum(one.is_night for one in self.shifts)

    @cached_property
    def weekend_shifts(self) -> int:
        """How many shifts that touch a weekend."""
        return sum(bool(weekends_of(one)) for one in self.shifts)

    @cached_property
    def cost(self) -> Fraction:
        """What the assistant's part of the roster costs: all but open and changed shifts."""
        one, weights = self.assistant, self.instance.weights
        hours = Fraction(self.active_s - one.contract_s, HOUR)
        if one.contract_s == 0:
            of_hours = hours * Fraction(weights.over_hourly)
        else:
            of_hours = abs(hours) * Fraction(weights.under if hours < 0 else weights.over)
        night_share, weekend_share = self.instance.fair_shares[one.id]
        elsewhere = sum(one.home not in (None, shift.person) for shift in self.shifts)
        days = {shift.day for shift in self.shifts}
        first, end = self.instance.first, self.instance.first + timedelta(days=self.instance.days)
        unmet = sum(
            (
                abs(wish.weight)
                for wish in one.wishes
                if first <= wish.day < end and (wish.day in days) == (wish.weight > 0)
            ),
            Decimal(0),
        )
        return (
            of_hours
            + elsewhere * Fraction(weights.other_team)
            + len({shift.person for shift in self.shifts}) * Fraction(weights.distinct)
            + Fraction(unmet) * Fraction(weights.wish)
            + max(0, self.nights - night_share) * Fraction(weights.night_fair)
            + max(0, self.weekend_shifts - weekend_share) * Fraction(weights.weekend_fair)
        )

    def rests(self, shift: Shift) -> tuple[int | None, int | None]:
        """The time free before and after the shift, in seconds; None: nothing before, or after, in what is known."""
        others = self.without(shift).shifts
        ended = [one.ends_s for one in others if one.begins_s <= shift.begins_s]
        if self.assistant.last_end_s is not None:
            ended.append(self.assistant.last_end_s)
        begin = [one.begins_s for one in others if one.begins_s > shift.begins_s]
        return (
            shift.begins_s - max(ended) if ended else None,
            min(begin) - shift.ends_s if begin else None,
        )


def reasons(
    calendar: Calendar, after: Calendar, shift: Shift, gives_up: Shift | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for and what speaks against: `after` is the calendar with the shift."""
    facts = list(_facts(calendar, after, shift, gives_up))
    return tuple(text for good, text in facts if good), tuple(text for good, text in facts if not good)


Fact = tuple[bool, str]


def _facts(calendar: Calendar, after: Calendar, shift: Shift, gives_up: Shift | None) -> Iterator[Fact]:
    yield from _of_the_person(calendar, shift)
    yield from _of_rest(calendar, shift)
    yield from _of_hours(after)
    yield from _of_sums(after, shift)
    yield from _of_wishes(calendar, shift)
    yield from _of_shares(after, shift)
    yield from _in_a_row(after, shift)
    if calendar.instance.previous.get(shift.id) == calendar.assistant.id:
        yield True, "Hade passet i det publicerade schemat."
    if gives_up is None:
        yield True, "Behåller alla sina andra pass." if calendar.shifts else "Har inga andra pass i perioden."


def _of_the_person(calendar: Calendar, shift: Shift) -> Iterator[Fact]:
    one, person = calendar.assistant, shift.person
    if one.home == person:
        yield True, f"Hör till laget hos {person}."
    elif one.home is None:
        yield True, f"Hör till poolen och är introducerad hos {person}."
    else:
        yield False, f"Hör till laget hos {one.home}, men är introducerad hos {person}."
    there = sum(other.person == person for other in calendar.without(shift).shifts)
    if there:
        yield True, f"Har redan {there} pass hos {person} i perioden."
    else:
        yield False, f"Har inga andra pass hos {person} i perioden: en person till att möta."
    if shift.skill is not None:
        yield True, f"Har det som passet kräver: {shift.skill}."


def _of_rest(calendar: Calendar, shift: Shift) -> Iterator[Fact]:
    least_s = calendar.instance.rules.daily_rest_s
    for rest_s, where in zip(calendar.rests(shift), ("före", "efter"), strict=True):
        if rest_s is None:
            continue
        if rest_s < least_s:
            yield False, f"Arbetar flera pass samma dygn: {spoken(rest_s)} mellan passen, {where} detta."
        elif rest_s > LONG_REST_S:
            yield True, f"Är ledig mer än två dygn {where} passet."
        else:
            yield True, f"Vilan {where} passet är {spoken(rest_s)}, minst {spoken(least_s)} krävs."


def _of_hours(after: Calendar) -> Iterator[Fact]:
    contract_s = after.assistant.contract_s
    if contract_s == 0:
        yield False, f"Betalas per timme: {spoken(after.active_s)} arbete i perioden med passet."
    elif after.active_s <= contract_s:
        left = f"{spoken(contract_s - after.active_s)} kvar"
        yield True, f"Ryms i avtalet på {spoken(contract_s)}: {left} efter passet."
    else:
        yield False, f"Kommer {spoken(after.active_s - contract_s)} över avtalet på {spoken(contract_s)}."


def _of_sums(after: Calendar, shift: Shift) -> Iterator[Fact]:
    left_s = after.assistant.average_left_s
    if left_s is not None:
        left = spoken(max(0, left_s - after.total_s))
        roomy = left_s - after.total_s >= PLENTY_S
        only = "" if roomy else "bara "
        yield roomy, f"Har {only}{left} kvar av genomsnittet över fyra månader efter passet."
    first, length = _block_of(after.instance, shift)
    rules = after.instance.rules
    mine = [one for one in after.shifts if first <= (one.day - after.instance.first).days < first + length]
    for what, sum_s, most_s in (
        (
            "ordinarie arbetstid",
            sum(one.active_s for one in mine),
            rules.ordinary_s * length // (BLOCK_WEEKS * WEEK),
        ),
        ("jour", sum(one.on_call_s for one in mine) if shift.on_call_s else 0, rules.on_call_s),
    ):
        if sum_s and most_s - sum_s < LITTLE_S:
            yield False, f"Har bara {spoken(max(0, most_s - sum_s))} kvar av tillåten {what} efter passet."
    if shift.weekends:
        weekends = {saturday for one in mine for saturday in weekends_of(one)}
        before = {saturday for one in mine if one.id != shift.id for saturday in weekends_of(one)}
        if len(weekends) > len(before) and len(weekends) >= rules.max_weekends:
            yield False, f"Blir helg {len(weekends)} av högst {rules.max_weekends} på fyra veckor."


def _block_of(instance: Instance, shift: Shift) -> tuple[int, int]:
    """The first day of the block of four weeks that the shift begins in, and how many days it has."""
    length = BLOCK_WEEKS * WEEK
    first = (shift.day - instance.first).days // length * length
    return first, min(length, instance.days - first)


def _of_wishes(calendar: Calendar, shift: Shift) -> Iterator[Fact]:
    for wish in calendar.assistant.wishes:
        if wish.day == shift.day and wish.weight:
            weight = f"{abs(wish.weight).normalize():f}".replace(".", ",")
            wants = "vara ledig" if wish.weight > 0 else "arbeta"
            yield wish.weight < 0, f"Vill {wants} den {day(wish.day)} (vikt {weight})."


def _of_shares(after: Calendar, shift: Shift) -> Iterator[Fact]:
    night_share, weekend_share = after.instance.fair_shares[after.assistant.id]
    if shift.is_night:
        yield _share(after.nights, night_share, "nattpass")
    if shift.weekends:
        yield _share(after.weekend_shifts, weekend_share, "helgpass")


def _share(count: int, share: int, what: str) -> Fact:
    if count <= share:
        return True, f"Får {count} {what}, en rättvis andel är {share}."
    return False, f"Får {count} {what}, {count - share} fler än en rättvis andel."


def _in_a_row(after: Calendar, shift: Shift) -> Iterator[Fact]:
    rules = after.instance.rules
    kinds = [("dagar", {one.day for one in after.shifts}, rules.max_days)]
    if shift.is_night:
        kinds.append(("nätter", {one.day for one in after.shifts if one.is_night}, rules.max_nights))
    for what, days, most in kinds:
        first = last = shift.day
        while first - timedelta(days=1) in days:
            first -= timedelta(days=1)
        while last + timedelta(days=1) in days:
            last += timedelta(days=1)
        length = (last - first).days + 1
        if length > 1 and length >= most - 1:
            yield False, f"Arbetar {length} {what} i rad, högst {most} är tillåtet."
