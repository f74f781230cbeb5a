"""The week by need: what counts, what is deducted, and the line of twenty hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from egenmakt.foundation.ui.dates import hours
from egenmakt.foundation.ui.pictures.axis import Tick, hour_ticks, percent

TONES = 8


@dataclass(frozen=True)
class Segment:
    """One need and its seconds per week. `href` leads to its explanation."""

    label: str
    seconds: int
    href: str = ""


@dataclass(frozen=True)
class WeekRow:
    """One bar. `line` draws the line across it: the twenty hours concern the basic needs only."""

    label: str
    segments: Sequence[Segment]
    deduction_s: int = 0
    line: bool = False

    @property
    def whole_s(self) -> int:
        return sum(one.seconds for one in self.segments)

    @property
    def deducted_s(self) -> int:
        """Never more than there is."""
        return min(self.deduction_s, self.whole_s)

    @property
    def after_s(self) -> int:
        return self.whole_s - self.deducted_s


@dataclass(frozen=True)
class Part:
    """A segment laid out."""

    number: int
    tone: int
    label: str
    seconds: int
    href: str
    x: str
    width: str
    middle: str
    roomy: bool
    hatched: bool


@dataclass(frozen=True)
class Bar:
    """A row laid out. `y` is the top of its text in pixels; the bar is below."""

    row: WeekRow
    parts: list[Part]
    text_y: int
    bar_y: int
    bar_end: int
    middle_y: int
    hatch_x: str
    hatch_width: str
    after_x: str


@dataclass(frozen=True)
class WeekPicture:
    """The week as stacked bars, one per kind of need, on one scale."""

    rows: Sequence[WeekRow]
    line_s: int = 72_000
    title: str = ""
    _row_height: int = field(default=62, repr=False)

    @property
    def total_s(self) -> int:
        return sum(row.after_s for row in self.rows)

    @property
    def top_s(self) -> int:
        """The right end of the scale."""
        longest = max([row.whole_s for row in self.rows] + [0])
        if any(row.line for row in self.rows):
            longest = max(longest, self.line_s * 11 // 10)
        return longest or 3600

    @property
    def height(self) -> int:
        return self._row_height * len(self.rows) + 24

    @property
    def axis_y(self) -> int:
        return self._row_height * len(self.rows) + 4

    @property
    def axis_text_y(self) -> int:
        return self.axis_y + 16

    @property
    def ticks(self) -> list[Tick]:
        shown = []
        for second in hour_ticks(self.top_s):
            share = second / self.top_s
            shown.append(
                Tick(
                    percent(second, self.top_s),
                    f"{second // 3600} h",
                    "start" if share < 0.03 else "end" if share > 0.97 else "middle",
                )
            )
        return shown

    @property
    def line_x(self) -> str:
        return percent(self.line_s, self.top_s)

    @property
    def line_label(self) -> str:
        return hours(self.line_s).removesuffix(":00") + " h"

    @property
    def bars(self) -> list[Bar]:
        bars, number = [], 0
        for index, row in enumerate(self.rows):
            parts, start = [], 0
            for one in row.segments:
                number += 1
                if one.seconds > 0:
                    parts.append(
                        Part(
                            number,
                            (number - 1) % TONES + 1,
                            one.label,
                            one.seconds,
                            one.href,
                            percent(start, self.top_s),
                            percent(one.seconds, self.top_s),
                            percent(start + one.seconds / 2, self.top_s),
                            one.seconds > self.top_s * 0.035,
                            start + one.seconds / 2 > row.after_s,
                        )
                    )
                start += one.seconds
            y = index * self._row_height
            bars.append(
                Bar(
                    row,
                    parts,
                    y + 16,
                    y + 24,
                    y + 24 + 30,
                    y + 24 + 20,
                    percent(row.after_s, self.top_s),
                    percent(row.deducted_s, self.top_s),
                    percent(row.after_s, self.top_s),
                )
            )
        return bars
