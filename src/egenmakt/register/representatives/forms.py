"""What is written about representatives and consents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation import clock
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm
from egenmakt.register.people.forms import NumberField
from egenmakt.register.representatives.actions import RepresentativeFacts
from egenmakt.register.representatives.models import RepresentativeKind


class RepresentativeForm(VersionedForm):
    """Who acts for a person, in what, on what ground, and until when."""

    kind = forms.ChoiceField(
        label=_("Vad är hon eller han för personen?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in RepresentativeKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad för slags ställföreträdare det är.")},
    )
    name = forms.CharField(
        label=_("Namn"), max_length=160, error_messages={"required": _("Skriv ställföreträdarens namn.")}
    )
    number = NumberField(label=_("Personnummer"), required=False)
    address = LongTextField(label=_("Adress"), rows=3, required=False, max_length=500)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        error_messages={"invalid": _("Skriv en e-postadress, till exempel namn@exempel.se.")},
    )
    scope = forms.CharField(
        label=_("Omfattning"),
        max_length=200,
        required=False,
        help_text=_("Vad får hon eller han göra? Behövs för fullmakt, god man och förvaltare."),
    )
    evidence = forms.CharField(
        label=_("Styrks av"),
        max_length=200,
        required=False,
        help_text=_("Vilken handling visar det? Behövs för fullmakt, god man och förvaltare."),
    )
    first = DateField(label=_("Från och med"))
    last = DateField(
        label=_("Till och med"),
        required=False,
        help_text=_("Lämna tomt om det gäller tills vidare. För vårdnadshavare är det till 18 år."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = clock.today()

    def facts(self) -> RepresentativeFacts:
        """What was written, as the action takes it."""
        written = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return RepresentativeFacts(**written | {"kind": RepresentativeKind(written["kind"])})


class EndForm(forms.Form):
    """The last day of someone's authority."""

    last = DateField(label=_("Sista dagen"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].initial = clock.today()


class ConsentForm(forms.Form):
    """What a person agrees to."""

    scope = LongTextField(
        label=_("Vad gäller samtycket?"),
        help_text=_("Vilka uppgifter får hämtas eller lämnas, till eller från vem, och för vad?"),
        rows=4,
        error_messages={"required": _("Skriv vad samtycket gäller: vilka uppgifter, från vem.")},
    )
    given_by = forms.CharField(
        label=_("Lämnat av"),
        max_length=160,
        help_text=_("Personen själv, eller den ställföreträdare som samtycker."),
        error_messages={"required": _("Skriv vem som lämnade samtycket.")},
    )
    given_on = DateField(label=_("Lämnat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = clock.today()


class WithdrawForm(forms.Form):
    """The day a consent was withdrawn."""

    withdrawn_on = DateField(label=_("Återkallat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].initial = clock.today()
