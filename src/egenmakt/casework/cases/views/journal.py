"""The journal of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.casework.cases import actions, queries, rules
from egenmakt.casework.cases.forms import CorrectionForm, NoteForm, put_errors
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, JournalNote, NoteKind
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui import drafts
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response


@staff_view()
def journal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The journal, newest first, and a new note above it."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    key = f"journal_note:new:{case.pk}"
    consents = queries.consents_of(case)
    if request.method == "POST":
        form = NoteForm(request.POST, consents=consents, lock="lock" in request.POST)
        if form.is_valid():
            lock = "lock" in request.POST
            try:
                actions.write_note(actor=actor, case_id=case.pk, lock=lock, **form.values())
            except actions.NoteInvalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(
                    request, _("Anteckningen är låst.") if lock else _("Anteckningen är sparad.")
                )
                return redirect("cases:journal", case_id=case.pk)
        return _journal_page(request, case, drafts.of_form(request, form, key), status=422)
    initial = {"kind": NoteKind.CONTACT, "happened_on": clock.today()}
    return _journal_page(
        request, case, drafts.restore(request, NoteForm, key, initial=initial, consents=consents)
    )


def _journal_page(
    request: HttpRequest, case: Case, draft: drafts.Restored, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    context = case_frame(request, case, current="journal") | {
        "notes": queries.notes_of(case),
        "draft": draft,
        "form": draft.form,
        "may_write": case.closed_on is None and rules.works_on(actor, case),
        "me": actor.user_id,
        "new": "ny" in request.GET,
    }
    return render(request, "cases/journal.html", context, status=status)


def _note(case: Case, note_id: UUID) -> JournalNote:
    found = case.notes.select_related("author", "consent").filter(pk=note_id).first()
    if found is None:
        raise Http404
    return found


def _initial(note: JournalNote) -> dict[str, Any]:
    happened = note.happened_at.astimezone(clock.SWEDEN)
    return {
        "kind": note.kind,
        "happened_on": happened.date(),
        "happened_time": f"{happened:%H:%M}" if happened.time().isoformat() != "00:00:00" else "",
        "source": note.source,
        "source_name": note.source_name,
        "consent": note.consent_id or "",
        "without_consent_reason": note.without_consent_reason,
        "text": note.text,
    }


@staff_view()
def note(request: HttpRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """One's own working note: change it, lock it."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    found = _note(case, note_id)
    if found.locked_at is not None or found.author_id != actor.user_id:
        return redirect("cases:journal", case_id=case.pk)
    key = f"journal_note:{found.pk}"
    consents = queries.consents_of(case)
    frame = case_frame(request, case, current="journal") | {"note": found}
    if request.method == "POST":
        form = NoteForm(request.POST, consents=consents, lock="lock" in request.POST)
        if form.is_valid():
            lock = "lock" in request.POST
            try:
                actions.revise_note(
                    actor=actor, case_id=case.pk, note_id=found.pk, lock=lock,
                    version=form.cleaned_data["version"], **form.values(),
                )  # fmt: skip
            except StaleVersion as stale:
                return conflict_response(
                    request, stale, form, draft_key=key, template="cases/conflict.html", context=frame
                )
            except actions.NoteInvalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(
                    request, _("Anteckningen är låst.") if lock else _("Anteckningen är sparad.")
                )
                return redirect("cases:journal", case_id=case.pk)
        draft = drafts.of_form(request, form, key)
        return render(request, "cases/note.html", frame | {"form": form, "draft": draft}, status=422)
    draft = drafts.restore(
        request, NoteForm, key, version=found.version, initial=_initial(found), consents=consents
    )
    return render(request, "cases/note.html", frame | {"form": draft.form, "draft": draft})


@require_POST
@staff_view()
def lock_note(request: HttpRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Lock a working note as it stands in the list."""
    version = request.POST.get("version", "")
    try:
        actions.lock_note(
            actor=actor_of(request), case_id=case_id, note_id=note_id,
            version=int(version) if version.isdecimal() else 0,
        )  # fmt: skip
    except StaleVersion:
        messages.warning(
            request, _("Anteckningen har ändrats sedan du öppnade sidan. Läs den igen och lås den sedan.")
        )
    except actions.NoteInvalid as invalid:
        messages.error(request, _("Anteckningen kunde inte låsas. %(why)s") % {"why": invalid})
        return redirect("cases:note", case_id=case_id, note_id=note_id)
    else:
        messages.success(request, _("Anteckningen är låst."))
    return redirect("cases:journal", case_id=case_id)


@staff_view()
def correct_note(request: HttpRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Correct a locked note with a new one."""
    actor = actor_of(request)
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    found = _note(case, note_id)
    if found.locked_at is None:
        return redirect("cases:note", case_id=case.pk, note_id=found.pk)
    key = f"journal_note:correct:{found.pk}"
    frame = case_frame(request, case, current="journal") | {"note": found}
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        if form.is_valid():
            try:
                actions.correct_note(
                    actor=actor, case_id=case.pk, note_id=found.pk, text=form.cleaned_data["text"]
                )
            except actions.NoteInvalid as invalid:
                put_errors(form, invalid)
            else:
                drafts.discard(request, key)
                messages.success(
                    request, _("Rättelsen är låst. Den gamla anteckningen står kvar och hänvisar till den.")
                )
                return redirect("cases:journal", case_id=case.pk)
        draft = drafts.of_form(request, form, key)
        return render(request, "cases/note_correct.html", frame | {"form": form, "draft": draft}, status=422)
    draft = drafts.restore(request, CorrectionForm, key)
    return render(request, "cases/note_correct.html", frame | {"form": draft.form, "draft": draft})
