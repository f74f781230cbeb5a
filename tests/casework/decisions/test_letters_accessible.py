"""Every letter in every voice passes two independent checkers, without errors and without warnings."""

from __future__ import annotations

import re
from html import unescape

import pymupdf
import pytest
from outloud import check
from outloud.model import Document
from outloud.viewer import reading_order
from pdfua import validate
from tests.casework.decisions import letter_cases as cases

from egenmakt.casework.applications.letter import render_acknowledgement
from egenmakt.casework.communication.letter import render_communication
from egenmakt.casework.decisions.letters import html_preview, render_decision_letter
from egenmakt.casework.decisions.letters.content import VOICES

LETTERS = {
    f"{kind}-{voice}": (lambda build=build, voice=voice: render_decision_letter(build(), voice))
    for kind, build in {**cases.KINDS, "sixty_moments": cases.long_grant}.items()
    for voice in VOICES
} | {
    "acknowledgement": lambda: render_acknowledgement(cases.acknowledgement()),
    "communication": lambda: render_communication(cases.communication()),
}


def answered(found, path) -> bool:
    """The one warning with an answer (docs/letters.md): rows of a long table, alike but for their numbers, are taken
    for running heads where three pages begin or end with such a row. Only when each line is in truth a cell.
    """
    if found.rule != "PAG-001" or found.severity != "warning":
        return False
    document = Document(str(path))
    in_cells = " ".join(
        row["text"] for page in reading_order(document).values() for row in page if row["type"] == "TD"
    )
    document.close()
    words = found.evidence.replace("…", "").replace(";", " ").split()
    return all(word in in_cells for word in words)


@pytest.fixture(params=LETTERS)
def path(request, tmp_path):
    found = tmp_path / "brev.pdf"
    found.write_bytes(LETTERS[request.param]())
    return found


@pytest.mark.req("H-18")
def test_two_independent_checkers_find_nothing(path):
    listened = check(str(path))
    assert listened.error is None
    assert [found for found in listened.sorted_findings() if not answered(found, path)] == []
    validated = validate(str(path))
    assert [(found.rule_id, found.message) for found in validated.findings] == []


@pytest.mark.req("H-18")
def test_every_heading_has_words_and_every_table_a_caption_and_headed_cells(path):
    """What `pdfua` cannot evaluate (empty headings, its rule UA-14-001), and that tables are tables."""
    document = Document(str(path))
    read = [row for page in reading_order(document).values() for row in page]
    headings = [row for row in read if re.fullmatch(r"H\d", row["type"])]
    assert headings and headings[0]["type"] == "H1"
    assert all(row["text"].strip() for row in headings)
    for table in document.elements_of("Table"):
        kinds = [child.type for child in table.logical_children]
        assert kinds[:3] == ["Caption", "THead", "TBody"]
        headers = [cell for cell in table.descendants() if cell.type == "TH"]
        assert headers and all(cell.attr("Scope", "Table") == "Column" for cell in headers)
        for cell in table.descendants():
            assert cell.type != "TD" or cell.attr("Headers", "Table")
    document.close()


@pytest.mark.req("H-18")
@pytest.mark.parametrize("voice", VOICES)
def test_the_letter_is_read_in_the_order_of_its_blocks(voice, tmp_path):
    found = tmp_path / "brev.pdf"
    found.write_bytes(render_decision_letter(cases.partial_refusal(), voice))
    document = Document(str(found))
    heard = " ".join(row["text"] for page in reading_order(document).values() for row in page)
    document.close()
    squeezed = re.sub(r"[\s\u00ad-]+", "", heard)
    markup = re.sub(r"<figure.*?</figure>", "", html_preview(cases.partial_refusal(), voice), flags=re.DOTALL)
    place = 0
    for text in re.findall(r">([^<]+)<", markup):
        wanted = re.sub(r"[\s-]+", "", unescape(text))
        place = squeezed.find(wanted, place)
        assert place >= 0, text
        place += len(wanted)


@pytest.mark.req("K-06")
@pytest.mark.parametrize("voice", VOICES)
def test_the_picture_of_the_week_tells_its_numbers_in_words(voice, tmp_path):
    found = tmp_path / "brev.pdf"
    found.write_bytes(render_decision_letter(cases.grant(), voice))
    document = Document(str(found))
    figures = document.elements_of("Figure")
    assert len(figures) == 1
    alternative = figures[0].alt
    document.close()
    assert "grundläggande behov 17 timmar och 30 minuter i veckan" in alternative
    assert "måltider 9 timmar och 20 minuter" in alternative
    assert "Föräldraavdraget är 8 timmar och 45 minuter från grundläggande" in alternative
    assert "Beviljad tid är 19 timmar och 15 minuter i veckan." in alternative


@pytest.mark.req("H-18")
def test_every_page_says_which_it_is_and_of_how_many():
    with pymupdf.open(stream=render_decision_letter(cases.long_grant(), "legal"), filetype="pdf") as pdf:
        assert len(pdf) > 4
        for index, page in enumerate(pdf, start=1):
            assert f"Sida {index} av {len(pdf)}" in page.get_text()
            assert "LSS-2026-000123" in page.get_text()
