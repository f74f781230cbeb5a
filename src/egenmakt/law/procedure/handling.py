"""Handling a case: form, speed, the party's insight, arrival, investigation (FL 9–12 and 19–27 §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Channel(StrEnum):
    """How a document reached the authority."""

    BY_HAND = "by_hand"
    MAIL_BOX_FIRST_EMPTYING = "mail_box_first_emptying"
    POST = "post"
    E_MAIL = "e_mail"


FACTS = {
    "handled_in_writing": Fact("Är handläggningen skriftlig?"),
    "oral_by_decision": Fact("Har myndigheten beslutat om muntlig handläggning, utan att det är olämpligt?"),
    "material_asked_for": Fact("Begär parten att få ta del av materialet?"),
    "secret_towards_party": Fact("Är uppgiften sekretessbelagd även mot parten (OSL 10 kap. 3 §)?"),
    "substantially_delayed": Fact("Blir avgörandet väsentligt försenat?"),
    "told_of_delay": Fact("Har parten underrättats om förseningen?"),
    "reason_for_delay_told": Fact("Har parten fått veta varför?"),
    "months_open": Fact("Hur många påbörjade månader har gått sedan ärendet inleddes?", Kind.WHOLE),
    "begun_by_party": Fact("Inleddes ärendet av parten?", Kind.YES_NO),
    "asked_before": Fact("Har parten redan en gång begärt att ärendet avgörs?", Kind.YES_NO),
    "asked_in_writing": Fact("Är begäran skriftlig?", Kind.YES_NO),
    "confirmation_needed": Fact("Anser myndigheten att avsändaren behöver bekräfta handlingen?"),
    "confirmed_by_sender": Fact("Har avsändaren bekräftat handlingen?"),
    "party_identified": Fact("Framgår vem den enskilde är och hur han eller hon kan nås?"),
    "wish_stated": Fact("Framgår vad ärendet gäller och vad den enskilde vill?"),
    "grounds_stated": Fact("Framgår de omständigheter som begäran grundas på, om det behövs?"),
    "help_given": Fact("Har myndigheten hjälpt den enskilde att rätta till bristen?"),
    "defect_prevents_trial": Fact("Hindrar bristen att begäran prövas?"),
    "consequence_stated": Fact("Anger föreläggandet att begäran annars kanske inte prövas?"),
    "channel": Fact("Hur nådde handlingen myndigheten?", Kind.CHOICE, Channel),
    "parted_day_before_unlikely": Fact(
        "Är det osannolikt att försändelsen skildes av på posten dagen innan?", Kind.YES_NO
    ),
    "case_investigated": Fact("Är ärendet utrett så som det kräver?"),
    "wants_oral": Fact("Vill parten lämna uppgifter muntligt?"),
    "oral_needless": Fact("Framstår det som obehövligt?"),
    "clearly_needless_to_communicate": Fact("Är det uppenbart obehövligt att underrätta parten?"),
    "decision_would_be_hindered": Fact("Skulle beslutet annars bli avsevärt svårare att genomföra?"),
    "must_be_at_once": Fact("Kräver ett väsentligt intresse att beslutet meddelas omedelbart?"),
    "all_material_told": Fact("Har parten underrättats om allt material av betydelse?"),
    "time_to_answer_given": Fact("Har parten fått en bestämd tid att yttra sig?"),
    "referral_says_what": Fact("Anger remissen vad yttrandet ska avse?"),
    "referral_says_when": Fact("Anger remissen när yttrandet senast ska ha kommit in?"),
    "oral_facts_noted": Fact("Är uppgifter som inte kom i en handling snarast antecknade?"),
    "note_says_when_and_who": Fact("Framgår det när anteckningen gjordes och av vem?"),
}
PARAMETERS = ("delay_request_months",)


@rule(
    "9 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Handläggningen är varken skriftlig eller muntlig genom beslut.")
def handled_in_proper_form(handled_in_writing: Answer, oral_by_decision: Answer) -> Answer:
    """Handläggningen är skriftlig, om inte myndigheten har beslutat att den ska vara muntlig."""
    return max(handled_in_writing, oral_by_decision)


@rule("10 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Uppgiften lämnas inte till parten.")
def party_may_see(material_asked_for: Answer) -> Answer:
    """Parten får ta del av allt material som har tillförts ärendet."""
    return material_asked_for


@rule(
    "10 §",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="party_may_see",
)
@basis(refusal="Ingen sekretess gäller mot parten.")
def kept_secret_from_party(secret_towards_party: Answer) -> Answer:
    """Rätten till insyn gäller med de gränser som följer av 10 kap. 3 § offentlighets- och sekretesslagen."""
    return secret_towards_party


@rule("11 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Parten har inte fått veta om förseningen och dess orsak.")
def delay_was_told(
    substantially_delayed: Answer, told_of_delay: Answer, reason_for_delay_told: Answer
) -> Answer:
    """Blir avgörandet väsentligt försenat underrättas parten, och får veta varför."""
    if substantially_delayed == Answer.NO:
        return Answer.YES
    told = min(told_of_delay, reason_for_delay_told)
    if substantially_delayed == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told)
    return told


@rule("12 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Parten kan inte nu begära att ärendet avgörs.")
def may_ask_for_decision(
    begun_by_party: bool,
    asked_before: bool,
    asked_in_writing: bool,
    months_open: int,
    delay_request_months: int,
) -> bool:
    """Är ett ärende som parten inlett inte avgjort inom sex månader får parten en gång skriftligen begära att det
    avgörs."""
    if not begun_by_party or asked_before or not asked_in_writing:
        return False
    return months_open > delay_request_months


@rule("19 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Ansökan säger inte vem som ansöker, vad som önskas eller varför.")
def application_complete(party_identified: Answer, wish_stated: Answer, grounds_stated: Answer) -> Answer:
    """En ansökan säger vem den enskilde är och hur han eller hon nås, vad ärendet gäller, vad den enskilde vill och
    varför."""
    return min(party_identified, wish_stated, grounds_stated)


@rule(
    "20 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Ansökan är ofullständig, och myndigheten har inte hjälpt den enskilde till rätta.")
def helped_first(application_complete: Answer, help_given: Answer) -> Answer:
    """Är ansökan ofullständig eller oklar hjälper myndigheten i första hand den enskilde till rätta."""
    if application_complete == Answer.YES:
        return Answer.YES
    if application_complete == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, help_given)
    return help_given


@rule(
    "20 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Myndigheten får inte förelägga eller avvisa.")
def may_order_completion(
    helped_first: Answer, defect_prevents_trial: Answer, consequence_stated: Answer
) -> Answer:
    """Hindrar en brist som finns kvar en prövning får myndigheten förelägga den enskilde att avhjälpa den, och säger då
    att ansökan annars kanske inte prövas."""
    return min(helped_first, defect_prevents_trial, consequence_stated)


@rule("21 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Avsändaren har inte bekräftat handlingen, fast myndigheten anser att det behövs.")
def document_confirmed(confirmation_needed: Answer, confirmed_by_sender: Answer) -> Answer:
    """En handling bekräftas av avsändaren om myndigheten anser att det behövs."""
    if confirmation_needed == Answer.NO:
        return Answer.YES
    if confirmation_needed == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, confirmed_by_sender)
    return confirmed_by_sender


@rule("22 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    source="FL 22 §; Högsta förvaltningsdomstolen 2024 (refererad 2024-03-13): regeln gäller inte e-post",
    refusal="Handlingen kom in den dag den nådde myndigheten.",
)
def counts_as_day_before(channel: Channel, parted_day_before_unlikely: bool) -> bool:
    """En handling kommer in den dag den når myndigheten. Post, och det som låg i postlådan vid dagens första tömning,
    räknas till närmast föregående arbetsdag."""
    if channel == Channel.MAIL_BOX_FIRST_EMPTYING:
        return True
    return channel == Channel.POST and not parted_day_before_unlikely


@rule(
    "23 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Ärendet är inte tillräckligt utrett.")
def sufficiently_investigated(case_investigated: Answer) -> Answer:
    """Myndigheten ser till att ärendet blir utrett så långt dess beskaffenhet kräver."""
    return case_investigated


@rule("24 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Parten behöver inte få lämna uppgifter muntligt.")
def may_speak(wants_oral: Answer) -> Answer:
    """Vill parten lämna uppgifter muntligt får han eller hon tillfälle till det."""
    return wants_oral


@rule(
    "24 §",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="may_speak",
)
@basis(refusal="Det framstår inte som obehövligt att parten lämnar uppgifter muntligt.")
def needless_to_speak(oral_needless: Answer) -> Answer:
    """Parten behöver inte få lämna uppgifter muntligt när det framstår som obehövligt."""
    return oral_needless


@rule(
    "25 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten behöver inte underrättas före beslutet.")
def must_communicate(clearly_needless_to_communicate: Answer) -> Answer:
    """Före beslutet underrättas parten om allt material av betydelse, om det inte är uppenbart obehövligt."""
    if clearly_needless_to_communicate == Answer.YES:
        return Answer.NO
    if clearly_needless_to_communicate == Answer.NO:
        return Answer.YES
    return Answer.UNKNOWN


@rule(
    "25 §",
    part="första stycket 2",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="must_communicate",
)
@basis(refusal="Beslutet blir inte svårare att genomföra om parten underrättas först.")
def communication_hinders(decision_would_be_hindered: Answer) -> Answer:
    """Myndigheten får avstå när det kan befaras att beslutet annars skulle bli avsevärt svårare att genomföra."""
    return decision_would_be_hindered


@rule(
    "25 §",
    part="första stycket 3",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside=("must_communicate", "communication_hinders"),
)
@basis(refusal="Beslutet måste inte meddelas omedelbart.")
def decided_at_once(must_be_at_once: Answer) -> Answer:
    """Myndigheten får avstå när ett väsentligt allmänt eller enskilt intresse kräver att beslutet meddelas
    omedelbart."""
    return must_be_at_once


@rule(
    "25 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten har inte underrättats om allt material och fått en bestämd tid att svara.")
def communicated(must_communicate: Answer, all_material_told: Answer, time_to_answer_given: Answer) -> Answer:
    """Parten har underrättats om allt material och fått en bestämd tid att yttra sig, när det krävs."""
    if must_communicate == Answer.NO:
        return Answer.YES
    told = min(all_material_told, time_to_answer_given)
    if must_communicate == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told)
    return told


@rule(
    "26 §",
    part="tredje stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Remissen säger inte vad den ska avse eller när svaret ska vara inne.")
def referral_complete(referral_says_what: Answer, referral_says_when: Answer) -> Answer:
    """En remiss anger vad yttrandet ska avse och när det senast ska ha kommit in."""
    return min(referral_says_what, referral_says_when)


@rule("27 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Uppgifter av betydelse är inte antecknade, eller det framgår inte när och av vem.")
def oral_facts_documented(oral_facts_noted: Answer, note_says_when_and_who: Answer) -> Answer:
    """Uppgifter som kommer på annat sätt än i en handling antecknas snarast, med när det skedde och av vem."""
    return min(oral_facts_noted, note_says_when_and_who)
