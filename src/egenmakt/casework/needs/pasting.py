"""Rows copied from a spreadsheet, read as tab-separated text."""

from __future__ import annotations

import csv
import io

from egenmakt.casework.needs.words import COLUMNS, code_of, column_of

MOST_ROWS = 400


def read_pasted(text: str, first_column: str = "text") -> list[dict[str, str]]:
    """Each row's cells by field, as typed; words for a choice become its code, unknown words stay as they are.

    Cells go to the columns from `first_column` and on. A first row of headings ("Aktivitet", "Minuter" …) says itself
    where its columns go. Empty rows are left out, and what is beyond 400 rows.
    """
    lines = [
        [cell.replace("\u00a0", " ").strip() for cell in line]
        for line in csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    ]
    lines = [line for line in lines if any(line)]
    if not lines:
        return []
    columns = _columns_of_headings(lines[0])
    if columns:
        lines = lines[1:]
    else:
        start = COLUMNS.index(first_column) if first_column in COLUMNS else 0
        columns = list(COLUMNS[start:])
    return [
        {
            column: code_of(column, cell)
            for column, cell in zip(columns, line, strict=False)
            if column and (cell or column in ("intimate", "self_care"))
        }
        for line in lines[:MOST_ROWS]
    ]


def _columns_of_headings(line: list[str]) -> list[str | None]:
    """The field of each column when the line is one of headings: at least two known ones, and nothing else."""
    found = [column_of(cell) for cell in line]
    written = [cell for cell in line if cell]
    known = [column for column in found if column]
    return found if len(known) >= 2 and len(known) == len(written) and len(set(known)) == len(known) else []
