"""What is to be done by the one who asks: in her own cases, as tasks, and what others wait for her to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, CaseStaff, CaseStanding, Task
from egenmakt.casework.cases.standings import standings_of
from egenmakt.casework.decisions.models import Decision
from egenmakt.casework.decisions.queries import (
    WaitingProposal,
    decisions_ending,
    follow_ups_due,
    proposals_waiting,
)
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui.dates import short_date
from egenmakt.foundation.ui.pictures import DayMark, DeadlinePicture

Group = Literal["late", "mine", "week", "waiting", "coming", "later"]
WEEK = timedelta(days=7)
STRIP_WEEKS = 6
ENDING_MONTHS = 3
OF_OTHERS = 20  # of what others are to do, in the worklist of those who lead; the unit's page has the rest
LEADERS = (Role.DECISION_MAKER, Role.UNIT_MANAGER)


@dataclass(frozen=True)
class Work:
    """One thing to do: the step as a sentence, whom and what it is about, by when and why then.

    `waits_for` is set when someone else is to act first; `is_waited_for` when someone else waits for the reader.
    What `can_wait` need not be thought of until its day is near; the next step of a case can be taken now, however
    far off its day is. `note` says more about it in a few words.
    """

    title: str
    href: str
    case: Case
    due: date | None = None
    reason: str = ""
    note: str = ""
    waits_for: str = ""
    waits_since: date | None = None
    is_waited_for: bool = False
    can_wait: bool = False
    owner: str = ""

    def group(self, today: date) -> Group:
        """Under which heading it stands today."""
        if self.due is not None and self.due < today:
            return "late"
        if self.is_waited_for:
            return "mine"
        if self.waits_for:
            return "waiting"
        if self.due is not None and self.due <= today + WEEK:
            return "week"
        if self.can_wait and self.due is not None and self.due > today + STRIP_WEEKS * WEEK:
            return "later"
        return "coming"


@dataclass(frozen=True)
class Worklist:
    """All there is to do, under its headings, with the next six weeks as a picture; `later` is beyond them.

    `more_of_others` when more decisions of others end or are to be followed up than are shown here.
    """

    late: list[Work]
    mine: list[Work]
    week: list[Work]
    waiting: list[Work]
    coming: list[Work]
    later: list[Work]
    strip: DeadlinePicture
    today: date
    more_of_others: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to do."""
        return not (self.late or self.mine or self.week or self.waiting or self.coming or self.later)


def my_work(actor: Actor) -> Worklist:
    """What the actor is to do: in her own cases, as tasks, and what others wait for her to do.

    A decision-maker finds the proposals that wait for her signature, and with a unit manager the first of the
    follow-ups that are due and of the decisions that end within three months, with who is to act. Managers and
    registrars find the cases that have no officer. Protected persons are masked unless the actor is named. Logged as a
    list of what is shown. The number of queries does not grow with the cases.
    """
    today = clock.today()
    own = _own_cases(actor)
    to_sign = proposals_waiting(actor) if actor.has(Role.DECISION_MAKER) else []
    homeless = _without_officer(actor, own) if actor.has(Role.UNIT_MANAGER, Role.REGISTRAR) else []
    every = {case.pk: case for case in (*own, *homeless, *(one.case for one in to_sign))}
    standings = standings_of(every.values(), actor.guideline)
    signing = {one.case.pk for one in to_sign}
    works = [
        work for case in own if case.pk not in signing and (work := work_of_case(case, standings[case.pk]))
    ]
    works += _tasks(actor, own)
    works += [_unassigned(case, standings[case.pk]) for case in homeless]
    case_gate.shown(actor, {work.case.pk: work.case for work in works}.values())
    works += [_to_sign(one, standings[one.case.pk]) for one in to_sign]
    led = [ending(actor), follow_ups(actor, today + WEEK)] if actor.has(*LEADERS) else []
    works += [one for some in led for one in some[:OF_OTHERS]]
    return _grouped(works, today, more=any(len(some) > OF_OTHERS for some in led))


def _own_cases(actor: Actor) -> list[Case]:
    if actor.user_id is None:  # scheduled jobs have no work of their own
        return []
    with_it = CaseStaff.objects.filter(user_id=actor.user_id, valid__contains=clock.today()).values("case_id")
    cases = case_gate.listed(actor).filter(closed_on=None)
    return list(cases.filter(Q(officer_id=actor.user_id) | Q(pk__in=with_it)).order_by("opened_on", "pk"))


def _without_officer(actor: Actor, own: Iterable[Case]) -> list[Case]:
    """Open cases that nobody handles yet, for those who hand them out."""
    cases = case_gate.listed(actor).filter(closed_on=None, officer=None)
    return list(cases.exclude(pk__in=[case.pk for case in own]).order_by("opened_on", "pk"))


def work_of_case(case: Case, standing: CaseStanding) -> Work | None:
    """The next step of a case; or what it waits for; None when nothing remains."""
    if not standing.step:
        return None
    work = Work(
        title=standing.action if standing.is_next else standing.title,
        href=standing.url,
        case=case,
        due=standing.due_on,
        reason=standing.reason,
        owner=_officer(case),
    )
    return work if standing.is_next else replace(work, waits_for=_waits(standing))


def _waits(standing: CaseStanding) -> str:
    """`väntar på beslutsfattare sedan 20 april`, `spärrad av att beslutet inte är fattat`."""
    word = _("spärrad") if standing.state == "blocked" else _("väntar")
    return f"{word} {standing.note or _('på någon annan')}"


def _officer(case: Case) -> str:
    return case.officer.name if case.officer else ""


def _to_sign(waiting: WaitingProposal, standing: CaseStanding) -> Work:
    proposal = waiting.proposal
    who = proposal.prepared_by.name if proposal.prepared_by else ""
    return Work(
        title=_("Besluta om förslag: %s") % proposal.get_kind_display(),
        href=reverse("decisions:decision", kwargs={"case_id": waiting.case.pk}),
        case=waiting.case,
        due=standing.due_on,
        reason=standing.reason,
        note=_("från %(who)s %(day)s") % {"who": who, "day": short_date(proposal.proposed_at)}
        if proposal.proposed_at
        else "",
        is_waited_for=True,
        owner=_officer(waiting.case),
    )


def work_of_ending(decision: Decision, last: date) -> Work:
    """That a decision ends, with who is to try the need anew."""
    return Work(
        title=_("Beslut %s upphör") % decision.number,
        href=reverse("decisions:decision", kwargs={"case_id": decision.case_id}),
        case=decision.case,
        due=last,
        reason=_("Sista dagen enligt beslutet. Behovet prövas på nytt innan dess."),
        waits_for=_on_whom(decision.case),
        owner=_officer(decision.case),
    )


def work_of_follow_up(decision: Decision, day: date) -> Work:
    """That a decision is to be followed up, with who does it."""
    return Work(
        title=_("Uppföljning av beslut %s") % decision.number,
        href=reverse("cases:tasks", kwargs={"case_id": decision.case_id}),
        case=decision.case,
        due=day,
        reason=_("Dagen är bestämd i beslutet."),
        waits_for=_on_whom(decision.case),
        owner=_officer(decision.case),
    )


def ending(actor: Actor) -> list[Work]:
    """Decisions in others' cases that end within three months, the nearest first, a few and one more. Logged as shown."""
    found = decisions_ending(actor, ENDING_MONTHS, most=OF_OTHERS + 1, handled_by_others=True)
    return [work_of_ending(decision, last) for decision, last in found]


def follow_ups(actor: Actor, until: date) -> list[Work]:
    """Follow-ups of others' that fall due by `until`, the earliest first, a few and one more. Logged as shown."""
    found = follow_ups_due(actor, until, most=OF_OTHERS + 1, handled_by_others=True)
    return [
        work_of_follow_up(decision, decision.follow_up_on)  # type: ignore[attr-defined]  # annotated
        for decision in found
    ]


def _on_whom(case: Case) -> str:
    return _("väntar på %s") % case.officer.name if case.officer else _("väntar på att någon utses")


def _tasks(actor: Actor, own: Iterable[Case]) -> list[Work]:
    """Tasks given to the actor, and tasks given to nobody in her cases."""
    mine = [case.pk for case in own]
    found = _open_tasks(actor).filter(Q(assignee_id=actor.user_id) | Q(assignee=None, case_id__in=mine))
    return [work_of_task(task) for task in found]


def _open_tasks(actor: Actor) -> QuerySet[Task]:
    """What is not done in the cases that the actor may list, the earliest first."""
    listed = case_gate.listed(actor).select_related(None).values("pk")
    return (
        Task.objects.filter(done_at=None, case_id__in=listed)
        .select_related("case__person__identity", "case__officer", "assignee")
        .order_by("due_on", "pk")
    )


def work_of_task(task: Task) -> Work:
    """A task as something to do."""
    return Work(
        title=task.title,
        href=reverse("cases:tasks", kwargs={"case_id": task.case_id}),
        case=task.case,
        due=task.due_on,
        reason=task.due_reason,
        waits_for=task.waits_for,
        waits_since=task.waits_since,
        can_wait=True,
        owner=task.assignee.name if task.assignee else "",
    )


def _unassigned(case: Case, standing: CaseStanding) -> Work:
    return Work(
        title=_("Utse handläggare"),
        href=reverse("cases:handling", kwargs={"case_id": case.pk}),
        case=case,
        due=standing.due_on,
        reason=standing.reason,
        is_waited_for=True,
    )


def _grouped(works: list[Work], today: date, *, more: bool) -> Worklist:
    groups: dict[Group, list[Work]] = {key: [] for key in get_args(Group)}
    for work in sorted(works, key=lambda work: (work.due or date.max, work.title, work.case.number)):
        groups[work.group(today)].append(work)
    marks = [
        DayMark(
            work.due,
            f"{work.title}, {work.case.number}",
            status=mark_status(work.due, today, waits=bool(work.waits_for)),
            href=work.href,
        )
        for work in works
        if work.due is not None and today <= work.due <= today + STRIP_WEEKS * WEEK
    ]
    return Worklist(
        **groups,
        strip=DeadlinePicture(today, marks, weeks=STRIP_WEEKS),
        today=today,
        more_of_others=more,
    )


def mark_status(day: date, today: date, *, waits: bool) -> str:
    """How a day that is not past is drawn among the weeks ahead."""
    if waits:
        return "waiting"
    return "soon" if day <= today + WEEK else "info"
