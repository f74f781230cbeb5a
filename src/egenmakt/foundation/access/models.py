"""Access for a stated reason, when there is no other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.audit.history import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel


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
