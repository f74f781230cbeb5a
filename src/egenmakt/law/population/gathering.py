"""A population gathered from the facts of real decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

import numpy as np

from egenmakt.law.assistance.facts import AssessmentFacts, Moment, SelfCare, micro_minutes
from egenmakt.law.lss.needs import Necessary, Need, Per
from egenmakt.law.population.people import Population, population

_EPOCH = date(1970, 1, 1).toordinal()


def population_of(people: Sequence[AssessmentFacts], municipality: int | None = None) -> Population:
    """The persons whose facts these are, in the same order, with their moments; all in one municipality (its code).

    The law gives each of them what `assess` gives on the same facts. Raises PopulationFaulty.
    """
    persons: dict[str, object] = {
        "born": np.array([one.born for one in people], dtype="datetime64[D]"),
        "received": np.array([one.received for one in people], dtype="datetime64[D]"),
        **{name: np.array([read(one) for one in people], dtype=np.int64) for name, read in _PERSON.items()},
    }
    if municipality is not None:
        persons["municipality"] = np.full(len(people), municipality, dtype=np.int16)
    every = [moment for one in people for moment in one.moments]
    moments = {name: np.array([read(one) for one in every], dtype=np.int64) for name, read in _MOMENT.items()}
    offsets = np.cumsum([0, *[len(one.moments) for one in people]])
    return population(persons, moments, offsets)


def _answer(value: bool | None) -> int:
    return -1 if value is None else int(value)


def _place(value: StrEnum | None, choices: type[StrEnum]) -> int:
    return -1 if value is None else list(choices).index(value)


def _group(one: AssessmentFacts) -> int:
    return -1 if one.personkrets is None else one.personkrets.group or 0


def _self_care(moment: Moment) -> int:
    if moment.self_care is None:
        return 0
    return 1 if isinstance(moment.self_care, SelfCare) else 2


def _care_day(moment: Moment, *, last: bool) -> int:
    care = moment.self_care
    if not isinstance(care, SelfCare):
        return (date.min if last else date.max).toordinal() - _EPOCH
    return ((care.valid_until or date.max) if last else care.assessed).toordinal() - _EPOCH


_PERSON: dict[str, Callable[[AssessmentFacts], int]] = {
    "days_per_week": lambda one: one.days_per_week,
    "personkrets": _group,
    "granted_before_age_limit": lambda one: _answer(one.granted_before_age_limit),
    "current_s_per_week": lambda one: -1 if one.current_s_per_week is None else one.current_s_per_week,
    "housing_adaptation_tried": lambda one: _answer(one.double_assistance.housing_adaptation_tried),
    "aids_tried": lambda one: _answer(one.double_assistance.aids_tried),
    "waiting_micro_minutes_per_day": lambda one: micro_minutes(one.waiting_minutes_per_day),
    "standby_micro_minutes_per_day": lambda one: micro_minutes(one.standby_minutes_per_day),
}
_MOMENT: dict[str, Callable[[Moment], int]] = {
    "need": lambda one: _place(one.need, Need),
    "micro_minutes": lambda one: micro_minutes(one.minutes),
    "times": lambda one: one.times,
    "per": lambda one: _place(one.per, Per),
    "assistants": lambda one: one.assistants,
    "intimate": lambda one: _answer(one.intimate),
    "tube_feeding": lambda one: int(one.tube_feeding),
    "activation_measure": lambda one: int(one.activation_measure),
    "directly_necessary_for": lambda one: _place(one.directly_necessary_for, Necessary),
    "met_otherwise_micro_minutes": lambda one: micro_minutes(one.met_otherwise_minutes),
    "self_care": _self_care,
    "self_care_from": lambda one: _care_day(one, last=False),
    "self_care_until": lambda one: _care_day(one, last=True),
}
