"""Those who take part in a case: language and interpreters, representatives, and bias (FL 13–18 §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "representative_fit": Fact("Är ombudet eller biträdet lämpligt för uppdraget?"),
    "proxy_named": Fact("Anger fullmakten ombudets namn?"),
    "proxy_scope_stated": Fact("Anger fullmakten uppdragets omfattning?"),
    "party_or_close": Fact("Är handläggaren eller en närstående part, eller påverkas märkbart av beslutet?"),
    "has_represented": Fact("Har handläggaren eller en närstående företrätt någon i ärendet?"),
    "took_part_before": Fact("Har handläggaren tidigare tagit ställning vid en annan myndighet?"),
    "other_doubt": Fact("Finns någon annan särskild omständighet som rubbar förtroendet?"),
    "doubt_without_meaning": Fact("Saknar frågan om opartiskhet uppenbart betydelse?"),
    "task_only_biased_can_do": Fact(
        "Är det en uppgift som ingen annan kan utföra utan att handläggningen försenas avsevärt?"
    ),
    "knows_of_possible_bias": Fact(
        "Känner handläggaren till något som kan antas göra honom eller henne jävig?"
    ),
    "bias_reported_at_once": Fact("Har handläggaren genast anmält det?"),
    "bias_question_raised": Fact("Har en fråga om jäv väckts?"),
    "bias_tried_soon": Fact("Har myndigheten prövat frågan så snart som möjligt?"),
    "needed_for_quorum": Fact("Krävs den som jävet gäller för att myndigheten ska vara beslutsför?"),
    "substitute_would_delay": Fact("Skulle prövningen försenas avsevärt om en ersättare kallades in?"),
    "does_not_master_swedish": Fact("Är det någon som inte behärskar svenska?"),
    "cannot_see_hear_or_speak_well": Fact(
        "Begränsar en funktionsnedsättning allvarligt förmågan att se, höra eller tala?"
    ),
    "needed_to_use_rights": Fact("Behövs det för att personen ska kunna ta till vara sin rätt?"),
}


@rule(
    "13 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Ingen tolk och ingen översättning behövs.")
def interpreter_or_translation_needed(
    does_not_master_swedish: Answer, needed_to_use_rights: Answer
) -> Answer:
    """Myndigheten använder tolk och ser till att handlingar översätts när den som inte behärskar svenska behöver det för
    att kunna ta till vara sin rätt."""
    return min(does_not_master_swedish, needed_to_use_rights)


@rule(
    "13 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Ingen tolk och inget tillgängligt innehåll behövs på grund av funktionsnedsättning.")
def accessible_content_needed(cannot_see_hear_or_speak_well: Answer, needed_to_use_rights: Answer) -> Answer:
    """Myndigheten använder tolk och gör innehållet tillgängligt när den behöver det som har en funktionsnedsättning som
    allvarligt begränsar förmågan att se, höra eller tala."""
    return min(cannot_see_hear_or_speak_well, needed_to_use_rights)


@rule("14 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Ombudet eller biträdet är olämpligt och får inte medverka.")
def representative_allowed(representative_fit: Answer) -> Answer:
    """Parten får anlita ett ombud eller biträde som är lämpligt för uppdraget."""
    return representative_fit


@rule("15 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Fullmakten saknar ombudets namn eller uppdragets omfattning.")
def proxy_complete(proxy_named: Answer, proxy_scope_stated: Answer) -> Answer:
    """En fullmakt anger ombudets namn och uppdragets omfattning."""
    return min(proxy_named, proxy_scope_stated)


@rule("16 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Handläggaren är inte jävig.")
def biased(
    party_or_close: Answer,
    has_represented: Answer,
    took_part_before: Answer,
    other_doubt: Answer,
) -> Answer:
    """Den är jävig som själv eller genom närstående är part eller berörs, har företrätt någon, tagit ställning tidigare
    eller annars kan ifrågasättas."""
    return max(party_or_close, has_represented, took_part_before, other_doubt)


@rule(
    "16 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="biased",
)
@basis(refusal="Frågan om opartiskhet har betydelse.")
def bias_without_meaning(doubt_without_meaning: Answer) -> Answer:
    """Myndigheten bortser från jäv när det är uppenbart att frågan om opartiskhet saknar betydelse."""
    return doubt_without_meaning


@rule("17 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    refusal="Handläggaren är jävig och får varken ta del i handläggningen eller vara med när ärendet avgörs."
)
def may_take_part(biased: Answer) -> Answer:
    """Den som är jävig får inte ta del i handläggningen och inte vara närvarande när ärendet avgörs."""
    if biased == Answer.YES:
        return Answer.NO
    if biased == Answer.NO:
        return Answer.YES
    return Answer.UNKNOWN


@rule(
    "17 §",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="may_take_part",
    instead=Answer.YES,
)
@basis(refusal="Någon annan kan göra uppgiften utan att handläggningen försenas avsevärt.")
def nobody_else_can(task_only_biased_can_do: Answer) -> Answer:
    """Den som är jävig får utföra sådant som ingen annan kan utföra utan att handläggningen försenas avsevärt."""
    return task_only_biased_can_do


@rule(
    "18 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(
    refusal="Den som känner till en omständighet som kan göra honom eller henne jävig har inte anmält det genast."
)
def bias_reported(knows_of_possible_bias: Answer, bias_reported_at_once: Answer) -> Answer:
    """Den som känner till något som kan antas göra honom eller henne jävig anmäler det omedelbart till myndigheten."""
    if knows_of_possible_bias == Answer.NO:
        return Answer.YES
    if knows_of_possible_bias == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, bias_reported_at_once)
    return bias_reported_at_once


@rule(
    "18 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Jävsfrågan är väckt men inte prövad så snart som möjligt.")
def bias_tried(bias_question_raised: Answer, bias_tried_soon: Answer) -> Answer:
    """Myndigheten prövar en jävsfråga så snart som möjligt."""
    if bias_question_raised == Answer.NO:
        return Answer.YES
    if bias_question_raised == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, bias_tried_soon)
    return bias_tried_soon


@rule(
    "18 §",
    part="tredje stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Den som jävet gäller får inte vara med och pröva det.")
def may_try_own_bias(needed_for_quorum: Answer, substitute_would_delay: Answer) -> Answer:
    """Den som jävet gäller får ta del i prövningen bara om myndigheten annars inte är beslutsför och en ersättare inte
    kan kallas utan att prövningen försenas avsevärt."""
    return min(needed_for_quorum, substitute_would_delay)
