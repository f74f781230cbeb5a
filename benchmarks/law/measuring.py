"""Measures one person's case, here and in OpenFisca-Core, and tells it as a section of the page."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.law import cases
from benchmarks.law.peer import NoPeer, OpenFisca, Peer
from benchmarks.sections import table
from egenmakt import law

TURNS = 500
PEER_TURNS = 200
# What is aimed at, in microseconds.
CASE_GOAL, EXPLAINED_GOAL, TIMES_FASTER_GOAL = 100, 500, 10
IMPORT_GOAL, BUILDING_GOAL = 150_000, 50_000
SRC = Path(__file__).resolve().parent.parent.parent / "src"


def run() -> str:
    """Measure everything. Raises AssertionError when the peer gives another answer: it is then no comparison."""
    person = cases.facts(cases.ADULT)
    single = cases.facts(cases.ADULT, moments=1)
    child = cases.facts(cases.CHILD, until=date(2035, 12, 31))
    document = cases.document(person)
    case, one = timed(lambda: law.assess(person)), timed(lambda: law.assess(single))
    explained = timed(lambda: law.assess(person).findings)
    rows = [
        _row(f"a case with {cases.MOMENTS} moments, each classified and traced", case, CASE_GOAL),
        _row("the same, explained in Swedish", explained, EXPLAINED_GOAL),
        _row("a case with one moment", one),
        _row(f"a child until its 14th year, {cases.MOMENTS} moments", timed(lambda: law.assess(child))),
        _row("the case read from JSON", timed(lambda: law.facts_from_json(document))),
        _row("the case from JSON to JSON with the explanation", timed(
            lambda: json.dumps(law.assess(law.facts_from_json(document)).to_json()), TURNS // 5)),
        _row("`import egenmakt.law` and all of it that an assessment needs", *_started("names"), IMPORT_GOAL),
        _row("building the law: the rulebook, and the first case compiled", *_started("built"), BUILDING_GOAL),
    ]  # fmt: skip
    return "\n".join([
        "## The law for one person\n",
        f"`python -m benchmarks.law`, on {platform.machine()} with {os.cpu_count()} cores, Python "
        f"{platform.python_version()}. Microseconds: the middle of {TURNS} turns, and the best.\n",
        table(["what", "µs", "best", "goal"], rows),
        "",
        _beside(person, single, case, one),
    ])  # fmt: skip


def timed(work: Callable[[], object], turns: int = TURNS) -> tuple[float, float]:
    """The middle and the best of the times, in microseconds."""
    work()
    times = []
    for _turn in range(turns):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1e6)
    return statistics.median(times), min(times)


def _row(what: str, times: tuple[float, float], goal: int | None = None) -> tuple[object, ...]:
    return what, _number(times[0]), _number(times[1]), _number(goal) if goal else ""


def _number(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


_START = {
    "names": "from egenmakt import law; law.assess; law.facts_from_json; law.rulebook",
    "built": "law.rulebook(); law.assess(person)",
}


def _started(what: str) -> tuple[tuple[float, float]]:
    """In programs of their own, since a program imports and builds once."""
    before = "" if what == "names" else (
        f"{_START['names']}; from benchmarks.law import cases; person = cases.facts(cases.ADULT)"
    )  # fmt: skip
    code = (
        f"import time; {before}\nbegun = time.perf_counter()\n{_START[what]}\n"
        "print((time.perf_counter() - begun) * 1e6)"
    )
    path = os.pathsep.join([str(SRC), str(SRC.parent)])
    times = [
        float(subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": path},
        ).stdout)
        for _turn in range(7)
    ]  # fmt: skip
    return ((statistics.median(times), min(times)),)


def _beside(
    person: law.AssessmentFacts,
    single: law.AssessmentFacts,
    case: tuple[float, float],
    one: tuple[float, float],
) -> str:
    """The same rules on the same facts in OpenFisca-Core, in the same run."""
    try:
        peer = OpenFisca()
        try:
            theirs, theirs_one = peer.measure(person, PEER_TURNS), peer.measure(single, PEER_TURNS)
        finally:
            peer.close()
    except NoPeer as error:
        return f"OpenFisca-Core could not be measured beside it: {error}.\n"
    _assert_same(person, theirs)
    _assert_same(single, theirs_one)
    many, few = list(person.moments), list(single.moments)
    rows = [
        _compared(f"{cases.MOMENTS} moments, the facts already set", case, theirs.calculating),
        _compared(f"{cases.MOMENTS} moments, the facts set too", _with_facts(person, many), theirs.whole),
        _compared("one moment, the facts already set", one, theirs_one.calculating),
        _compared("one moment, the facts set too", _with_facts(single, few), theirs_one.whole),
    ]
    heads = [
        "the same rules, traced",
        "Egenmakt µs",
        f"OpenFisca-Core {theirs.version} µs",
        "times faster",
        "best by best",
    ]
    return (
        f"{table(heads, rows)}\n\nOpenFisca-Core runs with its tracer, whole columns at once, installed for the "
        f"run only; it gives the same sums. The goal is {TIMES_FASTER_GOAL} times. Egenmakt also looks up the "
        "parameters of the day, chooses the wordings in force, and answers for a year, not for a day.\n"
    )


def _with_facts(person: law.AssessmentFacts, moments: list[law.Moment]) -> tuple[float, float]:
    """The case from its plain values: each moment made anew, then all assessed."""
    plain = [
        (
            one.id,
            one.need,
            one.minutes,
            one.times,
            one.per,
            one.text,
            one.assistants,
            one.intimate,
            one.tube_feeding,
        )
        for one in moments
    ]
    return timed(lambda: law.assess(replace(person, moments=tuple(law.Moment(*values) for values in plain))))


def _compared(what: str, ours: tuple[float, float], theirs: tuple[float, float]) -> tuple[object, ...]:
    times = (f"{other / mine:.0f}" for mine, other in zip(ours, theirs, strict=True))
    return (what, _number(ours[0]), _number(theirs[0]), *times)


def _assert_same(person: law.AssessmentFacts, peer: Peer) -> None:
    (row,) = law.assess(person).to_json()["timeline"]
    assert {name: row[name] for name in peer.answer} == peer.answer
