"""What is typed when material is put to the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.forms import CheckedForm, no_later_than_today
from egenmakt.casework.communication import rules
from egenmakt.casework.communication.models import Channel, OralKind, Waiver
from egenmakt.casework.communication.queries import Offered
from egenmakt.foundation.ui.dates import short_date
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm


class SendForm(CheckedForm):
    """What is put to the person, how, and by when she may answer."""

    materials = forms.MultipleChoiceField(
        label=_("Underlag som personen ska få ta del av"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Allt som har betydelse för beslutet ska med (25 § förvaltningslagen)."),
    )  # fmt: skip
    proposal = LongTextField(
        label=_("Vad tänker du föreslå?"), required=False, rows=6,
        help_text=_("Skriv så att personen förstår vad förslaget betyder, timmar i veckan och varför."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("Hur får personen materialet?"), widget=forms.RadioSelect,
        choices=Channel.choices,
        help_text=_("Brev och digital brevlåda: programmet gör brevet, och dagen är i dag."),
        error_messages={"required": _("Välj hur materialet lämnas.")},
    )  # fmt: skip
    sent_on = DateField(
        label=_("Lämnades"), required=False, help_text=_("Bara vid möte eller telefon. Tomt betyder i dag.")
    )
    answer_by = DateField(label=_("Svar senast"), help_text=_("En arbetsdag. Förslaget är två veckor fram."))

    def __init__(
        self, *args: Any, offered: Iterable[Offered] = (), opened_on: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = list(offered)
        self.offered = [one.key for one in offered]
        self.opened_on = opened_on
        self.fields["materials"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.title}, {one.source}, {short_date(one.dated)}") for one in offered
        ]
        self.has_materials = bool(offered)

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        if self.opened_on is None:
            return {}
        if "sent_on" in values:
            values["sent_on"] = rules.sent_on(values.get("channel"), values["sent_on"])
        return rules.problems(values, offered=self.offered, opened_on=self.opened_on)


class AnswerForm(VersionedForm):
    """What the person answered."""

    answered_on = DateField(label=_("Svaret kom"))

    answer = LongTextField(
        label=_("Vad svarade personen?"),
        rows=5,
        error_messages={"required": _("Skriv vad personen svarade.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_later_than_today(self, "answered_on")


class ExtendForm(VersionedForm):
    """More time to answer."""

    answer_by = DateField(label=_("Ny sista dag att svara"))


class WaiveForm(forms.Form):
    """Why the material is not put to the person."""

    waiver = forms.ChoiceField(
        label=_("Vilket av lagens skäl?"), choices=Waiver.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett av lagens skäl.")},
    )  # fmt: skip
    reason = LongTextField(
        label=_("Varför gäller det här?"), rows=3,
        error_messages={"required": _("Skriv varför skälet gäller i det här ärendet.")},
    )  # fmt: skip


class OralForm(forms.Form):
    """What the person has said."""

    kind = forms.ChoiceField(
        label=_("Hur lämnades uppgifterna?"), choices=OralKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur uppgifterna lämnades.")},
    )  # fmt: skip
    happened_on = DateField(label=_("Vilken dag?"))

    before = forms.CharField(
        label=_("Vem tog emot dem?"), max_length=160,
        error_messages={"required": _("Skriv vem som tog emot uppgifterna.")},
    )  # fmt: skip
    text = LongTextField(
        label=_("Vad sade personen?"), rows=5, error_messages={"required": _("Skriv vad personen sade.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_later_than_today(self, "happened_on")
