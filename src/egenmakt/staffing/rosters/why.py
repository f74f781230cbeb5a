"""Why a shift is open, and why a person's shifts cannot all be staffed, in words a planner would use.

Guarantees: a reason is the first rule, by the judge's own order, that giving the shift would break in the roster as it
stands. When somebody could take the shift, that is said instead. That a person's shifts cannot all be staffed is said
only when it is proved, and of a relaxation only what a lawful roster found with it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from egenmakt.staffing.rosters.instance import Assignments, Assistant, Instance, Shift
from egenmakt.staffing.rosters.judging import Breach
from egenmakt.staffing.rosters.substitutes import Index
from egenmakt.staffing.rosters.telling import (
    CAUSES_OF_SUMS,
    cannot_together,
    nobody_can,
    not_enough_hours,
    somebody_can,
)
from egenmakt.staffing.rosters.words import amount

if TYPE_CHECKING:
    from egenmakt.staffing.rosters.conflicts import Conflict
    from egenmakt.staffing.rosters.relaxing import Relaxation
    from egenmakt.staffing.rosters.team import Team

LEAST_S = 0.02
MOST_NAMED = 20  # of those who are not introduced, so many are told one by one


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one assistant cannot take a shift."""

    assistant: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class WhyOpen:
    """Why a shift is open: each candidate's first breach, and one sentence.

    Those introduced to the person stand first. Of the others the reasons are told when they are few; `others` is how
    many they are. `able` are those who could take it all the same.
    """

    shift: str
    reasons: tuple[Reason, ...]
    summary: str
    able: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class Impossible:
    """Shifts of a person that cannot all be staffed, the rules that stop it, in one sentence, and what would help.

    `open`: so many of the person's shifts at least stay open. `smallest`: each shift and each rule is needed for the
    conflict. What would help stands with the cheapest first.
    """

    person: str
    shifts: tuple[str, ...]
    rules: tuple[str, ...]
    sentence: str
    smallest: bool
    open: int = 1
    relaxations: tuple[Relaxation, ...] = ()


def why_open(instance: Instance, assignments: Assignments, *, seconds: float = 5.0) -> tuple[WhyOpen, ...]:
    """Why each open shift is open, in the instance's order.

    `seconds`: how long the causes of whole persons are looked for; the reasons of the shifts are told however long it
    takes, about a millisecond for each candidate. Where all of a person's shifts cannot be staffed whoever works
    elsewhere, the sentence goes on with that cause and the cheapest thing that would help.
    """
    index = Index(instance, assignments)
    if instance.fixed == {shift: one for shift, one in assignments.items() if one is not None}:
        # A roster as it was handed in, not one with locked shifts: all of it may be changed to mend it.
        instance = replace(instance, fixed={})
    found = [_why(index, shift) for shift in instance.shifts if assignments.get(shift.id) is None]
    stuck = [instance.shift[one.shift].person for one in found if not one.able]
    persons = [person for person in dict.fromkeys(stuck) if index.introduced(person)]
    ends = perf_counter() + seconds
    causes: dict[str, Impossible] = {}
    for place, person in enumerate(persons):
        share = (ends - perf_counter()) / (len(persons) - place)
        cause = why_impossible(instance, person, seconds=share) if share > LEAST_S else None
        if cause is not None:
            causes[person] = cause
    return tuple(_with_cause(one, causes.get(instance.shift[one.shift].person)) for one in found)


def why_impossible(instance: Instance, person: str, *, seconds: float = 3.0) -> Impossible | None:
    """Why a person's shifts cannot all be staffed by those who are introduced, though they worked nowhere else.

    None: they can, or it could not be proved within the time. Half of the time is for finding the cause, what is left
    for trying what would help.
    """
    # The solver is read in only when there is something to explain.
    from egenmakt.staffing.rosters.conflicts import conflict_of
    from egenmakt.staffing.rosters.relaxing import relaxations
    from egenmakt.staffing.rosters.team import team_of

    ends = perf_counter() + seconds
    team = team_of(instance, person)
    conflict = conflict_of(team, seconds / 2)
    if conflict is None:
        return None
    helps, least = relaxations(team, conflict, seconds=ends - perf_counter())
    return Impossible(
        person,
        tuple(shift.id for shift in conflict.shifts),
        conflict.rules or ("introduction",),
        _sentence(team, conflict),
        conflict.smallest,
        least,
        helps,
    )


def _sentence(team: Team, conflict: Conflict) -> str:
    hours = conflict.hours
    if hours is None:
        return cannot_together(team.instance, team.person, team.assistants, conflict.shifts, conflict.pairs)
    sums = (hours.asked_s, hours.most_s, CAUSES_OF_SUMS[hours.rule])
    return not_enough_hours(team.person, hours.able, conflict.shifts, hours.kind, sums)


def _with_cause(why: WhyOpen, cause: Impossible | None) -> WhyOpen:
    """The sentence goes on with the cause, unless that is this shift alone, and with the cheapest that would help.

    Where the cause is of other shifts of the person, only what leaves no shift open is told.
    """
    if cause is None or why.able:
        return why
    helps = cause.relaxations[:1]
    told = [why.summary]
    if why.shift not in cause.shifts:
        helps = tuple(one for one in cause.relaxations if not one.open)[:1]
    elif len(cause.shifts) > 1:
        told.append(cause.sentence)
    told += [f"Det här skulle hjälpa: {one.told()}." for one in helps]
    return replace(why, summary=" ".join(told))


def _why(index: Index, shift: Shift) -> WhyOpen:
    breaches: list[Breach] = []
    able: list[Assistant] = []
    for one in index.introduced(shift.person):
        breach = index.first_breach(one, shift)
        if breach is None:
            able.append(one)
        else:
            breaches.append(breach)
    others = len(index.instance.assistants) - len(breaches) - len(able)
    told = [*breaches, *index.not_introduced(shift)] if others <= MOST_NAMED else breaches
    names = tuple(one.id for one in able)
    if able:
        cheapest = min(index.added_cost(one, shift) for one in able)
        summary = somebody_can(shift, names, None if cheapest < 0 else amount(cheapest))
    else:
        summary = nobody_can(shift, breaches, index.instance.rules)
    reasons = tuple(Reason(one.assistant, one.rule, one.message) for one in told)
    return WhyOpen(shift.id, reasons, summary, names, others)
