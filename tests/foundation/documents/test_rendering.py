"""A template and data become one accessible, archivable file, the same every time, and text stays text."""

from __future__ import annotations

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pikepdf
import pymupdf
import pytest

from egenmakt.foundation.documents.blocks import (
    Bullets,
    Column,
    Facts,
    Figure,
    Heading,
    IncompleteBlock,
    Lines,
    Link,
    Panel,
    Paragraph,
    Table,
    typographic,
)
from egenmakt.foundation.documents.html import blocks_as_html
from egenmakt.foundation.documents.letters import Letter, Recipient, Sender, render_letter
from egenmakt.foundation.documents.rendering import TemplateError, UnprintableText, printable, render

SENDER = Sender(
    municipality="Hjo kommun",
    board="Socialnämnden",
    unit="LSS-enheten",
    postal_address=("Torggatan 2", "544 81 Hjo"),
    phone="0503-000 00",
    email="lss@hjo.example",
)
HOSTILE = '#panic("x") $x^2$ *fet* _kursiv_ `kod` @ref <etikett> = Rubrik // kommentar \\ #import "a.typ": * [x] ${y}'


def letter(*blocks, language="sv", address=("Vägen 1", "544 30 Hjo")):
    return Letter(
        title="Ett brev",
        date=date(2026, 11, 21),
        sender=SENDER,
        recipient=Recipient(name="Åsa Öberg", address=address),
        facts=(("Ärendenummer", "LSS-2026-000007"),),
        blocks=(Heading("Ett brev", 1), *blocks),
        page_of="Sida {page} av {pages}",
        language=language,
    )


def words(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        return re.sub(r"\s+", " ", " ".join(page.get_text() for page in opened))


@pytest.mark.req("H-18")
def test_a_letter_is_both_accessible_and_archivable_and_knows_its_title_language_and_date():
    with pikepdf.open(io.BytesIO(render_letter(letter(Paragraph("Hej."))))) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == "Ett brev"
            assert metadata["dc:creator"] == ["Hjo kommun, Socialnämnden"]
            assert metadata["xmp:CreateDate"].startswith("2026-11-21")
        assert str(pdf.Root.Lang) == "sv"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_same_letter_gives_the_same_bytes_and_another_letter_does_not():
    assert render_letter(letter(Paragraph("Hej."))) == render_letter(letter(Paragraph("Hej.")))
    assert render_letter(letter(Paragraph("Hej."))) != render_letter(letter(Paragraph("Nej.")))


def test_every_font_in_the_file_is_ours_or_the_typesetters_and_is_embedded():
    found = set()
    with pikepdf.open(io.BytesIO(render_letter(letter(Paragraph("Hej. Ŋ"))))) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descendant = font.DescendantFonts[0]
                descriptor = descendant.FontDescriptor
                assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
                found.add(str(descriptor.FontName).split("+")[1])
    assert {name for name in found if name.startswith("AtkinsonHyperlegibleNext")}
    assert all(name.startswith(("Atkinson", "Libertinus", "DejaVu", "NewComputerModern")) for name in found)


@pytest.mark.req("H-18")
@pytest.mark.parametrize("place", ["paragraph", "heading", "list", "cell", "fact", "line", "panel"])
def test_text_with_the_typesetters_own_signs_stands_as_it_was_written(place):
    blocks = {
        "paragraph": Paragraph(HOSTILE),
        "heading": Heading(HOSTILE, 2),
        "list": Bullets((HOSTILE,)),
        "cell": Table("Tabell", (Column("Vad"), Column("Mer")), ((HOSTILE, "1"),)),
        "fact": Facts(((HOSTILE, HOSTILE),)),
        "line": Lines((HOSTILE,)),
        "panel": Panel((Paragraph(HOSTILE, "lead"),)),
    }
    assert HOSTILE.replace(" ", "") in words(render_letter(letter(blocks[place]))).replace(" ", "").replace(
        "-", ""
    )


def test_invisible_signs_that_could_turn_or_hide_text_are_taken_away():
    assert printable("15\u202e\u200b\ufeff tim\x00mar\r\nA\u030a") == "15 timmar\nÅ"
    assert printable("\ue000\ud800") == "\ufffd\ufffd"
    assert "15 timmar" in words(render_letter(letter(Paragraph("15\u202e tim\x07mar"))))


def test_signs_that_cannot_be_drawn_are_all_named_at_once():
    with pytest.raises(UnprintableText) as caught:
        render_letter(letter(Paragraph("Hej 🎉 och 👍 till 日 🎉")))
    assert set(caught.value.characters) == {"🎉", "👍", "日"}
    assert "U+1F389" in str(caught.value)


@pytest.mark.parametrize(
    "template", ["foundation/documents/typst/saknas.typ", "../../pyproject.toml", "/etc/hostname"]
)
def test_a_template_that_is_missing_or_outside_the_package_is_a_named_error(template):
    with pytest.raises(TemplateError):
        render(template, {}, title="x", issued=date(2026, 1, 1), author="y")


def test_a_template_without_its_data_is_a_named_error():
    with pytest.raises(TemplateError, match=r"letter\.typ"):
        render("foundation/documents/typst/letter.typ", {}, title="x", issued=date(2026, 1, 1), author="y")


def test_letters_may_be_set_in_many_threads_at_once():
    start = threading.Barrier(4)

    def one(index: int) -> str:
        start.wait()
        return words(render_letter(letter(Paragraph(f"Brev nummer {index}."))))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(4)))
    assert all(f"Brev nummer {index}." in text for index, text in enumerate(found))


@pytest.mark.req("H-18")
def test_no_address_is_printed_when_it_must_not_be():
    assert "Vägen 1" in words(render_letter(letter(Paragraph("Hej."))))
    protected = words(render_letter(letter(Paragraph("Hej."), address=None)))
    assert "Vägen" not in protected
    assert "Åsa Öberg" in protected


def test_the_address_stands_where_the_envelopes_window_is():
    """A right-hand window shows the sheet from 102 to 192 mm across and from 40 to 74 mm down."""
    with pymupdf.open(stream=render_letter(letter(Paragraph("Hej."))), filetype="pdf") as pdf:
        boxes = [pdf[0].search_for(text)[0] for text in ("Åsa Öberg", "544 30 Hjo")]
    millimetres = 25.4 / 72
    for box in boxes:
        assert box.x0 * millimetres > 102 and box.x1 * millimetres < 192
        assert box.y0 * millimetres > 40 and box.y1 * millimetres < 74


def test_a_figure_needs_words_and_a_table_needs_headings():
    with pytest.raises(IncompleteBlock):
        Figure("<svg/>", " ", "Bild")
    with pytest.raises(IncompleteBlock):
        Table("Tabell", (Column(""),), (("1",),))
    with pytest.raises(IncompleteBlock):
        Table("Tabell", (Column("A"), Column("B")), (("1",),))


def test_a_letter_begins_with_its_heading_and_skips_no_level():
    with pytest.raises(IncompleteBlock):
        letter(Heading("För djupt", 3))
    with pytest.raises(IncompleteBlock):
        letter(Heading("Ännu en titel", 1))


def test_a_link_leads_only_to_addresses():
    with pytest.raises(IncompleteBlock):
        Link("klicka", "javascript:alert(1)")


@pytest.mark.req("H-18")
def test_the_web_page_escapes_everything_that_people_wrote():
    evil = '<script>alert("x")</script>'
    table = Table(evil, (Column(evil),), ((evil,),), ((evil,),))
    markup = blocks_as_html(
        (
            Heading(evil, 1),
            Paragraph((evil, Link(evil, 'mailto:a@b.example"onclick="x'))),
            Lines((evil,)),
            Bullets((evil,)),
            Facts(((evil, evil),)),
            table,
            Figure("<svg></svg>", evil + '"', evil),
            Panel((Paragraph(evil),)),
        )
    )
    assert "<script" not in markup
    assert '"onclick' not in markup
    assert markup.count("&lt;script&gt;") == 15


def test_the_web_page_has_the_same_structure_as_the_letter():
    markup = blocks_as_html(
        (
            Heading("Titel", 1),
            Table(
                "Summor",
                (Column("Vad"), Column("Tid", 1, "right")),
                (("Dusch", "1:00"),),
                (("Summa", "1:00"),),
            ),
            Bullets(("ett", "två"), numbered=True),
        ),
        heading_level=3,
    )
    assert "<h3>Titel</h3>" in markup
    assert '<caption>Summor</caption><thead><tr><th scope="col" class="letter-left">Vad</th>' in markup
    assert '<th scope="row" class="letter-left">Dusch</th>' in markup
    assert "<ol><li>ett</li><li>två</li></ol>" in markup


def test_a_label_of_a_total_stretches_over_the_empty_cells_after_it():
    table = Table("T", (Column("A"), Column("B"), Column("C")), (("1", "2", "3"),), (("Summa", "", "3"),))
    assert table.label_span(table.totals[0]) == 2
    assert '<th scope="row" colspan="2" class="letter-left">Summa</th><td class="letter-left">3</td>' in (
        blocks_as_html((table,))
    )


def test_quotation_marks_are_swedish():
    assert typographic('"ut" sa hon, det\'s så') == "”ut” sa hon, det’s så"
