"""The notes a guideline adds to an assessment of assistance: support beside it, never part of the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from egenmakt.guidelines.model import GuidelineNote
from egenmakt.guidelines.store import guideline

ADULT = 18


def notes_for_assessment(slug: str, document: object) -> list[GuidelineNote]:
    """The notes for an application in the shape of `egenmakt assess`, as they hold on its first day.

    `document` is one that has passed the reading of that command. Raises `NoGuideline`.
    """
    if not isinstance(document, Mapping):
        raise TypeError("the document of egenmakt assess is an object")
    on = date.fromisoformat(str(document["on"]))
    return list(guideline(slug).notes_for("needs", on, tags=tags_of(document, on)))


def tags_of(document: Mapping[str, object], on: date) -> set[str]:
    """What an application is about, in the words of `schema.TAGS`."""
    person = document.get("person")
    born = date.fromisoformat(str(person["born"])) if isinstance(person, Mapping) else None
    raw = document.get("moments")
    moments = [moment for moment in raw if isinstance(moment, Mapping)] if isinstance(raw, list) else []
    tags = set()
    if born is not None and (on.year - born.year, on.month, on.day) < (ADULT, born.month, born.day):
        tags.add("child")
    if any(_whole(moment.get("assistants")) > 1 for moment in moments):
        tags.add("double_assistance")
    if any(moment.get("self_care") is not None for moment in moments):
        tags.add("self_care")
    if any(moment.get("need") == "other" for moment in moments):
        tags.add("other_needs")
    return tags


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 1
