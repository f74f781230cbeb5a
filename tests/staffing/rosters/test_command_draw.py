"""`egenmakt roster draw`: the picture is written whole or not at all, and all that is wrong is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths
from tests.staffing.rosters.made import document

from egenmakt.site.commands import roster
from egenmakt.site.commands.contract import parse
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.site.commands.roster_writing import document_of
from egenmakt.staffing.rosters.drawing_words import escaped
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.why import why_open

pytestmark = pytest.mark.req("A-12")

Drawn = Callable[..., tuple[int, dict]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster and an answer of `roster solve` for it."""
    write(tmp_path / "schema.json", document())
    write(tmp_path / "svar.json", answer())
    return tmp_path


@pytest.fixture
def drawn(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Drawn:
    """The command in this process, on the folder's roster unless another file is named."""

    def run(*words: str, file: str = "schema.json") -> tuple[int, dict]:
        code = roster.run(["draw", str(folder / file), *words])
        return code, json.loads(capsysbinary.readouterr().out)

    return run


def write(file: Path, given: object) -> None:
    """A file with a document."""
    file.write_text(json.dumps(given), encoding="utf-8")


def answer() -> dict:
    """What `roster solve` answers: the other assistant has the first shift, and the second is open for a reason."""
    return {
        "status": "optimal",
        "assignments": {"s1": "a2", "s2": None},
        "breaches": [],
        "cost": {"total": 10_000},
        "bound": 10_000,
        "seconds": 0.1,
        "why_open": [{"shift": "s2", "reasons": [], "summary": "Ingen av de två kan ta natten."}],
    }


def test_a_roster_is_drawn_to_a_file(folder: Path) -> None:
    out = folder / "schema.svg"
    code, told = egenmakt(
        "roster", "draw", str(folder / "schema.json"), "--by", "assistant", "--out", str(out)
    )
    assert code == 0
    assert told == {
        "out": str(out),
        "by": "assistant",
        "shifts": 2,
        "open": 1,
        "breaches": 0,
        "cost": 10_454,
    }
    assert fromstring(out.read_text(encoding="utf-8")).get("role") == "img"
    assert sorted(file.name for file in folder.iterdir()) == ["schema.json", "schema.svg", "svar.json"]


def test_rows_are_persons_when_asked_for(drawn: Drawn, folder: Path) -> None:
    pictures = {}
    for by in ("assistant", "person"):
        out = folder / f"{by}.svg"
        assert drawn("--by", by, "--out", str(out))[1]["by"] == by
        pictures[by] = out.read_text(encoding="utf-8")
    assert "Person, bemannade timmar" in pictures["person"]
    assert "Assistent, timmar mot kontrakt" in pictures["assistant"]


def test_an_answer_of_solve_gives_the_assignments_and_why_a_shift_is_open(drawn: Drawn, folder: Path) -> None:
    out = folder / "ny.svg"
    code, told = drawn("--out", str(out), "--roster", str(folder / "svar.json"))
    assert (code, told["open"], told["cost"]) == (0, 1, 10_454)
    picture = out.read_text(encoding="utf-8")
    assert "Ingen av de två kan ta natten." in picture
    assert "8 h, timlön" in picture


def test_a_roster_with_breaches_is_drawn_with_them(drawn: Drawn, folder: Path) -> None:
    given = document()
    given["assistants"][0]["people"] = []
    write(folder / "brott.json", given)
    code, told = drawn("--out", str(folder / "brott.svg"), file="brott.json")
    assert (code, told["breaches"]) == (0, 1)
    assert "inte introducerad hos p1" in (folder / "brott.svg").read_text(encoding="utf-8")


def test_why_a_shift_is_open_is_asked_when_no_answer_is_given(drawn: Drawn, folder: Path) -> None:
    given = document()
    given["shifts"][1]["skill"] = "medicin"
    write(folder / "ledigt.json", given)
    assert drawn("--out", str(folder / "ledigt.svg"), file="ledigt.json")[0] == 0
    (why,) = why_open(read_instance(*parse(json.dumps(given).encode())), {"s1": "a1"})
    assert why.reasons
    assert escaped(why.summary) in (folder / "ledigt.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("assistants", "told"),
    [
        (1, "Kan tas av b1."),
        (3, "Kan tas av b1, b2 och b3."),
        (8, "Kan tas av b1, b2, b3, b4, b5 och 3 till."),
    ],
)
def test_who_could_take_an_open_shift_is_told(drawn: Drawn, folder: Path, assistants: int, told: str) -> None:
    given = document() | {"assignments": {}, "previous": {}}
    given["shifts"] = [given["shifts"][0]]
    given["assistants"] = [
        {"id": f"b{number + 1}", "home": None, "contract_s": 0, "people": ["p1"]}
        for number in range(assistants)
    ]
    write(folder / "ledigt.json", given)
    assert drawn("--out", str(folder / "ledigt.svg"), file="ledigt.json")[0] == 0
    assert told in (folder / "ledigt.svg").read_text(encoding="utf-8")


def test_a_roster_that_is_hardly_begun_is_drawn_without_asking_why(drawn: Drawn, folder: Path) -> None:
    made = generate(2, seed=1)
    write(folder / "tomt.json", document_of(made))
    assert drawn("--out", str(folder / "tomt.svg"), file="tomt.json")[1]["open"] == len(made.shifts)
    assert "Ingen har passet." in (folder / "tomt.svg").read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_written_leaves_the_old_one(
    drawn: Drawn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder / "schema.svg"
    out.write_text("den gamla", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("egenmakt.site.commands.writing.os.fsync", full)
    code, told = drawn("--out", str(out))
    assert (code, paths(told)) == (2, ["out"])
    assert out.read_text(encoding="utf-8") == "den gamla"
    assert sorted(file.name for file in folder.iterdir()) == ["schema.json", "schema.svg", "svar.json"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["out"]),
        (["--out"], ["out"]),
        (["--out", "finns/inte/schema.svg"], ["out"]),
        (["--out", "/"], ["out"]),
        (["--out", "x.svg", "--by", "dag"], ["by"]),
        (["--out", "x.svg", "--out", "y.svg"], ["out"]),
        (["--out", "x.svg", "--colour", "red"], ["arguments", "arguments"]),
        (["--out", "x.svg", "en-fil-till.json"], ["arguments"]),
        (["--out", "finns/inte/schema.svg", "--by", "dag", "--by", "natt"], ["by", "by", "out"]),
        (["--out", "x.svg", "--roster", "finns-inte.json"], ["roster"]),
    ],
)
def test_wrong_words_are_refused_all_at_once(
    drawn: Drawn, folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: list[str]
) -> None:
    monkeypatch.chdir(folder)
    code, told = drawn(*words)
    assert (code, paths(told)) == (2, expected)
    assert all(error["message"].endswith(".") for error in told["errors"])
    assert not list(folder.glob("*.svg"))


def test_everything_that_is_wrong_with_the_roster_is_told_and_nothing_is_written(
    drawn: Drawn, folder: Path
) -> None:
    given = document()
    given["shifts"][0]["to"] = "2026-11-30T06:00"
    given["assignments"]["s2"] = "a9"
    write(folder / "fel.json", given)
    code, told = drawn("--out", str(folder / "fel.svg"), file="fel.json")
    assert (code, paths(told)) == (2, ["shifts[0].to", "assignments.s2"])
    assert not (folder / "fel.svg").exists()


@pytest.mark.parametrize(
    ("spoiled", "expected"),
    [
        ([], ["roster"]),
        ({}, ["roster.assignments"]),
        ({"assignments": []}, ["roster.assignments"]),
        ({"assignments": {"s9": "a1", "s1": 4, "s2": "a9"}}, [f"roster.assignments.s{n}" for n in (9, 1, 2)]),
        ({"assignments": {}, "why_open": {}}, ["roster.why_open"]),
        ({"assignments": {}, "why_open": [{"shift": "s9", "summary": "x"}]}, ["roster.why_open[0].shift"]),
        ({"assignments": {}, "why_open": [{"shift": "s1", "summary": 5}, 7]},
         ["roster.why_open[0].summary", "roster.why_open[1]"]),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused_at_its_path(
    drawn: Drawn, folder: Path, spoiled: object, expected: list[str]
) -> None:
    write(folder / "svar.json", spoiled)
    code, told = drawn("--out", str(folder / "x.svg"), "--roster", str(folder / "svar.json"))
    assert code == 2
    assert sorted(paths(told)) == sorted(expected)
    assert not (folder / "x.svg").exists()


def test_a_horizon_before_the_rule_of_summer_time_has_no_answer(drawn: Drawn, folder: Path) -> None:
    given = document() | {"from": "1995-01-02", "shifts": [], "assignments": {}, "previous": {}}
    given["assistants"] = []
    write(folder / "gammal.json", given)
    code, told = drawn("--out", str(folder / "x.svg"), file="gammal.json")
    assert (code, told["errors"][0]["code"]) == (3, "no_parameter")
