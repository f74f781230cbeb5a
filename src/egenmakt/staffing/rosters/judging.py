"""The judge of a whole roster: every breach of every assistant, by law, agreement and what the assistant can and may.

Guarantees: written apart from any search, and the last word on every result of one. Working time and rest are judged by
`egenmakt.law.working_time`; here stand the four rules that are no law:

    introduction  the assistant is introduced to the person
    delegation    the assistant has the skill the shift asks for
    absence       no local day that the shift touches is one on which the assistant is unavailable
    no_nights     an assistant who works no nights has no night shift

The order is stable: assistants as in the instance, then the rules of RULES, then time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from egenmakt.law.working_time import checking
from egenmakt.law.working_time.limits import Limits
from egenmakt.law.working_time.shifts import Breach as BreachOfTime
from egenmakt.law.working_time.shifts import Horizon, WorkedShift
from egenmakt.staffing.rosters.instance import Assignments, Assistant, Instance, Rules, Shift

OWN_RULES = ("introduction", "delegation", "absence", "no_nights")
# The order in which rules are tried when somebody asks why a shift cannot be given.
RULES = (*OWN_RULES, *checking.RULES)


class Breach(NamedTuple):
    """A rule that a roster does not keep. `from_s` and `to_s` are seconds since 1970."""

    rule: str
    section: str | None
    assistant: str
    shift: str
    from_s: int
    to_s: int
    message: str


def judge(instance: Instance, assignments: Assignments) -> tuple[Breach, ...]:
    """Every breach of the roster. A shift that is assigned to nobody, or to None, breaks no rule.

    Raises KeyError for a shift or an assistant that the instance does not have.
    """
    given = shifts_given(instance, assignments)
    horizon = _horizon(instance.first, instance.weeks)
    limits = limits_of(instance.rules)
    return tuple(
        breach
        for assistant in instance.assistants
        for breach in _breaches(given.get(assistant.id, ()), assistant, limits, horizon)
    )


def breaches_of(instance: Instance, assistant: Assistant, shifts: Iterable[Shift]) -> tuple[Breach, ...]:
    """Every breach of one assistant who has these shifts."""
    horizon = _horizon(instance.first, instance.weeks)
    return tuple(_breaches(shifts, assistant, limits_of(instance.rules), horizon))


def first_breach(
    instance: Instance, assistant: Assistant, its_shifts: Iterable[Shift], shift: Shift
) -> Breach | None:
    """The first rule, in the order of RULES, that giving the shift to the assistant would break; None: it may be given.

    A breach that is there without the shift does not count; one that the shift makes worse does. `its_shifts` may
    hold the shift already.
    """
    own = next(_own_breaches([(shift, worked(shift))], assistant), None)
    if own is not None:
        return own
    others = [other for other in its_shifts if other.id != shift.id]
    before = Counter(breaches_of(instance, assistant, others))
    after = Counter(breaches_of(instance, assistant, [*others, shift]))
    return next(iter((after - before).elements()), None)


def shifts_given(instance: Instance, assignments: Assignments) -> dict[str, list[Shift]]:
    """The shifts of each assistant who has any, as they stand in the instance."""
    given: dict[str, list[Shift]] = {}
    for shift, assistant in assignments.items():
        if assistant is not None:
            given.setdefault(instance.assistant[assistant].id, []).append(instance.shift[shift])
    return given


@lru_cache(maxsize=8)
def _horizon(first: date, weeks: int) -> Horizon:
    """The weeks that are judged, made once: its Mondays are asked for again and again."""
    return Horizon(first, weeks)


def limits_of(rules: Rules) -> Limits:
    """The rules of an instance as limits of working time."""
    return Limits(
        daily_rest_s=rules.daily_rest_s,
        max_span_s=rules.max_span_s,
        long_span_s=rules.long_span_s,
        weekly_rest_s=rules.weekly_rest_s,
        ordinary_s=rules.ordinary_s,
        on_call_s=rules.on_call_s,
        max_days=rules.max_days,
        max_weekends=rules.max_weekends,
        max_nights=rules.max_nights,
    )


def worked(shift: Shift) -> WorkedShift:
    """A shift as the law sees it."""
    return shift.worked


def _breaches(
    shifts: Iterable[Shift], assistant: Assistant, limits: Limits, horizon: Horizon
) -> Iterator[Breach]:
    ordered = sorted(shifts, key=lambda shift: (shift.begins_s, shift.ends_s, shift.id))
    seen = [(shift, worked(shift)) for shift in ordered]
    yield from _own_breaches(seen, assistant)
    of_time = checking.breaches(
        [as_worked for _, as_worked in seen],
        limits,
        horizon,
        last_end_s=assistant.last_end_s,
        average_left_s=assistant.average_left_s,
    )
    yield from (_of_assistant(breach, assistant) for breach in of_time)


def _own_breaches(seen: Sequence[tuple[Shift, WorkedShift]], assistant: Assistant) -> Iterator[Breach]:
    """Breaches of the rules that are no law; each shift is judged by itself."""
    for rule in (_introduction, _delegation, _absence, _no_nights):
        for shift, as_worked in seen:
            told = rule(assistant, shift, as_worked)
            if told:
                name = rule.__name__.removeprefix("_")
                yield Breach(name, None, assistant.id, shift.id, shift.begins_s, shift.ends_s, told)


def _of_assistant(breach: BreachOfTime, assistant: Assistant) -> Breach:
    return Breach(
        breach.rule,
        breach.section,
        assistant.id,
        breach.shift,
        breach.from_s,
        breach.to_s,
        breach.message,
    )


def _introduction(assistant: Assistant, shift: Shift, _: WorkedShift) -> str:
    if shift.person in assistant.people:
        return ""
    return (
        f"Assistenten är inte introducerad hos {shift.person}. "
        "Introducera assistenten eller ge passet till någon som är det."
    )


def _delegation(assistant: Assistant, shift: Shift, _: WorkedShift) -> str:
    if shift.skill is None or shift.skill in assistant.skills:
        return ""
    return f"Passet kräver {shift.skill}, som assistenten saknar. Ge passet till någon som har det."


def _absence(assistant: Assistant, shift: Shift, as_worked: WorkedShift) -> str:
    away = [day.isoformat() for day in as_worked.days_touched if day in assistant.unavailable]
    if not away:
        return ""
    return f"Assistenten är frånvarande {' och '.join(away)}. Ge passet till någon annan."


def _no_nights(assistant: Assistant, _: Shift, as_worked: WorkedShift) -> str:
    if not (assistant.no_nights and as_worked.is_night):
        return ""
    return (
        "Assistenten arbetar inte natt, och minst tre timmar av passet är arbete mellan 22 och 06. "
        "Ge passet till någon annan."
    )
