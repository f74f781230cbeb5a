"""The limit of age for personal assistance (LSS 9 b §): no first grant and no more hours from the day it
is reached."""

from __future__ import annotations

from datetime import date

from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


@rule("1 §", act="lagen (1930:173)", version="1930:173", valid_from="1930-07-01")
def age_in_years(day: date, born: date) -> int:
    """En person fyller år på sin födelsedag; den som är född den 29 februari fyller år den 28 februari när
    det inte är skottår."""
    years = day.year - born.year
    if day.month > born.month or (day.month == born.month and day.day >= born.day):
        return years
    leap_year = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    if born.month == 2 and born.day == 29 and day.month == 2 and day.day == 28 and not leap_year:
        return years
    return years - 1


@rule("9 b §", version="2000:1030", valid_from="2001-01-01", valid_to="2022-12-31")
@rule("9 b §", version="2022:880", valid_from="2023-01-01", valid_to="2025-12-31")
@rule("9 b §", version="2022:881", valid_from="2026-01-01")
def age_limit_reached(age_in_years: int, age_limit: int) -> bool:
    """Åldersgränsen nås den dag personen fyller så många år som lagen säger för den som är född då."""
    return age_in_years >= age_limit


@rule("9 b §", version="2000:1030", valid_from="2001-01-01", valid_to="2022-12-31")
@rule("9 b §", version="2022:880", valid_from="2023-01-01", valid_to="2025-12-31")
@rule("9 b §", version="2022:881", valid_from="2026-01-01")
def barred_by_age(limit_reached_when_received: bool) -> Answer:
    """Den som har nått åldersgränsen har inte rätt till personlig assistans, om inte ansökan kom in senast dagen
    innan gränsen nåddes."""
    if limit_reached_when_received:
        return Answer.YES
    return Answer.NO


@rule(
    "9 b §",
    version="2000:1030",
    valid_from="2001-01-01",
    valid_to="2022-12-31",
    sets_aside="barred_by_age",
)
@rule(
    "9 b §",
    version="2022:880",
    valid_from="2023-01-01",
    valid_to="2025-12-31",
    sets_aside="barred_by_age",
)
@rule("9 b §", version="2022:881", valid_from="2026-01-01", sets_aside="barred_by_age")
def was_granted_before_age_limit(granted_before_age_limit: bool | None) -> Answer:
    """Åldersgränsen hindrar inte den som hade beviljats personlig assistans innan gränsen nåddes."""
    if granted_before_age_limit is None:
        return Answer.UNKNOWN
    if granted_before_age_limit:
        return Answer.YES
    return Answer.NO


@rule("9 b §", version="2000:1030", valid_from="2001-01-01", valid_to="2022-12-31")
@rule("9 b §", version="2022:880", valid_from="2023-01-01", valid_to="2025-12-31")
@rule("9 b §", version="2022:881", valid_from="2026-01-01")
def most_s(need_s: int, age_limit_reached: bool, current_s_per_week: int | None) -> int:
    """Antalet timmar får inte utökas efter det att personen har nått åldersgränsen."""
    if age_limit_reached and current_s_per_week is not None and current_s_per_week < need_s:
        return current_s_per_week
    return need_s
