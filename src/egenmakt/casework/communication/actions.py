"""Putting the material of a case to the person before the decision, or saying lawfully why not (FL 25 §)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from egenmakt.casework.cases.answering import answer_day_problem
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.rules import Invalid, require_current, require_work, user_of
from egenmakt.casework.communication import rules
from egenmakt.casework.communication.models import Communication, OralInformation, OralKind, Waiver
from egenmakt.casework.communication.queries import materials_of
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.jobs.actions import enter

COMMUNICATION_LETTER = "communication_letter"


class CommunicationInvalid(Invalid):
    """A communication cannot be made or noted as asked."""


@transaction.atomic
def send_material(
    *,
    actor: Actor,
    case_id: UUID,
    channel: str,
    answer_by: date,
    proposal: str = "",
    materials: Collection[str] = (),
    sent_on: date | None = None,
) -> Communication:
    """Put material to the person, with a day to answer by. The case waits until she has answered, or the day is over.

    `materials` are keys of `queries.materials_of`; `proposal` is what the officer means to propose. By letter and
    digitally a letter is made from the outbox, and it is sent today; what was put to her at a meeting or by
    telephone may be noted afterwards. Raises NotAllowed, and CommunicationInvalid with everything that is wrong.
    """
    case = _case(actor, case_id)
    sent = rules.sent_on(channel, sent_on)
    offered = {one.key: one for one in materials_of(case)}
    errors = rules.problems(
        {"channel": channel, "proposal": proposal, "materials": materials, "sent_on": sent, "answer_by": answer_by},
        offered=offered, opened_on=case.opened_on,
    )  # fmt: skip
    if errors:
        raise CommunicationInvalid(errors)
    made = Communication.objects.create(
        case=case,
        material=proposal.strip(),
        items=[one.stored for key, one in offered.items() if key in set(materials)],
        sent_on=sent,
        sent_by_id=user_of(actor),
        channel=channel,
        answer_by=answer_by,
    )
    if channel in rules.BY_LETTER:
        enter(
            kind=COMMUNICATION_LETTER,
            key=str(made.pk),
            payload={"communication": str(made.pk), "actor": str(user_of(actor))},
        )
    return made


@transaction.atomic
def record_answer(
    *, actor: Actor, case_id: UUID, communication_id: UUID, version: int, answered_on: date, answer: str
) -> Communication:
    """Note what the person answered, and when; an answer that came late is noted too.

    Raises NotAllowed, StaleVersion, and CommunicationInvalid with everything that is wrong.
    """
    found = _sent(_case(actor, case_id), communication_id)
    require_current(
        found, version,
        current={"answered_on": found.answered_on, "answer": found.answer},
        posted={"answered_on": answered_on, "answer": answer},
    )  # fmt: skip
    errors: dict[str, str] = {}
    if found.sent_on is not None and not found.sent_on <= answered_on <= clock.today():
        errors["answered_on"] = _("Skriv den dag svaret kom: från att materialet lämnades till i dag.")
    if not answer.strip():
        errors["answer"] = _("Skriv vad personen svarade, eller att hon inte vill säga något.")
    if errors:
        raise CommunicationInvalid(errors)
    found.answered_on, found.answer = answered_on, answer.strip()
    return _save(found)


@transaction.atomic
def extend_time(
    *, actor: Actor, case_id: UUID, communication_id: UUID, version: int, answer_by: date
) -> Communication:
    """Give the person more time to answer. Raises NotAllowed, StaleVersion, CommunicationInvalid."""
    found = _sent(_case(actor, case_id), communication_id)
    require_current(found, version, current={"answer_by": found.answer_by}, posted={"answer_by": answer_by})
    if found.sent_on is None or found.answer_by is None or found.answered_on is not None:
        raise NotAllowed(_("Personen har redan svarat."))
    problem = answer_day_problem(answer_by, found.sent_on)
    if not problem and answer_by <= max(found.answer_by, clock.today()):
        problem = _("Välj en dag efter i dag och efter den förra svarsdagen, %(day)s.") % {
            "day": found.answer_by.isoformat()
        }
    if problem:
        raise CommunicationInvalid({"answer_by": problem})
    found.answer_by = answer_by
    return _save(found)


@transaction.atomic
def waive(*, actor: Actor, case_id: UUID, waiver: str, reason: str) -> Communication:
    """Note that the material is not put to the person, on a ground that the law knows, and why it holds here.

    Whether the ground holds for the decision that is proposed is for the quality gate. Raises NotAllowed (while an
    answer is awaited), and CommunicationInvalid with everything that is wrong.
    """
    case = _case(actor, case_id)
    today = clock.today()
    if case.communications.filter(sent_on__isnull=False, answered_on=None, answer_by__gte=today).exists():
        raise NotAllowed(_("Materialet är lämnat och svarstiden löper. Vänta på svaret."))
    errors: dict[str, str] = {}
    if waiver not in Waiver.values:
        errors["waiver"] = _("Välj ett av lagens skäl.")
    if not reason.strip():
        errors["reason"] = _("Skriv varför skälet gäller i det här ärendet.")
    if errors:
        raise CommunicationInvalid(errors)
    return Communication.objects.create(
        case=case, sent_by_id=user_of(actor), waiver=waiver, waiver_reason=reason.strip()
    )


@transaction.atomic
def note_oral_information(
    *, actor: Actor, case_id: UUID, kind: str, happened_on: date, before: str, text: str
) -> OralInformation:
    """Note what the person has said that matters, when and to whom (FL 24 and 27 §§, LSS 8 a §); never changed.

    Raises NotAllowed, and CommunicationInvalid with everything that is wrong.
    """
    case = _case(actor, case_id)
    errors: dict[str, str] = {}
    if kind not in OralKind.values:
        errors["kind"] = _("Välj hur uppgifterna lämnades.")
    if happened_on > clock.today():
        errors["happened_on"] = _("Skriv den dag uppgifterna lämnades. Den kan inte ligga framåt.")
    if not before.strip():
        errors["before"] = _("Skriv vem som tog emot uppgifterna.")
    if not text.strip():
        errors["text"] = _("Skriv vad personen sade.")
    if errors:
        raise CommunicationInvalid(errors)
    return OralInformation.objects.create(
        case=case,
        kind=kind,
        happened_on=happened_on,
        before=before.strip(),
        text=text.strip(),
        noted_by_id=user_of(actor),
        noted_at=clock.now(),
    )


def _case(actor: Actor, case_id: UUID) -> Case:
    case = case_gate.open(actor, case_id)
    require_work(actor, case)
    return case


def _sent(case: Case, communication_id: UUID) -> Communication:
    """A communication of the case that was sent, locked."""
    found = case.communications.select_for_update().filter(pk=communication_id, sent_on__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _save(communication: Communication) -> Communication:
    communication.version += 1
    communication.save()
    return communication
