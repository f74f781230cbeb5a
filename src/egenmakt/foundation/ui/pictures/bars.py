"""Bars from a common line: what goes up to the right of it, what goes down to the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from egenmakt.foundation.ui.pictures.axis import percent

ROW = 48


@dataclass(frozen=True)
class BarRow:
    """One bar: its name, its value on the common scale, and the value as people read it, with its sign."""

    label: str
    value: int
    shown: str


@dataclass(frozen=True)
class Bar:
    """A row laid out; vertical places in pixels."""

    row: BarRow
    text_y: int
    bar_y: int
    x: str
    width: str

    @property
    def falls(self) -> bool:
        return self.row.value < 0


@dataclass(frozen=True)
class BarPicture:
    """Values of some groups on one scale. `heading` names the groups, `unit` what is measured, for the table behind."""

    rows: Sequence[BarRow]
    title: str
    heading: str
    unit: str

    @property
    def height(self) -> int:
        return ROW * len(self.rows) + 8

    @property
    def _least(self) -> int:
        return min([row.value for row in self.rows] + [0])

    @property
    def _span(self) -> int:
        return max([row.value for row in self.rows] + [0]) - self._least or 1

    @property
    def zero_x(self) -> str:
        """Where the common line stands."""
        return percent(-self._least, self._span)

    @property
    def bars(self) -> list[Bar]:
        return [
            Bar(
                row,
                text_y=ROW * index + 16,
                bar_y=ROW * index + 22,
                x=percent(min(row.value, 0) - self._least, self._span),
                width=percent(abs(row.value), self._span),
            )
            for index, row in enumerate(self.rows)
        ]
