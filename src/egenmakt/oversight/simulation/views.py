"""The page for those who ask what a change of law would mean."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.foundation import clock
from egenmakt.foundation.access.decorators import actor_of, staff_view
from egenmakt.foundation.ui.forms import Unreadable, read_date
from egenmakt.foundation.ui.pictures import BarPicture, BarRow
from egenmakt.law.population.comparing import WEEKS, Line
from egenmakt.law.population.synthetic import IN_WORDS, SOURCES
from egenmakt.law.population.values import WrongValue
from egenmakt.oversight.simulation import queries
from egenmakt.oversight.simulation.forms import OWN, SimulationForm

MOST_MUNICIPALITIES = 15


@staff_view(*queries.READERS)
def simulation(request: HttpRequest) -> HttpResponse:
    """The law of a day with other values, and what that means in hours and kronor, for whom. Nothing is saved."""
    asked = "underlag" in request.GET
    day = _day(request)
    context: dict[str, Any] = {"asked": asked, "about": IN_WORDS, "sources": SOURCES, "weeks": WEEKS}
    status = 200
    try:
        form = SimulationForm(
            request.GET if asked else None, day, queries.readings_of(actor_of(request), day)
        )
    except (law.NoParameter, law.NoRule) as missing:
        context |= {"problem": str(missing), "form": SimulationForm(None, clock.today())}
        return render(request, "simulation/simulation.html", context, status=422)
    if asked and form.is_valid():
        try:
            answer = _answer(request, form)
        except (law.NoParameter, law.NoRule, WrongValue, queries.TooFew, queries.TooFewTouched) as refused:
            context["problem"] = str(refused)
        else:
            context |= _shown(answer)
            context["own"] = form.cleaned_data["underlag"] == OWN
    elif asked:
        status = 422
    return render(request, "simulation/simulation.html", context | {"form": form, "day": day}, status=status)


def _day(request: HttpRequest) -> date:
    """The day asked for, so that the fields are those of its law; today when it cannot be read."""
    try:
        return read_date(request.GET.get("dag", ""))
    except Unreadable:
        return clock.today()


def _answer(request: HttpRequest, form: SimulationForm) -> queries.Answer:
    day, changes = form.cleaned_data["dag"], form.changes()
    read_as = queries.ReadAs(form.chosen, form.read_as)
    if form.cleaned_data["underlag"] == OWN:
        return queries.for_the_municipality(actor_of(request), day, changes, read_as)
    return queries.for_the_country(day, changes, read_as)


def _shown(answer: queries.Answer) -> dict[str, Any]:
    found = answer.comparison
    places = sorted(found.by_municipality, key=lambda one: (-abs(one.after_s - one.before_s), one.name))
    return {
        "answer": answer,
        "everyone": found.everyone,
        "unverified": [(name, law.parameter(name).title) for name in found.unverified],
        "pictures": [
            picture
            for picture in (
                _picture(found.by_age, _("Timmar i veckan, efter ålder"), _("Ålder")),
                _picture(found.by_personkrets, _("Timmar i veckan, efter personkrets"), _("Personkrets")),
            )
            if picture.rows
        ],
        "groups": [
            (title, [(line, line.after_s - line.before_s) for line in lines])
            for title, lines in (
                (_("Efter ålder"), found.by_age),
                (_("Efter personkrets"), found.by_personkrets),
                (_("Kommuner där det ändras mest"), places[:MOST_MUNICIPALITIES]),
            )
        ],
        "moved": [
            (_NAMES[before.value](), _NAMES[after.value](), count)
            for (before, after), count in found.moved.items()
            if before != after
        ],
    }


def _picture(lines: tuple[Line, ...], title: str, heading: str) -> BarPicture:
    rows = [
        BarRow(_name(one.name), one.after_s - one.before_s, hours_in_words(one.after_s - one.before_s))
        for one in lines
    ]
    return BarPicture(rows, title, heading, _("timmar i veckan"))


def _name(text: str) -> str:
    return text[:1].upper() + text[1:]


def hours_in_words(seconds: int) -> str:
    """`+1 240 h`, `−12 h`, `0 h`: whole hours, for sums of many."""
    hours = round(seconds / 3600)
    sign = "+" if hours > 0 else "\u2212" if hours < 0 else ""
    return f"{sign}{abs(hours):,}\u00a0h".replace(",", "\u00a0")


_NAMES = {
    "state": lambda: _("statligt beslut"),
    "municipality": lambda: _("kommunalt beslut"),
    "refused": lambda: _("ingen rätt"),
    "unclear": lambda: _("oklart"),
}
