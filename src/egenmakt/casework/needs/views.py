"""The moments editor, and what its script asks for as one types."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from egenmakt import law
from egenmakt.casework.cases import steps
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations.rules import may_change, require_change
from egenmakt.casework.needs import actions, conflict, editing, queries
from egenmakt.casework.needs.calculation import Calculation, assess, calculate, finding_for
from egenmakt.casework.needs.forms import MOST_ROWS, SheetForm
from egenmakt.casework.needs.library import by_need
from egenmakt.casework.needs.models import NeedsSheet
from egenmakt.casework.needs.pasting import read_pasted
from egenmakt.casework.needs.results import law_url
from egenmakt.casework.needs.rows import FRESH, RowForm, field_labels
from egenmakt.casework.needs.sheet import CaseFacts, MomentValues, SheetValues
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.foundation.ui.dates import clock_time, hours_change, hours_spoken
from egenmakt.foundation.ui.queries import draft_for

# The script's requests say so; a browser without it gets whole pages.
SCRIPT = "X-Egenmakt-Editor"


@dataclass(frozen=True)
class SheetDraft:
    """What there is to say about the actor's draft of the sheet (see foundation.ui.drafts)."""

    key: str
    version: int
    revision: int = 0
    recovered_at: datetime | None = None
    behind: bool = False
    offered: list[drafts.Offered] = field(default_factory=list)


@staff_view()
def sheet(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The sheet of moments: shown, changed a row at a time without a script, or saved."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    stored = queries.sheet_of(case)
    if request.method == "POST":
        require_change(actor, case)
    elif not may_change(actor, case):
        return _read_only(request, case, stored)
    else:
        form, draft = _form_and_draft(request, case, stored)
        return _editor(request, case, stored, form, draft)
    form = SheetForm.posted(dict(request.POST.lists()))
    asked = request.POST.get("do", "count")
    if asked == "save":
        return _save(request, case, stored, form)
    if asked.startswith("copy:"):
        focus = _copy_earlier(request, case, form, asked.removeprefix("copy:"))
    else:
        focus = editing.apply(form, asked)
    return _editor(request, case, stored, form, _draft_of(request, case, form), focus=focus)


@require_POST
@staff_view()
def count(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the law makes of what is typed, as pieces of the page. Saves nothing."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id, going_on=True)
    form = SheetForm.posted(dict(request.POST.lists()))
    calculation = _calculate(case, queries.sheet_of(case), form, actor.guideline)
    return JsonResponse(_answer(request, case, calculation))


@staff_view()
def explanation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Why a figure is what it is, as a tree: of what is typed (POST) or of what is stored (GET)."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    stored = queries.sheet_of(case)
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        form = SheetForm.posted(dict(request.POST.lists()))
    else:
        form = _stored_form(stored)
        form.shown_on = request.GET.get("shown_on", "")
    calculation = _calculate(case, stored, form, actor.guideline)
    what = asked.get("what", "total")
    row = form.row(what.removeprefix("row:")) if what.startswith("row:") else None
    context = {
        "finding": finding_for(calculation, what),
        "calculation": calculation,
        "what": row.name if row else _figure(what),
        "row": row,
        "law_url": law_url("x").removesuffix("x/"),
    }
    if request.headers.get(SCRIPT):
        return render(request, "needs/explanation_piece.html", context)
    context |= case_frame(request, case, current="needs")
    return render(request, "needs/explanation.html", context)


@require_POST
@staff_view()
def pasted(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Rows copied from a spreadsheet, as the fields they fill. Reads nothing of the case and saves nothing."""
    case_gate.open(actor_of(request), case_id)
    rows = read_pasted(request.POST.get("text", ""), request.POST.get("column", "text"))
    return JsonResponse({"rows": rows})


def _save(request: HttpRequest, case: Case, stored: NeedsSheet | None, form: SheetForm) -> HttpResponse:
    actor = actor_of(request)
    require_change(actor, case)
    draft = _draft_of(request, case, form)
    if form.values is None or not form.is_valid:
        return _editor(request, case, stored, form, draft, show_errors=True, status=422)
    rows = form.to_save()
    try:
        saved = actions.save_sheet(
            actor=actor, case_id=case.pk, version=form.version, sheet=form.values, rows=rows
        )
    except StaleVersion as stale:
        found = conflict.merge(form, _stored_form(queries.sheet_of(case)))
        draft = SheetDraft(draft.key, form.version, draft.revision)
        return _editor(request, case, stored, form, draft, stale=stale, differences=found, status=409)
    drafts.discard(request, draft.key)
    if request.headers.get(SCRIPT):
        return _saved_in_place(request, case, form, saved)
    text = ngettext("Ett moment är sparat.", "%(count)s moment är sparade.", len(rows)) % {"count": len(rows)}
    messages.success(request, text)
    return redirect(reverse("needs:sheet", kwargs={"case_id": case.pk}))


def _saved_in_place(request: HttpRequest, case: Case, form: SheetForm, saved: actions.Saved) -> HttpResponse:
    """What the script needs to go on where one was: the new version, the ids of new rows, the figures, what is next."""
    form.version = saved.sheet.version
    calculation = _calculate(case, queries.sheet_of(case), form, actor_of(request).guideline)
    following = steps.next_step(steps.steps_of_cases([case])[case.pk])
    return JsonResponse(
        {
            "version": saved.sheet.version,
            "ids": {row.key: str(pk) for row, pk in zip(form.counted, saved.ids, strict=True)},
            "saved": clock_time(saved.sheet.saved_at or clock.now()),
            "next": render_to_string("needs/next.html", {"step": following}, request),
            **_answer(request, case, calculation),
        }
    )


def _calculate(
    case: Case, stored: NeedsSheet | None, form: SheetForm, guideline: str, facts: CaseFacts | None = None
) -> Calculation:
    facts = facts or queries.case_facts(case, guideline)
    return calculate(form, facts, _stored_assessment(stored, facts))


def _stored_assessment(stored: NeedsSheet | None, facts: CaseFacts) -> law.Assessment | None:
    if stored is None:
        return None
    moments = [(str(moment.pk), MomentValues.of(moment)) for moment in stored.moments.all()]
    return assess(facts, SheetValues.of(stored), moments)[0]


def _stored_form(stored: NeedsSheet | None) -> SheetForm:
    return SheetForm.stored(stored, stored.moments.all()) if stored else SheetForm.new(clock.today())


def _form_and_draft(
    request: HttpRequest, case: Case, stored: NeedsSheet | None
) -> tuple[SheetForm, SheetDraft]:
    """The actor's draft where there is one, else what is stored. A draft of an older version is offered beside."""
    key, version = _key(case), stored.version if stored else 0
    found = draft_for(actor_of(request), key)
    form = _stored_form(stored)
    if found is None:
        return form, SheetDraft(key, version)
    drafted = SheetForm.posted(found.fields)
    if found.base_version == version:
        drafted.version = version
        return drafted, SheetDraft(key, version, found.revision, found.saved_at)
    offered = [
        drafts.Offered(f"{one.row}, {one.what.lower()}" if one.what else one.row, one.posted)
        for one in conflict.offered(drafted, form)
    ]
    if not offered:
        return form, SheetDraft(key, version, found.revision)
    return form, SheetDraft(key, version, found.revision, found.saved_at, behind=True, offered=offered)


def _draft_of(request: HttpRequest, case: Case, form: SheetForm) -> SheetDraft:
    found = draft_for(actor_of(request), _key(case))
    return SheetDraft(_key(case), form.version, found.revision if found else 0)


def _copy_earlier(request: HttpRequest, case: Case, form: SheetForm, earlier: str) -> str:
    """Add the rows of the person's sheet in another case, which the gate opens like any other."""
    actor = actor_of(request)
    other = next((one for one in queries.earlier_sheets(actor, case) if str(one.case_id) == earlier), None)
    if other is None:
        return ""
    sheet_there = queries.sheet_of(case_gate.open(actor, other.case_id))
    moments = [MomentValues.of(moment) for moment in sheet_there.moments.all()] if sheet_there else []
    return editing.append_moments(form, moments)


def _key(case: Case) -> str:
    return f"needs_sheet:{case.pk}"


def _explain_url(case: Case) -> str:
    return reverse("needs:explanation", kwargs={"case_id": case.pk})


def _figure(what: str) -> str:
    return {
        "total": _("Hela bedömningen"),
        "basic": _("Grundläggande behov"),
        "other": _("Andra personliga behov"),
        "basic_off": _("Föräldraavdrag, grundläggande behov"),
        "other_off": _("Föräldraavdrag, andra behov"),
        "verdict": _("Gränsen mellan kommunen och staten"),
    }.get(what, _("Förklaring"))


def _answer(request: HttpRequest, case: Case, calculation: Calculation) -> dict[str, Any]:
    """What the script puts in the page: pieces by their id, what is wrong in which field, and a sentence to say.

    What is only missing is left out of the errors: nobody is told off for a cell she has not come to yet.
    """
    form = calculation.form
    shown = request.POST
    context = {
        "calculation": calculation,
        "case": case,
        "explain_url": _explain_url(case),
        "changed": [one for one in calculation.results.values() if shown.get(f"had-{one.key}") != one.digest],
    }
    return {
        "pieces": render_to_string("needs/pieces.html", context, request),
        "errors": {
            **{f"id_{name}": wrong.message for name, wrong in form.errors.items() if not wrong.missing},
            **{
                f"r-{row.key}-{name}": wrong.message
                for row in form.unfinished
                for name, wrong in row.errors.items()
                if not wrong.missing
            },
        },
        "say": _spoken(calculation),
    }


def _spoken(calculation: Calculation) -> str:
    """The headline for those who listen: `Rätt till assistans 16 timmar i veckan, +1 h 10 min. …`"""
    if calculation.week is None:
        return calculation.problem
    change = calculation.change_s
    return " ".join(
        part
        for part in (
            calculation.headline,
            hours_spoken(calculation.shown_s),
            _("i veckan"),
            f"({hours_change(change)})" if change and abs(change) >= 60 else "",
        )
        if part
    )


def _editor(
    request: HttpRequest,
    case: Case,
    stored: NeedsSheet | None,
    form: SheetForm,
    draft: SheetDraft,
    *,
    focus: str = "",
    show_errors: bool = False,
    stale: StaleVersion | None = None,
    differences: list[conflict.Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    calculation = _calculate(case, stored, form, actor.guideline)
    context = case_frame(request, case, current="needs") | {
        "form": form,
        "explain_url": _explain_url(case),
        "draft": draft,
        "calculation": calculation,
        "labels": field_labels(),
        "library": by_need(),
        "earlier": queries.earlier_sheets(actor, case),
        "stored": stored,
        "errors": form.all_errors() if show_errors else [],
        "show_errors": show_errors,
        "focus": focus,
        "blank": RowForm("__key__", dict(FRESH)),
        "most_rows": MOST_ROWS,
        "stale": stale,
        "differences": differences or [],
    }
    return render(request, "needs/editor.html", context, status=status)


def _read_only(request: HttpRequest, case: Case, stored: NeedsSheet | None) -> HttpResponse:
    actor = actor_of(request)
    form = _stored_form(stored)
    form.shown_on = request.GET.get("shown_on", "")
    context = case_frame(request, case, current="needs") | {
        "stored": stored,
        "form": form,
        "explain_url": _explain_url(case),
        "calculation": _calculate(case, stored, form, actor.guideline) if stored else None,
    }
    return render(request, "needs/read_only.html", context)
