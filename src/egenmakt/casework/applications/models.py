"""Applications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel
from egenmakt.register.representatives.models import Representative


class Form(models.TextChoices):
    """Hur ansökan gjordes."""

    WRITTEN = "written", _("skriftlig")
    ORAL = "oral", _("muntlig")


class AppliedBy(models.TextChoices):
    """Vem som ansökte."""

    PERSON = "person", _("personen själv")
    REPRESENTATIVE = "representative", _("ställföreträdare")


@followed
class Application(TenantModel):
    """Ansökan om personlig assistans, 9 § 2 LSS. One for each case."""

    pulse: ClassVar[str] = "case_id"
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="application")
    form = models.CharField(_("form"), max_length=8, choices=Form.choices)
    received_on = models.DateField(_("kom in"))
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    applied_by = models.CharField(_("ansökt av"), max_length=14, choices=AppliedBy.choices)
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_constraint=True
    )
    representation_reason = models.TextField(
        _("varför någon annan, eller ett barn under 15 år, ansöker"), blank=True
    )
    asks_for = models.TextField(_("vad ansökan gäller"))
    own_words = models.TextField(_("med egna ord"), blank=True)
    authority_checked_on = models.DateField(_("behörighet kontrollerad"), null=True, blank=True)
    authority_checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authority_ground = models.CharField(_("behörigheten styrks av"), max_length=200, blank=True)
    authority_until = models.DateField(_("behörigheten gäller till och med"), null=True, blank=True)
    first_contact_on = models.DateField(_("första kontakt"), null=True, blank=True)
    first_contact_how = models.CharField(_("hur"), max_length=200, blank=True)
    granted_before_age_limit = models.BooleanField(_("assistans beviljad före åldersgränsen"), default=False)
    current_s_per_week = models.PositiveIntegerField(_("nuvarande tid i veckan"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(applied_by="person") | models.Q(representative__isnull=False),
                name="a_representative_is_named",
            )
        ]


@followed
class Supplement(TenantModel):
    """Komplettering (FL 20 §). What the application lacks and was asked for, by when, and what came."""

    pulse: ClassVar[str] = "SELECT case_id FROM applications_application WHERE id = one.application_id"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplements")
    what = models.TextField(_("vad som saknas"))
    asked_on = models.DateField(_("begärd"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(_("svar senast"))
    received_on = models.DateField(_("kom in"), null=True, blank=True)
    received = models.TextField(_("vad som kom in"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "application"], name="supplement_application")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer_by__gte=models.F("asked_on")), name="supplement_answer_after_asking"
            ),
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("asked_on")),
                name="supplement_received_after_asking",
            ),
        ]
