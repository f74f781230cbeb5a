"""Persons, what identifies them, and who is named to see a protected one."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation import clock
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel
from egenmakt.register.people.folding import folded

MASKED_NAME = _("Skyddad person")

# å, ä, ö sort after z, in that order, whatever the server's locale; accents do not count.
_SWEDISH_FROM = "åäöæøéèêëüúùáàâíìóòôñç"
_SWEDISH_TO = "{|}|}eeeeyuuaaaiiooonc"


class Protection(models.TextChoices):
    """Skyddade personuppgifter. Unknown counts as protected."""

    UNKNOWN = "unknown", _("okänt – räknas som skyddad")
    NONE = "none", _("inga skyddade uppgifter")
    MARKED = "marked", _("sekretessmarkering")
    REGISTRATION = "registration", _("skyddad folkbokföring")


class NumberKind(models.TextChoices):
    """Slag av personbeteckning."""

    PERSONAL = "personal_number", _("personnummer")
    COORDINATION = "coordination_number", _("samordningsnummer")
    RESERVE = "reserve_number", _("reservnummer")


@followed
class Person(TenantModel):
    """Den enskilde. What a case must know of a person without knowing who she is: when she was born, how to
    communicate.
    """

    born = models.DateField(_("född"))
    died = models.DateField(_("avliden"), null=True, blank=True)
    interpreter = models.CharField(
        _("tolk"), max_length=80, blank=True, help_text=_("Språk eller teckenspråk.")
    )
    easy_read = models.BooleanField(_("lättläst"), default=False)
    communicates_by = models.CharField(_("kommunicerar med"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("registrerad"), default=clock.now, editable=False)
    registered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "born"], name="person_born")]

    def __str__(self) -> str:
        return f"Person {self.pk}"

    @property
    def shown(self) -> PersonIdentity | None:
        """What identifies the person, if the database lets the actor see it."""
        try:
            return self.identity
        except PersonIdentity.DoesNotExist:
            return None

    @property
    def name(self) -> str:
        """Given and family name, or the mask."""
        found = self.shown
        return f"{found.given_name} {found.family_name}" if found else str(MASKED_NAME)

    @property
    def first_name(self) -> str:
        """The name she is called by in letters and on pages, or the mask."""
        found = self.shown
        return found.given_name if found else str(MASKED_NAME)

    @property
    def number(self) -> str:
        """The number as written, 20220514-9801, or empty when masked or missing."""
        found = self.shown
        return found.formatted_number if found else ""

    @property
    def is_masked(self) -> bool:
        """Whether the actor of this transaction may not know who this is."""
        return self.shown is None


@followed
class NamedReader(TenantModel):
    """Namngiven läsare. That a member of staff may see a protected person's identity, why, and for how long."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("skäl"), max_length=200)
    valid = DateRangeField(_("gäller"))
    ended_reason = models.CharField(_("varför uppdraget upphörde"), max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["municipality", "person", "user"], name="named_reader_person")
        ]


@followed
class PersonIdentity(TenantModel):
    """Vem personen är. Visible only when she is known not to be protected, or to her named readers."""

    row_policy: ClassVar[str] = (
        "{table}.protection = 'none' OR EXISTS (SELECT 1 FROM people_namedreader n "
        "WHERE n.municipality_id = {table}.municipality_id AND n.person_id = {table}.person_id "
        "AND n.user_id = (SELECT egenmakt_actor()) AND n.valid @> (SELECT egenmakt_today()))"
    )
    # What a protected person was called before she was protected is as secret as what she is called now.
    history_row_policy: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM people_personidentity i WHERE i.person_id = {table}.person_id)"
    )

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="identity")
    protection = models.CharField(
        _("skyddade personuppgifter"), max_length=12, choices=Protection.choices, default=Protection.UNKNOWN
    )
    number_kind = models.CharField(_("slag av nummer"), max_length=20, choices=NumberKind.choices, blank=True)
    number = models.CharField(
        _("nummer"), max_length=16, blank=True, help_text="Twelve characters, without a sign."
    )
    given_name = models.CharField(_("förnamn"), max_length=80)
    family_name = models.CharField(_("efternamn"), max_length=80)
    address = models.TextField(_("adress"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    sort_key = models.GeneratedField(
        expression=Func(
            Lower(Concat(F("family_name"), Value(" "), F("given_name"))),
            Value(_SWEDISH_FROM),
            Value(_SWEDISH_TO),
            function="translate",
        ),
        output_field=models.CharField(max_length=170),
        db_persist=True,
    )
    # how the names sound, with a space before and after each
    search_key = models.GeneratedField(
        expression=folded(Concat(Value(" "), F("given_name"), Value(" "), F("family_name"), Value(" "))),
        output_field=models.CharField(max_length=340),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "number"],
                condition=~models.Q(number=""),
                name="one_person_per_number",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["municipality", "sort_key"], name="identity_sort_key")]

    def __str__(self) -> str:
        return "PersonIdentity (innehåll visas inte)"

    @property
    def formatted_number(self) -> str:
        """The number with its hyphen: 20220514-9801."""
        return f"{self.number[:8]}-{self.number[8:]}" if len(self.number) == 12 else self.number
