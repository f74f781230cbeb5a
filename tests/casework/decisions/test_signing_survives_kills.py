"""A process that dies while it signs leaves all or nothing: never half a decision, and nothing done twice after it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
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


@pytest.fixture(scope="module")
def signers(site) -> Iterator[subprocess.Popen]:
    """A program that makes a process for each proposal it is told to sign."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("signing_process.py"))],
        env={**site.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n"
    yield process
    process.stdin.close()
    process.wait()


def _sign(signers, made, kill_after: float | None = None) -> tuple[str, float]:
    """Let a process sign, and kill it after some seconds: how it ended, and after how long."""
    words = (made.case.pk, made.proposal.pk, made.decider.user_id, made.decider.municipality_id)
    signers.stdin.write(" ".join(map(str, words)) + "\n")
    signers.stdin.flush()
    child = int(signers.stdout.readline())
    started = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    ended = signers.stdout.readline().strip()
    return ended, time.monotonic() - started


@pytest.mark.slow
@pytest.mark.req("H-02", "H-18")
def test_killing_the_signer_at_random_never_leaves_half_a_decision(site, signers):
    with committed(site) as world:
        whole = journeys.case_ready_for_decision(world)
        made = [journeys.case_ready_for_decision(world) for _ in range(KILLS)]
    ended, needed = _sign(signers, whole)  # undisturbed: the kills are spread over the time it takes
    assert ended == "signed"
    chance = random.Random(20260420)
    signed = []
    for index, one in enumerate(made):
        ended, _seconds = _sign(signers, one, needed * (index + chance.random()) / KILLS)
        assert ended in ("signed", "killed")
        with committed(site) as world:
            world.act(one.decider)
            decision = Decision.objects.filter(case=one.case).first()
            grants = Grant.objects.filter(decision__case=one.case).count()
            entries = OutboxEntry.objects.filter(key=str(decision.pk)).count() if decision else 0
            assert (decision is not None, grants, entries) in {(False, 0, 0), (True, 2, 2)}
            assert decision is not None or ended == "killed"
            signed.append(decision is not None)
    assert not all(signed), "no kill came in time to stop anything"
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
