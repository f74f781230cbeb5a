"""Reading documents. The room that owns the subject asks its gate first, and names the subject here."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db.models import QuerySet

from egenmakt.foundation.documents.models import Document


class DocumentNotFound(LookupError):
    """There is no such document about that subject, in this municipality."""


class DocumentAltered(RuntimeError):
    """The stored bytes are no longer those that were stored."""


def documents_of(*, subject_kind: str, subject_id: UUID) -> QuerySet[Document]:
    """The documents about a subject, oldest first, without their content."""
    found = Document.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return found.defer("content").order_by("created_at", "number")


def open_document(*, document_id: UUID, subject_kind: str, subject_id: UUID) -> Document:
    """The document with its content, if it is about the subject that the caller's gate has opened.

    Raises DocumentNotFound, and DocumentAltered when the bytes do not have the SHA-256 they were stored with.
    """
    found = Document.objects.filter(pk=document_id, subject_kind=subject_kind, subject_id=subject_id).first()
    if found is None:
        raise DocumentNotFound("Handlingen finns inte.")
    if hashlib.sha256(bytes(found.content)).hexdigest() != found.sha256:
        raise DocumentAltered(f"Handlingen {found.number} har ändrats sedan den sparades.")
    return found
