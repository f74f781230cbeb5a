"""The law as one SQL query gives what the kernels give, in PostgreSQL; in Spark: test_spark."""

from __future__ import annotations

from datetime import date

import numpy as np
import psycopg
import pytest
from tests.law.population.random_people import people_with_moments, people_with_sums

from egenmakt.law.lss.readings import READINGS
from egenmakt.law.population.columns import SUMS
from egenmakt.law.population.people import Population
from egenmakt.law.population.running import WANTED, PopulationLaw, law_on
from egenmakt.law.population.sql import query, tables_of

pytestmark = pytest.mark.req("K-06")

DAY = date(2026, 3, 1)
ASKED = ("belongs", "age_limit_reached", "basic_after_s", "other_after_s", *WANTED)


def load(connection: psycopg.Connection, tables: dict[str, dict[str, np.ndarray]]) -> None:
    for name, columns in tables.items():
        listed = ", ".join(f"{column} bigint" for column in columns)
        connection.execute(f"CREATE TEMPORARY TABLE {name} ({listed}) ON COMMIT DROP")
        with connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(held.tolist() for held in columns.values()), strict=True):
                copy.write_row(row)


def in_postgresql(server, law: PopulationLaw, people: Population, asked: tuple[str, ...]) -> list[tuple]:
    with psycopg.connect(server.superuser) as connection:
        load(connection, tables_of(law, people))
        text = query(law, asked, with_moments=people.offsets is not None)
        return connection.execute(f"{text} ORDER BY person").fetchall()


def by_kernel(law: PopulationLaw, people: Population, asked: tuple[str, ...]) -> list[tuple]:
    found = law.run(people, asked, backend="numpy")
    columns = [found[name].astype(np.int64).tolist() for name in asked]
    return list(zip(range(people.size), *columns, strict=True))


@pytest.mark.parametrize("day", [date(2023, 5, 5), date(2025, 2, 28), DAY], ids=str)
def test_postgresql_gives_what_the_kernel_gives_for_sums(server, day: date) -> None:
    people = people_with_sums(3, 2_000, day)
    law = law_on(day)
    assert in_postgresql(server, law, people, ASKED) == by_kernel(law, people, ASKED)


@pytest.mark.parametrize("day", [date(2023, 5, 5), DAY], ids=str)
def test_postgresql_gives_what_the_kernel_gives_for_moments(server, day: date) -> None:
    people = people_with_moments(4, 300, day)
    law = law_on(day)
    assert in_postgresql(server, law, people, (*ASKED, *SUMS)) == by_kernel(law, people, (*ASKED, *SUMS))


def test_a_variant_of_the_law_is_a_query_of_its_own(server) -> None:
    people = people_with_sums(5, 1_000, DAY)
    law = law_on(DAY).change(basic_needs_threshold=10, age_limit=70)
    found = in_postgresql(server, law, people, ASKED)
    assert found == by_kernel(law, people, ASKED)
    assert found != by_kernel(law_on(DAY), people, ASKED)


@pytest.mark.req("K-07")
def test_another_reading_of_the_law_is_a_query_of_its_own(server) -> None:
    chosen = tuple(one.name for one in READINGS if not one.usual)
    law = law_on(DAY).change(reading=chosen)
    for people in (people_with_sums(8, 500, DAY), people_with_moments(9, 100, DAY)):
        assert in_postgresql(server, law, people, ASKED) == by_kernel(law, people, ASKED)


def test_the_query_names_the_section_of_every_rule() -> None:
    text = query(law_on(DAY))
    assert "9 f § andra stycket LSS (SFS 2022:1252)" in text
    assert "51 kap. 22 § SFB" in text
