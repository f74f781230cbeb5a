"""Signing in: with a password and a second factor, in Swedish, with a limit on guesses, and only with a role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange

from egenmakt.foundation import clock
from egenmakt.foundation.accounts.demo import DEMO_PASSWORD, demo_email
from egenmakt.foundation.identity.models import Assignment, Role, User

PASSWORD = "en-lång-mening-att-minnas"
pytestmark = pytest.mark.req("H-02")


@pytest.fixture(autouse=True)
def _no_guesses_yet():
    cache.clear()


@pytest.fixture
def someone(world):
    """A case officer with a password."""
    user = User.objects.get(pk=world.staff(Role.CASE_OFFICER, name="Olle Officer").user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in_as(client, user, password=PASSWORD):
    return client.post("/konto/logga-in/", {"login": user.email, "password": password})


def test_one_signs_in_with_address_and_password_and_the_session_ends_with_the_browser(client, someone):
    answer = sign_in_as(client, someone)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session.get_expire_at_browser_close()
    assert "remember" not in client.get("/konto/logga-ut/").content.decode()


@pytest.mark.parametrize(
    ("login", "password", "told"),
    [
        ("", "", ["Skriv din e-postadress.", "Skriv ditt lösenord."]),
        ("inget", "x", ["Skriv en e-postadress, till exempel namn@exempel.se."]),
        ("finns.inte@exempel.test", "x", ["E-postadressen eller lösenordet stämmer inte."]),
    ],
)
def test_what_is_wrong_is_said_in_swedish(client, db, login, password, told):
    shown = client.post("/konto/logga-in/", {"login": login, "password": password}).content.decode()
    assert all(text in shown for text in told)


def test_a_wrong_password_and_a_wrong_address_are_told_apart_by_nobody(client, someone):
    wrong = sign_in_as(client, someone, "fel").content.decode()
    assert "E-postadressen eller lösenordet stämmer inte." in wrong
    assert "Olle" not in wrong


def test_after_five_wrong_guesses_the_right_password_is_not_tried_either(client, someone):
    for _ in range(5):
        assert "stämmer inte" in sign_in_as(client, someone, "fel").content.decode()
    shown = sign_in_as(client, someone).content.decode()
    assert "Det har gjorts för många försök." in shown
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client, db):
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


class TestSecondFactor:
    def test_without_one_nothing_but_setting_it_up_can_be_done_in_production(self, client, someone, settings):
        settings.TEST_MODE = False
        sign_in_as(client, someone)
        for path in ("/", "/personer/", "/sok/?q=x"):
            answer = client.get(path)
            assert (answer.status_code, answer["Location"]) == (302, "/konto/tva-steg/")
        page = client.get("/konto/tva-steg/").content.decode()
        assert "Du behöver ett andra steg för att logga in." in page

    def test_an_app_is_added_with_its_first_code_and_asked_for_at_the_next_sign_in(self, client, someone):
        sign_in_as(client, someone)
        asked = client.get("/konto/tva-steg/app/", follow=True)
        assert "Bekräfta att det är du" in asked.content.decode()
        wrong = client.post("/konto/bekrafta/", {"password": "fel"})
        assert "Lösenordet stämmer inte." in wrong.content.decode()
        client.post("/konto/bekrafta/", {"password": PASSWORD})
        page = client.get("/konto/tva-steg/app/").content.decode()
        assert 'src="data:image/svg+xml' in page
        secret = client.session["mfa.totp.secret"]
        wrong = client.post("/konto/tva-steg/app/", {"code": "inte en kod"}).content.decode()
        assert "Koden stämmer inte." in wrong
        added = client.post("/konto/tva-steg/app/", {"code": _code(secret)}, follow=True)
        assert "Reservkoder" in added.content.decode()
        assert Authenticator.objects.filter(user=someone, type="totp").exists()
        client.post("/konto/logga-ut/")
        assert sign_in_as(client, someone)["Location"].startswith("/konto/tva-steg/kod/")
        assert "_auth_user_id" not in client.session
        page = client.get("/konto/tva-steg/kod/").content.decode()
        assert "Ett steg till" in page
        wrong = client.post("/konto/tva-steg/kod/", {"code": "123456"}).content.decode()
        assert "Koden stämmer inte." in wrong and "_auth_user_id" not in client.session

    def test_a_recovery_code_lets_one_in_once(self, client, someone):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        totp.TOTP.activate(someone, totp.generate_totp_secret())
        codes = RecoveryCodes.activate(someone).generate_codes()
        sign_in_as(client, someone)
        assert client.post("/konto/tva-steg/kod/", {"code": codes[0]}).status_code == 302
        assert "_auth_user_id" in client.session
        client.post("/konto/logga-ut/")
        sign_in_as(client, someone)
        client.post("/konto/tva-steg/kod/", {"code": codes[0]})
        assert "_auth_user_id" not in client.session

    def test_the_recovery_codes_are_shown_after_one_has_confirmed(self, client, someone):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        code = RecoveryCodes.activate(someone).generate_codes()[0]
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        assert code not in client.get("/konto/tva-steg/reservkoder/", follow=True).content.decode()
        client.post("/konto/bekrafta/", {"password": PASSWORD})
        assert code in client.get("/konto/tva-steg/reservkoder/").content.decode()

    @pytest.mark.parametrize("path", ["app/", "nycklar/ny/", "reservkoder/nya/"])
    def test_how_one_signs_in_is_changed_only_after_one_has_confirmed(self, client, someone, path):
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(f"/konto/tva-steg/{path}")
        assert answer.status_code == 302 and answer["Location"].startswith("/konto/bekrafta/")


def _code(secret: str) -> str:
    import time

    counter = int(time.time()) // 30
    return f"{totp.hotp_value(secret, counter):06d}"


class TestPassword:
    def test_the_password_is_changed_with_the_old_one(self, client, someone):
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        new = {"password1": "en-annan-lång-mening", "password2": "en-annan-lång-mening"}
        wrong = client.post("/konto/losenord/", new | {"oldpassword": "fel"}).content.decode()
        assert "Det är inte lösenordet du har nu." in wrong
        done = client.post("/konto/losenord/", new | {"oldpassword": PASSWORD}, follow=True)
        assert "Lösenordet är bytt." in done.content.decode()
        someone.refresh_from_db()
        assert someone.check_password("en-annan-lång-mening")


class TestRoles:
    @pytest.mark.parametrize("days", [(1, None), (-9, 0)], ids=["not yet", "no longer"])
    def test_without_a_role_today_there_is_nothing_to_see(self, world, client, someone, days):
        first, last = days
        today = clock.today()
        Assignment.objects.filter(user=someone).update(
            valid=DateRange(
                today + timedelta(days=first), today + timedelta(days=last) if last is not None else None
            )
        )
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get("/personer/")
        assert answer.status_code == 403
        assert "Du har ingen roll som gäller just nu" in answer.content.decode()

    def test_whoever_works_in_several_municipalities_is_asked_and_sees_the_chosen_one_only(
        self, world, client, someone
    ):
        world.act(world.staff(Role.SYSADMIN, municipality=world.away))
        Assignment.objects.create(user=someone, role=Role.REGISTRAR, valid=DateRange(date(2020, 1, 1), None))
        answer = sign_in_as(client, someone)
        assert answer["Location"] == "/konto/kommun/"
        page = client.get("/konto/kommun/").content.decode()
        assert "Hjo" in page and "Kristianstad" in page and "registrator" in page
        for place in (world.home, world.away):
            client.post("/konto/kommun/", {"municipality": str(place.pk)})
            shown = client.get("/personer/").content.decode()
            assert f'municipality">{place.name}<' in shown

    def test_a_municipality_one_has_no_role_in_cannot_be_chosen(self, world, client, someone):
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post("/konto/kommun/", {"municipality": str(world.away.pk)})
        assert answer.status_code == 404
        assert "municipality" not in client.session

    def test_a_chosen_municipality_where_the_role_has_ended_falls_back_to_one_where_it_has_not(
        self, world, client, someone
    ):
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["municipality"] = str(world.away.pk)
        session.save()
        assert 'municipality">Kristianstad<' in client.get("/personer/").content.decode()


class TestDemo:
    @pytest.fixture
    def demo(self, db):
        User.objects.create_user(
            demo_email("karin.ek", "hjo"), DEMO_PASSWORD, name="Karin Ek", title="handläggare"
        )
        User.objects.create_user("riktig@kommunen.example", "x", name="Riktig Person")

    def test_in_test_mode_the_page_lists_the_demos_accounts_and_nobody_elses(self, client, demo):
        page = client.get("/konto/logga-in/").content.decode()
        assert 'data-demo-email="karin.ek@hjo.exempel"' in page and DEMO_PASSWORD in page
        assert "Riktig Person" not in page

    def test_in_production_it_lists_nobody(self, client, demo, settings):
        settings.TEST_MODE = False
        page = client.get("/konto/logga-in/").content.decode()
        assert "Karin Ek" not in page and DEMO_PASSWORD not in page

    def test_a_demo_account_needs_its_password(self, client, demo):
        user = User.objects.get(email="karin.ek@hjo.exempel")
        assert sign_in_as(client, user, "").status_code == 200
        assert sign_in_as(client, user, DEMO_PASSWORD).status_code == 302
