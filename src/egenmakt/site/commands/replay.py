"""`egenmakt replay`: every decision in force is worked out anew, now instead of tonight.

Exit 0 when all give what was signed, or differ because the law has changed since; 1 when one gives another answer by
the same law, or cannot be worked out: the page Lagen, Omräkning, shows which. Safe to stop and start again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

AS_DECIDED, DIFFERS, NOT_DONE = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Work out the decisions of every municipality; one line each."""
    if arguments:
        print("Användning: egenmakt replay", file=sys.stderr)
        return NOT_DONE
    from django.db import Error

    from egenmakt.foundation.database.server import ServerDidNotStart
    from egenmakt.site.commands.database import prepare

    try:
        prepare()
        return _replay()
    except ServerDidNotStart as error:
        print(error, file=sys.stderr)
    except Error as error:
        reason = str(error).splitlines()[0]
        print(f"Databasen går inte att läsa ({reason}). Kör `egenmakt doctor`.", file=sys.stderr)
    return NOT_DONE


def _replay() -> int:
    from egenmakt.foundation.tenancy.models import Municipality
    from egenmakt.foundation.tenancy.transaction import acting_in
    from egenmakt.oversight.replay.actions import replay_decisions
    from egenmakt.oversight.replay.models import Answer
    from egenmakt.oversight.replay.queries import answers_in_force

    wrong = 0
    for municipality in Municipality.objects.order_by("name"):
        new = replay_decisions(municipality_id=municipality.pk).total()
        with acting_in(municipality.pk):
            found = answers_in_force()
        told = (
            ", ".join(f"{found[one]} {one.label}" for one in Answer if found[one]) or "inga gällande beslut"
        )
        print(f"{municipality.name}: {told} ({new} räknades om nu).", flush=True)
        wrong += found[Answer.DIFFERS] + found[Answer.IMPOSSIBLE]
    return DIFFERS if wrong else AS_DECIDED
