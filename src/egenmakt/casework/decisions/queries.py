"""Reading proposals and decisions. Lists hold only what the actor may see, and are logged as shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Concat

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, Task
from egenmakt.casework.decisions.models import (
    AppealNotice,
    Decision,
    Grant,
    Letter,
    Proposal,
    Return,
    Service,
)
from egenmakt.casework.decisions.rules import may_handle_as_decider
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.law import procedure
from egenmakt.law.findings import Finding
from egenmakt.law.timeline import add_months

_ONE_DAY = timedelta(days=1)
FOLLOW_UP = "Följ upp beslut "  # how the task begins, as it is kept; the number follows


@dataclass(frozen=True)
class Appealed:
    """An appeal that has come in, and whether it was in time (FL 45 §); None while the service is not
    known."""

    notice: AppealNotice
    finding: Finding | None

    @property
    def in_time(self) -> bool | None:
        """Whether it came in time; None while that cannot be said."""
        return None if self.finding is None else bool(self.finding.result)


@dataclass(frozen=True)
class Served:
    """How far a decision has come since it was signed. Days are worked out when asked for."""

    service: Service | None
    appeal: procedure.Deadline | None
    legal_force: procedure.LegalForce
    appeals: tuple[Appealed, ...]

    def in_force(self, today: date) -> bool:
        """Whether the decision has legal force today (that it applies at once is another matter)."""
        return self.legal_force.day is not None and self.legal_force.day <= today


def served(service: Service | None, notices: Iterable[AppealNotice]) -> Served:
    """What follows from the day of service and the appeals that have come in."""
    appealed = tuple(
        Appealed(one, procedure.appeal_in_time(service.served_on, one.received_on) if service else None)
        for one in notices
    )
    tried = any(one.in_time is not False for one in appealed)
    return Served(
        service=service,
        appeal=procedure.appeal_deadline(service.served_on) if service else None,
        legal_force=procedure.legal_force([service.served_on if service else None], appealed=tried),
        appeals=appealed,
    )


def service_of(decision: Decision) -> Served:
    """How far one decision has come. Two queries."""
    service = Service.objects.filter(decision=decision).select_related("recorded_by").first()
    notices = (
        AppealNotice.objects.filter(decision=decision).select_related("recorded_by").order_by("received_on")
    )
    return served(service, notices)


def decision_of(case: Case) -> Decision | None:
    """The decision in a case, with its proposal and its grants in order; None before it is signed."""
    return (
        Decision.objects.filter(case=case)
        .select_related("proposal__prepared_by", "proposal__drafted_by", "signed_by", "prepared_by")
        .prefetch_related(Prefetch("grants", queryset=Grant.objects.order_by("valid")))
        .order_by("-signed_at")
        .first()
    )


def current_proposal(case: Case) -> Proposal | None:
    """The proposal that is being written or waits for decision; None when there is neither."""
    return (
        Proposal.objects.filter(case=case, returned=None, decision=None)
        .select_related("case__municipality", "prepared_by", "drafted_by")
        .order_by("-pk")
        .first()
    )


def sent_back(case: Case) -> list[Return]:
    """The times a proposal in the case was returned or withdrawn, newest first."""
    return list(
        Return.objects.filter(proposal__case=case)
        .select_related("by", "proposal__prepared_by")
        .order_by("-at")
    )


def letters_of(decision: Decision) -> list[Letter]:
    """The letters of a decision, without their content, the legal one first."""
    order = {"legal": 0, "plain": 1, "easy": 2}
    found = Letter.objects.filter(decision=decision).select_related("document").defer("document__content")
    return sorted(found, key=lambda one: order[one.voice])


def letter_with_content(case: Case, letter_id: UUID) -> Letter | None:
    """One letter of a case, with its content; None when it is not the case's."""
    return Letter.objects.filter(decision__case=case, pk=letter_id).select_related("document").first()


# What the worklist asks.


# What a proposal says is long, and asked for by no list.
_TEXTS = tuple(one.name for one in Proposal._meta.fields if isinstance(one, TextField))


@dataclass(frozen=True)
class WaitingProposal:
    """A proposal that waits for the actor's signature."""

    case: Case
    proposal: Proposal


def proposals_waiting(actor: Actor) -> list[WaitingProposal]:
    """The proposals that wait for a signature the actor may give by the delegation order, the oldest
    first."""
    waiting = (
        Proposal.objects.filter(
            case__in=case_gate.listed(actor).select_related(None).values("pk"),
            case__closed_on=None,
            proposed_at__isnull=False,
            returned=None,
            decision=None,
        )
        .select_related("case__person__identity", "case__unit", "case__officer", "prepared_by")
        .defer("facts", *_TEXTS)
        .order_by("proposed_at")
    )
    mine = [one for one in waiting if may_handle_as_decider(actor, one)]
    case_gate.shown(actor, [one.case for one in mine])
    return [WaitingProposal(one.case, one) for one in mine]


def _decisions(actor: Actor) -> QuerySet[Decision]:
    """The decisions in cases that the actor has to do with."""
    return Decision.objects.filter(
        case__in=case_gate.listed(actor).select_related(None).values("pk")
    ).select_related("case__person__identity", "case__unit", "case__officer", "proposal", "signed_by")


def _shown(actor: Actor, decisions: Iterable[Decision]) -> list[Decision]:
    rows = list(decisions)
    case_gate.shown(actor, [one.case for one in rows])
    return rows


def decisions_not_served(actor: Actor) -> list[Decision]:
    """Signed decisions of which it is not recorded that the person has got them, the oldest first."""
    return _shown(actor, _decisions(actor).filter(service=None).order_by("signed_at"))


def ending_within(actor: Actor, months: int) -> QuerySet[Decision]:
    """Decisions in force whose last day comes within so many months, the nearest first, with it as `last_day`.

    Light rows, with nothing of the case. What is shown of them is the caller's to log.
    """
    today = clock.today()
    first, beyond = today + _ONE_DAY, add_months(today, months) + _ONE_DAY  # ends are the day after the last
    grants = Grant.objects.filter(decision=OuterRef("pk")).order_by()
    ends = grants.values("decision").annotate(end=Max("valid__endswith")).values("end")
    near = Grant.objects.order_by().filter(valid__endswith__range=(first, beyond))
    later = grants.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=beyond))
    return (
        _light(actor)
        .filter(pk__in=near.values("decision"))
        .filter(~Exists(later))
        .annotate(last_day=ExpressionWrapper(Subquery(ends) - Value(1), output_field=DateField()))
        .order_by("last_day", "pk")
    )


def decisions_ending(
    actor: Actor, months: int, *, most: int | None = None, handled_by_others: bool = False
) -> list[tuple[Decision, date]]:
    """Decisions in force whose last day comes within so many months, with that day, the nearest first and so many of
    them; with `handled_by_others` only in cases that the actor is not the officer of."""
    rows = _shown(actor, _with_cases(actor, ending_within(actor, months), handled_by_others)[:most])
    return [(one, one.last_day) for one in rows]  # type: ignore[attr-defined]  # annotated


def follow_ups_until(actor: Actor, until: date) -> QuerySet[Decision]:
    """Decisions whose follow-up day comes by `until` and whose follow-up is not done, the earliest first, with the day
    as `follow_up_on`.

    Light rows, with nothing of the case. What is shown of them is the caller's to log.
    """
    done = Task.objects.filter(
        case_id=OuterRef("case_id"),
        title=Concat(Value(FOLLOW_UP), OuterRef("number")),
        done_at__isnull=False,
    )
    return (
        _light(actor)
        .annotate(follow_up_on=F("proposal__follow_up_on"))
        .filter(follow_up_on__lte=until)
        .filter(Exists(Grant.objects.filter(decision=OuterRef("pk"))))
        .filter(~Exists(done))
        .order_by("follow_up_on", "pk")
    )


def follow_ups_due(
    actor: Actor, until: date, *, most: int | None = None, handled_by_others: bool = False
) -> list[Decision]:
    """Decisions whose follow-up day comes by `until` and whose follow-up is not done, the earliest first and so many
    of them; with `handled_by_others` only in cases that the actor is not the officer of."""
    return _shown(actor, _with_cases(actor, follow_ups_until(actor, until), handled_by_others)[:most])


def _light(actor: Actor) -> QuerySet[Decision]:
    """The decisions in cases that the actor has to do with, with no more than what a list tells of them."""
    listed = case_gate.listed(actor).select_related(None).values("pk")
    return Decision.objects.filter(case__in=listed).only("number", "case")


def _with_cases(actor: Actor, rows: QuerySet[Decision], handled_by_others: bool) -> QuerySet[Decision]:
    if handled_by_others and actor.user_id:
        rows = rows.exclude(case__officer_id=actor.user_id)
    return (
        rows.select_related("case__person__identity", "case__unit", "case__officer").defer(None).defer("gate")
    )


def legal_force_pending(actor: Actor) -> list[tuple[Decision, Served]]:
    """Decisions that are served but do not have legal force yet, with their last day to appeal, the
    nearest first."""
    found = (
        _decisions(actor)
        .filter(service__isnull=False)
        .select_related("service")
        .prefetch_related("appeals")
        .filter(service__served_on__gte=clock.today() - timedelta(days=60))
    )
    today = clock.today()
    pending = [
        (one, state) for one in found if not (state := served(one.service, one.appeals.all())).in_force(today)
    ]
    _shown(actor, [one for one, _state in pending])
    return sorted(pending, key=lambda row: row[1].appeal.last_day if row[1].appeal else date.max)


def decisions_in_force(actor: Actor) -> list[Grant]:
    """What is granted today in the cases the actor has to do with: one stretch for each decision in force."""
    found = (
        Grant.objects.filter(
            valid__contains=clock.today(),
            decision__case__in=case_gate.listed(actor).select_related(None).values("pk"),
        )
        .select_related("decision__case__person__identity", "decision__case__unit", "decision__case__officer")
        .order_by("decision__number")
    )
    rows = list(found)
    case_gate.shown(actor, [one.decision.case for one in rows])
    return rows


# What the deadlines of a case ask.


def served_days(case_ids: list[UUID]) -> Mapping[UUID, date]:
    """The day on which the decision reached the person, in cases where it has."""
    return dict(
        Service.objects.filter(decision__case__in=case_ids).values_list("decision__case_id", "served_on")
    )


def decided_days(case_ids: list[UUID]) -> Mapping[UUID, date]:
    """The day on which each case was decided, where it is."""
    return dict(Decision.objects.filter(case__in=case_ids).values_list("case_id", "decided_on"))


# What the register asks of a person.


def decided_hours(person_ids: list[UUID], day: date) -> Mapping[UUID, int]:
    """What is decided for persons on a day, in seconds per week. A later decision takes the place of an
    earlier."""
    rows = (
        Grant.objects.filter(decision__case__person__in=person_ids, valid__contains=day)
        .order_by("decision__signed_at")
        .values_list("decision__case__person_id", "total_s")
    )
    return dict(rows)


def grants_of_person(person_id: UUID) -> list[Grant]:
    """Every stretch ever granted a person, in order of the decisions."""
    return list(
        Grant.objects.filter(decision__case__person_id=person_id)
        .select_related("decision__case", "decision__proposal")
        .order_by("decision__signed_at", "valid")
    )


# What the steps of many cases need.


@dataclass(frozen=True)
class Progress:
    """How far a case has come in this room."""

    proposal: Proposal | None = None
    returned: Return | None = None
    decision: Decision | None = None
    service: Service | None = None
    notices: tuple[AppealNotice, ...] = ()


# The states ask only for these; the texts of a proposal are long.
_PROGRESS = (
    "case", "proposed_at", "returned__proposal", "returned__at", "decision__proposal", "decision__case",
    "decision__kind", "decision__service__decision", "decision__service__served_on",
)  # fmt: skip


def load_progress(case_ids: list[UUID]) -> Mapping[UUID, Progress]:
    """The progress of many cases, in two queries."""
    proposals = (
        Proposal.objects.filter(case__in=case_ids)
        .select_related("returned", "decision__service")
        .only(*_PROGRESS)
        .order_by("pk")
    )
    found: dict[UUID, Progress] = {}
    for proposal in proposals:
        before = found.get(proposal.case_id, Progress())
        returned = getattr(proposal, "returned", None)
        decision = getattr(proposal, "decision", None)
        found[proposal.case_id] = replace(
            before,
            proposal=before.proposal if returned else proposal,
            returned=returned or before.returned,
            decision=decision or before.decision,
            service=getattr(decision, "service", None) or before.service,
        )
    notices: dict[UUID, list[AppealNotice]] = {}
    for notice in AppealNotice.objects.filter(decision__case__in=case_ids).annotate(
        case_id=F("decision__case_id")
    ):
        notices.setdefault(notice.case_id, []).append(notice)
    return {
        case_id: replace(progress, notices=tuple(notices.get(case_id, ())))
        for case_id, progress in found.items()
    }
