"""From a decision letter to PDF bytes and to HTML, in one of three voices, through one list of blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils import translation
from django.utils.safestring import SafeString

from egenmakt.casework.cases.letters.frame import framed
from egenmakt.casework.decisions.letters import easy, legal, plain
from egenmakt.casework.decisions.letters.content import DecisionLetter, Voice
from egenmakt.foundation.documents.blocks import Block
from egenmakt.foundation.documents.html import blocks_as_html
from egenmakt.foundation.documents.letters import render_letter

_BUILDERS: Final[dict[Voice, Callable[[DecisionLetter], tuple[Block, ...]]]] = {
    "legal": legal.legal_blocks,
    "plain": plain.plain_blocks,
    "easy": easy.easy_blocks,
}


def letter_blocks(letter: DecisionLetter, voice: Voice) -> tuple[Block, ...]:
    """The letter's content in one voice, in the letter's language."""
    with translation.override(letter.language):
        return _BUILDERS[voice](letter)


def render_decision_letter(letter: DecisionLetter, voice: Voice) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a. The same letter and voice always give the same bytes.

    Raises UnprintableText when the text holds characters that cannot be drawn.
    """
    with translation.override(letter.language):
        presented = letter.signature.presented_by
        return render_letter(
            framed(
                title=legal.title(letter) if voice == "legal" else plain.title(letter),
                reference=letter.reference,
                written_on=letter.decided_on,
                officer=(presented.name or presented.title) if presented else letter.sender.unit,
                sender=letter.sender,
                recipient=letter.recipient,
                language=letter.language,
                blocks=_BUILDERS[voice](letter),
                size="large" if voice == "easy" else "normal",
            )
        )


def html_preview(letter: DecisionLetter, voice: Voice, *, heading_level: int = 2) -> SafeString:
    """The same content as HTML, for the tabs on the decision page; the title is a heading of that level."""
    return blocks_as_html(letter_blocks(letter, voice), heading_level=heading_level)
