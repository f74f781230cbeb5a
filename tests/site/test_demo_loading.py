"""The county as it stands in a database: every stage, nothing twice, and a log that proves itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.site.demo_county import DAY

from egenmakt.casework.cases.models import Case, JournalNote, Task
from egenmakt.casework.cases.queries import StuckCase, stuck_cases
from egenmakt.casework.cases.rows import rows_of
from egenmakt.casework.decisions.models import (
    AppealNotice,
    Decision,
    Grant,
    Proposal,
    Return,
    Service,
)
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotFound
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.foundation.accounts.demo import DEMO_PASSWORD, demo_accounts
from egenmakt.foundation.audit.chain import verify_chain
from egenmakt.foundation.identity.models import Role, User
from egenmakt.law.identity_numbers import read_number
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import MASKED_NAME, NamedReader, Person, PersonIdentity
from egenmakt.site.demo.loading import load
from egenmakt.site.demo.office import Office
from egenmakt.site.demo.plan import stories
from egenmakt.site.demo.staff import TOWNS
from egenmakt.site.demo.stages import FEATURED, Stage, Trait

pytestmark = [pytest.mark.req("H-13", "H-19"), pytest.mark.xdist_group("demo-county")]

KRISTIANSTAD = TOWNS[0]
# so many that every kind of case is among Kristianstad's
PEOPLE = len(FEATURED) * 100 // KRISTIANSTAD.share + 2


@pytest.fixture(scope="module")
def county(make_site) -> Iterator[Office]:
    """Kristianstad with every kind of case. One stands there on the county's day."""
    site = make_site(start=False)
    with site.database():
        load(today=DAY, people=PEOPLE, towns=["kristianstad"], letters=False)
        with clock.at(DAY):
            yield Office(KRISTIANSTAD)


def _steps(office: Office) -> dict[str, dict[str, str]]:
    """The state of each step of every case, by case number; what a named reader of all sees."""
    with office.acting("registrator") as actor:
        rows = rows_of(Case.objects.select_related("person").order_by("number"), actor.guideline)
        return {row.case.number: {step.step.key: step.state.state for step in row.steps} for row in rows}


def _cases(office: Office, stage: Stage, *traits: Trait) -> list[Case]:
    wanted = [
        story
        for story in stories(KRISTIANSTAD, DAY, len(FEATURED))
        if story.recipe.stage is stage and all(story.has(one) for one in traits)
    ]
    assert wanted, stage
    with office.acting("registrator"):
        return [
            Case.objects.get(person__identity__number=story.person.number, opened_on=story.received)
            for story in wanted
        ]


@pytest.mark.slow
def test_every_person_has_a_case_and_a_number_that_is_never_issued(county: Office):
    with county.acting("registrator"):
        numbers = list(PersonIdentity.objects.values_list("number", flat=True))
        assert len(numbers) == PEOPLE - sum(PEOPLE * town.share // 100 for town in TOWNS[1:])
        assert Person.objects.filter(cases=None).count() == 0
        relatives = list(
            Person.objects.exclude(representatives=None).values_list("representatives__number", flat=True)
        )
    assert relatives
    for number in [*numbers, *relatives]:
        assert read_number(number, on=DAY).number is not None
        assert number[8:10] in ("98", "99")


@pytest.mark.slow
def test_a_new_case_has_no_officer(county: Office):
    assert all(case.officer_id is None for case in _cases(county, Stage.REGISTERED))


@pytest.mark.slow
def test_first_contact_is_late_in_one_case_and_due_in_another(county: Office):
    steps = _steps(county)
    for stage in (Stage.CONTACT, Stage.CONTACT_LATE):
        for case in _cases(county, stage):
            assert case.officer_id is not None
            assert steps[case.number]["application"] in ("todo", "ongoing")
    with county.acting("registrator") as actor:
        late = rows_of(_cases(county, Stage.CONTACT_LATE), actor.guideline)
        assert [row.status for row in late] == ["late"]


@pytest.mark.slow
@pytest.mark.req("K-01")
def test_an_application_waits_for_a_power_of_attorney(county: Office):
    (case,) = _cases(county, Stage.AUTHORITY)
    with county.acting("registrator"):
        application = case.application
        assert application.authority_checked_on is None
        assert application.supplements.get().received_on is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "states"),
    [
        (Stage.PERSONKRETS, {"application": "done", "personkrets": "ongoing"}),
        (Stage.INVESTIGATION, {"personkrets": "done", "investigation": "ongoing"}),
        (Stage.MOMENTS, {"investigation": "done", "needs": "ongoing"}),
        (Stage.COMMUNICATION, {"needs": "done", "communication": "waiting"}),
        (Stage.PROPOSED, {"proposal": "done", "decision": "waiting"}),
        (Stage.RETURNED, {"communication": "done", "proposal": "ongoing"}),
        (Stage.SIGNED, {"decision": "done"}),
        (Stage.IN_FORCE, {"decision": "done", "service": "done"}),
    ],
)
def test_cases_stand_at_each_stage(county: Office, stage, states):
    found = _steps(county)
    for case in _cases(county, stage):
        for step, state in states.items():
            assert found[case.number][step] == state, (case.number, step)


@pytest.mark.slow
@pytest.mark.req("K-07")
def test_the_hours_of_children_change_by_themselves(county: Office):
    for trait in (Trait.TURNS_1, Trait.TURNS_7, Trait.TURNS_12, Trait.TURNS_18):
        for case in _cases(county, Stage.IN_FORCE, trait):
            with county.acting("registrator"):
                grants = list(Grant.objects.filter(decision__case=case).order_by("valid"))
                ahead = [one for one in grants if one.valid.lower > DAY]
                assert len({one.total_s for one in grants}) > 1, trait
                assert ahead, trait
                assert ahead[0].valid.lower < DAY + timedelta(days=366)


@pytest.mark.slow
@pytest.mark.req("H-28")
def test_some_need_more_than_twenty_hours_and_one_decision_ends_in_six_weeks(county: Office):
    with county.acting("registrator"):
        assert Grant.objects.filter(outcome="state").exists()
        assert Grant.objects.filter(outcome="municipality").exists()
        ending = Grant.objects.filter(valid__endswith=DAY + timedelta(days=43))
        assert ending.exists()


@pytest.mark.slow
@pytest.mark.req("K-08", "K-09", "S-02")
def test_double_assistance_is_not_investigated_and_self_care_not_assessed_in_some_cases(county: Office):
    with county.acting("registrator"):
        untried = NeedsSheet.objects.filter(aids_tried=False, moments__assistants=2)
        assert untried.exists()
        assert Moment.objects.filter(self_care="not_assessed").exists()


@pytest.mark.slow
@pytest.mark.req("H-21")
def test_decisions_of_every_kind_are_made_on_every_ground_by_someone_else_than_the_officer(county: Office):
    with county.acting("registrator"):
        kinds = set(Decision.objects.values_list("kind", flat=True))
        assert kinds == {"grant", "partial_refusal", "refusal", "dismissal", "closure"}
        grounds = set(Proposal.objects.exclude(refusal_ground="").values_list("refusal_ground", flat=True))
        assert grounds >= {"not_in_personkrets", "no_need", "met_otherwise", "age_limit"}
        for decision in Decision.objects.select_related("case"):
            assert decision.signed_by_id != decision.case.officer_id
        assert Return.objects.count() == 1
        assert AppealNotice.objects.count() == 2


@pytest.mark.slow
def test_what_happened_is_in_the_past_and_numbers_follow_the_days(county: Office):
    with county.acting("registrator"):
        opened = list(Case.objects.order_by("number").values_list("opened_on", flat=True))
        decided = list(Decision.objects.order_by("number").values_list("decided_on", flat=True))
        assert opened == sorted(opened)
        assert decided == sorted(decided)
        assert max(opened) < DAY
        assert not Service.objects.filter(served_on__gte=DAY).exists()
        assert JournalNote.objects.filter(locked_at=None).exists()
        assert Task.objects.filter(done_at=None).exclude(waits_for="").exists()


@pytest.mark.slow
def test_no_case_is_stuck_but_those_that_nobody_has_been_given(county: Office):
    found: dict[str, StuckCase] = {}
    for mailbox in ("registrator", "handlaggare", "chef", "petra.chef"):
        with county.acting(mailbox) as actor:
            found |= {stuck.case.number: stuck for stuck in stuck_cases(actor)}
    new = {case.number for case in _cases(county, Stage.REGISTERED)}
    assert set(found) == new
    assert {lack for stuck in found.values() for lack in stuck.lacks} == {"ingen handläggare"}


@pytest.mark.slow
def test_a_protected_person_is_known_to_her_named_readers_alone(county: Office):
    with county.acting("registrator"):
        person = PersonIdentity.objects.exclude(protection="none").get().person_id
        readers = set(NamedReader.objects.filter(person_id=person).values_list("user__email", flat=True))
    assert readers == {KRISTIANSTAD.email(one) for one in ("registrator", "handlaggare", "beslutsfattare")}
    with county.acting("handlaggare") as actor:
        assert person_gate.open(actor, person).name != str(MASKED_NAME)
    with county.acting("chef") as actor:
        assert Person.objects.get(pk=person).name == str(MASKED_NAME)
        with pytest.raises(NotFound):
            person_gate.open(actor, person)


@pytest.mark.slow
def test_one_file_was_opened_for_a_reason_and_waits_for_review_and_another_is_reviewed(county: Office):
    with county.acting("granskare"):
        assert BreakGlass.objects.filter(reviewed_at=None).count() == 1
        assert BreakGlass.objects.exclude(reviewed_at=None).count() == 1


@pytest.mark.slow
def test_the_chain_of_histories_and_accesses_holds(county: Office):
    _heads, broken = verify_chain()
    assert broken == []


@pytest.mark.slow
def test_everyone_on_the_list_can_sign_in_with_the_password_that_is_shown(county: Office):
    shown = {account.email for place in demo_accounts() for account in place.accounts}
    assert shown == {KRISTIANSTAD.email(one.mailbox) for one in KRISTIANSTAD.members}
    assert {one.role for one in KRISTIANSTAD.members} == set(Role)
    for user in User.objects.all():
        assert user.check_password(DEMO_PASSWORD)
