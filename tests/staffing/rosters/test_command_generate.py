"""`egenmakt roster generate`: an invented roster that the other commands read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths

from egenmakt.site.commands import roster
from egenmakt.site.commands.contract import parse
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.staffing.rosters.generating import generate

pytestmark = pytest.mark.req("A-12")

Generated = Callable[..., tuple[int, dict]]


@pytest.fixture
def generated(capsysbinary: pytest.CaptureFixture[bytes]) -> Generated:
    """The command in this process."""

    def run(*words: str) -> tuple[int, dict]:
        code = roster.run(["generate", *words])
        return code, json.loads(capsysbinary.readouterr().out)

    return run


def test_a_roster_is_printed_by_the_contract() -> None:
    code, told = egenmakt("roster", "generate", "--persons", "2", "--seed", "3")
    assert code == 0
    assert read_instance(*parse(json.dumps(told).encode())) == generate(2, seed=3)


@pytest.mark.parametrize(
    "words",
    [
        ["--persons", "1"],
        ["--persons=3", "--weeks=1", "--seed=7"],
        ["--persons", "1", "--weeks", "52", "--from", "2027-01-04"],
        ["--persons", "2", "--weeks", "4", "--from", "2196-12-26"],
        ["--persons", "2", "--weeks", "9", "--from", "1997-01-06"],
    ],
)
def test_the_same_words_give_the_same_roster_that_can_be_read(generated: Generated, words: list[str]) -> None:
    code, told = generated(*words)
    assert code == 0
    assert generated(*words) == (0, told)
    made = read_instance(*parse(json.dumps(told).encode()))
    assert made.shifts
    assert made.assistants


def test_persons_weeks_first_day_and_seed_are_as_asked_for(generated: Generated) -> None:
    _, told = generated("--persons", "3", "--weeks", "2", "--from", "2027-01-04", "--seed", "5")
    assert (told["from"], told["weeks"]) == ("2027-01-04", 2)
    assert {shift["person"] for shift in told["shifts"]} == {"p1", "p2", "p3"}
    assert generated("--persons", "3", "--weeks", "2", "--from", "2027-01-04", "--seed", "6")[1] != told


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["persons"]),
        (["--persons"], ["persons"]),
        (["--persons", "0"], ["persons"]),
        (["--persons", "två"], ["persons"]),
        (["--persons", "1001"], ["persons"]),
        (["--persons", "1000", "--weeks", "4"], ["persons"]),
        (["--persons", "1", "--weeks", "53"], ["weeks"]),
        (["--persons", "1", "--seed", "-1"], ["seed"]),
        (["--persons", "1", "--from", "2026-12-01"], ["from"]),
        (["--persons", "1", "--from", "2026-02-30"], ["from"]),
        (["--persons", "1", "--from", "20261130"], ["from"]),
        (["--persons", "1", "--from", "1996-12-30"], ["from"]),
        (["--persons", "1", "schema.json"], ["arguments"]),
        (["--weeks", "0", "--seed", "x", "--from", "i morgon", "y"], ["weeks", "seed", "arguments", "from", "persons"]),
    ],
)  # fmt: skip
def test_wrong_words_are_refused_all_at_once(
    generated: Generated, words: list[str], expected: list[str]
) -> None:
    code, told = generated(*words)
    assert code == 2
    assert sorted(paths(told)) == sorted(expected)
    assert all(error["message"].endswith(".") for error in told["errors"])
