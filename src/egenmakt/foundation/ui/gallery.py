"""What the gallery of components shows: invented people and figures, with dates around today."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.foundation import clock
from egenmakt.foundation.ui.conflicts import StaleVersion, differences
from egenmakt.foundation.ui.drafts import Offered, Restored, restore
from egenmakt.foundation.ui.forms import DateField, DurationField, LongTextField, NumberField, VersionedForm
from egenmakt.foundation.ui.pictures import (
    Banner,
    BarPicture,
    BarRow,
    DayMark,
    DeadlinePicture,
    Mark,
    Segment,
    Span,
    Step,
    StepPicture,
    TimePicture,
    TimeRow,
    WeekPicture,
    WeekRow,
)


class ExampleForm(VersionedForm):
    """One of every kind of field."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=80)
    arrived = DateField(
        label=gettext_lazy("När kom ansökan in?"),
        help_text=gettext_lazy("Dagen då kommunen fick den. Till exempel 2026-03-01."),
        error_messages={"required": gettext_lazy("Skriv vilken dag ansökan kom in.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Hur kom den in?"),
        choices=[
            ("", gettext_lazy("Välj")),
            ("letter", gettext_lazy("Brev")),
            ("oral", gettext_lazy("Muntligt")),
        ],
    )
    by = forms.ChoiceField(
        label=gettext_lazy("Vem ansöker?"),
        widget=forms.RadioSelect,
        choices=[
            ("self", gettext_lazy("Personen själv")),
            ("guardian", gettext_lazy("Vårdnadshavare")),
            ("trustee", gettext_lazy("God man eller förvaltare")),
        ],
    )
    measures = forms.MultipleChoiceField(
        label=gettext_lazy("Vad gäller ansökan?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("9.2", gettext_lazy("Personlig assistans")),
            ("9.3", gettext_lazy("Ledsagarservice")),
            ("9.4", gettext_lazy("Kontaktperson")),
        ],
    )
    weekly = DurationField(
        label=gettext_lazy("Hjälp per vecka"),
        help_text=gettext_lazy("Till exempel 2,5 eller 2:30 eller 2 h 30 min."),
        required=False,
    )
    amount = NumberField(label=gettext_lazy("Belopp"), required=False)
    text = LongTextField(
        label=gettext_lazy("Bakgrund"),
        help_text=gettext_lazy("Skriv kort och sakligt, och bara det som behövs."),
    )
    informed = forms.BooleanField(
        label=gettext_lazy("Personen har fått veta vad kommunen sparar"), required=False
    )


class NoteForm(VersionedForm):
    text = LongTextField(label=gettext_lazy("Anteckning"))


FINDING: dict[str, Any] = {
    "rule": "right",
    "citation": "9 § 2 LSS (SFS 2010:480)",
    "outcome": "met",
    "reason": "Personen har rätt till 15 h 45 min personlig assistans i veckan från kommunen.",
    "facts": {"from": "2026-03-01", "to": "2026-04-30", "decider": "municipality"},
    "result": 56700,
    "children": [
        {
            "rule": "has_basic_needs",
            "citation": "9 a § första stycket LSS (SFS 2022:1252)",
            "outcome": "met",
            "reason": "Personen behöver hjälp med grundläggande behov 7 h 45 min i veckan "
            "efter föräldraavdrag.",
            "facts": {"basic_s": 59400, "basic_deduction_s": 31500},
            "result": 27900,
            "children": [
                {
                    "rule": "ground",
                    "citation": "9 a § första stycket 2 LSS (SFS 2022:1252)",
                    "outcome": "met",
                    "reason": "Dusch: 30 min, en gång om dagen. Räknas som grundläggande behov: "
                    "personlig hygien, och hjälpen är av privat och integritetskänsligt slag.",
                    "facts": {
                        "need": "hygiene",
                        "minutes": "30",
                        "times": 1,
                        "per": "day",
                        "weekly_s": 12600,
                    },
                    "result": 12600,
                    "children": [],
                },
                {
                    "rule": "ground",
                    "citation": "9 a § femte stycket LSS (SFS 2022:1252)",
                    "outcome": "not_met",
                    "reason": "Kateterisering: 10 min, 4 gånger om dagen. Räknas inte: det är hälso- "
                    "och sjukvård, och ingen har bedömt att den kan utföras som egenvård.",
                    "facts": {"need": "other", "minutes": "10", "times": 4, "per": "day", "weekly_s": 16800},
                    "result": 0,
                    "children": [],
                },
            ],
        },
        {
            "rule": "basic_after_s",
            "citation": "9 f § andra stycket LSS (SFS 2022:1252)",
            "outcome": "met",
            "reason": "Föräldraavdraget från grundläggande behov är 8 h 45 min i veckan för 7 dygn.",
            "facts": {"age": 6, "per_day_s": 4500, "days_per_week": 7},
            "result": 27900,
            "children": [],
        },
        {
            "rule": "belongs",
            "citation": "1 § LSS (SFS 1993:387)",
            "outcome": "unclear",
            "reason": "Det är inte prövat om personen hör till personkretsen.",
            "facts": {"tried": False},
            "result": "unknown",
            "children": [],
        },
    ],
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery's template names."""
    today = clock.today()
    week = timedelta(weeks=1)
    moment = datetime.combine(today, time(14, 3), clock.SWEDEN)
    wrong = ExampleForm({"arrived": "i förrgår", "by": "", "weekly": "en stund", "text": "", "version": "3"})
    posted = NoteForm(
        {"version": "3", "text": "Mamman ringde. Hon vill att vi möts hemma den 3 mars.\nJag bokade tolk."}
    )
    posted.is_valid()
    stale = StaleVersion(
        current={"text": "Mamman ringde och bad om ett möte hemma."},
        posted={"text": posted["text"].value()},
        version=4,
        saved_by="Amira Lindqvist",
        saved_at=moment,
    )
    return {
        "banner": Banner(
            name="Stina Ek",
            number="20190514-9803",
            age=6,
            representative="Mona Ek och Ali Ek, vårdnadshavare",
            communicate="Teckenspråkstolk",
            decided="15:45 h i veckan",
            href="#banner",
            case="2026-0042",
            case_href="#banner",
        ),
        "protected": Banner(name="Skyddad person", number="", protected=True, decided="8:00 h i veckan"),
        "moment": moment,
        "today": today,
        "kept": restore(request, ExampleForm, "gallery:form", 3, {"weekly": 9000, "arrived": today}),
        "wrong": wrong,
        "search": ExampleForm(auto_id="sok_%s"),
        "draft": Restored(NoteForm(), "gallery:note", 3, 1, moment),
        "behind": Restored(
            NoteForm(initial={"text": "Mamman ringde och bad om ett möte hemma."}),
            "gallery:behind",
            4,
            1,
            moment,
            behind=True,
            offered=[Offered("Anteckning", "Mamman ringde. Hon vill att vi möts hemma den 3 mars.")],
        ),
        "stale": stale,
        "differences": differences(stale, posted),
        "finding": FINDING,
        "week": WeekPicture(
            [
                WeekRow(
                    _("Grundläggande behov"),
                    [
                        Segment(_("Personlig hygien"), 18900),
                        Segment(_("Måltider"), 14700),
                        Segment(_("Av- och påklädning"), 9450),
                        Segment(_("Kommunikation"), 12600),
                        Segment(_("Andning"), 3750),
                    ],
                    deduction_s=31500,
                    line=True,
                ),
                WeekRow(
                    _("Andra personliga behov"),
                    [Segment(_("Fritid"), 25200), Segment(_("Förflyttning"), 10800)],
                    deduction_s=6300,
                ),
            ],
        ),
        "steps": StepPicture(
            _("Timmar per vecka"),
            [
                Step(today - 20 * week, today + 8 * week, 56700),
                Step(today + 8 * week + timedelta(days=1), today + 34 * week, 72900, _("fyller 7 år")),
                Step(today + 34 * week + timedelta(days=1), today + 52 * week, 79200, _("fyller 8 år")),
            ],
            today,
        ),
        "bars": TimePicture(
            _("Insatser"),
            [
                TimeRow(
                    _("Personlig assistans, 9 § 2"),
                    [
                        Span(today - 60 * week, today - 20 * week, "12:30", "ended"),
                        Span(today - 20 * week + timedelta(days=1), today + 32 * week, "15:45", "in_force"),
                        Span(today + 32 * week + timedelta(days=1), None, "20:15", "proposed"),
                    ],
                ),
                TimeRow(
                    _("Korttidsvistelse, 9 § 6"),
                    [Span(today + 6 * week, None, _("4 dygn i månaden"), "decided")],
                ),
            ],
            today - 40 * week,
            today + 60 * week,
            today,
            [Mark(today + 8 * week, _("Stina fyller 7 år")), Mark(today + 32 * week, _("beslutet slutar"))],
        ),
        "groups": BarPicture(
            [
                BarRow("0–6 år", -5400, "−1 500 h"),
                BarRow("7–11 år", 12600, "+3 500 h"),
                BarRow("12–17 år", 0, "0 h"),
            ],
            "Timmar i veckan, efter ålder",
            "Ålder",
            "timmar i veckan",
        ),
        "strip": DeadlinePicture(
            today,
            [
                DayMark(
                    today - timedelta(days=today.weekday()),
                    _("Kontakta Nils Falk (ansökan kom för två veckor sedan)"),
                    "late",
                    "#",
                ),
                DayMark(today + timedelta(days=2), _("Svar från Mona Ek på kommuniceringen"), "soon", "#"),
                DayMark(today + timedelta(days=2), _("Uppföljning med Sven Ö"), "info", "#"),
                DayMark(today + timedelta(days=16), _("Beslut till Stina Ek senast"), "soon", "#"),
                DayMark(today + timedelta(days=23), _("Överklagandetiden går ut för Olle By"), "info", "#"),
            ],
        ),
        "rows": [
            {
                "name": "Stina Ek",
                "case": "2026-0042",
                "due": today + timedelta(days=16),
                "status": "soon",
                "word": _("snart"),
                "s": 56700,
            },
            {
                "name": "Nils Falk",
                "case": "2026-0017",
                "due": today - timedelta(days=3),
                "status": "late",
                "word": _("för sent"),
                "s": 72000,
            },
            {
                "name": "<script>alert('x')</script>",
                "case": "2026-0009",
                "due": today + timedelta(days=60),
                "status": "done",
                "word": _("klart"),
                "s": 3900,
            },
        ],
    }
