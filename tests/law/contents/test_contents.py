"""Everything the law rooms hold can be listed, shown with its section, and named by one hash."""

from __future__ import annotations

import subprocess
import sys

import pytest

from egenmakt.law import ENGINE_VERSION, catalogue, law_hash

pytestmark = pytest.mark.req("H-09")


def test_every_entry_has_a_section_a_sentence_and_its_text() -> None:
    entries = catalogue()
    assert {entry.kind for entry in entries} == {"rule", "parameter"}
    for entry in entries:
        assert entry.citation.act and entry.citation.section, entry.name
        assert entry.sentence.endswith("."), entry.name
        assert entry.source_text.strip(), entry.name


def test_a_rule_is_listed_once_for_each_wording_with_what_it_uses() -> None:
    grounds = [entry for entry in catalogue() if entry.name == "ground"]
    assert [str(entry.period.start) for entry in sorted(grounds, key=lambda entry: entry.period.start)] == [
        "2019-11-01",
        "2020-07-01",
        "2023-01-01",
    ]
    deduction = next(entry for entry in catalogue() if entry.name == "basic_deduction_s")
    assert set(deduction.uses) == {"parental_deduction", "days_per_week"}
    assert "def basic_deduction_s" in deduction.source_text


def test_a_parameter_with_an_unconfirmed_value_is_marked() -> None:
    verified = {entry.name: entry.verified for entry in catalogue() if entry.kind == "parameter"}
    assert verified["parental_deduction"]
    assert not verified["standard_amount"]
    assert not verified["standby_divisor"]


def test_the_hash_is_the_same_in_another_process() -> None:
    code = "from egenmakt.law import law_hash; print(law_hash())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == law_hash()
    assert len(law_hash()) == 64
    assert ENGINE_VERSION


def test_the_law_holds_more_than_150_rules_and_values_and_each_stands_somewhere() -> None:
    names = {entry.name for entry in catalogue()}
    assert len(names) > 250
    for entry in catalogue():
        assert entry.citation.act and entry.citation.section and entry.book, entry.name
        assert entry.kind == "rule" or entry.source, entry.name


def test_a_name_is_one_thing_in_the_whole_law() -> None:
    book_of: dict[str, str] = {}
    for entry in catalogue():
        assert book_of.setdefault(entry.name, entry.book) == entry.book, entry.name


def test_everything_a_rule_uses_is_a_rule_a_parameter_or_a_question_to_somebody() -> None:
    names = {entry.name for entry in catalogue()}
    for entry in catalogue():
        for used in entry.uses:
            assert used in names or used in entry.questions, (entry.name, used)


def test_a_rule_that_no_source_confirms_is_marked_and_says_what_is_open() -> None:
    unverified = [entry for entry in catalogue() if entry.kind == "rule" and not entry.verified]
    assert {"agreement_costs_ore", "onset_before_adult_age", "fit_for_permit"} <= {
        one.name for one in unverified
    }
    assert all(entry.note for entry in unverified)
