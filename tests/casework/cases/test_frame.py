"""Every page of a case says whom it is about, what is next and what is due."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.casework.cases.models import Case
from egenmakt.foundation.identity.models import Role


@pytest.fixture
def case(world):
    officer = world.staff(Role.CASE_OFFICER, name="Olle Officer")
    world.act(officer)
    return Case.objects.create(
        number="LSS-2026-00001", person=world.person(), unit=world.units[world.home.id],
        officer_id=officer.user_id, opened_on=date(2026, 3, 2), opened_by_id=officer.user_id,
    )  # fmt: skip


@pytest.mark.req("H-13")
def test_the_case_page_names_the_person_the_case_and_the_officer(world, case, sign_in):
    from egenmakt.foundation.access.actor import actor_for
    from egenmakt.foundation.identity.models import Assignment

    actor = actor_for(case.officer, Assignment.objects.filter(user=case.officer))
    r = sign_in(actor).get(f"/arenden/{case.pk}/")
    page = r.content.decode()
    assert "Alva Åkesson Lindqvist" in page
    assert "LSS-2026-00001" in page
    assert "Olle Officer" in page
