"""The decision in the plain voice (klarspråk): the answer first, whole sentences, everyday words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import (
    capital,
    joined,
    long_date,
    month_name,
    paragraphs,
    sentence,
    span,
)
from egenmakt.casework.decisions.letters.account import accounts_of, share_sentence
from egenmakt.casework.decisions.letters.appeal import plain_appeal
from egenmakt.casework.decisions.letters.calculation import THRESHOLD_S, calculation_blocks
from egenmakt.casework.decisions.letters.content import (
    GRANTING,
    AgeChange,
    DecisionLetter,
    OtherChange,
    Stretch,
)
from egenmakt.casework.decisions.letters.legal import basic_need_sentence, official
from egenmakt.casework.decisions.letters.words import hours, named, plain_ground_word
from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Panel,
    Paragraph,
    Text,
    typographic,
)


def plain_blocks(letter: DecisionLetter) -> tuple[Block, ...]:
    """The letter as blocks: what was decided, what it means, why, how it was counted, what one can do."""
    return (
        Heading(title(letter), 1),
        *_answer(letter),
        *_granted(letter),
        *_application(letter),
        *_reasons(letter),
        *_refused(letter),
        *_childs_view(letter),
        *_calculation(letter),
        *_who_decides(letter),
        *_ahead(letter),
        *_who_decided(letter),
        *plain_appeal(letter),
    )


def title(letter: DecisionLetter) -> str:
    """The heading of the letter."""
    return _("Beslut om personlig assistans för %(name)s") % {"name": letter.person.name}


def _answer(letter: DecisionLetter) -> Iterable[Block]:
    who = named(letter).as_values
    leads = {
        "grant": _("%(Who)s får personlig assistans."),
        "partial_refusal": _("%(Who)s får personlig assistans, men inte allt som ansökan gällde."),
        "refusal": _("%(Who)s får inte personlig assistans."),
        "dismissal": _("Vi kan inte pröva ansökan om personlig assistans för %(whom)s."),
        "closure": _("Vi avslutar ärendet om personlig assistans för %(whom)s."),
    }
    panel: list[Paragraph | Bullets] = [Paragraph(leads[letter.kind] % who, "lead")]
    if letter.stretches:
        panel.append(Bullets(tuple(_stretch(one) for one in letter.stretches)))
    if letter.appeal is not None:
        panel.append(Paragraph(_("I slutet av brevet står hur man överklagar om man inte håller med.")))
    yield Panel(tuple(panel))


def _stretch(one: Stretch) -> str:
    values = {"first": long_date(one.first_day), "hours": hours(one.seconds_per_week)}
    if one.last_day is None:
        return _("Från och med %(first)s: %(hours)s i veckan.") % values
    return _("Från och med %(first)s till och med %(last)s: %(hours)s i veckan.") % {
        **values,
        "last": long_date(one.last_day),
    }


def _granted(letter: DecisionLetter) -> Iterable[Block]:
    if letter.kind not in GRANTING:
        return
    who = named(letter).as_values
    for one in letter.stretches:
        if one.change is not None:
            yield Paragraph(_change(letter, one))
    if letter.form == "arranged":
        yield Paragraph(_("Kommunen ordnar de personliga assistenterna."))
    elif letter.provider:
        yield Paragraph(
            _("%(Who)s får pengar till assistansen, som %(provider)s utför.")
            % {**who, "provider": letter.provider}
        )
    else:
        yield Paragraph(_("%(Who)s får pengar till skäliga kostnader för assistansen.") % who)
    if letter.scope:
        yield Paragraph(sentence(letter.scope))
    last = letter.stretches[-1].last_day
    if last is None:
        yield Paragraph(_("Beslutet gäller tills vidare."))
    else:
        yield Paragraph(_("Beslutet gäller till och med %(date)s.") % {"date": long_date(last)})
    if letter.period_reasons:
        yield Paragraph(
            _("Skälet till att beslutet är tidsbegränsat: %(why)s") % {"why": sentence(letter.period_reasons)}
        )
    if letter.yearly:
        yield Paragraph(
            _(
                "Timmarna räknas per år, sammanlagt %(total)s. En månad får ha upp till %(percent)d "
                "procent mer eller "
                "mindre tid än en vanlig månad, så länge årets timmar räcker."
            )
            % {"total": hours(letter.yearly.total_seconds), "percent": letter.yearly.flexibility_percent}
        )
    yield Paragraph(_("Assistansen kostar inget."))


def _change(letter: DecisionLetter, one: Stretch) -> str:
    values = {
        **named(letter).as_values,
        "date": long_date(one.first_day),
        "hours": hours(one.seconds_per_week),
    }
    if isinstance(one.change, AgeChange):
        return _(
            "Tiden ändras av sig själv den %(date)s till %(hours)s i veckan, eftersom %(who)s fyller "
            "%(age)d år i "
            "%(month)s. Föräldrar har ansvar för en del av hjälpen till sina barn, och den delen beror på "
            "barnets ålder. "
            "Ingen behöver ansöka på nytt."
        ) % {**values, "age": one.change.age, "month": month_name(one.change.birthday)}
    reason = one.change.reason if isinstance(one.change, OtherChange) else ""
    return _("Tiden ändras av sig själv den %(date)s till %(hours)s i veckan. %(reason)s") % {
        **values,
        "reason": sentence(reason),
    }


def _application(letter: DecisionLetter) -> Iterable[Block]:
    asked = letter.application
    yield Heading(_("Vad ansökan gällde"))
    came = _("Ansökan kom till oss den %(date)s.") % {"date": long_date(asked.received)}
    if asked.oral:
        came = _("Vi tog emot en muntlig ansökan den %(date)s.") % {"date": long_date(asked.received)}
    if asked.applicant:
        by = f"{asked.applicant} ({asked.capacity})" if asked.capacity else asked.applicant
        came = f"{came} " + _("Det var %(by)s som ansökte.") % {"by": by}
    yield Paragraph(came)
    for text in paragraphs(asked.wanted):
        yield Paragraph(text)
    if asked.hours_s is not None:
        yield Paragraph(_("Ansökan gällde %(hours)s i veckan.") % {"hours": hours(asked.hours_s)})


def _reasons(letter: DecisionLetter) -> Iterable[Block]:
    yield Heading(_("Därför har vi beslutat så här"))
    for text in paragraphs(letter.plain_reasons or letter.reasons):
        yield Paragraph(text)
    if letter.personkrets:
        yield Paragraph(
            _("Grupp enligt lagen (personkrets): %(group)s") % {"group": sentence(letter.personkrets)}
        )
    if letter.circumstances:
        yield Paragraph(_("Det här har varit avgörande:"))
        yield Bullets(tuple(sentence(text) for text in letter.circumstances))
    if letter.view_of_measure:
        yield Paragraph(_("Inställning till insatsen: %(view)s") % {"view": sentence(letter.view_of_measure)})
    yield Paragraph(_("Beslutet bygger på de här reglerna:"))
    yield Bullets(tuple(f"{one.citation}: {sentence(one.says)}" for one in letter.law))


def _refused(letter: DecisionLetter) -> Iterable[Block]:
    if not letter.refused:
        return
    yield Heading(_("Det här säger vi nej till"))
    for part in letter.refused:
        amount = (
            _(" (%(hours)s i veckan)") % {"hours": hours(part.seconds_per_week)}
            if part.seconds_per_week
            else ""
        )
        yield Heading(typographic(part.what) + amount, 3)
        yield Paragraph(
            f"{plain_ground_word(part.ground)} {sentence(part.reason)} "
            + _("Regeln står i %(section)s.") % {"section": part.section}
        )


def _childs_view(letter: DecisionLetter) -> Iterable[Block]:
    if letter.childs_view is None:
        return
    who = named(letter).as_values
    yield Heading(_("Vad %(who)s tycker, och vad som är bäst för %(whom)s") % who)
    for text in (letter.childs_view.heard, letter.childs_view.view, letter.childs_view.weighed):
        yield Paragraph(sentence(text))


def _calculation(letter: DecisionLetter) -> Iterable[Block]:
    blocks = calculation_blocks(letter, "plain")
    if not blocks:
        return
    yield Heading(_("Så har vi räknat"))
    if letter.is_child:
        yield Paragraph(
            _(
                "Först räknar vi all hjälp som %(who)s behöver under en vecka. Sedan drar vi av den tid "
                "som föräldrar enligt "
                "reglerna själva ansvarar för (föräldraavdrag). Det som är kvar är assistansen. I bilden "
                "är föräldraavdraget "
                "streckat."
            )
            % named(letter).as_values
        )
    else:
        yield Paragraph(
            _("Vi räknar all hjälp som %(who)s behöver under en vecka, sak för sak.")
            % named(letter).as_values
        )
    for one, told in accounts_of(letter.calculations, named(letter)):
        if len(letter.calculations) > 1:
            yield Heading(capital(span(one.first_day, one.last_day)), 3)
        if one.total_s:
            yield Paragraph(share_sentence(one))
        if told:
            yield Bullets(told)
    yield from blocks


def _who_decides(letter: DecisionLetter) -> Iterable[Block]:
    parts = letter.by_responsibility()
    if not parts:
        return
    yield Heading(_("Vem som beslutar och betalar"))
    for responsible, calculations in parts:
        yield Bullets(tuple(basic_need_sentence(one) for one in calculations))
        if responsible == "state":
            yield Paragraph(
                _(
                    "När de grundläggande behoven är mer än %(line)s i veckan är det Försäkringskassan "
                    "som prövar rätten till "
                    "assistans. Kommunen betalar de första %(line)s."
                )
                % {"line": hours(THRESHOLD_S)}
            )
        else:
            yield Paragraph(
                _(
                    "Försäkringskassan tar över när de grundläggande behoven är mer än %(line)s i veckan. "
                    "Det är de inte, och "
                    "därför är det kommunen som beslutar och betalar för all assistans."
                )
                % {"line": hours(THRESHOLD_S)}
            )
    if letter.notified_agency_on:
        yield Paragraph(
            _("Vi har berättat för Försäkringskassan om ärendet den %(date)s.")
            % {"date": long_date(letter.notified_agency_on)}
        )


def _ahead(letter: DecisionLetter) -> Iterable[Block]:
    if letter.kind not in GRANTING:
        return
    yield Heading(_("Mål och uppföljning"))
    yield Paragraph(_("Målet är: %(goal)s") % {"goal": sentence(letter.goal)})
    if letter.follow_up_on:
        yield Paragraph(
            _("Vi följer upp beslutet tillsammans med %(whom)s senast den %(date)s.")
            % {**named(letter).as_values, "date": long_date(letter.follow_up_on)}
        )
    yield Paragraph(
        _(
            "%(Who)s har också rätt till en individuell plan, där allt stöd samlas. Säg till om en sådan "
            "behövs."
        )
        % named(letter).as_values
    )
    if letter.review_reservation:
        yield Paragraph(
            _("Beslutet har ett förbehåll om omprövning: %(when)s")
            % {"when": sentence(letter.review_reservation)}
        )
    yield Paragraph(_("Berätta för oss om behovet av hjälp ändras."))


def _who_decided(letter: DecisionLetter) -> Iterable[Block]:
    signed = letter.signature
    yield Heading(_("Vem som har beslutat"))
    rows: list[tuple[str, Text]] = [
        (_("Beslutat av"), f"{official(signed.decided_by)}, {long_date(letter.decided_on)}"),
        (_("Rätt att besluta"), sentence(signed.delegation)),
    ]
    if signed.meeting:
        rows.append((_("Möte"), sentence(signed.meeting)))
    if signed.presented_by:
        rows.append((_("Har utrett ärendet"), official(signed.presented_by)))
    if signed.took_part:
        rows.append((_("Har också deltagit"), joined(list(signed.took_part))))
    if signed.dissent:
        rows.append((_("Tyckte annorlunda"), sentence(signed.dissent)))
    yield Facts(tuple(rows))
