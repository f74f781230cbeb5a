"""A name need not be spelled right; a number is found whole; what one has nothing to do with is not found at all."""

from __future__ import annotations

import string
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.db.models import TextField, Value

from egenmakt.foundation.audit.models import Access, AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.models import Municipality
from egenmakt.register.people import search
from egenmakt.register.people.folding import fold, folded
from egenmakt.register.people.search import Hit

CASES = tomllib.loads((Path(__file__).parent / "search.toml").read_text())


@pytest.fixture
def officer_with_cases(world, give_case):
    """An officer with a case of everyone in the table, and one of a colleague."""
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    for name in CASES["names"]:
        given, _, family = name.partition(" ")
        give_case(
            world.person(born=date(2010, 2, 3), given_name=given, family_name=family, number=""), officer
        )
    return officer


@pytest.mark.req("H-12")
@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: f"{case['text']} – {case['why']}")
def test_the_name_meant_is_found_first(officer_with_cases, case):
    found = search.search(officer_with_cases, case["text"])
    assert [person.name for person in found.persons][: len(case["finds"])] == case["finds"]
    assert not set(case.get("not", [])) & {person.name for person in found.persons}


@pytest.mark.req("H-12")
def test_the_database_and_the_program_fold_names_in_the_same_way(world):
    texts = [
        *CASES["names"],
        *(case["text"] for case in CASES["case"]),
        string.printable,
        "ÅÄÖÉÜßæøœÞ Łódź İIı",
    ]
    texts += ["".join(chr(code) for code in range(first, first + 64)) for first in range(0xA0, 0x250, 64)]
    for text in texts:
        sound = folded(Value(text, output_field=TextField()))
        assert Municipality.objects.annotate(sound=sound).values_list("sound", flat=True)[0] == fold(text), (
            text
        )


@pytest.mark.req("H-12")
def test_a_name_finds_nobody_that_one_has_nothing_to_do_with(world, officer_with_cases, give_case):
    colleague = world.staff(Role.CASE_OFFICER)
    world.act(colleague)
    assert not search.search(colleague, "Lindqvist")
    (logged,) = AccessLogEntry.objects.filter(user_id=colleague.user_id)
    assert (logged.access, logged.person_ids) == (Access.SEARCHED, [])


@pytest.mark.req("H-12")
def test_a_search_is_logged_with_everyone_it_showed_and_without_what_was_searched_for(officer_with_cases):
    found = search.search(officer_with_cases, "Lindqvist")
    logged = AccessLogEntry.objects.get(user_id=officer_with_cases.user_id)
    assert logged.access == Access.SEARCHED
    assert set(logged.person_ids) == {person.pk for person in found.persons}
    assert "indqvist" not in f"{logged.path} {logged.relation} {logged.kind}"


@pytest.mark.req("H-12")
def test_a_day_of_birth_finds_those_born_then(officer_with_cases):
    assert len(search.search(officer_with_cases, "2010-02-03").persons) == len(CASES["names"])
    assert len(search.search(officer_with_cases, "20100203").persons) == len(CASES["names"])
    assert not search.search(officer_with_cases, "2010-02-04")
    assert not search.search(officer_with_cases, "2010-02-31")


@pytest.mark.req("H-17")
@pytest.mark.parametrize("written", ["{0}", "{1}", "{2}", "  {0} "])
def test_a_number_is_found_however_it_is_written(world, give_case, number_of, written):
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    number = number_of(date(2010, 2, 3))
    person = world.person(born=date(2010, 2, 3), number=number.replace("-", ""))
    give_case(person, officer)
    text = written.format(number, number.replace("-", ""), number[2:])
    assert [one.pk for one in search.search(officer, text).persons] == [person.pk]


@pytest.mark.req("H-17")
def test_a_number_one_may_not_open_tells_only_that_the_person_is_registered(world, number_of, sign_in):
    officer = world.staff(Role.CASE_OFFICER)
    number = number_of(date(2010, 2, 3))
    person = world.person(born=date(2010, 2, 3), number=number.replace("-", ""))
    shown = sign_in(officer).get(f"/sok/?q={number}").content.decode()
    assert "Personen finns registrerad" in shown
    assert f"/personer/{person.pk}/oppna-med-skal/" in shown
    assert "Alva" not in shown and "Lindqvist" not in shown
    world.act(officer)
    logged = AccessLogEntry.objects.get(user_id=officer.user_id)
    assert (logged.access, logged.person_ids) == (Access.SEARCHED, [person.pk])
    assert logged.relation == "fick veta att personen är registrerad"


@pytest.mark.req("H-12")
def test_what_later_rooms_find_is_shown_beside_the_persons(monkeypatch, world, sign_in):
    hit = Hit("LSS 2026-0042", "/arenden/x/", "Alva Åkesson")
    monkeypatch.setattr(search, "_sources", [lambda actor, text: [hit] if text == "2026-0042" else []])
    client = sign_in(world.staff(Role.CASE_OFFICER))
    assert 'href="/arenden/x/"' in client.get("/sok/?q=2026-0042").content.decode()
    assert "Sökningen gav inget" in client.get("/sok/?q=2026-0043").content.decode()


@pytest.mark.req("H-12")
@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'; DROP TABLE x", "123", "-", "åäö" * 80, "\x00"])
def test_odd_searches_find_nothing_and_break_nothing(officer_with_cases, text):
    assert not search.search(officer_with_cases, text)
