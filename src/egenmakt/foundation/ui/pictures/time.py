"""What changes over time: hours as steps, measures in force as bars, and today's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from egenmakt.foundation.ui.dates import hours
from egenmakt.foundation.ui.pictures.axis import Days, Tick, hour_ticks, percent


@dataclass(frozen=True)
class Step:
    """A number of seconds a week from one day to another, and why it changed there."""

    first: date
    last: date
    seconds: int
    reason: str = ""


@dataclass(frozen=True)
class Flat:
    """A step laid out: its top, and the riser from the step before."""

    step: Step
    x: str
    end: str
    width: str
    y: str
    height: str
    before_y: str
    label: str
    label_y: str
    roomy: bool
    change_s: int | None


@dataclass(frozen=True)
class StepPicture:
    """Hours per week as steps. `most_s` is what the scale reaches at least, so that two pictures can be compared."""

    title: str
    steps: Sequence[Step]
    today: date | None = None
    height: int = field(default=140)
    most_s: int = 0

    @property
    def days(self) -> Days:
        return Days(min(one.first for one in self.steps), max(one.last for one in self.steps))

    @property
    def top_s(self) -> int:
        return max([one.seconds for one in self.steps] + [3600, self.most_s]) * 5 // 4

    @property
    def axis_y(self) -> int:
        return self.height - 24

    @property
    def axis_text_y(self) -> int:
        return self.height - 6

    @property
    def ticks(self) -> list[Tick]:
        return self.days.ticks()

    @property
    def hour_lines(self) -> list[Tick]:
        return [
            Tick(self._y(second), f"{second // 3600} h")
            for second in hour_ticks(self.top_s, most=3)
            if second
        ]

    @property
    def today_x(self) -> str:
        return self.days.x(self.today) if self.today and self.days.shows(self.today) else ""

    def _y(self, seconds: int) -> str:
        return f"{self.axis_y * (1 - seconds / self.top_s):.1f}"

    @property
    def flats(self) -> list[Flat]:
        flats: list[Flat] = []
        before: Step | None = None
        for one in self.steps:
            y = self._y(one.seconds)
            flats.append(
                Flat(
                    one,
                    self.days.x(one.first),
                    percent((one.last - self.days.first).days + 1, self.days.count),
                    self.days.width(one.first, one.last),
                    y,
                    f"{self.axis_y - float(y):.1f}",
                    self._y(before.seconds) if before else "",
                    hours(one.seconds),
                    f"{float(y) - 7:.1f}",
                    (one.last - one.first).days + 1 > self.days.count * 0.14,
                    one.seconds - before.seconds if before else None,
                )
            )
            before = one
        return flats


@dataclass(frozen=True)
class Span:
    """A measure in force. `status` is in_force, decided, proposed or ended, shown by pattern and by word."""

    first: date
    last: date | None
    label: str
    status: str = "in_force"
    href: str = ""


@dataclass(frozen=True)
class TimeRow:
    """One measure and its stretches."""

    label: str
    spans: Sequence[Span]


@dataclass(frozen=True)
class Mark:
    """Something that happens on a day, such as a seventh birthday."""

    day: date
    label: str


@dataclass(frozen=True)
class Drawn:
    """A span laid out."""

    span: Span
    x: str
    width: str
    roomy: bool
    open_end: bool


@dataclass(frozen=True)
class Line:
    """A row laid out."""

    row: TimeRow
    spans: list[Drawn]
    text_y: int
    bar_y: int
    label_y: int


@dataclass(frozen=True)
class Flag:
    """A mark laid out, with its number in the list below the picture."""

    number: int
    mark: Mark
    x: str


@dataclass(frozen=True)
class TimePicture:
    """Measures in force as bars over time, with today's line and what lies ahead."""

    title: str
    rows: Sequence[TimeRow]
    first: date
    last: date
    today: date
    marks: Sequence[Mark] = ()

    @property
    def days(self) -> Days:
        return Days(self.first, self.last)

    @property
    def top(self) -> int:
        return 42 if self.marks else 22

    @property
    def flag_y(self) -> int:
        return self.top - 11

    @property
    def axis_y(self) -> int:
        return self.top + 52 * len(self.rows) + 6

    @property
    def axis_text_y(self) -> int:
        return self.axis_y + 17

    @property
    def height(self) -> int:
        return self.axis_y + 24

    @property
    def ticks(self) -> list[Tick]:
        return self.days.ticks()

    @property
    def today_x(self) -> str:
        return self.days.x(self.today) if self.days.shows(self.today) else ""

    @property
    def today_anchor(self) -> str:
        share = (self.today - self.first).days / self.days.count
        return "start" if share < 0.1 else "end" if share > 0.9 else "middle"

    @property
    def flags(self) -> list[Flag]:
        shown = sorted((one for one in self.marks if self.days.shows(one.day)), key=lambda one: one.day)
        return [Flag(number, one, self.days.x(one.day)) for number, one in enumerate(shown, start=1)]

    @property
    def lines(self) -> list[Line]:
        found = []
        for index, row in enumerate(self.rows):
            y = self.top + 52 * index
            spans = []
            for one in row.spans:
                last = one.last or self.last
                if last < self.first or one.first > self.last:
                    continue
                start = max(one.first, self.first)
                inside = (min(last, self.last) - start).days + 1
                spans.append(
                    Drawn(
                        one,
                        self.days.x(start),
                        self.days.width(start, last),
                        inside > self.days.count * 0.1,
                        one.last is None,
                    )
                )
            found.append(Line(row, spans, y + 16, y + 22, y + 38))
        return found
