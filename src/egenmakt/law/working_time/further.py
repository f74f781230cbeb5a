"""What a roster alone does not show: breaks, overtime, long averages, and when changes were told.

Guarantees: each function gives every breach of its rule, by the rules of the book (`rules`), with the values of the day.
They take what has to be known beside the roster: when breaks were taken, which time was overtime, who agreed.
Raises NoParameter for days the law kept here does not reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, cast

from egenmakt.law.calendar import after_months
from egenmakt.law.lss.needs import Answer
from egenmakt.law.parameters import parameter
from egenmakt.law.working_time import rules
from egenmakt.law.working_time.limits import HOUR, Limits
from egenmakt.law.working_time.sentences import spoken
from egenmakt.law.working_time.shifts import (
    BLOCK_WEEKS,
    DAY_S,
    WEEK_DAYS,
    Breach,
    WorkedShift,
    in_order,
    second_of,
)

BLOCK_DAYS = BLOCK_WEEKS * WEEK_DAYS


class Overtime(NamedTuple):
    """Time over the ordinary, on one day, in whole seconds.

    `general_s` and `extra_s` are overtime (ATL 8 and 8 a §§); `more_s` and `extra_more_s` what a part-timer works over
    the contract up to full time (mertid, 10 and 10 a §§).
    """

    day: date
    general_s: int = 0
    extra_s: int = 0
    more_s: int = 0
    extra_more_s: int = 0


@dataclass(frozen=True, slots=True)
class TimeOver:
    """Time worked over a contract: up to full time it is mertid, above that overtime."""

    more_s: int
    overtime_s: int


def time_over(worked_s: int, contract_s: int, full_time_s: int) -> TimeOver:
    """Which of the time over the contract is mertid and which is overtime (ATL 7 and 10 §§).

    All three are for the same period. Who is paid by the hour has a contract of 0.
    """
    full_s = max(contract_s, full_time_s)
    return TimeOver(
        more_s=max(0, min(worked_s, full_s) - contract_s),
        overtime_s=max(0, worked_s - full_s),
    )


def breaks(
    shift: WorkedShift, pauses: Iterable[tuple[int, int]], *, meal_pause_needed: Answer = Answer.UNKNOWN
) -> tuple[Breach, ...]:
    """More than five hours of work in a row without a break (ATL 15 and 16 §§).

    `pauses` are breaks and on-call rest, from and to in seconds since 1970. A meal pause at the workplace may take the
    place of a break where that is needed; while nobody has answered, it is a breach.
    """
    most = _value("work_without_break_hours", shift.day)
    found = []
    since = shift.begins_s
    for opens, closes in (*sorted(pauses), (shift.ends_s, shift.ends_s)):
        row_s = min(opens, shift.ends_s) - since
        if rules.break_kept(row_s, meal_pause_needed, most) is not Answer.YES:
            told = (
                f"Passet har {spoken(row_s)} arbete i följd utan rast, det får vara högst {spoken(most * HOUR)}. "
                "Lägg in en rast, eller ett måltidsuppehåll om en rast inte går att ordna."
            )
            found.append(Breach("breaks", "ATL 15 §", shift.id, since, since + row_s, told))
        since = max(since, closes)
    return tuple(found)


def overtime(
    worked: Sequence[Overtime],
    first: date,
    *,
    special_reasons: Answer = Answer.UNKNOWN,
    special_reasons_for_more: Answer = Answer.UNKNOWN,
) -> tuple[Breach, ...]:
    """Overtime and mertid over the limits (ATL 8, 8 a, 10 and 10 a §§).

    Overtime is kept within 48 hours in every four weeks, counted from `first`, or within 50 hours in every calendar
    month. A year over 200 hours needs special reasons; while nobody has answered for them, it is a breach. `shift` of
    these breaches is empty: they belong to a period.
    """
    overtime_s: Counter[int] = Counter()
    more_s: Counter[int] = Counter()
    for one in worked:
        overtime_s[one.day.year] += one.general_s + one.extra_s
        more_s[one.day.year] += one.more_s + one.extra_more_s
    of_overtime = ("overtime_year", "ATL 8 och 8 a §§", "Övertiden")
    of_more = ("more_time_year", "ATL 10 och 10 a §§", "Mertiden")
    return (
        *_overtime_of_months(worked, first),
        *_over_the_year(overtime_s, rules.overtime_in_year_allowed, of_overtime, special_reasons),
        *_over_the_year(more_s, rules.more_time_allowed, of_more, special_reasons_for_more),
    )


def _overtime_of_months(worked: Sequence[Overtime], first: date) -> Iterator[Breach]:
    by_block: Counter[int] = Counter()
    by_month: Counter[date] = Counter()
    for one in worked:
        by_block[(one.day - first).days // BLOCK_DAYS] += one.general_s + one.extra_s
        by_month[one.day.replace(day=1)] += one.general_s + one.extra_s
    if not by_month:
        return
    last = max(by_month)
    in_block = _value("overtime_hours_four_weeks", last)
    in_month = _value("overtime_hours_month", last)
    most_in_block, most_in_month = max(by_block.values()), max(by_month.values())
    if rules.overtime_in_month_allowed(most_in_block, most_in_month, in_block, in_month):
        return
    for month, seconds in sorted(by_month.items()):
        if seconds > in_month * HOUR:
            told = (
                f"Övertiden är {spoken(seconds)} under månaden, den får vara högst {spoken(in_month * HOUR)}, "
                f"eller {spoken(in_block * HOUR)} på fyra veckor. Flytta {spoken(seconds - in_month * HOUR)} till "
                "någon annan."
            )
            yield _of_days("overtime_month", "ATL 8 §", month, after_months(month, 1), told)


def _over_the_year(
    by_year: Mapping[int, int],
    allowed: Callable[[int, Answer, int, int], Answer],
    said: tuple[str, str, str],
    special_reasons: Answer,
) -> Iterator[Breach]:
    rule, section, what = said
    for year, seconds in sorted(by_year.items()):
        opens, closes = date(year, 1, 1), date(year + 1, 1, 1)
        most = _value("overtime_hours_year", opens)
        extra = _value("extra_overtime_hours_year", opens)
        answer = allowed(seconds, special_reasons, most, extra)
        if answer is Answer.YES:
            continue
        told = f"{what} är {spoken(seconds)} under året, den får vara högst {spoken(most * HOUR)}"
        if seconds > (most + extra) * HOUR:
            told += f", och {spoken((most + extra) * HOUR)} vid särskilda skäl. Flytta tid till någon annan."
        else:
            told += " utan särskilda skäl. Dokumentera skälen eller flytta tid till någon annan."
        yield _of_days(rule, section, opens, closes, told)


def average_left_s(worked_s: int, first: date, end: date) -> int:
    """What is left of 48 hours per seven days from `first` to the day before `end`; below zero when overdrawn.

    `worked_s` is work, on-call time, overtime, holiday and sick leave so far (ATL 10 b §).
    """
    return _value("total_hours", first) * HOUR * (end - first).days // WEEK_DAYS - worked_s


def total_time(
    shifts: Sequence[WorkedShift],
    first: date,
    end: date,
    *,
    absent_s: int = 0,
    agreement_lengthens: bool = False,
) -> Breach | None:
    """More than 48 hours per seven days on average, or an average over too many months (ATL 10 b §).

    The period is from `first` to the day before `end`; a shift counts whole where it begins. `absent_s` is holiday and
    sick leave, which count as worked.
    """
    mine = [shift for shift in in_order(shifts) if first <= shift.day < end]
    total_s = absent_s + sum(shift.total_s for shift in mine)
    days = (end - first).days
    weekly_s = -(-total_s * WEEK_DAYS // days)
    months = _months(first, end)
    most = _value("total_hours", first)
    longest = _value("total_averaging_months", first)
    by_agreement = _value("total_averaging_months_by_agreement", first)
    if rules.total_time_allowed(weekly_s, months, agreement_lengthens, most, longest, by_agreement):
        return None
    over_s = max(0, total_s - most * HOUR * days // WEEK_DAYS)
    told = (
        f"Den sammanlagda arbetstiden är {spoken(weekly_s)} per sju dagar i genomsnitt, den får vara högst "
        f"{spoken(most * HOUR)}. Ge minst {spoken(over_s)} till någon annan."
        if over_s
        else f"Genomsnittet räknas över {months} månader, det får vara högst "
        f"{by_agreement if agreement_lengthens else longest}. Räkna över kortare tid."
    )
    return _of_days("total_time", "ATL 10 b §", first, end, told, mine[-1].id if mine else "")


def night_average(
    shifts: Sequence[WorkedShift], first: date, end: date, *, third_of_year_at_night: bool = False
) -> Breach | None:
    """A night worker who works more than eight hours per 24 on average, over at most four months (ATL 13 a §).

    A night worker is one who in more than half of the shifts works three hours at night, or a third of the year. The
    average is over the days of the period less one for each week begun in it, which is the weekly rest; no source kept
    here confirms that deduction.
    """
    mine = [shift for shift in in_order(shifts) if first <= shift.day < end]
    least = _value("night_worker_hours", first)
    nights = sum(shift.is_night for shift in mine)
    usual_s = least * HOUR if 2 * nights > len(mine) else 0
    days = (end - first).days
    counted = days - -(-days // WEEK_DAYS)
    average_s = -(-sum(shift.total_s for shift in mine) // max(1, counted))
    most = _value("night_hours", first)
    is_night_worker = rules.night_worker(usual_s, third_of_year_at_night, least)
    if rules.night_time_allowed(is_night_worker, average_s, most):
        return None
    over_s = (average_s - most * HOUR) * counted
    told = (
        f"Nattarbetet är {spoken(average_s)} per dygn i genomsnitt, det får vara högst {spoken(most * HOUR)}. "
        f"Ge minst {spoken(over_s)} till någon annan."
    )
    return _of_days("night_average", "ATL 13 a §", first, end, told, mine[-1].id)


def notice(shift: WorkedShift, told_on: date, *, unforeseen_change: Answer = Answer.UNKNOWN) -> Breach | None:
    """A change of the roster told less than two weeks before the shift (ATL 12 §).

    Shorter notice needs work of a kind, or something unforeseen, that gives cause; while nobody has answered, it is a
    breach.
    """
    weeks = _value("schedule_notice_weeks", shift.day)
    days = (shift.day - told_on).days
    if rules.schedule_told_in_time(days, unforeseen_change, weeks) is Answer.YES:
        return None
    told = (
        f"Ändringen meddelades {max(0, days)} dagar före passet, det ska vara minst {weeks * WEEK_DAYS}. "
        "Kom överens med assistenten eller behåll det gamla schemat."
    )
    opens = second_of(datetime.combine(told_on, time()))
    return Breach("notice", "ATL 12 §", shift.id, min(opens, shift.begins_s), shift.begins_s, told)


def averaged_rest(
    shifts: Sequence[WorkedShift], limits: Limits, first: date, days: int
) -> tuple[Breach, ...]:
    """Daily rest that an agreement counts on average: over its days, counted from `first`, it is at least the limit.

    Each day on which work begins has one rest: the longest in the 24 hours from the first shift of that day, which are
    at most 24. Days without work are not counted, so that they cannot hide short rests. That a rest also has a least
    length is the rule `daily_rest` with the same limits.
    """
    if limits.averaged_rest_s is None:
        return ()
    ordered = in_order(shifts)
    found = []
    for start in range(0, days, limits.averaged_rest_days):
        opens = first + timedelta(days=start)
        closes = first + timedelta(days=min(days, start + limits.averaged_rest_days))
        begun: dict[date, WorkedShift] = {}
        for shift in ordered:
            if opens <= shift.day < closes:
                begun.setdefault(shift.day, shift)
        rests = [(_rest_of_day(ordered, shift), shift) for shift in begun.values()]
        total_s = sum(rest_s for rest_s, _ in rests)
        missing_s = limits.averaged_rest_s * len(rests) - total_s
        if missing_s > 0:
            shortest = min(rests, key=lambda one: one[0])[1]
            told = (
                f"Dygnsvilan är {spoken(total_s // len(rests))} i genomsnitt, den ska vara minst "
                f"{spoken(limits.averaged_rest_s)}. Lägg till {spoken(missing_s)} vila under perioden."
            )
            section = limits.section("averaged_rest")
            found.append(_of_days("averaged_rest", section, opens, closes, told, shortest.id))
    return tuple(found)


def _rest_of_day(ordered: Sequence[WorkedShift], first: WorkedShift) -> int:
    """The longest rest in the 24 hours from the beginning of a shift."""
    closes = first.begins_s + DAY_S
    longest, free_from = 0, first.ends_s
    for shift in ordered:
        if first.begins_s < shift.begins_s < closes:
            longest = max(longest, shift.begins_s - free_from)
            free_from = max(free_from, shift.ends_s)
    return max(longest, closes - free_from)


def _months(first: date, end: date) -> int:
    """How many calendar months, begun ones counted, from the first day to the day before the end."""
    months = 0
    while after_months(first, months) < end:
        months += 1
    return months


def _of_days(  # noqa: PLR0917  # the parts of a breach
    rule: str, section: str | None, opens: date, closes: date, told: str, shift: str = ""
) -> Breach:
    begins, ends = (second_of(datetime.combine(day, time())) for day in (opens, closes))
    return Breach(rule, section, shift, begins, ends, told)


def _value(name: str, day: date) -> int:
    return cast(int, parameter(name).at(day).value)


__all__ = [
    "Overtime",
    "TimeOver",
    "average_left_s",
    "averaged_rest",
    "breaks",
    "night_average",
    "notice",
    "overtime",
    "time_over",
    "total_time",
]
