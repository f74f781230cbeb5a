"""The table of contents: every rule and every parameter of the law, each with its section, on one list.

What for: the pages of the law, the generated pages under docs/rules, and whoever asks what rests on what. Serves
H-01, H-04 and H-09. Books in `books_of_law`, the list in `entries`.
"""

from __future__ import annotations

from egenmakt.law.contents.books_of_law import book_named, books_of_law
from egenmakt.law.contents.entries import CatalogueEntry, catalogue

__all__ = ["CatalogueEntry", "book_named", "books_of_law", "catalogue"]
