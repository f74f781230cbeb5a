"""The rules of personal assistance as one graph, and as they stand from one change of law to the next.

Guarantees: what is made ready to be run is used only between the changes it was made for; a rule or a parameter
that the law lacks for a day is NoRule or NoParameter, each time it is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from egenmakt.law.assistance.facts import MOMENT_FACTS
from egenmakt.law.lss import age_limit, entitlement, moments, parental_deduction
from egenmakt.law.lss.parental_deduction import age_by_month
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.parameters import KeyKind, parameter
from egenmakt.law.rules import Rulebook, rules_in
from egenmakt.law.rules.compiling import Sum, Values, common_names, compiled
from egenmakt.law.sfb import allowance

_ONE_DAY = timedelta(days=1)

# What the rules may ask for by name, and which parameter (and which part of it) an argument name means.
FACTS = frozenset({
    *("day", "born", "days_per_week", "personkrets_tried", "personkrets_group"),
    *("granted_before_age_limit", "limit_reached_when_received", "current_s_per_week"),
    *("housing_adaptation_tried", "aids_tried", "waiting_micro_minutes_per_day", "standby_micro_minutes_per_day"),
    *("basic_of_age_s", "other_of_age_s"),
    *MOMENT_FACTS,
    *("basic_s", "basic_exempt_s", "other_s", "other_exempt_s", "unclear_moments"),
})  # fmt: skip
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "age_limit": ("age_limit", ""),
    "basic_needs_threshold": ("basic_needs_threshold", ""),
    "municipal_share_hours": ("municipal_share_hours", ""),
    "parental_deduction_basic_s_per_day": ("parental_deduction", "basic_s_per_day"),
    "parental_deduction_other_s_per_day": ("parental_deduction", "other_s_per_day"),
    "standby_divisor": ("standby_divisor", ""),
    "waiting_divisor": ("waiting_divisor", ""),
}


@cache
def rulebook(chosen: tuple[str, ...] = ()) -> Rulebook:
    """All rules of personal assistance as one graph, by the usual readings where no other is chosen.

    Raises RulesFaulty when there is no such reading, or two are chosen for one question.
    """
    rules = rules_in(moments, parental_deduction, age_limit, entitlement, allowance)
    return Rulebook(rules, facts=FACTS, parameters=PARAMETERS, readings=READINGS, chosen=chosen)


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """What is asked of the rules: the answers wanted, what is already worked out, what each row gives, and what
    is summed over the rows."""

    targets: tuple[str, ...]
    given: frozenset[str] = frozenset()
    each: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()


class LawInTime:
    """The rules and parameters of personal assistance through time."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        days = set(book.changes())
        for name, _ in PARAMETERS.values():
            found = parameter(name)
            days |= found.changes()
            days |= {dated.settled_to + _ONE_DAY for dated in found.values if dated.settled_to}
        self._changes = sorted(days)
        self._ready: dict[tuple[int, Question], Ready] = {}

    def changes(self, first: date, last: date | None) -> list[date]:
        """The days after `first`, through `last`, on which the law changes or is no longer settled."""
        end = bisect_right(self._changes, last) if last else len(self._changes)
        return self._changes[bisect_right(self._changes, first) : end]

    def ready(self, day: date, question: Question) -> Ready:
        """The rules that answer the question on the day. Raises NoRule."""
        key = bisect_right(self._changes, day), question
        found = self._ready.get(key)
        if found is None:
            found = self._ready[key] = Ready(self.book, day, question)
        return found


@cache
def law_in_time(chosen: tuple[str, ...] = ()) -> LawInTime:
    """The law of personal assistance as it is laid in, by the chosen readings. Raises RulesFaulty."""
    return LawInTime(rulebook(chosen))


class Ready:
    """The rules that answer one question, from one change of law to the next, as one function."""

    def __init__(self, book: Rulebook, day: date, question: Question) -> None:
        """Raises NoRule when a rule that is needed has no wording on the day."""
        self.edition = book.edition(day, question.targets, question.given)
        self._run = compiled(self.edition, question.each, question.sums)
        names = common_names(self.edition, question.each)
        self._facts = tuple(name for name in names if name not in PARAMETERS)
        self._parameters = tuple(_ParameterInForce(*PARAMETERS[name]) for name in names if name in PARAMETERS)

    def run(
        self,
        day: date,
        facts: Mapping[str, Any],
        unverified: set[str],
        rows: Iterable[Sequence[Any]] = ((),),
        law_of: date | None = None,
    ) -> tuple[list[Values], Values]:
        """The trace of each row, and the sums. Adds to `unverified` the parameters used that no source confirms.

        The person is as old as on the day; parameters are those of `law_of` where another day's law is asked for.
        Raises NoParameter.
        """
        common = [facts[name] for name in self._facts]
        if self._parameters:
            born = facts["born"]
            age = age_by_month(day, born)
            for asked in self._parameters:
                value, verified = asked.value(law_of or day, age, born)
                common.append(value)
                if not verified:
                    unverified.add(asked.name)
        return self._run(common, rows)


class _ParameterInForce:
    """A parameter between two changes of law: what it gives for each age is looked up once."""

    def __init__(self, name: str, part: str) -> None:
        self.name = name
        self.part = part
        self._kind = parameter(name).key
        self._found: dict[int, tuple[Any, bool]] = {}

    def value(self, day: date, age: int, born: date) -> tuple[Any, bool]:
        """The value, and whether a source confirms it. Raises NoParameter."""
        if self._kind is KeyKind.AGE:
            key = age
        elif self._kind is KeyKind.NONE:
            key = 0
        else:
            return self._looked_up(day, age, born)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._looked_up(day, age, born)
        return found

    def _looked_up(self, day: date, age: int, born: date) -> tuple[Any, bool]:
        dated = parameter(self.name).at(day, age=age, born=born)
        value = dated.value[self.part] if isinstance(dated.value, Mapping) else dated.value
        return value, dated.verified
