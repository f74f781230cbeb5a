"""The individual plan and what the municipality must do unasked (LSS 10, 14, 15, 15 a and 15 b §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "measure_granted": Fact("Har en insats beviljats?"),
    "plan_offered": Fact("Har personen erbjudits en individuell plan?"),
    "plan_requested": Fact("Har personen begärt en individuell plan?"),
    "plan_exists": Fact("Finns en individuell plan?"),
    "made_with_person": Fact("Upprättades planen i samråd med personen?"),
    "others_measures_in_plan": Fact("Redovisas även andras åtgärder i planen?"),
    "months_since_plan_review": Fact(
        "Hur många påbörjade månader har gått sedan planen senast omprövades?", Kind.WHOLE
    ),
    "other_principal_told": Fact("Har regionen och kommunen underrättat varandra om planen?"),
    "measures_coordinated": Fact("Verkar kommunen för att insatserna i planen samordnas?"),
    "covered_known": Fact("Följer kommunen fortlöpande upp vilka som omfattas av lagen?"),
    "needs_known": Fact("Följer kommunen fortlöpande upp vilka deras behov är?"),
    "needs_promoted": Fact("Verkar kommunen för att de får sina behov tillgodosedda?"),
    "goals_told": Fact("Informerar kommunen om målen för verksamheten?"),
    "means_told": Fact("Informerar kommunen om medlen: insatserna och hur man får dem?"),
    "helped_to_work": Fact("Medverkar kommunen till att de får tillgång till arbete?"),
    "helped_to_studies": Fact("Medverkar kommunen till att de får tillgång till studier?"),
    "leisure_opened": Fact("Verkar kommunen för att det allmänna fritidsutbudet blir tillgängligt?"),
    "culture_opened": Fact("Verkar kommunen för att det allmänna kulturutbudet blir tillgängligt?"),
    "organisations_met": Fact(
        "Samverkar kommunen med organisationer som företräder människor med omfattande funktionshinder?"
    ),
    "may_need_guardian": Fact("Kan personen antas behöva förmyndare, förvaltare eller god man?"),
    "guardianship_should_end": Fact("Bör ett förmynderskap, förvaltarskap eller godmanskap kunna upphöra?"),
    "applied_for_assistance": Fact("Har personen ansökt om personlig assistans hos kommunen?"),
    "may_have_right_to_allowance": Fact("Kan personen antas ha rätt till assistansersättning?"),
    "receives_allowance": Fact("Får personen assistansersättning från Försäkringskassan?"),
    "granted_other_measure": Fact("Har personen beviljats en insats som kan påverka behovet av assistans?"),
    "allowance_misused": Fact("Finns anledning att anta att ersättningen används till annat än assistans?"),
    "provider_without_permit": Fact(
        "Finns anledning att anta att en enskild bedriver assistans utan tillstånd?"
    ),
    "provider_unfit": Fact("Kan en tillståndshavares lämplighet ifrågasättas?"),
    "agency_refused_allowance": Fact(
        "Har Försäkringskassan beslutat att personen saknar rätt till ersättning?"
    ),
    "information_clearly_needless": Fact("Är det uppenbart obehövligt att informera?"),
    "granted_measure_of_9": Fact("Har personen beviljats en insats enligt 9 §?"),
}
PARAMETERS = ("plan_review_months",)


@rule("10 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Personen har inte erbjudits en individuell plan.")
def individual_plan_offered(measure_granted: Answer, plan_offered: Answer) -> Answer:
    """När en insats beviljas ska personen erbjudas en individuell plan."""
    if measure_granted == Answer.NO:
        return Answer.YES
    if measure_granted == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, plan_offered)
    return plan_offered


@rule("10 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Ingen plan behöver upprättas nu.")
def individual_plan_due(measure_granted: Answer, plan_requested: Answer, plan_exists: Answer) -> Answer:
    """Den som har beviljats en insats kan när som helst begära att en plan upprättas, om det inte redan har skett."""
    if plan_exists == Answer.YES:
        return Answer.NO
    if plan_exists == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, measure_granted, plan_requested)
    return min(measure_granted, plan_requested)


@rule("10 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Planen är inte upprättad i samråd med personen, eller saknar andras åtgärder.")
def individual_plan_complete(made_with_person: Answer, others_measures_in_plan: Answer) -> Answer:
    """Planen upprättas i samråd med personen och redovisar även åtgärder som vidtas av andra än kommunen eller
    regionen."""
    return min(made_with_person, others_measures_in_plan)


@rule("10 §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Planen har inte omprövats på ett år.")
def individual_plan_reviewed(months_since_plan_review: int, plan_review_months: int) -> bool:
    """Planen ska omprövas fortlöpande och minst en gång om året."""
    return months_since_plan_review <= plan_review_months


@rule("10 §", part="andra stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Regionen och kommunen har inte underrättat varandra om planen.")
def principals_told_of_plan(plan_exists: Answer, other_principal_told: Answer) -> Answer:
    """Regionen och kommunen ska underrätta varandra om upprättade planer."""
    if plan_exists == Answer.NO:
        return Answer.YES
    if plan_exists == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, other_principal_told)
    return other_principal_told


@rule("14 §", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Insatserna i planen är inte samordnade.")
def plan_measures_coordinated(measures_coordinated: Answer) -> Answer:
    """Kommunen ska verka för att insatserna i individuella planer samordnas."""
    return measures_coordinated


@rule("15 §", part="1", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen följer inte fortlöpande upp vilka som omfattas av lagen och vad de behöver.")
def needs_followed_up(covered_known: Answer, needs_known: Answer) -> Answer:
    """Kommunen följer fortlöpande upp vilka som omfattas av lagen och vilka deras behov av stöd och service är."""
    return min(covered_known, needs_known)


@rule("15 §", part="2", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen verkar inte för att personkretsens behov tillgodoses.")
def works_for_needs(needs_promoted: Answer) -> Answer:
    """Kommunen verkar för att de som hör till personkretsen får sina behov tillgodosedda."""
    return needs_promoted


@rule("15 §", part="3", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen informerar inte om både mål och medel för verksamheten.")
def informs_of_activity(goals_told: Answer, means_told: Answer) -> Answer:
    """Kommunen informerar om mål och medel för verksamheten enligt lagen."""
    return min(goals_told, means_told)


@rule("15 §", part="4", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen medverkar varken till arbete eller till studier.")
def helps_to_work_or_studies(helped_to_work: Answer, helped_to_studies: Answer) -> Answer:
    """Kommunen medverkar till att de som hör till personkretsen får tillgång till arbete eller studier."""
    return max(helped_to_work, helped_to_studies)


@rule("15 §", part="5", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen verkar inte för att både fritids- och kulturutbudet blir tillgängligt.")
def leisure_and_culture_opened(leisure_opened: Answer, culture_opened: Answer) -> Answer:
    """Kommunen verkar för att det allmänna fritids- och kulturutbudet blir tillgängligt för personkretsen."""
    return min(leisure_opened, culture_opened)


@rule("15 §", part="7", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Kommunen samverkar inte med organisationerna.")
def cooperates_with_organisations(organisations_met: Answer) -> Answer:
    """Kommunen samverkar med organisationer som företräder människor med omfattande funktionshinder."""
    return organisations_met


@rule("15 §", part="6", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Ingen anmälan till överförmyndaren behövs.")
def tell_chief_guardian(may_need_guardian: Answer, guardianship_should_end: Answer) -> Answer:
    """Kommunen anmäler till överförmyndaren när någon kan antas behöva förmyndare, förvaltare eller god man, och när ett
    sådant uppdrag bör kunna upphöra."""
    return max(may_need_guardian, guardianship_should_end)


@rule("15 §", part="8", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Ingen anmälan till Försäkringskassan behövs.")
def tell_agency_of_right(applied_for_assistance: Answer, may_have_right_to_allowance: Answer) -> Answer:
    """Kommunen anmäler till Försäkringskassan när den som har ansökt om assistans kan antas ha rätt till
    assistansersättning."""
    return min(applied_for_assistance, may_have_right_to_allowance)


@rule("15 §", part="9", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Försäkringskassan behöver inte underrättas.")
def tell_agency_of_measure(receives_allowance: Answer, granted_other_measure: Answer) -> Answer:
    """Kommunen underrättar Försäkringskassan när den som får assistansersättning beviljas boende med särskild service,
    daglig verksamhet, barnomsorg eller annat som kan påverka behovet."""
    return min(receives_allowance, granted_other_measure)


@rule("15 §", part="10", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Ingen anmälan om användningen behövs.")
def tell_agency_of_misuse(allowance_misused: Answer) -> Answer:
    """Kommunen anmäler till Försäkringskassan om det finns anledning att anta att ersättningen används till annat än
    personlig assistans."""
    return allowance_misused


@rule("15 §", part="11", version="2021:877", valid_from="2021-11-01", valid_to="2025-12-31")
@rule("15 §", part="11", version="2025:1298", valid_from="2026-01-01")
@basis(
    source="LSS 15 § 11 i lydelsen SFS 2021:877; lydelsen SFS 2025:1298 är läst till en del",
    verified=False,
    note="Den nya lydelsen från 2026 är inte läst i sin helhet.",
    refusal="Ingen anmälan till IVO behövs.",
)
def tell_inspectorate_of_provider(provider_without_permit: Answer, provider_unfit: Answer) -> Answer:
    """Kommunen anmäler till IVO om det finns anledning att anta att någon bedriver assistans utan tillstånd, eller att
    en tillståndshavares lämplighet kan ifrågasättas."""
    return max(provider_without_permit, provider_unfit)


@rule("15 a §", version="2003:885", valid_from="2005-07-01")
@basis(
    note="Dagen då lydelsen SFS 2003:885 började gälla är inte läst; regeln visas från juli 2005.",
    refusal="Ingen uppgift lämnas till statistiken.",
)
def statistics_handed_over(granted_measure_of_9: Answer) -> Answer:
    """Kommunen lämnar uppgifter om dem som beviljas insatser enligt 9 § till Socialstyrelsen för officiell
    statistik."""
    return granted_measure_of_9


@rule("15 b §", version="2018:556", valid_from="2018-07-01")
@basis(refusal="Personen behöver inte informeras efter Försäkringskassans beslut.")
def inform_after_agency_refusal(agency_refused_allowance: Answer) -> Answer:
    """När Försäkringskassan har avslagit ska kommunen utan dröjsmål informera personen om insatserna i 9 § 1–10."""
    return agency_refused_allowance


@rule("15 b §", version="2018:556", valid_from="2018-07-01", sets_aside="inform_after_agency_refusal")
@basis(refusal="Det är inte uppenbart obehövligt att informera.")
def needless_to_inform(information_clearly_needless: Answer) -> Answer:
    """Ingen information behöver lämnas när det är uppenbart obehövligt."""
    return information_clearly_needless
