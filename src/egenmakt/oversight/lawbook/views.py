"""The pages of the law."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui.dates import hours
from egenmakt.law import FactsFaulty, NoParameter, NoRule, law_hash
from egenmakt.oversight.lawbook import queries
from egenmakt.oversight.lawbook.asking import AskForm, answer_of, askable
from egenmakt.oversight.lawbook.forms import ChangeSearch, DayShown, LawSearch
from egenmakt.oversight.replay.queries import decisions_resting_on, decisions_touched


def _asked_day(form: LawSearch | ChangeSearch | DayShown) -> date:
    if not form.is_valid():
        return clock.today()
    return form.cleaned_data.get("dag") or clock.today()


@staff_view()
def index(request: HttpRequest) -> HttpResponse:
    """Everything that holds on a day, by act; with words, what has them."""
    form = LawSearch(request.GET or None)
    day = _asked_day(form)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    entries = queries.entries_on(day, words)
    acts = [(act, list(group)) for act, group in groupby(entries, key=lambda entry: entry.citation.act)]
    acts.sort(key=lambda one: -len(one[1]))  # LSS first, and the rest by how much of them there is
    context = {
        "form": form if form.is_bound else LawSearch(initial={"dag": day}),
        "day": day,
        "today": clock.today(),
        "words": words,
        "acts": acts,
        "count": len(entries),
        "hash": law_hash()[:12],
        "may_simulate": actor_of(request).has(Role.ECONOMIST, Role.UNIT_MANAGER, Role.DECISION_MAKER),
    }
    return render(request, "lawbook/index.html", context)


@staff_view()
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule or parameter: what it says, where, since when, by which code or values, and what rests on it."""
    form = DayShown(request.GET or None)
    day = _asked_day(form)
    entry = queries.entry_named(rule, day)
    if entry is None:
        raise Http404(_("Lagen har ingen regel med det namnet."))
    resting, count = decisions_resting_on(actor_of(request), rule, day) if entry.kind == "rule" else ([], 0)
    asked = _asked(request, rule, day)
    context = {
        **asked,
        "law_pages": reverse("lawbook:index"),
        "entry": entry,
        "day": day,
        "form": form if form.is_bound else DayShown(initial={"dag": day}),
        "resting": resting,
        "resting_count": count,
        "nothing_rests": not resting,
    }
    return render(request, "lawbook/rule.html", context, status=asked.get("status", 200))


def _asked(request: HttpRequest, rule: str, day: date) -> dict[str, Any]:
    """The form that asks the rule, and the answer when it is filled in; nothing where it cannot be asked."""
    if not askable(rule, day):
        return {}
    is_asked = "fraga" in request.GET
    form = AskForm(request.GET if is_asked else None, rule, day)
    if not is_asked:
        return {"ask": form}
    if not form.is_valid():
        return {"ask": form, "status": 422}
    try:
        return {"ask": form, "answer": answer_of(form)}
    except (NoParameter, NoRule) as missing:
        form.add_error(None, missing.message)
    except FactsFaulty as faulty:
        form.add_error(None, list(faulty.faults.values()))
    return {"ask": form, "status": 422}


@staff_view()
def changes(request: HttpRequest) -> HttpResponse:
    """What changes around a day, and the decisions that the day touches."""
    form = ChangeSearch(request.GET or None)
    asked = form.is_bound and form.is_valid() and bool(form.cleaned_data.get("dag"))
    day = _asked_day(form)
    first, last = (day, day) if asked else (day - timedelta(days=2 * 365), day + timedelta(days=5 * 365))
    found = queries.changes_between(first, last)
    touched = (
        decisions_touched(actor_of(request), day, request.GET.get("efter", "").replace("\0", ""))
        if asked
        else None
    )
    context = {
        "form": form if form.is_bound else ChangeSearch(initial={"dag": day}),
        "day": day,
        "asked": asked,
        "changes": found,
        "no_changes": not found,
        "touched": touched,
        "no_touched": not (touched and touched.rows),
    }
    return render(request, "lawbook/changes.html", context)


@staff_view()
def touched_csv(request: HttpRequest) -> HttpResponse:
    """Every decision that a day touches, with the hours before and after, for a spreadsheet. Logged as a list."""
    form = ChangeSearch(request.GET or None)
    if not (form.is_valid() and form.cleaned_data.get("dag")):
        return redirect("lawbook:changes")
    day = form.cleaned_data["dag"]
    found = decisions_touched(actor_of(request), day, most=None)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="beslut-som-berors-{day.isoformat()}.csv"'
    rows = csv.writer(answer, delimiter=";")
    rows.writerow(
        [
            _("Person"),
            _("Ärende"),
            _("Beslut"),
            _("Dagen före"),
            _("Från dagen"),
            _("Skillnad"),
            _("Enligt beslutet"),
        ]
    )
    for one in found.rows:
        rows.writerow(
            [
                _cell(one.case.person.name),
                one.case.number,
                one.decision.number,
                hours(one.before_s),
                hours(one.after_s),
                hours(one.change_s),
                hours(one.granted_s),
            ]
        )
    return answer


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
