"""What one may ask the law pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.ui.forms import DateField


class LawSearch(forms.Form):
    """Words, and the day on which the law is shown."""

    q = forms.CharField(
        label=_("Ord eller paragraf"),
        required=False,
        max_length=100,
        help_text=_("Till exempel sondmatning eller 9 f §."),
    )
    dag = DateField(label=_("Som lagen är den dag"), required=False)


class ChangeSearch(forms.Form):
    """The day on which something changes."""

    dag = DateField(label=_("Dag då något ändras"), required=False)


class DayShown(forms.Form):
    """The day on which a rule is shown."""

    dag = DateField(label=_("Som lagen är den dag"), required=False)
