"""Which administrative court an appeal goes to.

Guarantee: every municipality has exactly one court on every day from 15 February 2010. Where sources leave
the area open the court is marked not verified, and using it is to be shown as such. Addresses are not kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.procedure.geography import DATA, UnknownMunicipality, counties, municipalities
from egenmakt.law.timeline import Period

WHERE_APPEALS_GO = Citation(
    "förordningen (1977:937) om allmänna förvaltningsdomstolars behörighet m.m.", "5 §"
)


class NoCourt(LookupError):
    """The day lies before the administrative courts of today (15 February 2010)."""

    def __init__(self, on: date) -> None:
        self.day = on
        super().__init__(f"Förvaltningsrätternas områden finns från 2010-02-15, inte för {on.isoformat()}.")


@dataclass(frozen=True, slots=True)
class Court:
    """An administrative court (förvaltningsrätt) for one municipality, and how well that is known."""

    name: str
    seat: str
    court_of_appeal: str
    source: str
    verified: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Area:
    name: str
    seat: str
    court_of_appeal: str
    counties: frozenset[str]
    municipalities: frozenset[str]
    period: Period
    source: str
    verified: bool


@cache
def _areas() -> tuple[_Area, ...]:
    document = tomllib.loads((DATA / "courts.toml").read_text("utf-8"))
    return tuple(_read_areas(document["court"], document["open"]))


def _read_areas(courts: list[dict[str, object]], still_open: list[dict[str, object]]) -> Iterator[_Area]:
    """Open questions first, then the areas as sources give them."""
    by_name = {court["name"]: court for court in courts}
    for entry in still_open:
        yield _area(
            by_name[entry["name"]]
            | entry
            | {"verified": False, "counties": [], "municipalities": [entry["municipality"]]}
        )
    for court in courts:
        yield _area(court)


def _area(entry: dict[str, object]) -> _Area:
    return _Area(
        name=str(entry["name"]),
        seat=str(entry["seat"]),
        court_of_appeal=str(entry["court_of_appeal"]),
        counties=frozenset(cast("list[str]", entry["counties"])),
        municipalities=frozenset(cast("list[str]", entry.get("municipalities", []))),
        period=Period.through(cast("date", entry["valid_from"]), cast("date | None", entry.get("valid_to"))),
        source=str(entry["source"]),
        verified=entry["verified"] is True,
    )


def court_for(municipality_code: str, on: date) -> Court:
    """The court that tries an appeal against a decision of the municipality on the day.

    `municipality_code` has four digits (`1497` Hjo). Raises `UnknownMunicipality` and, before 15 February
    2010, `NoCourt`.
    """
    name = municipalities().get(municipality_code)
    if name is None:
        raise UnknownMunicipality(municipality_code)
    in_force = [area for area in _areas() if on in area.period]
    for area in in_force:
        if municipality_code in area.municipalities:
            return _court(area, municipality_code, name)
    for area in in_force:
        if municipality_code[:2] in area.counties:
            return _court(area, municipality_code, name)
    raise NoCourt(on)


def court_names(on: date) -> tuple[str, ...]:
    """The names of all administrative courts on the day, in the order of the ordinance's appeal courts."""
    return tuple(dict.fromkeys(area.name for area in _areas() if on in area.period and area.counties))


def _court(area: _Area, code: str, municipality: str) -> Court:
    county = counties()[code[:2]]
    reason = f"Beslut av {municipality} kommun ({county}) överklagas till {area.name}."
    if not area.verified:
        reason += " Uppgiften är inte bekräftad av någon källa. Kontrollera den innan beslutet skickas."
    finding = Finding(
        rule="court",
        citation=WHERE_APPEALS_GO,
        outcome=Outcome.MET if area.verified else Outcome.UNCLEAR,
        reason=reason,
        facts={"municipality": code, "source": area.source},
        result=area.name,
    )
    return Court(area.name, area.seat, area.court_of_appeal, area.source, area.verified, finding)
