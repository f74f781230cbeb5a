"""Reading what is typed in one cell. Each function takes the text and gives the value, or raises Wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from egenmakt.casework.needs.models import Moment, Need, Per, SelfCare
from egenmakt.foundation.ui.forms import Unreadable, read_date, read_duration, read_number

# The most minutes there are in the time a moment comes back in; a month has at most 31 days, a year 366.
MINUTES_IN = {
    Per.DAY.value: 1440,
    Per.WEEK.value: 10_080,
    Per.FORTNIGHT.value: 20_160,
    Per.MONTH.value: 44_640,
    Per.YEAR.value: 527_040,
}
MOST_ASSISTANTS = 4
LONGEST_TEXT = int(Moment._meta.get_field("text").max_length or 0)
LONGEST_MET_BY = int(Moment._meta.get_field("met_by").max_length or 0)
_MOST_TIMES = Decimal(9999)
_TWO_DECIMALS = Decimal("0.01")
_NEEDS = frozenset(Need.values)
_SELF_CARE = frozenset(SelfCare.values)


class Wrong(ValueError):
    """The cell cannot be used as it is. `missing`: nothing is typed yet. The message says in Swedish what to do."""

    def __init__(self, message: str | Promise, *, missing: bool = False) -> None:
        super().__init__(message)
        self.message = str(message)
        self.missing = missing


def line(text: str, longest: int, required: str | Promise = "") -> str:
    """A text on one line."""
    read = " ".join(text.split())
    if not read and required:
        raise Wrong(required, missing=True)
    if len(read) > longest:
        raise Wrong(
            _("Skriv högst %(most)s tecken. Nu är det %(now)s.") % {"most": longest, "now": len(read)}
        )
    return read


def minutes(text: str, *, required: bool = True) -> Decimal:
    """Minutes with at most two decimals: `2,5`, `2:30` (two hours and a half), `1 h 15 min`, `45 min`."""
    wanted = text.strip()
    if not wanted:
        if required:
            raise Wrong(_("Skriv hur många minuter det tar varje gång."), missing=True)
        return Decimal(0)
    try:
        read = read_number(wanted)
    except Unreadable:
        try:
            read = Decimal(read_duration(wanted, "minutes")) / 60
        except Unreadable as error:
            raise Wrong(
                _(
                    "”%(text)s” går inte att läsa som en tid. Skriv minuter, till exempel 20 eller 2,5, eller 1:15."
                )
                % {"text": _short(wanted)}
            ) from error
    if read < 0 or read > MINUTES_IN[Per.YEAR.value] // 10:
        raise Wrong(_("Skriv ett antal minuter från 0 och uppåt."))
    if read != read.quantize(_TWO_DECIMALS):
        raise Wrong(_("Skriv minuterna med högst två decimaler."))
    return read


def times(text: str) -> Decimal:
    """How many times, with at most two decimals."""
    if not text.strip():
        raise Wrong(_("Skriv hur många gånger."), missing=True)
    try:
        read = read_number(text)
    except Unreadable as error:
        raise Wrong(
            _("”%(text)s” är inte ett antal. Skriv till exempel 2 eller 3,5.") % {"text": _short(text)}
        ) from error
    if read < 0 or read > _MOST_TIMES or read != read.quantize(_TWO_DECIMALS):
        raise Wrong(_("Skriv ett antal från 0 till 9999, med högst två decimaler."))
    return read


def whole(text: str, least: int, most: int, required: str | Promise) -> int:
    """A whole number within bounds."""
    if not text.strip():
        raise Wrong(required, missing=True)
    try:
        read = read_number(text)
    except Unreadable:
        read = Decimal("0.5")
    if read != read.to_integral_value() or not least <= read <= most:
        raise Wrong(_("Skriv ett helt tal från %(least)s till %(most)s.") % {"least": least, "most": most})
    return int(read)


def whole_minutes(text: str) -> int:
    """Whole minutes of a day and night, typed like other minutes; nothing typed is none."""
    read = minutes(text, required=False)
    if read != read.to_integral_value() or read > MINUTES_IN[Per.DAY.value]:
        raise Wrong(_("Skriv hela minuter, högst ett dygn. Till exempel 480 eller 8:00."))
    return int(read)


def need(text: str) -> str:
    """One of the needs by its code."""
    if not text:
        raise Wrong(_("Välj vilket behov hjälpen gäller."), missing=True)
    if text not in _NEEDS:
        raise Wrong(_("”%(text)s” är inget av behoven. Välj i listan.") % {"text": _short(text)})
    return text


def per(text: str) -> str:
    """How often, by its code."""
    if not text:
        raise Wrong(_("Välj hur ofta."), missing=True)
    if text not in MINUTES_IN:
        raise Wrong(
            _("”%(text)s” går inte att välja. Välj dag, vecka, två veckor, månad eller år.")
            % {"text": _short(text)}
        )
    return text


def yes_no(text: str) -> bool | None:
    """Yes, no, or not judged."""
    if text not in ("", "yes", "no"):
        raise Wrong(
            _("”%(text)s” går inte att välja. Välj ja, nej eller ej bedömt.") % {"text": _short(text)}
        )
    return {"yes": True, "no": False}.get(text)


def self_care(text: str) -> str:
    """Whether the help is health care, and whether it is assessed as self-care."""
    if text not in _SELF_CARE:
        raise Wrong(_("”%(text)s” går inte att välja för egenvård. Välj i listan.") % {"text": _short(text)})
    return text


def necessary(text: str) -> str:
    """What a measure is directly necessary for."""
    if text not in ("", "breathing", "medical", "tube_feeding"):
        raise Wrong(_("Välj i listan vad åtgärden är nödvändig för."))
    return text


def day(text: str, required: str | Promise = "") -> date | None:
    """A date in any of the usual ways."""
    if not text.strip():
        if required:
            raise Wrong(required, missing=True)
        return None
    try:
        read = read_date(text)
    except Unreadable as error:
        raise Wrong(_("Skriv datumet till exempel 2026-03-01 eller 1 mars 2026.")) from error
    if not 1990 <= read.year <= 2199:
        raise Wrong(_("Årtalet ska ligga mellan 1990 och 2199."))
    return read


def number_text(value: Decimal | int) -> str:
    """A number as people type it: `2,5`."""
    text = format(Decimal(value), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
