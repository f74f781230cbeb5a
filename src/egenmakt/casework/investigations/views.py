"""Pages of the investigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations import actions, queries, rules
from egenmakt.casework.investigations.areas import NEXT_AREA, PATHS, SAYS, area_at
from egenmakt.casework.investigations.forms import (
    AssessmentForm,
    ChildViewForm,
    EvidenceForm,
    LifeAreaForm,
    TrialForm,
    initial_of,
)
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response


@dataclass(frozen=True)
class TextPage:
    """A page with one form for one row: what is stored, how it is saved, and where one goes next."""

    current: str
    template: str
    key: str
    form_class: type[forms.Form]
    row: Any
    save: Callable[..., Any]
    saved: str
    following: str
    form_arguments: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


@staff_view()
def personkrets(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The trial of the group of persons: evidence, the questions of the law, the officer's judgement."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    return _answer(request, case, _trial_page(request, case))


@require_POST
@staff_view()
def add_evidence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Add a piece of evidence; with errors the page comes back with what was typed."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    rules.require_change(actor, case)
    form = EvidenceForm(request.POST, prefix="underlag")
    if not form.is_valid():
        draft = drafts.of_form(request, form, _evidence_key(case))
        page = _trial_page(request, case, evidence_draft=draft)
        return _show(request, case, page, drafts.restore(request, **_restoring(page)), status=422)
    actions.add_evidence(actor=actor, case_id=case_id, **form.cleaned_data)
    drafts.discard(request, _evidence_key(case))
    messages.success(request, _("Underlaget är tillagt."))
    return redirect(reverse("investigations:personkrets", kwargs={"case_id": case_id}) + "#underlag")


@require_POST
@staff_view()
def remove_evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Take away a piece of evidence entered by mistake."""
    try:
        removed = actions.remove_evidence(actor=actor_of(request), case_id=case_id, evidence_id=evidence_id)
    except actions.NoSuchEvidence as missing:
        raise Http404 from missing
    messages.success(
        request, _("%(title)s är borttaget. Det finns kvar i historiken.") % {"title": removed.title}
    )
    return redirect(reverse("investigations:personkrets", kwargs={"case_id": case_id}) + "#underlag")


@staff_view()
def investigation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is written and what remains: assessment, the child's perspective, life areas."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    assessment = queries.assessment_texts_of(case)
    context = case_frame(request, case, current="investigation") | {
        "may_change": rules.may_change(actor, case),
        "areas": [{"shown": one, "path": PATHS[one.area]} for one in queries.life_areas_of(case)],
        "state": queries.investigation_state(case),
        "assessment": assessment,
        "assessment_missing": rules.missing_in_assessment(initial_of(assessment, AssessmentForm)),
        "child": queries.child_view_state(case),
    }
    return render(request, "investigations/investigation.html", context)


@staff_view()
def life_area(request: HttpRequest, case_id: UUID, area: str) -> HttpResponse:
    """One life area: the person's own view beside the officer's assessment."""
    chosen = area_at(area)
    if chosen is None:
        raise Http404
    case = case_gate.open(actor_of(request), case_id)
    shown = next(one for one in queries.life_areas_of(case) if one.area == chosen)
    here = reverse("investigations:investigation", kwargs={"case_id": case_id})
    after = NEXT_AREA.get(chosen)
    following = (
        reverse("investigations:life_area", kwargs={"case_id": case_id, "area": PATHS[after]})
        if after
        else here
    )
    page = TextPage(
        current="investigation",
        template="investigations/life_area.html",
        key=f"life_area:{case.pk}:{chosen.value}",
        form_class=LifeAreaForm,
        row=shown.note,
        save=partial(actions.save_life_area, area=chosen),
        saved=_("%(area)s är sparat.") % {"area": chosen.label},
        following=following if request.POST.get("then") == "next" else here,
        context={"area": chosen, "says": SAYS[chosen], "after": after, "back": here},
    )
    return _answer(request, case, page)


@staff_view()
def assessment(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The person's view, normalisation, what is met otherwise, good living conditions."""
    case = case_gate.open(actor_of(request), case_id)
    here = reverse("investigations:investigation", kwargs={"case_id": case_id})
    page = TextPage(
        current="investigation",
        template="investigations/assessment.html",
        key=f"assessment:{case.pk}",
        form_class=AssessmentForm,
        row=queries.assessment_texts_of(case),
        save=actions.save_assessment,
        saved=_("Den samlade bedömningen är sparad."),
        following=here,
        context={"back": here},
    )
    return _answer(request, case, page)


@staff_view()
def child_view(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The child's perspective. Only in a case that concerns a child."""
    case = case_gate.open(actor_of(request), case_id)
    if not queries.is_child(case):
        raise Http404
    here = reverse("investigations:investigation", kwargs={"case_id": case_id})
    page = TextPage(
        current="investigation",
        template="investigations/child_view.html",
        key=f"child_view:{case.pk}",
        form_class=ChildViewForm,
        row=queries.child_view_of(case),
        save=actions.save_child_view,
        saved=_("Barnets perspektiv är sparat."),
        following=here,
        context={"back": here},
    )
    return _answer(request, case, page)


def _trial_page(request: HttpRequest, case: Case, evidence_draft: drafts.Restored | None = None) -> TextPage:
    trial = queries.trial_of(case)
    if evidence_draft is None:
        evidence_draft = drafts.restore(request, EvidenceForm, _evidence_key(case), prefix="underlag")
    evidence = list(trial.evidence.all()) if trial else []
    return TextPage(
        current="personkrets",
        template="investigations/personkrets.html",
        key=f"personkrets:{case.pk}",
        form_class=TrialForm,
        row=trial,
        save=_save_trial,
        saved=_("Prövningen av personkretsen är sparad."),
        following=reverse("investigations:personkrets", kwargs={"case_id": case.pk}),
        form_arguments={"born": case.person.born},
        context={
            "evidence": evidence,
            "evidence_form": evidence_draft.form,
            "evidence_draft": evidence_draft,
            "judgement": queries.judgement_of(trial, len(evidence)),
            "disagreements": rules.disagreements(
                trial.outcome, queries.answers_of(trial), case.person.born, clock.today()
            )
            if trial
            else [],
        },
    )


def _save_trial(**fields: Any) -> Any:
    answers = {name: fields.pop(name) for name in queries.TRIAL_ANSWERS}
    return actions.save_trial(answers=answers, **fields)


def _evidence_key(case: Case) -> str:
    return f"evidence:new:{case.pk}"


def _answer(request: HttpRequest, case: Case, page: TextPage) -> HttpResponse:
    """Show the page, or save what was posted: errors and conflicts come back with all that was typed."""
    if request.method != "POST":
        return _show(request, case, page, drafts.restore(request, **_restoring(page)))
    actor = actor_of(request)
    rules.require_change(actor, case)
    form = page.form_class(request.POST, **page.form_arguments)
    if not form.is_valid():
        return _show(request, case, page, drafts.of_form(request, form, page.key), status=422)
    try:
        page.save(actor=actor, case_id=case.pk, **form.cleaned_data)
    except StaleVersion as stale:
        return conflict_response(request, stale, form, draft_key=page.key)
    drafts.discard(request, page.key)
    messages.success(request, page.saved)
    return redirect(page.following)


def _restoring(page: TextPage) -> dict[str, Any]:
    return {
        "form_class": page.form_class,
        "key": page.key,
        "version": getattr(page.row, "version", 0),
        "initial": initial_of(page.row, page.form_class),
        **page.form_arguments,
    }


def _show(
    request: HttpRequest, case: Case, page: TextPage, draft: drafts.Restored, status: int = 200
) -> HttpResponse:
    context = case_frame(request, case, current=page.current) | {
        "may_change": rules.may_change(actor_of(request), case),
        "form": draft.form,
        "draft": draft,
        "row": page.row,
        **page.context,
    }
    return render(request, page.template, context, status=status)
