"""What one can do with the rows of a sheet as it is typed. The same for the buttons and for the keyboard's script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from egenmakt.casework.needs.forms import MOST_ROWS, SheetForm
from egenmakt.casework.needs.library import BY_KEY
from egenmakt.casework.needs.pasting import read_pasted
from egenmakt.casework.needs.rows import FIELDS, FRESH, RowForm, typed_of
from egenmakt.casework.needs.sheet import MomentValues


def apply(form: SheetForm, asked: str) -> str:
    """Do what a button asks: `add`, `library`, `paste`, or `up:KEY`, `down:KEY`, `duplicate:KEY`, `delete:KEY`,
    `undo:KEY`. Returns the key of the row to go to; empty when there is none. Unknown requests change nothing."""
    what, _sign, key = asked.partition(":")
    if what == "add":
        return append(form, [dict(FRESH)])
    if what == "library":
        common = [BY_KEY[name] for name in form.library if name in BY_KEY]
        form.library = ()
        return append(
            form,
            [
                {"text": one.kept_text, "need": one.need.value, "per": one.per.value, "assistants": "1"}
                for one in common
            ],
        )
    if what == "paste":
        pasted, form.pasted = read_pasted(form.pasted), ""
        return append(form, [FRESH | row for row in pasted])
    row = form.row(key)
    if row is None:
        return ""
    place = form.rows.index(row)
    if what == "up" and place > 0:
        form.rows[place - 1 : place + 1] = [row, form.rows[place - 1]]
    elif what == "down" and place < len(form.rows) - 1:
        form.rows[place : place + 2] = [form.rows[place + 1], row]
    elif what == "delete":
        row.gone = True
    elif what == "undo":
        row.gone = False
    elif what == "duplicate" and len(form.rows) < MOST_ROWS:
        form.rows.insert(place + 1, RowForm(form.new_key(), dict(row.typed)))
        key = form.rows[place + 1].key
    form.read()
    return key


def append(form: SheetForm, rows: Iterable[Mapping[str, str]]) -> str:
    """Put rows last, in the place of empty ones at the end. Returns the key of the first."""
    new = list(rows)[: MOST_ROWS - len(form.rows)]
    if not new:
        return ""
    if any(set(row) - set(FRESH) for row in new):
        while form.rows and form.rows[-1].is_empty and not form.rows[-1].gone:
            form.rows.pop()
    first = ""
    for typed in new:
        key = form.new_key()
        form.rows.append(RowForm(key, {name: typed.get(name, "") for name in FIELDS}))
        first = first or key
    form.read()
    return first


def append_moments(form: SheetForm, moments: Iterable[MomentValues]) -> str:
    """Put copies of moments last: everything but the dates of self-care, which are assessed anew in each case."""
    return append(form, [typed_of(one) | {"assessed": "", "until": ""} for one in moments])
