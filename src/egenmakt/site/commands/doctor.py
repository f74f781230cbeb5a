"""`egenmakt doctor`: whether this installation is right, and how to mend what is not.

    egenmakt doctor          one line for each thing examined, in Swedish
    egenmakt doctor --json   {"ok": true, "findings": [{"name", "title", "status", "detail", "mend"}]}

Exit 0 when nothing is at fault (warnings do not count), 1 otherwise. Changes nothing. Never a traceback.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egenmakt.site.doctor.finding import Check, Finding

HEALTHY, AT_FAULT, WRONG_ARGUMENTS = 0, 1, 2
_WORDS = {"ok": "OK", "warning": "VARNING", "fault": "FEL"}


def run(arguments: Sequence[str]) -> int:
    """Examine everything and tell; the exit code."""
    if list(arguments) not in ([], ["--json"]):
        print("Användning: egenmakt doctor [--json]", file=sys.stderr)
        return WRONG_ARGUMENTS
    found = list(examine())
    well = not any(one.status == "fault" for one in found)
    if arguments:
        print(
            json.dumps({"ok": well, "findings": [asdict(one) for one in found]}, ensure_ascii=False, indent=2)
        )
    else:
        for one in found:
            print(line(one))
    return HEALTHY if well else AT_FAULT


def line(one: Finding) -> str:
    """A finding as a line, with how to mend it on the next."""
    text = f"{_WORDS[one.status]:<8} {one.title}" + (f": {one.detail}" if one.detail else "")
    return f"{text}\n         → {one.mend}" if one.mend else text


def examine() -> Iterator[Finding]:
    """Everything that is examined. What cannot be examined is itself a fault; the rest goes on."""
    from egenmakt.site.doctor.finding import fault

    try:
        from egenmakt.site.commands.database import prepare

        prepare()
    except Exception as error:
        yield fault("start", "Start", _told(error), "Rätta felet ovan; utan det kan inget annat undersökas.")
        return
    from egenmakt.site.doctor import accounts, database, program, settings

    for check in (*settings.CHECKS, *database.CHECKS, *program.CHECKS, *accounts.CHECKS):
        yield from _carried_out(check)


def _carried_out(check: Check) -> Iterator[Finding]:
    from egenmakt.site.doctor.finding import fault

    try:
        yield from check()
    except Exception as error:
        title = (check.__doc__ or check.__name__).splitlines()[0]
        yield fault(
            check.__name__, "Gick inte att undersöka", f"{title} {_told(error)}", "Rätta felet och kör igen."
        )


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]
