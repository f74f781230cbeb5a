"""What is typed on the pages of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.cases.models import NoteKind, NoteSource
from egenmakt.casework.cases.rules import Invalid, note_problems, task_problems
from egenmakt.foundation import clock
from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.tenancy.models import Unit
from egenmakt.foundation.ui.dates import short_date
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm
from egenmakt.register.people.models import Person
from egenmakt.register.representatives.models import Consent

Choices = list[tuple[str, str]]


def put_errors(form: forms.BaseForm, invalid: Invalid) -> None:
    """Show what an action refused at the fields of the form, all at once."""
    for name, message in invalid.errors.items():
        form.add_error(name if name in form.fields else None, message)


def no_later_than_today(form: forms.BaseForm, name: str) -> None:
    """Let a date field of a form take no day ahead."""
    form.fields[name].max_date = clock.today()  # type: ignore[attr-defined]


def uuid_or_none(text: Any) -> UUID | None:
    """The id in a choice's value; None for the empty choice."""
    return UUID(str(text)) if text else None


def choices_of(rows: Iterable[User | Unit], empty: str = "") -> Choices:
    """A select's choices: ids and names."""
    return ([("", empty)] if empty else []) + [(str(row.pk), row.name) for row in rows]


class CheckedForm(VersionedForm):
    """A form that says everything at once: what a field cannot be read as, and what the action would refuse.

    `problems` gets what could be read (fields in error are missing) and answers as the action's own check does.
    """

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        """What is wrong with the values, by field."""
        return {}

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, message in self.problems(dict(self.cleaned_data)).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, message)
        return self.cleaned_data


class ClockField(forms.CharField):
    """A clock time as people write it: 14:03, 14.03, 1403, 14. Cleans to (hour, minute); None when empty."""

    default_error_messages = {"invalid": _("Skriv klockslaget, till exempel 14:03.")}

    def clean(self, value: Any) -> tuple[int, int] | None:
        text = str(super().clean(value)).lower().removeprefix("kl").strip(" .")
        if not text:
            return None
        digits = text.replace(".", ":")
        hour, _colon, minute = digits.partition(":") if ":" in digits else (digits[:-2], "", digits[-2:])
        if ":" not in digits and len(digits) <= 2:
            hour, minute = digits, "00"
        if not (
            hour.isdecimal()
            and minute.isdecimal()
            and len(minute) == 2
            and int(hour) < 24
            and int(minute) < 60
        ):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(hour), int(minute)


class NoteForm(CheckedForm):
    """A note in the journal."""

    kind = forms.ChoiceField(
        label=_("Vad gäller anteckningen?"), choices=NoteKind.choices, widget=forms.RadioSelect
    )
    happened_on = DateField(label=_("Vilken dag hände det?"))
    happened_time = ClockField(label=_("Klockan"), required=False, max_length=12)
    source = forms.ChoiceField(
        label=_("Vem kommer uppgiften från?"),
        choices=NoteSource.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Fyll i när en uppgift har kommit in."),
    )
    source_name = forms.CharField(
        label=_("Vem var det?"),
        max_length=160,
        required=False,
        help_text=_("Namn och roll, till exempel rektor."),
    )
    consent = forms.ChoiceField(
        label=_("Vilket samtycke vilar uppgiften på?"),
        required=False,
        help_text=_("Uppgifter från andra hämtas bara in med den enskildes samtycke."),
    )
    without_consent_reason = LongTextField(
        label=_("Varför saknas samtycke?"), required=False, rows=2,
        help_text=_("Till exempel att uppgiften lämnades utan att vi hade frågat."),
    )  # fmt: skip
    text = LongTextField(
        label=_("Anteckning"), rows=8, error_messages={"required": _("Skriv vad som hände.")},
        help_text=_("Skriv kort och sakligt. Vad är fakta, vad är din bedömning, vem sade vad?"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, consents: Iterable[Consent] = (), lock: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lock = lock
        self.fields["consent"].choices = [  # type: ignore[attr-defined]
            ("", str(_("Inget samtycke"))),
            *((str(one.pk), f"{short_date(one.given_on)}: {one.scope}"[:120]) for one in consents),
        ]

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        return note_problems(
            kind=values.get("kind"),
            happened_at=self._happened_at(values),
            source=values.get("source", ""),
            source_name=values.get("source_name", ""),
            on_consent=bool(values.get("consent")),
            without_consent_reason=values.get("without_consent_reason", ""),
            lock=self.lock,
        )

    @staticmethod
    def _happened_at(values: dict[str, Any]) -> datetime | None:
        day, clock_time = values.get("happened_on"), values.get("happened_time")
        if day is None or "happened_time" not in values:
            return None
        hour, minute = clock_time or (0, 0)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SWEDEN)

    def values(self) -> dict[str, Any]:
        """What the actions take. A day without a clock time is kept as the start of the day."""
        found = self.cleaned_data
        return {
            "kind": found["kind"],
            "happened_at": self._happened_at(found),
            "text": found["text"],
            "source": found["source"],
            "source_name": found["source_name"],
            "consent_id": uuid_or_none(found["consent"]),
            "without_consent_reason": found["without_consent_reason"],
        }


class CorrectionForm(forms.Form):
    """A new note that corrects a locked one."""

    text = LongTextField(
        label=_("Rättelse"), rows=6,
        help_text=_("Skriv vad som var fel och vad som är rätt. Den gamla anteckningen står kvar."),
    )  # fmt: skip


class TaskForm(CheckedForm):
    """A task."""

    title = forms.CharField(
        label=_("Vad ska göras?"), max_length=200,
        help_text=_("Syns i listor. Skriv inga personnummer, och inte namn på en skyddad person."),
        error_messages={"required": _("Skriv vad som ska göras.")},
    )  # fmt: skip
    assignee = forms.ChoiceField(label=_("Vem gör det?"), required=False)
    due_on = DateField(label=_("Senast"), required=False)
    due_reason = forms.CharField(label=_("Varför då?"), max_length=200, required=False)
    waits_for = forms.CharField(
        label=_("Väntar på"), max_length=200, required=False,
        help_text=_("Om någon annan måste göra något först, till exempel regionen."),
    )  # fmt: skip
    waits_since = DateField(label=_("Väntar sedan"), required=False)

    def __init__(
        self, *args: Any, colleagues: Iterable[User] = (), person: Person | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["assignee"].choices = choices_of(colleagues, str(_("Ingen ännu")))  # type: ignore[attr-defined]

    def problems(self, values: dict[str, Any]) -> dict[str, str]:
        return task_problems(self.person, values)

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        found = dict(self.cleaned_data)
        found["assignee_id"] = uuid_or_none(found.pop("assignee"))
        found.pop("version", None)
        return found


class OfficerForm(VersionedForm):
    """Who handles the case."""

    officer = forms.ChoiceField(
        label=_("Handläggare"), error_messages={"required": _("Välj en handläggare.")}
    )

    def __init__(self, *args: Any, officers: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = choices_of(officers, str(_("Välj")))  # type: ignore[attr-defined]


class UnitForm(VersionedForm):
    """Which unit has the case."""

    unit = forms.ChoiceField(label=_("Enhet"), error_messages={"required": _("Välj en enhet.")})

    def __init__(self, *args: Any, units: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = choices_of(units)  # type: ignore[attr-defined]


class CoworkerForm(forms.Form):
    """Someone else who is to work on the case."""

    user = forms.ChoiceField(label=_("Kollega"), error_messages={"required": _("Välj en kollega.")})
    reason = forms.CharField(
        label=_("Varför?"),
        max_length=200,
        error_messages={"required": _("Skriv varför kollegan ska arbeta i ärendet.")},
    )
    until = DateField(label=_("Till och med"), required=False)

    def __init__(self, *args: Any, officers: Iterable[User] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = choices_of(officers, str(_("Välj")))  # type: ignore[attr-defined]


class CloseForm(VersionedForm):
    """Why the case is closed."""

    reason = LongTextField(
        label=_("Varför avslutas ärendet?"), rows=4,
        help_text=_("Skälet blir en låst anteckning i journalen."),
        error_messages={"required": _("Skriv varför ärendet avslutas.")},
    )  # fmt: skip


class CaseFilterForm(forms.Form):
    """What a list of cases shows."""

    nummer = forms.CharField(label=_("Ärendenummer"), max_length=20, required=False)
    lage = forms.ChoiceField(
        label=_("Läge"), required=False,
        choices=[("open", _("Pågående")), ("closed", _("Avslutade")), ("all", _("Alla"))],
    )  # fmt: skip
    vems = forms.ChoiceField(
        label=_("Handläggare"), required=False,
        choices=[("all", _("Alla")), ("mine", _("Mina")), ("none", _("Utan handläggare"))],
    )  # fmt: skip
    enhet = forms.ChoiceField(label=_("Enhet"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_rows = list(units)
        self.use_required_attribute = False
        self.fields["enhet"].choices = choices_of(self.unit_rows, str(_("Alla")))  # type: ignore[attr-defined]

    def shown(self, chosen: dict[str, Any]) -> CaseFilterForm:
        """The same filter with what was chosen in it, shown without "(frivilligt)": a filter is nothing else."""
        form = CaseFilterForm(
            initial={"lage": "open", "vems": "all"} | chosen, units=self.unit_rows, auto_id="filter_%s"
        )
        for field in form.fields.values():
            field.required = True
        return form
