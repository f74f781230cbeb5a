"""What the nightly replay found, and which decisions a day or a rule touches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from egenmakt import law
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions.models import Decision, Grant
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.oversight.replay.models import Answer, Replay
from egenmakt.oversight.replay.rules import replayed

ONE_DAY = timedelta(days=1)
PAGE = 50
DIFFERENT = (Answer.DIFFERS, Answer.IMPOSSIBLE, Answer.LAW_CHANGED)


def in_force(day: date) -> QuerySet[Decision]:
    """The decisions that grant something on a day or later, in the municipality of the transaction."""
    ahead = Grant.objects.filter(Q(valid__endswith__gt=day) | Q(valid__upper_inf=True)).values("decision_id")
    return Decision.objects.filter(pk__in=ahead)


def answers_in_force() -> Counter[str]:
    """How many of the decisions in force in the municipality of the transaction gave each Answer."""
    found = Replay.objects.filter(decision__in=in_force(clock.today()).values("pk"))
    return Counter(found.values_list("answer", flat=True))


@dataclass(frozen=True)
class Overview:
    """How the replay stands: decisions in force, how many of them were worked out today, and each answer's number."""

    decisions: int
    today: int
    last_day: date | None
    same: int
    law_changed: int
    differs: int
    impossible: int

    @property
    def different(self) -> int:
        """How many gave something else than was decided."""
        return self.law_changed + self.differs + self.impossible


def overview(actor: Actor) -> Overview:
    """How the replay stands for the decisions in force among the actor's cases. Three queries; nobody is shown."""
    today = clock.today()
    decisions = in_force(today).filter(case_id__in=_cases(actor))
    rows = Replay.objects.filter(decision__in=decisions.values("pk")).values_list("answer", "day", "law_hash")
    counts: Counter[str] = Counter()
    last: date | None = None
    fresh = 0
    for answer, day, edition in rows:
        counts[answer] += 1
        last = max(last or day, day)
        fresh += day == today and edition == law.law_hash()
    return Overview(
        decisions=decisions.count(),
        today=fresh,
        last_day=last,
        same=counts[Answer.SAME],
        law_changed=counts[Answer.LAW_CHANGED],
        differs=counts[Answer.DIFFERS],
        impossible=counts[Answer.IMPOSSIBLE],
    )


@dataclass(frozen=True)
class Difference:
    """A decision that the replay gave something else for: what was granted and what the law gives, by stretch."""

    case: Case
    decision: Decision
    answer: Answer
    problem: str
    rows: list[tuple[date, date | None, int, int]]

    @property
    def is_impossible(self) -> bool:
        """Whether the law gives no answer at all."""
        return self.answer is Answer.IMPOSSIBLE

    @property
    def changes(self) -> list[tuple[date, date | None, int, int, int]]:
        """The stretches with what the law gives more (or, negative, less) than was granted."""
        return [(first, last, granted, given, given - granted) for first, last, granted, given in self.rows]


def differences(actor: Actor, after: str = "") -> tuple[list[Difference], str]:
    """A page of the decisions in force that differ, those that should not first; and the number to go on from.

    Logged as a list of what is shown. The number of queries does not grow with the decisions.
    """
    found = (
        Replay.objects.filter(
            answer__in=DIFFERENT,
            decision__in=in_force(clock.today()).filter(case_id__in=_cases(actor)).values("pk"),
        )
        .select_related("decision")
        .prefetch_related("decision__grants")
        .order_by("answer", "decision__number")
    )
    if after:
        answer, _, number = after.partition(":")
        found = found.filter(Q(answer__gt=answer) | Q(answer=answer, decision__number__gt=number))
    rows = list(found[: PAGE + 1])
    cases = _listed(actor, [row.decision.case_id for row in rows[:PAGE]])
    shown = [
        Difference(
            case=cases[row.decision.case_id],
            decision=row.decision,
            answer=Answer(row.answer),
            problem=row.problem,
            rows=_beside(list(row.decision.grants.all()), row.stretches),
        )
        for row in rows[:PAGE]
    ]
    case_gate.shown(actor, [one.case for one in shown])
    going_on = f"{shown[-1].answer}:{shown[-1].decision.number}" if len(rows) > PAGE else ""
    return shown, going_on


def _beside(grants: list[Grant], stretches: list[list[Any]]) -> list[tuple[date, date | None, int, int]]:
    """From each day on which either changes: last day, what was granted, what the law gives."""
    starts = {grant.valid.lower for grant in grants} | {date.fromisoformat(one[0]) for one in stretches}
    starts |= {grant.valid.upper for grant in grants if grant.valid.upper}
    ends = [date.fromisoformat(one[1]) + ONE_DAY for one in stretches if one[1]]
    days = sorted(starts | set(ends))
    found = []
    for index, day in enumerate(days):
        granted = next((grant.total_s for grant in grants if day in grant.valid), 0)
        given = given_on(stretches, day) or 0
        last = days[index + 1] - ONE_DAY if index + 1 < len(days) else None
        if granted or given:
            found.append((day, last, granted, given))
    return found


def given_on(stretches: list[list[Any]], day: date) -> int | None:
    """Seconds a week that the law gives on a day; None outside what was worked out."""
    wanted = day.isoformat()
    for first, last, seconds in stretches:
        if first <= wanted and (not last or wanted <= last):
            return int(seconds)
    return None


@dataclass(frozen=True)
class Touched:
    """A decision in force on a day, with the time a week before and from that day, by the facts it was decided on.

    `granted_s` is what the decision grants on the day; a difference from `after_s` means that the law as it is known
    now gives something else than the decision says.
    """

    case: Case
    decision: Decision
    before_s: int
    after_s: int
    granted_s: int
    birthday: int | None

    @property
    def change_s(self) -> int:
        """Seconds a week more (or, negative, less) from the day."""
        return self.after_s - self.before_s

    @property
    def differs(self) -> bool:
        """Whether the law gives something else than the decision."""
        return self.after_s != self.granted_s


@dataclass(frozen=True)
class TouchedPage:
    """Some of the decisions that a day touches, how many there are, and the number to go on from (empty at the end)."""

    rows: list[Touched]
    count: int
    going_on: str


def decisions_touched(actor: Actor, day: date, after: str = "", most: int | None = PAGE) -> TouchedPage:
    """The decisions in force on a day, among the actor's cases, whose hours change that day or differ from the law.

    From the latest replay, and worked out at once where there is none by the law of today. Logged as a list of what
    is shown: `most` of them, or all. The number of queries does not grow with the decisions.
    """
    grants = Grant.objects.filter(decision__case_id__in=_cases(actor), valid__contains=day)
    rows = list(
        grants.order_by("decision__number").values_list(
            "decision_id", "decision__case_id", "decision__number", "total_s"
        )
    )
    stretches = _stretches_of([row[0] for row in rows])
    found = []
    for decision_id, case_id, number, granted in rows:
        after_s = given_on(stretches.get(decision_id, []), day)
        if after_s is None:
            continue
        before = given_on(stretches[decision_id], day - ONE_DAY)
        before_s = after_s if before is None else before
        if before_s != after_s or after_s != granted:
            found.append((number, decision_id, case_id, before_s, after_s, granted))
    left = [one for one in found if one[0] > after]
    page = left[:most]
    cases = _listed(actor, [one[2] for one in page])
    decisions = Decision.objects.in_bulk([one[1] for one in page])
    shown = [
        Touched(
            case=cases[case_id],
            decision=decisions[decision_id],
            before_s=before_s,
            after_s=after_s,
            granted_s=granted,
            birthday=_birthday(cases[case_id].person.born, day),
        )
        for _number, decision_id, case_id, before_s, after_s, granted in page
    ]
    case_gate.shown(actor, [one.case for one in shown])
    return TouchedPage(shown, len(found), page[-1][0] if len(left) > len(page) else "")


def decisions_resting_on(actor: Actor, name: str, day: date) -> tuple[list[tuple[Decision, Case]], int]:
    """The decisions in force on a day, among the actor's cases, in whose explanation the rule was applied: the
    fifty with the latest numbers, and how many there are. Logged as a list of what is shown.
    """
    granting = Grant.objects.filter(valid__contains=day).values("decision_id")
    decisions = Decision.objects.filter(case_id__in=_cases(actor), pk__in=granting)
    applied = Q(replay__rules__contains=[name])
    # signed since the replay was last run: looked for in the explanation itself
    fresh = [
        one.pk
        for one in decisions.filter(replay=None).select_related("proposal")
        if name in replayed(one).rules
    ]
    found = decisions.filter(applied | Q(pk__in=fresh))
    rows = list(found.order_by("-number")[:PAGE])
    cases = _listed(actor, [one.case_id for one in rows])
    case_gate.shown(actor, cases.values())
    return [(one, cases[one.case_id]) for one in rows], found.count()


def _stretches_of(decision_ids: list[UUID]) -> dict[UUID, list[list[Any]]]:
    found: dict[UUID, list[list[Any]]] = dict(
        Replay.objects.filter(decision_id__in=decision_ids, law_hash=law.law_hash()).values_list(
            "decision_id", "stretches"
        )
    )
    missing = [one for one in decision_ids if one not in found]
    for decision in Decision.objects.filter(pk__in=missing).select_related("proposal"):
        found[decision.pk] = replayed(decision).stretches
    return found


def _cases(actor: Actor) -> QuerySet[Case]:
    return case_gate.listed(actor).select_related(None).values("pk")  # type: ignore[return-value]  # a subquery


def _listed(actor: Actor, case_ids: list[UUID]) -> dict[UUID, Case]:
    return {case.pk: case for case in case_gate.listed(actor).filter(pk__in=case_ids)}


def _birthday(born: date, day: date) -> int | None:
    """The age that the person reaches in the month which begins on the day, where the deduction changes with it."""
    age = day.year - born.year
    brackets = {dated.low for dated in law.parameter("parental_deduction").values}
    return age if day.day == 1 and day.month == born.month and age in brackets else None
