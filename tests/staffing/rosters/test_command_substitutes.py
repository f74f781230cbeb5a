"""`egenmakt roster substitutes`: an answer by the contract, and all that is wrong with the question at once."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths
from tests.staffing.rosters.made import document

from egenmakt.site.commands import roster

pytestmark = pytest.mark.req("A-12")

Asked = Callable[..., tuple[int, dict]]


@pytest.fixture
def asked(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Asked:
    """The command in this process; the answer is always one JSON object."""

    def ask(given: object, *words: str) -> tuple[int, dict]:
        file = tmp_path / "schema.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        code = roster.run(["substitutes", str(file), *words])
        return code, json.loads(capsysbinary.readouterr().out)

    return ask


def test_substitutes_are_told_from_a_file(tmp_path: Path) -> None:
    given = document()
    given["assistants"].append({"id": "a3", "home": "p1", "contract_s": 28_800, "people": ["p1"]})
    given["assistants"].append({"id": "a4", "home": "p2", "contract_s": 0, "people": ["p2"]})
    given["assistants"][1]["unavailable"] = ["2026-11-30"]
    del given["previous"]
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    code, answer = egenmakt("roster", "substitutes", str(file), "--shift", "s1")
    assert code == 0
    assert answer == {
        "shift": "s1",
        "holder": "a1",
        "substitutes": [
            {
                "assistant": "a3",
                # a1: eight hours under (24) and no shift at p1 (-6); a3: none under (-24) and at p1 (6).
                "cost": 0,
                "for": [
                    "Hör till laget hos p1.",
                    "Ryms i avtalet på 8 timmar: 0 minuter kvar efter passet.",
                    "Har inga andra pass i perioden.",
                ],
                "against": ["Har inga andra pass hos p1 i perioden: en person till att möta."],
            }
        ],
        "exchanges": [],
        "refused": [
            {
                "assistant": "a2",
                "rule": "absence",
                "section": None,
                "message": "Assistenten är frånvarande 2026-11-30. Ge passet till någon annan.",
            },
            {
                "assistant": "a4",
                "rule": "introduction",
                "section": None,
                "message": "Assistenten är inte introducerad hos p1. "
                "Introducera assistenten eller ge passet till någon som är det.",
            },
        ],
    }


def test_a_rule_of_law_is_told_with_its_section(asked: Asked) -> None:
    given = document()
    given["assistants"][0]["last_end"] = "2026-11-30T14:00"
    given["assignments"] = {}
    code, answer = asked(given, "--shift=s2")
    assert code == 0
    assert answer["holder"] is None
    refused = {one["assistant"]: (one["rule"], one["section"]) for one in answer["refused"]}
    assert refused == {"a1": ("daily_rest", "ATL 13 §"), "a2": ("delegation", None)}


def test_an_exchange_is_told_apart_from_those_who_can_at_once(asked: Asked) -> None:
    given = document()
    beside = copy.deepcopy(given["shifts"][0]) | {"id": "s3", "to": "2026-11-30T12:00", "active_s": 18_000}
    given["shifts"].append(beside)
    given["assistants"].append({"id": "a3", "home": "p1", "contract_s": 0, "people": ["p1"]})
    given["assistants"][2]["unavailable"] = ["2026-11-30"]
    given["assistants"].append({"id": "a4", "home": "p1", "contract_s": 0, "people": ["p1"]})
    given["assignments"] = {"s1": "a1", "s3": "a2"}
    code, answer = asked(given, "--shift", "s1")
    assert code == 0
    assert [one["assistant"] for one in answer["substitutes"]] == ["a4"]
    assert [(one["assistant"], one["gives_up"]) for one in answer["exchanges"]] == [
        ("a2", {"shift": "s3", "to": "a4"})
    ]


def test_an_unknown_shift_is_named(asked: Asked) -> None:
    code, answer = asked(document(), "--shift", "s77")
    assert code == 2
    assert answer["errors"] == [{"path": "shift", "message": "Passet s77 finns inte i schemat."}]


def test_everything_that_is_wrong_is_told_at_once(asked: Asked) -> None:
    given = document()
    given["weeks"] = 0
    given["shifts"][0]["from"] = "x"
    code, answer = asked(given, "--shift", "s1", "--shift=s2", "--by=person")
    assert code == 2
    assert {"arguments", "shift", "weeks", "shifts[0].from"} <= set(paths(answer))
    assert all(one["message"].endswith(".") for one in answer["errors"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], {"arguments", "shift"}),
        (["finns-inte.json"], {"file", "shift"}),
        (["--shift", "s1"], {"arguments"}),
        (["--shift"], {"arguments", "shift"}),
        (["a.json", "b.json", "--shift", "s1"], {"arguments"}),
    ],
)
def test_a_question_that_is_not_whole_is_refused_in_swedish(
    words: list[str], expected: set[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert roster.run(["substitutes", *words]) == 2
    answer = json.loads(capsysbinary.readouterr().out)
    assert set(paths(answer)) == expected
    assert len(paths(answer)) == len(expected)


def test_a_horizon_before_the_rule_of_summer_time_has_no_answer(asked: Asked) -> None:
    given = document() | {"from": "1995-01-02", "shifts": [], "assistants": [], "assignments": {}}
    given.pop("previous")
    code, answer = asked(given, "--shift", "s1")
    assert (code, answer["errors"][0]["code"]) == (3, "no_parameter")


def test_a_roster_without_assistants_has_no_substitutes(asked: Asked) -> None:
    given = document() | {"assistants": [], "assignments": {}, "previous": {}}
    code, answer = asked(given, "--shift", "s1")
    assert code == 0
    assert answer == {"shift": "s1", "holder": None, "substitutes": [], "exchanges": [], "refused": []}
