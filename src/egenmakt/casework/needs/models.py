"""The sheet of moments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel


class Need(models.TextChoices):
    """Behov (LSS 9 a §). The names are those of the law room."""

    BREATHING = "breathing", _("andning")
    HYGIENE = "hygiene", _("personlig hygien")
    MEALS = "meals", _("måltider")
    DRESSING = "dressing", _("av- och påklädning")
    COMMUNICATION = "communication", _("kommunikation med andra")
    HARM_PREVENTION = "harm_prevention", _("förebygga skada vid psykisk funktionsnedsättning")
    MEDICAL = "medical", _("löpande stöd på grund av medicinskt tillstånd")
    OTHER = "other", _("andra personliga behov")


class Per(models.TextChoices):
    """Hur ofta."""

    DAY = "day", _("dag")
    WEEK = "week", _("vecka")
    FORTNIGHT = "fortnight", _("två veckor")
    MONTH = "month", _("månad")
    YEAR = "year", _("år")


class SelfCare(models.TextChoices):
    """Egenvård (lag 2022:1250)."""

    NOT_HEALTH_CARE = "", _("inte hälso- och sjukvård")
    ASSESSED = "assessed", _("egenvård, bedömd av legitimerad personal")
    NOT_ASSESSED = "not_assessed", _("hälso- och sjukvård utan egenvårdsbedömning")


@followed
class NeedsSheet(TenantModel):
    """Behovsblad. The moments of a case and what is common to them. One for each case."""

    pulse: ClassVar[str] = "case_id"
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="needs_sheet")
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"))
    days_per_week = models.PositiveSmallIntegerField(_("dagar i veckan med assistans"), default=7)
    housing_adaptation_tried = models.BooleanField(_("bostadsanpassning har utretts"), default=False)
    aids_tried = models.BooleanField(_("hjälpmedel har utretts"), default=False)
    waiting_minutes_per_day = models.PositiveSmallIntegerField(_("väntetid per natt"), default=0)
    standby_minutes_per_day = models.PositiveSmallIntegerField(_("beredskap per natt"), default=0)
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(days_per_week__range=(1, 7)), name="sheet_days_in_a_week"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="sheet_ends_after_start"
            ),
        ]


@followed
class Moment(TenantModel):
    """Moment. One activity with minutes, times and assistants, and what decides how it counts."""

    database_rights: ClassVar[str] = (
        "SIUD"  # a row may be taken away while the sheet is open; the history keeps it
    )
    pulse: ClassVar[str] = "SELECT case_id FROM needs_needssheet WHERE id = one.sheet_id"

    sheet = models.ForeignKey(NeedsSheet, on_delete=models.PROTECT, related_name="moments")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("aktivitet"), max_length=200)
    need = models.CharField(_("behov"), max_length=16, choices=Need.choices)
    minutes = models.DecimalField(_("minuter"), max_digits=7, decimal_places=2)
    times = models.DecimalField(_("gånger"), max_digits=6, decimal_places=2, default=1)
    per = models.CharField(_("per"), max_length=10, choices=Per.choices, default=Per.DAY)
    assistants = models.PositiveSmallIntegerField(_("assistenter"), default=1)
    intimate = models.BooleanField(_("integritetskänslig hjälp"), null=True, blank=True)
    tube_feeding = models.BooleanField(_("sondmatning"), default=False)
    activation_measure = models.BooleanField(_("kvalificerad aktivering och motivering"), default=False)
    directly_necessary_for = models.CharField(_("direkt nödvändig för"), max_length=12, blank=True, choices=[
        ("breathing", _("andning")), ("medical", _("medicinskt tillstånd")), ("tube_feeding", _("sondmatning")),
    ])  # fmt: skip
    self_care = models.CharField(
        _("egenvård"), max_length=12, blank=True, choices=SelfCare.choices, default=""
    )
    self_care_assessed = models.DateField(_("egenvård bedömd"), null=True, blank=True)
    self_care_valid_until = models.DateField(_("bedömningen gäller till"), null=True, blank=True)
    met_otherwise_minutes = models.DecimalField(
        _("minuter som andra tillgodoser"), max_digits=7, decimal_places=2, default=0
    )
    met_by = models.CharField(_("av vem"), max_length=120, blank=True)
    reason = models.TextField(_("varför"), blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=0, times__gte=0), name="moment_time_is_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(assistants__range=(1, 4)), name="moment_has_assistants"
            ),
            models.CheckConstraint(
                condition=~models.Q(self_care="assessed") | models.Q(self_care_assessed__isnull=False),
                name="assessed_self_care_has_a_date",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "sheet"], name="moment_sheet")]
