"""Reading cases: lists, what is stuck, who may be asked to handle what, and what is in one case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, CaseStaff, CaseStanding, JournalNote, Task
from egenmakt.casework.cases.rules import user_of
from egenmakt.casework.cases.standings import standings_of
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.register.people.search import Hit
from egenmakt.register.representatives.models import Consent

PAGE = 50

Status = Literal["open", "closed", "all"]
Whose = Literal["all", "mine", "none"]

# What a list can be sorted by: its name in the URL, and the column. People sort the Swedish way, masked last.
SORTS = {"nummer": "number", "oppnat": "opened_on", "person": "person_sort", "handlaggare": "officer_sort"}
_CASE_NUMBER = re.compile(r"(?:LSS-)?(?:\d{4}-)?\d{3,5}|LSS-\d{4}-?")
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class ListedCase:
    """A case in a list, and how it stands: its next step and its nearest deadline that is not met."""

    case: Case
    standing: CaseStanding


@dataclass(frozen=True)
class CaseListing:
    """One page of cases, and the key of the next one (None on the last page)."""

    rows: list[ListedCase]
    following: UUID | None


def list_cases(
    actor: Actor,
    *,
    status: Status = "open",
    whose: Whose = "all",
    unit_id: UUID | None = None,
    number: str = "",
    sort: str = "-oppnat",
    after: UUID | None = None,
    size: int = PAGE,
) -> CaseListing:
    """A page of the cases whose existence the actor may know of; protected persons are masked. Logged as
    shown.

    The number of queries is the same for one case and for a thousand. `after` is the last case of the page
    before.
    """
    listed = _selected(
        case_gate.listed(actor), actor, status=status, whose=whose, unit_id=unit_id, number=number
    )
    column, descending = SORTS.get(sort.lstrip("-"), "opened_on"), sort.startswith("-")
    listed = listed.annotate(
        person_sort=Coalesce(F("person__identity__sort_key"), Value(_LAST)),
        officer_sort=Coalesce(F("officer__name"), Value("")),
    )
    if after and (found := listed.filter(pk=after).values_list(column, flat=True).first()) is not None:
        sign = "lt" if descending else "gt"
        listed = listed.filter(Q(**{f"{column}__{sign}": found}) | Q(**{column: found, f"pk__{sign}": after}))
    order = (f"-{column}", "-pk") if descending else (column, "pk")
    found_cases = list(listed.order_by(*order)[: size + 1])
    shown = case_gate.shown(actor, found_cases[:size], searched=number)
    return CaseListing(listed_with_standing(shown, actor), shown[-1].pk if len(found_cases) > size else None)


def listed_with_standing(cases: Iterable[Case], actor: Actor) -> list[ListedCase]:
    """Cases that the gate has shown the actor with how they stand, in the same order. A fixed number of queries."""
    rows = list(cases)
    standings = standings_of(rows, actor.guideline)
    return [ListedCase(case, standings[case.pk]) for case in rows]


def _selected(
    cases: QuerySet[Case], actor: Actor, *, status: Status, whose: Whose, unit_id: UUID | None, number: str
) -> QuerySet[Case]:
    if status != "all":
        cases = cases.filter(closed_on__isnull=status == "open")
    if whose == "mine":
        me = user_of(actor)
        with_it = CaseStaff.objects.filter(case_id=OuterRef("pk"), user_id=me, valid__contains=clock.today())
        cases = cases.filter(Q(officer_id=me) | Q(Exists(with_it)))
    elif whose == "none":
        cases = cases.filter(officer=None)
    if unit_id:
        cases = cases.filter(unit_id=unit_id)
    if number.strip():
        cases = cases.filter(number__icontains=number.strip())
    return cases


def cases_with_number(actor: Actor, text: str, limit: int = 10) -> list[Case]:
    """The cases that the actor may list whose number holds the text, newest first. Logged as a search."""
    wanted = text.strip()
    if len(wanted) < 2:
        return []
    found = case_gate.listed(actor).filter(number__icontains=wanted).order_by("-opened_on", "-pk")[:limit]
    return case_gate.shown(actor, found, searched=wanted)


def hits_for(actor: Actor, text: str) -> list[Hit]:
    """The cases that a search finds: by their number, when what is written can be part of one."""
    wanted = text.upper()
    if not _CASE_NUMBER.fullmatch(wanted):
        return []
    return [
        Hit(case.number, reverse("cases:case", kwargs={"case_id": case.pk}), case.person.name)
        for case in cases_with_number(actor, wanted)
    ]


@dataclass(frozen=True)
class StuckCase:
    """An open case that nobody will get further with, and what it lacks, in Swedish."""

    case: Case
    lacks: list[str] = field(default_factory=list)


def stuck_cases(actor: Actor) -> list[StuckCase]:
    """The actor's open cases without a next step, an owner, or a date by which something happens.

    Empty is as it should be: no open case without next step, owner and date.
    """
    cases = list(case_gate.listed(actor).filter(closed_on=None).order_by("opened_on", "pk"))
    stuck = [row for row in listed_with_standing(cases, actor) if row.standing.lacks]
    case_gate.shown(actor, [row.case for row in stuck])
    return [StuckCase(row.case, row.standing.missing) for row in stuck]


def units_for_new_cases(actor: Actor) -> list[Unit]:
    """The units in which the actor may open a case."""
    held = actor.units(Role.REGISTRAR, Role.CASE_OFFICER, Role.UNIT_MANAGER)
    units = Unit.objects.order_by("name")
    return list(units if held is None else units.filter(pk__in=held))


def units() -> list[Unit]:
    """All units of the municipality."""
    return list(Unit.objects.order_by("name"))


def officers(unit_ids: Iterable[UUID] | None = None) -> list[User]:
    """Who is case officer today in one of the units or the whole municipality; in any when none is named."""
    held = Assignment.objects.filter(
        user_id=OuterRef("pk"), role=Role.CASE_OFFICER, valid__contains=clock.today()
    )
    if unit_ids is not None:
        held = held.filter(Q(unit=None) | Q(unit_id__in=list(unit_ids)))
    return list(User.objects.filter(Exists(held), is_active=True).order_by("name"))


def colleagues_on(case: Case) -> list[User]:
    """Who can get a task in the case: officer, co-workers, and its unit's manager, registrar and decider."""
    today = clock.today()
    staff = CaseStaff.objects.filter(user_id=OuterRef("pk"), case=case, valid__contains=today)
    lead = Assignment.objects.filter(
        Q(unit=None) | Q(unit_id=case.unit_id),
        user_id=OuterRef("pk"),
        role__in=[Role.UNIT_MANAGER, Role.REGISTRAR, Role.DECISION_MAKER],
        valid__contains=today,
    )
    return list(
        User.objects.filter(Q(pk=case.officer_id) | Exists(staff) | Exists(lead), is_active=True).order_by(
            "name"
        )
    )


def coworkers_of(case: Case) -> list[CaseStaff]:
    """The case's co-workers today."""
    return list(
        case.staff.filter(valid__contains=clock.today()).select_related("user").order_by("user__name")
    )


def notes_of(case: Case) -> list[JournalNote]:
    """A case's journal, newest first, with what each note corrects and is corrected by."""
    return list(
        case.notes.select_related("author", "consent", "corrects__author")
        .prefetch_related("corrections")
        .order_by("-happened_at", "-pk")
    )


def consents_of(case: Case) -> list[Consent]:
    """The consents of the case's person that have not been withdrawn, newest first."""
    return list(
        Consent.objects.filter(person_id=case.person_id, withdrawn_on=None).order_by("-given_on", "-pk")
    )


def tasks_of(case: Case) -> tuple[list[Task], list[Task]]:
    """A case's tasks: those to do, the earliest first and undated last, and those done, the latest first."""
    found = list(
        case.tasks.select_related("assignee", "done_by").order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    done = [task for task in found if task.done_at is not None]
    return [task for task in found if task.done_at is None], sorted(
        done, key=lambda task: (task.done_at is not None and task.done_at, task.pk), reverse=True
    )


def documents_of(case: Case) -> list[Document]:
    """A case's documents, newest first, without their content."""
    return list(
        Document.objects.filter(subject_kind="case", subject_id=case.pk)
        .select_related("created_by")
        .defer("content")
        .order_by("-created_at", "-pk")
    )


def document_of(case: Case, document_id: UUID) -> Document | None:
    """One document of a case, with its content; None when it is not the case's."""
    return Document.objects.filter(subject_kind="case", subject_id=case.pk, pk=document_id).first()


def accesses_to(
    case: Case, *, after: UUID | None = None, size: int = PAGE
) -> tuple[list[AccessLogEntry], UUID | None]:
    """Who has opened the case or been refused it, newest first, a page at a time ("vem har öppnat akten")."""
    found = AccessLogEntry.objects.filter(
        person_ids__contains=[case.person_id], kind="case", object_id=case.pk
    ).order_by("-pk")
    if after:
        found = found.filter(pk__lt=after)
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None
