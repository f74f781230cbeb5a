"""The book of sick pay: which facts its rules ask for, and which parameters."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book, Fact, Kind
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import Rulebook, rules_in
from egenmakt.law.sick_pay import rules

FACTS = {
    "employment_at_least_one_month": Fact("Är anställningen avtalad för minst en månad?"),
    "days_employed": Fact("Hur många kalenderdagar i följd har arbetstagaren varit anställd?", Kind.WHOLE),
    "days_since_previous_period": Fact(
        "Hur många dagar har gått sedan den förra sjukperioden slutade?", Kind.WHOLE, may_lack=True
    ),
    "days_of_earlier_period": Fact(
        "Hur många dagar omfattade den sjuklöneperiod som fortsätter?", Kind.WHOLE
    ),
    "days_into_illness": Fact("Hur många dagar har gått sedan den första sjukdagen?", Kind.WHOLE),
    "deductions_last_12_months": Fact(
        "Hur många karensavdrag har gjorts de senaste tolv månaderna?", Kind.WHOLE
    ),
    "high_risk_protection": Fact("Har Försäkringskassan beslutat om särskilt högriskskydd?", Kind.YES_NO),
    "average_s_per_week": Fact("Hur många sekunder är den genomsnittliga arbetsveckan?", Kind.WHOLE),
    "hourly_pay_ore": Fact("Hur hög är timlönen, i öre?", Kind.WHOLE),
    "substitute_worked": Fact("Arbetade en vikarie passet?", Kind.YES_NO),
    "counted_s": Fact("Hur många sekunder av passen räknas?", Kind.WHOLE),
    "supplements_ore": Fact("Hur stora är tilläggen för de pass som räknas, i öre?", Kind.WHOLE),
    "deduction_left_ore": Fact("Hur mycket av karensavdraget är kvar att dra, i öre?", Kind.WHOLE),
    "holiday_rate": Fact("Hur stor andel är semesterersättningen, i miljondelar?", Kind.WHOLE),
    "agreement_rate": Fact("Hur stor andel är avtalskostnaderna, i miljondelar?", Kind.WHOLE),
    "days_after_report": Fact("Hur många dagar har gått sedan dagen för sjukanmälan?", Kind.WHOLE),
    "certificate_shown": Fact("Har intyg av läkare eller tandläkare lämnats för tiden?"),
    "written_declaration": Fact("Har arbetstagaren lämnat en skriftlig försäkran?"),
}
PARAMETERS = {
    name: (name, "")
    for name in (
        "employer_contributions",
        "medical_certificate_days",
        "qualifying_deduction_rate",
        "qualifying_deductions_most",
        "short_employment_days",
        "sick_pay_days",
        "sick_pay_rate",
        "sick_pay_relapse_days",
        "sick_report_days",
    )
}


@cache
def book() -> Book:
    """The book of sick pay, built when it is first asked for."""
    rulebook = Rulebook(rules_in(rules), facts=FACTS, parameters=PARAMETERS)
    return Book("sick_pay", "Sjuklön och merkostnad", rulebook, FACTS, PARAMETERS, Answer)
