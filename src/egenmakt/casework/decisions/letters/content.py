"""What a decision letter says, before anyone has chosen how to say it.

One `DecisionLetter` gives the legal, the plain and the easy-read letter: all three say the same things,
because they are given the same things. Time is whole seconds per week; text is what the officer wrote.
A letter that would contradict itself, or lacks what the law demands, cannot be built (ContradictoryLetter).
Serves H-09, H-18, H-21, H-22, K-06, K-07, K-10; förvaltningslagen (2017:900) 31–33 §§.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final, Literal

from egenmakt.casework.cases.letters import ContradictoryLetter
from egenmakt.foundation.documents.letters import Recipient, Sender

Voice = Literal["legal", "plain", "easy"]
Kind = Literal["grant", "partial_refusal", "refusal", "dismissal", "closure"]
Form = Literal["arranged", "financial"]
Need = Literal[
    "breathing", "hygiene", "meals", "dressing", "communication", "harm_prevention", "medical", "other"
]
Per = Literal["day", "week", "fortnight", "month", "year"]
CountsAs = Literal["basic", "other", "not_counted"]
Responsible = Literal["municipality", "state", "nobody"]
RefusalGround = Literal["not_in_personkrets", "no_need", "met_otherwise", "age_limit", "temporary_protection"]

VOICES: Final[tuple[Voice, ...]] = ("legal", "plain", "easy")
GRANTING: Final[frozenset[Kind]] = frozenset({"grant", "partial_refusal"})
AGAINST: Final[frozenset[Kind]] = frozenset({"partial_refusal", "refusal", "dismissal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom the decision is about. `personal_number` is None where it must not be printed."""

    name: str
    given_name: str
    born: date
    personal_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What was applied for, by whom and when. `applicant` is None when the person applied."""

    received: date
    oral: bool
    wanted: str
    hours_s: int | None = None
    applicant: str | None = None
    capacity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeChange:
    """The hours change because the child has a birthday: from the first day of that month (LSS 9 f §)."""

    age: int
    birthday: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChange:
    """The hours change for another reason, told in one sentence."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Granted time between two days, both included; `last_day` None is until further notice.

    `change` says why the time differs from the stretch before; the first stretch has none.
    """

    first_day: date
    last_day: date | None
    seconds_per_week: int
    change: AgeChange | OtherChange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """Årsbeslut: the hours of a year may be used unevenly, within a share from month to month (K-12)."""

    flexibility_percent: int
    total_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRow:
    """One moment of the calculation, with its weekly time and how the law counts it."""

    text: str
    need: Need
    minutes: Decimal
    times: Decimal
    per: Per
    assistants: int
    weekly_s: int
    counts_as: CountsAs
    section: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """The calculation for a stretch of time. Waiting and standby are rows of their own, as counted time.

    The deductions are those of the ordinance's table. What is left is never below zero, and exempt help is
    not reduced, so what is really deducted may be less. `responsible`: who decides by the 20-hour line
    (SFB 51:3).
    """

    first_day: date
    last_day: date | None
    moments: tuple[MomentRow, ...]
    basic_s: int
    basic_deduction_s: int
    basic_after_s: int
    other_s: int
    other_deduction_s: int
    other_after_s: int
    total_s: int
    responsible: Responsible

    def __post_init__(self) -> None:
        for counts_as, total in (("basic", self.basic_s), ("other", self.other_s)):
            rows = sum(row.weekly_s for row in self.moments if row.counts_as == counts_as)
            _require(
                rows == total, f"The moments that count as {counts_as} are {rows} s, the sum says {total} s."
            )
        _require(0 <= self.basic_after_s <= self.basic_s, "More basic need is left than there was.")
        _require(0 <= self.other_after_s <= self.other_s, "More other need is left than there was.")
        _require(
            0 <= self.total_s <= self.basic_after_s + self.other_after_s,
            "The total is more than what is left.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReference:
    """A section that the decision rests on, and in one sentence what it says."""

    citation: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildsView:
    """How the child was heard (or why not), what the child thinks, what it meant for the decision (H-09)."""

    heard: str
    view: str
    weighed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPart:
    """Something applied for that is not granted, on which ground, and why."""

    what: str
    ground: RefusalGround
    section: str
    reason: str
    seconds_per_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedValue:
    """A value of the law that the calculation uses and that no source has confirmed yet."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Someone who decided or presented. `name` None: left out under FL 33 § for the official's safety."""

    name: str | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who decided on what delegation, who presented, who else took part, and dissent (FL 30–31 §§)."""

    decided_by: Official
    delegation: str
    presented_by: Official | None = None
    meeting: str = ""
    took_part: tuple[str, ...] = ()
    dissent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Where and how to appeal: addressed to the court, handed in to the board (FL 43–44 §§)."""

    court: str
    help_contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLetter:
    """Everything a decision letter tells. See the module for what is guaranteed."""

    kind: Kind
    reference: str
    decided_on: date
    sender: Sender
    recipient: Recipient
    person: Person
    reader_is_person: bool
    application: Application
    signature: Signature
    reasons: str
    plain_reasons: str = ""
    decision_number: str = ""
    language: str = "sv"
    personkrets: str = ""
    form: Form = "arranged"
    provider: str = ""
    stretches: tuple[Stretch, ...] = ()
    period_reasons: str = ""
    yearly: Yearly | None = None
    goal: str = ""
    scope: str = ""
    follow_up_on: date | None = None
    calculations: tuple[Calculation, ...] = ()
    unverified: tuple[UnverifiedValue, ...] = ()
    notified_agency_on: date | None = None
    law: tuple[LawReference, ...] = ()
    circumstances: tuple[str, ...] = ()
    childs_view: ChildsView | None = None
    view_of_measure: str = ""
    refused: tuple[RefusedPart, ...] = ()
    review_reservation: str = ""
    appeal: Appeal | None = None

    def __post_init__(self) -> None:
        _require(
            bool(self.reasons.strip() and self.law), "A decision has reasons and the sections it rests on."
        )
        _require(
            (self.kind in GRANTING) == bool(self.stretches),
            "A decision that grants, and only that, has hours over stretches of time.",
        )
        if self.kind in GRANTING:
            _require(bool(self.goal.strip()), "What is granted has a goal (H-18).")
            _require(bool(self.calculations), "What is granted has its calculation (K-06).")
            self._stretches_fit()
        if self.kind in {"refusal", "partial_refusal"}:
            _require(bool(self.refused), "A refusal says what is refused and on which ground (H-21).")
        if self.kind == "grant":
            _require(not self.refused, "A full grant refuses nothing.")
        if self.kind in AGAINST:
            _require(
                self.appeal is not None, "A decision that goes against someone says how to appeal (FL 33 §)."
            )
        if self.is_child and self.kind not in {"dismissal", "closure"}:
            _require(self.childs_view is not None, "A decision about a child tells the child's view (H-09).")

    @property
    def is_child(self) -> bool:
        """Whether the person is under eighteen on the day of the decision."""
        return _age(self.person.born, self.decided_on) < 18

    @property
    def until_further_notice(self) -> bool:
        """Whether what is granted has no last day."""
        return bool(self.stretches) and self.stretches[-1].last_day is None

    def by_responsibility(self) -> tuple[tuple[Responsible, tuple[Calculation, ...]], ...]:
        """The calculations in order, those in a row with the same decider together; not those of nobody."""
        parts = [one for one in self.calculations if one.responsible != "nobody"]
        return tuple((who, tuple(run)) for who, run in groupby(parts, key=lambda one: one.responsible))

    def _stretches_fit(self) -> None:
        for before, after in pairwise(self.stretches):
            follows = before.last_day is not None and after.first_day == before.last_day + timedelta(days=1)
            _require(follows, "The stretches of granted time follow on each other.")
            _require(after.change is not None, "Every change of the granted time says why.")
        _require(
            all(stretch.seconds_per_week > 0 for stretch in self.stretches),
            "A stretch grants more than nothing.",
        )
        for stretch in self.stretches:
            counted = [
                one.total_s
                for one in self.calculations
                if one.first_day <= stretch.first_day <= (one.last_day or date.max)
            ]
            _require(
                counted == [stretch.seconds_per_week],
                f"From {stretch.first_day}, {stretch.seconds_per_week} s are granted and {counted} s "
                f"counted.",
            )


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _require(fulfilled: bool, otherwise: str) -> None:
    if not fulfilled:
        raise ContradictoryLetter(otherwise)
