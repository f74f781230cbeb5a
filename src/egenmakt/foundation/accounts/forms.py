"""Signing in and the second factor, in our words:

Labels, help and errors in Swedish, no placeholder as label.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CODE = _("Skriv koden ur appen, eller en reservkod.")


def _word(form: forms.Form, name: str, label: Any, missing: Any, help_text: Any = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = missing


class SignInForm(account.LoginForm):
    """E-mail address and password. The session ends with the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", _("E-postadress"), _("Skriv din e-postadress."))
        self.fields["login"].error_messages["invalid"] = _(
            "Skriv en e-postadress, till exempel namn@exempel.se."
        )
        _word(self, "password", _("Lösenord"), _("Skriv ditt lösenord."))
        del self.fields["remember"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        cleaned["remember"] = False
        return cleaned


class ConfirmForm(account.ReauthenticateForm):
    """The password once more, before something that touches the account itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Lösenord"), _("Skriv ditt lösenord."))


class ChangePasswordForm(account.ChangePasswordForm):
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Lösenordet du har nu"), _("Skriv lösenordet du har nu."))
        _word_new_password(self)


class ChoosePasswordForm(account.ResetPasswordKeyForm):
    """The first password, or another one for whoever forgot it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)


def _word_new_password(form: forms.Form) -> None:
    _word(
        form, "password1", _("Nytt lösenord"), _("Skriv ett nytt lösenord."),
        _("Minst 12 tecken. En mening är lätt att minnas och svår att gissa."),
    )  # fmt: skip
    _word(form, "password2", _("Nytt lösenord igen"), _("Skriv det nya lösenordet en gång till."))


class _Code:
    """A code that is wrong says what to do."""

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]  # the form it is mixed into has it
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(
                _("Koden stämmer inte. Vänta på en ny kod och försök igen."), code="incorrect_code"
            ) from error


class CodeForm(_Code, mfa.AuthenticateForm):
    """The code at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("Kod"), _CODE, _("De sex siffrorna i appen, eller en av dina reservkoder."))


class ConfirmCodeForm(_Code, mfa.ReauthenticateForm):
    """The code once more, before something that touches the account itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("Kod"), _CODE, _("De sex siffrorna i appen, eller en av dina reservkoder."))


class ActivateAppForm(_Code, totp.ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", _("Kod ur appen"), _("Skriv de sex siffrorna som appen visar."))


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self, "name", _("Vad heter nyckeln?"), _("Ge nyckeln ett namn."), _("Till exempel Min telefon.")
        )
        self.initial["name"] = ""
        self.fields["passwordless"].label = _("Logga in med bara nyckeln, utan lösenord")
        self.fields["passwordless"].help_text = _(
            "Nyckeln ska då låsas upp med fingret, ansiktet eller en kod."
        )


class RenameKeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("Vad heter nyckeln?"), _("Ge nyckeln ett namn."))
