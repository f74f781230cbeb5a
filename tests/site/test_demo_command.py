"""`egenmakt demo`: what is printed, that one can sign in with it, and what is refused."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from tests.site.demo_county import DAY
from tests.sites import PASSWORD, Site

from egenmakt.foundation.accounts.demo import DEMO_PASSWORD
from egenmakt.site.cli import main

pytestmark = [pytest.mark.req("H-13"), pytest.mark.xdist_group("demo-command")]


@pytest.fixture(scope="module")
def loaded(make_site) -> Site:
    """A database with a small county in it."""
    site = make_site(start=False)
    # in a process of its own: passwords are hashed as the site does it, not as the tests do
    arguments = ["demo", "--load-only", "--people", "6", "--today", DAY.isoformat()]
    subprocess.run([sys.executable, "-m", "egenmakt.site.cli", *arguments], env=site.environment, check=True)
    return site


@pytest.fixture
def serving(loaded: Site) -> Iterator[subprocess.Popen]:
    """The command, serving the small county."""
    process = subprocess.Popen(
        [sys.executable, "-m", "egenmakt.site.cli", "demo", "--port", str(loaded.port)],
        env=loaded.environment | {"EGENMAKT_TODAY": DAY.isoformat()}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait_until_served(site: Site, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read()
        try:
            urllib.request.urlopen(f"{site.url}/konto/logga-in/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the demo did not serve within two minutes")


def _read_until(process: subprocess.Popen, wanted: str) -> str:
    found = ""
    while wanted not in found:
        line = process.stdout.readline()
        assert line, found
        found += line
    return found


def _signed_in(site: Site, email: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"{site.url}/konto/logga-in/"
    page = opener.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form = {"csrfmiddlewaretoken": token[1], "login": email, "password": DEMO_PASSWORD}
    data = urllib.parse.urlencode(form).encode()
    answer = opener.open(urllib.request.Request(address, data, {"Referer": address}))
    assert "logga-in" not in answer.url
    return opener


@pytest.mark.slow
def test_the_command_says_who_can_sign_in_and_serves_what_they_have_to_do(loaded, serving):
    printed = _read_until(serving, "Lösenord för alla")
    assert f"http://localhost:{loaded.port}" in printed
    assert DEMO_PASSWORD in printed
    for municipality in ("kristianstad", "hjo", "alvsbyn"):
        for mailbox in (
            "registrator",
            "handlaggare",
            "beslutsfattare",
            "chef",
            "granskare",
            "ekonom",
            "systemansvarig",
        ):
            assert f"{mailbox}@{municipality}.exempel" in printed
    assert re.search(r"LSS-handläggare +Älvsbyn +handlaggare@alvsbyn\.exempel", printed)

    _wait_until_served(loaded, serving)
    page = (
        _signed_in(loaded, "handlaggare@kristianstad.exempel").open(f"{loaded.url}/arenden/").read().decode()
    )
    assert "LSS-2026-" in page

    children = _children(serving.pid)
    assert children, "a worker stands beside the site"
    serving.send_signal(signal.SIGINT)
    serving.wait(timeout=60)
    deadline = time.monotonic() + 20
    while any(_runs(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(_runs(child) for child in children)


def _children(parent: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(one) for one in listed.stdout.split()]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_password_is_the_one_that_the_tests_use():
    assert DEMO_PASSWORD == PASSWORD


def test_a_port_that_is_taken_is_told_before_anything_is_started(capsys, monkeypatch):
    monkeypatch.setenv("EGENMAKT_DATA", "/nowhere")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Port {port} används redan" in said.err
    assert f"make demo PORT={port + 1}" in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--today", "i morgon"], "i morgon är inget datum. Skriv ÅÅÅÅ-MM-DD."),
        (["--scale", "0"], "skriv ett tal från 1"),
        (["--people", "-3"], "skriv ett tal från 1"),
    ],
)
def test_wrong_input_is_refused_in_swedish(arguments, told, capsys):
    with pytest.raises(SystemExit) as refused:
        main(["demo", *arguments])
    assert refused.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.slow
def test_a_county_of_another_size_is_refused_and_the_first_one_stays(loaded: Site):
    answer = subprocess.run(
        [sys.executable, "-m", "egenmakt.site.cli", "demo", "--load-only", "--scale", "3"],
        env=loaded.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 2
    assert "redan ett demolän med 6 personer" in answer.stderr
