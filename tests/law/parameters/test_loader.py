"""A parameter file that cannot be trusted stops the start, and says in which file, on which line, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from egenmakt.law.parameters import DATA, NoParameter, ParameterFileFaulty, load_file, load_folder

pytestmark = pytest.mark.req("K-13")

HEAD = """title = "Belopp"
explanation = "Ett belopp."
unit = "SEK/h"
counts = "time_concerned"
"""


def value(amount: str = '"1.00"', start: str = "2025-01-01", end: str | None = None, *more: str) -> str:
    lines = ["[[value]]", f"value = {amount}", f"valid_from = {start}", *more]
    if end:
        lines.append(f"valid_to = {end}")
    kept = {line.split(" = ")[0] for line in more}
    for name, text in (("act", '"LSS"'), ("section", '"9 §"'), ("source", '"SFS"'), ("verified", "true")):
        if name not in kept:
            lines.append(f"{name} = {text}")
    return "\n".join(lines) + "\n"


def fault(tmp_path: Path, text: str) -> ParameterFileFaulty:
    path = tmp_path / "belopp.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterFileFaulty) as refused:
        load_file(path)
    assert str(refused.value).startswith(f"{path}:{refused.value.line}: ")
    return refused.value


def loaded(tmp_path: Path, text: str):
    path = tmp_path / "belopp.toml"
    path.write_text(text, encoding="utf-8")
    return load_file(path)


def test_every_file_that_ships_can_be_trusted() -> None:
    assert len(load_folder(DATA)) >= 15


def test_two_values_that_meet_are_in_order(tmp_path: Path) -> None:
    found = loaded(tmp_path, HEAD + value(end="2025-12-31") + value('"2.00"', "2026-01-01"))
    assert str(found.at(date(2025, 12, 31)).value) == "1.00"
    assert str(found.at(date(2026, 1, 1)).value) == "2.00"
    with pytest.raises(NoParameter):
        found.at(date(2024, 12, 31))


def test_a_gap_is_refused_at_the_value_after_it(tmp_path: Path) -> None:
    text = HEAD + value(end="2025-12-30") + value('"2.00"', "2026-01-01")
    found = fault(tmp_path, text)
    assert "gap from 2025-12-31 through 2025-12-31" in found.fault
    assert text.splitlines()[found.line - 1] == "[[value]]"
    assert found.line > 6


def test_a_declared_gap_has_no_value(tmp_path: Path) -> None:
    hole = '[[unknown]]\nfrom = 2025-12-31\nto = 2025-12-31\nwhy = "inte läst"\n'
    found = loaded(tmp_path, HEAD + value(end="2025-12-30") + hole + value('"2.00"', "2026-01-01"))
    with pytest.raises(NoParameter):
        found.at(date(2025, 12, 31))


def test_an_overlap_is_refused_and_names_the_other_line(tmp_path: Path) -> None:
    found = fault(tmp_path, HEAD + value(end="2026-01-01") + value('"2.00"', "2026-01-01"))
    assert found.fault == "overlaps the value on line 5"
    assert found.line == 13


def test_two_values_without_end_overlap(tmp_path: Path) -> None:
    assert "overlaps" in fault(tmp_path, HEAD + value() + value('"2.00"', "2026-01-01")).fault


@pytest.mark.parametrize("name", ["act", "section", "source"])
def test_a_value_without_its_source_is_refused(tmp_path: Path, name: str) -> None:
    assert (
        fault(tmp_path, HEAD + value('"1.00"', "2025-01-01", None, f'{name} = " "')).fault
        == f"{name} is missing"
    )


def test_a_value_must_say_whether_it_is_verified(tmp_path: Path) -> None:
    found = fault(tmp_path, HEAD + value('"1.00"', "2025-01-01", None, 'verified = "ja"'))
    assert found.fault == "verified must be true or false"


def test_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, HEAD.replace("SEK/h", "EUR") + value()).fault == "unknown unit 'EUR'"


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("1", "SEK/h"), ("1.5", "SEK/h"), ('"en"', "SEK/h"), ('"NaN"', "SEK/h"), ('"-1.00"', "SEK/h"), ("true", "years"),
     ('"1"', "years"), ("1.5", "years"), ("-1", "years"), ("{}", "years")],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, amount: str, unit: str) -> None:
    assert "a value in" in fault(tmp_path, HEAD.replace("SEK/h", unit) + value(amount)).fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "not valid TOML"),
        (HEAD, "no [[value]]"),
        (HEAD + 'colour = "red"\n' + value(), "unknown field 'colour'"),
        (HEAD + value('"1.00"', "2025-01-01", None, "colour = 1"), "unknown field 'colour'"),
        (HEAD + value('"1.00"', "2025-01-01", None, "from_age = 1"), "unknown field 'from_age'"),
        (HEAD.replace("time_concerned", "some_day") + value(), "counts must be one of"),
        (HEAD + 'key = "height"\n' + value(), "key must be one of"),
        (HEAD + value(start='"2025-01-01"'), "valid_from must be a date"),
        (HEAD + value(end="2024-12-31"), "valid_to is before valid_from"),
        (HEAD + value().replace("valid_from = 2025-01-01\n", ""), "valid_from is missing"),
        (HEAD + value('"1.00"', "2025-01-01", None, "known = 2025-01-01T12:00:00"), "known must be a date"),
        (HEAD + "value = []\n", "no [[value]]"),
        (HEAD + "value = [{value = 1}]\n", "write each value as a table"),
        (
            HEAD + 'key = "age"\n' + value('"1.00"', "2025-01-01", None, "from_age = 3", "to_age = 2"),
            "upper bound",
        ),
        (
            HEAD + 'key = "age"\n' + value('"1.00"', "2025-01-01", None, 'from_age = "3"'),
            "whole number of years",
        ),
        (
            HEAD + 'key = "born"\n' + value('"1.00"', "2025-01-01", None, "born_from = 3"),
            "born_from must be a date",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in fault(tmp_path, text).fault


@pytest.mark.parametrize("name", ["act", "section", "source"])
def test_a_value_without_its_act_section_or_source_is_refused(tmp_path: Path, name: str) -> None:
    lines = value().splitlines()
    found = fault(
        tmp_path, HEAD + "\n".join(line for line in lines if not line.startswith(f"{name} =")) + "\n"
    )
    assert (found.fault, found.line) == (f"{name} is missing", 5)


def test_all_values_of_a_parameter_have_the_same_parts(tmp_path: Path) -> None:
    first = value('{ min = "1.00", max = "2.00" }', end="2025-12-31")
    found = fault(tmp_path, HEAD + first + value('{ min = "1.00" }', "2026-01-01"))
    assert found.fault == "the value has other parts than the one on line 5"
    assert found.line > 5


def test_a_value_is_settled_within_its_time(tmp_path: Path) -> None:
    text = HEAD + value('"1.00"', "2025-01-01", None, "settled_to = 2024-12-31")
    assert fault(tmp_path, text).fault == "settled_to is outside the time of the value"


def test_a_file_is_named_as_a_rule_can_ask_for_it(tmp_path: Path) -> None:
    path = tmp_path / "min-avgift.toml"
    path.write_text(HEAD + value(), encoding="utf-8")
    with pytest.raises(ParameterFileFaulty, match="not a name a rule can ask for"):
        load_file(path)


def test_ages_between_two_brackets_must_have_a_value(tmp_path: Path) -> None:
    young = value('"1.00"', "2025-01-01", None, "from_age = 0", "to_age = 5")
    old = value('"2.00"', "2025-01-01", None, "from_age = 7")
    assert fault(tmp_path, HEAD + 'key = "age"\n' + young + old).fault == (
        "no value begins where the key of this one ends"
    )
    found = loaded(tmp_path, HEAD + 'key = "age"\n' + young + old.replace("from_age = 7", "from_age = 6"))
    assert str(found.at(date(2026, 1, 1), age=5).value) == "1.00"
    assert str(found.at(date(2026, 1, 1), age=6).value) == "2.00"


def test_brackets_that_share_an_age_overlap(tmp_path: Path) -> None:
    young = value('"1.00"', "2025-01-01", None, "from_age = 0", "to_age = 6")
    old = value('"2.00"', "2025-01-01", None, "from_age = 6")
    assert "overlaps" in fault(tmp_path, HEAD + 'key = "age"\n' + young + old).fault


def test_a_gap_within_one_bracket_is_refused(tmp_path: Path) -> None:
    first = value('"1.00"', "2025-01-01", "2025-06-30", "from_age = 0")
    later = value('"2.00"', "2026-01-01", None, "from_age = 0")
    assert (
        "gap from 2025-07-01 through 2025-12-31"
        in fault(tmp_path, HEAD + 'key = "age"\n' + first + later).fault
    )


def test_a_value_settled_for_one_year_gives_no_later_answer(tmp_path: Path) -> None:
    found = loaded(tmp_path, HEAD + value('"1.00"', "2025-01-01", None, "settled_to = 2025-12-31"))
    assert found.at(date(2025, 12, 31)).period.last is None
    with pytest.raises(NoParameter):
        found.at(date(2026, 1, 1))


def test_a_value_that_depends_on_age_asks_for_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, HEAD + 'key = "age"\n' + value('"1.00"', "2025-01-01", None, "from_age = 0"))
    with pytest.raises(NoParameter, match="Ange åldern"):
        found.at(date(2026, 1, 1))
    with pytest.raises(NoParameter, match="vid -1 års ålder"):
        found.at(date(2026, 1, 1), age=-1)
