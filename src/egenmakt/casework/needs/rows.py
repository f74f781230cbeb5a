"""One row of the sheet as it is typed: its cells as text, what is wrong in each, and the moment they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egenmakt.casework.needs import cells
from egenmakt.casework.needs.cells import Wrong
from egenmakt.casework.needs.models import Need, Per, SelfCare
from egenmakt.casework.needs.options import choices_of, options_html
from egenmakt.casework.needs.sheet import MomentValues
from egenmakt.casework.needs.words import short_label

MAIN_FIELDS = ("text", "need", "minutes", "times", "per", "assistants", "intimate", "self_care", "met")
MORE_FIELDS = ("tube", "activation", "necessary", "assessed", "until", "met_by", "reason")
FIELDS = (*MAIN_FIELDS, *MORE_FIELDS)
CHOICES = ("need", "per", "intimate", "self_care", "necessary")
FRESH = {"times": "1", "per": "day", "assistants": "1"}
LONGEST_REASON = 10_000

_BY_NATURE = (Need.HYGIENE, Need.MEALS, Need.DRESSING, Need.COMMUNICATION)


@dataclass
class RowForm:
    """One row as typed. `errors` by field; `values` when everything in it can be read."""

    key: str
    typed: dict[str, str]
    id: UUID | None = None
    gone: bool = False
    number: int = 0
    errors: dict[str, Wrong] = field(default_factory=dict)
    values: MomentValues | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is typed but what a fresh row holds from the start."""
        return not any(
            text.strip() for name, text in self.typed.items() if name not in FRESH or text != FRESH[name]
        ) and all(self.typed.get(name, "") in ("", fresh) for name, fresh in FRESH.items())

    @property
    def counts(self) -> bool:
        """Whether the row is part of what is calculated and saved."""
        return self.values is not None and not self.gone

    @property
    def more_is_open(self) -> bool:
        """Whether what is behind "Mer" has to be seen: an error is there."""
        return any(name in self.errors for name in MORE_FIELDS)

    @property
    def has_more(self) -> bool:
        """Whether something is written behind "Mer"."""
        return any(self.typed.get(name) for name in MORE_FIELDS)

    @cached_property
    def options(self) -> dict[str, SafeString]:
        """The row's lists, each with what is typed chosen."""
        return {name: options_html(name, self.typed.get(name, "")) for name in CHOICES}

    @property
    def need_label(self) -> str:
        """The need in words."""
        return short_label(Need(self.typed["need"])) if self.typed.get("need") in Need.values else ""

    @property
    def flags(self) -> list[str]:
        """What is written behind "Mer" that decides how the row counts, in words."""
        labels, typed = field_labels(), self.typed
        necessary = dict(choices_of("necessary")).get(typed.get("necessary", ""), "")
        return [
            *(labels[name].lower() for name in ("tube", "activation") if typed.get(name)),
            *([f"{labels['necessary'].lower()} {necessary}"] if typed.get("necessary") else []),
        ]

    @property
    def per_label(self) -> str:
        """How often, in words."""
        return str(Per(self.typed["per"]).label) if self.typed.get("per") in Per.values else ""

    @property
    def name(self) -> str:
        """What to call the row: its activity, or its number."""
        text = " ".join(self.typed.get("text", "").split())
        return text or _("Rad %(number)s") % {"number": self.number}


def read_row(row: RowForm) -> None:
    """Read the row's cells: its values, or what is wrong in each."""
    typed, errors, read = row.typed, row.errors, {}
    for name, reading in _READINGS.items():
        try:
            read[name] = reading(typed.get(name, ""))
        except Wrong as wrong:
            errors[name] = wrong
    for name, clash in _together(read, typed):
        errors.setdefault(name, clash)
    if errors:
        return
    row.values = MomentValues(
        text=read["text"],
        need=read["need"],
        minutes=read["minutes"],
        times=read["times"],
        per=read["per"],
        assistants=read["assistants"],
        intimate=read["intimate"],
        tube_feeding=bool(typed.get("tube")),
        activation_measure=bool(typed.get("activation")),
        directly_necessary_for=read["necessary"],
        self_care=read["self_care"],
        self_care_assessed=read["assessed"],
        self_care_valid_until=read["until"],
        met_otherwise_minutes=read["met"],
        met_by=read["met_by"],
        reason=typed.get("reason", "").replace("\r\n", "\n").strip(),
    )


_READINGS: dict[str, Any] = {
    "text": lambda text: cells.line(text, cells.LONGEST_TEXT, gettext_lazy("Skriv vad hjälpen gäller.")),
    "need": cells.need,
    "minutes": cells.minutes,
    "times": cells.times,
    "per": cells.per,
    "assistants": lambda text: cells.whole(
        text, 1, cells.MOST_ASSISTANTS, gettext_lazy("Skriv hur många assistenter som behövs samtidigt.")
    ),
    "intimate": cells.yes_no,
    "self_care": cells.self_care,
    "met": lambda text: cells.minutes(text, required=False),
    "necessary": cells.necessary,
    "assessed": cells.day,
    "until": cells.day,
    "met_by": lambda text: cells.line(text, cells.LONGEST_MET_BY),
}


def _together(read: Mapping[str, Any], typed: Mapping[str, str]) -> Iterable[tuple[str, Wrong]]:
    """What is wrong between cells that can each be read."""
    if "minutes" in read and "times" in read and "per" in read:
        most = cells.MINUTES_IN[read["per"]]
        if read["minutes"] * read["times"] > most:
            yield "minutes", Wrong(_TOO_LONG[read["per"]]())
        elif read.get("met", 0) > read["minutes"]:
            yield (
                "met",
                Wrong(_("Det andra tillgodoser kan inte vara mer än momentets minuter varje gång.")),
            )
    if typed.get("tube") and read.get("need", Need.MEALS) != Need.MEALS:
        yield "tube", Wrong(_("Sondmatning hör till måltider. Byt behov, eller ta bort krysset."))
    if typed.get("activation") and read.get("need", Need.HYGIENE) not in _BY_NATURE:
        yield (
            "activation",
            Wrong(
                _(
                    "Aktivering hör till hygien, måltider, klädsel eller kommunikation. Byt behov, eller ta bort krysset."
                )
            ),
        )
    if read.get("self_care") == SelfCare.ASSESSED:
        if "assessed" in read and read["assessed"] is None:
            yield "assessed", Wrong(_("Skriv vilken dag egenvården bedömdes."), missing=True)
        elif read.get("assessed") and read.get("until") and read["until"] < read["assessed"]:
            yield "until", Wrong(_("Bedömningen kan inte upphöra innan den gjordes."))
    if len(typed.get("reason", "")) > LONGEST_REASON:
        yield "reason", Wrong(_("Skriv högst %(most)s tecken.") % {"most": LONGEST_REASON})


_TOO_LONG = {
    "day": lambda: _("Minuter gånger antal gånger blir mer tid än det finns på ett dygn."),
    "week": lambda: _("Minuter gånger antal gånger blir mer tid än det finns på en vecka."),
    "fortnight": lambda: _("Minuter gånger antal gånger blir mer tid än det finns på två veckor."),
    "month": lambda: _("Minuter gånger antal gånger blir mer tid än det finns på en månad."),
    "year": lambda: _("Minuter gånger antal gånger blir mer tid än det finns på ett år."),
}


def typed_of(values: MomentValues) -> dict[str, str]:
    """A moment as it would be typed."""
    return {
        "text": values.text,
        "need": values.need,
        "minutes": cells.number_text(values.minutes),
        "times": cells.number_text(values.times),
        "per": values.per,
        "assistants": str(values.assistants),
        "intimate": {True: "yes", False: "no", None: ""}[values.intimate],
        "self_care": values.self_care,
        "met": cells.number_text(values.met_otherwise_minutes) if values.met_otherwise_minutes else "",
        "tube": "1" if values.tube_feeding else "",
        "activation": "1" if values.activation_measure else "",
        "necessary": values.directly_necessary_for,
        "assessed": date_text(values.self_care_assessed),
        "until": date_text(values.self_care_valid_until),
        "met_by": values.met_by,
        "reason": values.reason,
    }


def field_labels() -> dict[str, str]:
    """The names of a row's fields."""
    return {
        "text": _("Aktivitet"),
        "need": _("Behov"),
        "minutes": _("Minuter"),
        "times": _("Gånger"),
        "per": _("Per"),
        "assistants": _("Assistenter"),
        "intimate": _("Integritetskänslig"),
        "self_care": _("Egenvård"),
        "met": _("Andra tillgodoser"),
        "tube": _("Sondmatning"),
        "activation": _("Kvalificerad aktivering och motivering"),
        "necessary": _("Direkt nödvändig för"),
        "assessed": _("Egenvård bedömd"),
        "until": _("Bedömningen gäller till"),
        "met_by": _("Av vem"),
        "reason": _("Varför"),
    }


def date_text(day: date | None) -> str:
    """A date as people type it."""
    return day.isoformat() if day else ""
