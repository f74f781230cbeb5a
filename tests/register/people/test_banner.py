"""The banner says whom a page is about, and nothing of a protected person to those who are not named."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Role
from egenmakt.register.people.frame import age_on, person_banner
from egenmakt.register.people.models import Person, Protection


@pytest.mark.req("H-12")
def test_the_banner_shows_name_number_age_and_how_to_communicate(world):
    officer = world.staff(Role.CASE_OFFICER)
    person = world.person(born=date(2019, 5, 14), number="201905149802")
    person.interpreter, person.communicates_by, person.easy_read = "arabiska", "bilder", True
    with clock.at(date(2026, 5, 13)):
        banner = person_banner(officer, person, case="LSS-2026-1")
    assert (banner.name, banner.number, banner.age) == ("Alva Åkesson Lindqvist", "20190514-9802", 6)
    assert banner.communicate == "tolk: arabiska, bilder, lättläst"
    assert (banner.protected, banner.case) == (False, "LSS-2026-1")


@pytest.mark.req("H-12")
@pytest.mark.parametrize("protection", [Protection.MARKED, Protection.REGISTRATION, Protection.UNKNOWN])
def test_the_banner_of_a_protected_person_is_masked(world, protected_person, protection):
    registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    person = protected_person(registrar, protection=protection)
    world.act(officer)
    banner = person_banner(officer, Person.objects.get(pk=person.pk))
    assert (banner.name, banner.number, banner.representative, banner.protected) == (
        "Skyddad person",
        "",
        "",
        True,
    )


@pytest.mark.req("K-07")
@pytest.mark.parametrize(
    ("born", "died", "day", "age"),
    [
        (date(2019, 5, 14), None, date(2026, 5, 13), 6),
        (date(2019, 5, 14), None, date(2026, 5, 14), 7),
        (date(2020, 2, 29), None, date(2027, 2, 27), 6),
        (date(2020, 2, 29), None, date(2027, 2, 28), 7),
        (date(2020, 2, 29), None, date(2028, 2, 28), 7),
        (date(1990, 1, 1), date(2020, 6, 1), date(2026, 1, 1), 30),
    ],
)
def test_the_age_is_in_whole_years_and_stops_at_death(born, died, day, age):
    assert age_on(Person(born=born, died=died), day) == age
