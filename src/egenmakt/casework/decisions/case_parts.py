"""What the room hangs on the case and the person: three steps, deadlines, what has happened, and the
measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.cases import deadlines, happenings, steps
from egenmakt.casework.cases import rules as case_rules
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions import measures, queries
from egenmakt.casework.decisions.models import Decision, Proposal
from egenmakt.casework.decisions.queries import Progress
from egenmakt.foundation import clock
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.ui.dates import long_date, short_date
from egenmakt.law import procedure
from egenmakt.register.people import panels


def register() -> None:
    """Called when the program starts."""
    for step in (PROPOSAL, DECISION, SERVICE):
        steps.register(step)
    happenings.register(happenings_of)
    deadlines.register(deadlines_of)
    deadlines.register_fulfilment("decision", queries.served_days)
    deadlines.register_fulfilment("delay_request", queries.decided_days)
    case_rules.register_hindrance(keeps_open)
    panels.register(panels.Panel("measures", 10, "decisions/measures.html", measures.load))
    panels.register_decided(queries.decided_hours)


def _proposal_state(_case: Case, loaded: Any) -> steps.StepState:
    progress: Progress = loaded or Progress()
    proposal = progress.proposal
    if progress.decision or (proposal and proposal.proposed_at):
        return steps.StepState("done")
    if progress.returned:
        return steps.StepState("ongoing", _("(kom tillbaka %s)") % short_date(progress.returned.at))
    return steps.StepState("ongoing") if proposal else steps.StepState("todo")


def _decision_state(_case: Case, loaded: Any) -> steps.StepState:
    progress: Progress = loaded or Progress()
    if progress.decision:
        return steps.StepState("done", f"({progress.decision.get_kind_display()})")
    proposal = progress.proposal
    if proposal is None or proposal.proposed_at is None:
        return steps.StepState("blocked", _("av att förslaget inte är lämnat"))
    return steps.StepState("waiting", _("på beslutsfattare sedan %s") % short_date(proposal.proposed_at))


def _service_state(_case: Case, loaded: Any) -> steps.StepState:
    progress: Progress = loaded or Progress()
    if progress.decision is None:
        return steps.StepState("blocked", _("av att beslutet inte är fattat"))
    if progress.service is None:
        return steps.StepState("todo")
    state = queries.served(progress.service, progress.notices)
    if state.in_force(clock.today()):
        return steps.StepState("done", _("(laga kraft)"))
    if any(one.in_time is not False for one in state.appeals):
        return steps.StepState("waiting", _("på att överklagandet avgörs"))
    last = state.appeal.last_day if state.appeal else None
    return steps.StepState(
        "waiting", _("på att tiden för överklagande går ut %s") % short_date(last) if last else ""
    )


PROPOSAL = steps.Step(
    key="proposal",
    order=60,
    title=gettext_lazy("Förslag"),
    action=gettext_lazy("Skriv förslaget"),
    url_name="decisions:proposal",
    load=queries.load_progress,
    state=_proposal_state,
    law=(
        steps.LawSection(
            "7 § LSS", gettext_lazy("Rätt till insatsen när behovet inte tillgodoses på annat sätt.")
        ),
        steps.LawSection(
            "31–32 §§ FL", gettext_lazy("Vad ett beslut ska innehålla, och att det ska ha skäl.")
        ),
    ),
    guideline_steps=("proposal", "decision"),
)

DECISION = steps.Step(
    key="decision",
    order=70,
    title=gettext_lazy("Beslut"),
    action=gettext_lazy("Besluta"),
    url_name="decisions:decision",
    load=queries.load_progress,
    state=_decision_state,
    law=(
        steps.LawSection("28 § FL", gettext_lazy("Vem som beslutar, och att föredraganden anges.")),
        steps.LawSection("16–18 §§ FL", gettext_lazy("Jäv: den som beslutar får inte ha intresse i saken.")),
    ),
)

SERVICE = steps.Step(
    key="service",
    order=80,
    title=gettext_lazy("Delgivning"),
    action=gettext_lazy("Lämna över beslutet"),
    url_name="decisions:service",
    load=queries.load_progress,
    state=_service_state,
    law=(
        steps.LawSection(
            "33 § FL", gettext_lazy("Beslutet lämnas så snart som möjligt, med hur man överklagar.")
        ),
        steps.LawSection("44 § FL", gettext_lazy("Tre veckor från den dag personen fick del av beslutet.")),
    ),
    guideline_steps=("service", "appeal"),
)


def happenings_of(case: Case) -> Iterator[happenings.Happening]:
    """Proposals handed over and sent back, the decision, its service, and appeals. A fixed number of
    queries."""
    at_proposal = reverse("decisions:proposal", kwargs={"case_id": case.pk})
    at_decision = reverse("decisions:decision", kwargs={"case_id": case.pk})
    at_service = reverse("decisions:service", kwargs={"case_id": case.pk})
    proposed = Proposal.objects.filter(case=case, proposed_at__isnull=False).select_related("prepared_by")
    for proposal in proposed.defer("facts", "outcome"):
        if proposal.proposed_at and proposal.prepared_by:
            title = _("Förslag lämnat till beslut: %s") % proposal.get_kind_display()
            yield happenings.Happening(
                proposal.proposed_at, title, proposal.prepared_by.name, url=at_proposal
            )
    for back in queries.sent_back(case):
        own = back.by_id == back.proposal.prepared_by_id
        title = _("Förslaget drogs tillbaka") if own else _("Förslaget återlämnades")
        yield happenings.Happening(back.at, title, back.by.name, back.reason, at_proposal, "soon")
    decision = queries.decision_of(case)
    if decision is None:
        return
    title = _("Beslut %(number)s: %(kind)s") % {
        "number": decision.number,
        "kind": decision.get_kind_display(),
    }
    yield happenings.Happening(
        decision.signed_at, title, decision.signed_by.name, url=at_decision, status="done"
    )
    state = queries.service_of(decision)
    if state.service:
        title = _("Beslutet nådde fram %s") % long_date(state.service.served_on)
        yield happenings.Happening(
            state.service.recorded_at,
            title,
            state.service.recorded_by.name,
            state.service.evidence,
            at_service,
        )
    for one in state.appeals:
        received = datetime.combine(one.notice.received_on, time(12), SWEDEN)
        yield happenings.Happening(
            received, _appeal_title(one), one.notice.recorded_by.name, one.notice.text, at_service
        )


def _appeal_title(one: queries.Appealed) -> str:
    if one.in_time is None:
        return _("Överklagande kom in")
    return _("Överklagande kom in i rätt tid") if one.in_time else _("Överklagande kom in för sent")


def deadlines_of(cases: Sequence[Case], _guideline: str) -> Mapping[UUID, Iterable[deadlines.CaseDeadline]]:
    """The last day to appeal of each served decision. It is the person's day: when it has passed it is
    over."""
    today = clock.today()
    decided = Decision.objects.filter(case__in=[case.pk for case in cases], service__isnull=False)
    found: dict[UUID, list[deadlines.CaseDeadline]] = {}
    for decision in decided.select_related("service").defer("gate"):
        last = procedure.appeal_deadline(decision.service.served_on)
        found.setdefault(decision.case_id, []).append(
            deadlines.CaseDeadline(
                day=last.last_day,
                kind="appeal",
                title=_("Sista dagen att överklaga"),
                reason=last.finding.reason,
                met_on=last.last_day if last.last_day < today else None,
                step="service",
                binding=True,
            )
        )
    return found


def keeps_open(case: Case) -> Iterator[str]:
    """What in this room keeps a case from being closed."""
    progress = queries.load_progress([case.pk]).get(case.pk, Progress())
    if progress.decision is None and progress.proposal and progress.proposal.proposed_at:
        yield _("Ett förslag väntar på beslut. Besluta eller dra tillbaka det först.")
    if progress.decision and progress.service is None:
        yield _("Det är inte registrerat att beslutet har nått fram.")
