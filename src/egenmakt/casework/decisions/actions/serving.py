"""Recording that the person got the decision, and that an appeal has come in (FL 44–45 §§)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.rules import Invalid, user_of, works_on
from egenmakt.casework.decisions.models import AppealNotice, Decision, Service
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed


class ServiceInvalid(Invalid):
    """Service or an appeal cannot be recorded as asked."""


@transaction.atomic
def record_service(
    *, actor: Actor, case_id: UUID, decision_id: UUID, served_on: date, method: str, evidence: str
) -> Service:
    """Record the day the person got the decision, how, and how we know. Once; it is never changed.

    For those who work on the case. Raises NotAllowed, ServiceInvalid with all errors at once.
    """
    decision = _decision(actor, case_id, decision_id)
    errors: dict[str, str] = {}
    if served_on < decision.decided_on:
        errors["served_on"] = _("Beslutet kan inte ha nått fram innan det fattades. Välj en senare dag.")
    if served_on > clock.today():
        errors["served_on"] = _("Skriv den dag då beslutet nådde fram. Den kan inte ligga framåt.")
    if method not in dict(Service._meta.get_field("method").choices or []):
        errors["method"] = _("Välj hur beslutet nådde fram.")
    if not evidence.strip():
        errors["evidence"] = _("Skriv hur vi vet att beslutet nådde fram.")
    if Service.objects.filter(decision=decision).exists():
        errors[""] = _("Delgivningen är redan registrerad.")
    if errors:
        raise ServiceInvalid(errors)
    return Service.objects.create(
        decision=decision,
        served_on=served_on,
        method=method,
        evidence=evidence.strip(),
        recorded_by_id=user_of(actor),
        recorded_at=clock.now(),
    )


@transaction.atomic
def record_appeal(
    *, actor: Actor, case_id: UUID, decision_id: UUID, received_on: date, text: str = ""
) -> AppealNotice:
    """Record that an appeal has come in. Whether it is in time follows from the day of service.

    For those who work on the case. Raises NotAllowed, ServiceInvalid with all errors at once.
    """
    decision = _decision(actor, case_id, decision_id)
    errors: dict[str, str] = {}
    if received_on < decision.decided_on:
        errors["received_on"] = _("Överklagandet kan inte ha kommit in innan beslutet fattades.")
    if received_on > clock.today():
        errors["received_on"] = _("Skriv den dag då överklagandet kom in. Den kan inte ligga framåt.")
    if errors:
        raise ServiceInvalid(errors)
    return AppealNotice.objects.create(
        decision=decision, received_on=received_on, text=text.strip(), recorded_by_id=user_of(actor)
    )


def _decision(actor: Actor, case_id: UUID, decision_id: UUID) -> Decision:
    case = case_gate.open(actor, case_id, for_change=True)
    if not works_on(actor, case):
        raise NotAllowed(_("Det här registreras av den som handlägger ärendet, chef eller registrator."))
    decision = Decision.objects.filter(case=case, pk=decision_id).first()
    if decision is None:
        raise Http404
    return decision
