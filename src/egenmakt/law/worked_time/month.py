"""Counting one month of worked time. The guarantees and the rounding are in README.md beside this file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import cast

from egenmakt.law.calendar import ClockTimeMissing, after_months, is_repeated, moment, seconds_between
from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.parameters import parameter

SUMMER_TIME = Citation("förordningen (2001:127) om sommartid", "")
REPORTED = Citation("Försäkringskassans föreskrifter (FKFS 2016:4)", "5 och 6 §§")


class Kind(StrEnum):
    """Aktiv tid, väntetid, beredskap."""

    ACTIVE = "active"
    WAITING = "waiting"
    STANDBY = "standby"


SWEDISH = {Kind.ACTIVE: "aktiv tid", Kind.WAITING: "väntetid", Kind.STANDBY: "beredskap"}
DIVISORS = {Kind.WAITING: "waiting_divisor", Kind.STANDBY: "standby_divisor"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One stretch of worked time: Swedish clock times without zone, `fold=1` for the second of a repeated."""

    begins: datetime
    ends: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class EntryError:
    """What is wrong with the entry at `index`.

    `field` is `from`, `to`, `from_fold`, `to_fold`, or empty for the entry as a whole; `other` is the
    index of the entry it overlaps.
    """

    index: int
    field: str
    message: str
    other: int | None = None


class MonthRefused(ValueError):
    """The entries cannot be counted. `errors` holds every error."""

    def __init__(self, errors: Sequence[EntryError]) -> None:
        self.errors = tuple(errors)
        super().__init__(" ".join(error.message for error in errors))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the time report: clock times of one day as worked. `ends` is `24:00` at midnight."""

    day: int
    begins: str
    ends: str
    kind: Kind
    seconds: int
    begins_fold: int = 0
    ends_fold: int = 0


@dataclass(frozen=True, slots=True)
class WorkedMonth:
    """The month's sums in whole seconds, its rows in order of time, and why."""

    month: date
    seconds: dict[Kind, int]
    payable: dict[Kind, int]
    outside_s: int
    rows: tuple[Row, ...]
    finding: Finding
    unverified: tuple[str, ...]

    @property
    def payable_s(self) -> int:
        """Time that is paid for: active time and the converted part of waiting time and standby."""
        return sum(self.payable.values())


def count_month(month: date, entries: Sequence[Entry]) -> WorkedMonth:
    """Count the entries of the month that `month` is a day of.

    Raises `MonthRefused` with every error of the entries, `SummerTimeUnknown` before 1996, and `NoParameter`
    where a kind was used that the law of the month gives no divisor for.
    """
    first = month.replace(day=1)
    opens = datetime.combine(first, time())
    closes = datetime.combine(after_months(first, 1), time())
    errors = [
        error for index, entry in enumerate(entries) for error in _errors_of(index, entry, opens, closes)
    ]
    faulty = {error.index for error in errors}
    errors += _overlaps([(index, entry) for index, entry in enumerate(entries) if index not in faulty])
    if errors:
        raise MonthRefused(sorted(errors, key=lambda error: error.index))

    in_order = sorted(entries, key=lambda entry: moment(entry.begins))
    inside = [Entry(max(e.begins, opens), min(e.ends, closes), e.kind) for e in in_order]
    rows = tuple(row for entry in inside for row in _rows(entry))
    seconds = {kind: sum(row.seconds for row in rows if row.kind is kind) for kind in Kind}
    payable, findings, unverified = _convert(first, seconds)
    whole = sum(seconds_between(entry.begins, entry.ends) for entry in entries)
    return WorkedMonth(
        month=first,
        seconds=seconds,
        payable=payable,
        outside_s=whole - sum(seconds.values()),
        rows=rows,
        finding=_finding(first, seconds, payable, (*_clock_changes(inside), *findings)),
        unverified=unverified,
    )


def _errors_of(index: int, entry: Entry, opens: datetime, closes: datetime) -> Iterator[EntryError]:
    moments = {}
    for field, clock in (("from", entry.begins), ("to", entry.ends)):
        try:
            moments[field] = moment(clock)
        except ClockTimeMissing as missing:
            yield EntryError(index, field, f"{missing} Skriv 03:00 eller senare.")
        if clock.fold and not is_repeated(clock):
            yield EntryError(
                index,
                f"{field}_fold",
                f"{clock:%H:%M} kom bara en gång den dagen. fold 1 är 02:00–02:59 när sommartiden slutar.",
            )
    if len(moments) < 2:
        return
    if moments["to"] <= moments["from"]:
        yield EntryError(index, "to", "Passet ska sluta efter att det började.")
    elif entry.ends <= opens or entry.begins >= closes:
        yield EntryError(index, "", f"Passet ligger utanför {opens:%Y-%m}.")


def _overlaps(entries: Sequence[tuple[int, Entry]]) -> Iterator[EntryError]:
    """One error for each entry that begins before an earlier one has ended, naming that one."""
    in_order = sorted(entries, key=lambda item: (moment(item[1].begins), moment(item[1].ends), item[0]))
    longest: tuple[int, Entry] | None = None
    for index, entry in in_order:
        if longest is not None and moment(entry.begins) < moment(longest[1].ends):
            other = longest[1]
            yield EntryError(
                index,
                "",
                f"Passet överlappar passet {other.begins:%Y-%m-%d %H:%M}–{other.ends:%Y-%m-%d %H:%M}.",
                longest[0],
            )
        if longest is None or moment(entry.ends) > moment(longest[1].ends):
            longest = (index, entry)


def _rows(entry: Entry) -> Iterator[Row]:
    begins = entry.begins
    while True:
        midnight = datetime.combine(begins.date() + timedelta(days=1), time())
        ends = min(entry.ends, midnight)
        yield Row(
            day=begins.day,
            begins=f"{begins:%H:%M}",
            ends="24:00" if ends == midnight else f"{ends:%H:%M}",
            kind=entry.kind,
            seconds=seconds_between(begins, ends),
            begins_fold=begins.fold,
            ends_fold=ends.fold,
        )
        if ends == entry.ends:
            return
        begins = midnight


def _convert(
    month: date, seconds: dict[Kind, int]
) -> tuple[dict[Kind, int], tuple[Finding, ...], tuple[str, ...]]:
    payable = {Kind.ACTIVE: seconds[Kind.ACTIVE]}
    findings, unverified = [], []
    for kind, name in DIVISORS.items():
        if not seconds[kind]:
            payable[kind] = 0
            continue
        dated = parameter(name).at(month)
        divisor = cast("int", dated.value)
        payable[kind] = (2 * seconds[kind] + divisor) // (2 * divisor)
        if not dated.verified:
            unverified.append(name)
        findings.append(
            Finding(
                rule=f"{kind.value}_time",
                citation=dated.citation,
                outcome=Outcome.MET if dated.verified else Outcome.UNCLEAR,
                reason=(
                    f"{hours(seconds[kind])} {SWEDISH[kind]} räknas som {hours(payable[kind])} assistans: "
                    f"{divisor} timmar motsvarar en timme."
                ),
                facts={f"{kind.value}_s": seconds[kind], "divisor": divisor},
                result=payable[kind],
            )
        )
    return payable, tuple(findings), tuple(unverified)


def _clock_changes(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for each entry whose worked time differs from what its clock times seem to say."""
    for entry in entries:
        shown = int((entry.ends.replace(fold=0) - entry.begins.replace(fold=0)).total_seconds())
        worked = seconds_between(entry.begins, entry.ends)
        if shown != worked:
            change = "fram till sommartid" if worked < shown else "tillbaka till normaltid"
            yield Finding(
                rule="clock_change",
                citation=SUMMER_TIME,
                outcome=Outcome.MET,
                reason=(
                    f"Passet {entry.begins:%Y-%m-%d %H:%M}–{entry.ends:%H:%M} är {hours(worked)}: "
                    f"klockan ställdes {change} under passet."
                ),
                facts={"shown_s": shown},
                result=worked,
            )


def _finding(
    month: date, seconds: dict[Kind, int], payable: dict[Kind, int], children: tuple[Finding, ...]
) -> Finding:
    total = sum(payable.values())
    parts = ", ".join(f"{SWEDISH[kind]} {hours(seconds[kind])}" for kind in Kind if seconds[kind])
    return Finding(
        rule="worked_month",
        citation=REPORTED,
        outcome=Outcome.MET,
        reason=f"{month:%Y-%m}: {hours(total)} att få betalt för" + (f" ({parts})." if parts else "."),
        facts={f"{kind.value}_s": seconds[kind] for kind in Kind},
        result=total,
        children=children,
    )


def hours(seconds: int) -> str:
    """Time as people read it, `7:30`; with seconds where there are any, `0:08:34`."""
    minutes, rest = divmod(seconds, 60)
    shown = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{shown}:{rest:02d}" if rest else shown
