"""Timefold, installed for the benchmark only: the same roster, rules and cost as a first configuration of it.

Constraint streams, a change and a swap move, late acceptance, one Java machine (more threads for moves are not open).
Whom a shift may be given to is the range of its variable, so that introduction, delegation, absence and nights hold
from the start; the rules of time are hard, open shifts and all other costs soft. What it finds is judged and counted
by our own judge and cost.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.law.peer import NoPeer
from egenmakt.staffing.rosters.arrays import MILLI, UNIT, Array, Arrays, arrays_of, assignments_of
from egenmakt.staffing.rosters.calendars import LONG, REST
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import judge

PACKAGE = "timefold==1.24.0b0"  # its wheel holds the Java libraries; its Python bridge is not used
SOURCES = Path(__file__).parent / "timefold_peer"
ENVIRONMENT = Path(__file__).parents[2] / ".data" / "bench" / "timefold"


@dataclass(frozen=True)
class Peer:
    """What Timefold reached. `breaches` is not 0 when the roster is none that may be worked."""

    cost: float
    open: int
    seconds: float  # with the start of Java
    version: str
    breaches: int
    moves: int


def solve_with_timefold(instance: Instance, *, seconds: float, threads: int = 2, seed: int = 0) -> Peer:
    """Solve for so many seconds; `threads` are Java's own, for collecting and compiling.

    Raises NoPeer when Java or the package cannot be had, or it fails. The instance has no fixed or previous shifts.
    """
    if instance.fixed or instance.previous:
        raise ValueError("the peer knows neither fixed nor previous shifts")
    jars = _jars()
    problem = {**to_send(instance), "milliseconds": round(seconds * 1000), "seed": seed}
    with tempfile.TemporaryDirectory(prefix="egenmakt-peer-") as classes:
        sources = [str(path) for path in SOURCES.glob("*.java")]
        _run(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", jars, *sources])
        began = time.perf_counter()
        java = ["java", f"-XX:ActiveProcessorCount={threads}", "-cp", f"{classes}:{jars}", "peer.Solve"]
        found = json.loads(_run(java, json.dumps(problem)))
        spent = time.perf_counter() - began
    assignments = assignments_of(instance, np.array(found["owners"]))
    exact, breaches = cost(instance, assignments).total, len(judge(instance, assignments))
    if exact * UNIT != -found["soft"] or bool(breaches) != bool(found["hard"]):
        raise AssertionError(
            f"Timefold counted {found['soft']} and {found['hard']}, we {exact} and {breaches}"
        )
    opened = sum(owner is None for owner in assignments.values())
    return Peer(float(exact), opened, spent, found["version"], breaches, found["moves"])


def _jars() -> str:
    """The class path of the installed package. The log library is left out, so that nothing is logged."""
    for program, where in (("javac", "a JDK, as in Debian's openjdk-17-jdk-headless"), ("uv", "uv")):
        if shutil.which(program) is None:
            raise NoPeer(f"{program} is not installed: it is in {where}")
    if not list(ENVIRONMENT.glob("**/timefold-solver-core-*.jar")):
        python = ENVIRONMENT / "bin" / "python"
        _run(["uv", "venv", "-q", "--clear", "--python", sys.executable, str(ENVIRONMENT)])
        _run(["uv", "pip", "install", "-q", "--python", str(python), PACKAGE])
    return ":".join(str(path) for path in ENVIRONMENT.glob("**/*.jar") if "logback" not in path.name)


def _run(command: list[str], given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line and not line.startswith("SLF4J")]
        raise NoPeer(f"{command[0]} failed: {(told or ['it said nothing'])[0]}")
    return done.stdout


def to_send(instance: Instance) -> dict[str, object]:
    """The roster as whole numbers in the arrays' units, under the names that the Java classes have."""
    arrays, rules, weights = arrays_of(instance), instance.rules, instance.weights
    wishes = [
        (number, wish, (wish.day - instance.first).days)
        for number, one in enumerate(instance.assistants)
        for wish in one.wishes
        if 0 <= (wish.day - instance.first).days < instance.days
    ]
    return {
        "rules": {
            "rest": rules.daily_rest_s,
            "span": rules.max_span_s,
            "weekly": rules.weekly_rest_s,
            "onCall": rules.on_call_s,
            "days": rules.max_days,
            "weekends": rules.max_weekends,
            "nights": rules.max_nights,
            "ordinary": arrays.ordinary.tolist(),
            "mondays": arrays.week.tolist(),
            **{_java(name): int(weight * MILLI) for name, weight in asdict(weights).items()},
        },
        "assistants": _rows(
            ("home", "contract", "most", "lastEnd", "fairNights", "fairWeekends"), arrays.one[:, :6]
        ),
        "wishes": [
            {"day": day, "cost": round(abs(wish.weight) * weights.wish * UNIT), "free": wish.weight > 0}
            for _, wish, day in wishes
        ],
        "wishers": [number for number, _, _ in wishes],
        "shifts": [
            {**row, "night": bool(row["night"]), "weekend": row["weekend"].bit_length() - 1}
            for row in _rows(
                ("begin", "end", "day", "active", "onCall", "night", "weekend", "block", "person"),
                arrays.shift[:, :9],
            )
        ],
        "able": [_able(arrays, number) for number in range(len(arrays.shift))],
    }


def _rows(names: tuple[str, ...], rows: Array) -> list[dict[str, int]]:
    return [{"id": number, **dict(zip(names, row, strict=True))} for number, row in enumerate(rows.tolist())]


def _java(name: str) -> str:
    first, *more = name.split("_")
    return first + "".join(word.title() for word in more)


def _able(arrays: Arrays, number: int) -> list[int]:
    """Those who may have the shift, at this time and of this length."""
    begin, end, limits = arrays.begin[number], arrays.end[number], arrays.limits
    if end - begin > limits[LONG]:
        return []
    some = arrays.candidates[arrays.candidate_from[number] : arrays.candidate_from[number + 1]]
    return [a for a in some.tolist() if begin - arrays.last_end[a] >= limits[REST]]
