"""`egenmakt roster solve`: by the contract, anytime, and never half a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.staffing.rosters import made

from egenmakt.site.commands import roster
from egenmakt.site.commands.contract import parse
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.site.commands.roster_writing import document_of
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.solving import prepare

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]

COMMAND = [sys.executable, "-m", "egenmakt.site.cli", "roster", "solve"]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    prepare()


def write(folder: Path, instance: Instance | dict) -> Path:
    file = folder / "schema.json"
    given = instance if isinstance(instance, dict) else document_of(instance)
    file.write_text(json.dumps(given), encoding="utf-8")
    return file


def solve(capsysbinary, folder: Path, instance: Instance | dict, *more: str) -> tuple[int, dict]:
    code = roster.run(["solve", str(write(folder, instance)), *more])
    return code, json.loads(capsysbinary.readouterr().out)


def test_a_team_is_solved_by_the_contract(tmp_path: Path, capsysbinary) -> None:
    instance = generate(1, seed=1)
    code, answer = solve(capsysbinary, tmp_path, instance, "--seconds", "2", "--workers", "1")
    assert code == 0
    assert answer["status"] in {"optimal", "feasible"}
    assert set(answer["assignments"]) == {shift.id for shift in instance.shifts}
    assert answer["breaches"] == []
    assert answer["why_open"] == []
    assert {one["outcome"] for one in answer["findings"]} == {"met"}
    assert answer["unverified"] == []
    assert answer["bound"] <= answer["cost"]["total"]
    assert answer["seconds"] <= 6
    assert judge(instance, answer["assignments"]) == ()


def test_a_shift_that_nobody_may_take_stays_open_and_says_why(tmp_path: Path, capsysbinary) -> None:
    team = made.instance(
        [made.shift("natt", "2026-12-01 21:00", "07:00"), made.shift("dag", "2026-12-03 08:00", "15:00")],
        [made.assistant("a1", no_nights=True), made.assistant("a2", people=frozenset({"p2"}))],
    )
    code, answer = solve(capsysbinary, tmp_path, team, "--seconds", "2")
    assert code == 0
    assert answer["status"] == "optimal"
    assert answer["assignments"] == {"natt": None, "dag": "a1"}
    (why,) = answer["why_open"]
    assert why["shift"] == "natt"
    assert {"assistant": "a1", "rule": "no_nights"}.items() <= why["reasons"][0].items()
    assert why["summary"].endswith(".")


def test_fixed_assignments_stay_and_those_that_break_rules_are_refused_all_at_once(
    tmp_path: Path, capsysbinary
) -> None:
    shifts = [
        made.shift("natt", "2026-12-01 21:00", "07:00"),
        made.shift("dag", "2026-12-02 08:00", "15:00"),
        made.shift("sen", "2026-12-09 15:00", "22:00", person="p2"),
    ]
    fixed = {"natt": "a1", "dag": "a1", "sen": "a2"}
    team = made.instance(shifts, [made.assistant("a1"), made.assistant("a2")], fixed=fixed)
    code, answer = solve(capsysbinary, tmp_path, team)
    assert code == 2
    assert [error["path"] for error in answer["errors"]] == ["assignments.dag", "assignments.sen"]


def test_wrong_options_are_told_all_at_once(tmp_path: Path, capsysbinary) -> None:
    file = write(tmp_path, generate(1))
    code = roster.run(
        [
            "solve",
            str(file),
            "--seconds",
            "0",
            "--workers=många",
            "--out",
            str(tmp_path / "nej" / "x"),
            "--turbo",
        ]
    )
    answer = json.loads(capsysbinary.readouterr().out)
    assert code == 2
    assert {error["path"] for error in answer["errors"]} == {"seconds", "workers", "out", "arguments"}


@pytest.mark.parametrize("resumed", ["{}", "[1]", '{"assignments": 3}', "inte json"])
def test_something_else_than_an_answer_is_not_gone_on_from(
    resumed: str, tmp_path: Path, capsysbinary
) -> None:
    before = tmp_path / "svar.json"
    before.write_text(resumed, encoding="utf-8")
    code, answer = solve(capsysbinary, tmp_path, generate(1), "--resume", str(before))
    assert code == 2
    assert answer["errors"]


def test_an_answer_is_gone_on_from_and_never_becomes_worse(tmp_path: Path, capsysbinary) -> None:
    instance, out = generate(3, seed=2), tmp_path / "svar.json"
    code = roster.run(["solve", str(write(tmp_path, instance)), "--seconds", "1", "--out", str(out)])
    first = json.loads(out.read_text(encoding="utf-8"))
    assert code == 0
    assert capsysbinary.readouterr().out == b""
    code, again = solve(capsysbinary, tmp_path, instance, "--seconds", "1", "--resume", str(out))
    assert code == 0
    assert again["cost"]["total"] <= first["cost"]["total"]


def test_what_is_generated_is_read_again_as_it_was() -> None:
    instance = generate(3, seed=5)
    read = read_instance(*parse(json.dumps(document_of(instance)).encode()))
    assert read == instance


def test_nothing_but_the_document_is_written_when_nobody_is_looking(tmp_path: Path) -> None:
    file = write(tmp_path, generate(1, seed=3))
    done = subprocess.run(
        [*COMMAND, str(file), "--seconds", "1"], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout)["breaches"] == []


def test_asked_to_end_it_answers_with_the_best_so_far(tmp_path: Path) -> None:
    instance = generate(6, seed=3)
    out = tmp_path / "svar.json"
    running = subprocess.Popen(
        [*COMMAND, str(write(tmp_path, instance)), "--seconds", "300", "--out", str(out)]
    )
    time.sleep(6)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 0
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert answer["status"] == "stopped"
    assert judge(instance, answer["assignments"]) == ()


def test_killed_at_any_moment_it_leaves_no_file_or_a_whole_lawful_one(tmp_path: Path) -> None:
    instance = generate(2, seed=3)
    file, out = write(tmp_path, instance), tmp_path / "ut" / "svar.json"
    out.parent.mkdir()
    left = 0
    for wait in (0.3, 1.5, 2.2, 2.6, 3.0, 3.4, 4.5, 6.0):
        running = subprocess.Popen([*COMMAND, str(file), "--seconds", "1", "--out", str(out)])
        try:
            running.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
        if out.exists():
            answer = json.loads(out.read_text(encoding="utf-8"))
            assert judge(instance, answer["assignments"]) == ()
            assert set(answer["assignments"]) == {shift.id for shift in instance.shifts}
            left += 1
            out.unlink()
        elif running.returncode == 0:
            pytest.fail("finished without a file")
    assert [file.name for file in out.parent.iterdir() if not file.name.startswith(".")] == []
    del left
