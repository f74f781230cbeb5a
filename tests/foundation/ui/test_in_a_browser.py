"""The parts in a real browser: for everyone, with the keyboard alone, and when the network is gone."""

import re

import pytest
from django.test import override_settings
from tests.people import ALWAYS
from tests.sites import PASSWORD, axe_violations, check_page
from tests.sites import sign_in as sign_in_page

from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy import transaction as tenancy
from egenmakt.foundation.tenancy.models import Municipality, Unit
from egenmakt.foundation.ui.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.req("H-16")]

EMAIL = "amira@exempel.test"
OTHER = "per@exempel.test"
FORM = "form[data-autosave='gallery:form']"


@pytest.fixture(scope="module")
def site(make_site):
    made = make_site(with_worker=False, start=False)
    with made.database():
        home = Municipality.objects.get(slug="kristianstad")
        with override_settings(
            PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
        ):  # the site's
            user = User.objects.create_user(EMAIL, PASSWORD, name="Amira Lindqvist")
            other = User.objects.create_user(OTHER, PASSWORD, name="Per Ström")
        with tenancy.acting_in(home.id, user.id):
            unit = Unit.objects.create(name="LSS-enheten")
            for one in (user, other):
                Assignment.objects.create(user=one, role=Role.CASE_OFFICER, unit=unit, valid=ALWAYS)
    return made.start()


@pytest.fixture
def page(site, browser):
    context = browser.new_context(locale="sv-SE", viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on(
        "console",
        lambda said: opened.wrong.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    sign_in_page(opened, site, EMAIL)
    opened.wrong.clear()
    opened.goto(f"{site.url}/komponenter/")
    yield opened
    context.close()


def drafts(site):
    with site.database():
        home = Municipality.objects.get(slug="kristianstad")
        with tenancy.acting_in(home.id, User.objects.get(email=EMAIL).id):
            return {one.key: one.fields for one in Draft.objects.all()}


@pytest.mark.parametrize("density", ["tat", "luftig"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_component_is_for_everyone_in_both_densities_and_both_themes(page, site, density, theme):
    page.locator("header details[data-menu] summary").click()
    page.locator(f"button[name=theme][value={theme}]").click()
    page.goto(f"{site.url}/komponenter/?tathet={density}")
    assert page.locator("html").get_attribute("data-theme") == theme
    check_page(page, f"komponenter {density} {theme}")
    assert page.wrong == []


def test_a_dialog_keeps_the_focus_and_gives_it_back(page):
    opener = page.get_by_role("button", name="Öppna dialog")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ta bort momentet?")
    assert dialog.is_visible()
    assert axe_violations(page) == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert opener.evaluate("one => one === document.activeElement")


def test_the_keys_do_what_help_says_and_nothing_while_one_writes(page, site):
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Tangenter")
    assert help_dialog.is_visible()
    assert "Till personen" in help_dialog.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url(re.compile("#banner"))
    text = page.locator(f"{FORM} textarea[name=text]")
    text.fill("")
    text.press_sequentially("vad? n/g m")
    assert text.input_value() == "vad? n/g m"
    assert not help_dialog.is_visible()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url(re.compile("#formular"))


def test_an_error_summary_has_the_focus_and_leads_to_its_field(page):
    page.reload()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.locator("[data-error-summary] a").filter(has_text="Vem ansöker").first.click()
    assert page.evaluate("location.hash.length > 1 && !!document.querySelector(location.hash)")


def test_what_is_written_is_kept_and_says_when(page, site):
    page.locator(f"{FORM} textarea[name=text]").fill("Mamman ringde om möte.")
    page.locator(f"{FORM} [data-saved-state]").get_by_text(re.compile(r"Sparad \d\d:\d\d")).wait_for()
    kept = drafts(site)["gallery:form"]
    assert kept["text"] == ["Mamman ringde om möte."]
    assert "csrfmiddlewaretoken" not in kept
    assert page.wrong == []


def test_without_network_the_text_is_kept_here_and_sent_when_it_is_back(page, site):
    text = "Skrivet på tåget genom en tunnel."
    state = page.locator(f"{FORM} [data-saved-state]")
    page.context.set_offline(True)
    page.locator(f"{FORM} textarea[name=text]").fill(text)
    state.get_by_text("Offline – sparat på den här datorn").wait_for()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    state.get_by_text(re.compile(r"Sparad \d\d:\d\d")).wait_for()
    assert drafts(site)["gallery:form"]["text"] == [text]


def test_a_text_that_never_reached_the_server_is_back_after_a_crash(page, site):
    text = "Skrivet precis innan datorn stängdes av."
    page.route("**/utkast/", lambda route: route.abort())
    page.locator(f"{FORM} textarea[name=text]").fill(text)
    page.locator(f"{FORM} [data-saved-state]").get_by_text("Offline").wait_for()
    page.unroute("**/utkast/")
    page.goto(f"{site.url}/komponenter/")
    assert page.locator(f"{FORM} textarea[name=text]").input_value() == text
    page.locator(f"{FORM} [data-saved-state]").get_by_text(re.compile(r"Sparad \d\d:\d\d")).wait_for()
    assert drafts(site)["gallery:form"]["text"] == [text]


def test_what_one_wrote_is_not_shown_to_the_next_who_signs_in_on_the_same_computer(page, site):
    page.route("**/utkast/", lambda route: route.abort())
    page.locator(f"{FORM} textarea[name=text]").fill("Amiras egen text.")
    page.locator(f"{FORM} [data-saved-state]").get_by_text("Offline").wait_for()
    page.unroute("**/utkast/")
    for email, sees in ((OTHER, False), (EMAIL, True)):
        page.context.clear_cookies()
        sign_in_page(page, site, email)
        page.goto(f"{site.url}/komponenter/")
        page.locator(f"{FORM} textarea[name=text]").wait_for()
        assert (page.locator(f"{FORM} textarea[name=text]").input_value() == "Amiras egen text.") is sees


def test_a_page_that_is_left_at_once_is_kept_too(page, site):
    text = "Skrivet och sidan lämnad i samma sekund."
    page.locator(f"{FORM} textarea[name=text]").fill(text)
    page.goto("about:blank")
    page.goto(f"{site.url}/komponenter/")
    page.wait_for_function(
        "text => document.querySelector(\"form[data-autosave='gallery:form'] textarea[name=text]\").value === text",
        arg=text,
    )
    assert drafts(site)["gallery:form"]["text"] == [text]


def test_everything_can_be_read_and_done_without_scripts(browser, site, page):
    bare = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = bare.new_page()
    plain.goto(f"{site.url}/komponenter/")
    assert plain.get_by_role("heading", name="Ta bort momentet?").is_visible()
    assert not plain.get_by_role("button", name="Kopiera tabellen").is_visible()
    plain.get_by_label("Namn").first.fill("Stina")
    plain.locator("header details[data-menu] summary").click()
    plain.get_by_role("button", name="Mörkt").click()
    assert plain.locator("html").get_attribute("data-theme") == "dark"
    bare.close()


def test_a_table_is_copied_so_that_a_spreadsheet_can_take_it(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera tabellen").click()
    page.get_by_text("Kopierad").first.wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "Namn\tÄrende\tFrist\tLäge\tPer vecka"
    assert lines[1].startswith("Stina Ek\t2026-0042\t")
    assert lines[1].endswith("\t15:45")


def test_a_date_can_be_chosen_in_the_browsers_calendar(page):
    field = page.locator(f"{FORM} input[name=arrived]")
    page.locator(f"{FORM} [data-date-for]").click()
    page.evaluate(
        "() => { const one = document.querySelector('.e-date__native'); one.value = '2026-03-05';"
        " one.dispatchEvent(new Event('change')); }"
    )
    assert field.input_value() == "2026-03-05"
