"""Nobody is registered twice; everything wrong is said at once; who is protected is closed from the first moment."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.audit.models import Access, AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.law.identity_numbers import parse_number
from egenmakt.register.people import actions, errors, queries
from egenmakt.register.people.actions import PersonFacts
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection

BORN = date(2019, 5, 14)


@pytest.fixture
def facts_of(number_of):
    def make(number: str | None = None, **changes) -> PersonFacts:
        written = number if number is not None else number_of(BORN)
        facts = {"given_name": "Alva", "family_name": "Åkesson", "protection": Protection.NONE}
        return PersonFacts(
            number=parse_number(written, on=date(2026, 3, 1)) if written else None, **facts | changes
        )

    return make


@pytest.mark.req("K-01", "H-17")
def test_a_registered_person_has_the_number_and_the_birthday_it_tells(world, facts_of, number_of):
    registrar = world.staff(Role.REGISTRAR)
    world.act(registrar)
    number = number_of(BORN)
    person = actions.register_person(actor=registrar, facts=facts_of(number))
    stored = Person.objects.select_related("identity").get(pk=person.pk)
    assert (stored.number, stored.born, stored.registered_by_id) == (number, BORN, registrar.user_id)
    assert stored.identity.number_kind == "personal_number"


@pytest.mark.req("H-17")
def test_the_same_number_is_never_registered_twice_in_a_municipality(world, facts_of, number_of):
    registrar, away = world.staff(Role.REGISTRAR), world.staff(Role.REGISTRAR, municipality=world.away)
    number = number_of(BORN)
    world.act(registrar)
    first = actions.register_person(actor=registrar, facts=facts_of(number))
    with pytest.raises(errors.AlreadyRegistered) as refused:
        actions.register_person(actor=registrar, facts=facts_of(number, given_name="Alvar"))
    assert refused.value.person_id == first.pk
    world.act(away)
    assert actions.register_person(actor=away, facts=facts_of(number)).pk != first.pk


@pytest.mark.req("H-12")
def test_a_protected_persons_number_is_refused_without_telling_that_she_exists(
    world, facts_of, number_of, write_person, sign_in
):
    registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.REGISTRAR)
    number = number_of(BORN)
    world.act(registrar)
    person = actions.register_person(actor=registrar, facts=facts_of(number, protection=Protection.MARKED))
    answer = sign_in(other).post("/personer/ny/uppgifter/", write_person(number=number))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Numret går inte att registrera härifrån" in shown
    assert (
        str(person.pk) not in shown
        and "skydda" not in shown.split("fel-rubrik")[1].split("</div>")[0].lower()
    )
    world.act(other)
    refused = AccessLogEntry.objects.get(user_id=other.user_id, access=Access.REFUSED)
    assert (refused.person_ids, refused.relation) == ([], "numret gick inte att registrera")


@pytest.mark.req("H-12")
@pytest.mark.parametrize("protection", [Protection.MARKED, Protection.REGISTRATION, Protection.UNKNOWN])
def test_whoever_registers_a_protected_person_is_her_first_reader(world, facts_of, protection):
    registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER, Role.UNIT_MANAGER)
    world.act(registrar)
    person = actions.register_person(actor=registrar, facts=facts_of(protection=protection))
    assert Person.objects.get(pk=person.pk).name == "Alva Åkesson"
    assert [one.user_id for one in NamedReader.objects.filter(person=person)] == [registrar.user_id]
    world.act(other)
    assert Person.objects.get(pk=person.pk).is_masked


@pytest.mark.req("H-12")
def test_the_question_of_protection_must_be_answered(world, write_person, sign_in):
    answer = sign_in(world.staff(Role.REGISTRAR)).post("/personer/ny/uppgifter/", write_person(protection=""))
    assert answer.status_code == 422
    assert "Svara på frågan om skyddade personuppgifter" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.req("H-17")
def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(world, write_person, sign_in):
    written = {
        "number": "20190231-9899", "given_name": "", "family_name": "Åkesson von Ähren", "protection": "",
        "email": "ingen adress", "born": "i våras",
    }  # fmt: skip
    answer = sign_in(world.staff(Role.REGISTRAR)).post("/personer/ny/uppgifter/", written)
    shown = answer.content.decode()
    for text in (
        "Dagen finns inte: februari 2019 har 28 dagar.",
        "Kontrollsiffran, den sista, stämmer inte",
        "Skriv personens förnamn.",
        "Svara på frågan om skyddade personuppgifter.",
        "Skriv en e-postadress, till exempel namn@exempel.se.",
        "Det här går inte att läsa som ett datum.",
    ):
        assert text in shown
    for typed in ("20190231-9899", "Åkesson von Ähren", "ingen adress", "i våras"):
        assert f'value="{typed}"' in shown


@pytest.mark.req("K-01")
@pytest.mark.parametrize(
    ("number", "born", "error"),
    [
        ("", "", "Skriv vilken dag personen är född"),
        ("992026000018", "", "Numret säger det inte"),
        ("556012-5790", "", "Det här är ett organisationsnummer"),
        ("", "2099-01-01", "Datumet ska vara"),
    ],
    ids=["no number", "a number that does not tell", "an organisation", "not born yet"],
)
def test_a_person_is_born_on_a_day_that_is_known(world, write_person, sign_in, number, born, error):
    written = write_person(number=number, born=born)
    answer = sign_in(world.staff(Role.REGISTRAR)).post("/personer/ny/uppgifter/", written)
    assert answer.status_code == 422
    assert error in answer.content.decode()


@pytest.mark.req("H-17")
def test_a_birthday_that_contradicts_the_number_is_refused(world, write_person, sign_in):
    answer = sign_in(world.staff(Role.REGISTRAR)).post(
        "/personer/ny/uppgifter/", write_person(born="2018-05-14")
    )
    assert "Numret visar en annan födelsedag" in answer.content.decode()


@pytest.mark.req("H-17")
def test_someone_without_a_number_who_is_alike_someone_registered_is_asked_about(
    world, facts_of, write_person, sign_in
):
    registrar = world.staff(Role.REGISTRAR)
    world.act(registrar)
    actions.register_person(actor=registrar, facts=facts_of(given_name="Kristina", family_name="Lindqvist"))
    alike = write_person(number="", born="2019-05-14", given_name="Christina", family_name="Lindkvist")
    client = sign_in(registrar)
    asked = client.post("/personer/ny/uppgifter/", alike)
    assert asked.status_code == 422
    assert "Kristina Lindqvist" in asked.content.decode()
    assert client.post("/personer/ny/uppgifter/", alike | {"confirmed": "on"}).status_code == 302
    other_day = alike | {"born": "2019-05-15"}
    assert client.post("/personer/ny/uppgifter/", other_day).status_code == 302


@pytest.mark.req("H-17")
def test_the_number_is_searched_before_the_form_is_shown(world, facts_of, number_of, sign_in):
    registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    number = number_of(BORN)
    world.act(registrar)
    person = actions.register_person(actor=registrar, facts=facts_of(number))
    mine = sign_in(registrar).post("/personer/ny/", {"number": number}).content.decode()
    assert "Personen är redan registrerad" in mine and "Öppna Alva Åkesson" in mine
    shown = sign_in(other).post("/personer/ny/", {"number": number}).content.decode()
    assert "Personen finns registrerad" in shown and f"/personer/{person.pk}/oppna-med-skal/" in shown
    assert "Alva" not in shown
    new = sign_in(other).post("/personer/ny/", {"number": number_of(BORN)}).content.decode()
    assert 'action="/personer/ny/uppgifter/"' in new


@pytest.mark.req("H-12")
@pytest.mark.parametrize("role", [Role.ECONOMIST, Role.CONTROLLER, Role.SYSADMIN, Role.DECISION_MAKER])
def test_other_roles_do_not_register(world, facts_of, write_person, sign_in, role):
    someone = world.staff(role)
    world.act(someone)
    with pytest.raises(NotAllowed):
        actions.register_person(actor=someone, facts=facts_of())
    assert sign_in(someone).post("/personer/ny/uppgifter/", write_person()).status_code == 404
    world.act(someone)
    assert (
        AccessLogEntry.objects.filter(user_id=someone.user_id, access=Access.REFUSED, kind="page").count()
        == 1
    )


@pytest.mark.req("H-12")
def test_a_save_on_an_older_version_is_refused_with_both_texts(world, facts_of, write_person, sign_in):
    registrar = world.staff(Role.REGISTRAR, name="Rut Regell")
    world.act(registrar)
    person = actions.register_person(actor=registrar, facts=facts_of(address="Storgatan 1"))
    number = Person.objects.get(pk=person.pk).number
    client = sign_in(registrar)
    first = write_person(number=number, address="Storgatan 2", version="1")
    assert client.post(f"/personer/{person.pk}/andra/", first).status_code == 302
    stale = client.post(f"/personer/{person.pk}/andra/", first | {"address": "Lillgatan 3"})
    shown = stale.content.decode()
    assert stale.status_code == 409
    assert "Storgatan 2" in shown and "Lillgatan 3" in shown and "Rut Regell" in shown
    world.act(registrar)
    assert PersonIdentity.objects.get(person=person).address == "Storgatan 2"
    with pytest.raises(StaleVersion):
        actions.edit_person(actor=registrar, person_id=person.pk, version=1, facts=facts_of(number))


@pytest.mark.req("H-12")
def test_whoever_makes_a_person_protected_can_still_see_her_and_others_no_longer(
    world, facts_of, give_case, sign_in
):
    officer, manager = world.staff(Role.CASE_OFFICER), world.staff(Role.UNIT_MANAGER)
    world.act(officer)
    person = actions.register_person(actor=officer, facts=facts_of())
    give_case(person, officer)
    number = Person.objects.get(pk=person.pk).number
    actions.edit_person(
        actor=officer, person_id=person.pk, version=1, facts=facts_of(number, protection=Protection.MARKED)
    )
    assert not Person.objects.get(pk=person.pk).is_masked
    world.act(manager)
    assert Person.objects.get(pk=person.pk).is_masked
    assert sign_in(manager).get(f"/personer/{person.pk}/").status_code == 404


@pytest.mark.req("H-17")
def test_a_person_cannot_be_given_a_number_that_somebody_else_has(world, facts_of, number_of):
    registrar = world.staff(Role.REGISTRAR)
    world.act(registrar)
    taken = number_of(BORN)
    other = actions.register_person(actor=registrar, facts=facts_of(taken))
    person = actions.register_person(actor=registrar, facts=facts_of("", born=BORN, given_name="Bo"))
    with pytest.raises(errors.AlreadyRegistered) as refused:
        actions.edit_person(actor=registrar, person_id=person.pk, version=1, facts=facts_of(taken))
    assert refused.value.person_id == other.pk
    assert Person.objects.get(pk=person.pk).version == 1


@pytest.mark.req("H-12")
class TestReaders:
    def test_a_manager_names_a_reader_without_seeing_who_the_person_is(
        self, world, protected_person, give_case, sign_in
    ):
        registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
        manager = world.staff(Role.UNIT_MANAGER)
        person = protected_person(registrar)
        give_case(person, officer)
        address = f"/personer/{person.pk}/lasare/"
        answer = sign_in(manager).post(
            address, {"user": str(officer.user_id), "reason": "handlägger ärendet"}
        )
        assert answer.status_code == 302
        page = sign_in(manager).get(address).content.decode()
        assert "Skyddad person" in page and "Hemlig" not in page
        assert "Hemlig" in sign_in(officer).get(f"/personer/{person.pk}/").content.decode()

    def test_an_officer_who_is_not_a_reader_names_nobody(self, world, protected_person, give_case):
        registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
        person = protected_person(registrar)
        give_case(person, officer)
        world.act(officer)
        with pytest.raises(NotAllowed):
            actions.name_reader(
                actor=officer, person_id=person.pk, user_id=officer.user_id, reason="vill veta"
            )

    def test_a_reader_must_be_a_colleague_with_a_role_today(self, world, protected_person):
        registrar = world.staff(Role.REGISTRAR)
        away = world.staff(Role.CASE_OFFICER, municipality=world.away)
        person = protected_person(registrar)
        with pytest.raises(errors.NotStaffHere):
            actions.name_reader(
                actor=registrar, person_id=person.pk, user_id=away.user_id, reason="grannkommun"
            )

    def test_the_last_reader_of_a_protected_person_cannot_be_ended(self, world, protected_person):
        registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
        person = protected_person(registrar)
        mine = NamedReader.objects.get(person=person)
        with pytest.raises(errors.LastReader):
            actions.end_reader(actor=registrar, person_id=person.pk, reader_id=mine.pk, reason="byter tjänst")
        actions.name_reader(
            actor=registrar, person_id=person.pk, user_id=officer.user_id, reason="tar över ärendet"
        )
        actions.end_reader(actor=registrar, person_id=person.pk, reader_id=mine.pk, reason="byter tjänst")
        assert Person.objects.get(pk=person.pk).is_masked
        world.act(officer)
        assert not Person.objects.get(pk=person.pk).is_masked
        assert [one.ended_reason for one in queries.readers_of(person).others] == ["byter tjänst"]

    def test_a_reason_is_given_for_naming_and_for_ending(self, world, protected_person):
        registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
        person = protected_person(registrar)
        with pytest.raises(errors.ReasonMissing):
            actions.name_reader(actor=registrar, person_id=person.pk, user_id=officer.user_id, reason=" ")
        with pytest.raises(errors.ReasonMissing):
            actions.end_reader(
                actor=registrar, person_id=person.pk, reader_id=NamedReader.objects.get().pk, reason=""
            )

    def test_nobody_is_named_reader_twice(self, world, protected_person):
        registrar = world.staff(Role.REGISTRAR)
        person = protected_person(registrar)
        with pytest.raises(errors.AlreadyReader):
            actions.name_reader(
                actor=registrar, person_id=person.pk, user_id=registrar.user_id, reason="igen"
            )

    def test_readers_of_anothers_person_are_not_found(self, world, protected_person):
        registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.REGISTRAR)
        person = protected_person(registrar)
        world.act(other)
        with pytest.raises(NotFound):
            actions.name_reader(actor=other, person_id=person.pk, user_id=other.user_id, reason="nyfiken")
