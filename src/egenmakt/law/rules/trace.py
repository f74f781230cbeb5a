"""The trace: every value that went into an answer, as one tuple. Explanations are views of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from egenmakt.law.rules.book import Edition


class Trace(Mapping[str, Any]):
    """The values of facts, parameters and rules of one evaluation, by name. Equal when all values are."""

    __slots__ = ("edition", "values_in_order")

    def __init__(self, edition: Edition, values: tuple[Any, ...]) -> None:
        self.edition = edition
        self.values_in_order = values

    def __getitem__(self, name: str) -> Any:
        return self.values_in_order[self.edition.places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.edition.names)

    def __len__(self) -> int:
        return len(self.values_in_order)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trace):
            return NotImplemented
        return self.edition is other.edition and self.values_in_order == other.values_in_order

    def __hash__(self) -> int:
        return hash(self.values_in_order)

    def used_by(self, rule: str) -> dict[str, Any]:
        """The values the rule was given, by argument name."""
        return {name: self[name] for name in self.edition.rules[rule].arguments}
