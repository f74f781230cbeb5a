"""A process that signs one proposal and is killed somewhere on the way (see test_signing_survives_kills)."""

from __future__ import annotations

import sys
from uuid import UUID


def main(case_id: str, proposal_id: str, user_id: str, municipality_id: str) -> None:
    import django

    django.setup()
    from egenmakt.casework.decisions import actions
    from egenmakt.foundation.access.actor import actor_for
    from egenmakt.foundation.identity.models import Assignment, User
    from egenmakt.foundation.tenancy import transaction as tenancy

    print("ready", flush=True)
    sys.stdin.readline()
    with tenancy.acting_in(UUID(municipality_id), UUID(user_id)):
        user = User.objects.get(pk=user_id)
        held = Assignment.objects.filter(user=user, municipality=municipality_id)
        actor = actor_for(user, list(held.select_related("municipality", "unit")))
        actions.sign_decision(actor=actor, case_id=UUID(case_id), proposal_id=UUID(proposal_id))
    print("signed", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
