"""What the system administrator writes about a colleague's account and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation import clock
from egenmakt.foundation.accounts import queries
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.ui.forms import DateField


class RoleForm(forms.Form):
    """A role, where, and from when to when."""

    role = forms.ChoiceField(
        label=_("Roll"),
        choices=[("", _("Välj en roll")), *((role.value, capfirst(role.label)) for role in Role)],
        error_messages={"required": _("Välj en roll.")},
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Enhet"),
        required=False,
        empty_label=_("Hela kommunen"),
        error_messages={"invalid_choice": _("Välj en av kommunens enheter.")},
    )
    first = DateField(label=_("Från och med"))
    last = DateField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om rollen gäller tills vidare.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - declared above
        unit.queryset = queries.units()
        self.fields["first"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Sista dagen ligger före den första. Välj en senare dag."))
        return cleaned


class NewAccountForm(RoleForm):
    """A colleague with her first role."""

    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Finns kontot redan, till exempel i en annan kommun, får det rollen."),
        error_messages={
            "required": _("Skriv kollegans e-postadress."),
            "invalid": _("Skriv en e-postadress, till exempel namn@exempel.se."),
        },
    )
    name = forms.CharField(
        label=_("Namn"), max_length=120, error_messages={"required": _("Skriv kollegans namn.")}
    )
    title = forms.CharField(label=_("Titel"), max_length=80, required=False)

    field_order = ("email", "name", "title", "role", "unit", "first", "last")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last = DateField(label=_("Sista dagen"), help_text=_("Välj gårdagen om rollen ska upphöra genast."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].initial = clock.today()
