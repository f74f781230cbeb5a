"""Reading what is typed in the sheet: every cell as people write it, every error at its cell, all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from egenmakt.casework.needs import cells, editing
from egenmakt.casework.needs.cells import Wrong
from egenmakt.casework.needs.forms import MOST_ROWS, SHEET_FIELDS, SheetForm, sheet_labels
from egenmakt.casework.needs.library import LIBRARY
from egenmakt.casework.needs.pasting import read_pasted
from egenmakt.casework.needs.rows import FIELDS, field_labels

SHEET = {"starts_on": ["2026-12-01"], "ends_on": ["2027-11-30"], "days": ["7"]}
ROW = {
    "text": "Dusch", "need": "hygiene", "minutes": "30", "times": "1", "per": "day", "assistants": "1",
    "intimate": "yes",
}  # fmt: skip


def typed(*rows: dict[str, str], **sheet: str) -> SheetForm:
    """A posted form with the rows, and the sheet's fields changed as given."""
    data = {**SHEET, **{name: [value] for name, value in sheet.items()}, "row": []}
    for number, row in enumerate(rows, start=1):
        key = f"n{number}"
        data["row"].append(key)
        data |= {f"r-{key}-{name}": [value] for name, value in row.items()}
    return SheetForm.posted(data)


@pytest.mark.req("K-06")
@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", "30"), ("2,5", "2.5"), ("2.5", "2.5"), ("2:30", "150"), ("0:05", "5"), ("1 h 15", "75"),
        ("1 h 15 min", "75"), ("45 min", "45"), ("1,5 h", "90"), ("1 250", "1250"), ("0", "0"), (" 12 ", "12"),
        ("1\u00a0000", "1000"),
    ],
)  # fmt: skip
def test_minutes_are_read_as_people_write_them(text, minutes):
    assert cells.minutes(text) == Decimal(minutes)


@pytest.mark.req("K-06")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "tio",
        "-5",
        "2:75",
        "12,345",
        "20 s",
        "1e5",
        "9" * 400,
        "60000",
        "1 h 99999 min",
        "½",
        "\x00",
    ],
)
def test_what_is_no_number_of_minutes_is_refused_with_what_to_do(text):
    with pytest.raises(Wrong) as wrong:
        cells.minutes(text)
    assert wrong.value.message.endswith(".")
    assert wrong.value.missing == (not text.strip())


@pytest.mark.req("K-06")
@pytest.mark.parametrize(("text", "times"), [("1", "1"), ("3,5", "3.5"), ("0", "0"), ("0,25", "0.25")])
def test_times_may_be_parts(text, times):
    assert cells.times(text) == Decimal(times)


@pytest.mark.req("K-06")
@pytest.mark.parametrize("text", ["", "två", "-1", "10000", "1,255", "9" * 400])
def test_what_is_no_number_of_times_is_refused(text):
    with pytest.raises(Wrong):
        cells.times(text)


@pytest.mark.req("K-02", "K-03", "K-09", "H-07")
def test_a_row_is_read_whole():
    form = typed(
        ROW
        | {
            "need": "meals", "tube": "1", "self_care": "assessed", "assessed": "1 augusti 2026", "until": "2027-05-31",
            "met": "10", "met_by": " skolan ", "reason": "Enligt\r\nintyg. ", "times": "3,5", "per": "week",
            "necessary": "", "assistants": "2",
        }
    )  # fmt: skip
    assert form.is_valid and form.values is not None
    values = form.to_save()[0].values
    assert (values.self_care_assessed, values.self_care_valid_until) == (date(2026, 8, 1), date(2027, 5, 31))
    assert (values.times, values.met_otherwise_minutes, values.met_by) == (
        Decimal("3.5"),
        Decimal(10),
        "skolan",
    )
    assert (values.reason, values.tube_feeding, values.assistants) == ("Enligt\nintyg.", True, 2)


@pytest.mark.req("K-06")
def test_every_error_of_every_row_is_found_at_once_and_says_where():
    form = typed(
        {"text": "", "need": "dans", "minutes": "x", "times": "", "per": "ibland", "assistants": "9", "intimate": "kanske"},
        ROW,
        ROW | {"minutes": "2000"},
        ROW | {"met": "31"},
        ROW | {"self_care": "assessed"},
        ROW | {"self_care": "assessed", "assessed": "2026-08-01", "until": "2026-07-01"},
        ROW | {"tube": "1"},
        ROW | {"need": "other", "activation": "1"},
        ROW | {"text": "a" * 201, "met_by": "b" * 121, "reason": "c" * 10_001, "necessary": "allt"},
        days="8", ends_on="2026-11-01", waiting="25:00", standby="x",
    )  # fmt: skip
    assert not form.is_valid
    wrong = {(row.number, name) for row in form.rows for name in row.errors}
    assert wrong == {
        (1, "text"), (1, "need"), (1, "minutes"), (1, "times"), (1, "per"), (1, "assistants"), (1, "intimate"),
        (3, "minutes"), (4, "met"), (5, "assessed"), (6, "until"), (7, "tube"), (8, "activation"),
        (9, "text"), (9, "met_by"), (9, "reason"), (9, "necessary"),
    }  # fmt: skip
    assert set(form.errors) == {"days", "ends_on", "waiting", "standby"}
    shown = form.all_errors()
    assert len(shown) == len(wrong) + 4
    assert shown[0].href == "#id_days" or shown[0].href.startswith("#id_")
    assert "#r-n1-need" in {one.href for one in shown}
    assert any(one.label == "Dusch, minuter" for one in shown)


@pytest.mark.req("K-06")
@pytest.mark.parametrize(
    ("minutes", "times", "per", "fits"),
    [
        ("1440", "1", "day", True), ("1441", "1", "day", False), ("720", "2", "day", True), ("721", "2", "day", False),
        ("10080", "1", "week", True), ("1440", "8", "week", False), ("480", "4", "year", True),
    ],
)  # fmt: skip
def test_no_moment_takes_more_time_than_there_is(minutes, times, per, fits):
    form = typed(ROW | {"minutes": minutes, "times": times, "per": per})
    assert form.is_valid == fits


@pytest.mark.req("K-06")
def test_waiting_and_standby_fit_in_a_day_and_a_night():
    assert typed(ROW, waiting="8:00", standby="2 h").values.waiting_minutes_per_day == 480
    assert "standby" in typed(ROW, waiting="800", standby="641").errors
    assert "waiting" in typed(ROW, waiting="0,5").errors


def test_an_empty_row_is_neither_an_error_nor_saved():
    form = typed({"times": "1", "per": "day", "assistants": "1"}, {}, ROW)
    assert form.is_valid
    assert len(form.to_save()) == 1


def test_a_row_where_only_the_times_are_changed_is_begun():
    assert not typed({"times": "2", "per": "day", "assistants": "1"}).is_valid


def test_a_deleted_row_with_errors_hinders_nothing():
    form = typed(ROW, ROW | {"minutes": "x", "gone": "1"})
    assert form.is_valid and len(form.to_save()) == 1
    assert [row.number for row in form.rows] == [1, 1]


def test_keys_that_are_not_ours_and_rows_beyond_the_most_are_left_out():
    data = {**SHEET, "row": ["n1", "n1", "x-y", "../../etc", "n2"], "r-n1-text": ["A"], "r-n2-text": ["B"]}
    assert [row.key for row in SheetForm.posted(data).rows] == ["n1", "n2"]
    many = SheetForm.posted({**SHEET, "row": [f"n{number}" for number in range(1, 400)]})
    assert len(many.rows) == MOST_ROWS


def test_what_the_database_cannot_hold_is_taken_away():
    assert typed(ROW | {"text": "Du\x00sch"}).to_save()[0].values.text == "Dusch"


@pytest.mark.req("K-06")
def test_rows_are_added_copied_moved_taken_away_and_brought_back():
    form = typed(ROW | {"text": "A"}, ROW | {"text": "B"})

    def order():
        return "".join(row.typed["text"] + ("-" if row.gone else "") for row in form.rows)

    editing.apply(form, "down:n1")
    assert order() == "BA"
    editing.apply(form, "up:n1")
    assert order() == "AB"
    assert editing.apply(form, "duplicate:n1") == form.rows[1].key
    assert order() == "AAB"
    editing.apply(form, "delete:n2")
    assert order() == "AAB-"
    editing.apply(form, "undo:n2")
    assert order() == "AAB"
    key = editing.apply(form, "add")
    assert form.row(key).is_empty and len(form.rows) == 4
    for nonsense in ("up:n1", "down:zz", "delete:", "explode:n1", ""):
        editing.apply(form, nonsense)
    assert order() == "AAB"


@pytest.mark.req("K-06")
def test_common_moments_come_without_time_and_take_the_place_of_empty_rows():
    form = typed({"times": "1", "per": "day", "assistants": "1"})
    form.library = ("dusch", "fritid", "finns-inte")
    key = editing.apply(form, "library")
    assert [row.typed["text"] for row in form.rows] == ["Dusch", "Fritidsaktivitet"]
    assert [row.typed["per"] for row in form.rows] == ["day", "week"]
    assert {(row.typed["minutes"], row.typed["times"]) for row in form.rows} == {("", "")}
    assert form.row(key).errors["minutes"].missing
    assert len({one.key for one in LIBRARY}) == len(LIBRARY)


@pytest.mark.req("K-06")
def test_rows_from_a_spreadsheet_are_read_in_the_order_of_the_table():
    read = read_pasted(
        "Dusch\tPersonlig hygien\t2,5\t2\tdag\t1\tJa\tnej\nRidning\tannat\t2:30\t1\ti veckan\n"
    )
    assert read == [
        {"text": "Dusch", "need": "hygiene", "minutes": "2,5", "times": "2", "per": "day", "assistants": "1",
         "intimate": "yes", "self_care": ""},
        {"text": "Ridning", "need": "other", "minutes": "2:30", "times": "1", "per": "week"},
    ]  # fmt: skip


@pytest.mark.req("K-06")
def test_headings_say_where_columns_go_and_unknown_words_stay_to_be_mended():
    read = read_pasted(
        'Minuter\tAktivitet\tBehov\tAv vem\r\n30\tDans\tdans\tskolan\r\n\r\n10\t"Två\nrader"\tmat\t\r\n'
    )
    assert read == [
        {"minutes": "30", "text": "Dans", "need": "dans", "met_by": "skolan"},
        {"minutes": "10", "text": "Två\nrader", "need": "meals"},
    ]
    form = typed()
    form.pasted = "Dansa\tdans\t30\t1\tvecka"
    editing.apply(form, "paste")
    assert "”dans” är inget av behoven" in form.rows[0].errors["need"].message
    assert form.rows[0].typed["need"] == "dans"


def test_pasting_begins_at_the_column_in_focus_and_an_activity_named_like_a_heading_is_no_heading():
    assert read_pasted("20\t2\n25\t3", "minutes") == [
        {"minutes": "20", "times": "2"}, {"minutes": "25", "times": "3"},
    ]  # fmt: skip
    assert read_pasted("Behov") == [{"text": "Behov"}]
    assert read_pasted("Aktivitet\tandning") == [{"text": "Aktivitet", "need": "breathing"}]
    assert read_pasted(" \n\t\n") == []
    assert len(read_pasted("\n".join(f"Rad {number}" for number in range(900)))) == 400


def test_every_field_of_a_row_has_a_name():
    assert set(field_labels()) == set(FIELDS)
    assert set(sheet_labels()) == set(SHEET_FIELDS)
