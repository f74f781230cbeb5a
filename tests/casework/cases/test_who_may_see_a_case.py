"""A case is opened by those who have to do with it. From outside, no right and no case look the same.

One permitted beside three forbidden, on every page: the officer; an officer of another unit, an officer of another
municipality, and someone in the right role who is not named reader of a protected person.
"""

from __future__ import annotations

import pytest

from egenmakt.casework.cases import actions, queries
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.audit.models import Access, AccessLogEntry

PAGES = ["", "journal/", "uppgifter/", "handlingar/", "atkomst/", "fordelning/"]


@pytest.fixture
def permitted_and_forbidden(world, office, protected_person):
    """(who, case, permitted) where only the first may."""
    protected = protected_person(office.officer)
    hidden = actions.open_case(
        actor=office.officer, person_id=protected.pk, unit_id=world.units[world.home.id].pk
    )
    return [
        (office.officer, office.case, True),
        (office.other_unit_officer, office.case, False),
        (office.away_officer, office.case, False),
        (office.manager, hidden, False),
    ]


@pytest.mark.req("H-12")
@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_have_to_do_with_a_case_open_its_pages(permitted_and_forbidden, sign_in, page):
    for who, case, permitted in permitted_and_forbidden:
        response = sign_in(who).get(f"/arenden/{case.pk}/{page}")
        assert response.status_code == (200 if permitted else 404), (who.name, page)
        if not permitted:
            assert "Alva" not in response.content.decode()
            assert "Hemlig" not in response.content.decode()


@pytest.mark.req("H-12")
def test_a_refusal_is_logged_with_whose_case_it_was(world, office, sign_in):
    sign_in(office.other_unit_officer).get(f"/arenden/{office.case.pk}/")
    world.act(office.officer)
    refused = AccessLogEntry.objects.get(access=Access.REFUSED, object_id=office.case.pk)
    assert refused.user_id == office.other_unit_officer.user_id
    assert refused.person_ids == [office.case.person_id]


@pytest.mark.req("H-12")
def test_a_protected_persons_case_is_listed_masked_for_the_manager(world, office, protected_person):
    protected = protected_person(office.officer)
    actions.open_case(actor=office.officer, person_id=protected.pk, unit_id=world.units[world.home.id].pk)
    world.act(office.manager)
    names = [row.case.person.name for row in queries.list_cases(office.manager, sort="person").rows]
    assert names == ["Alva Åkesson Lindqvist", "Skyddad person"]


@pytest.mark.req("H-12")
def test_a_protected_person_cannot_get_an_officer_who_is_not_her_named_reader(
    world, office, protected_person
):
    protected = protected_person(office.registrar)
    with pytest.raises(actions.CaseInvalid) as refused:
        actions.open_case(
            actor=office.registrar, person_id=protected.pk, unit_id=world.units[world.home.id].pk,
            officer_id=office.officer.user_id,
        )  # fmt: skip
    assert "namngiven läsare" in refused.value.errors["officer"]


@pytest.mark.req("H-12")
def test_a_case_cannot_be_opened_for_someone_the_actor_may_not_know(world, office, protected_person):
    protected = protected_person(office.officer)
    world.act(office.registrar)
    with pytest.raises(NotFound):
        actions.open_case(
            actor=office.registrar, person_id=protected.pk, unit_id=world.units[world.home.id].pk
        )


@pytest.mark.req("H-12")
def test_a_case_is_opened_only_in_ones_own_unit(world, office):
    world.act(office.other_unit_officer)
    with pytest.raises(NotAllowed):
        actions.open_case(
            actor=office.other_unit_officer, person_id=office.case.person_id,
            unit_id=world.units[world.home.id].pk,
        )  # fmt: skip
    assert Case.objects.count() == 1


@pytest.mark.req("H-12")
def test_the_decider_reads_the_case_but_does_not_write_in_its_journal(world, office, sign_in):
    world.act(office.decider)
    assert sign_in(office.decider).get(f"/arenden/{office.case.pk}/").status_code == 200
    response = sign_in(office.decider).post(
        f"/arenden/{office.case.pk}/journal/",
        {"kind": "contact", "happened_on": "2026-03-03", "text": "Ringde.", "lock": "1"},
    )
    assert response.status_code == 403
    world.act(office.officer)
    assert not office.case.notes.exists()


@pytest.mark.req("H-12")
def test_the_access_page_names_who_opened_the_case_and_who_was_refused(office, sign_in):
    sign_in(office.manager).get(f"/arenden/{office.case.pk}/")
    sign_in(office.other_unit_officer).get(f"/arenden/{office.case.pk}/")
    shown = sign_in(office.officer).get(f"/arenden/{office.case.pk}/atkomst/").content.decode()
    assert "Maj Chef" in shown
    assert "chef för enheten" in shown
    assert "Ulla Unga" in shown
    assert "nekades" in shown
