"""The program's own parts: letters can be set, the browser gets what it needs, side effects are carried out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connections

from egenmakt.foundation import clock, ui
from egenmakt.foundation.documents.blocks import Heading
from egenmakt.foundation.documents.letters import Letter, Recipient, Sender, render_letter
from egenmakt.foundation.documents.rendering import TemplateError
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.site.doctor.finding import Finding, fault, ok, warning

_STATIC = re.compile(r"\{% static '([^']+)' %\}")
_LATE, _TOO_LATE = timedelta(minutes=15), timedelta(hours=24)
_ALIVE_S = 60


def letters() -> Iterator[Finding]:
    """A letter can be set, with our own fonts."""
    title = "Brev och typsnitt"
    sender = Sender(
        municipality="Hjo",
        board="Socialnämnden",
        unit="LSS-enheten",
        postal_address=("123 45 Hjo",),
        phone="",
        email="",
    )
    letter = Letter(
        title="Prov åäö",
        date=clock.today(),
        sender=sender,
        recipient=Recipient(name="Alva Åkesson", address=None),
        facts=(),
        blocks=(Heading("Prov åäö ÅÄÖ", level=1),),
        page_of="Sida {page} av {pages}",
    )
    mend = "Installera om programmet (`make setup`): typsnitten och typst följer med."
    began = time.perf_counter()
    try:
        pdf = render_letter(letter)
    except TemplateError as error:
        yield fault("letters", title, str(error), mend)
        return
    took = round((time.perf_counter() - began) * 1000)
    if not pdf.startswith(b"%PDF-"):
        yield fault("letters", title, "det som skrevs är ingen PDF", mend)
    else:
        yield ok("letters", title, f"ett prov skrevs på {took} ms")


def front_end() -> Iterator[Finding]:
    """Every file that the pages ask the browser to fetch is there and holds something."""
    title = "Filer till webbläsaren"
    source = (Path(ui.__file__).parent / "templates/layouts/page.html").read_text("utf-8")
    asked = _STATIC.findall(source)
    missing = [name for name in asked if not _holds_something(finders.find(name))]
    if missing:
        yield fault("front_end", title, f"saknas: {', '.join(missing)}", "Kör `python tools/frontend.py`.")
    else:
        yield ok("front_end", title, f"{len(asked)} stycken, alla finns")


def outbox() -> Iterator[Finding]:
    """Letters, exports and notices do not lie waiting."""
    title = "Utkorg"
    waiting = OutboxEntry.objects.using("owner").filter(done_at=None)
    count, oldest = waiting.count(), waiting.order_by("created_at").first()
    if oldest is None:
        yield ok("outbox", title, "tom")
        return
    age = clock.now() - oldest.created_at
    shown = f"{count} väntar, den äldsta sedan {_long(age)}" + (
        f" ({oldest.error[:200]})" if oldest.error else ""
    )
    mend = (
        "Kontrollera att `egenmakt worker` körs. Läs felet, rätta det, så görs ett nytt försök av sig självt."
    )
    if age > _TOO_LATE:
        yield fault("outbox", title, shown, mend)
    elif age > _LATE:
        yield warning("outbox", title, shown, mend)
    else:
        yield ok("outbox", title, shown)


def worker() -> Iterator[Finding]:
    """Somebody carries out what is in the outbox."""
    title = "Arbetare för utkorgen"
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers"
        )
        (silent,) = cursor.fetchone()
    mend = "Starta `egenmakt worker`, eller `egenmakt serve` utan --no-worker."
    if silent is None:
        yield warning("worker", title, "körs inte", mend)
    elif silent > _ALIVE_S:
        yield warning(
            "worker", title, f"har inte hörts av på {_long(timedelta(seconds=float(silent)))}", mend
        )
    else:
        yield ok("worker", title, "körs")


def _holds_something(path: object) -> bool:
    return isinstance(path, str) and Path(path).is_file() and Path(path).stat().st_size > 0


def _long(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes < 48 * 60 else f"{minutes // 1440} dygn"


CHECKS = [letters, front_end, outbox, worker]
