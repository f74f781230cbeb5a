"""Form fields that read what people write: dates, durations, numbers, long texts.

Errors say what to do. Every field shows again exactly what was typed when it could not be read.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "augusti august aug", "september sep sept", "oktober october okt oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_DAY_MONTH = re.compile(r"(?:den\s+)?(\d{1,2})\s*[/.]\s*(\d{1,2})\.?\s*[/\-]?\s*(\d{4})")
_WORDS = re.compile(r"(?:den\s+)?(\d{1,2})\.?\s+([a-zåäö]+)\.?\s+(\d{4})")

_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?")
_UNITS = re.compile(
    r"(?:(?P<h>\d+(?:[.,]\d+)?)\s*(?:h|t|tim|timme|timmar))?\s*"
    r"(?:(?P<m>\d+(?:[.,]\d+)?)\s*(?:(?P<mu>m|min|minut|minuter)|$))?\s*"
    r"(?:(?P<s>\d+)\s*(?:s|sek|sekund|sekunder))?"
)
_NUMBER = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?")


class Unreadable(ValueError):
    """The text is not a date, a duration or a number in any of the ways people write them."""


def read_date(text: str) -> date:
    """The date in `2026-11-21`, `20261121`, `21/11 2026`, `21 november 2026` or `21 May 2026`. Raises Unreadable."""
    wanted = " ".join(text.lower().split())
    if found := _ISO.fullmatch(wanted):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_MONTH.fullmatch(wanted):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _WORDS.fullmatch(wanted)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2]], int(found[3])
    else:
        raise Unreadable(text)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(text) from error


def read_duration(text: str, bare_unit: str = "hours") -> int:
    """Whole seconds in `2,5`, `2:30`, `2 h 30 min`, `45 min` or `90 s`, rounded half up. Raises Unreadable.

    A bare number is hours, or minutes when `bare_unit` says so.
    """
    wanted = " ".join(text.lower().split()).replace("\u00a0", " ")
    if not wanted:
        raise Unreadable(text)
    if found := _CLOCK.fullmatch(wanted):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        if minutes > 59 or seconds > 59:
            raise Unreadable(text)
        return hours * 3600 + minutes * 60 + seconds
    if _NUMBER.fullmatch(wanted):
        number = _decimal(wanted)
        if number < 0:
            raise Unreadable(text)
        return _whole(number * (3600 if bare_unit == "hours" else 60))
    found = _UNITS.fullmatch(wanted)
    if not found or (found["m"] and not found["mu"] and not found["h"]):
        raise Unreadable(text)
    total = _decimal(found["h"] or "0") * 3600 + _decimal(found["m"] or "0") * 60 + Decimal(found["s"] or 0)
    return _whole(total)


def read_number(text: str) -> Decimal:
    """The number in `2,5`, `2.5` or `1 250,50`. Raises Unreadable."""
    wanted = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not _NUMBER.fullmatch(wanted):
        raise Unreadable(text)
    return _decimal(wanted)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ".").replace("−", "-"))
    except InvalidOperation as error:
        raise Unreadable(text) from error


def _whole(seconds: Decimal) -> int:
    return int(seconds + Decimal("0.5"))


class DateWidget(forms.TextInput):
    """A text with a native picker beside it; the picker is added by date.js, the text works alone."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return value.isoformat()[:10]
        return super().format_value(value)


class DurationWidget(forms.TextInput):
    """Seconds shown as `h:mm`, or as minutes."""

    unit = "hours"

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return super().format_value(value)
        if self.unit == "minutes":
            return _plain(Decimal(value) / 60)
        minutes, seconds = divmod(value, 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


class NumberWidget(forms.TextInput):
    """A number with a decimal comma."""

    def format_value(self, value: Any) -> str | None:
        return _plain(value) if isinstance(value, Decimal | int | float) else super().format_value(value)


def _plain(value: Any) -> str:
    text = f"{Decimal(str(value)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


class DateField(forms.Field):
    """A date, written in any of the usual ways. Cleans to `date` or None."""

    widget = DateWidget
    default_error_messages: ClassVar = {
        "required": _("Skriv ett datum, till exempel 2026-03-01."),
        "invalid": _(
            "Det här går inte att läsa som ett datum. Skriv till exempel 2026-03-01 eller 1 mars 2026."
        ),
        "min_date": _("Datumet ska vara %(limit)s eller senare."),
        "max_date": _("Datumet ska vara %(limit)s eller tidigare."),
    }

    def __init__(self, *, min_date: date | None = None, max_date: date | None = None, **kwargs: Any) -> None:
        self.min_date, self.max_date = min_date, max_date
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except Unreadable as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        for code, limit, wrong in (
            ("min_date", self.min_date, self.min_date is not None and value < self.min_date),
            ("max_date", self.max_date, self.max_date is not None and value > self.max_date),
        ):
            if wrong and limit is not None:
                raise ValidationError(
                    self.error_messages[code], code=code, params={"limit": limit.isoformat()}
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class DurationField(forms.Field):
    """A length of time. Cleans to whole seconds or None. `unit="minutes"` makes a bare number minutes."""

    widget = DurationWidget
    default_error_messages: ClassVar = {
        "required": _("Skriv hur lång tid, till exempel 2:30."),
        "invalid": _(
            "Det här går inte att läsa som en tid. Skriv till exempel 2,5 eller 2:30 eller 2 h 30 min."
        ),
        "max_seconds": _("Tiden ska vara högst %(limit)s."),
    }

    def __init__(self, *, unit: str = "hours", max_seconds: int | None = None, **kwargs: Any) -> None:
        self.unit, self.max_seconds = unit, max_seconds
        super().__init__(**kwargs)
        self.widget.unit = unit

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, int):
            return value
        try:
            return read_duration(str(value), self.unit)
        except Unreadable as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and self.max_seconds is not None and value > self.max_seconds:
            limit = f"{self.max_seconds // 3600} h"
            raise ValidationError(
                self.error_messages["max_seconds"], code="max_seconds", params={"limit": limit}
            )


class NumberField(forms.Field):
    """A number with decimal comma or point. Cleans to Decimal or None."""

    widget = NumberWidget
    default_error_messages: ClassVar = {
        "required": _("Skriv ett tal."),
        "invalid": _("Det här går inte att läsa som ett tal. Skriv till exempel 2,5."),
        "min_value": _("Talet ska vara %(limit)s eller mer."),
        "max_value": _("Talet ska vara %(limit)s eller mindre."),
        "whole": _("Skriv ett helt tal."),
    }

    def __init__(
        self,
        *,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value, self.whole = min_value, max_value, whole
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return read_number(str(value))
        except Unreadable as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.whole and value != value.to_integral_value():
            raise ValidationError(self.error_messages["whole"], code="whole")
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                self.error_messages["min_value"], code="min_value", params={"limit": _plain(self.min_value)}
            )
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(
                self.error_messages["max_value"], code="max_value", params={"limit": _plain(self.max_value)}
            )


class LongTextField(forms.CharField):
    """A text of any length in a box that grows. Cleans to text with `\\n` line ends, no space around it."""

    widget = forms.Textarea
    default_error_messages: ClassVar = {"required": _("Skriv något här.")}

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows  # the widget has ten of its own, whatever is asked for
        self.widget.attrs.pop("cols", None)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class PageForm(forms.Form):
    """A form whose errors say what to do also where the room has not said it in its own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _required(field)


def _required(field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return _("Kryssa i rutan för att gå vidare.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Välj något av alternativen.")
    if isinstance(field, forms.FileField):
        return _("Välj en fil.")
    return _("Fyll i det här.")


class VersionedForm(PageForm):
    """A form that knows which version of the stored text it was shown with (see conflicts.StaleVersion)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_version(self) -> int:
        return self.cleaned_data.get("version") or 0
