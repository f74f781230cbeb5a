"""A process that dies while it signs leaves all or nothing: never half a decision, and nothing done twice after it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.casework import journeys
from tests.casework.committed import committed

from egenmakt.casework.cases.models import Task
from egenmakt.casework.decisions.models import Decision, Grant, Letter
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.jobs.actions import carry_out_waiting
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.models import Counter

ROOT = Path(__file__).resolve().parents[3]
KILLS = 20


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(start=False, today=journeys.TODAY.isoformat())


def _start(site, made) -> subprocess.Popen:
    """A process that is about to sign, and waits for the word."""
    return subprocess.Popen(
        [
            sys.executable, str(Path(__file__).with_name("signing_process.py")),
            str(made.case.pk), str(made.proposal.pk), str(made.decider.user_id), str(made.decider.municipality_id),
        ],
        env={**site.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def _sign_and_kill(site, made, after: float) -> bool:
    """Let the process sign, and kill it after some seconds; whether it had time to say that it was done."""
    process = _start(site, made)
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read()
    process.wait()
    return "signed" in said


@pytest.mark.slow
@pytest.mark.req("H-02", "H-18")
def test_killing_the_signer_at_random_never_leaves_half_a_decision(site):
    with committed(site) as world:
        whole = journeys.case_ready_for_decision(world)
    started = time.monotonic()
    process = _start(site, whole)
    assert process.stdout.readline() == "ready\n"
    started = time.monotonic()
    process.communicate("go\n", timeout=120)
    needed = time.monotonic() - started  # how long it takes undisturbed: the kills are spread over that time
    with committed(site) as world:
        made = [journeys.case_ready_for_decision(world) for _ in range(KILLS)]
    chance = random.Random(20260420)
    outcomes = []
    for index, one in enumerate(made):
        said_so = _sign_and_kill(site, one, needed * (index + chance.random()) / KILLS)
        with committed(site) as world:
            world.act(one.decider)
            decision = Decision.objects.filter(case=one.case).first()
            grants = Grant.objects.filter(decision__case=one.case).count()
            entries = OutboxEntry.objects.filter(key=str(decision.pk)).count() if decision else 0
            assert (decision is not None, grants, entries) in {(False, 0, 0), (True, 2, 2)}
            assert decision is not None or not said_so
            outcomes.append(decision is not None)
    assert not outcomes[0], "the first kill came before anything was done"
    _after_the_restart(site, [whole, *made])


def _after_the_restart(site, made) -> None:
    """What was signed gets its letters and tasks, once; what was not can be signed as if nothing had happened."""
    with site.database():
        home = made[0].case.municipality_id
        carry_out_waiting(municipality_id=home)
        carry_out_waiting(municipality_id=home)
    with committed(site) as world:
        for one in made:
            world.act(one.decider)
            if not Decision.objects.filter(case=one.case).exists():
                one.world = world
                journeys.sign(one)
    with site.database():
        carry_out_waiting(municipality_id=home)
    with committed(site) as world:
        world.act(made[0].decider)
        count = len(made)
        assert OutboxEntry.objects.filter(done_at=None).count() == 0
        assert Decision.objects.count() == count
        assert Letter.objects.count() == 3 * count
        assert Document.objects.filter(kind="decision_letter").count() == 3 * count
        assert Task.objects.count() == 2 * count
        numbers = sorted(Decision.objects.values_list("number", flat=True))
        assert numbers == [f"B-2026-{n:05d}" for n in range(1, count + 1)]
        assert Counter.objects.get(series="decision").last == count
