"""The words of a drawn roster: how wide they are, how they are shortened, and how days and hours are written.

Guarantees: what `escaped` returns can stand anywhere in an XML document. Widths are a little more than in the common
sans-serif fonts, so that a text that is said to fit does. Codes are unique among the names they are made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from html import escape

from egenmakt.staffing.rosters.cost import plain

DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
FIXED_SPACE = "\u00a0"
CODE_LENGTH = 6
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"\w[^\s_]*")
# Thousandths of the font's size; the letters of a group are about as wide as each other.
_GROUPS = {
    222: "ijlí'|", 278: "ft.,:;I/! \u00a0·[]\\", 333: "r()-\"\u2039\u203a", 500: "cksvxyzJ",
    556: "abdeghnopquåäöéèüáà0123456789Lß§–_?+", 611: "FTZ", 667: "ABEKPSVXYÅÄÉ", 722: "CDHNRUwÜ",
    778: "GOQÖ", 833: "mM", 890: "%",
}  # fmt: skip
_WIDTH = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_UNKNOWN, _CAREFUL, _BOLD = 1000, 1.04, 1.07


def escaped(text: str) -> str:
    """The text for XML, in an element or an attribute; what XML cannot hold becomes the sign for an unknown letter."""
    return escape(_NOT_XML.sub("\ufffd", text))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is in millimetres, in a font of so many millimetres: rather too much than too little."""
    whole = sum(_WIDTH.get(letter, _UNKNOWN) for letter in text)
    return whole * size * _CAREFUL * (_BOLD if bold else 1) / 1000


def clipped(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """As much of the text as fits, with an ellipsis where some was left out; empty when not even a letter fits."""
    text = _SPACES.sub(" ", text).strip()
    if width_of(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and width_of(kept + "…", size, bold=bold) > width:
        kept = kept[:-1].rstrip()
    return kept + "…" if kept else ""


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit. A word wider than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, width, size):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while width_of(rest, size) > width and len(rest) > 1:
            most = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or width_of(rest[:n], size) <= width)
            yield rest[:most]
            rest = rest[most:]
        yield rest


def codes(names: Iterable[str]) -> dict[str, str]:
    """A short code for each name, none the same: the name itself when short, else what people would write."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    listed = list(dict.fromkeys(names))
    for name in sorted(listed, key=lambda one: len(one) > CODE_LENGTH):  # the short ones keep their names
        wanted = [code for code in _shortened(name) if code and code not in taken]
        code = wanted[0] if wanted else _numbered(name, taken)
        given[name] = code
        taken.add(code)
    return {name: given[name] for name in listed}


def _shortened(name: str) -> Iterator[str]:
    if len(name) <= CODE_LENGTH:
        yield name
    words = _WORDS.findall(name)
    if not words:
        return
    first, last = words[0], words[-1]
    if len(words) > 1:
        if len(first) <= CODE_LENGTH:
            yield first
        yield first[: CODE_LENGTH - 2] + " " + last[0]
        yield first[:2] + last[:2]
        yield first[:3] + last[:3]
    else:
        yield first[:CODE_LENGTH]
        yield first[-CODE_LENGTH:]


def _numbered(name: str, taken: set[str]) -> str:
    short = "".join(_WORDS.findall(name))[:3]
    number = 2
    while f"{short}{number}" in taken:
        number += 1
    return f"{short}{number}"


def number(amount: Fraction) -> str:
    """`1 234,5`: at most two decimals, a comma, and groups of three."""
    shown = plain(Fraction(round(amount * 100), 100))
    return f"{shown:,}".replace(",", FIXED_SPACE).replace(".", ",")


def hours(seconds: int) -> str:
    """`142,5`: hours with at most two decimals."""
    return number(Fraction(seconds, 3600))


def hours_told(done_s: int, wanted_s: int | None) -> str:
    """`142,5 av 144 h`; `38 h, timlön` for those without a contract."""
    if wanted_s is None:
        return f"{hours(done_s)} h"
    return f"{hours(done_s)} av {hours(wanted_s)} h" if wanted_s else f"{hours(done_s)} h, timlön"


def clock(when: datetime) -> str:
    """`07:00`, and which of the two when the clock shows the time twice."""
    return f"{when:%H:%M}" + (" (andra gången)" if when.fold else "")


def short_clock(when: datetime) -> str:
    """`7`, `14:30`."""
    return f"{when.hour}:{when.minute:02}" if when.minute else f"{when.hour}"


def weekday_date(day: date) -> str:
    """`lör 5 dec`."""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def period(first: date, last: date) -> str:
    """`30 november–27 december 2026`; both years when they differ."""
    year = f" {first.year}" if first.year != last.year else ""
    begins = f"{first.day} {MONTHS[first.month - 1]}{year}"
    if (first.year, first.month) == (last.year, last.month):
        begins = f"{first.day}"
    return f"{begins}–{last.day} {MONTHS[last.month - 1]} {last.year}"


def listed(words: Sequence[str]) -> str:
    """`a, b och c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}" if words else ""


def counted(count: int, one: str, many: str) -> str:
    """`1 pass`, `2 personer`."""
    return f"{number(Fraction(count))}{FIXED_SPACE}{one if count == 1 else many}"
