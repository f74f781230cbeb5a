"""Writing drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.ui.models import Draft

LARGEST_DRAFT = 1_000_000
_KEY = re.compile(r"[a-z][a-z0-9_]*(:[A-Za-z0-9_.\-]+)*")


class DraftTooLarge(ValueError):
    """More than a million characters in one form: not a text that someone has written by hand."""


class BadDraftKey(ValueError):
    """The key is not of the form `word:part:part`, or is longer than 200 characters."""


class DraftIsNewer(Exception):
    """The draft has been saved from another tab or computer since this one read it; nothing was written."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(draft.key)


@transaction.atomic
def save_draft(
    *, actor: Actor, key: str, fields: Mapping[str, list[str]], base_version: int, seen_revision: int | None
) -> Draft:
    """Keep what the actor has written in a form, in place of the draft kept before.

    `fields` maps each field's name to its posted values. `seen_revision` is the revision the form was last
    known to have (0 for none); None keeps the text whatever is there, for the page that is being closed.
    Raises DraftIsNewer, DraftTooLarge, BadDraftKey.
    """
    if actor.user_id is None:
        raise BadDraftKey("bara en människa har utkast")
    if len(key) > 200 or not _KEY.fullmatch(key):
        raise BadDraftKey(key)
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LARGEST_DRAFT:
        raise DraftTooLarge(key)
    kept = {name: list(values) for name, values in fields.items()}
    now = clock.now()
    draft, created = Draft.objects.select_for_update().get_or_create(
        municipality_id=actor.municipality_id,
        user_id=actor.user_id,
        key=key,
        defaults={"fields": kept, "base_version": base_version, "saved_at": now},
    )
    if created:
        return draft
    if seen_revision is not None and draft.revision != seen_revision and draft.fields != kept:
        raise DraftIsNewer(draft)
    draft.fields, draft.base_version, draft.saved_at = kept, base_version, now
    draft.revision += 1
    draft.save(update_fields=["fields", "base_version", "saved_at", "revision"])
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, key: str) -> bool:
    """Throw away the actor's draft. True when there was one."""
    if actor.user_id is None:
        return False
    deleted, _ = Draft.objects.filter(
        municipality_id=actor.municipality_id, user_id=actor.user_id, key=key
    ).delete()
    return bool(deleted)
