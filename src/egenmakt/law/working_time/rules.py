"""Limits of working time and rest, rule by rule. Time is whole seconds."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

ACT = "arbetstidslagen (1982:673)"
DOMESTIC = "lagen (1970:943) om arbetstid m.m. i husligt arbete"
AGREEMENT = "kollektivavtalen PAN och AB bilaga J"
DAY_S = 86400
NOTE_2011 = "Dagen då lydelsen SFS 2011:740 började gälla är inte läst; regeln visas från 2012."
NOTE_2005 = "Dagen då lydelsen SFS 2005:165 började gälla är inte läst; regeln visas från 2007."
AGREED = "SKR: frågor och svar om dygnsvila för PAN och bilaga J (2024-01-30)"


class Governed(StrEnum):
    """Which act governs the working time."""

    WORKING_HOURS_ACT = "working_hours_act"
    DOMESTIC_WORK_ACT = "domestic_work_act"


FACTS = {
    "in_employers_household": Fact("Utförs arbetet i arbetsgivarens eget hushåll?", Kind.YES_NO),
    "ordinary_s_per_week": Fact("Hur lång är den ordinarie arbetstiden i veckan i genomsnitt?", Kind.WHOLE),
    "averaged_weeks": Fact("Över hur många veckor räknas genomsnittet?", Kind.WHOLE),
    "on_call_four_weeks_s": Fact("Hur mycket jour på arbetsstället under fyra veckor?", Kind.WHOLE),
    "on_call_month_s": Fact("Hur mycket jour på arbetsstället under kalendermånaden?", Kind.WHOLE),
    "overtime_four_weeks_s": Fact("Hur mycket övertid under fyra veckor?", Kind.WHOLE),
    "overtime_month_s": Fact("Hur mycket övertid under kalendermånaden?", Kind.WHOLE),
    "overtime_year_s": Fact("Hur mycket övertid under kalenderåret?", Kind.WHOLE),
    "special_reasons_for_extra": Fact(
        "Finns särskilda skäl, och gick det inte att lösa på annat rimligt sätt?"
    ),
    "more_time_year_s": Fact("Hur mycket mertid vid deltid under kalenderåret?", Kind.WHOLE),
    "total_s_per_week": Fact(
        "Hur lång är den sammanlagda arbetstiden per sju dagar i genomsnitt?", Kind.WHOLE
    ),
    "averaged_months": Fact("Över hur många månader räknas genomsnittet?", Kind.WHOLE),
    "agreement_lengthens": Fact("Tillåter kollektivavtalet en längre beräkningsperiod?", Kind.YES_NO),
    "notice_days": Fact("Hur många dagar i förväg gavs besked?", Kind.WHOLE),
    "unforeseen_change": Fact("Ger verksamhetens art eller något oförutsett anledning till kortare tid?"),
    "longest_rest_in_day_s": Fact(
        "Hur lång är den längsta sammanhängande ledigheten i perioden om 24 timmar?", Kind.WHOLE
    ),
    "unforeseen_event": Fact("Beror avvikelsen på något särskilt som inte kunde förutses?"),
    "compensated": Fact("Ges motsvarande kompensationsledighet?"),
    "rests_midnight_to_five": Fact("Ingår tiden mellan midnatt och klockan fem i ledigheten?"),
    "must_work_at_night": Fact("Måste arbetet bedrivas mellan midnatt och klockan fem?"),
    "night_part_of_shift_s": Fact("Hur mycket av passet ligger normalt mellan 22 och 06?", Kind.WHOLE),
    "third_of_year_at_night": Fact("Ligger minst en tredjedel av årsarbetstiden under natt?", Kind.YES_NO),
    "night_average_s": Fact("Hur lång är arbetstiden per 24 timmar i genomsnitt?", Kind.WHOLE),
    "longest_rest_in_week_s": Fact(
        "Hur lång är den längsta sammanhängande ledigheten under sju dagar?", Kind.WHOLE
    ),
    "work_in_a_row_s": Fact("Hur länge arbetas i följd utan rast?", Kind.WHOLE),
    "meal_pause_needed": Fact("Är det nödvändigt att byta rast mot måltidsuppehåll vid arbetsplatsen?"),
    "cares_for_dependent": Fact(
        "Gäller arbetet tillsyn av någon i hushållet som inte kan ta vård om sig själv?"
    ),
    "household_cannot": Fact(
        "Är de som har ansvaret ur stånd till det genom förvärvsarbete eller nedsatt arbetsförmåga?"
    ),
    "shift_s": Fact("Hur långt är passet, arbete och jour tillsammans?", Kind.WHOLE),
    "needed_for_rights": Fact("Behövs passet för att trygga personens lagstadgade rättigheter?"),
    "no_other_measure": Fact("Saknas andra rimliga åtgärder?"),
    "employer_decided": Fact("Har arbetsgivaren beslutat efter förhandling?"),
    "rest_after_shift_s": Fact("Hur lång är ledigheten direkt efter passet?", Kind.WHOLE),
}
PARAMETERS = (
    "agreement_shift_hours",
    "agreement_shift_hours_excepted",
    "daily_rest_hours",
    "domestic_extra_hours",
    "domestic_overtime_hours_year",
    "extra_overtime_hours_year",
    "night_hours",
    "night_worker_hours",
    "on_call_hours_four_weeks",
    "on_call_hours_month",
    "ordinary_averaging_weeks",
    "ordinary_hours",
    "overtime_hours_four_weeks",
    "overtime_hours_month",
    "overtime_hours_year",
    "schedule_notice_weeks",
    "total_averaging_months",
    "total_averaging_months_by_agreement",
    "total_hours",
    "weekly_rest_hours",
    "work_without_break_hours",
)


@rule("2 §", part="3", act=ACT, version="2014:660", valid_from="2016-05-01")
@basis(
    source="Arbetstidslagen 2 § 3; lagen (1970:943) 1 § i lydelsen SFS 2016:249",
    note="Regeln visas från maj 2016, då lagen (1970:943) fick sin lydelse om anhöriga som är personliga assistenter.",
)
def governed_by(in_employers_household: bool) -> Governed:
    """Arbete i arbetsgivarens eget hushåll följer lagen (1970:943), annat arbete arbetstidslagen. Det gäller också
    anhöriga som är personliga assistenter."""
    if in_employers_household:
        return Governed.DOMESTIC_WORK_ACT
    return Governed.WORKING_HOURS_ACT


@rule("5 §", act=ACT, version="1982:673", valid_from="1983-01-01")
@basis(refusal="Den ordinarie arbetstiden är för lång, eller genomsnittet räknas över för lång tid.")
def ordinary_time_allowed(
    ordinary_s_per_week: int, averaged_weeks: int, ordinary_hours: int, ordinary_averaging_weeks: int
) -> bool:
    """Den ordinarie arbetstiden är högst 40 timmar i veckan, eller i genomsnitt för högst fyra veckor."""
    return ordinary_s_per_week <= ordinary_hours * 3600 and averaged_weeks <= ordinary_averaging_weeks


@rule("6 §", act=ACT, version="1982:673", valid_from="1983-01-01")
@basis(refusal="Jourtiden är för lång.")
def on_call_allowed(
    on_call_four_weeks_s: int, on_call_month_s: int, on_call_hours_four_weeks: int, on_call_hours_month: int
) -> bool:
    """Jour på arbetsstället får tas ut med högst 48 timmar under fyra veckor eller 50 timmar under en
    kalendermånad."""
    return (
        on_call_four_weeks_s <= on_call_hours_four_weeks * 3600
        or on_call_month_s <= on_call_hours_month * 3600
    )


@rule("8 §", act=ACT, version="2011:740", valid_from="2012-01-01")
@basis(note=NOTE_2011, refusal="Övertiden under månaden är för lång.")
def overtime_in_month_allowed(
    overtime_four_weeks_s: int,
    overtime_month_s: int,
    overtime_hours_four_weeks: int,
    overtime_hours_month: int,
) -> bool:
    """Övertid får tas ut med högst 48 timmar under fyra veckor eller 50 timmar under en kalendermånad, extra övertid
    inräknad."""
    return (
        overtime_four_weeks_s <= overtime_hours_four_weeks * 3600
        or overtime_month_s <= overtime_hours_month * 3600
    )


@rule("8–8 a §§", act=ACT, version="2011:740", valid_from="2012-01-01")
@basis(note=NOTE_2011, refusal="Övertiden under året är för lång.")
def overtime_in_year_allowed(
    overtime_year_s: int,
    special_reasons_for_extra: Answer,
    overtime_hours_year: int,
    extra_overtime_hours_year: int,
) -> Answer:
    """Under ett kalenderår får allmän övertid tas ut med högst 200 timmar, och extra övertid med 150 timmar till vid
    särskilda skäl."""
    if overtime_year_s <= overtime_hours_year * 3600:
        return Answer.YES
    if overtime_year_s > (overtime_hours_year + extra_overtime_hours_year) * 3600:
        return Answer.NO
    return special_reasons_for_extra


@rule("10–10 a §§", act=ACT, version="2011:740", valid_from="2012-01-01")
@basis(note=NOTE_2011, refusal="Mertiden under året är för lång.")
def more_time_allowed(
    more_time_year_s: int,
    special_reasons_for_extra: Answer,
    overtime_hours_year: int,
    extra_overtime_hours_year: int,
) -> Answer:
    """Vid deltid får mertid tas ut med högst 200 timmar under ett kalenderår, och extra mertid med 150 timmar till vid
    särskilda skäl."""
    if more_time_year_s <= overtime_hours_year * 3600:
        return Answer.YES
    if more_time_year_s > (overtime_hours_year + extra_overtime_hours_year) * 3600:
        return Answer.NO
    return special_reasons_for_extra


@rule("10 b §", act=ACT, version="2011:740", valid_from="2022-06-29")
@basis(
    note="Visas från juni 2022, då lydelsen av 3 § om avvikande beräkningsperiod började gälla.",
    refusal="Den sammanlagda arbetstiden är för lång, eller beräkningsperioden för lång.",
)
def total_time_allowed(  # noqa: PLR0917  # as many facts as the section asks for
    total_s_per_week: int,
    averaged_months: int,
    agreement_lengthens: bool,
    total_hours: int,
    total_averaging_months: int,
    total_averaging_months_by_agreement: int,
) -> bool:
    """Den sammanlagda arbetstiden är högst 48 timmar per sju dagar i genomsnitt över högst fyra månader, eller högst
    tolv enligt kollektivavtal. Semester och sjukfrånvaro räknas som arbetad tid."""
    longest = total_averaging_months_by_agreement if agreement_lengthens else total_averaging_months
    return total_s_per_week <= total_hours * 3600 and averaged_months <= longest


@rule("12 §", act=ACT, version="1982:673", valid_from="1983-01-01")
@basis(refusal="Beskedet om ändrat schema kom för sent.")
def schedule_told_in_time(notice_days: int, unforeseen_change: Answer, schedule_notice_weeks: int) -> Answer:
    """Ändringar av arbetstidens förläggning meddelas minst två veckor i förväg, om inte verksamheten eller något
    oförutsett ger anledning till kortare tid."""
    if notice_days >= schedule_notice_weeks * 7:
        return Answer.YES
    return unforeseen_change


@rule("13 §", part="första stycket", act=ACT, version="2005:165", valid_from="2007-01-01")
@basis(note=NOTE_2005, refusal="Dygnsvilan är kortare än elva timmar utan laglig grund.")
def daily_rest_kept(
    longest_rest_in_day_s: int, unforeseen_event: Answer, compensated: Answer, daily_rest_hours: int
) -> Answer:
    """Arbetstagaren har minst elva timmars sammanhängande ledighet under varje period om 24 timmar. Avvikelse får göras
    tillfälligt vid något oförutsett, mot kompensationsledighet."""
    if longest_rest_in_day_s >= daily_rest_hours * 3600:
        return Answer.YES
    return min(unforeseen_event, compensated)


@rule("13 §", part="andra stycket", act=ACT, version="2005:165", valid_from="2007-01-01")
@basis(
    note=NOTE_2005,
    refusal="Tiden mellan midnatt och fem ingår inte i dygnsvilan, och arbetet kräver det inte.",
)
def night_rest_kept(rests_midnight_to_five: Answer, must_work_at_night: Answer) -> Answer:
    """I dygnsvilan ingår tiden mellan midnatt och klockan fem, om inte arbetet måste bedrivas då."""
    return max(rests_midnight_to_five, must_work_at_night)


@rule("13 a §", part="tredje stycket", act=ACT, version="2005:165", valid_from="2007-01-01")
@basis(note=NOTE_2005, refusal="Arbetstagaren är inte nattarbetande.")
def night_worker(night_part_of_shift_s: int, third_of_year_at_night: bool, night_worker_hours: int) -> bool:
    """Nattarbetande är den som normalt utför minst tre timmar av passet, eller minst en tredjedel av årsarbetstiden,
    mellan 22 och 06."""
    return night_part_of_shift_s >= night_worker_hours * 3600 or third_of_year_at_night


@rule("13 a §", part="första stycket", act=ACT, version="2005:165", valid_from="2007-01-01")
@basis(note=NOTE_2005, refusal="Nattarbetandes arbetstid är för lång.")
def night_time_allowed(night_worker: bool, night_average_s: int, night_hours: int) -> bool:
    """Nattarbetandes arbetstid är högst åtta timmar per 24 timmar i genomsnitt över högst fyra månader."""
    return not night_worker or night_average_s <= night_hours * 3600


@rule("14 §", act=ACT, version="2005:165", valid_from="2007-01-01")
@basis(note=NOTE_2005, refusal="Veckovilan är kortare än 36 timmar utan laglig grund.")
def weekly_rest_kept(
    longest_rest_in_week_s: int, unforeseen_event: Answer, compensated: Answer, weekly_rest_hours: int
) -> Answer:
    """Arbetstagaren har minst 36 timmars sammanhängande ledighet under varje period om sju dagar. Beredskap räknas inte
    som veckovila."""
    if longest_rest_in_week_s >= weekly_rest_hours * 3600:
        return Answer.YES
    return min(unforeseen_event, compensated)


@rule("15–16 §§", act=ACT, version="1982:673", valid_from="1983-01-01")
@basis(refusal="Arbetet pågår mer än fem timmar i följd utan rast.")
def break_kept(work_in_a_row_s: int, meal_pause_needed: Answer, work_without_break_hours: int) -> Answer:
    """Arbetstagaren arbetar inte mer än fem timmar i följd utan rast. Rasten får bytas mot måltidsuppehåll, som räknas
    som arbetstid, när det är nödvändigt."""
    if work_in_a_row_s <= work_without_break_hours * 3600:
        return Answer.YES
    return meal_pause_needed


@rule("2 §", act=DOMESTIC, version="1970:943", valid_from="1983-01-01")
@basis(refusal="Den ordinarie arbetstiden i hushållet är för lång.")
def domestic_time_allowed(  # noqa: PLR0917  # as many facts as the section asks for
    ordinary_s_per_week: int,
    averaged_weeks: int,
    cares_for_dependent: Answer,
    household_cannot: Answer,
    ordinary_hours: int,
    ordinary_averaging_weeks: int,
    domestic_extra_hours: int,
) -> Answer:
    """I arbetsgivarens hushåll är arbetstiden högst 40 timmar i veckan i genomsnitt för fyra veckor, och högst tolv
    timmar mer vid tillsyn av någon som inte kan ta vård om sig själv."""
    if averaged_weeks > ordinary_averaging_weeks:
        return Answer.NO
    if ordinary_s_per_week <= ordinary_hours * 3600:
        return Answer.YES
    if ordinary_s_per_week > (ordinary_hours + domestic_extra_hours) * 3600:
        return Answer.NO
    return min(cares_for_dependent, household_cannot)


@rule("3 §", act=DOMESTIC, version="1982:675", valid_from="2012-01-01")
@basis(
    note="Visas från 2012 tillsammans med gränsen för fyra veckor, som är densamma i arbetstidslagen.",
    refusal="Övertiden i hushållet är för lång.",
)
def domestic_overtime_allowed(
    overtime_four_weeks_s: int,
    overtime_year_s: int,
    overtime_hours_four_weeks: int,
    domestic_overtime_hours_year: int,
) -> bool:
    """I arbetsgivarens hushåll får övertid tas ut med högst 48 timmar under fyra veckor och 300 timmar under ett
    år."""
    return (
        overtime_four_weeks_s <= overtime_hours_four_weeks * 3600
        and overtime_year_s <= domestic_overtime_hours_year * 3600
    )


@rule("AB § 13 mom. 5", act=AGREEMENT, valid_from="2024-02-01")
@basis(
    source=f"{AGREED}; Assistanskoll 2024-02-01",
    refusal="Passet är längre än avtalet tillåter.",
)
def shift_allowed_by_agreement(  # noqa: PLR0917  # as many facts as the section asks for
    shift_s: int,
    needed_for_rights: Answer,
    no_other_measure: Answer,
    employer_decided: Answer,
    agreement_shift_hours: int,
    agreement_shift_hours_excepted: int,
) -> Answer:
    """Arbete och jour i ett sammanhang är högst 20 timmar. Upp till 24 timmar får arbetsgivaren besluta om, när det
    behövs för personens rättigheter och ingen annan åtgärd är rimlig."""
    if shift_s <= agreement_shift_hours * 3600:
        return Answer.YES
    if shift_s > agreement_shift_hours_excepted * 3600:
        return Answer.NO
    return min(needed_for_rights, no_other_measure, employer_decided)


@rule("AB § 13 mom. 5", act=AGREEMENT, valid_from="2024-02-01")
@basis(source=AGREED)
def rest_after_shift_least_s(shift_s: int, daily_rest_hours: int) -> int:
    """Ryms elva timmars dygnsvila i dygnet räcker den. Efter ett längre pass är ledigheten, räknad från passets slut,
    minst lika lång som passet."""
    if shift_s + daily_rest_hours * 3600 <= DAY_S:
        return daily_rest_hours * 3600
    return shift_s


@rule("AB § 13 mom. 5", act=AGREEMENT, valid_from="2024-02-01")
@basis(source=AGREED, refusal="Ledigheten efter passet är för kort.")
def rest_after_shift_kept(rest_after_shift_s: int, rest_after_shift_least_s: int) -> bool:
    """Ledigheten efter passet är sammanhängande och minst så lång som avtalet kräver."""
    return rest_after_shift_s >= rest_after_shift_least_s
