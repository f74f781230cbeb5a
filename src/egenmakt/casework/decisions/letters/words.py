"""Dates, hours, names and the law's terms as a letter writes them, in the language that is active."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egenmakt.casework.cases.letters.words import capital, genitive, joined
from egenmakt.casework.decisions.letters.content import (
    CountsAs,
    DecisionLetter,
    MomentRow,
    Need,
    Per,
    RefusalGround,
)


@dataclass(frozen=True, slots=True)
class Named:
    """How a letter speaks of the person: by name, or as `du` when the person reads it."""

    subject: str
    object: str
    possessive: str
    possessive_neuter: str
    possessive_plural: str

    @property
    def as_values(self) -> dict[str, str]:
        """The forms as values for a sentence, small and capital: who, whom, whose, whose_n, whose_pl."""
        return {
            "who": self.subject,
            "Who": capital(self.subject),
            "whom": self.object,
            "whose": self.possessive,
            "Whose": capital(self.possessive),
            "whose_n": self.possessive_neuter,
            "Whose_n": capital(self.possessive_neuter),
            "whose_pl": self.possessive_plural,
            "Whose_pl": capital(self.possessive_plural),
        }


def named(letter: DecisionLetter, *, formal: bool = False) -> Named:
    """Whom the letter speaks of: by full name in the legal voice, by given name or `du` otherwise."""
    name = letter.person.name if formal else letter.person.given_name
    return spoken_of(name, herself=letter.reader_is_person and not formal)


def spoken_of(name: str, *, herself: bool) -> Named:
    """Someone by name, or as `du` when she reads it herself."""
    if herself:
        return Named(_("du"), _("dig"), _("din"), _("ditt"), _("dina"))
    owned = genitive(name)
    return Named(name, name, owned, owned, owned)


def hours(seconds: int) -> str:
    """15 timmar och 45 minuter. Seconds are named where there are any: a decision is exact."""
    whole, rest = divmod(seconds, 3600)
    minutes, odd = divmod(rest, 60)
    parts = []
    if whole or not seconds:
        parts.append(ngettext("%(n)d timme", "%(n)d timmar", whole) % {"n": whole})
    if minutes:
        parts.append(ngettext("%(n)d minut", "%(n)d minuter", minutes) % {"n": minutes})
    if odd:
        parts.append(ngettext("%(n)d sekund", "%(n)d sekunder", odd) % {"n": odd})
    return joined(parts)


def clock_hours(seconds: int) -> str:
    """15:45, rounded half up to whole minutes, for tables; `has_odd_seconds` says whether to explain it."""
    minutes = (seconds + 30) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def has_odd_seconds(*amounts: int) -> bool:
    """Whether any of the amounts is not whole minutes."""
    return any(amount % 60 for amount in amounts)


def number(value: Decimal) -> str:
    """2 or 7,5: a decimal comma and no idle zeros."""
    plain = format(value.normalize(), "f")
    return plain.replace(".", ",")


def frequency(row: MomentRow) -> str:
    """30 min × 1 per dag, and how many assistants when there is more than one."""
    often = _("%(minutes)s min × %(times)s per %(period)s") % {
        "minutes": number(row.minutes),
        "times": number(row.times),
        "period": period_word(row.per),
    }
    return _with_assistants(often, row)


def frequency_in_words(row: MomentRow) -> str:
    """30 minuter, 2 gånger per dag, and how many assistants when there is more than one."""
    times = ngettext("%(n)s gång", "%(n)s gånger", int(row.times) if row.times == 1 else 2) % {
        "n": number(row.times)
    }
    often = _("%(minutes)s minuter, %(times)s per %(period)s") % {
        "minutes": number(row.minutes),
        "times": times,
        "period": period_word(row.per),
    }
    return _with_assistants(often, row)


def _with_assistants(often: str, row: MomentRow) -> str:
    if row.assistants < 2:
        return often
    return _("%(often)s, %(n)d assistenter") % {"often": often, "n": row.assistants}


def period_word(per: Per) -> str:
    """Dag, vecka, två veckor, månad, år."""
    words: dict[Per, str] = {
        "day": _("dag"),
        "week": _("vecka"),
        "fortnight": _("två veckor"),
        "month": _("månad"),
        "year": _("år"),
    }
    return words[per]


def need_word(need: Need) -> str:
    """The law's name of the need (LSS 9 a §)."""
    words: dict[Need, str] = {
        "breathing": _("andning"),
        "hygiene": _("personlig hygien"),
        "meals": _("måltider"),
        "dressing": _("av- och påklädning"),
        "communication": _("kommunikation med andra"),
        "harm_prevention": _("stöd för att förebygga skada"),
        "medical": _("stöd på grund av medicinskt tillstånd"),
        "other": _("andra personliga behov"),
    }
    return words[need]


def easy_need_word(need: Need) -> str:
    """The need in everyday words."""
    words: dict[Need, str] = {
        "breathing": _("hjälp att andas"),
        "hygiene": _("hjälp att tvätta sig och gå på toaletten"),
        "meals": _("hjälp att äta och dricka"),
        "dressing": _("hjälp att ta på och av kläder"),
        "communication": _("hjälp att prata och förstå"),
        "harm_prevention": _("stöd så att ingen skadas"),
        "medical": _("stöd på grund av sjukdom"),
        "other": _("annan hjälp"),
    }
    return words[need]


def counts_word(counts_as: CountsAs) -> str:
    """How a moment counts."""
    words: dict[CountsAs, str] = {
        "basic": _("grundläggande"),
        "other": _("annat behov"),
        "not_counted": _("räknas inte"),
    }
    return words[counts_as]


def ground_word(ground: RefusalGround) -> str:
    """The ground of a refusal as a sentence. Lack of resources is not among them, and cannot be."""
    words: dict[RefusalGround, str] = {
        "not_in_personkrets": _("Sökanden tillhör inte personkretsen (1 § LSS)."),
        "no_need": _("Behov av insatsen finns inte (7 och 9 a §§ LSS)."),
        "met_otherwise": _("Behovet tillgodoses faktiskt på annat sätt (7 § LSS)."),
        "age_limit": _("Ansökan kom in efter åldersgränsen (9 b § LSS)."),
        "temporary_protection": _("Uppehållstillståndet bygger på tillfälligt skydd (7 a § LSS)."),
    }
    return words[ground]


def plain_ground_word(ground: RefusalGround) -> str:
    """The ground of a refusal in plain words."""
    words: dict[RefusalGround, str] = {
        "not_in_personkrets": _("Man måste tillhöra en av de tre grupper som lagen gäller för."),
        "no_need": _("Man måste behöva insatsen för att få den."),
        "met_otherwise": _("Den som redan får hjälpen på ett annat sätt har inte rätt till den genom LSS."),
        "age_limit": _("Ansökan måste komma in före en viss ålder."),
        "temporary_protection": _(
            "Den som har tillfälligt skydd i Sverige har inte rätt till insatser enligt LSS."
        ),
    }
    return words[ground]
