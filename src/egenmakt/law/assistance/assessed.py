"""What an assessment gives: each moment as it counts, each stretch of time with its sums, and the whole answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from egenmakt.law.assistance.facts import AssessmentFacts, Moment
from egenmakt.law.findings import Citation, Finding
from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Need
from egenmakt.law.rules import Trace
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.timeline import Timeline

# Changes when the same facts and the same law could give another answer by another way of working it out.
ENGINE_VERSION = "1"


@dataclass(frozen=True, slots=True)
class AssessedMoment:
    """How one moment counts in one stretch: its weekly time, what it counts as, and on which ground.

    `weekly_s` is the moment's time for one assistant; `counted_s` is what goes into the sum.
    """

    moment: Moment
    weekly_s: int
    counted_as: CountedAs
    ground: Ground
    exempt_from_deduction: bool
    second_assistant: Answer
    assistants_counted: int
    counted_s: int
    citation: Citation

    @property
    def id(self) -> str:
        """The moment's own id."""
        return self.moment.id

    @property
    def need(self) -> Need:
        """The need the moment serves."""
        return self.moment.need

    @property
    def unclear(self) -> bool:
        """Whether a judgement is missing that decides how, or for how many assistants, the moment counts."""
        if self.counted_as is CountedAs.UNCLEAR:
            return True
        return self.counted_as is not CountedAs.NOT_COUNTED and self.second_assistant is Answer.UNKNOWN

    @property
    def reason(self) -> str:
        """One Swedish sentence: how the moment counts and why."""
        from egenmakt.law.assistance.sentences import reason_of_moment

        return reason_of_moment(self)


@dataclass(frozen=True, slots=True)
class AssessedStretch:
    """What the law gives during one stretch of time: outcome and sums in whole seconds per week, and each
    moment.

    `waiting_s` and `standby_s` are the converted times, and are part of `other_s`.
    """

    outcome: Decider
    basic_s: int
    basic_deduction_s: int
    basic_after_s: int
    other_s: int
    other_deduction_s: int
    other_after_s: int
    total_s: int
    municipal_share_s: int
    waiting_s: int
    standby_s: int
    moments: tuple[AssessedMoment, ...]
    belongs: Answer
    barred_by_age: Answer
    has_basic_needs: Answer
    age_limit_reached: bool
    trace: Trace = field(compare=False, repr=False)

    @property
    def sums(self) -> tuple[object, ...]:
        """What the timeline of the contract shows: the outcome and every sum."""
        return tuple(self.to_json().values())

    def moment(self, moment_id: str) -> AssessedMoment:
        """The moment with that id. Raises KeyError when there is none."""
        for assessed in self.moments:
            if assessed.id == moment_id:
                return assessed
        raise KeyError(moment_id)

    def to_json(self) -> dict[str, object]:
        """The sums of the stretch, in the shape of the command-line contract."""
        return {
            "outcome": self.outcome.value,
            "basic_s": self.basic_s,
            "basic_deduction_s": self.basic_deduction_s,
            "basic_after_s": self.basic_after_s,
            "other_s": self.other_s,
            "other_deduction_s": self.other_deduction_s,
            "other_after_s": self.other_after_s,
            "total_s": self.total_s,
            "municipal_share_s": self.municipal_share_s,
        }


@dataclass(frozen=True)
class Assessment:
    """The answer: a timeline of what is granted, the findings that explain it, and the parameters not
    verified."""

    facts: AssessmentFacts
    timeline: Timeline[AssessedStretch]
    unverified: tuple[str, ...]
    engine_version: str = ENGINE_VERSION

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """One tree of findings for each stretch of the timeline, in order."""
        from egenmakt.law.assistance.explaining import findings_of

        return findings_of(self)

    def to_json(self) -> dict[str, object]:
        """The assessment in the shape of the command-line contract: periods with equal sums are merged."""
        merged = self.timeline.merge(key=lambda stretch: stretch.sums)
        return {
            "timeline": [
                {"from": part.period.start.isoformat(), "to": _iso(part.period.last), **part.value.to_json()}
                for part in merged
            ],
            "findings": [finding.to_json() for finding in self.findings],
            "unverified": list(self.unverified),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
