"""The books as they stand on the shelf, in the order of the Acts: what each is called and what it is about."""

from __future__ import annotations

import pytest

from egenmakt.law import book_named
from egenmakt.law.lss.needs import Answer
from egenmakt.law.lss.shelf import shelf as lss_shelf
from egenmakt.law.sfb.shelf import shelf as sfb_shelf

pytestmark = pytest.mark.req("H-09")

# The name it is asked by, the title a case officer reads, and a rule that stands in it.
LSS = [
    ("measures", "Personkrets, rätt och insatser", "right_to_measures"),
    ("assistance_terms", "Villkor för ekonomiskt stöd till assistans", "close_person"),
    ("plans", "Individuell plan och kommunens uppgifter", "needs_followed_up"),
    ("residence", "Ansvarig kommun och förhandsbesked", "responsible_municipality"),
    ("fees", "Avgifter", "any_fee_allowed"),
    ("documentation", "Dokumentation och gallring", "objection_noted"),
    ("permits", "Tillstånd och anmälan", "public_activity_notified"),
    ("misconduct", "Missförhållanden", "must_report"),
    ("appeals", "Överklagande enligt LSS", "appealable"),
    ("execution", "Verkställighet och särskild avgift", "special_fee_due"),
]
SFB = [
    ("periods", "Assistansersättningens tid", "granting_period_allowed"),
    ("amounts", "Assistansersättningens belopp och kommunens del", "municipal_cost_ore"),
    ("payment", "Utbetalning av assistansersättning", "paid_time_s"),
    ("stays", "Sjukhus, institution, skola och gruppbostad", "stay_stops_allowance"),
]


@pytest.mark.parametrize(("shelf", "expected"), [(lss_shelf, LSS), (sfb_shelf, SFB)], ids=["LSS", "SFB"])
def test_each_book_stands_in_its_place_under_its_title(shelf, expected) -> None:
    books = shelf()
    assert [(book.name, book.title) for book in books] == [(name, title) for name, title, _ in expected]
    for book, (name, _, rule) in zip(books, expected, strict=True):
        assert rule in book.rules.wordings
        assert book.answers is Answer
        assert book_named(name) is book
    assert shelf() is books
