"""What every page of a case shows around its own content: whom it is about, the steps, what is next and due.

A room's case page extends `cases/case_frame.html` and gives it `case_frame(request, case, current="its key")`
with its own context added. The template's blocks are `step_title`, `step_lead`, `step_actions`, `step_main` and
`step_rail` (shown first in the right column).
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
from egenmakt.foundation.ui.dates import hours_long
from egenmakt.foundation.ui.pictures import Banner
from egenmakt.register.people.models import Person, PersonIdentity, Protection
from egenmakt.register.people.panels import decided_on
from egenmakt.register.representatives.models import Representative


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
    "documents", "access"). The number of queries does not grow with what is in the case.
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
    return {
        "case": case,
        "banner": banner_of(case, representatives, today),
        "tabs": _tabs(case),
        "current": current,
        "steps": of_case,
        "current_step": here,
        "next_step": following,
        "waiting_step": None if following or case.closed_on else _waiting(of_case),
        "deadlines": [ShownDeadline(one, one.status(today)) for one in due],
        "around": _around(case, representatives, today),
        "law_sections": [_law(one) for one in here.step.law] if here else [],
    }


def banner_of(case: Case, representatives: list[Representative], today: date) -> Banner:
    """The banner of a case: the person as the reader may see her, and the case's number."""
    person = case.person
    return Banner(
        name=person.name,
        number=person.number,
        age=_age(person, today),
        protected=_is_protected(person),
        representative=", ".join(f"{one.name} ({one.get_kind_display()})" for one in representatives),
        communicate=_communicates(person),
        decided=_decided(person, today),
        href=_url("people:person", person_id=person.pk),
        case=case.number,
        case_href=reverse("cases:case", kwargs={"case_id": case.pk}),
    )


def _age(person: Person, today: date) -> int:
    until = person.died or today
    return until.year - person.born.year - ((until.month, until.day) < (person.born.month, person.born.day))


def _is_protected(person: Person) -> bool:
    identity: PersonIdentity | None = person.shown
    return identity is None or identity.protection != Protection.NONE


def _communicates(person: Person) -> str:
    parts = [
        _("tolk: %(language)s") % {"language": person.interpreter} if person.interpreter else "",
        person.communicates_by,
        _("lättläst") if person.easy_read else "",
    ]
    return ", ".join(part for part in parts if part)


def _decided(person: Person, today: date) -> str:
    seconds = decided_on([person.pk], today).get(person.pk)
    return _("%(hours)s i veckan") % {"hours": hours_long(seconds)} if seconds is not None else ""


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
        Tab(key, title, url, counts.get(key) or None)
        for key, (name, title) in named.items()
        if (url := _url(name, case_id=case.pk))
    ]


def _waiting(of_case: list[steps.CaseStep]) -> steps.CaseStep | None:
    """The first step that waits for someone else or is blocked, when there is nothing to do oneself."""
    return next((one for one in of_case if one.state.state in ("waiting", "blocked")), None)


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


def _law(section: steps.LawSection) -> ShownLaw:
    return ShownLaw(
        section.citation, section.says, _url("lawbook:rule", rule=section.rule) if section.rule else ""
    )


def _url(name: str, **kwargs: Any) -> str:
    """The URL of a page in another room, or nothing when the program runs without that page."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
