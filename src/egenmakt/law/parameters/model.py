"""What a parameter is: a name with values, each of them for a time and, for some, for an age or a cohort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from egenmakt.law.findings import Citation
from egenmakt.law.timeline import Period

Value = int | Decimal | Mapping[str, int | Decimal]


class NoParameter(LookupError):
    """The law gives no value: not for that name, that day or that person. Says so in Swedish."""

    def __init__(self, name: str, day: date | None, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.day = day
        self.message = message


class Counts(StrEnum):
    """Which of the three dates of a case decides the value."""

    DECISION = "decision"
    TIME_CONCERNED = "time_concerned"
    APPLICATION = "application"


class KeyKind(StrEnum):
    """What a value depends on besides the day."""

    NONE = "none"
    AGE = "age"
    BORN = "born"
    AGE_AT_YEAR_START = "age_at_year_start"


@dataclass(frozen=True, slots=True)
class Dated:
    """One value: when it holds, for whom, from where it is known.

    `low` and `high` bound the key, both counted: whole years of age, or the date of birth as an ordinal.
    `settled_to` is the last day the value is decided for, when the law decides one year at a time: nothing
    is known to replace the value, but later days have no value yet.
    """

    value: Value
    period: Period
    citation: Citation
    source: str
    verified: bool
    known: date | None = None
    note: str = ""
    low: int | None = None
    high: int | None = None
    settled_to: date | None = None

    def holds(self, day: date, key: int | None) -> bool:
        """Whether this is the value for that day and key."""
        if day not in self.period or (self.settled_to is not None and day > self.settled_to):
            return False
        if key is None:
            return self.low is None and self.high is None
        return (self.low is None or self.low <= key) and (self.high is None or key <= self.high)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named, dated value of law. `title` is what users see; `explanation` says what it is for."""

    name: str
    title: str
    explanation: str
    unit: str
    counts: Counts
    key: KeyKind
    values: tuple[Dated, ...]

    def at(self, day: date, *, age: int | None = None, born: date | None = None) -> Dated:
        """The value for the day, and for the age or the person born that day where the parameter asks.

        Raises NoParameter when there is none, also when the age or date of birth is needed and missing.
        """
        key = self._key(day, age, born)
        for dated in self.values:
            if dated.holds(day, key):
                return dated
        whom = {
            KeyKind.AGE: f" vid {age} års ålder",
            KeyKind.AGE_AT_YEAR_START: f" för den som är född {born}",
            KeyKind.BORN: f" för den som är född {born}",
        }.get(self.key, "")
        raise NoParameter(self.name, day, f"{self.title}: lagen ger inget värde för {day}{whom}.")

    def changes(self) -> set[date]:
        """The days on which some value begins or ceases."""
        starts = {dated.period.start for dated in self.values}
        return starts | {dated.period.end for dated in self.values if dated.period.end is not None}

    def _key(self, day: date, age: int | None, born: date | None) -> int | None:
        if self.key is KeyKind.NONE:
            return None
        if self.key is KeyKind.AGE:
            if age is None:
                raise NoParameter(self.name, day, f"{self.title} beror på ålder. Ange åldern.")
            return age
        if born is None:
            raise NoParameter(self.name, day, f"{self.title} beror på födelsedatum. Ange födelsedatum.")
        return born.toordinal() if self.key is KeyKind.BORN else day.year - born.year - 1
