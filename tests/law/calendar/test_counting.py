"""Weeks, months and years are counted by 1 § lagen (1930:173); summer time is the machine's own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.calendar import (
    ClockTimeMissing,
    DateOutOfRange,
    SummerTimeUnknown,
    after_months,
    after_weeks,
    after_years,
    is_missing,
    is_repeated,
    moment,
    seconds_between,
)

SWEDEN = ZoneInfo("Europe/Stockholm")
clock_at = datetime.fromisoformat


@pytest.mark.req("H-13")
@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        ("1994-12-02", 2, "1995-02-02"),  # RÅ 1996 not 78: the same day number
        ("2026-01-31", 1, "2026-02-28"),  # no such day: the month's last day
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-02-28", 3, "2026-05-28"),  # not the last of May: the number counts, not the place in the month
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_period_of_months_ends_on_the_same_day_number_or_the_last_of_the_month(begins, months, ends):
    assert after_months(date.fromisoformat(begins), months) == date.fromisoformat(ends)


@pytest.mark.req("H-13")
@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_a_period_of_weeks_ends_on_the_weekday_it_began(begins, weeks):
    ends = after_weeks(begins, weeks)
    assert ends.weekday() == begins.weekday()
    assert (ends - begins).days == 7 * weeks


@pytest.mark.req("H-13")
@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 1200))
def test_a_period_of_months_never_reaches_beyond_the_month_it_ends_in(begins, months):
    ends = after_months(begins, months)
    assert (ends.year * 12 + ends.month) - (begins.year * 12 + begins.month) == months
    assert ends.day == begins.day or (ends.day < begins.day and (ends + timedelta(days=1)).day == 1)


@pytest.mark.req("H-13")
def test_the_leap_day_ends_a_year_later_on_the_last_of_february():
    assert after_years(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert after_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.req("H-13")
@pytest.mark.parametrize(
    "count",
    [
        lambda: after_months(date.max, 1),
        lambda: after_weeks(date.max, 1),
        lambda: after_years(date(9999, 12, 1), 1),
    ],
)
def test_a_period_beyond_the_last_nameable_day_is_a_named_error(count):
    with pytest.raises(DateOutOfRange, match="sista datum"):
        count()


CLOCKS = st.datetimes(min_value=clock_at("1996-01-01T00:00"), max_value=clock_at("2037-12-31T00:00"))


@pytest.mark.req("A-15")
@given(CLOCKS, st.integers(0, 1))
def test_a_clock_time_is_the_same_moment_as_in_the_zone_files(clock, fold):
    clock = clock.replace(fold=fold, microsecond=0)
    if is_missing(clock):
        with pytest.raises(ClockTimeMissing, match="fanns inte"):
            moment(clock)
        return
    assert moment(clock) == clock.replace(tzinfo=SWEDEN).astimezone(UTC)


@pytest.mark.req("A-15")
@pytest.mark.parametrize("year", range(1996, 2038))
def test_both_nights_of_every_year_agree_with_the_zone_files_minute_by_minute(year):
    for month in (3, 10):
        day = clock_at(f"{year}-{month:02d}-25T00:00")
        while day.month == month:
            for minute in range(0, 300, 15):
                for fold in (0, 1):
                    clock = (day + timedelta(minutes=minute)).replace(fold=fold)
                    zoned = clock.replace(tzinfo=SWEDEN)
                    there_and_back = zoned.astimezone(UTC).astimezone(SWEDEN).replace(tzinfo=None)
                    assert is_missing(clock) == (there_and_back != clock.replace(fold=there_and_back.fold))
                    assert is_repeated(clock) == (
                        not is_missing(clock)
                        and zoned.replace(fold=0).utcoffset() != zoned.replace(fold=1).utcoffset()
                    )
                    if not is_missing(clock):
                        assert moment(clock) == zoned.astimezone(UTC)
            day += timedelta(days=1)


@pytest.mark.req("A-15")
def test_the_night_to_summer_time_is_an_hour_shorter_and_the_night_from_it_an_hour_longer():
    assert seconds_between(clock_at("2026-03-29T00:00"), clock_at("2026-03-29T04:00")) == 3 * 3600
    assert seconds_between(clock_at("2026-10-25T00:00"), clock_at("2026-10-25T04:00")) == 5 * 3600
    half_past_two = clock_at("2026-10-25T02:30")
    assert seconds_between(half_past_two, half_past_two.replace(fold=1)) == 3600


@pytest.mark.req("A-15")
def test_clock_times_before_the_rule_that_is_kept_are_a_named_error():
    with pytest.raises(SummerTimeUnknown, match="1995-12-31"):
        moment(clock_at("1995-12-31T12:00"))
