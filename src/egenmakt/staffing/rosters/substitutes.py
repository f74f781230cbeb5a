"""Who can take a shift when somebody falls ill: ranked, lawful, with reasons for and against.

Guarantees: `first_breach` here is `judging.first_breach`, only quicker (a property test holds them equal); each
substitute can be given the shift without any breach; costs are exact differences of `cost.cost`.

How it is quick: the roster is read once into calendars; only those introduced to the person are judged at all; a
calendar that is lawful as it is can only be broken near the shift that is added, so the rules of time are asked about
the blocks of four weeks that lie within some days of it (eight with ordinary rules), and the sum of the whole horizon is
kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain

from egenmakt.law.working_time import checking
from egenmakt.law.working_time.shifts import DAY_S, Horizon, WorkedShift, in_order
from egenmakt.law.working_time.shifts import Breach as BreachOfTime
from egenmakt.staffing.rosters import judging
from egenmakt.staffing.rosters.cost import plain
from egenmakt.staffing.rosters.instance import Assignments, Assistant, Instance, Shift
from egenmakt.staffing.rosters.judging import OWN_RULES, Breach, limits_of, shifts_given, worked
from egenmakt.staffing.rosters.reasons import Calendar, reasons
from egenmakt.staffing.rosters.words import the_shift

NEAR_DAYS = 8


@dataclass(frozen=True)
class Exchange:
    """Another shift that the substitute gives up, and who takes it."""

    shift: str
    assistant: str


@dataclass(frozen=True)
class Substitute:
    """Somebody who can take the shift. `cost`: of the roster with the substitute, less that of the roster as it is."""

    assistant: str
    cost: Fraction
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    exchange: Exchange | None = None

    def to_json(self) -> dict[str, object]:
        """By the contract; `exchange` only where there is one."""
        told: dict[str, object] = {
            "assistant": self.assistant,
            "cost": plain(self.cost),
            "for": list(self.reasons_for),
            "against": list(self.reasons_against),
        }
        if self.exchange is not None:
            told["gives_up"] = {"shift": self.exchange.shift, "to": self.exchange.assistant}
        return told


@dataclass(frozen=True)
class Substitutes:
    """Those who can take the shift, the cheapest first, and those who cannot, each with the first rule it would break.

    Among the refused those who are introduced to the person stand first. `holder` has the shift now.
    """

    shift: str
    holder: str | None
    lawful: tuple[Substitute, ...]
    refused: tuple[Breach, ...] = field(default=())


class Index:
    """A roster, ready to be asked. Asking does not change it; `give` does."""

    def __init__(self, instance: Instance, assignments: Assignments) -> None:
        self.instance = instance
        self.holder = {shift: one for shift, one in assignments.items() if one is not None}
        self._limits = limits_of(instance.rules)
        self._horizon = Horizon(instance.first, instance.weeks)
        self._worked: dict[str, WorkedShift] = {}
        _ = instance.fair_shares  # counted now, so that the first answer is as quick as the others
        given = shifts_given(instance, assignments)
        self._calendar = {
            one.id: Calendar(instance, one, tuple(sorted(given.get(one.id, ()), key=_by_time)))
            for one in instance.assistants
        }
        self._lawful: dict[str, bool] = {}
        self._introduced: dict[str, list[Assistant]] = {}
        for one in instance.assistants:
            for person in one.people:
                self._introduced.setdefault(person, []).append(one)
        rules = instance.rules
        longest_s = max(rules.max_span_s, rules.long_span_s)
        self._margin_s = max(
            NEAR_DAYS * DAY_S,
            (max(rules.max_days, rules.max_nights) + 2) * DAY_S,
            2 * longest_s + rules.daily_rest_s,
        )

    def introduced(self, person: str) -> list[Assistant]:
        """Those who are introduced to the person, in the instance's order."""
        return self._introduced.get(person, [])

    def substitutes(self, shift_id: str) -> Substitutes:
        """Those who can take the shift and those who cannot. Raises KeyError for a shift that does not exist.

        Whoever has the shift now is taken to be away and is neither offered nor refused.
        """
        shift, holder = self.instance.shift[shift_id], self.holder.get(shift_id)
        lawful: list[Substitute] = []
        refused: list[Breach] = []
        base = self._left_by_holder(shift)
        for one in self.introduced(shift.person):
            if one.id == holder:
                continue
            breach = self.first_breach(one, shift)
            if breach is None:
                lawful.append(self._substitute(one, shift, base))
            else:
                refused.append(breach)
        return Substitutes(shift_id, holder, _ranked(lawful), (*refused, *self.not_introduced(shift)))

    def exchanges(self, shift_id: str) -> tuple[Substitute, ...]:
        """Those who can take the shift only if they give up another, which somebody else can take; the cheapest first.

        One for each assistant: the cheapest of the shifts within eight days.
        """
        shift, holder = self.instance.shift[shift_id], self.holder.get(shift_id)
        base = self._left_by_holder(shift)
        found: list[Substitute] = []
        for one in self.introduced(shift.person):
            breach = None if one.id == holder else self.first_breach(one, shift)
            if breach is not None and breach.rule not in OWN_RULES:
                offers = list(self._offers(one, shift, base))
                found.extend(_ranked(offers)[:1])
        return _ranked(found)

    def not_introduced(self, shift: Shift) -> Iterator[Breach]:
        """The breach of each assistant who is not introduced to the person: the same for all but for the name."""
        told: Breach | None = None
        holder = self.holder.get(shift.id)
        for one in self.instance.assistants:
            if shift.person in one.people or one.id == holder:
                continue
            if told is None:
                told = judging.first_breach(self.instance, one, (), shift)
            if told is not None:
                yield told._replace(assistant=one.id)

    def first_breach(self, assistant: Assistant, shift: Shift) -> Breach | None:
        """What `judging.first_breach` says of the assistant's shifts in this roster and the shift."""
        return self._first_breach(self._calendar[assistant.id], shift)

    def give(self, assistant: Assistant, shift: Shift) -> None:
        """Let the assistant have the shift from now on, and whoever had it have it no longer."""
        holder = self.holder.get(shift.id)
        if holder is not None:
            self._put(self._calendar[holder].without(shift))
        self.holder[shift.id] = assistant.id
        self._put(self._calendar[assistant.id].with_shift(shift))

    def _put(self, calendar: Calendar) -> None:
        self._calendar[calendar.assistant.id] = calendar
        self._lawful.pop(calendar.assistant.id, None)

    def added_cost(self, assistant: Assistant, shift: Shift) -> Fraction:
        """What the roster costs more when the assistant gets a shift that is open, exactly; below zero: less."""
        calendar = self._calendar[assistant.id]
        return self._added(calendar, calendar.with_shift(shift), shift) + self._left_by_holder(shift)

    def _first_breach(self, calendar: Calendar, shift: Shift) -> Breach | None:
        assistant = calendar.assistant
        if shift.person not in assistant.people:
            return judging.first_breach(self.instance, assistant, (), shift)
        for breach in judging.breaches_of(self.instance, assistant, (shift,)):
            if breach.rule in OWN_RULES:
                return breach
        calendar = calendar.without(shift)
        if not self._is_lawful(calendar):
            return judging.first_breach(self.instance, assistant, calendar.shifts, shift)
        found = next(self._breaches_of_time(calendar, self._as_worked(shift)), None)
        if found is None:
            return None
        return Breach(
            found.rule, found.section, assistant.id, found.shift, found.from_s, found.to_s, found.message
        )

    def _breaches_of_time(self, calendar: Calendar, new: WorkedShift) -> Iterator[BreachOfTime]:
        """The breaches that the shift brings to a calendar that has none, in the order of the rules."""
        assistant, limits = calendar.assistant, self._limits
        opens, closes = new.begins_s - self._margin_s, new.ends_s + self._margin_s
        part = self._blocks_between(opens, closes)
        opens = min(opens, part.week_bounds[0][0] - self._margin_s)
        closes = max(closes, part.week_bounds[-1][1] + self._margin_s)
        shifts = calendar.shifts
        first = bisect_left(shifts, opens, key=lambda one: one.begins_s)
        last = bisect_right(shifts, closes, key=lambda one: one.begins_s)
        near = in_order([*(self._as_worked(one) for one in shifts[first:last]), new])
        last_end_s, left_s = assistant.last_end_s, assistant.average_left_s
        yield from chain(
            checking.overlaps(near),
            checking.daily_rest(near, limits, last_end_s),
            checking.compensatory_rest(near, limits),
            checking.weekly_rest(near, limits, part, last_end_s),
            checking.ordinary_hours(near, limits, part),
            checking.on_call(near, limits, part),
        )
        if left_s is not None and calendar.total_s + new.total_s > left_s:
            everything = in_order([*(self._as_worked(one) for one in shifts), new])
            yield from checking.average_hours(everything, limits, self._horizon, left_s)
        yield from chain(
            checking.consecutive_days(near, limits),
            checking.consecutive_nights(near, limits),
            checking.weekends(near, limits, part),
        )

    def _blocks_between(self, opens: int, closes: int) -> Horizon:
        """The blocks of four weeks that some part of the time lies in; of the horizon at least one."""
        blocks = self._horizon.blocks
        inside = [block for block in blocks if block.begins_s < closes and block.ends_s > opens] or [
            blocks[0]
        ]
        if len(inside) == len(blocks):
            return self._horizon
        return Horizon(inside[0].first, sum(block.weeks for block in inside))

    def _is_lawful(self, calendar: Calendar) -> bool:
        """Whether the calendar has no breach as it is. One with fewer shifts than a lawful one is lawful too."""
        name = calendar.assistant.id
        if name not in self._lawful:
            whole = self._calendar[name].shifts
            self._lawful[name] = not judging.breaches_of(self.instance, calendar.assistant, whole)
        return self._lawful[name]

    def _as_worked(self, shift: Shift) -> WorkedShift:
        if shift.id not in self._worked:
            self._worked[shift.id] = worked(shift)
        return self._worked[shift.id]

    # Costs

    def _left_by_holder(self, shift: Shift) -> Fraction:
        """What it costs more that the holder does not have the shift, or that an open shift is open no longer."""
        holder = self.holder.get(shift.id)
        if holder is None:
            return -Fraction(self.instance.weights.open)
        calendar = self._calendar[holder]
        return calendar.without(shift).cost - calendar.cost

    def _added(self, calendar: Calendar, after: Calendar, shift: Shift) -> Fraction:
        """What it costs more that the assistant has the shift instead of the one who has it, or nobody."""
        return after.cost - calendar.cost + self._change(shift, calendar.assistant.id)

    def _change(self, shift: Shift, to: str) -> Fraction:
        """What it costs that the published roster is changed, or changed back."""
        if shift.id not in self.instance.previous:
            return Fraction(0)
        before = self.instance.previous[shift.id]
        changes = (before != to) - (before != self.holder.get(shift.id))
        return changes * Fraction(self.instance.weights.change)

    def _substitute(self, one: Assistant, shift: Shift, base: Fraction) -> Substitute:
        calendar = self._calendar[one.id]
        after = calendar.with_shift(shift)
        cost = base + self._added(calendar, after, shift)
        return Substitute(one.id, cost, *reasons(calendar, after, shift))

    def _taken(self, taker: Assistant, other: Shift) -> Fraction:
        """What it costs more that somebody takes a shift that another has given up."""
        calendar = self._calendar[taker.id]
        return self._added(calendar, calendar.with_shift(other), other)

    # Exchanges

    def _offers(self, one: Assistant, shift: Shift, base: Fraction) -> Iterator[Substitute]:
        calendar = self._calendar[one.id]
        for other in calendar.shifts:
            if other.id == shift.id or abs((other.day - shift.day).days) > NEAR_DAYS:
                continue
            rest = calendar.without(other)
            if self._first_breach(rest, shift) is not None:
                continue
            takers = [
                (self._taken(taker, other), place, taker)
                for place, taker in enumerate(self.introduced(other.person))
                if taker.id not in (one.id, self.holder.get(shift.id))
                and self.first_breach(taker, other) is None
            ]
            if takers:
                more, _, taker = min(takers, key=lambda offer: offer[:2])
                after = rest.with_shift(shift)
                good, bad = reasons(rest, after, shift, gives_up=other)
                yield Substitute(
                    one.id,
                    base + more + self._added(calendar, after, shift),
                    good,
                    (f"Måste lämna {the_shift(other)} hos {other.person} till {taker.id}.", *bad),
                    Exchange(other.id, taker.id),
                )


def _ranked(some: Sequence[Substitute]) -> tuple[Substitute, ...]:
    """The cheapest first; of equals the order they came in."""
    return tuple(sorted(some, key=lambda one: one.cost))


def _by_time(shift: Shift) -> tuple[int, int, str]:
    return shift.begins_s, shift.ends_s, shift.id
