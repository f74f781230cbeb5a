"""The first chapters: a person is registered, an application comes in, someone takes the case and makes contact."""

from __future__ import annotations

from datetime import timedelta

from egenmakt.casework.applications.actions import (
    check_authority,
    note_first_contact,
    register_application,
    request_supplement,
)
from egenmakt.casework.applications.models import Application
from egenmakt.casework.applications.rules import asks_why
from egenmakt.casework.cases.actions import assign_officer, create_task
from egenmakt.casework.cases.answering import usual_answer_day
from egenmakt.casework.cases.models import Case, NoteKind
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.law.identity_numbers import parse_number
from egenmakt.register.people.actions import PersonFacts, name_reader, register_person
from egenmakt.register.people.models import Person, Protection
from egenmakt.register.representatives.actions import RepresentativeFacts, add_representative
from egenmakt.register.representatives.models import Representative, RepresentativeKind
from egenmakt.site.demo.plan import Relative
from egenmakt.site.demo.stages import Stage, Turn
from egenmakt.site.demo.telling import Telling


def register(telling: Telling) -> None:
    """The registrar registers the person and those who represent her, and the application."""
    story = telling.story
    with telling.registrar() as actor:
        if not story.earlier:
            _register_person(telling, actor)
        representative = _representative(telling)
        person = Person.objects.get(pk=telling.person_id)
        applied_by = "representative" if story.applicant else "person"
        unexplained = asks_why(
            person, story.received, applied_by, story.applicant.kind if story.applicant else ""
        )
        draw = story.draw("application")
        application = register_application(
            actor=actor,
            person_id=person.pk,
            unit_id=telling.office.units[story.unit].pk,
            officer_id=None if story.assigned_later else telling.office.user_id(story.officer),
            form="oral" if draw.random() < 0.2 else "written",
            received_on=story.received,
            applied_by=applied_by,
            representative_id=representative.pk if representative else None,
            representation_reason=telling.text("representation_reason") if unexplained else "",
            asks_for=telling.chosen("asks_for", story.situation.asks_for),
            own_words=telling.chosen("own_words", story.situation.own_words),
        )
        telling.known.cases[story.key] = application.case_id


def _register_person(telling: Telling, actor: Actor) -> None:
    story, invented, situation = telling.story, telling.story.person, telling.story.situation
    person = register_person(
        actor=actor,
        facts=PersonFacts(
            given_name=invented.given_name,
            family_name=invented.family_name,
            protection=Protection.MARKED if story.protected else Protection.NONE,
            number=parse_number(invented.number, on=telling.today),
            address=invented.address,
            phone="" if story.is_child else invented.phone,
            communicates_by=situation.communicates_by,
            interpreter=situation.interpreter,
            easy_read=situation.easy_read,
        ),
    )
    telling.known.persons[invented.number] = person.pk
    if story.protected:
        for mailbox, why in ((story.officer, "protected_reason"), (story.decider, "protected_decides")):
            name_reader(
                actor=actor,
                person_id=person.pk,
                user_id=telling.office.user_id(mailbox),
                reason=telling.text(why),
            )
    for relative in story.relatives:
        add_representative(actor=actor, person_id=person.pk, facts=_facts(telling, relative))


def _facts(telling: Telling, relative: Relative) -> RepresentativeFacts:
    guardian = relative.kind is RepresentativeKind.GUARDIAN
    first = telling.story.person.born if guardian else telling.story.received - timedelta(days=400)
    return RepresentativeFacts(
        kind=relative.kind,
        name=relative.who.name,
        number=parse_number(relative.who.number, on=telling.today),
        address=relative.who.address,
        phone=relative.who.phone,
        scope=relative.scope,
        evidence=relative.evidence,
        first=first,
    )


def _representative(telling: Telling) -> Representative | None:
    applicant = telling.story.applicant
    if applicant is None:
        return None
    return Representative.objects.get(person_id=telling.person_id, number=applicant.who.number)


def assign(telling: Telling) -> None:
    """The unit's manager gives the case to an officer; the registrar does it where the manager may not know."""
    story, town = telling.story, telling.office.town
    manager = town.holding(Role.UNIT_MANAGER, story.unit)[0].mailbox
    with telling.office.acting("registrator" if story.protected else manager) as actor:
        case = Case.objects.get(pk=telling.case_id)
        assign_officer(
            actor=actor,
            case_id=case.pk,
            officer_id=telling.office.user_id(story.officer),
            version=case.version,
        )


def contact(telling: Telling) -> None:
    """The officer makes contact, and looks at whether the one who applied may."""
    story = telling.story
    with telling.officer() as actor:
        version = Application.objects.get(case_id=telling.case_id).version
        made = note_first_contact(
            actor=actor,
            case_id=telling.case_id,
            version=version,
            day=telling.today,
            how=telling.text("contact_how")[:200],
        )
        telling.note(actor, NoteKind.CONTACT, telling.text("contact_note"))
        if story.recipe.stage is Stage.AUTHORITY or story.recipe.turn is Turn.DISMISSAL:
            _ask_for_power(telling, actor)
        else:
            check_authority(
                actor=actor, case_id=telling.case_id, version=made.version, ground=_ground(telling)
            )


def _ground(telling: Telling) -> str:
    applicant = telling.story.applicant
    if applicant is None:
        return telling.text("authority_self")
    guardian = applicant.kind is RepresentativeKind.GUARDIAN
    return telling.text("authority_guardian" if guardian else "authority_trustee")


def _ask_for_power(telling: Telling, actor: Actor) -> None:
    answer_by = usual_answer_day(telling.today)
    request_supplement(
        actor=actor, case_id=telling.case_id, what=telling.text("supplement"), answer_by=answer_by
    )
    if telling.story.recipe.stage is Stage.AUTHORITY:
        create_task(
            actor=actor,
            case_id=telling.case_id,
            title=telling.text("task_power"),
            assignee_id=actor.user_id,
            due_on=answer_by,
            due_reason="svarstiden för kompletteringen",
            waits_for="ombudets fullmakt",
        )
