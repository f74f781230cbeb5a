"""The parental deduction: what of a child's need a guardian normally meets, taken off by a table.

The whole need is counted first, also what every child of that age needs help with; then the deduction is
made once from each of the two sums (LSS 9 f §). Nothing moves between the sums, and neither goes below
zero. Before 2023 there was no table: a child's need was judged in each case, and gets no answer here.
"""

from __future__ import annotations

from datetime import date

from egenmakt.law.lss.needs import Answer, Ground, Need
from egenmakt.law.rules import rule


@rule(
    "6 a §",
    act="förordningen (1993:1090)",
    part="andra stycket",
    version="2022:1228",
    valid_from="2011-01-01",
)
def age_by_month(day: date, born: date) -> int:
    """Hela den månad då barnet fyller år hör till den nya åldern."""
    years = day.year - born.year
    if day.month < born.month:
        return years - 1
    return years


@rule(
    "9 f §",
    part="andra stycket 1–4",
    version="2022:1252",
    valid_from="2023-01-01",
    name="exempt_from_deduction",
)
def exempt_from_deduction_2023(need: Need, ground: Ground) -> bool:
    """Föräldraavdrag görs inte från andning, medicinskt stöd, sondmatning och det som är direkt nödvändigt
    för dem."""
    if ground in (Ground.TUBE_FEEDING, Ground.DIRECTLY_NECESSARY):
        return True
    return ground == Ground.WHATEVER_NATURE and need in (Need.BREATHING, Need.MEDICAL)


@rule(
    "7 §",
    part="första stycket",
    version="2005:125",
    valid_from="2019-11-01",
    valid_to="2022-12-31",
    name="exempt_from_deduction",
)
def exempt_from_deduction_2019(need: Need, ground: Ground) -> bool:
    """Före 2023 bedömdes föräldraansvaret i varje fall; det fanns inget schablonavdrag att undanta något
    från."""
    return False


@rule("7 §", part="första stycket", version="2005:125", valid_from="2019-11-01", valid_to="2022-12-31")
@rule(
    "9 f §",
    part="andra stycket 1–4",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="deduction_from_all_assistants",
)
def exempt_s(moment_s: int, exempt_from_deduction: bool) -> int:
    """Den tid av ett moment som föräldraavdraget inte görs från: hela tiden när momentet är undantaget, annars
    ingen."""
    if exempt_from_deduction:
        return moment_s
    return 0


@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    name="exempt_s",
    reading="deduction_from_first_assistant",
)
def exempt_s_of_other_assistants(moment_s: int, weekly_s: int, exempt_from_deduction: bool) -> int:
    """Den tid av ett moment som föräldraavdraget inte görs från: hela tiden när momentet är undantaget, annars
    tiden för fler assistenter än en."""
    if exempt_from_deduction:
        return moment_s
    if moment_s <= weekly_s:
        return 0
    return moment_s - weekly_s


@rule("7 §", part="första stycket", version="2005:125", valid_from="2019-11-01", valid_to="2022-12-31")
@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="deduction_on_days_of_assistance",
)
def basic_deduction_s(parental_deduction_basic_s_per_day: int, days_per_week: int) -> int:
    """Föräldraavdraget från grundläggande behov är tabellens tid för varje dygn som assistans lämnas."""
    return parental_deduction_basic_s_per_day * days_per_week


@rule("7 §", part="första stycket", version="2005:125", valid_from="2019-11-01", valid_to="2022-12-31")
@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="deduction_on_days_of_assistance",
)
def other_deduction_s(parental_deduction_other_s_per_day: int, days_per_week: int) -> int:
    """Föräldraavdraget från andra personliga behov är tabellens tid för varje dygn som assistans lämnas."""
    return parental_deduction_other_s_per_day * days_per_week


@rule("7 §", part="första stycket", version="2005:125", valid_from="2019-11-01", valid_to="2022-12-31")
@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="whole_need_before_deduction",
)
def basic_after_s(basic_s: int, basic_exempt_s: int, basic_deduction_s: int) -> int:
    """Grundläggande behov efter föräldraavdrag. Undantagen tid minskas aldrig, och summan blir aldrig
    mindre än noll."""
    deductible = basic_s - basic_exempt_s
    if deductible <= basic_deduction_s:
        return basic_exempt_s
    return basic_exempt_s + deductible - basic_deduction_s


@rule("7 §", part="första stycket", version="2005:125", valid_from="2019-11-01", valid_to="2022-12-31")
@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="whole_need_before_deduction",
)
def other_after_s(other_s: int, other_exempt_s: int, other_deduction_s: int) -> int:
    """Andra personliga behov efter föräldraavdrag. Undantagen tid minskas aldrig, och summan blir aldrig
    mindre än noll."""
    deductible = other_s - other_exempt_s
    if deductible <= other_deduction_s:
        return other_exempt_s
    return other_exempt_s + deductible - other_deduction_s


@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    name="basic_deduction_s",
    reading="deduction_every_day",
)
def basic_deduction_s_every_day(parental_deduction_basic_s_per_day: int) -> int:
    """Föräldraavdraget från grundläggande behov är tabellens tid för veckans alla sju dygn."""
    return parental_deduction_basic_s_per_day * 7


@rule(
    "9 f §",
    part="första och andra styckena",
    version="2022:1252",
    valid_from="2023-01-01",
    name="basic_after_s",
    reading="need_of_age_before_deduction",
)
def basic_after_s_beyond_age(
    basic_s: int, basic_exempt_s: int, basic_of_age_s: int | None, basic_deduction_s: int
) -> int:
    """Grundläggande behov efter föräldraavdrag, när det som alla barn i åldern behöver hjälp med räknas bort först.
    Undantagen tid minskas aldrig, och summan blir aldrig mindre än noll."""
    deductible = basic_s - basic_exempt_s
    if basic_of_age_s is not None and basic_deduction_s > 0:
        deductible = deductible - basic_of_age_s
    if deductible <= basic_deduction_s:
        return basic_exempt_s
    return basic_exempt_s + deductible - basic_deduction_s


@rule(
    "9 f §",
    part="andra stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    name="other_deduction_s",
    reading="deduction_every_day",
)
def other_deduction_s_every_day(parental_deduction_other_s_per_day: int) -> int:
    """Föräldraavdraget från andra personliga behov är tabellens tid för veckans alla sju dygn."""
    return parental_deduction_other_s_per_day * 7


@rule(
    "9 f §",
    part="första och andra styckena",
    version="2022:1252",
    valid_from="2023-01-01",
    name="other_after_s",
    reading="need_of_age_before_deduction",
)
def other_after_s_beyond_age(
    other_s: int, other_exempt_s: int, other_of_age_s: int | None, other_deduction_s: int
) -> int:
    """Andra personliga behov efter föräldraavdrag, när det som alla barn i åldern behöver hjälp med räknas bort först.
    Undantagen tid minskas aldrig, och summan blir aldrig mindre än noll."""
    deductible = other_s - other_exempt_s
    if other_of_age_s is not None and other_deduction_s > 0:
        deductible = deductible - other_of_age_s
    if deductible <= other_deduction_s:
        return other_exempt_s
    return other_exempt_s + deductible - other_deduction_s


@rule(
    "9 f §",
    part="första och andra styckena",
    version="2022:1252",
    valid_from="2023-01-01",
    reading="need_of_age_before_deduction",
    sets_aside="right",
    instead=Answer.UNKNOWN,
)
def need_of_age_not_told(  # noqa: PLR0917  # as many facts as the question hangs on
    belongs: Answer,
    barred_by_age: Answer,
    has_basic_needs: Answer,
    basic_of_age_s: int | None,
    other_of_age_s: int | None,
    basic_deduction_s: int,
    other_deduction_s: int,
) -> bool:
    """Rätten kan inte bestämmas innan det är klarlagt hur mycket hjälp alla barn i åldern behöver."""
    if belongs == Answer.NO or barred_by_age == Answer.YES or has_basic_needs == Answer.NO:
        return False
    if basic_deduction_s > 0 and basic_of_age_s is None:
        return True
    return other_deduction_s > 0 and other_of_age_s is None
