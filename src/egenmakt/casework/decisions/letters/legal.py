"""The decision in the legal voice: what förvaltningslagen 31–33 §§ and LSS ask of a decision document."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import (
    capital,
    joined,
    long_date,
    month_and_year,
    paragraphs,
    sentence,
    span,
)
from egenmakt.casework.decisions.letters.appeal import legal_appeal
from egenmakt.casework.decisions.letters.calculation import THRESHOLD_S, calculation_blocks
from egenmakt.casework.decisions.letters.content import (
    GRANTING,
    AgeChange,
    Calculation,
    DecisionLetter,
    Official,
    OtherChange,
    Stretch,
)
from egenmakt.casework.decisions.letters.words import ground_word, hours, named
from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Panel,
    Paragraph,
    typographic,
)


def legal_blocks(letter: DecisionLetter) -> tuple[Block, ...]:
    """The letter as blocks, in the order a court reads it."""
    return (
        Heading(title(letter), 1),
        *_parties(letter),
        *_decision(letter),
        *_application(letter),
        *_reasons(letter),
        *_childs_view(letter),
        *_calculation(letter),
        *_who_decides(letter),
        *_refused(letter),
        *_follow_up(letter),
        *_signature(letter),
        *legal_appeal(letter),
    )


def title(letter: DecisionLetter) -> str:
    """The heading of the letter, and its title in the file."""
    titles = {
        "grant": _("Beslut om personlig assistans för %(name)s"),
        "partial_refusal": _("Beslut om personlig assistans för %(name)s"),
        "refusal": _("Beslut att avslå ansökan om personlig assistans för %(name)s"),
        "dismissal": _("Beslut att avvisa ansökan om personlig assistans för %(name)s"),
        "closure": _("Beslut att avsluta ärendet om personlig assistans för %(name)s"),
    }
    return titles[letter.kind] % {"name": letter.person.name}


def _parties(letter: DecisionLetter) -> Iterable[Block]:
    person = letter.person
    about = person.name if person.personal_number is None else f"{person.name}, {person.personal_number}"
    rows: list[tuple[str, str]] = [(_("Person"), about)]
    if letter.decision_number:
        rows.append((_("Beslutsnummer"), letter.decision_number))
    if letter.personkrets:
        rows.append((_("Personkrets"), letter.personkrets))
    yield Facts(tuple(rows))


def _decision(letter: DecisionLetter) -> Iterable[Block]:
    board = letter.sender.board
    name = letter.person.name
    if letter.kind in GRANTING:
        lead = _("%(board)s beviljar %(name)s personlig assistans enligt 9 § 2 LSS.")
        items: list[str] = [
            _("Från och med %(first)s till och med %(last)s: %(hours)s per vecka.")
            % {
                "first": long_date(one.first_day),
                "last": long_date(one.last_day),
                "hours": hours(one.seconds_per_week),
            }
            if one.last_day
            else _("Från och med %(first)s tills vidare: %(hours)s per vecka.")
            % {"first": long_date(one.first_day), "hours": hours(one.seconds_per_week)}
            for one in letter.stretches
        ]
        if letter.kind == "partial_refusal":
            items.append(_("Ansökan avslås i övrigt."))
    elif letter.kind == "refusal":
        lead, items = _("%(board)s avslår ansökan om personlig assistans för %(name)s."), []
    elif letter.kind == "dismissal":
        lead, items = (
            _("%(board)s avvisar ansökan om personlig assistans för %(name)s utan att pröva den."),
            [],
        )
    else:
        lead, items = _("%(board)s avskriver ärendet om personlig assistans för %(name)s."), []
    panel: list[Paragraph | Bullets | Heading] = [
        Heading(_("Beslut"), 2),
        Paragraph(lead % {"board": board, "name": name}, "lead"),
    ]
    if items:
        panel.append(Bullets(tuple(items)))
    yield Panel(tuple(panel))
    if letter.kind in GRANTING:
        yield from _granted(letter)


def _granted(letter: DecisionLetter) -> Iterable[Block]:
    for one in letter.stretches:
        if one.change is not None:
            yield Paragraph(change_sentence(letter, one))
    rows: list[tuple[str, str]] = [
        (_("Form för insatsen"), form_sentence(letter)),
        (_("Mål"), sentence(letter.goal)),
    ]
    if letter.scope:
        rows.append((_("Innehåll"), sentence(letter.scope)))
    first, last = letter.stretches[0].first_day, letter.stretches[-1].last_day
    period = (
        span(first, last) if last else _("från och med %(date)s tills vidare") % {"date": long_date(first)}
    )
    rows.append((_("Beslutet gäller"), sentence(period)))
    if letter.period_reasons:
        rows.append((_("Skäl för tidsbegränsningen"), sentence(letter.period_reasons)))
    if letter.yearly:
        rows.append((_("Årsbeslut"), yearly_sentence(letter)))
    if letter.review_reservation:
        rows.append((_("Förbehåll om omprövning"), sentence(letter.review_reservation)))
    yield Facts(tuple(rows))


def change_sentence(letter: DecisionLetter, one: Stretch) -> str:
    """When and why the hours change by themselves."""
    change = one.change
    if isinstance(change, AgeChange):
        return _(
            "Tiden ändras av sig själv den %(date)s till %(hours)s per vecka, eftersom %(name)s fyller "
            "%(age)d år i "
            "%(month)s. Föräldraavdraget bestäms av barnets ålder, och den nya åldern gäller hela den "
            "månad då "
            "barnet fyller år (9 f § LSS och 6 a § förordningen (1993:1090)). Ingen ny ansökan behövs."
        ) % {
            "date": long_date(one.first_day),
            "hours": hours(one.seconds_per_week),
            "name": letter.person.name,
            "age": change.age,
            "month": month_and_year(change.birthday),
        }
    reason = change.reason if isinstance(change, OtherChange) else ""
    return _("Tiden ändras av sig själv den %(date)s till %(hours)s per vecka. %(reason)s") % {
        "date": long_date(one.first_day),
        "hours": hours(one.seconds_per_week),
        "reason": sentence(reason),
    }


def form_sentence(letter: DecisionLetter) -> str:
    """How the measure is given: arranged by the municipality, or as economic support."""
    if letter.form == "arranged":
        return _("Biträde av personlig assistent. Kommunen ordnar assistansen.")
    if letter.provider:
        return _("Ekonomiskt stöd till skäliga kostnader för assistansen, som utförs av %(provider)s.") % {
            "provider": letter.provider
        }
    return _("Ekonomiskt stöd till skäliga kostnader för assistansen.")


def yearly_sentence(letter: DecisionLetter) -> str:
    """How freely the hours of a year may be used (K-12)."""
    yearly = letter.yearly
    if yearly is None:
        return ""
    return _(
        "Timmarna räknas samman för ett år, %(total)s. Tiden får variera %(percent)d procent från månad "
        "till månad kring "
        "genomsnittet, men aldrig överstiga det som återstår av perioden."
    ) % {"total": hours(yearly.total_seconds), "percent": yearly.flexibility_percent}


def _application(letter: DecisionLetter) -> Iterable[Block]:
    yield Heading(_("Ansökan"))
    asked = letter.application
    how = _("muntlig") if asked.oral else _("skriftlig")
    who = letter.person.name
    if asked.applicant:
        who = f"{asked.applicant} ({asked.capacity})" if asked.capacity else asked.applicant
    yield Paragraph(
        _("En %(how)s ansökan kom in den %(date)s från %(who)s.")
        % {"how": how, "date": long_date(asked.received), "who": who}
    )
    for text in paragraphs(asked.wanted):
        yield Paragraph(text)
    if asked.hours_s is not None:
        yield Paragraph(_("Ansökan gäller %(hours)s per vecka.") % {"hours": hours(asked.hours_s)})


def _reasons(letter: DecisionLetter) -> Iterable[Block]:
    yield Heading(_("Skäl för beslutet"))
    for text in paragraphs(letter.reasons):
        yield Paragraph(text)
    if letter.circumstances:
        yield Heading(_("Omständigheter som har varit avgörande"), 3)
        yield Bullets(tuple(sentence(text) for text in letter.circumstances))
    yield Heading(_("Bestämmelser som beslutet grundas på"), 3)
    yield Bullets(tuple(f"{one.citation}: {sentence(one.says)}" for one in letter.law))
    if letter.view_of_measure:
        yield Heading(_("Den enskildes inställning till insatsen"), 3)
        yield from (Paragraph(text) for text in paragraphs(letter.view_of_measure))


def _childs_view(letter: DecisionLetter) -> Iterable[Block]:
    if letter.childs_view is None:
        return
    yield Heading(_("Barnets bästa och barnets inställning (6 a och 8 §§ LSS)"))
    yield Facts(
        (
            (_("Hur barnet har hörts"), sentence(letter.childs_view.heard)),
            (_("Vad barnet anser"), sentence(letter.childs_view.view)),
            (_("Hur det har vägts in"), sentence(letter.childs_view.weighed)),
        )
    )


def _calculation(letter: DecisionLetter) -> Iterable[Block]:
    blocks = calculation_blocks(letter, "legal")
    if blocks:
        yield Heading(_("Beräkning av assistanstiden"))
        yield Paragraph(
            _(
                "Hela hjälpbehovet räknas först, därefter görs föräldraavdraget. Avdrag görs för sig från "
                "de grundläggande "
                "behoven och för sig från de andra personliga behoven."
            )
            if letter.is_child
            else _("Tiden för varje moment räknas om till tid per vecka och summeras.")
        )
        yield from blocks


def _who_decides(letter: DecisionLetter) -> Iterable[Block]:
    parts = letter.by_responsibility()
    if not parts:
        return
    yield Heading(_("Vem som beslutar om vilken del"))
    for responsible, calculations in parts:
        yield Bullets(tuple(basic_need_sentence(one) for one in calculations))
        if responsible == "state":
            yield Paragraph(
                _(
                    "Det är mer än %(line)s per vecka, och rätten till assistansersättning prövas därför av "
                    "Försäkringskassan (51 kap. 3 § socialförsäkringsbalken). Kommunen bekostar de första "
                    "%(line)s per "
                    "vecka (51 kap. 22 §)."
                )
                % {"line": hours(THRESHOLD_S)}
            )
        else:
            yield Paragraph(
                _(
                    "Det är inte mer än %(line)s per vecka, och kommunen beslutar och svarar därför för "
                    "hela insatsen "
                    "(2 och 9 §§ LSS, 51 kap. 3 § socialförsäkringsbalken)."
                )
                % {"line": hours(THRESHOLD_S)}
            )
    if letter.notified_agency_on:
        yield Paragraph(
            _("Kommunen har anmält ärendet till Försäkringskassan den %(date)s (15 § 8 LSS).")
            % {"date": long_date(letter.notified_agency_on)}
        )


def basic_need_sentence(one: Calculation) -> str:
    """How much basic need there is in a stretch of time, as the 20-hour line sees it."""
    values = {"span": capital(span(one.first_day, one.last_day)), "hours": hours(one.basic_after_s)}
    if one.basic_deduction_s:
        return _("%(span)s är de grundläggande behoven %(hours)s per vecka efter föräldraavdrag.") % values
    return _("%(span)s är de grundläggande behoven %(hours)s per vecka.") % values


def _refused(letter: DecisionLetter) -> Iterable[Block]:
    if not letter.refused:
        return
    yield Heading(_("Det som avslås"))
    for part in letter.refused:
        amount = (
            _(" (%(hours)s per vecka)") % {"hours": hours(part.seconds_per_week)}
            if part.seconds_per_week
            else ""
        )
        yield Heading(typographic(part.what) + amount, 3)
        yield Paragraph(f"{ground_word(part.ground)} {sentence(part.reason)}")
        yield Paragraph(_("Lagrum: %(section)s.") % {"section": part.section}, "note")


def _follow_up(letter: DecisionLetter) -> Iterable[Block]:
    if letter.kind not in GRANTING:
        return
    yield Heading(_("Uppföljning och individuell plan"))
    if letter.follow_up_on:
        yield Paragraph(
            _("Beslutet följs upp senast den %(date)s.") % {"date": long_date(letter.follow_up_on)}
        )
    who = named(letter, formal=True).as_values
    yield Paragraph(
        _("%(Who)s har rätt till en individuell plan (10 § LSS). Insatsen är avgiftsfri (18–21 §§ LSS).")
        % who
    )


def _signature(letter: DecisionLetter) -> Iterable[Block]:
    signed = letter.signature
    yield Heading(_("Beslutsfattare"))
    rows: list[tuple[str, str]] = [
        (_("Beslutat den"), long_date(letter.decided_on)),
        (_("Beslutat av"), official(signed.decided_by)),
        (_("Delegation"), sentence(signed.delegation)),
    ]
    if signed.meeting:
        rows.append((_("Sammanträde"), sentence(signed.meeting)))
    if signed.presented_by:
        rows.append((_("Föredragande"), official(signed.presented_by)))
    if signed.took_part:
        rows.append((_("Har deltagit i handläggningen"), joined(list(signed.took_part))))
    if signed.dissent:
        rows.append((_("Avvikande mening"), sentence(signed.dissent)))
    yield Facts(tuple(rows))


def official(who: Official) -> str:
    """Name and title; the title alone when the name is left out for the official's safety."""
    if who.name is None:
        return _("%(title)s (namnet lämnas inte ut, 33 § förvaltningslagen)") % {"title": who.title}
    return f"{who.name}, {who.title}"
