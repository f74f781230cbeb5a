"""Misconduct: who reports, to whom, and what is done (lex Sarah; LSS 24 a–24 g §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class ReportedTo(StrEnum):
    """Who receives a report of misconduct."""

    PROVIDER = "provider"
    BOARD = "board"


FACTS = {
    "works_under_the_act": Fact(
        "Fullgör den som fick veta uppgifter enligt LSS, också som praktikant eller uppdragstagare?"
    ),
    "misconduct": Fact("Har ett missförhållande inträffat?"),
    "tangible_risk": Fact("Finns en påtaglig risk för ett missförhållande?"),
    "concerns_person_of_act": Fact("Rör det någon som får eller kan komma i fråga för insatser?"),
    "in_private_activity": Fact("Inträffade det i yrkesmässig enskild verksamhet?", Kind.YES_NO),
    "reported_at_once": Fact("Rapporterades det genast?"),
    "staff_informed": Fact("Har de som arbetar informerats om sina skyldigheter?"),
    "board_told_of_report": Fact("Har den berörda nämnden fått veta om rapporten?"),
    "misconduct_documented": Fact("Är missförhållandet dokumenterat?"),
    "misconduct_investigated": Fact("Är det utrett utan dröjsmål?"),
    "misconduct_remedied": Fact("Är det avhjälpt, eller risken undanröjd, utan dröjsmål?"),
    "misconduct_serious": Fact("Är missförhållandet, eller risken, allvarlig?"),
    "told_inspectorate": Fact("Är det anmält till IVO?"),
    "investigation_attached": Fact("Är utredningen bifogad anmälan?"),
    "board_told_of_notice": Fact("Har den berörda nämnden fått veta om anmälan till IVO?"),
    "child_may_fare_ill": Fact("Finns kännedom eller misstanke om att ett barn far illa?"),
    "contributes_to_quality": Fact("Medverkar var och en till att verksamheten är av god kvalitet?"),
}


@rule("24 a §", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Alla medverkar inte till god kvalitet.")
def quality_owed(contributes_to_quality: Answer) -> Answer:
    """Var och en som fullgör uppgifter enligt lagen medverkar till att verksamheten är av god kvalitet."""
    return contributes_to_quality


@rule("24 b §", part="första stycket", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Det finns inget missförhållande och ingen påtaglig risk.")
def misconduct_or_risk(misconduct: Answer, tangible_risk: Answer) -> Answer:
    """Det som rapporteras är ett missförhållande eller en påtaglig risk för ett missförhållande."""
    return max(misconduct, tangible_risk)


@rule("24 b §", part="första stycket", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Ingen skyldighet att rapportera.")
def must_report(
    misconduct_or_risk: Answer, works_under_the_act: Answer, concerns_person_of_act: Answer
) -> Answer:
    """Den som fullgör uppgifter enligt lagen rapporterar genast ett missförhållande eller en påtaglig risk som rör någon
    som får eller kan få insatser."""
    return min(misconduct_or_risk, works_under_the_act, concerns_person_of_act)


@rule("24 b §", part="första stycket", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Missförhållandet rapporterades inte genast.")
def report_made(must_report: Answer, reported_at_once: Answer) -> Answer:
    """Rapporten görs genast."""
    if must_report == Answer.NO:
        return Answer.YES
    if must_report == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, reported_at_once)
    return reported_at_once


@rule("24 b §", part="andra stycket", version="2010:430", valid_from="2011-07-01")
def reported_to(in_private_activity: bool) -> ReportedTo:
    """I enskild verksamhet rapporteras till den som bedriver den, annars till den berörda nämnden."""
    if in_private_activity:
        return ReportedTo.PROVIDER
    return ReportedTo.BOARD


@rule("24 c §", version="2010:430", valid_from="2011-07-01")
@basis(refusal="De som arbetar har inte informerats om sina skyldigheter.")
def staff_know_their_duty(staff_informed: Answer) -> Answer:
    """Den som tar emot rapporter informerar dem som arbetar om skyldigheterna i 24 a och 24 b §§."""
    return staff_informed


@rule("24 d §", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Nämnden har inte fått veta om rapporten.")
def board_informed_of_report(in_private_activity: bool, board_told_of_report: Answer) -> Answer:
    """I enskild verksamhet informeras den berörda nämnden om rapporter som har tagits emot."""
    if not in_private_activity:
        return Answer.YES
    return board_told_of_report


@rule("24 e §", version="2010:430", valid_from="2011-07-01")
@basis(refusal="Missförhållandet är inte dokumenterat, utrett och avhjälpt.")
def misconduct_handled(
    misconduct_documented: Answer, misconduct_investigated: Answer, misconduct_remedied: Answer
) -> Answer:
    """Ett missförhållande dokumenteras, utreds och avhjälps utan dröjsmål."""
    return min(misconduct_documented, misconduct_investigated, misconduct_remedied)


@rule("24 f §", part="första stycket", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Ingen anmälan till IVO behövs.")
def must_notify_inspectorate(misconduct_or_risk: Answer, misconduct_serious: Answer) -> Answer:
    """Ett allvarligt missförhållande, eller en påtaglig risk för det, anmäls snarast till IVO."""
    return min(misconduct_or_risk, misconduct_serious)


@rule("24 f §", part="första stycket", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Anmälan till IVO saknas, eller är utan utredning.")
def notice_to_inspectorate_made(
    must_notify_inspectorate: Answer, told_inspectorate: Answer, investigation_attached: Answer
) -> Answer:
    """Anmälan görs av nämnden eller av den som bedriver enskild verksamhet, med utredningen bifogad."""
    if must_notify_inspectorate == Answer.NO:
        return Answer.YES
    told = min(told_inspectorate, investigation_attached)
    if must_notify_inspectorate == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told)
    return told


@rule("24 f §", part="andra stycket", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Nämnden har inte fått veta om anmälan till IVO.")
def board_informed_of_notice(in_private_activity: bool, board_told_of_notice: Answer) -> Answer:
    """Den som bedriver enskild verksamhet informerar den berörda nämnden om anmälan."""
    if not in_private_activity:
        return Answer.YES
    return board_told_of_notice


@rule("19 kap. 1 §", act="socialtjänstlagen (2025:400)", version="2025:400", valid_from="2025-07-01")
@basis(
    source="LSS 24 g § (SFS 2025:416), som hänvisar till socialtjänstlagen (2025:400) 19 kap. 1 §",
    verified=False,
    note="Hänvisningen är läst; socialtjänstlagens egen ordalydelse är inte kontrollerad.",
    refusal="Ingen anmälan till socialnämnden behövs.",
)
def tell_social_board_of_child(child_may_fare_ill: Answer) -> Answer:
    """Den som i verksamheten får veta eller misstänker att ett barn far illa anmäler det genast till
    socialnämnden."""
    return child_may_fare_ill
