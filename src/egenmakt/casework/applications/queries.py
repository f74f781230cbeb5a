"""Reading applications: one, the state of many, and the deadlines that run from the day they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.casework.applications.models import Application, Supplement
from egenmakt.casework.cases.deadlines import CaseDeadline
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.steps import StepState
from egenmakt.foundation import clock
from egenmakt.foundation.ui.dates import long_date, short_date
from egenmakt.guidelines.deadlines import GuidelineDeadline, decision_deadline, first_contact_deadline
from egenmakt.guidelines.model import NoGuideline, NoGuidelineValue
from egenmakt.law.calendar import after_months
from egenmakt.law.procedure import delay_request_from
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative

# An authority that ends years ahead is no deadline yet.
AUTHORITY_SHOWN_MONTHS = 6


def application_of(case: Case) -> Application | None:
    """The application of a case that the gate has opened."""
    return (
        Application.objects.filter(case=case)
        .select_related("representative", "received_by", "authority_checked_by")
        .first()
    )


def supplements_of(application: Application) -> list[Supplement]:
    """What was asked for and what came, the latest first."""
    return list(application.supplements.select_related("asked_by").order_by("-asked_on", "-pk"))


def representatives_on(person: Person, day: date) -> list[Representative]:
    """Who may represent the person on a day."""
    return list(Representative.objects.filter(person=person, valid__contains=day).order_by("kind", "name"))


@dataclass(frozen=True)
class Progress:
    """An application and what it still waits for."""

    application: Application
    waits_for: Supplement | None


# Long, and asked for by neither states nor deadlines.
_TEXTS = ("asks_for", "own_words", "representation_reason", "authority_ground", "first_contact_how")


def progress_of(case_ids: list[UUID]) -> Mapping[UUID, Progress]:
    """How far the applications of many cases have come. Two queries."""
    waiting: dict[UUID, Supplement] = {}
    for one in Supplement.objects.filter(application__case_id__in=case_ids, received_on=None).order_by(
        "answer_by"
    ):
        waiting.setdefault(one.application_id, one)
    return {
        one.case_id: Progress(one, waiting.get(one.pk))
        for one in Application.objects.filter(case_id__in=case_ids).defer(*_TEXTS)
    }


def step_state(_case: Case, progress: Progress | None) -> StepState:
    """How far the step has come: authority checked, first contact made, nothing asked for outstanding."""
    if progress is None:
        return StepState("todo", _("(ingen ansökan är registrerad)"))
    application, supplement = progress.application, progress.waits_for
    if application.authority_checked_on is None:
        return StepState("ongoing", _("med behörigheten kvar att kontrollera"), _("Kontrollera behörigheten"))
    if application.first_contact_on is None:
        return StepState("ongoing", _("med första kontakten kvar"), _("Ta första kontakten"))
    if supplement and supplement.answer_by >= clock.today():
        return StepState(
            "waiting", _("på komplettering till %(day)s") % {"day": short_date(supplement.answer_by)}
        )
    if supplement:
        return StepState(
            "ongoing",
            _("utan svar på kompletteringen till %(day)s") % {"day": short_date(supplement.answer_by)},
            _("Ta ställning till kompletteringen"),
        )
    return StepState("done")


def deadlines_of(cases: Sequence[Case], guideline: str) -> dict[UUID, list[CaseDeadline]]:
    """First contact and decision by the guideline, six months by FL 12 §, and the end of the applicant's
    authority.
    """
    found = Application.objects.filter(case_id__in=[case.pk for case in cases]).defer(*_TEXTS)
    return {one.case_id: list(_deadlines(one, guideline)) for one in found}


def _deadlines(application: Application, guideline: str) -> Iterable[CaseDeadline]:
    received = application.received_on
    if contact := _by_guideline(first_contact_deadline, guideline, received):
        yield CaseDeadline(
            contact.last_day, "first_contact", _("Ta första kontakten"), _why(contact),
            met_on=application.first_contact_on, step="application",
        )  # fmt: skip
    if decided := _by_guideline(decision_deadline, guideline, received):
        yield CaseDeadline(
            decided.last_day,
            "decision",
            _("Beslutet ska ha nått den sökande"),
            _why(decided),
            step="decision",
        )
    law = delay_request_from(received)
    yield CaseDeadline(
        law.last_day, "delay_request", _("Ärendet ska vara avgjort"),
        _("Sex månader från ansökan. Sedan får den sökande begära att ärendet avgörs (12 § förvaltningslagen)."),
        step="decision", binding=True,
    )  # fmt: skip
    until = application.authority_until
    if until and until <= after_months(clock.today(), AUTHORITY_SHOWN_MONTHS):
        yield CaseDeadline(
            until, "authority", _("Behörigheten att företräda personen går ut"),
            _("Efter %(day)s behöver behörigheten kontrolleras igen.") % {"day": long_date(until)},
            step="application", binding=True,
        )  # fmt: skip


def promised_days(application: Application, guideline: str) -> tuple[date | None, date | None]:
    """By when the guideline promises the first contact and the decision; None where it promises nothing."""
    contact = _by_guideline(first_contact_deadline, guideline, application.received_on)
    decided = _by_guideline(decision_deadline, guideline, application.received_on)
    return contact.last_day if contact else None, decided.last_day if decided else None


def _by_guideline(
    rule: Callable[[str, date], GuidelineDeadline], guideline: str, received: date
) -> GuidelineDeadline | None:
    try:
        return rule(guideline, received)
    except (NoGuideline, NoGuidelineValue):
        return None


def _why(deadline: GuidelineDeadline) -> str:
    units = {"weeks": _("%(n)s veckor"), "months": _("%(n)s månader")}
    length = units.get(deadline.value.unit, "%(n)s") % {"n": deadline.value.value}
    reason = _("%(length)s från ansökan. %(source)s.") % {
        "length": length.capitalize(),
        "source": deadline.value.source,
    }
    return f"{reason} {_('Tiden är antagen.')}" if deadline.value.assumed else reason
