"""Accounts and role assignments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.database.security import TENANT_POLICY
from egenmakt.foundation.history.following import followed
from egenmakt.foundation.tenancy.models import TenantModel, Unit, new_id


class Role(models.TextChoices):
    """What one is assigned to do (roll). Names from the glossary."""

    CASE_OFFICER = "case_officer", _("LSS-handläggare")
    DECISION_MAKER = "decision_maker", _("beslutsfattare")
    UNIT_MANAGER = "unit_manager", _("enhetschef")
    REGISTRAR = "registrar", _("registrator")
    CONTROLLER = "controller", _("loggranskare")
    ECONOMIST = "economist", _("ekonom")
    SYSADMIN = "sysadmin", _("systemansvarig")


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """Konto. A person who works with the system; holds no right of its own, only through assignments."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn"), max_length=120)
    title = models.CharField(_("titel"), max_length=80, blank=True)
    is_active = models.BooleanField(_("aktivt"), default=True)
    date_joined = models.DateTimeField(_("skapat"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    # Django's own admin is not used; nobody is staff or superuser in its sense.
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


NO_UNIT = "00000000-0000-0000-0000-000000000000"


@followed
class Assignment(TenantModel):
    """Rolltilldelning. That a user holds a role, in one unit or the whole municipality, between two dates.

    A user sees her own assignments in every municipality (to choose where to work); others only within
    theirs.
    """

    tenant_policy: ClassVar[str] = f"{TENANT_POLICY} OR user_id = (SELECT egenmakt_actor())"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid = DateRangeField(_("gäller"))

    class Meta:
        indexes: ClassVar = [models.Index(fields=["municipality", "user"], name="assignment_user")]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="a_role_is_held_once_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("unit", Value(NO_UNIT, output_field=models.UUIDField())), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
