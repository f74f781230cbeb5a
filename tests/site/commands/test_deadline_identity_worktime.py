"""The commands deadline, identity and worktime keep to their contract, whatever they are given."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egenmakt.site import cli

COMMANDS = ["deadline", "identity", "worktime"]
RIGHT = {
    "deadline": {"rule": "appeal", "served": "2026-06-01", "received": "2026-06-23"},
    "identity": {"number": "20150916-0006", "on": "2026-03-01"},
    "worktime": {
        "month": "2026-03",
        "entries": [{"from": "2026-03-29T00:00", "to": "2026-03-29T04:00", "kind": "active"}],
    },
}


def run(command, document, *, raw=False):
    """Run a command as a program. Returns its exit code and its one JSON document."""
    content = document if raw else json.dumps(document).encode()
    done = subprocess.run(
        [sys.executable, "-m", "egenmakt.site.cli", command, "-"],
        input=content,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "src", "PYTHONIOENCODING": "ascii"},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout.decode("utf-8"))


def called(command, document, capsysbinary):
    """The same within this process, for many documents."""
    file = Path.cwd() / "document.json"
    file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    code = cli.main([command, str(file)])
    return code, json.loads(capsysbinary.readouterr().out.decode("utf-8"))


@pytest.fixture
def call(tmp_path, capsysbinary, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda command, document: called(command, document, capsysbinary)


# --- The contract's own examples, as programs ---


@pytest.mark.req("H-22")
def test_the_contracts_deadline():
    code, answer = run("deadline", RIGHT["deadline"])
    assert code == 0
    assert (answer["last_day"], answer["in_time"]) == ("2026-06-22", False)
    assert answer["findings"][0]["rule"] == "appeal_in_time"
    assert answer["unverified"] == []


@pytest.mark.req("K-01")
def test_the_contracts_identity_number():
    code, answer = run("identity", RIGHT["identity"])
    assert code == 0
    told = {name: answer[name] for name in ("valid", "type", "born", "sex")}
    assert told == {"valid": False, "type": "personal_number", "born": None, "sex": None}
    assert [error["path"] for error in answer["errors"]] == ["number"]


@pytest.mark.req("A-15")
def test_the_contracts_month():
    code, answer = run("worktime", RIGHT["worktime"])
    assert code == 0
    sums = {name: answer[name] for name in ("active_s", "waiting_s", "standby_s", "payable_s", "rows")}
    assert sums == {
        "active_s": 10800,
        "waiting_s": 0,
        "standby_s": 0,
        "payable_s": 10800,
        "rows": [{"day": 29, "from": "00:00", "to": "04:00", "kind": "active"}],
    }


@pytest.mark.req("H-13", "H-22", "A-15", "K-01")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_only_computes_starts_in_half_a_second_and_without_django(command):
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        run(command, RIGHT[command])
        spent.append(time.perf_counter() - started)
    assert min(spent) < 0.5
    probe = (
        "import sys, io, json; from egenmakt.site import cli; "
        f"sys.stdin = type('S', (), {{'buffer': io.BytesIO({json.dumps(RIGHT[command]).encode()!r})}}); "
        f"code = cli.main([{command!r}, '-']); "
        "sys.exit(10 if 'django' in sys.modules or 'psycopg' in sys.modules else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "src"},
    )
    assert done.returncode == 0, done.stderr


# --- deadline ---

DEADLINES = [
    (
        {"rule": "appeal", "served": "2026-05-29"},
        {"last_day": "2026-06-22", "moved": True, "legal_force": "2026-06-23"},
    ),
    ({"rule": "appeal", "served": "2026-06-01", "received": "2026-06-22"}, {"in_time": True}),
    ({"rule": "delay_request", "begun": "2026-01-15"}, {"last_day": "2026-07-15", "from": "2026-07-16"}),
    (
        {"rule": "delay_request", "begun": "2026-01-15", "requested": "2026-09-01"},
        {"answer_last_day": "2026-09-29"},
    ),
    (
        {"rule": "unexecuted", "decided": "2026-01-15"},
        {"last_day": "2026-04-15", "from": "2026-04-16", "quarter": "kvartal 2 2026"},
    ),
    ({"rule": "unexecuted", "interrupted": "2026-02-10", "executed": "2026-05-11"}, {"in_time": False}),
    (
        {"rule": "unexecuted", "decided": "2025-01-01", "interrupted": "2026-02-10"},
        {"last_day": "2026-05-10"},
    ),
    ({"rule": "time_report", "month": "2026-07"}, {"last_day": "2026-09-07", "nominal_day": "2026-09-05"}),
    ({"rule": "time_report", "month": "2026-03", "received": "2026-05-05"}, {"in_time": True}),
    ({"rule": "advance_ruling", "available": "2026-02-28"}, {"last_day": "2026-08-28"}),
    (
        {"rule": "weeding", "last_note": "2020-03-10", "born": "1980-06-14", "county": "Skåne län"},
        {"last_day": "2026-12-31", "weed": True, "kept": False},
    ),
    (
        {"rule": "weeding", "last_note": "2020-03-10", "born": "1980-06-15", "county": "12"},
        {"last_day": None, "weed": False, "kept": True},
    ),
    (
        {"rule": "weeding", "last_note": "2020-03-10", "born": "1980-06-14", "county": "Göteborg"},
        {"last_day": None, "kept": True},
    ),
    (
        {
            "rule": "weeding",
            "last_note": "2020-03-10",
            "born": "2010-06-14",
            "county": "Skåne",
            "measures": [8],
        },
        {"last_day": None, "kept": True},
    ),
    (
        {"rule": "first_contact", "municipality": "hjo", "received": "2026-02-10"},
        {"last_day": "2026-02-24", "binding": False, "assumed": False, "unverified": []},
    ),
    (
        {"rule": "decision", "municipality": "kristianstad", "received": "2026-01-15", "done": "2026-04-16"},
        {"last_day": "2026-04-15", "in_time": False, "unverified": ["kristianstad.decision_time"]},
    ),
    (
        {"rule": "implementation_plan", "municipality": "alvsbyn", "started": "2019-03-04"},
        {"last_day": "2019-04-04", "assumed": False},
    ),
]


@pytest.mark.req("H-13", "H-14", "H-22", "H-23", "A-05", "A-15")
@pytest.mark.parametrize(("document", "expected"), DEADLINES, ids=[json.dumps(case[0]) for case in DEADLINES])
def test_each_rule_of_the_command_gives_its_day(call, document, expected):
    code, answer = call("deadline", document)
    assert code == 0, answer
    assert answer["rule"] == document["rule"]
    assert {name: answer[name] for name in expected} == expected
    assert answer["findings"]
    assert all(finding["reason"].strip() for finding in answer["findings"])


WRONG = [
    ("deadline", {}, ["rule"]),
    ("deadline", {"rule": "never"}, ["rule"]),
    ("deadline", {"rule": "appeal"}, ["served"]),
    (
        "deadline",
        {"rule": "appeal", "served": "2026-02-30", "received": 5, "x": 1},
        ["received", "served", "x"],
    ),
    ("deadline", {"rule": "unexecuted"}, ["decided"]),
    (
        "deadline",
        {"rule": "unexecuted", "decided": "2026-03-01", "interrupted": "2026-02-01"},
        ["interrupted"],
    ),
    ("deadline", {"rule": "unexecuted", "decided": "2026-03-01", "executed": "2026-02-01"}, ["executed"]),
    ("deadline", {"rule": "delay_request", "begun": "2026-01-15", "requested": "2026-07-15"}, ["requested"]),
    ("deadline", {"rule": "time_report", "month": "2026-13"}, ["month"]),
    ("deadline", {"rule": "time_report", "month": "2026-03-01"}, ["month"]),
    (
        "deadline",
        {"rule": "weeding", "last_note": "x", "born": None, "county": "Atlantis", "measures": [8, 11]},
        ["born", "county", "last_note", "measures[1]"],
    ),
    (
        "deadline",
        {
            "rule": "weeding",
            "last_note": "2020-01-01",
            "born": "1980-01-01",
            "county": "Skåne",
            "municipality": "Hjo",
        },
        ["municipality"],
    ),
    (
        "deadline",
        {"rule": "decision", "municipality": "atlantis", "received": "2026-01-01"},
        ["municipality"],
    ),
    ("deadline", {"rule": "decision", "municipality": "hjo"}, ["received"]),
    (
        "deadline",
        {"rule": "decision", "municipality": "hjo", "received": "2026-01-01", "begun": "2026-01-01"},
        ["begun"],
    ),
    ("identity", {}, ["number"]),
    ("identity", {"number": 201509160006}, ["number"]),
    ("identity", {"number": "20150916-9809", "on": "i dag", "y": 1}, ["on", "y"]),
    ("worktime", {}, ["entries", "month"]),
    ("worktime", {"month": "2026-03", "entries": {}}, ["entries"]),
    (
        "worktime",
        {
            "month": "2026-03",
            "entries": [1, {"from": "2026-03-01T08:00", "to": "2026-03-01T24:00", "kind": "sleep"}],
        },
        ["entries[0]", "entries[1].kind", "entries[1].to"],
    ),
    (
        "worktime",
        {
            "month": "2026-03",
            "entries": [
                {"from": "2026-03-01T08:00", "to": "2026-03-01T16:00", "kind": "active"},
                {"from": "2026-03-01T10:00:00", "to": "2026-03-01T16:00", "kind": "active"},
                {"from": "2026-03-01T12:00", "to": "2026-03-01T13:00", "kind": "waiting"},
                {"from": "2026-03-29T02:10", "to": "2026-03-29T05:00", "kind": "active"},
                {"from": "2026-03-30T02:10", "to": "2026-03-30T05:00", "kind": "active", "fold": 1},
            ],
        },
        ["entries[1].from", "entries[2]", "entries[3].from", "entries[4].fold"],
    ),
]


@pytest.mark.req("H-13", "A-15", "K-01")
@pytest.mark.parametrize(
    ("command", "document", "paths"), WRONG, ids=[f"{c} {json.dumps(d)[:60]}" for c, d, _ in WRONG]
)
def test_all_that_is_wrong_is_told_at_once_with_its_path(call, command, document, paths):
    code, answer = call(command, document)
    assert code == 2, answer
    assert sorted(error["path"] for error in answer["errors"]) == paths
    assert set(answer) == {"errors"}
    assert all(error["message"].strip() for error in answer["errors"])


@pytest.mark.req("A-15")
def test_an_overlap_names_the_other_entry_by_its_path_also_beside_one_that_cannot_be_read(call):
    entries = [
        {"from": "x", "to": "2026-03-01T16:00", "kind": "active"},
        {"from": "2026-03-01T08:00", "to": "2026-03-01T16:00", "kind": "active"},
        {"from": "2026-03-01T12:00", "to": "2026-03-01T13:00", "kind": "waiting"},
    ]
    _, answer = call("worktime", {"month": "2026-03", "entries": entries})
    [overlap] = [error for error in answer["errors"] if error["path"] == "entries[2]"]
    assert "(entries[1])" in overlap["message"]


@pytest.mark.req("H-13", "A-15")
@pytest.mark.parametrize(
    ("command", "document", "path"),
    [
        ("deadline", {"rule": "appeal", "served": "1980-01-01"}, "served"),
        ("deadline", {"rule": "delay_request", "begun": "2018-06-30"}, "begun"),
        ("deadline", {"rule": "unexecuted", "decided": "2008-06-30"}, "decided"),
        ("deadline", {"rule": "time_report", "month": "2010-01"}, "month"),
        ("deadline", {"rule": "decision", "municipality": "hjo", "received": "2018-04-10"}, "received"),
        (
            "deadline",
            {"rule": "weeding", "last_note": "1995-01-01", "born": "1980-06-14", "county": "12"},
            "last_note",
        ),
        (
            "worktime",
            {
                "month": "2018-03",
                "entries": [{"from": "2018-03-01T01:00", "to": "2018-03-01T02:00", "kind": "waiting"}],
            },
            "month",
        ),
        (
            "worktime",
            {
                "month": "1995-03",
                "entries": [{"from": "1995-03-01T01:00", "to": "1995-03-01T02:00", "kind": "active"}],
            },
            "entries",
        ),
    ],
)
def test_where_the_law_gives_no_answer_for_the_day_the_exit_code_says_so(call, command, document, path):
    code, answer = call(command, document)
    assert code == 3
    assert [(error["path"], error["code"]) for error in answer["errors"]] == [(path, "no_parameter")]


@pytest.mark.req("A-15")
@pytest.mark.parametrize(
    ("entry", "seconds"),
    [
        ({"from": "2026-10-25T00:00", "to": "2026-10-25T02:30"}, 9000),
        ({"from": "2026-10-25T00:00", "to": "2026-10-25T02:30", "fold": 1}, 12600),
        ({"from": "2026-10-25T02:30", "to": "2026-10-25T06:00", "fold": 1}, 12600),
        ({"from": "2026-10-25T02:30", "to": "2026-10-25T06:00", "fold": 0}, 16200),
        ({"from": "2026-10-25T02:45", "to": "2026-10-25T02:15", "to_fold": 1}, 1800),
        ({"from": "2026-10-25T02:15", "to": "2026-10-25T02:45", "fold": 1}, 1800),
    ],
)
def test_fold_is_the_second_of_the_two_hours_of_the_autumn_night(call, entry, seconds):
    code, answer = call("worktime", {"month": "2026-10", "entries": [entry | {"kind": "active"}]})
    assert code == 0, answer
    assert answer["active_s"] == answer["payable_s"] == seconds


@pytest.mark.req("K-01")
def test_a_number_without_a_day_is_read_today(call):
    code, answer = call("identity", {"number": "20150916-9809"})
    assert code == 0
    assert (answer["valid"], answer["born"], answer["sex"]) == (True, "2015-09-16", "female")
    assert answer["number"] == "201509169809"
    assert "9809" not in json.dumps(answer["findings"])


@pytest.mark.req("K-01")
def test_a_national_reserve_number_says_that_its_check_digit_is_not_confirmed(call):
    _, answer = call("identity", {"number": "22810829AB17", "on": "2026-03-01"})
    assert answer["valid"] is True
    assert answer["unverified"] == ["reserve_number.national.check_digit"]


# --- Bad input of every kind ---

BAD = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"appeal"',
    b"\xff\xfe\x00",
    b'{"rule": "appeal", "rule": "appeal", "served": "2026-06-01"}',
    b'{"rule": NaN}',
    b'{"number": 1e999999}',
    b'{"month": Infinity, "entries": [NaN]}',
    b'{"\\ud800": "\\udfff", "rule": "\\ud800", "number": "\\ud800", "month": "\\ud800"}',
    b"[" * 100_000,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"number": "' + b"9" * 100_000 + b'"}',
]


@pytest.mark.req("H-13", "A-15", "K-01")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("content", BAD, ids=[str(content[:30]) for content in BAD])
def test_bad_input_is_refused_with_one_json_document_and_never_a_traceback(call, command, content):
    code, answer = call(command, content)
    if command == "identity" and content.startswith(b'{"number": "'):
        assert (code, answer["valid"]) == (0, False)
        return
    assert code == 2
    assert answer["errors"]


@pytest.mark.req("H-13")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_file_a_folder_and_two_files_are_refused(command, tmp_path, capsysbinary):
    for arguments in ([str(tmp_path / "nowhere.json")], [str(tmp_path)], [], ["a", "b"]):
        assert cli.main([command, *arguments]) == 2
        assert json.loads(capsysbinary.readouterr().out)["errors"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "rule",
        "served",
        "received",
        "begun",
        "requested",
        "decided",
        "interrupted",
        "executed",
        "month",
        "available",
        "last_note",
        "born",
        "county",
        "municipality",
        "measures",
        "number",
        "on",
        "entries",
        "from",
        "to",
        "kind",
        "fold",
        "started",
        "done",
    ]
)
WORDS = st.sampled_from(
    [
        "appeal",
        "delay_request",
        "unexecuted",
        "time_report",
        "advance_ruling",
        "weeding",
        "first_contact",
        "decision",
        "implementation_plan",
        "2026-03-01",
        "1989-12-31",
        "2199-12-31",
        "1880-01-01",
        "2026-03",
        "hjo",
        "Skåne",
        "20150916-9809",
    ]
)
DOCUMENTS = st.dictionaries(NAMES, WORDS | JSON, max_size=6)


@pytest.mark.req("H-13", "A-15", "K-01")
@pytest.mark.parametrize("command", COMMANDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(document=DOCUMENTS)
def test_any_document_gets_an_answer_or_errors_with_paths(call, command, document):
    code, answer = call(command, document)
    assert code in (0, 2, 3)
    if code == 0:
        assert "findings" in answer
        assert isinstance(answer["unverified"], list)
    else:
        assert all(set(error) >= {"path", "message"} for error in answer["errors"])
