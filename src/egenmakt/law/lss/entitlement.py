"""The right to personal assistance: who belongs, what the whole need is, and why a right is refused."""

from __future__ import annotations

from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


@rule("1 §", version="1993:387", valid_from="1994-01-01")
def belongs(personkrets_tried: bool, personkrets_group: int | None) -> Answer:
    """Rätt till insatser har den som hör till någon av personkretsens tre grupper. Tillhörigheten är en
    bedömning som ska vara gjord."""
    if not personkrets_tried:
        return Answer.UNKNOWN
    if personkrets_group is None:
        return Answer.NO
    return Answer.YES


@rule("9 a §", part="första stycket", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="första stycket", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="första stycket", version="2022:1252", valid_from="2023-01-01")
def has_basic_needs(basic_after_s: int, unclear_moments: int) -> Answer:
    """Personlig assistans ges den som behöver hjälp med grundläggande behov."""
    if basic_after_s > 0:
        return Answer.YES
    if unclear_moments > 0:
        return Answer.UNKNOWN
    return Answer.NO


@rule("9 a §", part="fjärde stycket", version="2019:618", valid_from="2019-11-01", valid_to="2020-06-30")
@rule("9 a §", part="fjärde stycket", version="2020:441", valid_from="2020-07-01", valid_to="2022-12-31")
@rule("9 a §", part="fjärde stycket", version="2022:1252", valid_from="2023-01-01")
def need_s(basic_after_s: int, other_after_s: int) -> int:
    """Den som har grundläggande behov har även rätt till assistans för andra personliga behov."""
    return basic_after_s + other_after_s


@rule("7 §", part="första stycket", version="2005:125", valid_from="2005-07-01")
def right(belongs: Answer, barred_by_age: Answer, has_basic_needs: Answer, unclear_moments: int) -> Answer:
    """Rätten kräver att personen hör till personkretsen, inte hindras av åldersgränsen och har grundläggande
    behov.

    NO as soon as one condition fails; UNKNOWN when none fails but something is not established.
    """
    if belongs == Answer.NO or barred_by_age == Answer.YES or has_basic_needs == Answer.NO:
        return Answer.NO
    if belongs == Answer.UNKNOWN or unclear_moments > 0:
        return Answer.UNKNOWN
    if barred_by_age == Answer.UNKNOWN:
        return Answer.UNKNOWN
    return Answer.YES
