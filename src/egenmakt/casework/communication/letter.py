"""The letter that puts the material of a case to the party, with a day to answer by (FL 25 §, H-20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters import ContradictoryLetter
from egenmakt.casework.cases.letters.frame import framed
from egenmakt.casework.cases.letters.words import long_date, paragraphs, sentence
from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Column,
    Facts,
    Heading,
    Link,
    Panel,
    Paragraph,
    Table,
    typographic,
)
from egenmakt.foundation.documents.html import blocks_as_html
from egenmakt.foundation.documents.letters import Recipient, Sender, render_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Something that has come into the case: what, from whom, when, and what it says that matters."""

    title: str
    source: str
    dated: date
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunicationLetter:
    """What the letter tells. `proposal` is what the officer means to propose, in a few sentences.

    Raises ContradictoryLetter when nothing is put to the party, or the day to answer is not after the day of
    the letter.
    """

    reference: str
    written_on: date
    sender: Sender
    recipient: Recipient
    person_name: str
    materials: tuple[Material, ...]
    answer_by: date
    officer: str
    officer_phone: str
    proposal: str = ""
    enclosures: tuple[str, ...] = ()
    language: str = "sv"

    def __post_init__(self) -> None:
        if not self.materials and not self.proposal.strip():
            raise ContradictoryLetter("There is nothing to put to the party.")
        if self.answer_by <= self.written_on:
            raise ContradictoryLetter("The day to answer by comes after the day of the letter.")


def render_communication(letter: CommunicationLetter) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a; the same letter gives the same bytes."""
    with translation.override(letter.language):
        return render_letter(
            framed(
                title=_title(letter),
                reference=letter.reference,
                written_on=letter.written_on,
                officer=letter.officer,
                sender=letter.sender,
                recipient=letter.recipient,
                language=letter.language,
                blocks=tuple(_blocks(letter)),
            )
        )


def communication_preview(letter: CommunicationLetter, *, heading_level: int = 2) -> SafeString:
    """The same content as HTML."""
    with translation.override(letter.language):
        return blocks_as_html(tuple(_blocks(letter)), heading_level=heading_level)


def _title(letter: CommunicationLetter) -> str:
    return _("Läs det här innan vi beslutar om %(name)s") % {"name": letter.person_name}


def _blocks(letter: CommunicationLetter) -> Iterable[Block]:
    answer_by = {"date": long_date(letter.answer_by)}
    yield Heading(_title(letter), 1)
    yield Panel(
        (
            Paragraph(_("Svara senast den %(date)s om du vill säga något.") % answer_by, "lead"),
            Paragraph(_("Du behöver inte svara. Om vi inte hör något kan vi besluta ändå.")),
        )
    )
    yield Paragraph(
        _(
            "Innan vi beslutar har du rätt att få veta vad som har kommit in i ärendet och säga vad du "
            "tycker om det "
            "(25 § förvaltningslagen)."
        )
    )
    if letter.materials:
        yield Heading(_("Det här har kommit in i ärendet"))
        yield Table(
            _("Underlag i ärendet"),
            (
                Column(_("Underlag"), 4),
                Column(_("Från"), 3),
                Column(_("Datum"), 3),
                Column(_("Vad det säger"), 7),
            ),
            tuple(
                (typographic(one.title), typographic(one.source), long_date(one.dated), sentence(one.summary))
                for one in letter.materials
            ),
        )
    if letter.proposal:
        yield Heading(_("Det här tänker handläggaren föreslå"))
        yield from (Paragraph(text) for text in paragraphs(letter.proposal))
    if letter.enclosures:
        yield Heading(_("Vi skickar med"))
        yield Bullets(tuple(typographic(text) for text in letter.enclosures))
    yield Heading(_("Så svarar du"))
    email = letter.sender.email
    yield Paragraph(
        (
            _("Skriv till oss eller ring %(officer)s, %(phone)s. E-post: ")
            % {"officer": letter.officer, "phone": letter.officer_phone},
            Link(email, f"mailto:{email}"),
            ".",
        )
    )
    yield Paragraph(
        _(
            "Du får också svara muntligt, och du har rätt att lämna uppgifter muntligt inför %(board)s (24 § "
            "förvaltningslagen och 8 a § LSS). Behöver du mer tid, hör av dig före den %(date)s."
        )
        % {"board": letter.sender.board, **answer_by}
    )
    yield Facts(((_("Ärendenummer"), letter.reference), (_("Svara senast"), long_date(letter.answer_by))))
