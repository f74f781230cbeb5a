"""What the room hangs on the case: its step, and what has happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from egenmakt.casework.cases import happenings, steps
from egenmakt.casework.cases.models import Case
from egenmakt.casework.needs import queries
from egenmakt.casework.needs.models import NeedsSheet


def register() -> None:
    """Called when the program starts."""
    steps.register(NEEDS)
    happenings.register(happenings_of)


def _state(_case: Case, loaded: Any) -> steps.StepState:
    sheet: queries.SheetState | None = loaded
    if sheet is None or sheet.moments == 0:
        return steps.StepState("todo")
    if sheet.complete:
        note = ngettext("(ett moment)", "(%(count)s moment)", sheet.moments) % {"count": sheet.moments}
        return steps.StepState("done", note)
    return steps.StepState(
        "ongoing",
        ngettext("med ett moment obedömt", "med %(count)s moment obedömda", sheet.not_judged)
        % {"count": sheet.not_judged},
    )


def happenings_of(case: Case) -> Iterable[happenings.Happening]:
    """That the sheet was last saved. One query."""
    sheet = NeedsSheet.objects.filter(case=case).select_related("saved_by").first()
    if sheet is not None and sheet.saved_at is not None:
        yield happenings.Happening(
            at=sheet.saved_at,
            title=_("Behov och tid sparade"),
            who=sheet.saved_by.name if sheet.saved_by else "",
            url=reverse("needs:sheet", kwargs={"case_id": case.pk}),
        )


NEEDS = steps.Step(
    key="needs",
    order=40,
    title=gettext_lazy("Behov och tid"),
    action=gettext_lazy("Räkna behoven"),
    url_name="needs:sheet",
    load=queries.load_sheets,
    state=_state,
    law=(
        steps.LawSection(
            "7 § LSS",
            gettext_lazy("Bara behov som faktiskt inte tillgodoses räknas."),
            "needed_micro_minutes",
        ),
        steps.LawSection(
            "9 a § LSS", gettext_lazy("De sju grundläggande behoven, och vad som hör till dem."), "ground"
        ),
        steps.LawSection(
            "9 f § LSS", gettext_lazy("Föräldraavdrag för barn, efter ålder."), "basic_deduction_s"
        ),
        steps.LawSection("9 g § LSS", gettext_lazy("Hälso- och sjukvård är inte assistans."), "admitted"),
    ),
)
