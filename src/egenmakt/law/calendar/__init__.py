"""Calendar: Swedish holidays, counting of time by lagen (1930:173), and clock time.

Serves H-13, H-14, H-22, H-23 (deadlines) and A-15 (worked time). Pure functions of dates: no clock and no
tables of years. Holidays and summer time are computed; tests hold them equal to independent sources.
"""

from egenmakt.law.calendar.holidays import (
    CalendarUnknown,
    eves,
    is_free_day,
    name_of_free_day,
    public_holidays,
)
from egenmakt.law.calendar.last_days import (
    COUNTING_ACT,
    NEXT_WORKING_DAY,
    SAME_NUMBER,
    LastDay,
    last_day,
    next_working_day,
    working_day_on_or_before,
)
from egenmakt.law.calendar.periods import DateOutOfRange, after_months, after_weeks, after_years, day_after
from egenmakt.law.calendar.summer_time import (
    ClockTimeMissing,
    SummerTimeUnknown,
    is_missing,
    is_repeated,
    moment,
    seconds_between,
    summer_time_begins,
    summer_time_ends,
)

__all__ = [
    "COUNTING_ACT",
    "NEXT_WORKING_DAY",
    "SAME_NUMBER",
    "CalendarUnknown",
    "ClockTimeMissing",
    "DateOutOfRange",
    "LastDay",
    "SummerTimeUnknown",
    "after_months",
    "after_weeks",
    "after_years",
    "day_after",
    "eves",
    "is_free_day",
    "is_missing",
    "is_repeated",
    "last_day",
    "moment",
    "name_of_free_day",
    "next_working_day",
    "public_holidays",
    "seconds_between",
    "summer_time_begins",
    "summer_time_ends",
    "working_day_on_or_before",
]
