"""The calendar of a drawn roster: blocks of four weeks below each other, days as columns, rows with their shifts.

Guarantees: a shift stands at its local clock times, also on the day when the clock is moved (that day's column holds
23 or 25 hours), and goes on over midnight into the next column; at the end of a block it goes on in the next block.
A column of names stands before each block, and the days again on each page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, count, pairwise

from egenmakt.staffing.rosters.drawing_axis import HEAD, Axis, days_above
from egenmakt.staffing.rosters.drawing_paper import (
    GAP,
    LEFT,
    MARGIN,
    hours_bar,
    line,
    mark_over,
    mm,
    moon,
    next_page,
    on_one_page,
    page_ends,
    rect,
    sign,
    text,
    text_within,
    tone_of,
)
from egenmakt.staffing.rosters.drawing_rows import Bar, Picture, Row
from egenmakt.staffing.rosters.drawing_words import (
    clipped,
    escaped,
    hours,
    hours_told,
    short_clock,
    width_of,
)
from egenmakt.staffing.rosters.instance import seconds_at

LEAST_ROOM = 60.0  # less than this at the foot of a page is left empty
NEAR_FOOT = 0.85
MOST_LINES = 3
ROOM_FOR_CLOCKS = 30.0  # columns this wide hold clock times also where many shifts follow each other
ROOM_FOR_REASON = 9.0
HOURS_ROOM = 8.4  # ems for the hours beside their bar: `633,5 av 672 h`


@dataclass(frozen=True, slots=True)
class Scale:
    """Heights in a row, in millimetres: the bar, the name below it, its clock times (0: none) and the air."""

    bar: float
    label: float
    clock: float
    air: float


SCALES = (
    (12, Scale(4.6, 3.6, 2.6, 1.4)),
    (26, Scale(2.8, 2.8, 2.2, 0.9)),
    (1 << 30, Scale(1.9, 2.5, 0, 0.4)),
)


@dataclass(slots=True)
class _Piece:
    """The part of a bar that lies in a block, and where its words stand."""

    bar: Bar
    x: float
    end: float
    text_x: float = 0.0
    line: int = 0
    room: float = 0.0


def block(
    picture: Picture, axis: Axis, top: float, *, whole: bool, longest_s: int
) -> tuple[list[str], float]:
    """A block drawn from `top`, and where it ends. `whole`: the horizon's hours stand beside the names."""
    scale = next(scale for most, scale in SCALES if len(picture.rows) <= most)
    rows = _Rows(picture, axis, scale, whole, longest_s)
    groups = [None, *(row.group for row in picture.rows)]
    begins_group = [one != other for one, other in pairwise(groups)]
    heights = [rows.row(row, 0.0)[1] for row in picture.rows]
    told = "Assistent, timmar mot kontrakt" if picture.by == "assistant" else "Person, bemannade timmar"
    drawn: list[str] = []
    if not whole:  # the first block stands below the title, with as many rows as there is room for
        top = on_one_page(top, HEAD + sum(heights))
    last = 0
    while True:
        first, last = last, last + _fitting(heights[last:], begins_group[last:], page_ends(top) - top - HEAD)
        head_from, y = top, top + HEAD
        below: list[str] = []
        for place in range(first, last):
            row_drawn, end = rows.row(picture.rows[place], y)
            kind = "group" if place > first and begins_group[place] else "line"
            below += [line(MARGIN, y, axis.right, y, kind), *row_drawn]
            y = end
        if not picture.rows:
            y += 6
            below.append(text(axis.left + 2, y - 2, 3, "Inga pass och inga assistenter.", "m"))
        if y > head_from + HEAD:
            below.append(line(MARGIN, y, axis.right, y, "group"))
            drawn += [*days_above(axis, head_from, y, told), *below]
        if last == len(picture.rows):
            return drawn, y
        top = next_page(top)


def _fitting(heights: Sequence[float], begins_group: Sequence[bool], room: float) -> int:
    """How many rows stand on what is left of a page: up to the last group that ends near its foot, else all there is
    room for. None when the page is nearly full; at least one on an empty page."""
    below = list(accumulate(heights))
    most = sum(height <= room for height in below)
    if most == len(heights):
        return most
    if room < LEAST_ROOM:
        return 0
    ends = [place for place in range(1, most) if begins_group[place] and below[place - 1] > room * NEAR_FOOT]
    return max(1, ends[-1] if ends else most)


class _Rows:
    """Rows of one block."""

    def __init__(self, picture: Picture, axis: Axis, scale: Scale, whole: bool, longest_s: int) -> None:
        self.picture, self.axis, self.scale = picture, axis, scale
        self.whole, self.longest_s = whole, longest_s
        roomy = picture.by == "assistant" or axis.day_width >= ROOM_FOR_CLOCKS
        self.clock = scale.clock if roomy else 0.0

    def row(self, row: Row, y: float) -> tuple[list[str], float]:
        """A row drawn from `y`, and where it ends."""
        scale = self.scale
        lanes = self._lanes(row)
        line_height = scale.label * 1.12 + self.clock * 1.1
        drawn: list[str] = []
        at = y + scale.air
        for lane in lanes:
            lines = 1 + max((piece.line for piece in lane), default=0)
            for piece in lane:
                drawn += self._bar(piece, at, line_height)
            at += scale.bar + lines * line_height + scale.air
        below = max(at, y + scale.label * 1.8 + scale.air * 2)
        return [*self._away(row, y, below), *self._name(row, y), *drawn], below

    def _lanes(self, row: Row) -> list[list[_Piece]]:
        """The pieces of a row, so that none lies over another; one empty lane when there is none."""
        axis, lanes = self.axis, [[]]  # type: tuple[Axis, list[list[_Piece]]]
        for bar in row.bars:
            shift = bar.shift
            if shift.ends_s <= axis.begins_s or shift.begins_s >= axis.ends_s:
                continue
            piece = _Piece(bar, axis.x(shift.begins_s), axis.x(shift.ends_s))
            lane = next((one for one in lanes if not one or one[-1].bar.shift.ends_s <= shift.begins_s), None)
            if lane is None:
                lane = []
                lanes.append(lane)
            lane.append(piece)
        for lane in lanes:
            self._place_words(lane)
        return lanes

    def _place_words(self, lane: Sequence[_Piece]) -> None:
        """Where the names stand below the bars, so that none lies over another.

        The first shift of a day has the first line, the next the second; a name whose line is taken looks for
        another, and is left out when a few lines are full, unless a number leads from it to the lists.
        """
        ends: dict[int, float] = {}
        last: dict[int, _Piece] = {}
        of_day: Counter[date] = Counter()
        for piece in lane:
            bar, day = piece.bar, piece.bar.shift.day
            least = self._before(bar) + width_of(bar.code, self.scale.label, bold=True) + GAP
            piece.text_x = max(self.axis.left, min(piece.x, self.axis.right - least))
            own = min(of_day[day], MOST_LINES - 1)
            of_day[day] += 1
            lines = sorted(range(MOST_LINES), key=lambda number: (number - own) % MOST_LINES)
            free = [number for number in lines if ends.get(number, 0.0) <= piece.text_x + 0.01]
            if not free and numbers_of(bar):
                free = [next(number for number in count() if ends.get(number, 0.0) <= piece.text_x + 0.01)]
            if not free:
                continue
            piece.line = free[0]
            if piece.line in last:
                before = last[piece.line]
                before.room = piece.text_x - before.text_x - GAP
            ends[piece.line], last[piece.line] = piece.text_x + least, piece
        for piece in last.values():
            piece.room = self.axis.right - piece.text_x

    def _before(self, bar: Bar) -> float:
        """The width of what stands before the name: sign and numbers of breaches, the moon."""
        size = self.scale.label
        width = size * 0.85 if bar.night else 0.0
        if numbers := numbers_of(bar):
            width += width_of(numbers, size, bold=True) + GAP
            width += size * 0.9 if bar.breaches else 0.0
        return width

    def _bar(self, piece: _Piece, y: float, line_height: float) -> list[str]:
        bar, height = piece.bar, self.scale.bar
        kinds = ["shift"]
        kinds += ["open"] if bar.open_number else []
        kinds += ["breach"] if bar.breaches else []
        width = max(piece.end - piece.x, 0.3)
        tone = "fill" if bar.tone is None else f"fill {tone_of(bar.tone)}"
        drawn = [
            f'<g class="{" ".join(kinds)}" data-shift="{escaped(bar.shift.id)}">',
            f"<title>{escaped(bar.told)}</title>",
            rect(piece.x, y, width, height, tone),
        ]
        if bar.tone is not None:
            drawn += mark_over(bar.tone, piece.x, y, width, height)
        drawn += self._on_call(bar, y)
        if bar.night:
            drawn.append(rect(piece.x, y + height * 0.8, width, height * 0.2, "night"))
        if bar.tone is not None:
            drawn.append(rect(piece.x, y, width, height, "edge"))
        drawn += self._goes_on(bar, y + height / 2)
        drawn += self._words(piece, y + height, line_height)
        return [*drawn, "</g>"]

    def _on_call(self, bar: Bar, y: float) -> list[str]:
        """The part on call: the document does not say when it is, and it is drawn about the middle of the night."""
        shift = bar.shift
        if not shift.on_call_s:
            return []
        begins, ends = on_call_of(bar)
        left, right = self.axis.x(begins), self.axis.x(ends)
        return [rect(left, y, right - left, self.scale.bar, "jour")] if right > left else []

    def _goes_on(self, bar: Bar, middle: float) -> list[str]:
        """Points at the ends of a block for a shift that began before it or goes on after it."""
        drawn, axis = [], self.axis
        for goes_on, x, towards in (
            (bar.shift.begins_s < axis.begins_s, axis.left, -0.9),
            (bar.shift.ends_s > axis.ends_s, axis.right, 0.9),
        ):
            if goes_on:
                drawn.append(f'<path d="M{mm(x)} {mm(middle - 0.8)}l{mm(towards)} .8 {mm(-towards)} .8Z"/>')
        return drawn

    def _words(self, piece: _Piece, y: float, line_height: float) -> list[str]:
        bar, size = piece.bar, self.scale.label
        if not piece.room:
            return []
        x, top = piece.text_x, y + piece.line * line_height
        colour = "b r" if bar.open_number else "b"
        drawn: list[str] = []
        if piece.line:
            drawn.append(line(piece.x + 0.15, y, piece.x + 0.15, top + size, "lead"))
        if bar.breaches:
            drawn.append(sign(x, top + size * 0.2, size * 0.85))
            x += size * 0.9
        if numbers := numbers_of(bar):
            drawn.append(text(x, top + size * 0.9, size, numbers, "b r"))
            x += width_of(numbers, size, bold=True) + GAP
        if bar.night:
            drawn.append(moon(x, top + size * 0.2, size * 0.75))
            x += size * 0.85
        room = piece.text_x + piece.room - x
        name = bar.label if width_of(bar.label, size, bold=True) <= room else bar.code
        if shown := clipped(name, room, size, bold=True):
            drawn.append(text(x, top + size * 0.9, size, shown, colour))
            x += width_of(shown, size, bold=True) + GAP
        room = piece.text_x + piece.room - x
        if bar.reason and bar.open_number and room >= ROOM_FOR_REASON:
            drawn.append(text(x, top + size * 0.9, size * 0.9, clipped(bar.reason, room, size * 0.9), "r"))
        if self.clock and (shown := self._clocks(bar, piece.room)):
            drawn.append(text(piece.text_x, top + size * 1.1 + self.clock * 0.85, self.clock, shown, "m"))
        return drawn

    def _clocks(self, bar: Bar, room: float) -> str:
        """The clock times as far as there is room: both, the first, none."""
        begins, ends = short_clock(bar.shift.begins), short_clock(bar.shift.ends)
        return next(
            (shown for shown in (f"{begins}–{ends}", begins) if width_of(shown, self.clock) <= room), ""
        )

    def _away(self, row: Row, y: float, below: float) -> list[str]:
        """Days of absence."""
        drawn = []
        for place in range(self.axis.days):
            if self.axis.day(place) in row.away:
                x = self.axis.left + place * self.axis.day_width
                shade = rect(x + 0.2, y + 0.3, self.axis.day_width - 0.4, below - y - 0.6, "away")
                drawn.append(f"<g><title>Frånvarande</title>{shade}</g>")
        return drawn

    def _name(self, row: Row, y: float) -> list[str]:
        """The row's name, and the hours it has against those it should have."""
        size, small, room = self.scale.label, self.scale.label * 0.85, LEFT - 3
        x, top = MARGIN + 2, y + self.scale.air
        drawn = []
        if row.tone is not None:
            drawn.append(rect(MARGIN, y + 0.3, 1.1, size * 2 + self.scale.air, tone_of(row.tone)))
            drawn += mark_over(row.tone, MARGIN, y + 0.3, 1.1, size * 2 + self.scale.air)
        kind = "b r" if row.is_open else "b"
        drawn.append(text_within(x, top + size * 0.85, size, row.name, width=room, classes=kind))
        used = width_of(clipped(row.name, room, size, bold=True), size, bold=True) + 1
        if row.beside and room - used > size * 3:
            at = x + used
            drawn.append(
                text_within(at, top + size * 0.85, small, row.beside, width=room - used, classes="m")
            )
        told, base = self._hours(row), top + size + small * 0.9
        drawn.append(text(x + room, base, small, told, "e r" if row.is_open else "e"))
        if self.whole and not row.is_open:
            drawn += hours_bar(
                x,
                base - 1.7,
                room - HOURS_ROOM * small,
                done_s=row.done_s,
                wanted_s=row.wanted_s,
                longest_s=self.longest_s,
            )
        return drawn

    def _hours(self, row: Row) -> str:
        if not self.whole or row.is_open:
            axis = self.axis
            here = [bar for bar in row.bars if axis.begins_s <= bar.shift.begins_s < axis.ends_s]
            seconds = sum(bar.shift.active_s for bar in here)
            return f"{hours(seconds)} h"
        return hours_told(row.done_s, row.wanted_s)


def numbers_of(bar: Bar) -> str:
    """The numbers that lead from a bar to the lists: of its breaches, or of the open shift."""
    if bar.open_number:
        return f"L{bar.open_number}"
    numbers = bar.breaches
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ",".join(str(number) for number in numbers)


def on_call_of(bar: Bar) -> tuple[int, int]:
    """From when to when the on-call time is drawn: about two in the night, within the shift."""
    shift = bar.shift
    middle = (shift.begins_s + shift.ends_s) // 2
    nights = [
        seconds_at(datetime.combine(shift.day + timedelta(days=more), time(1))) + 3600
        for more in range((shift.ends.date() - shift.day).days + 1)
    ]
    within = [night for night in nights if shift.begins_s < night < shift.ends_s]
    centre = min(within or nights, key=lambda night: abs(night - middle))
    begins = max(shift.begins_s, min(centre - shift.on_call_s // 2, shift.ends_s - shift.on_call_s))
    return begins, begins + shift.on_call_s
