"""What a decision letter tells: the same facts in three voices, nothing the law asks for left out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pymupdf
import pytest
from tests.casework.decisions import letter_cases as cases

from egenmakt.casework.applications.letter import acknowledgement_preview
from egenmakt.casework.cases.letters.words import genitive, joined, long_date, sentence
from egenmakt.casework.communication.letter import communication_preview
from egenmakt.casework.decisions.letters import (
    ContradictoryLetter,
    html_preview,
    letter_blocks,
    render_decision_letter,
)
from egenmakt.casework.decisions.letters.content import VOICES, OtherChange
from egenmakt.casework.decisions.letters.words import clock_hours, frequency, hours, number
from egenmakt.foundation.documents.blocks import Lines

EVERY = [(kind, voice) for kind in cases.KINDS for voice in VOICES]


def text_of(letter, voice) -> str:
    """The words of the letter as the web page shows them, without tags and with single spaces."""
    bare = re.sub(r"<svg.*?</svg>", " ", html_preview(letter, voice), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


@pytest.mark.req("H-18", "K-10")
@pytest.mark.parametrize("voice", VOICES)
def test_a_grant_tells_what_was_applied_for_granted_and_decided_by_whom(voice):
    text = text_of(cases.grant(), voice)
    for fact in (
        "10 februari 2026",  # when the application came
        "Johanna Ekdahl",  # from whom
        "Personlig assistans för Saga i hemmet och på fritiden, alla dagar i veckan.",
        "15 timmar och 45 minuter",
        "1 maj 2026",
        "30 april 2030",
        "Saga ska kunna leva som andra barn i hennes ålder",  # goal
        "30 oktober 2026",  # follow-up
        "Sagas behov väntas förändras",  # why limited in time
        "Beslutet kan omprövas om behoven ändras väsentligt.",
        "Åsa Bergström, enhetschef",
        "delegationsordning, punkt 4.2",
        "Mikael Håkansson, LSS-handläggare",
        "21 april 2026",
        "Saga kan inte äta själv, och måltiderna tar lång tid.",
        "9 f § LSS och 6 a § förordningen (1993:1090)",
        "1 (autism)",
    ):
        assert fact in text, fact


@pytest.mark.req("K-07")
@pytest.mark.parametrize("voice", VOICES)
def test_the_letter_says_that_the_hours_change_by_themselves_the_month_the_child_is_seven_and_why(voice):
    text = text_of(cases.grant(), voice)
    assert re.search(r"den 1 maj 2029", text, re.IGNORECASE)
    assert "19 timmar och 15 minuter" in text
    assert re.search(r"fyller 7 år i maj", text)
    assert "öräld" in text


def test_hours_that_change_for_another_reason_say_the_reason():
    letter = cases.grant()
    changed = replace(
        letter.stretches[1], change=OtherChange(reason="Bedömningen av egenvård gäller till dess")
    )
    for voice in VOICES:
        text = text_of(replace(letter, stretches=(letter.stretches[0], changed)), voice)
        assert "Bedömningen av egenvård gäller till dess." in text
        assert "fyller 7" not in text


@pytest.mark.req("K-06")
@pytest.mark.parametrize("voice", VOICES)
def test_every_moment_stands_in_the_letter_with_its_weekly_time(voice):
    letter = cases.grant()
    text = text_of(letter, voice)
    for row in letter.calculations[0].moments:
        assert row.text in text
    for figure in (
        "2:20",
        "3:30",
        "7:00",
        "0:00",
        "17:30",
        "−8:45",
        "8:45",
        "−3:30",
        "14:00",
        "15:45",
        "19:15",
    ):
        assert figure in text, figure
    assert "egenvård är inte bedömd" in text
    assert "4 timmar räknas som 1 timme" in text  # unverified


@pytest.mark.req("K-06")
@pytest.mark.parametrize("voice", ["legal", "plain"])
def test_the_calculation_says_how_each_moment_counts_and_by_which_section(voice):
    text = text_of(cases.grant(), voice)
    assert "Blöjbyte och toalettbesök personlig hygien 6 min × 5 per dag 3:30 grundläggande (9 a § 2)" in text
    assert "Lek och utevistelse andra personliga behov 45 min × 1 per dag 5:15 annat behov" in text
    assert "räknas inte (9 g §)" in text


@pytest.mark.req("K-08")
@pytest.mark.parametrize("voice", VOICES)
def test_two_assistants_are_told(voice):
    assert "2 assistenter" in text_of(cases.adult_grant(), voice)


@pytest.mark.req("H-28")
@pytest.mark.parametrize("voice", VOICES)
def test_the_letter_says_who_decides_which_part(voice):
    child, adult = text_of(cases.grant(), voice), text_of(cases.adult_grant(), voice)
    assert "inte mer än 20 timmar" in child or "mer än 20 timmar i veckan. Det är de inte" in child
    assert "8 timmar och 45 minuter" in child
    assert "Försäkringskassan" in adult
    assert "mer än 20 timmar" in adult
    assert "15 april 2026" in adult


@pytest.mark.req("H-09")
@pytest.mark.parametrize("voice", VOICES)
def test_the_childs_view_and_how_it_was_weighed_stand_in_every_voice(voice):
    for kind in ("grant", "partial_refusal", "refusal"):
        text = text_of(cases.KINDS[kind](), voice)
        assert "visade med bilder" in text
        assert "sade ”ut” flera gånger" in text
        assert "Därför ingår tid för lek" in text


@pytest.mark.req("H-18", "H-21")
@pytest.mark.parametrize("voice", VOICES)
def test_what_is_refused_is_told_with_ground_reason_section_and_time(voice):
    text = text_of(cases.partial_refusal(), voice)
    assert "Ledning vid träning med sjukgymnastens program" in text
    assert "45 minuter" in text
    assert "Träningen är hälso- och sjukvård" in text
    assert "9 g § LSS" in text
    assert "Förskolan ger Saga den hjälp hon behöver under lunchen." in text


@pytest.mark.req("H-22", "K-15")
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("kind", ["partial_refusal", "refusal", "dismissal"])
def test_a_decision_that_goes_against_someone_says_how_to_appeal(kind, voice):
    text = text_of(cases.KINDS[kind](), voice)
    for fact in (
        "Förvaltningsrätten i Malmö",
        "Omsorgsnämnden",
        "tre veckor",
        "LSS-2026-000123",
        "omsorgsnamnden@kristianstad.example",
        "Mikael Håkansson, 044-000 00 01",
    ):
        assert fact in text, fact
    assert re.search(r"hjälpa? .*överklaga|hjälp .*överklaga|överklaga kan få hjälp", text)
    assert re.search(r"gäller (omedelbart|genast)", text)


@pytest.mark.req("K-12")
@pytest.mark.parametrize("voice", VOICES)
def test_a_yearly_decision_says_how_freely_the_hours_may_be_used(voice):
    text = text_of(cases.adult_grant(), voice)
    assert "15 procent" in text
    assert hours(90715 * 52) in text


@pytest.mark.req("H-27")
@pytest.mark.parametrize("voice", VOICES)
def test_the_form_of_the_measure_is_told(voice):
    assert re.search("[Kk]ommunen ordnar", text_of(cases.grant(), voice))
    assert "Kooperativet Egen Kraft" in text_of(cases.adult_grant(), voice)


@pytest.mark.req("K-16")
@pytest.mark.parametrize("voice", VOICES)
def test_a_grant_says_that_it_costs_nothing(voice):
    assert re.search("avgiftsfri|kostar inget", text_of(cases.grant(), voice))


@pytest.mark.req("H-18")
@pytest.mark.parametrize(("kind", "voice"), EVERY)
def test_no_letter_shouts_and_the_person_is_called_by_name(kind, voice):
    text = text_of(cases.KINDS[kind](), voice)
    assert "!" not in text
    assert not re.search(r"\b(klient|brukare|vårdtagare|patient)", text, re.IGNORECASE)
    assert cases.KINDS[kind]().person.name in text
    assert "%(" not in text and "None" not in text


def test_the_one_who_reads_her_own_letter_is_du_outside_the_legal_voice():
    letter = cases.adult_grant()
    assert text_of(letter, "plain").startswith("Beslut om personlig assistans för Lars Öhrnberg Du får")
    assert "att du får personlig assistans" in text_of(letter, "easy")
    assert "beviljar Lars Öhrnberg" in text_of(letter, "legal")


@pytest.mark.req("H-18")
@pytest.mark.parametrize(("kind", "voice"), EVERY)
def test_the_paper_says_what_the_page_says_in_the_same_order(kind, voice):
    letter = cases.KINDS[kind]()
    with pymupdf.open(stream=render_decision_letter(letter, voice), filetype="pdf") as pdf:
        paper = "".join(page.get_text() for page in pdf)
    squeezed = re.sub(r"[\s\u00ad-]+", "", paper)
    place = 0
    for heading in re.findall(r"<h\d>(.*?)</h\d>", html_preview(letter, voice)):
        wanted = re.sub(r"[\s-]+", "", unescape(heading))
        place = squeezed.find(wanted, place)
        assert place >= 0, heading
    numbers = set(re.findall(r"\d+:\d\d", text_of(letter, voice)))
    assert numbers <= set(re.findall(r"\d+:\d\d", paper))


def test_easy_read_gives_one_thought_a_line():
    lines = [
        line
        for block in letter_blocks(cases.grant(), "easy")
        if isinstance(block, Lines)
        for line in block.lines
    ]
    assert len(lines) > 40
    assert all(len(re.findall(r"[.?](?:\s|$)", line)) <= 1 for line in lines if "kap." not in line), lines
    assert sorted(len(line.split()) for line in lines)[len(lines) // 2] <= 8


def test_easy_read_is_larger_and_never_breaks_a_word():
    with pymupdf.open(stream=render_decision_letter(cases.grant(), "easy"), filetype="pdf") as pdf:
        spans = [
            span
            for page in pdf
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    body = next(span for span in spans if span["text"].startswith("Du kan överklaga"))
    assert body["size"] >= 14
    assert not [span["text"] for span in spans if re.search(r"\w[\u00ad\u2010-]$", span["text"])]


@pytest.mark.req("H-18")
def test_the_same_letter_is_the_same_file():
    assert render_decision_letter(cases.grant(), "plain") == render_decision_letter(cases.grant(), "plain")


@pytest.mark.req("H-18")
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"reasons": " "}, "reasons"),
        ({"law": ()}, "sections"),
        ({"goal": ""}, "goal"),
        ({"stretches": ()}, "hours"),
        ({"calculations": ()}, "calculation"),
        ({"childs_view": None}, "child's view"),
        ({"refused": cases.refusal().refused}, "refuses nothing"),
        ({"kind": "refusal"}, "hours"),
        ({"kind": "partial_refusal"}, "refused"),
        ({"kind": "partial_refusal", "refused": cases.refusal().refused, "appeal": None}, "appeal"),
    ],
)
def test_a_letter_that_lacks_what_the_law_asks_for_cannot_be_built(change, what):
    with pytest.raises(ContradictoryLetter, match=what):
        replace(cases.grant(), **change)


@pytest.mark.req("K-06")
def test_a_letter_that_grants_other_hours_than_it_counts_cannot_be_built():
    letter = cases.grant()
    wrong = replace(letter.stretches[0], seconds_per_week=letter.stretches[0].seconds_per_week + 60)
    with pytest.raises(ContradictoryLetter, match="counted"):
        replace(letter, stretches=(wrong, letter.stretches[1]))


def test_a_letter_whose_stretches_leave_a_gap_or_change_without_a_reason_cannot_be_built():
    letter = cases.grant()
    first, second = letter.stretches
    with pytest.raises(ContradictoryLetter, match="follow"):
        replace(letter, stretches=(first, replace(second, first_day=second.first_day + timedelta(days=1))))
    with pytest.raises(ContradictoryLetter, match="why"):
        replace(letter, stretches=(first, replace(second, change=None)))


def test_a_calculation_whose_moments_do_not_make_its_sum_cannot_be_built():
    one = cases.grant().calculations[0]
    with pytest.raises(ContradictoryLetter, match="basic"):
        replace(one, basic_s=one.basic_s + 1)
    with pytest.raises(ContradictoryLetter, match="total"):
        replace(one, total_s=one.total_s + 1)


@pytest.mark.req("H-18")
def test_neither_number_nor_address_is_printed_where_the_person_is_protected():
    letter = cases.grant()
    protected = replace(
        letter,
        person=replace(letter.person, personal_number=None),
        recipient=replace(letter.recipient, address=None),
    )
    for voice in VOICES:
        with pymupdf.open(stream=render_decision_letter(protected, voice), filetype="pdf") as pdf:
            text = "".join(page.get_text() for page in pdf)
        assert "9806" not in text and "Lillö" not in text
    with pymupdf.open(stream=render_decision_letter(letter, "legal"), filetype="pdf") as pdf:
        text = "".join(page.get_text() for page in pdf)
    assert "20220514-9806" in text and "Lillö backväg" in text


def test_a_deduction_larger_than_the_help_it_may_touch_is_explained():
    letter = cases.grant()
    first = replace(letter.calculations[0], basic_deduction_s=letter.calculations[0].basic_deduction_s + 3600)
    text = text_of(replace(letter, calculations=(first, letter.calculations[1])), "legal")
    assert "Föräldraavdraget är mindre än i tabellen" in text
    assert "Föräldraavdraget är mindre än i tabellen" not in text_of(letter, "legal")


def test_an_officials_name_may_be_left_out_for_her_safety():
    letter = cases.grant()
    signature = replace(letter.signature, decided_by=replace(letter.signature.decided_by, name=None))
    for voice in VOICES:
        text = text_of(replace(letter, signature=signature), voice)
        assert "Bergström" not in text
        assert "33 § förvaltningslagen" in text


@pytest.mark.req("H-13")
def test_the_acknowledgement_says_when_what_was_understood_and_what_comes_next():
    text = unescape(acknowledgement_preview(cases.acknowledgement()))
    for fact in (
        "10 februari 2026",
        "24 februari 2026",
        "10 maj 2026",
        "Läkarintyg",
        "Mikael Håkansson",
        "12 §",
    ):
        assert fact in text, fact
    silent = replace(cases.acknowledgement(), contact_by=None, decision_by=None)
    assert "senast" not in unescape(acknowledgement_preview(silent))


@pytest.mark.req("H-20")
def test_the_communication_letter_puts_every_material_with_source_and_a_day_to_answer_by():
    text = unescape(communication_preview(cases.communication()))
    for fact in (
        "15 april 2026",
        "Barnhabiliteringen",
        "”ständig hjälp”",
        "Förskolan Ängen",
        "25 §",
        "8 a § LSS",
    ):
        assert fact in text, fact
    with pytest.raises(ContradictoryLetter):
        replace(cases.communication(), answer_by=date(2026, 4, 1))
    with pytest.raises(ContradictoryLetter):
        replace(cases.communication(), materials=(), proposal=" ")


@pytest.mark.parametrize(
    ("seconds", "words", "figures"),
    [
        (0, "0 timmar", "0:00"),
        (60, "1 minut", "0:01"),
        (3600, "1 timme", "1:00"),
        (56700, "15 timmar och 45 minuter", "15:45"),
        (56729, "15 timmar, 45 minuter och 29 sekunder", "15:45"),
        (56730, "15 timmar, 45 minuter och 30 sekunder", "15:46"),
        (415, "6 minuter och 55 sekunder", "0:07"),
        (604800, "168 timmar", "168:00"),
    ],
)
def test_hours_are_written_exactly_in_words_and_to_the_minute_in_tables(seconds, words, figures):
    assert (hours(seconds), clock_hours(seconds)) == (words, figures)


def test_dates_names_numbers_and_sentences_are_written_the_swedish_way():
    assert long_date(date(2026, 11, 21)) == "21 november 2026"
    assert [genitive(name) for name in ("Saga", "Lars", "Max")] == ["Sagas", "Lars", "Max"]
    assert [number(Decimal(value)) for value in ("7.50", "30", "100", "0.5")] == ["7,5", "30", "100", "0,5"]
    assert joined(["a", "b", "c"]) == "a, b och c"
    assert sentence('hon sade "ut"') == "hon sade ”ut”"
    assert sentence("så  är\ndet") == "så är det."
    row = cases.moment("x", "other", "7.5", "2", 1, per="fortnight", assistants=2)
    assert frequency(row) == "7,5 min × 2 per två veckor, 2 assistenter"
