"""The chapters of the investigation: visit, evidence, group of persons, life areas, moments and assessment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from egenmakt.casework.cases.actions import create_task, finish_task
from egenmakt.casework.cases.models import Case, NoteKind, Task
from egenmakt.casework.cases.queries import consents_of
from egenmakt.casework.investigations.actions import (
    add_evidence,
    save_assessment,
    save_child_view,
    save_life_area,
    save_trial,
)
from egenmakt.casework.investigations.models import LifeArea, PersonkretsTrial
from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation.access.actor import Actor
from egenmakt.law.calendar import working_day_on_or_before
from egenmakt.law.timeline import add_years
from egenmakt.register.representatives.actions import add_consent
from egenmakt.site.demo.plan import Story
from egenmakt.site.demo.situations import MomentPattern
from egenmakt.site.demo.stages import Stage, Trait, Turn
from egenmakt.site.demo.telling import Telling

_BY_NATURE = ("hygiene", "meals", "dressing", "communication")
_SELF_CARE_LASTS = timedelta(days=365)


def visit(telling: Telling) -> None:
    """The officer visits, notes a consent, hears the child, and asks for the certificates."""
    story = telling.story
    with telling.officer() as actor:
        applicant = story.applicant.who.name if story.applicant else story.person.name
        add_consent(
            actor=actor,
            person_id=telling.person_id,
            scope=telling.text("consent" if story.is_child else "consent_adult"),
            given_by=applicant,
            given_on=telling.today,
        )
        own = [one.text for one in story.situation.notes if one.kind == NoteKind.MEETING]
        text = telling.chosen("meeting", own) if own else telling.text("meeting_note")
        telling.note(actor, NoteKind.MEETING, text)
        for one in story.situation.notes:
            if one.kind in (NoteKind.CONTACT, NoteKind.INFORMATION):
                telling.note(actor, one.kind, telling.words(one.text))
        if story.is_child and story.situation.child:
            _hear_the_child(telling, actor)
        if story.recipe.turn is not Turn.CLOSURE:
            _ask_for_certificate(telling, actor)


def _hear_the_child(telling: Telling, actor: Actor) -> None:
    child = telling.story.situation.child
    save_child_view(
        actor=actor,
        case_id=telling.case_id,
        version=0,
        heard=True,
        how=telling.chosen("child how", child["how"]),
        view=telling.chosen("child view", child["view"]),
        best_interests=telling.chosen("child best", child["best"]),
        effect=telling.chosen("child effect", child["effect"]),
    )


def _ask_for_certificate(telling: Telling, actor: Actor) -> None:
    due_on = working_day_on_or_before(telling.today + timedelta(days=14))
    create_task(
        actor=actor,
        case_id=telling.case_id,
        title=telling.text("task_certificate"),
        assignee_id=actor.user_id,
        due_on=due_on,
        due_reason="två veckor efter hembesöket",
        waits_for=telling.text("task_waits"),
    )


def evidence(telling: Telling) -> None:
    """The certificates come in. Where the group of persons is still under trial, it is begun."""
    story, draw = telling.story, telling.story.draw("evidence")
    with telling.officer() as actor:
        for one in story.situation.evidence:
            add_evidence(
                actor=actor,
                case_id=telling.case_id,
                title=one.title,
                certified_by=one.by,
                licence=one.licence,
                dated=telling.today - timedelta(days=draw.randint(6, 160)),
                summary=telling.words(one.summary),
            )
        _what_others_told(telling, actor)
        if story.recipe.stage is Stage.PERSONKRETS:
            _begin_trial(telling, actor)
        else:
            _finish(telling, actor, telling.text("task_certificate"))


def _what_others_told(telling: Telling, actor: Actor) -> None:
    case = Case.objects.get(pk=telling.case_id)
    consent = consents_of(case)[0]
    told = [one for one in telling.story.situation.notes if one.kind == NoteKind.RECEIVED]
    for one in told:
        from_others = one.source == "other"
        telling.note(
            actor,
            NoteKind.RECEIVED,
            telling.words(one.text),
            source=one.source,
            source_name=telling.words(one.who),
            consent_id=consent.pk if from_others else None,
        )
    if not told:
        telling.note(actor, NoteKind.RECEIVED, telling.text("received_note"), source="representative")


def _begin_trial(telling: Telling, actor: Actor) -> None:
    """Some questions are answered, nothing is judged yet; one certificate is still awaited."""
    situation = telling.story.situation
    answers = dict(list(situation.answers().items())[:1])
    trial = PersonkretsTrial.objects.get(case_id=telling.case_id)
    save_trial(
        actor=actor, case_id=telling.case_id, version=trial.version, outcome="", diagnosis=situation.diagnosis,
        answers=answers, reasons="",
    )  # fmt: skip
    telling.note(actor, NoteKind.OTHER, telling.text("working_note"), lock=False)


def _finish(telling: Telling, actor: Actor, title: str) -> None:
    for task in Task.objects.filter(case_id=telling.case_id, title__startswith=title, done_at=None):
        finish_task(actor=actor, case_id=telling.case_id, task_id=task.pk)


def trial(telling: Telling) -> None:
    """The officer judges the group of persons."""
    situation = telling.story.situation
    with telling.officer() as actor:
        stored = PersonkretsTrial.objects.get(case_id=telling.case_id)
        save_trial(
            actor=actor,
            case_id=telling.case_id,
            version=stored.version,
            outcome=situation.personkrets,
            diagnosis=situation.diagnosis,
            answers=situation.answers(),
            reasons=telling.text(f"trial_{situation.personkrets}"),
            considered=True,
        )


def areas(telling: Telling) -> None:
    """The life areas are written down; half of them where the investigation stands here."""
    story = telling.story
    found = list(story.situation.areas.items())
    under_way = story.recipe.stage is Stage.INVESTIGATION
    with telling.officer() as actor:
        for area, one in found[: 2 if under_way else None]:
            save_life_area(
                actor=actor,
                case_id=telling.case_id,
                area=LifeArea(area),
                version=0,
                own_view=telling.words(one.own),
                assessment=telling.words(one.judged),
                difficulty=one.difficulty,
                goal=telling.words(one.goal),
            )
        if under_way:
            telling.note(actor, NoteKind.OTHER, telling.text("working_note"), lock=False)
        if story.has(Trait.LATE):
            _ask_for_certificate(telling, actor)


def moments_half(telling: Telling) -> None:
    """The first half of the moments (all of them where double assistance is left), some not judged yet."""
    rows = _moments(telling)
    if not telling.story.has(Trait.DOUBLE_UNTRIED):
        rows = rows[: (len(rows) + 1) // 2]
    rows = [
        replace(one, intimate=None) if number % 3 == 2 and one.need in _BY_NATURE else one
        for number, one in enumerate(rows)
    ]
    with telling.officer() as actor:
        save_sheet(
            actor=actor,
            case_id=telling.case_id,
            version=0,
            sheet=_sheet(telling.story, tried=False),
            rows=[SheetRow(None, one) for one in rows],
        )


def moments(telling: Telling) -> None:
    """All of the moments."""
    with telling.officer() as actor:
        save_sheet(
            actor=actor,
            case_id=telling.case_id,
            version=0,
            sheet=_sheet(telling.story, tried=True),
            rows=[SheetRow(None, one) for one in _moments(telling)],
        )
        if telling.story.has(Trait.SELF_CARE_MISSING):
            _ask_for_self_care(telling, actor)


def _ask_for_self_care(telling: Telling, actor: Actor) -> None:
    create_task(
        actor=actor,
        case_id=telling.case_id,
        title=telling.text("task_self_care"),
        assignee_id=actor.user_id,
        due_on=working_day_on_or_before(telling.today + timedelta(days=21)),
        due_reason="egenvård räknas från den dag den är bedömd",
        waits_for="regionens egenvårdsbedömning",
    )


def _sheet(story: Story, *, tried: bool) -> SheetValues:
    return SheetValues(
        starts_on=story.starts_on,
        ends_on=story.ends_on or add_years(story.starts_on, 1) - timedelta(days=1),
        days_per_week=7,
        housing_adaptation_tried=tried,
        aids_tried=tried,
        waiting_minutes_per_day=story.situation.waiting,
        standby_minutes_per_day=story.situation.standby,
    )


def _moments(telling: Telling) -> list[MomentValues]:
    story, draw = telling.story, telling.story.draw("moments")
    age = story.starts_on.year - story.person.born.year
    assessed = story.received - timedelta(days=draw.randint(5, 60))
    until = assessed + _SELF_CARE_LASTS if draw.random() < 0.4 else None
    return [
        _moment(telling, one, one.minutes_for(draw), assessed, until)
        for one in story.situation.moments_at(age)
    ]


def _moment(
    telling: Telling, one: MomentPattern, minutes: Decimal, assessed: date, until: date | None
) -> MomentValues:
    is_assessed = one.self_care == "assessed"
    return MomentValues(
        text=telling.words(one.text),
        need=one.need,
        minutes=minutes,
        times=Decimal(one.times),
        per=one.per,
        assistants=one.assistants,
        intimate=one.intimate,
        tube_feeding=one.tube,
        activation_measure=one.activation,
        directly_necessary_for=one.necessary,
        self_care=one.self_care,
        self_care_assessed=assessed if is_assessed else None,
        self_care_valid_until=until if is_assessed else None,
        met_otherwise_minutes=Decimal(one.met),
        met_by=telling.words(one.met_by),
    )


def assess(telling: Telling) -> None:
    """The overall assessment."""
    story, texts = telling.story, telling.story.situation.assessment
    with telling.officer() as actor:
        save_assessment(
            actor=actor,
            case_id=telling.case_id,
            version=0,
            own_view=telling.chosen("own_view", texts["own_view"]),
            normalisation=telling.chosen("normalisation", texts["normalisation"]),
            met_otherwise=telling.chosen("met_otherwise", texts["met_otherwise"]),
            good_living_conditions=telling.chosen("good_living", texts["good_living"]),
            temporary_protection=False,
        )
        for one in story.situation.notes:
            if one.kind == NoteKind.ASSESSMENT:
                telling.note(actor, one.kind, telling.words(one.text))
