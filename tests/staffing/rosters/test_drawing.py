"""A drawn roster: everything is in it, once, at its place; what needs somebody is seen; whatever the names hold."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from tests.staffing.rosters.made import assistant, instance, shift

from egenmakt.staffing.rosters.drawing import draw
from egenmakt.staffing.rosters.drawing_axis import axes_of
from egenmakt.staffing.rosters.drawing_paper import LEFT, MARGIN, PAGE, TONES, WIDTH
from egenmakt.staffing.rosters.drawing_rows import picture_of
from egenmakt.staffing.rosters.drawing_words import clipped, codes, hours, period, width_of, wrapped
from egenmakt.staffing.rosters.generating import generate
from egenmakt.staffing.rosters.instance import Instance, seconds_at
from egenmakt.staffing.rosters.judging import judge

pytestmark = pytest.mark.req("A-12")

SVG = "{http://www.w3.org/2000/svg}"


def bars(drawn: str) -> list[Element]:
    """The drawn shifts, in the order of the document; a shift that goes on in another block comes twice."""
    return [one for one in fromstring(drawn).iter(f"{SVG}g") if one.get("data-shift")]


def bar(drawn: str, name: str) -> Element:
    """The one bar of a shift."""
    (found,) = [one for one in bars(drawn) if one.get("data-shift") == name]
    return found


def fill(one: Element) -> tuple[float, float, float]:
    """Left, top and width of a bar, in millimetres."""
    rect = one.find(f"{SVG}rect")
    assert rect is not None
    return tuple(float(rect.get(name, "")) for name in ("x", "y", "width"))  # type: ignore[return-value]


def kinds(one: Element) -> set[str]:
    """The classes of the bar and its parts."""
    return {word for part in one.iter() for word in (part.get("class") or "").split()}


def words(drawn: str) -> list[str]:
    """Every text that is seen."""
    return ["".join(one.itertext()) for one in fromstring(drawn).iter(f"{SVG}text")]


def told(one: Element) -> str:
    """What is told to somebody who points at the bar."""
    return one.findtext(f"{SVG}title") or ""


@pytest.fixture
def week() -> Instance:
    """A week at two persons: day, evening and night, one with on-call time."""
    return instance(
        [
            shift("day", "2026-11-30 07:00", "15:00"),
            shift("evening", "2026-11-30 15:00", "19:00", person="p2"),
            shift("awake", "2026-12-02 21:00", "07:00"),
            shift("jour", "2026-12-04 21:00", "07:00", on_call_h=6, skill="delegation"),
        ],
        [
            assistant("a1", hours=20, people=frozenset({"p1", "p2"})),
            assistant("a2", people=frozenset({"p1"}), unavailable=frozenset({date(2026, 12, 5)})),
        ],
        weeks=1,
    )


GIVEN = {"day": "a1", "evening": "a1", "awake": "a2", "jour": None}


@pytest.mark.parametrize("by", ["assistant", "person"])
@pytest.mark.parametrize(("persons", "weeks"), [(1, 1), (2, 4), (3, 6)])
def test_every_shift_is_drawn_once_in_each_block_it_lies_in(by, persons: int, weeks: int) -> None:
    made = generate(persons, seed=4, weeks=weeks)
    everybody = [*(one.id for one in made.assistants), None]
    given = {one.id: everybody[place * 5 % len(everybody)] for place, one in enumerate(made.shifts)}
    drawn = Counter(one.get("data-shift") for one in bars(draw(made, given, by=by)))
    axes = axes_of(made)
    expected = {
        one.id: sum(one.begins_s < axis.ends_s and one.ends_s > axis.begins_s for axis in axes)
        for one in made.shifts
    }
    assert drawn == expected


def test_the_same_roster_gives_the_same_picture(week: Instance) -> None:
    assert draw(week, GIVEN) == draw(replace(week), dict(reversed(GIVEN.items())))


def test_a_shift_stands_at_its_clock_times(week: Instance) -> None:
    drawn = draw(week, GIVEN)
    day = (WIDTH - 2 * MARGIN - LEFT) / 7
    x, _, width = fill(bar(drawn, "day"))
    assert x == pytest.approx(MARGIN + LEFT + day * 7 / 24, abs=0.01)
    assert width == pytest.approx(day * 8 / 24, abs=0.01)


def test_a_night_goes_on_over_midnight_into_the_next_column(week: Instance) -> None:
    x, _, width = fill(bar(draw(week, GIVEN), "awake"))
    day = (WIDTH - 2 * MARGIN - LEFT) / 7
    midnight = MARGIN + LEFT + 3 * day
    assert x < midnight < x + width
    assert width == pytest.approx(day * 10 / 24, abs=0.01)


def test_a_night_over_the_end_of_a_block_goes_on_in_the_next() -> None:
    made = instance([shift("late", "2026-12-27 21:00", "07:00")], [assistant()], weeks=5)
    first, second = (fill(one) for one in bars(draw(made, {"late": "a1"})))
    assert first[0] + first[2] == pytest.approx(WIDTH - MARGIN, abs=0.01)
    assert second[0] == pytest.approx(MARGIN + LEFT, abs=0.01)
    assert second[1] > first[1]
    assert second[2] / first[2] == pytest.approx(7 / 3, abs=0.02)


@pytest.mark.parametrize(
    ("monday", "night", "hours_of_day"),
    [(date(2026, 10, 19), "2026-10-25 00:00", 25), (date(2026, 3, 23), "2026-03-29 00:00", 23)],
)
def test_the_day_when_the_clock_is_moved_has_its_own_hours(
    monday: date, night: str, hours_of_day: int
) -> None:
    made = instance([shift("early", night, "06:00")], [assistant()], weeks=1, first=monday)
    (axis,) = axes_of(made)
    drawn = draw(made, {"early": "a1"})
    x, _, width = fill(bar(drawn, "early"))
    real_h = made.shift["early"].length_s / 3600
    assert real_h == hours_of_day - 18
    assert width == pytest.approx(axis.day_width * real_h / hours_of_day, abs=0.01)
    assert x + width == pytest.approx(axis.x(seconds_at(made.shift["early"].ends)), abs=0.01)
    assert f"{hours_of_day}\u00a0h" in words(drawn)
    assert f"dygnet har {hours_of_day} timmar" in drawn


def test_the_hour_that_comes_twice_is_drawn_as_long_as_it_is() -> None:
    twice = shift("twice", "2026-10-25 02:30", "2026-10-25 02:30*")
    made = instance([twice], [assistant()], weeks=1, first=date(2026, 10, 19))
    (axis,) = axes_of(made)
    drawn = bar(draw(made, {"twice": "a1"}), "twice")
    assert fill(drawn)[2] == pytest.approx(axis.day_width / 25, abs=0.01)
    assert "02:30–02:30 (andra gången)" in told(drawn)


def test_on_call_time_is_hatched_within_the_shift_and_awake_nights_are_marked(week: Instance) -> None:
    drawn = draw(week, GIVEN | {"jour": "a2"})
    assert {name: "jour" in kinds(bar(drawn, name)) for name in GIVEN} == {
        "day": False,
        "evening": False,
        "awake": False,
        "jour": True,
    }
    assert [name for name in GIVEN if "night" in kinds(bar(drawn, name))] == ["awake"]
    one = bar(drawn, "jour")
    hatched = next(part for part in one.iter(f"{SVG}rect") if part.get("class") == "jour")
    x, _, width = fill(one)
    left, wide = float(hatched.get("x", "")), float(hatched.get("width", ""))
    assert wide == pytest.approx(width * 6 / 10, abs=0.02)
    assert x <= left and left + wide <= x + width + 0.01


def test_an_open_shift_is_red_numbered_and_says_why(week: Instance) -> None:
    drawn = draw(week, GIVEN, reasons={"jour": "Ingen med delegation är ledig.", "day": "Angår inte."})
    assert [name for name in GIVEN if "open" in kinds(bar(drawn, name))] == ["jour"]
    one = bar(drawn, "jour")
    assert "L1" in "".join(one.itertext())
    assert "Ingen med delegation är ledig." in told(one)
    shown = words(drawn)
    assert "Lediga pass" in shown
    assert "p1 fre 4 dec 21:00–07:00" in shown
    assert "Ingen med delegation är ledig." in shown
    assert "Angår inte" not in drawn


def test_open_shifts_without_reasons_are_told_too(week: Instance) -> None:
    drawn = draw(week, {})
    assert [told_of.split()[0] for told_of in (told(one) for one in bars(drawn))].count("p1,") == 3
    assert words(drawn).count("Ingen har passet.") == 4


def test_a_breach_has_a_sign_a_number_and_its_message_below(week: Instance) -> None:
    given = {"day": "a2", "evening": "a2", "awake": "a1", "jour": "a2"}
    found = judge(week, given)
    assert {one.rule for one in found} == {"introduction", "delegation", "absence"}
    drawn = draw(week, given)
    marked = {name for name in given if "breach" in kinds(bar(drawn, name))}
    assert marked == {one.shift for one in found}
    below = " ".join(words(drawn))
    for count, one in enumerate(picture_of(week, given, found, {}, "assistant").breaches, 1):
        assert one.number == count
        assert one.text in re.sub(r"\s+", " ", below)
    assert f"{len(found)}\u00a0brott" in drawn
    assert all(f"Brott {count}:" in drawn for count in range(1, len(found) + 1))


def test_every_number_at_a_shift_leads_to_its_breach(week: Instance) -> None:
    given = {"day": "a2", "evening": "a2", "awake": "a1", "jour": "a2"}
    found = judge(week, given)
    picture = picture_of(week, given, found, {}, "person")
    numbers = {one.shift.id: one.breaches for row in picture.rows for one in row.bars}
    texts = {one.number: one.text for one in picture.breaches}
    assert sorted((name, texts[number]) for name, some in numbers.items() for number in some) == sorted(
        (one.shift, one.message) for one in found
    )


def test_hours_stand_beside_each_assistant_against_the_contract(week: Instance) -> None:
    shown = words(draw(week, GIVEN))
    assert "12 av 20 h" in shown
    assert "10 h, timlön" in shown
    assert "22 av 26 timmar bemannade" in shown[2].replace("\u00a0", " ")


def test_title_totals_and_cost_are_written(week: Instance) -> None:
    drawn = draw(week, GIVEN)
    root = fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Schema 30 november–6 december 2026"
    described = (root.findtext(f"{SVG}desc") or "").replace("\u00a0", " ")
    assert "4 pass · 2 personer · 2 assistenter" in described
    assert "1 ledigt pass · 0 brott" in described
    assert "Kostnad 10 070: lediga pass 10 000, för få timmar 24, timlön 20" in described
    assert "v. 49" in words(drawn)


def test_paper_is_measured_in_millimetres(week: Instance) -> None:
    root = fromstring(draw(week, GIVEN))
    assert root.get("width") == "420mm"
    assert root.get("viewBox") == f"0 0 420 {root.get('height', '').removesuffix('mm')}"
    heights = [
        float(fromstring(draw(generate(persons, seed=1), {})).get("height", "")[:-2])
        for persons in (1, 6, 12)
    ]
    assert heights == sorted(heights)


def test_red_days_and_weekends_are_shaded_and_named() -> None:
    made = instance([], [assistant()], weeks=1, first=date(2026, 12, 21))
    drawn = draw(made, {})
    shades = [
        one.get("class")
        for one in fromstring(drawn).iter(f"{SVG}rect")
        if one.get("class") in ("red", "free")
    ]
    assert shades == ["red", "red", "red"]  # Christmas Day, Boxing Day on a Saturday, and the Sunday
    assert "juldagen" in drawn
    letters = [text for text in words(drawn) if re.fullmatch(r"[MTOFLS] \d+", text)]
    assert letters == ["M 21", "T 22", "O 23", "T 24", "F 25", "L 26", "S 27"]


def test_absence_is_seen_in_the_row_of_the_assistant(week: Instance) -> None:
    assert draw(week, GIVEN).count("<title>Frånvarande</title>") == 1


HARD = (
    *("<b>&\"'", "]]>", "</svg><script>", "\x00\x07", "\ud800", "\ufffe", " ", "\n\t", "ÅÄÖ åäö"),
    *("Anna-Karin Björkqvist-Söderström", "x" * 200, "\U0001f600" * 30, "<b>", "&amp;", "%s {0}"),
)


@pytest.mark.parametrize("by", ["assistant", "person"])
def test_whatever_names_hold_the_document_is_well_formed(by) -> None:
    assistants = [assistant(name, HARD[-1 - place], people=frozenset()) for place, name in enumerate(HARD)]
    shifts = [
        shift(name + "!", f"2026-12-{place + 1:02} 07:00", "15:00", person=HARD[-1 - place], skill=name)
        for place, name in enumerate(HARD)
    ]
    given = {one.id: HARD[place] if place % 3 else None for place, one in enumerate(shifts)}
    made = instance(shifts, assistants, weeks=3)
    drawn = draw(made, given, by=by, reasons=dict.fromkeys(given, HARD[0] * 9))
    root = fromstring(drawn.encode("utf-8"))
    assert len(bars(drawn)) == len(HARD)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "pattern", "rect", "circle", "path", "g", "text", "use")
    }


def test_overlapping_shifts_stand_below_each_other() -> None:
    made = instance(
        [shift("one", "2026-11-30 07:00", "15:00"), shift("two", "2026-11-30 09:00", "12:00")],
        [assistant()],
        weeks=1,
    )
    drawn = draw(made, {"one": "a1", "two": "a1"})
    assert fill(bar(drawn, "two"))[1] > fill(bar(drawn, "one"))[1]
    touching = replace(made, shifts=(made.shifts[0], shift("two", "2026-11-30 15:00", "18:00")))
    drawn = draw(touching, {"one": "a1", "two": "a1"})
    assert fill(bar(drawn, "two"))[1] == fill(bar(drawn, "one"))[1]


@pytest.mark.parametrize("by", ["assistant", "person"])
def test_names_below_the_bars_do_not_lie_over_each_other(by) -> None:
    made = generate(6, seed=2)
    people = [one.id for one in made.assistants]
    given = {one.id: people[place * 7 % len(people)] for place, one in enumerate(made.shifts)}
    lines: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for one in bars(draw(made, given, by=by)):
        top = fill(one)[1]
        for text in one.iter(f"{SVG}text"):
            shown, size, x = (
                "".join(text.itertext()),
                float(text.get("font-size", "")),
                float(text.get("x", "")),
            )
            end = x + width_of(shown, size, bold="b" in (text.get("class") or "").split())
            lines.setdefault((top, float(text.get("y", ""))), []).append((x, end))
    for some in lines.values():
        for (_, end), (begins, _) in pairwise(sorted(some)):
            assert end <= begins + 0.02


def test_an_empty_roster_is_a_picture_too() -> None:
    for by in ("assistant", "person"):
        drawn = draw(instance([], [], weeks=53), {}, by=by)  # type: ignore[arg-type]
        assert words(drawn).count("Inga pass och inga assistenter.") == 14
        assert bars(drawn) == []


def test_a_roster_of_three_hundred_is_drawn_with_the_days_said_again() -> None:
    made = generate(40, seed=1, weeks=1)
    shown = words(draw(made, {}))
    assert len(made.assistants) > 250
    assert shown.count("v. 49") > 5


@pytest.mark.parametrize(("persons", "weeks"), [(1, 52), (7, 4), (12, 9)])
def test_no_shift_is_cut_by_the_end_of_a_page(persons: int, weeks: int) -> None:
    made = generate(persons, seed=1, weeks=weeks)
    for one in bars(draw(made, {}, by="person" if persons == 12 else "assistant")):
        top = fill(one)[1]
        assert MARGIN <= top % PAGE <= PAGE - MARGIN - 2


def test_a_title_is_followed_by_rows_on_the_first_page() -> None:
    made = generate(7, seed=1)
    given = {made.shifts[0].id: made.assistants[0].id}
    assert fill(bars(draw(made, given))[0])[1] < PAGE / 4


def lightness(tone: str) -> float:
    """L* of a colour: how light it is in grey."""
    parts = [int(tone[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 116 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3) - 16


def test_tones_are_told_apart_in_grey() -> None:
    steps = sorted(lightness(tone) for tone in TONES)
    assert min(lighter - darker for darker, lighter in pairwise(steps)) > 7


def test_after_the_tones_marks_tell_names_apart() -> None:
    made = generate(1, seed=1)
    picture = draw(made, {one.id: "a8" for one in made.shifts}, by="person")
    plain = draw(made, {one.id: "a1" for one in made.shifts}, by="person")
    assert "mark" in kinds(bars(picture)[0])
    assert "mark" not in kinds(bars(plain)[0])
    assert "t0" in kinds(bars(picture)[0]) & kinds(bars(plain)[0])


def test_codes_are_short_and_never_the_same() -> None:
    names = [
        "Anna Ek",
        "Anna Öberg",
        "Anna Ekström",
        "Anna Eklund",
        "a1",
        "Anna",
        *(f"Anna E{n}" for n in range(99)),
    ]
    given = codes(names)
    assert list(given) == names
    assert len(set(given.values())) == len(names)
    assert max(len(code) for code in given.values()) <= 8
    assert (given["a1"], given["Anna"]) == ("a1", "Anna")


@pytest.mark.parametrize("width", [0.5, 3, 10, 40])
def test_a_text_that_is_said_to_fit_fits(width: float) -> None:
    for name in HARD:
        shown = clipped(name, width, 3)
        assert not shown or width_of(shown, 3) <= width
        long = [one for one in wrapped(name, width, 3) if width_of(one, 3) > width]
        assert all(len(one) == 1 for one in long)
        assert "".join("".join(wrapped(name, width, 3)).split()) == "".join(name.split())


def test_hours_and_periods_are_written_as_people_write_them() -> None:
    assert [hours(seconds) for seconds in (0, 3600, 5400, 518_430, 4_500_000)] == [
        *("0", "1", "1,5", "144,01", "1\u00a0250"),
    ]
    assert period(date(2026, 12, 28), date(2027, 1, 3)) == "28 december 2026–3 januari 2027"
    assert period(date(2026, 12, 7), date(2026, 12, 13)) == "7–13 december 2026"
