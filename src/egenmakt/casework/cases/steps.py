"""The steps of a case: a list that each room adds its own step to.

The case page shows the steps with their state, the worklist shows the next one. A state is always worked out
from what the room holds; nobody says or sets by hand how far a case has come. Lists read what was worked out since the
last change (`standings`). Therefore `load` and `state` may read nothing but tables with a `pulse`, and of the rest only
what is no part of a state; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.urls import reverse

from egenmakt.casework.cases.models import Case

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Literal["done", "ongoing", "waiting", "blocked", "todo"]


@dataclass(frozen=True)
class StepState:
    """How far a step has come; `note` says, in Swedish, on whom it waits or what blocks it.

    `action` names what is next within the step, when that is more exact than the step's own button.
    """

    state: State
    note: str = ""
    action: str = ""


@dataclass(frozen=True)
class LawSection:
    """A section that applies in a step: its citation ("25 § FL"), what it says in a sentence, and the rule in
    the law pages that shows it (empty when there is none)."""

    citation: str
    says: StrOrPromise
    rule: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a case.

    `load` fetches what the states of many cases need, in a fixed number of queries; `state` works out one
    of them from what was loaded for that case (None when nothing was). `url_name` takes `case_id`. `action`
    is the name of the button when this is the next step ("Pröva personkretsen"). `law` is shown beside the
    step; `guideline_steps` are names in `guidelines.schema.STEPS`, where the key itself is not one.
    """

    key: str
    order: int
    title: StrOrPromise
    action: StrOrPromise
    url_name: str
    load: Callable[[list[UUID]], Mapping[UUID, Any]]
    state: Callable[[Case, Any], StepState]
    law: tuple[LawSection, ...] = ()
    guideline_steps: tuple[str, ...] = ()

    @property
    def notes_beside(self) -> tuple[str, ...]:
        """The names under which the guideline writes about this step; its own key when none are named."""
        return self.guideline_steps or (self.key,)


@dataclass(frozen=True)
class CaseStep:
    """A step of one case, with its state and where to do it."""

    step: Step
    state: StepState
    case_id: UUID

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.step.url_name, kwargs={"case_id": self.case_id})

    @property
    def action(self) -> str:
        """The name of the button that takes one further."""
        return str(self.state.action or self.step.action)


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    """Add a room's step (called when the program starts, from the room's AppConfig.ready)."""
    _steps[step.key] = step


def steps_of_cases(cases: Iterable[Case]) -> dict[UUID, list[CaseStep]]:
    """The steps of many cases, in order. The number of queries does not grow with the cases."""
    rows = list(cases)
    ids = [case.pk for case in rows]
    ordered = sorted(_steps.values(), key=lambda step: step.order)
    # steps of one room may load the same: then it is loaded once
    loaded = {load: load(ids) for load in dict.fromkeys(step.load for step in ordered)}
    return {
        case.pk: [
            CaseStep(step, step.state(case, loaded[step.load].get(case.pk)), case.pk) for step in ordered
        ]
        for case in rows
    }


def next_step(steps: list[CaseStep]) -> CaseStep | None:
    """The first step that someone can do something about; None when all are done or wait for others."""
    for step in steps:
        if step.state.state in ("todo", "ongoing"):
            return step
    return None


def waiting_step(steps: list[CaseStep]) -> CaseStep | None:
    """The first step that waits for someone or is blocked."""
    return next((one for one in steps if one.state.state in ("waiting", "blocked")), None)
