"""The letter that puts the material to the person, made from the outbox (FL 25 §)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from egenmakt.casework.applications.queries import application_of
from egenmakt.casework.applications.recipients import recipient_of
from egenmakt.casework.cases.letters.sender import sender_of
from egenmakt.casework.communication.actions import COMMUNICATION_LETTER
from egenmakt.casework.communication.letter import CommunicationLetter, Material, render_communication
from egenmakt.casework.communication.models import Communication
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.documents.actions import store_document
from egenmakt.foundation.jobs.actions import handles
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.transaction import acting_in

LANGUAGE = "sv"


@handles(COMMUNICATION_LETTER)
def post_material(entry: OutboxEntry) -> None:
    """Make the letter of one communication. Acts as the one who sent it, and sees what she may see.

    The letter and the mark that the entry is done are one transaction, so it is made once. Raises RecipientHidden
    when the sender may no longer know who the person is.
    """
    writer = UUID(entry.payload["actor"])
    with acting_in(entry.municipality_id, writer), override(LANGUAGE):
        found = Communication.objects.select_related(
            "case__person__identity", "case__unit", "case__officer", "case__municipality", "sent_by"
        ).get(pk=entry.payload["communication"])
        store_document(
            actor=Actor(writer, "", entry.municipality_id, "", "", ()),
            kind=COMMUNICATION_LETTER,
            title=_("Kommunicering före beslut"),
            content=render_communication(_letter(found)),
            subject_kind="case",
            subject_id=found.case_id,
            language=LANGUAGE,
        )


def _letter(found: Communication) -> CommunicationLetter:
    case = found.case
    sender = sender_of(case)
    assert found.sent_on is not None  # noqa: S101 - the database holds it: sent with a day to answer by
    assert found.answer_by is not None  # noqa: S101
    return CommunicationLetter(
        reference=case.number,
        written_on=found.sent_on,
        sender=sender,
        recipient=recipient_of(case, application_of(case)),
        person_name=case.person.name,
        materials=tuple(
            Material(
                title=one["title"],
                source=one["source"],
                dated=date.fromisoformat(one["dated"]),
                summary=one["summary"],
            )
            for one in found.items
        ),
        answer_by=found.answer_by,
        officer=case.officer.name if case.officer else found.sent_by.name,
        officer_phone=sender.phone,
        proposal=found.material,
        language=LANGUAGE,
    )
