"""The proposal: writing it, answering the checklist, handing it to the decider, taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import works_on
from egenmakt.casework.decisions import actions, calculations, queries, rules, standard_reasons
from egenmakt.casework.decisions.delegation import delegated
from egenmakt.casework.decisions.forms import ChecklistForm, ProposalForm, ReasonForm
from egenmakt.casework.decisions.models import Proposal
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response

_REFUSED = (actions.CaseIsDecided, actions.ProposalIsWaiting, actions.NothingToDecide)


def _key(case: Case) -> str:
    return f"proposal:{case.pk}"


def _initial(proposal: Proposal | None) -> dict[str, Any]:
    return (
        {name: getattr(proposal, name) for name in ProposalForm.base_fields if name != "version"}
        if proposal
        else {}
    )


def _may_prepare(actor: Actor, case: Case) -> bool:
    return actor.has(Role.CASE_OFFICER) and works_on(actor, case) and case.closed_on is None


def _begun_with(case: Case) -> dict[str, Any]:
    """What a proposal that is not begun is shown with: what is already known."""
    application, sheet = getattr(case, "application", None), getattr(case, "needs_sheet", None)
    return {
        "applied_for": application.asks_for if application else "",
        "starts_on": sheet.starts_on if sheet else None,
        "ends_on": sheet.ends_on if sheet else None,
    }


@staff_view()
def proposal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The proposal as it stands: written by the officer, read by others, frozen once it is handed over."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    if request.method == "POST":
        return _save(request, actor, case)
    decided = queries.decision_of(case)
    current = queries.current_proposal(case)
    shown = decided.proposal if decided else current
    if decided or (shown and shown.proposed_at) or not _may_prepare(actor, case):
        return _read(request, actor, case, shown, decided is not None)
    draft = drafts.restore(
        request,
        ProposalForm,
        _key(case),
        version=shown.version if shown else 0,
        initial=_initial(shown) or _begun_with(case),
    )
    return _write(request, actor, case, shown, draft)


def _save(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        draft = drafts.of_form(request, form, _key(case))
        return _write(request, actor, case, queries.current_proposal(case), draft, status=422)
    version = form.cleaned_data.pop("version")
    try:
        saved = actions.revise_proposal(actor=actor, case_id=case.pk, version=version, **form.cleaned_data)
        if key := request.POST.get("insert"):
            saved = actions.insert_reason(actor=actor, case_id=case.pk, version=saved.version, key=key)
    except StaleVersion as stale:
        return conflict_response(request, stale, form, draft_key=_key(case))
    except (*_REFUSED, actions.ProposalInvalid) as refused:
        messages.error(request, str(refused))
        return redirect("decisions:proposal", case_id=case.pk)
    drafts.discard(request, _key(case))
    if key:
        messages.success(request, _("Texten är infogad. Ändra den så att den stämmer."))
        field = next(one.field for one in standard_reasons.standard_reasons() if one.key == key)
        return redirect(f"{request.path}#id_{field}")
    if request.POST.get("then") == "propose":
        return redirect("decisions:propose", case_id=case.pk)
    if request.POST.get("then") == "checklist":
        return redirect("decisions:checklist", case_id=case.pk)
    messages.success(request, _("Förslaget är sparat."))
    return redirect("decisions:proposal", case_id=saved.case_id)


def _write(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    current: Proposal | None,
    draft: drafts.Restored,
    *,
    status: int = 200,
) -> HttpResponse:
    unsaved = current or Proposal(case=case, **_begun_with(case))
    gate = rules.gate_context(unsaved, guideline=actor.guideline)
    texts: dict[str, list[standard_reasons.StandardReason]] = {}
    for one in standard_reasons.offered(gate.dossier, unsaved, gate.computed):
        texts.setdefault(one.field, []).append(one)
    results = rules.checked(gate)
    missing = rules.keeps_from_proposing(results)
    answered, asked = len(gate.dossier.answers), len([one for one in rules.CHECKLIST if one.applies(gate)])
    context = case_frame(request, case, current="proposal") | {
        "form": draft.form,
        "draft": draft,
        "proposal": current,
        "texts": texts,
        "checked": results if current else [],
        "missing": _to_mend(rules.keeps_from_proposing(results), gate),
        "computed": gate.computed,
        "parts": calculations.parts_of(gate),
        "sent_back": queries.sent_back(case),
        "answered": answered,
        "asked": asked,
        "next": "checklist" if answered < asked else "save" if missing or not current else "propose",
    }
    return render(request, "decisions/proposal_write.html", context, status=status)


def _to_mend(stops: list[rules.Checked], gate: rules.GateContext) -> list[rules.Checked]:
    """What keeps the proposal from being handed over, besides answers in the checklist: those are counted."""
    return [one for one in stops if not (one.requirement.question and one.requirement.look(gate).ok)]


def _read(
    request: HttpRequest, actor: Actor, case: Case, shown: Proposal | None, is_decided: bool
) -> HttpResponse:
    waits = shown is not None and shown.proposed_at is not None and not is_decided
    context = case_frame(request, case, current="proposal") | {
        "proposal": shown,
        "waits": waits,
        "is_decided": is_decided,
        "may_withdraw": waits and _may_prepare(actor, case),
        "who": str(_decided_by(actor, shown)) if waits and shown else "",
        "sent_back": queries.sent_back(case),
    }
    return render(request, "decisions/proposal_read.html", context)


def _decided_by(actor: Actor, shown: Proposal) -> str:
    found = delegated(actor.guideline, shown.kind, (shown.outcome or {}).get("timeline", []), clock.today())
    return found if isinstance(found, str) else found.who


@staff_view()
def checklist(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The items of the checklist, each with what the program found as evidence to begin from (H-17)."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    current = queries.current_proposal(case)
    if current is None or current.proposed_at or not _may_prepare(actor, case):
        messages.error(request, _("Kontrollistan besvaras medan förslaget skrivs."))
        return redirect("decisions:proposal", case_id=case.pk)
    gate = rules.gate_context(current, guideline=actor.guideline)
    items = [one for one in rules.CHECKLIST if one.applies(gate)]
    form = ChecklistForm(request.POST, items=items) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            actions.answer_checklist(actor=actor, case_id=case.pk, answers=_answers(form))
        except StaleVersion as stale:
            return conflict_response(request, stale, form)
        except (*_REFUSED, actions.ProposalInvalid) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Svaren i kontrollistan är sparade."))
        return redirect("decisions:proposal", case_id=case.pk)
    shown = form or ChecklistForm(items=items, initial=_answered(gate, items))
    context = case_frame(request, case, current="proposal") | {
        "form": shown,
        "rows": [(one, yes, evidence, one.look(gate)) for one, yes, evidence in shown.rows()],
        "fails_on": gate.fails_on,
    }
    return render(request, "decisions/checklist.html", context, status=422 if form else 200)


def _answers(form: ChecklistForm) -> dict[str, actions.Answered]:
    data = form.cleaned_data
    return {
        one.key: actions.Answered(
            fulfilled=data[f"{one.key}-fulfilled"],
            evidence=data[f"{one.key}-evidence"],
            version=data[f"{one.key}-version"] or 0,
        )
        for one in form.items
    }


def _answered(gate: rules.GateContext, items: list[rules.Requirement]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for one in items:
        answer = gate.dossier.answers.get(one.key)
        if answer is not None:
            initial[f"{one.key}-fulfilled"] = "yes" if answer.fulfilled else "no"
            initial[f"{one.key}-evidence"] = answer.evidence
            initial[f"{one.key}-version"] = answer.version
        else:
            with translation.override(settings.LANGUAGE_CODE):  # what is kept is Swedish
                found = one.look(gate)
            initial[f"{one.key}-evidence"] = found.sentence if found.ok else ""
    return initial


@staff_view()
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A sentence that says what will happen, and the handing over."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    current = queries.current_proposal(case)
    if current is None or current.proposed_at or not _may_prepare(actor, case):
        return redirect("decisions:proposal", case_id=case.pk)
    if request.method == "POST":
        posted = request.POST.get("version", "")
        try:
            actions.propose(actor=actor, case_id=case.pk, version=int(posted) if posted.isdecimal() else -1)
        except StaleVersion:
            messages.error(
                request, _("Förslaget har ändrats sedan sidan visades. Läs det och lämna det igen.")
            )
            return redirect("decisions:propose", case_id=case.pk)
        except actions.GateClosed:
            return redirect("decisions:propose", case_id=case.pk)
        except _REFUSED as refused:
            messages.error(request, str(refused))
            return redirect("decisions:proposal", case_id=case.pk)
        messages.success(request, _("Förslaget är lämnat till beslut."))
        return redirect("decisions:decision", case_id=case.pk)
    gate = rules.gate_context(current, guideline=actor.guideline)
    results = rules.checked(gate)
    context = case_frame(request, case, current="proposal") | {
        "proposal": current,
        "stops": rules.keeps_from_proposing(results),
        "waits_for": [
            one for one in rules.missing(results) if one not in rules.keeps_from_proposing(results)
        ],
        "who": _decided_by(actor, current) if current.kind else "",
        "form": forms.Form(),
    }
    return render(request, "decisions/propose.html", context)


@staff_view()
def withdraw(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Taking back a proposal that waits for decision."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_proposal(actor=actor, case_id=case.pk, reason=form.cleaned_data["reason"])
        except _REFUSED as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Förslaget är draget tillbaka. Du kan ändra i kopian."))
        return redirect("decisions:proposal", case_id=case.pk)
    context = case_frame(request, case, current="proposal") | {"form": form}
    return render(request, "decisions/withdraw.html", context, status=422 if form.errors else 200)
