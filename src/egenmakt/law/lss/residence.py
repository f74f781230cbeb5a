"""Which municipality answers for the person, and the advance ruling before a move (LSS 16–17 §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Placed(StrEnum):
    """Where another municipality's decision has placed a person who therefore lives here."""

    NOT = "not"
    LSS_HOUSING = "lss_housing"
    FAMILY_OR_CARE_HOME = "family_or_care_home"
    HOUSING_FOR_OLD = "housing_for_old"
    HOUSING_WITH_SUPPORT = "housing_with_support"
    PROTECTED_HOUSING = "protected_housing"


class Responsible(StrEnum):
    """Which municipality answers for the measures of 9 § 2–10."""

    RESIDENCE = "residence"
    DECIDING = "deciding"
    NONE = "none"


FACTS = {
    "lives_here": Fact("Är personen bosatt i kommunen?", Kind.YES_NO),
    "placed": Fact(
        "Bor personen i kommunen genom en annan kommuns beslut, och i så fall var?", Kind.CHOICE, Placed
    ),
    "execution_begun_after_ruling": Fact(
        "Har bosättningskommunen börjat verkställa insatser efter förhandsbesked?", Kind.YES_NO
    ),
    "means_to_settle": Fact("Tänker personen bosätta sig i kommunen?"),
    "applied_for_ruling": Fact("Har personen ansökt om förhandsbesked?"),
    "in_personkrets": Fact("Hör personen till personkretsen?"),
    "another_is_responsible": Fact("Har en annan kommun ansvaret enligt 16 c eller 16 d §?"),
    "concerns_housing": Fact("Gäller ansökan bostad enligt 9 § 8 eller 9?"),
    "arranges_own_home": Fact("Ordnar personen eget boende?"),
    "planned_without_delay": Fact("Planerar kommunen insatserna utan dröjsmål?"),
    "months_since_available": Fact(
        "Hur många påbörjade månader har gått sedan insatserna blev tillgängliga?", Kind.WHOLE
    ),
    "stays_here_for_a_while": Fact("Vistas personen tillfälligt i kommunen?"),
    "acute_need": Fact("Behövs stöd eller hjälp i en akut situation?"),
    "home_municipality_asks": Fact("Har bosättningskommunen begärt hjälp?"),
    "asked_to_execute": Fact("Har bosättningskommunen begärt verkställighet?"),
    "special_reasons_to_place": Fact("Finns särskilda skäl att verkställa beslutet i en annan kommun?"),
    "agreement_with_private": Fact("Har kommunen avtal med en enskild om att ge insatsen?"),
    "housing_in_other_municipality": Fact("Ges bostad enligt 9 § 8 eller 9 i en annan kommun?"),
}
PARAMETERS = ("advance_ruling_months",)


@rule("16 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
def responsible_municipality(
    lives_here: bool, placed: Placed, execution_begun_after_ruling: bool
) -> Responsible:
    """Kommunen ansvarar för dem som är bosatta i kommunen, men den kommun som genom beslut har placerat personen här
    behåller sitt ansvar (16 c–16 e §§)."""
    if not lives_here:
        return Responsible.NONE
    if placed == Placed.NOT or execution_begun_after_ruling:
        return Responsible.RESIDENCE
    return Responsible.DECIDING


@rule("16 c §", version="2011:329", valid_from="2011-05-01")
@basis(refusal="Beslutet får inte verkställas i en annan kommun.")
def may_execute_elsewhere(special_reasons_to_place: Answer, concerns_housing: Answer) -> Answer:
    """Om det finns särskilda skäl får ett beslut om bostad enligt 9 § 8 eller 9 verkställas i en annan kommun. Den som
    har beslutat behåller ansvaret."""
    return min(special_reasons_to_place, concerns_housing)


@rule("16 d §", version="2025:416", valid_from="2025-07-01")
@basis(refusal="Placeringen ger inte den beslutande kommunen ansvar.")
def placement_keeps_responsibility(placed: Placed) -> bool:
    """Den kommun som har placerat en person i en annan kommun i familjehem, stödboende, hem för vård eller boende,
    särskilt boende eller skyddat boende behåller ansvaret."""
    return placed in (
        Placed.FAMILY_OR_CARE_HOME,
        Placed.HOUSING_FOR_OLD,
        Placed.HOUSING_WITH_SUPPORT,
        Placed.PROTECTED_HOUSING,
    )


@rule("16 e §", version="2011:329", valid_from="2011-05-01")
@basis(refusal="Ansvaret har inte gått över.")
def responsibility_has_passed(execution_begun_after_ruling: bool) -> bool:
    """Den placerande kommunens ansvar upphör när bosättningskommunen börjar verkställa insatser efter
    förhandsbesked."""
    return execution_begun_after_ruling


@rule("16 §", part="andra stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Rätt till förhandsbesked inför flytt finns inte.")
def ruling_before_move(in_personkrets: Answer, means_to_settle: Answer, applied_for_ruling: Answer) -> Answer:
    """Den som hör till personkretsen och tänker bosätta sig i kommunen har rätt till förhandsbesked på ansökan."""
    return min(in_personkrets, means_to_settle, applied_for_ruling)


@rule("16 §", part="tredje stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Rätt till förhandsbesked för den som redan bor här finns inte.")
def ruling_for_placed_person(
    another_is_responsible: Answer,
    applied_for_ruling: Answer,
    concerns_housing: Answer,
    arranges_own_home: Answer,
) -> Answer:
    """Den som bor i kommunen genom en annan kommuns beslut har rätt till förhandsbesked om bostad enligt 9 § 8 eller 9,
    eller om andra insatser när personen ordnar eget boende."""
    return min(another_is_responsible, applied_for_ruling, max(concerns_housing, arranges_own_home))


@rule("16 §", part="andra stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Kommunen planerar inte insatserna utan dröjsmål.")
def ruling_is_prepared(planned_without_delay: Answer) -> Answer:
    """Kommunen ska utan dröjsmål planera och förbereda de insatser som förhandsbeskedet ger rätt till."""
    return planned_without_delay


@rule("16 §", part="andra stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Förhandsbeskedet gäller inte längre.")
def ruling_still_valid(months_since_available: int, advance_ruling_months: int) -> bool:
    """Förhandsbeskedet gäller sex månader från den dag insatserna blir tillgängliga för personen."""
    return months_since_available <= advance_ruling_months


@rule("16 §", part="fjärde stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Vistelsekommunen behöver inte ge akut stöd.")
def acute_help_owed(stays_here_for_a_while: Answer, acute_need: Answer) -> Answer:
    """Uppkommer behovet under en tillfällig vistelse ansvarar vistelsekommunen för det stöd som behövs i akuta
    situationer."""
    return min(stays_here_for_a_while, acute_need)


@rule("16 a §", version="2011:329", valid_from="2011-05-01")
@basis(refusal="Vistelsekommunen behöver inte bistå.")
def host_must_assist(stays_here_for_a_while: Answer, home_municipality_asks: Answer) -> Answer:
    """Vistas personen en kortare tid i en annan kommun ska den kommunen på begäran bistå med utredning och verkställa
    bosättningskommunens beslut."""
    return min(stays_here_for_a_while, home_municipality_asks)


@rule("16 b §", version="2011:329", valid_from="2011-05-01")
@basis(refusal="Ingen ersättning till vistelsekommunen.")
def host_is_paid(asked_to_execute: Answer) -> Answer:
    """Har bosättningskommunen begärt verkställighet ersätter den vistelsekommunen, enligt sin egen ersättningsnivå."""
    return asked_to_execute


@rule("17 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Den andra kommunen behöver inte underrättas.")
def tell_other_municipality(agreement_with_private: Answer, housing_in_other_municipality: Answer) -> Answer:
    """Ges bostad enligt 9 § 8 eller 9 genom avtal i en annan kommun ska den kommunen underrättas om avtalet."""
    return min(agreement_with_private, housing_in_other_municipality)
