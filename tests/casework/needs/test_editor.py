"""The moments editor as pages: without a script, with the script's requests, and for those who may only read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases.actions import open_case
from egenmakt.casework.investigations.models import PersonkretsTrial
from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.ui.models import Draft

SHEET = SheetValues(date(2026, 12, 1), date(2027, 11, 30), 7)
SHOWER = MomentValues("Dusch", "hygiene", Decimal(30), Decimal(1), "day", intimate=True)
LUNCH = MomentValues("Lunch", "meals", Decimal(20), Decimal(1), "day", intimate=True)
ROW = {"need": "hygiene", "minutes": "30", "times": "1", "per": "day", "assistants": "1", "intimate": "yes"}
SCRIPT = {"HTTP_X_EGENMAKT_EDITOR": "1"}


def posted(*rows: dict[str, str], version: int = 0, **more: object) -> dict[str, object]:
    """A form with the rows, keyed n1, n2 …"""
    data: dict[str, object] = {
        "version": str(version), "starts_on": "2026-12-01", "ends_on": "2027-11-30", "days": "7", "row": [],
    }  # fmt: skip
    for number, row in enumerate(rows, start=1):
        data["row"].append(f"n{number}")
        data |= {f"r-n{number}-{name}": value for name, value in row.items()}
    return data | more


@pytest.fixture
def url(office):
    return f"/arenden/{office.case.pk}/behov/"


@pytest.fixture
def store(office):
    """Save moments through the action. Returns the ids."""

    def go(*moments: MomentValues, case=None, version: int = 0):
        place = case or office.case
        rows = [SheetRow(None, one) for one in moments]
        return save_sheet(actor=office.officer, case_id=place.pk, version=version, sheet=SHEET, rows=rows).ids

    return go


@pytest.fixture
def desk(office, sign_in):
    """The officer, signed in."""
    return sign_in(office.officer)


def stored_row(pk, **changes: str) -> dict[str, str]:
    return {"id": str(pk), "text": "Dusch", **ROW, **changes}


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.req("K-06")
def test_a_new_sheet_proposes_dates_and_no_times(desk, url):
    page = text_of(desk.get(url))
    assert 'name="starts_on" value="20' in page
    assert 'name="r-n1-minutes" value=""' in page


@pytest.mark.req("K-02", "K-06")
def test_saving_goes_to_the_case_and_back_to_the_page(desk, url):
    answer = desk.post(
        url, posted({"text": "Dusch", **ROW}, {"times": "1", "per": "day", "assistants": "1"}, do="save")
    )
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = text_of(desk.get(url))
    assert "Ett moment är sparat." in page
    assert re.search(r"<textarea[^>]*>Dusch</textarea>", page)
    assert "3:30" in page and "grundläggande" in page


@pytest.mark.req("K-06")
def test_all_errors_come_at_once_with_links_and_nothing_typed_is_lost(desk, url):
    answer = desk.post(
        url,
        posted(
            {"text": "Dans", **ROW, "need": "dans"}, {"minutes": "tio"}, do="save", days="9", waiting="<i>"
        ),
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert page.count("<li><a href=") >= 5
    for href in (
        'href="#id_days"',
        'href="#id_waiting"',
        'href="#r-n1-need"',
        'href="#r-n2-text"',
        'href="#r-n2-minutes"',
    ):
        assert href in page
    assert "<option selected>dans</option>" in page
    assert 'value="tio"' in page and 'value="&lt;i&gt;"' in page
    assert 'aria-describedby="r-n2-minutes-fel"' in page and 'id="r-n2-minutes-fel"' in page
    assert not NeedsSheet.objects.exists()


@pytest.mark.req("K-06")
@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("add", ["Dusch", "Lunch", ""]),
        ("down:n1", ["Lunch", "Dusch"]),
        ("up:n2", ["Lunch", "Dusch"]),
        ("duplicate:n1", ["Dusch", "Dusch", "Lunch"]),
        ("library", ["Dusch", "Lunch", "Tandborstning"]),
        ("paste", ["Dusch", "Lunch", "Ridning"]),
        ("count", ["Dusch", "Lunch"]),
        ("nonsense:n1", ["Dusch", "Lunch"]),
    ],
)
def test_every_button_works_without_a_script_and_saves_nothing(desk, url, do, order):
    data = posted({"text": "Dusch", **ROW}, {"text": "Lunch", **ROW, "need": "meals"}, do=do)
    data |= {"library": ["tandborstning"], "pasted": "Ridning\tannat\t60\t1\tvecka"}
    page = text_of(desk.post(url, data))
    shown = page.split("<template", maxsplit=1)[0]
    assert re.findall(r'data-field="text"[^>]*>([^<]*)</textarea>', shown) == order
    assert not NeedsSheet.objects.exists()


@pytest.mark.req("K-06")
def test_a_row_taken_away_without_a_script_can_be_brought_back_until_it_is_saved(desk, url, store):
    (pk,) = store(SHOWER)
    page = text_of(desk.post(url, posted(stored_row(pk), version=1, do="delete:n1")))
    assert "m-row--gone" in page and 'value="undo:n1"' in page
    desk.post(url, posted(stored_row(pk, gone="1"), version=1, do="save"))
    assert not Moment.objects.exists()


@pytest.mark.req("K-06", "K-07")
def test_counting_answers_what_each_row_and_the_week_become_and_saves_nothing(desk, url, office):
    answer = desk.post(f"{url}rakna/", posted({"text": "Dusch", **ROW}, {"text": "Halv"}), **SCRIPT)
    body = answer.json()
    assert 'data-piece="result-n1"' in body["pieces"] and "3:30" in body["pieces"]
    assert "Skriv hur många minuter" in body["pieces"] or "Välj vilket behov" in body["pieces"]
    assert "En rad är inte klar" in body["pieces"]
    assert body["errors"] == {}  # what is only missing is no error yet
    assert not NeedsSheet.objects.exists()
    wrong = desk.post(
        f"{url}rakna/", posted({"text": "A", **ROW, "minutes": "tio"}, days="0"), **SCRIPT
    ).json()
    assert set(wrong["errors"]) == {"r-n1-minutes", "id_days"}


@pytest.mark.req("K-06", "H-12")
def test_counting_again_and_again_is_one_line_in_the_log_for_ten_minutes(desk, url, office, world):
    data = posted({"text": "Dusch", **ROW})
    start = clock.now()
    for minutes in (0, 3, 9, 11, 15):
        with clock.at(start + timedelta(minutes=minutes)):
            assert desk.post(f"{url}rakna/", data, **SCRIPT).status_code == 200
    world.act(office.officer)
    lines = AccessLogEntry.objects.filter(object_id=office.case.pk, access="read", path=f"{url}rakna/")
    assert [(one.at - start) // timedelta(minutes=1) for one in lines.order_by("at")] == [0, 11]


@pytest.mark.req("K-06")
def test_only_rows_that_look_different_come_back(desk, url):
    data = posted({"text": "Dusch", **ROW}, {"text": "Lunch", **ROW, "need": "meals"})
    first = desk.post(f"{url}rakna/", data, **SCRIPT).json()["pieces"]
    digests = dict(re.findall(r'data-piece="result-(n\d)" data-digest="(\w+)"', first))
    assert set(digests) == {"n1", "n2"}
    data |= {f"had-{key}": digest for key, digest in digests.items()} | {"r-n2-minutes": "31"}
    second = desk.post(f"{url}rakna/", data, **SCRIPT).json()["pieces"]
    assert re.findall(r'data-piece="result-(n\d)"', second) == ["n2"]


@pytest.mark.req("K-06")
def test_the_change_against_what_is_saved_is_told(desk, url, store):
    (pk,) = store(replace(SHOWER, minutes=Decimal(120)))
    pieces = desk.post(f"{url}rakna/", posted(stored_row(pk, minutes="130"), version=1), **SCRIPT).json()
    assert "+1\u00a0h\u00a010\u00a0min" in pieces["pieces"]
    assert "mot det som är sparat" in pieces["pieces"]
    assert "1 h" in pieces["say"].replace("\u00a0", " ")


@pytest.mark.req("K-06")
def test_saving_with_the_script_answers_with_ids_and_the_new_version(desk, url, store):
    (pk,) = store(SHOWER)
    data = posted(stored_row(pk), {"text": "Lunch", **ROW, "need": "meals"}, version=1, do="save")
    body = desk.post(url, data, **SCRIPT).json()
    assert body["version"] == 2
    assert body["ids"] == {"n1": str(pk), "n2": str(Moment.objects.get(text="Lunch").pk)}
    assert re.fullmatch(r"\d\d:\d\d", body["saved"])


@pytest.mark.req("K-06")
def test_a_stale_save_shows_both_and_saving_again_loses_nothing(desk, url, store, office):
    shower, lunch = store(SHOWER, LUNCH)
    save_sheet(
        actor=office.officer, case_id=office.case.pk, version=1, sheet=replace(SHEET, days_per_week=5),
        rows=[SheetRow(shower, replace(SHOWER, minutes=Decimal(25))), SheetRow(None, replace(LUNCH, text="Middag"))],
    )  # fmt: skip
    mine = [stored_row(shower, minutes="45"), stored_row(lunch, text="Lunch", need="meals", minutes="20")]
    answer = desk.post(url, posted(*mine, version=1, do="save"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Någon annan har sparat" in page and office.officer.name in page
    table = page.split('aria-label="Det här skiljer sig"')[1].split("</table>")[0]
    for part in ("25", "45", "Middag", "tillagd", "borttagen"):
        assert part in table
    assert 'name="version" value="2"' in page
    keys = re.findall(r'name="row" value="(n\d+)"', page.split("<template")[0])
    ids = dict(re.findall(r'name="r-(n\d+)-id" value="([^"]*)"', page))
    again = posted(*mine, version=2, do="save") | {"row": keys}
    again |= {f"r-{key}-id": ids[key] for key in keys}
    middag = keys[-1]
    again |= {
        f"r-{middag}-{name}": value for name, value in {"text": "Middag", **ROW, "need": "meals"}.items()
    }
    assert desk.post(url, again).status_code == 302
    assert set(Moment.objects.values_list("text", flat=True)) == {"Dusch", "Lunch", "Middag"}
    assert Moment.objects.get(text="Dusch").minutes == 45


@pytest.mark.req("K-06")
def test_what_is_typed_comes_back_from_the_draft_also_half_finished(desk, url, office, store):
    key = f"needs_sheet:{office.case.pk}"
    draft = posted({"text": "Halvskriven dusch", "minutes": "tio"})
    desk.post("/utkast/", {**draft, "_key": key, "_version": "0", "_revision": "0"})
    page = text_of(desk.get(url))
    assert "Halvskriven dusch" in page and 'value="tio"' in page
    assert "Vi har tagit fram det du skrev" in page
    desk.post(url, posted({"text": "Dusch", **ROW}, do="save"))
    assert not Draft.objects.filter(key=key).exists()


@pytest.mark.req("K-06")
def test_a_draft_of_an_older_sheet_is_offered_beside_what_is_stored(desk, url, office, store):
    key = f"needs_sheet:{office.case.pk}"
    desk.post(
        "/utkast/", {**posted({"text": "Gammalt", **ROW}), "_key": key, "_version": "0", "_revision": "0"}
    )
    store(SHOWER)
    page = text_of(desk.get(url))
    assert "Du har ett utkast" in page and "Gammalt" in page
    shown = page.split("<template")[0]
    assert re.findall(r'data-field="text"[^>]*>([^<]*)</textarea>', shown) == ["Dusch"]


@pytest.mark.req("K-06", "H-12")
def test_rows_are_copied_from_the_persons_earlier_case_without_its_dates_of_self_care(
    desk, url, office, store
):
    earlier = open_case(
        actor=office.officer, person_id=office.case.person_id, unit_id=office.case.unit_id,
        officer_id=office.officer.user_id, opened_on=date(2024, 1, 2),
    )  # fmt: skip
    store(
        replace(SHOWER, text="Från förra", self_care="assessed", self_care_assessed=date(2024, 1, 1)),
        case=earlier,
    )
    page = text_of(desk.get(url))
    assert f"Kopiera ett moment från {earlier.number}" in page
    copied = text_of(desk.post(url, posted(do=f"copy:{earlier.pk}")))
    assert "Från förra" in copied and "2024-01-01" not in copied
    assert AccessLogEntry.objects.filter(object_id=earlier.pk).exists()
    stranger = text_of(desk.post(url, posted(do=f"copy:{office.case.pk}")))
    assert "Från förra" not in stranger.split("<template")[0]


@pytest.mark.req("K-06", "H-12")
def test_another_persons_sheet_is_never_copied(desk, url, office, store, world):
    other = open_case(
        actor=office.officer,
        person_id=world.person().pk,
        unit_id=office.case.unit_id,
        officer_id=office.officer.user_id,
    )
    store(replace(SHOWER, text="Någon annans"), case=other)
    assert "Någon annans" not in text_of(desk.post(url, posted(do=f"copy:{other.pk}")))


@pytest.mark.req("K-06")
def test_each_figure_has_an_explanation_as_a_tree_with_its_section(desk, url, store, office):
    (pk,) = store(SHOWER)
    for what, wanted in (
        ("total", "Det går inte att säga än"), ("basic", "grundläggande behov 5 h 15 min"), ("verdict", "20 h"),
        ("basic_off", "av 14 h återstår 5 h 15 min"), ("row:n1", "Dusch: 120 min"),
    ):  # fmt: skip
        data = posted(stored_row(pk, minutes="120"), version=1, what=what)
        whole = desk.post(f"{url}forklaring/", data)
        piece = desk.post(f"{url}forklaring/", data, **SCRIPT)
        assert wanted in text_of(piece), what
        assert "9 a §" in text_of(piece) or "51 kap." in text_of(piece) or "LSS" in text_of(piece)
        assert "<html" in text_of(whole) and "<html" not in text_of(piece)
    assert "Raden är inte klar" in text_of(
        desk.post(f"{url}forklaring/", posted({"text": "A"}, what="row:n1"), **SCRIPT)
    )
    assert desk.get(f"{url}forklaring/?what=total").status_code == 200


@pytest.mark.req("K-06")
def test_pasted_rows_are_read_by_the_server(desk, url):
    answer = desk.post(f"{url}inklistrat/", {"text": "Dusch\thygien\t2,5", "column": "text"}, **SCRIPT)
    assert answer.json() == {"rows": [{"text": "Dusch", "need": "hygiene", "minutes": "2,5"}]}


@pytest.mark.req("K-06")
def test_hostile_text_is_only_text_wherever_it_is_shown(desk, url, store):
    hostile = "</textarea><script>alert(1)</script>{{ 7 }}\"'"
    store(replace(SHOWER, text=hostile, met_by=hostile, reason=hostile, self_care="not_assessed"))
    for page in (
        text_of(desk.get(url)),
        text_of(desk.post(url, posted({"text": hostile, "need": hostile, "minutes": hostile}, do="save"))),
        desk.post(
            f"{url}rakna/", posted({"text": hostile, **ROW, "minutes": hostile, "intimate": ""}), **SCRIPT
        ).json()["pieces"],
        text_of(desk.get(f"{url}forklaring/?what=total")),
    ):
        assert "<script>alert" not in page
        assert "alert(1)" in page or "alert(" not in page


@pytest.mark.req("K-06")
def test_two_hundred_rows_are_shown_counted_and_saved(desk, url):
    rows = [{"text": f"Moment {number}", **ROW, "minutes": "1"} for number in range(200)]
    assert desk.post(f"{url}rakna/", posted(*rows), **SCRIPT).status_code == 200
    assert desk.post(url, posted(*rows, do="save")).status_code == 302
    assert Moment.objects.count() == 200
    page = text_of(desk.get(url))
    assert page.count('data-field="minutes"') == 201  # and the blank row
    assert "23:20" in page


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as made:
        client.get(url)
    return len(made)


@pytest.mark.req("K-06")
def test_more_moments_cost_no_more_queries(desk, url, store):
    store(SHOWER)
    few = queries_of(desk, url)
    store(*[replace(SHOWER, text=f"Dusch {number}") for number in range(30)], version=1)
    assert queries_of(desk, url) == few


@pytest.mark.req("K-06")
def test_counting_costs_the_same_queries_whatever_the_rows(desk, url, store):
    store(SHOWER)

    def made(rows: int) -> int:
        data = posted(*[{"text": f"A {number}", **ROW, "minutes": "1"} for number in range(rows)], version=1)
        with CaptureQueriesContext(connection) as found:
            desk.post(f"{url}rakna/", data, **SCRIPT)
        return len(found)

    made(1)
    assert made(1) == made(60) <= 20


@pytest.mark.req("K-06", "H-12")
@pytest.mark.parametrize("page", ["", "rakna/", "forklaring/", "inklistrat/"])
def test_strangers_find_nothing_and_are_noted(office, sign_in, url, page, store, world):
    store(SHOWER)
    for actor in (office.other_unit_officer, office.away_officer):
        answer = sign_in(actor).post(url + page, posted({"text": "Dusch", **ROW}, do="save", text="x"))
        assert answer.status_code == 404
        if not page:
            assert sign_in(actor).get(url).status_code == 404
    world.act(office.officer)
    assert Moment.objects.count() == 1
    assert AccessLogEntry.objects.filter(access="refused", object_id=office.case.pk).exists()


@pytest.mark.req("K-06", "H-12")
def test_a_decider_reads_the_moments_with_their_figures_and_cannot_write(office, sign_in, url, store):
    store(replace(SHOWER, reason="Enligt intyg."), replace(LUNCH, self_care="not_assessed"))
    client = sign_in(office.decider)
    page = text_of(client.get(url))
    assert "Enligt intyg." in page and "3:30" in page and "hänvisas till regionen" in page
    assert "<textarea" not in page and 'value="save"' not in page
    assert client.post(url, posted(do="save")).status_code == 403
    assert Moment.objects.count() == 2


@pytest.mark.req("K-07", "H-29")
def test_the_hours_change_by_themselves_the_month_a_child_turns_seven_and_the_page_shows_both_weeks(
    desk, url, office
):
    born = office.case.person.born  # 14 maj 2022
    Application.objects.create(
        case=office.case, form="written", received_on=date(2028, 12, 1), received_by_id=office.officer.user_id,
        applied_by="person", asks_for="Assistans",
    )  # fmt: skip
    PersonkretsTrial.objects.create(case=office.case, outcome="1", reasons="Autism.")
    assert born == date(2022, 5, 14)
    rows = [
        {"text": "Måltider", **ROW, "need": "meals", "minutes": "120"},
        {"text": "Lek", **ROW, "need": "other", "minutes": "60"},
    ]
    body = desk.post(
        f"{url}rakna/", posted(*rows, starts_on="2029-01-01", ends_on="2029-12-31"), **SCRIPT
    ).json()["pieces"]
    assert "från 1\u00a0jan 2029" in body.replace("jan\u00a0", "jan ") and "maj" in body
    assert "fyller 7 år" in body
    # 14:00 − 8:45 and 7:00 − 1:45 before; 14:00 − 3:30 and 7:00 − 3:30 after
    assert "10:30" in body and "14:00" in body
    later = desk.post(
        f"{url}rakna/",
        posted(*rows, starts_on="2029-01-01", ends_on="2029-12-31", shown_on="2029-05-01"),
        **SCRIPT,
    ).json()
    assert "14 timmar" in later["say"]


@pytest.mark.req("K-08")
def test_why_the_second_assistant_is_not_counted_is_told_and_goes_away_when_both_are_tried(desk, url):
    row = {"text": "Lyft", **ROW, "assistants": "2"}
    told = desk.post(f"{url}rakna/", posted(row, housing="1"), **SCRIPT).json()["pieces"]
    assert "Den andra assistenten räknas inte" in told and "en assistent räknas" in told and "3:30" in told
    counted = desk.post(f"{url}rakna/", posted(row, housing="1", aids="1"), **SCRIPT).json()["pieces"]
    assert "Den andra assistenten" not in counted and "2 assistenter" in counted and "7:00" in counted


@pytest.mark.req("S-02")
def test_health_care_without_assessment_is_listed_as_referred_to_the_region(desk, url):
    told = desk.post(
        f"{url}rakna/",
        posted({"text": "Ortoser", **ROW, "need": "dressing", "self_care": "not_assessed"}),
        **SCRIPT,
    ).json()["pieces"]
    assert "Hänvisas till regionen" in told and 'href="#r-n1-text">Ortoser' in told and "räknas inte" in told


@pytest.mark.req("K-06")
def test_dates_the_law_has_no_answer_for_say_so(desk, url):
    for dates in (
        {"starts_on": "2001-01-01", "ends_on": "2001-12-31"},
        {"starts_on": "2023-01-01", "ends_on": "2099-01-01"},
    ):
        answer = desk.post(f"{url}rakna/", posted({"text": "Dusch", **ROW}, **dates), **SCRIPT)
        assert answer.status_code == 200
        assert "e-notice--late" in answer.json()["pieces"] or answer.json()["errors"]
