"""Who has a right to measures, who may ask for them, and the child's place (LSS 2, 6 a, 7, 7 a, 8 and 8 a §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Principal(StrEnum):
    """Who answers for a measure."""

    REGION = "region"
    MUNICIPALITY = "municipality"


class AskedBy(StrEnum):
    """Who asks for a measure: the person, or somebody for the person."""

    PERSON = "person"
    GUARDIAN = "guardian"
    TRUSTEE = "trustee"
    ADMINISTRATOR = "administrator"
    PROPERTY_GUARDIAN = "property_guardian"
    FUTURE_PROXY = "future_proxy"
    OTHER = "other"


FACTS = {
    "measure": Fact("Vilket nummer i 9 § har insatsen?", Kind.WHOLE),
    "transferred_by_agreement": Fact("Har ansvaret överlåtits genom avtal enligt 17 §?", Kind.YES_NO),
    "needs_help_in_life": Fact("Behöver personen insatsen i sin livsföring?"),
    "met_in_another_way": Fact("Tillgodoses behovet faktiskt på annat sätt?"),
    "temporary_protection": Fact("Har personen uppehållstillstånd med eller efter tillfälligt skydd?"),
    "granted_before_november_2024": Fact("Beviljades personen en insats före den 1 november 2024?"),
    "asked_by": Fact("Vem begär insatsen?", Kind.CHOICE, AskedBy),
    "person_age": Fact("Hur gammal är personen?", Kind.WHOLE),
    "clearly_unable": Fact("Saknar personen uppenbart förmåga att själv ta ställning?"),
    "child_informed": Fact("Har barnet fått relevant information?"),
    "child_had_a_say": Fact("Har barnet fått möjlighet att framföra sina åsikter?"),
    "childs_view_weighed": Fact("Har barnets åsikter vägts in efter ålder och mognad?"),
    "best_interests_weighed": Fact("Har barnets bästa särskilt beaktats?"),
    "concerns_child": Fact("Rör åtgärden ett barn?", Kind.YES_NO),
    "told_of_oral_right": Fact(
        "Har personen fått veta att han eller hon får lämna uppgifter muntligt inför nämnden?"
    ),
    "wants_to_be_heard": Fact("Vill personen lämna uppgifter muntligt inför nämnden?"),
    "special_reasons_against_hearing": Fact("Finns särskilda skäl mot ett muntligt besök?"),
    "lasting_measure": Fact("Är insatsen varaktig och samordnad?"),
    "fitted_to_person": Fact("Är insatsen anpassad till personens behov och lätt tillgänglig?"),
    "strengthens_independence": Fact("Stärker insatsen förmågan att leva ett självständigt liv?"),
}
PARAMETERS = ("own_request_age",)

REPRESENTATIVES = frozenset({
    AskedBy.GUARDIAN,
    AskedBy.TRUSTEE,
    AskedBy.ADMINISTRATOR,
    AskedBy.PROPERTY_GUARDIAN,
    AskedBy.FUTURE_PROXY,
})  # fmt: skip


@rule("2 §", version="2019:883", valid_from="2020-01-01")
def principal(measure: int, transferred_by_agreement: bool) -> Principal:
    """Regionen svarar för rådgivning och annat personligt stöd (9 § 1), kommunen för de andra insatserna, om inget
    annat har avtalats."""
    if measure == 1:
        return Principal.MUNICIPALITY if transferred_by_agreement else Principal.REGION
    return Principal.REGION if transferred_by_agreement else Principal.MUNICIPALITY


@rule("6 a §", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Barnets bästa har inte beaktats särskilt.")
def best_interests_regarded(concerns_child: bool, best_interests_weighed: Answer) -> Answer:
    """När åtgärder rör barn ska barnets bästa särskilt beaktas."""
    if not concerns_child:
        return Answer.YES
    return best_interests_weighed


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Personen behöver inte insatsen i sin livsföring.")
def needs_measure(needs_help_in_life: Answer) -> Answer:
    """Rätten kräver att personen behöver hjälpen i sin livsföring."""
    return needs_help_in_life


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Behovet tillgodoses faktiskt på annat sätt.")
def not_met_otherwise(met_in_another_way: Answer) -> Answer:
    """Rätten kräver att behovet inte faktiskt tillgodoses på annat sätt. Att det skulle kunna tillgodoses räcker inte
    för avslag."""
    if met_in_another_way == Answer.YES:
        return Answer.NO
    if met_in_another_way == Answer.NO:
        return Answer.YES
    return Answer.UNKNOWN


@rule("7 a §", version="2024:695", valid_from="2024-11-01", sets_aside="right_to_measures")
@basis(refusal="Inget hinder av tillfälligt skydd.")
def barred_by_temporary_protection(temporary_protection: Answer) -> Answer:
    """Den som har uppehållstillstånd med eller efter tillfälligt skydd har inte rätt till insatser."""
    return temporary_protection


@rule(
    "7 a §",
    version="2024:695",
    valid_from="2024-11-01",
    sets_aside="barred_by_temporary_protection",
)
@basis(refusal="Ingen insats var beviljad före den 1 november 2024.")
def keeps_measures_of_before(granted_before_november_2024: Answer) -> Answer:
    """Tillfälligt skydd hindrar inte den som beviljades en insats före den 1 november 2024."""
    return granted_before_november_2024


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Rätten till insatser finns inte.")
def right_to_measures(in_personkrets: Answer, needs_measure: Answer, not_met_otherwise: Answer) -> Answer:
    """Den som hör till personkretsen har rätt till insatser enligt 9 § 1–9, om behovet finns och inte tillgodoses på
    annat sätt."""
    return min(in_personkrets, needs_measure, not_met_otherwise)


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Daglig verksamhet ges bara den som hör till grupp 1 eller 2.")
def in_group_of_daily_activities(group_one: Answer, group_two: Answer) -> Answer:
    """Rätt till daglig verksamhet har den som hör till grupp 1 eller 2, inte den som bara hör till grupp 3."""
    return max(group_one, group_two)


@rule("7 §", part="andra stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Insatsen är inte utformad så att den ger goda levnadsvillkor.")
def good_living_conditions(
    lasting_measure: Answer, fitted_to_person: Answer, strengthens_independence: Answer
) -> Answer:
    """Insatsen ska ge goda levnadsvillkor: vara varaktig, samordnad, anpassad och lätt tillgänglig och stärka förmågan
    att leva ett självständigt liv."""
    return min(lasting_measure, fitted_to_person, strengthens_independence)


@rule("8 §", part="första stycket", version="2017:313", valid_from="2017-07-01")
@basis(
    refusal="Personen är 15 år eller äldre och kan själv ta ställning. Bara personen själv får begära insatsen."
)
def others_may_ask(person_age: int, clearly_unable: Answer, own_request_age: int) -> Answer:
    """Någon annan får begära insatsen om personen är under 15 år eller uppenbart saknar förmåga att själv ta
    ställning."""
    if person_age < own_request_age:
        return Answer.YES
    return clearly_unable


@rule("8 §", part="första stycket", version="2017:313", valid_from="2017-07-01")
@basis(refusal="Begäran kommer inte från personen själv eller någon som får begära insatser för personen.")
def request_is_valid(asked_by: AskedBy, others_may_ask: Answer) -> Answer:
    """Insatser ges bara på begäran, av personen själv eller av vårdnadshavare, god man, förmyndare, förvaltare eller
    framtidsfullmaktshavare när de får det."""
    if asked_by == AskedBy.PERSON:
        return Answer.YES
    if asked_by in REPRESENTATIVES:
        return others_may_ask
    return Answer.NO


@rule("8 §", part="andra stycket", version="2017:313", valid_from="2017-07-01")
@basis(refusal="Barnet har inte fått information, komma till tals eller fått sin åsikt vägd.")
def child_heard(
    concerns_child: bool, child_informed: Answer, child_had_a_say: Answer, childs_view_weighed: Answer
) -> Answer:
    """När en insats rör ett barn ska barnet få relevant information och framföra sina åsikter, och de ska tillmätas
    betydelse efter ålder och mognad."""
    if not concerns_child:
        return Answer.YES
    return min(child_informed, child_had_a_say, childs_view_weighed)


@rule("8 a §", part="andra stycket", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Personen har inte underrättats om sin rätt att lämna uppgifter muntligt inför nämnden.")
def told_of_oral_hearing(told_of_oral_right: Answer) -> Answer:
    """Den enskilde ska underrättas om sin rätt att lämna uppgifter muntligt inför nämnden."""
    return told_of_oral_right


@rule("8 a §", part="första stycket", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Nämnden behöver inte ta emot personen för ett muntligt besök.")
def right_to_oral_hearing(wants_to_be_heard: Answer) -> Answer:
    """Den enskilde har rätt att vid besök lämna uppgifter muntligt inför nämnden."""
    return wants_to_be_heard


@rule(
    "8 a §",
    part="första stycket",
    version="2010:480",
    valid_from="2011-01-01",
    sets_aside="right_to_oral_hearing",
)
@basis(refusal="Det finns inga särskilda skäl mot ett muntligt besök.")
def hearing_may_be_refused(special_reasons_against_hearing: Answer) -> Answer:
    """Nämnden behöver inte ta emot besöket när särskilda skäl talar mot det."""
    return special_reasons_against_hearing
