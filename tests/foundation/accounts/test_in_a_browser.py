"""In a real browser: the demo's sign-in page, a passkey from the first time to the next, and pages for everyone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from tests.people import ALWAYS
from tests.sites import Site, check_page

from egenmakt.foundation.accounts.demo import DEMO_PASSWORD, demo_email
from egenmakt.foundation.identity.models import Assignment, Role, User
from egenmakt.foundation.tenancy.models import Municipality, Unit
from egenmakt.foundation.tenancy.transaction import acting_in

pytestmark = [pytest.mark.browser, pytest.mark.req("H-02")]

NAME = "Karin Margareta Ekström-Hjalmarsdotter Gyllenstierna"


@pytest.fixture(scope="module")
def site(make_site) -> Site:
    made = make_site(start=False, with_worker=False)
    # the site's own way of keeping passwords, not the quick one of the tests
    hashers = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with made.database(), override_settings(PASSWORD_HASHERS=hashers):
        place = Municipality.objects.get(slug="hjo")
        for mailbox, role in (
            ("karin", Role.CASE_OFFICER),
            ("nyckel", Role.REGISTRAR),
            ("siv", Role.SYSADMIN),
        ):
            user = User.objects.create_user(
                demo_email(mailbox, "hjo"), DEMO_PASSWORD, name=f"{NAME} {mailbox}", title="LSS-handläggare"
            )
            with acting_in(place.pk, user.pk):
                unit, _new = Unit.objects.get_or_create(name="LSS-enheten", municipality_id=place.pk)
                Assignment.objects.create(user=user, role=role, unit=unit, valid=ALWAYS)
    return made.start()


@pytest.fixture
def page(site, browser) -> Iterator[object]:
    """A page that keeps what the browser complains of, a breach of the content security policy among it."""
    context = browser.new_context(locale="sv-SE")
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda one: opened.complaints.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def at(site: Site, path: str) -> str:
    """An address by name: a passkey belongs to a domain, never to a number."""
    return f"{site.url.replace('127.0.0.1', 'localhost')}{path}"


def sign_in(page, site: Site, mailbox: str) -> None:
    page.goto(at(site, "/konto/logga-in/"))
    page.get_by_role("button", name=f"{NAME} {mailbox}").click()
    page.keyboard.type(DEMO_PASSWORD)  # the password field has got the focus
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(lambda url: "logga-in" not in url)


def test_a_demo_account_is_chosen_with_a_click_and_signs_in_with_its_password(page, site):
    sign_in(page, site, "karin")
    page.goto(at(site, "/konto/tva-steg/"))
    assert f"{NAME} karin" in page.text_content("main")
    assert page.complaints == []


def test_a_passkey_is_added_and_then_signs_in_alone(page, site):
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    authenticator = keys.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
    sign_in(page, site, "nyckel")

    page.goto(at(site, "/konto/tva-steg/nycklar/ny/"))
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_label("Vad heter nyckeln?").fill("Min telefon")
    page.get_by_text("Logga in med bara nyckeln, utan lösenord").click()
    check_page(page, "add a key")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.get_by_role("heading", name="Reservkoder").wait_for()
    assert page.locator(".identity-codes li").count() == 10
    check_page(page, "recovery codes")
    page.goto(at(site, "/konto/tva-steg/nycklar/"))
    assert "Min telefon" in page.text_content("main") and "utan lösenord" in page.text_content("main")
    check_page(page, "keys")

    page.goto(at(site, "/konto/logga-ut/"))
    page.locator("main").get_by_role("button", name="Logga ut").click()
    page.goto(at(site, "/konto/logga-in/"))
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url(lambda url: "logga-in" not in url)
    page.goto(at(site, "/konto/tva-steg/"))
    assert f"{NAME} nyckel" in page.text_content("main")

    # with the password one is asked for the key as the second step; without the key one is told what to do
    page.goto(at(site, "/konto/logga-ut/"))
    page.locator("main").get_by_role("button", name="Logga ut").click()
    keys.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto(at(site, "/konto/logga-in/"))
    page.get_by_role("button", name=f"{NAME} nyckel").click()
    page.keyboard.type(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("heading", name="Ett steg till").wait_for()
    check_page(page, "second step")
    keys.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
    without = {**device, "hasResidentKey": False, "transport": "usb"}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": without})
    page.get_by_role("button", name="Använd nyckel").click()
    page.get_by_text("Nyckeln användes inte.").wait_for()
    assert page.complaints == []


def test_the_pages_of_ones_account_are_for_everyone(page, site):
    page.goto(at(site, "/konto/logga-in/"))
    check_page(page, "sign in")
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_text("Rätta till de här").wait_for()
    check_page(page, "sign in, with errors")
    sign_in(page, site, "siv")
    paths = ["tva-steg/", "losenord/", "bekrafta/", "kommun/", "logga-ut/"]
    for path in [f"/konto/{path}" for path in paths] + ["/konton/", "/konton/nytt/"]:
        page.goto(at(site, path))
        check_page(page, path)
    page.goto(at(site, "/konto/tva-steg/app/"))
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_role("heading", name="Lägg till en app").wait_for()
    assert page.locator("img.identity-qr").evaluate("image => image.naturalWidth") > 0
    check_page(page, "add an app")
    page.goto(at(site, "/konton/"))
    page.get_by_role("link", name=f"{NAME} karin").click()
    check_page(page, "an account")
    page.get_by_role("button", name="Gör en länk").click()
    page.get_by_text("Lämna länken till kollegan själv").wait_for()
    check_page(page, "a link for a password")
    assert page.complaints == []


def test_without_scripts_one_signs_in_with_the_password(site, browser):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(at(site, "/konto/logga-in/"))
    assert not page.get_by_role("button", name="Logga in med nyckel").is_visible()
    page.get_by_label("E-postadress").fill(demo_email("karin", "hjo"))
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.goto(at(site, "/konto/losenord/"))
    assert page.get_by_role("heading", name="Byt lösenord").is_visible()
    context.close()
