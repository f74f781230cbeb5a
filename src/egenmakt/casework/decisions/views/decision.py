"""The decision: to the left the quality gate, to the right the letter as it will be; then the signature."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.casework.applications.recipients import recipient_of
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.letters.words import joined
from egenmakt.casework.cases.models import Case
from egenmakt.casework.decisions import actions, calculations, measures, queries, rules
from egenmakt.casework.decisions.delegation import Delegated, delegated
from egenmakt.casework.decisions.forms import ReasonForm, SignForm
from egenmakt.casework.decisions.letter_content import letter_of_proposal
from egenmakt.casework.decisions.letters import ContradictoryLetter, Voice, html_preview
from egenmakt.casework.decisions.letters.content import VOICES
from egenmakt.casework.decisions.models import Decision, Proposal
from egenmakt.casework.decisions.quality_gate import GRANTING, GateContext
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui.dates import hours_long, long_date, period
from egenmakt.foundation.ui.pictures import Step, StepPicture

_REFUSED = (actions.CaseIsDecided, actions.LetterNotWhole, actions.NothingToDecide)


@staff_view()
def decision(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is to be decided, or was: the gate beside the letter, in the voice one chooses."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    signed = queries.decision_of(case)
    if signed is not None:
        return _decided(request, actor, case, signed)
    return _to_decide(request, actor, case, queries.current_proposal(case))


def _to_decide(request: HttpRequest, actor: Actor, case: Case, proposal: Proposal | None) -> HttpResponse:
    context = case_frame(request, case, current="decision") | {"proposal": proposal}
    if proposal is None:
        return render(request, "decisions/nothing.html", context)
    handles = rules.may_handle_as_decider(actor, proposal)
    signer = actor if handles else None
    meeting = _as_in_a_meeting(actor, proposal)
    gate = rules.gate_context(proposal, guideline=actor.guideline, signer=signer, meeting=meeting)
    results = rules.checked(gate)
    letter, unfinished = _letter(request, gate)
    context |= {
        "checked": sorted(results, key=lambda one: ["missing", "asks", "done"].index(one.state)),
        "missing": rules.missing(results),
        "letter": letter,
        "unfinished": unfinished,
        "voices": _voices(request),
        "changes": gate.recomputation.changes if gate.recomputation else (),
        "same_now": gate.recomputation.same_now if gate.recomputation else True,
        "picture": _picture(gate),
        "ahead": calculations.next_change(gate, clock.today()) if proposal.kind in GRANTING else None,
        "may_sign": handles and proposal.proposed_at is not None,
        "closed": _why_closed(actor, proposal, gate, rules.missing(results)),
    }
    return render(request, "decisions/to_decide.html", context)


def _as_in_a_meeting(actor: Actor, proposal: Proposal) -> str:
    """The meeting is asked for when one signs; until then the page does not tell that it is missing."""
    timeline = (proposal.outcome or {}).get("timeline", [])
    found = delegated(actor.guideline, proposal.kind, timeline, clock.today())
    return _("anges när du undertecknar") if isinstance(found, Delegated) and found.order.in_meeting else ""


def _why_closed(actor: Actor, proposal: Proposal, gate: GateContext, missing: list[rules.Checked]) -> str:
    """Why the sign button is shut, in one sentence; empty when it is open."""
    if proposal.proposed_at is None:
        return _("Förslaget är inte lämnat till beslut än.")
    part = gate.dossier.investigators.get(actor.user_id) if actor.user_id else None
    if part:
        return _("Du %s. En annan person måste besluta.") % part
    if not rules.may_handle_as_decider(actor, proposal):
        found = delegated(gate.guideline, proposal.kind, gate.computed.timeline, clock.today())
        who = found.who if isinstance(found, Delegated) else found
        return _("Beslutet fattas av %s.") % who
    if missing:
        return _("Det återstår %(count)d av kraven i beslutskontrollen.") % {"count": len(missing)}
    return ""


def _voices(request: HttpRequest) -> list[dict[str, Any]]:
    names = {"legal": _("Juridisk text"), "plain": _("Klarspråk"), "easy": _("Lättläst")}
    chosen = _voice(request)
    return [{"key": one, "title": names[one], "current": one == chosen} for one in VOICES]


def _voice(request: HttpRequest) -> Voice:
    asked = request.GET.get("rost", "legal")
    return next((one for one in VOICES if one == asked), "legal")


def _letter(request: HttpRequest, gate: GateContext) -> tuple[str, str]:
    """The letter in the chosen voice, or in Swedish why it cannot be shown yet."""
    if not gate.kind:
        return "", _("Brevet visas när du har valt vilket beslut du föreslår.")
    try:
        return html_preview(letter_of_proposal(gate), _voice(request), heading_level=3), ""
    except ContradictoryLetter:
        return "", _("Brevet visas när det som saknas i beslutskontrollen är på plats.")


def _picture(gate: GateContext) -> StepPicture | None:
    parts = calculations.granted_parts(gate) if gate.kind in GRANTING else []
    if not parts:
        return None
    stretches = calculations.granted_stretches(gate)
    end = parts[-1].last_day or measures.horizon(parts[-1].first_day)
    steps = [
        Step(
            one.first_day,
            one.last_day or end,
            one.seconds_per_week,
            calculations.told(one.change) if one.change else "",
        )
        for one in stretches
    ]
    return StepPicture(_("Beviljad tid per vecka"), steps, clock.today())


def _decided(request: HttpRequest, actor: Actor, case: Case, signed: Decision) -> HttpResponse:
    grants = list(signed.grants.all())
    born = case.person.born
    ahead = measures.changes_ahead(grants, born, clock.today())
    context = case_frame(request, case, current="decision") | {
        "decision": signed,
        "proposal": signed.proposal,
        "grants": [
            {
                "period": period(one.valid.lower, measures.last_day(one)),
                "total_s": one.total_s,
                "basic_after_s": one.basic_after_s,
                "other_after_s": one.other_after_s,
                "municipal_share_s": one.municipal_share_s,
                "state": one.outcome == "state",
            }
            for one in grants
        ],
        "picture": measures.step_picture(grants, clock.today(), born),
        "ahead": ahead[0] if ahead else None,
        "findings": (signed.proposal.outcome or {}).get("findings", []),
        "letters": queries.letters_of(signed),
        "state": queries.service_of(signed),
    }
    return render(request, "decisions/decided.html", context)


@staff_view()
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The sentence that says what will happen to whom, and the signature."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    proposal = queries.current_proposal(case)
    if proposal is None or proposal.proposed_at is None:
        signed = queries.decision_of(case)
        messages.error(
            request, str(actions.CaseIsDecided(signed)) if signed else str(actions.NothingToDecide())
        )
        return redirect("decisions:decision", case_id=case.pk)
    in_meeting = bool(_as_in_a_meeting(actor, proposal))
    form = SignForm(request.POST if request.method == "POST" else None, in_meeting=in_meeting)
    if form.is_valid():
        return _sign(request, actor, case, form.cleaned_data.get("meeting", ""))
    gate = rules.gate_context(
        proposal, guideline=actor.guideline, signer=actor, meeting=_as_in_a_meeting(actor, proposal)
    )
    stops = rules.missing(rules.checked(gate))
    context = case_frame(request, case, current="decision") | {
        "form": form,
        "proposal": proposal,
        "stops": stops,
        "sentence": _sentence(case, proposal, gate),
        "reader": recipient_of(case, gate.dossier.application).name,
        "back": reverse("decisions:decision", kwargs={"case_id": case.pk}),
    }
    return render(request, "decisions/sign.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, actor: Actor, case: Case, meeting: str) -> HttpResponse:
    posted = request.POST.get("proposal", "")
    try:
        signed = actions.sign_decision(
            actor=actor, case_id=case.pk, proposal_id=_uuid(posted), meeting=meeting
        )
    except actions.GateClosed as closed:
        for one in closed.missing:
            messages.error(request, f"{one.requirement.title}: {one.result.sentence}")
        return redirect("decisions:decision", case_id=case.pk)
    except _REFUSED as refused:
        messages.error(request, str(refused))
        return redirect("decisions:decision", case_id=case.pk)
    messages.success(request, _("Beslut %s är undertecknat. Breven görs i ordning nu.") % signed.number)
    return redirect("decisions:decision", case_id=case.pk)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _sentence(case: Case, proposal: Proposal, gate: GateContext) -> str:
    """What will happen to whom, in one sentence."""
    name = case.person.name
    if proposal.kind in GRANTING:
        stretches = calculations.granted_stretches(gate)
        hours = [
            _("%(hours)s i veckan från %(day)s")
            % {"hours": hours_long(one.seconds_per_week), "day": long_date(one.first_day)}
            for one in stretches
        ]
        last = stretches[-1].last_day if stretches else None
        told = {
            "name": name,
            "hours": joined(hours),
            "end": _("till och med %s") % long_date(last) if last else _("tills vidare"),
        }
        if proposal.kind == "grant":
            return _("Du beviljar %(name)s personlig assistans med %(hours)s, %(end)s.") % told
        return _("Du beviljar %(name)s personlig assistans med %(hours)s, %(end)s, och avslår resten.") % told
    if proposal.kind == "refusal":
        return _("Du avslår ansökan om personlig assistans för %s.") % name
    if proposal.kind == "dismissal":
        return _("Du avvisar ansökan om personlig assistans för %s utan att pröva den.") % name
    return _("Du avskriver ärendet om personlig assistans för %s.") % name


@staff_view()
def send_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Sending a proposal back to its preparer with what is to be mended."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_proposal(actor=actor, case_id=case.pk, reason=form.cleaned_data["reason"])
        except (actions.NothingToDecide, actions.CaseIsDecided) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Förslaget är återlämnat."))
        return redirect("decisions:decision", case_id=case.pk)
    context = case_frame(request, case, current="decision") | {
        "form": form,
        "proposal": queries.current_proposal(case),
    }
    return render(request, "decisions/send_back.html", context, status=422 if form.errors else 200)
