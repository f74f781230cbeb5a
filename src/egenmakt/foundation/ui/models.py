"""Drafts: what someone has written and not yet saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.tenancy.models import TenantModel


class Draft(TenantModel):
    """Utkast. The fields of one form as one user last left them; seen by nobody else, no part of the case.

    `base_version` is the version of the stored text that the writing began from. `revision` goes up by one at
    each save, so that two tabs with the same form cannot overwrite each other unseen.
    """

    database_rights: ClassVar[str] = "SIUD"
    row_policy: ClassVar[str | None] = "user_id = (SELECT egenmakt_actor())"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("utkast")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "user", "key"], name="one_draft_per_user_and_key")
        ]

    def __str__(self) -> str:
        # Never the text: drafts hold what is most sensitive, and this ends up in logs.
        return f"utkast {self.key}"
