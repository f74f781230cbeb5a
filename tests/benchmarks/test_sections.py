"""The page of measurements: each benchmark writes its own section and leaves the others as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.sections import table, write

pytestmark = pytest.mark.req("K-06")


def test_a_section_is_put_at_the_end_and_then_in_its_place(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    write("pages", "## Pages\n", page)
    write("law", "## Law, first\n", page)
    write("pages", "## Pages again", page)
    assert page.read_text() == (
        "# Performance\n\n<!-- pages: begin -->\n## Pages again\n<!-- pages: end -->\n\n"
        "<!-- law: begin -->\n## Law, first\n<!-- law: end -->\n"
    )


def test_what_stands_between_the_sections_stays(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("# A\n\n<!-- law: begin -->\nold\n<!-- law: end -->\n\nThe end.\n")
    write("law", "new", page)
    assert page.read_text() == "# A\n\n<!-- law: begin -->\nnew\n<!-- law: end -->\n\nThe end.\n"


def test_a_table_is_written_as_markdown() -> None:
    assert table(["a", "b"], [("x", 1)]) == "| a | b |\n|---|---:|\n| x | 1 |"
