"""The book of working time."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss.needs import Answer
from egenmakt.law.working_time import rules


@cache
def book() -> Book:
    """The book of working time, built when it is first asked for."""
    return Book.of("working_time", "Arbetstid", Answer, rules)
