"""Books: a part of the law with its rules, the facts somebody must establish, and the answers it gives.

What for: one shape for every subject of the law that is not hours of assistance, so that each rule can be asked,
explained and listed in the same way. Serves H-01, H-04, H-21 and every row that names a section.
A fact that is judged is answered yes, no or unknown; what is unknown makes the answer unclear, never a guess.
"""

from __future__ import annotations

from egenmakt.law.books.basis import Basis, basis, basis_of
from egenmakt.law.books.book import Book, Fact, FactsFaulty, Kind, Ruling

__all__ = ["Basis", "Book", "Fact", "FactsFaulty", "Kind", "Ruling", "basis", "basis_of"]
