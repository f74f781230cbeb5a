"""A case from the first day to the last, so that every kind of row that a case consists of is made in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.casework import journeys
from tests.people import World

from egenmakt.casework.applications import actions as applying
from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases import actions as handling
from egenmakt.casework.decisions import actions as deciding
from egenmakt.casework.decisions.queries import current_proposal
from egenmakt.casework.investigations import actions as investigating
from egenmakt.casework.investigations.models import Evidence
from egenmakt.casework.needs.models import Moment
from egenmakt.foundation.identity.models import Role
from egenmakt.register.people.models import Person


def lived(world: World) -> Iterator[journeys.Journey]:
    """The case after each thing that is done in it. One stands as whoever did it."""
    made = journeys.case_under_investigation(world, without=("communication",))
    yield made
    case_id, officer = made.case.pk, made.officer
    version = Application.objects.get(case=made.case).version
    applying.note_first_contact(
        actor=officer, case_id=case_id, version=version, day=date(2026, 2, 17), how="besök"
    )
    yield made
    asked = applying.request_supplement(
        actor=officer, case_id=case_id, what="Läkarutlåtande", answer_by=date(2026, 5, 11)
    )
    yield made
    applying.receive_supplement(
        actor=officer, case_id=case_id, supplement_id=asked.pk, version=asked.version, received_on=journeys.TODAY,
        received="Utlåtandet.",
    )  # fmt: skip
    yield made
    evidence = Evidence.objects.filter(trial__case=made.case).get()
    investigating.remove_evidence(actor=officer, case_id=case_id, evidence_id=evidence.pk)
    yield made
    investigating.add_evidence(
        actor=officer, case_id=case_id, title="Läkarutlåtande", certified_by="Karin Ek", licence="läkare",
        dated=date(2026, 1, 20), summary="Autism.",
    )  # fmt: skip
    yield made
    journeys.change_moments(made, journeys.MOMENTS[:3])
    yield made
    Moment.objects.filter(sheet__case=made.case, position=2).delete()
    yield made
    journeys.change_moments(made, journeys.MOMENTS)
    yield made
    journeys._communicate(made)
    yield made
    task = handling.create_task(actor=officer, case_id=case_id, title="Ring", due_on=date(2026, 4, 22))
    yield made
    handling.finish_task(actor=officer, case_id=case_id, task_id=task.pk)
    yield made
    Person.objects.filter(pk=made.person.pk).update(born=date(2022, 5, 15))
    yield made
    Person.objects.filter(pk=made.person.pk).update(born=journeys.BORN)
    made.proposal = deciding.revise_proposal(actor=officer, case_id=case_id, version=0, **journeys.PROPOSAL)
    journeys.answer_everything(made)
    yield made
    made.proposal = deciding.propose(actor=officer, case_id=case_id, version=made.proposal.version)
    yield made
    world.act(made.decider)
    deciding.return_proposal(actor=made.decider, case_id=case_id, reason="Målet är för allmänt.")
    yield made
    world.act(officer)
    made.proposal = current_proposal(made.case)
    made.proposal = deciding.propose(actor=officer, case_id=case_id, version=made.proposal.version)
    journeys.sign(made)
    yield made
    world.act(officer)
    deciding.record_service(
        actor=officer, case_id=case_id, decision_id=made.decision.pk, served_on=journeys.TODAY, method="handed_over",
        evidence="Lämnat vid hembesöket.",
    )  # fmt: skip
    yield made
    deciding.record_appeal(
        actor=officer,
        case_id=case_id,
        decision_id=made.decision.pk,
        received_on=journeys.TODAY,
        text="Fler timmar.",
    )
    yield made
    manager = world.staff(Role.UNIT_MANAGER)
    other = world.staff(Role.CASE_OFFICER)
    world.act(manager)
    made.case.refresh_from_db()
    handling.assign_officer(
        actor=manager, case_id=case_id, officer_id=other.user_id, version=made.case.version
    )
    yield made
