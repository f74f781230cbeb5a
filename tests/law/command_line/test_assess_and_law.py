"""`egenmakt assess` and `egenmakt law`: one JSON document out, exit 0, 2 or 3, and never a traceback."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.law.assistance.test_reading import DOCUMENT

pytestmark = pytest.mark.req("K-06")


def egenmakt(*arguments: str, given: bytes = b"", env: dict[str, str] | None = None) -> tuple[int, object]:
    done = subprocess.run(
        [sys.executable, "-m", "egenmakt.site.cli", *arguments],
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **(env or {})},
    )
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout.decode("utf-8"))


def paths(answer: object) -> list[str]:
    assert isinstance(answer, dict)
    assert all(error["message"] for error in answer["errors"])
    return [error["path"] for error in answer["errors"]]


def test_an_application_is_assessed_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "ansökan.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    code, answer = egenmakt("assess", str(file))
    assert code == 0
    assert {"timeline", "findings", "unverified"} <= set(answer)
    assert answer["timeline"][0]["from"] == "2026-03-01"
    assert answer["timeline"][-1]["to"] == "2027-02-28"
    assert answer["unverified"] == []
    assert set(answer["findings"][0]) == {
        "rule",
        "citation",
        "outcome",
        "facts",
        "result",
        "reason",
        "children",
    }


def test_an_application_is_assessed_from_standard_input_also_with_a_byte_order_mark() -> None:
    given = json.dumps(DOCUMENT).encode()
    assert egenmakt("assess", "-", given=given) == egenmakt("assess", "-", given=b"\xef\xbb\xbf" + given)


def test_the_answer_is_utf_8_whatever_the_terminal_is() -> None:
    given = json.dumps({**DOCUMENT, "days_per_week": 9}).encode()
    code, answer = egenmakt("assess", "-", given=given, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert (code, paths(answer)) == (2, ["days_per_week"])


def test_standby_is_told_to_rest_on_an_unconfirmed_value() -> None:
    document = {**DOCUMENT, "night": {"waiting_minutes_per_day": 0, "standby_minutes_per_day": 60}}
    _, answer = egenmakt("assess", "-", given=json.dumps(document).encode())
    assert answer["unverified"] == ["standby_divisor"]


def test_all_errors_come_at_once_with_keys_given_twice_among_them() -> None:
    text = json.dumps({**DOCUMENT, "days_per_week": 9})[:-1] + ', "on": "2026-04-01", "colour": 1}'
    code, answer = egenmakt("assess", "-", given=text.encode())
    assert code == 2
    assert set(paths(answer)) == {"on", "days_per_week", "colour"}


def test_a_key_given_twice_is_an_error_by_itself() -> None:
    text = json.dumps(DOCUMENT).replace('"times": 1,', '"times": 1, "times": 2,')
    code, answer = egenmakt("assess", "-", given=text.encode())
    assert (code, paths(answer)) == (2, ["moments[0].times"])


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000, "1e99999999999999999999", "true", "-1"]
)
def test_a_number_that_is_none_is_an_error_at_its_field(number: str) -> None:
    text = json.dumps(DOCUMENT).replace('"minutes": 30', f'"minutes": {number}')
    code, answer = egenmakt("assess", "-", given=text.encode())
    assert (code, paths(answer)) == (2, ["moments[0].minutes"])


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe\x00",
        '{"on": "å"}'.encode("latin-1"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 900 + b"]" * 900,
        b'{"a": "\x00"}',
        b'{"on": 1} {}',
    ],
)
def test_what_is_no_json_document_is_refused(given: bytes) -> None:
    code, answer = egenmakt("assess", "-", given=given)
    assert code == 2
    assert paths(answer) == [""]


@pytest.mark.parametrize("arguments", [[], ["-", "-"], ["a", "b"]])
def test_the_number_of_arguments_is_checked(arguments: list[str]) -> None:
    code, answer = egenmakt("assess", *arguments)
    assert (code, paths(answer)) == (2, ["arguments"])


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name in (str(tmp_path / "saknas.json"), str(tmp_path), "x" * 5000):
        code, answer = egenmakt("assess", name)
        assert (code, paths(answer)) == (2, ["file"])


def test_a_day_before_the_law_that_is_laid_in_gets_no_answer() -> None:
    document = copy.deepcopy(DOCUMENT)
    document |= {"on": "2019-10-31", "until": "2019-12-31", "person": {"born": "1985-06-15"}}
    code, answer = egenmakt("assess", "-", given=json.dumps(document).encode())
    assert code == 3
    (error,) = answer["errors"]
    assert (error["path"], error["code"]) == ("on", "no_parameter")
    assert "2019-10-31" in error["message"]


def test_a_later_day_without_an_answer_points_at_the_last_day_asked_about() -> None:
    document = copy.deepcopy(DOCUMENT)
    document |= {"on": "2029-12-01", "until": "2030-12-31", "person": {"born": "1965-06-15"}}
    code, answer = egenmakt("assess", "-", given=json.dumps(document).encode())
    assert (code, paths(answer)) == (3, ["until"])


def test_an_unknown_command_is_refused() -> None:
    for arguments in ([], ["bedöm"]):
        code, answer = egenmakt(*arguments)
        assert (code, paths(answer)) == (2, ["command"])


def test_the_standard_amount_of_2026_as_in_the_contract() -> None:
    code, answer = egenmakt("law", "show", "standard_amount", "--on", "2026-07-01")
    assert code == 0
    assert answer["value"] == "347.70"
    assert answer["unit"] == "SEK/h"
    assert answer["valid"] == {"from": "2026-01-01", "to": None}
    assert answer["verified"] is True
    assert "1993:1091" in answer["citation"]


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["age_limit", "--on", "2026-07-01", "--born", "1960-01-01"], 67),
        (["age_limit", "--on=2026-07-01", "--born=1959-12-31"], 66),
        (
            ["parental_deduction", "--on", "2026-07-01", "--age", "4"],
            {"basic_s_per_day": 4500, "other_s_per_day": 900},
        ),
        (
            ["parental_deduction", "--on", "2024-07-01", "--age", "0"],
            {"basic_s_per_day": 43200, "other_s_per_day": 0},
        ),
        (
            ["parental_deduction", "--on", "2026-07-01", "--age", "18"],
            {"basic_s_per_day": 0, "other_s_per_day": 0},
        ),
        (["basic_needs_threshold", "--on", "2026-07-01"], 20),
        (["special_fee", "--on", "2026-01-01"], {"min": "15000.00", "max": "1500000.00"}),
        (["employer_contributions", "--on", "2026-03-02", "--born", "1985-02-03"], "0.3142"),
        (["weeding_years", "--on", "2026-01-01"], 5),
    ],
)
def test_what_the_law_says_on_a_day(arguments: list[str], value: object) -> None:
    code, answer = egenmakt("law", "show", *arguments)
    assert code == 0
    assert answer["value"] == value
    assert answer["citation"] and answer["source"] and answer["unit"]


@pytest.mark.req("H-30")
def test_the_age_limit_tells_the_day_it_is_reached() -> None:
    _, answer = egenmakt("law", "show", "age_limit", "--on", "2026-07-01", "--born", "1960-02-29")
    assert answer["reached"] == "2027-02-28"


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["standard_amount", "--on", "2027-01-01"], "on"),
        (["standard_amount", "--on", "2010-01-01"], "on"),
        (["age_limit", "--on", "2026-01-01", "--born", "1970-01-01"], "on"),
        (["parental_deduction", "--on", "2022-12-31", "--age", "4"], "on"),
        (["no_such_thing", "--on", "2026-01-01"], "name"),
        (["../data/age_limit", "--on", "2026-01-01"], "name"),
    ],
)
def test_where_the_law_has_no_value_the_answer_says_so(arguments: list[str], path: str) -> None:
    code, answer = egenmakt("law", "show", *arguments)
    assert code == 3
    (error,) = answer["errors"]
    assert (error["path"], error["code"]) == (path, "no_parameter")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], ["arguments"]),
        (["show"], ["on", "name"]),
        (["show", "age_limit"], ["on"]),
        (["show", "age_limit", "--on", "2026-01-01"], ["born"]),
        (["show", "parental_deduction", "--on", "2026-01-01"], ["age"]),
        (["show", "parental_deduction", "--on", "2026-02-30", "--age", "fyra"], ["on", "age"]),
        (["show", "standard_amount", "--on", "20260101"], ["on"]),
        (["show", "standard_amount", "--on"], ["on"]),
        (["show", "standard_amount", "extra", "--on", "2026-01-01"], ["arguments"]),
        (["show", "standard_amount", "--on", "2026-01-01", "--colour", "red"], ["arguments", "arguments"]),
        (["show", "standard_amount", "--on", "2026-01-01", "--on", "2026-01-02"], ["on", "arguments"]),
        (["list", "extra"], ["arguments"]),
    ],
)
def test_wrong_words_after_law_are_refused(arguments: list[str], found: list[str]) -> None:
    code, answer = egenmakt("law", *arguments)
    assert (code, paths(answer)) == (2, found)


def test_every_parameter_is_listed() -> None:
    code, answer = egenmakt("law", "list")
    assert code == 0
    names = [found["name"] for found in answer["parameters"]]
    assert names == sorted(names)
    assert {
        "standard_amount", "age_limit", "parental_deduction", "basic_needs_threshold", "special_fee",
        "employer_contributions", "weeding_years",
    } <= set(names)  # fmt: skip


@pytest.mark.parametrize(
    "command", [["assess", "-"], ["law", "list"], ["law", "show", "age_limit", "--on", "2026-01-01"]]
)
def test_a_command_that_only_computes_imports_neither_django_nor_a_database(command: list[str]) -> None:
    code = (
        "import sys\nfrom egenmakt.site.cli import main\n"
        f"main({command!r})\n"
        "heavy = {'django', 'psycopg', 'procrastinate', 'allauth', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(DOCUMENT).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_why_not_and_the_law_of_another_day_are_added_when_asked_for() -> None:
    given = json.dumps(DOCUMENT).encode()
    _, plain = egenmakt("assess", "-", given=given)
    code, answer = egenmakt("assess", "--why-not", "-", "--law-of", "2024-06-01", given=given)
    assert code == 0
    assert {name: answer[name] for name in plain} == plain
    assert set(answer) - set(plain) == {"why_not", "law_of"}
    assert answer["law_of"]["date"] == "2024-06-01"
    assert set(answer["law_of"]) == {"date", "timeline", "findings", "unverified"}
    assert answer["law_of"]["timeline"] != plain["timeline"]
    told = answer["why_not"][0]
    assert (told["from"], told["outcome"], told["complete"]) == ("2026-03-01", "refused", True)
    first = told["alternatives"][0]
    assert first["changed"] == ["moments[0].minutes"]
    assert first["sentence"].startswith("Om ”Dusch” tog ")


@pytest.mark.parametrize(
    ("arguments", "code", "path"),
    [
        (["--why", "-"], 2, "arguments"),
        (["-", "--law-of"], 2, "law_of"),
        (["-", "--law-of", "2024-02-30"], 2, "law_of"),
        (["-", "--law-of=20240601"], 2, "law_of"),
        (["-", "--law-of=2015-01-01"], 3, "law_of"),
        (["--why-not"], 2, "arguments"),
    ],
)
def test_what_is_asked_for_beside_the_file_is_checked(arguments: list[str], code: int, path: str) -> None:
    given = json.dumps(DOCUMENT).encode()
    got, answer = egenmakt("assess", *arguments, given=given)
    assert (got, paths(answer)) == (code, [path])
