"""One moment of help: how much time a week, whether it counts, as what, and for how many assistants.

Time is exact until a moment's weekly time has been found; that is rounded half up to a whole second, once.
Everything after it is whole seconds. Before it, minutes are whole millionths of a minute (`…_micro_minutes`),
so that all is whole numbers, and all numbers that can come about fit in 64 bits.
"""

from __future__ import annotations

from datetime import date

from egenmakt.law.lss.needs import (
    NEEDS_BY_NATURE,
    NEEDS_WHATEVER_NATURE,
    Answer,
    CountedAs,
    Ground,
    Necessary,
    Need,
    Per,
)
from egenmakt.law.rules import rule


@rule("51 kap. 3 §", act="SFB", version="2010:110", valid_from="2011-01-01", reading="half_year_of_26_weeks")
def weekly_s(needed_micro_minutes: int, times: int, per: Per, days_per_week: int) -> int:
    """Tiden för ett moment räknas som ett genomsnitt per vecka och avrundas till hel sekund.

    A day's moment is done on the days of assistance; a fortnight is two weeks, a year 52 weeks, a month a
    twelfth of a year. Rounded half up.
    """
    microseconds = needed_micro_minutes * 60 * times
    weeks = 1
    if per == Per.DAY:
        microseconds = microseconds * days_per_week
    elif per == Per.FORTNIGHT:
        weeks = 2
    elif per == Per.MONTH:
        microseconds = microseconds * 12
        weeks = 52
    elif per == Per.YEAR:
        weeks = 52
    return (2 * microseconds + weeks * 1_000_000) // (2 * weeks * 1_000_000)


@rule(
    "51 kap. 3 §",
    act="SFB",
    version="2010:110",
    valid_from="2011-01-01",
    name="weekly_s",
    reading="half_year_by_calendar",
)
def weekly_s_by_calendar(needed_micro_minutes: int, times: int, per: Per, days_per_week: int) -> int:
    """Tiden för ett moment räknas som ett genomsnitt per vecka och avrundas till hel sekund; ett år är 365 och en
    fjärdedels dygn.

    That is 1461 weeks in 28 years; a month is a twelfth of a year. Rounded half up.
    """
    microseconds = needed_micro_minutes * 60 * times
    weeks = 1
    if per == Per.DAY:
        microseconds = microseconds * days_per_week
    elif per == Per.FORTNIGHT:
        weeks = 2
    elif per == Per.MONTH:
        microseconds = microseconds * 112
        weeks = 487
    elif per == Per.YEAR:
        microseconds = microseconds * 28
        weeks = 1461
    return (2 * microseconds + weeks * 1_000_000) // (2 * weeks * 1_000_000)


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
def needed_micro_minutes(micro_minutes: int, met_otherwise_micro_minutes: int) -> int:
    """Den del av behovet som faktiskt tillgodoses på annat sätt räknas inte."""
    if met_otherwise_micro_minutes >= micro_minutes:
        return 0
    return micro_minutes - met_otherwise_micro_minutes


@rule("9 g §", version="2022:1253", valid_from="2023-01-01", name="admitted")
def admitted_2023(is_health_care: bool, self_care_from: date, self_care_until: date, day: date) -> Answer:
    """Personlig assistans lämnas inte för sjukvårdande insatser. Egenvård räknas under den tid bedömningen
    gäller.

    Answers UNKNOWN never, NO when it is health care without an assessment of self-care in force.
    """
    if not is_health_care:
        return Answer.YES
    if self_care_from <= day <= self_care_until:
        return Answer.YES
    return Answer.NO


@rule(
    "51 kap. 5 §",
    act="SFB",
    version="2010:110",
    valid_from="2011-01-01",
    valid_to="2022-12-31",
    name="admitted",
)
def admitted_2011(is_health_care: bool, self_care_from: date, self_care_until: date, day: date) -> Answer:
    """Assistans lämnas inte för sjukvårdande insatser. Egenvård räknas under den tid bedömningen gäller."""
    if not is_health_care:
        return Answer.YES
    if self_care_from <= day <= self_care_until:
        return Answer.YES
    return Answer.NO


_BEFORE_NECESSARY = ("ground", "directly_necessary")


@rule(
    "51 kap. 5 §",
    act="SFB",
    version="2010:110",
    valid_from="2011-01-01",
    valid_to="2022-12-31",
    sets_aside=_BEFORE_NECESSARY,
    instead=Ground.HEALTH_CARE,
)
@rule(
    "9 g §",
    version="2022:1253",
    valid_from="2023-01-01",
    sets_aside=_BEFORE_NECESSARY,
    instead=Ground.HEALTH_CARE,
)
def is_excluded_care(admitted: Answer, has_self_care_assessment: bool) -> bool:
    """Sjukvårdande insatser räknas inte, vilket behov de än gäller."""
    return admitted == Answer.NO and not has_self_care_assessment


@rule(
    "51 kap. 5 §",
    act="SFB",
    version="2010:110",
    valid_from="2011-01-01",
    valid_to="2022-12-31",
    sets_aside=_BEFORE_NECESSARY,
    instead=Ground.SELF_CARE_NOT_IN_FORCE,
)
@rule(
    "9 g §",
    version="2022:1253",
    valid_from="2023-01-01",
    sets_aside=_BEFORE_NECESSARY,
    instead=Ground.SELF_CARE_NOT_IN_FORCE,
)
def self_care_not_in_force(admitted: Answer, has_self_care_assessment: bool) -> bool:
    """Egenvård räknas inte den tid då bedömningen av den inte gäller."""
    return admitted == Answer.NO and has_self_care_assessment


@rule(
    "9 a §",
    part="fjärde stycket",
    version="2022:1252",
    valid_from="2023-01-01",
    name="directly_necessary",
    sets_aside="ground",
    instead=Ground.DIRECTLY_NECESSARY,
)
def directly_necessary_2023(directly_necessary_for: Necessary | None) -> bool:
    """Åtgärder som är direkt nödvändiga för hjälp med andning, medicinskt stöd eller sondmatning räknas till andra
    personliga behov."""
    return directly_necessary_for is not None


@rule(
    "9 a §",
    part="tredje stycket",
    version="2020:441",
    valid_from="2020-07-01",
    valid_to="2022-12-31",
    name="directly_necessary",
    sets_aside="ground",
    instead=Ground.DIRECTLY_NECESSARY,
)
def directly_necessary_2020(need: Need, directly_necessary_for: Necessary | None) -> bool:
    """Åtgärder som är direkt nödvändiga för hjälp med andning eller sondmatning räknas till andra personliga
    behov."""
    if need in (Need.HARM_PREVENTION, Need.MEDICAL):
        return False
    return directly_necessary_for in (Necessary.BREATHING, Necessary.TUBE_FEEDING)


@rule("9 a §", part="första–fjärde styckena", version="2022:1252", valid_from="2023-01-01", name="ground")
def ground_2023(
    need: Need,
    intimate: bool | None,
    tube_feeding: bool,
    activation_measure: bool,
) -> Ground:
    """De sju grundläggande behoven. Andning, förebyggande stöd, medicinskt stöd, sondmatning och kvalificerad
    aktivering räknas oavsett hjälpens karaktär; hygien, måltider, klädsel och kommunikation bara när hjälpen
    är av privat och integritetskänsligt slag."""
    if need in NEEDS_WHATEVER_NATURE:
        return Ground.WHATEVER_NATURE
    if need not in NEEDS_BY_NATURE:
        return Ground.OTHER_NEED
    if need == Need.MEALS and tube_feeding:
        return Ground.TUBE_FEEDING
    if activation_measure:
        return Ground.ACTIVATION
    if intimate is None:
        return Ground.NATURE_UNKNOWN
    if intimate:
        return Ground.INTIMATE
    return Ground.NOT_INTIMATE


@rule(
    "9 a §",
    part="första–tredje styckena",
    version="2020:441",
    valid_from="2020-07-01",
    valid_to="2022-12-31",
    name="ground",
)
def ground_2020(
    need: Need,
    intimate: bool | None,
    tube_feeding: bool,
    activation_measure: bool,
    directly_necessary_for: Necessary | None,
) -> Ground:
    """Andning och sondmatning räknas oavsett hjälpens karaktär; hygien, måltider, klädsel och
    kommunikation bara när hjälpen är av privat och integritetskänsligt slag. Det som kan ha krävt
    ingående kunskaper om personen måste bedömas för sig."""
    if need in (Need.HARM_PREVENTION, Need.MEDICAL) or directly_necessary_for == Necessary.MEDICAL:
        return Ground.JUDGED_BY_OLDER_LAW
    if need == Need.BREATHING:
        return Ground.WHATEVER_NATURE
    if need not in NEEDS_BY_NATURE:
        return Ground.OTHER_NEED
    if need == Need.MEALS and tube_feeding:
        return Ground.TUBE_FEEDING
    if intimate:
        return Ground.INTIMATE
    if activation_measure:
        return Ground.JUDGED_BY_OLDER_LAW
    if intimate is None:
        return Ground.NATURE_UNKNOWN
    return Ground.NOT_INTIMATE


@rule(
    "9 a §",
    part="första stycket",
    version="2019:618",
    valid_from="2019-11-01",
    valid_to="2020-06-30",
    name="ground",
)
def ground_2019(
    need: Need,
    intimate: bool | None,
    activation_measure: bool,
    directly_necessary_for: Necessary | None,
) -> Ground:
    """Andning är ett grundläggande behov vid sidan av hygien, måltider, klädsel och kommunikation.
    Hjälpens karaktär avgör för alla fem. Det som kan ha krävt ingående kunskaper om personen måste
    bedömas för sig."""
    if need in (Need.HARM_PREVENTION, Need.MEDICAL) or directly_necessary_for is not None:
        return Ground.JUDGED_BY_OLDER_LAW
    if need == Need.OTHER:
        return Ground.OTHER_NEED
    if intimate:
        return Ground.INTIMATE
    if activation_measure:
        return Ground.JUDGED_BY_OLDER_LAW
    if intimate is None:
        return Ground.NATURE_UNKNOWN
    return Ground.NOT_INTIMATE


@rule(
    "9 a §", part="första–fjärde styckena", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30"
)
@rule(
    "9 a §", part="första–fjärde styckena", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31"
)
@rule("9 a §", part="första–fjärde styckena", version="2022:1252", valid_from="2023-01-01")
def counted_as(ground: Ground) -> CountedAs:
    """Hjälp med ett grundläggande behov räknas till de grundläggande behoven, annan hjälp till andra
    personliga behov; hälso- och sjukvård räknas inte."""
    if ground in (Ground.WHATEVER_NATURE, Ground.TUBE_FEEDING, Ground.ACTIVATION, Ground.INTIMATE):
        return CountedAs.BASIC
    if ground in (Ground.NOT_INTIMATE, Ground.DIRECTLY_NECESSARY, Ground.OTHER_NEED):
        return CountedAs.OTHER
    if ground in (Ground.HEALTH_CARE, Ground.SELF_CARE_NOT_IN_FORCE):
        return CountedAs.NOT_COUNTED
    return CountedAs.UNCLEAR


@rule("9 a §", part="femte stycket", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="femte stycket", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="femte stycket", version="2022:1252", valid_from="2023-01-01")
def second_assistant(
    assistants: int, housing_adaptation_tried: bool | None, aids_tried: bool | None
) -> Answer:
    """Två eller flera assistenter samtidigt ges bara om möjligheterna till bostadsanpassning och
    hjälpmedel har utretts."""
    if assistants == 1:
        return Answer.YES
    if housing_adaptation_tried is False or aids_tried is False:
        return Answer.NO
    if housing_adaptation_tried is None or aids_tried is None:
        return Answer.UNKNOWN
    return Answer.YES


@rule("9 a §", part="femte stycket", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="femte stycket", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="femte stycket", version="2022:1252", valid_from="2023-01-01")
def assistants_counted(assistants: int, second_assistant: Answer) -> int:
    """När utredningarna saknas räknas momentet för en assistent."""
    if second_assistant == Answer.YES:
        return assistants
    return 1


@rule("9 a §", part="femte stycket", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="femte stycket", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="femte stycket", version="2022:1252", valid_from="2023-01-01")
def moment_s(weekly_s: int, assistants_counted: int, counted_as: CountedAs) -> int:
    """Tid då två assistenter behövs räknas dubbelt (RÅ 2010 ref. 53)."""
    if counted_as in (CountedAs.NOT_COUNTED, CountedAs.UNCLEAR):
        return 0
    return weekly_s * assistants_counted


@rule("9 a §", part="fjärde stycket 1", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="fjärde stycket 1", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="fjärde stycket 1", version="2022:1252", valid_from="2023-01-01")
def waiting_s(waiting_micro_minutes_per_day: int, days_per_week: int, waiting_divisor: int) -> int:
    """Väntetid under dygnsvilan hör till andra personliga behov: fyra timmar väntetid räknas som en timme."""
    microseconds = waiting_micro_minutes_per_day * 60 * days_per_week
    return (2 * microseconds + waiting_divisor * 1_000_000) // (2 * waiting_divisor * 1_000_000)


@rule("9 a §", part="fjärde stycket 2", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="fjärde stycket 2", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="fjärde stycket 2", version="2022:1252", valid_from="2023-01-01")
def standby_s(standby_micro_minutes_per_day: int, days_per_week: int, standby_divisor: int) -> int:
    """Beredskap under dygnsvilan hör till andra personliga behov: sju timmar beredskap räknas som en
    timme."""
    microseconds = standby_micro_minutes_per_day * 60 * days_per_week
    return (2 * microseconds + standby_divisor * 1_000_000) // (2 * standby_divisor * 1_000_000)
