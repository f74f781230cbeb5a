"""What would help where a person's shifts cannot all be staffed, the cheapest first.

Guarantees: each relaxation told of has been tried: a roster with it was found that the law's checker allows but for what
is relaxed, and it leaves fewer shifts open than any roster without it. Law itself is not relaxed, only what the employer
or an agreement decides: who is introduced, delegations, absence, locked shifts, agreement numbers, overtime.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from time import perf_counter
from typing import NamedTuple

from egenmakt.law.working_time.sentences import spoken
from egenmakt.law.working_time.shifts import DAY_S
from egenmakt.staffing.rosters.conflicts import Conflict
from egenmakt.staffing.rosters.instance import Assistant, Shift
from egenmakt.staffing.rosters.team import Team, fewest_open
from egenmakt.staffing.rosters.words import NAMED, days, listed, named, number

HOUR = 3600
SATURDAY = 5
MOST_TRIED, MOST_TOLD, MOST_ALIKE = 14, 5, 3
LEAST_S = 0.05
BASE = 0.3  # the part of the time in which it is asked how many shifts are open as things are
EACH = {
    "consecutive_nights": "en natt mer i rad",
    "consecutive_days": "en dag mer i rad",
    "weekends": "en helg mer",
}


@dataclass(frozen=True)
class Relaxation:
    """Something that would help, and how many of the person's shifts are open then; `surely`: no fewer can be."""

    words: str
    open: int
    surely: bool

    def told(self) -> str:
        """`delegering för a2 (inget pass öppet)`."""
        if not self.open:
            return f"{self.words} (inget pass blir öppet)"
        most = "" if self.surely else "högst "
        left = "ett pass blir öppet" if self.open == 1 else f"{number(self.open)} pass blir öppna"
        return f"{self.words} ({most}{left})"


def relaxations(team: Team, conflict: Conflict, *, seconds: float) -> tuple[tuple[Relaxation, ...], int]:
    """What helps, the cheapest first, and how many shifts are open at least as things are."""
    ends = perf_counter() + seconds
    base = fewest_open(team, seconds=seconds * BASE)
    least = max(1, base.bound)
    told: list[Relaxation] = []
    tries = list(islice(_tries(team, conflict), MOST_TRIED))
    for place, one in enumerate(tries):
        share = 2 * (ends - perf_counter()) / (len(tries) - place + 1)
        if share < LEAST_S or len(told) == MOST_TOLD:
            break
        if one.dear and any(not other.open for other in told):
            continue
        found = fewest_open(one.team, seconds=share, hint=base.given)
        if found.given and found.open < least:
            told.append(Relaxation(one.words, found.open, surely=found.open <= found.bound))
    return tuple(told), least


class _Try(NamedTuple):
    """Something that might help; `dear`: only worth telling when nothing else leaves no shift open."""

    words: str
    team: Team
    dear: bool = False


def _tries(team: Team, conflict: Conflict) -> Iterator[_Try]:
    """What could help against the rules of the conflict, the cheapest first."""
    concerned = {
        rule: [one for one in team.assistants if (rule, one.id) in conflict.pairs] for rule in conflict.rules
    }
    skills = sorted({one.skill for one in conflict.shifts if one.skill is not None})
    for one in concerned.get("delegation", [])[:MOST_ALIKE]:
        what = "delegering" if skills == ["delegation"] else listed(skills)
        yield _Try(f"{what} för {one.id}", _with(team, replace(one, skills=one.skills | set(skills))))
    yield from _unlocked(team, concerned.get("fixed", []))
    for rule, words in EACH.items():
        yield from _one_more(team, rule, words, concerned.get(rule, []))
    if "ordinary_hours" in concerned:
        yield from _overtime(team, conflict, concerned["ordinary_hours"])
    if {"weekends", "daily_rest", "weekly_rest"} & set(concerned):
        longer = long_weekend_shifts(team)
        if longer is not None:
            yield _Try("24-timmarspass på helger", longer)
    touched = {day for shift in conflict.shifts for day in shift.days_touched}
    for one in concerned.get("absence", [])[:MOST_ALIKE]:
        away = one.unavailable & touched
        yield _Try(
            f"att {one.id} kan arbeta den {days(away)}",
            _with(team, replace(one, unavailable=one.unavailable - away)),
        )
    yield from _more_people(team, conflict, skills)


def _unlocked(team: Team, some: Sequence[Assistant]) -> Iterator[_Try]:
    names = {one.id for one in some}
    if names:
        left = {shift: one for shift, one in team.instance.fixed.items() if one not in names}
        yield _Try(
            f"att låsa upp de låsta passen för {named(sorted(names))}",
            replace(
                team,
                instance=replace(team.instance, fixed=left),
                elsewhere=tuple(one for one in team.elsewhere if one.id in left),
            ),
        )


def _one_more(team: Team, rule: str, words: str, some: Sequence[Assistant]) -> Iterator[_Try]:
    """One more for the one of them or the other, then for all."""
    for one in some[: MOST_ALIKE - 1]:
        yield _Try(f"{words} för {one.id}", replace(team, more={**team.more, (rule, one.id): 1}))
    if len(some) > 1:
        who = f"var för {listed([one.id for one in some])}" if len(some) <= NAMED else "för alla i laget"
        more = {(rule, one.id): 1 for one in some}
        yield _Try(f"{words} {who}", replace(team, more={**team.more, **more}))


def _overtime(team: Team, conflict: Conflict, some: Sequence[Assistant]) -> Iterator[_Try]:
    """The hours that are missing, worked as overtime, shared by those who can."""
    missing_s = 8 * HOUR if conflict.hours is None else conflict.hours.asked_s - conflict.hours.most_s
    each_s = -(-missing_s // (len(some) * HOUR)) * HOUR
    longest_s = max(one.active_s for one in conflict.shifts)
    for more_s in (each_s, each_s + -(-longest_s // HOUR) * HOUR):
        who = f"för {some[0].id}" if len(some) == 1 else f"var för {named([one.id for one in some])}"
        yield _Try(
            f"{spoken(more_s)} övertid på fyra veckor {who}",
            replace(team, more={**team.more, **{("ordinary_hours", one.id): more_s for one in some}}),
        )


def _more_people(team: Team, conflict: Conflict, skills: Sequence[str]) -> Iterator[_Try]:
    """Those who could be introduced, the pool first; then somebody new, and two."""
    nights = any(one.is_night for one in conflict.shifts)
    touched = {day for shift in conflict.shifts for day in shift.days_touched}
    here = {one.id for one in team.assistants}
    fit = [
        one
        for one in team.instance.assistants
        if one.id not in here
        and one.skills >= set(skills)
        and not (one.no_nights and nights)
        and not one.unavailable >= touched
    ]
    for one in sorted(fit, key=lambda one: one.home is not None)[:2]:
        busy = tuple(shift for shift in team.instance.shifts if team.instance.fixed.get(shift.id) == one.id)
        known = replace(one, people=one.people | {team.person})
        yield _Try(
            f"att introducera {one.id}, om {one.id} har tid",
            replace(team, assistants=(*team.assistants, known), elsewhere=(*team.elsewhere, *busy)),
        )
    wanted = [f"är introducerad hos {team.person}"]
    wanted += ["kan arbeta natt"] if nights else []
    wanted += [f"har {listed(skills)}"] if skills else []
    taken = {one.id for one in team.instance.assistants}
    free = (name for name in (f"ny{place}" for place in range(1, len(taken) + 3)) if name not in taken)
    new = [
        Assistant(name, team.person, 0, frozenset({team.person}), frozenset(skills))
        for name in islice(free, 2)
    ]
    yield _Try(f"en assistent till som {listed(wanted)}", _with_new(team, new[:1]))
    wanted[0] = f"är introducerade hos {team.person}"
    yield _Try(f"två assistenter till som {listed(wanted)}", _with_new(team, new), dear=True)


def _with(team: Team, changed: Assistant) -> Team:
    assistants = tuple(changed if one.id == changed.id else one for one in team.assistants)
    return replace(team, assistants=assistants)


def _with_new(team: Team, new: Sequence[Assistant]) -> Team:
    return replace(team, assistants=(*team.assistants, *new))


def long_weekend_shifts(team: Team) -> Team | None:
    """The team with the weekends' shifts put together to shifts of up to 24 hours; None when there is nothing to join.

    Joined are shifts that begin on a Saturday or a Sunday and follow on each other without a gap, ask for the same
    skill and are not locked.
    """
    fixed, rules = team.instance.fixed, team.instance.rules
    kept: list[Shift] = []
    parts: dict[str, int] = {}
    chain: list[Shift] = []

    def close() -> None:
        if len(chain) > 1:
            joined = Shift(
                "+".join(one.id for one in chain),
                team.person,
                chain[0].begins,
                chain[-1].ends,
                sum(one.active_s for one in chain),
                sum(one.on_call_s for one in chain),
                next((one.skill for one in chain if one.skill is not None), None),
            )
            parts[joined.id] = len(chain)
            kept.append(joined)
        else:
            kept.extend(chain)
        chain.clear()

    rest = list(team.shifts)
    while rest:
        chain.append(rest.pop(0))
        while chain[0].day.weekday() >= SATURDAY and chain[0].id not in fixed:
            following = next(
                (
                    one
                    for one in rest
                    if one.begins_s == chain[-1].ends_s
                    and one.id not in fixed
                    and one.day - chain[0].day <= timedelta(days=1)
                    and one.ends_s - chain[0].begins_s <= DAY_S
                    and len({shift.skill for shift in (*chain, one)} - {None}) <= 1
                ),
                None,
            )
            if following is None:
                break
            rest.remove(following)
            chain.append(following)
        close()
    if not parts:
        return None
    longer = replace(team.instance, rules=replace(rules, long_span_s=max(rules.long_span_s, DAY_S)))
    return replace(team, instance=longer, shifts=tuple(kept), parts=parts)
