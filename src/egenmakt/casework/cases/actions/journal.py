"""Writing the journal: working notes, locking, and corrections.

A note is its author's until she locks it. A locked note never changes (the database sees to it); what was
wrong in it is put right by a new note that names it (LSS 21 a and 21 b §§).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from egenmakt.casework.cases import rules
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, JournalNote, NoteKind, NoteSource
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.register.representatives.models import Consent


class NoteInvalid(rules.Invalid):
    """A note cannot be kept, or locked, as it is."""


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    case_id: UUID,
    kind: str,
    happened_at: datetime,
    text: str,
    source: str = "",
    source_name: str = "",
    consent_id: UUID | None = None,
    without_consent_reason: str = "",
    lock: bool = False,
    corrects: JournalNote | None = None,
) -> JournalNote:
    """A new note in a case's journal, working, or locked at once when `lock`.

    Raises NotAllowed for who does not work on the case, NoteInvalid with all errors at once.
    """
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    note = JournalNote(case=case, author_id=rules.user_of(actor), written_at=clock.now(), corrects=corrects)
    _fill(
        note, kind=kind, happened_at=happened_at, text=text, source=source, source_name=source_name,
        consent_id=consent_id, without_consent_reason=without_consent_reason,
    )  # fmt: skip
    _check(note, lock=lock)
    note.locked_at = clock.now() if lock else None
    note.save()
    return note


@transaction.atomic
def revise_note(
    *,
    actor: Actor,
    case_id: UUID,
    note_id: UUID,
    version: int,
    kind: str,
    happened_at: datetime,
    text: str,
    source: str = "",
    source_name: str = "",
    consent_id: UUID | None = None,
    without_consent_reason: str = "",
    lock: bool = False,
) -> JournalNote:
    """Change one's own working note, and lock it when `lock`.

    Raises NotAllowed for others' notes and locked ones, StaleVersion, NoteInvalid with all errors at once.
    """
    note = _own_working_note(actor, case_id, note_id)
    rules.require_current(
        note,
        version,
        current={"kind": note.kind, "text": note.text},
        posted={"kind": kind, "text": text},
    )
    _fill(
        note, kind=kind, happened_at=happened_at, text=text, source=source, source_name=source_name,
        consent_id=consent_id, without_consent_reason=without_consent_reason,
    )  # fmt: skip
    _check(note, lock=lock)
    note.locked_at = clock.now() if lock else None
    note.version += 1
    note.save()
    return note


@transaction.atomic
def lock_note(*, actor: Actor, case_id: UUID, note_id: UUID, version: int) -> JournalNote:
    """Lock one's own working note as it stands. Raises NotAllowed, StaleVersion, NoteInvalid."""
    note = _own_working_note(actor, case_id, note_id)
    rules.require_current(note, version, current={"text": note.text}, posted={"text": ""})
    _check(note, lock=True)
    note.locked_at = clock.now()
    note.version += 1
    note.save(update_fields=["locked_at", "version"])
    return note


@transaction.atomic
def correct_note(
    *,
    actor: Actor,
    case_id: UUID,
    note_id: UUID,
    text: str,
    happened_at: datetime | None = None,
    lock: bool = True,
) -> JournalNote:
    """A new note that corrects a locked one; the old one stays and points at it.

    Raises NotAllowed when the old note is not locked: then it is changed by its author instead.
    """
    case = case_gate.open(actor, case_id)
    old = _note(case, note_id)
    if old.locked_at is None:
        raise NotAllowed(_("Anteckningen är inte låst än. Den som skrev den kan ändra den."))
    return write_note(
        actor=actor,
        case_id=case.pk,
        kind=old.kind,
        happened_at=happened_at or old.happened_at,
        text=text,
        source=old.source,
        source_name=old.source_name,
        consent_id=old.consent_id,
        without_consent_reason=old.without_consent_reason,
        lock=lock,
        corrects=old,
    )


def _note(case: Case, note_id: UUID, *, for_change: bool = False) -> JournalNote:
    notes = case.notes.all()
    found = (notes.select_for_update() if for_change else notes).filter(pk=note_id).first()
    if found is None:
        raise Http404
    return found


def _own_working_note(actor: Actor, case_id: UUID, note_id: UUID) -> JournalNote:
    case = case_gate.open(actor, case_id)
    rules.require_work(actor, case)
    note = _note(case, note_id, for_change=True)
    if note.locked_at is not None:
        raise NotAllowed(_("Anteckningen är låst. Rätta den med en ny anteckning."))
    if note.author_id != actor.user_id:
        raise NotAllowed(_("Bara den som skrev anteckningen kan ändra den innan den är låst."))
    return note


def _fill(
    note: JournalNote,
    *,
    kind: str,
    happened_at: datetime,
    text: str,
    source: str,
    source_name: str,
    consent_id: UUID | None,
    without_consent_reason: str,
) -> None:
    received = kind == NoteKind.RECEIVED
    from_others = received and source == NoteSource.OTHER
    consent = (
        Consent.objects.filter(pk=consent_id, person_id=note.case.person_id).first() if consent_id else None
    )
    values: dict[str, Any] = {
        "kind": kind,
        "happened_at": happened_at,
        "text": text.strip(),
        "source": source if received else "",
        "source_name": source_name.strip() if from_others else "",
        "consent": consent if from_others else None,
        "without_consent_reason": without_consent_reason.strip() if from_others and consent is None else "",
    }
    for name, value in values.items():
        setattr(note, name, value)


def _check(note: JournalNote, *, lock: bool) -> None:
    """All that is wrong with a note. A working note may lack what a locked one must have."""
    consent = note.consent
    errors = rules.note_problems(
        kind=note.kind,
        happened_at=note.happened_at,
        source=note.source,
        source_name=note.source_name,
        on_consent=consent is not None,
        without_consent_reason=note.without_consent_reason,
        lock=lock,
    )
    if lock and not note.text:
        errors["text"] = _("Skriv vad som hände innan du låser anteckningen.")
    if consent is not None and (withdrawn := consent.withdrawn_on) and withdrawn <= note.happened_at.date():
        errors["consent"] = _(
            "Samtycket var återkallat den dagen. Välj ett annat eller skriv varför uppgiften ändå finns här."
        )
    if errors:
        raise NoteInvalid(errors)
