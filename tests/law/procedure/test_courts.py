"""Every municipality has one court, and a court that is not confirmed says so."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from egenmakt.law.findings import Outcome
from egenmakt.law.procedure import (
    NoCourt,
    UnknownMunicipality,
    counties,
    county_code,
    court_for,
    court_names,
    municipalities,
    municipality_code,
)

pytestmark = pytest.mark.req("H-22", "K-15")

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["court"]
ON = date(2026, 3, 1)


@pytest.mark.parametrize("case", CASES, ids=[case["source"] for case in CASES])
def test_an_appeal_goes_to_the_court_of_the_municipality_that_decided(case):
    court = court_for(case["municipality"], ON)
    assert court.name == case["name"]
    assert court.verified != case.get("unverified", False)
    assert court.name in court.finding.reason


def test_all_290_municipalities_have_a_court_and_all_twelve_courts_have_municipalities():
    assert len(municipalities()) == 290
    assert len(counties()) == 21
    courts = {code: court_for(code, ON) for code in municipalities()}
    assert {court.name for court in courts.values()} == set(court_names(ON))
    assert len(court_names(ON)) == 12
    assert [code for code, court in courts.items() if not court.verified] == ["1470"]


def test_the_municipalities_of_skaraborg_and_sjuharad_belong_to_jonkoping():
    jonkoping = {code for code in municipalities() if court_for(code, ON).seat == "Jönköping"}
    assert len([code for code in jonkoping if code.startswith("14")]) == 23
    assert len([code for code in jonkoping if code.startswith("06")]) == 13


def test_an_unconfirmed_court_is_an_unclear_finding_that_asks_to_be_checked():
    court = court_for("1470", ON)
    assert court.finding.outcome is Outcome.UNCLEAR
    assert "Kontrollera" in court.finding.reason


def test_the_courts_of_today_began_on_15_february_2010():
    assert court_for("1497", date(2010, 2, 15)).seat == "Jönköping"
    with pytest.raises(NoCourt, match="2010-02-14"):
        court_for("1497", date(2010, 2, 14))


def test_a_code_that_is_no_municipality_is_refused():
    with pytest.raises(UnknownMunicipality, match="9999"):
        court_for("9999", ON)


@pytest.mark.parametrize("text", ["1497", "Hjo", "hjo", "Hjo kommun", " HJO "])
def test_a_municipality_is_found_by_code_or_name(text):
    assert municipality_code(text) == "1497"


@pytest.mark.parametrize("text", ["05", "Östergötland", "Östergötlands län", "östergötlands"])
def test_a_county_is_found_by_code_or_name(text):
    assert county_code(text) == "05"


@pytest.mark.parametrize(
    ("text", "code"), [("Skåne", "12"), ("Kalmar län", "08"), ("Gotland", "09"), ("Atlantis", None)]
)
def test_counties_without_a_genitive_are_found_too(text, code):
    assert county_code(text) == code
