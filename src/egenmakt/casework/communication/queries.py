"""Reading what was put to the person: the state of a case, what can be put to her, what she has said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.casework.cases.deadlines import CaseDeadline
from egenmakt.casework.cases.models import Case, NoteKind, NoteSource
from egenmakt.casework.cases.steps import StepState
from egenmakt.casework.communication.models import Communication, OralInformation
from egenmakt.casework.investigations.models import Evidence
from egenmakt.foundation import clock
from egenmakt.foundation.ui.dates import long_date, short_date

Kind = Literal["nothing", "sent", "answered", "expired", "waived"]


@dataclass(frozen=True)
class CommunicationState:
    """Where the communication of a case stands on a day, with a Swedish sentence that says so.

    "sent": she has time left to answer, through `answer_by`. "answered", "expired" (the time is over, no answer)
    and "waived" (on a lawful ground, `waiver`) let the case go on; "nothing" does not.
    """

    kind: Kind
    sentence: str
    answer_by: date | None = None
    waiver: str = ""
    communication_id: UUID | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the case may go on to a decision, as far as FL 25 § is concerned."""
        return self.kind in ("answered", "expired", "waived")


def communication_state(case: Case, today: date) -> CommunicationState:
    """Where the communication of one case stands. One query."""
    return state_from(list(case.communications.all()), today)


def communications_of_cases(case_ids: list[UUID]) -> Mapping[UUID, list[Communication]]:
    """All that was sent or waived in many cases, for `state_from`. One query."""
    found: dict[UUID, list[Communication]] = {}
    for one in Communication.objects.filter(case_id__in=case_ids).defer("material", "items", "answer"):
        found.setdefault(one.case_id, []).append(one)
    return found


def state_from(rows: Sequence[Communication], today: date) -> CommunicationState:
    """The state that rows of one case give: an answer awaited goes first, what was sent before what was waived."""
    sent = sorted((one for one in rows if one.sent_on), key=lambda one: (one.sent_on or date.min, one.pk))
    waiting = [one for one in sent if one.answered_on is None and one.answer_by and one.answer_by >= today]
    if waiting:
        last = max(waiting, key=lambda one: one.answer_by or date.min)
        sentence = _("Materialet är lämnat. Personen har till %(day)s på sig att svara.")
        return CommunicationState(
            "sent", sentence % {"day": long_date(last.answer_by or today)}, last.answer_by, "", last.pk
        )
    if sent:
        last = sent[-1]
        if last.answered_on:
            sentence = _("Personen svarade %(day)s.") % {"day": long_date(last.answered_on)}
            return CommunicationState("answered", sentence, last.answer_by, "", last.pk)
        sentence = _("Svarstiden gick ut %(day)s utan svar.") % {"day": long_date(last.answer_by or today)}
        return CommunicationState("expired", sentence, last.answer_by, "", last.pk)
    if waived := sorted((one for one in rows if one.waiver), key=lambda one: one.pk):
        last = waived[-1]
        sentence = _("Inte kommunicerat: %(ground)s.") % {"ground": last.get_waiver_display()}
        return CommunicationState("waived", sentence, None, last.waiver, last.pk)
    return CommunicationState("nothing", _("Personen har inte fått ta del av materialet än."))


def step_state(_case: Case, rows: Sequence[Communication] | None) -> StepState:
    """The step's state in the list of steps."""
    now = state_from(rows or [], clock.today())
    if now.kind == "sent" and now.answer_by:
        return StepState("waiting", _("på svar till %(day)s") % {"day": short_date(now.answer_by)})
    notes = {"expired": _("(inget svar)"), "waived": _("(behövs inte)"), "answered": _("(besvarad)")}
    return StepState("done" if now.is_settled else "todo", notes.get(now.kind, ""))


def deadlines_of(cases: Sequence[Case], _guideline: str) -> dict[UUID, list[CaseDeadline]]:
    """The day by which an answer is awaited. Once it has passed nothing is late: the person need not answer."""
    today = clock.today()
    found: dict[UUID, list[CaseDeadline]] = {}
    awaited = Communication.objects.filter(
        case_id__in=[case.pk for case in cases], answered_on=None, answer_by__gte=today
    )
    for one in awaited:
        if one.answer_by:
            found.setdefault(one.case_id, []).append(
                CaseDeadline(
                    one.answer_by, "answer", _("Personen kan svara på materialet"),
                    _("Sista dagen att svara, satt när materialet lämnades (25 § förvaltningslagen)."),
                    step="communication", binding=True,
                )
            )  # fmt: skip
    return found


def communications_of(case: Case) -> list[Communication]:
    """All that was sent or waived in a case, the latest first."""
    return list(case.communications.select_related("sent_by").order_by("-pk"))


def oral_information_of(case: Case) -> list[OralInformation]:
    """What the person has said, the latest first."""
    return list(case.oral_information.select_related("noted_by").order_by("-happened_on", "-pk"))


@dataclass(frozen=True)
class Offered:
    """Something in the case that can be put to the person: what, from whom, when, what it says."""

    key: str
    title: str
    source: str
    dated: date
    summary: str

    @property
    def stored(self) -> dict[str, str]:
        """As it is kept with the communication, so that what was sent is known for ever."""
        return {
            "title": self.title, "source": self.source, "dated": self.dated.isoformat(), "summary": self.summary
        }  # fmt: skip


def materials_of(case: Case) -> list[Offered]:
    """What has come into a case from others than the person, oldest first: certificates, and what others have told.

    Two queries.
    """
    found = [
        Offered(f"evidence:{one.pk}", one.title, one.certified_by, one.dated, one.summary or one.title)
        for one in Evidence.objects.filter(trial__case=case)
    ]
    told = case.notes.filter(
        kind=NoteKind.RECEIVED, source=NoteSource.OTHER, locked_at__isnull=False, corrections=None
    )
    found += [
        Offered(
            f"note:{one.pk}", _("Uppgift i journalen"), one.source_name,
            one.happened_at.astimezone(clock.SWEDEN).date(), one.text,
        )
        for one in told
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.dated, one.key))
