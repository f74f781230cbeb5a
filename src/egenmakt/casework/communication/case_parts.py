"""What the room hangs on a case: its step, its deadline, what has happened, and what keeps a case open."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.cases import deadlines, happenings, rules, steps
from egenmakt.casework.cases.happenings import Happening, on_day
from egenmakt.casework.cases.models import Case
from egenmakt.casework.communication import queries
from egenmakt.foundation import clock
from egenmakt.foundation.ui.dates import long_date

STEP = steps.Step(
    key="communication",
    order=50,
    title=gettext_lazy("Kommunicering"),
    action=gettext_lazy("Låt personen ta del av materialet"),
    url_name="communication:communication",
    load=queries.communications_of_cases,
    state=queries.step_state,
    law=(
        steps.LawSection(
            "25 § FL",
            gettext_lazy("Före beslutet ska personen få veta allt av betydelse och få tid att svara."),
        ),
        steps.LawSection("24 § FL", gettext_lazy("Den som vill får lämna uppgifter muntligt.")),
        steps.LawSection("27 § FL", gettext_lazy("Muntliga uppgifter antecknas snarast: när och av vem.")),
        steps.LawSection(
            "8 a § LSS", gettext_lazy("Personen har rätt att lämna uppgifter muntligt inför nämnden.")
        ),
    ),
)


def register() -> None:
    """Called when the program starts."""
    steps.register(STEP)
    deadlines.register(queries.deadlines_of)
    happenings.register(happenings_of)
    rules.register_hindrance(hindrances_of)


def happenings_of(case: Case) -> Iterator[Happening]:
    """Material was put to the person, she answered, the law's exception was used, or she told something."""
    url = reverse("communication:communication", kwargs={"case_id": case.pk})
    for one in queries.communications_of(case):
        if one.sent_on and one.answer_by:
            title = _("Materialet lämnades till personen, svar senast %(day)s") % {
                "day": long_date(one.answer_by)
            }
            yield Happening(on_day(one.sent_on), title, one.sent_by.name, one.get_channel_display(), url)
            if one.answered_on:
                yield Happening(on_day(one.answered_on), _("Personen svarade"), "", one.answer, url, "done")
    for told in queries.oral_information_of(case):
        title = _("Muntliga uppgifter %(how)s") % {"how": told.get_kind_display()}
        yield Happening(on_day(told.happened_on), title, told.before, told.text, url)


def hindrances_of(case: Case) -> Iterator[str]:
    """A case does not close while the person has time left to answer."""
    state = queries.communication_state(case, clock.today())
    if state.kind == "sent":
        yield state.sentence
