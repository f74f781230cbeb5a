"""The values that ship are those the sources give, and the ones no source confirms are marked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from egenmakt.law.parameters import NoParameter, all_parameters, parameter


@pytest.mark.req("K-13")
@pytest.mark.parametrize(
    ("year", "amount", "verified"),
    [
        (2008, "237.00", True), (2012, "267.00", True), (2013, "275.00", True), (2014, "280.00", True),
        (2015, "284.00", False), (2016, "288.00", False), (2017, "291.00", True), (2018, "295.40", True),
        (2019, "299.80", True), (2020, "304.30", True), (2021, "315.00", True), (2022, "319.70", False),
        (2023, "324.50", True), (2024, "332.60", True), (2025, "340.90", False), (2026, "347.70", True),
    ],
)  # fmt: skip
def test_the_standard_amount_of_each_year(year: int, amount: str, verified: bool) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        found = parameter("standard_amount").at(day)
        assert (str(found.value), found.verified) == (amount, verified)


@pytest.mark.req("K-13")
@pytest.mark.parametrize("day", [date(2007, 12, 31), date(2010, 6, 1), date(2011, 12, 31), date(2027, 1, 1)])
def test_a_year_whose_amount_is_not_known_has_none(day: date) -> None:
    with pytest.raises(NoParameter):
        parameter("standard_amount").at(day)


@pytest.mark.req("K-13")
@pytest.mark.parametrize(
    ("year", "percent", "step"),
    [(2019, "1.5", "0.1"), (2020, "1.5", "0.1"), (2024, "2.5", "0.1"), (2013, "3", "1")],
)
def test_published_increases_lead_from_one_amount_to_the_next(year: int, percent: str, step: str) -> None:
    """Assistanskoll, Via Assistans and Spira Assistans: the increase in percent, rounded half up to ten öre."""
    before, after = (parameter("standard_amount").at(date(y, 1, 1)).value for y in (year - 1, year))
    assert isinstance(before, Decimal)
    raised = before * (100 + Decimal(percent)) / 100
    assert raised.quantize(Decimal(step), "ROUND_HALF_UP") == after


@pytest.mark.req("H-30")
@pytest.mark.parametrize(
    ("on", "born", "years", "verified"),
    [
        (date(2022, 12, 31), date(1970, 1, 1), 65, True),
        (date(2023, 1, 1), date(1957, 12, 31), 65, True),
        (date(2023, 1, 1), date(1958, 1, 1), 66, True),
        (date(2025, 12, 31), date(1970, 1, 1), 66, True),
        (date(2026, 1, 1), date(1957, 12, 31), 65, True),
        (date(2026, 1, 1), date(1958, 1, 1), 66, True),
        (date(2026, 1, 1), date(1959, 12, 31), 66, True),
        (date(2026, 1, 1), date(1960, 1, 1), 67, False),
        (date(2026, 1, 1), date(1961, 12, 31), 67, False),
        (date(2026, 1, 1), date(1962, 1, 1), 67, True),
        (date(2026, 1, 1), date(1964, 12, 31), 67, True),
    ],
)
def test_the_age_limit_by_cohort(on: date, born: date, years: int, verified: bool) -> None:
    found = parameter("age_limit").at(on, born=born)
    assert (found.value, found.verified) == (years, verified)


@pytest.mark.req("H-30")
def test_a_cohort_whose_target_age_is_not_set_has_no_age_limit() -> None:
    with pytest.raises(NoParameter, match="1965-01-01"):
        parameter("age_limit").at(date(2026, 1, 1), born=date(1965, 1, 1))


@pytest.mark.req("K-07")
@pytest.mark.parametrize(
    ("ages", "hours_2023", "hours_2025"),
    [
        (range(1), (12, 0), (6, 0)),
        (range(1, 7), (2.5, 0.5), (1.25, 0.25)),
        (range(7, 12), (1, 1), (0.5, 0.5)),
        (range(12, 18), (0, 1), (0, 0.5)),
        (range(18, 90), (0, 0), (0, 0)),
    ],
)
def test_the_parental_deduction_for_every_age(
    ages: range, hours_2023: tuple[float, float], hours_2025: tuple[float, float]
) -> None:
    """Förordningen (1993:1090), the annex in SFS 2022:1228 and 2024:1063."""
    for age in ages:
        for day, hours in (
            (date(2023, 1, 1), hours_2023),
            (date(2024, 12, 31), hours_2023),
            (date(2025, 1, 1), hours_2025),
        ):
            found = parameter("parental_deduction").at(day, age=age)
            assert found.value == {"basic_s_per_day": hours[0] * 3600, "other_s_per_day": hours[1] * 3600}
            assert found.verified


@pytest.mark.req("K-07")
def test_there_was_no_table_for_children_before_2023() -> None:
    with pytest.raises(NoParameter):
        parameter("parental_deduction").at(date(2022, 12, 31), age=17)


def test_the_special_fee_rose_in_2026() -> None:
    fee = parameter("special_fee")
    assert fee.at(date(2025, 12, 31)).value == {"min": Decimal("10000.00"), "max": Decimal("1000000.00")}
    assert fee.at(date(2026, 1, 1)).value == {"min": Decimal("15000.00"), "max": Decimal("1500000.00")}


@pytest.mark.parametrize(
    ("on", "born", "share", "verified"),
    [
        (date(2026, 6, 1), date(1985, 2, 3), "0.3142", True),
        (date(2026, 6, 1), date(1958, 12, 31), "0.1021", True),
        (date(2026, 6, 1), date(1959, 1, 1), "0.3142", True),
        (date(2026, 6, 1), date(2003, 6, 1), "0.2081", True),
        (date(2026, 6, 1), date(2007, 12, 31), "0.2081", True),
        (date(2026, 6, 1), date(2008, 1, 1), "0.3142", False),
        (date(2026, 3, 31), date(2003, 6, 1), "0.3142", True),
        (date(2026, 6, 1), date(2002, 12, 31), "0.3142", True),
        (date(2027, 10, 1), date(2005, 6, 1), "0.3142", True),
        (date(2024, 6, 1), date(1985, 2, 3), "0.3142", True),
        (date(2025, 6, 1), date(1985, 2, 3), "0.3142", False),
        (date(2025, 6, 1), date(1958, 12, 31), "0.1021", False),
        (date(2025, 6, 1), date(1959, 1, 1), "0.3142", False),
        (date(2022, 6, 1), date(1956, 12, 31), "0.1021", False),
    ],
)
def test_employer_contributions_by_age_at_the_start_of_the_year(
    on: date, born: date, share: str, verified: bool
) -> None:
    found = parameter("employer_contributions").at(on, born=born)
    assert (str(found.value), found.verified) == (share, verified)


@pytest.mark.req("K-06", "H-28")
@pytest.mark.parametrize(
    ("name", "value", "verified"),
    [
        ("basic_needs_threshold", 20, True), ("municipal_share_hours", 20, True), ("waiting_divisor", 4, True),
        ("standby_divisor", 7, False), ("weeding_years", 5, True), ("weeding_years_private", 2, False),
        ("granting_period_months", 6, True), ("retroactive_months", 1, True), ("higher_amount_percent", 12, True),
        ("sick_pay_days", 14, True), ("qualifying_deductions_most", 10, True),
    ],
)  # fmt: skip
def test_the_plain_limits(name: str, value: int, verified: bool) -> None:
    found = parameter(name).at(date(2026, 6, 1))
    assert (found.value, found.verified) == (value, verified)


def test_every_parameter_says_what_it_is_and_where_every_value_was_read() -> None:
    for name, found in all_parameters().items():
        assert found.title and found.explanation, name
        for dated in found.values:
            assert dated.citation.act and dated.citation.section and dated.source, name


def test_an_unknown_name_is_refused_in_swedish() -> None:
    for name in ("no_such", "../data/age_limit", "", "age limit"):
        with pytest.raises(NoParameter, match="finns inte"):
            parameter(name)
