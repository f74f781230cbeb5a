"""The judge of a roster: every breach of the rules of working time among the shifts of one assistant.

Guarantees: plain and apart from any search; the same shifts in any order give the same breaches, in the same order:
rule by rule as below, and within a rule by time. Real seconds, also when the clocks change.

    overlap             one place at a time; touching is not overlapping
    daily_rest          a shift that begins at least `daily_rest_s` after all before it have ended begins a new span of
                        work; several shifts of a span lie within `max_span_s`, a shift alone in its within `long_span_s`.
                        The first rest is counted from the end of the last shift before the horizon
    compensatory_rest   after a shift longer than `max_span_s`, a rest as long as the shift
    weekly_rest         in each week, Monday to Monday, an unbroken `weekly_rest_s` within the week
    ordinary_hours      active time in each four weeks; of a shorter last block its part of `ordinary_s`
    on_call             on-call time in each four weeks
    average_hours       work and on-call time of the whole horizon within what is left of the four-month average
    consecutive_days    days on which a shift begins, in a row
    consecutive_nights  days on which a night shift begins, in a row
    weekends            weekends touched, Saturday 08 to Sunday 22, in each four weeks

In sums a shift counts whole where it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from egenmakt.law.working_time import sentences
from egenmakt.law.working_time.limits import Limits
from egenmakt.law.working_time.shifts import Block, Breach, Horizon, WorkedShift, in_order

RULES = (
    "overlap",
    "daily_rest",
    "compensatory_rest",
    "weekly_rest",
    "ordinary_hours",
    "on_call",
    "average_hours",
    "consecutive_days",
    "consecutive_nights",
    "weekends",
)


def breaches(
    shifts: Iterable[WorkedShift],
    limits: Limits,
    horizon: Horizon,
    *,
    last_end_s: int | None = None,
    average_left_s: int | None = None,
) -> tuple[Breach, ...]:
    """Every breach among the shifts of one assistant.

    `last_end_s`: when the last shift before the horizon ended; None: long ago. `average_left_s`: what is left of the
    four-month average, below zero when it is overdrawn; None: not counted.
    """
    ordered = in_order(shifts)
    return (
        *overlaps(ordered),
        *daily_rest(ordered, limits, last_end_s),
        *compensatory_rest(ordered, limits),
        *weekly_rest(ordered, limits, horizon, last_end_s),
        *ordinary_hours(ordered, limits, horizon),
        *on_call(ordered, limits, horizon),
        *average_hours(ordered, limits, horizon, average_left_s),
        *consecutive_days(ordered, limits),
        *consecutive_nights(ordered, limits),
        *weekends(ordered, limits, horizon),
    )


def overlaps(ordered: Sequence[WorkedShift]) -> Iterator[Breach]:
    """A breach for each shift that begins before an earlier one has ended: the one of them that ends last.

    No section says that nobody is in two places at once.
    """
    latest: WorkedShift | None = None
    for shift in ordered:
        if latest is not None and shift.begins_s < latest.ends_s:
            until = min(shift.ends_s, latest.ends_s)
            told = sentences.overlap(latest.id, until - shift.begins_s)
            yield Breach("overlap", None, shift.id, shift.begins_s, until, told)
        if latest is None or shift.ends_s > latest.ends_s:
            latest = shift


def spans(ordered: Sequence[WorkedShift], rest_s: int) -> Iterator[list[WorkedShift]]:
    """The spans of work: shifts with less than the rest between them belong together."""
    span: list[WorkedShift] = []
    until = 0
    for shift in ordered:
        if span and shift.begins_s - until >= rest_s:
            yield span
            span = []
        until = max(until, shift.ends_s)
        span.append(shift)
    if span:
        yield span


def daily_rest(
    ordered: Sequence[WorkedShift], limits: Limits, last_end_s: int | None = None
) -> Iterator[Breach]:
    """Too short a rest before a shift, or too long a shift.

    Of a span that is too long, each shift from the first that reaches over `max_span_s` is told: as too short a rest
    before it, or, where that is the smaller change, as too late an end of the span.
    """
    if limits.daily_rest_s is None:
        return
    section = limits.section("daily_rest")
    longest_s = max(limits.max_span_s, limits.long_span_s)
    for shift in ordered:
        if last_end_s is not None and shift.begins_s - last_end_s < limits.daily_rest_s:
            rest_s = shift.begins_s - last_end_s
            told = sentences.rest(rest_s, limits.daily_rest_s, before="före passet")
            opens, closes = sorted((last_end_s, shift.begins_s))
            yield Breach("daily_rest", section, shift.id, opens, closes, told)
    for span in spans(ordered, limits.daily_rest_s):
        until = span[0].begins_s
        for place, shift in enumerate(span):
            if shift.length_s > longest_s:
                told = sentences.too_long(shift.length_s, longest_s)
                yield Breach("daily_rest", section, shift.id, shift.begins_s, shift.ends_s, told)
            rest_s, until = shift.begins_s - until, max(until, shift.ends_s)
            if place and until - span[0].begins_s > limits.max_span_s:
                yield _too_long_a_span(span[0], shift, rest_s, until, limits)


def _too_long_a_span(
    first: WorkedShift, shift: WorkedShift, rest_s: int, until: int, limits: Limits
) -> Breach:
    least_s = limits.daily_rest_s or 0
    length_s = until - first.begins_s
    over_s = length_s - limits.max_span_s
    section = limits.section("daily_rest")
    cannot_end_earlier = rest_s < 0 or over_s >= shift.length_s
    if cannot_end_earlier or least_s - rest_s <= over_s:
        opens, closes = sorted((shift.begins_s - rest_s, shift.begins_s))
        return Breach("daily_rest", section, shift.id, opens, closes, sentences.rest(rest_s, least_s))
    told = sentences.span(length_s, limits.max_span_s)
    return Breach("daily_rest", section, shift.id, first.begins_s, until, told)


def compensatory_rest(ordered: Sequence[WorkedShift], limits: Limits) -> Iterator[Breach]:
    """Told at the shift that begins too soon after a long one, with the rest that is too short."""
    if limits.daily_rest_s is None:
        return
    after = _following(ordered)
    for place, shift in enumerate(ordered):
        following = after[place]
        if following is None or shift.length_s <= limits.max_span_s:
            continue
        rest_s = following.begins_s - shift.ends_s
        if rest_s < shift.length_s:
            opens, closes = sorted((shift.ends_s, following.begins_s))
            told = sentences.compensation(rest_s, shift.length_s)
            section = limits.section("compensatory_rest")
            yield Breach("compensatory_rest", section, following.id, opens, closes, told)


def _following(ordered: Sequence[WorkedShift]) -> list[WorkedShift | None]:
    """For each shift the first after it that ends later: the one that ends the rest."""
    found: list[WorkedShift | None] = [None] * len(ordered)
    waiting: list[int] = []
    for place, shift in enumerate(ordered):
        while waiting and ordered[waiting[-1]].ends_s < shift.ends_s:
            found[waiting.pop()] = shift
        waiting.append(place)
    return found


def weekly_rest(
    ordered: Sequence[WorkedShift], limits: Limits, horizon: Horizon, last_end_s: int | None = None
) -> Iterator[Breach]:
    """Told for the week, at the shift that leaves the longest rest when somebody else takes it."""
    if limits.weekly_rest_s is None:
        return
    for opens, closes in horizon.week_bounds:
        free_from = max(opens, last_end_s or opens)
        week = [shift for shift in ordered if shift.begins_s < closes and shift.ends_s > opens]
        longest_s = longest_free(week, free_from, closes)
        if not week or longest_s >= limits.weekly_rest_s:
            continue
        without_s, given = _rest_without_one(week, free_from, closes)
        told = sentences.weekly_rest(longest_s, limits.weekly_rest_s, max(without_s, longest_s))
        yield Breach("weekly_rest", limits.section("weekly_rest"), given.id, opens, closes, told)


def longest_free(ordered: Iterable[WorkedShift], opens: int, closes: int) -> int:
    """The longest unbroken time without a shift between two moments, in seconds."""
    longest, free_from = 0, opens
    for shift in ordered:
        longest = max(longest, min(shift.begins_s, closes) - free_from)
        free_from = max(free_from, shift.ends_s)
    return max(longest, closes - free_from)


def _rest_without_one(week: Sequence[WorkedShift], opens: int, closes: int) -> tuple[int, WorkedShift]:
    """The longest rest that one shift leaves when it is taken away, and the shift: of equals the shortest, the first."""
    busy_until, reached = [], opens
    for shift in week:
        busy_until.append(reached)
        reached = max(reached, shift.ends_s)
    busy_from = [*(min(shift.begins_s, closes) for shift in week[1:]), closes]
    rooms = [busy_from[place] - busy_until[place] for place in range(len(week))]
    place = min(range(len(week)), key=lambda one: (-rooms[one], week[one].length_s, one))
    return rooms[place], week[place]


def ordinary_hours(ordered: Sequence[WorkedShift], limits: Limits, horizon: Horizon) -> Iterator[Breach]:
    """Told for the block, at the shift with which the limit is passed."""
    if limits.ordinary_s is None:
        return
    for block in horizon.blocks:
        most_s = limits.ordinary_s * block.weeks // 4
        yield from _sum_over(ordered, block, "ordinary_hours", "Arbetstiden", most_s, _active, limits)


def on_call(ordered: Sequence[WorkedShift], limits: Limits, horizon: Horizon) -> Iterator[Breach]:
    """Told for the block, at the shift with which the limit is passed."""
    if limits.on_call_s is None:
        return
    for block in horizon.blocks:
        yield from _sum_over(ordered, block, "on_call", "Jouren", limits.on_call_s, _jour, limits)


def _active(shift: WorkedShift) -> int:
    return shift.active_s


def _jour(shift: WorkedShift) -> int:
    return shift.on_call_s


def _sum_over(  # noqa: PLR0917  # a sum is told by all of these
    ordered: Sequence[WorkedShift],
    block: Block,
    rule: str,
    what: str,
    most_s: int,
    length: Callable[[WorkedShift], int],
    limits: Limits,
) -> Iterator[Breach]:
    mine = [shift for shift in ordered if shift.day in block]
    worked_s = sum(length(shift) for shift in mine)
    if worked_s > most_s:
        told = sentences.hours_over(what, worked_s, block.weeks, most_s)
        passed = shift_over(mine, most_s, length)
        yield Breach(rule, limits.section(rule), passed.id, block.begins_s, block.ends_s, told)


def shift_over(
    ordered: Sequence[WorkedShift], most_s: int, length: Callable[[WorkedShift], int]
) -> WorkedShift:
    """The first shift with which the sum is more than the limit; the sum of all is known to be."""
    so_far = 0
    for shift in ordered:
        so_far += length(shift)
        if so_far > most_s and length(shift):
            return shift
    return ordered[-1]


def average_hours(
    ordered: Sequence[WorkedShift], limits: Limits, horizon: Horizon, left_s: int | None
) -> Iterator[Breach]:
    """Told for the horizon, at the shift with which what is left is used up."""
    total_s = sum(shift.total_s for shift in ordered)
    if left_s is None or total_s == 0 or total_s <= left_s:
        return
    passed = shift_over(ordered, left_s, lambda shift: shift.total_s)
    opens, closes = horizon.week_bounds[0][0], horizon.week_bounds[-1][1]
    section = limits.section("average_hours")
    yield Breach("average_hours", section, passed.id, opens, closes, sentences.average(total_s, left_s))


def consecutive_days(ordered: Sequence[WorkedShift], limits: Limits) -> Iterator[Breach]:
    """One for each run of days that is too long, at the first shift of the first day too many."""
    if limits.max_days is not None:
        yield from _runs_over(ordered, limits.max_days, "consecutive_days", limits, nights=False)


def consecutive_nights(ordered: Sequence[WorkedShift], limits: Limits) -> Iterator[Breach]:
    """One for each run of nights that is too long, at the first night shift too many."""
    if limits.max_nights is not None:
        night_shifts = [shift for shift in ordered if shift.is_night]
        yield from _runs_over(night_shifts, limits.max_nights, "consecutive_nights", limits, nights=True)


def _runs_over(
    ordered: Sequence[WorkedShift], most: int, rule: str, limits: Limits, *, nights: bool
) -> Iterator[Breach]:
    by_day: dict[date, list[WorkedShift]] = {}
    for shift in ordered:
        by_day.setdefault(shift.day, []).append(shift)
    for run in _runs(sorted(by_day)):
        if len(run) > most:
            told = sentences.in_a_row(len(run), most, run[most :: most + 1], nights=nights)
            opens = by_day[run[0]][0].begins_s
            closes = max(shift.ends_s for shift in by_day[run[-1]])
            yield Breach(rule, limits.section(rule), by_day[run[most]][0].id, opens, closes, told)


def _runs(days: Sequence[date]) -> Iterator[list[date]]:
    """Days that follow each other, together."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] > timedelta(days=1):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def weekends(ordered: Sequence[WorkedShift], limits: Limits, horizon: Horizon) -> Iterator[Breach]:
    """One for each block with too many weekends, at the first shift of the first weekend too many."""
    if limits.max_weekends is None:
        return
    first_of: dict[date, WorkedShift] = {}
    for shift in ordered:
        for saturday in shift.weekends:
            first_of.setdefault(saturday, shift)
    for block in horizon.blocks:
        worked = [saturday for saturday in sorted(first_of) if saturday in block]
        extra = worked[limits.max_weekends :]
        if extra:
            told = sentences.weekends(len(worked), limits.max_weekends, extra)
            passed = first_of[extra[0]].id
            section = limits.section("weekends")
            yield Breach("weekends", section, passed, block.begins_s, block.ends_s, told)
