"""The law as one SQL query gives in Spark what the kernels give: a local session, run by `make test-slow`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.law.population.random_people import people_with_moments, people_with_sums

from egenmakt.law.lss.readings import READINGS
from egenmakt.law.population.columns import SUMS
from egenmakt.law.population.people import Population
from egenmakt.law.population.running import WANTED, PopulationLaw, law_on
from egenmakt.law.population.sql import query, tables_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.req("K-06"), pytest.mark.spark]

DAY = date(2026, 3, 1)
ASKED = ("belongs", "age_limit_reached", "basic_after_s", "other_after_s", *WANTED)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


def in_spark(
    spark: SparkSession, law: PopulationLaw, people: Population, asked: tuple[str, ...]
) -> list[tuple[int, ...]]:
    for name, columns in tables_of(law, people).items():
        rows = list(zip(*(held.tolist() for held in columns.values()), strict=True))
        spark.createDataFrame(rows, list(columns)).createOrReplaceTempView(name)
    text = query(law, asked, dialect="spark", with_moments=people.offsets is not None)
    return [tuple(row) for row in spark.sql(f"{text} ORDER BY person").collect()]


def by_kernel(law: PopulationLaw, people: Population, asked: tuple[str, ...]) -> list[tuple[int, ...]]:
    found = law.run(people, asked, backend="numpy")
    columns = [found[name].astype(np.int64).tolist() for name in asked]
    return list(zip(range(people.size), *columns, strict=True))


@pytest.mark.parametrize("day", [date(2023, 5, 5), date(2025, 2, 28), DAY], ids=str)
def test_spark_gives_what_the_kernel_gives_for_sums(spark: SparkSession, day: date) -> None:
    people, law = people_with_sums(6, 1_000, day), law_on(day)
    assert in_spark(spark, law, people, ASKED) == by_kernel(law, people, ASKED)


def test_spark_gives_what_the_kernel_gives_for_moments(spark: SparkSession) -> None:
    people, law = people_with_moments(7, 100, DAY), law_on(DAY)
    assert in_spark(spark, law, people, (*ASKED, *SUMS)) == by_kernel(law, people, (*ASKED, *SUMS))


def test_a_variant_read_in_another_way_is_the_same_in_spark(spark: SparkSession) -> None:
    chosen = tuple(one.name for one in READINGS if not one.usual)
    law = law_on(DAY).change(reading=chosen, basic_needs_threshold=10, age_limit=70)
    for people in (people_with_sums(8, 500, DAY), people_with_moments(9, 50, DAY)):
        found = in_spark(spark, law, people, ASKED)
        assert found == by_kernel(law, people, ASKED)
        assert found != by_kernel(law_on(DAY), people, ASKED)
