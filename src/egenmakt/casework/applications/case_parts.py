"""What the room hangs on a case: its step, its deadlines, what has happened, and the person's list of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.applications import queries
from egenmakt.casework.cases import deadlines, happenings, steps
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.happenings import Happening, on_day
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.queries import listed_with_standing, units_for_new_cases
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.dates import long_date
from egenmakt.register.people import panels
from egenmakt.register.people.models import Person


def register() -> None:
    """Called when the program starts."""
    steps.register(
        steps.Step(
            key="application",
            order=10,
            title=gettext_lazy("Ansökan"),
            action=gettext_lazy("Gå vidare med ansökan"),
            url_name="applications:application",
            load=queries.progress_of,
            state=queries.step_state,
            law=(
                steps.LawSection(
                    "8 § LSS", gettext_lazy("Personen ansöker själv. Under 15 år ansöker vårdnadshavaren.")
                ),
                steps.LawSection(
                    "9 b § LSS", gettext_lazy("Ansökan ska ha kommit in före åldersgränsen."), "age_limit"
                ),
                steps.LawSection(
                    "19–20 §§ FL",
                    gettext_lazy("En ansökan får göras muntligt. Vi hjälper till att komplettera."),
                ),
                steps.LawSection("22 § FL", gettext_lazy("Ansökan har kommit in den dag den når kommunen.")),
                steps.LawSection(
                    "12 § FL",
                    gettext_lazy("Efter sex månader får den sökande begära att ärendet avgörs."),
                    "delay_request_months",
                ),
            ),
            guideline_steps=("application", "guidance_talk"),
        )
    )
    deadlines.register(queries.deadlines_of)
    happenings.register(happenings_of)
    panels.register(panels.Panel("cases", 20, "applications/person_cases.html", cases_of_person))


def happenings_of(case: Case) -> Iterator[Happening]:
    """The application came in, its authority was checked, the first contact, what was asked for and came."""
    found = queries.application_of(case)
    if found is None:
        return
    url = reverse("applications:application", kwargs={"case_id": case.pk})
    title = _("Ansökan kom in (%(form)s)") % {"form": found.get_form_display()}
    yield Happening(on_day(found.received_on), title, found.received_by.name, found.asks_for, url)
    if found.authority_checked_on:
        who = found.authority_checked_by.name if found.authority_checked_by else ""
        yield Happening(
            on_day(found.authority_checked_on), _("Behörigheten att ansöka kontrollerades"), who,
            found.authority_ground, url, "done",
        )  # fmt: skip
    if found.first_contact_on:
        yield Happening(
            on_day(found.first_contact_on), _("Första kontakten"), "", found.first_contact_how, url, "done"
        )
    for one in queries.supplements_of(found):
        asked = _("Komplettering begärd, svar senast %(day)s") % {"day": long_date(one.answer_by)}
        yield Happening(on_day(one.asked_on), asked, one.asked_by.name, one.what, url)
        if one.received_on:
            yield Happening(on_day(one.received_on), _("Komplettering kom in"), "", one.received, url, "done")


def cases_of_person(actor: Actor, person: Person) -> Mapping[str, Any]:
    """The person's cases that the actor has to do with, and whether she may register a new application."""
    found = case_gate.shown(
        actor, case_gate.listed(actor).filter(person=person).order_by("-opened_on", "-pk")
    )
    return {"rows": listed_with_standing(found, actor), "may_register": bool(units_for_new_cases(actor))}
