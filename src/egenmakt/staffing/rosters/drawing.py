"""A roster as a picture to hang on the wall: one SVG, written as text, without anything but this wing and the law.

Guarantees: every shift is drawn, in the row of who has it (or of its person), at its local clock times; open shifts and
breaches are drawn and told in words; the same roster gives the same picture to the letter; whatever the names hold, the
document is well-formed. Lengths are millimetres on an A3 sheet lying; the height is what is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from egenmakt.staffing.rosters.cost import cost as cost_of
from egenmakt.staffing.rosters.drawing_axis import axes_of
from egenmakt.staffing.rosters.drawing_blocks import block
from egenmakt.staffing.rosters.drawing_lists import (
    cost_told,
    header,
    longest_of,
    names,
    signs,
    title_of,
    told_list,
    totals_of,
)
from egenmakt.staffing.rosters.drawing_paper import MARGIN, sheet
from egenmakt.staffing.rosters.drawing_rows import By, picture_of
from egenmakt.staffing.rosters.instance import Assignments, Instance
from egenmakt.staffing.rosters.judging import Breach, judge, shifts_given

BETWEEN_BLOCKS = 5.0


def draw(
    instance: Instance,
    assignments: Assignments,
    *,
    by: By = "assistant",
    breaches: Sequence[Breach] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> str:
    """The roster as an SVG document, with a row for each assistant or for each person.

    `breaches` are those of `judge`, which is asked when they are left out; `reasons` says in a sentence why an open
    shift is open. Raises KeyError for a shift or an assistant that the instance does not have.
    """
    found = judge(instance, assignments) if breaches is None else breaches
    picture = picture_of(instance, assignments, found, reasons or {}, by)
    given = shifts_given(instance, assignments)
    done_s = {one.id: sum(shift.active_s for shift in given.get(one.id, ())) for one in instance.assistants}
    longest_s = longest_of(instance, done_s)
    if by == "person":
        longest_s = max((row.wanted_s or 0 for row in picture.rows), default=0)
    cost = cost_of(instance, assignments)
    totals = totals_of(instance, assignments, picture)
    body, y = header(instance, totals, cost)
    for place, axis in enumerate(axes_of(instance)):
        drawn, y = block(picture, axis, y, whole=place == 0, longest_s=longest_s)
        body += drawn
        y += BETWEEN_BLOCKS
    drawn, y = signs(picture, y - 1)
    body += drawn
    drawn, y = names(instance, picture, done_s, y + 1)
    body += drawn
    drawn, y = told_list("Lediga pass", picture.open, y, "L")
    body += drawn
    drawn, y = told_list("Brott mot lag och avtal", picture.breaches, y)
    body += drawn
    title = title_of(instance)
    return sheet(body, height=y + MARGIN - 2, title=title, told=f"{title}. {totals}. {cost_told(cost)}.")
