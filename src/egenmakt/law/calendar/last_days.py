"""The last day to do something: 2 § lagen (1930:173) moves it when it falls on a free day.

The rule is for what must be done at the latest on a day by law or regulation. It does not move how long
something is valid, nor a time that only a municipal guideline has set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from egenmakt.law.calendar.holidays import name_of_free_day
from egenmakt.law.calendar.periods import DateOutOfRange, day_after
from egenmakt.law.findings import Citation, Finding, Outcome

COUNTING_ACT = "lagen (1930:173) om beräkning av lagstadgad tid"
SAME_NUMBER = Citation(COUNTING_ACT, "1 §")
NEXT_WORKING_DAY = Citation(COUNTING_ACT, "2 §", "första stycket", "2022:931")


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day something may be done. `nominal` is the day counted to, before it was moved."""

    day: date
    nominal: date
    finding: Finding

    @property
    def moved(self) -> bool:
        """Whether the last day was moved past one or more free days."""
        return self.day != self.nominal


def next_working_day(day: date) -> date:
    """The first working day after `day`. Raises `CalendarUnknown` before 1990."""
    day = day_after(day)
    while name_of_free_day(day) is not None:
        day = day_after(day)
    return day


def working_day_on_or_before(day: date) -> date:
    """The day itself if it is a working day, else the nearest before it.

    Used where a rule moves backwards, as the day of payment does (9 § förordningen 1993:1091). Raises
    `CalendarUnknown` before 1990.
    """
    while name_of_free_day(day) is not None:
        if day == date.min:
            raise DateOutOfRange(day)
        day -= timedelta(days=1)
    return day


def last_day(nominal: date) -> LastDay:
    """The last day to act when the period is counted to `nominal`: that day, or the next working day.

    Raises `CalendarUnknown` before 1990.
    """
    name = name_of_free_day(nominal)
    if name is None:
        finding = Finding(
            rule="last_day",
            citation=NEXT_WORKING_DAY,
            outcome=Outcome.NOT_MET,
            reason=f"{nominal.isoformat()} är en vardag. Sista dagen flyttas inte.",
            facts={"nominal": nominal},
            result=nominal,
        )
        return LastDay(nominal, nominal, finding)
    moved = next_working_day(nominal)
    finding = Finding(
        rule="last_day",
        citation=NEXT_WORKING_DAY,
        outcome=Outcome.MET,
        reason=(
            f"{nominal.isoformat()} är {name}. "
            f"Det som senast ska göras då får göras nästa vardag, {moved.isoformat()}."
        ),
        facts={"nominal": nominal, "free_day": name},
        result=moved,
    )
    return LastDay(moved, nominal, finding)
