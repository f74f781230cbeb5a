"""Processes that sign one proposal each and are killed somewhere on the way (see test_signing_survives_kills).

The program is loaded once; every line on standard input is a proposal that a process of its own signs. Its number is
answered at once, and how it ended when it has.
"""

from __future__ import annotations

import os
import sys
from uuid import UUID


def _sign(case_id: str, proposal_id: str, user_id: str, municipality_id: str) -> None:
    from egenmakt.casework.decisions import actions
    from egenmakt.foundation.access.actor import actor_for
    from egenmakt.foundation.identity.models import Assignment, User
    from egenmakt.foundation.tenancy import transaction as tenancy

    with tenancy.acting_in(UUID(municipality_id), UUID(user_id)):
        user = User.objects.get(pk=user_id)
        held = Assignment.objects.filter(user=user, municipality=municipality_id)
        actor = actor_for(user, list(held.select_related("municipality", "unit")))
        actions.sign_decision(actor=actor, case_id=UUID(case_id), proposal_id=UUID(proposal_id))


def main() -> None:
    import django

    django.setup()
    from egenmakt import law
    from egenmakt.casework.decisions import actions  # noqa: F401 - loaded before the first process is made

    law.rulebook()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _sign(*line.split())
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print("signed" if status == 0 else "killed" if os.WIFSIGNALED(status) else "failed", flush=True)


if __name__ == "__main__":
    main()
