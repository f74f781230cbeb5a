"""`egenmakt serve` and `egenmakt worker`: the site, and what carries out the outbox."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from egenmakt.site.commands.database import migrate_all, prepare


def serve(arguments: Sequence[str]) -> int:
    """Serve the site until stopped. `--no-worker` leaves the outbox to a worker started elsewhere."""
    parser = argparse.ArgumentParser(prog="egenmakt serve")
    parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på")
    parser.add_argument("--port", type=int, default=8000, help="port att lyssna på")
    parser.add_argument("--no-worker", action="store_true", help="starta ingen arbetare för utkorgen")
    options = parser.parse_args(arguments)
    prepare()
    migrate_all()
    run_site(options.host, options.port, with_worker=not options.no_worker)
    return 0


def run_site(host: str, port: int, *, with_worker: bool = True) -> None:
    """Serve the site, with a worker beside it that ends when the site does."""
    from granian import Granian
    from granian.constants import Interfaces

    helper = subprocess.Popen([sys.executable, "-m", "egenmakt.site.cli", "worker"]) if with_worker else None
    try:
        Granian(
            "egenmakt.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_enabled=False,
        ).serve()
    finally:
        if helper:
            helper.terminate()
            try:
                helper.wait(timeout=10)
            except subprocess.TimeoutExpired:
                helper.kill()


def worker(arguments: Sequence[str]) -> int:
    """Carry out the outbox until stopped, or (`--once`) until it is empty."""
    parser = argparse.ArgumentParser(prog="egenmakt worker")
    parser.add_argument("--once", action="store_true", help="utför det som väntar och sluta sedan")
    options = parser.parse_args(arguments)
    prepare()
    if options.once:
        from egenmakt.foundation.jobs.actions import carry_out_waiting
        from egenmakt.foundation.tenancy.models import Municipality

        for municipality in Municipality.objects.values_list("pk", flat=True):
            carry_out_waiting(municipality_id=municipality)
        return 0
    _stop_with_parent()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)  # noqa: S101 - says which kind the settings give
    with app.replace_connector(connector.get_worker_connector()) as running:
        running.run_worker(queues=["outbox"], concurrency=2, install_signal_handlers=True, listen_notify=True)
    return 0


def _stop_with_parent() -> None:
    """A worker started by `serve` ends when `serve` is killed (on Linux; elsewhere one stops it by hand)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
    if os.getppid() == 1:
        sys.exit(0)
