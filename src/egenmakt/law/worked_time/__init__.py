"""Worked time: a month of one assistant's time as Försäkringskassan counts it.

Serves A-15 and K-13. Guarantees, inputs, rounding and cases with figures are in README.md beside this file.
Pure: local Swedish clock times in, whole seconds really worked out, also over the changes of the clock.
"""

from egenmakt.law.worked_time.month import (
    Entry,
    EntryError,
    Kind,
    MonthRefused,
    Row,
    WorkedMonth,
    count_month,
)

__all__ = ["Entry", "EntryError", "Kind", "MonthRefused", "Row", "WorkedMonth", "count_month"]
