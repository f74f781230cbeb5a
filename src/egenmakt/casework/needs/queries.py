"""Reading the sheet of moments, and what the law makes of it. The gate has opened the case before this is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.cases.models import Case
from egenmakt.casework.investigations.queries import personkrets_of
from egenmakt.casework.needs.models import Moment, NeedsSheet, SelfCare
from egenmakt.casework.needs.sheet import CaseFacts, MomentValues, SheetValues, facts_from
from egenmakt.foundation.access.actor import Actor


@dataclass(frozen=True)
class Missing:
    """Something without which the law gives no answer: what to do, in Swedish, and where."""

    key: str
    sentence: str
    url: str


class FactsMissing(Exception):
    """The case does not hold what the law asks. Carries everything that is missing."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(one.sentence for one in missing))
        self.missing = missing


@dataclass(frozen=True)
class SheetState:
    """How far the sheet has come."""

    moments: int
    not_judged: int

    @property
    def complete(self) -> bool:
        return self.moments > 0 and self.not_judged == 0


@dataclass(frozen=True)
class Earlier:
    """A sheet in another case of the same person, to copy from."""

    case_id: UUID
    number: str
    moments: int
    starts_on: date


# The nature of the help decides only for these needs, and only where nothing else does.
NOT_JUDGED = (
    Q(need__in=("hygiene", "meals", "dressing", "communication"))
    & Q(intimate=None, tube_feeding=False, activation_measure=False, directly_necessary_for="")
    & ~Q(self_care=SelfCare.NOT_ASSESSED)
)


def sheet_of(case: Case) -> NeedsSheet | None:
    """The sheet of a case with its moments in order (two queries); None before it is begun."""
    return NeedsSheet.objects.filter(case=case).prefetch_related("moments").select_related("saved_by").first()


def case_facts(case: Case, municipality: str | None = None) -> CaseFacts:
    """What the law asks of the case besides the sheet: person, application, group of persons."""
    return CaseFacts.of(
        born=case.person.born,
        opened_on=case.opened_on,
        application=Application.objects.filter(case=case).first(),
        personkrets=personkrets_of(case).as_fact,
        municipality=municipality,
    )


def facts_of(case: Case, municipality: str | None = None) -> law.AssessmentFacts:
    """The case as the law takes it; each moment under its own id. Raises FactsMissing with everything missing.

    A group of persons not yet tried is no hindrance: the law then answers that the right is unclear.
    """
    sheet, facts = sheet_of(case), case_facts(case, municipality)
    missing = []
    if not facts.is_registered:
        missing.append(_missing("application", _("Registrera ansökan."), "cases:case", case))
    moments = list(sheet.moments.all()) if sheet else []
    if not moments:
        missing.append(
            _missing("needs", _("Skriv minst ett moment under Behov och tid."), "needs:sheet", case)
        )
    if missing or sheet is None:
        raise FactsMissing(missing)
    rows = [(str(moment.pk), MomentValues.of(moment)) for moment in moments]
    return facts_from(facts, SheetValues.of(sheet), rows)


def assessment_of(case: Case, municipality: str | None = None) -> law.Assessment | list[Missing]:
    """What the law gives in the case, or everything that is missing before it can be asked.

    Raises law.NoParameter or law.NoRule when the law is not laid in for some day of the sheet.
    """
    try:
        return law.assess(facts_of(case, municipality))
    except FactsMissing as lacking:
        return lacking.missing


def referred_to_region(case: Case) -> list[Moment]:
    """Health care that nobody has assessed as self-care: not assistance, but for the region (LSS 9 g §; S-02)."""
    return list(Moment.objects.filter(sheet__case=case, self_care=SelfCare.NOT_ASSESSED))


def self_care_that_ends(case: Case, by: date) -> list[Moment]:
    """Self-care whose assessment stops being valid on or before a day, soonest first (K-09, S-02)."""
    return list(
        Moment.objects.filter(
            sheet__case=case, self_care=SelfCare.ASSESSED, self_care_valid_until__lte=by
        ).order_by("self_care_valid_until", "position")
    )


def earlier_sheets(actor: Actor, case: Case) -> list[Earlier]:
    """Sheets in the person's other cases that the actor may open, newest first. One query."""
    found = (
        case_gate.listed(actor)
        .select_related(None)
        .filter(person_id=case.person_id, needs_sheet__isnull=False)
        .exclude(pk=case.pk)
        .annotate(moments=Count("needs_sheet__moments"))
        .filter(moments__gt=0)
        .order_by("-opened_on", "-pk")
        .values_list("pk", "number", "moments", "needs_sheet__starts_on")[:5]
    )
    return [Earlier(*row) for row in found]


def load_sheets(case_ids: list[UUID]) -> Mapping[UUID, SheetState]:
    """The states of many sheets, in two queries."""
    rows = (
        NeedsSheet.objects.filter(case_id__in=case_ids)
        .annotate(moments_count=Count("moments"))
        .values_list("case_id", "moments_count")
    )
    judged = dict(
        Moment.objects.filter(NOT_JUDGED, sheet__case_id__in=case_ids)
        .order_by()
        .values_list("sheet__case_id")
        .annotate(Count("pk"))
    )
    return {case_id: SheetState(moments, judged.get(case_id, 0)) for case_id, moments in rows}


def _missing(key: str, sentence: str, url_name: str, case: Case) -> Missing:
    return Missing(key, sentence, reverse(url_name, kwargs={"case_id": case.pk}))
