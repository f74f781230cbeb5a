"""A variant of the law is the same kernel with other numbers; two laws are compared person by person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from tests.law.population.random_people import people_with_moments, people_with_sums

from egenmakt.law.parameters import NoParameter
from egenmakt.law.parameters.loader import load_file
from egenmakt.law.parameters.store import DATA
from egenmakt.law.population import (
    PopulationFaulty,
    UnknownParameter,
    UnknownReading,
    WrongValue,
    compare,
    kronor,
    law_on,
    population,
    sweep,
    synthetic_population,
)
from egenmakt.law.population.columns import SUMS
from egenmakt.law.population.comparing import AGE_GROUPS, age_group
from egenmakt.law.population.reading import code_of
from egenmakt.law.population.running import OUTCOMES, WANTED, _kernel, default_backend
from egenmakt.law.population.synthetic import EVERYONE, MEAN_HOURS_OF_ALLOWANCE, WITH_ALLOWANCE
from egenmakt.law.sfb.allowance import Decider

pytestmark = pytest.mark.req("K-06", "H-28")

DAY = date(2026, 3, 1)
# The table of 2023 and 2024, twice that of 2025.
OLD_TABLE = {
    0: {"basic_s_per_day": 43_200, "other_s_per_day": 0},
    1: {"basic_s_per_day": 9_000, "other_s_per_day": 1_800},
    7: {"basic_s_per_day": 3_600, "other_s_per_day": 3_600},
    12: {"basic_s_per_day": 0, "other_s_per_day": 3_600},
    18: {"basic_s_per_day": 0, "other_s_per_day": 0},
}
VARIANTS = [
    {},
    {"basic_needs_threshold": 0},
    {"basic_needs_threshold": 10_000},
    {"municipal_share_hours": 7},
    {"age_limit": 70},
    {"age_limit": {1880: 65, 1960: 67}},
    {"parental_deduction": OLD_TABLE},
    {"parental_deduction": {0: {"basic_s_per_day": 604_800, "other_s_per_day": 604_800}}},
    {"parental_deduction": {age: {"basic_s_per_day": 900 * age, "other_s_per_day": 60} for age in range(40)}},
    {"waiting_divisor": 1, "standby_divisor": 9},
]


def one_person(**more: object):
    facts = {"born": np.array(["2019-05-14"], "datetime64[D]"), "received": np.array(["2026-01-10"], "datetime64[D]"),
             "days_per_week": [7], "personkrets": [1], "basic_s": [100_000], "basic_exempt_s": [0], "other_s": [50_000],
             "other_exempt_s": [0]}  # fmt: skip
    return population({**facts, **{name: [value] for name, value in more.items()}})


@pytest.mark.parametrize("changes", VARIANTS, ids=str)
def test_a_variant_gives_the_same_by_every_way(changes: dict) -> None:
    law = law_on(DAY).change(**changes)
    for people in (people_with_sums(1, 300, DAY), people_with_moments(2, 60, DAY)):
        asked = WANTED if people.offsets is None else (*WANTED, *SUMS)
        by_numpy, by_numba = (law.run(people, asked, backend=backend) for backend in ("numpy", "numba"))
        for row in range(people.size):
            trace = law.explain(people, row).trace
            expected = [code_of(trace[name]) for name in asked]
            assert [int(by_numpy[name][row]) for name in asked] == expected
            assert [int(by_numba[name][row]) for name in asked] == expected


def test_the_law_itself_as_a_file_of_parameters_changes_nothing() -> None:
    people = people_with_sums(1, 500, DAY)
    law = law_on(DAY)
    same = law.change(
        **{name: load_file(DATA / f"{name}.toml") for name in ("parental_deduction", "age_limit")}
    )
    assert all((same.run(people)[name] == law.run(people)[name]).all() for name in WANTED)


def test_a_child_of_six_loses_what_the_older_table_took() -> None:
    before, after = law_on(DAY), law_on(DAY).change(parental_deduction=OLD_TABLE)
    people = one_person()
    assert before.run(people, ("total_s",))["total_s"][0] == 150_000 - 7 * (4_500 + 900)
    assert after.run(people, ("total_s",))["total_s"][0] == 150_000 - 7 * (9_000 + 1_800)
    found = compare(before, after, people)
    assert (found.everyone.winners, found.everyone.losers) == (0, 1)
    assert found.everyone.after_s - found.everyone.before_s == -7 * 5_400
    # 10 h 30 min a week, 52 weeks, 347.70 kronor an hour
    assert found.everyone.kronor == Decimal("-189844.20")
    assert found.moved == {(Decider.MUNICIPALITY, Decider.MUNICIPALITY): 1}


def test_a_law_that_was_never_laid_in_for_a_child_gives_no_answer_for_it() -> None:
    law = law_on(date(2021, 5, 5))
    child, adult = one_person(), one_person(born=code_of(date(1985, 1, 1)))
    child.beside["received"][:] = adult.beside["received"][:] = code_of(date(2021, 1, 1))
    with pytest.raises(NoParameter, match=r"Föräldraavdrag: lagen ger inget värde .* rad 1"):
        law.run(child)
    assert law.run(adult)["outcome"][0] == code_of(Decider.STATE)


@pytest.mark.parametrize("day", [date(2019, 11, 1), date(2020, 7, 1), date(2022, 12, 31)], ids=str)
def test_older_wordings_give_adults_what_they_give_one_person(day: date) -> None:
    people = people_with_moments(9, 150, day)
    adults = np.array(people.columns["born_year"] < day.year - 19)
    moments = np.repeat(adults, np.diff(people.offsets))
    columns = {
        name: held[adults if len(held) == people.size else moments] for name, held in people.columns.items()
    }
    offsets = np.concatenate([[0], np.cumsum(np.diff(people.offsets)[adults])])
    kept = type(people)(int(adults.sum()), columns, offsets, {"received": people.beside["received"][adults]})
    law = law_on(day)
    assert kept.size > 50
    for backend in ("numpy", "numba"):
        found = law.run(kept, (*WANTED, *SUMS), backend=backend)
        for row in range(kept.size):
            (part,) = law.explain(kept, row).assessment.timeline
            assert found["outcome"][row] == code_of(part.value.outcome)
            assert (found["total_s"][row], found["basic_s"][row]) == (part.value.total_s, part.value.basic_s)


def test_nobody_is_given_an_age_limit_the_law_does_not_have() -> None:
    with pytest.raises(NoParameter, match="Åldersgräns"):
        law_on(date(2032, 1, 1)).run(one_person(born=code_of(date(1966, 1, 1))))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"skostorlek": 42}, UnknownParameter),
        ({"basic_needs_threshold": -1}, WrongValue),
        ({"basic_needs_threshold": 10_001}, WrongValue),
        ({"parental_deduction": {1: {"basic_s_per_day": 1, "other_s_per_day": 1}}}, WrongValue),
        ({"parental_deduction": {0: {"basic_s_per_day": 1}}}, WrongValue),
        ({"parental_deduction": {0: 5}}, WrongValue),
        ({"age_limit": {}}, WrongValue),
    ],
)
def test_a_variant_that_means_nothing_is_refused(changes: dict, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        law_on(DAY).change(**changes)


def test_many_laws_at_once_give_what_each_gives_alone() -> None:
    laws = [law_on(DAY).change(**changes) for changes in VARIANTS]
    for people in (people_with_sums(3, 700, DAY), people_with_moments(4, 90, DAY)):
        for backend in ("numpy", "numba"):
            for law, totals in zip(laws, sweep(people, laws, backend=backend), strict=True):
                found = law.run(people, backend="numpy")
                assert totals.total_s == int(found["total_s"].sum(dtype=np.int64))
                assert totals.municipal_share_s == int(found["municipal_share_s"].sum(dtype=np.int64))
                counts = {
                    outcome: int((found["outcome"] == code).sum()) for code, outcome in enumerate(OUTCOMES)
                }
                assert totals.outcomes == counts


def test_the_tables_of_a_comparison_add_up_to_everyone() -> None:
    people = synthetic_population(3_000, on=DAY)
    found = compare(
        law_on(DAY), law_on(DAY).change(parental_deduction=OLD_TABLE, basic_needs_threshold=15), people
    )
    for table in (found.by_municipality, found.by_age, found.by_personkrets):
        for name in (
            "persons",
            "winners",
            "losers",
            "before_s",
            "after_s",
            "municipal_before_s",
            "municipal_after_s",
        ):
            assert sum(getattr(line, name) for line in table) == getattr(found.everyone, name)
    assert sum(found.moved.values()) == people.size
    assert found.everyone.losers > 0 == found.everyone.winners
    assert all(line.losers == 0 for line in found.by_age if line.name == "30–49 år")


def test_kronor_are_rounded_half_up_to_whole_ore() -> None:
    assert kronor(3600, Decimal("347.70")) == Decimal("18080.40")
    assert kronor(9, Decimal("1.00")) == Decimal("0.13")
    assert kronor(-9, Decimal("1.00")) == Decimal("-0.13")


def test_age_groups_turn_on_the_birthday() -> None:
    people = population({
        "born": np.array(["2019-03-01", "2019-03-02", "1961-03-01", "1961-03-02"], "datetime64[D]"),
        "received": np.array(["2026-01-01"] * 4, "datetime64[D]"),
        "days_per_week": [7] * 4, "basic_s": [1] * 4, "basic_exempt_s": [0] * 4, "other_s": [0] * 4,
        "other_exempt_s": [0] * 4,
    })  # fmt: skip
    assert [AGE_GROUPS[place][1] for place in age_group(people, DAY)] == [
        "7–11 år", "0–6 år", "65 år och äldre", "50–64 år",
    ]  # fmt: skip


def test_the_invented_country_has_the_margins_it_says() -> None:
    people = synthetic_population(on=DAY)
    found = law_on(DAY).run(people)
    state = found["outcome"] == code_of(Decider.STATE)
    assert people.size == EVERYONE
    assert abs(int(state.sum()) - WITH_ALLOWANCE) < 200
    assert abs(found["total_s"][state].mean() / 3600 - MEAN_HOURS_OF_ALLOWANCE) < 1
    assert len(np.unique(people.beside["municipality"])) == 290


def test_an_invented_person_is_the_same_in_every_population() -> None:
    few, many = synthetic_population(50, on=DAY), synthetic_population(5_000, on=DAY)
    assert all((held == many.columns[name][:50]).all() for name, held in few.columns.items())
    assert all((held == many.beside[name][:50]).all() for name, held in few.beside.items())
    assert few.columns["basic_s"][:5].tolist() == [154380, 127020, 283740, 75900, 95340]


def test_an_invented_person_with_moments_gets_what_it_gets_with_sums() -> None:
    law = law_on(DAY)
    with_sums = law.run(synthetic_population(200, on=DAY))
    with_moments = law.run(synthetic_population(200, on=DAY, moments_each=10))
    assert np.abs(with_sums["total_s"] - with_moments["total_s"]).max() <= 10


def test_numba_is_started_only_when_there_is_much_to_do() -> None:
    assert default_backend(synthetic_population(100, on=DAY)) == "numpy"


def test_a_row_that_does_not_exist_cannot_be_explained() -> None:
    with pytest.raises(IndexError, match="Raden 3 finns inte"):
        law_on(DAY).explain(synthetic_population(2, on=DAY), 2)


def test_a_row_explains_itself_by_the_sections_of_law() -> None:
    explained = law_on(DAY).explain(one_person(), 0)
    steps = {step.rule: step for step in explained.steps}
    assert steps["basic_deduction_s"].value == 31_500
    assert "9 f §" in steps["basic_deduction_s"].citation
    assert steps["outcome"].value is Decider.MUNICIPALITY
    assert explained.assessment is None


def test_a_variant_needs_no_new_kernel() -> None:
    people = people_with_sums(1, 10, DAY)
    law = law_on(DAY)
    law.run(people, backend="numba")
    made = _kernel.cache_info().misses
    for hours in range(30):
        changed = law.change(basic_needs_threshold=hours, parental_deduction=OLD_TABLE)
        changed.run(people, backend="numba")
    assert _kernel.cache_info().misses == made


def test_somebody_born_after_the_day_is_refused() -> None:
    with pytest.raises(PopulationFaulty, match="rad 1 är född efter 2026-03-01"):
        law_on(DAY).run(one_person(born=code_of(date(2026, 3, 2))))
    assert len(law_on(DAY).run(one_person(born=code_of(DAY)))) == 1


def test_the_first_persons_of_a_population_are_one() -> None:
    people = people_with_moments(8, 40, DAY)
    few = people.first(7)
    assert few.size == 7
    assert few.moments == people.offsets[7]
    law = law_on(DAY)
    assert (law.run(few)["total_s"] == law.run(people)["total_s"][:7]).all()


@pytest.mark.req("K-07")
def test_two_readings_of_the_law_are_compared_person_by_person() -> None:
    people = one_person(days_per_week=[5])
    usual = law_on(DAY)
    every_day = usual.change(reading="deduction_every_day")
    # two days more of 4 500 and 900 s
    assert usual.run(people)["total_s"][0] - every_day.run(people)["total_s"][0] == 2 * 5_400
    compared = compare(usual, every_day, people)
    assert (compared.everyone.winners, compared.everyone.losers) == (0, 1)
    assert [one.total_s for one in sweep(people, [usual, every_day])] == [
        int(law.run(people)["total_s"][0]) for law in (usual, every_day)
    ]


@pytest.mark.req("K-07")
def test_of_each_question_the_reading_named_last_holds_and_the_usual_one_is_no_change() -> None:
    law = law_on(DAY).change(reading="deduction_every_day")
    both = law.change(reading=["half_year_by_calendar"], municipal_share_hours=7)
    assert both.readings == ("deduction_every_day", "half_year_by_calendar")
    assert both.change(reading="deduction_on_days_of_assistance").readings == ("half_year_by_calendar",)
    assert law.change(reading="deduction_on_days_of_assistance") == law_on(DAY)
    with pytest.raises(UnknownReading, match="ingen tolkning my_own"):
        law.change(reading="my_own")
