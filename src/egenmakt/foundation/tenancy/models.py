"""Municipalities, units, counters, and the base of every table that belongs to a municipality."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import uuid_utils.compat as uuid_utils
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_id() -> uuid.UUID:
    """A UUIDv7: unique, and in order of creation."""
    return uuid_utils.uuid7()


class Municipality(models.Model):
    """Kommun. The only table that every municipality may read: it says who there is, nothing else."""

    database_rights = "S"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(_("kommunkod"), max_length=4, unique=True)
    name = models.CharField(_("namn"), max_length=80)
    slug = models.SlugField(_("riktlinje"), unique=True, help_text=_("Namnet på kommunens riktlinjer."))
    board = models.CharField(_("nämnd"), max_length=120)
    address = models.TextField(_("adress"), blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("kommun")

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row that belongs to one municipality. Row-level security on `municipality_id` follows from the field.

    `database_rights` says what the application role may do ("SIU" unless a model says otherwise);
    `row_policy` may narrow who sees the row.
    """

    database_rights: ClassVar[str] = "SIU"
    row_policy: ClassVar[str | None] = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Rows are born in the municipality of the transaction; nobody passes it by hand."""
        if self.municipality_id is None:
            from egenmakt.foundation.tenancy.transaction import current_municipality_id

            self.municipality_id = current_municipality_id()
        super().save(*args, **kwargs)


class Unit(TenantModel):
    """Enhet. A part of the municipality's organisation that cases, staff and tasks belong to."""

    name = models.CharField(_("namn"), max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "name"], name="unit_name_once_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class Counter(TenantModel):
    """The next number of a series in a year. Taken under a row lock; numbers are never given twice."""

    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "series", "year"], name="one_counter_per_series_and_year"
            )
        ]
