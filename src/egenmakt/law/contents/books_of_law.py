"""All books of the law that can be asked one question at a time."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss.shelf import shelf as lss_shelf
from egenmakt.law.procedure.shelf import shelf as procedure_shelf
from egenmakt.law.sfb.shelf import shelf as sfb_shelf
from egenmakt.law.sick_pay.book import book as sick_pay_book
from egenmakt.law.working_time.book import book as working_time_book


@cache
def books_of_law() -> tuple[Book, ...]:
    """The books: LSS, the state allowance, sick pay, working time, procedure."""
    return (*lss_shelf(), *sfb_shelf(), sick_pay_book(), working_time_book(), *procedure_shelf())


def book_named(name: str) -> Book:
    """The book of that name. Raises KeyError when the law has none."""
    for book in books_of_law():
        if book.name == name:
            return book
    raise KeyError(name)
