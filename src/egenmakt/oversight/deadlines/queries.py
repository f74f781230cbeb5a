"""What is to be done, by me or by my unit: worked out from the cases each time it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.casework.cases import deadlines
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, CaseStaff, Task
from egenmakt.casework.cases.queries import CaseRow, StuckCase, rows_of, stuck_cases
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui.pictures import DayMark, DeadlinePicture

Group = Literal["late", "week", "waiting", "coming"]
WEEK = timedelta(days=7)
STRIP_WEEKS = 6


@dataclass(frozen=True)
class Work:
    """One thing to do: the step as a sentence, whom and what it is about, by when and why then.

    `waits_for` is set when someone else is to act first.
    """

    title: str
    href: str
    case: Case
    due: date | None = None
    reason: str = ""
    waits_for: str = ""
    waits_since: date | None = None
    owner: str = ""

    def group(self, today: date) -> Group:
        """Under which heading it stands today."""
        if self.due is not None and self.due < today:
            return "late"
        if self.waits_for:
            return "waiting"
        if self.due is not None and self.due <= today + WEEK:
            return "week"
        return "coming"


@dataclass(frozen=True)
class Worklist:
    """All there is to do, under its headings, with the next six weeks as a picture."""

    late: list[Work]
    week: list[Work]
    waiting: list[Work]
    coming: list[Work]
    strip: DeadlinePicture
    today: date

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to do."""
        return not (self.late or self.week or self.waiting or self.coming)


def my_work(actor: Actor) -> Worklist:
    """What the actor is to do: in her own cases, as tasks, and (as decision-maker) proposals to sign.

    Protected persons are masked unless the actor is named. Logged as a list of what is shown. The number of queries
    does not grow with the cases.
    """
    today = clock.today()
    own = _own_cases(actor)
    works = [work for row in rows_of(own, actor.guideline) if (work := _of_row(row))]
    works += _tasks(actor, own)
    works += _unassigned(actor, own) if actor.has(Role.UNIT_MANAGER, Role.REGISTRAR) else []
    case_gate.shown(actor, {work.case.pk: work.case for work in works}.values())
    return _grouped(works, today)


def _own_cases(actor: Actor) -> list[Case]:
    if actor.user_id is None:  # scheduled jobs have no work of their own
        return []
    with_it = CaseStaff.objects.filter(user_id=actor.user_id, valid__contains=clock.today()).values("case_id")
    cases = case_gate.listed(actor).filter(closed_on=None)
    return list(cases.filter(Q(officer_id=actor.user_id) | Q(pk__in=with_it)).order_by("opened_on", "pk"))


def _of_row(row: CaseRow) -> Work | None:
    """The next step of a case; or what it waits for."""
    step = row.next_step or row.waits
    if step is None:
        return None
    due = _deadline_for(row, step.step.key)
    work = Work(
        title=step.action if row.next_step else step.step.title,
        href=step.url,
        case=row.case,
        due=due.day if due else None,
        reason=f"{due.title}: {due.reason}" if due else "",
        owner=row.case.officer.name if row.case.officer else "",
    )
    return work if row.next_step else replace(work, waits_for=step.state.note or _("någon annan"))


def _deadline_for(row: CaseRow, step: str) -> deadlines.CaseDeadline | None:
    """The deadline of the step one is in; else the nearest of the case."""
    return row.deadline


def _tasks(actor: Actor, own: Iterable[Case]) -> list[Work]:
    """Tasks given to the actor, and tasks given to nobody in her cases."""
    mine = [case.pk for case in own]
    listed = case_gate.listed(actor).select_related(None).values("pk")
    tasks = (
        Task.objects.filter(done_at=None, case_id__in=listed)
        .filter(Q(assignee_id=actor.user_id) | Q(assignee=None, case_id__in=mine))
        .select_related("case", "case__person", "case__person__identity", "assignee")
        .order_by("due_on", "pk")
    )
    return [_of_task(task) for task in tasks]


def _of_task(task: Task) -> Work:
    return Work(
        title=task.title,
        href=reverse("cases:tasks", kwargs={"case_id": task.case_id}),
        case=task.case,
        due=task.due_on,
        reason=task.due_reason,
        waits_for=task.waits_for,
        waits_since=task.waits_since,
        owner=task.assignee.name if task.assignee else "",
    )


def _unassigned(actor: Actor, own: Iterable[Case]) -> list[Work]:
    """Open cases without an officer, for those who hand them out."""
    already = {case.pk for case in own}
    cases = case_gate.listed(actor).filter(closed_on=None, officer=None).exclude(pk__in=already)
    rows = rows_of(cases.order_by("opened_on", "pk"), actor.guideline)
    return [
        Work(
            title=_("Utse handläggare"),
            href=reverse("cases:case", kwargs={"case_id": row.case.pk}),
            case=row.case,
            due=row.deadline.day if row.deadline else None,
            reason=row.deadline.reason if row.deadline else "",
        )
        for row in rows
    ]


def _grouped(works: list[Work], today: date) -> Worklist:
    groups: dict[Group, list[Work]] = {"late": [], "week": [], "waiting": [], "coming": []}
    for work in sorted(works, key=lambda work: (work.due or date.max, work.title, work.case.number)):
        groups[work.group(today)].append(work)
    marks = [
        DayMark(work.due, f"{work.title}, {work.case.number}", status=_status(work, today), href=work.href)
        for work in works
        if work.due is not None and today <= work.due <= today + STRIP_WEEKS * WEEK
    ]
    return Worklist(**groups, strip=DeadlinePicture(today, marks, weeks=STRIP_WEEKS), today=today)


def _status(work: Work, today: date) -> str:
    if work.waits_for:
        return "waiting"
    return "soon" if work.due is not None and work.due <= today + WEEK else "info"


@dataclass(frozen=True)
class Load:
    """How much one officer has: open cases, how many are late, due within a week, and waiting for others."""

    name: str
    cases: int
    late: int
    week: int
    waiting: int


@dataclass(frozen=True)
class UnitWork:
    """The unit at a glance: what is late and why, load per officer, cases that nobody gets further with."""

    late: list[Work]
    week: list[Work]
    loads: list[Load]
    stuck: list[StuckCase]
    strip: DeadlinePicture
    open_cases: int
    today: date = field(default_factory=clock.today)


def unit_work(actor: Actor, unit_id: UUID | None = None) -> UnitWork:
    """The work of the actor's unit, or of one of them. For managers, decision-makers and registrars.

    Protected persons are masked. Logged as a list of what is shown. The number of queries does not grow with the cases.
    """
    today = clock.today()
    cases = case_gate.listed(actor).filter(closed_on=None)
    if unit_id:
        cases = cases.filter(unit_id=unit_id)
    rows = rows_of(case_gate.shown(actor, cases.order_by("opened_on", "pk")), actor.guideline)
    works = [work for row in rows if (work := _of_row(row))]
    grouped = _grouped(works, today)
    return UnitWork(
        late=grouped.late,
        week=grouped.week,
        loads=_loads(works, today),
        stuck=stuck_cases(actor),
        strip=grouped.strip,
        open_cases=len(rows),
        today=today,
    )


def _loads(works: list[Work], today: date) -> list[Load]:
    counts: dict[str, Counter[str]] = {}
    for work in works:
        counts.setdefault(work.owner or _("utan handläggare"), Counter()).update([work.group(today), "cases"])
    return [
        Load(name, count["cases"], count["late"], count["week"], count["waiting"])
        for name, count in sorted(
            counts.items(), key=lambda item: (-item[1]["late"], -item[1]["cases"], item[0])
        )
    ]
