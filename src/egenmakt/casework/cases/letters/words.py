"""Dates, names and sentences as every letter writes them, in the language that is active."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from egenmakt.foundation.documents.blocks import typographic


def genitive(name: str) -> str:
    """The name with the ending for what belongs to it: Elsas, Lars, Max."""
    return name if name.lower().endswith(("s", "x", "z")) else f"{name}s"


def long_date(day: date) -> str:
    """21 november 2026."""
    return f"{day.day} {month_name(day)} {day.year}"


def month_and_year(day: date) -> str:
    """Maj 2029, in the middle of a sentence."""
    return f"{month_name(day)} {day.year}"


def month_name(day: date) -> str:
    """The month's name in small letters."""
    names = (
        _("januari"), _("februari"), _("mars"), _("april"), _("maj"), _("juni"),
        _("juli"), _("augusti"), _("september"), _("oktober"), _("november"), _("december"),
    )  # fmt: skip
    return names[day.month - 1]


def span(first_day: date, last_day: date | None) -> str:
    """Från och med 1 maj 2026 till och med 30 april 2029; without the end when there is none."""
    if last_day is None:
        return _("från och med %(first)s") % {"first": long_date(first_day)}
    return _("från och med %(first)s till och med %(last)s") % {
        "first": long_date(first_day),
        "last": long_date(last_day),
    }


def joined(parts: list[str]) -> str:
    """A, b och c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s och %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def paragraphs(text: str) -> tuple[str, ...]:
    """What someone wrote, as paragraphs with Swedish quotation marks; empty ones fall away."""
    return tuple(typographic(part.strip()) for part in text.replace("\r", "").split("\n") if part.strip())


def sentence(text: str) -> str:
    """`text` as one line that ends as a sentence does."""
    words = typographic(" ".join(text.split()))
    return words if not words or words.endswith((".", "?", ":", "”", "…")) else f"{words}."


def capital(word: str) -> str:
    """The word with a capital at its start."""
    return word[:1].upper() + word[1:]
