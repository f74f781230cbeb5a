"""`egenmakt roster check`: what breaks the rules, what is open, what it costs; all that is wrong with the input at once."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths
from tests.staffing.rosters.made import document

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.site.commands import roster, roster_check
from egenmakt.site.commands.contract import NotReadable, parse
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.site.commands.roster_writing import document_of
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import judge

pytestmark = pytest.mark.req("A-12")


def check(given: object, capsysbinary: pytest.CaptureFixture[bytes], folder: Path) -> tuple[int, dict]:
    """The command in this process; the document is always one JSON object."""
    file = folder / "schema.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    code = roster.run(["check", str(file)])
    return code, json.loads(capsysbinary.readouterr().out)


@pytest.fixture
def checked(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Callable[[object], tuple[int, dict]]:
    return lambda given: check(given, capsysbinary, tmp_path)


def test_a_good_roster_is_judged_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(document()), encoding="utf-8")
    code, answer = egenmakt("roster", "check", str(file))
    assert code == 0
    assert {one["outcome"] for one in answer.pop("findings")} == {"met"}
    assert answer == {
        "breaches": [],
        "unverified": [],
        "open": ["s2"],
        "cost": {
            "open": 10_000,
            "under": 408,
            "over": 0,
            "over_hourly": 0,
            "other_team": 0,
            "distinct": 6,
            "wish": 0,
            "night_fair": 0,
            "weekend_fair": 0,
            "change": 40,
            "total": 10_454,
        },
    }


def test_a_breach_has_its_rule_section_assistant_shift_times_and_what_would_mend_it(checked) -> None:
    given = document()
    given["assistants"][0]["last_end"] = "2026-11-29T22:00"
    code, answer = checked(given)
    assert code == 0
    assert answer["breaches"] == [
        {
            "rule": "daily_rest",
            "section": "ATL 13 §",
            "assistant": "a1",
            "shift": "s1",
            "from": "2026-11-29T22:00",
            "to": "2026-11-30T07:00",
            "message": "Vilan före passet är 9 timmar, den ska vara minst 11 timmar. "
            "Börja passet 2 timmar senare eller ge det till någon annan.",
        }
    ]


def test_an_assignment_to_someone_not_introduced_is_a_breach_and_no_error(checked) -> None:
    given = document()
    given["assistants"][0]["people"] = []
    code, answer = checked(given)
    assert code == 0
    assert [(one["rule"], one["section"]) for one in answer["breaches"]] == [("introduction", None)]


def test_the_second_of_two_clock_times_is_told(checked) -> None:
    given = document()
    given |= {"from": "2026-10-19", "weeks": 1, "assignments": {"s1": "a1", "s2": "a1"}, "previous": {}}
    given["assistants"][0] |= {"last_end": None}
    given["shifts"][0] |= {
        "from": "2026-10-24T16:00",
        "to": "2026-10-25T02:30",
        "to_fold": 1,
        "active_s": 11 * 3600 + 1800,
    }
    given["shifts"][1] |= {
        "from": "2026-10-25T02:30",
        "from_fold": 1,
        "to": "2026-10-25T04:00",
        "active_s": 5400,
        "on_call_s": 0,
    }
    assert checked(given)[1]["breaches"] == []
    given["shifts"][1]["from_fold"] = 0
    code, answer = checked(given)
    (found,) = answer["breaches"]
    assert code == 0
    assert (found["rule"], found["from"], found["to"]) == ("overlap", "2026-10-25T02:30", "2026-10-25T02:30")
    assert (found.get("from_fold"), found["to_fold"]) == (None, 1)


@pytest.mark.parametrize(
    "left_out", [{"rules"}, {"weights"}, {"previous"}, {"assignments"}, {"rules", "weights", "previous"}]
)
def test_what_may_be_left_out_may(checked, left_out: set[str]) -> None:
    given = {name: value for name, value in document().items() if name not in left_out}
    code, answer = checked(given)
    assert code == 0
    assert len(answer["open"]) == (2 if "assignments" in left_out else 1)


def test_an_empty_team_leaves_every_shift_open(checked) -> None:
    given = document() | {"assistants": [], "assignments": {}, "previous": {}}
    code, answer = checked(given)
    assert (code, answer["open"], answer["cost"]["total"]) == (0, ["s1", "s2"], 20_000)
    given["shifts"] = []
    code, answer = checked(given)
    assert (code, answer["breaches"], answer["open"], answer["cost"]["total"]) == (0, [], [], 0)


def change(*path: object, to: object) -> Callable[[dict], None]:
    """Put a value at a place in a document."""

    def spoil(given: dict) -> None:
        place: object = given
        for step in path[:-1]:
            place = place[step]  # type: ignore[index]
        place[path[-1]] = to  # type: ignore[index]

    return spoil


SPOILED = [
    (change("colour", to=1), ["colour"]),
    (change("from", to="2026-12-01"), ["from"]),
    (change("from", to="2026-02-30"), ["from"]),
    (change("from", to=20261130), ["from"]),
    (change("weeks", to=0), ["weeks"]),
    (change("weeks", to=54), ["weeks"]),
    (change("weeks", to=4.5), ["weeks"]),
    (change("weeks", to=True), ["weeks"]),
    (change("shifts", to=None), ["shifts"]),
    (change("shifts", to={}), ["shifts"]),
    (change("shifts", 0, to=7), ["shifts[0]"]),
    (change("shifts", 0, "id", to="s2"), ["shifts[1].id", "assignments.s1", "previous.s1"]),
    (change("shifts", 0, "id", to=""), ["shifts[0].id"]),
    (change("shifts", 0, "id", to=5), ["shifts[0].id"]),
    (change("shifts", 0, "id", to="s" * 201), ["shifts[0].id"]),
    (change("shifts", 0, "person", to=None), ["shifts[0].person"]),
    (change("shifts", 0, "person", to=""), ["shifts[0].person"]),
    (change("shifts", 0, "skill", to=4), ["shifts[0].skill"]),
    (change("shifts", 0, "colour", to=4), ["shifts[0].colour"]),
    (change("shifts", 0, "from", to="2026-11-29T23:59"), ["shifts[0].from"]),
    (
        lambda given: given["shifts"][0].update({"from": "2026-12-28T00:00", "to": "2026-12-28T08:00"}),
        ["shifts[0].from"],
    ),
    (change("shifts", 0, "from", to="2026-11-30 07:00"), ["shifts[0].from"]),
    (change("shifts", 0, "from", to="2026-11-30T25:00"), ["shifts[0].from"]),
    (change("shifts", 0, "to", to="2026-11-30T07:00"), ["shifts[0].to"]),
    (change("shifts", 0, "to", to="2026-11-30T06:00"), ["shifts[0].to"]),
    (change("shifts", 0, "to", to="2026-12-07T07:01"), ["shifts[0].to"]),
    (change("shifts", 0, "to_fold", to=1), ["shifts[0].to_fold"]),
    (change("shifts", 0, "from_fold", to=2), ["shifts[0].from_fold"]),
    (change("shifts", 0, "fold", to=1), ["shifts[0].fold"]),
    (change("shifts", 0, "active_s", to=28_801), ["shifts[0].active_s"]),
    (change("shifts", 0, "on_call_s", to=1), ["shifts[0].active_s"]),
    (change("shifts", 0, "active_s", to=-1), ["shifts[0].active_s"]),
    (change("shifts", 0, "active_s", to="8"), ["shifts[0].active_s"]),
    (change("shifts", 0, "on_call_s", to=None), ["shifts[0].on_call_s"]),
    (change("assistants", to="a1"), ["assistants"]),
    (change("assistants", 1, "id", to="a1"), ["assistants[1].id", "previous.s1"]),
    (change("assistants", 0, "id", to=None), ["assistants[0].id"]),
    (change("assistants", 0, "home", to=5), ["assistants[0].home"]),
    (change("assistants", 0, "contract_s", to=-1), ["assistants[0].contract_s"]),
    (change("assistants", 0, "people", to="p1"), ["assistants[0].people"]),
    (change("assistants", 0, "people", to=["p1", 5]), ["assistants[0].people[1]"]),
    (change("assistants", 0, "skills", to=[None]), ["assistants[0].skills[0]"]),
    (change("assistants", 0, "no_nights", to="no"), ["assistants[0].no_nights"]),
    (change("assistants", 0, "unavailable", to=["2026-12-32"]), ["assistants[0].unavailable[0]"]),
    (change("assistants", 0, "unavailable", to=[3]), ["assistants[0].unavailable[0]"]),
    (change("assistants", 0, "wishes", to=[{"day": "2026-12-05"}]), ["assistants[0].wishes[0].weight"]),
    (
        change("assistants", 0, "wishes", 0, "weight", to=0.0001),
        ["assistants[0].wishes[0].weight"],
    ),
    (
        change(
            "assistants",
            0,
            "wishes",
            to=[{"day": "2026-12-05", "weight": 1}, {"day": "2026-12-05", "weight": -1}],
        ),
        ["assistants[0].wishes[1].day"],
    ),
    (change("assistants", 0, "average_left_s", to=1.5), ["assistants[0].average_left_s"]),
    (change("assistants", 0, "last_end", to="2026-12-07T00:00"), ["assistants[0].last_end"]),
    (change("assistants", 0, "last_end", to="1990-01-01T00:00"), ["assistants[0].last_end"]),
    (change("assistants", 0, "last_end_fold", to=1), ["assistants[0].last_end_fold"]),
    (change("rules", to=None), ["rules"]),
    (change("rules", to={"colour": 1}), ["rules.colour"]),
    (change("rules", to={"daily_rest_s": -1}), ["rules.daily_rest_s"]),
    (change("rules", to={"max_days": 2.5}), ["rules.max_days"]),
    (change("weights", to={"open": -1}), ["weights.open"]),
    (change("weights", to={"open": "10"}), ["weights.open"]),
    (change("weights", to={"open": 1.0005}), ["weights.open"]),
    (change("assignments", to=["s1"]), ["assignments"]),
    (change("assignments", to={"s9": "a1"}), ["assignments.s9"]),
    (change("assignments", to={"s1": "a9"}), ["assignments.s1"]),
    (change("assignments", to={"s1": 1}), ["assignments.s1"]),
    (change("assignments", to={"s9": "a9"}), ["assignments.s9", "assignments.s9"]),
    (change("previous", to={"s9": None}), ["previous.s9"]),
]


@pytest.mark.parametrize(("spoil", "expected"), SPOILED, ids=[str(place) for place in range(len(SPOILED))])
def test_what_cannot_be_right_is_refused_at_its_path(checked, spoil, expected: list[str]) -> None:
    given = document()
    spoil(given)
    code, answer = checked(given)
    assert (code, paths(answer)) == (2, expected)
    assert all(error["message"].endswith(".") for error in answer["errors"])


def test_everything_that_is_wrong_is_told_at_once(checked) -> None:
    given = document()
    for spoil, _ in SPOILED:
        if spoil is not SPOILED[8][0]:
            changed = copy.deepcopy(given)
            try:
                spoil(changed)
            except (TypeError, KeyError, AttributeError, IndexError):
                continue  # another fault has taken its place away
            given = changed
    given["shifts"] = [*document()["shifts"], {"id": "s1"}]
    code, answer = checked(given)
    assert code == 2
    assert len(paths(answer)) > 12


def test_a_clock_time_that_was_never_shown_is_refused(checked) -> None:
    given = document() | {"from": "2026-03-23", "assignments": {}, "previous": {}}
    given["shifts"] = [
        given["shifts"][0] | {"from": "2026-03-28T22:00", "to": "2026-03-29T02:30", "active_s": 0}
    ]
    given["assistants"][0]["last_end"] = None
    code, answer = checked(given)
    assert (code, paths(answer)) == (2, ["shifts[0].to"])
    assert "ställdes klockan fram" in answer["errors"][0]["message"]


def test_a_night_when_the_clock_is_moved_has_its_real_length(checked) -> None:
    given = document() | {"from": "2026-03-23", "assignments": {}, "previous": {}}
    night = {"from": "2026-03-28T22:00", "to": "2026-03-29T06:00", "active_s": 7 * 3600, "on_call_s": 0}
    given["shifts"] = [given["shifts"][0] | night]
    given["assistants"][0]["last_end"] = None
    assert checked(given)[0] == 0
    given["shifts"][0]["active_s"] += 1
    code, answer = checked(given)
    assert (code, paths(answer)) == (2, ["shifts[0].active_s"])


def test_honest_things_are_left_alone(checked) -> None:
    given = document()
    given["assistants"][0] |= {
        "unavailable": ["2026-12-03", "2026-12-03", "2031-01-01"],
        "people": ["p1", "p1", "p7"],
        "home": "p7",
        "average_left_s": -3600,
        "last_end": "2020-01-01T00:00",
        "wishes": [{"day": "2026-12-05", "weight": 2}, {"day": "2026-12-05", "weight": 0}],
    }
    given["shifts"][0].pop("skill")
    given["shifts"][0].pop("on_call_s")
    code, answer = checked(given)
    assert code == 0
    assert [one["rule"] for one in answer["breaches"]] == ["average_hours"]


def test_a_horizon_before_the_rule_of_summer_time_has_no_answer(checked) -> None:
    given = document() | {"from": "1995-01-02", "shifts": [], "assignments": {}, "previous": {}}
    given["assistants"] = []
    code, answer = checked(given)
    assert (code, answer["errors"][0]["path"], answer["errors"][0]["code"]) == (3, "from", "no_parameter")


def test_a_key_given_twice_is_refused() -> None:
    code, answer = egenmakt("roster", "check", "-", given=b'{"from": "2026-11-30", "from": "2026-11-30"}')
    assert code == 2
    assert set(paths(answer)) == {"from", "weeks", "shifts", "assistants"}


@pytest.mark.parametrize("words", [[], ["fly"], ["check"], ["check", "a", "b"], ["check", "finns-inte.json"]])
def test_a_command_that_is_not_there_is_said_in_swedish(
    words: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert roster.run(words) == 2
    (error,) = json.loads(capsysbinary.readouterr().out)["errors"]
    assert error["message"].endswith(".")
    assert error["path"] in ("command", "arguments", "file")


def test_the_subcommands_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert roster.run(["--help"]) == 0
    assert "egenmakt roster check FIL" in capsys.readouterr().out


STRANGE = [
    *(None, True, -1, 0, 10**40, 1.5, float("1e300"), "", "x", "2026-11-30", [], [[]], {}, {"id": "s1"}),
    *("2026-11-30T24:00", "0001-01-01T00:00", "2199-12-31T23:59", "\ud800", [None] * 3),
]


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def test_whatever_stands_at_any_place_there_is_one_document_and_never_a_traceback() -> None:
    good = document()
    draw = random.Random(7)
    everywhere = [(path, strange) for path in places(good) if path for strange in STRANGE]
    for path, strange in everywhere:
        given = copy.deepcopy(good)
        change(*path, to=strange)(given)
        if draw.random() < 0.3:
            change(*draw.choice(places(good)[1:])[:1], to=draw.choice(STRANGE))(given)
        assert judged_or_refused(given)
    for path in places(good)[1:]:
        given = copy.deepcopy(good)
        place: object = given
        for step in path[:-1]:
            place = place[step]  # type: ignore[index]
        del place[path[-1]]  # type: ignore[attr-defined]
        assert judged_or_refused(given)


def judged_or_refused(given: object) -> bool:
    """Read and judge in this process: an answer, or errors that each have a path and a sentence."""
    try:
        read = read_instance(*parse(json.dumps(given).encode()))
    except NotReadable as refused:
        return bool(refused.errors) and all(one.message.endswith(".") for one in refused.errors)
    except SummerTimeUnknown:
        return True
    for breach in judge(read, read.fixed):
        assert roster_check.breach_as_json(breach)["message"]
    return cost(read, read.fixed).total >= 0


@pytest.mark.parametrize("persons", [1, 12])
def test_what_is_written_and_read_again_is_the_same_roster(persons: int) -> None:
    made = generate(persons, seed=persons)
    everybody = {one.id: made.assistants[place % 5].id for place, one in enumerate(made.shifts)}
    made = replace(made, fixed=everybody, previous={made.shifts[0].id: None})
    assert again(made) == made


def again(made: Instance) -> Instance:
    return read_instance(*parse(json.dumps(document_of(made)).encode()))
