"""Signing in and out, one's own password and second factors (names are allauth's), and keeping accounts."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path

from egenmakt.foundation.accounts import signing_in, views

_own = [
    path("konto/kommun/", views.choose_municipality, name="choose_municipality"),
    path("konton/", views.accounts, name="accounts"),
    path("konton/nytt/", views.new_account, name="new_account"),
    path("konton/<uuid:user_id>/", views.account, name="account"),
    path("konton/<uuid:user_id>/losenord/", views.password_link, name="password_link"),
    path("konton/roller/<uuid:assignment_id>/avsluta/", views.end_assignment, name="end_assignment"),
]

urlpatterns = [
    path("konto/logga-in/", signing_in.SignIn.as_view(), name="account_login"),
    path("konto/logga-ut/", account.logout, name="account_logout"),
    path("konto/bekrafta/", signing_in.Confirm.as_view(), name="account_reauthenticate"),
    path("konto/losenord/", signing_in.ChangePassword.as_view(), name="account_change_password"),
    re_path(
        r"^konto/valj-losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "konto/losenord-valt/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/stangt/", account.account_inactive, name="account_inactive"),
    path("konto/tva-steg/", mfa.index, name="mfa_index"),
    path("konto/tva-steg/kod/", signing_in.Authenticate.as_view(), name="mfa_authenticate"),
    path("konto/tva-steg/bekrafta/", signing_in.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("konto/tva-steg/app/", signing_in.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("konto/tva-steg/app/ta-bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/tva-steg/reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/tva-steg/reservkoder/nya/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/tva-steg/reservkoder/hamta/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("konto/tva-steg/nycklar/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("konto/tva-steg/nycklar/ny/", signing_in.AddKey.as_view(), name="mfa_add_webauthn"),
    path(
        "konto/tva-steg/nycklar/bekrafta/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/tva-steg/nycklar/logga-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("konto/tva-steg/nycklar/<int:pk>/andra/", signing_in.RenameKey.as_view(), name="mfa_edit_webauthn"),
    path("konto/tva-steg/nycklar/<int:pk>/ta-bort/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("", include((_own, "accounts"))),
]
