"""Dates and hours as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.foundation.ui import dates
from egenmakt.foundation.ui.forms import read_duration

pytestmark = pytest.mark.req("K-06")


@pytest.fixture(autouse=True)
def swedish():
    with translation.override("sv"):
        yield


@pytest.mark.parametrize(
    ("seconds", "short", "long"),
    [
        (56700, "15:45", "15\u00a0h\u00a045\u00a0min"), (72000, "20:00", "20\u00a0h"), (2700, "0:45", "45\u00a0min"),
        (0, "0:00", "0\u00a0min"), (-4200, "−1:10", "−1\u00a0h\u00a010\u00a0min"), (59, "0:00", "0\u00a0min"), (-59, "0:00", "0\u00a0min"),
        (3661, "1:01", "1\u00a0h\u00a01\u00a0min"),
    ],
)  # fmt: skip
def test_hours_are_shown_as_hours_and_minutes(seconds, short, long):
    assert dates.hours(seconds) == short
    assert dates.hours_long(seconds) == long


@given(st.integers(min_value=0, max_value=168 * 3600))
def test_shown_hours_are_never_more_than_there_are(seconds):
    shown = read_duration(dates.hours(seconds))
    assert shown <= seconds < shown + 60


def test_hours_are_spoken_in_whole_words():
    assert dates.hours_spoken(56700) == "15 timmar 45 minuter"
    assert dates.hours_spoken(3660) == "1 timme 1 minut"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(4200, "+1\u00a0h\u00a010\u00a0min"), (-1800, "−30\u00a0min"), (0, "oförändrat"), (30, "oförändrat")],
)
def test_a_change_is_shown_with_its_sign(seconds, said):
    assert dates.hours_change(seconds) == said


def spaced(text):
    return text.replace("\u00a0", " ")


def test_dates_are_in_swedish():
    day = date(2026, 11, 21)
    assert spaced(dates.long_date(day)) == "21 november 2026"
    assert spaced(dates.short_date(day)) == "21 nov 2026"
    assert dates.weekday_date(day) == "lördag 21 november"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 1), date(2026, 4, 30), "1 mars–30 april 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "1–31 mars 2026"),
        (date(2026, 3, 1), date(2027, 2, 28), "1 mars 2026–28 februari 2027"),
        (date(2026, 3, 1), date(2026, 3, 1), "1 mars 2026"),
        (date(2026, 3, 1), None, "från 1 mars 2026"),
        (None, date(2026, 3, 1), "till 1 mars 2026"),
        (None, None, "tills vidare"),
    ],
)
def test_a_period_says_each_part_once(first, last, said):
    assert spaced(dates.period(first, last)) == said


def test_a_moment_is_shown_by_the_clock_on_the_wall_in_sweden():
    assert dates.clock_time(datetime(2026, 7, 1, 12, 3, tzinfo=UTC)) == "14:03"
    assert dates.clock_time(datetime(2026, 12, 1, 12, 3, tzinfo=UTC)) == "13:03"
    assert spaced(dates.moment(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))) == "1 januari 2027 kl. 00:30"
