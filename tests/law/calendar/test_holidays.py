"""The calendar agrees with an independent source for seventy years, and with the published list of 2026."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.calendar import (
    CalendarUnknown,
    eves,
    is_free_day,
    last_day,
    name_of_free_day,
    next_working_day,
    public_holidays,
    working_day_on_or_before,
)
from egenmakt.law.calendar.holidays import easter_sunday

pytestmark = pytest.mark.req("H-13", "H-22")

YEARS = range(1990, 2061)


@pytest.mark.parametrize("year", YEARS)
def test_the_public_holidays_of_a_year_are_those_of_an_independent_source(year):
    source = holidays.country_holidays("SE", years=year, categories=("public",))
    assert set(public_holidays(year)) == set(source)


@pytest.mark.parametrize("year", YEARS)
def test_every_free_day_of_a_year_is_a_weekend_a_holiday_or_one_of_three_eves(year):
    source = holidays.country_holidays("SE", years=year, categories=("public", "de_facto"))
    day = date(year, 1, 1)
    while day.year == year:
        expected = day.weekday() >= 5 or day in source
        assert is_free_day(day) == expected, day
        day += timedelta(days=1)


def test_the_days_of_2026_are_the_published_ones():
    assert [day.isoformat() for day in public_holidays(2026)] == [
        "2026-01-01", "2026-01-06", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14",
        "2026-05-24", "2026-06-06", "2026-06-20", "2026-10-31", "2026-12-25", "2026-12-26",
    ]  # fmt: skip
    assert [day.isoformat() for day in eves(2026)] == ["2026-06-19", "2026-12-24", "2026-12-31"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-06-19", "midsommarafton"),
        ("2026-12-24", "julafton"),
        ("2026-12-31", "nyårsafton"),
        ("2026-04-03", "långfredagen"),
        ("2026-04-04", "lördag"),
        ("2026-04-12", "söndag"),
        ("2004-05-31", "annandag pingst"),
        ("2005-06-06", "nationaldagen"),
    ],
)
def test_a_free_day_is_called_by_its_name(day, name):
    assert name_of_free_day(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    "day", ["2026-04-02", "2026-04-30", "2026-01-05", "2026-10-30", "2005-05-16", "2004-06-07"]
)
def test_days_that_only_feel_free_are_working_days(day):
    # Skärtorsdagen, valborgsmässoafton, trettondagsafton, allhelgonaafton; Whit Monday was abolished in 2005.
    assert not is_free_day(date.fromisoformat(day))


def test_whit_monday_gave_way_to_the_national_day_in_2005():
    assert is_free_day(date(2003, 6, 9))
    assert not is_free_day(date(2003, 6, 6))
    assert is_free_day(date(2005, 6, 6))


def test_two_holidays_on_one_day_make_one_free_day():
    assert easter_sunday(2008) == date(2008, 3, 23)
    assert is_free_day(date(2008, 5, 1))


@given(st.dates(min_value=date(1990, 1, 10), max_value=date(2200, 1, 1)))
def test_the_last_day_is_a_working_day_at_most_five_days_later_with_only_free_days_between(day):
    result = last_day(day)
    assert not is_free_day(result.day)
    assert 0 <= (result.day - day).days <= 5
    between = (day + timedelta(days=n) for n in range((result.day - day).days))
    assert all(is_free_day(free) for free in between)
    assert result.moved == is_free_day(day)
    assert result.finding.result == result.day


@given(st.dates(min_value=date(1990, 1, 10), max_value=date(2200, 1, 1)))
def test_no_working_day_is_skipped_forwards_or_backwards(day):
    later = next_working_day(day)
    assert later > day
    assert all(is_free_day(day + timedelta(days=n)) for n in range(1, (later - day).days))
    earlier = working_day_on_or_before(day)
    assert earlier <= day
    assert not is_free_day(earlier)


def test_the_calendar_has_no_answer_before_the_act_of_1989():
    with pytest.raises(CalendarUnknown, match="1989-12-31"):
        is_free_day(date(1989, 12, 31))
    with pytest.raises(CalendarUnknown):
        public_holidays(1989)
    with pytest.raises(CalendarUnknown):
        eves(1989)


def test_the_last_day_the_calendar_can_name_is_no_crash():
    with pytest.raises(ValueError, match="sista datum"):
        next_working_day(date.max)
