"""Which decisions may be appealed, and when they apply (LSS 27 §)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class DecisionKind(StrEnum):
    """What a decision is about."""

    MEASURE = "measure"
    PAYMENT_TO_ANOTHER = "payment_to_another"
    REPAYMENT = "repayment"
    ADVANCE_RULING = "advance_ruling"
    PERMIT = "permit"
    TAKING_OVER_FILE = "taking_over_file"
    INJUNCTION = "injunction"
    WITHDRAWAL_OR_BAN = "withdrawal_or_ban"
    SUPPORT_WITHDRAWN = "support_withdrawn"
    OTHER = "other"


FACTS = {
    "decision_kind": Fact("Vad gäller beslutet?", Kind.CHOICE, DecisionKind),
    "court_ordered_otherwise": Fact("Har domstolen bestämt att beslutet inte ska gälla än?"),
    "appealed_to_second_court": Fact("Överklagas till kammarrätten?", Kind.YES_NO),
    "leave_granted": Fact("Har kammarrätten gett prövningstillstånd?"),
}


@rule("27 §", part="första stycket", version="2018:1155", valid_from="2019-01-01")
@basis(
    note="Slutet av lydelsen från 2026 är inte läst; sanktionsavgifter kan ha lagts till.",
    refusal="Beslutet får inte överklagas enligt LSS. Det kan laglighetsprövas enligt kommunallagen.",
)
def appealable(decision_kind: DecisionKind) -> bool:
    """Beslut om insatser, utbetalning till annan, återbetalning, förhandsbesked, tillstånd, omhändertagande av akt,
    föreläggande, återkallelse, förbud och indraget stöd får överklagas."""
    return decision_kind != DecisionKind.OTHER


@rule("27 §", part="fjärde och femte styckena", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Beslutet gäller inte än.")
def applies_at_once(appealable: bool) -> Answer:
    """Beslut som får överklagas gäller omedelbart."""
    if appealable:
        return Answer.YES
    return Answer.UNKNOWN


@rule(
    "27 §",
    part="fjärde och femte styckena",
    version="2018:1155",
    valid_from="2019-01-01",
    sets_aside="applies_at_once",
)
@basis(refusal="Domstolen har inte bestämt att beslutet ska vänta.")
def court_has_stayed(appealable: bool, court_ordered_otherwise: Answer) -> Answer:
    """Förvaltningsrätten eller kammarrätten kan bestämma att ett beslut som får överklagas inte ska gälla än."""
    if not appealable:
        return Answer.NO
    return court_ordered_otherwise


@rule("27 §", part="andra stycket", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Prövningstillstånd saknas.")
def tried_in_second_court(appealed_to_second_court: bool, leave_granted: Answer) -> Answer:
    """Kammarrätten prövar målet bara om den ger prövningstillstånd."""
    if not appealed_to_second_court:
        return Answer.NO
    return leave_granted
