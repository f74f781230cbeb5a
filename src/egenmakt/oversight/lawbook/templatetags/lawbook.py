"""How a value of the law is written for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from egenmakt.foundation.ui.dates import hours_long, short_date
from egenmakt.law import CatalogueEntry
from egenmakt.law.parameters.model import Dated, KeyKind, Parameter

register = template.Library()

_UNITS = {
    "SEK": gettext_lazy("kr"), "SEK/h": gettext_lazy("kr i timmen"), "h/week": gettext_lazy("timmar i veckan"),
    "h": gettext_lazy("timmar"),
    "years": pgettext_lazy("antal", "år"), "months": gettext_lazy("månader"), "weeks": gettext_lazy("veckor"),
    "days": gettext_lazy("dagar"), "percent": gettext_lazy("procent"), "count": "", "share": "",
}  # fmt: skip
_PARTS = {
    "basic_s_per_day": gettext_lazy("grundläggande behov"), "other_s_per_day": gettext_lazy("andra behov"),
    "min": gettext_lazy("lägst"), "max": gettext_lazy("högst"),
    "new": gettext_lazy("ny verksamhet"), "change": gettext_lazy("ändrat tillstånd"),
}  # fmt: skip


@register.filter
def law_name(entry: CatalogueEntry) -> str:
    """What people call it: a parameter by its title, a rule by the first sentence it says."""
    if entry.kind == "parameter":
        return entry.title
    first, _dot, _rest = entry.sentence.partition(". ")
    return Truncator(first.removesuffix(".")).words(14, truncate=" …")


@register.filter
def law_value(value: Dated, unit: str) -> str:
    """The value with its unit in words: "347,70 kr i timmen", "grundläggande behov 1 h 15 min om dagen"."""
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
