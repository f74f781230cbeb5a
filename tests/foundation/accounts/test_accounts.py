"""Roles are given and ended by the system administrator, never by and for herself, and all of it is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.accounts import actions, queries
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import Assignment, Role, User

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.req("H-02")


@pytest.fixture(autouse=True)
def _on_a_day():
    with clock.at(TODAY):
        yield


@pytest.fixture
def sysadmin(world):
    actor = world.staff(Role.SYSADMIN)
    world.act(actor)
    return actor


@pytest.fixture
def colleague(world, sysadmin):
    return actions.create_account(actor=sysadmin, email="Ny.Kollega@Exempel.test", name="Ny Kollega")


def give(sysadmin, user, role=Role.CASE_OFFICER, **changes):
    given = {"unit_id": None, "first": TODAY, "last": None} | changes
    return actions.assign_role(actor=sysadmin, user_id=user.pk, role=role, **given)


def test_a_new_account_has_no_password_and_no_role(colleague):
    assert colleague.email == "ny.kollega@exempel.test"
    assert not colleague.has_usable_password()
    assert queries.places_of(colleague.pk) == []


def test_an_address_has_one_account_whatever_its_letters(sysadmin, colleague):
    with pytest.raises(actions.AccountExists) as refused:
        actions.create_account(actor=sysadmin, email=" NY.kollega@exempel.TEST", name="Någon")
    assert refused.value.user_id == colleague.pk


@pytest.mark.parametrize(
    ("day", "held"),
    [(TODAY - timedelta(days=1), False), (TODAY, True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_a_role_counts_from_its_first_through_its_last_day(sysadmin, colleague, day, held):
    give(sysadmin, colleague, last=date(2026, 3, 31))
    with clock.at(day):
        assert bool(queries.places_of(colleague.pk)) is held


@pytest.mark.parametrize("first", [TODAY, TODAY + timedelta(days=29)])
def test_a_role_is_not_held_twice_at_a_time_in_the_same_unit(world, sysadmin, colleague, first):
    unit = world.units[world.home.pk]
    give(sysadmin, colleague, unit_id=unit.pk, last=date(2026, 3, 31))
    with pytest.raises(actions.RoleHeldAlready):
        give(sysadmin, colleague, unit_id=unit.pk, first=first)
    give(sysadmin, colleague, unit_id=unit.pk, first=date(2026, 4, 1))
    give(sysadmin, colleague, unit_id=None, first=first)
    give(sysadmin, colleague, role=Role.REGISTRAR, unit_id=unit.pk, first=first)


def test_a_unit_of_another_municipality_cannot_be_given(world, sysadmin, colleague):
    with pytest.raises(actions.UnitNotHere):
        give(sysadmin, colleague, unit_id=world.units[world.away.pk].pk)


def test_a_role_does_not_end_before_it_begins(sysadmin, colleague):
    with pytest.raises(actions.EndsBeforeItBegins):
        give(sysadmin, colleague, last=TODAY - timedelta(days=1))
    one = give(sysadmin, colleague)
    with pytest.raises(actions.EndsBeforeItBegins):
        actions.end_assignment(actor=sysadmin, assignment_id=one.pk, last=TODAY - timedelta(days=2))


def test_an_ended_role_counts_through_its_last_day_and_one_taken_back_never(sysadmin, colleague):
    one = give(sysadmin, colleague, first=TODAY - timedelta(days=9))
    actions.end_assignment(actor=sysadmin, assignment_id=one.pk, last=TODAY)
    assert queries.places_of(colleague.pk)
    with clock.at(TODAY + timedelta(days=1)):
        assert not queries.places_of(colleague.pk)
    two = give(sysadmin, colleague, role=Role.REGISTRAR)
    actions.end_assignment(actor=sysadmin, assignment_id=two.pk, last=TODAY - timedelta(days=1))
    assert [place.roles for place in queries.places_of(colleague.pk)] == ["LSS-handläggare"]


def test_nobody_gives_or_ends_roles_of_her_own(sysadmin):
    with pytest.raises(actions.NotForOneself):
        actions.assign_role(
            actor=sysadmin, user_id=sysadmin.user_id, role=Role.CASE_OFFICER, unit_id=None, first=TODAY
        )
    mine = Assignment.objects.get(user_id=sysadmin.user_id)
    with pytest.raises(actions.NotForOneself):
        actions.end_assignment(actor=sysadmin, assignment_id=mine.pk, last=TODAY)
    with pytest.raises(actions.NotForOneself):
        actions.password_link(actor=sysadmin, user_id=sysadmin.user_id)


def test_the_last_system_administrator_cannot_be_ended(world, sysadmin, colleague):
    give(sysadmin, colleague, role=Role.SYSADMIN)
    second = User.objects.get(pk=colleague.pk)
    from egenmakt.foundation.access.actor import actor_for

    other = actor_for(second, Assignment.objects.filter(user=second))
    mine = Assignment.objects.get(user_id=sysadmin.user_id)
    world.act(other)
    actions.end_assignment(actor=other, assignment_id=mine.pk, last=TODAY - timedelta(days=1))
    world.act(sysadmin)
    last = Assignment.objects.get(user=second)
    with pytest.raises(actions.LastSysadmin):
        actions.end_assignment(actor=sysadmin, assignment_id=last.pk, last=TODAY)


@pytest.mark.parametrize("role", [one for one in Role if one != Role.SYSADMIN], ids=lambda one: one.value)
def test_other_roles_keep_no_accounts(world, colleague, sign_in, role):
    someone = world.staff(role)
    world.act(someone)
    with pytest.raises(NotAllowed):
        actions.create_account(actor=someone, email="x@exempel.test", name="X")
    with pytest.raises(NotAllowed):
        give(someone, colleague)
    for path in ("/konton/", "/konton/nytt/", f"/konton/{colleague.pk}/"):
        assert sign_in(someone).get(path).status_code == 404


def test_another_municipalitys_administrator_ends_nothing_here(world, sysadmin, colleague):
    one = give(sysadmin, colleague)
    away = world.staff(Role.SYSADMIN, municipality=world.away)
    world.act(away)
    with pytest.raises(actions.AccountNotFound):
        actions.end_assignment(actor=away, assignment_id=one.pk, last=TODAY)
    with pytest.raises(actions.AccountNotFound):
        actions.password_link(actor=away, user_id=colleague.pk)


def test_what_was_done_with_roles_is_in_the_history_and_in_the_log(sysadmin, colleague):
    one = give(sysadmin, colleague)
    actions.end_assignment(actor=sysadmin, assignment_id=one.pk, last=TODAY)
    events = one.history_events.order_by("pgh_id")
    assert [(event.pgh_label, event.pgh_actor_id) for event in events] == [
        ("insert", sysadmin.user_id),
        ("update", sysadmin.user_id),
    ]
    relations = (
        AccessLogEntry.objects.filter(object_id=colleague.pk)
        .order_by("pk")
        .values_list("relation", flat=True)
    )
    assert list(relations) == ["gjorde kontot", "gav en roll", "avslutade en roll"]


def test_the_application_role_cannot_delete_a_role(sysadmin, colleague):
    give(sysadmin, colleague)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Assignment.objects.all().delete()


class TestPasswordLink:
    def test_a_colleague_chooses_a_password_by_a_link_that_works_once(
        self, sysadmin, colleague, sign_in, client
    ):
        give(sysadmin, colleague)
        page = sign_in(sysadmin).post(f"/konton/{colleague.pk}/losenord/").content.decode()
        link = page.split("http://testserver")[1].split("<")[0]
        client.logout()
        form = client.get(link, follow=True)
        assert "Välj lösenord" in form.content.decode()
        address = form.redirect_chain[-1][0]
        weak = client.post(address, {"password1": "kort", "password2": "annat"})
        assert weak.status_code == 200 and "minst 12 tecken" in weak.content.decode()
        chosen = {"password1": "en-lång-mening-att-minnas", "password2": "en-lång-mening-att-minnas"}
        assert client.post(address, chosen).status_code == 302
        colleague.refresh_from_db()
        assert colleague.check_password("en-lång-mening-att-minnas")
        assert "Länken gäller inte längre" in client.get(link, follow=True).content.decode()

    def test_a_link_is_too_old_after_three_days(self, sysadmin, colleague, client):
        give(sysadmin, colleague)
        link = actions.password_link(actor=sysadmin, user_id=colleague.pk)
        for age, works in ((timedelta(days=2, hours=23), True), (timedelta(days=3, minutes=1), False)):
            with time_machine.travel(datetime.now(SWEDEN) + age):
                shown = client.get(link, follow=True).content.decode()
            assert ("Länken gäller inte längre" not in shown) is works

    def test_the_password_of_someone_who_works_elsewhere_too_is_not_ours_to_hand_out(
        self, world, sysadmin, colleague
    ):
        give(sysadmin, colleague)
        there = world.staff(Role.SYSADMIN, municipality=world.away)
        world.act(there)
        actions.assign_role(
            actor=there,
            user_id=colleague.pk,
            role=Role.REGISTRAR,
            unit_id=None,
            first=TODAY + timedelta(days=9),
        )
        world.act(sysadmin)
        with pytest.raises(actions.AccountOfOthersToo):
            actions.password_link(actor=sysadmin, user_id=colleague.pk)


class TestPages:
    def test_the_administrator_adds_a_colleague_gives_and_ends_roles(self, world, sysadmin, sign_in):
        client = sign_in(sysadmin)
        unit = world.units[world.home.pk]
        wrong = client.post("/konton/nytt/", {"email": "inget", "first": "2026-03-31", "last": "2026-03-01"})
        shown = wrong.content.decode()
        assert wrong.status_code == 422
        for text in (
            "Skriv en e-postadress, till exempel",
            "Skriv kollegans namn.",
            "Välj en roll.",
            "ligger före den första",
        ):
            assert text in shown
        new = {
            "email": "ida@exempel.test",
            "name": "Ida Öst",
            "role": "registrar",
            "unit": str(unit.pk),
            "first": "2026-03-02",
        }
        made = client.post("/konton/nytt/", new)
        assert made.status_code == 302
        page = client.get(made["Location"]).content.decode()
        assert "Ida Öst" in page and "LSS-enheten" in page and "från 2" in page
        twice = client.post(
            made["Location"], {"role": "registrar", "unit": str(unit.pk), "first": "2026-03-05"}
        )
        assert "Rollen finns redan" in twice.content.decode()
        world.act(sysadmin)
        role = Assignment.objects.get(user__email="ida@exempel.test")
        ended = client.post(f"/konton/roller/{role.pk}/avsluta/", {"last": "2026-03-01"})
        assert ended.status_code == 302
        assert "togs tillbaka" in client.get(made["Location"]).content.decode()

    def test_an_account_that_is_there_already_gets_the_role_and_keeps_its_name(
        self, world, sysadmin, sign_in
    ):
        away = world.staff(Role.REGISTRAR, municipality=world.away, name="Rut Regell")
        email = User.objects.get(pk=away.user_id).email
        new = {"email": email, "name": "Någon annan", "role": "registrar", "first": "2026-03-02"}
        made = sign_in(sysadmin).post("/konton/nytt/", new, follow=True)
        assert "Kontot fanns redan" in made.content.decode() and "Rut Regell" in made.content.decode()
        assert User.objects.get(pk=away.user_id).name == "Rut Regell"

    def test_another_municipalitys_accounts_are_not_listed(self, world, sysadmin, sign_in):
        away = world.staff(Role.REGISTRAR, municipality=world.away, name="Hjördis Hjo")
        client = sign_in(sysadmin)
        assert "Hjördis" not in client.get("/konton/").content.decode()
        assert client.get(f"/konton/{away.user_id}/").status_code == 404

    def test_accounts_are_found_by_name_and_address(self, world, sysadmin, sign_in):
        world.staff(Role.REGISTRAR, name="Åsa Öberg")
        world.staff(Role.REGISTRAR, name="Bo Ek")
        client = sign_in(sysadmin)
        found = client.get("/konton/?q=åsa").content.decode()
        assert "Åsa Öberg" in found and "Bo Ek" not in found
        assert "Inget konto passar" in client.get("/konton/?q=finns-inte").content.decode()
