"""The books of the Administrative Procedure Act."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss.needs import Answer
from egenmakt.law.procedure import deciding, handling, reviewing, taking_part


@cache
def shelf() -> tuple[Book, ...]:
    """The books in the order of the Act. Built when they are first asked for."""
    return (
        Book.of("handling", "Handläggning", Answer, handling, taking_part),
        Book.of("deciding", "Beslut och underrättelse", Answer, deciding),
        Book.of("reviewing", "Ändring och överklagande", Answer, reviewing),
    )
