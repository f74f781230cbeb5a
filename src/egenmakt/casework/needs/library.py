"""Common activities to begin from. They say what the help is for; how much is always the officer's to write."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egenmakt.casework.needs.models import Need, Per


@dataclass(frozen=True)
class CommonMoment:
    """An activity without time: its need, and how often such things usually are counted."""

    key: str
    text: str | Promise
    need: Need
    per: Per = Per.DAY

    @property
    def kept_text(self) -> str:
        """The text in Swedish, whatever language the page is read in: it is the case's, and its letters'."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(self.text)


LIBRARY = (
    CommonMoment("dusch", _("Dusch"), Need.HYGIENE),
    CommonMoment("harvard", _("Hårtvätt och hårvård"), Need.HYGIENE, Per.WEEK),
    CommonMoment("tandborstning", _("Tandborstning"), Need.HYGIENE),
    CommonMoment("toalett", _("Toalettbesök"), Need.HYGIENE),
    CommonMoment("inkontinens", _("Byte av inkontinensskydd"), Need.HYGIENE),
    CommonMoment("tvatt", _("Tvätt av händer och ansikte"), Need.HYGIENE),
    CommonMoment("rakning", _("Rakning"), Need.HYGIENE),
    CommonMoment("naglar", _("Klippning av naglar"), Need.HYGIENE, Per.FORTNIGHT),
    CommonMoment("mens", _("Byte av mensskydd"), Need.HYGIENE, Per.MONTH),
    CommonMoment("frukost", _("Frukost"), Need.MEALS),
    CommonMoment("lunch", _("Lunch"), Need.MEALS),
    CommonMoment("middag", _("Middag"), Need.MEALS),
    CommonMoment("mellanmal", _("Mellanmål och dryck"), Need.MEALS),
    CommonMoment("sondmatning", _("Sondmatning"), Need.MEALS),
    CommonMoment("klader-morgon", _("Påklädning på morgonen"), Need.DRESSING),
    CommonMoment("klader-kvall", _("Avklädning på kvällen"), Need.DRESSING),
    CommonMoment("ytterklader", _("Ytterkläder på och av"), Need.DRESSING),
    CommonMoment("ombyte", _("Ombyte under dagen"), Need.DRESSING),
    CommonMoment("samtal", _("Stöd för att förstå och göra sig förstådd"), Need.COMMUNICATION),
    CommonMoment("slemsugning", _("Slemsugning"), Need.BREATHING),
    CommonMoment("andningshjalp", _("Tillsyn och skötsel av andningshjälpmedel"), Need.BREATHING),
    CommonMoment("forebygga", _("Förebygga att personen skadar sig eller andra"), Need.HARM_PREVENTION),
    CommonMoment("kramper", _("Tillsyn och hjälp vid kramper"), Need.MEDICAL),
    CommonMoment("forflyttning", _("Förflyttning i hemmet"), Need.OTHER),
    CommonMoment("fritid", _("Fritidsaktivitet"), Need.OTHER, Per.WEEK),
    CommonMoment("promenad", _("Promenad"), Need.OTHER),
    CommonMoment("inkop", _("Inköp"), Need.OTHER, Per.WEEK),
    CommonMoment("vardbesok", _("Besök i vården"), Need.OTHER, Per.MONTH),
    CommonMoment("hushall", _("Matlagning och disk"), Need.OTHER),
    CommonMoment("stad", _("Städning och tvätt"), Need.OTHER, Per.WEEK),
)  # fmt: skip

BY_KEY = {one.key: one for one in LIBRARY}


def by_need() -> list[tuple[Need, list[CommonMoment]]]:
    """The activities under their needs, in the order of the law."""
    return [(need, [one for one in LIBRARY if one.need == need]) for need in Need]
