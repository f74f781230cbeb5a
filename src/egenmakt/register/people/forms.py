"""What is written about a person: the number first, then who she is."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation import clock
from egenmakt.foundation.access.actions import LONGEST, SHORTEST_REASON
from egenmakt.foundation.audit.models import Access
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm
from egenmakt.law.identity_numbers import IdentityNumber, NumberType, read_number
from egenmakt.register.people.actions import PersonFacts
from egenmakt.register.people.models import Protection

_PROTECTION = [
    (Protection.NONE.value, _("Nej, det är kontrollerat")),
    (Protection.MARKED.value, _("Ja, sekretessmarkering")),
    (Protection.REGISTRATION.value, _("Ja, skyddad folkbokföring")),
    (Protection.UNKNOWN.value, _("Vet inte än")),
]


_LONGEST = int(LONGEST.total_seconds()) // 3600


class NumberField(forms.CharField):
    """A personal, coordination or reserve number. Cleans to an IdentityNumber or None; shows everything wrong
    at once.
    """

    default_error_messages: ClassVar = {
        "required": _("Skriv personens nummer, eller välj att personen saknar nummer."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}

    def clean(self, value: Any) -> IdentityNumber | None:
        text = super().clean(value)
        if not text:
            return None
        reading = read_number(text, on=clock.today())
        if reading.number is None:
            raise ValidationError([error.message for error in reading.errors])
        if reading.number.type is NumberType.ORGANISATION:
            raise ValidationError(
                _("Det här är ett organisationsnummer. Skriv personens eget nummer."), code="organisation"
            )
        return reading.number


class FindForm(forms.Form):
    """The number of someone about to be registered."""

    number = NumberField(
        label=_("Personnummer, samordningsnummer eller reservnummer"),
        help_text=_("Tio eller tolv tecken, till exempel 20190514-9802."),
    )


class PersonForm(VersionedForm):
    """Who a person is. Everything that is wrong is shown at once."""

    number = NumberField(
        label=_("Personnummer, samordningsnummer eller reservnummer"),
        help_text=_("Lämna tomt om personen saknar nummer."),
        required=False,
    )
    born = DateField(
        label=_("Född"), required=False, help_text=_("Behövs bara om numret saknas eller inte visar det.")
    )
    given_name = forms.CharField(
        label=_("Förnamn"), max_length=80, error_messages={"required": _("Skriv personens förnamn.")}
    )
    family_name = forms.CharField(
        label=_("Efternamn"), max_length=80, error_messages={"required": _("Skriv personens efternamn.")}
    )
    protection = forms.ChoiceField(
        label=_("Har personen skyddade personuppgifter?"),
        help_text=_(
            "Vet du inte än räknas personen som skyddad. Då ser bara namngivna läsare vem hon eller han är, "
            "och du blir den första."
        ),
        choices=_PROTECTION,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Svara på frågan om skyddade personuppgifter. Välj ”Vet inte än” om du inte vet.")
        },
    )
    address = LongTextField(label=_("Adress"), rows=3, required=False, max_length=500)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        error_messages={"invalid": _("Skriv en e-postadress, till exempel namn@exempel.se.")},
    )
    interpreter = forms.CharField(
        label=_("Tolk"),
        max_length=80,
        required=False,
        help_text=_("Språk eller teckenspråk, om personen behöver tolk."),
    )
    communicates_by = forms.CharField(
        label=_("Kommunicerar med"),
        max_length=120,
        required=False,
        help_text=_("Till exempel bilder, tecken som stöd eller talsyntes."),
    )
    easy_read = forms.BooleanField(label=_("Vill ha brev på lättläst svenska"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born = self.fields["born"]
        assert isinstance(born, DateField)  # noqa: S101 - declared above
        born.max_date = clock.today()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, born = cleaned.get("number"), cleaned.get("born")
        told = number.born if number else None
        if "number" in cleaned and "born" in cleaned and told is None and born is None:
            self.add_error("born", _("Skriv vilken dag personen är född. Numret säger det inte."))
        if told and born and told != born:
            self.add_error(
                "born",
                _("Numret visar en annan födelsedag. Rätta numret eller låt det här fältet vara tomt."),
            )
        return cleaned

    def facts(self) -> PersonFacts:
        """What was written, as the action takes it."""
        cleaned = {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "confirmed")
        }
        return PersonFacts(**cleaned | {"protection": Protection(cleaned["protection"])})


class RegisterForm(PersonForm):
    """The same, for someone new; `confirmed` is asked for only when somebody alike is registered already."""

    confirmed = forms.BooleanField(
        label=_("Jag har kontrollerat att det inte är samma person"), required=False
    )


class EditForm(PersonForm):
    """The same, for someone who is registered."""

    died = DateField(label=_("Avliden"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        died, number = cleaned.get("died"), cleaned.get("number")
        born = (number.born if number else None) or cleaned.get("born")
        if died and died > clock.today():
            self.add_error("died", _("Dagen har inte varit än. Kontrollera datumet."))
        if died and born and died < born:
            self.add_error("died", _("Dagen ligger före födelsedagen. Kontrollera datumet."))
        return cleaned


class ColleagueField(forms.ModelChoiceField):
    """A colleague, by name and title."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(filter(None, (obj.name, obj.title)))


class ReaderForm(forms.Form):
    """A colleague who is to see who a protected person is."""

    user = ColleagueField(
        queryset=User.objects.none(),
        label=_("Kollega"),
        empty_label=_("Välj en kollega"),
        error_messages={
            "required": _("Välj en kollega."),
            "invalid_choice": _("Välj någon som har en roll i kommunen i dag."),
        },
    )
    reason = forms.CharField(
        label=_("Skäl"),
        max_length=200,
        help_text=_("Varför behöver kollegan veta vem personen är?"),
        error_messages={"required": _("Skriv varför kollegan behöver veta vem personen är.")},
    )
    until = DateField(
        label=_("Till och med"), required=False, help_text=_("Lämna tomt om det gäller tills vidare.")
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        assert isinstance(user, ColleagueField)  # noqa: S101 - declared above
        user.queryset = colleagues

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data.get("until")
        if until and until < clock.today():
            raise ValidationError(_("Dagen har redan varit. Välj en dag från och med i dag."))
        return until


class EndReaderForm(forms.Form):
    """Why a reader is one no longer."""

    reason = forms.CharField(
        label=_("Skäl"),
        max_length=200,
        error_messages={"required": _("Skriv varför kollegan inte längre ska se vem personen är.")},
    )


class BreakGlassForm(forms.Form):
    """Why a file is opened by someone who has nothing to do with it, and for how long."""

    reason = LongTextField(
        label=_("Varför behöver du öppna akten?"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        help_text=_("Skriv så att den som granskar öppningen förstår, med minst 20 tecken."),
        error_messages={
            "required": _("Skriv varför du behöver öppna akten."),
            "min_length": _("Skriv lite mer, minst 20 tecken. En kollega läser skälet."),
        },
    )
    hours = forms.TypedChoiceField(
        label=_("Hur länge?"),
        coerce=int,
        initial=2,
        choices=[
            (1, _("1 timme")),
            (2, _("2 timmar")),
            (4, _("4 timmar")),
            (_LONGEST, _("8 timmar, det längsta")),
        ],
        error_messages={"required": _("Välj hur länge akten ska vara öppen.")},
    )


class FilterForm(forms.Form):
    """What a list is narrowed by. What cannot be read is left out of account, never an error."""

    use_required_attribute = False

    def wanted(self) -> dict[str, Any]:
        """What was asked for; afterwards no field is shown as optional, since all of them are."""
        self.is_valid()
        read = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        self.errors.clear()
        for field in self.fields.values():
            field.required = True
        return read


class ListFilter(FilterForm):
    """Which persons the list shows."""

    visa = forms.ChoiceField(
        label=_("Visa"),
        required=False,
        choices=[
            ("", _("alla")),
            ("children", _("barn under 18 år")),
            ("adults", _("vuxna")),
            ("protected", _("skyddade personuppgifter")),
        ],
    )


class AccessFilter(FilterForm):
    """Which accesses the log shows."""

    vem = forms.TypedChoiceField(label=_("Vem"), required=False, coerce=UUID, empty_value=None)
    slag = forms.ChoiceField(label=_("Vad"), required=False, choices=[("", _("alla")), *Access.choices])
    fran = DateField(label=_("Från"), required=False)
    till = DateField(label=_("Till och med"), required=False)

    def __init__(self, *args: Any, users: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["vem"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101 - declared above
        who.choices = [("", _("alla")), *((str(user), name) for user, name in users)]
