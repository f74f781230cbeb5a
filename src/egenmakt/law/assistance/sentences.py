"""The sentences an assessment is explained in: times and numbers as people read them, and why a moment
counts."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Necessary, Need, Per

if TYPE_CHECKING:
    from egenmakt.law.assistance.assessed import AssessedMoment

PER_IN_WORDS = {
    Per.DAY: "om dagen",
    Per.WEEK: "i veckan",
    Per.FORTNIGHT: "varannan vecka",
    Per.MONTH: "i månaden",
    Per.YEAR: "om året",
}

# One sentence per ground. {need} is the need by name, {necessary} what a measure is directly necessary for.
_REASONS = {
    Ground.WHATEVER_NATURE: "Räknas som grundläggande behov: {need} räknas oavsett hjälpens karaktär.",
    Ground.TUBE_FEEDING: "Räknas som grundläggande behov: sondmatning räknas oavsett hjälpens karaktär.",
    Ground.ACTIVATION: "Räknas som grundläggande behov: kvalificerade aktiverings- och motiveringsinsatser "
    "är en del av hjälpen med behovet {need}.",
    Ground.INTIMATE: "Räknas som grundläggande behov: {need}, och hjälpen är av privat och "
    "integritetskänsligt slag.",
    Ground.NOT_INTIMATE: "Räknas som annat personligt behov: {need}, men hjälpen är inte av privat och "
    "integritetskänsligt slag.",
    Ground.DIRECTLY_NECESSARY: "Räknas som annat personligt behov: åtgärden är direkt nödvändig för "
    "{necessary}.",
    Ground.OTHER_NEED: "Räknas som annat personligt behov.",
    Ground.HEALTH_CARE: "Räknas inte: det är hälso- och sjukvård, och ingen har bedömt att den kan utföras "
    "som egenvård.",
    Ground.SELF_CARE_NOT_IN_FORCE: "Räknas inte under den här tiden: bedömningen av egenvård gäller inte då.",
    Ground.NATURE_UNKNOWN: "Går inte att räkna än: hjälpens karaktär är inte bedömd, och den avgör för "
    "{need}.",
    Ground.JUDGED_BY_OLDER_LAW: "Går inte att räkna än: enligt lagen före 2023 måste det bedömas om hjälpen "
    "kräver ingående kunskaper om personen.",
}
_NECESSARY = {
    Necessary.BREATHING: "hjälpen med andning",
    Necessary.MEDICAL: "stödet på grund av det medicinska tillståndet",
    Necessary.TUBE_FEEDING: "sondmatningen",
}


def spoken(seconds: int) -> str:
    """A time as people read it: `15 h 45 min`, with seconds only where there are any."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s" if rest else "")
    return " ".join(part for part in parts if part) or "0 min"


@lru_cache(maxsize=10_000)
def number(value: Decimal) -> str:
    """A decimal number the Swedish way, without trailing zeros: `12,5`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def times_in_words(times: int) -> str:
    """How many times, as people say it: `en gång`, `3 gånger`."""
    return "en gång" if times == 1 else f"{times} gånger"


def reason_of_moment(assessed: AssessedMoment) -> str:
    """One to three Swedish sentences: as what the moment counts and why, for how many assistants, what is
    met."""
    moment = assessed.moment
    words = _reason(assessed.ground, moment.need, moment.directly_necessary_for)
    if moment.assistants > 1 and assessed.counted_as is not CountedAs.NOT_COUNTED:
        words = f"{words} {_assistants(assessed)}"
    if moment.met_otherwise_minutes:
        met = number(moment.met_otherwise_minutes)
        words = f"{words} Av varje gång tillgodoses {met} min på annat sätt och räknas inte."
    return words


@cache
def _reason(ground: Ground, need: Need, necessary: Necessary | None) -> str:
    return _REASONS[ground].format(need=need.label, necessary=_NECESSARY[necessary] if necessary else "")


def _assistants(assessed: AssessedMoment) -> str:
    if assessed.second_assistant is Answer.YES:
        return f"Tiden räknas för {assessed.moment.assistants} assistenter."
    if assessed.second_assistant is Answer.NO:
        return (
            "Tiden räknas för en assistent: möjligheterna till bostadsanpassning och hjälpmedel är inte båda "
            "utredda."
        )
    return (
        "Det är oklart om tiden ska räknas för fler än en assistent: uppgift saknas om bostadsanpassning och "
        "hjälpmedel är utredda."
    )
