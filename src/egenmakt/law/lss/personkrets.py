"""The three groups of persons (LSS 1 §): their criteria, and the evidence a trial of them rests on."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "developmental_disability": Fact("Har personen en utvecklingsstörning?"),
    "autism": Fact("Har personen autism eller ett autismliknande tillstånd?"),
    "intellectual_impairment_after_brain_damage": Fact(
        "Har personen en begåvningsmässig funktionsnedsättning efter en hjärnskada?"
    ),
    "damaged_in_adult_age": Fact("Uppkom hjärnskadan i vuxen ålder?"),
    "by_violence_or_bodily_illness": Fact("Beror hjärnskadan på yttre våld eller kroppslig sjukdom?"),
    "considerable": Fact("Är den begåvningsmässiga funktionsnedsättningen betydande?"),
    "permanent": Fact("Är den begåvningsmässiga funktionsnedsättningen bestående?"),
    "other_impairment": Fact("Har personen en annan fysisk eller psykisk funktionsnedsättning?"),
    "lasting": Fact("Är funktionsnedsättningen varaktig?"),
    "due_to_normal_ageing": Fact("Beror funktionsnedsättningen uppenbart på normalt åldrande?"),
    "major": Fact("Är funktionsnedsättningen stor?"),
    "considerable_difficulties": Fact("Förorsakar den betydande svårigheter i den dagliga livsföringen?"),
    "extensive_need": Fact("Har personen därför ett omfattande behov av stöd eller service?"),
    "age_at_onset": Fact("Hur gammal var personen när funktionsnedsättningen visade sig?", Kind.WHOLE),
    "diagnosis_certified": Fact("Har läkare eller psykolog med legitimation intygat diagnosen?"),
    "durability_certified": Fact("Har läkare intygat att funktionsnedsättningen är varaktig?"),
}
PARAMETERS = ("adult_age_of_onset",)


@rule("1 §", part="1", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Personen har varken utvecklingsstörning, autism eller autismliknande tillstånd.")
def group_one(developmental_disability: Answer, autism: Answer) -> Answer:
    """Till grupp 1 hör den som har utvecklingsstörning, autism eller autismliknande tillstånd."""
    return max(developmental_disability, autism)


@rule("1 §", part="2", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Hjärnskadan kom inte i vuxen ålder genom yttre våld eller kroppslig sjukdom.")
def brain_damage_in_adult_age(
    intellectual_impairment_after_brain_damage: Answer,
    damaged_in_adult_age: Answer,
    by_violence_or_bodily_illness: Answer,
) -> Answer:
    """Hjärnskadan ska ha uppkommit i vuxen ålder och bero på yttre våld eller kroppslig sjukdom."""
    return min(
        intellectual_impairment_after_brain_damage, damaged_in_adult_age, by_violence_or_bodily_illness
    )


@rule("1 §", part="2", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Funktionsnedsättningen efter hjärnskadan är inte både betydande och bestående.")
def group_two(brain_damage_in_adult_age: Answer, considerable: Answer, permanent: Answer) -> Answer:
    """Till grupp 2 hör den som har ett betydande och bestående begåvningsmässigt funktionshinder efter hjärnskada i
    vuxen ålder."""
    return min(brain_damage_in_adult_age, considerable, permanent)


@rule("1 §", part="3", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Funktionsnedsättningen är inte varaktig, eller beror uppenbart på normalt åldrande.")
def lasting_and_not_of_ageing(
    other_impairment: Answer, lasting: Answer, due_to_normal_ageing: Answer
) -> Answer:
    """Funktionshindret ska vara varaktigt och uppenbart inte bero på normalt åldrande."""
    if due_to_normal_ageing == Answer.YES:
        return Answer.NO
    if due_to_normal_ageing == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, other_impairment, lasting)
    return min(other_impairment, lasting)


@rule("1 §", part="3", version="1993:387", valid_from="1994-01-01")
@basis(
    refusal="Funktionsnedsättningen är inte så stor att den ger ett omfattande behov av stöd eller service."
)
def major_with_extensive_need(
    major: Answer, considerable_difficulties: Answer, extensive_need: Answer
) -> Answer:
    """Funktionshindret ska vara stort, förorsaka betydande svårigheter i den dagliga livsföringen och därmed ett
    omfattande behov av stöd eller service."""
    return min(major, considerable_difficulties, extensive_need)


@rule("1 §", part="3", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Alla villkor för grupp 3 är inte uppfyllda.")
def group_three(lasting_and_not_of_ageing: Answer, major_with_extensive_need: Answer) -> Answer:
    """Till grupp 3 hör den som uppfyller alla villkoren: varaktigt, inte av åldrande, stort, betydande svårigheter och
    omfattande behov."""
    return min(lasting_and_not_of_ageing, major_with_extensive_need)


@rule("1 §", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Personen hör inte till någon av lagens tre grupper.")
def in_personkrets(group_one: Answer, group_two: Answer, group_three: Answer) -> Answer:
    """Lagen gäller den som hör till någon av de tre grupperna. Varje grupp prövas för sig."""
    return max(group_one, group_two, group_three)


@rule("1 §", part="1", version="1993:387", valid_from="1994-01-01")
@basis(
    source="Hjo kommun: Handläggning enligt LSS, riktlinje",
    verified=False,
    note="Åldern omkring 16 år är praxis enligt riktlinjen; den står inte i lagen.",
    refusal="Funktionsnedsättningen visade sig i vuxen ålder. Pröva grupp 2 eller 3.",
)
def onset_before_adult_age(age_at_onset: int, adult_age_of_onset: int) -> bool:
    """En utvecklingsstörning har visat sig före vuxen ålder, i praxis före omkring 16 år."""
    return age_at_onset < adult_age_of_onset


@rule("23 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    source="Hjo kommun: Handläggning enligt LSS, riktlinje",
    verified=False,
    note="Lagen kräver utredning, inte ett visst intyg. Vilka intyg som behövs följer av kommunens riktlinje.",
    refusal="Diagnosen är inte intygad av någon med legitimation.",
)
def evidence_of_diagnosis(diagnosis_certified: Answer) -> Answer:
    """Tillhörighet till grupp 1 eller 2 styrks med intyg av läkare eller psykolog med legitimation."""
    return diagnosis_certified


@rule("23 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    source="Hjo kommun: Handläggning enligt LSS, riktlinje",
    verified=False,
    note="Lagen kräver utredning, inte ett visst intyg. Vilka intyg som behövs följer av kommunens riktlinje.",
    refusal="Ingen läkare har intygat att funktionsnedsättningen är varaktig.",
)
def evidence_of_durability(durability_certified: Answer) -> Answer:
    """Att funktionsnedsättningen är varaktig styrks för grupp 3 med intyg av läkare."""
    return durability_certified
