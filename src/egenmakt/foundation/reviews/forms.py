"""What a reviewer writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.access.models import Outcome
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.ui.forms import LongTextField, VersionedForm


class OpeningReviewForm(forms.Form):
    """What the review of an opening showed."""

    review = LongTextField(
        label=_("Vad kom du fram till?"),
        help_text=_("Var skälet gott nog? Lästes bara det som behövdes?"),
        max_length=4000,
        error_messages={"required": _("Skriv vad du kom fram till.")},
    )


class SampleForm(forms.Form):
    """Where to draw a sample."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Enhet"),
        error_messages={"required": _("Välj en enhet."), "invalid_choice": _("Välj en av enheterna.")},
    )

    def __init__(self, *args: Any, units: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - declared above
        unit.queryset = units
        unit.required = not whole
        unit.empty_label = _("Hela kommunen") if whole else _("Välj en enhet")


class LogReviewForm(VersionedForm):
    """What a sample of the log showed."""

    outcome = forms.ChoiceField(
        label=_("Vad visade urvalet?"),
        choices=[(one.value, capfirst(one.label)) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad urvalet visade.")},
    )
    note = LongTextField(
        label=_("Anteckning"),
        required=False,
        max_length=4000,
        help_text=_("Skriv vad som ska följas upp, av vem. Nämn inga namn på enskilda."),
    )
