"""What a letter is made of, before anyone decides whether it becomes a PDF or a web page.

The content is built once as a tuple of blocks; `letters` sets them on paper, `html` shows them on screen.
A figure carries its alternative text, a table its header cells: neither can be built without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ParagraphRole = Literal["body", "lead", "note"]
Alignment = Literal["left", "right"]


class IncompleteBlock(ValueError):
    """A block lacks what readers who cannot see it need, or does not hang together."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere: a web page, an e-mail address, a telephone number."""

    text: str
    address: str

    def __post_init__(self) -> None:
        if not self.address.startswith(("https://", "http://", "mailto:", "tel:")):
            raise IncompleteBlock(f"Not an address a letter may lead to: {self.address}")


Text = str | tuple[str | Link, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 is the letter's title and occurs once, first; levels are not skipped."""

    text: str
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `lead` is larger and opens a letter or a decision; `note` is smaller and explains."""

    text: Text
    role: ParagraphRole = "body"


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph with one thought a line, as easy-read text is set."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `numbered` where the order is the message."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value, read as a list of terms."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` is its part of the width beside the others; 0: as wide as its text."""

    title: str
    share: int = 1
    align: Alignment = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a header cell over every column.

    `totals` are rows set off at the end. The label in their first cell stretches over empty cells after it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.caption or not self.columns or not all(column.title for column in self.columns):
            raise IncompleteBlock("A table has a caption and a title over every column.")
        if any(len(row) != len(self.columns) for row in (*self.rows, *self.totals)):
            raise IncompleteBlock(f"A row of the table “{self.caption}” has not {len(self.columns)} cells.")

    def label_span(self, total: tuple[str, ...]) -> int:
        """How many columns the label of a row of totals stretches over."""
        return next((index for index, cell in enumerate(total) if index and cell), len(total))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, what it shows in words (`alt`), a caption. Its numbers stand in a table near it."""

    svg: str
    alt: str
    caption: str

    def __post_init__(self) -> None:
        if not self.alt.strip() or not self.caption.strip():
            raise IncompleteBlock("A figure has an alternative text and a caption.")


@dataclass(frozen=True, slots=True)
class Panel:
    """Blocks in a frame: what the reader must not miss."""

    blocks: tuple[Heading | Paragraph | Lines | Bullets | Facts, ...]


Block = Heading | Paragraph | Lines | Bullets | Facts | Table | Figure | Panel


_TOGETHER = re.compile(
    r"(?<=\d) (?=§|kap\.|tim|min|sek|år\b|procent\b|%)"
    r"|(?<=\d) (?=jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
    r"|(?<=\d) (?=[a-z] §)|(?<=\d [a-z]) (?=§)|(?<=§) (?=\d)|(?<=\d) (?=(?:LSS|FL|SFB)\b)"
)


def kept_together(text: str) -> str:
    """`text` with spaces that no line breaks at between a number and what it counts, and inside a section."""
    return _TOGETHER.sub("\u00a0", text)


def typographic(text: str) -> str:
    """`text` with Swedish quotation marks, as meant at the keyboard: "så" becomes ”så”, it's it’s."""
    return text.replace('"', "”").replace("'", "’")
