"""How allauth behaves here:

Accounts are made by the municipality, never by visitors, and it speaks Swedish.
"""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from egenmakt.foundation.accounts.queries import places_of
from egenmakt.foundation.tenancy.transaction import set_in_database


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up. Whoever works in several municipalities is asked in which."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är stängt. Vänd dig till systemansvarig i din kommun."),
        "email_password_mismatch": _("E-postadressen eller lösenordet stämmer inte. Försök igen."),
        "too_many_login_attempts": _("Det har gjorts för många försök. Vänta fem minuter och försök igen."),
        "incorrect_password": _("Lösenordet stämmer inte. Försök igen."),
        "incorrect_code": _("Koden stämmer inte. Vänta på en ny kod och försök igen."),
        "enter_current_password": _("Det är inte lösenordet du har nu. Försök igen."),
        "rate_limited": _("Det har gjorts för många försök. Vänta en stund och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user_id = request.user.pk
        if user_id is None:
            return reverse("account_login")
        set_in_database(None, user_id)
        if len(places_of(user_id)) > 1:
            return reverse("accounts:choose_municipality")
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")
