"""The picture of the week: in proportion, never by colour alone, and with nothing that runs."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from egenmakt.foundation.documents.figures import COLOURS, Bar, Group, Line, Segment, stacked_bars

SVG = "{http://www.w3.org/2000/svg}"


def picture(**options):
    bars = (Bar("Grundläggande", "3:00", (Segment(1, 7200), Segment(2, 3600)), taken=1800),)
    return stacked_bars(
        (Group("Tid", bars),), ("Hygien", "Måltider"), taken_label="Föräldraavdrag", **options
    )


@pytest.mark.req("K-06")
def test_the_segments_are_in_proportion_and_the_deduction_is_hatched():
    tree = ElementTree.fromstring(picture())
    bars = [rect for rect in tree.iter(f"{SVG}rect") if rect.get("height") == "24"]
    first, second = bars[0], bars[1]
    assert float(first.get("width")) == pytest.approx(2 * float(second.get("width")), abs=1.5)
    veil = next(rect for rect in bars if rect.get("opacity"))
    assert float(veil.get("width")) == pytest.approx(float(second.get("width")) / 2, abs=1.5)


def test_every_segment_carries_the_number_of_its_word_in_the_legend():
    texts = [text.text for text in ElementTree.fromstring(picture()).iter(f"{SVG}text")]
    assert texts.count("1") == 2 and texts.count("2") == 2
    assert {"Hygien", "Måltider", "Föräldraavdrag"} <= set(texts)


def test_the_legend_speaks_of_a_deduction_only_where_there_is_one():
    untouched = stacked_bars(
        (Group("Tid", (Bar("Allt", "1:00", (Segment(1, 3600),)),)),),
        ("Hygien",),
        taken_label="Föräldraavdrag",
    )
    assert "Föräldraavdrag" not in untouched


def test_a_line_lies_inside_the_picture_also_when_nothing_reaches_it():
    tree = ElementTree.fromstring(picture(line=Line(20 * 3600, "20 timmar")))
    across = float(re.match(r"M([\d.]+)", next(tree.iter(f"{SVG}path")).get("d"))[1])
    assert 0 < across < 660


def test_words_in_the_picture_are_escaped_and_nothing_in_it_runs():
    svg = stacked_bars((Group("<script>", (Bar("a&b", "0:00", ()),)),), ("<b>",))
    assert "<script" not in svg and "&lt;script&gt;" in svg
    assert "id=" not in svg and "style=" not in svg


def test_every_colour_carries_white_figures_well():
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert min(1.05 / (luminance(colour) + 0.05) for colour in COLOURS) >= 4.5
