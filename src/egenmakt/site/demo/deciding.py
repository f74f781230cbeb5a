"""The chapters of the decision: communication, proposal, signature, service, and what comes after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from egenmakt.casework.cases.actions import close_case, create_task, finish_task
from egenmakt.casework.cases.answering import usual_answer_day
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case, NoteKind, Task
from egenmakt.casework.communication.actions import record_answer, send_material
from egenmakt.casework.communication.models import Communication
from egenmakt.casework.communication.queries import materials_of
from egenmakt.casework.decisions import rules, standard_reasons
from egenmakt.casework.decisions.actions import (
    Answered,
    answer_checklist,
    propose,
    record_appeal,
    record_service,
    return_proposal,
    revise_proposal,
    sign_decision,
)
from egenmakt.casework.decisions.models import Decision, Proposal
from egenmakt.foundation.access.models import BreakGlass
from egenmakt.foundation.reviews.actions import review_break_glass
from egenmakt.law.calendar import next_working_day
from egenmakt.register.people.actions import open_with_reason
from egenmakt.site.demo.stages import Turn
from egenmakt.site.demo.telling import Telling
from egenmakt.site.demo.texts import checklist_evidence

_GRANTS = (Turn.GRANT, Turn.PARTIAL)


def communicate(telling: Telling) -> None:
    """The material is put to the one who applied, with two weeks to answer."""
    story = telling.story
    with telling.officer() as actor:
        case = Case.objects.get(pk=telling.case_id)
        send_material(
            actor=actor,
            case_id=case.pk,
            channel="digital" if story.draw("channel").random() < 0.4 else "letter",
            answer_by=usual_answer_day(telling.today),
            proposal=_what_is_meant(telling),
            materials=[one.key for one in materials_of(case)],
        )


def _what_is_meant(telling: Telling) -> str:
    story = telling.story
    if story.recipe.turn is Turn.PARTIAL:
        return telling.text(
            "proposal_partial", avslag_litet=telling.words(story.situation.partial["refused"])
        )
    if story.recipe.turn is Turn.REFUSAL:
        return telling.text("proposal_refusal", skäl=telling.words(story.situation.refusal["reasons"]))
    return telling.text("proposal_dismissal" if story.recipe.turn is Turn.DISMISSAL else "proposal_grant")


def answer(telling: Telling) -> None:
    """The answer comes in."""
    agrees = telling.story.recipe.turn in _GRANTS
    with telling.officer() as actor:
        sent = Communication.objects.get(case_id=telling.case_id)
        record_answer(
            actor=actor,
            case_id=telling.case_id,
            communication_id=sent.pk,
            version=sent.version,
            answered_on=telling.today,
            answer=telling.text("answer_grant" if agrees else "answer_refusal"),
        )


def withdraw(telling: Telling) -> None:
    """The one who applied takes the application back."""
    with telling.officer() as actor:
        telling.note(actor, NoteKind.CONTACT, telling.text("withdrawn_note"))


def propose_decision(telling: Telling) -> None:
    """The officer writes the proposal, answers the checklist, and hands it to the decider."""
    with telling.officer() as actor:
        fields = _fields(telling)
        planned = Proposal(case=Case.objects.get(pk=telling.case_id), **fields)
        context = rules.gate_context(planned, guideline=actor.guideline)
        if telling.story.recipe.turn in _GRANTS:
            fields |= _standard_reasons(telling, planned, context)
        proposal = revise_proposal(actor=actor, case_id=telling.case_id, version=0, **fields)
        answers = {
            one.key: Answered(fulfilled=one.key != context.fails_on, evidence=checklist_evidence(one.key))
            for one in rules.CHECKLIST
            if one.applies(context)
        }
        if answers:
            answer_checklist(actor=actor, case_id=telling.case_id, answers=answers)
        propose(actor=actor, case_id=telling.case_id, version=proposal.version)


def _standard_reasons(telling: Telling, planned: Proposal, context: rules.GateContext) -> dict[str, str]:
    """The standard reasons that fit, with the case's own figures, where nothing else is written."""
    texts: dict[str, list[str]] = {}
    for one in standard_reasons.offered(context.dossier, planned, context.computed):
        if getattr(planned, one.field) or (one.field == "period_reasons" and planned.ends_on is None):
            continue
        filled = standard_reasons.filled(one, context.dossier, planned, context.computed)
        texts.setdefault(one.field, []).append(filled)
    fields = {field: "\n\n".join(found) for field, found in texts.items() if not field.startswith("refus")}
    if planned.ends_on is not None and "period_reasons" not in fields:
        fields["period_reasons"] = telling.text("period_adult")
    return fields


def _fields(telling: Telling) -> dict[str, Any]:
    story, words, situation = telling.story, telling.words, telling.story.situation
    turn = story.recipe.turn
    fields: dict[str, Any] = {"kind": turn.value}
    if turn in _GRANTS:
        financial = story.draw("form").random() < 0.3
        fields |= {
            "goal": words(situation.goal),
            "scope": words(situation.scope),
            "form_of_support": "financial" if financial else "arranged",
            "starts_on": story.starts_on,
            "ends_on": story.ends_on,
            "follow_up_on": story.follow_up_on,
            "review_reservation": telling.text("review_reservation"),
        }
    if turn is Turn.PARTIAL:
        partial = situation.partial
        fields |= {
            "refusal_ground": partial["ground"],
            "refused": words(partial["refused"]),
            "refusal_reasons": words(partial["reasons"]),
        }
    if turn is Turn.REFUSAL:
        refusal = situation.refusal
        fields |= {
            "refusal_ground": refusal["ground"],
            "reasons": words(refusal["reasons"]),
            "plain_reasons": words(refusal["plain"]),
            "refusal_reasons": words(refusal["refusal_reasons"]),
        }
    if turn in (Turn.DISMISSAL, Turn.CLOSURE):
        fields["reasons"] = telling.text(f"reasons_{turn.value}")
    return fields


def send_back(telling: Telling) -> None:
    """The decider sends the proposal back."""
    with telling.decider() as actor:
        return_proposal(actor=actor, case_id=telling.case_id, reason=telling.text("return_reason"))


def sign(telling: Telling) -> None:
    """The decider signs."""
    with telling.decider() as actor:
        waiting = Proposal.objects.get(
            case_id=telling.case_id, proposed_at__isnull=False, returned=None, decision=None
        )
        sign_decision(actor=actor, case_id=telling.case_id, proposal_id=waiting.pk)


def notice(telling: Telling) -> None:
    """What is done at once: the state's agency is told, where it is to decide; and the provider is chosen."""
    with telling.officer() as actor:
        tasks = Task.objects.filter(case_id=telling.case_id, title__startswith="Informera", done_at=None)
        for task in tasks:
            telling.note(actor, NoteKind.INFORMATION, telling.text("notice_note"))
            finish_task(actor=actor, case_id=telling.case_id, task_id=task.pk)
        telling.note(actor, NoteKind.CONTACT, telling.text("execution_note"))


def serve(telling: Telling) -> None:
    """The decision has reached the one who applied."""
    digital = telling.story.draw("service").random() < 0.3
    with telling.officer() as actor:
        decision = Decision.objects.get(case_id=telling.case_id)
        record_service(
            actor=actor,
            case_id=telling.case_id,
            decision_id=decision.pk,
            served_on=telling.today,
            method="digital" if digital else "letter_receipt",
            evidence=telling.text("service_evidence"),
        )
        telling.note(actor, NoteKind.CONTACT, telling.text("served_note"))


def appeal(telling: Telling) -> None:
    """An appeal comes in. Whether it came in time is for the officer to try."""
    with telling.registrar() as actor:
        decision = Decision.objects.get(case_id=telling.case_id)
        record_appeal(
            actor=actor,
            case_id=telling.case_id,
            decision_id=decision.pk,
            received_on=telling.today,
            text=telling.text("appeal"),
        )
        create_task(
            actor=actor,
            case_id=telling.case_id,
            title=telling.text("task_appeal"),
            assignee_id=telling.office.user_id(telling.story.officer),
            due_on=next_working_day(telling.today + timedelta(days=6)),
            due_reason="överklagandet lämnas över skyndsamt (46 § förvaltningslagen)",
        )


def follow_up(telling: Telling) -> None:
    """The decision is followed up with the person."""
    with telling.officer() as actor:
        telling.note(actor, NoteKind.MEETING, telling.text("follow_up_note"))
        for task in Task.objects.filter(case_id=telling.case_id, title__startswith="Följ upp", done_at=None):
            finish_task(actor=actor, case_id=telling.case_id, task_id=task.pk)


def close(telling: Telling) -> None:
    """The case is closed."""
    turn = telling.story.recipe.turn
    name = f"close_{turn.value}" if turn in (Turn.DISMISSAL, Turn.CLOSURE) else "close_refusal"
    with telling.officer() as actor:
        case = Case.objects.get(pk=telling.case_id)
        close_case(actor=actor, case_id=case.pk, reason=telling.text(name), version=case.version)


def open_for_a_reason(telling: Telling) -> None:
    """A colleague opens a file she has nothing to do with."""
    with telling.office.acting(telling.story.colleague) as actor:
        open_with_reason(
            actor=actor, person_id=telling.person_id, reason=telling.text("opening_reason"), hours=2
        )
        case_gate.open(actor, telling.case_id)


def review_opening(telling: Telling) -> None:
    """The controller reviews that a file was opened."""
    with telling.office.acting("granskare") as actor:
        opening = BreakGlass.objects.get(person_id=telling.person_id)
        review_break_glass(actor=actor, opening_id=opening.pk, review=telling.text("opening_review"))
