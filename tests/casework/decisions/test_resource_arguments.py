"""Lack of resources is never a ground for refusal: the text is read, and what says so is found (H-21)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from egenmakt.casework.decisions.wording import resource_arguments

CASES = tomllib.loads((Path(__file__).parent / "resource_arguments.toml").read_text())


@pytest.mark.req("H-21")
@pytest.mark.parametrize("text", CASES["caught"])
def test_an_argument_from_lack_of_resources_is_found(text):
    assert resource_arguments(text), text


@pytest.mark.req("H-21")
@pytest.mark.parametrize("text", CASES["passed"])
def test_what_only_mentions_resources_is_let_through(text):
    assert [one.words for one in resource_arguments(text)] == []


@pytest.mark.req("H-21")
def test_the_sentence_is_shown_to_the_officer():
    text = "Behovet är visat. Kommunen har dock inte råd med mer. Beslutet följs upp."
    [found] = resource_arguments(text)
    assert found.sentence == "Kommunen har dock inte råd med mer."
