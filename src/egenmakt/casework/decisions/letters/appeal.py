"""How to appeal (FL 43–44 §§, LSS 27 §) in three voices: which court, handed in to whom, by when, with what."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import long_date
from egenmakt.casework.decisions.letters.content import Appeal, DecisionLetter
from egenmakt.foundation.documents.blocks import Block, Bullets, Heading, Lines, Link, Paragraph


def legal_appeal(letter: DecisionLetter) -> Iterable[Block]:
    """How to appeal, in the legal voice."""
    if letter.appeal is None:
        return
    sender = letter.sender
    yield Heading(_("Hur man överklagar"))
    yield Paragraph(
        _(
            "Beslutet kan överklagas till %(court)s. Överklagandet ska vara skriftligt, ställas till "
            "domstolen och lämnas in till %(board)s."
        )
        % {"court": letter.appeal.court, "board": sender.board}
    )
    yield Paragraph(
        _(
            "Överklagandet ska ha kommit in till %(board)s inom tre veckor från den dag då den som "
            "överklagar fick del av "
            "beslutet. Kommer det in för sent prövas det inte."
        )
        % {"board": sender.board}
    )
    yield Paragraph(_("Skriv i överklagandet:"))
    yield Bullets(
        (
            _("vilket beslut som överklagas: ärendenummer %(reference)s, beslutat den %(date)s")
            % {"reference": letter.reference, "date": long_date(letter.decided_on)},
            _("hur beslutet ska ändras, och varför"),
            _("namn, personnummer, adress, telefonnummer och e-postadress"),
            _("sådant som stöder överklagandet, till exempel intyg – skicka gärna med det"),
        )
    )
    yield Paragraph(
        (
            _("Lämna eller skicka överklagandet till:")
            + "\n"
            + "\n".join((sender.board, *sender.postal_address))
            + "\n",
            Link(sender.email, f"mailto:{sender.email}"),
        )
    )
    yield Paragraph(
        _(
            "Beslutet gäller omedelbart, också om det överklagas, om inte domstolen bestämmer annat (27 § "
            "LSS)."
        )
    )
    help_contact = letter.appeal.help_contact or f"{sender.unit}, {sender.phone}"
    yield Paragraph(
        _("Den som vill överklaga kan få hjälp med det. Kontakta %(contact)s.") % {"contact": help_contact}
    )


def plain_appeal(letter: DecisionLetter) -> Iterable[Block]:
    """How to appeal, in the plain voice."""
    if letter.appeal is None:
        return
    sender = letter.sender
    values = _values(letter, letter.appeal)
    yield Heading(_("Om du inte håller med: så överklagar du"))
    yield Paragraph(
        _(
            "Du kan överklaga beslutet till %(court)s. Skriv ett brev eller ett mejl till domstolen, men "
            "skicka det till oss "
            "på %(board)s. Det ska ha kommit till oss inom tre veckor från den dag du fick det här beslutet."
        )
        % values
    )
    yield Paragraph(_("Skriv det här:"))
    yield Bullets(
        (
            _("att du överklagar beslut %(reference)s från den %(date)s") % values,
            _("hur du vill att beslutet ska ändras, och varför"),
            _("ditt namn, personnummer, adress, telefonnummer och din e-postadress"),
        )
    )
    yield Paragraph(_("Skicka gärna med intyg eller annat som visar det du skriver."))
    address = "\n".join((sender.board, *sender.postal_address))
    yield Paragraph(
        (_("Hit skickar du det:") + "\n" + address + "\n", Link(sender.email, f"mailto:{sender.email}"))
    )
    yield Paragraph(_("Beslutet gäller genast, också om du överklagar. Domstolen kan bestämma något annat."))
    yield Paragraph(_("Du kan få hjälp av oss att överklaga. Kontakta %(help)s.") % values)


def easy_appeal(letter: DecisionLetter) -> Iterable[Block]:
    """How to appeal, in the easy-read voice."""
    if letter.appeal is None:
        return
    sender = letter.sender
    values = _values(letter, letter.appeal)
    yield Heading(_("Vad gör du om du inte håller med?"))
    yield Lines(
        (
            _("Du kan överklaga."),
            _("Det betyder att en domstol prövar beslutet."),
            _("Domstolen heter %(court)s.") % values,
            _("Du måste skriva."),
            _("Skriv till domstolen men skicka det till oss."),
            _("Det ska komma till oss inom tre veckor"),
            _("från den dag du fick beslutet."),
        )
    )
    yield Paragraph(_("Skriv det här:"))
    yield Bullets(
        (
            _("Jag överklagar beslut %(reference)s från den %(date)s.") % values,
            _("Hur du vill att beslutet ska ändras, och varför."),
            _("Ditt namn och personnummer."),
            _("Din adress, ditt telefonnummer och din e-postadress."),
        )
    )
    yield Lines((_("Skicka gärna med intyg."),))
    address = "\n".join((sender.board, *sender.postal_address))
    yield Paragraph((_("Skicka hit:") + "\n" + address + "\n", Link(sender.email, f"mailto:{sender.email}")))
    yield Lines(
        (
            _("Beslutet gäller genast."),
            _("Det gäller också om du överklagar,"),
            _("om inte domstolen säger något annat."),
        )
    )
    yield Lines((_("Vi kan hjälpa dig att överklaga."), _("Kontakta %(help)s.") % values))


def _values(letter: DecisionLetter, appeal: Appeal) -> dict[str, str]:
    sender = letter.sender
    return {
        "board": sender.board,
        "court": appeal.court,
        "reference": letter.reference,
        "date": long_date(letter.decided_on),
        "help": appeal.help_contact or f"{sender.unit}, {sender.phone}",
    }
