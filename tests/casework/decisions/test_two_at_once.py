"""Two deciders press the button at the same moment: one decision is made, and the other person is told by whom."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from tests.casework import journeys
from tests.casework.committed import committed

from egenmakt.casework.decisions import actions
from egenmakt.casework.decisions.models import Decision, Grant
from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy import transaction as tenancy


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(start=False)


@pytest.mark.req("H-02")
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_sign_at_once_make_one_decision(site, attempt):
    with committed(site) as world:
        made = journeys.case_ready_for_decision(world)
        deciders = [made.decider, world.staff(Role.DECISION_MAKER, name="Bodil Berg")]
    at_once = threading.Barrier(2)
    told: dict[str, object] = {}

    def sign(actor) -> None:
        try:
            with clock.at(journeys.TODAY), tenancy.acting_in(actor.municipality_id, actor.user_id):
                at_once.wait(10)
                told[actor.name] = actions.sign_decision(
                    actor=actor, case_id=made.case.pk, proposal_id=made.proposal.pk
                )
        except actions.DecidedByAnother as other:
            told[actor.name] = other
        finally:
            connections.close_all()

    with site.database():
        threads = [threading.Thread(target=sign, args=(actor,)) for actor in deciders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    with committed(site) as world:
        world.act(made.decider)
        decision = Decision.objects.get(case=made.case)
        winner = next(one for one in deciders if one.user_id == decision.signed_by_id)
        loser = next(one for one in deciders if one is not winner)
        assert isinstance(told[winner.name], Decision)
        assert isinstance(told[loser.name], actions.DecidedByAnother)
        assert winner.name in str(told[loser.name])
        assert Grant.objects.filter(decision=decision).count() == 2
        assert OutboxEntry.objects.filter(key=str(decision.pk)).count() == 2
