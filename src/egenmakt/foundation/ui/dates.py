"""Dates and lengths of time as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egenmakt.foundation.clock import SWEDEN

MINUS = "\u2212"
DASH = "\u2013"
FIXED_SPACE = "\u00a0"


def hours(seconds: int) -> str:
    """`15:45`; seconds are dropped, never rounded up, so that no sum looks larger than it is."""
    minutes = abs(seconds) // 60
    sign = MINUS if seconds < 0 and minutes else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def hours_long(seconds: int) -> str:
    """`15 h 45 min`, `45 min`, `20 h`, `0 min`."""
    whole, minutes = divmod(abs(seconds) // 60, 60)
    parts = ([f"{whole}{FIXED_SPACE}h"] if whole else []) + (
        [f"{minutes}{FIXED_SPACE}min"] if minutes or not whole else []
    )
    sign = MINUS if seconds < 0 and (whole or minutes) else ""
    return sign + FIXED_SPACE.join(parts)


def hours_spoken(seconds: int) -> str:
    """`15 timmar 45 minuter`: for those who listen."""
    whole, minutes = divmod(abs(seconds) // 60, 60)
    parts = []
    if whole:
        parts.append(_("1 timme") if whole == 1 else _("%(count)s timmar") % {"count": whole})
    if minutes or not whole:
        parts.append(_("1 minut") if minutes == 1 else _("%(count)s minuter") % {"count": minutes})
    return (_("minus") + " " if seconds < 0 and (whole or minutes) else "") + " ".join(parts)


def hours_change(seconds: int) -> str:
    """`+1 h 10 min`, `−30 min`, `oförändrat`."""
    if abs(seconds) < 60:
        return _("oförändrat")
    return hours_long(seconds) if seconds < 0 else f"+{hours_long(seconds)}"


def long_date(day: date) -> str:
    """`21 november 2026`."""
    return date_format(_local(day), "j F Y").replace(" ", FIXED_SPACE)


def short_date(day: date) -> str:
    """`21 nov 2026`."""
    return _cased(date_format(_local(day), "j M Y").replace(".", "")).replace(" ", FIXED_SPACE)


def weekday_date(day: date) -> str:
    """`lördag 21 november`."""
    return _cased(date_format(_local(day), "l j F"))


def clock_time(moment: datetime) -> str:
    """`14:03`, in Sweden."""
    return _local(moment).strftime("%H:%M")


def moment(when: datetime) -> str:
    """`21 november 2026 kl. 14:03`."""
    return _("%(day)s kl. %(time)s") % {"day": long_date(when), "time": clock_time(when)}


def period(first: date | None, last: date | None) -> str:
    """`1 mars–30 april 2026`, `från 1 mars 2026`, `till 30 april 2026`; last day inclusive."""
    if first and last:
        if first == last:
            return long_date(first)
        if first.year == last.year:
            if first.month == last.month:
                return f"{first.day}{DASH}{long_date(last)}"
            return f"{date_format(first, 'j F')}{DASH}{long_date(last)}".replace(" ", FIXED_SPACE)
        return f"{long_date(first)}{DASH}{long_date(last)}"
    if first:
        return _("från %(day)s") % {"day": long_date(first)}
    if last:
        return _("till %(day)s") % {"day": long_date(last)}
    return _("tills vidare")


def _cased(words: str) -> str:
    """Days and months have small letters, but in English their capitals."""
    return words if get_language() == "en" else words.lower()


def _local(day: Any) -> Any:
    """A moment as the clock on the wall in Sweden; a date as it is."""
    if isinstance(day, datetime) and day.tzinfo is not None:
        return day.astimezone(SWEDEN)
    return day
