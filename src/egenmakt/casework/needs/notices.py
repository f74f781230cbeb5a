"""What to know about the whole sheet before its hours can be relied on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egenmakt import law
from egenmakt.casework.needs.models import SelfCare
from egenmakt.casework.needs.rows import RowForm
from egenmakt.foundation.ui.dates import long_date

if TYPE_CHECKING:
    from egenmakt.casework.needs.calculation import Calculation


@dataclass(frozen=True)
class Notice:
    """Something to know. `rows` are the keys and names of the rows it concerns; `link` leads to where to mend it."""

    kind: str
    text: str
    rows: tuple[tuple[str, str], ...] = ()
    page: str = ""
    link: str = ""


def notices_of(calculation: Calculation) -> Iterator[Notice]:
    """Everything to know, the gravest first."""
    if calculation.problem:
        yield Notice("late", calculation.problem)
    yield from _about_the_case(calculation)
    yield from _about_the_rows(calculation)


def _about_the_case(calculation: Calculation) -> Iterator[Notice]:
    case = calculation.case
    if not case.is_registered:
        text = _(
            "Ansökan är inte registrerad. Timmarna räknas som om den kom in %(day)s, då ärendet öppnades."
        )
        yield Notice("soon", text % {"day": long_date(case.received)}, page="case", link=_("Till ärendet"))
    if case.personkrets is None:
        yield Notice(
            "info",
            _("Personkretsen är inte bedömd. Tills dess visas behovet, inte rätten."),
            page="personkrets",
            link=_("Pröva personkretsen"),
        )


def _about_the_rows(calculation: Calculation) -> Iterator[Notice]:
    results, rows = calculation.results, calculation.form.counted
    not_judged = [row for row in rows if results[row.key].state == "unclear"]
    if not_judged:
        text = ngettext(
            "Ett moment räknas inte än: bedöm om hjälpen är integritetskänslig.",
            "%(count)s moment räknas inte än: bedöm om hjälpen är integritetskänslig.",
            len(not_judged),
        )
        yield Notice("soon", text % {"count": len(not_judged)}, _named(not_judged))
    single = [row for row in rows if _second_is_left_out(calculation, row)]
    if single:
        yield Notice(
            "soon",
            _(
                "Den andra assistenten räknas inte förrän det är utrett om bostadsanpassning och hjälpmedel kan ersätta "
                "den. Kryssa i båda när det är gjort (9 a § femte stycket LSS)."
            ),
            _named(single),
        )
    referred = [row for row in rows if row.values and row.values.self_care == SelfCare.NOT_ASSESSED]
    if referred:
        yield Notice(
            "info",
            _(
                "Hänvisas till regionen: hälso- och sjukvård utan egenvårdsbedömning är inte assistans (9 g § LSS)."
            ),
            _named(referred),
        )


def _second_is_left_out(calculation: Calculation, row: RowForm) -> bool:
    moment = calculation.moments.get(row.key)
    return (
        moment is not None and moment.moment.assistants > 1 and moment.second_assistant is not law.Answer.YES
    )


def _named(rows: Sequence[RowForm]) -> tuple[tuple[str, str], ...]:
    return tuple((row.key, row.name) for row in rows)
