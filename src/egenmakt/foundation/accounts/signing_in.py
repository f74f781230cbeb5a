"""Pages of signing in, one's own password and second factors:

Allauth's views with our forms and templates.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings

from egenmakt.foundation.accounts import forms
from egenmakt.foundation.accounts.demo import DEMO_PASSWORD, demo_accounts


class SignIn(account.LoginView):
    """Sign in.

    In test mode the page lists the demo's accounts; their passwords are asked for like any other.
    """

    form_class = forms.SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.TEST_MODE and (accounts := demo_accounts()):
            context |= {"demo_accounts": accounts, "demo_password": DEMO_PASSWORD}
        return context


class Confirm(account.ReauthenticateView):
    """The password once more."""

    form_class = forms.ConfirmForm


class ChangePassword(account.PasswordChangeView):
    """Another password."""

    form_class = forms.ChangePasswordForm


class ChoosePassword(account.PasswordResetFromKeyView):
    """The first password, by a link that the system administrator has handed over."""

    form_class = forms.ChoosePasswordForm


class Authenticate(mfa.AuthenticateView):
    """The second factor at sign-in."""

    form_class = forms.CodeForm


class ConfirmCode(mfa.ReauthenticateView):
    """The code once more."""

    form_class = forms.ConfirmCodeForm


class ActivateApp(totp.ActivateTOTPView):
    """An app that shows codes."""

    form_class = forms.ActivateAppForm


class AddKey(webauthn.AddWebAuthnView):
    """A passkey or a security key."""

    form_class = forms.AddKeyForm


class RenameKey(webauthn.EditWebAuthnView):
    """Another name for a key."""

    form_class = forms.RenameKeyForm
