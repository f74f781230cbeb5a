"""The terms of municipal assistance paid in money (LSS 9 c, 9 d, 11, 11 a, 12 and 24 §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Kinship(StrEnum):
    """How the assistant is related to the person."""

    SPOUSE = "spouse"
    COHABITANT = "cohabitant"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    FAMILY_OF_SUCH = "family_of_such"
    NONE = "none"


FACTS = {
    "kinship": Fact("Hur är assistenten släkt med personen?", Kind.CHOICE, Kinship),
    "same_household": Fact("Lever assistenten i hushållsgemenskap med personen?"),
    "employed_by_municipality": Fact("Är assistenten anställd av kommunen?", Kind.YES_NO),
    "refusals_of_visit": Fact(
        "Hur många gånger har besök eller inspektion vägrats utan giltig anledning?", Kind.WHOLE
    ),
    "told_of_consequence": Fact("Har personen fått veta att stödet kan dras in eller sättas ned?"),
    "assistant_age": Fact("Hur gammal är assistenten?", Kind.WHOLE),
    "lives_in_eea": Fact("Är assistenten bosatt inom EES?"),
    "able_to_work_as_assistant": Fact("Har assistenten förmåga att utföra arbetet?"),
    "within_working_time": Fact("Ligger tiden inom arbetstidsreglernas gränser?"),
    "permit_held": Fact("Har verksamheten tillstånd av IVO?"),
    "permit_during_agreement": Fact("Hade verksamheten tillstånd under avtalstiden?"),
    "days_since_told_permit_ended": Fact(
        "Hur många dagar har gått sedan personen fick veta att tillståndet upphört?",
        Kind.WHOLE,
        may_lack=True,
    ),
    "special_reasons_without_permit": Fact("Finns särskilda skäl att betala trots att tillstånd saknas?"),
    "cannot_manage_money": Fact("Är personen ur stånd att själv ta hand om stödet?"),
    "wrong_information_given": Fact("Har mottagaren orsakat felet, till exempel genom oriktiga uppgifter?"),
    "paid_wrongly": Fact("Har stödet lämnats felaktigt eller med för högt belopp?"),
    "should_have_understood": Fact("Borde mottagaren skäligen ha insett felet?"),
    "relation_told_before_start": Fact("Lämnades uppgift om närstående, ålder och bosättning före start?"),
    "hours_told_monthly": Fact("Lämnas uppgift om arbetad tid varje månad?"),
    "ability_shown_on_request": Fact("Har uppgift om assistentens förmåga lämnats när kommunen bett om den?"),
    "gives_all_assistance": Fact("Tillhandahåller tillståndshavaren all beviljad assistans?"),
    "special_reasons_for_less": Fact("Har tillståndshavaren särskilda skäl för att inte ge all assistans?"),
}
# A refusal is repeated when it is not the only one.
REPEATED = 2
PARAMETERS = ("least_assistant_age", "permit_grace_days")


@rule("9 c §", part="tredje stycket", version="2012:961", valid_from="2013-07-01")
@basis(
    note="Dagen då SFS 2012:961 började gälla är härledd ur lagen den ändrar, SFS 2012:930.",
    refusal="Assistenten är inte närstående i lagens mening.",
)
def close_person(kinship: Kinship) -> bool:
    """Närstående är make, sambo, barn, förälder och syskon, och deras makar, sambor och barn."""
    return kinship != Kinship.NONE


@rule("9 c §", part="första stycket", version="2012:961", valid_from="2013-07-01")
@basis(refusal="Kommunen har ingen särskild rätt till hembesök.")
def home_may_be_visited(close_person: bool, same_household: Answer, employed_by_municipality: bool) -> Answer:
    """Kommunen får besöka personen, och IVO får inspektera bostaden, när en närstående eller någon i hushållet utför
    assistansen utan att vara anställd av kommunen."""
    if employed_by_municipality:
        return Answer.NO
    if close_person:
        return Answer.YES
    return same_household


@rule("9 c §", part="andra stycket", version="2012:961", valid_from="2013-07-01")
@basis(refusal="Stödet får inte dras in eller sättas ned.")
def support_may_be_withdrawn(refusals_of_visit: int, told_of_consequence: Answer) -> Answer:
    """Stödet får dras in eller sättas ned när besök eller inspektion vägras upprepade gånger utan giltig anledning, om
    personen har informerats om följden."""
    if refusals_of_visit < REPEATED:
        return Answer.NO
    return told_of_consequence


@rule("9 d §", part="första stycket", version="2012:930", valid_from="2013-07-01", valid_to="2021-10-31")
@rule("9 d §", part="första stycket", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Assistansen räknas inte som kostnad.")
def cost_counts(
    assistant_age: int,
    lives_in_eea: Answer,
    able_to_work_as_assistant: Answer,
    within_working_time: Answer,
    least_assistant_age: int,
) -> Answer:
    """Som kostnad räknas inte assistans av någon som är under 18 år, bosatt utanför EES, utan förmåga att utföra arbetet
    eller över arbetstidens gränser."""
    if assistant_age < least_assistant_age:
        return Answer.NO
    return min(lives_in_eea, able_to_work_as_assistant, within_working_time)


@rule("9 d §", part="andra och tredje styckena", version="2021:877", valid_from="2021-11-01")
@basis(refusal="Verksamheten saknar tillstånd. Då lämnas inget ekonomiskt stöd.")
def paid_with_regard_to_permit(
    permit_held: Answer,
    permit_during_agreement: Answer,
    days_since_told_permit_ended: int | None,
    special_reasons_without_permit: Answer,
    permit_grace_days: int,
) -> Answer:
    """Assistans utan tillstånd ger inget stöd, utom högst två veckor efter att personen fick veta att tillståndet hade
    upphört, eller vid särskilda skäl."""
    excused = max(permit_held, special_reasons_without_permit)
    if days_since_told_permit_ended is None or days_since_told_permit_ended > permit_grace_days:
        return excused
    return max(excused, permit_during_agreement)


@rule("11 §", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Stödet betalas till personen själv.")
def may_be_paid_to_another(cannot_manage_money: Answer) -> Answer:
    """Är personen på grund av ålderdomssvaghet, sjukdom, missbruk eller liknande ur stånd att ta hand om stödet får
    kommunen betala det till någon annan."""
    return cannot_manage_money


@rule("11 a §", version="2012:930", valid_from="2013-07-01")
@basis(refusal="Arbetsgivaren eller uppdragsgivaren har inte lämnat de uppgifter som lagen kräver.")
def employer_has_told(
    relation_told_before_start: Answer, hours_told_monthly: Answer, ability_shown_on_request: Answer
) -> Answer:
    """Arbetsgivaren eller uppdragsgivaren lämnar uppgift om närstående, ålder och bosättning före start, arbetad tid
    varje månad och förmågan på begäran."""
    return min(relation_told_before_start, hours_told_monthly, ability_shown_on_request)


@rule("12 §", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Återbetalning kan inte beslutas.")
def repayment_may_be_decided(
    paid_wrongly: Answer, wrong_information_given: Answer, should_have_understood: Answer
) -> Answer:
    """Återbetalning får beslutas när stödet har lämnats felaktigt eller med för högt belopp och mottagaren har orsakat
    det eller skäligen borde ha insett det."""
    return min(paid_wrongly, max(wrong_information_given, should_have_understood))


@rule("24 §", version="2012:930", valid_from="2013-07-01")
@basis(refusal="Tillståndshavaren ger inte all assistans och har inga särskilda skäl.")
def duty_to_perform_met(gives_all_assistance: Answer, special_reasons_for_less: Answer) -> Answer:
    """Den som har tillstånd och har anlitats ska ge all assistans som personen har beviljats, om inte särskilda skäl
    finns."""
    return max(gives_all_assistance, special_reasons_for_less)
