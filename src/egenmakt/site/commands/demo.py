"""`egenmakt demo`: everything set up, the demo county loaded, and the site on an address one can open."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egenmakt.site.demo.loading import Progress

PROCESSES = 2


def run(arguments: Sequence[str]) -> int:
    """Load the demo county unless it is loaded, say how to sign in, and serve until stopped.

    Stopped while loading and started again, it goes on. Returns 2 for a port that is taken, a day that is no date,
    and a database that holds something else; nothing is written then.
    """
    options = _options(arguments)
    if not options.load_only and not _is_free(options.host, options.port):
        return _refuse(
            f"Port {options.port} används redan av ett annat program. Stoppa det, eller välj en annan port: "
            f"make demo PORT={options.port + 1}"
        )
    os.environ["EGENMAKT_TEST_MODE"] = "1"  # before the settings are read
    if options.today:
        os.environ["EGENMAKT_TODAY"] = options.today.isoformat()
    begun_at = time.monotonic()
    _tell("Startar databasen och ser till att den är uppdaterad …")
    from egenmakt.site.commands.database import migrate_all, prepare

    prepare()
    migrate_all()
    from egenmakt.site.demo import loading

    people = options.people or (loading.PEOPLE * options.scale if options.scale else None)
    try:
        county = loading.load(
            today=options.today, people=people, processes=min(PROCESSES, os.cpu_count() or 1), letters=False,
            told=_show,
        )  # fmt: skip
    except (loading.AnotherCounty, loading.NotADemo) as refused:
        return _refuse(str(refused))
    _tell(f"Klart på {time.monotonic() - begun_at:.0f} sekunder.")
    if options.load_only:
        loading.make_letters()
        return 0
    from egenmakt.site.demo.signing_in import sign_ins

    print(sign_ins(f"http://localhost:{options.port}", county.people), flush=True)
    from egenmakt.site.commands.serve import run_site

    with _beside_the_site():
        run_site(options.host, options.port, with_worker=False)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="egenmakt demo", description="Ladda demolänet och visa webbplatsen. Allt i det är påhittat."
    )
    parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på")
    parser.add_argument("--port", type=int, default=8000, help="port att lyssna på")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--scale", type=_positive, help="så många gånger fler personer än de vanliga 200")
    size.add_argument("--people", type=_positive, help="så många personer")
    parser.add_argument("--today", type=_day, help="gör länet för en annan dag, ÅÅÅÅ-MM-DD")
    parser.add_argument("--load-only", action="store_true", help="ladda bara, visa inte webbplatsen")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("skriv ett tal från 1")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} är inget datum. Skriv ÅÅÅÅ-MM-DD.") from None


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def _beside_the_site() -> Iterator[None]:
    """The worker, for as long as the site is served."""
    helper = subprocess.Popen([sys.executable, "-m", "egenmakt.site.demo.background"])
    try:
        yield
    finally:
        helper.terminate()
        try:
            helper.wait(timeout=10)
        except subprocess.TimeoutExpired:
            helper.kill()


def _show(progress: Sequence[Progress]) -> None:
    """On a terminal one line that is written over; elsewhere a line for each quarter."""
    done, of = sum(one.done for one in progress), sum(one.of for one in progress)
    line = (
        "Laddar demolänet: "
        + ", ".join(f"{one.town} {one.done} av {one.of}" for one in progress)
        + " händelser"
    )
    if sys.stdout.isatty():
        print(f"\r{line}", end="\n" if done == of else "", flush=True)
    elif (quarter := done * 4 // of) not in _told:
        _told.add(quarter)
        _tell(line)


_told: set[int] = set()


def _tell(text: str) -> None:
    print(text, flush=True)


def _refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 2
