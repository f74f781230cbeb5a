"""Sick pay and its reimbursement, rule by rule. Money is whole öre, time whole seconds, shares millionths.

Every division is rounded half up to a whole öre, once, where an amount is shown to somebody.
"""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

SICK_PAY = "sjuklönelagen (1991:1047)"
HOLIDAYS = "semesterlagen (1977:480)"
CONTRIBUTIONS = "socialavgiftslagen (2000:980)"

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
PARAMETERS = (
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


@rule("3 §", act=SICK_PAY, version="1995:1480", valid_from="1996-01-01")
@basis(refusal="Den som anställts för kortare tid än en månad har sjuklön först efter fjorton dagar i följd.")
def sick_pay_entitled(
    employment_at_least_one_month: Answer, days_employed: int, short_employment_days: int
) -> Answer:
    """Arbetstagaren har rätt till sjuklön från första dagen, men vid avtal om kortare tid än en månad först
    efter fjorton kalenderdagar i följd."""
    if employment_at_least_one_month == Answer.YES:
        return Answer.YES
    if days_employed >= short_employment_days:
        return Answer.YES
    return employment_at_least_one_month


@rule("7 §", part="tredje stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def continues_earlier_period(days_since_previous_period: int | None, sick_pay_relapse_days: int) -> bool:
    """Den som blir sjuk igen inom fem dagar fortsätter den tidigare sjuklöneperioden.

    Days are counted from the last day of the earlier period of illness to the first of the new one.
    """
    if days_since_previous_period is None:
        return False
    return days_since_previous_period <= sick_pay_relapse_days


@rule("7 §", part="första och tredje styckena", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def period_day(days_into_illness: int, continues_earlier_period: bool, days_of_earlier_period: int) -> int:
    """Dagarna i sjuklöneperioden är kalenderdagar. Första sjukdagen är dag 1; en period som fortsätter räknar
    vidare efter den tidigare periodens dagar."""
    if continues_earlier_period:
        return days_into_illness + 1 + days_of_earlier_period
    return days_into_illness + 1


@rule("7 §", part="första stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
@basis(refusal="Tiden ligger utanför sjuklöneperiodens fjorton kalenderdagar.")
def within_sick_pay_period(period_day: int, sick_pay_days: int) -> bool:
    """Sjuklöneperioden omfattar den första sjukdagen och de tretton kalenderdagar som följer."""
    return 1 <= period_day <= sick_pay_days


@rule("6 §", part="andra och tredje styckena", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
@basis(refusal="Inget karensavdrag görs.")
def deduction_is_made(
    continues_earlier_period: bool,
    deductions_last_12_months: int,
    qualifying_deductions_most: int,
    high_risk_protection: bool,
) -> bool:
    """Karensavdrag görs en gång i varje sjuklöneperiod, men inte vid återinsjuknande, efter tio avdrag på tolv
    månader eller vid särskilt högriskskydd (15 §)."""
    if continues_earlier_period or high_risk_protection:
        return False
    return deductions_last_12_months < qualifying_deductions_most


@rule("6 §", part="andra stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def average_week_pay_ore(average_s_per_week: int, hourly_pay_ore: int) -> int:
    """Lönen för en genomsnittlig vecka är den genomsnittliga veckoarbetstiden gånger timlönen."""
    return (2 * average_s_per_week * hourly_pay_ore + 3600) // 7200


@rule("6 §", part="andra stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def qualifying_deduction_ore(
    deduction_is_made: bool,
    average_week_pay_ore: int,
    sick_pay_rate: int,
    qualifying_deduction_rate: int,
) -> int:
    """Karensavdraget är 20 procent av sjuklönen för en genomsnittlig vecka."""
    if not deduction_is_made:
        return 0
    deducted = average_week_pay_ore * sick_pay_rate * qualifying_deduction_rate
    return (2 * deducted + 1000000000000) // 2000000000000


@rule("9 §", part="2", act="LSS", version="2010:480", valid_from="2011-01-01")
@basis(
    source="HFD 2015 ref. 72 (mål 6356-14)",
    refusal="Ingen vikarie arbetade passet. Då finns ingen merkostnad att ersätta.",
)
def counts_for_reimbursement(within_sick_pay_period: bool, substitute_worked: bool) -> bool:
    """Kommunen ersätter bara pass i sjuklöneperioden som en vikarie har arbetat."""
    return within_sick_pay_period and substitute_worked


@rule("6 §", part="första stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
@basis(source="RÅ 2009 ref. 104 (mål 2781–2782-08): den sjuke ordinarie assistentens lön, inte vikariens")
def lost_pay_ore(counted_s: int, hourly_pay_ore: int, supplements_ore: int) -> int:
    """Förlorad lön är den sjuke assistentens timlön för passen, med de tillägg som hör till dem."""
    return (2 * counted_s * hourly_pay_ore + 3600) // 7200 + supplements_ore


@rule("6 §", part="första stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def gross_sick_pay_ore(lost_pay_ore: int, sick_pay_rate: int) -> int:
    """Sjuklönen är 80 procent av den förlorade lönen, före karensavdrag."""
    return (2 * lost_pay_ore * sick_pay_rate + 1000000) // 2000000


@rule("6 §", part="andra stycket", act=SICK_PAY, version="2018:648", valid_from="2019-01-01")
def sick_pay_ore(gross_sick_pay_ore: int, deduction_left_ore: int) -> int:
    """Från sjuklönen dras karensavdraget. Sjuklönen blir aldrig mindre än noll."""
    return max(0, gross_sick_pay_ore - deduction_left_ore)


@rule("16 b §", part="tredje stycket", act=HOLIDAYS, valid_from="2010-04-01")
@basis(
    source="Semesterlagen (1977:480) 16 b och 17 §§; Bjuvs kommun: privata utförare av personlig assistans"
)
def holiday_ore(lost_pay_ore: int, holiday_rate: int) -> int:
    """Semesterersättning tjänas in på den lön arbetstagaren skulle ha haft, också på karensavdraget."""
    return (2 * lost_pay_ore * holiday_rate + 1000000) // 2000000


@rule("2 kap.", part="26 och 27 §§", act=CONTRIBUTIONS, valid_from="2009-01-01")
def contributions_ore(sick_pay_ore: int, holiday_ore: int, employer_contributions: int) -> int:
    """Arbetsgivaravgifter betalas på sjuklön och semesterersättning, efter arbetstagarens ålder vid årets
    ingång."""
    return (2 * (sick_pay_ore + holiday_ore) * employer_contributions + 1000000) // 2000000


@rule("9 §", part="2", act="LSS", version="2010:480", valid_from="2011-01-01")
@basis(
    source="Bjuvs kommun: privata utförare av personlig assistans (avtalsreglerade kostnader ersätts)",
    verified=False,
    note="Vilken lön avtalets procentsats räknas på framgår av avtalet. Här räknas den på sjuklön och semester.",
)
def agreement_costs_ore(sick_pay_ore: int, holiday_ore: int, agreement_rate: int) -> int:
    """Kostnader som följer av kollektivavtal, som pension och försäkring, ersätts med avtalets procentsats."""
    return (2 * (sick_pay_ore + holiday_ore) * agreement_rate + 1000000) // 2000000


@rule("9 §", part="2", act="LSS", version="2010:480", valid_from="2011-01-01")
@basis(source="RÅ 2005 ref. 86 (mål 1225-03): bara faktiska merkostnader, inte schablonbelopp gånger timmar")
def reimbursement_ore(
    sick_pay_ore: int, holiday_ore: int, contributions_ore: int, agreement_costs_ore: int
) -> int:
    """Kommunen ersätter den faktiska merkostnaden: sjuklön, semesterersättning, arbetsgivaravgifter och
    avtalskostnader."""
    return sick_pay_ore + holiday_ore + contributions_ore + agreement_costs_ore


@rule("8 §", part="andra stycket", act=SICK_PAY, version="2022:75", valid_from="2023-01-01")
@basis(refusal="Läkarintyg saknas för tiden från och med den sjunde dagen efter sjukanmälan.")
def certified(days_after_report: int, certificate_shown: Answer, medical_certificate_days: int) -> Answer:
    """Från och med den sjunde kalenderdagen efter dagen för sjukanmälan ska sjukdomen styrkas med intyg av läkare
    eller tandläkare."""
    if days_after_report < medical_certificate_days:
        return Answer.YES
    return certificate_shown


@rule("9 §", act=SICK_PAY, version="2011:1073", valid_from="2012-01-01")
@basis(refusal="Arbetstagaren har inte lämnat någon skriftlig försäkran.")
def declared(written_declaration: Answer) -> Answer:
    """Arbetsgivaren behöver inte betala sjuklön innan arbetstagaren har lämnat en skriftlig försäkran om
    sjukdomen."""
    return written_declaration


@rule("12 §", act=SICK_PAY, version="2011:1073", valid_from="2012-01-01")
def report_to_agency_within_days(period_day: int, sick_pay_days: int, sick_report_days: int) -> int:
    """Fortsätter sjukdomen efter sjuklöneperioden ska arbetsgivaren anmäla det till Försäkringskassan inom sju
    kalenderdagar.

    Days left to report, counted from the day of the period; negative when the time has run out. Before the period
    has ended nothing is to be reported yet, and the days of the period left are added.
    """
    return sick_pay_days + sick_report_days - period_day


@rule("16 §", act=SICK_PAY, version="2010:1248", valid_from="2011-01-01")
@basis(refusal="Försäkringskassan ersätter inte arbetsgivaren.")
def agency_pays_employer(high_risk_protection: bool) -> bool:
    """Har arbetstagaren särskilt högriskskydd får arbetsgivaren sjuklönen ersatt av Försäkringskassan. Det som
    ersätts så är ingen merkostnad för kommunen."""
    return high_risk_protection
