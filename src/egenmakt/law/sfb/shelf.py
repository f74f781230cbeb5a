"""The books of the state assistance allowance (SFB 51 and 106 kap.)."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss.needs import Answer
from egenmakt.law.sfb import amounts, payment, periods, stays


@cache
def shelf() -> tuple[Book, ...]:
    """The books in the order of the Code. Built when they are first asked for."""
    return (
        Book.of("periods", "Assistansersättningens tid", Answer, periods),
        Book.of("amounts", "Assistansersättningens belopp och kommunens del", Answer, amounts),
        Book.of("payment", "Utbetalning av assistansersättning", Answer, payment),
        Book.of("stays", "Sjukhus, institution, skola och gruppbostad", Answer, stays),
    )
