"""Settings: what the environment must say before real people's data are kept here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from django.conf import settings

from egenmakt.site.doctor.finding import Finding, fault, ok, warning

_SHORTEST_KEY = 50
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}
_LEAST_DISK = 1_000_000_000


def test_mode() -> Iterator[Finding]:
    """Test mode moves the clock and asks for no second factor; it never belongs where others reach the site."""
    title = "Testläge"
    mend = "Ta bort EGENMAKT_TEST_MODE ur miljön innan riktiga uppgifter läggs in."
    if not settings.TEST_MODE:
        yield ok("test_mode", title, "av")
    elif _reached_by_others():
        yield fault("test_mode", title, "på, fast andra når webbplatsen", mend)
    else:
        yield warning("test_mode", title, "på: klockan går att flytta och ett andra steg krävs inte", mend)


def secret_key() -> Iterator[Finding]:
    """The key that signs sessions is long and comes from the environment."""
    title = "Hemlig nyckel"
    mend = "Sätt EGENMAKT_SECRET_KEY till minst 50 slumpmässiga tecken, till exempel från `openssl rand -base64 48`."
    if len(settings.SECRET_KEY) < _SHORTEST_KEY:
        yield fault("secret_key", title, f"bara {len(settings.SECRET_KEY)} tecken lång", mend)
    elif os.environ.get("EGENMAKT_SECRET_KEY"):
        yield ok("secret_key", title, "finns i miljön")
    elif _reached_by_others():
        yield warning("secret_key", title, f"ligger i {settings.DATA_FOLDER / 'secret-key'}", mend)
    else:
        yield ok("secret_key", title, "gjord här och sparad i datamappen")


def hosts() -> Iterator[Finding]:
    """The site answers to its own names only."""
    title = "Adresser"
    shown = ", ".join(settings.ALLOWED_HOSTS)
    if "*" in settings.ALLOWED_HOSTS:
        yield fault(
            "hosts", title, "svarar på alla namn (*)", "Sätt EGENMAKT_HOSTS till webbplatsens egna namn."
        )
    elif not settings.TEST_MODE and not _reached_by_others():
        yield warning(
            "hosts",
            title,
            f"svarar bara på den här datorn ({shown})",
            "Sätt EGENMAKT_HOSTS till webbplatsens namn.",
        )
    else:
        yield ok("hosts", title, shown)


def https() -> Iterator[Finding]:
    """Cookies travel over HTTPS only."""
    title = "Kakor bara över HTTPS"
    if settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE:
        yield ok("https", title, "ja")
    elif settings.TEST_MODE and not _reached_by_others():
        yield ok("https", title, "nej, i testläge på den här datorn")
    else:
        yield fault("https", title, "nej", "Stäng av testläget och lägg webbplatsen bakom HTTPS.")


def disk() -> Iterator[Finding]:
    """There is room to write."""
    title = "Plats på disken"
    try:
        free = shutil.disk_usage(settings.DATA_FOLDER).free
    except OSError as error:
        yield fault(
            "disk",
            title,
            f"{settings.DATA_FOLDER}: {error.strerror}",
            "Skapa mappen eller sätt EGENMAKT_DATA.",
        )
        return
    shown = f"{free / 1_000_000_000:.0f} GB ledigt i {settings.DATA_FOLDER}".replace(".", ",")
    if free < _LEAST_DISK:
        yield fault("disk", title, shown, "Ge mappen mer plats, minst 1 GB.")
    else:
        yield ok("disk", title, shown)


def _reached_by_others() -> bool:
    return bool(set(settings.ALLOWED_HOSTS) - _LOCAL)


CHECKS = [test_mode, secret_key, hosts, https, disk]
