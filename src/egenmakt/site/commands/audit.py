"""`egenmakt audit verify` and `egenmakt audit anchor`: proving from outside that nothing was changed unseen.

    egenmakt audit verify                 exit 0 when everything holds, 1 when something does not: it is named
    egenmakt audit verify --anchors FILE  also against the ends noted earlier
    egenmakt audit anchor > FILE          the ends of the chains as they are now; keep the file elsewhere

Exit 2: the check could not be made (wrong arguments, an unreadable file, no database). Never a traceback.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egenmakt.foundation.audit.chain import ChainHead

HOLDS, BROKEN, NOT_CHECKED = 0, 1, 2
_USAGE = "Användning: egenmakt audit verify [--anchors FIL]  eller  egenmakt audit anchor > FIL"


class NotReadable(Exception):
    """The file of anchors cannot be used. The message says why, in Swedish."""


def run(arguments: Sequence[str]) -> int:
    """Carry out `verify` or `anchor`; the exit code."""
    match list(arguments):
        case ["verify"]:
            return _guarded(lambda: _verify({}))
        case ["verify", "--anchors", file]:
            try:
                anchors = read_anchors(Path(file))
            except NotReadable as error:
                return _refuse(str(error))
            return _guarded(lambda: _verify(anchors))
        case ["anchor"]:
            return _guarded(_anchor)
        case _:
            return _refuse(_USAGE)


def read_anchors(path: Path) -> dict[str, ChainHead]:
    """The ends of chains in a file that `anchor` has written, by municipality. Raises NotReadable."""
    from egenmakt.foundation.audit.chain import ChainHead

    try:
        document = json.loads(path.read_text("utf-8"))
        heads = [
            ChainHead(str(one["municipality_id"]), int(one["number"]), str(one["digest"]))
            for one in document["heads"]
        ]
    except FileNotFoundError:
        raise NotReadable(f"Filen {path} finns inte.") from None
    except (OSError, UnicodeDecodeError):
        raise NotReadable(f"Filen {path} går inte att läsa. Kontrollera namnet och behörigheten.") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotReadable(f"Filen {path} är inte en fil som `egenmakt audit anchor` har skrivit.") from None
    return {one.municipality_id: one for one in heads}


def _guarded(check: Callable[[], int]) -> int:
    """Run a check; what stops it becomes a sentence and exit code 2."""
    from django.db import Error

    from egenmakt.foundation.audit.chain import NotTheOwner
    from egenmakt.foundation.database.server import ServerDidNotStart
    from egenmakt.site.commands.database import prepare

    try:
        prepare()
        return check()
    except (NotTheOwner, ServerDidNotStart) as error:
        return _refuse(str(error))
    except Error as error:
        return _refuse(f"Databasen går inte att läsa ({str(error).splitlines()[0]}). Kör `egenmakt doctor`.")


def _verify(anchors: dict[str, ChainHead]) -> int:
    from egenmakt.foundation.audit.chain import verify_chain

    names = _names()
    heads, broken = verify_chain(anchors=anchors)
    wrong: dict[str, list[str]] = {}
    for one in broken:
        wrong.setdefault(one.municipality_id, []).append(str(one))
    for head in heads:
        if head.municipality_id not in wrong:
            print(
                f"{names.get(head.municipality_id, head.municipality_id)}: {head.number} länkar, allt stämmer."
            )
    for municipality, lines in wrong.items():
        print(f"{names.get(municipality, municipality)}: STÄMMER INTE.")
        for line in lines:
            print(f"  {line}")
    if not heads and not broken:
        print("Det finns ingen kedja än.")
    return BROKEN if broken else HOLDS


def _anchor() -> int:
    from egenmakt.foundation import clock
    from egenmakt.foundation.audit.chain import chain_heads

    names = _names()
    heads = [{**asdict(one), "municipality": names.get(one.municipality_id, "")} for one in chain_heads()]
    document = {"made_at": clock.now().isoformat(timespec="seconds"), "heads": heads}
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return HOLDS


def _names() -> dict[str, str]:
    from egenmakt.foundation.tenancy.models import Municipality

    return {str(key): name for key, name in Municipality.objects.using("owner").values_list("pk", "name")}


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_CHECKED
