"""Identity numbers are read as the table says, every error is told at once, and nothing prints them."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from egenmakt.law.identity_numbers import (
    IdentityNumber,
    InvalidIdentityNumber,
    NumberType,
    parse_number,
    read_number,
)
from egenmakt.law.identity_numbers.luhn import check_digit

pytestmark = pytest.mark.req("K-01", "H-17")

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]
ON = date(2026, 3, 1)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_number_is_read_as_the_table_says(case):
    reading = read_number(case["number"], on=date.fromisoformat(case.get("on", ON.isoformat())))
    assert reading.type == case["type"]
    assert [error.code for error in reading.errors] == case.get("errors", [])
    if "errors" in case:
        assert reading.number is None
        return
    number = reading.number
    assert number.type == case["type"]
    assert number.number == case["normalised"]
    assert (number.born and number.born.isoformat()) == case.get("born")
    assert number.sex == case.get("sex")
    assert number.scheme == case.get("scheme")


BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=ON)


@given(BIRTHS, st.integers(1, 999), st.sampled_from([0, 60]))
def test_every_number_built_by_the_rules_is_read_back_with_its_day_of_birth(born, individual, shift):
    six = f"{born:%y%m}{born.day + shift:02d}"
    serial = f"{individual:03d}"
    text = f"{born:%Y}{six[2:]}{serial}{check_digit(six + serial)}"
    number = parse_number(text, on=ON)
    assert number.born == born
    assert number.number == text
    assert number.sex == ("male" if individual % 2 else "female")
    assert number.type is (NumberType.COORDINATION if shift else NumberType.PERSONAL)
    # An independent library agrees that the number is right.
    assert personnummer.valid(text)


@given(BIRTHS, st.integers(1, 999), st.integers(0, 11), st.integers(1, 9))
def test_no_single_wrong_digit_goes_through_unseen(born, individual, place, change):
    six, serial = f"{born:%y%m%d}", f"{individual:03d}"
    text = f"{born:%Y%m%d}{serial}{check_digit(six + serial)}"
    wrong = text[:place] + str((int(text[place]) + change) % 10) + text[place + 1 :]
    reading = read_number(wrong, on=ON)
    if place >= 2:
        assert reading.number is None
    else:
        # The century is not part of the check digit; all that can be said is that the day is another.
        assert reading.number is None or reading.number.born != born


@given(st.text(max_size=20))
def test_any_text_is_either_a_number_or_has_errors_in_swedish(text):
    reading = read_number(text, on=ON)
    assert (reading.number is None) == bool(reading.errors)
    assert all(error.message.endswith(".") for error in reading.errors)


@given(st.from_regex(r"\A[0-9]{6,8}[-+]?[0-9A-Z]{4}\Z"))
def test_any_text_of_the_right_shape_is_either_a_number_or_has_errors(text):
    reading = read_number(text, on=ON)
    assert (reading.number is None) == bool(reading.errors)
    if reading.number is not None:
        assert len(reading.number.number) == 12
        assert parse_number(reading.number.written, on=ON) == reading.number


def test_a_number_prints_masked_and_its_representation_is_redacted():
    number = parse_number("20150916-9809", on=ON)
    assert str(number) == "20150916-****"
    assert f"{number}" == "20150916-****"
    for text in (repr(number), repr([number]), str(number)):
        assert "9809" not in text
    assert "2015" not in repr(number)
    assert number.written == "20150916-9809"


def test_an_organisation_number_is_public_and_prints_in_full():
    assert str(parse_number("165560000001", on=ON)) == "556000-0001"


def test_a_refused_number_is_named_by_its_errors_and_never_by_itself():
    with pytest.raises(InvalidIdentityNumber) as refused:
        parse_number("20150916-9808", on=ON)
    assert refused.value.type is NumberType.PERSONAL
    assert [error.code for error in refused.value.errors] == ["check_digit"]
    assert "9808" not in str(refused.value)
    assert "20150916" not in repr(refused.value)


def test_two_readings_of_one_person_are_equal():
    assert parse_number("150916-9809", on=ON) == parse_number("201509169809", on=ON)
    assert isinstance(parse_number("150916-9809", on=ON), IdentityNumber)
