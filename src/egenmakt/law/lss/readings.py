"""What LSS leaves open for personal assistance, and the ways it can be read."""

from __future__ import annotations

from egenmakt.law.rules import Reading

READINGS = (
    Reading(
        name="deduction_from_all_assistants",
        question="deduction_and_second_assistant",
        sentence="Föräldraavdraget görs en gång från hela behovet, den andra assistentens tid inräknad.",
        source="Ingen lagtext säger hur 9 a § femte stycket och 9 f § LSS möts. Avdraget är fast per barn och dygn "
        "(bilagan till förordningen 1993:1090), inte per assistent",
        usual=True,
    ),
    Reading(
        name="deduction_from_first_assistant",
        question="deduction_and_second_assistant",
        sentence="Föräldraavdraget görs bara från den första assistentens tid: en vårdnadshavare ersätter en assistent.",
        source="Ingen lagtext säger hur 9 a § femte stycket och 9 f § LSS möts. Läsningen bygger på att normalt "
        "föräldraansvar är en persons hjälp; ingen domstol har prövat den",
    ),
    Reading(
        name="whole_need_before_deduction",
        question="order_of_deduction",
        sentence="Hela hjälpbehovet räknas först, också det som alla barn i åldern behöver hjälp med; sedan görs "
        "föräldraavdraget.",
        source="Kammarrätten i Sundsvall 2106-23 (2023-12-06) och 15-24 (2024-03-14) om 9 f § LSS och 51 kap. 6 § SFB, "
        "refererade av Assistanskoll 2023-12-20 och HejaOlika",
        usual=True,
        verified=True,
    ),
    Reading(
        name="need_of_age_before_deduction",
        question="order_of_deduction",
        sentence="Först räknas den tid bort som alla barn i åldern behöver hjälp med; sedan görs föräldraavdraget från "
        "det som återstår.",
        source="Försäkringskassans sätt att räkna efter den 1 januari 2023, så som Assistanskoll återger det "
        "2023-12-20. Kammarrätten i Sundsvall underkände det i 2106-23 om 9 f § LSS; läsningen finns för att jämföra",
        asks_for=("basic_of_age_s", "other_of_age_s"),
    ),
    Reading(
        name="deduction_on_days_of_assistance",
        question="deduction_and_part_of_week",
        sentence="Föräldraavdraget görs för de dygn då assistans lämnas, också när assistans lämnas en del av dygnet.",
        source="Bilagan till förordningen (1993:1090) till 9 f § LSS: timmar per dygn som personlig assistans lämnas",
        usual=True,
        verified=True,
    ),
    Reading(
        name="deduction_every_day",
        question="deduction_and_part_of_week",
        sentence="Föräldraavdraget görs för veckans alla sju dygn, också när assistans lämnas bara några av dem.",
        source="Tabellerna per vecka hos HejaOlika och 2U Assistans räknar sju dygn för alla barn. Ordalydelsen i "
        "bilagan till förordningen (1993:1090) till 9 f § LSS talar emot; inget avgörande om delar av veckan är läst",
    ),
    Reading(
        name="half_year_of_26_weeks",
        question="weeks_in_half_year",
        sentence="Ett halvår är 26 veckor och ett år 52 veckor när behov per månad eller år slås ut per vecka.",
        source="Varken LSS eller 51 kap. 3 och 9 §§ SFB säger hur många veckor ett halvår har. I RÅ 2009 not 192 angavs "
        "1 936 timmar på sex månader som 74 timmar i veckan; det stämmer med båda läsningarna",
        usual=True,
    ),
    Reading(
        name="half_year_by_calendar",
        question="weeks_in_half_year",
        sentence="Ett år är 365 och en fjärdedels dygn, drygt 52 veckor, när behov per månad eller år slås ut per vecka.",
        source="Varken LSS eller 51 kap. 3 och 9 §§ SFB säger hur många veckor ett halvår har. I RÅ 2009 not 192 angavs "
        "1 936 timmar på sex månader som 74 timmar i veckan; det stämmer med båda läsningarna. Inget avgörande som "
        "skiljer dem åt är läst",
    ),
)
