"""The letter that says an application has arrived, what was understood, what happens next (H-04, H-13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.frame import framed
from egenmakt.casework.cases.letters.words import long_date, paragraphs, sentence
from egenmakt.foundation.documents.blocks import Block, Bullets, Facts, Heading, Panel, Paragraph
from egenmakt.foundation.documents.html import blocks_as_html
from egenmakt.foundation.documents.letters import Recipient, Sender, render_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What the letter tells. `contact_by` and `decision_by` are the municipality's own promises, if any."""

    reference: str
    written_on: date
    sender: Sender
    recipient: Recipient
    person_name: str
    received: date
    oral: bool
    wanted: str
    officer: str
    officer_phone: str
    contact_by: date | None = None
    decision_by: date | None = None
    still_needed: tuple[str, ...] = ()
    language: str = "sv"


def render_acknowledgement(letter: Acknowledgement) -> bytes:
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


def acknowledgement_preview(letter: Acknowledgement, *, heading_level: int = 2) -> SafeString:
    """The same content as HTML."""
    with translation.override(letter.language):
        return blocks_as_html(tuple(_blocks(letter)), heading_level=heading_level)


def _title(letter: Acknowledgement) -> str:
    return _("Vi har tagit emot ansökan för %(name)s") % {"name": letter.person_name}


def _blocks(letter: Acknowledgement) -> Iterable[Block]:
    yield Heading(_title(letter), 1)
    came = (
        _("Din muntliga ansökan togs emot den %(date)s.")
        if letter.oral
        else _("Ansökan kom till oss den %(date)s.")
    )
    yield Panel((Paragraph(came % {"date": long_date(letter.received)}, "lead"),))
    yield Paragraph(_("Så här har vi förstått ansökan:"))
    yield from (Paragraph(text) for text in paragraphs(letter.wanted))
    yield Paragraph(_("Hör av dig till oss om något är fel eller saknas."))
    yield Heading(_("Vad som händer nu"))
    yield Bullets(tuple(_steps(letter)), numbered=True)
    if letter.still_needed:
        yield Heading(_("Det här behöver vi från dig"))
        yield Bullets(tuple(sentence(text) for text in letter.still_needed))
    yield Heading(_("Det här har du rätt till"))
    yield Bullets(
        (
            _("att få veta vad lagen säger och vilka insatser som finns"),
            _("att läsa det som finns i ärendet (10 § förvaltningslagen)"),
            _("tolk och text i en form som du kan läsa (13 § förvaltningslagen)"),
            _("att ha någon med dig som stöd eller ombud (14 § förvaltningslagen)"),
            _(
                "att skriftligen begära ett beslut om ärendet inte är avgjort efter sex månader (12 § "
                "förvaltningslagen)"
            ),
        )
    )
    yield Heading(_("Kontakt"))
    yield Facts(((_("Handläggare"), letter.officer), (_("Telefon"), letter.officer_phone)))


def _steps(letter: Acknowledgement) -> Iterable[str]:
    if letter.contact_by:
        yield _("%(officer)s kontaktar dig senast den %(date)s för att bestämma tid för ett samtal.") % {
            "officer": letter.officer,
            "date": long_date(letter.contact_by),
        }
    else:
        yield _("%(officer)s kontaktar dig för att bestämma tid för ett samtal.") % {
            "officer": letter.officer
        }
    yield _("Vi utreder vilken hjälp som behövs, tillsammans med dig.")
    yield _("Innan vi beslutar får du läsa det vi har fått veta, och säga vad du tycker.")
    if letter.decision_by:
        yield _("Du får ett skriftligt beslut senast den %(date)s. Om det dröjer berättar vi varför.") % {
            "date": long_date(letter.decision_by)
        }
    else:
        yield _("Du får ett skriftligt beslut. Om det dröjer berättar vi varför.")
