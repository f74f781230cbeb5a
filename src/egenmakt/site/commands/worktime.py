"""`egenmakt worktime FILE`: a month of worked time as Försäkringskassan counts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.law.parameters import NoParameter
from egenmakt.law.worked_time import Entry, EntryError, Kind, MonthRefused, Row, WorkedMonth, count_month
from egenmakt.site.commands.clock_times import FOLDS, clock_times
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields

MOST_ENTRIES = 10_000


def run(arguments: Sequence[str]) -> int:
    """Read a month's entries, print sums and rows. Exit 0 computed, 2 wrong input, 3 no rule then."""
    try:
        document, repeated = read_document(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    errors = list(repeated)
    fields = Fields(document, errors)
    fields.only(["month", "entries"])
    month = fields.month("month")
    read = [(place, _entry(entry)) for place, entry in enumerate(fields.objects("entries", MOST_ENTRIES))]
    entries = {place: entry for place, entry in read if entry is not None}
    try:
        worked = _count(month, entries, errors)
    except SummerTimeUnknown as error:
        return refuse(errors) if errors else no_answer("entries", str(error))
    except NoParameter as error:
        return refuse(errors) if errors else no_answer("month", error.message, name=error.name)
    if errors or worked is None:
        return refuse(errors)
    print_document(_answer(worked))
    return DONE


def _count(month: date | None, entries: dict[int, Entry], errors: list[InputRefused]) -> WorkedMonth | None:
    """The month, or None with the errors of the entries added, also beside entries that could not be read."""
    if month is None:
        return None
    places = list(entries)
    try:
        return count_month(month, list(entries.values()))
    except MonthRefused as refused:
        errors.extend(_located(error, places) for error in refused.errors)
        return None


def _located(error: EntryError, places: Sequence[int]) -> InputRefused:
    path = f"entries[{places[error.index]}]" + (f".{error.field}" if error.field else "")
    message = error.message
    if error.other is not None:
        message = f"{message[:-1]} (entries[{places[error.other]}])."
    return InputRefused(path, message)


def _entry(fields: Fields) -> Entry | None:
    fields.only(["from", "to", "kind"], FOLDS)
    times = clock_times(fields)
    kind = fields.one_of("kind", [kind.value for kind in Kind])
    if times is None or kind is None:
        return None
    return Entry(*times, Kind(kind))


def _answer(worked: WorkedMonth) -> dict[str, object]:
    return {
        "month": f"{worked.month:%Y-%m}",
        "active_s": worked.seconds[Kind.ACTIVE],
        "waiting_s": worked.seconds[Kind.WAITING],
        "standby_s": worked.seconds[Kind.STANDBY],
        "payable_s": worked.payable_s,
        "outside_month_s": worked.outside_s,
        "rows": [_row(row) for row in worked.rows],
        "findings": [worked.finding.to_json()],
        "unverified": list(worked.unverified),
    }


def _row(row: Row) -> dict[str, object]:
    """A line of the report. The fold is shown where a clock time is the second of two."""
    shown: dict[str, object] = {"day": row.day, "from": row.begins, "to": row.ends, "kind": row.kind.value}
    if row.begins_fold:
        shown["from_fold"] = row.begins_fold
    if row.ends_fold:
        shown["to_fold"] = row.ends_fold
    return shown
