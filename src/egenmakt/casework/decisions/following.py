"""What follows from a signed decision, carried out from the outbox: its letters, and the tasks it gives
rise to.

Each handler is idempotent: run again after a crash it does what is left, and nothing twice. It acts as the
one who signed, so that it sees what she saw and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from egenmakt.casework.cases.models import Task
from egenmakt.casework.decisions.actions.signing import LETTERS, TASKS
from egenmakt.casework.decisions.letter_content import LANGUAGE, kept_letter
from egenmakt.casework.decisions.letters import render_decision_letter
from egenmakt.casework.decisions.letters.content import VOICES
from egenmakt.casework.decisions.models import Decision, Letter
from egenmakt.casework.decisions.queries import FOLLOW_UP
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.documents.actions import store_document
from egenmakt.foundation.jobs.actions import handles
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.law.timeline import add_months

DOCUMENT = "decision_letter"
MONTHS_BEFORE_THE_END = 3
_PROMPTLY = timedelta(days=7)


@handles(LETTERS)
def make_letters(entry: OutboxEntry) -> None:
    """The decision's letters in three voices, each stored once, telling what was kept at the signing."""
    decision = _decision(entry)
    with acting_in(entry.municipality_id, decision.signed_by_id):
        decision = _decision(entry)
        there = set(Letter.objects.filter(decision=decision).values_list("voice", flat=True))
        if there >= set(VOICES):
            return
        letter = kept_letter(decision)
        for voice in VOICES:
            if voice in there:
                continue
            document = store_document(
                actor=_signer(decision),
                kind=DOCUMENT,
                title=_title(decision, voice),
                content=render_decision_letter(letter, voice),
                subject_kind="case",
                subject_id=decision.case_id,
                voice=voice,
                language=LANGUAGE,
            )
            Letter.objects.create(decision=decision, voice=voice, document=document)


@handles(TASKS)
def make_tasks(entry: OutboxEntry) -> None:
    """The tasks that follow: follow-up, a new trial before the end, notice to the state's agency; each
    made once."""
    with override(LANGUAGE):
        decision = _decision(entry)
        with acting_in(entry.municipality_id, decision.signed_by_id):
            decision = _decision(entry)
            for title, due_on, reason in _tasks(decision):
                if not Task.objects.filter(case_id=decision.case_id, title=title).exists():
                    Task.objects.create(
                        case_id=decision.case_id,
                        title=title,
                        assignee_id=decision.case.officer_id,
                        due_on=due_on,
                        due_reason=reason,
                        created_by_id=decision.signed_by_id,
                        created_at=clock.now(),
                    )


def follow_up_title(number: str) -> str:
    """The name of the follow-up task of a decision; no name of a person stands in it."""
    return f"{FOLLOW_UP}{number}"


def _tasks(decision: Decision) -> Iterator[tuple[str, date, str]]:
    proposal = decision.proposal
    if proposal.follow_up_on and decision.kind in ("grant", "partial_refusal"):
        yield follow_up_title(decision.number), proposal.follow_up_on, _("dagen är bestämd i beslutet")
    ends = max((grant.valid.upper for grant in decision.grants.all() if grant.valid.upper), default=None)
    if ends and not any(grant.valid.upper is None for grant in decision.grants.all()):
        last = ends - timedelta(days=1)
        yield (
            _("Pröva behovet på nytt innan beslut %s upphör") % decision.number,
            max(add_months(last, -MONTHS_BEFORE_THE_END), decision.decided_on),
            _("beslutet upphör %s") % last.isoformat(),
        )
    if any(grant.outcome == "state" for grant in decision.grants.all()):
        yield (
            _("Informera den enskilde och anmäl till Försäkringskassan (beslut %s)") % decision.number,
            decision.decided_on + _PROMPTLY,
            _("15 § 8 LSS: de grundläggande behoven är över 20 timmar; den enskilde informeras först"),
        )


def _decision(entry: OutboxEntry) -> Decision:
    return (
        Decision.objects.select_related(
            "proposal__case__person__identity",
            "proposal__case__unit",
            "proposal__case__officer",
            "proposal__case__municipality",
            "proposal__prepared_by",
            "proposal__drafted_by",
            "case__officer",
            "signed_by",
            "municipality",
        )
        .prefetch_related("grants")
        .get(pk=UUID(entry.payload["decision"]))
    )


def _signer(decision: Decision) -> Actor:
    return Actor(
        user_id=decision.signed_by_id,
        name=decision.signed_by.name,
        municipality_id=decision.municipality_id,
        municipality_name=decision.municipality.name,
        guideline=decision.municipality.slug,
        roles=(),
    )


def _title(decision: Decision, voice: str) -> str:
    names = {"legal": _("juridisk text"), "plain": _("klarspråk"), "easy": _("lättläst")}
    return _("Beslut %(number)s, %(voice)s") % {"number": decision.number, "voice": names[voice]}
