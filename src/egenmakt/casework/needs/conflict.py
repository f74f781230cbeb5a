"""Two at once: the sheet has been saved by someone else since this one was shown.

Both are kept: what was posted stands in the editor with the other's new rows added, and the differences are listed.
Saving again then rests on the stored version, and loses nothing that was not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from egenmakt.casework.needs.forms import SHEET_FIELDS, SheetForm, sheet_labels
from egenmakt.casework.needs.models import Moment, Need, Per, SelfCare
from egenmakt.casework.needs.rows import FIELDS, RowForm, field_labels


@dataclass(frozen=True)
class Difference:
    """One place where the stored sheet and the posted one differ."""

    row: str
    what: str
    stored: str
    posted: str
    href: str = ""


def merge(form: SheetForm, stored: SheetForm) -> list[Difference]:
    """Put the stored sheet's version, and the rows that others have added to it, in the posted form.

    Returns the differences there were. A posted row that someone has taken away is kept as a new one.
    """
    found = [
        Difference(_("Hela bladet"), label, _shown(name, before), _shown(name, now), f"#id_{name}")
        for name, label in sheet_labels().items()
        if (before := stored.typed.get(name, "")) != (now := form.typed.get(name, ""))
        and name in SHEET_FIELDS
    ]
    mine = {row.id: row for row in form.rows if row.id}
    theirs = {row.id: row for row in stored.rows if row.id}
    for row in form.rows:
        if row.id and row.id in theirs:
            found += _between(theirs[row.id], row)
        elif row.id:
            found.append(Difference(row.name, "", _("borttagen"), _("finns kvar"), f"#r-{row.key}-text"))
            row.id = None
    for other in stored.rows:
        if other.id not in mine:
            key = form.new_key()
            form.rows.append(RowForm(key, other.typed, id=other.id))
            found.append(Difference(other.name, "", _("tillagd"), _("fanns inte"), f"#r-{key}-text"))
    form.version = stored.version
    form.read()
    return found


def offered(draft: SheetForm, stored: SheetForm) -> list[Difference]:
    """What a draft of an older sheet holds that the stored one does not: changed cells, and rows not yet saved."""
    theirs = {row.id: row for row in stored.rows if row.id}
    found = [
        Difference(_("Hela bladet"), label, _shown(name, before), _shown(name, now))
        for name, label in sheet_labels().items()
        if (before := stored.typed.get(name, "")) != (now := draft.typed.get(name, ""))
    ]
    for row in draft.rows:
        if row.id in theirs and not row.gone:
            found += _between(theirs[row.id], row)
        elif not row.gone and not row.is_empty:
            found.append(Difference(row.name, "", "", _in_one_line(row)))
    return found


def _in_one_line(row: RowForm) -> str:
    """A whole row as a person reads it."""
    typed = row.typed
    time = _("%(minutes)s min, %(times)s gånger per %(per)s") % {
        "minutes": typed.get("minutes") or "–",
        "times": typed.get("times") or "–",
        "per": _shown("per", typed.get("per", "")),
    }
    return ", ".join(
        part
        for part in (row.name, _shown("need", typed.get("need", "")), time, typed.get("reason", ""))
        if part
    )


def _between(stored: RowForm, posted: RowForm) -> list[Difference]:
    if posted.gone:
        return [Difference(stored.name, "", _("finns kvar"), _("borttagen"), "")]
    labels = field_labels()
    return [
        Difference(
            stored.name,
            labels[name],
            _shown(name, stored.typed.get(name, "")),
            _shown(name, posted.typed.get(name, "")),
            f"#r-{posted.key}-{name}",
        )
        for name in FIELDS
        if _same(stored.typed.get(name, "")) != _same(posted.typed.get(name, ""))
    ]


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _shown(name: str, text: str) -> str:
    """What is typed, as a person reads it."""
    choices: Mapping[str, str] = {
        "need": {one.value: str(one.label) for one in Need},
        "per": {one.value: str(one.label) for one in Per},
        "intimate": {"yes": _("ja"), "no": _("nej"), "": _("ej bedömt")},
        "self_care": {one.value: str(one.label) for one in SelfCare},
        "necessary": {
            str(value): str(label)
            for value, label in Moment._meta.get_field("directly_necessary_for").choices or []
        },
        **{one: {"1": _("ja"), "": _("nej")} for one in ("housing", "aids", "tube", "activation")},
    }.get(name, {})
    return choices.get(text, text) or "–"
