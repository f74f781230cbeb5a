"""Documents: stored once, frozen."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel


class Document(TenantModel):
    """Handling. A letter or form as it was produced: numbered, stored once, never changed.

    Whose it is stands in `subject_kind` and `subject_id`; the room that owns the subject opens it through its
    gate.
    """

    database_rights: ClassVar[str] = "SI"
    hash_chained = True

    number = models.CharField(_("handlingsnummer"), max_length=20)
    kind = models.CharField(_("slag"), max_length=40)
    title = models.CharField(_("rubrik"), max_length=200)
    voice = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=5, default="sv")
    media_type = models.CharField(max_length=40, default="application/pdf")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="one_document_per_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "subject_kind", "subject_id"], name="document_subject")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="stored_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
