"""Populations come from files and go to files; whatever is wrong with one is told at once, in Swedish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.law.population.random_people import people_with_moments, people_with_sums

from egenmakt.law.population import (
    Population,
    PopulationFaulty,
    law_on,
    population,
    read_population,
    synthetic_population,
    write_population,
    write_result,
)
from egenmakt.law.population.columns import MOST_S

pytestmark = pytest.mark.req("K-06")

DAY = date(2026, 3, 1)
GOOD = {
    "id": ["a", "b"],
    "municipality": ["Hjo", "1497"],
    "born": [date(2019, 5, 14), date(1980, 2, 29)],
    "received": [date(2026, 2, 10), date(2020, 1, 1)],
    "days_per_week": [7, 5],
    "personkrets": [1, None],
    "granted_before_age_limit": [True, None],
    "current_s_per_week": [None, 90_000],
    "housing_adaptation_tried": [True, None],
    "waiting_minutes_per_day": [Decimal("0.5"), Decimal(0)],
    "moments": [
        [{"need": "hygiene", "minutes": 30.5, "times": 1, "per": "day", "intimate": True, "self_care": 0},
         {"need": "other", "minutes": 60.0, "times": 2, "per": "week", "intimate": None, "self_care": 0}],
        [],
    ],
}  # fmt: skip


def file_of(tmp_path: Path, columns: dict[str, object]) -> Path:
    path = tmp_path / "population.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def faults_in(tmp_path: Path, columns: dict[str, object]) -> dict[str, str]:
    with pytest.raises(PopulationFaulty) as refused:
        read_population(file_of(tmp_path, columns))
    return dict(refused.value.faults)


def same(one: Population, other: Population) -> bool:
    columns = one.columns.keys() == other.columns.keys()
    return columns and all((held == other.columns[name]).all() for name, held in one.columns.items())


@pytest.mark.parametrize("make", [people_with_sums, people_with_moments])
def test_a_population_that_is_written_is_read_back_as_it_was(tmp_path: Path, make) -> None:
    people = make(5, 200, DAY)
    path = tmp_path / "p.parquet"
    write_population(path, people)
    again = read_population(path)
    assert same(people, again)
    assert people.offsets is None or (people.offsets == again.offsets).all()
    assert (people.beside["received"] == again.beside["received"]).all()


def test_a_file_is_read_as_the_words_of_the_command_line(tmp_path: Path) -> None:
    people = read_population(file_of(tmp_path, GOOD))
    assert people.size == 2
    assert people.offsets.tolist() == [0, 2, 2]
    assert people.columns["micro_minutes"].tolist() == [30_500_000, 60_000_000]
    assert people.columns["personkrets"].tolist() == [1, -1]
    assert people.columns["intimate"].tolist() == [1, -1]
    assert people.columns["waiting_micro_minutes_per_day"].tolist() == [500_000, 0]
    assert people.beside["municipality"].tolist() == [1497, 1497]
    assert law_on(DAY).run(people, ("basic_s",))["basic_s"].tolist() == [30 * 60 * 7 + 30 * 7, 0]


def test_all_wrong_columns_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, {
        "born": ["2019-05-14"], "recieved": [date(2026, 1, 1)], "days_per_week": [8], "personkrets": ["ett"],
        "basic_s": [None], "other_s": [-1], "basic_exempt_s": [1.5], "municipality": ["Storstad"],
    })  # fmt: skip
    assert set(faults) == {
        "born", "recieved", "received", "days_per_week", "personkrets", "basic_s", "other_s", "basic_exempt_s",
        "other_exempt_s", "municipality",
    }  # fmt: skip
    assert faults["received"] == "Kolumnen saknas: dagen då ansökan kom in."
    assert faults["days_per_week"] == "1 rad är inte från 1 till 7; den första är rad 1."


def test_wrong_moments_are_told_with_the_number_of_rows_and_the_first(tmp_path: Path) -> None:
    moment = {"need": "hygiene", "minutes": 30.0, "times": 1, "per": "day", "assistants": 1}
    wrong = [
        {**moment, "need": "hygien"},
        {**moment, "minutes": 900.0, "times": 2},
        {**moment, "assistants": 11},
    ]
    faults = faults_in(tmp_path, {**GOOD, "moments": [[moment, *wrong], [{**moment, "assistants": 0}]]})
    assert faults == {
        "moments.need": "1 rad är inget av breathing, hygiene, meals, dressing, communication, harm_prevention, "
        "medical, other; den första är rad 2.",
        "moments.assistants": "2 rader är inte från 1 till 10; den första är rad 4.",
    }
    faults = faults_in(tmp_path, {**GOOD, "moments": [[moment, wrong[1]], []]})
    assert set(faults) == {"moments.minutes"}


def test_minutes_finer_than_a_millionth_are_refused(tmp_path: Path) -> None:
    moment = {"need": "hygiene", "minutes": Decimal("1.0000001"), "times": 1, "per": "day"}
    assert "sex decimaler" in faults_in(tmp_path, {**GOOD, "moments": [[moment], []]})["moments.minutes"]


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"moments": [1, 2]}, "moments"),
        ({"moments": [[{"need": "hygiene"}], []]}, "moments.times"),
        ({"basic_s": [1, 2]}, "basic_s"),
        ({"granted_before_age_limit": [1, 0]}, "granted_before_age_limit"),
        ({"waiting_minutes_per_day": [1500, 0]}, "waiting_minutes_per_day"),
        ({"born": [date(1700, 1, 1), date(2000, 1, 1)]}, "born"),
        ({"shoes": [1, 2]}, "shoes"),
    ],
)
def test_each_fault_is_told_by_its_column(tmp_path: Path, columns: dict, fault: str) -> None:
    assert fault in faults_in(tmp_path, {**GOOD, **columns})


def test_somebody_with_more_help_than_there_is_time_is_refused_by_both_kernels() -> None:
    many = 6_000
    people = population(
        {"born": [0, 0], "received": [20_000, 20_000], "days_per_week": [7, 7],
         "housing_adaptation_tried": [1, 1], "aids_tried": [1, 1]},
        {"need": np.ones(many, int), "micro_minutes": np.full(many, 1440 * 1_000_000), "times": np.ones(many, int),
         "per": np.zeros(many, int), "assistants": np.full(many, 10), "intimate": np.ones(many, int)},
        [0, 1, many],
    )  # fmt: skip
    assert (many - 1) * 6_048_000 > MOST_S
    for backend in ("numpy", "numba"):
        with pytest.raises(PopulationFaulty, match="rad 2 får mer tid"):
            law_on(DAY).run(people, backend=backend)


def test_results_are_written_with_who_and_where(tmp_path: Path) -> None:
    people = synthetic_population(20, on=DAY)
    result = law_on(DAY).run(people)
    write_result(tmp_path / "r.parquet", people, result)
    table = pq.read_table(tmp_path / "r.parquet")
    assert table.column_names == ["id", "municipality", "outcome", "total_s", "municipal_share_s"]
    assert table["total_s"].to_pylist() == result["total_s"].tolist()
    assert set(table["outcome"].to_pylist()) <= {"state", "municipality"}


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_text("nej")
    with pytest.raises(PopulationFaulty, match="går inte att läsa"):
        read_population(tmp_path / "x.parquet")


STRANGE = [
    pa.array([1, 2]), pa.array([-(2**63), 2**63 - 1]), pa.array([2**64 - 1, 0], pa.uint64()), pa.array([1.5, float("nan")]),
    pa.array(["a", "Hjo"]), pa.array(["1497", None]), pa.array([True, False]), pa.array([None, None]),
    pa.array([date(1, 1, 1), date(9999, 12, 31)]), pa.array([[1], [2]]), pa.array([{"need": 1}, {"need": None}]),
    pa.array([Decimal("-1.5"), Decimal("99999999999999999999")]), pa.array([b"x", b"y"]),
    pa.array(["Hjo", "Hjo"]).dictionary_encode(), pa.array([0, 1], pa.timestamp("us")), pa.array([0, 1], pa.int8()),
    pa.array([[{"need": "hygiene", "minutes": 10**17, "times": 1, "per": "day"}], None]),
    pa.array([[None], [{"need": "hygiene", "minutes": 1, "times": 2**40, "per": "day"}]]),
]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE, ids=lambda array: str(array.type)[:30])
def test_whatever_a_column_holds_the_answer_is_a_population_or_all_its_faults(
    tmp_path: Path, strange: pa.Array
) -> None:
    refused = 0
    for name in [*GOOD, "limit_reached_when_received", "basic_s", "unclear_moments", "aids_tried"]:
        path = file_of(tmp_path, {**GOOD, name: strange})
        try:
            law_on(DAY).run(read_population(path))
        except PopulationFaulty as error:
            refused += 1
            assert all(fault.message for fault in error.faults)
    assert refused > 5
