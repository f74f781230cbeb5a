"""The demo's accounts: addresses that lead nowhere, one password that is shown on the sign-in page in
test mode.

An account is of the demo by its address, `handlaggare@hjo.exempel`: no such top domain exists, so nobody has a real
one. In production `egenmakt doctor` refuses a database that holds one that can sign in.
"""

from __future__ import annotations

from dataclasses import dataclass

from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Municipality

DEMO_DOMAIN = "exempel"
DEMO_PASSWORD = "en-lang-mening-att-minnas"  # noqa: S105 - shown to everyone, on accounts that hold invented people only


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo, as the sign-in page lists it."""

    email: str
    name: str
    title: str


@dataclass(frozen=True)
class DemoPlace:
    """The demo's accounts in one municipality."""

    name: str
    accounts: list[DemoAccount]


def demo_email(name: str, place: str) -> str:
    """The address of a demo account: `demo_email("karin.ek", "hjo")`."""
    return f"{name}@{place}.{DEMO_DOMAIN}"


def demo_accounts() -> list[DemoPlace]:
    """The demo's accounts by municipality; empty when no demo is loaded."""
    names = dict(Municipality.objects.values_list("slug", "name"))
    places: dict[str, list[DemoAccount]] = {}
    found = User.objects.filter(email__endswith=f".{DEMO_DOMAIN}", is_active=True).order_by("title", "name")
    for user in found:
        place = user.email.partition("@")[2].removesuffix(f".{DEMO_DOMAIN}")
        places.setdefault(place, []).append(DemoAccount(user.email, user.name, user.title))
    shown = [DemoPlace(names.get(place, place), accounts) for place, accounts in places.items()]
    return sorted(shown, key=lambda one: one.name)
