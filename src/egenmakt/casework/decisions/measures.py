"""The measures of a person over time, for her page: bars for each decision, hours as steps, and what lies
ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.letters.words import month_and_year
from egenmakt.casework.decisions import queries
from egenmakt.casework.decisions.models import Grant
from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.dates import hours, hours_long, long_date
from egenmakt.foundation.ui.pictures import Mark, Span, Step, StepPicture, TimePicture, TimeRow
from egenmakt.law.timeline import add_months, add_years
from egenmakt.register.people.models import Person

_ONE_DAY = timedelta(days=1)
_AHEAD_MONTHS = 18
_BEFORE_MONTHS = 3


def load(actor: Actor, person: Person) -> Mapping[str, Any]:
    """What the part of the person's page shows. Decisions in cases the actor may not open are named, not
    linked."""
    grants = queries.grants_of_person(person.pk)
    today = clock.today()
    if not grants:
        return {"picture": None, "steps": None, "changes": []}
    open_to_actor = set(
        case_gate.listed(actor).filter(person=person).select_related(None).values_list("pk", flat=True)
    )
    return {
        "picture": _bars(grants, person, today, open_to_actor),
        "steps": step_picture(grants, today, person.born),
        "changes": changes_ahead(grants, person.born, today),
    }


def _bars(grants: Sequence[Grant], person: Person, today: date, open_to_actor: set[Any]) -> TimePicture:
    rows = []
    for decision in dict.fromkeys(grant.decision for grant in grants):
        spans = [
            Span(
                grant.valid.lower,
                last_day(grant),
                hours(grant.total_s),
                _status(grant, today),
                reverse("decisions:decision", kwargs={"case_id": decision.case_id})
                if decision.case_id in open_to_actor
                else "",
            )
            for grant in grants
            if grant.decision == decision
        ]
        rows.append(TimeRow(_("Personlig assistans, %s") % decision.number, spans))
    first = min(add_months(today, -_BEFORE_MONTHS), *(grant.valid.lower for grant in grants))
    lasts = [grant.valid.upper for grant in grants if grant.valid.upper]
    last = max([*lasts, add_months(today, _AHEAD_MONTHS)])
    marks = [Mark(day, told) for day, told in changes_ahead(grants, person.born, today)]
    return TimePicture(_("Beviljat över tid"), rows, first, last, today, marks)


def last_day(grant: Grant) -> date | None:
    """The last day of a stretch; None when it goes on until further notice."""
    return grant.valid.upper - _ONE_DAY if grant.valid.upper else None


def _status(grant: Grant, today: date) -> str:
    if today in grant.valid:
        return "in_force"
    return "decided" if grant.valid.lower > today else "ended"


def step_picture(grants: Sequence[Grant], today: date, born: date) -> StepPicture | None:
    """The hours of one or more decisions over time as steps; a later decision takes the place of an
    earlier."""
    if not grants:
        return None
    lasts = [grant.valid.upper for grant in grants if grant.valid.upper]
    end = max(horizon(today), horizon(max(grant.valid.lower for grant in grants)), *lasts)
    days = sorted(
        {grant.valid.lower for grant in grants} | {grant.valid.upper for grant in grants if grant.valid.upper}
    )
    steps: list[Step] = []
    for first, following in zip(days, [*days[1:], end], strict=True):
        ruling = [grant for grant in grants if first in grant.valid]
        if not ruling or following <= first:
            continue
        reason = _why(first, born) if steps else ""
        steps.append(Step(first, following - _ONE_DAY, ruling[-1].total_s, reason))
    return StepPicture(_("Beviljad tid per vecka"), steps, today) if steps else None


def horizon(day: date) -> date:
    """How far a picture shows what has no end."""
    return add_months(day, _AHEAD_MONTHS)


def changes_ahead(grants: Sequence[Grant], born: date, today: date) -> list[tuple[date, str]]:
    """The days ahead on which the granted time changes or ends, each with why in a few words."""
    ahead: dict[date, str] = {}
    for grant in grants:
        if grant.valid.lower > today:
            before = any(other.valid.upper == grant.valid.lower for other in grants)
            if before:
                ahead[grant.valid.lower] = _("%(why)s, %(hours)s i veckan") % {
                    "why": _why(grant.valid.lower, born),
                    "hours": hours_long(grant.total_s),
                }
        ends = grant.valid.upper
        if ends and ends > today and not any(other.valid.lower == ends for other in grants):
            ahead[ends - _ONE_DAY] = _("beslut %s upphör") % grant.decision.number
    return sorted(ahead.items())


def _why(day: date, born: date) -> str:
    """A change on the first of the birthday's month is the child's age; others are named by their day."""
    age = day.year - born.year
    if day.day == 1 and day.month == born.month and 0 < age <= 18:
        return _("fyller %(age)d år i %(month)s") % {
            "age": age,
            "month": month_and_year(add_years(born, age)),
        }
    return _("ändras %s") % long_date(day)
