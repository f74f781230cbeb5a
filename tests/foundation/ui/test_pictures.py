"""What the pictures show is what was given, and their tables say the same."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from egenmakt.foundation.ui.pictures import (
    BarPicture,
    BarRow,
    DayMark,
    DeadlinePicture,
    Mark,
    Segment,
    Span,
    Step,
    StepPicture,
    TimePicture,
    TimeRow,
    WeekPicture,
    WeekRow,
)

pytestmark = pytest.mark.req("K-06")

TODAY = date(2026, 11, 21)
HOSTILE = "<script>alert('x')</script>"


def share(text):
    return float(text.removesuffix("%"))


def render(source, **context):
    with translation.override("sv"):
        return Template("{% load ui %}" + source).render(Context(context))


def week():
    return WeekPicture([
        WeekRow("Grundläggande behov", [Segment("Hygien", 18900), Segment("Måltider", 40500)], deduction_s=31500, line=True),
        WeekRow("Andra behov", [Segment(HOSTILE, 36000)], deduction_s=6300),
    ])  # fmt: skip


def test_the_parts_of_a_week_lie_end_to_end_and_the_deduction_covers_the_end():
    basic, other = week().bars
    ends = [share(one.x) + share(one.width) for one in basic.parts]
    assert share(basic.parts[1].x) == pytest.approx(ends[0], abs=0.01)
    assert share(basic.hatch_x) + share(basic.hatch_width) == pytest.approx(ends[-1], abs=0.01)
    assert basic.row.after_s == 27900
    assert share(other.hatch_width) > 0


def test_a_deduction_larger_than_the_need_leaves_nothing_and_never_less():
    row = WeekRow("Grundläggande behov", [Segment("Hygien", 3600)], deduction_s=31500)
    assert (row.deducted_s, row.after_s) == (3600, 0)


def test_the_line_of_twenty_hours_is_inside_also_when_the_need_is_small():
    assert share(WeekPicture([WeekRow("Behov", [Segment("Hygien", 60)], line=True)]).line_x) < 100


def test_a_week_without_any_need_can_be_drawn():
    empty = WeekPicture([WeekRow("Behov", [], line=True)])
    assert "0:00" in render("{% week_picture week %}", week=empty)


def test_the_table_behind_the_week_says_the_sums():
    html = render("{% week_picture week %}", week=week())
    assert "−8:45" in html
    assert html.count("7:45") >= 2
    assert "16:00" in html  # 7:45 and 8:15


def test_text_from_people_is_escaped_in_every_picture():
    last = TODAY + timedelta(days=30)
    html = render(
        "{% week_picture week %}{% step_picture steps %}{% time_picture bars %}{% deadline_picture strip %}",
        week=week(),
        steps=StepPicture(HOSTILE, [Step(TODAY, last, 3600, HOSTILE)], TODAY),
        bars=TimePicture(
            HOSTILE,
            [TimeRow(HOSTILE, [Span(TODAY, last, HOSTILE)])],
            TODAY,
            last,
            TODAY,
            [Mark(TODAY, HOSTILE)],
        ),
        strip=DeadlinePicture(TODAY, [DayMark(TODAY, HOSTILE)]),
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 9


def test_positions_are_written_with_a_point_in_swedish_too():
    html = render("{% week_picture week %}", week=week())
    positions = re.findall(r'(?:x|x1|width)="([^"]*%)"', html)
    assert positions
    assert all(re.fullmatch(r"\d+(\.\d+)?%", one) for one in positions)


def test_no_picture_needs_inline_style():
    html = render("{% week_picture week %}", week=week())
    assert "style=" not in html


def test_steps_join_and_say_what_changed():
    steps = StepPicture(
        "Timmar",
        [
            Step(date(2026, 3, 1), date(2026, 4, 30), 56700),
            Step(date(2026, 5, 1), date(2027, 2, 28), 72900, "fyller 7 år"),
        ],
    )
    first, second = steps.flats
    assert first.end == second.x
    assert second.before_y == first.y
    assert second.change_s == 16200
    assert "+4\u00a0h\u00a030\u00a0min" in render("{% step_picture steps %}", steps=steps)


def test_a_measure_that_has_no_end_runs_to_the_edge_and_one_outside_is_not_drawn():
    picture = TimePicture(
        "Insatser",
        [TimeRow("Assistans", [Span(date(2026, 1, 1), None, "15:45"), Span(date(2020, 1, 1), date(2020, 2, 1), "gammal", "ended")])],
        date(2026, 1, 1), date(2026, 12, 31), TODAY,
    )  # fmt: skip
    (drawn,) = picture.lines[0].spans
    assert (drawn.x, drawn.width) == ("0.000%", "100.000%")
    assert "gammal" in render("{% time_picture bars %}", bars=picture)  # the table has it all


def test_every_deadline_of_the_weeks_is_on_its_day_and_others_are_not_shown():
    monday = TODAY - timedelta(days=TODAY.weekday())
    marks = [
        DayMark(monday, "första"),
        DayMark(monday + timedelta(days=41), "sista"),
        DayMark(monday + timedelta(days=42), "utanför"),
    ]
    marks += [DayMark(TODAY, f"nr {number}") for number in range(5)]
    picture = DeadlinePicture(TODAY, marks)
    drawn = [(day.day, len(day.marks) + day.more) for week in picture.strip for day in week.days if day.marks]
    assert drawn == [(monday, 1), (TODAY, 5), (monday + timedelta(days=41), 1)]
    html = render("{% deadline_picture strip %}", strip=picture)
    assert "utanför" not in html
    assert "7 frister under tiden" in html


def test_a_mark_that_stands_for_many_says_how_many_and_counts_for_them():
    marks = [DayMark(TODAY, "12 saker att göra", href="/lista/", count=12), DayMark(TODAY, "en sak")]
    picture = DeadlinePicture(TODAY, marks)
    html = render("{% deadline_picture strip %}", strip=picture)
    assert picture.number == 13
    assert "13 frister under tiden" in html
    assert html.count('<span class="e-strip__count">12</span>') == 1
    assert '<a href="/lista/">12 saker att göra</a>' in html


@pytest.mark.parametrize("days", [1, 20, 200, 800, 4000, 20000])
def test_an_axis_has_a_readable_number_of_names(days):
    picture = TimePicture("Insatser", [], TODAY, TODAY + timedelta(days=days), TODAY)
    assert len(picture.ticks) <= 8


def changes(*values):
    rows = [BarRow(f"Grupp {number}", value, f"{value:+d}") for number, value in enumerate(values)]
    return BarPicture(rows, "Timmar", "Grupp", "timmar")


def test_bars_go_to_either_side_of_a_common_line():
    down, up, still = changes(-30, 90, 0).bars
    zero = share(changes(-30, 90, 0).zero_x)
    assert zero == pytest.approx(25)
    assert (share(down.x), share(down.width)) == (0, pytest.approx(25))
    assert (share(up.x), share(up.width)) == (pytest.approx(25), pytest.approx(75))
    assert share(still.width) == 0
    assert down.falls and not up.falls and not still.falls


@pytest.mark.parametrize("values", [(), (0, 0), (5,), (-5,)])
def test_bars_without_any_change_can_be_drawn(values):
    html = render("{% bar_picture picture %}", picture=changes(*values))
    assert html.count("<rect") == len(values)
    assert "%" in changes(*values).zero_x


def test_the_table_behind_the_bars_says_every_value_and_escapes_it():
    html = render(
        "{% bar_picture picture %}", picture=BarPicture([BarRow(HOSTILE, -3, "−3 h")], "T", "G", "h")
    )
    assert html.count("−3 h") == 2
    assert "<script" not in html
