"""What the room hangs on the case: its two steps, and what has happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from egenmakt.casework.cases import happenings, steps
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations import queries


def register() -> None:
    """Called when the program starts."""
    steps.register(PERSONKRETS)
    steps.register(INVESTIGATION)
    happenings.register(happenings_of)


def _personkrets_state(_case: Case, loaded: Any) -> steps.StepState:
    judgement: queries.PersonkretsJudgement | None = loaded
    if judgement is None:
        return steps.StepState("todo")
    if judgement.complete:
        return steps.StepState("done", f"({_outcome(judgement)})")
    return steps.StepState("ongoing", _remaining(judgement.missing))


def _investigation_state(_case: Case, loaded: Any) -> steps.StepState:
    state = queries.state_from(loaded)
    if state.complete:
        return steps.StepState("done")
    return steps.StepState("ongoing", _remaining(state.missing)) if state.begun else steps.StepState("todo")


def _remaining(missing: tuple[str, ...]) -> str:
    """Continues "pågår": with two things left."""
    return ngettext("med en sak kvar", "med %(count)s saker kvar", len(missing)) % {"count": len(missing)}


def _outcome(judgement: queries.PersonkretsJudgement) -> str:
    if judgement.group is None:
        return _("tillhör inte")
    return _("grupp %(group)s") % {"group": judgement.group}


def happenings_of(case: Case) -> Iterable[happenings.Happening]:
    """That the group of persons was judged, and the child's perspective written down. Three queries."""
    judgement = queries.personkrets_of(case)
    if judgement.judged_at is not None:
        yield happenings.Happening(
            at=judgement.judged_at,
            title=_("Personkretsen bedömd: %(outcome)s") % {"outcome": _outcome(judgement)},
            who=judgement.judged_by,
            url=reverse("investigations:personkrets", kwargs={"case_id": case.pk}),
        )
    child = queries.child_view_of(case)
    if child is not None and child.recorded_at is not None:
        yield happenings.Happening(
            at=child.recorded_at,
            title=_("Barnets perspektiv nedskrivet"),
            who=child.recorded_by.name if child.recorded_by else "",
            url=reverse("investigations:investigation", kwargs={"case_id": case.pk}),
        )


PERSONKRETS = steps.Step(
    key="personkrets",
    order=20,
    title=gettext_lazy("Personkrets"),
    action=gettext_lazy("Pröva personkretsen"),
    url_name="investigations:personkrets",
    load=queries.load_trials,
    state=_personkrets_state,
    law=(
        steps.LawSection("1 § LSS", gettext_lazy("Vilka tre grupper lagen gäller."), "belongs"),
        steps.LawSection(
            "7 § LSS", gettext_lazy("Tillhörighet ger ingen insats i sig; behovet prövas för sig.")
        ),
    ),
)

INVESTIGATION = steps.Step(
    key="investigation",
    order=30,
    title=gettext_lazy("Utredning"),
    action=gettext_lazy("Utred behoven"),
    url_name="investigations:investigation",
    load=queries.load_investigations,
    guideline_steps=("life_areas", "childs_view"),
    state=_investigation_state,
    law=(
        steps.LawSection("5 § LSS", gettext_lazy("Leva som andra: jämlika villkor och full delaktighet.")),
        steps.LawSection(
            "6 § LSS", gettext_lazy("Respekt för självbestämmande; personen ska få inflytande.")
        ),
        steps.LawSection("6 a § LSS", gettext_lazy("Barnets bästa ska särskilt beaktas.")),
        steps.LawSection(
            "7 § LSS", gettext_lazy("Behovet finns och tillgodoses faktiskt inte på annat sätt.")
        ),
        steps.LawSection("8 § LSS", gettext_lazy("Barnet ska få information och framföra sina åsikter.")),
    ),
)
