"""Drafts and forms: what was typed comes back.

`restore` when the form is shown, `of_form` when it is shown again with errors, `discard` when it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.access.decorators import actor_of
from egenmakt.foundation.ui import actions, copies, queries


@dataclass(frozen=True)
class Offered:
    """A field of a draft that the form does not show, because the stored text has changed since."""

    label: str
    text: str


@dataclass(frozen=True)
class Restored:
    """A form with what belongs in it, and what there is to say about the draft.

    `recovered_at` is when the draft was kept, if there is one. `behind` is True when the stored text has
    changed since the draft was begun: `form` then shows the stored text, and `offered` holds the draft's own.
    """

    form: forms.BaseForm
    key: str
    version: int = 0
    revision: int = 0
    recovered_at: datetime | None = None
    behind: bool = False
    offered: list[Offered] = field(default_factory=list)


def restore(
    request: HttpRequest,
    form_class: type[forms.BaseForm],
    key: str,
    version: int = 0,
    initial: Mapping[str, Any] | None = None,
    **form_kwargs: Any,
) -> Restored:
    """An unbound form for `form_class`, with the actor's draft in it where there is one.

    The draft's text is shown as it was typed, also what would not pass the form's checks. A field called
    `version` gets the version given here.
    """
    values = dict(initial or {}) | {"version": version}
    stored = form_class(initial=values, **form_kwargs)
    draft = queries.draft_for(actor_of(request), key)
    if draft is None:
        return Restored(stored, key, version)
    if draft.base_version != version:
        offered = _texts(stored, draft.fields)
        if not offered:
            return Restored(stored, key, version, draft.revision)
        return Restored(stored, key, version, draft.revision, draft.saved_at, behind=True, offered=offered)
    typed = _typed(stored, draft.fields)
    return Restored(
        form_class(initial=values | typed, **form_kwargs), key, version, draft.revision, draft.saved_at
    )


def of_form(request: HttpRequest, form: forms.BaseForm, key: str) -> Restored:
    """What a posted form with errors needs to go on being saved as one types."""
    version = _int(form.data.get(form.add_prefix("version")))
    draft = queries.draft_for(actor_of(request), key)
    return Restored(form, key, version, draft.revision if draft else 0)


def discard(request: HttpRequest, key: str) -> None:
    """Throw away the draft, and the copy on the computer: the text has been saved where it belongs."""
    actor: Actor = actor_of(request)
    actions.discard_draft(actor=actor, key=key)
    copies.is_saved(request)


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _typed(form: forms.BaseForm, fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """The draft's values in the shape the form's widgets show."""
    posted = QueryDict(mutable=True)
    for name, values in fields.items():
        posted.setlist(name, values)
    typed: dict[str, Any] = {}
    for name, one in form.fields.items():
        if name == "version" or isinstance(one.widget, forms.FileInput | forms.PasswordInput):
            continue
        prefixed = form.add_prefix(name)
        if isinstance(one.widget, forms.CheckboxInput):
            typed[name] = prefixed in posted
        elif not one.widget.value_omitted_from_data(posted, {}, prefixed):
            typed[name] = one.widget.value_from_datadict(posted, {}, prefixed)
    return typed


def _texts(form: forms.BaseForm, fields: Mapping[str, list[str]]) -> list[Offered]:
    """What the draft says in the fields one writes in, where it differs from the stored text."""
    texts = []
    for name, one in form.fields.items():
        if isinstance(one.widget, forms.Textarea | forms.TextInput) and name != "version":
            text = "\n".join(fields.get(form.add_prefix(name), []))
            stored = form.get_initial_for_field(one, name)
            if text.strip() and text.strip() != str(stored or "").strip():
                texts.append(Offered(str(one.label or name), text))
    return texts
