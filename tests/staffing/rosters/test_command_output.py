"""Where the answers of `egenmakt roster` go, and what happens when they cannot; input that must be refused before a search."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.staffing.rosters.made import document

from egenmakt.site.commands import roster
from egenmakt.site.commands.writing import write_text_whole
from egenmakt.staffing.rosters import solving
from egenmakt.staffing.rosters.judging import RULES

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]

EGENMAKT = f"{sys.executable} -m egenmakt.site.cli roster"


def written(folder: Path, **changed: object) -> Path:
    file = folder / "schema.json"
    file.write_text(json.dumps({**document(), **changed}), encoding="utf-8")
    return file


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, shell=True, capture_output=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("what", "into"),
    [("check {}", ">&-"), ("check nej.json", "> /dev/full"), ("solve {} --seconds 1", "> /dev/full")],
)
def test_an_answer_that_cannot_be_written_is_told_of_and_is_no_success(
    what: str, into: str, tmp_path: Path
) -> None:
    done = shell(f"{EGENMAKT} {what.format(written(tmp_path))} {into}")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.decode().startswith("Svaret gick inte att skriva: ")


@pytest.mark.parametrize("what", ["check {}", "solve {} --seconds 1"])
def test_it_answers_also_when_nobody_can_hear_it_complain(what: str, tmp_path: Path) -> None:
    done = shell(f"{EGENMAKT} {what.format(written(tmp_path))} 2>&-")
    assert done.returncode == 0
    assert json.loads(done.stdout)["breaches"] == []


def test_without_standard_error_the_answer_stands_alone() -> None:
    done = shell(f"{EGENMAKT} nej 2>&-")
    assert done.returncode == 2
    assert [error["path"] for error in json.loads(done.stdout)["errors"]] == ["command"]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    file, link = tmp_path / "svar.json", tmp_path / "senaste.json"
    file.write_text("gammalt", encoding="utf-8")
    link.symlink_to(file)
    write_text_whole(link, "nytt")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "nytt"


def test_what_is_no_plain_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "rör"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    write_text_whole(pipe, "svaret")
    reader.join(timeout=10)
    assert heard == ["svaret"]
    assert pipe.is_fifo()
    assert [file.name for file in tmp_path.iterdir()] == ["rör"]


def test_a_file_that_cannot_be_written_is_told_of_in_swedish(tmp_path: Path, capsysbinary) -> None:
    code = roster.run(["solve", str(written(tmp_path)), "--seconds", "1", "--out", "/proc/svar.json"])
    (error,) = json.loads(capsysbinary.readouterr().out)["errors"]
    assert code == 2
    assert error["path"] == "out"
    assert "katalogen finns inte" in error["message"]


def test_wrong_input_is_told_before_anything_is_compiled(
    tmp_path: Path, capsysbinary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        solving, "prepare", lambda: pytest.fail("compiled before the input was known to be right")
    )
    twice = copy.deepcopy(document()["shifts"][0]) | {"id": "s3"}
    given = written(tmp_path, shifts=[*document()["shifts"], twice], assignments={"s1": "a1", "s3": "a1"})
    assert roster.run(["solve", str(given)]) == 2
    paths = [error["path"] for error in json.loads(capsysbinary.readouterr().out)["errors"]]
    assert paths == ["assignments.s3"]


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": {"under": 1_000_000_000}},
        {
            "weights": {"wish": 1_000_000_000},
            "assistants": [
                {**document()["assistants"][0], "wishes": [{"day": "2026-12-05", "weight": -1_000_000_000}]},
                document()["assistants"][1],
            ],
        },
    ],
    ids=["hours", "wishes"],
)
def test_weights_beyond_counting_are_refused_by_the_search_and_counted_by_the_check(
    changed: dict, tmp_path: Path, capsysbinary
) -> None:
    file = written(tmp_path, **changed)
    assert roster.run(["solve", str(file), "--seconds", "1"]) == 2
    assert [one["path"] for one in json.loads(capsysbinary.readouterr().out)["errors"]] == ["weights"]
    assert roster.run(["check", str(file)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["cost"]["total"] > 1_000_000_000


def test_limits_may_be_as_good_as_none(tmp_path: Path, capsysbinary) -> None:
    none = 10_000_000_000
    assistants = [{**one, "average_left_s": none} for one in document()["assistants"]]
    rules = {"ordinary_s": none, "on_call_s": none, "long_span_s": none, "max_days": 9_999}
    file = written(tmp_path, assistants=assistants, rules=rules)
    assert roster.run(["solve", str(file), "--seconds", "1", "--workers", "1"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["breaches"] == []


def test_waiting_for_its_input_it_ends_when_asked_to() -> None:
    running = subprocess.Popen(
        [*EGENMAKT.split(), "solve", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=10) == -signal.SIGTERM
    assert running.stdout is not None
    assert running.stdout.read() == b""
    running.communicate()


def test_each_rule_has_a_finding_that_says_how_often_it_is_broken(tmp_path: Path, capsysbinary) -> None:
    given = document()
    given["assistants"][0] |= {"last_end": "2026-11-29T22:00", "people": []}
    given["rules"] = {"daily_rest_s": 37_800}
    assert roster.run(["check", str(written(tmp_path, **given))]) == 0
    answer = json.loads(capsysbinary.readouterr().out)
    findings = {one["rule"]: one for one in answer["findings"]}
    assert list(findings) == list(RULES)
    assert {rule for rule, one in findings.items() if one["outcome"] == "not_met"} == {
        "introduction",
        "daily_rest",
    }
    assert findings["daily_rest"] == {
        "rule": "daily_rest",
        "citation": "ATL 13 §",
        "outcome": "not_met",
        "facts": {"daily_rest_s": 37_800, "max_span_s": 46_800, "long_span_s": 86_400},
        "result": 1,
        "reason": "Dygnsvila på minst 10 timmar och 30 minuter: bryts på ett ställe.",
        "children": [],
    }
    assert findings["weekends"]["reason"] == "Högst två helger på fyra veckor: hålls."
    assert findings["introduction"]["citation"] == "schemats egna uppgifter"
