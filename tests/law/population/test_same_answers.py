"""One text of the law, many ways to run it: each gives the same answer, to the bit."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law.population.random_people import people_with_moments, people_with_sums

from egenmakt.law.lss.readings import READINGS
from egenmakt.law.population.columns import SUMS
from egenmakt.law.population.reading import code_of
from egenmakt.law.population.running import WANTED, law_on

pytestmark = pytest.mark.req("K-06")

DAYS = [
    date(2023, 1, 1), date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 3, 1),
]  # fmt: skip
EVERYTHING = (
    *("belongs", "barred_by_age", "has_basic_needs", "right", "above_threshold", "outcome", "total_s"),
    *(
        "municipal_share_s",
        "basic_deduction_s",
        "basic_after_s",
        "other_deduction_s",
        "other_after_s",
        "need_s",
    ),
    *("age_in_years", "age_limit_reached", "most_s"),
)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_every_rule_about_a_person_gives_what_the_rule_itself_gives(day: date, backend: str) -> None:
    people = people_with_sums(day.toordinal(), 400, day)
    edition = law_on(day)
    found = edition.run(people, EVERYTHING, backend=backend)
    for row in range(people.size):
        trace = edition.explain(people, row).trace
        assert {name: int(found[name][row]) for name in EVERYTHING} == {
            name: code_of(trace[name]) for name in EVERYTHING
        }


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_moments_come_to_what_the_assessment_of_one_person_gives(day: date, backend: str) -> None:
    people = people_with_moments(day.toordinal(), 120, day)
    edition = law_on(day)
    found = edition.run(people, (*WANTED, *SUMS), backend=backend)
    for row in range(people.size):
        explained = edition.explain(people, row)
        (part,) = explained.assessment.timeline
        stretch = part.value
        assert (
            found["outcome"][row], found["total_s"][row], found["municipal_share_s"][row],
            found["basic_s"][row], found["other_s"][row],
        ) == (
            code_of(stretch.outcome), stretch.total_s, stretch.municipal_share_s, stretch.basic_s, stretch.other_s,
        )  # fmt: skip
        assert found["unclear_moments"][row] == sum(moment.unclear for moment in stretch.moments)
        assert all(found[name][row] == explained.trace[name] for name in SUMS)


CHOICES = [
    *[(one.name,) for one in READINGS if not one.usual],
    tuple(one.name for one in READINGS if not one.usual),
]


@pytest.mark.req("K-07")
@pytest.mark.parametrize("chosen", CHOICES, ids="+".join)
@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_by_each_reading_of_the_law_all_ways_give_the_same(chosen: tuple[str, ...], backend: str) -> None:
    day = date(2026, 3, 1)
    law = law_on(day).change(reading=chosen)
    for people in (people_with_moments(11, 60, day), people_with_sums(12, 200, day)):
        found = law.run(people, (*EVERYTHING, *SUMS), backend=backend)
        for row in range(people.size):
            explained = law.explain(people, row)
            assert {name: int(found[name][row]) for name in (*EVERYTHING, *SUMS)} == {
                name: code_of(explained.trace[name]) for name in (*EVERYTHING, *SUMS)
            }
            if explained.assessment is not None:
                (part,) = explained.assessment.timeline
                assert (found["outcome"][row], found["total_s"][row], found["basic_s"][row]) == (
                    code_of(part.value.outcome), part.value.total_s, part.value.basic_s
                )  # fmt: skip
