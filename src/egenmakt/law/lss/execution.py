"""Decisions that are not carried out: the special fee and the reports (LSS 28 a–28 i §§). Money is whole öre."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "entitled_by_decision": Fact("Är personen berättigad till insatsen genom beslut eller dom?"),
    "provided": Fact("Tillhandahålls insatsen?"),
    "reasonable_time_passed": Fact("Har skälig tid gått?"),
    "minor_case": Fact("Är fallet ringa?"),
    "exceptional_reasons_to_waive": Fact("Finns synnerliga skäl att efterge avgiften?"),
    "fee_claimed_ore": Fact("Hur stor avgift har IVO yrkat, i öre?", Kind.WHOLE),
    "months_to_service": Fact(
        "Hur många påbörjade månader gick från beslutet, domens laga kraft eller avbrottet till att ansökan delgavs?",
        Kind.WHOLE,
    ),
    "favourable_decision": Fact("Är beslutet gynnande och gäller det en insats enligt 9 §?"),
    "months_unexecuted": Fact(
        "Hur många påbörjade månader har gått sedan beslutet eller avbrottet?", Kind.WHOLE
    ),
    "executed": Fact("Är beslutet verkställt?"),
    "reported_as_unexecuted": Fact("Har beslutet rapporterats som ej verkställt?"),
    "execution_told": Fact("Är verkställigheten anmäld med datum till IVO och revisorerna?"),
    "months_since_report": Fact("Hur många hela månader har gått sedan förra rapporten?", Kind.WHOLE),
    "executes_for_other_municipality": Fact("Verkställer kommunen på en annan kommuns begäran?"),
    "still_not_provided_after_fee": Fact("Tillhandahålls insatsen fortfarande inte efter en avgift?"),
}
PARAMETERS = {
    "special_fee_least_ore": ("special_fee", "min"),
    "special_fee_most_ore": ("special_fee", "max"),
    "special_fee_claim_months": ("special_fee_claim_months", ""),
    "unexecuted_months": ("unexecuted_months", ""),
    "unexecuted_report_months": ("unexecuted_report_months", ""),
}


@rule("28 a §", part="första och andra styckena", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Ingen särskild avgift ska åläggas.")
def special_fee_due(entitled_by_decision: Answer, provided: Answer, reasonable_time_passed: Answer) -> Answer:
    """En kommun som inte inom skälig tid tillhandahåller en insats som någon är berättigad till ska betala en särskild
    avgift. Det gäller också efter ett avbrott."""
    if provided == Answer.YES:
        return Answer.NO
    if provided == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, entitled_by_decision, reasonable_time_passed)
    return min(entitled_by_decision, reasonable_time_passed)


@rule("28 b §", part="tredje stycket", version="2008:77", valid_from="2008-07-01")
@basis(refusal="Avgiften tas inte ut: fallet är ringa, eller avgiften efterges.")
def special_fee_taken(minor_case: Answer, exceptional_reasons_to_waive: Answer) -> Answer:
    """I ringa fall tas ingen avgift ut, och den får efterges om det finns synnerliga skäl."""
    hindrance = max(minor_case, exceptional_reasons_to_waive)
    if hindrance == Answer.YES:
        return Answer.NO
    if hindrance == Answer.UNKNOWN:
        return Answer.UNKNOWN
    return Answer.YES


@rule("28 b §", part="första stycket", version="2008:77", valid_from="2008-07-01", valid_to="2025-12-31")
@rule("28 b §", part="första stycket", version="2025:1298", valid_from="2026-01-01")
def special_fee_within_bounds_ore(
    fee_claimed_ore: int, special_fee_least_ore: int, special_fee_most_ore: int
) -> int:
    """Den särskilda avgiften bestäms inom lagens lägsta och högsta belopp."""
    return min(special_fee_most_ore, max(special_fee_least_ore, fee_claimed_ore))


@rule("28 d §", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Ingen ny avgift.")
def special_fee_again(still_not_provided_after_fee: Answer) -> Answer:
    """Underlåter kommunen fortfarande att tillhandahålla insatsen får en ny särskild avgift dömas ut."""
    return still_not_provided_after_fee


@rule("28 e §", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Ansökan delgavs kommunen för sent. Avgiften får inte dömas ut.")
def special_fee_claimed_in_time(months_to_service: int, special_fee_claim_months: int) -> bool:
    """Avgiften får dömas ut bara om IVO:s ansökan delgavs kommunen inom två år från beslutet, från domens laga kraft
    eller från avbrottet."""
    return months_to_service <= special_fee_claim_months


@rule("28 f §", part="första och andra styckena", version="2017:735", valid_from="2018-01-01")
@basis(refusal="Beslutet behöver inte rapporteras.")
def report_unexecuted(
    favourable_decision: Answer, executed: Answer, months_unexecuted: int, unexecuted_months: int
) -> Answer:
    """Gynnande beslut enligt 9 § som inte har verkställts inom tre månader, eller på nytt inom tre månader från ett
    avbrott, rapporteras till IVO och revisorerna."""
    if executed == Answer.YES or months_unexecuted <= unexecuted_months:
        return Answer.NO
    if executed == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, favourable_decision)
    return favourable_decision


@rule("28 f §", part="tredje stycket", version="2017:735", valid_from="2018-01-01")
@basis(refusal="Det är inte dags för en ny rapport.")
def quarterly_report_due(months_since_report: int, unexecuted_report_months: int) -> bool:
    """Rapportering till IVO och revisorerna sker en gång per kvartal."""
    return months_since_report >= unexecuted_report_months


@rule("28 g §", version="2017:735", valid_from="2018-01-01")
@basis(refusal="Verkställigheten är inte anmäld med datum.")
def execution_notified(reported_as_unexecuted: Answer, executed: Answer, execution_told: Answer) -> Answer:
    """När ett beslut som rapporterats som ej verkställt har verkställts anmäls det till IVO och revisorerna med
    datum."""
    reported_and_executed = min(reported_as_unexecuted, executed)
    if reported_and_executed == Answer.NO:
        return Answer.YES
    if reported_and_executed == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, execution_told)
    return execution_told


@rule("28 h §", version="2008:77", valid_from="2008-07-01")
@basis(refusal="Det är inte dags för en ny statistikrapport.")
def council_report_due(months_since_report: int, unexecuted_report_months: int) -> bool:
    """Nämnden lämnar en gång per kvartal en statistikrapport till fullmäktige om beslut som inte har verkställts."""
    return months_since_report >= unexecuted_report_months


@rule("28 i §", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Vistelsekommunen behöver inte rapportera.")
def host_reports_too(executes_for_other_municipality: Answer) -> Answer:
    """Har bosättningskommunen begärt verkställighet rapporterar även vistelsekommunen."""
    return executes_for_other_municipality
