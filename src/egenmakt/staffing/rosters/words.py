"""How shifts, days and numbers of things are said in Swedish when a roster is explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from egenmakt.staffing.rosters.instance import Shift

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
NUMBERS = (
    *("noll", "en", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)
MANY_DAYS = 300  # of a longer run the years are told too
NAMED = 4  # so many names are told; of more, the number


def number(count: int) -> str:
    """A small number in letters (en, två … tolv), a larger one in figures."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """`ett pass`, `tre pass`: `one` is told whole, `many` after the number."""
    return one if count == 1 else f"{number(count)} {many}"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a och b`, `a, b och c`."""
    return " och ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def day(one: date) -> str:
    """`12 december`."""
    return f"{one.day} {MONTHS[one.month - 1]}"


def days(some: Iterable[date]) -> str:
    """`5 december`, `5–7 december`, `30 november–4 december`, `5, 12 och 19 december`, each day once and in order."""
    runs: list[list[date]] = []
    for one in sorted(set(some)):
        if runs and one - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(one)
        else:
            runs.append([one])
    told = []
    for place, run in enumerate(runs):
        following = runs[place + 1][0] if place + 1 < len(runs) else None
        first, last = run[0], run[-1]
        if (last - first).days > MANY_DAYS:
            told.append(f"{day(first)} {first.year}–{day(last)} {last.year}")
            continue
        same = following is not None and len({(one.year, one.month) for one in (first, last, following)}) == 1
        end = str(last.day) if same else day(last)
        begin = str(first.day) if (first.year, first.month) == (last.year, last.month) else day(first)
        told.append(end if first == last else f"{begin}–{end}")
    return listed(told)


def clock(shift: Shift) -> str:
    """`21.30–07.00`; of a shift of a day or more also the day it ends: `08.00–2 december 09.00`."""
    ends = f"{shift.ends:%H.%M}"
    if shift.ends - shift.begins >= timedelta(days=1):
        ends = f"{day(shift.ends.date())} {ends}"
    return f"{shift.begins:%H.%M}–{ends}"


def the_shift(shift: Shift) -> str:
    """`nattpasset lördag 12 december 21.30–07.00`, `passet måndag 30 november 07.00–15.00`."""
    what = "nattpasset" if shift.is_night else "passet"
    return f"{what} {WEEKDAYS[shift.day.weekday()]} {day(shift.day)} {clock(shift)}"


def amount(cost: Fraction) -> str:
    """A cost as it is said: `12`, `6,12`; at most two decimals, the rest cut off, but a small one is not nothing."""
    hundredths = max(floor(cost * 100), 1 if cost > 0 else 0)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def named(names: Sequence[str]) -> str:
    """The names of a few, the number of many."""
    return listed(names) if len(names) <= NAMED else number(len(names))


def sentence(text: str) -> str:
    """With a capital at the beginning and a full stop at the end."""
    return f"{text[:1].upper()}{text[1:]}."
