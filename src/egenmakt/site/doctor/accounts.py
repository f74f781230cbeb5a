"""Accounts: those who work here have a second factor, and none of them is the demo's."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef

from egenmakt.foundation import clock
from egenmakt.foundation.accounts.demo import DEMO_DOMAIN
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.site.doctor.finding import Finding, fault, ok, warning


def second_factor() -> Iterator[Finding]:
    """Everyone with a role today has a second factor; without one they are let in to set it up and nothing else."""
    title = "Andra steg vid inloggning"
    today = clock.today()
    staff = User.objects.using("owner").filter(
        Exists(Assignment.objects.filter(user_id=OuterRef("pk"), valid__contains=today)), is_active=True
    )
    count = staff.count()
    without = staff.exclude(Exists(Authenticator.objects.filter(user_id=OuterRef("pk")))).count()
    shown = f"{without} av {count} konton med roll saknar det"
    if not without:
        yield ok("second_factor", title, f"alla {count} konton med roll har det")
    elif settings.TEST_MODE:
        yield ok("second_factor", title, f"{shown}, och det krävs inte i testläge")
    else:
        yield warning("second_factor", title, shown, "Be dem logga in och lägga till en app eller en nyckel.")


def demo_accounts() -> Iterator[Finding]:
    """The demo's accounts, whose password everybody knows, cannot sign in where real data are."""
    title = "Demokonton"
    count = (
        User.objects.using("owner")
        .filter(email__endswith=f".{DEMO_DOMAIN}", is_active=True)
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .count()
    )
    if not count:
        yield ok("demo_accounts", title, "finns inte")
    elif settings.TEST_MODE:
        yield ok("demo_accounts", title, f"{count} stycken, i testläge")
    else:
        yield fault(
            "demo_accounts",
            title,
            f"{count} stycken kan logga in med ett lösenord som alla känner till",
            "Kör inte demons databas skarpt. Börja med en ny datamapp eller databas.",
        )


def sysadmins() -> Iterator[Finding]:
    """In every municipality somebody can give roles."""
    title = "Systemansvariga"
    valid = Assignment.objects.filter(
        municipality_id=OuterRef("pk"),
        role=Role.SYSADMIN,
        valid__contains=clock.today(),
        user__is_active=True,
    )
    used = Exists(Assignment.objects.filter(municipality_id=OuterRef("pk")))
    without = list(
        Municipality.objects.using("owner").filter(used).exclude(Exists(valid)).values_list("name", flat=True)
    )
    if without:
        yield warning(
            "sysadmins",
            title,
            f"saknas i {', '.join(without)}",
            "Ge någon rollen, annars kan ingen ge eller avsluta roller där.",
        )
    else:
        yield ok("sysadmins", title, "finns")


CHECKS = [second_factor, demo_accounts, sysadmins]
