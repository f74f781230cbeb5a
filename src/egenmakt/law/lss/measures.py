"""The ten measures (LSS 9 and 9 e §§): what each asks for, what it holds, and what goes together with assistance."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Housing(StrEnum):
    """The kinds of home in LSS 9 § 8 and 9."""

    FAMILY_HOME = "family_home"
    SERVICE_FOR_CHILDREN = "service_for_children"
    SERVICE_FOR_ADULTS = "service_for_adults"
    ADAPTED_FOR_ADULTS = "adapted_for_adults"


FACTS = {
    "needs_special_knowledge": Fact(
        "Kräver stödet särskild kunskap om att leva med stora och varaktiga funktionshinder?"
    ),
    "needs_help_with_basic_needs": Fact("Behöver personen hjälp med ett eller flera grundläggande behov?"),
    "barred_by_age": Fact("Hindrar åldersgränsen personlig assistans?"),
    "has_personal_assistance": Fact("Har personen personlig assistans?"),
    "assistance_cannot_cover": Fact("Finns skäl till att assistansen inte kan täcka behovet?"),
    "appointed_in_writing": Fact("Finns ett skriftligt förordnande?"),
    "scope_and_time_stated": Fact("Anger förordnandet omfattning och tid?"),
    "goes_to_school": Fact("Går personen i skolan?"),
    "by_school_or_holiday": Fact("Behövs tillsynen i anslutning till skoldagen eller under lov?"),
    "child_or_youth": Fact("Är personen barn eller ungdom?"),
    "must_live_outside_parental_home": Fact("Behöver personen bo utanför föräldrahemmet?"),
    "is_adult": Fact("Är personen vuxen?"),
    "needs_special_home": Fact("Behöver personen en bostad med särskild service eller särskild anpassning?"),
    "working_age": Fact("Är personen i yrkesverksam ålder?"),
    "gainfully_employed": Fact("Har personen förvärvsarbete?"),
    "studies": Fact("Utbildar sig personen?"),
    "housing": Fact("Vilken sorts boende gäller insatsen?", Kind.CHOICE, Housing, may_lack=True),
    "led_by_educated_person": Fact("Förestås verksamheten av en person med lämplig utbildning?"),
    "staff_needed_exists": Fact("Finns den personal som behövs?"),
}
PARAMETERS = ("short_supervision_age",)

SERVICE_HOMES = frozenset({Housing.SERVICE_FOR_CHILDREN, Housing.SERVICE_FOR_ADULTS})
MEASURES_WITH_CARE = frozenset({5, 6, 7, 8, 10})
MEASURES_ASSISTANCE_COVERS = frozenset({3, 4, 5, 6, 7})


@rule("9 §", part="1", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Stödet är inte rådgivning som kräver särskild kunskap.")
def advice_and_support(right_to_measures: Answer, needs_special_knowledge: Answer) -> Answer:
    """Rådgivning och annat personligt stöd ges den som behöver stöd med särskild kunskap om stora och varaktiga
    funktionshinder. Regionen svarar för insatsen."""
    return min(right_to_measures, needs_special_knowledge)


@rule("9 §", part="2", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Villkoren för personlig assistans är inte uppfyllda.")
def personal_assistance(
    right_to_measures: Answer, needs_help_with_basic_needs: Answer, barred_by_age: Answer
) -> Answer:
    """Personlig assistans ges den som behöver hjälp med grundläggande behov och inte hindras av åldersgränsen, till den
    del behovet inte täcks av assistansersättning."""
    if barred_by_age == Answer.YES:
        return Answer.NO
    if barred_by_age == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, right_to_measures, needs_help_with_basic_needs)
    return min(right_to_measures, needs_help_with_basic_needs)


@rule("9 §", part="3", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till ledsagarservice finns inte.")
def companion_service(right_to_measures: Answer) -> Answer:
    """Ledsagarservice ges den som behöver den i sin livsföring och inte får behovet tillgodosett på annat sätt."""
    return right_to_measures


@rule("9 §", part="4", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till kontaktperson finns inte.")
def contact_person(right_to_measures: Answer) -> Answer:
    """Kontaktperson ges den som behöver det i sin livsföring och inte får behovet tillgodosett på annat sätt."""
    return right_to_measures


@rule("4 §", act="förordningen (1993:1090)", version="1993:1090", valid_from="1994-01-01")
@basis(refusal="Det skriftliga förordnandet saknas, eller anger inte omfattning och tid.")
def contact_person_appointed(appointed_in_writing: Answer, scope_and_time_stated: Answer) -> Answer:
    """En kontaktperson får ett skriftligt förordnande som anger uppdragets omfattning och tid."""
    return min(appointed_in_writing, scope_and_time_stated)


@rule("9 §", part="5", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till avlösarservice i hemmet finns inte.")
def relief_service(right_to_measures: Answer) -> Answer:
    """Avlösarservice i hemmet ges den som behöver den i sin livsföring och inte får behovet tillgodosett på annat
    sätt."""
    return right_to_measures


@rule("9 §", part="6", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till korttidsvistelse finns inte.")
def short_stay(right_to_measures: Answer) -> Answer:
    """Korttidsvistelse utanför det egna hemmet ges den som behöver den i sin livsföring och inte får behovet
    tillgodosett på annat sätt."""
    return right_to_measures


@rule("9 §", part="7", version="2010:480", valid_from="2011-01-01")
@basis(
    refusal="Eleven är inte över 12 år.",
    note="Lagen säger över 12 år. För den som är 12 år men inte har fyllt 13 lämnas frågan öppen.",
)
def over_twelve(person_age: int, short_supervision_age: int) -> Answer:
    """Korttidstillsyn ges skolungdom över 12 år."""
    if person_age > short_supervision_age:
        return Answer.YES
    if person_age == short_supervision_age:
        return Answer.UNKNOWN
    return Answer.NO


@rule("9 §", part="7", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Villkoren för korttidstillsyn är inte uppfyllda.")
def short_supervision(
    right_to_measures: Answer, over_twelve: Answer, goes_to_school: Answer, by_school_or_holiday: Answer
) -> Answer:
    """Korttidstillsyn ges utanför det egna hemmet åt skolungdom över 12 år, i anslutning till skoldagen och under
    lov."""
    return min(right_to_measures, over_twelve, goes_to_school, by_school_or_holiday)


@rule("9 §", part="8", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Personen behöver inte bo utanför föräldrahemmet, eller är inte barn eller ungdom.")
def home_for_children(
    right_to_measures: Answer, child_or_youth: Answer, must_live_outside_parental_home: Answer
) -> Answer:
    """Boende i familjehem eller bostad med särskild service ges barn och ungdomar som behöver bo utanför
    föräldrahemmet."""
    return min(right_to_measures, child_or_youth, must_live_outside_parental_home)


@rule("9 §", part="9", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till bostad för vuxna finns inte.")
def home_for_adults(right_to_measures: Answer, is_adult: Answer, needs_special_home: Answer) -> Answer:
    """Bostad med särskild service eller annan särskilt anpassad bostad ges vuxna som behöver den."""
    return min(right_to_measures, is_adult, needs_special_home)


@rule("9 §", part="10", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Personen är inte i yrkesverksam ålder, eller arbetar eller utbildar sig.")
def free_for_daily_activities(working_age: Answer, gainfully_employed: Answer, studies: Answer) -> Answer:
    """Daglig verksamhet är för den som är i yrkesverksam ålder, saknar förvärvsarbete och inte utbildar sig."""
    hindrance = max(gainfully_employed, studies)
    if hindrance == Answer.YES:
        return Answer.NO
    if hindrance == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, working_age)
    return working_age


@rule("9 §", part="10", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Rätt till daglig verksamhet finns inte.")
def daily_activities(
    right_to_measures: Answer,
    in_group_of_daily_activities: Answer,
    free_for_daily_activities: Answer,
) -> Answer:
    """Daglig verksamhet ges den som hör till grupp 1 eller 2, är i yrkesverksam ålder, saknar arbete och inte
    studerar."""
    return min(right_to_measures, in_group_of_daily_activities, free_for_daily_activities)


@rule("9 §", part="2", version="2010:480", valid_from="2011-01-01")
@basis(
    source="Hjo kommun: Handläggning enligt LSS, riktlinje",
    verified=False,
    note="Riktlinje och praxis, ingen lagregel: hela behovet tillgodoses i regel genom assistansen.",
    refusal="Personen har personlig assistans, som i regel ska täcka hela behovet. Ange skäl för båda insatserna.",
)
def beside_assistance(
    measure: int, has_personal_assistance: Answer, assistance_cannot_cover: Answer
) -> Answer:
    """Ledsagarservice, kontaktperson, avlösarservice, korttidsvistelse och korttidstillsyn ges i regel inte vid sidan
    av personlig assistans, om det inte finns skäl till båda."""
    if measure not in MEASURES_ASSISTANCE_COVERS or has_personal_assistance == Answer.NO:
        return Answer.YES
    if has_personal_assistance == Answer.UNKNOWN:
        return Answer.UNKNOWN
    return assistance_cannot_cover


@rule("9 e §", version="2012:930", valid_from="2013-07-01")
@basis(refusal="Omvårdnad ingår inte i insatsen.")
def care_included(measure: int, housing: Housing | None) -> bool:
    """Omvårdnad ingår i insatserna 5–8 och 10 och i bostad med särskild service för vuxna."""
    return measure in MEASURES_WITH_CARE or housing == Housing.SERVICE_FOR_ADULTS


@rule("9 e §", version="2012:930", valid_from="2013-07-01")
@basis(refusal="Fritid och kultur ingår inte i insatsen.")
def leisure_included(housing: Housing | None) -> bool:
    """Fritidsverksamhet och kulturella aktiviteter ingår i bostad med särskild service för barn, ungdomar och
    vuxna."""
    return housing is not None and housing in SERVICE_HOMES


@rule("3 §", act="förordningen (1993:1090)", version="1993:1090", valid_from="1994-01-01")
@basis(refusal="Verksamheten saknar föreståndare med lämplig utbildning eller den personal som behövs.")
def properly_staffed(led_by_educated_person: Answer, staff_needed_exists: Answer) -> Answer:
    """Daglig verksamhet, korttidshem, gruppbostäder och boende för barn förestås av någon med lämplig utbildning och har
    den personal som behövs."""
    return min(led_by_educated_person, staff_needed_exists)
