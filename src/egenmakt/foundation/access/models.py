"""Access for a stated reason, when there is no other."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel, Unit


@followed
class BreakGlass(TenantModel):
    """Nödöppning. That a user opens a person's file without having to do with it, why, and until when.

    Always ends by itself and is reviewed afterwards by someone else. Does not open a protected identity.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    reason = models.TextField(_("skäl"))
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review = models.TextField(_("granskning"), blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "user", "person_id"], name="break_glass_user")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    ends_at__lte=models.F("started_at") + models.Value("8 hours", models.DurationField())
                ),
                name="break_glass_is_short",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("user")),
                name="break_glass_is_reviewed_by_another",
            ),
        ]


class Outcome(models.TextChoices):
    """Vad en loggkontroll visade."""

    NOTHING = "nothing", _("inget att anmärka på")
    FOLLOW_UP = "follow_up", _("något ska följas upp")


@followed
class LogReview(TenantModel):
    """Loggkontroll. A random sample of what staff have opened during some days, and what the controller made
    of it.

    The sample is kept as it was drawn; who draws it cannot choose what is in it, and is never in it herself.
    """

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(_("från"))
    last_day = models.DateField(_("till och med"))
    accesses = models.PositiveIntegerField(_("antal åtkomster att välja bland"))
    entry_ids = ArrayField(models.UUIDField(), editable=False)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("resultat"), max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "drawn_at"], name="log_review_drawn")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="log_review_covers_days"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None) | ~models.Q(outcome=""),
                name="log_review_says_what_it_showed",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="sample_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("entry_ids", "first_day", "last_day", "unit", "drawn_by"),
            ),
            pgtrigger.Protect(
                name="finished_review_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__reviewed_at__isnull=False),
            ),
        ]
