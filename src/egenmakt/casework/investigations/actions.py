"""Writing the investigation: judgements as facts, with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations import queries, rules
from egenmakt.casework.investigations.models import (
    Assessment,
    Belonging,
    ChildView,
    Evidence,
    LifeArea,
    LifeAreaNote,
    PersonkretsTrial,
)
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.conflicts import StaleVersion

M = TypeVar("M", bound=Model)


class ReasonsMissing(ValueError):
    """A judgement of the group of persons was made without reasons."""


class DisagreementNotConsidered(ValueError):
    """The judgement does not go with the answers, and nobody has said that it stands all the same."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class NoSuchEvidence(LookupError):
    """The piece of evidence is not, or no longer, part of the case."""


@transaction.atomic
def save_trial(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    outcome: str,
    diagnosis: str,
    answers: Mapping[str, bool | None],
    reasons: str,
    considered: bool = False,
) -> PersonkretsTrial:
    """Keep the trial of the group of persons (LSS 1 §). Who judged and when follow the judgement itself.

    `outcome` may be empty: then the answers are kept, and nothing is judged yet.
    Raises NotFound, NotAllowed, StaleVersion, ReasonsMissing, DisagreementNotConsidered.
    """
    case = _open(actor, case_id)
    if outcome and not reasons.strip():
        raise ReasonsMissing
    asked = rules.disagreements(outcome, answers, case.person.born, clock.today())
    if asked and not considered:
        raise DisagreementNotConsidered(asked)
    fields: dict[str, Any] = {
        "outcome": Belonging(outcome).value if outcome else "",
        "diagnosis": diagnosis.strip(),
        "reasons": reasons.strip(),
        **{name: answers.get(name) for name in queries.TRIAL_ANSWERS},
    }
    trial = PersonkretsTrial.objects.select_for_update().filter(case=case).first()
    signed: dict[str, Any] = {}
    if fields["outcome"] != (trial.outcome if trial else ""):
        signed = {"judged_by_id": None, "judged_at": None}
        if fields["outcome"]:
            signed = {"judged_by_id": actor.user_id, "judged_at": clock.now()}
    return _write(PersonkretsTrial, trial, version, fields, signed=signed, case=case)


@transaction.atomic
def add_evidence(
    *,
    actor: Actor,
    case_id: UUID,
    title: str,
    certified_by: str,
    dated: date,
    licence: str = "",
    summary: str = "",
) -> Evidence:
    """Add a certificate or statement; begins the trial if need be. Raises NotFound, NotAllowed."""
    case = _open(actor, case_id)
    trial, _created = PersonkretsTrial.objects.select_for_update().get_or_create(
        case=case, defaults={"municipality_id": case.municipality_id}
    )
    return Evidence.objects.create(
        trial=trial,
        title=title.strip(),
        certified_by=certified_by.strip(),
        licence=licence.strip(),
        dated=dated,
        summary=summary.strip(),
    )


@transaction.atomic
def remove_evidence(*, actor: Actor, case_id: UUID, evidence_id: UUID) -> Evidence:
    """Take away a piece of evidence entered by mistake; the history keeps it. Raises NotFound, NotAllowed,
    NoSuchEvidence. Returns the row as it was."""
    case = _open(actor, case_id)
    found = Evidence.objects.filter(trial__case=case, pk=evidence_id).first()
    if found is None:
        raise NoSuchEvidence
    Evidence.objects.filter(pk=found.pk).delete()
    return found


@transaction.atomic
def save_life_area(
    *,
    actor: Actor,
    case_id: UUID,
    area: LifeArea,
    version: int,
    own_view: str,
    assessment: str,
    difficulty: str,
    goal: str,
) -> LifeAreaNote:
    """Keep what is written about one life area (H-16). Raises NotFound, NotAllowed, StaleVersion."""
    case = _open(actor, case_id)
    note = LifeAreaNote.objects.select_for_update().filter(case=case, area=area).first()
    fields = {
        "own_view": own_view.strip(),
        "assessment": assessment.strip(),
        "difficulty": difficulty,
        "goal": goal.strip(),
    }
    return _write(LifeAreaNote, note, version, fields, case=case, area=area)


@transaction.atomic
def save_assessment(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    own_view: str,
    normalisation: str,
    met_otherwise: str,
    good_living_conditions: str,
    temporary_protection: bool | None,
) -> Assessment:
    """Keep the overall assessment (LSS 5, 7, 7 a §§). Raises NotFound, NotAllowed, StaleVersion."""
    case = _open(actor, case_id)
    found = Assessment.objects.select_for_update().filter(case=case).first()
    fields = {
        "own_view": own_view.strip(),
        "normalisation": normalisation.strip(),
        "met_otherwise": met_otherwise.strip(),
        "good_living_conditions": good_living_conditions.strip(),
        "temporary_protection": temporary_protection,
    }
    return _write(Assessment, found, version, fields, case=case)


@transaction.atomic
def save_child_view(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    heard: bool | None,
    how: str,
    view: str,
    best_interests: str,
    effect: str,
) -> ChildView:
    """Keep the child's perspective (LSS 6 a and 8 §§; H-09). Raises NotFound, NotAllowed, StaleVersion."""
    case = _open(actor, case_id)
    found = ChildView.objects.select_for_update().filter(case=case).first()
    fields = {
        "heard": heard,
        "how": how.strip(),
        "view": view.strip(),
        "best_interests": best_interests.strip(),
        "effect": effect.strip(),
    }
    signed = {"recorded_by_id": actor.user_id, "recorded_at": clock.now()}
    return _write(ChildView, found, version, fields, signed=signed, case=case)


def _open(actor: Actor, case_id: UUID) -> Case:
    """The case, locked: two officers who save at once come one after the other."""
    case = case_gate.open(actor, case_id, for_change=True)
    rules.require_change(actor, case)
    return case


def _write(
    model: type[M],
    row: M | None,
    version: int,
    fields: Mapping[str, Any],
    *,
    signed: Mapping[str, Any] | None = None,
    **key: Any,
) -> M:
    """Write the fields in the row, or in a new one, if nobody else has since `version`. Raises StaleVersion.

    `signed` is who and when: written with the fields, but no part of what two people may differ about.
    """
    stored = getattr(row, "version", 0)
    if version != stored:
        change = queries.last_change(row) if row is not None else None
        raise StaleVersion(
            current={name: _shown(getattr(row, name, "")) for name in fields},
            posted={name: _shown(value) for name, value in fields.items()},
            version=stored,
            saved_by=change.by if change else "",
            saved_at=change.at if change else None,
        )
    values = {**fields, **(signed or {})}
    if row is None:
        return model._default_manager.create(**key, **values, version=1)
    for name, value in values.items():
        setattr(row, name, value)
    row.version = stored + 1  # type: ignore[attr-defined]  # every model written here has a version
    row.save()
    return row


def _shown(value: Any) -> Any:
    """A question not answered is shown as an empty choice."""
    return "" if value is None else value
