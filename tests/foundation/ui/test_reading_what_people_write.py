"""What people write in a field is read as they meant it, or sent back with what to do."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from egenmakt.foundation.ui.forms import (
    DateField,
    DurationField,
    NumberField,
    PageForm,
    Unreadable,
    read_date,
    read_duration,
    read_number,
)

pytestmark = pytest.mark.req("K-06")

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21",
        "20261121",
        "21/11 2026",
        "21/11-2026",
        "21.11.2026",
        "21 november 2026",
        " 21  Nov 2026 ",
        "den 21 november 2026",
    ],
)
def test_a_date_is_read_in_every_usual_way(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["2026-02-29", "31/4 2026", "21 smörjan 2026", "i morgon", "21/11", "2026-11", "1e3", "٢٠٢٦-١١-٢١x"],
)
def test_what_is_not_a_date_is_not_guessed(text):
    with pytest.raises(Unreadable):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2,5", 9000), ("2.5", 9000), ("2:30", 9000), ("2 h 30", 9000), ("2 h 30 min", 9000), ("2h30m", 9000), ("150 min", 9000),
        ("2 tim 30 minuter", 9000), ("45 min", 2700), ("0", 0), ("90 s", 90), ("0:00:30", 30), ("1,0001", 3600), ("15:45", 56700),
        ("2\u00a0h\u00a030\u00a0min", 9000),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_in_every_usual_way(text, seconds):
    assert read_duration(text) == seconds


def test_a_bare_number_is_minutes_where_the_field_says_so():
    assert read_duration("30", "minutes") == 1800
    assert read_duration("0,5", "minutes") == 30


@pytest.mark.parametrize("text", ["", "2:75", "-2", "−2", "en stund", "2 x", "1:2", "2,5,5", "h", "30 30"])
def test_what_is_not_a_length_of_time_is_not_guessed(text):
    with pytest.raises(Unreadable):
        read_duration(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,5", "2.5"), ("1 250,50", "1250.50"), ("1\u202f250", "1250"), ("−3", "-3"), ("0", "0")],
)
def test_a_number_is_read_with_comma_or_point(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1,250.50", "nan", "Infinity", "1e5", "", "2,"])
def test_what_is_not_a_number_is_not_guessed(text):
    with pytest.raises(Unreadable):
        read_number(text)


class Everything(PageForm):
    day = DateField(min_date=date(2026, 1, 1))
    weekly = DurationField(max_seconds=168 * 3600)
    amount = NumberField(min_value=0, whole=True)
    kind = forms.ChoiceField(choices=[("", "Välj"), ("a", "A")])
    name = forms.CharField()


def test_every_error_is_found_at_once_and_says_what_to_do():
    form = Everything({"day": "i går", "weekly": "200", "amount": "2,5", "kind": "", "name": ""})
    assert form.errors == {
        "day": ["Det här går inte att läsa som ett datum. Skriv till exempel 2026-03-01 eller 1 mars 2026."],
        "weekly": ["Tiden ska vara högst 168 h."],
        "amount": ["Skriv ett helt tal."],
        "kind": ["Välj något av alternativen."],
        "name": ["Fyll i det här."],
    }


def test_what_could_not_be_read_is_shown_again_as_it_was_typed():
    form = Everything({"day": "i går", "weekly": "en stund"})
    assert 'value="i går"' in str(form["day"])
    assert 'value="en stund"' in str(form["weekly"])


def test_a_day_before_the_first_is_told_the_first():
    form = Everything({"day": "2025-12-31"})
    assert form.errors["day"] == ["Datumet ska vara 2026-01-01 eller senare."]


def test_stored_values_are_shown_as_people_write_them():
    form = Everything(initial={"day": DAY, "weekly": 56700, "amount": Decimal("2.50")})
    assert 'value="2026-11-21"' in str(form["day"])
    assert 'value="15:45"' in str(form["weekly"])
    assert 'value="2,5"' in str(form["amount"])
