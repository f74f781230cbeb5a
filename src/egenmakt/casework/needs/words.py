"""The words people write in a spreadsheet for what the sheet of moments calls something else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egenmakt.casework.needs.models import Need, Per, SelfCare

# The columns of the table, in order; pasting goes from one of them to the right.
COLUMNS = ("text", "need", "minutes", "times", "per", "assistants", "intimate", "self_care", "met")

_NEEDS = {
    Need.BREATHING: "andning|andas",
    Need.HYGIENE: "personlig hygien|hygien|pers hygien",
    Need.MEALS: "måltider|måltid|mat|äta|äta och dricka",
    Need.DRESSING: "av- och påklädning|på- och avklädning|påklädning|avklädning|klädsel|kläder|klä på|klä av",
    Need.COMMUNICATION: "kommunikation med andra|kommunikation|kommunicera",
    Need.HARM_PREVENTION: "förebygga skada|förebygga skada vid psykisk funktionsnedsättning|förebyggande stöd"
    "|stöd för att förebygga skada|skada",
    Need.MEDICAL: "löpande stöd på grund av medicinskt tillstånd|medicinskt tillstånd|medicinskt|löpande stöd"
    "|medicinskt stöd",
    Need.OTHER: "andra personliga behov|andra behov|annat|övrigt|annat personligt behov|andra|övriga behov",
}
_PER = {
    Per.DAY: "dag|dygn|dagligen|per dag|om dagen|varje dag|d",
    Per.WEEK: "vecka|v|veckan|per vecka|i veckan|varje vecka|veckovis",
    Per.FORTNIGHT: "två veckor|2 veckor|14 dagar|varannan vecka|per två veckor|var fjortonde dag",
    Per.MONTH: "månad|mån|per månad|i månaden|månadsvis",
    Per.YEAR: "år|per år|om året|årligen",
}
_INTIMATE = {
    "yes": "ja|j|yes|x|integritetskänslig|integritetskänsligt",
    "no": "nej|n|no|inte integritetskänslig",
    "": "ej bedömt|inte bedömt|ej bedömd|inte bedömd|-|–",
}
_SELF_CARE = {
    SelfCare.ASSESSED.value: "ja|bedömd|egenvård|egenvård bedömd|egenvård, bedömd|bedömd egenvård",
    SelfCare.NOT_ASSESSED.value: "ej bedömd|inte bedömd|saknas|bedömning saknas|utan bedömning|obedömd",
    "": "nej|inte hälso- och sjukvård|ej hälso- och sjukvård|-|–",
}
_HEADINGS = {
    "text": "aktivitet|aktiviteter|moment|insats|vad|hjälp med",
    "need": "behov|behovsområde|område",
    "minutes": "minuter|min|tid|tid per gång|minuter per gång|tid i minuter",
    "times": "gånger|ggr|antal|antal gånger|x|×|frekvens",
    "per": "per|hur ofta|intervall|period",
    "assistants": "assistenter|ass|ass.|antal assistenter|personer",
    "intimate": "integritetskänslig|integritetskänsligt|karaktär|hjälpens karaktär|integritet",
    "self_care": "egenvård|egenvårdsbedömning|hälso- och sjukvård",
    "met": "andra tillgodoser|tillgodoses|tillgodoses av andra|minuter av andra|av andra|avgår",
    "met_by": "av vem|vem|tillgodoses av",
    "reason": "varför|motivering|skäl|kommentar|anmärkning",
}


# What fits in a narrow list and beside a bar; the full names are those of the model.
_SHORT = {
    Need.BREATHING: _("andning"),
    Need.HYGIENE: _("hygien"),
    Need.MEALS: _("måltider"),
    Need.DRESSING: _("av- och påklädning"),
    Need.COMMUNICATION: _("kommunikation"),
    Need.HARM_PREVENTION: _("förebygga skada"),
    Need.MEDICAL: _("medicinskt stöd"),
    Need.OTHER: _("andra behov"),
}


def short_label(need: Need) -> str:
    """The short name of a need."""
    return str(_SHORT[need])


def _reversed(words: dict[str, str]) -> dict[str, str]:
    return {word: str(code) for code, listed in words.items() for word in listed.split("|")}


_WORDS = {
    "need": _reversed({code.value: listed for code, listed in _NEEDS.items()}),
    "per": _reversed({code.value: listed for code, listed in _PER.items()}),
    "intimate": _reversed(_INTIMATE),
    "self_care": _reversed(_SELF_CARE),
}
_COLUMN_OF = _reversed(_HEADINGS)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .:")


def code_of(field: str, text: str) -> str:
    """The code of a choice that someone has written in words; the text itself when it is no known word."""
    return _WORDS.get(field, {}).get(_plain(text), text.strip())


def column_of(heading: str) -> str | None:
    """The field that a heading names; None when it names none."""
    return _COLUMN_OF.get(_plain(heading))
