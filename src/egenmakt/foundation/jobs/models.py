"""The outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.tenancy.models import TenantModel


class OutboxEntry(TenantModel):
    """Utkorgsrad. One side effect that is to happen exactly once, written in the transaction that decided it."""

    kind = models.CharField(_("slag"), max_length=40)
    key = models.CharField(
        max_length=80, help_text="What the effect is of; the same effect is never entered twice."
    )
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "kind", "key"], name="one_side_effect_of_a_kind")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["municipality", "created_at"], name="outbox_waiting", condition=models.Q(done_at=None)
            )
        ]
