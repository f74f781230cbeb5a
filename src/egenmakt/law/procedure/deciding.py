"""A decision: who makes it, what it holds, its reasons, and the notice of it (FL 28–35 §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "votes_for": Fact("Hur många röster har förslaget fått?", Kind.WHOLE),
    "votes_against": Fact("Hur många röster har motförslaget fått?", Kind.WHOLE),
    "chair_for": Fact("Röstar ordföranden för förslaget?", Kind.YES_NO),
    "took_part_in_deciding": Fact("Deltog personen i avgörandet eller den slutliga handläggningen?"),
    "dissent_before_dispatch": Fact("Anmäldes den avvikande meningen innan beslutet gjordes tillgängligt?"),
    "day_of_decision_shown": Fact("Visar handlingen dagen för beslutet?"),
    "content_shown": Fact("Visar handlingen vad beslutet innehåller?"),
    "deciders_shown": Fact("Visar handlingen vem som beslutade?"),
    "presenter_shown": Fact("Visar handlingen vem som föredrog och vilka som medverkade, om någon?"),
    "affects_noticeably": Fact("Kan beslutet påverka någons situation på ett inte obetydligt sätt?"),
    "reasons_clearly_needless": Fact("Är en motivering uppenbart obehövlig?"),
    "reasons_may_be_left_out": Fact("Finns ett undantag i 32 § andra stycket?"),
    "provisions_stated": Fact("Anger motiveringen vilka föreskrifter som har tillämpats?"),
    "decisive_facts_stated": Fact("Anger den vilka omständigheter som har varit avgörande?"),
    "party_told_in_full": Fact("Har parten så snart som möjligt underrättats om hela innehållet?"),
    "notice_clearly_needless": Fact("Är det uppenbart obehövligt att underrätta parten?"),
    "party_may_appeal": Fact("Får parten överklaga beslutet?"),
    "told_how_to_appeal": Fact("Har parten fått veta hur, var och inom vilken tid man överklagar?"),
    "dissent_exists": Fact("Finns en avvikande mening antecknad?"),
    "told_of_dissent": Fact("Har parten upplysts om den avvikande meningen?"),
    "written_notice_asked_for": Fact("Begär parten en skriftlig underrättelse?"),
    "written_notice_given": Fact("Är underrättelsen skriftlig?"),
    "decider_at_risk": Fact("Kan det befaras att den som namnges utsätts för hot eller trakasserier?"),
    "appeal_time_over": Fact("Har överklagandetiden gått ut utan överklagande?"),
    "applies_for_the_time_being": Fact("Gäller beslutet endast tillfälligt?"),
    "weighty_interest": Fact("Kräver ett väsentligt intresse att beslutet verkställs omedelbart?"),
}


@rule("28–29 §§", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Förslaget har inte fått majoritet.")
def proposal_carried(votes_for: int, votes_against: int, chair_for: bool) -> bool:
    """En omröstning avgörs med enkel majoritet. Vid lika röstetal har ordföranden utslagsröst."""
    if votes_for == votes_against:
        return chair_for
    return votes_for > votes_against


@rule("30 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Den avvikande meningen kan inte antecknas.")
def dissent_recorded(took_part_in_deciding: Answer, dissent_before_dispatch: Answer) -> Answer:
    """Den som deltar i avgörandet eller den slutliga handläggningen får en avvikande mening antecknad, om den anmäls
    innan beslutet görs tillgängligt."""
    return min(took_part_in_deciding, dissent_before_dispatch)


@rule("31 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(refusal="Handlingen visar inte dag, innehåll, vem som beslutade eller vilka som medverkade.")
def decision_documented(
    day_of_decision_shown: Answer, content_shown: Answer, deciders_shown: Answer, presenter_shown: Answer
) -> Answer:
    """För varje skriftligt beslut finns en handling som visar dagen, innehållet, vem som beslutade, vem som föredrog och
    vilka som medverkade."""
    return min(day_of_decision_shown, content_shown, deciders_shown, presenter_shown)


@rule(
    "32 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Beslutet behöver inte motiveras.")
def must_give_reasons(affects_noticeably: Answer) -> Answer:
    """Ett beslut som kan påverka någons situation på ett inte obetydligt sätt ska motiveras."""
    return affects_noticeably


@rule(
    "32 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside="must_give_reasons",
)
@basis(refusal="Det är inte uppenbart obehövligt att motivera beslutet.")
def needless_to_give_reasons(reasons_clearly_needless: Answer) -> Answer:
    """Ingen motivering krävs när den är uppenbart obehövlig."""
    return reasons_clearly_needless


@rule(
    "32 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
    sets_aside=("must_give_reasons", "needless_to_give_reasons"),
)
@basis(refusal="Inget undantag i 32 § andra stycket gäller.")
def excused_from_reasons(reasons_may_be_left_out: Answer) -> Answer:
    """Motiveringen får helt eller delvis utelämnas i de fall som andra stycket räknar upp."""
    return reasons_may_be_left_out


@rule(
    "32 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Motiveringen säger inte vilka föreskrifter som tillämpats och vad som varit avgörande.")
def reasons_given(
    must_give_reasons: Answer, provisions_stated: Answer, decisive_facts_stated: Answer
) -> Answer:
    """Motiveringen är klargörande: den säger vilka föreskrifter som har tillämpats och vilka omständigheter som har varit
    avgörande."""
    if must_give_reasons == Answer.NO:
        return Answer.YES
    told = min(provisions_stated, decisive_facts_stated)
    if must_give_reasons == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told)
    return told


@rule(
    "33 §",
    part="första stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten har inte underrättats om hela innehållet i beslutet.")
def party_notified(party_told_in_full: Answer, notice_clearly_needless: Answer) -> Answer:
    """Parten underrättas så snart som möjligt om hela innehållet i beslutet, om det inte är uppenbart obehövligt."""
    return max(party_told_in_full, notice_clearly_needless)


@rule(
    "33 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten har inte fått veta hur man överklagar.")
def told_of_appeal(party_may_appeal: Answer, told_how_to_appeal: Answer) -> Answer:
    """Får parten överklaga underrättas han eller hon om hur det går till: form, innehåll, vart och inom vilken tid."""
    if party_may_appeal == Answer.NO:
        return Answer.YES
    if party_may_appeal == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told_how_to_appeal)
    return told_how_to_appeal


@rule(
    "33 §",
    part="andra stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten har inte upplysts om den avvikande meningen.")
def dissent_told(dissent_exists: Answer, told_of_dissent: Answer) -> Answer:
    """Parten upplyses om avvikande meningar som har antecknats."""
    if dissent_exists == Answer.NO:
        return Answer.YES
    if dissent_exists == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told_of_dissent)
    return told_of_dissent


@rule(
    "33 §",
    part="tredje stycket",
    act="förvaltningslagen (2017:900)",
    version="2017:900",
    valid_from="2018-07-01",
)
@basis(refusal="Parten har begärt en skriftlig underrättelse men inte fått någon.")
def notice_in_proper_form(written_notice_asked_for: Answer, written_notice_given: Answer) -> Answer:
    """Underrättelsen är skriftlig om parten begär det."""
    if written_notice_asked_for == Answer.NO:
        return Answer.YES
    if written_notice_asked_for == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, written_notice_given)
    return written_notice_given


@rule(
    "33 §",
    part="fjärde stycket",
    act="förvaltningslagen (2017:900)",
    version="2025:582",
    valid_from="2025-07-02",
)
@basis(refusal="Namnen i 31 § ska stå i underrättelsen.")
def name_may_be_left_out(decider_at_risk: Answer) -> Answer:
    """En skriftlig underrättelse behöver inte namnge den som kan befaras utsättas för hot, trakasserier eller annan
    allvarlig olägenhet."""
    return decider_at_risk


@rule("35 §", act="förvaltningslagen (2017:900)", version="2017:900", valid_from="2018-07-01")
@basis(
    refusal="Beslutet får inte verkställas än.",
    note="Beslut enligt LSS 27 § gäller omedelbart; den bestämmelsen går före (FL 4 §).",
)
def may_be_executed(
    appeal_time_over: Answer, applies_for_the_time_being: Answer, weighty_interest: Answer
) -> Answer:
    """Ett beslut får verkställas när överklagandetiden har gått ut, och genast om det gäller tillfälligt eller ett
    väsentligt intresse kräver det."""
    return max(appeal_time_over, applies_for_the_time_being, weighty_interest)
