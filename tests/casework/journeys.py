"""A case taken to any stage, through the same actions as the pages use. One set-up for success and for
refusal.

`case_ready_for_decision(world)` gives a case in which everything is in order and the proposal waits for
signature; every part can be left out or changed, so that a test of a refusal differs from a test of
success by that alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from tests.people import World

from egenmakt.casework.applications import actions as applying
from egenmakt.casework.cases.actions import open_case
from egenmakt.casework.cases.models import Case
from egenmakt.casework.communication import actions as communicating
from egenmakt.casework.decisions import actions, rules
from egenmakt.casework.decisions.models import Decision, Proposal
from egenmakt.casework.investigations import actions as investigating
from egenmakt.casework.investigations.models import LifeArea
from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.models import NeedsSheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative

TODAY = date(2026, 4, 20)
BORN = date(2022, 5, 14)
FIRST, LAST = date(2026, 5, 1), date(2029, 12, 31)

# Four years old: 17 h 30 min basic needs and 8 h 45 min other needs, 15 h 45 min after the deduction.
MOMENTS: tuple[dict[str, Any], ...] = (
    {"text": "Dusch och hårtvätt", "need": "hygiene", "minutes": 20, "times": 1, "intimate": True},
    {"text": "Toalettbesök", "need": "hygiene", "minutes": 6, "times": 5, "intimate": True},
    {"text": "Måltider", "need": "meals", "minutes": 20, "times": 3, "intimate": True},
    {"text": "Mellanmål", "need": "meals", "minutes": 10, "times": 2, "intimate": True},
    {"text": "På- och avklädning", "need": "dressing", "minutes": 10, "times": 2, "intimate": True},
    {"text": "Förflyttning inomhus", "need": "other", "minutes": 10, "times": 3},
    {"text": "Lek och utevistelse", "need": "other", "minutes": 45, "times": 1},
)

PROPOSAL: dict[str, Any] = {
    "kind": "grant",
    "applied_for": "Personlig assistans i hemmet och på fritiden.",
    "goal": "Alva ska kunna leva som andra barn i hennes ålder.",
    "scope": "Hjälp i hemmet och på fritiden, alla dagar i veckan.",
    "form_of_support": "arranged",
    "starts_on": FIRST,
    "ends_on": LAST,
    "period_reasons": "Alvas behov väntas förändras när hon har gått ett par år i skolan.",
    "review_reservation": "Beslutet kan ändras om behoven ändras väsentligt.",
    "follow_up_on": date(2026, 10, 30),
    "reasons": "Alva har autism och behöver hjälp av en annan person med måltider, hygien och kläder.",
    "plain_reasons": "Alva behöver hjälp för att äta, tvätta sig och klä sig.",
}

REFUSAL: dict[str, Any] = {
    "kind": "refusal",
    "refusal_ground": "met_otherwise",
    "applied_for": "Personlig assistans i hemmet och på fritiden.",
    "reasons": "Alvas behov av hjälp tillgodoses faktiskt genom insatser i förskolan och av föräldrarna.",
    "plain_reasons": "Alva får redan den hjälp hon behöver.",
    "refusal_reasons": "Föräldrarna och förskolan ger i dag all den hjälp som ansökan gäller.",
}

CHILD = {
    "heard": True,
    "how": "Alva träffade handläggaren hemma och visade med bilder vad hon tycker om.",
    "view": "Alva pekade på lekparken och sade ut.",
    "best_interests": "Att få hjälp i sin egen takt och komma ut varje dag.",
    "effect": "Därför ingår tid för lek och utevistelse.",
}

ASSESSMENT = {
    "own_view": "Föräldrarna vill ha assistans i hemmet.",
    "normalisation": "Andra fyraåringar äter och klär sig till största delen själva.",
    "met_otherwise": "I dag ger föräldrarna all hjälp utanför förskolan.",
    "good_living_conditions": "Utan hjälp kan Alva inte leva som andra barn.",
    "temporary_protection": False,
}


@dataclass
class Journey:
    """A case on its way, and the people on it."""

    world: World
    case: Case
    person: Person
    officer: Actor
    decider: Actor
    proposal: Proposal | None = None
    decision: Decision | None = None
    left_out: set[str] = field(default_factory=set)

    def reload(self) -> Journey:
        """What the database says now."""
        self.case.refresh_from_db()
        if self.proposal:
            self.proposal = Proposal.objects.get(pk=self.proposal.pk)
        return self


def case_under_investigation(
    world: World,
    *,
    born: date = BORN,
    moments: tuple[dict[str, Any], ...] = MOMENTS,
    personkrets: str = "1",
    without: tuple[str, ...] = (),
    assessment: dict[str, Any] | None = None,
    child: dict[str, Any] | None = None,
    unit: Any = None,
    person: Person | None = None,
    officer: Actor | None = None,
    decider: Actor | None = None,
) -> Journey:
    """A case with everything but a proposal. `without` names what is left out: application, authority,
    personkrets, evidence, sheet, assessment, child, communication."""
    officer = officer or world.staff(Role.CASE_OFFICER, name="Mikael Håkansson")
    decider = decider or world.staff(Role.DECISION_MAKER, name="Åsa Bergström")
    world.act(officer)
    person = person or world.person(born=born)
    place = unit or world.units[world.home.id]
    if "application" in without:
        case = open_case(actor=officer, person_id=person.pk, unit_id=place.pk, officer_id=officer.user_id)
    else:
        case = _apply(person, officer, place, check="authority" not in without)
    made = Journey(world, case, person, officer, decider, left_out=set(without))
    if "sheet" not in without:
        _fill_sheet(made, moments)
    if "personkrets" not in without:
        _try_personkrets(made, personkrets, evidence="evidence" not in without)
    if "assessment" not in without:
        investigating.save_assessment(
            actor=officer, case_id=case.pk, version=0, **{**ASSESSMENT, **(assessment or {})}
        )
        investigating.save_life_area(
            actor=officer, case_id=case.pk, area=LifeArea.SELF_CARE, version=0, own_view="Alva vill klä sig själv.",
            assessment="Hon behöver hjälp med nästan allt.", difficulty="3", goal="Klä sig med lite hjälp.",
        )  # fmt: skip
    if "child" not in without and born.year > TODAY.year - 18:
        investigating.save_child_view(actor=officer, case_id=case.pk, version=0, **{**CHILD, **(child or {})})
    if "communication" not in without:
        _communicate(made)
    return made


def case_with_a_working_proposal(
    world: World, *, proposal: dict[str, Any] | None = None, **options: Any
) -> Journey:
    """A case whose proposal is written and whose checklist is answered, not yet handed over."""
    made = case_under_investigation(world, **options)
    fields = {**(REFUSAL if (proposal or {}).get("kind") == "refusal" else PROPOSAL), **(proposal or {})}
    made.proposal = actions.revise_proposal(actor=made.officer, case_id=made.case.pk, version=0, **fields)
    answer_everything(made)
    return made


def answer_everything(made: Journey, **different: bool) -> None:
    """Answer the checklist as the proposal demands: yes to all but what a refusal rests on."""
    context = rules.gate_context(made.proposal, guideline=made.officer.guideline)
    answers = {
        one.key: actions.Answered(
            fulfilled=different.get(one.key, one.key != context.fails_on),
            evidence="Se utredningen.",
            version=getattr(context.dossier.answers.get(one.key), "version", 0),
        )
        for one in rules.CHECKLIST
        if one.applies(context)
    }
    actions.answer_checklist(actor=made.officer, case_id=made.case.pk, answers=answers)


def case_ready_for_decision(world: World, **options: Any) -> Journey:
    """A case whose proposal waits for signature. One stands as the decider."""
    made = case_with_a_working_proposal(world, **options)
    made.proposal = actions.propose(actor=made.officer, case_id=made.case.pk, version=made.proposal.version)
    world.act(made.decider)
    return made


def sign(made: Journey, actor: Actor | None = None, meeting: str = "") -> Decision:
    """Sign the waiting proposal, as the decider unless another is named."""
    who = actor or made.decider
    made.world.act(who)
    made.decision = actions.sign_decision(
        actor=who, case_id=made.case.pk, proposal_id=made.proposal.pk, meeting=meeting
    )
    return made.decision


def decided_case(world: World, **options: Any) -> Journey:
    """A case with a signed decision. One stands as the officer again."""
    made = case_ready_for_decision(world, **options)
    sign(made)
    world.act(made.officer)
    return made


def _apply(person: Person, officer: Actor, unit: Any, *, check: bool) -> Case:
    child = person.born.year > TODAY.year - 15
    guardian = (
        Representative.objects.create(
            person=person, kind="guardian", name="Johanna Åkesson", address="Lillö backväg 12\n291 34 Kristianstad",
            evidence="folkbokföringen", valid=DateRange(person.born, None),
        )
        if child
        else None
    )  # fmt: skip
    application = applying.register_application(
        actor=officer, person_id=person.pk, unit_id=unit.pk, officer_id=officer.user_id, form="written",
        received_on=date(2026, 2, 10), applied_by="representative" if child else "person",
        representative_id=guardian.pk if guardian else None, asks_for="Personlig assistans i hemmet och på fritiden.",
    )  # fmt: skip
    if check:
        application = applying.check_authority(
            actor=officer, case_id=application.case_id, version=application.version,
            ground="utdrag ur folkbokföringen",
        )  # fmt: skip
    applying.note_first_contact(
        actor=officer, case_id=application.case_id, version=application.version, day=date(2026, 2, 16),
        how="telefon",
    )  # fmt: skip
    return application.case


def _fill_sheet(made: Journey, moments: tuple[dict[str, Any], ...]) -> None:
    rows = [SheetRow(None, moment(**values)) for values in moments]
    save_sheet(
        actor=made.officer, case_id=made.case.pk, version=0, sheet=SheetValues(FIRST, LAST, 7), rows=rows
    )


def moment(**values: Any) -> MomentValues:
    """A moment as the sheet keeps it."""
    exact = {
        name: Decimal(str(values[name]))
        for name in ("minutes", "times", "met_otherwise_minutes")
        if name in values
    }
    return MomentValues(**{"per": "day", **values, **exact})


def change_moments(made: Journey, moments: tuple[dict[str, Any], ...]) -> None:
    """Change the sheet after the fact: the stored moments take the new values, in the same order."""
    sheet = NeedsSheet.objects.get(case=made.case)
    stored = list(sheet.moments.all())
    ids = [one.pk for one in stored] + [None] * len(moments)
    rows = [SheetRow(key, moment(**values)) for key, values in zip(ids, moments, strict=False)]
    save_sheet(
        actor=made.officer,
        case_id=made.case.pk,
        version=sheet.version,
        sheet=SheetValues.of(sheet),
        rows=rows,
    )


def _try_personkrets(made: Journey, outcome: str, *, evidence: bool) -> None:
    if evidence:
        investigating.add_evidence(
            actor=made.officer, case_id=made.case.pk, title="Läkarutlåtande", certified_by="Nils Nord",
            licence="legitimerad läkare", dated=date(2025, 11, 3), summary="Autism.",
        )  # fmt: skip
    investigating.save_trial(
        actor=made.officer, case_id=made.case.pk, version=1 if evidence else 0, outcome=outcome, diagnosis="autism",
        answers={"onset_before_16": True}, reasons="Utlåtandet visar autism sedan tidig ålder.", considered=True,
    )  # fmt: skip


def _communicate(made: Journey) -> None:
    sent = communicating.send_material(
        actor=made.officer, case_id=made.case.pk, channel="meeting", sent_on=date(2026, 3, 20),
        answer_by=date(2026, 4, 24), proposal="Assistans i hemmet och på fritiden.",
    )  # fmt: skip
    communicating.record_answer(
        actor=made.officer, case_id=made.case.pk, communication_id=sent.pk, version=sent.version,
        answered_on=date(2026, 4, 2), answer="Vi har inget att tillägga.",
    )  # fmt: skip
