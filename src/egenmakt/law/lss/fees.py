"""What the individual may be asked to pay (LSS 18–21 §§): almost nothing. Money is whole öre."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "receives_allowance": Fact("Får personen assistansersättning från Försäkringskassan?"),
    "allowance_ore": Fact("Hur stor är assistansersättningen för månaden, i öre?", Kind.WHOLE),
    "concerns_home_or_leisure": Fact(
        "Gäller avgiften bostad, fritidsverksamhet eller kulturella aktiviteter?"
    ),
    "full_pension_or_like": Fact(
        "Har personen hel pension, hel sjuk- eller aktivitetsersättning eller lika hög inkomst?"
    ),
    "own_cost_ore": Fact("Hur stor är kommunens självkostnad för månaden, i öre?", Kind.WHOLE),
    "income_ore": Fact("Hur stor är personens inkomst för månaden, i öre?", Kind.WHOLE),
    "personal_needs_ore": Fact(
        "Hur mycket behöver personen för sina personliga behov under månaden, i öre?", Kind.WHOLE
    ),
    "under_18": Fact("Är personen under 18 år?"),
    "cared_for_in_other_home": Fact("Får barnet omvårdnad i ett annat hem än det egna med stöd av LSS?"),
}


@rule("18 §", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Ingen avgift för personlig assistans får tas ut.")
def fee_for_assistance(receives_allowance: Answer) -> Answer:
    """Avgift för personlig assistans får tas ut bara av den som får assistansersättning från Försäkringskassan."""
    return receives_allowance


@rule("18 §", version="2010:480", valid_from="2011-01-01")
def fee_for_assistance_most_ore(fee_for_assistance: Answer, allowance_ore: int) -> int:
    """Avgiften för assistans ryms inom ersättningen. Utan assistansersättning är insatsen avgiftsfri."""
    if fee_for_assistance == Answer.YES:
        return allowance_ore
    return 0


@rule("19 §", version="2010:480", valid_from="2011-01-01")
@basis(refusal="Ingen avgift för bostad, fritid eller kultur får tas ut.")
def fee_for_home_and_leisure(concerns_home_or_leisure: Answer, full_pension_or_like: Answer) -> Answer:
    """Skäliga avgifter för bostad, fritid och kultur får tas ut av den som har hel pension, hel sjukersättning eller
    aktivitetsersättning eller lika hög inkomst."""
    return min(concerns_home_or_leisure, full_pension_or_like)


@rule("19 §", version="2010:480", valid_from="2011-01-01")
def left_after_personal_needs_ore(income_ore: int, personal_needs_ore: int) -> int:
    """Personen ska få behålla tillräckliga medel för sina personliga behov, också för kostnader på grund av
    funktionshindret (förordningen 6 §)."""
    return max(0, income_ore - personal_needs_ore)


@rule("19 §", version="2010:480", valid_from="2011-01-01")
def fee_for_home_and_leisure_most_ore(
    fee_for_home_and_leisure: Answer, own_cost_ore: int, left_after_personal_needs_ore: int
) -> int:
    """Avgiften är aldrig högre än kommunens självkostnad, och aldrig så hög att personens egna behov inte kan
    täckas."""
    if fee_for_home_and_leisure != Answer.YES:
        return 0
    return min(own_cost_ore, left_after_personal_needs_ore)


@rule("20 §", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Föräldrarna ska inte bidra till kostnaderna.")
def parents_contribute(under_18: Answer, cared_for_in_other_home: Answer) -> Answer:
    """Får den som är under 18 år omvårdnad i ett annat hem än det egna ska föräldrarna i skälig utsträckning bidra till
    kommunens kostnader."""
    return min(under_18, cared_for_in_other_home)


@rule("21 §", version="1993:387", valid_from="1994-01-01")
@basis(refusal="Ingen avgift får tas ut.")
def any_fee_allowed(
    fee_for_assistance: Answer, fee_for_home_and_leisure: Answer, parents_contribute: Answer
) -> Answer:
    """I andra fall än de som anges i 18–20 §§ får avgifter inte tas ut för insatser."""
    return max(fee_for_assistance, fee_for_home_and_leisure, parents_contribute)
