"""Correcting, changing and appealing a decision (FL 36–49 §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Rejector(StrEnum):
    """Who decides that an appeal is not taken up."""

    DECIDING_AUTHORITY = "deciding_authority"
    COURT = "court"


class RejectionGround(StrEnum):
    """Why an appeal would not be taken up."""

    LATE = "late"
    OTHER = "other"


FACTS = {
    "obvious_slip": Fact("Är felet uppenbart och beror på skrivfel, räknefel eller liknande?"),
    "decision_wrong": Fact("Anser myndigheten att beslutet är felaktigt?"),
    "favourable": Fact("Är beslutet gynnande för den enskilde?"),
    "changed_to_harm": Fact("Ändras det till den enskildes nackdel?"),
    "revocable_by_its_terms": Fact(
        "Framgår det av beslutet eller reglerna att det får återkallas i det läget?"
    ),
    "urgent_safety": Fact("Kräver tvingande säkerhetsskäl att det ändras omedelbart?"),
    "party_misled": Fact("Beror felet på att parten lämnade oriktiga eller vilseledande uppgifter?"),
    "clearly_wrong": Fact("Är beslutet uppenbart felaktigt i något väsentligt hänseende?"),
    "quick_and_easy": Fact("Kan det ändras snabbt och enkelt?"),
    "harms_no_party": Fact("Kan det ändras utan nackdel för någon enskild part?"),
    "handed_to_court": Fact("Har överklagandet överlämnats till domstolen?", Kind.YES_NO),
    "appealed_to_appeal_court": Fact("Överklagas förvaltningsrättens dom till kammarrätten?", Kind.YES_NO),
    "appeal_affects_noticeably": Fact("Kan beslutet påverka någons situation på ett inte obetydligt sätt?"),
    "concerns_appellant": Fact("Angår beslutet den som överklagar?"),
    "went_against_appellant": Fact("Har det gått honom eller henne emot?"),
    "appeal_in_writing": Fact("Är överklagandet skriftligt?"),
    "states_decision": Fact("Anger det vilket beslut som överklagas?"),
    "states_change": Fact("Anger det hur beslutet ska ändras?"),
    "weeks_after_service": Fact(
        "Hur många påbörjade veckor efter delgivningen kom överklagandet in, räknat till sista dagen?",
        Kind.WHOLE,
    ),
    "wrong_instructions": Fact("Beror förseningen på en felaktig underrättelse om hur man överklagar?"),
    "reached_court_in_time": Fact("Kom överklagandet in till domstolen i tid?"),
    "appeal_rejected": Fact("Har överklagandet avvisats?"),
    "handed_over_promptly": Fact("Har överklagandet och handlingarna överlämnats skyndsamt?"),
    "decision_changed_after_appeal": Fact("Har myndigheten ändrat det överklagade beslutet?"),
    "new_decision_handed_over": Fact("Har det nya beslutet också överlämnats?"),
    "rejection_ground": Fact("Varför skulle överklagandet avvisas?", Kind.CHOICE, RejectionGround),
    "sent_to_court_by_mistake": Fact(
        "Har överklagandet getts in till domstolen i stället för till myndigheten?"
    ),
    "court_forwarded": Fact("Har domstolen skickat det vidare till myndigheten?"),
    "court_told_arrival": Fact("Har domstolen angett vilken dag det kom in dit?"),
    "court_suspended_decision": Fact("Har domstolen bestämt att beslutet tills vidare inte ska gälla?"),
    "delay_appeal_granted": Fact(
        "Har domstolen bifallit överklagandet av avslaget på begäran att avgöra ärendet?"
    ),
}
PARAMETERS = ("appeal_weeks",)


@rule("36 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Felet kan inte rättas som ett skrivfel.")
def may_be_corrected(obvious_slip: Answer) -> Answer:
    """En uppenbar felaktighet till följd av skrivfel, räknefel eller liknande förbiseende får rättas."""
    return obvious_slip


@rule(
    "37 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Ett gynnande beslut får inte ändras till nackdel: ingen av de tre grunderna finns.")
def may_change_to_harm(revocable_by_its_terms: Answer, urgent_safety: Answer, party_misled: Answer) -> Answer:
    """Ett gynnande beslut får ändras till den enskildes nackdel bara om det får återkallas, om säkerheten tvingar eller
    om parten har lämnat oriktiga uppgifter."""
    return max(revocable_by_its_terms, urgent_safety, party_misled)


@rule("37 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Beslutet får inte ändras.")
def may_be_changed(
    decision_wrong: Answer, favourable: Answer, changed_to_harm: Answer, may_change_to_harm: Answer
) -> Answer:
    """Myndigheten får ändra ett beslut som den anser felaktigt, men ett gynnande beslut till nackdel bara på de grunder
    lagen anger."""
    harmed = min(favourable, changed_to_harm)
    if harmed == Answer.NO:
        return decision_wrong
    if harmed == Answer.UNKNOWN:
        return min(decision_wrong, max(Answer.UNKNOWN, may_change_to_harm))
    return min(decision_wrong, may_change_to_harm)


@rule("38 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Myndigheten behöver inte ändra beslutet.")
def must_be_changed(clearly_wrong: Answer, quick_and_easy: Answer, harms_no_party: Answer) -> Answer:
    """Myndigheten ska ändra ett beslut som är uppenbart felaktigt i något väsentligt hänseende, om det går snabbt och
    enkelt och utan nackdel för någon part."""
    return min(clearly_wrong, quick_and_easy, harms_no_party)


@rule("39 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Ett överklagat beslut får inte ändras här.")
def may_be_changed_after_appeal(must_be_changed: Answer, handed_to_court: bool) -> Answer:
    """Ett överklagat beslut får ändras bara enligt 38 §, och bara innan överklagandet har överlämnats."""
    if handed_to_court:
        return Answer.NO
    return must_be_changed


@rule("40 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Inget prövningstillstånd behövs.")
def leave_to_appeal_needed(appealed_to_appeal_court: bool) -> bool:
    """Beslut överklagas till allmän förvaltningsdomstol, och till kammarrätten bara med prövningstillstånd."""
    return appealed_to_appeal_court


@rule("41 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Beslutet får inte överklagas.")
def decision_appealable(appeal_affects_noticeably: Answer) -> Answer:
    """Ett beslut får överklagas om det kan påverka någons situation på ett inte obetydligt sätt."""
    return appeal_affects_noticeably


@rule("42 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Personen får inte överklaga beslutet.")
def person_may_appeal(
    decision_appealable: Answer, concerns_appellant: Answer, went_against_appellant: Answer
) -> Answer:
    """Beslutet får överklagas av den som det angår, om det har gått honom eller henne emot."""
    return min(decision_appealable, concerns_appellant, went_against_appellant)


@rule("43 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    refusal="Överklagandet är inte skriftligt, eller säger inte vad som överklagas och hur det ska ändras."
)
def appeal_complete(appeal_in_writing: Answer, states_decision: Answer, states_change: Answer) -> Answer:
    """Överklagandet är skriftligt, ges in till den myndighet som beslutade och säger vilket beslut det gäller och hur det
    ska ändras."""
    return min(appeal_in_writing, states_decision, states_change)


@rule("44 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Överklagandet kom in efter tre veckor.")
def within_time_to_appeal(weeks_after_service: int, appeal_weeks: int) -> bool:
    """Överklagandet ska ha kommit in inom tre veckor från den dag då den enskilde fick del av beslutet."""
    return weeks_after_service <= appeal_weeks


@rule("45 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Överklagandet ska inte avvisas som för sent.")
def rejected_as_late(within_time_to_appeal: bool) -> Answer:
    """Ett överklagande som har kommit in för sent avvisas."""
    if within_time_to_appeal:
        return Answer.NO
    return Answer.YES


@rule(
    "45 §",
    part="andra stycket 1",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="rejected_as_late",
)
@basis(refusal="Förseningen beror inte på en felaktig underrättelse.")
def late_by_wrong_instructions(wrong_instructions: Answer) -> Answer:
    """Överklagandet avvisas inte om förseningen beror på att myndigheten inte har underrättat rätt om hur man
    överklagar."""
    return wrong_instructions


@rule(
    "45 §",
    part="andra stycket 2",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside=("rejected_as_late", "late_by_wrong_instructions"),
)
@basis(refusal="Överklagandet kom inte heller in till domstolen i tid.")
def in_time_at_court(reached_court_in_time: Answer) -> Answer:
    """Överklagandet avvisas inte om det kom in till domstolen inom överklagandetiden."""
    return reached_court_in_time


@rule(
    "46 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Överklagandet är inte skyndsamt överlämnat till domstolen.")
def appeal_handed_over(appeal_rejected: Answer, handed_over_promptly: Answer) -> Answer:
    """Avvisas överklagandet inte överlämnas det skyndsamt till domstolen med handlingarna i ärendet."""
    if appeal_rejected == Answer.YES:
        return Answer.YES
    if appeal_rejected == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, handed_over_promptly)
    return handed_over_promptly


@rule(
    "46 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Det nya beslutet är inte överlämnat till domstolen.")
def new_decision_follows(decision_changed_after_appeal: Answer, new_decision_handed_over: Answer) -> Answer:
    """Ändrar myndigheten ett överklagat beslut överlämnas även det nya beslutet. Överklagandet omfattar det."""
    if decision_changed_after_appeal == Answer.NO:
        return Answer.YES
    if decision_changed_after_appeal == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, new_decision_handed_over)
    return new_decision_handed_over


@rule(
    "47 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
def who_rejects_appeal(rejection_ground: RejectionGround) -> Rejector:
    """Myndigheten avvisar det som har kommit in för sent; domstolen prövar alla andra skäl att avvisa ett
    överklagande."""
    if rejection_ground == RejectionGround.LATE:
        return Rejector.DECIDING_AUTHORITY
    return Rejector.COURT


@rule(
    "47 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Domstolen har inte skickat överklagandet vidare, eller inte angett vilken dag det kom in.")
def mistaken_appeal_forwarded(
    sent_to_court_by_mistake: Answer, court_forwarded: Answer, court_told_arrival: Answer
) -> Answer:
    """Ett överklagande som av misstag getts in till domstolen skickas vidare till myndigheten, med dagen då det kom
    in."""
    if sent_to_court_by_mistake == Answer.NO:
        return Answer.YES
    forwarded = min(court_forwarded, court_told_arrival)
    if sent_to_court_by_mistake == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, forwarded)
    return forwarded


@rule("48 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Domstolen har bestämt att beslutet tills vidare inte ska gälla.")
def not_suspended_by_court(court_suspended_decision: Answer) -> Answer:
    """Domstolen får bestämma att det överklagade beslutet tills vidare inte ska gälla."""
    if court_suspended_decision == Answer.YES:
        return Answer.NO
    if court_suspended_decision == Answer.NO:
        return Answer.YES
    return Answer.UNKNOWN


@rule(
    "49 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Domstolen har inte förelagt myndigheten att avgöra ärendet.")
def ordered_to_decide(delay_appeal_granted: Answer) -> Answer:
    """Bifaller domstolen ett överklagande av avslaget enligt 12 § föreläggs myndigheten att avgöra ärendet snarast eller
    inom den tid domstolen bestämmer. Det beslutet får inte överklagas."""
    return delay_appeal_granted
