"""The book of sick pay."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss.needs import Answer
from egenmakt.law.sick_pay import rules


@cache
def book() -> Book:
    """The book of sick pay, built when it is first asked for."""
    return Book.of("sick_pay", "Sjuklön och merkostnad", Answer, rules)
