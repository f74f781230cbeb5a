"""Sums of many people's hours and money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template

from egenmakt.oversight.simulation.views import hours_in_words

register = template.Library()
register.filter("hours_of_many", hours_in_words)


@register.filter
def hours_of_all(seconds: int) -> str:
    """`2 345 678 h`: a sum, without a sign."""
    return hours_in_words(seconds).removeprefix("+")


@register.filter
def millions(kronor: Decimal) -> str:
    """`+12,3 mnkr`, `−0,4 mnkr`."""
    value = (kronor / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{abs(value):,}\u00a0mnkr".replace(",", "\u00a0").replace(".", ",")
