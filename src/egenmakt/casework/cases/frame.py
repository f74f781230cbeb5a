"""What every page of a case shows around its own content: whom it is about, the steps, what is next and
due.

A room's case page extends `cases/case_frame.html` and gives it `case_frame(request, case, current="its
key")` with its own context added. The template's blocks are `step_title`, `step_lead`, `step_actions`,
`step_main` and `step_rail` (shown first in the right column). A save that came too late answers with
`cases/conflict.html` and the same context.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from egenmakt.casework.cases import deadlines, steps
from egenmakt.casework.cases.models import Case, CaseStaff
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of
from egenmakt.guidelines.model import GuidelineNote, NoGuideline
from egenmakt.guidelines.store import guideline
from egenmakt.register.people.frame import age_on, person_banner
from egenmakt.register.representatives.models import Representative

ADULT = 18


@dataclass(frozen=True)
class Tab:
    """A page of the case that is not a step."""

    key: str
    title: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Around:
    """Someone around the case: her part in it, who she is, and what else one needs to know."""

    part: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class ShownDeadline:
    """A deadline with its status today."""

    deadline: deadlines.CaseDeadline
    status: deadlines.Status


@dataclass(frozen=True)
class ShownLaw:
    """A section of law that applies in the step, and where to read it (empty when there is no page)."""

    citation: str
    says: str
    url: str


def case_frame(request: HttpRequest, case: Case, *, current: str) -> dict[str, Any]:
    """The context of `cases/case_frame.html` for a case that the gate has opened.

    `current` is the key of the step one is in ("needs"), or of a tab ("overview", "journal", "tasks",
    "documents", "access"), or "handling" for the page that distributes the case. The number of queries does
    not grow with what is in the case.
    """
    actor = actor_of(request)
    today = clock.today()
    representatives = list(
        Representative.objects.filter(person_id=case.person_id, valid__contains=today).order_by(
            "kind", "name"
        )
    )
    of_case = steps.steps_of_cases([case])[case.pk]
    here = next((one for one in of_case if one.step.key == current), None)
    due = deadlines.deadlines_of_cases([case], actor.guideline)[case.pk]
    following = None if case.closed_on else steps.next_step(of_case)
    tabs = _tabs(case)
    return {
        "case": case,
        "banner": person_banner(
            actor, case.person, case=case.number, case_href=reverse("cases:case", kwargs={"case_id": case.pk})
        ),
        "tabs": tabs,
        "current": current,
        "page_title": _title(here, tabs, current),
        "steps": of_case,
        "current_step": here,
        "next_step": following,
        "next_due": _due_in(following, due, today),
        "waiting_step": None if following or case.closed_on else steps.waiting_step(of_case),
        "deadlines": [ShownDeadline(one, one.status(today)) for one in due],
        "around": _around(case, representatives, today),
        "law_sections": [_law(one) for one in here.step.law] if here else [],
        "guideline_notes": _notes(actor.guideline, here.step, case, today) if here else [],
    }


def _tabs(case: Case) -> list[Tab]:
    named = {
        "overview": ("cases:case", _("Översikt")),
        "journal": ("cases:journal", _("Journal")),
        "tasks": ("cases:tasks", _("Uppgifter")),
        "documents": ("cases:documents", _("Handlingar")),
        "access": ("cases:access", _("Åtkomst")),
    }
    counts = {"tasks": case.tasks.filter(done_at=None).count()}
    return [
        Tab(key, title, reverse(name, kwargs={"case_id": case.pk}), counts.get(key) or None)
        for key, (name, title) in named.items()
    ]


def _due_in(
    step: steps.CaseStep | None, due: list[deadlines.CaseDeadline], today: date
) -> ShownDeadline | None:
    """The nearest deadline of the next step that is not met."""
    for one in deadlines.open_deadlines(due):
        if step and one.step == step.step.key:
            return ShownDeadline(one, one.status(today))
    return None


def _title(here: steps.CaseStep | None, tabs: list[Tab], current: str) -> str:
    if here:
        return str(here.step.title)
    return next((tab.title for tab in tabs if tab.key == current), _("Fördelning och avslut"))


def _around(case: Case, representatives: list[Representative], today: date) -> list[Around]:
    people = [
        Around(_("handläggare"), case.officer.name if case.officer else _("ingen utsedd"), case.unit.name)
    ]
    with_it = (
        CaseStaff.objects.filter(Q(valid__contains=today), case=case)
        .select_related("user")
        .order_by("user__name")
    )
    people += [Around(_("medhandläggare"), one.user.name, one.reason) for one in with_it]
    people += [Around(one.get_kind_display(), one.name, one.phone) for one in representatives]
    return people


def _notes(slug: str, step: steps.Step, case: Case, today: date) -> list[GuidelineNote]:
    """What the municipality's guideline says beside a step: advice that never blocks (H-01)."""
    try:
        found = guideline(slug)
    except NoGuideline:
        return []
    tags = {"child"} if age_on(case.person, today) < ADULT else set()
    return [note for name in step.notes_beside for note in found.notes_for(name, today, tags=tags)]


def _law(section: steps.LawSection) -> ShownLaw:
    return ShownLaw(
        section.citation, str(section.says), _url("lawbook:rule", rule=section.rule) if section.rule else ""
    )


def _url(name: str, **kwargs: Any) -> str:
    """The URL of a page in another room, or nothing when the program runs without that page."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
