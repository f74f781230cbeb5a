"""Loading the county: killed anywhere it goes on, and nothing is made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from tests.site.demo_county import DAY, content, digest

from egenmakt.casework.decisions.models import Decision, Letter
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.models import Counter, Municipality
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.site.demo.loading import AnotherCounty, Begun, NotADemo, begun, load
from egenmakt.site.demo.office import Office
from egenmakt.site.demo.staff import TOWNS

pytestmark = [pytest.mark.req("H-13", "H-19"), pytest.mark.xdist_group("demo-resuming")]

FEW = 9


@pytest.fixture(scope="module")
def whole(make_site) -> Iterator[dict[str, list[str]]]:
    """What a small county holds that was loaded in one go. One stands in its database."""
    site = make_site(start=False)
    with site.database():
        load(today=DAY, people=FEW)
        yield content()


@pytest.mark.slow
def test_every_decision_has_its_letters_made_on_the_day_it_was_signed(whole):
    for town in TOWNS:
        with Office(town).acting("registrator"):
            assert OutboxEntry.objects.filter(done_at=None).count() == 0
            for decision in Decision.objects.all():
                letters = Letter.objects.filter(decision=decision).select_related("document")
                assert {one.voice for one in letters} == {"legal", "plain", "easy"}
                assert {one.document.created_at.date() for one in letters} == {decision.decided_on}
    assert whole["decisions_letter"]


def _command(site, *more: str) -> subprocess.Popen:
    arguments = ["demo", "--load-only", "--people", str(FEW), "--today", DAY.isoformat(), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "egenmakt.site.cli", *arguments],
        env=site.environment | {"EGENMAKT_TODAY": ""}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _done() -> int:
    found = 0
    for municipality in Municipality.objects.all():
        with acting_in(municipality.pk):
            counted = Counter.objects.filter(series__startswith="demo").first()
            found += counted.last if counted else 0
    return found


@pytest.mark.slow
def test_the_same_day_gives_the_same_content_in_another_database(whole, make_site):
    site = make_site(start=False)
    with site.database():
        load(today=DAY, people=FEW)
        again = content()
    for table, rows in whole.items():
        assert again[table] == rows, table


@pytest.mark.slow
def test_killed_several_times_while_loading_it_goes_on_and_makes_nothing_twice(whole, make_site):
    site = make_site(start=False)
    with site.database():
        killed = 0
        for wanted in (1, 12, 30):
            process = _command(site)
            _wait_for(lambda: _done() >= wanted or process.poll() is not None)  # noqa: B023
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                killed += 1
            process.wait()
        assert killed >= 2
        assert content() != whole
        process = _command(site)
        output, _nothing = process.communicate(timeout=300)
        assert process.returncode == 0, output
        assert content() == whole


@pytest.mark.slow
def test_two_who_load_at_once_make_one_county(whole, make_site):
    site = make_site(start=False)
    with site.database():
        processes = [_command(site), _command(site)]
        outputs = [process.communicate(timeout=300)[0] for process in processes]
        assert [process.returncode for process in processes] == [0, 0], outputs
        assert content() == whole


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
def test_a_loaded_county_is_not_loaded_again_nor_mixed_with_another(make_site):
    site = make_site(start=False)
    with site.database():
        assert begun() is None
        load(today=DAY, people=3, letters=False)
        before = digest()
        assert load(letters=False) == Begun(DAY, 3)
        assert digest() == before
        with pytest.raises(AnotherCounty, match="3 personer"):
            load(today=DAY, people=4)
        with pytest.raises(AnotherCounty):
            load(today=DAY + timedelta(days=1), people=3)
        assert digest() == before


def test_a_database_with_other_accounts_is_left_alone(make_site):
    site = make_site(start=False)
    with site.database():
        User.objects.create_user("riktig@kommun.exempel", name="Riktig Användare")
        with pytest.raises(NotADemo):
            load(today=DAY, people=3)
        assert User.objects.count() == 1
        assert connection.settings_dict["NAME"] == site.name
