"""What an assessment gives: each moment as it counts, each stretch of time with its sums, and the whole answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from egenmakt.law.assistance.facts import AssessmentFacts, Moment
from egenmakt.law.findings import Citation, Finding
from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Need
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.rules import Edition, Trace
from egenmakt.law.rules.compiling import Sum, Values, names_of
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.timeline import Timeline

# Changes when the same facts and the same law could give another answer by another way of working it out.
ENGINE_VERSION = "1"


class AssessedMoment(NamedTuple):
    """How one moment counts in one stretch: its weekly time, what it counts as, and on which ground.

    `weekly_s` is the moment's time for one assistant; `counted_s` is what goes into the sum. `values` are all that
    went into it, by the names of `edition`, on the first day it was worked out for; these two make no difference
    to what is equal.
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
    edition: Edition
    values: Values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssessedMoment) and self[:-2] == other[:-2]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-2])

    @property
    def trace(self) -> Trace:
        """Every value that went into the answer, by name."""
        return Trace(self.edition, self.values)

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


# What is summed over the moments: whole seconds per week, `…_exempt_s` of them those the parental deduction is not
# made from; and how many moments lack a judgement on how, or for how many assistants, they count.
_BASIC, _OTHER = ("counted_as", CountedAs.BASIC), ("counted_as", CountedAs.OTHER)
_UNKNOWN = ("second_assistant", Answer.UNKNOWN)
SUMS = (
    Sum("basic_s", "moment_s", (_BASIC,)),
    Sum("basic_exempt_s", "exempt_s", (_BASIC,)),
    Sum("other_s", "moment_s", (_OTHER,)),
    Sum("other_exempt_s", "exempt_s", (_OTHER,)),
    Sum("unclear_moments", "", (("counted_as", CountedAs.UNCLEAR),)),
    Sum("unclear_moments", "", (_BASIC, _UNKNOWN)),
    Sum("unclear_moments", "", (_OTHER, _UNKNOWN)),
)
_NAMES_OF_SUMS = names_of(SUMS)
_NO_SUMS = (0,) * len(_NAMES_OF_SUMS)


class CountedMoments:
    """All moments as they count in a stretch: `sums`, by name, and the trace of each, from which the rest is shown.

    Equal when every moment counts the same way, by the same law.
    """

    __slots__ = ("_edition", "_moments", "_shown", "_traces", "sums")

    def __init__(
        self,
        moments: Sequence[Moment] = (),
        edition: Edition | None = None,
        traces: Sequence[Values] = (),
        sums: Values = _NO_SUMS,
    ) -> None:
        self._moments = moments
        self._edition = edition
        self._traces = traces
        self._shown: tuple[AssessedMoment, ...] | None = None
        self.sums: Mapping[str, int] = dict(zip(_NAMES_OF_SUMS, sums, strict=True))

    @property
    def moments(self) -> tuple[AssessedMoment, ...]:
        """Each moment, in the order of the facts. Made when first asked for."""
        if self._shown is None:
            self._shown = tuple(self._made()) if self._edition else ()
        return self._shown

    def _made(self) -> Iterator[AssessedMoment]:
        edition = self._edition
        assert edition is not None  # noqa: S101  # for the type checker: `moments` has asked
        pick, citations = _shown(edition)
        for moment, values in zip(self._moments, self._traces, strict=True):
            *shown, admitted = pick(values)
            citation = citations[admitted is Answer.NO]
            yield AssessedMoment._make((moment, *shown, citation, edition, values))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, CountedMoments) and self.moments == other.moments)

    def __hash__(self) -> int:
        return hash(self.moments)


@cache
def _shown(edition: Edition) -> tuple[Callable[[Values], tuple[Any, ...]], tuple[Citation, Citation]]:
    names = (
        *("weekly_s", "counted_as", "ground", "exempt_from_deduction", "second_assistant"),
        *("assistants_counted", "moment_s", "admitted"),
    )
    citations = edition.rules["ground"].citation, edition.rules["admitted"].citation
    return itemgetter(*(edition.places[name] for name in names)), citations


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
    belongs: Answer
    barred_by_age: Answer
    has_basic_needs: Answer
    age_limit_reached: bool
    waiting_s: int
    standby_s: int
    counted: CountedMoments
    trace: Trace = field(compare=False, repr=False)

    @classmethod
    def of(
        cls, edition: Edition, values: Values, counted: CountedMoments, waiting_s: int, standby_s: int
    ) -> AssessedStretch:
        """The stretch whose rules gave those values."""
        told = *_of_stretch(edition)(values), waiting_s, standby_s, counted, Trace(edition, values)
        return cls(*told)

    @property
    def moments(self) -> tuple[AssessedMoment, ...]:
        """How each moment counts, in the order of the facts."""
        return self.counted.moments

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


@cache
def _of_stretch(edition: Edition) -> Callable[[Values], tuple[Any, ...]]:
    names = (
        *("outcome", "basic_s", "basic_deduction_s", "basic_after_s", "other_s", "other_deduction_s"),
        *("other_after_s", "total_s", "municipal_share_s", "belongs", "barred_by_age", "has_basic_needs"),
        "age_limit_reached",
    )
    return itemgetter(*(edition.places[name] for name in names))


@dataclass(frozen=True)
class Assessment:
    """The answer: a timeline of what is granted, the findings that explain it, and the parameters not
    verified. `law_of` is the day whose law was used for the whole period, None where each day's own was."""

    facts: AssessmentFacts
    timeline: Timeline[AssessedStretch]
    unverified: tuple[str, ...]
    law_of: date | None = None
    engine_version: str = ENGINE_VERSION

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """One tree of findings for each stretch of the timeline, in order."""
        from egenmakt.law.assistance.explaining import findings_of

        return findings_of(self)

    def to_json(self) -> dict[str, object]:
        """The assessment in the shape of the command-line contract: periods with equal sums are merged."""
        merged = self.timeline.merge(key=lambda stretch: stretch.sums)
        chosen = [one.to_json() for one in READINGS if one.name in self.facts.readings]
        return {
            "timeline": [
                {"from": part.period.start.isoformat(), "to": _iso(part.period.last), **part.value.to_json()}
                for part in merged
            ],
            "findings": [finding.to_json() for finding in self.findings],
            "unverified": list(self.unverified),
            **({"readings": chosen} if chosen else {}),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
