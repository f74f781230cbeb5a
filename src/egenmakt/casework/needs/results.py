"""What comes of one row: its time in the week shown, how it counts, and why."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.casework.needs.cells import number_text
from egenmakt.casework.needs.models import SelfCare
from egenmakt.casework.needs.rows import RowForm
from egenmakt.casework.needs.sheet import MomentValues
from egenmakt.foundation.ui.pictures.week import TONES


@dataclass(frozen=True)
class RowResult:
    """What comes of one row in the week shown.

    `state` is basic, other, not_counted, unclear, unfinished, empty or gone. `number` and `tone` are those of its
    part of the bar in the picture; 0 when it is in none.
    """

    key: str
    state: str
    seconds: int = 0
    word: str = ""
    section: str = ""
    section_url: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    tone: int = 0
    number: int = 0
    name: str = ""

    @property
    def digest(self) -> str:
        """Says whether a result looks like another: the script tells which ones it already shows."""
        return f"{zlib.crc32(repr(self).encode()):x}"


def result_of(
    row: RowForm, moment: law.AssessedMoment | None, numbers: Mapping[tuple[str, str], int]
) -> RowResult:
    """The result of a row. `moment` is what the law made of it; `numbers` those of the parts of the picture."""
    if row.gone:
        return RowResult(row.key, "gone")
    if row.is_empty:
        return RowResult(row.key, "empty")
    if row.values is None:
        return RowResult(row.key, "unfinished", word=_first_thing(row))
    if moment is None:
        return RowResult(row.key, "unfinished", word=_("Räknas när datumen är ifyllda."))
    number = numbers.get((moment.counted_as.value, moment.need.value), 0)
    unclear = moment.counted_as is law.CountedAs.UNCLEAR
    return RowResult(
        key=row.key,
        state=moment.counted_as.value,
        seconds=moment.weekly_s * row.values.assistants if unclear else moment.counted_s,
        word=_WORDS[moment.counted_as](),
        section=f"{moment.citation.section} {moment.citation.act}",
        section_url=law_url("admitted" if moment.counted_as is law.CountedAs.NOT_COUNTED else "ground"),
        reason=moment.reason,
        notes=tuple(_notes(row, row.values, moment)),
        tone=(number - 1) % TONES + 1 if number else 0,
        number=number,
        name=row.name,
    )


def law_url(rule: str) -> str:
    """The page of a rule of law, or nothing when the program runs without the law pages."""
    try:
        return reverse("lawbook:rule", kwargs={"rule": rule})
    except NoReverseMatch:
        return ""


_WORDS = {
    law.CountedAs.BASIC: lambda: _("grundläggande"),
    law.CountedAs.OTHER: lambda: _("annat behov"),
    law.CountedAs.NOT_COUNTED: lambda: _("räknas inte"),
    law.CountedAs.UNCLEAR: lambda: _("inte bedömt"),
}


def _first_thing(row: RowForm) -> str:
    """What to do first in a row that is not finished: mend what is wrong, then write what is missing."""
    wrong = [one for one in row.errors.values() if not one.missing] or list(row.errors.values())
    return wrong[0].message


def _notes(row: RowForm, values: MomentValues, moment: law.AssessedMoment) -> list[str]:
    notes = []
    if any(sign in row.typed["minutes"] for sign in ":htms"):
        notes.append(_("%(minutes)s min per gång") % {"minutes": number_text(values.minutes)})
    if moment.counted_as is law.CountedAs.NOT_COUNTED:
        referred = values.self_care == SelfCare.NOT_ASSESSED
        notes.append(_("hänvisas till regionen") if referred else _("egenvården gäller inte då"))
    elif values.assistants > 1:
        all_counted = moment.assistants_counted == values.assistants
        notes.append(
            _("%(count)s assistenter") % {"count": values.assistants}
            if all_counted
            else _("en assistent räknas")
        )
    if values.met_otherwise_minutes:
        notes.append(_("%(minutes)s min av andra") % {"minutes": number_text(values.met_otherwise_minutes)})
    return notes
