"""`egenmakt simulate`: a whole population from the command line, in the shape of every other command."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.law.command_line.test_assess_and_law import egenmakt, paths

from egenmakt.law.parameters.store import DATA

pytestmark = pytest.mark.req("K-06", "H-28")


def test_an_invented_country_is_simulated_and_says_that_it_is_invented() -> None:
    code, answer = egenmakt("simulate", "--synthetic", "500", "--on", "2026-11-01")
    assert code == 0
    assert answer["population"]["persons"] == 500
    assert answer["population"]["synthetic"] is True
    assert "Påhittade" in answer["population"]["about"]
    assert len(answer["population"]["sources"]) == 2
    assert sum(answer["result"]["outcomes"].values()) == 500
    assert answer["result"]["standard_amount"] == "347.70"
    assert answer["comparison"] is None
    assert {"findings", "unverified"} <= set(answer)


def test_a_change_is_compared_with_the_law_and_written_row_by_row(tmp_path: Path) -> None:
    out = tmp_path / "result.parquet"
    code, answer = egenmakt(
        "simulate",
        "--synthetic=300",
        "--on=2026-11-01",
        "--change",
        "basic_needs_threshold=10",
        "--out",
        str(out),
    )
    assert code == 0
    assert answer["law"]["changes"] == {"basic_needs_threshold": 10}
    everyone = answer["comparison"]["everyone"]
    assert everyone["persons"] == 300
    assert everyone["municipal_after_s"] < everyone["municipal_before_s"]
    assert {line["name"] for line in answer["comparison"]["by_age"]} >= {"0–6 år", "30–49 år"}
    assert sum(pq.read_table(out)["municipal_share_s"].to_pylist()) == answer["result"]["municipal_share_s"]


def test_a_change_can_be_a_file_of_parameters(tmp_path: Path) -> None:
    file = tmp_path / "parental_deduction.toml"
    file.write_text(
        (DATA / "parental_deduction.toml").read_text("utf-8").replace("4500", "9000"), encoding="utf-8"
    )
    code, answer = egenmakt(
        "simulate", "--synthetic", "300", "--on", "2026-11-01", "--change", f"parental_deduction={file}"
    )
    assert code == 0
    assert answer["comparison"]["everyone"]["losers"] > 0


@pytest.mark.req("K-07")
def test_another_reading_of_the_law_is_compared_with_the_usual() -> None:
    code, answer = egenmakt(
        "simulate",
        "--synthetic",
        "300",
        "--on",
        "2026-11-01",
        "--change",
        "reading=need_of_age_before_deduction",
    )
    assert code == 0
    assert answer["law"]["readings"] == ["need_of_age_before_deduction"]
    # nobody has said what all children of the age need
    assert answer["result"]["outcomes"]["unclear"] > 0
    assert answer["comparison"]["everyone"]["losers"] > 0


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ([], ["on", "file"]),
        (["--on", "2026-13-01", "--synthetic", "0"], ["on", "synthetic"]),
        (["saknas.parquet", "--on", "2026-01-01"], ["file"]),
        (["a", "b", "--on", "2026-01-01", "--synthetic", "5"], ["arguments", "arguments"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--change", "x"], ["change.x"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--change", "x=1"], ["change"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--change", "reading=my_own"], ["change"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--change", "age_limit=tolv"], ["change.age_limit"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--out", "/finns/inte/x.parquet"], ["out"]),
        (["--synthetic", "5", "--on"], ["on"]),
        (["--synthetic", "5", "--on", "2026-01-01", "--fort"], ["arguments"]),
    ],
)
def test_whatever_is_wrong_is_told_at_once(words: list[str], wrong: list[str]) -> None:
    code, answer = egenmakt("simulate", *words)
    assert code == 2
    assert paths(answer) == wrong


def test_a_day_the_law_has_no_value_for_gives_no_answer() -> None:
    code, answer = egenmakt("simulate", "--synthetic", "500", "--on", "2031-01-01")
    assert code == 3
    assert answer["errors"][0]["code"] == "no_parameter"
    assert answer["errors"][0]["path"] == "on"


def test_wrong_columns_of_a_file_are_all_told(tmp_path: Path) -> None:
    import pyarrow as pa

    path = tmp_path / "fel.parquet"
    pq.write_table(pa.table({"born": ["x"], "namn": ["Kim"]}), path)
    code, answer = egenmakt("simulate", str(path), "--on", "2026-01-01")
    assert code == 2
    assert set(paths(answer)) >= {"born", "namn", "received", "days_per_week", "basic_s", "other_s"}
