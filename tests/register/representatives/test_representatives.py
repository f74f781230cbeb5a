"""Who may act for a person, on what ground and until when; what she consents to, and takes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.register.people.frame import person_banner
from egenmakt.register.people.models import Person
from egenmakt.register.representatives import actions, queries, rules
from egenmakt.register.representatives.actions import RepresentativeFacts
from egenmakt.register.representatives.models import Consent, Representative, RepresentativeKind

K = RepresentativeKind
BORN = date(2012, 6, 15)
NOW = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _on_a_day():
    with clock.at(NOW):
        yield


@pytest.fixture
def mine(world, give_case):
    """An officer and a person she has a case of, thirteen years old."""
    officer = world.staff(Role.CASE_OFFICER)
    world.act(officer)
    person = world.person(born=BORN)
    give_case(person, officer)
    return officer, person


def facts(kind: RepresentativeKind = K.GUARDIAN, **changes) -> RepresentativeFacts:
    given = {
        "name": "Mona Ek",
        "first": date(2026, 1, 1),
        "scope": "bevaka rätt",
        "evidence": "beslut 2026-01-01",
    }
    return RepresentativeFacts(kind=kind, **given | changes)


@pytest.mark.req("K-01")
def test_a_guardians_authority_ends_by_itself_the_day_before_the_child_comes_of_age(mine):
    officer, person = mine
    actions.add_representative(actor=officer, person_id=person.pk, facts=facts(scope="", evidence=""))
    last = date(2030, 6, 14)
    assert [one.name for one in queries.representatives_on(person, last)] == ["Mona Ek"]
    assert queries.representatives_on(person, last + timedelta(days=1)) == []


@pytest.mark.req("K-01")
@pytest.mark.parametrize(
    ("kind", "changes", "wrong"),
    [
        (K.PROXY, {"scope": "", "evidence": ""}, {"scope", "evidence"}),
        (K.PROXY, {"scope": ""}, {"scope"}),
        (K.FUTURE_PROXY, {"evidence": " "}, {"evidence"}),
        (K.TRUSTEE, {"scope": "", "evidence": ""}, {"scope", "evidence"}),
        (K.ADMINISTRATOR, {"evidence": ""}, {"evidence"}),
        (K.PROXY, {"evidence": "", "last": date(2025, 12, 31)}, {"evidence", "last"}),
        (K.GUARDIAN, {"last": date(2030, 6, 15)}, {"last"}),
        (K.GUARDIAN, {"first": date(2030, 6, 15)}, {"first"}),
        (K.GUARDIAN, {"scope": "", "evidence": "", "last": date(2030, 6, 14)}, set()),
        (K.TRUSTEE, {}, set()),
        (K.PROXY, {"last": date(2026, 1, 1)}, set()),
    ],
)
def test_authority_rests_on_something_that_can_be_shown_and_says_what_it_covers(mine, kind, changes, wrong):
    officer, person = mine
    given = facts(kind, **changes)
    if not wrong:
        assert actions.add_representative(actor=officer, person_id=person.pk, facts=given).kind == kind
        return
    with pytest.raises(actions.NotComplete) as refused:
        actions.add_representative(actor=officer, person_id=person.pk, facts=given)
    assert set(refused.value.errors) == wrong
    assert not Representative.objects.exists()


@pytest.mark.req("K-01")
@pytest.mark.parametrize(
    ("day", "plainly_unable", "herself", "kinds"),
    [
        # thirteen: others apply for her
        (date(2026, 3, 1), False, False, {K.GUARDIAN, K.TRUSTEE, K.PROXY, K.FUTURE_PROXY}),
        # the day before she turns fifteen, and that day
        (date(2027, 6, 14), False, False, {K.GUARDIAN, K.TRUSTEE, K.PROXY, K.FUTURE_PROXY}),
        (date(2027, 6, 15), False, True, {K.PROXY}),
        # fifteen and plainly unable to take a stand
        (date(2027, 6, 15), True, False, {K.GUARDIAN, K.TRUSTEE, K.PROXY, K.FUTURE_PROXY}),
        # of age: there is no guardian any more
        (date(2030, 6, 15), False, True, {K.PROXY}),
        (date(2030, 6, 15), True, False, {K.TRUSTEE, K.PROXY, K.FUTURE_PROXY}),
    ],
)
def test_from_fifteen_one_applies_oneself_unless_one_plainly_cannot(
    mine, day, plainly_unable, herself, kinds
):
    officer, person = mine
    for kind in (K.GUARDIAN, K.TRUSTEE, K.PROXY, K.FUTURE_PROXY):
        actions.add_representative(actor=officer, person_id=person.pk, facts=facts(kind))
    acts = queries.may_act_for(person, day, plainly_unable=plainly_unable)
    assert acts.herself is herself
    assert {one.kind for one in acts.representatives} == kinds
    assert "8 § LSS" in acts.reason


@pytest.mark.req("K-01")
def test_an_order_that_has_run_out_opens_nothing(mine):
    officer, person = mine
    actions.add_representative(
        actor=officer, person_id=person.pk, facts=facts(K.TRUSTEE, last=date(2026, 2, 28))
    )
    assert queries.may_act_for(person, date(2026, 2, 28)).representatives
    assert not queries.may_act_for(person, date(2026, 3, 1)).representatives


@pytest.mark.req("K-01")
def test_an_order_that_ends_within_two_months_is_marked(mine):
    officer, person = mine
    for last in (date(2026, 4, 30), date(2026, 5, 1), None):
        actions.add_representative(
            actor=officer, person_id=person.pk, facts=facts(K.TRUSTEE, name=f"God man {last}", last=last)
        )
    soon = {row.representative.name: row.ends_soon for row in queries.around(person).now}
    assert soon == {"God man 2026-04-30": True, "God man 2026-05-01": False, "God man None": False}


@pytest.mark.req("K-01")
def test_authority_can_be_ended_sooner_but_not_made_longer_by_ending_it(mine):
    officer, person = mine
    one = actions.add_representative(
        actor=officer, person_id=person.pk, facts=facts(K.TRUSTEE, last=date(2026, 6, 30))
    )
    where = {"actor": officer, "person_id": person.pk, "representative_id": one.pk}
    for wrong in (date(2025, 12, 31), date(2026, 7, 1)):
        with pytest.raises(actions.NotComplete):
            actions.end_representative(**where, last=wrong)
    actions.end_representative(**where, last=NOW)
    assert queries.representatives_on(person, NOW)
    assert not queries.representatives_on(person, NOW + timedelta(days=1))


@pytest.mark.req("K-01")
def test_a_change_on_an_older_version_is_refused(mine):
    officer, person = mine
    one = actions.add_representative(actor=officer, person_id=person.pk, facts=facts())
    where = {"actor": officer, "person_id": person.pk, "representative_id": one.pk}
    actions.edit_representative(**where, version=1, facts=facts(phone="070-1"))
    with pytest.raises(StaleVersion) as stale:
        actions.edit_representative(**where, version=1, facts=facts(phone="070-2"))
    assert (stale.value.current["phone"], stale.value.posted["phone"], stale.value.saved_by) == (
        "070-1",
        "070-2",
        officer.name,
    )


@pytest.mark.req("K-01")
def test_the_banner_says_who_represents_the_person_now(mine):
    officer, person = mine
    actions.add_representative(actor=officer, person_id=person.pk, facts=facts())
    actions.add_representative(actor=officer, person_id=person.pk, facts=facts(K.TRUSTEE, name="Åke God"))
    actions.add_representative(
        actor=officer, person_id=person.pk, facts=facts(K.PROXY, name="Förbi", last=date(2026, 1, 31))
    )
    assert person_banner(officer, person).representative == "Mona Ek (vårdnadshavare), Åke God (god man)"


@pytest.mark.req("H-12")
def test_who_represents_a_protected_person_is_as_closed_as_she_is(world, protected_person):
    registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.UNIT_MANAGER)
    person = protected_person(registrar)
    actions.add_representative(actor=registrar, person_id=person.pk, facts=facts())
    actions.add_consent(
        actor=registrar, person_id=person.pk, scope="Läkarintyg", given_by="Mona Ek", given_on=NOW
    )
    world.act(other)
    assert queries.representatives_on(Person.objects.get(pk=person.pk), NOW) == []
    assert not Representative.objects.exists() and not Consent.objects.exists()


@pytest.mark.req("H-15")
def test_a_consent_has_scope_and_giver_and_can_be_withdrawn_once(mine):
    officer, person = mine
    with pytest.raises(actions.NotComplete) as refused:
        actions.add_consent(
            actor=officer, person_id=person.pk, scope=" ", given_by="", given_on=NOW + timedelta(days=1)
        )
    assert set(refused.value.errors) == {"scope", "given_by", "given_on"}
    consent = actions.add_consent(
        actor=officer,
        person_id=person.pk,
        scope="Läkarintyg från habiliteringen",
        given_by="Mona Ek",
        given_on=NOW,
    )
    assert [one.pk for one in queries.around(person).consents] == [consent.pk]
    where = {"actor": officer, "person_id": person.pk, "consent_id": consent.pk}
    for wrong in (NOW - timedelta(days=1), NOW + timedelta(days=1)):
        with pytest.raises(actions.NotComplete):
            actions.withdraw_consent(**where, withdrawn_on=wrong)
    actions.withdraw_consent(**where, withdrawn_on=NOW)
    around = queries.around(person)
    assert (around.consents, [one.pk for one in around.withdrawn]) == ([], [consent.pk])
    with pytest.raises(NotFound):
        actions.withdraw_consent(**where, withdrawn_on=NOW)


@pytest.mark.req("H-12")
def test_one_persons_representative_is_not_reached_through_another(world, mine, give_case):
    officer, person = mine
    one = actions.add_representative(actor=officer, person_id=person.pk, facts=facts())
    other = world.person(given_name="Bo")
    give_case(other, officer)
    with pytest.raises(NotFound):
        actions.end_representative(actor=officer, person_id=other.pk, representative_id=one.pk, last=NOW)


@pytest.mark.req("H-12")
def test_other_roles_do_not_change_representatives(world, mine):
    _officer, person = mine
    decider = world.staff(Role.DECISION_MAKER)
    world.act(decider)
    with pytest.raises(NotAllowed):
        actions.add_representative(actor=decider, person_id=person.pk, facts=facts())


@pytest.mark.req("K-01", "H-15")
def test_an_officer_notes_representatives_and_consents_on_the_persons_pages(world, mine, sign_in):
    officer, person = mine
    client = sign_in(officer)
    address = f"/personer/{person.pk}"
    wrong = client.post(f"{address}/stallforetradare/ny/", {"kind": "proxy", "first": "2026-01-01"})
    assert wrong.status_code == 422
    assert "Skriv ställföreträdarens namn." in wrong.content.decode()
    lacking = client.post(
        f"{address}/stallforetradare/ny/", {"kind": "proxy", "name": "Pia", "first": "2026-01-01"}
    )
    assert "Skriv vad fullmakten omfattar." in lacking.content.decode()
    assert "Skriv vad som visar fullmakten" in lacking.content.decode()
    right = {
        "kind": "proxy",
        "name": "Pia Ombud",
        "first": "1 januari 2026",
        "scope": "allt",
        "evidence": "fullmakt",
    }
    assert client.post(f"{address}/stallforetradare/ny/", right).status_code == 302
    consent = {"scope": "Intyg", "given_by": "Pia Ombud", "given_on": "2026-02-28"}
    assert client.post(f"{address}/samtycken/nytt/", consent).status_code == 302
    page = client.get(f"{address}/").content.decode()
    assert "Pia Ombud" in page and "lämnat av Pia Ombud" in page
    world.act(officer)
    one, given = Representative.objects.get(), Consent.objects.get()
    where = f"{address}/stallforetradare/{one.pk}"
    changed = client.post(f"{where}/andra/", right | {"name": "Pia Ny", "version": "1"})
    assert changed.status_code == 302
    stale = client.post(f"{where}/andra/", right | {"name": "Pia Sen", "version": "1"})
    assert stale.status_code == 409
    assert client.post(f"{where}/avsluta/", {"last": "2026-03-01"}).status_code == 302
    assert (
        client.post(f"{address}/samtycken/{given.pk}/aterkalla/", {"withdrawn_on": "2026-03-01"}).status_code
        == 302
    )
    page = client.get(f"{address}/").content.decode()
    assert "Pia Ny" in page and "återkallat" in page


@pytest.mark.req("K-01")
@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(2012, 2, 29), date(2030, 2, 28)),
        (date(2012, 3, 1), date(2030, 3, 1)),
        (date(2008, 2, 29), date(2026, 2, 28)),
    ],
)
def test_one_comes_of_age_on_ones_eighteenth_birthday(born, day):
    assert rules.of_age_on(born) == day
