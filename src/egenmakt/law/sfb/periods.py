"""Time in the state allowance: granting periods, time before the application, review (SFB 51 kap. 7–13 §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "months_granted": Fact("Hur många månader omfattar beviljandeperioden?", Kind.WHOLE),
    "months_before_application": Fact(
        "Hur många månader före ansökningsmånaden, eller månaden för kommunens anmälan, ligger månaden?",
        Kind.WHOLE,
    ),
    "before_decision": Fact("Ges assistansen innan beslut har fattats?", Kind.YES_NO),
    "accounted_each_month": Fact("Redovisar personen assistansen till Försäkringskassan varje månad?"),
    "need_has_decreased": Fact("Har rätten minskat i omfattning?"),
    "circumstances_changed_much": Fact("Beror det på väsentligt ändrade förhållanden hos den försäkrade?"),
    "months_since_change": Fact(
        "Hur många månader efter månaden då ändringen uppkom ligger månaden?", Kind.WHOLE
    ),
    "reached_age_limit": Fact("Har personen nått åldersgränsen?", Kind.YES_NO),
    "allowance_granted_before": Fact("Beviljades ersättningen innan åldersgränsen nåddes?"),
    "applied_before_limit": Fact("Kom ansökan in senast dagen innan åldersgränsen nåddes?"),
    "hours_asked_s": Fact("Hur många sekunder i veckan begärs?", Kind.WHOLE),
    "hours_before_s": Fact("Hur många sekunder i veckan var beviljade?", Kind.WHOLE),
}
PARAMETERS = ("granting_period_months", "retroactive_months")


@rule("51 kap. 9 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(refusal="Beviljandeperioden är för lång.")
def granting_period_allowed(months_granted: int, granting_period_months: int) -> bool:
    """Assistansersättning beviljas för ett antal timmar per vecka, månad eller längre tid, längst sex månader."""
    return months_granted <= granting_period_months


@rule("51 kap. 7 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(refusal="Tiden ligger för långt före ansökan.")
def paid_back_in_time(months_before_application: int, retroactive_months: int) -> bool:
    """Ersättning lämnas inte för längre tid tillbaka än en månad före den månad då ansökan gjordes eller kommunens
    anmälan kom in."""
    return months_before_application <= retroactive_months


@rule("51 kap. 7 §", act="SFB", version="2012:935", valid_from="2013-07-01")
@basis(
    source="SFB 51 kap. 7 § (SFS 2012:935); HFD 3281-18: till Försäkringskassans beslut, inte under domstolens prövning",
    refusal="Assistansen före beslutet är inte redovisad varje månad.",
)
def paid_before_decision(before_decision: bool, accounted_each_month: Answer) -> Answer:
    """För tid innan beslut har fattats lämnas ersättning bara om personen varje månad redovisar assistansen till
    Försäkringskassan."""
    if not before_decision:
        return Answer.YES
    return accounted_each_month


@rule("51 kap. 8 §", act="SFB", version="2022:879", valid_from="2023-01-01")
@basis(refusal="Åldersgränsen är nådd, och ersättning varken beviljades eller söktes i tid.")
def allowance_with_regard_to_age(
    reached_age_limit: bool, allowance_granted_before: Answer, applied_before_limit: Answer
) -> Answer:
    """Efter åldersgränsen lämnas ersättning bara om den beviljades innan, eller om ansökan kom in senast dagen innan
    gränsen nåddes."""
    if not reached_age_limit:
        return Answer.YES
    return max(allowance_granted_before, applied_before_limit)


@rule("51 kap. 10 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(source="SFB 51 kap. 10 §; Kammarrätten i Jönköping 643-16")
def hours_after_age_limit_s(reached_age_limit: bool, hours_asked_s: int, hours_before_s: int) -> int:
    """Antalet assistanstimmar får inte utökas efter åldersgränsen, inte heller när dagliga verksamheten har
    upphört."""
    if reached_age_limit:
        return min(hours_asked_s, hours_before_s)
    return hours_asked_s


@rule("51 kap. 12 §", act="SFB", version="2018:122", valid_from="2018-04-01")
@basis(refusal="Ersättningen omprövas inte.")
def allowance_reviewed(need_has_decreased: Answer, circumstances_changed_much: Answer) -> Answer:
    """Rätten omprövas när den har minskat på grund av väsentligt ändrade förhållanden hos den försäkrade."""
    return min(need_has_decreased, circumstances_changed_much)


@rule("51 kap. 13 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(refusal="Ändringen gäller inte än.")
def change_applies(months_since_change: int) -> bool:
    """En ändring gäller från och med den månad då anledningen till den uppkom."""
    return months_since_change >= 0
