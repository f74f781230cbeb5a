"""Making accounts, giving and ending roles. Done by the system administrator, never for herself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.accounts import queries
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.database.ranges import from_to
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Unit


class AccountExists(ValueError):
    """There is an account with the address already; `user_id` says which."""

    def __init__(self, user_id: UUID) -> None:
        self.user_id = user_id
        super().__init__(_("Det finns redan ett konto med den e-postadressen."))


class AccountNotFound(LookupError):
    """The account has never had a role in the municipality, or does not exist."""


class NotForOneself(ValueError):
    """Nobody gives herself a role or ends one of her own."""

    def __init__(self) -> None:
        super().__init__(_("Dina egna roller ändras av en annan systemansvarig."))


class RoleHeldAlready(ValueError):
    """The same role in the same unit is held on some of the days."""

    def __init__(self) -> None:
        super().__init__(_("Rollen finns redan i den enheten under en del av tiden. Välj andra dagar."))


class UnitNotHere(ValueError):
    """The unit is not one of the municipality's."""

    def __init__(self) -> None:
        super().__init__(_("Välj en av kommunens enheter."))


class EndsBeforeItBegins(ValueError):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("Sista dagen ligger före den första. Välj en senare dag."))


class LastSysadmin(ValueError):
    """Without this role nobody could give roles any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Det här är den sista systemansvariga i kommunen. Ge en annan rollen först, annars kan ingen ge roller."
            )
        )


class AccountOfOthersToo(ValueError):
    """The account is used in another municipality as well, so its password is not ours to hand out."""

    def __init__(self) -> None:
        super().__init__(
            _("Kontot används också i en annan kommun. Därför kan du inte göra en länk för nytt lösenord.")
        )


@transaction.atomic
def create_account(*, actor: Actor, email: str, name: str, title: str = "") -> User:
    """A new account without a password.

    Raises AccountExists; NotAllowed for others than system administrators.
    """
    _require_sysadmin(actor)
    address = email.strip().lower()
    existing = User.objects.filter(email=address).first()
    if existing is not None:
        raise AccountExists(existing.pk)
    user = User.objects.create_user(address, name=name.strip(), title=title.strip())
    _log(actor, user.pk, gettext_noop("gjorde kontot"))
    return user


@transaction.atomic
def assign_role(
    *, actor: Actor, user_id: UUID, role: Role, unit_id: UUID | None, first: date, last: date | None = None
) -> Assignment:
    """Give a role in one unit, or (without one) in the whole municipality, from `first` through `last`.

    Raises NotForOneself, UnitNotHere, EndsBeforeItBegins, RoleHeldAlready; NotAllowed for others than system
    administrators.
    """
    _require_sysadmin(actor)
    if user_id == actor.user_id:
        raise NotForOneself
    if (
        unit_id is not None
        and not Unit.objects.filter(pk=unit_id, municipality_id=actor.municipality_id).exists()
    ):
        raise UnitNotHere
    if last is not None and last < first:
        raise EndsBeforeItBegins
    try:
        with transaction.atomic():
            assigned = Assignment.objects.create(
                user_id=user_id, role=role, unit_id=unit_id, valid=from_to(first, last)
            )
    except IntegrityError as error:
        if (
            getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
            != "a_role_is_held_once_at_a_time"
        ):
            raise
        raise RoleHeldAlready from error
    _log(actor, user_id, gettext_noop("gav en roll"))
    return assigned


@transaction.atomic
def end_assignment(*, actor: Actor, assignment_id: UUID, last: date) -> Assignment:
    """End a role with `last` as its last day; the day before its first takes it back before it began.

    Raises AccountNotFound, NotForOneself, EndsBeforeItBegins, LastSysadmin; NotAllowed for others than system
    administrators.
    """
    _require_sysadmin(actor)
    found = Assignment.objects.select_for_update().filter(
        pk=assignment_id, municipality_id=actor.municipality_id
    )
    one = found.first()
    if one is None:
        raise AccountNotFound
    if one.user_id == actor.user_id:
        raise NotForOneself
    first = one.valid.lower
    if first is None or last < first - timedelta(days=1):
        raise EndsBeforeItBegins
    if one.role == Role.SYSADMIN:
        _keep_a_sysadmin(actor, one, last)
    one.valid = DateRange(first, last + timedelta(days=1))
    one.save(update_fields=["valid"])
    _log(actor, one.user_id, gettext_noop("avslutade en roll"))
    return one


@transaction.atomic
def password_link(*, actor: Actor, user_id: UUID) -> str:
    """The path of a page where the account's holder chooses a password; works once, for three days.

    To be handed over in person: whoever has the link can sign in, though not past a second factor that is
    set up already. Raises AccountNotFound, NotForOneself, AccountOfOthersToo; NotAllowed for others than
    system administrators.
    """
    _require_sysadmin(actor)
    row = queries.account(user_id)
    if row is None:
        raise AccountNotFound
    if user_id == actor.user_id:
        raise NotForOneself
    if queries.works_elsewhere(user_id):
        raise AccountOfOthersToo
    _log(actor, user_id, gettext_noop("gjorde en länk för att välja lösenord"))
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(row.user), "key": default_token_generator.make_token(row.user)},
    )


def _require_sysadmin(actor: Actor) -> None:
    if actor.user_id is None or not actor.has(Role.SYSADMIN):
        raise NotAllowed(_("Konton och roller sköts av systemansvarig."))


def _keep_a_sysadmin(actor: Actor, ending: Assignment, last: date) -> None:
    day = max(last + timedelta(days=1), clock.today())
    others = (
        Assignment.objects.select_for_update()
        .filter(municipality_id=actor.municipality_id, role=Role.SYSADMIN, valid__contains=day)
        .exclude(pk=ending.pk)
    )
    if not list(others):
        raise LastSysadmin


def _log(actor: Actor, user_id: UUID, what: str) -> None:
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.READ, kind="account", object_id=user_id, relation=what,
    )  # fmt: skip
