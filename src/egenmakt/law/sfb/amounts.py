"""Amounts of the state allowance and the municipality's share of it (SFB 51 kap. 11, 22 and 23 §§). Whole öre."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.rules import rule

FACTS = {
    "hours_paid_s": Fact("För hur många sekunder betalas ersättning?", Kind.WHOLE),
    "previous_amount_ore": Fact("Hur stort är årets schablonbelopp, i öre?", Kind.WHOLE),
    "granted_s_per_week": Fact("Hur många sekunder i veckan är beviljade?", Kind.WHOLE),
    "weeks": Fact("Hur många veckor gäller det?", Kind.WHOLE),
    "cost_per_hour_ore": Fact("Hur stor är den visade kostnaden per timme, i öre?", Kind.WHOLE),
    "special_reasons_for_more": Fact("Finns särskilda skäl för ett högre belopp?", Kind.YES_NO),
    "municipality_paid_ore": Fact("Hur mycket har kommunen betalat, i öre?", Kind.WHOLE),
    "municipality_owes_ore": Fact(
        "Hur mycket ska kommunen betala enligt slutavräkningen, i öre?", Kind.WHOLE
    ),
}
PARAMETERS = {
    "standard_amount_ore": ("standard_amount", ""),
    "higher_amount_percent": ("higher_amount_percent", ""),
    "municipal_share_hours": ("municipal_share_hours", ""),
    "standard_amount_rise": ("standard_amount_rise", ""),
}


@rule("51 kap. 11 §", part="andra stycket", act="SFB", version="2018:122", valid_from="2021-01-01")
@basis(source="HejaOlika 2023: högst 363,44; 2021: högst 352,80 (ingen avrundning till hel krona)")
def highest_amount_ore(standard_amount_ore: int, higher_amount_percent: int) -> int:
    """Det högre beloppet är högst tolv procent över schablonbeloppet, räknat i öre."""
    return (2 * standard_amount_ore * (100 + higher_amount_percent) + 100) // 200


@rule(
    "51 kap. 11 §",
    part="andra stycket",
    act="SFB",
    version="2010:110",
    valid_from="2011-01-01",
    valid_to="2018-09-30",
    name="highest_amount_ore",
)
@basis(
    source="Förordningen (1993:1091) 5 § i lydelsen SFS 2017:891; Funkaportalen 2017: högst 326; "
    "Assistanskoll 2012: högst 299",
    note="När avrundningen till hel krona upphörde är inte läst: för oktober 2018–2020 finns inget svar.",
)
def highest_amount_ore_2011(standard_amount_ore: int, higher_amount_percent: int) -> int:
    """Det högre beloppet är högst tolv procent över schablonbeloppet, avrundat till hel krona."""
    return (2 * standard_amount_ore * (100 + higher_amount_percent) + 10000) // 20000 * 100


@rule("51 kap. 11 §", act="SFB", version="2018:122", valid_from="2021-01-01")
@basis(source="HFD 2023 ref. 27: det högre beloppet kräver egen utredning om kostnaderna")
def amount_per_hour_ore(
    standard_amount_ore: int,
    special_reasons_for_more: bool,
    cost_per_hour_ore: int,
    highest_amount_ore: int,
) -> int:
    """Ersättningen lämnas med schablonbeloppet, eller vid särskilda skäl med den visade kostnaden upp till det högsta
    beloppet."""
    if special_reasons_for_more and cost_per_hour_ore > standard_amount_ore:
        return min(cost_per_hour_ore, highest_amount_ore)
    return standard_amount_ore


@rule(
    "5 §", act="förordningen (1993:1091)", version="2017:891", valid_from="2018-01-01", valid_to="2025-12-31"
)
@rule("5 §", act="förordningen (1993:1091)", version="2025:1045", valid_from="2026-01-01")
@basis(note="Regeringen har vissa år bestämt ett annat belopp direkt i förordningen.")
def uprated_amount_ore(previous_amount_ore: int, standard_amount_rise: int) -> int:
    """Schablonbeloppet räknas upp och avrundas till närmaste tiotal öre; fem öre avrundas uppåt."""
    return (previous_amount_ore * (1000000 + standard_amount_rise) + 5000000) // 10000000 * 10


@rule("51 kap. 14 §", act="SFB", version="2018:555", valid_from="2021-01-01")
def allowance_ore(hours_paid_s: int, amount_per_hour_ore: int) -> int:
    """Ersättningen för en månad är timmarna gånger beloppet per timme."""
    return (2 * hours_paid_s * amount_per_hour_ore + 3600) // 7200


@rule("51 kap. 22 §", act="SFB", version="2011:332", valid_from="2011-05-01")
def municipal_time_s(granted_s_per_week: int, municipal_share_hours: int, weeks: int) -> int:
    """Kommunen betalar de första tjugo assistanstimmarna i veckan."""
    return min(granted_s_per_week, municipal_share_hours * 3600) * weeks


@rule("51 kap. 22 §", act="SFB", version="2011:332", valid_from="2011-05-01")
def municipal_cost_ore(municipal_time_s: int, standard_amount_ore: int) -> int:
    """Kommunens del kostar timmarna gånger schablonbeloppet."""
    return (2 * municipal_time_s * standard_amount_ore + 3600) // 7200


@rule("51 kap. 23 §", part="andra stycket", act="SFB", version="2018:555", valid_from="2018-10-01")
@basis(note="Dagen då lydelsen SFS 2018:555 började gälla är inte läst; regeln visas från oktober 2018.")
def returned_to_municipality_ore(municipality_paid_ore: int, municipality_owes_ore: int) -> int:
    """Har kommunen betalat för mycket betalar Försäkringskassan tillbaka det."""
    return max(0, municipality_paid_ore - municipality_owes_ore)
