"""Weeding (gallring) of a personal file: when it must be done, and which files are never weeded.

21 c and 21 d §§ LSS for the board, 12 § förordningen (1993:1090) for the sample that research keeps.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import cast

from egenmakt.law.calendar import after_years
from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.parameters import Dated, NoParameter, parameter
from egenmakt.law.procedure.geography import counties, municipalities

ORDINANCE = "förordningen (1993:1090) om stöd och service till vissa funktionshindrade"
KEPT_COUNTIES = frozenset({"05", "09", "22"})
KEPT_MUNICIPALITIES = frozenset({"1480"})
KEPT_BIRTH_DAYS = frozenset({5, 15, 25})
RESEARCH = Citation(ORDINANCE, "12 §", version="2019:1015")
NEVER_MEASURE = 8


@dataclass(frozen=True, slots=True)
class Weeding:
    """Whether and when a file is weeded.

    `arises` is the day the duty arises and `last_day` the last day to be finished; both are None for a file
    that is kept. `weed` is False for a file that is kept, and while `postponed`.
    """

    weed: bool
    postponed: bool
    arises: date | None
    last_day: date | None
    finding: Finding
    unverified: tuple[str, ...] = ()


def weeding(
    last_note: date,
    born: date,
    county: str,
    *,
    municipality: str | None = None,
    measures: Collection[int] = (),
    register_data_remain: bool = False,
) -> Weeding:
    """When a board's personal file is weeded.

    `county` is a two-digit county code and `municipality` a four-digit municipality code, given where the
    county alone does not tell (Göteborg). `measures` are the numbers of 9 § LSS the file concerns. With
    `register_data_remain` data on the same person are still kept under 21 c § second paragraph, and the file
    waits for them. The duty arises five years after the last note, and weeding is finished at the end of the
    calendar year after that.
    """
    facts: dict[str, object] = {"last_note": last_note, "born": born, "county": county}
    if municipality is not None:
        facts["municipality"] = municipality
    if measures:
        facts["measures"] = sorted(measures)
    grounds = _kept(born, county, municipality, measures)
    if grounds:
        finding = Finding(
            rule="weeding",
            citation=Citation("LSS", "21 d §", version="2019:883"),
            outcome=Outcome.NOT_MET,
            reason="Akten gallras aldrig. " + " ".join(ground.reason for ground in grounds),
            facts=facts,
            result=None,
            children=grounds,
        )
        return Weeding(False, False, None, None, finding)

    years, dated = _years(last_note)
    arises = after_years(last_note, years)
    last = after_years(date(arises.year, 12, 31), 1)
    reason = (
        f"Sista anteckningen gjordes {last_note.isoformat()}. "
        f"Skyldigheten att gallra inträder {arises.isoformat()}. "
        f"Gallringen ska vara avslutad senast {last.isoformat()}."
    )
    if register_data_remain:
        reason += (
            " Akten gallras inte så länge uppgifter om samma person i sammanställningar inte har gallrats."
        )
    finding = Finding(
        rule="weeding",
        citation=dated.citation,
        outcome=Outcome.NOT_MET if register_data_remain else Outcome.MET,
        reason=reason,
        facts=facts | ({"register_data_remain": True} if register_data_remain else {}),
        result=last,
    )
    unverified = () if dated.verified else ("weeding_years",)
    return Weeding(not register_data_remain, register_data_remain, arises, last, finding, unverified)


def _years(last_note: date) -> tuple[int, Dated]:
    """The years by the law of the day the duty arises: an old file is weeded by the rule then in force."""
    for dated in parameter("weeding_years").values:
        years = cast("int", dated.value)
        if dated.holds(after_years(last_note, years), None):
            return years, dated
    raise NoParameter(
        "weeding_years",
        last_note,
        f"Lagen ger inget värde för gallring efter en anteckning {last_note.isoformat()}.",
    )


def _kept(
    born: date, county: str, municipality: str | None, measures: Collection[int]
) -> tuple[Finding, ...]:
    grounds = []
    if NEVER_MEASURE in measures:
        grounds.append(
            Finding(
                rule="weeding_never",
                citation=Citation("LSS", "21 d §", "första stycket", "2019:883"),
                outcome=Outcome.MET,
                reason="Handlingar om boende för barn eller ungdomar enligt 9 § 8 får inte gallras.",
                facts={"measures": sorted(measures)},
            )
        )
    if municipality in KEPT_MUNICIPALITIES or county in KEPT_COUNTIES:
        place = (
            f"{municipalities()[municipality]}s kommun"
            if municipality in KEPT_MUNICIPALITIES
            else counties()[county]
        )
        grounds.append(
            Finding(
                rule="weeding_research_area",
                citation=RESEARCH,
                outcome=Outcome.MET,
                reason=f"Alla handlingar i {place} bevaras för forskningen.",
                facts={"county": county, "municipality": municipality},
            )
        )
    elif born.day in KEPT_BIRTH_DAYS:
        grounds.append(
            Finding(
                rule="weeding_research_sample",
                citation=RESEARCH,
                outcome=Outcome.MET,
                reason="Handlingar om den som är född den 5, 15 eller 25 bevaras för forskningen.",
                facts={"born": born},
            )
        )
    return tuple(grounds)
