"""What is sent is sent once, after what was on its way, and nothing that was written is lost when it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Error
from tests.browser.visitors import Visitor, visiting
from tests.casework import journeys
from tests.casework.committed import committed, give_password
from tests.sites import PASSWORD

from egenmakt.casework.cases.models import JournalNote
from egenmakt.foundation.ui.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.req("H-16")]

SAVE = "Spara som arbetsanteckning"
A_WHILE = 1500  # milliseconds in which a script that was about to load the page anew would have done so


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(today=journeys.TODAY.isoformat(), with_worker=False)


@pytest.fixture
def under_way(site):
    """A case under investigation and its officer's address."""
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
        (email,) = give_password(made.officer)
    return made, email


@pytest.fixture
def officer(site, browser, under_way) -> Iterator[Visitor]:
    """The officer, at the journal of her case."""
    made, email = under_way
    with visiting(browser, site, email, goes_down=True) as who:
        who.go(f"/arenden/{made.case.pk}/journal/")
        yield who


@contextmanager
def draft_on_its_way(who: Visitor, text: str) -> Iterator[Callable[[str], None]]:
    """Write, and hold the saving of the draft: what is yielded lets it through ("arrives") or loses it ("is lost")."""
    held = []

    def hold(route):
        held.append(route)

    who.page.route("**/utkast/", hold)
    with who.page.expect_request("**/utkast/"):
        who.write("Anteckning", text)

    def let_go(how: str) -> None:
        assert held
        for route in held:
            with suppress(Error):  # a page that was left has taken it back
                route.continue_() if how == "arrives" else route.abort()

    yield let_go
    who.page.unroute("**/utkast/")
    let_go("is lost")


def click(who: Visitor, name: str) -> None:
    """Press and do not wait for anything."""
    who.page.get_by_role("button", name=name, exact=True).first.click(no_wait_after=True)


def with_the_keyboard(who: Visitor, name: str) -> None:
    """Go to the button, think a little, and press it."""
    who.page.get_by_role("button", name=name, exact=True).first.focus()
    who.page.wait_for_timeout(500)
    who.page.keyboard.press("Enter")


def says(who: Visitor, what: str) -> None:
    """Wait until the form says so about what is written in it."""
    who.main.locator("[data-saved-state]").get_by_text(re.compile(what)).wait_for()


def notes_of(site, made) -> list[str]:
    with committed(site):
        return list(JournalNote.objects.filter(case=made.case).order_by("pk").values_list("text", flat=True))


def _in_conflict(officer: Visitor) -> Visitor:
    """The officer's second tab, with a working note that she has saved in the first since it was opened."""
    officer.write("Anteckning", "Ringde mamman.")
    officer.press(SAVE)
    officer.press("Fortsätt skriva")
    page = officer.page.context.new_page()
    page.goto(officer.page.url)
    officer.write("Anteckning", "Ringde mamman. Hon vill ha ett möte på torsdag.")
    officer.press(SAVE)
    officer.page.get_by_text("Anteckningen är sparad.").wait_for()
    return Visitor(page, officer.site)


@pytest.mark.parametrize("how", ["arrives", "is lost", "is never answered"])
def test_a_page_that_shows_a_conflict_is_not_sent_again_by_itself(officer, how):
    second = _in_conflict(officer)
    sent = []
    second.page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    note = second.page.url
    with draft_on_its_way(second, "Ringde mamman. Hon vill att vi skickar intyget först.") as draft:
        click(second, SAVE)
        second.page.wait_for_timeout(300)
        if how != "is never answered":
            draft(how)
        second.page.get_by_text("Någon annan har sparat sedan du öppnade sidan").first.wait_for()
    second.page.evaluate("document.documentElement.dataset.same = ''")
    second.page.wait_for_timeout(A_WHILE)
    assert second.page.locator("html[data-same]").count() == 1
    assert sent.count(note) == 1
    assert "skickar intyget först" in second.main.locator("textarea").first.input_value()
    second.page.goto(note)  # left without a choice
    second.page.get_by_text("texten har sparats av någon annan sedan dess").wait_for()
    assert second.sees("Hon vill att vi skickar intyget först.")
    assert "möte på torsdag" in second.main.locator("textarea").first.input_value()


def test_what_is_changed_on_the_page_of_a_conflict_is_kept_too(officer):
    second = _in_conflict(officer)
    note = second.page.url
    second.write("Anteckning", "Hon vill att vi skickar intyget först.")
    says(second, r"Sparad \d\d:\d\d")
    second.press(SAVE)
    assert second.sees("Någon annan har sparat sedan du öppnade sidan")
    second.main.locator("textarea").first.fill("Hon vill ha mötet, och intyget först.")
    says(second, r"Sparad \d\d:\d\d")
    second.page.goto(note)
    assert second.main.locator("textarea").first.input_value() == "Hon vill ha mötet, och intyget först."


def test_a_note_that_was_saved_does_not_come_back_as_unsaved(site, officer, under_way):
    made, _email = under_way
    with draft_on_its_way(officer, "Ringde mamman.") as draft:
        click(officer, SAVE)
        officer.page.wait_for_timeout(300)
        draft("arrives")
        officer.page.get_by_text("Anteckningen är sparad.").wait_for()
    officer.page.reload()
    officer.page.wait_for_timeout(A_WHILE)
    assert officer.page.locator("textarea[name=text]").input_value() == ""
    assert officer.page.evaluate("localStorage.length") == 0
    assert notes_of(site, made) == ["Ringde mamman."]
    with committed(site):
        assert not Draft.objects.filter(key=f"journal_note:new:{made.case.pk}").exists()


def test_who_presses_twice_saves_one_note(site, officer, under_way):
    made, _email = under_way
    officer.write("Anteckning", "Ringde mamman.")
    sent = []

    def slow(route):
        if route.request.method == "POST":
            sent.append(route)
        else:
            route.continue_()

    officer.page.route(officer.page.url, slow)
    officer.page.get_by_role("button", name=SAVE, exact=True).evaluate(
        "(button) => { for (const after of [50, 300, 400]) setTimeout(() => button.click(), after); }"
    )
    officer.page.wait_for_timeout(A_WHILE)
    assert len(sent) == 1
    sent[0].continue_()
    officer.page.get_by_text("Anteckningen är sparad.").wait_for()
    assert notes_of(site, made) == ["Ringde mamman."]


def test_a_note_sent_after_the_session_has_ended_is_back_after_signing_in(site, officer, under_way):
    made, email = under_way
    officer.write("Anteckning", "Ringde mamman.")
    says(officer, r"Sparad \d\d:\d\d")
    officer.page.context.clear_cookies(name="sessionid")
    text = "Ringde mamman. Hon vill ha ett möte på torsdag."
    officer.write("Anteckning", text)
    says(officer, "Gick inte att spara")
    with_the_keyboard(officer, SAVE)
    officer.page.wait_for_url("**/konto/logga-in/**")
    officer.page.get_by_label("E-post", exact=False).first.fill(email)
    officer.page.get_by_label("Lösenord", exact=False).first.fill(PASSWORD)
    officer.page.locator("form").filter(has=officer.page.locator("input[type=password]")).get_by_role(
        "button"
    ).first.click()
    officer.page.wait_for_url(f"**/arenden/{made.case.pk}/journal/")
    officer.page.wait_for_function(
        "(wanted) => document.querySelector('textarea[name=text]').value === wanted", arg=text
    )
    assert notes_of(site, made) == []


def test_a_note_sent_to_a_server_that_is_down_is_back_when_it_is_up(site, officer, under_way):
    made, _email = under_way
    site.kill()
    officer.write("Anteckning", "Ringde mamman.")
    says(officer, "Offline")
    with pytest.raises(Error, match="CONNECTION_REFUSED"), officer.page.expect_navigation():
        with_the_keyboard(officer, SAVE)
    site.start()
    officer.go(f"/arenden/{made.case.pk}/journal/")
    officer.page.wait_for_function(
        "() => document.querySelector('textarea[name=text]').value === 'Ringde mamman.'"
    )
