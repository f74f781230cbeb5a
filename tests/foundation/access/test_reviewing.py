"""What is opened for a stated reason is reviewed by another; samples of the log are drawn by chance."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from egenmakt.foundation import clock
from egenmakt.foundation.access import actions as access
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.access.models import BreakGlass, LogReview, Outcome
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access, AccessLogEntry
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.reviews import actions, queries
from egenmakt.foundation.tenancy.models import new_id
from egenmakt.register.people import actions as people
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection

REASON = "Anhörig ringde och var orolig, ordinarie handläggare är sjuk."


@pytest.fixture
def opened(world):
    """An officer who has opened a person's file for a reason, and the person."""
    officer = world.staff(Role.CASE_OFFICER)
    person = world.person()
    world.act(officer)
    return (
        people.open_with_reason(actor=officer, person_id=person.pk, reason=REASON, hours=2),
        officer,
        person,
    )


def read(actor, person_id=None, access=Access.READ):
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, access=access, kind="person",
        object_id=person_id, person_ids=[person_id] if person_id else [],
    )  # fmt: skip


@pytest.mark.req("H-12")
class TestOpening:
    def test_a_stated_reason_opens_the_file_until_the_time_is_out(self, world, sign_in):
        officer, person = world.staff(Role.CASE_OFFICER), world.person()
        client, address = sign_in(officer), f"/personer/{person.pk}/"
        assert client.get(address).status_code == 404
        answer = client.post(f"{address}oppna-med-skal/", {"reason": REASON, "hours": "2"})
        assert (answer.status_code, answer["Location"]) == (302, address)
        assert client.get(address).status_code == 200
        world.act(officer)
        entry = AccessLogEntry.objects.get(access=Access.READ, object_id=person.pk)
        assert entry.relation == "nödöppning"
        with clock.at(clock.now() + timedelta(hours=2, minutes=1)):
            assert client.get(address).status_code == 404

    def test_it_never_lasts_more_than_eight_hours(self, world):
        officer, person = world.staff(Role.CASE_OFFICER), world.person()
        world.act(officer)
        one = access.break_glass(actor=officer, person_id=person.pk, reason=REASON, hours=100)
        assert one.ends_at - one.started_at == timedelta(hours=8)

    @pytest.mark.parametrize(("reason", "error"), [("", "Skriv varför"), ("Måste se.", "Skriv lite mer")])
    def test_a_reason_nobody_could_review_is_refused_and_what_was_typed_stays(
        self, world, sign_in, reason, error
    ):
        officer, person = world.staff(Role.CASE_OFFICER), world.person()
        answer = sign_in(officer).post(
            f"/personer/{person.pk}/oppna-med-skal/", {"reason": reason, "hours": "4"}
        )
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert error in shown and reason in shown
        assert not BreakGlass.objects.exists()

    @pytest.mark.parametrize("whose", ["protected", "away", "nobody"])
    def test_it_never_opens_a_protected_person_nor_anothers_nor_one_who_is_not_there(
        self, world, sign_in, whose
    ):
        registrar, officer = world.staff(Role.REGISTRAR), world.staff(Role.CASE_OFFICER)
        world.act(registrar)
        facts = people.PersonFacts(
            given_name="Ida", family_name="Hemlig", protection=Protection.UNKNOWN, born=date(2010, 2, 3)
        )
        person_id = people.register_person(actor=registrar, facts=facts).pk
        if whose == "away":
            world.enter(world.away)
            person_id = world.person().pk
        elif whose == "nobody":
            person_id = new_id()
        answer = sign_in(officer).post(
            f"/personer/{person_id}/oppna-med-skal/", {"reason": REASON, "hours": "2"}
        )
        assert answer.status_code == 404
        world.act(officer)
        assert not BreakGlass.objects.exists()
        assert AccessLogEntry.objects.filter(
            user_id=officer.user_id, access=Access.REFUSED, object_id=person_id
        ).exists()

    @pytest.mark.parametrize("role", [Role.CONTROLLER, Role.ECONOMIST, Role.SYSADMIN])
    def test_other_roles_open_nothing(self, world, sign_in, role):
        someone, person = world.staff(role), world.person()
        world.act(someone)
        with pytest.raises(NotAllowed):
            access.break_glass(actor=someone, person_id=person.pk, reason=REASON)
        answer = sign_in(someone).post(
            f"/personer/{person.pk}/oppna-med-skal/", {"reason": REASON, "hours": "2"}
        )
        assert answer.status_code == 404
        world.act(someone)
        (refused,) = AccessLogEntry.objects.filter(access=Access.REFUSED)
        assert refused.person_ids == [person.pk]


@pytest.mark.req("H-12")
class TestReviewOfOpenings:
    @pytest.mark.parametrize("role", [Role.CONTROLLER, Role.UNIT_MANAGER])
    def test_the_manager_or_controller_reads_the_reason_and_what_was_read(self, world, opened, sign_in, role):
        one, officer, person = opened
        sign_in(officer).get(f"/personer/{person.pk}/")
        reviewer = world.staff(role)
        client = sign_in(reviewer)
        waiting = client.get("/granskning/oppningar/").content.decode()
        assert officer.name in waiting and "Anhörig ringde" in waiting
        address = f"/granskning/oppningar/{one.pk}/"
        page = client.get(address).content.decode()
        assert REASON in page and "öppnade" in page and "nödöppning" in page
        assert client.post(address, {"review": ""}).status_code == 422
        assert client.post(address, {"review": "Skälet var gott."}).status_code == 302
        assert officer.name not in client.get("/granskning/oppningar/").content.decode().split("<main")[1]
        assert "Skälet var gott." in client.get(address).content.decode()
        assert officer.name in client.get("/granskning/oppningar/?visa=granskade").content.decode()

    def test_nobody_reviews_her_own_opening(self, world, sign_in):
        manager = world.staff(Role.UNIT_MANAGER)
        person = world.person()
        world.act(manager)
        one = people.open_with_reason(actor=manager, person_id=person.pk, reason=REASON, hours=1)
        with pytest.raises(NotAllowed):
            actions.review_break_glass(actor=manager, opening_id=one.pk, review="Bra")
        page = sign_in(manager).get(f"/granskning/oppningar/{one.pk}/").content.decode()
        assert "någon annan granskar det" in page
        world.act(manager)
        with pytest.raises(Exception, match="break_glass_is_reviewed_by_another"), transaction.atomic():
            BreakGlass.objects.filter(pk=one.pk).update(reviewed_by_id=manager.user_id)

    def test_an_opening_is_reviewed_once(self, world, opened):
        one, _officer, _person = opened
        controller = world.staff(Role.CONTROLLER)
        world.act(controller)
        actions.review_break_glass(actor=controller, opening_id=one.pk, review="Skälet var gott.")
        with pytest.raises(actions.AlreadyReviewed):
            actions.review_break_glass(actor=controller, opening_id=one.pk, review="Eller inte.")

    def test_a_review_says_what_was_found(self, world, opened):
        one, _officer, _person = opened
        controller = world.staff(Role.CONTROLLER)
        world.act(controller)
        with pytest.raises(actions.ReviewMissing):
            actions.review_break_glass(actor=controller, opening_id=one.pk, review="  ")

    def test_another_units_manager_and_another_municipality_see_no_opening(self, world, opened, sign_in):
        from tests.people import ALWAYS

        from egenmakt.foundation.access.actor import actor_for
        from egenmakt.foundation.identity.models import Assignment, User
        from egenmakt.foundation.tenancy.models import Unit

        one, _officer, _person = opened
        user = User.objects.create_user("annan.chef@exempel.test", name="Annan Chef")
        there = Unit.objects.create(name="Vuxenenheten")
        manager = actor_for(
            user, [Assignment.objects.create(user=user, role=Role.UNIT_MANAGER, unit=there, valid=ALWAYS)]
        )
        away = world.staff(Role.CONTROLLER, municipality=world.away, whole=True)
        for someone in (manager, away):
            client = sign_in(someone)
            assert "Anhörig" not in client.get("/granskning/oppningar/").content.decode()
            assert client.get(f"/granskning/oppningar/{one.pk}/").status_code == 404
            world.act(someone)
            with pytest.raises(NotAllowed):
                actions.review_break_glass(actor=someone, opening_id=one.pk, review="Bra")

    @pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.DECISION_MAKER, Role.REGISTRAR, Role.SYSADMIN])
    def test_other_roles_review_nothing(self, world, opened, sign_in, role):
        one, _officer, _person = opened
        someone = world.staff(role)
        assert sign_in(someone).get("/granskning/oppningar/").status_code == 404
        assert sign_in(someone).get(f"/granskning/oppningar/{one.pk}/").status_code == 404


@pytest.mark.req("H-12")
class TestSamples:
    @pytest.fixture
    def month(self, world):
        """Fifty reads in February by an officer, ten by the controller herself, and one in March."""
        officer, controller = world.staff(Role.CASE_OFFICER), world.staff(Role.CONTROLLER)
        world.act(officer)
        person = world.person(given_name="Alva")
        with clock.at(datetime(2026, 2, 1, 0, 0, tzinfo=SWEDEN)):
            read(officer, person.pk)
        with clock.at(datetime(2026, 2, 28, 23, 59, tzinfo=SWEDEN)):
            for _ in range(49):
                read(officer, person.pk)
            read(officer)  # concerns nobody
            for _ in range(10):
                read(controller, person.pk)
        with clock.at(datetime(2026, 3, 1, 0, 0, tzinfo=SWEDEN)):
            read(officer, person.pk)
        with clock.at(date(2026, 3, 10)):
            yield officer, controller, person

    def test_a_sample_is_of_last_month_and_never_of_the_controllers_own(self, world, month):
        officer, controller, _person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = actions.draw_sample(actor=controller, unit_id=unit_id)
        assert (drawn.accesses, len(drawn.entry_ids)) == (50, 20)
        assert (drawn.first_day, drawn.last_day) == (date(2026, 2, 1), date(2026, 2, 28))
        entries = AccessLogEntry.objects.filter(pk__in=drawn.entry_ids)
        assert {one.user_id for one in entries} == {officer.user_id}
        assert {one.at.astimezone(SWEDEN).month for one in entries} == {2}

    def test_two_samples_are_not_the_same(self, world, month):
        _officer, controller, _person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        samples = {tuple(actions.draw_sample(actor=controller, unit_id=unit_id).entry_ids) for _ in range(3)}
        assert len(samples) > 1

    def test_a_month_without_accesses_gives_nothing_to_review(self, world, month):
        _officer, controller, _person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        with clock.at(date(2026, 5, 1)), pytest.raises(actions.NothingToReview):
            actions.draw_sample(actor=controller, unit_id=unit_id)

    def test_a_controller_draws_in_her_own_units_only(self, world, month):
        _officer, controller, _person = month
        world.act(controller)
        for unit_id in (None, new_id()):
            with pytest.raises(NotAllowed):
                actions.draw_sample(actor=controller, unit_id=unit_id)
        whole = world.staff(Role.CONTROLLER, whole=True)
        assert actions.draw_sample(actor=whole, unit_id=None).accesses == 60

    def test_the_controller_says_what_the_sample_showed_once(self, world, month, sign_in):
        _officer, controller, _person = month
        client = sign_in(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = client.post("/granskning/logg/dra/", {"unit": str(unit_id)})
        address = drawn["Location"]
        page = client.get(address).content.decode()
        assert "20 av 50 åtkomster" in page and "Alva Åkesson Lindqvist" in page
        assert client.post(address, {"version": "1"}).status_code == 422
        lacking = client.post(address, {"outcome": "follow_up", "note": "", "version": "1"})
        assert "Skriv vad du kom fram till." in lacking.content.decode()
        finished = client.post(
            address, {"outcome": "follow_up", "note": "Fråga enhetschefen.", "version": "1"}
        )
        assert finished.status_code == 302
        again = client.post(address, {"outcome": "nothing", "note": "", "version": "2"})
        assert "redan granskat" in again.content.decode()
        assert "Fråga enhetschefen." in client.get(address).content.decode()

    def test_another_controller_sees_the_sample_but_does_not_finish_it(self, world, month, sign_in):
        _officer, controller, _person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = actions.draw_sample(actor=controller, unit_id=unit_id)
        colleague = world.staff(Role.CONTROLLER)
        address = f"/granskning/logg/{drawn.pk}/"
        assert sign_in(colleague).get(address).status_code == 200
        answer = sign_in(colleague).post(address, {"outcome": "nothing", "version": "1"})
        assert answer.status_code == 403
        away = world.staff(Role.CONTROLLER, municipality=world.away, whole=True)
        assert sign_in(away).get(address).status_code == 404

    def test_what_was_drawn_and_what_was_found_cannot_be_changed_afterwards(self, world, month):
        _officer, controller, _person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = actions.draw_sample(actor=controller, unit_id=unit_id)
        with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
            LogReview.objects.filter(pk=drawn.pk).update(entry_ids=[])
        actions.finish_log_review(
            actor=controller, review_id=drawn.pk, outcome=Outcome.NOTHING, note="", version=1
        )
        with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
            LogReview.objects.filter(pk=drawn.pk).update(note="Något annat")

    def test_a_protected_person_is_masked_for_the_controller(self, world, month):
        officer, controller, person = month
        world.act(officer)
        NamedReader.objects.create(
            person=person, user_id=officer.user_id, reason="handläggare", valid=("2020-01-01", None)
        )
        PersonIdentity.objects.filter(person=person).update(protection=Protection.MARKED)
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = actions.draw_sample(actor=controller, unit_id=unit_id)
        assert {row.persons for row in queries.sampled(controller, drawn)} == {"Skyddad person"}
        assert Person.objects.get(pk=person.pk).is_masked

    def test_seeing_the_sample_is_itself_logged(self, world, month, sign_in):
        _officer, controller, person = month
        world.act(controller)
        (unit_id,) = controller.units(Role.CONTROLLER)
        drawn = actions.draw_sample(actor=controller, unit_id=unit_id)
        sign_in(controller).get(f"/granskning/logg/{drawn.pk}/")
        world.act(controller)
        entry = AccessLogEntry.objects.get(user_id=controller.user_id, kind="access_log")
        assert (entry.person_ids, entry.relation) == ([person.pk], "granskning")


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.CONTROLLER, "/granskning/oppningar/{0}/"),
        (Role.CONTROLLER, "/granskning/logg/{0}/"),
        (Role.SYSADMIN, "/konton/{0}/"),
        (Role.SYSADMIN, "/konton/roller/{0}/avsluta/"),
        (Role.CASE_OFFICER, "/granskning/oppningar/{0}/"),
        (Role.CASE_OFFICER, "/konton/{0}/"),
    ],
)
def test_what_is_not_there_for_someone_is_refused_and_the_refusal_is_logged(world, sign_in, role, path):
    someone = world.staff(role)
    address = path.format(new_id())
    assert sign_in(someone).get(address).status_code == 404
    world.act(someone)
    refused = AccessLogEntry.objects.get(access=Access.REFUSED)
    assert (refused.user_id, refused.kind, refused.path) == (someone.user_id, "page", address)
