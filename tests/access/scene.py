"""A municipality with a case in every state, its staff, and strangers, kept in a database of its own.

Everything is made through the actions that the pages use and is committed, so that what a request leaves in the
access log can be read from outside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.casework import journeys
from tests.people import World

from egenmakt.casework.applications import actions as applying
from egenmakt.casework.cases import actions as cases
from egenmakt.casework.cases import queries as reading
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.tasks import work_out
from egenmakt.casework.communication import actions as communicating
from egenmakt.casework.decisions import actions as deciding
from egenmakt.casework.decisions.models import Letter
from egenmakt.casework.investigations import actions as investigating
from egenmakt.casework.investigations.models import LifeArea
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.jobs.actions import carry_out_waiting
from egenmakt.foundation.reviews import actions as reviews
from egenmakt.foundation.tenancy.models import Municipality, Unit
from egenmakt.foundation.ui.actions import save_draft
from egenmakt.oversight.replay.actions import replay_decisions
from egenmakt.register.people import actions as people
from egenmakt.register.people.models import NamedReader, Person, PersonIdentity, Protection
from egenmakt.register.representatives import actions as representing
from egenmakt.register.representatives.models import Representative, RepresentativeKind

TODAY = journeys.TODAY
LAST_MONTH = date(2026, 3, 16)
BORN = date(2022, 5, 14)
LATER = date(2026, 5, 4)

OPEN_NAME = ("Alva", "Åkesson Lindqvist")
AWAY_NAME = ("Vera", "Bortaström")
PROTECTED_NAME = ("Tindra", "Gömberg")
PROTECTED_ENDINGS = ("9806", "9814", "9822", "9830", "9848")
OPEN_ENDINGS = ("9855", "9863", "9871", "9889", "9897", "9905", "9913")
PROTECTED_PLACE = {
    "address": "Lönngatan 7\n291 99 Gömstad",
    "phone": "0709-998877",
    "email": "tindra@gomd.example",
}
# No page may hold any of these for someone who is not named to know who she is.
PROTECTED_WORDS = (
    *PROTECTED_NAME, "Lönngatan", "Gömstad", "0709-998877", "tindra@gomd.example",
    *(f"220514{sign}{ending}" for sign in ("", "-") for ending in PROTECTED_ENDINGS),
)  # fmt: skip

# The states a case may be in; each once for an ordinary person and once for a protected one.
STATES = ("working", "waiting", "decided", "asked", "bare")


@dataclass
class Thread:
    """A case, and one of everything that hangs on it: ids by what addresses call them, versions by what they are of."""

    case: Case
    person: Person
    words: tuple[str, ...]
    ids: dict[str, UUID] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


@dataclass
class Scene:
    """Who looks, and what there is to see."""

    home: Municipality
    away: Municipality
    viewers: dict[str, Actor]
    threads: dict[str, Thread]
    things: dict[str, Any]


def build() -> Scene:
    """Make everything, in an empty database with its municipalities. The clock must stand on TODAY."""
    with transaction.atomic():
        world = World(Municipality.objects.get(slug="kristianstad"), Municipality.objects.get(slug="hjo"))
        builder = _Builder(world)
        scene = builder.build()
    for place in (scene.home, scene.away):
        carry_out_waiting(municipality_id=place.pk)
        work_out(municipality_id=place.pk, guideline=place.slug)
        replay_decisions(municipality_id=place.pk)
    with transaction.atomic():
        builder.find_documents(scene)
    return scene


class _Builder:
    def __init__(self, world: World) -> None:
        self.world = world
        self.viewers: dict[str, Actor] = {}
        self.owners: dict[str, str] = {}
        self.protected, self.open = iter(PROTECTED_ENDINGS), iter(OPEN_ENDINGS)

    def build(self) -> Scene:
        world = self.world
        for place in (world.away, world.home):
            world.enter(place)
            world.units[place.id] = Unit.objects.create(name="LSS-enheten")
        self.viewers = self._staff(
            Unit.objects.create(name="Unga-enheten", parent=world.units[world.home.id])
        )
        threads = {}
        for state in STATES:
            threads[state] = self._thread("officer", "decider", self._open_person, state)
            threads[f"protected_{state}"] = self._thread("named", "named_decider", self._protected, state)
        threads["served"] = self._thread("officer", "decider", self._open_person, "served")
        world.home, world.away = world.away, world.home
        threads["away"] = self._thread("away", "away_decider", self._away_person, "served")
        world.home, world.away = world.away, world.home
        return Scene(world.home, world.away, self.viewers, threads, self._reviewed(threads["working"]))

    def _staff(self, other_unit: Unit) -> dict[str, Actor]:
        staff, here, away = self.world.staff, self.world.home, self.world.away
        found = {
            "officer": staff(Role.CASE_OFFICER, name="Mikael Håkansson"),
            "decider": staff(Role.DECISION_MAKER, name="Åsa Bergström"),
            "manager": staff(Role.UNIT_MANAGER, name="Maj Chefsson"),
            "registrar": staff(Role.REGISTRAR, name="Rut Registrator"),
            "controller": staff(Role.CONTROLLER, name="Lo Granskare"),
            "economist": staff(Role.ECONOMIST, name="Ek Onom"),
            "sysadmin": staff(Role.SYSADMIN, name="Sy Stemansvarig", whole=True),
            "named": staff(Role.CASE_OFFICER, name="Nina Namngiven"),
            "named_decider": staff(Role.DECISION_MAKER, Role.CASE_OFFICER, name="Nils Namngiven"),
            "named_colleague": staff(Role.CASE_OFFICER, name="Nora Namngiven"),
            "away": staff(*Role, name="Alla Roller", municipality=away, whole=True),
            "away_decider": staff(Role.DECISION_MAKER, name="Bo Beslut", municipality=away, whole=True),
        }
        unit, self.world.units[here.id] = self.world.units[here.id], other_unit
        found |= {
            "coworker": staff(Role.CASE_OFFICER, name="Kim Kollega"),
            "other_officer": staff(Role.CASE_OFFICER, name="Ola Annan"),
            "other_manager": staff(Role.UNIT_MANAGER, name="Ulla Unga"),
        }
        self.world.units[here.id] = unit
        for actor in found.values():
            user = User.objects.get(pk=actor.user_id)
            user.set_password("en-lang-mening-att-minnas")
            user.save()
        return found

    def _open_person(self, officer: Actor) -> Person:
        return self.world.person(BORN, *OPEN_NAME, number=f"{BORN:%Y%m%d}{next(self.open)}")

    def _away_person(self, officer: Actor) -> Person:
        return self.world.person(BORN, *AWAY_NAME, number=f"{BORN:%Y%m%d}{next(self.open)}")

    def _protected(self, officer: Actor) -> Person:
        person = Person.objects.create(born=BORN)
        for reader in (officer, self.viewers["named_decider"], self.viewers["named_colleague"]):
            NamedReader.objects.create(
                person=person, user_id=reader.user_id, reason="handlägger ärendet",
                valid=DateRange(date(2020, 1, 1), None),
            )  # fmt: skip
        given, family = PROTECTED_NAME
        PersonIdentity.objects.create(
            person=person, protection=Protection.MARKED, given_name=given, family_name=family,
            number_kind="personal_number", number=f"{BORN:%Y%m%d}{next(self.protected)}", **PROTECTED_PLACE,
        )  # fmt: skip
        return person

    def _thread(self, officer: str, decider: str, who: Callable[[Actor], Person], state: str) -> Thread:
        world, actor = self.world, self.viewers[officer]
        world.act(actor)
        person = who(actor)
        options = {"person": person, "officer": actor, "decider": self.viewers[decider]}
        if state in ("asked", "bare"):
            made = journeys.case_under_investigation(
                world, **options,
                without=("application", "personkrets", "evidence", "sheet", "assessment", "child", "communication"),
            )  # fmt: skip
        elif state in ("working", "waiting"):
            made = self._sent_back_once(options, wait=state == "waiting")
        else:
            made = journeys.decided_case(world, **options)
        world.act(actor)
        # whoever may not know the person may not know her parents either
        Representative.objects.filter(person=person).update(
            name=f"Gerda {person.identity.family_name}", address=person.identity.address
        )
        thread = Thread(made.case, person, _words(made))
        if state == "asked":
            thread.ids["communication_id"] = communicating.send_material(
                actor=actor,
                case_id=made.case.pk,
                channel="phone",
                answer_by=date(2026, 4, 27),
                proposal="Avslag.",
            ).pk
        elif state != "bare":
            self._hang_things_on(made, thread)
        self._let_a_colleague_in(made, thread)
        if state == "served":
            self._serve(made)
        thread.ids |= {"case_id": made.case.pk, "person_id": person.pk}
        if made.proposal:
            thread.ids["proposal_id"] = made.proposal.pk
        thread.versions = _versions(made, thread)
        self.owners[thread.case.number + str(actor.municipality_id)] = officer
        return thread

    def _sent_back_once(self, options: dict[str, Any], *, wait: bool) -> journeys.Journey:
        """A proposal that was sent back, and is written again; with `wait`, handed over again."""
        made = journeys.case_ready_for_decision(self.world, **options)
        deciding.return_proposal(actor=made.decider, case_id=made.case.pk, reason="Motiveringen är för kort.")
        self.world.act(made.officer)
        made.proposal = deciding.revise_proposal(
            actor=made.officer, case_id=made.case.pk, version=1, **journeys.PROPOSAL
        )
        journeys.answer_everything(made)
        if wait:
            made.proposal = deciding.propose(
                actor=made.officer, case_id=made.case.pk, version=made.proposal.version
            )
        return made

    def _serve(self, made: journeys.Journey) -> None:
        decision = {"case_id": made.case.pk, "decision_id": made.decision.pk}
        deciding.record_service(
            actor=made.officer,
            **decision,
            served_on=TODAY,
            method="letter",
            evidence="Bekräftat per telefon.",
        )
        deciding.record_appeal(
            actor=made.officer, **decision, received_on=TODAY, text="Vi vill ha fler timmar."
        )

    def _hang_things_on(self, made: journeys.Journey, thread: Thread) -> None:
        actor, case, person = made.officer, made.case, made.person
        here = {"actor": actor, "case_id": case.pk}
        note = {"kind": "contact", "happened_at": clock.now(), "text": "Ringde hem i dag."}
        communicating.note_oral_information(
            **here, kind="officer", happened_on=TODAY, before=actor.name, text="Vi trivs bra hemma."
        )
        cases.create_task(**here, title="Begär intyg", waits_for="vårdcentralen")
        save_draft(
            actor=actor, key=f"journal_note:new:{case.pk}", fields={"text": ["Påbörjat"]}, base_version=0,
            seen_revision=None,
        )  # fmt: skip
        reader = NamedReader.objects.filter(person=person).order_by("pk").last() or people.name_reader(
            actor=actor, person_id=person.pk, user_id=actor.user_id, reason="Handlägger"
        )
        thread.ids |= {
            "note_id": cases.write_note(**here, **note).pk,
            "locked_note_id": cases.write_note(**here, **note, lock=True).pk,
            "task_id": cases.create_task(
                **here, title="Ring skolan", assignee_id=actor.user_id, due_on=TODAY
            ).pk,
            "consent_id": representing.add_consent(
                actor=actor, person_id=person.pk, scope="Från skolan", given_by="Gerda", given_on=TODAY
            ).pk,
            "representative_id": representing.add_representative(
                actor=actor, person_id=person.pk,
                facts=representing.RepresentativeFacts(
                    kind=RepresentativeKind.PROXY, name="Per Ombud", first=TODAY, scope="ansökan", evidence="fullmakt"
                ),
            ).pk,
            "communication_id": case.communications.get().pk,
            "evidence_id": case.personkrets_trial.evidence.get().pk,
            "reader_id": reader.pk,
        }  # fmt: skip
        if made.decision is None:
            thread.ids["supplement_id"] = applying.request_supplement(
                **here, what="Intyg från skolan", answer_by=LATER
            ).pk
            investigating.save_life_area(
                **here, area=LifeArea.MOBILITY, version=0, own_view="Vill gå själv.", assessment="Behöver stöd.",
                difficulty="", goal="",
            )  # fmt: skip

    def _let_a_colleague_in(self, made: journeys.Journey, thread: Thread) -> None:
        colleagues = {"officer": "coworker", "named": "named_colleague"}
        for officer, colleague in colleagues.items():
            if made.officer is self.viewers[officer]:
                staff = cases.add_coworker(
                    actor=made.officer, case_id=made.case.pk, user_id=self.viewers[colleague].user_id,
                    reason="Avlastning i vår",
                )  # fmt: skip
                thread.ids["coworker_id"] = staff.pk

    def _reviewed(self, thread: Thread) -> dict[str, Any]:
        """An opening for a stated reason, a sample drawn from last month's log, and an account."""
        opener, controller = self.viewers["registrar"], self.viewers["controller"]
        self.world.act(opener)
        opening = people.open_with_reason(
            actor=opener, person_id=thread.person.pk, reason="Akut samtal från vårdcentralen", hours=1
        )
        with clock.at(LAST_MONTH):
            people.person_gate.open(opener, thread.person.pk)
        self.world.act(controller)
        unit, officer = self.world.units[self.world.home.id], self.viewers["officer"]
        return {
            "opening_id": opening.pk,
            "review_id": reviews.draw_sample(actor=controller, unit_id=unit.pk).pk,
            "user_id": officer.user_id,
            "assignment_id": Assignment.objects.get(user_id=officer.user_id).pk,
            "pk": self._second_factors(officer, self.viewers["named_colleague"]),
            "unit": unit.pk,
            "unit_of": {
                key: next((one.unit_id for one in actor.roles if one.unit_id), unit.pk)
                for key, actor in self.viewers.items()
            },
        }

    def _second_factors(self, officer: Actor, colleague: Actor) -> int:
        """The officer has an app and spare codes, her colleague a key; the id of the key."""
        mine = {"user_id": officer.user_id}
        Authenticator.objects.create(**mine, type="totp", data={"secret": "x"})
        Authenticator.objects.create(**mine, type="recovery_codes", data={"seed": "x", "used_mask": 0})
        key = {"name": "Nyckel", "credential": {"clientExtensionResults": {}}}
        theirs = Authenticator.objects.create(user_id=colleague.user_id, type="webauthn", data=key)
        return int(theirs.pk)

    def find_documents(self, scene: Scene) -> None:
        """What the outbox made: documents and letters."""
        for thread in scene.threads.values():
            self.world.act(self.viewers[self.owners[thread.case.number + str(thread.case.municipality_id)]])
            if documents := reading.documents_of(thread.case):
                thread.ids["document_id"] = documents[0].pk
            if letter := Letter.objects.filter(decision__case_id=thread.case.pk).first():
                thread.ids["letter_id"] = letter.pk


def _words(made: journeys.Journey) -> tuple[str, ...]:
    identity = made.person.identity
    return (made.person.name, identity.number, identity.formatted_number, made.case.number)


def _versions(made: journeys.Journey, thread: Thread) -> dict[str, int]:
    case = Case.objects.get(pk=made.case.pk)
    found: dict[str, Any] = {
        "case": case,
        "person": made.person,
        "application": getattr(case, "application", None),
        "trial": getattr(case, "personkrets_trial", None),
        "assessment": getattr(case, "assessment", None),
        "child": getattr(case, "child_view", None),
        "sheet": getattr(case, "needs_sheet", None),
        "proposal": made.proposal and type(made.proposal).objects.get(pk=made.proposal.pk),
        "communication": case.communications.first(),
    }
    return {key: row.version for key, row in found.items() if row is not None}
