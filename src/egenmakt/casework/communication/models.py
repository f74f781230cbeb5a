"""What was put to the person, and what she answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel


class Waiver(models.TextChoices):
    """Lagliga skäl att inte kommunicera (FL 25 §)."""

    FULL_APPROVAL = "full_approval", _("uppenbart obehövligt – ansökan beviljas fullt ut")
    NO_INFLUENCE = "no_influence", _("uppenbart obehövligt – materialet kan inte påverka beslutet")
    HARDER_TO_CARRY_OUT = "harder", _("det kan bli avsevärt svårare att genomföra beslutet")
    CANNOT_WAIT = "cannot_wait", _("ett väsentligt intresse kräver att beslutet meddelas omedelbart")


class Channel(models.TextChoices):
    """Hur materialet lämnas."""

    LETTER = "letter", _("brev")
    DIGITAL = "digital", _("digital brevlåda")
    MEETING = "meeting", _("möte")
    PHONE = "phone", _("telefon")


@followed
class Communication(TenantModel):
    """Kommunicering (FL 25 §). Either material sent with a day to answer by, or the lawful reason why not."""

    pulse: ClassVar[str] = "case_id"
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="communications")
    material = models.TextField(_("vad handläggaren tänker föreslå"), blank=True)
    items = models.JSONField(
        _("underlag"), default=list, blank=True,
        help_text="What was sent, as it was: title, source, dated (ISO), summary.",
    )  # fmt: skip
    sent_on = models.DateField(_("skickat"), null=True, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("hur"), max_length=20, blank=True, choices=Channel.choices)
    answer_by = models.DateField(_("svar senast"), null=True, blank=True)
    answered_on = models.DateField(_("svar kom"), null=True, blank=True)
    answer = models.TextField(_("svar"), blank=True)
    waiver = models.CharField(
        _("skäl att inte kommunicera"), max_length=24, choices=Waiver.choices, blank=True
    )
    waiver_reason = models.TextField(_("motivering"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case"], name="communication_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sent_on__isnull=False, answer_by__isnull=False) | ~models.Q(waiver=""),
                name="sent_with_an_answer_day_or_waived",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by=None) | models.Q(answer_by__gte=models.F("sent_on")),
                name="answer_day_after_sending",
            ),
        ]


class OralKind(models.TextChoices):
    """Hur muntliga uppgifter lämnades."""

    OFFICER = "officer", _("till handläggaren (24 § förvaltningslagen)")
    BOARD = "board", _("vid besök hos nämnden (8 a § LSS)")


@followed
class OralInformation(TenantModel):
    """Muntliga uppgifter. What the person said that matters, when, and to whom (FL 24 and 27 §§, LSS 8 a §)."""

    database_rights: ClassVar[str] = "SI"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="oral_information")
    kind = models.CharField(_("hur"), max_length=8, choices=OralKind.choices)
    happened_on = models.DateField(_("vilken dag"))
    before = models.CharField(_("vem som tog emot uppgifterna"), max_length=160)
    text = models.TextField(_("vad som sades"))
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "case"], name="oral_information_case")]
