"""When things go wrong: two who save, a server that dies, two who sign. Nothing that anyone wrote is lost."""

from __future__ import annotations

import re

import pytest
from tests.browser.visitors import PATIENCE, Visitor, visiting
from tests.casework import journeys
from tests.casework.committed import committed, give_password
from tests.sites import PASSWORD

from egenmakt.casework.decisions.models import Decision
from egenmakt.foundation.identity.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(today=journeys.TODAY.isoformat(), with_worker=False)


@pytest.fixture
def under_way(site) -> tuple[str, str, str]:
    """The address of a case under investigation, and the e-mail addresses of its officer and a registrar."""
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
        registrar = world.staff(Role.REGISTRAR, name="Rut Registrator")
        officer_email, registrar_email = give_password(made.officer, registrar)
    return f"/arenden/{made.case.pk}/", officer_email, registrar_email


def _second_tab(who: Visitor) -> Visitor:
    """Another tab of the same browser, on the same page."""
    page = who.page.context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(who.page.url)
    return Visitor(page, who.site)


@pytest.mark.req("H-16")
def test_a_journal_note_saved_in_another_tab_is_shown_beside_what_one_wrote(site, browser, under_way):
    case, officer, _registrar = under_way
    with visiting(browser, site, officer) as first:
        first.go(f"{case}journal/")
        first.write("Anteckning", "Ringde mamman.")
        first.press("Spara som arbetsanteckning")
        first.press("Fortsätt skriva")
        second = _second_tab(first)
        first.write("Anteckning", "Ringde mamman. Hon vill ha ett möte på torsdag.")
        first.press("Spara som arbetsanteckning")
        second.write("Anteckning", "Ringde mamman. Hon vill att vi skickar intyget först.")
        second.press("Spara som arbetsanteckning")
        assert second.sees("Någon annan har sparat sedan du öppnade sidan")
        assert second.sees("Hon vill ha ett möte på torsdag.")
        assert "skickar intyget först" in second.main.locator("textarea").first.input_value()
        second.look("conflict-note")
        second.press("Spara min text i stället")
        second.go(f"{case}journal/")
        assert second.sees("Hon vill att vi skickar intyget först.")
        assert not second.sees("Hon vill ha ett möte på torsdag.")


@pytest.mark.req("K-01")
def test_an_application_changed_by_a_colleague_is_shown_beside_what_one_wrote(site, browser, under_way):
    case, officer, registrar = under_way
    with visiting(browser, site, officer) as first, visiting(browser, site, registrar) as second:
        for who in (first, second):
            who.go(f"{case}ansokan/andra/")
        first.write("Vad gäller ansökan?", "Personlig assistans i hemmet, på fritiden och på resor.")
        first.press("Spara")
        second.write("Vad gäller ansökan?", "Personlig assistans bara i hemmet.")
        second.press("Spara")
        assert second.sees("Mikael Håkansson sparade")
        assert second.sees("på fritiden och på resor")
        assert second.main.locator("textarea").first.input_value() == "Personlig assistans bara i hemmet."
        second.look("conflict-application")
        second.press("Behåll det som är sparat")
        second.go(f"{case}ansokan/")
        assert second.sees("på fritiden och på resor")


@pytest.mark.req("K-06")
def test_moments_saved_in_another_tab_are_shown_beside_what_one_wrote(site, browser, under_way):
    case, officer, _registrar = under_way
    with visiting(browser, site, officer) as first:
        first.go(f"{case}behov/")
        second = _second_tab(first)
        first.page.locator("[data-field=minutes]").first.fill("25")
        first.page.keyboard.press("Control+s")
        first.page.get_by_text("Sparat i ärendet").wait_for()
        second.page.locator("[data-field=minutes]").first.fill("30")
        second.page.locator("[data-field=text]").last.fill("Utflykt i skogen")
        second.page.keyboard.press("Control+s")
        second.page.get_by_text("Någon annan har sparat").wait_for()
        told = second.page.locator(".m-conflict table").inner_text()
        assert "25" in told
        assert "30" in told
        assert second.page.locator("[data-field=text]").last.input_value() == "Utflykt i skogen"
        second.look("conflict-moments")
        second.page.keyboard.press("Control+s")
        second.page.get_by_text("Sparat i ärendet").wait_for()
        second.page.reload()
        assert second.page.locator("[data-field=minutes]").first.input_value() == "30"


@pytest.mark.req("H-16")
def test_what_was_typed_when_the_server_died_is_back_after_signing_in_again(site, browser, under_way):
    case, officer, _registrar = under_way
    with visiting(browser, site, officer, goes_down=True) as who:
        who.go(f"{case}journal/")
        text = who.main.get_by_label("Anteckning", exact=False).first
        text.press_sequentially("Pappan berättar att nätterna är svåra.")
        who.page.get_by_text("Sparad").first.wait_for()
        site.kill()
        text.press_sequentially(" Alva vaknar fyra gånger.")
        who.page.get_by_text("Offline", exact=False).first.wait_for()
        site.start()
        who.page.context.clear_cookies()
        who.go(f"{case}journal/")
        assert "/konto/logga-in/" in who.page.url
        who.page.get_by_label("E-post", exact=False).first.fill(officer)
        who.page.get_by_label("Lösenord", exact=False).first.fill(PASSWORD)
        who.page.locator("form").filter(has=who.page.locator("input[type=password]")).get_by_role(
            "button"
        ).first.click()
        who.page.wait_for_url(f"**{case}journal/")
        wanted = "Pappan berättar att nätterna är svåra. Alva vaknar fyra gånger."
        who.page.wait_for_function(
            "(wanted) => [...document.querySelectorAll('textarea')].some((one) => one.value === wanted)",
            arg=wanted,
        )
        who.press("Spara som arbetsanteckning")
        who.page.get_by_text(wanted, exact=False).first.wait_for()


@pytest.mark.req("H-02")
def test_of_two_who_sign_at_once_one_does_and_the_other_is_told_who_and_when(site, browser):
    with committed(site) as world:
        made = journeys.case_ready_for_decision(world)
        another = world.staff(Role.DECISION_MAKER, name="Bo Beslut")
        emails = give_password(made.decider, another)
    with visiting(browser, site, emails[0]) as first, visiting(browser, site, emails[1]) as second:
        both = (first, second)
        for who in both:
            who.go(f"/arenden/{made.case.pk}/beslut/underteckna/")
        for who in both:  # neither waits for the other
            who.page.evaluate(
                "setTimeout(() => document.querySelector('main form .button--primary').click(), 50)"
            )
        for who in both:
            who.page.wait_for_url("**/beslut/")
        for who in both:
            assert who.heading() == "Beslut B-2026-00001"
        won = [who for who in both if who.sees("är undertecknat")]
        assert len(won) == 1
        lost = second if won[0] is first else first
        winner = "Åsa Bergström" if won[0] is first else "Bo Beslut"
        told = re.sub(r"\s+", " ", lost.page.locator(".e-notice", has_text="redan avgjort").inner_text())
        sentence = (
            rf"Ärendet är redan avgjort genom beslut B-2026-00001 av {winner} 20 april 2026 kl\. \d\d:\d\d\."
        )
        assert re.search(sentence, told)
        lost.look("signed-by-another")
    with committed(site):
        assert Decision.objects.filter(case=made.case).count() == 1
