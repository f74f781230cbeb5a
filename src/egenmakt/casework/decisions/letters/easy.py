"""The decision in the easy-read voice (lättläst): short sentences, one thought a line, the same facts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import joined, long_date, month_name, paragraphs, sentence
from egenmakt.casework.decisions.letters.appeal import easy_appeal
from egenmakt.casework.decisions.letters.calculation import THRESHOLD_S, calculation_blocks
from egenmakt.casework.decisions.letters.content import (
    GRANTING,
    AgeChange,
    DecisionLetter,
    OtherChange,
    Stretch,
)
from egenmakt.casework.decisions.letters.legal import official
from egenmakt.casework.decisions.letters.words import hours, named, plain_ground_word
from egenmakt.foundation.documents.blocks import (
    Block,
    Bullets,
    Heading,
    Lines,
    Panel,
    Paragraph,
    typographic,
)


def easy_blocks(letter: DecisionLetter) -> tuple[Block, ...]:
    """The letter as blocks: the answer, then one question at a time."""
    return (
        Heading(_("Beslut om personlig assistans för %(name)s") % {"name": letter.person.name}, 1),
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
        *easy_appeal(letter),
    )


def _answer(letter: DecisionLetter) -> Iterable[Block]:
    who = named(letter).as_values
    answers = {
        "grant": (_("Vi har bestämt att %(who)s får personlig assistans."),),
        "partial_refusal": (
            _("Vi har bestämt att %(who)s får personlig assistans."),
            _("Men %(who)s får inte allt som ansökan gällde."),
        ),
        "refusal": (_("Vi har bestämt att %(who)s inte får personlig assistans."),),
        "dismissal": (
            _("Vi kan inte pröva ansökan för %(whom)s."),
            _("Därför säger vi varken ja eller nej till assistans."),
        ),
        "closure": (_("Vi avslutar ärendet om assistans för %(whom)s."),),
    }
    panel: list[Paragraph | Lines] = [Paragraph(line % who, "lead") for line in answers[letter.kind]]
    panel.extend(_stretch(one) for one in letter.stretches)
    yield Panel(tuple(panel))


def _stretch(one: Stretch) -> Lines:
    lines = [_("Från och med %(date)s") % {"date": long_date(one.first_day)}]
    if one.last_day:
        lines.append(_("till och med %(date)s:") % {"date": long_date(one.last_day)})
    else:
        lines[0] += ":"
    return Lines((*lines, _("%(hours)s varje vecka.") % {"hours": hours(one.seconds_per_week)}))


def _granted(letter: DecisionLetter) -> Iterable[Block]:
    if letter.kind not in GRANTING:
        return
    who = named(letter).as_values
    for one in letter.stretches:
        if one.change is not None:
            yield _change(letter, one)
    yield Lines(
        (
            _("Personlig assistans betyder att assistenter hjälper %(whom)s.") % who,
            _form(letter, who),
            _("Assistansen kostar inget."),
        )
    )
    if letter.scope:
        yield Lines(_thoughts(letter.scope))
    last = letter.stretches[-1].last_day
    ends = (
        _("Beslutet gäller tills vi bestämmer något annat.")
        if last is None
        else _("Beslutet gäller till och med %(date)s.") % {"date": long_date(last)}
    )
    yield Lines((ends, *(_thoughts(letter.period_reasons))))
    if letter.yearly:
        yield Lines(
            (
                _("Under ett år är det %(total)s.") % {"total": hours(letter.yearly.total_seconds)},
                _("En månad kan ha lite mer tid och en annan lite mindre,"),
                _("högst %(percent)d procent mer eller mindre.")
                % {"percent": letter.yearly.flexibility_percent},
                _("Men timmarna för hela året blir inte fler."),
            )
        )


def _form(letter: DecisionLetter, who: dict[str, str]) -> str:
    if letter.form == "arranged":
        return _("Kommunen ordnar assistenterna.")
    if letter.provider:
        return _("%(Who)s får pengar till assistansen från %(provider)s.") % {
            **who,
            "provider": letter.provider,
        }
    return _("%(Who)s får pengar till assistansen.") % who


def _change(letter: DecisionLetter, one: Stretch) -> Lines:
    who = named(letter).as_values
    new = (
        _("Då blir tiden %(hours)s varje vecka.") % {"hours": hours(one.seconds_per_week)},
        _("Ingen behöver göra något."),
    )
    changes = _("Den %(date)s ändras tiden.") % {"date": long_date(one.first_day)}
    if isinstance(one.change, AgeChange):
        return Lines(
            (
                changes,
                _("Det är för att %(who)s fyller %(age)d år i %(month)s.")
                % {**who, "age": one.change.age, "month": month_name(one.change.birthday)},
                _("Föräldrar ska hjälpa sina barn med en del."),
                _("Hur mycket det är beror på barnets ålder."),
                *new,
            )
        )
    reason = one.change.reason if isinstance(one.change, OtherChange) else ""
    return Lines((changes, *_thoughts(reason), *new))


def _application(letter: DecisionLetter) -> Iterable[Block]:
    asked = letter.application
    yield Heading(_("Vad gällde ansökan?"))
    lines = [_("Ansökan kom den %(date)s.") % {"date": long_date(asked.received)}]
    if asked.oral:
        lines.append(_("Vi fick den muntligt."))
    if asked.applicant:
        lines.append(_("%(by)s ansökte.") % {"by": asked.applicant})
        if asked.capacity:
            lines.append(
                _("%(by)s är %(capacity)s.")
                % {"by": asked.applicant, "capacity": typographic(asked.capacity)}
            )
    lines.extend(_thoughts(asked.wanted))
    if asked.hours_s is not None:
        lines.append(_("Ansökan gällde %(hours)s varje vecka.") % {"hours": hours(asked.hours_s)})
    yield Lines(tuple(lines))


def _reasons(letter: DecisionLetter) -> Iterable[Block]:
    yield Heading(_("Varför har vi bestämt så?"))
    for text in paragraphs(letter.plain_reasons or letter.reasons):
        yield Lines(_thoughts(text))
    if letter.personkrets:
        yield Lines(
            (
                _("Lagen gäller för tre grupper."),
                _("Beslutet gäller grupp %(group)s") % {"group": sentence(letter.personkrets)},
            )
        )
    if letter.circumstances:
        yield Paragraph(_("Det här är viktigast:"))
        yield Bullets(tuple(sentence(text) for text in letter.circumstances))
    if letter.view_of_measure:
        yield Lines((_("Det här har sagts om insatsen:"), *_thoughts(letter.view_of_measure)))
    yield Paragraph(_("De här reglerna gäller:"))
    yield Bullets(tuple(f"{one.citation}: {sentence(one.says)}" for one in letter.law))


def _refused(letter: DecisionLetter) -> Iterable[Block]:
    if not letter.refused:
        return
    yield Heading(_("Vad säger vi nej till?"))
    for part in letter.refused:
        yield Heading(typographic(part.what), 3)
        lines = [plain_ground_word(part.ground), *_thoughts(part.reason)]
        if part.seconds_per_week:
            lines.append(_("Det gäller %(hours)s varje vecka.") % {"hours": hours(part.seconds_per_week)})
        lines.append(_("Regeln står i %(section)s.") % {"section": part.section})
        yield Lines(tuple(lines))


def _childs_view(letter: DecisionLetter) -> Iterable[Block]:
    view = letter.childs_view
    if view is None:
        return
    yield Heading(_("Vad tycker %(who)s?") % named(letter).as_values)
    yield Lines((*_thoughts(view.heard), *_thoughts(view.view)))
    yield Lines(_thoughts(view.weighed))


def _calculation(letter: DecisionLetter) -> Iterable[Block]:
    blocks = calculation_blocks(letter, "easy")
    if not blocks:
        return
    who = named(letter).as_values
    yield Heading(_("Hur har vi räknat?"))
    lines = [_("Vi räknar all hjälp som %(who)s behöver på en vecka.") % who]
    if letter.is_child:
        lines += [
            _("Sedan tar vi bort den tid som föräldrar själva ska hjälpa till."),
            _("Det heter föräldraavdrag."),
            _("I bilden är föräldraavdraget streckat."),
            _("Resten är assistans."),
        ]
    yield Lines(tuple(lines))
    yield from blocks


def _who_decides(letter: DecisionLetter) -> Iterable[Block]:
    parts = letter.by_responsibility()
    if not parts:
        return
    yield Heading(_("Vem bestämmer och betalar?"))
    limit = {"line": hours(THRESHOLD_S)}
    for responsible, calculations in parts:
        for one in calculations:
            yield Lines(
                (
                    _("Från och med %(date)s") % {"date": long_date(one.first_day)},
                    _("är de grundläggande behoven %(hours)s varje vecka.")
                    % {"hours": hours(one.basic_after_s)},
                )
            )
        if responsible == "state":
            yield Lines(
                (
                    _("Det är mer än %(line)s.") % limit,
                    _("Då är det Försäkringskassan som bestämmer."),
                    _("Kommunen betalar de första %(line)s.") % limit,
                )
            )
        else:
            yield Lines(
                (
                    _("Det är inte mer än %(line)s.") % limit,
                    _("Då är det kommunen som bestämmer och betalar."),
                )
            )
    if letter.notified_agency_on:
        yield Lines(
            (
                _("Vi berättade för Försäkringskassan den %(date)s.")
                % {"date": long_date(letter.notified_agency_on)},
            )
        )


def _ahead(letter: DecisionLetter) -> Iterable[Block]:
    if letter.kind not in GRANTING:
        return
    who = named(letter).as_values
    yield Heading(_("Vad händer sedan?"))
    yield Lines((_("Det här är målet:"), *_thoughts(letter.goal)))
    lines = []
    if letter.follow_up_on:
        lines.append(
            _("Vi pratar om hur det går senast den %(date)s.") % {"date": long_date(letter.follow_up_on)}
        )
    lines.append(_("%(Who)s kan få en individuell plan.") % who)
    lines.append(_("Där samlar vi allt stöd."))
    lines.append(_("Berätta för oss om behovet av hjälp ändras."))
    yield Lines(tuple(lines))
    if letter.review_reservation:
        yield Lines((_("Vi kan ändra beslutet."), *_thoughts(letter.review_reservation)))


def _who_decided(letter: DecisionLetter) -> Iterable[Block]:
    signed = letter.signature
    yield Heading(_("Vem har bestämt?"))
    lines = [
        _("Den som har bestämt är:"),
        sentence(official(signed.decided_by)),
        _("Det var den %(date)s.") % {"date": long_date(letter.decided_on)},
        _("Rätten att bestämma kommer från: %(delegation)s") % {"delegation": sentence(signed.delegation)},
    ]
    if signed.meeting:
        lines.append(_("Det var på ett möte: %(meeting)s") % {"meeting": sentence(signed.meeting)})
    if signed.presented_by:
        lines += [_("Den som har utrett ärendet är:"), sentence(official(signed.presented_by))]
    if signed.took_part:
        lines.append(_("%(names)s var också med.") % {"names": joined(list(signed.took_part))})
    if signed.dissent:
        lines.append(_("Någon tyckte annorlunda: %(dissent)s") % {"dissent": sentence(signed.dissent)})
    yield Lines(tuple(lines))


def _thoughts(text: str) -> tuple[str, ...]:
    """What someone wrote, one sentence a line. A short abbreviation's full stop does not end a sentence."""
    lines: list[str] = []
    for paragraph in paragraphs(text):
        current: list[str] = []
        for word in paragraph.split():
            current.append(word)
            if word.endswith((".", "?")) and len(word.rstrip(".?")) > 2 and not word[:-1].isdigit():
                lines.append(" ".join(current))
                current = []
        if current:
            lines.append(sentence(" ".join(current)))
    return tuple(lines)
