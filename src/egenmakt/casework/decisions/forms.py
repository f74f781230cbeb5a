"""The forms of the room. A working proposal may be half done; what is missing is told by the quality gate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.decisions.models import DecisionKind, RefusalGround, Service, SupportForm
from egenmakt.casework.decisions.quality_gate import REFUSING, Requirement
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm

_METHODS = list(Service._meta.get_field("method").choices or [])
_NONE = ("", gettext_lazy("Inte valt än"))


class _MayWait:
    """A field that the decision needs, but that a half-done proposal may leave empty: it is not called optional."""

    def validate(self, value: Any) -> None:
        if value not in (None, ""):
            super().validate(value)  # type: ignore[misc]  # mixed into a form field


class _Text(_MayWait, LongTextField):
    pass


class _Choice(_MayWait, forms.ChoiceField):
    pass


class _Day(_MayWait, DateField):
    pass


class ProposalForm(VersionedForm):
    """What the officer proposes, and why."""

    use_required_attribute = False

    kind = _Choice(
        label=gettext_lazy("Vilket beslut föreslår du?"),
        choices=[_NONE, *DecisionKind.choices],
        widget=forms.RadioSelect,
    )
    applied_for = _Text(label=gettext_lazy("Vad ansökan gäller"), rows=3)
    goal = _Text(
        label=gettext_lazy("Mål med insatsen"),
        help_text=gettext_lazy("Vad ska bli möjligt för personen? Skriv så att det går att följa upp."),
        rows=3,
    )
    scope = _Text(label=gettext_lazy("Omfattning och innehåll"), rows=4)
    form_of_support = _Choice(
        label=gettext_lazy("Form för insatsen"),
        choices=[_NONE, *SupportForm.choices],
        widget=forms.RadioSelect,
    )
    starts_on = _Day(label=gettext_lazy("Gäller från och med"))
    ends_on = DateField(
        label=gettext_lazy("Gäller till och med"),
        help_text=gettext_lazy("Lämna tomt om beslutet gäller tills vidare."),
        required=False,
    )
    period_reasons = _Text(label=gettext_lazy("Skäl för tidsgränsen och för hur lång den är"), rows=3)
    review_reservation = LongTextField(label=gettext_lazy("Förbehåll om omprövning"), required=False, rows=2)
    follow_up_on = _Day(label=gettext_lazy("Följs upp senast"))
    reasons = _Text(
        label=gettext_lazy("Skäl för beslutet"),
        help_text=gettext_lazy(
            "Vilka omständigheter avgör, och vilka bestämmelser? Så som en domstol läser."
        ),
        rows=8,
    )
    plain_reasons = _Text(
        label=gettext_lazy("Skälen på klarspråk"),
        help_text=gettext_lazy("Samma skäl, som du skulle säga dem till personen."),
        rows=5,
    )
    refusal_ground = _Choice(
        label=gettext_lazy("Grund för avslaget"),
        choices=[("", gettext_lazy("Inget avslås")), *RefusalGround.choices],
        widget=forms.RadioSelect,
    )
    refused = LongTextField(
        label=gettext_lazy("Vad som inte beviljas"),
        help_text=gettext_lazy("Vid helt avslag behöver du inte skriva något här."),
        required=False,
        rows=2,
    )
    refusal_reasons = _Text(
        label=gettext_lazy("Varför det inte beviljas"),
        help_text=gettext_lazy("Brist på pengar, personal eller platser är aldrig ett lagligt skäl."),
        rows=4,
    )
    guideline_departure = LongTextField(
        label=gettext_lazy("Skäl för att frångå riktlinjen"),
        help_text=gettext_lazy("Bara om beslutet gör det. Riktlinjen är ett stöd och stoppar inget."),
        required=False,
        rows=2,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte ligga före den första. Rätta en av dem."))
        if cleaned.get("kind") and cleaned["kind"] not in REFUSING:
            cleaned["refusal_ground"] = ""  # the choice is hidden when nothing is refused
        return cleaned


class ChecklistForm(forms.Form):
    """The items of the checklist (H-17): for each a yes or no, and what the answer rests on."""

    def __init__(self, *args: Any, items: list[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for one in items:
            self.fields[f"{one.key}-fulfilled"] = forms.TypedChoiceField(
                label=str(one.question),
                choices=[("yes", gettext_lazy("Ja, uppfyllt")), ("no", gettext_lazy("Nej, inte uppfyllt"))],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
                error_messages={"required": _("Svara ja eller nej.")},
            )
            self.fields[f"{one.key}-evidence"] = LongTextField(
                label=_("Underlag"),
                rows=2,
                error_messages={"required": _("Skriv vilket underlag svaret vilar på.")},
            )
            self.fields[f"{one.key}-version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, min_value=0
            )

    def rows(self) -> list[tuple[Requirement, forms.BoundField, forms.BoundField]]:
        """Each item with its two fields."""
        return [(one, self[f"{one.key}-fulfilled"], self[f"{one.key}-evidence"]) for one in self.items]


class ReasonForm(forms.Form):
    """Why a proposal is sent back."""

    reason = LongTextField(
        label=gettext_lazy("Skäl"),
        rows=4,
        error_messages={"required": gettext_lazy("Skriv skälet, så att den andra vet vad som ska göras.")},
    )


class SignForm(forms.Form):
    """The signature. `in_meeting` asks for the meeting where a committee or the board decided."""

    meeting = forms.CharField(
        label=gettext_lazy("Sammanträde och paragraf"),
        help_text=gettext_lazy("Till exempel: Omsorgsnämndens utskott 2026-04-22, § 41."),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Skriv vilket sammanträde som beslutade, datum och paragraf.")
        },
    )

    def __init__(self, *args: Any, in_meeting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_meeting:
            del self.fields["meeting"]


class ServiceForm(forms.Form):
    """The day the person got the decision."""

    served_on = DateField(
        label=gettext_lazy("Dagen då personen fick beslutet"),
        error_messages={"required": gettext_lazy("Skriv vilken dag beslutet nådde fram.")},
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Hur?"),
        choices=_METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj hur beslutet nådde fram.")},
    )
    evidence = forms.CharField(
        label=gettext_lazy("Hur vet vi det?"),
        help_text=gettext_lazy("Till exempel: undertecknat mottagningskvitto."),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv hur vi vet att beslutet nådde fram.")},
    )


class AppealForm(forms.Form):
    """An appeal that has come in."""

    received_on = DateField(
        label=gettext_lazy("Dagen då överklagandet kom in"),
        error_messages={"required": gettext_lazy("Skriv vilken dag överklagandet kom in.")},
    )
    text = LongTextField(label=gettext_lazy("Vad som överklagas"), required=False, rows=3)


class LawDayForm(forms.Form):
    """The day whose law is put beside the law that applies."""

    dag = DateField(
        label=gettext_lazy("Lagen som den var eller blir den dagen"),
        help_text=gettext_lazy("Till exempel 2024-12-31, dagen innan föräldraavdraget halverades."),
        error_messages={"required": gettext_lazy("Skriv vilken dags lag du vill jämföra med.")},
    )
