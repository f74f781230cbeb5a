"""Everything in a case that a decision rests on, read once, in a number of queries that never grows.

The quality gate, the letters and the proposal all read the same dossier, so they cannot rest on different
things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases.models import Case
from egenmakt.casework.communication.models import Communication
from egenmakt.casework.decisions.models import GateAnswer, Proposal
from egenmakt.casework.investigations.models import (
    Assessment,
    ChildView,
    Evidence,
    LifeAreaNote,
    PersonkretsTrial,
)
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.foundation import clock
from egenmakt.register.people.models import Person

OF_AGE = 18


@dataclass(frozen=True)
class Dossier:
    """What a decision in a case rests on, as it stands now."""

    case: Case
    today: date
    application: Application | None
    trial: PersonkretsTrial | None
    evidence: tuple[Evidence, ...]
    sheet: NeedsSheet | None
    moments: tuple[Moment, ...]
    assessment: Assessment | None
    child_view: ChildView | None
    communications: tuple[Communication, ...]
    answers: Mapping[str, GateAnswer]
    investigators: Mapping[UUID, str]

    @property
    def person(self) -> Person:
        """Whom the case is about."""
        return self.case.person

    @property
    def is_child(self) -> bool:
        """Whether the person is under eighteen today."""
        return age_on(self.person.born, self.today) < OF_AGE


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def load_dossier(case: Case, proposal: Proposal | None) -> Dossier:
    """The dossier of a case that the gate has opened, for one of its proposals (or for one to come)."""
    application = (
        Application.objects.filter(case=case).select_related("representative", "authority_checked_by").first()
    )
    trial = (
        PersonkretsTrial.objects.filter(case=case)
        .select_related("judged_by")
        .prefetch_related(Prefetch("evidence", queryset=Evidence.objects.all()))
        .first()
    )
    sheet = NeedsSheet.objects.filter(case=case).prefetch_related("moments").first()
    child_view = ChildView.objects.filter(case=case).first()
    answers = (
        {
            one.requirement: one
            for one in GateAnswer.objects.filter(proposal=proposal).select_related("answered_by")
        }
        if proposal and proposal.pk
        else {}
    )
    return Dossier(
        case=case,
        today=clock.today(),
        application=application,
        trial=trial,
        evidence=tuple(trial.evidence.all()) if trial else (),
        sheet=sheet,
        moments=tuple(sheet.moments.all()) if sheet else (),
        assessment=Assessment.objects.filter(case=case).first(),
        child_view=child_view,
        communications=tuple(Communication.objects.filter(case=case).order_by("sent_on", "pk")),
        answers=answers,
        investigators=_investigators(case, proposal, trial, child_view),
    )


def _investigators(
    case: Case, proposal: Proposal | None, trial: PersonkretsTrial | None, child_view: ChildView | None
) -> dict[UUID, str]:
    """Who has prepared or investigated the case, and how; none of them may decide it."""
    found: dict[UUID, str] = {}
    for user_id in _authors(case):
        found[user_id] = _("har skrivit i utredningen")
    if child_view and child_view.recorded_by_id:
        found[child_view.recorded_by_id] = _("har hört barnet")
    if trial and trial.judged_by_id:
        found[trial.judged_by_id] = _("har prövat personkretsen")
    if case.officer_id:
        found[case.officer_id] = _("handlägger ärendet")
    if proposal and proposal.drafted_by_id:
        found[proposal.drafted_by_id] = _("har skrivit förslaget")
    if proposal and proposal.prepared_by_id:
        found[proposal.prepared_by_id] = _("har tagit fram förslaget")
    return found


def _authors(case: Case) -> set[UUID]:
    """Who has written in the investigation, by the history that the database itself keeps."""
    followed: list[Any] = [Assessment, LifeAreaNote, PersonkretsTrial, ChildView, NeedsSheet]
    first, *others = [
        model.pgh_event_models["insert"]
        .objects.filter(case_id=case.pk, pgh_actor_id__isnull=False)
        .order_by()
        .values_list("pgh_actor_id", flat=True)
        for model in followed
    ]
    moments = (
        Moment.pgh_event_models["insert"]  # type: ignore[attr-defined]
        .objects.filter(sheet__case_id=case.pk, pgh_actor_id__isnull=False)
        .order_by()
        .values_list("pgh_actor_id", flat=True)
    )
    return set(first.union(*others, moments))
