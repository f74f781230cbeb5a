"""Why the answer was not another: the smallest change of facts that would have made it so.

Guarantees: every change told has been tried, and gives the outcome it is told with; where one changed fact is
enough for an outcome, no two are told; what is told is the same each time. What cannot be tried in reasonable
time is left out, and `complete` says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import ceil, floor

from egenmakt.law.assistance.assessed import AssessedStretch, Assessment
from egenmakt.law.assistance.assessing import assess
from egenmakt.law.assistance.changes import Change, changes_of, longer
from egenmakt.law.assistance.facts import AssessmentFacts, Moment
from egenmakt.law.assistance.sentences import spoken
from egenmakt.law.lss.needs import CountedAs, Per
from egenmakt.law.parameters import NoParameter
from egenmakt.law.rules import NoRule
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.timeline import Period

# The most minutes one time can take, for a moment done once in its time.
_MINUTES_IN = {Per.DAY: 1440, Per.WEEK: 10_080, Per.FORTNIGHT: 20_160, Per.MONTH: 44_640, Per.YEAR: 527_040}
# How many moments are assessed at most before the search ends: about a second's work.
_MOST_MOMENTS = 300_000
_MOST_TOLD = 3
_ANSWERS = (Decider.STATE, Decider.MUNICIPALITY, Decider.REFUSED)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer, the changed facts that give it, and both in a Swedish sentence."""

    outcome: Decider
    total_s: int
    changes: tuple[Change, ...]

    @property
    def sentence(self) -> str:
        """`Om … och om … skulle kommunen bevilja 12 h 15 min i veckan.`"""
        conditions = " och om ".join(change.words for change in self.changes)
        return f"Om {conditions} skulle {_ANSWER_IN_WORDS[self.outcome].format(time=spoken(self.total_s))}."


_ANSWER_IN_WORDS = {
    Decider.STATE: "Försäkringskassan besluta om assistansersättning, {time} i veckan",
    Decider.MUNICIPALITY: "kommunen bevilja {time} i veckan",
    Decider.REFUSED: "svaret bli avslag",
}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The other answers that are nearest in one stretch of time, by the facts of its first day."""

    period: Period
    outcome: Decider
    alternatives: tuple[Alternative, ...]
    complete: bool

    def to_json(self) -> dict[str, object]:
        """In the shape of the command-line contract."""
        return {
            "from": self.period.start.isoformat(),
            "to": self.period.last.isoformat() if self.period.last else None,
            "outcome": self.outcome.value,
            "alternatives": [
                {
                    "outcome": one.outcome.value,
                    "total_s": one.total_s,
                    "changed": [change.path for change in one.changes],
                    "sentence": one.sentence,
                }
                for one in self.alternatives
            ],
            "complete": self.complete,
        }


def why_not(assessment: Assessment) -> tuple[WhyNot, ...]:
    """For each stretch with the same outcome: the smallest changes that would have given each other outcome."""
    merged = assessment.timeline.merge(key=lambda stretch: stretch.outcome)
    return tuple(_Search(assessment, part.period).found() for part in merged)


class _Search:
    """The search on one day: single changes first, then pairs for the outcomes not yet reached."""

    def __init__(self, assessment: Assessment, period: Period) -> None:
        self.facts = replace(assessment.facts, on=period.start, until=period.start)
        self.law_of: date | None = assessment.law_of
        self.period = period
        self.left = _MOST_MOMENTS // max(1, len(assessment.facts.moments))
        self.stretch = self._assessed(self.facts)

    def found(self) -> WhyNot:
        """All that was found."""
        singles = list(changes_of(self.facts, self.stretch, self.law_of))
        told = self._reached([(change,) for change in singles])
        for change in self._minutes():
            self._add(told, (change,))
        missing = [answer for answer in _ANSWERS if answer not in (*told, self.stretch.outcome)]
        if missing:
            pairs = self._reached(_pairs(singles))
            told.update({answer: pairs[answer] for answer in missing if answer in pairs})
        alternatives = [one for answer in _ANSWERS for one in told.get(answer, ())[:_MOST_TOLD]]
        return WhyNot(self.period, self.stretch.outcome, tuple(alternatives), self.left > 0)

    def _reached(self, tried: Sequence[tuple[Change, ...]]) -> dict[Decider, list[Alternative]]:
        told: dict[Decider, list[Alternative]] = {}
        for changes in tried:
            if self.left <= 0:
                break
            self._add(told, changes)
        return told

    def _add(self, told: dict[Decider, list[Alternative]], changes: tuple[Change, ...]) -> None:
        """Tell the changes where they give a clear answer that is another."""
        facts = self.facts
        for change in changes:
            facts = change.applied(facts)
        stretch = self._tried(facts)
        if stretch is not None and stretch.outcome not in (self.stretch.outcome, Decider.UNCLEAR):
            told.setdefault(stretch.outcome, []).append(
                Alternative(stretch.outcome, stretch.total_s, changes)
            )

    def _minutes(self) -> Iterator[Change]:
        """The basic moment whose weekly time need change least for another outcome: upwards, and downwards."""
        nearest: dict[int, tuple[int, Change]] = {}
        for place, assessed in enumerate(self.stretch.moments):
            moment = assessed.moment
            if assessed.counted_as is not CountedAs.BASIC or not moment.times:
                continue
            most, least = _MINUTES_IN[moment.per] // moment.times, ceil(moment.met_otherwise_minutes)
            for first, last, step in (
                (floor(moment.minutes) + 1, most, 1),
                (ceil(moment.minutes) - 1, least, -1),
            ):
                minutes = self._nearest(place, moment, range(first, last + step, step))
                if minutes is None:
                    continue
                change = longer(place, moment, minutes)
                stretch = self._tried(change.applied(self.facts))
                moved = abs(stretch.moments[place].weekly_s - assessed.weekly_s) if stretch else 0
                if stretch and (step not in nearest or moved < nearest[step][0]):
                    nearest[step] = moved, change
        yield from (change for _, change in nearest.values())

    def _nearest(self, place: int, moment: Moment, minutes: range) -> int | None:
        """The first of the minutes that gives another outcome; if one does, all after it do."""
        if not minutes or not self._differs(place, moment, minutes[-1]):
            return None
        return minutes[bisect_left(minutes, True, key=lambda tried: self._differs(place, moment, tried))]

    def _differs(self, place: int, moment: Moment, minutes: int) -> bool:
        stretch = self._tried(longer(place, moment, minutes).applied(self.facts))
        return stretch is not None and stretch.outcome is not self.stretch.outcome

    def _tried(self, facts: AssessmentFacts) -> AssessedStretch | None:
        """The answer on changed facts; None where the law gives none, or when there is no time left to try."""
        if self.left <= 0:
            return None
        self.left -= 1
        try:
            return self._assessed(facts)
        except (NoParameter, NoRule):
            return None

    def _assessed(self, facts: AssessmentFacts) -> AssessedStretch:
        return assess(facts, law_of=self.law_of).timeline.stretches[0].value


def _pairs(singles: Sequence[Change]) -> list[tuple[Change, ...]]:
    """Every two changes of different facts."""
    return [pair for pair in combinations(singles, 2) if pair[0].path != pair[1].path]
