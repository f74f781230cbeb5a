"""The pages of the proposal, the decision and its service in a real browser: usable, and without axe violations."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.casework import journeys
from tests.casework.committed import committed, give_password
from tests.sites import check_page, sign_in

from egenmakt.casework.decisions import actions

PICTURES = os.environ.get("EGENMAKT_PICTURES", "")


def _look(page, where: str) -> None:
    check_page(page, where)
    if PICTURES:
        for name, (width, height) in {"phone": (390, 844), "desk": (1440, 900)}.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(PICTURES) / f"{where}-{name}.png", full_page=True)


def _choose(page, label: str) -> None:
    """Choose a radio button as people do: by its text."""
    page.get_by_text(label, exact=True).click()


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(today=journeys.TODAY.isoformat())


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.req("H-02", "H-17", "H-18", "H-22")
def test_a_proposal_is_written_signed_by_another_and_served(site, browser):
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
        officer, decider = give_password(made.officer, made.decider)
    base = f"{site.url}/arenden/{made.case.pk}/"
    page = browser.new_context(locale="sv-SE").new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, site, officer)

    page.goto(f"{base}beslut/")
    _look(page, "nothing-to-decide")
    page.goto(f"{base}forslag/")
    _look(page, "proposal-empty")
    _choose(page, "bifall")
    _choose(page, "kommunen ordnar assistansen")
    page.get_by_label("Mål med insatsen").fill("Alva ska kunna leva som andra barn i hennes ålder.")
    page.get_by_label("Följs upp senast", exact=False).first.fill("30 oktober 2026")
    page.get_by_role("button", name="Spara", exact=True).click()
    for field, title in (
        ("Skäl för beslutet", "Rätt till insatsen"),
        ("Skälen på klarspråk", "Rätt till insatsen"),
        ("Omfattning och innehåll", "Assistans i hemmet"),
        ("Skäl för tidsgränsen", "Barnets behov"),
    ):
        label = page.get_by_label(field, exact=False).first
        nearest = label.locator(
            "xpath=ancestor::div[contains(concat(' ', @class, ' '), ' e-field ')][1]/following-sibling::div[1]/details"
        )
        nearest.locator("summary").click()
        nearest.get_by_role("button", name=title, exact=False).click()
    assert "15 timmar och 45 minuter i veckan" in page.get_by_label("Skäl för beslutet").input_value()
    _look(page, "proposal-written")

    page.get_by_role("button", name="Spara och svara i kontrollistan").click()
    _look(page, "checklist-empty")
    for yes in page.locator("label", has_text="Ja, uppfyllt").all():
        yes.click()
    for evidence in page.get_by_label("Underlag").all():
        if not evidence.input_value():
            evidence.fill("Se utredningen.")
    page.get_by_role("button", name="Spara svaren").click()
    page.goto(f"{base}beslut/")
    _look(page, "officer-sees-the-gate")
    page.goto(f"{base}forslag/lamna/")
    _look(page, "handing-over")
    page.get_by_role("button", name="Lämna till beslut").click()
    page.goto(f"{base}forslag/")
    _look(page, "proposal-waits")
    page.goto(f"{base}forslag/dra-tillbaka/")
    _look(page, "withdraw")

    other = browser.new_context(locale="sv-SE").new_page()
    sign_in(other, site, decider)
    for voice in ("legal", "plain", "easy"):
        other.goto(f"{base}beslut/?rost={voice}")
        _look(other, f"to-decide-{voice}")
    other.goto(f"{base}beslut/aterlamna/")
    _look(other, "return")
    other.goto(f"{base}beslut/")
    other.get_by_role("link", name="Underteckna beslutet").click()
    _look(other, "signing")
    other.get_by_role("button", name="Underteckna", exact=True).click()
    other.get_by_role("heading", name="Beslut B-2026-00001").wait_for()
    for _ in range(60):
        other.goto(f"{base}beslut/")
        if other.get_by_role("link", name="Lättläst", exact=True).count():
            break
        other.wait_for_timeout(500)
    _look(other, "decided")

    page.goto(f"{base}delgivning/")
    _look(page, "service-empty")
    page.get_by_role("textbox", name="Dagen då personen fick").fill("2026-04-20")
    _choose(page, "överlämnat vid möte")
    page.get_by_role("button", name="Registrera delgivningen").click()
    _look(page, "service-with-errors")
    page.get_by_label("Hur vet vi det?").fill("Lämnat vid hembesöket.")
    page.get_by_role("button", name="Registrera delgivningen").click()
    assert page.get_by_text("11 maj 2026").count() > 0
    _look(page, "served")
    page.goto(f"{site.url}/personer/{made.person.pk}/")
    _look(page, "person")
    assert page.get_by_text("fyller 7 år i maj 2029").count() > 0


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.req("H-21", "K-06")
def test_what_is_missing_is_told_with_a_link_to_it(site, browser):
    with committed(site) as world:
        made = journeys.case_ready_for_decision(world, without=("child",))
        (decider,) = give_password(made.decider)
        world.act(made.officer)
        journeys.change_moments(made, ({**journeys.MOMENTS[0], "minutes": 30}, *journeys.MOMENTS[1:]))
        late = journeys.case_with_a_working_proposal(
            world, proposal={"reasons": "Kommunen har inte råd.", "goal": ""}
        )
        (officer,) = give_password(late.officer)
    page = browser.new_context(locale="sv-SE").new_page()
    sign_in(page, site, decider)
    page.goto(f"{site.url}/arenden/{made.case.pk}/beslut/")
    _look(page, "gate-closed")
    assert page.get_by_text("Det här har ändrats sedan förslaget").count() > 0
    assert page.get_by_text("Det återstår 2 av kraven").count() == 1
    page = browser.new_context(locale="sv-SE").new_page()
    sign_in(page, site, officer)
    page.goto(f"{site.url}/arenden/{late.case.pk}/forslag/lamna/")
    _look(page, "handing-over-stopped")
    assert page.get_by_text("Brist på resurser är inte ett lagligt skäl").count() > 0
    assert actions.GateClosed is not None
