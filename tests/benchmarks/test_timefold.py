"""The peer of the roster benchmark: it is given the same roster, and its absence is told in one line."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from benchmarks.law.peer import NoPeer
from benchmarks.roster.timefold import solve_with_timefold, to_send

from egenmakt.staffing.rosters.arrays import in_order
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.judging import breaches_of

pytestmark = pytest.mark.req("K-06")


def test_without_java_one_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    with pytest.raises(NoPeer) as told:
        solve_with_timefold(generate(1), seconds=1)
    assert str(told.value) == "javac is not installed: it is in a JDK, as in Debian's openjdk-17-jdk-headless"


def test_the_peer_may_give_a_shift_to_exactly_those_who_could_work_it_alone() -> None:
    roster = generate(2, seed=3)
    sent: Any = to_send(roster)
    for shift, able in zip(in_order(roster), sent["able"], strict=True):
        could = [
            place
            for place, one in enumerate(roster.assistants)
            if not {breach.rule for breach in breaches_of(roster, one, [shift])} - {"weekly_rest"}
        ]
        assert able == could
