"""What stands above and below the calendar of a drawn roster: the title, what signs mean, names, hours, and the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as parts_of
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate

from egenmakt.staffing.rosters.cost import Cost
from egenmakt.staffing.rosters.drawing_paper import (
    INNER,
    MARGIN,
    WIDTH,
    hours_bar,
    line,
    mark_over,
    moon,
    next_page,
    on_one_page,
    page_ends,
    rect,
    sign,
    text,
    text_within,
    tone_of,
)
from egenmakt.staffing.rosters.drawing_rows import Picture, Told
from egenmakt.staffing.rosters.drawing_words import (
    counted,
    hours,
    hours_told,
    number,
    period,
    width_of,
    wrapped,
)
from egenmakt.staffing.rosters.instance import Assignments, Instance

SIZE = 2.7
HEADING = 3.4
COLUMNS = 3
KEY_HEIGHT = 4.4
BETWEEN = 6.0
LINE_HEIGHT = SIZE * 1.22
BOLDER = 0.94  # wrapped as if narrower, since it is written in bold
LIST_HEAD = HEADING + 2.6
LEAST_LIST = 50.0  # a list is begun on the next page when less than this is left
CONTINUED = " (fortsättning)"
MOST_TOLD = 300  # beyond this a list on a wall helps nobody

COST_WORDS = {
    "open": "lediga pass",
    "under": "för få timmar",
    "over": "för många timmar",
    "over_hourly": "timlön",
    "other_team": "pass i annat team",
    "distinct": "assistent och person",
    "wish": "önskemål",
    "night_fair": "nätter över rättvis del",
    "weekend_fair": "helger över rättvis del",
    "change": "ändrade pass",
}


def title_of(instance: Instance) -> str:
    """`Schema 30 november–27 december 2026`."""
    return f"Schema {period(instance.first, instance.first + timedelta(days=instance.days - 1))}"


def totals_of(instance: Instance, assignments: Assignments, picture: Picture) -> str:
    """Counts and hours, in a sentence without a verb."""
    persons = len({shift.person for shift in instance.shifts})
    active_s = sum(shift.active_s for shift in instance.shifts)
    given_s = sum(shift.active_s for shift in instance.shifts if assignments.get(shift.id) is not None)
    on_call_s = sum(shift.on_call_s for shift in instance.shifts)
    parts = [
        counted(len(instance.shifts), "pass", "pass"),
        counted(persons, "person", "personer"),
        counted(len(instance.assistants), "assistent", "assistenter"),
        f"{hours(given_s)} av {hours(active_s)} timmar bemannade",
        *([f"{hours(on_call_s)} timmar jour"] if on_call_s else []),
        counted(len(picture.open), "ledigt pass", "lediga pass"),
        counted(len(picture.breaches), "brott", "brott"),
    ]
    return " · ".join(parts)


def cost_told(cost: Cost) -> str:
    """The cost and the parts of it that are not zero."""
    parts = [
        f"{COST_WORDS[part.name]} {number(getattr(cost, part.name))}"
        for part in parts_of(cost)
        if getattr(cost, part.name)
    ]
    return f"Kostnad {number(cost.total)}" + (f": {', '.join(parts)}" if parts else "")


def header(instance: Instance, totals: str, cost: Cost) -> tuple[list[str], float]:
    """The title with totals and cost, and where it ends."""
    weeks = [(instance.first + timedelta(weeks=week)).isocalendar().week for week in (0, instance.weeks - 1)]
    shown = f"v. {weeks[0]}" if instance.weeks == 1 else f"v. {weeks[0]}–{weeks[1]}"
    title = title_of(instance)
    drawn = [
        text(MARGIN, MARGIN + 5, 6.2, title, "b"),
        text(MARGIN + width_of(title, 6.2, bold=True) + 3, MARGIN + 5, 4.6, shown, "m"),
        text_within(MARGIN, MARGIN + 10.5, 3.1, totals, width=INNER),
        text_within(MARGIN, MARGIN + 14.8, 2.7, cost_told(cost), width=INNER, classes="m"),
    ]
    return drawn, MARGIN + 18


def signs(picture: Picture, y: float) -> tuple[list[str], float]:
    """What the shapes mean, on one line, and where it ends."""
    one = "person" if picture.by == "assistant" else "assistent"
    y = on_one_page(y, 11)
    height, top = 2.6, y + 0.4
    drawn: list[str] = []
    x = MARGIN
    has_away = picture.by == "assistant"
    for kind, told in (
        ("plain", f"pass, en färg för varje {one}"),
        ("night", "natt: minst tre timmar arbete mellan 22 och 06"),
        ("jour", "jour (ritad mitt i natten)"),
        ("open", "ledigt pass, med nummer i listan"),
        ("sign", "brott, med nummer i listan"),
        *([("away", "frånvaro")] if has_away else []),
        ("hours", "timmar mot kontrakt (strecket), randigt är över" if has_away else "bemannade timmar"),
    ):
        drawn += _example(kind, x, top, height)
        drawn.append(text(x + 9, y + 2.6, SIZE, told))
        x += 9 + width_of(told, SIZE) + 4.5
        if x > WIDTH - MARGIN - 50 and kind != "hours":
            x, y, top = MARGIN, y + 4.6, top + 4.6
    return drawn, y + 5


def _example(kind: str, x: float, y: float, height: float) -> list[str]:
    if kind == "away":
        return [rect(x, y, 7, height, "away")]
    if kind == "hours":
        return hours_bar(x, y + 0.5, 7, done_s=6, wanted_s=5, longest_s=6)
    drawn = ['<g class="open">' if kind == "open" else '<g class="shift">']
    if kind == "sign":
        return [*drawn, sign(x + 1, y + 0.2, 2.5), text(x + 4, y + 2.3, SIZE, "1", "b r"), "</g>"]
    drawn.append(rect(x, y, 7, height, "fill" if kind == "open" else f"fill {tone_of(6)}"))
    if kind == "jour":
        drawn.append(rect(x + 1.5, y, 4, height, "jour"))
    if kind == "night":
        drawn += [rect(x, y + height * 0.8, 7, height * 0.2, "night"), moon(x + 2.6, y - 0.1, 2)]
    drawn += [] if kind == "open" else [rect(x, y, 7, height, "edge")]
    return [*drawn, "</g>"]


def names(instance: Instance, picture: Picture, done_s: dict[str, int], y: float) -> tuple[list[str], float]:
    """Each name with its colour and code; assistants also with their hours. Returns where it ends."""
    if not picture.keys:
        return [], y
    by_hours = picture.by == "person"
    heading = "Assistenter och timmar mot kontrakt" if by_hours else "Personer"
    widest = max(_key_width(name, code) for name, code in picture.keys)
    width = min(max(68.0 if by_hours else 22.0, widest + 11 + (44 if by_hours else 0)), INNER)
    columns = max(1, int((INNER + 4) // (width + 4)))
    width = min(INNER / columns, width + 16) if columns > 1 else width
    longest_s = longest_of(instance, done_s)
    per_column = -(-len(picture.keys) // columns)
    y = on_one_page(y, HEADING + 4 + per_column * KEY_HEIGHT)
    drawn = [text(MARGIN, y + HEADING, HEADING, heading, "b")]
    contracts = {one.id: one.contract_s for one in instance.assistants}
    for place, (name, code) in enumerate(picture.keys):
        column, down = divmod(place, per_column)
        x, top = MARGIN + column * width, y + HEADING + 2 + down * KEY_HEIGHT
        drawn += ['<g class="shift">', rect(x, top, 7, 2.8, f"fill {tone_of(place)}")]
        drawn += [*mark_over(place, x, top, 7, 2.8), rect(x, top, 7, 2.8, "edge"), "</g>"]
        room = width - 11 - (44 if by_hours else 0)
        drawn.append(text(x + 8.5, top + 2.4, SIZE, code, "b"))
        if code != name:
            at = width_of(code, SIZE, bold=True) + 1.5
            drawn.append(text_within(x + 8.5 + at, top + 2.4, SIZE, name, width=room - at))
        if by_hours:
            done, due = done_s.get(name, 0), contracts[name]
            drawn.append(text(x + width - 19, top + 2.4, 2.4, hours_told(done, due), "e"))
            at = x + width - 17.5
            drawn += hours_bar(at, top + 0.8, 12, done_s=done, wanted_s=due, longest_s=longest_s)
    return drawn, y + HEADING + 2 + per_column * KEY_HEIGHT + 2


def _key_width(name: str, code: str) -> float:
    long = 1.5 + min(width_of(name, SIZE), 60) if code != name else 0
    return width_of(code, SIZE, bold=True) + long


def longest_of(instance: Instance, done_s: dict[str, int]) -> int:
    """The end of the scale of hours: the longest contract or the most worked."""
    return max([*(one.contract_s for one in instance.assistants), *done_s.values(), 0])


def told_list(heading: str, entries: Sequence[Told], y: float, letter: str = "") -> tuple[list[str], float]:
    """A numbered list in columns, and where it ends. Very long lists say how many more there are."""
    drawn: list[str] = []
    width = (INNER - BETWEEN * (COLUMNS - 1)) / COLUMNS
    indent = width_of(f"{letter}{len(entries)}", SIZE, bold=True) + 1.8
    waiting = [_Entry(one, letter, width - indent) for one in entries[:MOST_TOLD]]
    while waiting:
        y = on_one_page(y, min(LIST_HEAD + sum(one.height for one in waiting) / COLUMNS + 8, LEAST_LIST))
        room = (page_ends(y) - y - LIST_HEAD - 8) * COLUMNS
        heights = list(accumulate(one.height for one in waiting))
        fitting = max(1, sum(height <= room for height in heights))
        drawn += [line(MARGIN, y, WIDTH - MARGIN, y, "line")]
        drawn.append(text(MARGIN, y + 1 + HEADING, HEADING, heading, "b r"))
        columns, y = _columns(waiting[:fitting], y + LIST_HEAD, width, indent)
        drawn += columns
        waiting = waiting[fitting:]
        heading = heading.removesuffix(CONTINUED) + CONTINUED
        y = next_page(y) if waiting else y
    if len(entries) > MOST_TOLD:
        more = f"och {number(Fraction(len(entries) - MOST_TOLD))} till, som egenmakt roster check visar."
        drawn.append(text(MARGIN, y + SIZE, SIZE, more, "m"))
        y += SIZE * 1.6
    return drawn, y + 2 if entries else y


class _Entry:
    """An entry of a list in lines that fit."""

    def __init__(self, one: Told, letter: str, width: float) -> None:
        self.number = f"{letter}{one.number}"
        heading = [(words, "b") for words in wrapped(one.heading, width, SIZE / BOLDER)]
        self.lines = [*heading, *((words, "") for words in wrapped(one.text, width, SIZE))]
        self.height = len(self.lines) * LINE_HEIGHT + 1.2


def _columns(entries: Sequence[_Entry], top: float, width: float, indent: float) -> tuple[list[str], float]:
    """Entries in columns of about the same height, and where the highest ends."""
    share = sum(one.height for one in entries) / COLUMNS
    drawn: list[str] = []
    column, y, lowest = 0, top, top
    for one in entries:
        if column < COLUMNS - 1 and y > top and y - top + one.height / 2 > share:
            column, y = column + 1, top
        x = MARGIN + column * (width + BETWEEN)
        drawn.append(text(x, y + SIZE * 0.85, SIZE, one.number, "b r"))
        for place, (words, kind) in enumerate(one.lines):
            drawn.append(text(x + indent, y + place * LINE_HEIGHT + SIZE * 0.85, SIZE, words, kind))
        y += one.height
        lowest = max(lowest, y)
    return drawn, lowest
