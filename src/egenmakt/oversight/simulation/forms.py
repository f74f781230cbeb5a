"""The question: which people, which day, and what the law would say instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt import law
from egenmakt.foundation.ui.forms import DateField, DurationField, NumberField, PageForm
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.parameters.model import Dated
from egenmakt.law.population.values import Change
from egenmakt.law.rules import Reading

COUNTRY, OWN = "landet", "egna"
_DAY_S = 24 * 3600
# Parameters that are one number: the field's name and label.
_NUMBERS = {
    "basic_needs_threshold": gettext_lazy("Gränsen för statens ansvar, timmar i veckan"),
    "municipal_share_hours": gettext_lazy("Kommunens del av statens beslut, timmar i veckan"),
    "waiting_divisor": gettext_lazy("Väntetid delas med"),
    "standby_divisor": gettext_lazy("Beredskap delas med"),
}


_READ = "tolkning_"
_QUESTIONS = {
    "deduction_and_second_assistant": gettext_lazy("Föräldraavdrag när två assistenter behövs"),
    "deduction_and_part_of_week": gettext_lazy("Föräldraavdrag när assistans lämnas en del av veckan"),
    "weeks_in_half_year": gettext_lazy("Veckor i ett halvår"),
}


class SimulationForm(PageForm):
    """The law of a day with other values. Fields are filled in with what the law says that day.

    Raises NoParameter when the law has no values for the day.
    """

    underlag = forms.ChoiceField(
        label=gettext_lazy("Vilka räknas?"),
        widget=forms.RadioSelect,
        choices=[
            (COUNTRY, gettext_lazy("Ett påhittat land med lika många som har assistans i Sverige")),
            (OWN, gettext_lazy("Kommunens gällande beslut")),
        ],
    )
    dag = DateField(
        label=gettext_lazy("Dagen det gäller"),
        error_messages={"required": gettext_lazy("Skriv vilken dag lagen ska räknas för.")},
    )

    def __init__(self, data: Any, day: date, readings: tuple[str, ...] = ()) -> None:
        """`readings` are those the municipality has chosen; the usual ones hold where it has chosen none."""
        self.day = day
        self.chosen = readings
        self.brackets = _brackets(day)
        self.laid_in: dict[str, int] = {}
        super().__init__(data, initial={"underlag": COUNTRY, "dag": day})
        for name, label in _NUMBERS.items():
            self._add(
                name, NumberField(label=label, whole=True, min_value=1, max_value=168), _number(name, day)
            )
        for dated in self.brackets:
            ages = for_ages(dated)
            for part, told in (("basic", _("Grundläggande behov, %s")), ("other", _("Andra behov, %s"))):
                field = DurationField(label=told % ages, max_seconds=_DAY_S)
                self._add(f"{part}_{dated.low}", field, _part(dated, part))

        for question, ways in open_questions().items():
            choices = [(one.name, one.sentence) for one in ways]
            asked = str(_QUESTIONS.get(question, question.replace("_", " ")))
            self.fields[f"{_READ}{question}"] = forms.ChoiceField(
                label=asked, choices=choices, widget=forms.RadioSelect
            )
            self.initial[f"{_READ}{question}"] = next(
                (one.name for one in ways if one.name in readings),
                next(one.name for one in ways if one.usual),
            )

    def _add(self, name: str, field: forms.Field, laid_in: int) -> None:
        self.fields[name] = field
        self.initial[name] = self.laid_in[name] = laid_in

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields of the parameters that are one number."""
        return [self[name] for name in _NUMBERS]

    @property
    def readings(self) -> list[forms.BoundField]:
        """The fields of what the law leaves open."""
        return [self[name] for name in self.fields if name.startswith(_READ)]

    @property
    def read_as(self) -> tuple[str, ...]:
        """The readings asked for, one for each open question."""
        return tuple(value for name, value in self.cleaned_data.items() if name.startswith(_READ))

    @property
    def deduction(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The table of the parental deduction: ages, and the field of each part."""
        return [(for_ages(one), self[f"basic_{one.low}"], self[f"other_{one.low}"]) for one in self.brackets]

    def changes(self) -> dict[str, Change]:
        """The parameters that are not as the law has them; whole tables. Empty when nothing is changed."""
        asked: Mapping[str, Any] = self.cleaned_data
        found: dict[str, Change] = {
            name: int(asked[name]) for name in _NUMBERS if int(asked[name]) != self.laid_in[name]
        }
        table = {
            one.low or 0: {
                f"{part}_s_per_day": int(asked[f"{part}_{one.low}"]) for part in ("basic", "other")
            }
            for one in self.brackets
        }
        if any(
            _part(one, part) != table[one.low or 0][f"{part}_s_per_day"]
            for one in self.brackets
            for part in ("basic", "other")
        ):
            # nobody older than the table has any deduction
            last = max((one.high or 0) for one in self.brackets)
            found["parental_deduction"] = table | {
                last + 1: dict.fromkeys(("basic_s_per_day", "other_s_per_day"), 0)
            }
        return found


def open_questions() -> dict[str, list[Reading]]:
    """What the law leaves open, with the ways to read it that ask nothing which is not known of everyone."""
    found: dict[str, list[Reading]] = {}
    for one in READINGS:
        if not one.asks_for:
            found.setdefault(one.question, []).append(one)
    return {question: ways for question, ways in found.items() if len(ways) > 1}


def for_ages(dated: Dated) -> str:
    """`1–6 år`, `0 år`."""
    if dated.low == dated.high:
        return _("%s år") % dated.low
    return _("%(low)s–%(high)s år") % {"low": dated.low, "high": dated.high}


def _brackets(day: date) -> list[Dated]:
    values = [
        one for one in law.parameter("parental_deduction").values if day in one.period and (one.low or 0) < 18
    ]
    if not values:
        law.parameter("parental_deduction").at(day, age=0)  # says that there is none
    return sorted(values, key=lambda one: one.low or 0)


def _number(name: str, day: date) -> int:
    value = law.parameter(name).at(day).value
    assert isinstance(value, int)  # noqa: S101 - these parameters are whole numbers
    return value


def _part(dated: Dated, part: str) -> int:
    assert isinstance(dated.value, Mapping)  # noqa: S101 - the table has two parts
    return int(dated.value[f"{part}_s_per_day"])
