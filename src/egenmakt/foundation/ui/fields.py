"""How a bound form field is shown: which kind it is, its ids, and its control with the right attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from egenmakt.foundation.ui.forms import DateField, DurationField, NumberField

_CLASSES = {
    "textarea": "textarea-field__textarea",
    "select": "select-field__select",
    "checkbox": "checkbox__input",
}


class FieldView:
    """What `<c-field>` needs to know about a bound field."""

    def __init__(self, bound: BoundField, *, label: str = "", help_text: str = "") -> None:
        self.bound = bound
        self.kind = kind_of(bound)
        self.name = bound.html_name
        self.label = label or bound.label
        self.help = help_text or bound.help_text
        self.errors = list(bound.errors)
        self.required = bound.field.required
        self.help_id = f"{bound.auto_id}-hjalp" if self.help else ""
        self.error_id = f"{bound.auto_id}-fel" if self.errors else ""

    @property
    def described_by(self) -> str:
        return " ".join(one for one in (self.help_id, self.error_id) if one)

    @property
    def control_id(self) -> str:
        """Where a link from the error summary goes."""
        return control_id(self.bound)

    @property
    def control(self) -> SafeString:
        """The input itself."""
        return self.bound.as_widget(attrs=self._attributes(_CLASSES.get(self.kind, "text-field__input")))

    @property
    def choices(self) -> Iterator[dict[str, Any]]:
        """One dictionary per radio or checkbox: `control`, `id`, `label`; `group` starts a named group."""
        group = "radio-button" if self.kind == "radios" else "checkbox"
        attributes = self._attributes(f"{group}__input")
        attributes.pop("aria-describedby", None)
        attributes["id"] = self.bound.auto_id
        widget = self.bound.field.widget
        for one in widget.subwidgets(self.bound.html_name, self.bound.value(), attrs=attributes):
            rendered = forms.boundfield.BoundWidget(widget, one, self.bound.form.renderer)
            yield {"control": rendered.tag(), "id": rendered.id_for_label, "label": rendered.choice_label}

    def _attributes(self, css_class: str) -> dict[str, Any]:
        own = str(self.bound.field.widget.attrs.get("class", ""))
        attributes: dict[str, Any] = {"class": f"{own} {css_class}".strip()}
        if self.bound.field.widget.attrs.get("placeholder"):
            attributes["placeholder"] = False  # the label is the label; a placeholder is gone when one writes
        if self.described_by:
            attributes["aria-describedby"] = self.described_by
        if self.errors:
            attributes["aria-invalid"] = "true"
        if self.kind in {"date", "duration", "number"}:
            attributes |= {"autocomplete": "off"}
            if self.kind != "date":
                attributes["inputmode"] = "decimal" if self.kind == "number" else "text"
        if self.kind == "date":
            attributes["data-date"] = ""
        if self.kind == "textarea":
            attributes["data-grow"] = ""
        return attributes


def kind_of(bound: BoundField) -> str:
    """The kind of control: what the component's template chooses by."""
    field, widget = bound.field, bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    for kind, field_class in (("date", DateField), ("duration", DurationField), ("number", NumberField)):
        if isinstance(field, field_class):
            return kind
    return "file" if isinstance(widget, forms.FileInput) else "text"


def control_id(bound: BoundField) -> str:
    """The id of a field's first control."""
    return (
        f"{bound.auto_id}_0"
        if kind_of(bound) in {"radios", "checkboxes"}
        else bound.id_for_label or bound.auto_id
    )


def errors_of(forms_shown: Iterable[forms.BaseForm | forms.BaseFormSet]) -> list[dict[str, str]]:
    """Every error of some forms and formsets, in order: `text`, `href` (empty when of the whole), `label`."""
    found: list[dict[str, str]] = []
    for one in forms_shown:
        if isinstance(one, forms.BaseFormSet):
            found += [{"text": str(text), "href": "", "label": ""} for text in one.non_form_errors()]
            found += errors_of(one.forms)
            continue
        if not one.is_bound:
            continue
        found += [{"text": str(text), "href": "", "label": ""} for text in one.non_field_errors()]
        for bound in one:
            hidden = kind_of(bound) == "hidden"
            for text in bound.errors:
                found.append({
                    "text": str(text),
                    "href": "" if hidden else f"#{control_id(bound)}",
                    "label": _ended(str(bound.label or "")),
                })  # fmt: skip
    return found


def _ended(label: str) -> str:
    """A label before its error: `Namn:`, but a question keeps its own mark."""
    return label if not label or label[-1] in "?:.!" else f"{label}:"
