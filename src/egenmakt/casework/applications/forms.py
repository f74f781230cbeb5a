"""What is typed about an application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.applications import rules
from egenmakt.casework.applications.models import AppliedBy, Form
from egenmakt.casework.cases.answering import answer_day_problem
from egenmakt.casework.cases.forms import CheckedForm, choices_of, no_later_than_today, uuid_or_none
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.ui.forms import DateField, DurationField, LongTextField, VersionedForm
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Representative


class ApplicationForm(CheckedForm):
    """The application itself."""

    form = forms.ChoiceField(
        label=_("Hur gjordes ansökan?"), choices=Form.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj om ansökan är skriftlig eller muntlig.")},
    )  # fmt: skip
    received_on = DateField(
        label=_("Vilken dag kom ansökan in?"),
        help_text=_(
            "Dagen den nådde kommunen eller en behörig tjänsteman. Post som låg i brevlådan vid dagens första "
            "tömning räknas till arbetsdagen före (22 § förvaltningslagen)."
        ),
    )
    applied_by = forms.ChoiceField(
        label=_("Vem ansöker?"), choices=AppliedBy.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ansöker.")},
    )  # fmt: skip
    representative = forms.ChoiceField(label=_("Vilken ställföreträdare?"), required=False)
    representation_reason = LongTextField(
        label=_("Varför är det så?"), required=False, rows=2,
        help_text=_("Fyll i om ett barn under 15 år ansöker självt, eller en vårdnadshavare för någon som fyllt 15."),
    )  # fmt: skip
    asks_for = LongTextField(
        label=_("Vad gäller ansökan?"), rows=3,
        help_text=_("Insatsen och omfattningen, så som det står i ansökan."),
        error_messages={"required": _("Skriv vad ansökan gäller.")},
    )  # fmt: skip
    own_words = LongTextField(
        label=_("Med egna ord"), required=False, rows=5,
        help_text=_("Vad personen eller ställföreträdaren själv säger om behovet."),
    )  # fmt: skip
    granted_before_age_limit = forms.BooleanField(
        label=_("Personen hade assistans beviljad före åldersgränsen"), required=False,
    )  # fmt: skip
    current_s_per_week = DurationField(
        label=_("Assistans i dag, timmar i veckan"), required=False, max_seconds=7 * 24 * 2 * 3600
    )

    def __init__(
        self,
        *args: Any,
        representatives: Iterable[Representative] = (),
        person: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.representatives = {str(one.pk): one for one in representatives}
        self.fields["representative"].choices = [  # type: ignore[attr-defined]
            ("", str(_("Välj"))),
            *((key, f"{one.name} ({one.get_kind_display()})") for key, one in self.representatives.items()),
        ]

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        if self.person is None:
            return {}
        by_other = values.get("applied_by") == AppliedBy.REPRESENTATIVE
        return rules.problems(
            self.person,
            self.representatives.get(values.get("representative", "")) if by_other else None,
            form=values.get("form"),
            received_on=values.get("received_on"),
            applied_by=values.get("applied_by"),
            asks_for=values.get("asks_for"),
            representation_reason=values.get("representation_reason", ""),
        )

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        found = dict(self.cleaned_data)
        found["representative_id"] = uuid_or_none(found.pop("representative"))
        found.pop("version", None)
        return found


class RegisterForm(ApplicationForm):
    """A new application, with who is to handle it."""

    unit = forms.ChoiceField(label=_("Enhet"), error_messages={"required": _("Välj en enhet.")})
    officer = forms.ChoiceField(
        label=_("Handläggare"),
        required=False,
        help_text=_("Kan väljas senare. Då syns ärendet hos enhetens chef."),
    )

    def __init__(
        self, *args: Any, units: Iterable[Unit] = (), officers: Iterable[User] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = choices_of(units)  # type: ignore[attr-defined]
        self.fields["officer"].choices = choices_of(officers, str(_("Ingen ännu")))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        found = super().values()
        found["unit_id"] = uuid_or_none(found.pop("unit"))
        found["officer_id"] = uuid_or_none(found.pop("officer"))
        return found


class AuthorityForm(VersionedForm):
    """That the applicant may apply."""

    ground = forms.CharField(
        label=_("Vad visar det?"), max_length=200,
        help_text=_(
            "Till exempel personbevis, förordnande eller fullmakt. Har personen ansökt själv: hur vi vet vem det är."
        ),
        error_messages={"required": _("Skriv vad som visar behörigheten.")},
    )  # fmt: skip
    until = DateField(
        label=_("Gäller till och med"), required=False, help_text=_("Tomt om inget slut är känt.")
    )


class FirstContactForm(VersionedForm):
    """The first contact."""

    day = DateField(label=_("Vilken dag?"))

    how = forms.CharField(
        label=_("Hur och med vem?"), max_length=200, help_text=_("Till exempel telefon med vårdnadshavaren."),
        error_messages={"required": _("Skriv hur ni fick kontakt.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_later_than_today(self, "day")


class SupplementForm(CheckedForm):
    """What the application lacks."""

    what = LongTextField(
        label=_("Vad saknas?"), rows=3, error_messages={"required": _("Skriv vad som saknas.")},
        help_text=_("Skriv så att den som ansökt förstår vad som ska skickas in (20 § förvaltningslagen)."),
    )  # fmt: skip
    asked_on = DateField(label=_("Begärdes"))
    answer_by = DateField(label=_("Svar senast"), help_text=_("En arbetsdag. Förslaget är två veckor fram."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_later_than_today(self, "asked_on")

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        asked_on, answer_by = values.get("asked_on"), values.get("answer_by")
        problem = answer_day_problem(answer_by, asked_on) if asked_on and answer_by else ""
        return {"answer_by": problem} if problem else {}


class ReceivedForm(VersionedForm):
    """What came in to a supplement."""

    received_on = DateField(label=_("Kom in"))

    received = LongTextField(
        label=_("Vad kom in?"), rows=2, error_messages={"required": _("Skriv vad som kom in.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no_later_than_today(self, "received_on")
