"""Two at once: a save that rests on an older version is refused, and both texts are shown.

Nothing is lost: what was posted stands in the answer's fields, beside what is stored, and is a draft too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egenmakt.foundation.ui import drafts


class StaleVersion(Exception):
    """Someone else has saved since this form was shown. Raised by actions; nothing has been written.

    `current` is what is stored and `posted` what was about to be, by field name; `version` is the
    stored version, on which a new attempt rests.
    """

    def __init__(
        self,
        *,
        current: Mapping[str, Any],
        posted: Mapping[str, Any],
        version: int,
        saved_by: str = "",
        saved_at: datetime | None = None,
    ) -> None:
        self.current = dict(current)
        self.posted = dict(posted)
        self.version = version
        self.saved_by = saved_by
        self.saved_at = saved_at
        super().__init__(f"version {version} är sparad sedan formuläret visades")


@dataclass(frozen=True)
class Difference:
    """One field in which the two differ: what is stored, and the field with what was posted in it."""

    label: str
    stored: str
    posted: str
    field: forms.BoundField | None


def differences(stale: StaleVersion, form: forms.BaseForm) -> list[Difference]:
    """The fields in which stored and posted differ, in the order of the form."""
    found = []
    names = [name for name in form.fields if name in stale.current]
    names += [name for name in stale.current if name not in names]
    for name in names:
        stored, posted = stale.current[name], stale.posted.get(name, "")
        if _text(stored) == _text(posted):
            continue
        bound = form[name] if name in form.fields else None
        label = str(bound.label) if bound is not None else name
        found.append(Difference(label, _shown(bound, stored), _shown(bound, posted), bound))
    return found


def conflict_response(
    request: HttpRequest,
    stale: StaleVersion,
    form: forms.BaseForm,
    *,
    draft_key: str = "",
    template: str = "ui/conflict.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """409: a page with both texts side by side and a choice. Posting it again saves on the newer version.

    The stored text is read-only beside each field that differs; other fields are posted again as they were.
    """
    found = differences(stale, form)
    shown = {one.field.name for one in found if one.field is not None}
    rest = [
        (form.add_prefix(name), value)
        for name in form.fields
        if name not in shown and name != "version"
        for value in request.POST.getlist(form.add_prefix(name))
    ]
    return render(
        request,
        template,
        {
            "conflict": stale,
            "form": form,
            "differences": found,
            "rest": rest,
            "version_name": form.add_prefix("version"),
            "draft_key": draft_key,
            "draft_revision": drafts.of_form(request, form, draft_key).revision if draft_key else 0,
            **(context or {}),
        },
        status=409,
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _shown(bound: forms.BoundField | None, value: Any) -> str:
    """The value as a person reads it: the words of a choice, the format of a date."""
    if bound is None:
        return _text(value)
    choices = dict(_flat(getattr(bound.field, "choices", [])))
    if choices:
        values = value if isinstance(value, list | tuple | set) else [value]
        return ", ".join(str(choices.get(str(one), one)) for one in values)
    return _text(bound.field.widget.format_value(bound.field.prepare_value(value)))


def _flat(choices: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat += _flat(label)
        else:
            flat.append((str(value), str(label)))
    return flat
