"""A person's page opens for those who have to do with her, and for nobody else.

Guarantees, each with one person that opens and three that do not: those of another unit, of another municipality, and
protected ones. What is refused looks like what does not exist, and is logged although the answer is "not found".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from tests.people import told

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import system_actor
from egenmakt.foundation.audit.models import Access, AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.models import Unit, new_id
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import NamedReader, Person, Protection

PAGES = ["", "andra/", "lasare/", "atkomst/", "stallforetradare/ny/", "samtycken/nytt/"]


@pytest.fixture
def persons(world, protected_person, give_case):
    """Four persons: mine, another unit's, another municipality's, and a protected one with a case of mine."""
    me = world.staff(Role.CASE_OFFICER)
    other = world.staff(Role.CASE_OFFICER)
    registrar = world.staff(Role.REGISTRAR)
    away = world.staff(Role.CASE_OFFICER, municipality=world.away)
    found = {"mine": world.person(given_name="Alva"), "other unit": world.person(given_name="Bertil")}
    give_case(found["mine"], me)
    give_case(found["other unit"], other, Unit.objects.create(name="Vuxenenheten"))
    found["protected"] = protected_person(registrar)
    give_case(found["protected"], me)
    world.act(away)
    found["other municipality"] = world.person(given_name="Cecilia")
    give_case(found["other municipality"], away)
    world.act(me)
    return me, found


def plain(answer, *but_for: str) -> str:
    """A page without what differs each time it is fetched."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    for one in but_for:
        text = text.replace(one, "…")
    return text


def refusals(world, actor):
    world.act(actor)
    return list(AccessLogEntry.objects.filter(access=Access.REFUSED, user_id=actor.user_id).order_by("pk"))


@pytest.mark.req("H-12")
@pytest.mark.parametrize("page", PAGES)
def test_the_officer_of_the_case_opens_every_page_of_the_person(world, persons, sign_in, page):
    me, found = persons
    answer = sign_in(me).get(f"/personer/{found['mine'].pk}/{page}")
    assert answer.status_code == 200
    assert refusals(world, me) == []


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    ("whose", "page"),
    # that there is a protected person in one's own case is known; the page of her readers never says who she is
    [
        (whose, page)
        for whose in ("other unit", "other municipality", "protected", "nobody's")
        for page in PAGES
        if (whose, page) != ("protected", "lasare/")
    ],
)
def test_a_person_one_has_nothing_to_do_with_is_not_found_and_the_refusal_is_logged(
    world, persons, sign_in, whose, page
):
    me, found = persons
    person_id = found[whose].pk if whose in found else new_id()
    answer = sign_in(me).get(f"/personer/{person_id}/{page}")
    assert answer.status_code == 404
    assert (
        b"Bertil" not in answer.content and b"Cecilia" not in answer.content and b"Ida" not in answer.content
    )
    (refused,) = refusals(world, me)
    assert (refused.object_id, refused.kind) == (person_id, "person")
    known_here = whose in ("other unit", "protected")
    assert refused.person_ids == ([person_id] if known_here else [])


@pytest.mark.req("H-12")
def test_what_is_not_found_looks_the_same_whether_it_exists_or_not(persons, sign_in):
    me, found = persons
    client = sign_in(me)
    ids = [found["other unit"].pk, found["other municipality"].pk, found["protected"].pk, new_id()]
    answers = {plain(client.get(f"/personer/{one}/"), str(one)) for one in ids}
    assert len(answers) == 1


@pytest.mark.req("H-12")
@pytest.mark.parametrize("role", [Role.ECONOMIST, Role.CONTROLLER, Role.SYSADMIN, Role.UNIT_MANAGER])
def test_being_employed_is_not_a_reason_to_read(world, persons, sign_in, role):
    _me, found = persons
    stranger = world.staff(role)
    if (
        role == Role.UNIT_MANAGER
    ):  # a manager of the unit has to do with its persons, but not with another unit's
        assert sign_in(stranger).get(f"/personer/{found['mine'].pk}/").status_code == 200
        assert sign_in(stranger).get(f"/personer/{found['other unit'].pk}/").status_code == 404
    else:
        assert sign_in(stranger).get(f"/personer/{found['mine'].pk}/").status_code == 404
    assert len(refusals(world, stranger)) == 1


@pytest.mark.req("H-12")
def test_a_read_is_logged_with_the_right_by_which_it_was_made(world, persons, sign_in):
    me, found = persons
    sign_in(me).get(f"/personer/{found['mine'].pk}/")
    world.act(me)
    entry = AccessLogEntry.objects.get(access=Access.READ, object_id=found["mine"].pk)
    assert (entry.user_id, entry.person_ids, entry.relation) == (
        me.user_id,
        [found["mine"].pk],
        "har ett ärende hos den som läser",
    )


@pytest.mark.req("H-12")
def test_a_named_reader_opens_a_protected_person_until_her_time_is_out(world, protected_person, sign_in):
    registrar, reader = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    person = protected_person(registrar)
    today = clock.today()
    NamedReader.objects.create(
        person=person,
        user_id=reader.user_id,
        reason="handlägger",
        valid=DateRange(today, today + timedelta(days=2)),
    )
    client = sign_in(reader)
    assert "Ida Hemlig" in client.get(f"/personer/{person.pk}/").content.decode()
    with clock.at(today + timedelta(days=1)):
        assert client.get(f"/personer/{person.pk}/").status_code == 200
    with clock.at(today + timedelta(days=2)):
        assert client.get(f"/personer/{person.pk}/").status_code == 404


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    "protection", [Protection.MARKED, Protection.REGISTRATION, Protection.UNKNOWN], ids=lambda one: one.value
)
def test_a_protected_person_is_masked_in_list_search_and_log(
    world, protected_person, give_case, sign_in, protection
):
    registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    manager = world.staff(Role.UNIT_MANAGER)
    person = protected_person(registrar, protection)
    give_case(person, officer)
    for someone in (officer, manager):
        client = sign_in(someone)
        pages = [client.get("/personer/"), client.get("/sok/?q=Hemlih"), client.get("/sok/?q=2010-02-03")]
        pages.append(client.get(f"/personer/{person.pk}/lasare/"))
        assert "Skyddad person" in pages[0].content.decode()
        for page in pages:
            assert not [word for word in ("Ida", "Hemlig", "20100203", "9805") if word in told(page)]
        assert "Sökningen gav inget" in pages[1].content.decode()
        assert "Sökningen gav inget" in pages[2].content.decode()


@pytest.mark.req("H-12")
def test_a_search_for_a_protected_persons_number_answers_as_for_a_number_nobody_has(
    world, protected_person, give_case, number_of, sign_in
):
    registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    hers, nobodys = number_of(date(2010, 2, 3), 984), number_of(date(2010, 2, 3), 988)
    person = protected_person(registrar, number=hers.replace("-", ""))
    give_case(person, officer)
    client = sign_in(officer)
    found, not_found = client.get(f"/sok/?q={hers}"), client.get(f"/sok/?q={nobodys}")
    assert plain(found, hers) == plain(not_found, nobodys)
    found, not_found = (client.post("/personer/ny/", {"number": one}) for one in (hers, nobodys))
    assert plain(found, hers) == plain(not_found, nobodys)
    world.act(registrar)
    assert not AccessLogEntry.objects.filter(
        user_id=officer.user_id, person_ids__contains=[person.pk], access="searched"
    )


@pytest.mark.req("H-12")
def test_what_a_person_was_called_before_she_was_protected_is_closed_too(world, write_person, sign_in):
    registrar, other = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
    client = sign_in(registrar)
    made = client.post("/personer/ny/uppgifter/", write_person(given_name="Ida", family_name="Hemlig"))
    person_id = made["Location"].split("/")[2]
    client.post(
        f"/personer/{person_id}/andra/",
        write_person(given_name="Ida", family_name="Hemlig", protection="marked", version="1"),
    )
    world.act(registrar)
    history = Person.objects.get(pk=person_id).identity.history_events
    assert history.filter(family_name="Hemlig").count() == 2
    world.act(other)
    events = history.model.objects.filter(pgh_obj_id=Person.objects.get(pk=person_id).pk)
    assert not events.exists()
    assert not history.model.objects.filter(family_name="Hemlig").exists()


@pytest.mark.req("H-12")
def test_whoever_registered_a_person_goes_on_to_her_for_thirty_days(world, write_person, sign_in):
    registrar, colleague = world.staff(Role.REGISTRAR), world.staff(Role.REGISTRAR)
    address = sign_in(registrar).post("/personer/ny/uppgifter/", write_person())["Location"]
    assert sign_in(registrar).get(address).status_code == 200
    assert sign_in(colleague).get(address).status_code == 404
    with clock.at(clock.today() + timedelta(days=31)):
        assert sign_in(registrar).get(address).status_code == 404


@pytest.mark.req("H-12")
def test_a_job_without_a_user_has_to_do_with_nobody(world):
    world.person()  # nobody is noted as having registered her
    assert not person_gate.listed(system_actor(world.home.pk)).exists()


@pytest.mark.req("H-12")
def test_the_list_makes_as_many_queries_for_forty_as_for_two(world, give_case, sign_in):
    officer = world.staff(Role.CASE_OFFICER)
    client = sign_in(officer)
    counts = []
    for more in (2, 38):
        world.act(officer)
        for _ in range(more):
            give_case(world.person(born=date(2015, 1, 1), number=""), officer)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/personer/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
