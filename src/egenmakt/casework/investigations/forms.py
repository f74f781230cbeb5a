"""The forms of the investigation. A form keeps half-finished work: only a judgement asks for its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.investigations import rules
from egenmakt.casework.investigations.models import Belonging, Difficulty, Evidence, PersonkretsTrial
from egenmakt.foundation import clock
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm


def _text_limit(model: Any, name: str) -> int:
    return int(model._meta.get_field(name).max_length)


class WantedText(LongTextField):
    """A text that the decision will need, but that may be saved before it is written."""

    def validate(self, value: str) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WantedChoice(forms.ChoiceField):
    """A choice that the decision will need, but that may be saved before it is made."""

    def validate(self, value: str) -> None:
        if value not in self.empty_values:
            super().validate(value)


NOT_EXAMINED = gettext_lazy("Inte utrett")


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet. Cleans to True, False or None."""

    def __init__(self, *, unanswered: Any = NOT_EXAMINED, **kwargs: Any) -> None:
        super().__init__(
            choices=[("True", gettext_lazy("Ja")), ("False", gettext_lazy("Nej")), ("", unanswered)],
            coerce=lambda value: {"True": True, "False": False}[value],
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)


class TrialForm(VersionedForm):
    """The trial of the group of persons. The judgement is made by the officer; the answers are her ground."""

    use_required_attribute = False

    diagnosis = forms.CharField(
        label=gettext_lazy("Vilken funktionsnedsättning visar underlagen?"),
        required=False,
        max_length=_text_limit(PersonkretsTrial, "diagnosis"),
    )
    outcome = WantedChoice(
        label=gettext_lazy("Hör personen till personkretsen?"),
        choices=[
            *((value, capfirst(label)) for value, label in Belonging.choices),
            ("", gettext_lazy("Inte bedömt än")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = WantedText(
        label=gettext_lazy("Skäl för bedömningen"),
        help_text=gettext_lazy("Vilka underlag bygger den på, och vad i dem avgör?"),
        rows=6,
    )
    considered = forms.BooleanField(
        label=gettext_lazy("Bedömningen står kvar, av de skäl jag har skrivit"), required=False
    )

    def __init__(self, *args: Any, born: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born
        self.disagreements: list[str] = []
        for one in rules.CRITERIA:
            self.fields[one.field] = YesNoField(label=one.question, help_text=one.plain)

    def questions(self) -> list[tuple[rules.Criterion, forms.BoundField]]:
        """The questions with the words of the law beside them, in order."""
        return [(one, self[one.field]) for one in rules.CRITERIA]

    @property
    def asks(self) -> bool:
        """Whether the form must ask if the judgement stands against the answers."""
        return bool(self.disagreements) or bool(self["considered"].value())

    def answers(self) -> dict[str, bool | None]:
        return {one.field: self.cleaned_data.get(one.field) for one in rules.CRITERIA}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome") or ""
        if outcome and not (cleaned.get("reasons") or "").strip():
            self.add_error("reasons", _("Skriv skälen för bedömningen, eller välj ”Inte bedömt än”."))
        self.disagreements = rules.disagreements(outcome, self.answers(), self.born, clock.today())
        if self.disagreements and not cleaned.get("considered"):
            self.add_error(
                "considered",
                " ".join(self.disagreements)
                + " "
                + _("Ändra svaren eller bedömningen, eller kryssa i att den står kvar."),
            )
        return cleaned


class EvidenceForm(forms.Form):
    """A certificate or statement."""

    title = forms.CharField(
        label=gettext_lazy("Vad det är"),
        help_text=gettext_lazy("Till exempel läkarutlåtande eller psykologutredning."),
        max_length=_text_limit(Evidence, "title"),
        error_messages={"required": gettext_lazy("Skriv vad underlaget är, till exempel läkarutlåtande.")},
    )
    certified_by = forms.CharField(
        label=gettext_lazy("Utfärdat av"),
        help_text=gettext_lazy("Namn och arbetsplats."),
        max_length=_text_limit(Evidence, "certified_by"),
        error_messages={"required": gettext_lazy("Skriv vem som har utfärdat underlaget.")},
    )
    licence = forms.CharField(
        label=gettext_lazy("Legitimation eller titel"),
        required=False,
        max_length=_text_limit(Evidence, "licence"),
    )
    dated = DateField(
        label=gettext_lazy("Daterat"),
        error_messages={"required": gettext_lazy("Skriv vilken dag underlaget är daterat.")},
    )
    summary = LongTextField(
        label=gettext_lazy("Vad det visar"),
        help_text=gettext_lazy("Kort: det som har betydelse för personkretsen."),
        required=False,
        rows=3,
    )

    def clean_dated(self) -> date:
        dated: date = self.cleaned_data["dated"]
        if dated > clock.today():
            raise forms.ValidationError(_("Underlaget kan inte vara daterat framåt i tiden. Rätta datumet."))
        return dated


class LifeAreaForm(VersionedForm):
    """One life area in its short form."""

    use_required_attribute = False

    own_view = WantedText(
        label=gettext_lazy("Personens egen beskrivning"),
        help_text=gettext_lazy("Helst med personens egna ord. Skriv vem som berättar om det är någon annan."),
        rows=8,
    )
    assessment = WantedText(
        label=gettext_lazy("Din bedömning"),
        help_text=gettext_lazy("Vad personen klarar själv, vad som är svårt, och vad du bygger det på."),
        rows=8,
    )
    difficulty = WantedChoice(
        label=gettext_lazy("Grad av svårighet"),
        help_text=gettext_lazy("ICF:s skala. Det är din bedömning, efter att du har hört personen."),
        choices=[("", gettext_lazy("Inte bedömd")), *Difficulty.choices],
    )
    goal = WantedText(
        label=gettext_lazy("Mål"),
        help_text=gettext_lazy("Vad personen vill uppnå, så att det går att följa upp."),
        rows=3,
    )


class AssessmentForm(VersionedForm):
    """The overall assessment."""

    use_required_attribute = False

    own_view = WantedText(
        label=gettext_lazy("Personens egen syn på sina behov"),
        help_text=gettext_lazy("Vad personen själv, eller den som företräder henne, anser att hon behöver."),
        rows=6,
    )
    normalisation = WantedText(
        label=gettext_lazy("Jämförelse med jämnåriga utan funktionsnedsättning"),
        help_text=gettext_lazy(
            "Vad gör andra i samma ålder, och vad hindrar personen från att leva som de? 5 § LSS."
        ),
        rows=6,
    )
    met_otherwise = WantedText(
        label=gettext_lazy("Hur behoven tillgodoses i dag, av vem och hur mycket"),
        help_text=gettext_lazy(
            "Bara hjälp som faktiskt ges räknas, till exempel av förälder, make, skola eller annan insats. "
            "Hjälp som kunde ges är inget skäl för avslag. 7 § LSS."
        ),
        rows=6,
    )
    good_living_conditions = WantedText(
        label=gettext_lazy("Varför insatsen behövs för goda levnadsvillkor"),
        help_text=gettext_lazy("7 § andra stycket LSS."),
        rows=6,
    )
    temporary_protection = YesNoField(
        label=gettext_lazy("Har personen uppehållstillstånd med tillfälligt skydd?"),
        help_text=gettext_lazy(
            "Den som har det har inte rätt till insatser enligt LSS, om ingen insats var beviljad före den "
            "1 november 2024. 7 a § LSS."
        ),
    )


class ChildViewForm(VersionedForm):
    """The child's perspective."""

    use_required_attribute = False

    heard = YesNoField(
        label=gettext_lazy("Har barnet fått komma till tals?"),
        help_text=gettext_lazy(
            "Barnet ska få information och möjlighet att framföra sina åsikter. Också ett barn som inte "
            "talar kan visa vad det vill. 8 § LSS."
        ),
        unanswered=gettext_lazy("Inte besvarat"),
    )
    how = WantedText(
        label=gettext_lazy("Hur barnet hördes, eller varför det inte gick"),
        help_text=gettext_lazy("När, var, av vem och på vilket sätt: samtal, bilder, lek, observation."),
    )
    view = WantedText(
        label=gettext_lazy("Barnets egen åsikt och behov"),
        help_text=gettext_lazy(
            "Vad barnet själv säger eller visar. Om det inte framför någon åsikt: barnets inställning så "
            "långt det går att förstå."
        ),
    )
    best_interests = WantedText(
        label=gettext_lazy("Vad som är bäst för barnet"),
        help_text=gettext_lazy("Din samlade bedömning: trygghet, utveckling, familj, hälsa. 6 a § LSS."),
    )
    effect = WantedText(
        label=gettext_lazy("Hur det påverkar beslutet"),
        help_text=gettext_lazy(
            "Vad i bedömningen eller omfattningen blir annorlunda av det barnet har förmedlat?"
        ),
    )


def initial_of(row: Any, form_class: type[forms.Form]) -> Mapping[str, Any]:
    """What is stored in the row, by the names of the form's fields; nothing when there is no row."""
    if row is None:
        return {}
    names = [*form_class.base_fields, *(one.field for one in rules.CRITERIA)]
    return {name: getattr(row, name) for name in names if name != "version" and hasattr(row, name)}
