"""The moments editor in a real browser: the keyboard alone fills it, and nothing ever eats focus or typed text."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal

import pytest
from tests.casework import journeys
from tests.casework.committed import committed, give_password
from tests.sites import check_page, sign_in

from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation.ui.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPREADSHEET = (
    "Aktivitet\tBehov\tMinuter\tGånger\tPer\tIntegritetskänslig\n"
    "Kamma hår\thygien\t2,5\t2\tdag\tja\n"
    "Bad\tpersonlig hygien\t1:15\t1\tvecka\tja\n"
    "Dansa\tdans\t30\t1\tvecka\tnej\n"
)


# The last row's activity is the text.
IS_LAST = "(text) => [...document.querySelectorAll('[data-rows] [data-field=text]')].at(-1)?.value === text"


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(today=journeys.TODAY.isoformat(), with_worker=False)


@pytest.fixture(scope="module")
def officer(site):
    """A case with seven moments, and its officer's address."""
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
        (email,) = give_password(made.officer)
    return email, made


@pytest.fixture
def open_editor(site, browser, officer):
    """Opens the editor as the officer; `scripts=False` as a browser without scripts."""
    email, made = officer

    @contextmanager
    def go(**options):
        context = browser.new_context(
            locale="sv-SE", viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"],
            **options,
        )  # fmt: skip
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        sign_in(page, site, email)
        page.address = f"{site.url}/arenden/{made.case.pk}/behov/"
        page.goto(page.address)
        yield page
        assert page.faults == []
        context.close()

    return go


@pytest.fixture(autouse=True)
def as_it_was(site, officer):
    """Every test begins from the same seven moments."""
    yield
    _email, made = officer
    with committed(site) as world:
        world.act(made.officer)
        Draft.objects.all().delete()
        sheet = NeedsSheet.objects.get(case=made.case)
        rows = []
        for one in journeys.MOMENTS:
            fields = {"per": "day", **one, "minutes": Decimal(one["minutes"]), "times": Decimal(one["times"])}
            rows.append(SheetRow(None, MomentValues(**fields)))
        save_sheet(
            actor=made.officer,
            case_id=made.case.pk,
            version=sheet.version,
            sheet=SheetValues.of(sheet),
            rows=rows,
        )


def focused(page) -> str:
    """The row's number and the field in which the keyboard is."""
    return page.evaluate(
        "(() => { const at = document.activeElement; const row = at.closest('[data-row]');"
        " return row ? row.querySelector('[data-number]').textContent + ' ' + at.dataset.field : at.id; })()"
    )


def rows(page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('[data-rows] [data-row]:not(.m-row--gone) [data-field=text]')].map((one) => one.value)"
    )


def total(page) -> str:
    return page.locator(".m-total").inner_text().replace("\xa0", " ").replace("\n", " ")


def counted(page, wanted: str) -> None:
    """Wait until the headline says so."""
    page.wait_for_function(
        "(text) => document.querySelector('.m-total')?.innerText.includes(text)", arg=wanted
    )


@pytest.mark.req("K-06")
def test_the_keyboard_alone_adds_a_moment_and_the_hours_follow(open_editor, site):
    with open_editor() as page:
        assert "15:45" in total(page)
        page.locator("[data-row] [data-field=text]").last.focus()
        page.keyboard.press("Enter")
        assert focused(page) == "8 text"
        page.keyboard.type("Bad")
        page.keyboard.press("Tab")
        page.keyboard.type("hyg")
        page.keyboard.press("Tab")
        page.keyboard.type("1:10")
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.type("v")
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.type("j")
        counted(page, "16:55")
        assert focused(page) == "8 intimate"
        assert "+1 h 10 min" in total(page)
        assert "70 min per gång" in page.locator("[id^=result]").last.inner_text()
        page.keyboard.press("Control+s")
        page.get_by_text("Sparat i ärendet").wait_for()
        assert focused(page) == "8 intimate"
        with site.database(), committed(site):
            assert Moment.objects.get(text="Bad").minutes == 70
        assert "+" not in total(page)


@pytest.mark.req("K-06")
def test_enter_and_arrows_move_as_in_a_spreadsheet(open_editor):
    with open_editor() as page:
        page.locator("[data-field=minutes]").first.click()
        for key, where in (
            ("Enter", "2 minutes"), ("Shift+Enter", "1 minutes"), ("ArrowDown", "2 minutes"), ("Tab", "2 times"),
            ("Enter", "3 minutes"), ("ArrowUp", "2 minutes"), ("Shift+Tab", "2 need"),
        ):  # fmt: skip
            page.keyboard.press(key)
            assert focused(page) == where, key


@pytest.mark.req("K-06")
def test_rows_are_moved_copied_taken_away_and_undone_with_keys(open_editor):
    with open_editor() as page:
        before = rows(page)
        page.locator("[data-field=minutes]").nth(1).focus()
        page.keyboard.press("Alt+ArrowUp")
        assert rows(page)[:2] == [before[1], before[0]]
        assert focused(page) == "1 minutes"
        page.keyboard.press("Control+d")
        assert rows(page)[:3] == [before[1], before[1], before[0]]
        page.keyboard.press("Alt+Delete")
        assert rows(page) == [before[1], before[0], *before[2:]]
        page.get_by_role("button", name="Ångra", exact=True).last.click()
        assert rows(page)[:3] == [before[1], before[1], before[0]]
        for _ in range(2):
            page.locator("[data-undo]").click()
        assert rows(page) == before
        counted(page, "15:45")


@pytest.mark.req("K-06")
def test_rows_pasted_from_a_spreadsheet_are_read_and_unknown_words_are_shown_at_their_cell(open_editor):
    with open_editor() as page:
        page.locator("[data-row] [data-field=text]").last.focus()
        page.keyboard.press("Enter")
        page.evaluate("(text) => navigator.clipboard.writeText(text)", SPREADSHEET)
        page.keyboard.press("Control+v")
        page.get_by_text("”dans” är inget av behoven", exact=False).first.wait_for()
        assert rows(page)[-3:] == ["Kamma hår", "Bad", "Dansa"]
        last = page.locator("[data-rows] [data-row]").last
        assert last.locator("[data-field=need]").get_attribute("aria-invalid") == "true"
        assert last.locator("[data-field=need]").input_value() == "dans"
        page.locator("[data-save]").click()
        summary = page.locator("[data-error-summary]")
        summary.wait_for()
        assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
        assert rows(page)[-3:] == ["Kamma hår", "Bad", "Dansa"]
        summary.get_by_role("link").first.click()
        assert focused(page) == "10 need"
        page.keyboard.type("andra")
        page.keyboard.press("Control+s")
        page.get_by_text("Sparat i ärendet").wait_for()


@pytest.mark.req("K-06")
def test_typing_goes_on_undisturbed_while_answers_come(open_editor):
    with open_editor() as page:
        text = page.locator("[data-field=text]").first
        text.click()
        page.keyboard.press("Control+a")
        sentence = "Dusch med uppsikt hela tiden, på grund av kramper"
        page.keyboard.type(sentence, delay=25)
        assert text.input_value() == sentence
        assert focused(page) == "1 text"
        minutes = page.locator("[data-field=minutes]").first
        minutes.click()
        page.keyboard.press("Control+a")
        page.keyboard.type("2 h")
        page.wait_for_timeout(400)
        assert minutes.get_attribute("aria-invalid") is None  # nobody is told off in the middle of a word
        page.keyboard.press("Control+a")
        page.keyboard.type("tio")
        page.wait_for_timeout(400)
        assert minutes.get_attribute("aria-invalid") is None
        page.keyboard.press("Tab")
        page.wait_for_function(
            "document.querySelector('[data-field=minutes]').getAttribute('aria-invalid') === 'true'"
        )


@pytest.mark.req("K-06")
def test_what_is_typed_survives_that_the_page_is_left(open_editor):
    with open_editor() as page:
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Halvskriven promenad")
        page.get_by_text("Utkast sparat", exact=False).wait_for()
        page.goto(page.address)
        page.wait_for_function(IS_LAST, arg="Halvskriven promenad")
        page.get_by_text("Vi har tagit fram det du skrev", exact=False).wait_for()


@pytest.mark.req("K-06")
def test_what_is_typed_without_network_comes_back(open_editor):
    with open_editor() as page:
        page.context.set_offline(True)
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Skriven utan nät")
        page.get_by_text("Offline", exact=False).first.wait_for()
        page.context.set_offline(False)
        page.goto(page.address)
        page.wait_for_function(IS_LAST, arg="Skriven utan nät")


@pytest.mark.req("K-06")
def test_a_page_that_is_asked_for_before_the_save_has_arrived_shows_what_was_saved(open_editor):
    with open_editor() as page:
        saves, visits = [], []

        def held(route, those, having=""):
            if not those and having in (route.request.post_data or ""):
                those.append(route)
            else:
                route.continue_()

        page.route("**/utkast/", lambda route: held(route, saves, "strax"))
        page.route(page.address, lambda route: held(route, visits))
        older = page.context.request.get(page.address)
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Skriven strax före")
        while not saves:
            page.wait_for_timeout(20)
        page.evaluate("setTimeout(() => location.assign(location.href))")
        while not visits:
            page.wait_for_timeout(20)
        with page.expect_response("**/utkast/"):
            saves[0].continue_()
        page.wait_for_timeout(100)
        visits[0].fulfill(response=older)
        page.wait_for_function(IS_LAST, arg="Skriven strax före")


@pytest.mark.req("K-06")
def test_what_is_typed_while_the_save_is_on_its_way_is_kept(open_editor):
    with open_editor() as page:
        saves = []

        def hold(route):
            saves.append(route)

        page.route(page.address, hold)
        page.locator("[data-field=minutes]").first.fill("21")
        page.keyboard.press("Control+s")
        while not saves:
            page.wait_for_timeout(20)
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Skriven medan det sparades")
        saves[0].continue_()
        page.get_by_text("Sparat i ärendet").wait_for()
        page.get_by_text("Utkast sparat").wait_for()
        page.unroute(page.address)
        page.goto(page.address)
        page.wait_for_function(IS_LAST, arg="Skriven medan det sparades")
        assert page.locator("[data-field=minutes]").first.input_value() == "21"


@pytest.mark.req("K-06")
def test_a_save_without_network_leaves_the_page_as_it_is_and_can_be_made_again(open_editor):
    with open_editor() as page:
        page.context.set_offline(True)
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Skriven utan nät")
        page.keyboard.press("Control+s")
        page.get_by_text("Offline", exact=False).first.wait_for()
        page.wait_for_timeout(500)
        assert rows(page)[-1] == "Skriven utan nät"
        page.context.set_offline(False)
        page.locator("[data-field=need]").last.select_option("other")
        page.locator("[data-field=minutes]").last.fill("20")
        page.keyboard.press("Control+s")
        page.get_by_text("Sparat i ärendet").wait_for()


@pytest.mark.req("K-06")
def test_a_conflict_in_the_editor_is_not_sent_again_by_itself(open_editor):
    with open_editor() as page:
        other = page.context.new_page()
        other.goto(page.address)
        other.locator("[data-field=minutes]").first.fill("21")
        other.keyboard.press("Control+s")
        other.get_by_text("Sparat i ärendet").wait_for()
        page.route("**/utkast/", lambda route: route.abort())  # so that a copy stays on the computer
        page.locator("[data-field=minutes]").first.fill("22")
        page.get_by_text("Offline", exact=False).first.wait_for()
        page.unroute("**/utkast/")
        page.keyboard.press("Control+s")
        page.get_by_text("Någon annan har sparat").wait_for()
        page.evaluate("document.documentElement.dataset.same = ''")
        page.wait_for_timeout(1500)
        assert page.locator("html[data-same]").count() == 1
        assert page.locator("[data-field=minutes]").first.input_value() == "22"


@pytest.mark.req("K-06")
def test_an_explanation_in_a_tab_of_its_own_does_not_end_the_saving_of_drafts(open_editor):
    with open_editor() as page:
        asked = []
        page.route("**/forklaring/**", lambda route: (asked.append(route), route.abort()))
        page.locator(".m-total [data-explain]").click()
        while not asked:
            page.wait_for_timeout(20)
        page.wait_for_timeout(200)
        page.bring_to_front()
        page.get_by_role("button", name="Lägg till rad").click()
        page.keyboard.type("Skriven efteråt")
        page.get_by_text("Utkast sparat", exact=False).wait_for()


@pytest.mark.req("K-06")
def test_two_windows_that_save_are_both_heard(open_editor):
    with open_editor() as page:
        other = page.context.new_page()
        other.goto(page.address)
        other.locator("[data-field=minutes]").first.fill("21")
        other.keyboard.press("Control+s")
        other.get_by_text("Sparat i ärendet").wait_for()
        page.locator("[data-field=minutes]").first.fill("22")
        page.locator("[data-save]").click()
        page.get_by_text("Någon annan har sparat").wait_for()
        assert page.locator(".m-conflict table").get_by_text("21", exact=True).count() == 1
        assert page.locator("[data-field=minutes]").first.input_value() == "22"
        page.locator("[data-save]").click()
        page.get_by_text("Sparat i ärendet").wait_for()


@pytest.mark.req("K-06")
def test_a_figure_opens_its_explanation_and_gives_focus_back(open_editor):
    with open_editor() as page:
        figure = page.locator("[id^=result] [data-explain]").first
        figure.focus()
        page.keyboard.press("Enter")
        dialog = page.locator("#m-forklaring[open]")
        dialog.get_by_text("9 a §", exact=False).first.wait_for()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('[data-explain]')")
        page.locator(".m-total [data-explain]").click()
        dialog.get_by_text("Personen hör till personkretsens grupp 1", exact=False).wait_for()


@pytest.mark.req("K-06")
def test_it_all_works_without_scripts(open_editor, site, officer):
    with open_editor(java_script_enabled=False) as page:

        def press(button):
            with page.expect_navigation():  # every button asks for a new page
                button.click()

        press(page.get_by_role("button", name="Lägg till rad"))
        page.locator("tbody [data-field=text]").last.fill("Promenad")
        page.locator("tbody [data-field=need]").last.select_option("other")
        page.locator("tbody [data-field=minutes]").last.fill("20")
        press(page.get_by_role("button", name="Räkna", exact=True).last)
        assert "18:05" in page.locator(".m-total").inner_text()
        page.locator("tbody .m-more__summary").last.click()
        press(page.get_by_role("button", name="Flytta upp").last)
        press(page.locator("[data-save]"))
        page.get_by_text("8 moment är sparade.").wait_for()
    _email, made = officer
    with committed(site):
        assert (
            list(Moment.objects.filter(sheet__case=made.case).values_list("text", flat=True))[-2]
            == "Promenad"
        )


@pytest.mark.req("K-06")
def test_the_editor_is_for_everyone_on_a_phone_and_at_a_desk(open_editor):
    with open_editor() as page:
        page.evaluate(
            "document.querySelectorAll('.m-editor details:not(.e-picture__table)').forEach((one) => { one.open = true; })"
        )
        check_page(page, "moments editor")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.locator(".m-panel").evaluate("(one) => getComputedStyle(one).position") == "sticky"
        card = page.locator("[data-rows] [data-row]").first.bounding_box()
        assert card["width"] <= 390
        labels = page.locator("[data-rows] [data-row]").first.locator("label:visible").all_inner_texts()
        assert {"Aktivitet", "Behov", "Minuter", "Gånger", "Per"} <= set(labels)
