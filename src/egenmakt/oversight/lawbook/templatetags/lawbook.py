"""How a value of the law is written for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from egenmakt.foundation.ui.dates import hours_long, short_date
from egenmakt.law.parameters.model import Dated, KeyKind, Parameter

register = template.Library()

_UNITS = {
    "SEK": "kr", "SEK/h": "kr i timmen", "h/week": "timmar i veckan", "years": "år", "months": "månader",
    "weeks": "veckor", "days": "dagar", "percent": "procent", "count": "", "share": "",
}  # fmt: skip
_PARTS = {
    "basic_s_per_day": "grundläggande behov", "other_s_per_day": "andra behov", "minimum": "lägst", "maximum": "högst",
}  # fmt: skip


@register.filter
def law_value(value: Dated, unit: str) -> str:
    """The value with its unit in Swedish: "347,70 kr i timmen", "grundläggande behov 1 h 15 min om dagen"."""
    if isinstance(value.value, Mapping):
        return ", ".join(f"{_PARTS.get(name, name)} {_one(part, unit)}" for name, part in value.value.items())
    return _one(value.value, unit)


def _one(value: int | Decimal, unit: str) -> str:
    if unit == "s/day":
        return _("%(time)s om dagen") % {"time": hours_long(int(value))}
    if unit == "divisor":
        return _("en %(number)s-del") % {"number": value}
    if unit == "share":
        return f"{Decimal(value) * 100:.2f} %".replace(".", ",")
    number = f"{value:,}".replace(",", "\u00a0").replace(".", ",")
    return f"{number} {_UNITS.get(unit, unit)}".strip()


@register.filter
def for_whom(value: Dated, parameter: Parameter | None) -> str:
    """For whom the value holds: "1–6 år", "födda 1958-01-01–1959-12-31", or everyone."""
    if parameter is None or parameter.key is KeyKind.NONE or (value.low is None and value.high is None):
        return _("alla")
    if parameter.key is KeyKind.BORN:
        ends = [short_date(date.fromordinal(one)) if one else "" for one in (value.low, value.high)]
        return _("födda %(from)s–%(to)s") % {"from": ends[0], "to": ends[1]}
    low, high = value.low, value.high
    if high is None:
        return _("%(age)s år och äldre") % {"age": low}
    return _("%(age)s år") % {"age": low if low == high else f"{low or 0}–{high}"}
