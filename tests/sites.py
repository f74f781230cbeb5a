"""Real servers for browser and crash tests, each on a database of its own, and a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connections

from egenmakt.foundation.database.server import Addresses

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "src/egenmakt/foundation/ui/static/vendor/axe.min.js"
PASSWORD = "en-lang-mening-att-minnas"
WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A site that runs in processes of its own on a database of its own."""

    addresses: Addresses
    name: str
    today: str = ""
    with_worker: bool = True
    port: int = field(default_factory=_free_port)
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on this site's database."""
        return {
            **os.environ,
            "EGENMAKT_TEST_MODE": "1",
            "EGENMAKT_TODAY": self.today,
            "DATABASE_URL": self.addresses.application,
            "DATABASE_OWNER_URL": self.addresses.owner,
            "DJANGO_SETTINGS_MODULE": "egenmakt.site.settings",
        }

    def start(self) -> Site:
        """Start the site and wait until it answers."""
        granian = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--blocking-threads", "2",
            "--no-log", "egenmakt.site.wsgi:application",
        ]  # fmt: skip
        commands = [granian]
        if self.with_worker:
            commands.append([sys.executable, "-m", "egenmakt.site.cli", "worker"])
        for command in commands:
            self.processes.append(
                subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/konto/logga-in/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise AssertionError("the site did not answer within a minute")

    def kill(self) -> None:
        """Kill the site and its worker without warning, as a power cut would."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    @contextmanager
    def database(self) -> Iterator[None]:
        """Work on the site's database from the test, with real commits."""
        before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
        try:
            for alias in before:
                connections[alias].close()
                connections[alias].settings_dict["NAME"] = self.name
            yield
        finally:
            for alias, settings in before.items():
                connections[alias].close()
                connections[alias].settings_dict.update(settings)


@pytest.fixture(scope="module")
def make_site(server, template, django_db_blocker) -> Iterator[Callable[..., Site]]:
    """Make sites on copies of the migrated database; all are killed and dropped when the module is done."""
    from tests.conftest import copy_database
    from tests.people import make_municipalities

    made: list[Site] = []

    def make(*, start: bool = True, today: str = "", with_worker: bool = True) -> Site:
        name = f"site_{os.getpid()}_{len(made)}_{time.monotonic_ns()}"
        addresses = copy_database(server, template, name)
        make_municipalities(addresses.owner)
        site = Site(addresses, name, today=today, with_worker=with_worker)
        made.append(site)
        return site.start() if start else site

    with django_db_blocker.unblock():
        yield make
    import psycopg

    for site in made:
        site.kill()
        with psycopg.connect(server.superuser, autocommit=True) as superuser:
            superuser.execute(f'DROP DATABASE IF EXISTS "{site.name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tools"))
    import chromium

    # Playwright runs a loop of its own in this thread; the tests beside it still speak with the database plainly.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(chromium.ensure()),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
            ],
        )
        yield running
        running.close()


def sign_in(page, site: Site, email: str, password: str = PASSWORD) -> None:
    """Sign in as a person would."""
    page.goto(f"{site.url}/konto/logga-in/")
    page.get_by_label("E-post", exact=False).first.fill(email)
    page.get_by_label("Lösenord", exact=False).first.fill(password)
    page.locator("form").filter(has=page.locator("input[type=password]")).get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/konto/logga-in" not in url)


def axe_violations(page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands, one line each."""
    # evaluated through the browser's own protocol, so the page's content security policy stays in force
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
        "'best-practice']})).violations"
    )
    return [
        f"{one['id']}: {one['help']} – {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found
    ]


def check_page(page, where: str) -> None:
    """The page has no axe violation and no sideways scrolling, on a phone and at a desk."""
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")  # a target half hidden under the banner has no size to measure
        assert axe_violations(page) == [], f"{where} ({name})"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 1, f"{where} ({name}) scrolls sideways by {overflow} px"
