"""A letter from a municipality: head, address, blocks. One look for every room that writes to people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    IncompleteBlock,
    Lines,
    Link,
    Panel,
    Paragraph,
    Table,
    Text,
    kept_together,
)
from egenmakt.foundation.documents.rendering import render

TEMPLATE = Path("foundation/documents/typst/letter.typ")

Size = Literal["normal", "large"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: the municipality and its board, and how to reach them."""

    municipality: str
    board: str
    unit: str
    postal_address: tuple[str, ...]
    phone: str
    email: str
    web: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom. `address` is None when it must not be printed (protected identity): only the name then."""

    name: str
    address: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter ready to be set. `labels` are the words of the frame in the letter's language.

    The first block is the heading of level 1, and no heading skips a level (IncompleteBlock).
    """

    title: str
    date: date
    sender: Sender
    recipient: Recipient
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    page_of: str
    language: str = "sv"
    size: Size = "normal"
    contact: tuple[Text, ...] = field(default=())

    def __post_init__(self) -> None:
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        if not headings or self.blocks[0] is not headings[0] or [h.level for h in headings].count(1) != 1:
            raise IncompleteBlock("A letter begins with its one heading of level 1.")
        for above, below in pairwise(headings):
            if below.level > above.level + 1:
                raise IncompleteBlock(f"The heading “{below.text}” skips a level.")


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a. Raises TemplateError and UnprintableText as `rendering.render`."""
    return render(
        TEMPLATE,
        _layout(letter),
        title=letter.title,
        issued=letter.date,
        author=f"{letter.sender.municipality}, {letter.sender.board}",
        language=letter.language,
    )


def _layout(letter: Letter) -> dict[str, Any]:
    return {
        "sender": letter.sender,
        "recipient": letter.recipient,
        "facts": letter.facts,
        "contact": [_text(line) for line in letter.contact],
        "page_of": letter.page_of,
        "large": letter.size == "large",
        "blocks": [_block(block) for block in letter.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": kept_together(text), "level": level}
        case Paragraph(text, role):
            return {"kind": "paragraph", "text": _text(text), "role": role}
        case Lines(lines):
            return {"kind": "lines", "lines": [kept_together(line) for line in lines]}
        case Bullets(items, numbered):
            return {"kind": "bullets", "items": [_text(item) for item in items], "numbered": numbered}
        case Facts(rows):
            return {"kind": "facts", "rows": [[label, _text(value)] for label, value in rows]}
        case Table():
            return {"kind": "table", **_table(block)}
        case Figure(svg, alt, caption):
            return {"kind": "figure", "svg": svg, "alt": alt, "caption": caption}
        case Panel(inner):
            return {"kind": "panel", "blocks": [_block(each) for each in inner]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [
            {"title": kept_together(column.title), "share": column.share, "align": column.align}
            for column in table.columns
        ],
        "rows": [_cells(row) for row in table.rows],
        "totals": [{"span": table.label_span(row), "cells": _cells(row)} for row in table.totals],
    }


def _cells(row: tuple[str, ...]) -> list[str]:
    return [kept_together(cell) for cell in row]


def _text(text: Text) -> list[dict[str, str]]:
    parts = (text,) if isinstance(text, str) else text
    return [
        {"text": part.text, "address": part.address}
        if isinstance(part, Link)
        else {"text": kept_together(part)}
        for part in parts
    ]
