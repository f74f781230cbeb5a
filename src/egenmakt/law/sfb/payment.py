"""What the state allowance is paid for, to whom, and what is paid back (SFB 51 kap. 4 and 14–24 §§).

Money is whole öre, time whole seconds.
"""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Cost(StrEnum):
    """A kind of cost that the allowance may or may not pay for."""

    PAY = "pay"
    ASSISTANCE_AND_TRAINING = "assistance_and_training"
    WORK_ENVIRONMENT = "work_environment"
    STAFF = "staff"
    ADMINISTRATION = "administration"
    OWN_AIDS = "own_aids"
    OTHER = "other"


FACTS = {
    "granted_s": Fact("Hur många sekunder är beviljade för månaden?", Kind.WHOLE),
    "given_s": Fact("Hur många sekunder assistans har lämnats under månaden?", Kind.WHOLE),
    "assistant_gets_sick_pay": Fact("Får assistenten sjuklön av den försäkrade för tiden?", Kind.YES_NO),
    "assistant_age": Fact("Hur gammal är assistenten?", Kind.WHOLE),
    "within_working_time": Fact("Ligger tiden inom arbetstidsreglernas gränser?"),
    "able_to_work_as_assistant": Fact("Har assistenten förmåga att utföra arbetet?"),
    "lives_in_eea": Fact("Är assistenten bosatt inom EES?"),
    "special_reasons_outside_eea": Fact("Finns särskilda skäl att betala trots bosättning utanför EES?"),
    "permit_held": Fact("Har verksamheten tillstånd av IVO?"),
    "permit_during_agreement": Fact("Hade verksamheten tillstånd under avtalstiden?"),
    "days_since_told_permit_ended": Fact(
        "Hur många dagar har gått sedan personen fick veta att tillståndet upphört?",
        Kind.WHOLE,
        may_lack=True,
    ),
    "special_reasons_without_permit": Fact("Finns särskilda skäl att betala trots att tillstånd saknas?"),
    "cost": Fact("Vilket slags kostnad är det?", Kind.CHOICE, Cost),
    "paid_ore": Fact("Hur mycket har betalats ut, i öre?", Kind.WHOLE),
    "used_for_assistance_ore": Fact("Hur mycket har använts till assistans, i öre?", Kind.WHOLE),
    "person_age": Fact("Hur gammal är personen?", Kind.WHOLE),
    "special_reasons_person_repays": Fact("Finns särskilda skäl att barnet självt betalar tillbaka?"),
    "municipality_gives_assistance": Fact("Får personen assistansen genom kommunen?"),
    "cannot_manage_money": Fact("Är personen ur stånd att själv ta hand om ersättningen?"),
    "person_asks": Fact("Begär personen att ersättningen betalas till utföraren?"),
    "receiver_is_municipality_or_permitted": Fact("Är mottagaren kommunen, eller någon med tillstånd?"),
    "account_came_in_time": Fact("Kom redovisningen in i tid?", Kind.YES_NO),
    "supplementary_after_settlement": Fact("Kom räkningen in efter slutavräkningen?", Kind.YES_NO),
    "relation_told_before_start": Fact("Lämnades uppgift om närstående, ålder och bosättning före start?"),
    "hours_told_monthly": Fact("Lämnas uppgift om arbetad tid varje månad?"),
    "municipality_needs_not_be_heard": Fact("Är det obehövligt att höra kommunen?"),
    "municipality_heard": Fact("Har kommunen hörts?"),
}
PARAMETERS = ("least_assistant_age", "permit_grace_days")

COSTS_OF_ASSISTANTS = frozenset({
    Cost.PAY,
    Cost.ASSISTANCE_AND_TRAINING,
    Cost.WORK_ENVIRONMENT,
    Cost.STAFF,
    Cost.ADMINISTRATION,
})  # fmt: skip
OF_AGE = 18


@rule("51 kap. 14 §", act="SFB", version="2018:555", valid_from="2018-10-01")
@basis(note="Dagen då lydelsen SFS 2018:555 började gälla är inte läst; regeln visas från oktober 2018.")
def paid_time_s(granted_s: int, given_s: int) -> int:
    """Ersättning betalas månadsvis för de beviljade assistanstimmar som assistans har lämnats."""
    return min(granted_s, given_s)


@rule(
    "6 §", part="andra stycket", act="förordningen (1993:1091)", version="2010:1684", valid_from="2011-01-01"
)
@basis(refusal="Tiden räknas inte som lämnad assistans.")
def sick_time_counts_as_given(assistant_gets_sick_pay: bool) -> bool:
    """Tid då assistenten får sjuklön av den försäkrade räknas som tid då assistans har lämnats."""
    return assistant_gets_sick_pay


@rule("51 kap. 16 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Ersättning betalas inte för assistansen.")
def allowance_paid_for(
    assistant_age: int,
    within_working_time: Answer,
    able_to_work_as_assistant: Answer,
    least_assistant_age: int,
) -> Answer:
    """Ersättning betalas inte för assistans av någon som är under 18 år, över arbetstidens gränser eller av någon som
    saknar förmåga att utföra arbetet."""
    if assistant_age < least_assistant_age:
        return Answer.NO
    return min(within_working_time, able_to_work_as_assistant)


@rule("51 kap. 16 §", part="andra stycket", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Assistenten är bosatt utanför EES, och särskilda skäl saknas.")
def allowance_paid_outside_eea(lives_in_eea: Answer, special_reasons_outside_eea: Answer) -> Answer:
    """För assistans av någon som är bosatt utanför EES betalas ersättning bara om det finns särskilda skäl."""
    return max(lives_in_eea, special_reasons_outside_eea)


@rule("51 kap. 16 b §", act="SFB", version="2021:878", valid_from="2021-11-01")
@basis(refusal="Verksamheten saknar tillstånd. Då betalas ingen ersättning.")
def allowance_with_regard_to_permit(
    permit_held: Answer,
    permit_during_agreement: Answer,
    days_since_told_permit_ended: int | None,
    special_reasons_without_permit: Answer,
    permit_grace_days: int,
) -> Answer:
    """För assistans utan tillstånd betalas ersättning bara högst två veckor efter att personen fick veta att tillståndet
    hade upphört, eller vid särskilda skäl."""
    excused = max(permit_held, special_reasons_without_permit)
    if days_since_told_permit_ended is None or days_since_told_permit_ended > permit_grace_days:
        return excused
    return max(excused, permit_during_agreement)


@rule("51 kap. 4 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(
    source="SFB 51 kap. 4 §; förordningen (1993:1091) 5 a § i lydelsen SFS 2011:182",
    refusal="Kostnaden får inte betalas med assistansersättning.",
)
def cost_of_assistants(cost: Cost) -> bool:
    """Ersättningen används bara till köp av assistans eller till kostnader för assistenter: lön, assistans och
    utbildning, arbetsmiljö, personal och administration, men inte egna hjälpmedel."""
    return cost in COSTS_OF_ASSISTANTS


@rule("51 kap. 20 §", act="SFB", version="2012:935", valid_from="2013-07-01")
def repaid_ore(paid_ore: int, used_for_assistance_ore: int) -> int:
    """Det som inte har använts till assistans betalas tillbaka utan uppmaning, senast vid slutavräkningen."""
    return max(0, paid_ore - used_for_assistance_ore)


@rule("51 kap. 20 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Personen betalar själv tillbaka.")
def property_guardian_repays(person_age: int, special_reasons_person_repays: Answer) -> Answer:
    """Är personen under 18 år betalar förmyndaren tillbaka, om inte särskilda skäl finns."""
    if person_age >= OF_AGE:
        return Answer.NO
    if special_reasons_person_repays == Answer.YES:
        return Answer.NO
    if special_reasons_person_repays == Answer.NO:
        return Answer.YES
    return Answer.UNKNOWN


@rule("51 kap. 17 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(refusal="Ersättningen betalas inte till kommunen på den här grunden.")
def paid_to_municipality(municipality_gives_assistance: Answer) -> Answer:
    """Får personen assistansen genom kommunen får ersättningen betalas till kommunen, så långt den motsvarar kommunens
    avgift."""
    return municipality_gives_assistance


@rule("51 kap. 18 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(refusal="Ersättningen betalas till personen själv.")
def allowance_paid_to_another(cannot_manage_money: Answer) -> Answer:
    """Är personen ur stånd att själv ta hand om ersättningen får den betalas till någon annan eller till en kommunal
    myndighet."""
    return cannot_manage_money


@rule("51 kap. 19 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Ersättningen betalas inte till utföraren.")
def paid_to_provider_on_request(person_asks: Answer, receiver_is_municipality_or_permitted: Answer) -> Answer:
    """På personens begäran får ersättningen betalas till kommunen eller till någon som har tillstånd."""
    return min(person_asks, receiver_is_municipality_or_permitted)


@rule("51 kap. 14 §", act="SFB", version="2018:555", valid_from="2018-10-01")
@basis(
    source="FKFS 2016:4; HFD 2023 ref. 9",
    note="Dagen då lydelsen SFS 2018:555 började gälla är inte läst; regeln visas från oktober 2018.",
    refusal="Redovisningen kom in i tid. Utbetalning får inte nekas på den grunden.",
)
def payment_may_be_refused(account_came_in_time: bool) -> bool:
    """Kommer redovisningen in för sent får Försäkringskassan neka utbetalning."""
    return not account_came_in_time


@rule("51 kap. 15 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(source="HFD 2020 ref. 55", refusal="Slutavräkningen är definitiv. Tilläggsräkningen betalas inte.")
def supplementary_claim_paid(supplementary_after_settlement: bool) -> bool:
    """En räkning som kommer in efter slutavräkningen betalas inte."""
    return not supplementary_after_settlement


@rule("51 kap. 24 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Arbetsgivaren eller uppdragsgivaren har inte lämnat de uppgifter som lagen kräver.")
def agency_has_been_told(relation_told_before_start: Answer, hours_told_monthly: Answer) -> Answer:
    """Arbetsgivaren eller uppdragsgivaren lämnar Försäkringskassan uppgift om närstående, ålder och bosättning före start
    och om arbetad tid varje månad."""
    return min(relation_told_before_start, hours_told_monthly)


@rule("51 kap. 21 §", act="SFB", version="2011:332", valid_from="2011-05-01")
@basis(refusal="Kommunen har inte hörts.")
def municipality_was_heard(municipality_heard: Answer, municipality_needs_not_be_heard: Answer) -> Answer:
    """Den ansvariga kommunen hörs när någon ansöker om eller beviljas ersättning, om det inte är obehövligt."""
    return max(municipality_heard, municipality_needs_not_be_heard)
