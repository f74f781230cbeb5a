"""Representatives and consents."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.history.following import followed
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import TenantModel
from egenmakt.register.people.models import Person

# Whoever may not know who the person is may not know who her parents are either.
_WHO_MAY_KNOW_THE_PERSON = (
    "EXISTS (SELECT 1 FROM people_personidentity i WHERE i.person_id = {table}.person_id)"
)


class RepresentativeKind(models.TextChoices):
    """Slag av ställföreträdare (LSS 8 §)."""

    GUARDIAN = "guardian", _("vårdnadshavare")
    TRUSTEE = "trustee", _("god man")
    ADMINISTRATOR = "administrator", _("förvaltare")
    PROXY = "proxy", _("ombud med fullmakt")
    FUTURE_PROXY = "future_proxy", _("framtidsfullmaktshavare")


@followed
class Representative(TenantModel):
    """Ställföreträdare. Who may act for a person, in what, on what ground, and until when."""

    row_policy: ClassVar[str] = _WHO_MAY_KNOW_THE_PERSON

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(_("slag"), max_length=14, choices=RepresentativeKind.choices)
    name = models.CharField(_("namn"), max_length=160)
    number = models.CharField(_("personnummer"), max_length=16, blank=True)
    address = models.TextField(_("adress"), blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    scope = models.CharField(_("omfattning"), max_length=200, blank=True)
    evidence = models.CharField(_("styrks av"), max_length=200, blank=True)
    valid = DateRangeField(_("gäller"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "person"], name="representative_person")]

    def __str__(self) -> str:
        return "Representative (innehåll visas inte)"


@followed
class Consent(TenantModel):
    """Samtycke. What a person has agreed may be asked of whom; can be withdrawn at any time (H-15)."""

    row_policy: ClassVar[str] = _WHO_MAY_KNOW_THE_PERSON

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    scope = models.TextField(_("vad samtycket gäller"))
    given_by = models.CharField(_("lämnat av"), max_length=160)
    given_on = models.DateField(_("lämnat"))
    withdrawn_on = models.DateField(_("återkallat"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "person"], name="consent_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_is_withdrawn_after_it_was_given",
            )
        ]
