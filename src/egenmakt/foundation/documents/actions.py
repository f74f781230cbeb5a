"""Storing documents: numbered, once, for ever."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.tenancy.actions import next_number

SERIES = "document"


class NotADocument(ValueError):
    """What was to be stored is empty, or is not the kind of file it says it is."""


@transaction.atomic
def store_document(
    *,
    actor: Actor,
    kind: str,
    title: str,
    content: bytes,
    subject_kind: str,
    subject_id: UUID,
    voice: str = "",
    language: str = "sv",
    media_type: str = "application/pdf",
) -> Document:
    """Store `content` under the next number of the municipality and year, with its SHA-256; it never changes.

    Runs in the caller's transaction: undone with it, number and all. The caller has asked its own gate
    whether the actor may. Raises NotADocument.
    """
    if not content:
        raise NotADocument("En handling kan inte vara tom.")
    if media_type == "application/pdf" and not content.startswith(b"%PDF-"):
        raise NotADocument("Innehållet är inte en PDF-fil.")
    moment = clock.now()
    year = moment.year
    return Document.objects.create(
        number=f"H-{year}-{next_number(series=SERIES, year=year):06d}",
        kind=kind,
        title=title,
        voice=voice,
        language=language,
        media_type=media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        subject_kind=subject_kind,
        subject_id=subject_id,
        created_at=moment,
        created_by_id=actor.user_id,
    )
