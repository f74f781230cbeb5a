"""A document is stored once under a number of its own, stays as it is, and is opened by those it concerns."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from egenmakt.foundation import clock
from egenmakt.foundation.documents.actions import NotADocument, store_document
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.documents.queries import DocumentNotFound, documents_of, open_document
from egenmakt.foundation.identity.models import Role

PDF = b"%PDF-1.7 ett brev"


def store(actor, subject, content=PDF, **more):
    return store_document(
        actor=actor, kind="decision_letter", title="Beslut", content=content, subject_kind="case", subject_id=subject,
        **more,
    )  # fmt: skip


@pytest.mark.req("H-18")
def test_documents_are_numbered_per_municipality_and_year(world):
    officer, subject = world.staff(Role.CASE_OFFICER), uuid4()
    world.act(officer)
    with clock.at(date(2026, 12, 31)):
        first, second = store(officer, subject), store(officer, subject)
    with clock.at(date(2027, 1, 1)):
        third = store(officer, subject)
    numbers = [one.number for one in (first, second, third)]
    assert numbers == ["H-2026-000001", "H-2026-000002", "H-2027-000001"]


@pytest.mark.req("H-18")
def test_what_is_opened_is_what_was_stored_with_who_and_when(world):
    officer, subject = world.staff(Role.CASE_OFFICER), uuid4()
    world.act(officer)
    stored = store(officer, subject, voice="plain")
    opened = open_document(document_id=stored.pk, subject_kind="case", subject_id=subject)
    assert bytes(opened.content) == PDF
    assert opened.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (opened.voice, opened.created_by_id) == ("plain", officer.user_id)
    assert list(documents_of(subject_kind="case", subject_id=subject)) == [stored]


@pytest.mark.req("H-12")
def test_a_document_about_another_subject_is_not_found(world):
    officer, subject = world.staff(Role.CASE_OFFICER), uuid4()
    world.act(officer)
    stored = store(officer, subject)
    with pytest.raises(DocumentNotFound):
        open_document(document_id=stored.pk, subject_kind="case", subject_id=uuid4())
    with pytest.raises(DocumentNotFound):
        open_document(document_id=stored.pk, subject_kind="person", subject_id=subject)


@pytest.mark.req("H-12")
def test_another_municipality_does_not_find_it(world):
    officer, subject = world.staff(Role.CASE_OFFICER), uuid4()
    world.act(officer)
    stored = store(officer, subject)
    world.enter(world.away)
    with pytest.raises(DocumentNotFound):
        open_document(document_id=stored.pk, subject_kind="case", subject_id=subject)


@pytest.mark.req("H-18")
@pytest.mark.parametrize(
    "statement",
    ["UPDATE documents_document SET content = 'x'", "DELETE FROM documents_document"],
    ids=["changed", "deleted"],
)
def test_a_stored_document_is_never_changed_or_deleted(world, statement):
    officer, subject = world.staff(Role.CASE_OFFICER), uuid4()
    world.act(officer)
    store(officer, subject)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert bytes(Document.objects.get().content) == PDF


@pytest.mark.parametrize("content", [b"", b"<html>"])
def test_what_is_empty_or_no_pdf_is_not_stored(world, content):
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    with pytest.raises(NotADocument):
        store(officer, uuid4(), content)
    assert not Document.objects.exists()
