"""The eleven life areas in the address of their pages, and what each is about in plain words."""

from __future__ import annotations

from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from egenmakt.casework.investigations.models import LifeArea

PATHS = {
    LifeArea.LEARNING: "larande",
    LifeArea.TASKS: "uppgifter",
    LifeArea.COMMUNICATION: "kommunikation",
    LifeArea.MOBILITY: "forflyttning",
    LifeArea.SELF_CARE: "personlig-vard",
    LifeArea.DOMESTIC: "hemliv",
    LifeArea.RELATIONS: "relationer",
    LifeArea.MAJOR: "utbildning-och-arbete",
    LifeArea.COMMUNITY: "samhallsliv",
    LifeArea.SAFETY: "trygghet",
    LifeArea.CLOSE_PERSON: "narstaende",
}

SAYS = {
    LifeArea.LEARNING: _("Att lära sig, tänka, läsa, skriva, räkna, lösa problem och fatta beslut."),
    LifeArea.TASKS: _(
        "Att göra en sak i taget eller flera, följa dagens rutiner, hantera stress och känslor."
    ),
    LifeArea.COMMUNICATION: _("Att förstå och göra sig förstådd, med tal, tecken, bilder eller hjälpmedel."),
    LifeArea.MOBILITY: _("Att ändra ställning, flytta sig, gå, bära, använda händerna, resa."),
    LifeArea.SELF_CARE: _(
        "Att tvätta och sköta sig, gå på toaletten, klä sig, äta, dricka, sköta sin hälsa."
    ),
    LifeArea.DOMESTIC: _("Att skaffa bostad och varor, laga mat, städa, tvätta, hjälpa andra i hemmet."),
    LifeArea.RELATIONS: _("Att umgås med familj, vänner, partner och människor man inte känner."),
    LifeArea.MAJOR: _("Skola, arbete, daglig verksamhet, och att sköta sin ekonomi."),
    LifeArea.COMMUNITY: _("Fritid, föreningar, kultur, religion, och att vara medborgare."),
    LifeArea.SAFETY: _("Att känna sig trygg hemma och ute, och att kunna larma när något händer."),
    LifeArea.CLOSE_PERSON: _("Vad den som vårdar eller stödjer personen orkar med och behöver."),
}

NEXT_AREA = dict(pairwise(LifeArea))

_AREAS = {path: area for area, path in PATHS.items()}


def area_at(path: str) -> LifeArea | None:
    """The life area whose page has that address; None when there is none."""
    return _AREAS.get(path)
