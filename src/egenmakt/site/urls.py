"""Every URL of the site: each room's own, side by side. Paths are Swedish; names are the code's."""

from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from egenmakt.foundation.access.decorators import staff_view


@staff_view()
def home(request: HttpRequest) -> HttpResponse:
    """The first page is one's own work."""
    return redirect("deadlines:worklist")


urlpatterns = [
    path("", home, name="home"),
    *[path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")],
]
