"""The books of LSS: every subject of the Act but the hours of assistance, which `law.assistance` assesses."""

from __future__ import annotations

from functools import cache

from egenmakt.law.books import Book
from egenmakt.law.lss import (
    appeals,
    assistance_terms,
    documentation,
    execution,
    fees,
    lex_sarah,
    measures,
    permits,
    personkrets,
    plans,
    residence,
    rights,
)
from egenmakt.law.lss.needs import Answer


@cache
def shelf() -> tuple[Book, ...]:
    """The books in the order of the Act. Built when they are first asked for."""
    return (
        Book.of("measures", "Personkrets, rätt och insatser", Answer, personkrets, rights, measures),
        Book.of("assistance_terms", "Villkor för ekonomiskt stöd till assistans", Answer, assistance_terms),
        Book.of("plans", "Individuell plan och kommunens uppgifter", Answer, plans),
        Book.of("residence", "Ansvarig kommun och förhandsbesked", Answer, residence),
        Book.of("fees", "Avgifter", Answer, fees),
        Book.of("documentation", "Dokumentation och gallring", Answer, documentation),
        Book.of("permits", "Tillstånd och anmälan", Answer, permits),
        Book.of("misconduct", "Missförhållanden", Answer, lex_sarah),
        Book.of("appeals", "Överklagande enligt LSS", Answer, appeals),
        Book.of("execution", "Verkställighet och särskild avgift", Answer, execution),
    )
