"""Pictures for letters, drawn as SVG from numbers: the same on paper and on screen.

Nothing is told by colour alone: every segment carries the number of its row in the legend, and what is taken
away is hatched. The words that replace the picture for those who cannot see it are the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from egenmakt.foundation.documents.rendering import printable

# Dark enough for white figures on them (contrast above 4.5), and apart from each other also in grey.
COLOURS: Final = ("#0b4f5c", "#1d6b4f", "#6a4c93", "#99501a", "#1f4e9c", "#8c2f4b", "#5c5a14", "#55626a")
FONT: Final = "Atkinson Hyperlegible Next"

_INK: Final = "#16262b"
_BAR: Final = 24
_NARROW: Final = 15
_HATCH_STEP: Final = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `key` is its number in the legend, from 1."""

    key: int
    amount: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its sum in words, its segments, and how much at its end is taken away (hatched)."""

    label: str
    total: str
    segments: tuple[Segment, ...]
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together under a title."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A mark across the bars at an amount, with its word."""

    amount: int
    label: str


def stacked_bars(
    groups: tuple[Group, ...],
    legend: tuple[str, ...],
    *,
    taken_label: str = "",
    line: Line | None = None,
    width: int = 660,
) -> str:
    """The SVG of the bars, all on one scale. `legend` names segment keys 1, 2, … in order.

    `line` crosses the first bar of each group. A smaller `width` makes the words larger beside the bars.
    """
    longest = max((sum(s.amount for s in bar.segments) for group in groups for bar in group.bars), default=0)
    scale = width / max(longest, int(line.amount * 1.08) if line else 0, 1)
    parts: list[str] = []
    y = 0.0
    for group in groups:
        parts.append(_text(0, y + 14, group.title, bold=True))
        y += 24
        for index, bar in enumerate(group.bars):
            parts += _bar(bar, y, scale)
            if line and not index:
                parts += _line(line, y, scale, width)
                y += 14
            y += _BAR + 26
        y += 8
    y += 4
    y = _legend(parts, legend, taken_label if _anything_taken(groups) else "", y, width)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y:.0f}" '
        f'font-family="{FONT}, sans-serif" font-size="12">{"".join(parts)}</svg>'
    )


def _anything_taken(groups: tuple[Group, ...]) -> bool:
    return any(bar.taken for group in groups for bar in group.bars)


def _bar(bar: Bar, y: float, scale: float) -> list[str]:
    parts = [_text(0, y + 11, f"{bar.label}: {bar.total}")]
    top = y + 17
    kept = (sum(segment.amount for segment in bar.segments) - bar.taken) * scale
    numbers: list[str] = []
    x = 0.0
    for segment in bar.segments:
        width = segment.amount * scale
        colour = COLOURS[(segment.key - 1) % len(COLOURS)]
        parts.append(_rect(x, top, max(width - 1, 0.5), _BAR, colour))
        clear = min(x + width, kept) - x
        if clear >= _NARROW:
            numbers.append(_number(x + clear / 2, top + 16.5, segment.key))
        elif width >= _NARROW:  # under the hatching the number stands on a plate of its colour
            numbers.append(_rect(x + width / 2 - 7, top + 5, 14, 14, colour))
            numbers.append(_number(x + width / 2, top + 16.5, segment.key))
        x += width
    if bar.taken:
        parts += _hatch(kept, top, bar.taken * scale, _BAR)
    return parts + numbers


def _hatch(x: float, y: float, width: float, height: float) -> list[str]:
    """White veil and slanting lines, drawn one by one so that the picture needs no ids."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width - 1, 0.5):.1f}" height="{height}"'
    strokes = []
    start = -float(height)
    while start < width:
        left, right = max(start, 0.0), min(start + height, width)
        if right > left:
            bottom = y + height + start
            strokes.append(f"M{x + left:.1f} {bottom - left:.1f}L{x + right:.1f} {bottom - right:.1f}")
        start += _HATCH_STEP
    return [
        f'<rect {place} fill="#ffffff" opacity="0.6"/>',
        f'<path d="{"".join(strokes)}" stroke="{_INK}" stroke-width="1" fill="none"/>',
        f'<rect {place} fill="none" stroke="{_INK}"/>',
    ]


def _line(line: Line, y: float, scale: float, width: int) -> list[str]:
    x = line.amount * scale
    return [
        f'<path d="M{x:.1f} {y + 14:.1f}V{y + 34 + _BAR:.1f}" stroke="{_INK}" stroke-dasharray="4 3"/>',
        _text(x + (-5 if x > width / 2 else 5), y + 31 + _BAR, line.label, end=x > width / 2),
    ]


def _legend(parts: list[str], legend: tuple[str, ...], taken_label: str, y: float, width: int) -> float:
    """Two columns of number, swatch and word. Returns where the picture ends."""
    entries = len(legend) + bool(taken_label)
    rows = (entries + 1) // 2
    for index in range(entries):
        x = (index // rows) * (width * 0.54)
        top = y + (index % rows) * 20
        if index < len(legend):
            parts.append(_rect(x, top, 20, 14, COLOURS[index % len(COLOURS)]))
            parts.append(_number(x + 10, top + 11.3, index + 1))
            parts.append(_text(x + 28, top + 11.3, legend[index]))
        else:
            parts += _hatch(x, top, 21, 14)
            parts.append(_text(x + 28, top + 11.3, taken_label))
    return y + rows * 20


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, *, bold: bool = False, end: bool = False) -> str:
    style = (' font-weight="700"' if bold else "") + (' text-anchor="end"' if end else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}"{style}>{escape(printable(text))}</text>'


def _number(x: float, y: float, number: int) -> str:
    """The number of a row in the legend, white and centred on its colour."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle"'
    return f'<text {place} fill="#ffffff" font-weight="700">{number}</text>'
