"""The unit at a glance, and its lists: what is late and why, who has how much, and what nobody gets further with.

Everything is counted and picked out by the database from the standings of the unit's open cases; only what is shown is
made into objects, and only that is logged as shown. A page makes as many queries for five cases as for five thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet, TextField, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, CaseStanding, Task
from egenmakt.casework.cases.queries import StuckCase
from egenmakt.casework.cases.standings import basis, refresh
from egenmakt.casework.decisions.models import Decision
from egenmakt.casework.decisions.queries import ending_within, follow_ups_until
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.pictures import DayMark, DeadlinePicture
from egenmakt.law.timeline import add_months
from egenmakt.oversight.deadlines.queries import (
    ENDING_MONTHS,
    STRIP_WEEKS,
    WEEK,
    Work,
    mark_status,
    work_of_case,
    work_of_ending,
    work_of_follow_up,
    work_of_task,
)

PAGE = 50
GLANCE = 10  # of each list, on the page that shows all of them
# What a list of the unit holds, as its address says it.
Kind = Literal["sent", "veckan", "dag", "upphor", "foljs_upp", "stannat"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Lists of one sort only, with the day and the key that they are in order of.
_SINGLE: dict[Kind, tuple[str, str]] = {
    "upphor": ("last_day", "pk"),
    "foljs_upp": ("follow_up_on", "pk"),
    "stannat": ("opened_on", "case_id"),
}
_WAITS = Q(state__in=("waiting", "blocked"))


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
    """The unit at a glance: what is late and why, load per officer, cases that nobody gets further with.

    `ending` are the decisions that end within three months, `follow_ups` those to be done within one. Of each list the
    first rows are here; the counts say how many there are.
    """

    late: list[Work]
    late_count: int
    week: list[Work]
    week_count: int
    ending: list[Work]
    ending_count: int
    follow_ups: list[Work]
    follow_up_count: int
    loads: list[Load]
    stuck: list[StuckCase]
    stuck_count: int
    strip: DeadlinePicture
    open_cases: int
    today: date = field(default_factory=clock.today)


@dataclass(frozen=True)
class UnitList:
    """A page of one of the unit's lists, how many rows the whole list has, and the key of the next page (empty on the
    last)."""

    kind: Kind
    day: date
    rows: list[Work]
    stuck: list[StuckCase]
    count: int
    following: str
    today: date

    @property
    def names_owner(self) -> bool:
        """Whether whose it is is to be told beside; otherwise it is told by what is waited for."""
        return self.kind not in ("upphor", "foljs_upp")


@dataclass(frozen=True)
class _Row:
    """A row of a list before its case is read: its place in the order, and what it is made of."""

    day: date
    key: UUID
    of: CaseStanding | Task | Decision

    @property
    def among(self) -> int:
        """How many rows of its sort the list has, from the place on that was asked for."""
        return int(self.of.among)  # type: ignore[union-attr]  # annotated

    @property
    def place(self) -> str:
        return f"{self.day.isoformat()}.{self.key}"


@dataclass(frozen=True)
class _Unit:
    """The open cases of the actor's units with their standings, and what is to be done in them."""

    actor: Actor
    today: date
    standings: QuerySet[CaseStanding]
    tasks: QuerySet[Task]

    def rows(self, kind: Kind, day: date, after: str = "", size: int = PAGE) -> list[_Row]:
        """The rows of a list after a place in it, and one more where there are more. Two queries at most."""
        if kind in _SINGLE:
            return _first(self.single(kind), *_SINGLE[kind], after, size)
        steps, tasks = self.listed(kind, day)
        both = _first(steps, "due_on", "case_id", after, size) + _first(tasks, "due_on", "pk", after, size)
        return sorted(both, key=lambda row: (row.day, row.key))[: size + 1]

    def count(self, kind: Kind, day: date) -> int:
        """How many rows a whole list has."""
        if kind in _SINGLE:
            return self.single(kind).count()
        steps, tasks = self.listed(kind, day)
        return steps.count() + tasks.count()

    def single(self, kind: Kind) -> QuerySet[Any]:
        """The rows of a list that is of one sort only."""
        if kind == "upphor":
            return ending_within(self.actor, ENDING_MONTHS)
        if kind == "foljs_upp":
            return follow_ups_until(self.actor, add_months(self.today, 1))
        return self.standings.exclude(lacks=[]).annotate(opened_on=F("case__opened_on"))

    def listed(self, kind: Kind, day: date) -> tuple[QuerySet[CaseStanding], QuerySet[Task]]:
        """The steps and the tasks of a list."""
        steps = self.standings.exclude(step="")
        if kind == "sent":
            return steps.filter(due_on__lt=self.today), self.tasks.filter(due_on__lt=self.today)
        if kind == "dag":
            return steps.filter(due_on=day), self.tasks.filter(due_on=day)
        soon = Q(due_on__range=(self.today, self.today + WEEK))
        return steps.filter(soon).exclude(_WAITS), self.tasks.filter(soon, waits_for="")


def _unit(actor: Actor) -> _Unit:
    """The unit with standings that hold. The first to ask after a change works out what has changed."""
    listed = case_gate.listed(actor).select_related(None).order_by().filter(closed_on=None)
    # asked of the gate once; the questions that follow are many
    ids = f"{{{','.join(map(str, listed.values_list('pk', flat=True)))}}}"
    refresh(Case.objects.filter(_within("cases_case.id", ids)), actor.guideline)
    kept = CaseStanding.objects.filter(_within("cases_casestanding.case_id", ids))
    tasks = Task.objects.filter(_within("cases_task.case_id", ids), done_at=None)
    return _Unit(
        actor,
        clock.today(),
        kept.filter(language=basis(actor.guideline).language),
        tasks.select_related("assignee"),
    )


def _within(column: str, ids: str) -> RawSQL:
    return RawSQL(f"{column} = ANY(%s::uuid[])", [ids], output_field=BooleanField())  # noqa: S611 - names of our own


def _first(rows: QuerySet[Any], day: str, key: str, after: str, size: int) -> list[_Row]:
    if place := _read(after):
        rows = rows.filter(Q(**{f"{day}__gt": place[0]}) | Q(**{day: place[0], f"{key}__gt": place[1]}))
    found = rows.annotate(among=Window(Count("*"))).order_by(day, key)[: size + 1]
    return [_Row(getattr(one, day), getattr(one, key), one) for one in found]


def _read(place: str) -> tuple[date, UUID] | None:
    """The place that an address names; None when it is none."""
    day, _dot, key = place.partition(".")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None


def unit_work(actor: Actor) -> UnitWork:
    """The work of the actor's units. For managers, decision-makers and registrars.

    Protected persons are masked. What is shown is logged as a list. The number of queries does not grow with the cases.
    """
    unit = _unit(actor)
    today = unit.today
    loads = _loads(unit)
    rows = {kind: unit.rows(kind, today, size=GLANCE)[:GLANCE] for kind in KINDS if kind != "dag"}
    counted = _tasks_counted(unit)
    days = _days(unit)
    alone = [one for some in days.values() if (one := _alone(some))]
    shown = [row.of.case_id for some in rows.values() for row in some] + [UUID(one["one"]) for one in alone]
    cases = _shown(actor, shown)
    return UnitWork(
        late=_works(rows["sent"], cases),
        late_count=sum(load.late for load in loads) + counted["late"],
        week=_works(rows["veckan"], cases),
        week_count=sum(load.week for load in loads) + counted["week"],
        ending=_works(rows["upphor"], cases),
        ending_count=_among(rows["upphor"]),
        follow_ups=_works(rows["foljs_upp"], cases),
        follow_up_count=_among(rows["foljs_upp"]),
        loads=loads,
        stuck=_stuck(rows["stannat"], cases),
        stuck_count=_among(rows["stannat"]),
        strip=DeadlinePicture(today, list(_marks(days, cases, today)), weeks=STRIP_WEEKS),
        open_cases=sum(load.cases for load in loads),
        today=today,
    )


def _among(rows: list[_Row]) -> int:
    return rows[0].among if rows else 0


def unit_list(actor: Actor, kind: Kind, day: date, after: str = "") -> UnitList:
    """A page of one of the unit's lists; `day` is the day of the list "dag". Logged as shown."""
    unit = _unit(actor)
    found = unit.rows(kind, day, after)
    rows = found[:PAGE]
    cases = _shown(actor, [row.of.case_id for row in rows])
    return UnitList(
        kind=kind,
        day=day,
        rows=[] if kind == "stannat" else _works(rows, cases),
        stuck=_stuck(rows, cases) if kind == "stannat" else [],
        count=unit.count(kind, day),
        following=rows[-1].place if len(found) > PAGE else "",
        today=unit.today,
    )


def _shown(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Case]:
    """The cases that a page shows, logged as shown. One query and the log's."""
    return {case.pk: case for case in case_gate.shown(actor, case_gate.listed(actor).filter(pk__in=set(ids)))}


def _works(rows: Iterable[_Row], cases: dict[UUID, Case]) -> list[Work]:
    return [work for row in rows if (case := cases.get(row.of.case_id)) and (work := _work(row, case))]


def _work(row: _Row, case: Case) -> Work | None:
    if isinstance(row.of, CaseStanding):
        return work_of_case(case, row.of)
    row.of.case = case
    if isinstance(row.of, Task):
        return work_of_task(row.of)
    return (work_of_ending if hasattr(row.of, "last_day") else work_of_follow_up)(row.of, row.day)


def _stuck(rows: Iterable[_Row], cases: dict[UUID, Case]) -> list[StuckCase]:
    return [
        StuckCase(case, row.of.missing)
        for row in rows
        if isinstance(row.of, CaseStanding) and (case := cases.get(row.of.case_id))
    ]


def _loads(unit: _Unit) -> list[Load]:
    """Every open case counts once, with whoever handles it."""
    late = ~Q(step="") & Q(due_on__lt=unit.today)
    on_time = ~Q(step="") & (Q(due_on=None) | Q(due_on__gte=unit.today))
    rows = (
        unit.standings.order_by()
        .values("case__officer_id", name=F("case__officer__name"))
        .annotate(
            cases=Count("pk"),
            late=Count("pk", filter=late),
            week=Count("pk", filter=on_time & ~_WAITS & Q(due_on__lte=unit.today + WEEK)),
            waiting=Count("pk", filter=on_time & _WAITS),
        )
    )
    loads = [
        Load(row["name"] or _("utan handläggare"), row["cases"], row["late"], row["week"], row["waiting"])
        for row in rows
    ]
    return sorted(loads, key=lambda load: (-load.late, -load.cases, load.name))


def _tasks_counted(unit: _Unit) -> dict[str, int]:
    soon = Q(due_on__range=(unit.today, unit.today + WEEK), waits_for="")
    counted: dict[str, int] = unit.tasks.order_by().aggregate(
        late=Count("pk", filter=Q(due_on__lt=unit.today)), week=Count("pk", filter=soon)
    )
    return counted


_Days = dict[tuple[date, bool], list[dict[str, Any]]]


def _days(unit: _Unit) -> _Days:
    """What is to be done on each of the days ahead, counted; waiting and not waiting apart. Two queries."""
    ahead = Q(due_on__range=(unit.today, unit.today + STRIP_WEEKS * WEEK))
    found: _Days = {}
    for rows, waits, texts in (
        (unit.standings.exclude(step=""), _WAITS, ("title", "action", "url_name")),
        (unit.tasks, ~Q(waits_for=""), ("title",)),
    ):
        # of a single row the largest is the row's own
        shown = {f"its_{name}": Max(name) for name in texts}
        counted: Iterable[Any] = (
            rows.filter(ahead)
            .order_by()
            .annotate(waits_now=ExpressionWrapper(waits, output_field=BooleanField()))
            .values("due_on", "waits_now")
            .annotate(number=Count("pk"), one=Max(Cast("case_id", TextField())), **shown)
        )
        for row in counted:
            found.setdefault((row["due_on"], row["waits_now"]), []).append(row)
    return found


def _alone(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The only thing of a day, where there is only one."""
    return rows[0] if len(rows) == 1 and rows[0]["number"] == 1 else None


def _marks(days: _Days, cases: dict[UUID, Case], today: date) -> Iterable[DayMark]:
    for (day, waits), rows in days.items():
        status = mark_status(day, today, waits=waits)
        only = _alone(rows)
        if only is None:
            count = sum(row["number"] for row in rows)
            yield DayMark(day, _label(count, waits=waits), status, list_url("dag", day), count)
        elif case := cases.get(UUID(only["one"])):
            yield _mark_of(only, case, day, status, waits=waits)


def _mark_of(row: dict[str, Any], case: Case, day: date, status: str, *, waits: bool) -> DayMark:
    title = row["its_title"] if waits or "its_action" not in row else row["its_action"]
    href = reverse(row.get("its_url_name") or "cases:tasks", kwargs={"case_id": case.pk})
    return DayMark(day, f"{title}, {case.number}", status, href)


def _label(count: int, *, waits: bool) -> str:
    if waits:
        words = ngettext("%(count)s sak som väntar på andra", "%(count)s saker som väntar på andra", count)
    else:
        words = ngettext("%(count)s sak att göra", "%(count)s saker att göra", count)
    return words % {"count": count}


def list_url(kind: Kind, day: date | None = None) -> str:
    """Where one of the unit's lists is read from its beginning."""
    asked = {"vad": kind} | ({"dag": day.isoformat()} if day else {})
    return f"{reverse('deadlines:unit_list')}?{urlencode(asked)}"
