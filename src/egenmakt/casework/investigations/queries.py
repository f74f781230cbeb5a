"""Reading the investigation. The gate has opened the case before any of this is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Model
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations import rules
from egenmakt.casework.investigations.models import (
    Assessment,
    Belonging,
    ChildView,
    LifeArea,
    LifeAreaNote,
    PersonkretsTrial,
)
from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import User

TRIAL_ANSWERS = tuple(one.field for one in rules.CRITERIA)
ASSESSMENT_TEXTS = ("own_view", "normalisation", "met_otherwise", "good_living_conditions")
CHILD_TEXTS = ("how", "view", "best_interests", "effect")


@dataclass(frozen=True)
class PersonkretsJudgement:
    """What an officer has judged about the group of persons, and what remains of the trial.

    `outcome` is None until somebody has judged. `missing` says in Swedish what to do; empty when `complete`.
    """

    outcome: Belonging | None
    missing: tuple[str, ...]
    reasons: str = ""
    diagnosis: str = ""
    judged_by: str = ""
    judged_at: datetime | None = None

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def group(self) -> int | None:
        """1, 2 or 3; None when nothing is judged or the person does not belong."""
        return int(self.outcome) if self.outcome and self.outcome != Belonging.NONE else None

    @property
    def as_fact(self) -> law.Personkrets | None:
        """The judgement as the law takes it; None until somebody has judged."""
        return None if self.outcome is None else law.Personkrets(self.group)


@dataclass(frozen=True)
class ChildViewState:
    """Whether the case concerns a child, and what remains of the child's perspective (H-09)."""

    concerns_child: bool
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class InvestigationState:
    """How far the investigation has come: what is written, and what remains."""

    areas: int
    begun: bool
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class ShownArea:
    """One of the eleven life areas with what is written about it, or nothing."""

    area: LifeArea
    note: LifeAreaNote | None

    @property
    def is_written(self) -> bool:
        return self.note is not None and bool(
            self.note.own_view or self.note.assessment or self.note.goal or self.note.difficulty
        )


@dataclass(frozen=True)
class LastChange:
    """Who last wrote a row, and when the database took it."""

    by: str
    at: datetime


def trial_of(case: Case) -> PersonkretsTrial | None:
    """The trial of the group of persons, with its evidence to come; None before it is begun."""
    return PersonkretsTrial.objects.filter(case=case).select_related("judged_by").first()


def personkrets_of(case: Case) -> PersonkretsJudgement:
    """The judgement of the group of persons, for the law and for the decision (H-05)."""
    trial = trial_of(case)
    return judgement_of(trial, trial.evidence.count() if trial else 0)


def judgement_of(trial: PersonkretsTrial | None, evidence: int) -> PersonkretsJudgement:
    """The judgement that a trial with so many pieces of evidence holds."""
    if trial is None:
        return PersonkretsJudgement(None, tuple(rules.missing_in_trial("", {}, "", 0)))
    missing = rules.missing_in_trial(trial.outcome, answers_of(trial), trial.reasons, evidence)
    return PersonkretsJudgement(
        outcome=Belonging(trial.outcome) if trial.outcome else None,
        missing=tuple(missing),
        reasons=trial.reasons,
        diagnosis=trial.diagnosis,
        judged_by=trial.judged_by.name if trial.judged_by else "",
        judged_at=trial.judged_at,
    )


def answers_of(trial: PersonkretsTrial) -> dict[str, bool | None]:
    """The answers to the questions of the trial, by field."""
    return {name: getattr(trial, name) for name in TRIAL_ANSWERS}


def child_view_state(case: Case) -> ChildViewState:
    """Whether the case concerns a child today, and whether her perspective is told (LSS 6 a and 8 §§)."""
    if not is_child(case):
        return ChildViewState(False, ())
    found = ChildView.objects.filter(case=case).values("heard", *CHILD_TEXTS).first()
    return ChildViewState(True, tuple(rules.missing_in_child_view(found or {})))


def is_child(case: Case) -> bool:
    """Whether the person is under 18 today."""
    return rules.age_on(case.person.born, clock.today()) < rules.OF_AGE


def child_view_of(case: Case) -> ChildView | None:
    """The child's perspective as it is written; None before it is begun."""
    return ChildView.objects.filter(case=case).select_related("recorded_by").first()


def life_areas_of(case: Case) -> list[ShownArea]:
    """The eleven life areas in order, each with what is written about it."""
    notes = {note.area: note for note in LifeAreaNote.objects.filter(case=case)}
    return [ShownArea(area, notes.get(area)) for area in LifeArea]


def assessment_texts_of(case: Case) -> Assessment | None:
    """The overall assessment; None before it is begun."""
    return Assessment.objects.filter(case=case).first()


def investigation_state(case: Case) -> InvestigationState:
    """How far the investigation has come: assessment, life areas, and the child's perspective."""
    loaded = load_investigations([case.pk])
    return state_from(loaded.get(case.pk))


def load_investigations(case_ids: list[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """What the states of many investigations need, in four queries."""
    found: dict[UUID, dict[str, Any]] = {
        case_id: {"born": born, "areas": 0, "assessment": {}, "child_view": {}}
        for case_id, born in Case.objects.filter(pk__in=case_ids).values_list("pk", "person__born")
    }
    written = LifeAreaNote.objects.filter(case_id__in=case_ids).exclude(own_view="", assessment="", goal="")
    for row in written.values("case_id").annotate(areas=Count("pk")):
        found[row["case_id"]]["areas"] = row["areas"]
    for row in Assessment.objects.filter(case_id__in=case_ids).values("case_id", *ASSESSMENT_TEXTS):
        found[row["case_id"]]["assessment"] = row
    for row in ChildView.objects.filter(case_id__in=case_ids).values("case_id", "heard", *CHILD_TEXTS):
        found[row["case_id"]]["child_view"] = row
    return found


def state_from(loaded: Mapping[str, Any] | None) -> InvestigationState:
    """The state of one investigation from what was loaded for it."""
    loaded = loaded or {"areas": 0, "assessment": {}, "child_view": {}, "born": None}
    missing = rules.missing_in_assessment(loaded["assessment"])
    if not loaded["areas"]:
        missing.insert(0, _("Beskriv minst ett livsområde."))
    child = loaded["born"] is not None and rules.age_on(loaded["born"], clock.today()) < rules.OF_AGE
    if child and rules.missing_in_child_view(loaded["child_view"]):
        missing.append(_("Skriv om barnets perspektiv."))
    begun = bool(loaded["areas"] or loaded["assessment"] or loaded["child_view"])
    return InvestigationState(loaded["areas"], begun, tuple(missing))


def load_trials(case_ids: list[UUID]) -> Mapping[UUID, PersonkretsJudgement]:
    """The judgements of many cases that have a trial, in one query."""
    trials = (
        PersonkretsTrial.objects.filter(case_id__in=case_ids)
        .select_related("judged_by")
        .annotate(pieces=Count("evidence"))
    )
    return {trial.case_id: judgement_of(trial, trial.pieces) for trial in trials}


def last_change(row: Model) -> LastChange | None:
    """Who last wrote a row whose history is followed, and when; None when there is no history of it."""
    event = row.history_events.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # made by @followed
    if event is None:
        return None
    name = User.objects.filter(pk=event.pgh_actor_id).values_list("name", flat=True).first()
    return LastChange(name or "", event.pgh_created_at)
