"""Why a shift is open, and why a person's shifts cannot all be staffed, in words a planner would use.

Guarantees: a reason is the first rule, by the judge's own order, that giving the shift would break in the roster as it
stands. When somebody could take the shift, that is said instead. That a person's shifts cannot all be staffed is said
only when it is proved, and of a relaxation only what a lawful roster found with it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from egenmakt.staffing.rosters.cost import plain
from egenmakt.staffing.rosters.instance import Assignments, Instance, Shift
from egenmakt.staffing.rosters.substitutes import Index
from egenmakt.staffing.rosters.telling import nobody_can, somebody_can

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


def why_open(instance: Instance, assignments: Assignments, *, seconds: float = 5.0) -> tuple[WhyOpen, ...]:
    """Why each open shift is open, in the instance's order.

    `seconds`: how long the causes of whole persons are looked for; the reasons of the shifts are told however long it
    takes, about a millisecond for each candidate.
    """
    index = Index(instance, assignments)
    return tuple(_why(index, shift) for shift in instance.shifts if assignments.get(shift.id) is None)


def _why(index: Index, shift: Shift) -> WhyOpen:
    found = index.substitutes(shift.id)
    introduced = {one.id for one in index.introduced(shift.person)}
    breaches = [one for one in found.refused if one.assistant in introduced]
    others = len(found.refused) - len(breaches)
    told = found.refused if others <= MOST_NAMED else breaches
    able = tuple(one.assistant for one in found.lawful)
    if found.lawful:
        cheapest = found.lawful[0].cost
        summary = somebody_can(shift, able, None if cheapest < 0 else f"{plain(cheapest)}")
    else:
        summary = nobody_can(shift, breaches, index.instance.rules)
    reasons = tuple(Reason(one.assistant, one.rule, one.message) for one in told)
    return WhyOpen(shift.id, reasons, summary, able, others)
