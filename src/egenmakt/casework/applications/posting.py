"""The acknowledgement of an application, made from the outbox (H-13)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from egenmakt.casework.applications.actions import ACKNOWLEDGEMENT
from egenmakt.casework.applications.letter import Acknowledgement, render_acknowledgement
from egenmakt.casework.applications.models import Application, Form
from egenmakt.casework.applications.queries import promised_days, supplements_of
from egenmakt.casework.applications.recipients import recipient_of
from egenmakt.casework.cases.letters.sender import sender_of
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.documents.actions import store_document
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.jobs.actions import handles
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.transaction import acting_in

LANGUAGE = "sv"


@handles(ACKNOWLEDGEMENT)
def acknowledge(entry: OutboxEntry) -> None:
    """Make the letter once. Acts as the one who registered the application, and sees what she may see.

    Raises RecipientHidden when she may no longer know who the person is; the entry then waits, and says so.
    """
    writer = UUID(entry.payload["actor"])
    with acting_in(entry.municipality_id, writer), override(LANGUAGE):
        application = Application.objects.select_related(
            "case__person__identity", "case__unit", "case__officer", "case__municipality", "representative"
        ).get(case_id=entry.payload["case"])
        case = application.case
        if Document.objects.filter(subject_kind="case", subject_id=case.pk, kind=ACKNOWLEDGEMENT).exists():
            return
        letter = _letter(application, entry.payload["guideline"], clock.today())
        store_document(
            actor=Actor(writer, "", entry.municipality_id, "", entry.payload["guideline"], ()),
            kind=ACKNOWLEDGEMENT,
            title=_("Bekräftelse på ansökan"),
            content=render_acknowledgement(letter),
            subject_kind="case",
            subject_id=case.pk,
            language=LANGUAGE,
        )


def _letter(application: Application, guideline: str, today: date) -> Acknowledgement:
    case = application.case
    recipient = recipient_of(case, application)
    sender = sender_of(case)
    contact_by, decision_by = promised_days(application, guideline)
    return Acknowledgement(
        reference=case.number,
        written_on=today,
        sender=sender,
        recipient=recipient,
        person_name=case.person.name,
        received=application.received_on,
        oral=application.form == Form.ORAL,
        wanted=application.asks_for,
        officer=case.officer.name if case.officer else case.unit.name,
        officer_phone=sender.phone,
        # a promise that has passed before the letter is written is not made in it
        contact_by=contact_by
        if contact_by and contact_by >= today and not application.first_contact_on
        else None,
        decision_by=decision_by if decision_by and decision_by >= today else None,
        still_needed=tuple(one.what for one in supplements_of(application) if one.received_on is None),
        language=LANGUAGE,
    )
