"""Every page of a case says whom it is about, what is next and what is due."""

from __future__ import annotations

import pytest

PAGES = ["", "journal/", "uppgifter/", "handlingar/", "atkomst/", "fordelning/"]


@pytest.mark.req("H-13")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_case_names_the_person_the_case_and_the_officer(office, sign_in, page):
    response = sign_in(office.officer).get(f"/arenden/{office.case.pk}/{page}")
    assert response.status_code == 200
    shown = response.content.decode()
    assert "Alva Åkesson Lindqvist" in shown
    assert "LSS-2026-00001" in shown
    assert "Olle Officer" in shown


@pytest.mark.req("H-13")
def test_the_next_step_is_one_button_with_its_name(office, sign_in):
    response = sign_in(office.officer).get(f"/arenden/{office.case.pk}/")
    following = response.context["next_step"]
    assert response.content.decode().count('class="e-next"') == 1
    assert following.action in response.content.decode()


@pytest.mark.req("H-13")
def test_a_closed_case_has_no_next_step_and_says_that_it_is_closed(world, office, sign_in):
    from egenmakt.casework.cases import actions

    actions.close_case(
        actor=office.officer, case_id=office.case.pk, reason="Ansökan togs tillbaka.", version=1
    )
    shown = sign_in(office.officer).get(f"/arenden/{office.case.pk}/").content.decode()
    assert "Ärendet avslutades" in shown
    assert 'class="e-next"' not in shown
