"""The access log, and the chain that links them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.tenancy.models import TenantModel


class Access(models.TextChoices):
    """What kind of access was made."""

    READ = "read", _("öppnade")
    LISTED = "listed", _("såg i en lista")
    SEARCHED = "searched", _("sökte")
    REFUSED = "refused", _("nekades")


class AccessLogEntry(TenantModel):
    """Åtkomstlogg. One access to personal data, written before the response leaves (lag 2001:454, 10 §).

    `relation` says by what right the access was made, in Swedish. A list is one row that names every person
    shown.
    """

    database_rights: ClassVar[str] = "SI"
    hash_chained = True

    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    access = models.CharField(max_length=10, choices=Access.choices)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    person_ids = ArrayField(models.UUIDField(), default=list)
    relation = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "at"], name="access_log_time"),
            models.Index(fields=["municipality", "user_id", "at"], name="access_log_user"),
            models.Index(fields=["municipality", "object_id", "at"], name="access_log_object"),
        ]


class AccessedPerson(TenantModel):
    """Whom an access concerned: one row per person in the entry.

    The entry holds the persons too, and is what the chain protects; this is the index to it. Under row-level
    security PostgreSQL uses an ordinary index on equality, never the one on the array, so "who has opened
    this file" would otherwise read the whole log. `egenmakt audit verify` holds the two against each other.
    """

    database_rights: ClassVar[str] = "SI"

    entry = models.ForeignKey(AccessLogEntry, on_delete=models.PROTECT, related_name="persons")
    person_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "person_id", "-at", "-entry"], name="accessed_person"),
        ]


class Shape(models.Model):
    """The columns a chained table had when rows of it were linked. Written by the linking trigger only.

    A digest covers the names as well as the values, so a changed shape is a broken chain.
    """

    database_rights = "S"

    table_name = models.CharField(max_length=63)
    columns = ArrayField(models.TextField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table_name", "columns"], name="one_shape_of_columns"),
        ]


class Link(models.Model):
    """One link of a municipality's chain: the digest of a row, and the digest of all links before it.

    Written only by a trigger that runs as the owner; the application role may read and nothing else.
    """

    database_rights = "S"

    id = models.BigAutoField(primary_key=True)
    municipality_id = models.UUIDField()
    number = models.BigIntegerField()
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=40)
    shape = models.ForeignKey(Shape, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    row_digest = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality_id", "number"], name="one_link_per_number"),
        ]
