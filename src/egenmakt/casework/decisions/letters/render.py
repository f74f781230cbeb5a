"""From a decision letter to PDF bytes and to HTML, in one of three voices, through one list of blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from egenmakt.casework.decisions.letters import easy, legal, plain
from egenmakt.casework.decisions.letters.content import DecisionLetter, Voice
from egenmakt.casework.decisions.letters.words import long_date
from egenmakt.foundation.documents.blocks import Block, Link, Text
from egenmakt.foundation.documents.html import blocks_as_html
from egenmakt.foundation.documents.letters import Letter, Sender, render_letter

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
        blocks = _BUILDERS[voice](letter)
        presented = letter.signature.presented_by
        officer = (presented.name or presented.title) if presented else letter.sender.unit
        return render_letter(
            Letter(
                title=legal.title(letter) if voice == "legal" else plain.title(letter),
                date=letter.decided_on,
                sender=letter.sender,
                recipient=letter.recipient,
                facts=(
                    (_("Ärendenummer"), letter.reference),
                    (_("Datum"), long_date(letter.decided_on)),
                    (_("Handläggare"), officer),
                ),
                blocks=blocks,
                page_of=_("Sida {page} av {pages}"),
                language=letter.language,
                size="large" if voice == "easy" else "normal",
                contact=contact_lines(letter.sender),
            )
        )


def html_preview(letter: DecisionLetter, voice: Voice, *, heading_level: int = 2) -> SafeString:
    """The same content as HTML, for the tabs on the decision page; the title is a heading of that level."""
    return blocks_as_html(letter_blocks(letter, voice), heading_level=heading_level)


def contact_lines(sender: Sender) -> tuple[Text, ...]:
    """How to reach the municipality, as the letter's last lines."""
    reach: list[str | Link] = [_("Telefon") + " ", Link(sender.phone, _telephone(sender.phone)), ". "]
    reach += [_("E-post") + " ", Link(sender.email, f"mailto:{sender.email}"), "."]
    if sender.web:
        reach += [" ", Link(sender.web.removeprefix("https://"), sender.web), "."]
    return (
        f"{sender.municipality}, {sender.board}, {sender.unit}",
        ", ".join(sender.postal_address),
        tuple(reach),
    )


def _telephone(number: str) -> str:
    return "tel:" + "".join(char for char in number if char.isdigit() or char == "+")
