"""The explanation of a case's hours: to three readers, why not another answer, and two laws side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.cases.frame import case_frame
from egenmakt.casework.cases.gate import case_gate
from egenmakt.casework.decisions.applied_rules import rules_of_moments, rules_of_the_whole
from egenmakt.casework.decisions.calculations import Part
from egenmakt.casework.decisions.explaining import CaseExplained, explain_case, tree_of
from egenmakt.casework.decisions.forms import LawDayForm
from egenmakt.casework.decisions.other_answers import other_answers
from egenmakt.casework.decisions.own_account import account_for
from egenmakt.casework.decisions.two_laws import compare_laws
from egenmakt.casework.needs.results import law_url
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui.dates import period
from egenmakt.law.assistance.why_not import why_not as find_other_answers

READERS = ("handlaggare", "personen", "jurist")


@staff_view()
def explanation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Why the hours are what they are, to the reader one chooses, for the stretch of time one chooses."""
    case = case_gate.open(actor_of(request), case_id)
    explained = explain_case(actor_of(request), case)
    asked = request.GET.get("lasare", "")
    reader = asked if asked in READERS else READERS[0]
    part = explained.part(request.GET.get("fran", ""))
    context = _frame(request, case_id, explained, reader) | {
        "reader": reader,
        "part": part,
        "choices": _choices(explained, part, reader),
    }
    if part is None:
        return render(request, "decisions/explanation.html", context)
    if reader == "handlaggare":
        context["tree"] = tree_of(explained, part)
    elif reader == "personen":
        context["account"] = account_for(explained)
    else:
        context |= {"whole": rules_of_the_whole(explained, part), "moments": rules_of_moments(part)}
    return render(request, "decisions/explanation.html", context)


@staff_view()
def why_not(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The smallest changes of facts that would have given another answer. Worked out when it is asked for.

    The page comes at once and asks for the answer; without scripts a link does.
    """
    case = case_gate.open(actor_of(request), case_id)
    explained = explain_case(actor_of(request), case)
    context: dict[str, Any] = {"case": case, "explained": explained}
    if "svar" in request.GET and explained.assessment is not None:
        context["answers"] = other_answers(find_other_answers(explained.assessment))
    if request.headers.get("HX-Request"):
        return render(request, "decisions/why_not_answers.html", context)
    context |= _frame(request, case_id, explained, "varfor-inte")
    return render(request, "decisions/why_not.html", context)


@staff_view()
def two_laws(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the person would have by the law of another day, beside what she has."""
    case = case_gate.open(actor_of(request), case_id)
    explained = explain_case(actor_of(request), case)
    form = LawDayForm(request.GET if "dag" in request.GET else None)
    context = _frame(request, case_id, explained, "tva-lagar") | {"form": form}
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid() and explained.assessment is not None:
        try:
            found = compare_laws(explained.assessment.facts, form.cleaned_data["dag"])
        except (law.NoParameter, law.NoRule) as missing:
            form.add_error("dag", _("Lagen är inte inlagd för den dagen. %s") % missing.message)
            status = 422
        else:
            rows = found.stretches
            chosen = next((one for one in rows if one.first.isoformat() == request.GET.get("fran")), None)
            shown = chosen or next((one for one in rows if not one.same), rows[0])
            context |= {
                "found": found,
                "rows": rows,
                "shown": shown,
                "rules": found.rules(shown.first),
                "differs": any(not one.same for one in rows),
                "unverified": [(name, law.parameter(name).title) for name in found.other.unverified],
            }
    return render(request, "decisions/two_laws.html", context, status=status)


def _frame(request: HttpRequest, case_id: UUID, explained: CaseExplained, current: str) -> dict[str, Any]:
    here = {"case_id": case_id}
    pages = [
        ("handlaggare", _("För handläggaren"), reverse("decisions:explanation", kwargs=here)),
        ("personen", _("För personen"), reverse("decisions:explanation", kwargs=here) + "?lasare=personen"),
        ("jurist", _("För juristen"), reverse("decisions:explanation", kwargs=here) + "?lasare=jurist"),
        ("varfor-inte", _("Varför inte?"), reverse("decisions:why_not", kwargs=here)),
        ("tva-lagar", _("Två lagar"), reverse("decisions:two_laws", kwargs=here)),
    ]
    frame = case_frame(request, explained.context.proposal.case, current="decision")
    return frame | {
        "explained": explained,
        "law_url": law_url("x").removesuffix("x/"),
        "pages": [
            {"key": key, "title": title, "url": url, "current": key == current} for key, title, url in pages
        ],
    }


def _choices(explained: CaseExplained, part: Part | None, reader: str) -> list[dict[str, Any]]:
    """The stretches to choose between; none for the person, who reads them all."""
    if len(explained.parts) < 2 or reader == "personen":
        return []
    return [
        {
            "label": period(one.first_day, one.last_day),
            "seconds": one.given.total_s,
            "url": f"?lasare={reader}&fran={one.first_day.isoformat()}",
            "current": one is part,
        }
        for one in explained.parts
    ]
