"""Whether a text argues from lack of resources, which is never a ground for refusing a right (H-21, LSS 7 §).

Guarantees: whole words and their inflections only; what the person or her family lacks is not meant, nor what
others are quoted as saying, nor the statement that resources may *not* matter. Doubt falls on the side of
asking: the officer is shown the sentence and rephrases it. Pure text; nothing is stored.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ResourceArgument:
    """A place in a text that argues from lack of resources: the words, and the sentence they stand in."""

    words: str
    sentence: str


def resource_arguments(text: str) -> list[ResourceArgument]:
    """Every place where the text argues from lack of money, staff, places or time in a queue, in order."""
    found = []
    for sentence in _SENTENCE_END.split(_plain(text)):
        told = _REPORTED.search(sentence) is not None
        heard = _QUOTED.sub(" ", sentence) if told else sentence
        for clause in _CLAUSE_END.split(heard):
            marked, words = _marked(clause)
            if words and not (_reported(clause) or _set_aside(marked)):
                found += [ResourceArgument(one, sentence.strip()) for one in words]
    return found


_MUNICIPALITY = r"(?:kommun|nämnd|förvaltning|enhet|verksamhet|socialtjänst|omsorg)\w*"
_OWNED = (
    r"(?:kommunens|nämndens|förvaltningens|enhetens|verksamhetens|socialtjänstens|omsorgens|vår|våra|vårt)"
)
_STAFF = r"(?:personal|assistenter|assistent|vikarier|medarbetare|bemanning|handläggare)\b"
_MEANS = (
    r"(?:resurser|medel|pengar|ekonomiska\s+resurser|ekonomiskt\s+utrymme|utrymme\s+i\s+budget\w*|anslag|"
    r"budgetmedel)\b"
)
_PLACES = r"(?:plats|platser|bostäder|bostad|lägenheter|lägenhet|lokaler|boendeplatser)\b"
_FEW = r"(?:begränsad|bristande|otillräcklig|knapp|små|minskad|ansträngd|saknad)\w*"

# What is looked for. One kind of argument a line.
_ARGUMENTS: Final = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            r"(?:resurs|personal|plats|lokal|bostads|assistent|bemannings|kapacitets)brist(?:en|er)?\b",
            r"(?:ekonomiska|finansiella|budgetmässiga|resursmässiga|organisatoriska)\s+skäl\b",
            r"(?:budget|kostnads|resurs|besparings|bemannings|spar)skäl\b",
            rf"brist(?:en|er)?\s+på\s+(?:\w+\s+)?(?:{_MEANS}|{_STAFF}|{_PLACES})",
            rf"{_FEW}\s+(?:\w+\s+)?(?:resurser\w*|budget\w*|ekonomiska\s+\w+|bemanning\w*|ekonomi\w*)",
            rf"sakna(?:s|r|des|de)\s+(?:\w+\s+){{0,2}}?(?:{_MEANS}|{_STAFF}|lediga\s+{_PLACES})",
            rf"(?:{_MEANS}|{_STAFF})\s+(?:\w+\s+)?saknas\b",
            rf"(?:finns|har|hade|fanns)\s+(?:\w+\s+){{0,2}}?(?:inga|ingen|inget)\s+(?:\w+\s+)?(?:{_MEANS}|{_STAFF}|{_PLACES})",
            rf"(?:inte|ej)\s+(?:\w+\s+)?(?:tillräckligt?|tillräckliga|nog)\s+(?:med\s+)?(?:{_MEANS}|{_STAFF}|{_PLACES})",
            r"(?:resurserna|medlen|pengarna|budgeten|anslagen|anslaget|personalen|ekonomin)\s+(?:\w+\s+)?(?:inte\s+räck\w+|räck\w+\s+(?:inte|ej))",
            r"budget(?:en|ens)?\s+(?:\w+\s+)?(?:tillåter|medger|rymmer|är\s+slut|är\s+förbrukad|överskrid\w+)",
            r"(?:inom|utanför|ryms\s+inte\s+i|saknas\s+i|finns\s+inte\s+i|överskrider)\s+(?:\w+\s+)?(?:budget(?:en|ram\w*)?|ekonomiska?\s+ram\w*)\b",
            r"budget(?:läge|utrymme|ram|restriktion|underskott|situation|mål|tak|beslut)\w*",
            r"(?:inte|ej)\s+budgeter\w+",
            rf"{_OWNED}\s+(?:\w+\s+){{0,2}}?(?:ekonomi|ekonomin|ekonomiska\s+\w+|ekonomiskt\s+\w+|budget|resurser|besparing\w*|underskott)\b",
            rf"(?:{_MUNICIPALITY}|vi)\s+(?:\w+\s+){{0,3}}?(?:inte|ej)\s+(?:\w+\s+){{0,2}}?råd\b",
            r"(?:inte|ej)\s+finns\s+(?:\w+\s+)?råd\b",
            r"finns\s+(?:inte|ej)\s+(?:\w+\s+)?råd\b",
            r"(?:alltför|för)\s+(?:dyr|dyrt|dyra|kostsam|kostsamt|kostsamma|kostnadskrävande|resurskrävande)\b",
            r"(?:alltför|för)\s+(?:hög|höga|stor|stora)\s+(?:\w+\s+)?kostnad(?:en|er|erna)?\b",
            r"kostnad(?:en|erna)?\s+(?:\w+\s+){0,2}?(?:för\s+(?:hög|höga|stor|stora)|orimlig\w*|inte\s+rimlig\w*)\b",
            r"(?:spar|besparings)(?:krav|beting|åtgärd|program|plan)\w*",
            r"(?:rekryterings|bemannings)(?:svårighet|problem|läge|situation)\w*",
            r"(?:svårt|svårigheter|omöjligt|går\s+inte)\s+(?:\w+\s+)?att\s+(?:rekrytera|bemanna|anställa|hitta\s+(?:personal|assistenter))\b",
            r"(?:inte|ej)\s+(?:kan\s+|kunnat\s+|kunna\s+)?(?:rekrytera|bemanna|bemannas|rekryteras)\b",
            r"underbemann\w+",
            r"full(?:t\s+)?belag[dt]\w*",
            rf"kö(?:n|er|erna)?\s+(?:till|för)\s+(?:\w+\s+)?(?:insats|{_PLACES}|boende|assistans|verksamhet|personlig)\w*",
            r"(?:på\s+grund\s+av|pga|p\.g\.a\.)\s+(?:\w+\s+)?kö(?:n|er|erna)?\b",
            r"(?:lång|långa)\s+kö(?:er)?\b",
            r"(?:kö(?:tid|situation|läge|list|plats)|väntelist|kölist)\w*",
            r"prioriter(?:as|ats|a|at|ar)\s+(?:bort|ned|ner|andra)\b",
            r"andra\s+(?:\w+\s+)?har\s+(?:ett\s+)?större\s+behov\b",
        )
    )
    + ")"
)

_X: Final = "⟦x⟧"
_NOT = r"(?:inte|ej|aldrig|varken|icke)"
_GAP = r"(?:heller\s+|någonsin\s+|ens\s+|få\s+|kunna\s+|ha\s+|kan\s+|får\s+|har\s+|ska\s+)?"

# That the decision does not rest on it, whatever stands before the words.
_NEGATED: Final = re.compile(
    rf"{_NOT}\s+{_GAP}(?:avslå\w*|avslag\w*|neka\w*|vägra\w*|begränsa\w*|minska\w*|motivera\w*|grundas?\b|grundat\w*|"
    rf"ske\b|skett\b|fattat\w*|fattas\b|bero\b|berott\b|hänvisa\w*)"
    rf"|(?:beror|grundas|grundar\s+sig|motiveras|fattas|avslås|sker|vilar)\s+{_NOT}"
    rf"|(?:oavsett|oberoende\s+av|utan\s+hänsyn\s+till)\s+(?:\w+\s+){{0,3}}?{_X}"
    rf"|(?:ingen|inte\s+(?:tagit|tagits|tas|ta|tar))\s+(?:\w+\s+)?hänsyn"
    rf"|hänsyn\s+(?:\w+\s+){{0,3}}?{_NOT}\s+tas|hänsyn\s+(?:\w+\s+){{0,2}}?{_NOT}\s+tagits|hänsyn\s+tas\s+{_NOT}"
)
# That it is no ground; only where the words are not themselves given as the cause.
_NO_GROUND: Final = re.compile(
    rf"{_NOT}\s+{_GAP}(?:vara\s+|utgöra?\s+)?(?:något\s+|någon\s+|ett\s+|en\s+)?"
    r"(?:giltigt?\s+|laglig[at]?\s+|godtagbart?\s+|tillåt\w+\s+|sakligt?\s+)?"
    r"(?:skäl|grund(?!\s+av)|avslagsgrund|argument|godtagbart?|tillåtet|tillåten|laglig[at]?)\b"
    r"|(?:inget|ingen|inga)\s+(?:\w+\s+)?(?:skäl|grund(?!\s+av)|avslagsgrund|argument)\b"
    rf"|{_NOT}\s+{_GAP}(?:godta\w*|accepter\w*|beakta\w*|åberopa\w*|anföra\w*|användas|läggas?|vägas?|vägts|påverka\w*|styra|styrt|avgörande|spela)\b"
    r"|sakna[rd]?\w*\s+betydelse|utan\s+betydelse"
)
_AS_THE_CAUSE: Final = re.compile(
    r"(?:\bav|\bpga|p\.g\.a\.|till\s+följd\s+av|med\s+anledning\s+av|eftersom|därför\s+att|\bdå|utifrån|med\s+hänsyn\s+till)"
    rf"\s+(?:\w+\s+){{0,2}}?{_X}"
)
# What the person or her family has little of is her circumstances, not a ground.
_OWN: Final = re.compile(
    rf"(?:hennes|hans|dennes|deras|sina|sin|egna|familjens|föräldrarnas|barnets|personens|enskildes|mammans|pappans|hushållets)\s+{_X}"
)
_SAYS = (
    r"(?:uppger|uppgav|säger|sade|skriver|skrev|anför|anförde|menar|framför|framförde|berättar|berättade|"
    r"befarar|undrar|invänder)"
)
_REPORTED: Final = re.compile(rf"\b{_SAYS}\b|\bcitat\w*|\byttrande\w*")
_BY_ANOTHER: Final = re.compile(
    rf"\b(?:föräld\w+|mamma\w*|pappa\w*|mor\w*|far|fadern|hon|han|sökanden?\w*|enskilde|vårdnadshavar\w+|ombudet|god\s+man|gode\s+mannen|förvaltaren)"
    rf"\s+(?:\w+\s+){{0,2}}?{_SAYS}\b"
)
_QUOTED: Final = re.compile(r"[”“\"»][^”“\"»«]{1,400}[”“\"«»]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"»–-])|[\n;]+")
_CLAUSE_END: Final = re.compile(r",?\s+men\s+|,\s+(?:dock|däremot|utan)\s+")


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\r", "")
    return re.sub(r"[ \t\u00a0\u202f]+", " ", composed)


def _marked(clause: str) -> tuple[str, list[str]]:
    """The clause in small letters with each argument replaced by a mark, and the arguments as written."""
    words: list[str] = []

    def mark(match: re.Match[str]) -> str:
        words.append(clause[match.start() : match.end()].strip())
        return _X

    lowered = clause.lower()
    return _ARGUMENTS.sub(mark, lowered), words


def _reported(clause: str) -> bool:
    return _BY_ANOTHER.search(clause.lower()) is not None


def _set_aside(marked: str) -> bool:
    """Whether the clause says that the matter does not count, or is about what the person herself has."""
    if _NEGATED.search(marked) or _OWN.search(marked):
        return True
    return _NO_GROUND.search(marked) is not None and _AS_THE_CAUSE.search(marked) is None
