"""The second factor: demanded of everyone who works with real people's data."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class SecondFactorMiddleware:
    """Sends a signed-in user without a second factor to set one up, before anything else. Off in test mode
    only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        demanded = not settings.TEST_MODE and request.user.is_authenticated
        if (
            demanded
            and not request.path.startswith(("/konto/", "/static/"))
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)
