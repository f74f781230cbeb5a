"""The frame every letter of a case is set in: reference, date and officer above, how to reach us beside."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import long_date
from egenmakt.foundation.documents.blocks import Block, Link, Text
from egenmakt.foundation.documents.letters import Letter, Recipient, Sender, Size


def framed(
    *,
    title: str,
    reference: str,
    written_on: date,
    officer: str,
    sender: Sender,
    recipient: Recipient,
    language: str,
    blocks: tuple[Block, ...],
    size: Size = "normal",
) -> Letter:
    """The letter around its blocks, with the frame's words in the active language."""
    return Letter(
        title=title,
        date=written_on,
        sender=sender,
        recipient=recipient,
        facts=(
            (_("Ärendenummer"), reference),
            (_("Datum"), long_date(written_on)),
            (_("Handläggare"), officer),
        ),
        blocks=blocks,
        page_of=_("Sida {page} av {pages}"),
        language=language,
        size=size,
        contact=_contact(sender),
    )


def _contact(sender: Sender) -> tuple[Text, ...]:
    lines: list[Text] = [
        sender.unit,
        ", ".join(sender.postal_address),
        (Link(sender.phone, _telephone(sender.phone)),),
        (Link(sender.email, f"mailto:{sender.email}"),),
    ]
    if sender.web:
        lines.append((Link(sender.web.removeprefix("https://"), sender.web),))
    return tuple(lines)


def _telephone(number: str) -> str:
    return "tel:" + "".join(char for char in number if char.isdigit() or char == "+")
