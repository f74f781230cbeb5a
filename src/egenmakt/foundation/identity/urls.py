"""Signing in and out, one's own password and second factors. Names are allauth's."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("konto/logga-in/", account.login, name="account_login"),
    path("konto/logga-ut/", account.logout, name="account_logout"),
    path("konto/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/losenord/", account.password_change, name="account_change_password"),
    path("konto/tva-steg/", include("allauth.mfa.urls")),
]
