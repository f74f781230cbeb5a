"""The decision reaches the person: letters in three voices, the day of service, the time for appeal, legal force."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from tests.casework import journeys
from tests.casework.decisions import letter_cases
from tests.people import told

from egenmakt.casework.cases.models import Task
from egenmakt.casework.decisions import actions, following, queries
from egenmakt.casework.decisions.actions import signing
from egenmakt.casework.decisions.frozen import frozen, thawed
from egenmakt.casework.decisions.letter_content import LetterDiffers, kept_letter, letter_of_decision
from egenmakt.casework.decisions.letters import ContradictoryLetter
from egenmakt.casework.decisions.models import Decision, Grant, Letter, LetterText
from egenmakt.casework.decisions.rules import gate_context
from egenmakt.casework.investigations.models import Assessment, ChildView
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.jobs.actions import carry_out_waiting
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.register.people.models import NamedReader, Protection
from egenmakt.register.representatives.models import Representative


def _carry_out(world) -> None:
    world.enter(world.home)
    carry_out_waiting(municipality_id=world.home.id)


def _serve(made, served_on=date(2026, 4, 20), **options):
    return actions.record_service(
        actor=options.pop("actor", made.officer), case_id=made.case.pk, decision_id=made.decision.pk,
        served_on=served_on, method="handed_over", evidence="Lämnat vid hembesöket.", **options,
    )  # fmt: skip


@pytest.mark.req("H-18", "K-15", "H-22")
def test_three_letters_are_made_once_however_often_the_worker_runs(world):
    made = journeys.decided_case(world)
    _carry_out(world)
    _carry_out(world)
    following.make_letters(OutboxEntry.objects.get(kind="decision_letters"))
    assert OutboxEntry.objects.filter(done_at=None).count() == 0
    letters = Letter.objects.filter(decision=made.decision)
    assert sorted(letters.values_list("voice", flat=True)) == ["easy", "legal", "plain"]
    for letter in letters:
        assert bytes(letter.document.content).startswith(b"%PDF-")
        assert letter.document.created_by_id == made.decider.user_id
    assert Document.objects.filter(kind="decision_letter").count() == 3


@pytest.mark.req("K-07", "K-10")
def test_the_letter_tells_that_the_hours_change_when_the_child_turns_seven(world):
    made = journeys.decided_case(world)
    letter = kept_letter(made.decision)
    first, second = letter.stretches
    assert (first.seconds_per_week, second.seconds_per_week) == (56700, 69300)
    assert (second.change.age, second.change.birthday) == (7, date(2029, 5, 14))
    assert [one.total_s for one in letter.calculations] == [56700, 69300]
    assert letter.appeal.court == "Förvaltningsrätten i Malmö"


@pytest.mark.req("K-06")
def test_no_letter_says_other_hours_than_those_granted(world):
    made = journeys.decided_case(world)
    made.decision.proposal.outcome["timeline"][0]["total_s"] += 60
    with pytest.raises(LetterDiffers, match="B-2026-00001"):
        letter_of_decision(made.decision, gate_context(made.decision.proposal, guideline="kristianstad"))


@pytest.mark.req("H-18", "H-13")
def test_what_is_written_after_the_signing_does_not_change_the_letters(world):
    made = journeys.decided_case(world)
    before = kept_letter(made.decision)
    Assessment.objects.filter(case=made.case).update(normalisation="Skrivet efter beslutet.")
    ChildView.objects.filter(case=made.case).update(view="Något annat.")
    User.objects.filter(pk=made.officer.user_id).update(title="utvecklingsledare")
    decision = Decision.objects.get(pk=made.decision.pk)
    assert kept_letter(decision) == before


@pytest.mark.req("H-18", "H-12")
def test_the_address_is_as_it_is_when_the_letter_is_made_and_names_are_kept_in_the_register_alone(world):
    made = journeys.decided_case(world)
    kept = json.dumps(LetterText.objects.get(decision=made.decision).content, ensure_ascii=False)
    assert "Lillö backväg" not in kept
    assert "Johanna Åkesson" not in kept
    assert made.person.number not in kept
    Representative.objects.filter(person=made.person).update(address="Nya gatan 1\n291 31 Kristianstad")
    letter = kept_letter(Decision.objects.get(pk=made.decision.pk))
    assert "Nya gatan 1" in letter.recipient.address
    assert letter.application.applicant == "Johanna Åkesson"


@pytest.mark.req("H-18")
@pytest.mark.parametrize(
    "build",
    [
        letter_cases.grant, letter_cases.partial_refusal, letter_cases.adult_grant, letter_cases.refusal,
        letter_cases.dismissal, letter_cases.closure, letter_cases.long_grant,
    ],
)  # fmt: skip
def test_a_letter_is_the_same_when_it_has_been_kept(build):
    letter = build()
    kept = json.loads(json.dumps(frozen(letter)))
    again = thawed(
        kept, person=letter.person, recipient=letter.recipient, applicant=letter.application.applicant
    )
    assert again == letter


@pytest.mark.req("H-18")
def test_what_letters_tell_never_changes_not_even_by_sql(world):
    made = journeys.decided_case(world)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LetterText.objects.filter(decision=made.decision).update(content={})


@pytest.mark.req("H-18")
def test_where_no_letter_can_be_written_nothing_is_signed_and_the_signer_is_told(world, sign_in, monkeypatch):
    made = journeys.case_ready_for_decision(world)

    def contradicts(*_arguments):
        raise ContradictoryLetter("motsägelse")

    monkeypatch.setattr(signing, "letter_of_decision", contradicts)
    client = sign_in(made.decider)
    signing_page = reverse("decisions:sign", kwargs={"case_id": made.case.pk})
    response = client.post(signing_page, {"proposal": made.proposal.pk, "sure": "on"}, follow=True)
    assert "brevet går inte att skriva" in told(response)
    world.act(made.officer)
    assert not Decision.objects.filter(case=made.case).exists()


@pytest.mark.req("H-12", "H-18")
def test_a_protected_persons_letter_is_made_as_the_signer_and_prints_no_address(world):
    from django.db.backends.postgresql.psycopg_any import DateRange

    made = journeys.case_under_investigation(world)
    always = DateRange(date(2020, 1, 1), None)
    for actor in (made.officer, made.decider):
        NamedReader.objects.create(person=made.person, user_id=actor.user_id, reason="beslut", valid=always)
    type(made.person.identity).objects.filter(person=made.person).update(protection=Protection.MARKED)
    made.proposal = actions.revise_proposal(
        actor=made.officer, case_id=made.case.pk, version=0, **journeys.PROPOSAL
    )
    journeys.answer_everything(made)
    made.proposal = actions.propose(actor=made.officer, case_id=made.case.pk, version=made.proposal.version)
    journeys.sign(made)
    letter = kept_letter(made.decision)
    assert letter.recipient.address is None
    assert letter.person.personal_number is None
    _carry_out(world)
    world.act(made.officer)
    assert Letter.objects.filter(decision=made.decision).count() == 3


@pytest.mark.req("H-19", "H-28")
def test_follow_up_and_a_new_trial_before_the_end_become_tasks(world):
    made = journeys.decided_case(world)
    _carry_out(world)
    following.make_tasks(OutboxEntry.objects.get(kind="decision_tasks"))
    tasks = {one.title: (one.due_on, one.assignee_id) for one in Task.objects.filter(case=made.case)}
    assert tasks == {
        "Följ upp beslut B-2026-00001": (date(2026, 10, 30), made.officer.user_id),
        "Pröva behovet på nytt innan beslut B-2026-00001 upphör": (date(2029, 9, 30), made.officer.user_id),
    }


@pytest.mark.req("H-28")
def test_over_twenty_hours_the_officer_is_told_to_inform_and_to_notify_the_state(world):
    long = ({**journeys.MOMENTS[0], "minutes": 240}, *journeys.MOMENTS[1:])
    made = journeys.decided_case(world, moments=long)
    _carry_out(world)
    task = Task.objects.get(case=made.case, title__startswith="Informera den enskilde och anmäl")
    assert task.due_on == date(2026, 4, 27)
    assert "15 § 8 LSS" in task.due_reason
    grant = made.decision.grants.order_by("valid").first()
    assert (grant.outcome, grant.municipal_share_s) == ("state", 20 * 3600)


@pytest.mark.req("H-22", "K-15")
def test_the_last_day_to_appeal_and_legal_force_follow_from_the_day_of_service(world):
    made = journeys.decided_case(world)
    assert queries.service_of(made.decision).legal_force.day is None
    _serve(made)
    state = queries.service_of(made.decision)
    assert state.appeal.last_day == date(2026, 5, 11)
    assert state.legal_force.day == date(2026, 5, 12)
    assert not state.in_force(date(2026, 5, 11))
    assert state.in_force(date(2026, 5, 12))


@pytest.mark.req("H-22")
@pytest.mark.parametrize(("received", "in_time"), [(date(2026, 5, 11), True), (date(2026, 5, 12), False)])
def test_an_appeal_is_in_time_or_late_by_the_day_it_came_in(world, received, in_time):
    made = journeys.decided_case(world)
    _serve(made)
    with clock.at(date(2026, 6, 1)):
        world.act(made.officer)
        actions.record_appeal(
            actor=made.officer, case_id=made.case.pk, decision_id=made.decision.pk, received_on=received
        )
        state = queries.service_of(made.decision)
    assert state.appeals[0].in_time is in_time
    assert (state.legal_force.day is None) is in_time


@pytest.mark.req("H-22")
@pytest.mark.parametrize(
    ("served_on", "field"), [(date(2026, 4, 19), "served_on"), (date(2026, 4, 21), "served_on")]
)
def test_service_before_the_decision_or_ahead_is_refused(world, served_on, field):
    made = journeys.decided_case(world)
    with pytest.raises(actions.ServiceInvalid) as invalid:
        _serve(made, served_on)
    assert set(invalid.value.errors) == {field}
    _serve(made)


@pytest.mark.req("H-22")
def test_service_is_recorded_once(world):
    made = journeys.decided_case(world)
    _serve(made)
    with pytest.raises(actions.ServiceInvalid, match="redan registrerad"):
        _serve(made)


@pytest.mark.req("H-22")
def test_service_is_recorded_by_those_who_work_on_the_case(world):
    made = journeys.decided_case(world)
    world.act(made.decider)
    with pytest.raises(NotAllowed):
        _serve(made, actor=made.decider)
    world.act(made.officer)
    _serve(made)


@pytest.mark.req("H-19")
def test_what_is_decided_on_a_day_is_what_the_latest_decision_grants(world):
    made = journeys.decided_case(world)
    person = made.person.pk
    assert queries.decided_hours([person], date(2026, 4, 30)) == {}
    assert queries.decided_hours([person], date(2026, 5, 1)) == {person: 56700}
    assert queries.decided_hours([person], date(2029, 5, 1)) == {person: 69300}
    later = journeys.decided_case(
        world, person=made.person, proposal={"starts_on": date(2027, 1, 1), "follow_up_on": date(2027, 6, 1)},
        moments=({**journeys.MOMENTS[0], "minutes": 30}, *journeys.MOMENTS[1:]),
    )  # fmt: skip
    total = Grant.objects.filter(decision=later.decision).order_by("valid").first().total_s
    assert queries.decided_hours([person], date(2026, 12, 31)) == {person: 56700}
    assert queries.decided_hours([person], date(2027, 1, 1)) == {person: total}
